"""Finding the meetings that were held: a dialogue meeting by its organisation, report year, municipality and day.

The first that was kept of an organisation's report year has the key "T001/2026", the others are numbered from 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from almenstyring.application.records import Records, own_key, year_key
from almenstyring.application.repository import Entry
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue import DialogueMeeting, ForumMeeting
from almenstyring.domain.errors import InvalidValueError, NotFoundError
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode


def held_in(records: Records, organisation: LbfNumber, year: ReportYear) -> tuple[Entry[DialogueMeeting], ...]:
    """Every dialogue meeting of an organisation's report year, with whichever municipality, the earliest first."""
    found = list(_numbered(records, organisation, year))
    return tuple(sorted(found, key=lambda entry: (entry.value.held_on, entry.value.municipality)))


def _numbered(records: Records, organisation: LbfNumber, year: ReportYear) -> Iterator[Entry[DialogueMeeting]]:
    """In the order in which they were kept; a key is never given back, so there is no gap."""
    number = 1
    while entry := records.meetings.get(_key(organisation, year, number)):
        yield entry
        number += 1


def _key(organisation: LbfNumber, year: ReportYear, number: int) -> str:
    return year_key(organisation, year) if number == 1 else year_key(organisation, year, number)


def entry_of(records: Records, meeting: DialogueMeeting) -> Entry[DialogueMeeting] | None:
    """The record of the very meeting: same organisation, year, municipality and day."""
    entries = held_in(records, meeting.organisation, meeting.report_year)
    return _on_day(entries, meeting.municipality, meeting.held_on)


def _on_day(
    entries: Iterable[Entry[DialogueMeeting]], municipality: MunicipalityCode, day: date
) -> Entry[DialogueMeeting] | None:
    found = (each for each in entries if (each.value.municipality, each.value.held_on) == (municipality, day))
    return next(found, None)


def key_to_keep(records: Records, meeting: DialogueMeeting, replaces: date | None = None) -> str:
    """Where the minutes are kept: with the earlier revisions of the same meeting, or under a key that nothing has.

    ``replaces`` is the day that the meeting was recorded with by mistake.
    """
    kept = held_in(records, meeting.organisation, meeting.report_year)
    entry = _on_day(kept, meeting.municipality, meeting.held_on)
    if replaces is None or replaces == meeting.held_on:
        return entry.record.key if entry else _key(meeting.organisation, meeting.report_year, len(kept) + 1)
    name = f"{meeting.organisation}/{meeting.report_year}"
    if entry is not None:
        raise _taken(name, meeting.held_on)
    wrong = _on_day(kept, meeting.municipality, replaces)
    if wrong is None:
        raise _not_that_day(name, replaces, (each.held_on for each in municipalitys(kept, meeting.municipality)))
    return wrong.record.key


def forum_key_to_keep(records: Records, meeting: ForumMeeting, replaces: date | None = None) -> str:
    """Where a meeting of another forum is kept; InvalidValueError if its id is that of another meeting."""
    key = own_key(meeting.municipality, meeting.id)
    entry = records.forum_meetings.get(key)
    kept = entry.value if entry else None
    same = kept is None or (kept.forum, kept.held_on) == (meeting.forum, meeting.held_on)
    if replaces is not None and (kept is None or replaces not in (kept.held_on, meeting.held_on)):
        raise _not_that_day(meeting.id, replaces, [kept.held_on] if kept else [])
    if not same and kept is not None and replaces != kept.held_on:
        raise InvalidValueError(
            Text(
                f"{meeting.id} er mødet i {kept.forum} {kept.held_on}.",
                f"{meeting.id} is the meeting of {kept.forum} on {kept.held_on}.",
            ),
            Text(
                "Giv det nye møde et andet id, eller ret det gamle med replaces=<dagen, det står med>.",
                "Give the new meeting another id, or correct the old one with replaces=<the day it is kept with>.",
            ),
            value=meeting.id,
        )
    return key


def _not_that_day(meeting: str, day: date, known: Iterable[date]) -> NotFoundError:
    """The error to raise where nothing was held on a day; the hint has the days on which something was."""
    days = ", ".join(map(str, sorted(known))) or "-"
    return NotFoundError(
        Text(f"Der er intet møde {meeting} den {day}.", f"There is no meeting {meeting} on {day}."),
        Text(f"Der er registreret: {days}.", f"Recorded are: {days}."),
        meeting=meeting,
        day=day,
    )


def _taken(meeting: str, day: date) -> InvalidValueError:
    return InvalidValueError(
        Text(f"Der er et andet møde {meeting} den {day}.", f"There is another meeting {meeting} on {day}."),
        Text(
            "Ret det mødes referat uden replaces; et referat erstatter ikke to møder.",
            "Correct that meeting's minutes without replaces; minutes do not replace two meetings.",
        ),
        value=str(day),
    )


def first_held(meetings: Iterable[Entry[DialogueMeeting]]) -> date | None:
    """The day of the first of the meetings; that is when the year's dialogue was held."""
    return min((entry.value.held_on for entry in meetings), default=None)


def municipalitys(
    entries: Iterable[Entry[DialogueMeeting]], municipality: MunicipalityCode
) -> tuple[DialogueMeeting, ...]:
    """The meetings that were one municipality's own."""
    return tuple(entry.value for entry in entries if entry.value.municipality == municipality)
