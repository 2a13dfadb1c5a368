"""What every writer of calendars must do, as tests that an adapter's author inherits."""

# A test's name is its description.
# ruff: noqa: D102

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from attrs import evolve, frozen

from almenstyring.domain.dialogue import MeetingTime
from almenstyring.domain.text import Language, Text
from almenstyring.plugins import CalendarDescriptor
from almenstyring.ports import CalendarEntry, CalendarMethod, CalendarRequest, EntryStatus
from almenstyring.testing.exporter_contract import NASTY_TEXTS


@frozen(kw_only=True)
class ReadEntry:
    """An entry as it was read back from what a writer wrote."""

    uid: str
    summary: str
    description: str
    stamp: datetime
    day: date | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    place: str = ""
    alarms: tuple[timedelta, ...] = ()
    sequence: int = 0
    status: EntryStatus = EntryStatus.CONFIRMED
    categories: tuple[str, ...] = ()
    organiser: str = ""
    attendees: tuple[str, ...] = ()


@frozen(kw_only=True)
class ReadCalendar:
    """A calendar as it was read back; organiser and attendees are told by code, or by address where one was given."""

    title: str
    method: CalendarMethod
    entries: tuple[ReadEntry, ...]


_NAME = Text("Møder og frister", "Meetings and deadlines")
_WHEN = MeetingTime(day=date(2026, 9, 30), at=time(10), minutes=120)
TIMES = {
    "in winter": MeetingTime(day=date(2026, 1, 14), at=time(10), minutes=90),
    "in summer": MeetingTime(day=date(2026, 7, 1), at=time(10), minutes=90),
    "the day before summer time": MeetingTime(day=date(2026, 3, 28), at=time(13), minutes=60),
    "the day summer time begins": MeetingTime(day=date(2026, 3, 29), at=time(13), minutes=60),
    "over the hour that is skipped": MeetingTime(day=date(2026, 3, 29), at=time(1, 30), minutes=60),
    "the day before summer time ends": MeetingTime(day=date(2026, 10, 24), at=time(13), minutes=60),
    "the day summer time ends": MeetingTime(day=date(2026, 10, 25), at=time(13), minutes=60),
    "in the hour that comes twice": MeetingTime(day=date(2026, 10, 25), at=time(2, 15), minutes=30),
    "until that hour comes again": MeetingTime(day=date(2026, 10, 25), at=time(2, 15), minutes=60),
    "over both of them": MeetingTime(day=date(2026, 10, 25), at=time(1), minutes=180),
    "years from now": MeetingTime(day=date(2059, 8, 13), at=time(8), minutes=60),
}
MEETING = CalendarEntry(
    uid="meeting.T01.m-1@almenstyring",
    summary=Text("Dialogmøde", "Dialogue meeting"),
    description=Text("Dagsorden:\n1. Udlejning", "Agenda:\n1. Letting"),
    stamp=datetime(2026, 8, 20, 7, 15, 30, tzinfo=UTC),
    starts=_WHEN.starts,
    ends=_WHEN.ends,
    place="Rådhuset, lokale 2",
    alarms=(timedelta(days=7), timedelta(hours=1)),
    sequence=3,
    categories=(Text("Styringsdialog", "Governance dialogue"), Text("Møde", "Meeting")),
    organiser="T01",
    attendees=("T001", "T002"),
)
DAY = CalendarEntry(
    uid="deadline.T001.2026@almenstyring",
    summary=Text("Frist", "Deadline"),
    description=Text("Styringsrapport", "Governance report"),
    stamp=datetime(2026, 2, 1, 12, tzinfo=UTC),
    day=date(2026, 7, 1),
    alarms=(timedelta(days=13, hours=15),),
)
_LINES = "Møde\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:forged\r\n"
FORGED = {
    "the summary": evolve(MEETING, summary=Text(_LINES, _LINES)),
    "the description": evolve(MEETING, description=Text(_LINES, _LINES)),
    "the place": evolve(MEETING, place=_LINES),
}


def a_calendar(*entries: CalendarEntry, language: Language = "da") -> CalendarRequest:
    """A calendar to subscribe to; of a meeting and a day where no entries are given."""
    return CalendarRequest(name=_NAME, entries=entries or (MEETING, DAY), language=language)


def an_invitation(method: CalendarMethod) -> CalendarRequest:
    """An invitation to the meeting or its cancellation, with the address of one who organises."""
    status = EntryStatus.CANCELLED if method is CalendarMethod.CANCEL else EntryStatus.CONFIRMED
    entries = (evolve(MEETING, status=status),)
    return CalendarRequest(name=_NAME, entries=entries, method=method, addresses={"T01": "post@t01.invalid"})


class CalendarContract:
    """Subclass this in your tests, override the fixture ``descriptor`` and the method ``read``; pytest does the rest.

    ``read`` must use another parser than the writer does: two halves of one library may share a mistake.
    """

    @pytest.fixture
    def descriptor(self) -> CalendarDescriptor:
        """The writer under test."""
        pytest.fail("override the fixture descriptor", pytrace=False)

    def read(self, content: bytes) -> ReadCalendar:  # noqa: ARG002 - the override uses it
        """What the content says, read by somebody else than the writer."""
        pytest.fail("override read", pytrace=False)

    def test_the_descriptor_says_what_it_offers(self, descriptor: CalendarDescriptor) -> None:
        assert descriptor.suffixes
        assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in descriptor.suffixes)
        assert descriptor.description.da
        assert descriptor.description.en

    def test_every_entry_is_there_once(self, descriptor: CalendarDescriptor) -> None:
        found = self.read(descriptor.write(a_calendar()))
        assert sorted(entry.uid for entry in found.entries) == sorted((MEETING.uid, DAY.uid))
        assert found.method is CalendarMethod.PUBLISH

    @pytest.mark.parametrize("when", TIMES)
    def test_a_meeting_is_at_the_same_instants(self, descriptor: CalendarDescriptor, when: str) -> None:
        starts, ends = TIMES[when].starts, TIMES[when].ends
        [found] = self.read(descriptor.write(a_calendar(evolve(MEETING, starts=starts, ends=ends)))).entries
        assert found.day is None
        assert found.starts is not None and found.ends is not None
        # In UTC, since Python finds two instants unequal as soon as one stands on a clock that shows it twice.
        assert found.starts.astimezone(UTC) == starts.astimezone(UTC)
        assert found.ends.astimezone(UTC) == ends.astimezone(UTC)

    def test_a_whole_day_stays_that_day(self, descriptor: CalendarDescriptor) -> None:
        [found] = self.read(descriptor.write(a_calendar(DAY))).entries
        assert (found.day, found.starts, found.ends) == (DAY.day, None, None)

    @pytest.mark.parametrize("language", ["da", "en"])
    def test_everything_is_in_the_language_asked_for(self, descriptor: CalendarDescriptor, language: Language) -> None:
        found = self.read(descriptor.write(a_calendar(MEETING, language=language)))
        [entry] = found.entries
        assert found.title == _NAME[language]
        assert entry.summary == MEETING.summary[language]
        assert entry.description == MEETING.description[language]
        assert entry.categories == tuple(each[language] for each in MEETING.categories)
        assert entry.place == MEETING.place

    @pytest.mark.parametrize("name", NASTY_TEXTS)
    def test_a_nasty_text_comes_back_as_text(self, descriptor: CalendarDescriptor, name: str) -> None:
        text = NASTY_TEXTS[name]
        nasty = evolve(MEETING, summary=Text(text, text), description=Text(text, text), place=text)
        [found] = self.read(descriptor.write(a_calendar(nasty))).entries
        for shown in (found.summary, found.description, found.place):
            assert _printable(shown) == _printable(text)

    @pytest.mark.parametrize("part", FORGED)
    def test_a_text_that_looks_like_the_format_is_obeyed_by_nobody(
        self, descriptor: CalendarDescriptor, part: str
    ) -> None:
        [found] = self.read(descriptor.write(a_calendar(FORGED[part]))).entries
        assert (found.uid, found.status) == (MEETING.uid, EntryStatus.CONFIRMED)

    def test_what_is_invented_says_syntetisk_and_nothing_else_does(self, descriptor: CalendarDescriptor) -> None:
        found = self.read(descriptor.write(a_calendar(evolve(MEETING, is_synthetic=True), DAY)))
        assert "SYNTETISK" in found.title
        assert {entry.uid: "SYNTETISK" in entry.summary for entry in found.entries} == {
            MEETING.uid: True,
            DAY.uid: False,
        }
        assert b"SYNTETISK" not in descriptor.write(a_calendar())

    def test_the_sequence_is_that_of_the_entry(self, descriptor: CalendarDescriptor) -> None:
        later = self.read(descriptor.write(a_calendar(evolve(MEETING, sequence=12), DAY)))
        assert {entry.uid: entry.sequence for entry in later.entries} == {MEETING.uid: 12, DAY.uid: 0}

    @pytest.mark.parametrize("status", EntryStatus)
    def test_a_cancelled_entry_stays_and_says_so(self, descriptor: CalendarDescriptor, status: EntryStatus) -> None:
        [found] = self.read(descriptor.write(a_calendar(evolve(MEETING, status=status)))).entries
        assert found.status is status

    def test_alarms_are_as_long_before_as_asked_for(self, descriptor: CalendarDescriptor) -> None:
        found = self.read(descriptor.write(a_calendar()))
        assert {entry.uid: sorted(entry.alarms) for entry in found.entries} == {
            MEETING.uid: sorted(MEETING.alarms),
            DAY.uid: sorted(DAY.alarms),
        }

    def test_the_stamp_is_that_of_the_record(self, descriptor: CalendarDescriptor) -> None:
        found = self.read(descriptor.write(a_calendar()))
        assert {entry.uid: entry.stamp for entry in found.entries} == {MEETING.uid: MEETING.stamp, DAY.uid: DAY.stamp}

    def test_the_same_request_gives_the_same_bytes(self, descriptor: CalendarDescriptor) -> None:
        assert descriptor.write(a_calendar()) == descriptor.write(a_calendar())

    def test_a_calendar_of_nothing_can_be_read(self, descriptor: CalendarDescriptor) -> None:
        found = self.read(descriptor.write(CalendarRequest(name=_NAME, entries=())))
        assert (found.title, found.entries) == (_NAME.da, ())

    @pytest.mark.parametrize("method", [CalendarMethod.REQUEST, CalendarMethod.CANCEL])
    def test_an_invitation_and_a_cancellation_name_who_invites_and_who_is_invited(
        self, descriptor: CalendarDescriptor, method: CalendarMethod
    ) -> None:
        found = self.read(descriptor.write(an_invitation(method)))
        [entry] = found.entries
        assert found.method is method
        assert (entry.organiser, entry.attendees) == ("post@t01.invalid", MEETING.attendees)

    def test_a_calendar_to_subscribe_to_invites_nobody(self, descriptor: CalendarDescriptor) -> None:
        [found] = self.read(descriptor.write(a_calendar(MEETING))).entries
        assert found.attendees == ()


def _printable(text: str) -> list[str]:
    return [letter for letter in text if letter.isprintable()]
