"""From a calendar request to the components of iCalendar; numbers in comments are sections of RFC 5545."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unicodedata import category

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from almenstyring.ports import CalendarEntry, CalendarMethod, CalendarRequest
from almenstyring_ical.zone import copenhagen

_MADE_BY = "-//almenstyring//almenstyring-ical//DA"
_NOT_IN_A_TEXT = {"Cc", "Cs"}  # 3.3.11: TEXT has no control characters but tab and the written line break


def calendar_of(request: CalendarRequest) -> Calendar:
    """The whole calendar."""
    calendar = Calendar()
    calendar.add("prodid", _MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", request.method.value.upper())
    title = _clean(request.title[request.language])
    calendar.add("name", title)  # RFC 7986
    calendar.add("x-wr-calname", vText(title))  # what clients read before it, a text too
    if any(entry.day is None for entry in request.entries):
        calendar.add_component(copenhagen())
    for entry in request.entries:
        calendar.add_component(_event(entry, request))
    return calendar


def _event(entry: CalendarEntry, request: CalendarRequest) -> Event:
    event, title = Event(), _clean(entry.title[request.language])
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamp.astimezone(UTC))  # 3.8.7.2: when this version of it was made
    event.add("sequence", entry.sequence)
    event.add("status", entry.status.value.upper())
    event.add("summary", title)
    event.add("description", _clean(entry.description[request.language]))
    if entry.place:
        event.add("location", _clean(entry.place))
    if entry.categories:
        event.add("categories", [_clean(each[request.language]) for each in entry.categories])
    _add_times(event, entry)
    _add_parties(event, entry, request)
    for alarm in entry.alarms:
        event.add_component(_alarm(alarm, title))
    return event


def _add_times(event: Event, entry: CalendarEntry) -> None:
    if entry.starts is not None and entry.ends is not None:
        event.add("dtstart", _moment(entry.starts))
        event.add("dtend", _moment(entry.ends))
    elif entry.day is not None:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))  # 3.6.1: the end of a whole day is the day after
        event.add("transp", "TRANSPARENT")  # a deadline makes nobody busy


def _moment(at: datetime) -> datetime:
    """In Danish time; in UTC in the hour that the clock shows for the second time, which 3.3.5 cannot name."""
    return at.astimezone(UTC) if at.fold else at


def _add_parties(event: Event, entry: CalendarEntry, request: CalendarRequest) -> None:
    """The organiser; the attendees only where somebody is invited or told of a cancellation (RFC 5546, 3.2.1)."""
    if entry.organiser:
        event.add("organizer", _party(entry.organiser, request))
    if request.method is CalendarMethod.PUBLISH:
        return
    for code in entry.attendees:
        attendee = _party(code, request)
        attendee.params["cutype"] = vText("GROUP")
        attendee.params["role"] = vText("REQ-PARTICIPANT")
        if request.method is CalendarMethod.REQUEST:
            attendee.params["partstat"] = vText("NEEDS-ACTION")
            attendee.params["rsvp"] = vText("TRUE")
        event.add("attendee", attendee)


def _party(code: str, request: CalendarRequest) -> vCalAddress:
    address = request.addresses.get(code)
    party = vCalAddress(f"mailto:{address}" if address else f"urn:x-almenstyring:{code}")
    party.params["cn"] = vText(code)
    return party


def _alarm(before: timedelta, title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -before)
    return alarm


def _clean(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if letter in "\n\t" or category(letter) not in _NOT_IN_A_TEXT)
