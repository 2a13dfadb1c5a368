"""What every notifier must do, as tests that an adapter's author inherits."""

# A test's name is its description.
# ruff: noqa: D102

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from attrs import evolve

from almenstyring.domain.errors import BackendError, UnknownOutcomeError
from almenstyring.plugins import NotifierDescriptor
from almenstyring.ports import NoticeMessage

MESSAGE = NoticeMessage(
    id="deadline/T001/2026/2026-07-01/-7/T001",
    to="T001@example.org",
    subject="SYNTETISK: Den Opdigtede Boligforening, styringsrapport 2026: der er 7 dage tilbage",
    body="Udfyld, kontrollér og send pakken.\n\nKan fristen ikke holdes, så bed kommunen om en udsættelse.\n",
)
SUBJECTS = {
    "Danish letters": "Blåbærgrød på Ærø, Østerå og Ålborgvej",
    "a long line": "Styringsrapport for afdelingen på Søndergårdsvænget " * 8 + "slut",
    "emoji": "Frist 🗓️ nærmer sig",
    "marks of mail": 'Svar: "Haven" <x@example.org>; sagen, afd. 3 (2026)',
}
BODIES = {
    "Danish letters": "Blåbærgrød på Ærø\n",
    "dots at the start": ".\n..\n.gitter\nslut\n",
    "a long line": "å" * 5000 + "\n",
    "lines of mailboxes": "From kommunen\n>From andre\nTo: x@example.org\n\nBcc: y@example.org\n",
    "blanks": "\n\n  indrykket  \n\ttabulator\t\n\n\nslut\n",
    "marks of encodings": "=3D =C3=86 100 % =\n",
    "emoji": "🏘️ og 🗓️\n",
}
Arrived = Callable[[], Sequence[NoticeMessage]]


class NotifierContract:
    """Subclass this in your tests and override the four fixtures; pytest does the rest."""

    @pytest.fixture
    def descriptor(self) -> NotifierDescriptor:
        """The notifier under test."""
        pytest.fail("override the fixture descriptor", pytrace=False)

    @pytest.fixture
    def place(self) -> str:
        """What stands after the colon of an address that works."""
        pytest.fail("override the fixture place", pytrace=False)

    @pytest.fixture
    def unreachable(self) -> str:
        """What stands after the colon of an address where nothing can be delivered."""
        pytest.fail("override the fixture unreachable", pytrace=False)

    @pytest.fixture
    def arrived(self) -> Arrived:
        """Tells what has arrived at ``place`` so far, in order, read from where it arrived."""
        pytest.fail("override the fixture arrived", pytrace=False)

    def test_the_descriptor_says_what_it_offers(self, descriptor: NotifierDescriptor) -> None:
        assert descriptor.name == descriptor.name.lower()
        assert descriptor.description.da
        assert descriptor.description.en

    @pytest.mark.parametrize("name", SUBJECTS)
    def test_a_subject_arrives_as_it_was_written(
        self, descriptor: NotifierDescriptor, place: str, arrived: Arrived, name: str
    ) -> None:
        message = evolve(MESSAGE, subject=SUBJECTS[name])
        _deliver(descriptor, place, message)
        assert [each.subject for each in arrived()] == [message.subject]

    @pytest.mark.parametrize("name", BODIES)
    def test_a_text_arrives_as_it_was_written(
        self, descriptor: NotifierDescriptor, place: str, arrived: Arrived, name: str
    ) -> None:
        message = evolve(MESSAGE, body=BODIES[name])
        _deliver(descriptor, place, message)
        assert [each.body for each in arrived()] == [message.body]

    def test_each_message_arrives_once_with_its_own_id_and_receiver(
        self, descriptor: NotifierDescriptor, place: str, arrived: Arrived
    ) -> None:
        messages = [evolve(MESSAGE, id=f"varsel/{n}", to=f"T00{n}@example.org", body=f"{n}\n") for n in range(1, 5)]
        _deliver(descriptor, place, *messages)
        assert [(each.id, each.to, each.body) for each in arrived()] == [(m.id, m.to, m.body) for m in messages]

    def test_a_message_that_is_delivered_again_keeps_its_id(
        self, descriptor: NotifierDescriptor, place: str, arrived: Arrived
    ) -> None:
        _deliver(descriptor, place, MESSAGE)
        _deliver(descriptor, place, MESSAGE)
        assert [each.id for each in arrived()] == [MESSAGE.id, MESSAGE.id]

    def test_opening_reaches_out_to_nobody(self, descriptor: NotifierDescriptor, unreachable: str) -> None:
        descriptor.open(unreachable).close()

    def test_what_cannot_be_delivered_is_told_as_surely_not_delivered(
        self, descriptor: NotifierDescriptor, unreachable: str
    ) -> None:
        error = _failure(descriptor, unreachable)
        assert isinstance(error, BackendError)
        assert not isinstance(error, UnknownOutcomeError)
        assert error.message.da
        assert error.message.en

    def test_a_failure_tells_neither_address_nor_text(self, descriptor: NotifierDescriptor, unreachable: str) -> None:
        error = _failure(descriptor, unreachable)
        assert isinstance(error, BackendError)
        told = f"{error} {error.message} {error.hint} {dict(error.context)}"
        assert [word for word in (MESSAGE.to, MESSAGE.subject, MESSAGE.body.strip()) if word in told] == []

    def test_a_notifier_can_be_closed_twice(self, descriptor: NotifierDescriptor, place: str) -> None:
        notifier = descriptor.open(place)
        notifier.deliver(MESSAGE)
        notifier.close()
        notifier.close()


def _deliver(descriptor: NotifierDescriptor, place: str, *messages: NoticeMessage) -> None:
    notifier = descriptor.open(place)
    try:
        for message in messages:
            notifier.deliver(message)
    finally:
        notifier.close()


def _failure(descriptor: NotifierDescriptor, unreachable: str) -> Exception | None:
    try:
        _deliver(descriptor, unreachable, MESSAGE)
    except Exception as error:  # whatever it is: the tests say what it must be
        return error
    return None
