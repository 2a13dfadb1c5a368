"""Deliberately broken notifiers: the proof that the contract catches what it promises to catch.

Each is a sound notifier with one fault an author might make, next to the test that must find it.
"""

# A mutant's docstring says what is wrong with its one method.
# ruff: noqa: ARG002, D102

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import ClassVar

from attrs import evolve, frozen

from almenstyring.domain.errors import BackendError, UnavailableError, UnknownOutcomeError
from almenstyring.domain.text import Text
from almenstyring.plugins import NotifierDescriptor
from almenstyring.ports import NoticeMessage

UNREACHABLE = "ingen steder"
_FAILED = Text("Beskeden kunne ikke afleveres.", "The message could not be delivered.")

Bag = list[NoticeMessage]


class SoundNotifier:
    """Puts every message into a bag."""

    def __init__(self, place: str, bag: Bag) -> None:
        self.place = place
        self.bag = bag

    def deliver(self, message: NoticeMessage) -> None:
        if self.place == UNREACHABLE:
            raise self.failure(message)
        self.bag.append(self.written(message))

    def failure(self, message: NoticeMessage) -> Exception:
        return UnavailableError(_FAILED, reason="gone")

    def written(self, message: NoticeMessage) -> NoticeMessage:
        return message

    def close(self) -> None:
        """Nothing is held open."""


def describe_notifier(make: Callable[[str, Bag], SoundNotifier], bag: Bag) -> NotifierDescriptor:
    """The descriptor of a notifier that fills the bag."""
    description = getattr(make, "description", Text("Til prøve", "For trying"))
    name = getattr(make, "name", "bag")
    return NotifierDescriptor(name=name, open=lambda place: make(place, bag), description=description)


class SaysNothingInEnglish(SoundNotifier):
    """Only a Dane knows what it is."""

    description: ClassVar[Text] = Text("Til prøve", "")


class CutsSubjects(SoundNotifier):
    """Keeps the first 78 characters, as an old mail program would."""

    def written(self, message: NoticeMessage) -> NoticeMessage:
        return evolve(message, subject=message.subject[:78])


class SwallowsDots(SoundNotifier):
    """Undoes the stuffing of dots that nobody did."""

    def written(self, message: NoticeMessage) -> NoticeMessage:
        lines = message.body.splitlines(keepends=True)
        return evolve(message, body="".join(line[1:] if line.startswith("..") else line for line in lines))


class KnowsOnlyAscii(SoundNotifier):
    """Replaces Danish letters in the text."""

    def written(self, message: NoticeMessage) -> NoticeMessage:
        return evolve(message, body=message.body.encode("ascii", "replace").decode())


class SendsTwice(SoundNotifier):
    """Tries again although it went well."""

    def deliver(self, message: NoticeMessage) -> None:
        super().deliver(message)
        super().deliver(message)


class SendsToTheFirst(SoundNotifier):
    """Keeps the receiver of the first message for all."""

    def written(self, message: NoticeMessage) -> NoticeMessage:
        return evolve(message, to=self.bag[0].to if self.bag else message.to)


class NumbersItsMessages(SoundNotifier):
    """Gives every message an id of its own, so that a repeated one is not known again."""

    numbers: ClassVar[count[int]] = count()

    def written(self, message: NoticeMessage) -> NoticeMessage:
        return evolve(message, id=f"{message.id}/{next(self.numbers)}")


class ConnectsWhenOpened(SoundNotifier):
    """Fails before there is anything to deliver."""

    def __init__(self, place: str, bag: Bag) -> None:
        super().__init__(place, bag)
        if place == UNREACHABLE:
            raise UnavailableError(_FAILED)


class SwallowsFailures(SoundNotifier):
    """Says nothing when nothing was delivered."""

    def deliver(self, message: NoticeMessage) -> None:
        if self.place != UNREACHABLE:
            super().deliver(message)


class LetsTheDriverSpeak(SoundNotifier):
    """Raises what its driver raised."""

    def failure(self, message: NoticeMessage) -> Exception:
        return OSError("no route to host")


class NeverKnows(SoundNotifier):
    """Calls every failure an unknown outcome, so that nothing is ever tried again."""

    def failure(self, message: NoticeMessage) -> Exception:
        return UnknownOutcomeError(_FAILED)


class TellsTheAddress(SoundNotifier):
    """Puts the receiver into the error's context, from where it reaches logs."""

    def failure(self, message: NoticeMessage) -> Exception:
        return BackendError(_FAILED, receiver=message.to)


class ClosesOnce(SoundNotifier):
    """Falls over its own closed door."""

    closed = False

    def close(self) -> None:
        if self.closed:
            raise BackendError(_FAILED)
        self.closed = True


@frozen
class NotifierMutant:
    """A broken notifier and the test of the contract that must fail for it."""

    make: Callable[[str, Bag], SoundNotifier]
    fails: str

    @property
    def name(self) -> str:
        return getattr(self.make, "__name__", "?")


NOTIFIER_MUTANTS: tuple[NotifierMutant, ...] = (
    NotifierMutant(SaysNothingInEnglish, "test_the_descriptor_says_what_it_offers"),
    NotifierMutant(CutsSubjects, "test_a_subject_arrives_as_it_was_written"),
    NotifierMutant(SwallowsDots, "test_a_text_arrives_as_it_was_written"),
    NotifierMutant(KnowsOnlyAscii, "test_a_text_arrives_as_it_was_written"),
    NotifierMutant(SendsTwice, "test_each_message_arrives_once_with_its_own_id_and_receiver"),
    NotifierMutant(SendsToTheFirst, "test_each_message_arrives_once_with_its_own_id_and_receiver"),
    NotifierMutant(NumbersItsMessages, "test_a_message_that_is_delivered_again_keeps_its_id"),
    NotifierMutant(ConnectsWhenOpened, "test_opening_reaches_out_to_nobody"),
    NotifierMutant(SwallowsFailures, "test_what_cannot_be_delivered_is_told_as_surely_not_delivered"),
    NotifierMutant(LetsTheDriverSpeak, "test_what_cannot_be_delivered_is_told_as_surely_not_delivered"),
    NotifierMutant(NeverKnows, "test_what_cannot_be_delivered_is_told_as_surely_not_delivered"),
    NotifierMutant(TellsTheAddress, "test_a_failure_tells_neither_address_nor_text"),
    NotifierMutant(ClosesOnce, "test_a_notifier_can_be_closed_twice"),
)
