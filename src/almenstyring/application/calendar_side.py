"""The calendar of a municipality or an organisation: its meetings, deadlines and the law's dates, and as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from attrs import frozen

from almenstyring.application.deliveries import progress_of
from almenstyring.application.known_fora import forum_name
from almenstyring.application.meetings_side import MeetingsSide
from almenstyring.application.records import own_key, year_key
from almenstyring.application.repository import Entry
from almenstyring.domain.access import Role
from almenstyring.domain.calendar import ReportYear, as_year
from almenstyring.domain.dialogue import Invitation, InvitationStatus
from almenstyring.domain.dialogue.calendar_entries import (
    CalendarEntry,
    entries_of_periods,
    entry_of_deadline,
    entry_of_meeting,
)
from almenstyring.domain.dialogue.calendar_requests import CalendarMethod, CalendarRequest
from almenstyring.domain.errors import InvalidValueError, NotAllowedError
from almenstyring.domain.organisations import MasterData
from almenstyring.domain.reporting import Deadline
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode


@frozen
class _View:
    """Whose calendar it is: a municipality's, of all or one of its organisations, or an organisation's own."""

    municipality: MunicipalityCode | None
    organisation: LbfNumber | None
    masters: tuple[MasterData, ...]

    @property
    def name(self) -> Text:
        if self.municipality:
            return Text(f"Styringsdialog, kommune {self.municipality}", f"Governance dialogue, {self.municipality}")
        name = self.masters[0].organisation.name
        return Text(f"Styringsdialog, {name}", f"Governance dialogue, {name}")


class CalendarSide(MeetingsSide):
    """The use cases of the calendar; it changes nothing."""

    def calendar(
        self,
        *,
        year: ReportYear | int | None = None,
        municipality: MunicipalityCode | str | None = None,
        organisation: LbfNumber | str | None = None,
        on: date | None = None,
    ) -> tuple[CalendarEntry, ...]:
        """Meetings, deadlines and the law's dates of a report year, or of all, in the order of their time.

        A municipality gets its own calendar, of all its organisations or of one, an organisation its own or that of one
        it administers; an operator names one of the two, else InvalidValueError. Whose home municipality it is is
        decided on the day ``on``. The same records give the same entries.
        """
        return self._entries(self._view(municipality, organisation, on or self.today), _maybe(year))

    def calendar_file(  # noqa: PLR0913 - what a calendar is made of has defaults
        self,
        *,
        year: ReportYear | int | None = None,
        municipality: MunicipalityCode | str | None = None,
        organisation: LbfNumber | str | None = None,
        on: date | None = None,
        language: Language = "da",
        suffix: str = ".ics",
    ) -> bytes:
        """The same as the content of a file to subscribe to; PluginError if no writer of the suffix is installed."""
        view = self._view(municipality, organisation, on or self.today)
        request = CalendarRequest(name=view.name, entries=self._entries(view, _maybe(year)), language=language)
        return self.registry.calendar(suffix).write(request)

    def invitation_file(
        self,
        invitation: Invitation,
        *,
        addresses: Mapping[str, str] | None = None,
        language: Language = "da",
        suffix: str = ".ics",
    ) -> bytes:
        """One invitation as it is kept now, as a file to send to those invited; a cancelled one calls the meeting off.

        ``addresses`` are the mailboxes of offices by the code of municipality or organisation. NotAllowedError for an
        invitation that the actor may not see or that was not issued.
        """
        entry = self._records.invitations.get(own_key(invitation.municipality, invitation.id))
        if entry is None or entry.value.issued_on is None or not self._sees_invitation(entry.value):
            raise NotAllowedError(
                Text(f"Der er ikke indkaldt ved {invitation.id}.", f"Nobody was invited by {invitation.id}."),
                Text("Indkald først med invite().", "Issue it first with invite()."),
                invitation=invitation.id,
            )
        called_off = entry.value.status is InvitationStatus.CANCELLED
        meeting = self._entry_of(entry)
        request = CalendarRequest(
            name=meeting.summary,
            entries=(meeting,),
            language=language,
            method=CalendarMethod.CANCEL if called_off else CalendarMethod.REQUEST,
            addresses=dict(addresses or {}),
        )
        return self.registry.calendar(suffix).write(request)

    def _view(
        self, municipality: MunicipalityCode | str | None, organisation: LbfNumber | str | None, on: date
    ) -> _View:
        code = MunicipalityCode(municipality) if isinstance(municipality, str) else municipality
        if self.actor.role is Role.ORGANISATION and code is None:
            return self._own_view(organisation or self._own_number())
        if self.actor.role is Role.OPERATOR and code is None and organisation is not None:
            return self._own_view(organisation)
        code = code or self.actor.municipality
        if code is None:
            raise InvalidValueError(
                Text("Hvis kalender?", "Whose calendar?"),
                Text("Angiv en kommune eller en boligorganisation.", "Name a municipality or an organisation."),
            )
        if self.actor.role is not Role.OPERATOR and code != self.actor.municipality:
            raise NotAllowedError(
                Text("Man ser kun sin egen kalender.", "One sees only one's own calendar."),
                Text("Udelad kommunen.", "Leave the municipality out."),
                municipality=str(code),
            )
        wanted = None if organisation is None else self._number(organisation)
        masters = [
            master
            for master in self._records.concerned(code)
            if master.home_municipality_on(on) == code and self._is_mandated(master.number)
        ]
        return _View(code, wanted, tuple(each for each in masters if wanted in (None, each.number)))

    def _own_view(self, organisation: LbfNumber | str) -> _View:
        master = self.master_data(organisation)
        if not self._stands_for(master, self.today):
            raise NotAllowedError(
                Text(f"{master.number} har sin egen kalender.", f"{master.number} has a calendar of its own."),
                Text("Man ser kun sin egen kalender.", "One sees only one's own calendar."),
                organisation=str(master.number),
            )
        return _View(None, master.number, (master,))

    def _own_number(self) -> LbfNumber:
        assert self.actor.organisation is not None  # the role was checked
        return self.actor.organisation

    def _entries(self, view: _View, year: ReportYear | None) -> tuple[CalendarEntry, ...]:
        found = (*self._meetings_in(view, year), *self._deadlines_in(view, year), *self._dates_in(view, year))
        return tuple(sorted(found, key=lambda entry: entry.place_in_time))

    def _meetings_in(self, view: _View, year: ReportYear | None) -> Iterator[CalendarEntry]:
        for invitation in self.invitations(year=year, organisation=view.organisation):
            if view.municipality not in (None, invitation.municipality):
                continue
            entry = self._records.invitations.get(own_key(invitation.municipality, invitation.id))
            told = view.municipality is not None or invitation.issued_on is not None
            if entry is not None and told:
                yield self._entry_of(entry)

    def _entry_of(self, kept: Entry[Invitation]) -> CalendarEntry:
        """The entry of a meeting, by the name of its forum in the model of the day."""
        invitation = kept.value
        forum = forum_name(self._records, invitation.municipality, invitation.forum, invitation.when.day)
        return entry_of_meeting(invitation, self._names(invitation.organisations), kept.record.at, forum)

    def _deadlines_in(self, view: _View, year: ReportYear | None) -> Iterator[CalendarEntry]:
        names = {master.number: master.organisation.name for master in view.masters}
        where = {} if year is None else {"year": int(year)}
        for entry in self._records.deadlines.find(**where):
            deadline = entry.value
            if deadline.organisation in names:  # an earlier home municipality may have set it
                sent, at = self._sent(deadline, entry.record.at)
                name = names[deadline.organisation]
                yield entry_of_deadline(deadline, name, at, entry.record.revision - 1, sent)

    def _sent(self, deadline: Deadline, kept_at: datetime) -> tuple[date | None, datetime]:
        """The day the report was first sent, and when the later of deadline and sending was kept."""
        owner = (deadline.organisation, deadline.report_year)
        record = self._records.sendings.record(year_key(*owner, 1))
        progress = progress_of(self._records, *owner) if record else None
        if record is None or progress is None or not progress.sendings:
            return None, kept_at
        return progress.sendings[0].on, max(record.at, kept_at)

    def _dates_in(self, view: _View, year: ReportYear | None) -> Iterator[CalendarEntry]:
        for master in view.masters:
            record = self._records.register.record(str(master.number))
            years = {period.report_year for period in master.periods} if year is None else {year}
            for each in sorted(found for found in years if found is not None):
                assert record is not None  # the master data came from it
                yield from entries_of_periods(master, each, record.at, own=view.municipality is None)

    def _names(self, organisations: Iterable[LbfNumber]) -> dict[LbfNumber, str]:
        return {number: self.master_data(number).organisation.name for number in organisations}


def _maybe(year: ReportYear | int | None) -> ReportYear | None:
    return None if year is None else as_year(year)
