"""The writer keeps the kit's contract; what it writes is read by ical, which shares no code with icalendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event
from ical.types import CalAddress

from almenstyring.plugins import CalendarDescriptor
from almenstyring.ports import CalendarMethod, EntryStatus
from almenstyring.testing.calendar_contract import CalendarContract, ReadCalendar, ReadEntry
from almenstyring_ical import WRITER


class TestTheContract(CalendarContract):
    @pytest.fixture
    def descriptor(self) -> CalendarDescriptor:
        return WRITER

    def read(self, content: bytes) -> ReadCalendar:
        calendar = IcsCalendarStream.calendar_from_ics(content.decode())
        entries = tuple(map(entry_of, calendar.events))
        method = CalendarMethod(str(calendar.method).lower())
        return ReadCalendar(title="".join(calendar.name or ()), method=method, entries=entries)


def entry_of(event: Event) -> ReadEntry:
    assert isinstance(event.dtstamp, datetime)
    timed = isinstance(event.dtstart, datetime)
    if not timed:
        assert event.dtstart is not None
        assert event.dtend == event.dtstart + timedelta(days=1), "the end of a whole day is the day after"
    return ReadEntry(
        uid=event.uid,
        summary=event.summary or "",
        description=event.description or "",
        stamp=event.dtstamp,
        day=None if timed else day_of(event.dtstart),
        starts=instant_of(event.dtstart) if timed else None,
        ends=instant_of(event.dtend) if timed else None,
        place=event.location or "",
        alarms=tuple(-alarm.trigger for alarm in event.alarm if isinstance(alarm.trigger, timedelta)),
        sequence=event.sequence or 0,
        status=EntryStatus(event.status.value.lower()) if event.status else EntryStatus.CONFIRMED,
        categories=tuple(event.categories),
        organiser=party_of(event.organizer) if event.organizer else "",
        attendees=tuple(map(party_of, event.attendees)),
    )


def day_of(found: object) -> date:
    assert isinstance(found, date)
    return found


def instant_of(found: object) -> datetime:
    assert isinstance(found, datetime)
    return found


def party_of(address: CalAddress) -> str:
    return str(address.uri).removeprefix("mailto:").removeprefix("urn:x-almenstyring:")
