"""The meetings of the dialogue: invite, move, cancel, keep the minutes, follow the tasks up, and who may read of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from almenstyring.application.municipality_side import MunicipalitySide
from almenstyring.application.records import by_year, own_key, year_key
from almenstyring.domain.access import Permission, Role
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue import (
    AgendaItem,
    DialogueMeeting,
    ForumMeeting,
    Invitation,
    InvitationStatus,
    MeetingTime,
    OpenTask,
)
from almenstyring.domain.dialogue.fora import STATUTORY
from almenstyring.domain.dialogue.meetings import tasks_open
from almenstyring.domain.errors import InvalidValueError, NotAllowedError, NotFoundError
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.ports import IndexValue


class MeetingsSide(MunicipalitySide):
    """The use cases around the meetings of the dialogue; none of them asks for a report (DB § 112, stk. 1)."""

    def plan_meeting(self, invitation: Invitation) -> Invitation:
        """Keep an invitation that is not issued yet; only the municipality sees it. Its id must be new."""
        statutory = invitation.forum == STATUTORY
        self._require_partners(invitation.municipality, invitation.organisations, statutory=statutory)
        if invitation.history or self._records.invitations.record(own_key(invitation.municipality, invitation.id)):
            raise NotAllowedError(
                Text(f"Indkaldelsen {invitation.id} findes.", f"There is an invitation {invitation.id}."),
                Text("Flyt den, eller giv den nye et andet id.", "Move it, or give the new one another id."),
                invitation=invitation.id,
            )
        return self._keep_invitation(invitation)

    def invite(self, invitation: Invitation | str, *, on: date | None = None) -> Invitation:
        """Issue a new invitation, or by its id one that was planned, as sent in writing today or on an earlier day."""
        day = self._event_day(on, None)
        with self._store.transaction():
            planned = self.plan_meeting(invitation) if isinstance(invitation, Invitation) else self._own(invitation)
            return self._keep_invitation(planned.issued(day, by=self.actor.id))

    def move_meeting(
        self, invitation: str, when: MeetingTime, *, place: str | None = None, note: str = "", on: date | None = None
    ) -> Invitation:
        """Move a meeting to another time, and to another place if one is given."""
        day = self._event_day(on, None)
        moved = self._own(invitation).moved(when, day, by=self.actor.id, place=place, note=note)
        return self._keep_invitation(moved)

    def set_agenda(self, invitation: str, agenda: Iterable[AgendaItem], *, on: date | None = None) -> Invitation:
        """Give a meeting another agenda."""
        day = self._event_day(on, None)
        return self._keep_invitation(self._own(invitation).with_agenda(agenda, day, by=self.actor.id))

    def cancel_meeting(self, invitation: str, *, reason: str, on: date | None = None) -> Invitation:
        """Call a meeting off; a yearly one is owed all the same."""
        day = self._event_day(on, None)
        return self._keep_invitation(self._own(invitation).cancelled(reason, day, by=self.actor.id))

    def invitations(
        self, *, year: ReportYear | None = None, organisation: LbfNumber | str | None = None
    ) -> tuple[Invitation, ...]:
        """The invitations that the actor may see, in the order of their time.

        A municipality sees its own; an organisation those that were issued to it or to whom it administers; the
        operator all. ``year`` is the report year, or the year of the meeting where it is about none.
        """
        wanted = None if organisation is None else self._number(organisation)
        found = (entry.value for entry in self._records.invitations.find(**_in(year)))
        seen = (each for each in found if self._sees_invitation(each))
        chosen = (each for each in seen if wanted is None or wanted in each.organisations)
        return tuple(sorted(chosen, key=lambda each: (each.when, each.uid)))

    def record_meeting(self, meeting: DialogueMeeting) -> None:
        """Keep the record of a dialogue meeting held; it is owed even when no report came (DB § 112, stk. 1).

        The invitation it names becomes held with it. InvalidValueError for a meeting after today, or one that is not
        the meeting invited to.
        """
        self._require(Permission.RECORD_DIALOGUE, self.master_data(meeting.organisation))
        self._require_own(meeting.municipality)
        self._keep_held(meeting)

    def record_forum_meeting(self, meeting: ForumMeeting) -> None:
        """Keep the record of a meeting of another forum; the rest is as for ``record_meeting``."""
        self._require_partners(meeting.municipality, meeting.organisations, statutory=False)
        self._keep_held(meeting)

    def meeting(self, organisation: LbfNumber | str, year: ReportYear) -> DialogueMeeting | None:
        """The record of the year's dialogue meeting, or None."""
        entry = self._records.meetings.get(self._readable_key(organisation, year))
        return entry.value if entry else None

    def minutes_gaps(self, organisation: LbfNumber | str, year: ReportYear) -> tuple[Text, ...]:
        """What the minutes of the year's dialogue meeting still lack; NotFoundError if no meeting was recorded."""
        meeting = self.meeting(organisation, year)
        if meeting is None:
            raise _no_meeting(f"{organisation}/{year}")
        return meeting.gaps(self.master_data(meeting.organisation).areas)

    def forum_meetings(self, year: ReportYear | None = None) -> tuple[ForumMeeting, ...]:
        """The meetings of other fora in a year that the actor may see: the municipality's own, or those it was at."""
        found = (entry.value for entry in self._records.forum_meetings.find(**_in(year)))
        seen = (each for each in found if self._sees_forum_meeting(each))
        return tuple(sorted(seen, key=lambda each: (each.held_on, each.id)))

    def meetings_held(self) -> tuple[DialogueMeeting | ForumMeeting, ...]:
        """Every meeting held that the actor may see, of all fora and years: what ``obligations`` asks for."""
        return (*self._dialogue_meetings(), *self.forum_meetings())

    def task_done(self, meeting: DialogueMeeting | ForumMeeting, task: str, *, on: date | None = None) -> None:
        """Mark a task of a meeting as done, today or on an earlier day, in the minutes as they are kept now."""
        day = self._event_day(on, meeting.held_on)
        self._require(Permission.RECORD_DIALOGUE)
        self._require_own(meeting.municipality)
        with self._store.transaction():
            self._keep_meeting(self._kept_meeting(meeting).with_task_done(task, day))

    def open_tasks(self, on: date | None = None) -> tuple[OpenTask, ...]:
        """The tasks of all meetings the actor may see that were open on a day, the earliest due first."""
        return tasks_open(self.meetings_held(), on or self.today)

    # What these share

    def _require_partners(
        self, municipality: MunicipalityCode, organisations: Iterable[LbfNumber], *, statutory: bool
    ) -> None:
        """The statutory meeting is the home municipality's; to others come also those with an estate there."""
        self._require(Permission.RECORD_DIALOGUE)
        self._require_own(municipality)
        for number in organisations:
            master = self.master_data(number)
            if statutory or municipality not in master.located_in(self.today):
                self._require(Permission.RECORD_DIALOGUE, master)

    def _own(self, invitation: str) -> Invitation:
        self._require(Permission.RECORD_DIALOGUE)
        entry = self._records.invitations.get(own_key(self._own_municipality(), invitation))
        if entry is None:
            raise NotFoundError(
                Text(f"Der er ingen indkaldelse {invitation}.", f"There is no invitation {invitation}."),
                Text("Se invitations() for dem, der er.", "See invitations() for those there are."),
                invitation=invitation,
            )
        return entry.value

    def _keep_invitation(self, invitation: Invitation) -> Invitation:
        year = invitation.when.day.year if invitation.report_year is None else int(invitation.report_year)
        key = own_key(invitation.municipality, invitation.id)
        self._keep(self._records.invitations, key, invitation, _by_municipality(invitation.municipality, year))
        return invitation

    def _keep_held(self, meeting: DialogueMeeting | ForumMeeting) -> None:
        self._event_day(meeting.held_on, None)
        with self._store.transaction():
            if meeting.invitation:
                self._hold(meeting)
            self._keep_meeting(meeting)

    def _keep_meeting(self, meeting: DialogueMeeting | ForumMeeting) -> None:
        if isinstance(meeting, DialogueMeeting):
            owner = (meeting.organisation, meeting.report_year)
            self._keep(self._records.meetings, year_key(*owner), meeting, by_year(*owner))
        else:
            key, year = own_key(meeting.municipality, meeting.id), meeting.held_on.year
            self._keep(self._records.forum_meetings, key, meeting, _by_municipality(meeting.municipality, year))

    def _kept_meeting(self, meeting: DialogueMeeting | ForumMeeting) -> DialogueMeeting | ForumMeeting:
        kept: DialogueMeeting | ForumMeeting | None
        if isinstance(meeting, DialogueMeeting):
            key = year_key(meeting.organisation, meeting.report_year)
            dialogue = self._records.meetings.get(key)
            kept = dialogue.value if dialogue else None
        else:
            key = own_key(meeting.municipality, meeting.id)
            other = self._records.forum_meetings.get(key)
            kept = other.value if other else None
        if kept is None or kept.municipality != meeting.municipality:
            raise _no_meeting(key)
        return kept

    def _hold(self, meeting: DialogueMeeting | ForumMeeting) -> None:
        """Mark the invitation of a meeting as held, unless it is: minutes may be recorded again when corrected."""
        found = self._own(meeting.invitation)
        if not _is_to(found, meeting):
            raise InvalidValueError(
                Text(
                    f"Indkaldelsen {found.id} gælder et andet møde ({found.forum}, {found.when}).",
                    f"Invitation {found.id} is to another meeting ({found.forum}, {found.when}).",
                ),
                Text(
                    "Brug den rigtige indkaldelse, eller flyt den til den dag, mødet blev holdt.",
                    "Name the right invitation, or move it to the day on which the meeting was held.",
                ),
                invitation=found.id,
            )
        if found.status is not InvitationStatus.HELD:
            self._keep_invitation(found.held(self.today, by=self.actor.id))

    def _sees_invitation(self, invitation: Invitation) -> bool:
        if self.actor.role is Role.ORGANISATION:
            return invitation.issued_on is not None and self._stands_for_any(invitation.organisations)
        return self._sees_as_town(invitation.municipality, invitation.organisations)

    def _sees_forum_meeting(self, meeting: ForumMeeting) -> bool:
        if self.actor.role is Role.ORGANISATION:
            return self._stands_for_any(meeting.organisations)
        return self._sees_as_town(meeting.municipality, meeting.organisations)

    def _sees_as_town(self, municipality: MunicipalityCode, organisations: Iterable[LbfNumber]) -> bool:
        """A municipality sees its own, its adviser what a mandate covers, the operator everything."""
        return self.actor.municipality in (None, municipality) and self._is_mandated(*organisations)

    def _stands_for_any(self, organisations: Iterable[LbfNumber]) -> bool:
        return any(self._stands_for(self.master_data(number), self.today) for number in organisations)

    def _dialogue_meetings(self) -> Iterator[DialogueMeeting]:
        town = self.actor.municipality
        near = self.register() if town is None else self._records.concerned(town)
        for master in near:
            if self.actor.role is Role.ORGANISATION and not self._stands_for(master, self.today):
                continue
            for meeting in self._records.meetings_of(master.number):
                if self._sees_as_town(meeting.municipality, [meeting.organisation]):
                    yield meeting


def _in(year: ReportYear | None) -> dict[str, IndexValue]:
    return {} if year is None else {"year": int(year)}


def _by_municipality(municipality: MunicipalityCode, year: int) -> dict[str, IndexValue]:
    return {"municipality": str(municipality), "year": year}


def _is_to(invitation: Invitation, meeting: DialogueMeeting | ForumMeeting) -> bool:
    """Whether the invitation is to the meeting: the same forum and day, and nobody came who was not invited."""
    if isinstance(meeting, DialogueMeeting):
        forum, met = STATUTORY, {meeting.organisation}
        of_the_year = invitation.report_year == meeting.report_year
    else:
        forum, met, of_the_year = meeting.forum, set(meeting.organisations), True
    fits = of_the_year and invitation.forum == forum and invitation.when.day == meeting.held_on
    return fits and met <= set(invitation.organisations)


def _no_meeting(key: str) -> NotFoundError:
    return NotFoundError(
        Text(f"Der er intet møde {key}.", f"There is no meeting {key}."),
        Text("Registrer mødet først.", "Record the meeting first."),
        meeting=key,
    )
