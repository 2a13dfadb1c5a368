"""Deliberately broken writers of calendars: the proof that their contract catches what it promises to catch.

Each writes a small sound format of JSON with one fault an author might make, next to the test that must find it.
"""

# A mutant's docstring says what is wrong with its one method.
# ruff: noqa: D102

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from attrs import frozen

from almenstyring.domain.text import Text
from almenstyring.plugins import CalendarDescriptor
from almenstyring.ports import CalendarEntry, CalendarMethod, CalendarRequest, EntryStatus
from almenstyring.testing.calendar_contract import ReadCalendar, ReadEntry


class SoundWriter:
    """Writes a calendar as JSON, its instants in UTC."""

    suffixes: tuple[str, ...] = (".json",)

    def __call__(self, request: CalendarRequest) -> bytes:
        entries = [self.entry(entry, request) for entry in request.entries]
        return json.dumps({"title": self.title(request), "method": request.method, "entries": entries}).encode()

    def title(self, request: CalendarRequest) -> str:
        return request.title[request.language]

    def entry(self, entry: CalendarEntry, request: CalendarRequest) -> dict[str, Any]:
        language = request.language
        invites = request.method is not CalendarMethod.PUBLISH
        return {
            "uid": entry.uid,
            "summary": self.text(entry.title[language]),
            "description": self.text(entry.description[language]),
            "stamp": entry.stamp.isoformat(),
            "day": entry.day and entry.day.isoformat(),
            "starts": entry.starts and self.instant(entry.starts),
            "ends": entry.ends and self.instant(entry.ends),
            "place": self.text(entry.place),
            "alarms": [alarm.total_seconds() for alarm in entry.alarms],
            "sequence": entry.sequence,
            "status": entry.status,
            "categories": [each[language] for each in entry.categories],
            "organiser": request.addresses.get(entry.organiser, entry.organiser),
            "attendees": [request.addresses.get(code, code) for code in entry.attendees] if invites else [],
        }

    def text(self, text: str) -> str:
        return text

    def instant(self, at: datetime) -> str:
        return at.astimezone(UTC).isoformat()


def read_json(content: bytes) -> ReadCalendar:
    """What a sound writer wrote."""
    found = json.loads(content)
    return ReadCalendar(
        title=found["title"], method=CalendarMethod(found["method"]), entries=tuple(map(_entry, found["entries"]))
    )


def _entry(found: dict[str, Any]) -> ReadEntry:
    return ReadEntry(
        **{name: found[name] for name in ("uid", "summary", "description", "place", "sequence", "organiser")},
        stamp=datetime.fromisoformat(found["stamp"]),
        day=date.fromisoformat(found["day"]) if found["day"] else None,
        starts=datetime.fromisoformat(found["starts"]) if found["starts"] else None,
        ends=datetime.fromisoformat(found["ends"]) if found["ends"] else None,
        alarms=tuple(timedelta(seconds=alarm) for alarm in found["alarms"]),
        status=EntryStatus(found["status"]),
        categories=tuple(found["categories"]),
        attendees=tuple(found["attendees"]),
    )


class OffersNothing(SoundWriter):
    """Can be chosen by no suffix."""

    suffixes = ()


class SkipsWholeDays(SoundWriter):
    """Knows meetings only."""

    def __call__(self, request: CalendarRequest) -> bytes:
        written = json.loads(super().__call__(request))
        written["entries"] = [each for each in written["entries"] if each["day"] is None]
        return json.dumps(written).encode()


class ReadsTheClockAsUtc(SoundWriter):
    """Takes the time of the clock for UTC."""

    def instant(self, at: datetime) -> str:
        return at.replace(tzinfo=UTC).isoformat()


class ForgetsWhichHour(SoundWriter):
    """Takes every time in the hour that comes twice for the first."""

    def instant(self, at: datetime) -> str:
        return super().instant(at.replace(fold=0))


class BeginsTheDayInUtc(SoundWriter):
    """Makes a whole day begin at midnight in England."""

    def entry(self, entry: CalendarEntry, request: CalendarRequest) -> dict[str, Any]:
        written = super().entry(entry, request)
        if entry.day:
            written |= {"day": None, "starts": f"{entry.day}T00:00:00+00:00", "ends": f"{entry.day}T23:59:59+00:00"}
        return written


class WritesDanishOnly(SoundWriter):
    """Does not ask for the language."""

    def title(self, request: CalendarRequest) -> str:
        return request.title.da


class CutsLongTexts(SoundWriter):
    """Ends a text after 1,000 letters."""

    def text(self, text: str) -> str:
        return text[:1000]


class LeavesLineBreaksIn(SoundWriter):
    """A line of a text becomes a line of the file."""

    def entry(self, entry: CalendarEntry, request: CalendarRequest) -> dict[str, Any]:
        written = super().entry(entry, request)
        texts = (written["summary"], written["description"], written["place"])
        return written | (
            {"status": EntryStatus.CANCELLED} if any("STATUS:CANCELLED" in text for text in texts) else {}
        )


class HidesWhatIsInvented(SoundWriter):
    """Shows the name as it is."""

    def title(self, request: CalendarRequest) -> str:
        return request.name[request.language]


class CountsFromZero(SoundWriter):
    """Takes every version for the first."""

    def entry(self, entry: CalendarEntry, request: CalendarRequest) -> dict[str, Any]:
        return super().entry(entry, request) | {"sequence": 0}


class ConfirmsEverything(SoundWriter):
    """Leaves what is cancelled in the calendar as if it were not."""

    def entry(self, entry: CalendarEntry, request: CalendarRequest) -> dict[str, Any]:
        return super().entry(entry, request) | {"status": EntryStatus.CONFIRMED}


class RemindsOnce(SoundWriter):
    """Keeps the first alarm."""

    def entry(self, entry: CalendarEntry, request: CalendarRequest) -> dict[str, Any]:
        written = super().entry(entry, request)
        return written | {"alarms": written["alarms"][:1]}


class StampsByTheClock(SoundWriter):
    """Says that everything was changed just now."""

    def entry(self, entry: CalendarEntry, request: CalendarRequest) -> dict[str, Any]:
        return super().entry(entry, request) | {"stamp": datetime.now(UTC).isoformat()}


class NumbersItsFiles(SoundWriter):
    """Writes another file every time."""

    def __init__(self) -> None:
        self.numbers = count()

    def __call__(self, request: CalendarRequest) -> bytes:
        return super().__call__(request) + b" " * next(self.numbers)


class NeedsAnEntry(SoundWriter):
    """Writes nothing where there is nothing."""

    def __call__(self, request: CalendarRequest) -> bytes:
        return super().__call__(request) if request.entries else b""


class InvitesByCodeOnly(SoundWriter):
    """Does not use the addresses."""

    def entry(self, entry: CalendarEntry, request: CalendarRequest) -> dict[str, Any]:
        return super().entry(entry, request) | {"organiser": entry.organiser}


class InvitesSubscribers(SoundWriter):
    """Names the attendees to everybody."""

    def entry(self, entry: CalendarEntry, request: CalendarRequest) -> dict[str, Any]:
        return super().entry(entry, request) | {"attendees": list(entry.attendees)}


@frozen
class CalendarMutant:
    """A broken writer, and the test of the contract that must find it."""

    make: type[SoundWriter]
    fails: str

    @property
    def name(self) -> str:
        """What is wrong with it, as its class says."""
        return self.make.__name__


def describe_writer(make: type[SoundWriter]) -> CalendarDescriptor:
    """The writer as a plug-in would offer it."""
    return CalendarDescriptor(name="json", suffixes=make.suffixes, write=make(), description=Text("JSON", "JSON"))


CALENDAR_MUTANTS = (
    CalendarMutant(OffersNothing, "test_the_descriptor_says_what_it_offers"),
    CalendarMutant(SkipsWholeDays, "test_every_entry_is_there_once"),
    CalendarMutant(ReadsTheClockAsUtc, "test_a_meeting_is_at_the_same_instants"),
    CalendarMutant(ForgetsWhichHour, "test_a_meeting_is_at_the_same_instants"),
    CalendarMutant(BeginsTheDayInUtc, "test_a_whole_day_stays_that_day"),
    CalendarMutant(WritesDanishOnly, "test_everything_is_in_the_language_asked_for"),
    CalendarMutant(CutsLongTexts, "test_a_nasty_text_comes_back_as_text"),
    CalendarMutant(LeavesLineBreaksIn, "test_a_text_that_looks_like_the_format_is_obeyed_by_nobody"),
    CalendarMutant(HidesWhatIsInvented, "test_what_is_invented_says_syntetisk_and_nothing_else_does"),
    CalendarMutant(CountsFromZero, "test_the_sequence_is_that_of_the_entry"),
    CalendarMutant(ConfirmsEverything, "test_a_cancelled_entry_stays_and_says_so"),
    CalendarMutant(RemindsOnce, "test_alarms_are_as_long_before_as_asked_for"),
    CalendarMutant(StampsByTheClock, "test_the_stamp_is_that_of_the_record"),
    CalendarMutant(NumbersItsFiles, "test_the_same_request_gives_the_same_bytes"),
    CalendarMutant(NeedsAnEntry, "test_a_calendar_of_nothing_can_be_read"),
    CalendarMutant(InvitesByCodeOnly, "test_an_invitation_and_a_cancellation_name_who_invites_and_who_is_invited"),
    CalendarMutant(InvitesSubscribers, "test_a_calendar_to_subscribe_to_invites_nobody"),
)
