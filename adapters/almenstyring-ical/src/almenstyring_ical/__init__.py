"""Writes deadlines and meetings as iCalendar, through icalendar; a plug-in for almenstyring."""

from __future__ import annotations

from collections.abc import Iterable

from almenstyring import Text
from almenstyring.plugins import CalendarDescriptor, hookimpl
from almenstyring.ports import CalendarRequest


def write_ics(request: CalendarRequest) -> bytes:
    """The calendar as the content of an .ics file (RFC 5545)."""
    from almenstyring_ical.writing import calendar_of  # icalendar takes a while to load

    content: bytes = calendar_of(request).to_ical()
    return content


WRITER = CalendarDescriptor(
    name="ical",
    suffixes=(".ics",),
    write=write_ics,
    description=Text("Kalendere som iCalendar (.ics)", "Calendars as iCalendar (.ics)"),
)


@hookimpl
def almenstyring_calendars() -> Iterable[CalendarDescriptor]:
    """Yield the writer of this adapter."""
    yield WRITER
