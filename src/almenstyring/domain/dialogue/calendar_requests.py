"""A calendar to be written: what is in it, in which language and for what."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from attrs import field, frozen

from almenstyring.domain.dialogue.calendar_entries import SYNTHETIC, CalendarEntry, EntryStatus
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values.faults import known_language, refusal


class CalendarMethod(StrEnum):
    """What a calendar is for (da: kalenderens formål): to subscribe to, to invite, or to call off."""

    PUBLISH = "publish"
    REQUEST = "request"
    CANCEL = "cancel"


_TO_DO = {
    CalendarMethod.PUBLISH: Text("vises i en kalender", "be shown in a calendar"),
    CalendarMethod.REQUEST: Text("indkalde til et møde", "invite to a meeting"),
    CalendarMethod.CANCEL: Text("aflyse et møde", "call a meeting off"),
}


@frozen(kw_only=True)
class CalendarRequest:
    """What a writer of calendars gets: a name, the entries, a language and what it is for.

    ``addresses`` are the e-mail addresses of codes that organise or attend, as far as known: of an office, never of a
    person. An invitation or cancellation is of one entry, with organiser and attendees, and a cancellation
    of a cancelled one; two entries have different ids: else InvalidValueError.
    """

    name: Text
    entries: tuple[CalendarEntry, ...]
    language: Language = field(default="da", converter=known_language)
    method: CalendarMethod = CalendarMethod.PUBLISH
    addresses: Mapping[str, str] = field(factory=dict, hash=False)

    def __attrs_post_init__(self) -> None:
        alone = len(self.entries) == 1 and all(entry.organiser and entry.attendees for entry in self.entries)
        struck = all(entry.status is EntryStatus.CANCELLED for entry in self.entries)
        is_whole = {
            CalendarMethod.PUBLISH: len({entry.uid for entry in self.entries}) == len(self.entries),
            CalendarMethod.REQUEST: alone and not struck,
            CalendarMethod.CANCEL: alone and struck,
        }
        if not is_whole[self.method]:
            raise refusal(
                Text("Kalenderposterne kan ikke {do}.", "The entries cannot {do}."),
                Text(
                    "Indkald til, eller aflys, ét møde ad gangen; i en kalender står hver post én gang.",
                    "Invite to, or call off, one meeting at a time; a calendar has each entry once.",
                ),
                self.method.value,
                do=_TO_DO[self.method],
                entries=len(self.entries),
            )

    @property
    def title(self) -> Text:
        """The name as it is shown: a calendar with anything invented in it says so."""
        if not any(entry.is_synthetic for entry in self.entries):
            return self.name
        return Text(f"{SYNTHETIC}: {self.name.da}", f"{SYNTHETIC}: {self.name.en}")
