"""The meetings of the dialogue that were held: keep the minutes, follow the tasks up, and who may read of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from almenstyring.application.held_meetings import entry_of, forum_key_to_keep, held_in, key_to_keep
from almenstyring.application.invitations_side import InvitationsSide, by_municipality, in_year
from almenstyring.application.known_fora import forum_name, require_forum
from almenstyring.application.meeting_checks import check_minutes, check_tasks
from almenstyring.application.records import by_year, own_key
from almenstyring.domain.access import Permission, Role
from almenstyring.domain.calendar import ReportYear, as_year
from almenstyring.domain.dialogue import (
    DialogueMeeting,
    ForumMeeting,
    Invitation,
    InvitationStatus,
    OpenTask,
)
from almenstyring.domain.dialogue.fora import STATUTORY
from almenstyring.domain.dialogue.meetings import minutes_together, tasks_open
from almenstyring.domain.errors import InvalidValueError, NotFoundError
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber


class MeetingsSide(InvitationsSide):
    """The use cases around the meetings of the dialogue; none of them asks for a report (DB § 112, stk. 1)."""

    def record_meeting(self, meeting: DialogueMeeting, *, replaces: date | None = None) -> None:
        """Keep the record of a dialogue meeting held; it is owed even when no report came (DB § 112, stk. 1).

        The same organisation, report year, municipality and day again is a correction of those minutes; another day is
        another meeting, unless ``replaces`` names the day it was recorded with by mistake: that record becomes this
        one, and its history stays. The invitation it names becomes held with it. NotFoundError where nothing was
        recorded on ``replaces``; InvalidValueError for a meeting after today or outside the report year and the next,
        one that is not the meeting invited to, an area or estate that it did not have, and a task without text.
        """
        master = self.master_data(meeting.organisation)
        self._require(Permission.RECORD_DIALOGUE, master)
        self._require_own(meeting.municipality)
        check_minutes(meeting, master)
        self._keep_held(meeting, replaces)

    def record_forum_meeting(self, meeting: ForumMeeting, *, replaces: date | None = None) -> None:
        """Keep the record of a meeting of another forum; the rest is as for ``record_meeting``.

        Its id tells which meeting it is: InvalidValueError if that is taken by another forum or day, unless
        ``replaces`` is the day it was recorded with by mistake; also for a forum that nobody knows.
        """
        self._require_partners(meeting.municipality, meeting.organisations, statutory=False)
        require_forum(self._records, meeting.municipality, meeting.forum)
        self._check_estate(meeting.estate, meeting)
        check_tasks(meeting)
        self._keep_held(meeting, replaces)

    def meeting(self, organisation: LbfNumber | str, year: ReportYear | int) -> DialogueMeeting | None:
        """The record of the year's latest dialogue meeting that the actor may see, or None."""
        found = self.meetings(organisation, year)
        return found[-1] if found else None

    def meetings(self, organisation: LbfNumber | str, year: ReportYear | int) -> tuple[DialogueMeeting, ...]:
        """The records of all dialogue meetings of a report year that the actor may see, the earliest first.

        The home municipality sees those that another one held before, and that one only its own.
        """
        number, wanted = self._number(organisation), as_year(year)
        self._readable_key(number, wanted)
        found = tuple(entry.value for entry in held_in(self._records, number, wanted))
        town = self.actor.municipality
        if town is None or self._stands_for(self.master_data(number), self.today):
            return found
        return tuple(each for each in found if each.municipality == town)

    def minutes_gaps(self, organisation: LbfNumber | str, year: ReportYear | int) -> tuple[Text, ...]:
        """What the minutes of a municipality's meetings of the year, taken together, still lack.

        A municipality's own, to others those of the latest; NotFoundError if no meeting was recorded.
        """
        found = self.meetings(organisation, year)
        town = self.actor.municipality or (found[-1].municipality if found else None)
        minutes = minutes_together(each for each in found if each.municipality == town)
        if minutes is None:
            raise _no_meeting(f"{organisation}/{year}")
        return minutes.gaps(self.master_data(minutes.organisation).areas)

    def forum_meetings(self, year: ReportYear | int | None = None) -> tuple[ForumMeeting, ...]:
        """The meetings of other fora in a year that the actor may see: the municipality's own, or those it was at."""
        found = (entry.value for entry in self._records.forum_meetings.find(**in_year(year)))
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
            self._keep_meeting(self._kept_meeting(meeting).with_task_done(task, day), None)

    def open_tasks(self, on: date | None = None) -> tuple[OpenTask, ...]:
        """The tasks of all meetings the actor may see that were open on a day, the earliest due first."""
        return tasks_open(self.meetings_held(), on or self.today)

    # What these share

    def _keep_held(self, meeting: DialogueMeeting | ForumMeeting, replaces: date | None) -> None:
        self._event_day(meeting.held_on, None)
        with self._store.transaction():
            self._keep_meeting(meeting, replaces)
            if meeting.invitation:
                self._hold(meeting, replaces)

    def _keep_meeting(self, meeting: DialogueMeeting | ForumMeeting, replaces: date | None) -> None:
        if isinstance(meeting, DialogueMeeting):
            key = key_to_keep(self._records, meeting, replaces)
            self._keep(self._records.meetings, key, meeting, by_year(meeting.organisation, meeting.report_year))
        else:
            key, year = forum_key_to_keep(self._records, meeting, replaces), meeting.held_on.year
            self._keep(self._records.forum_meetings, key, meeting, by_municipality(meeting.municipality, year))

    def _kept_meeting(self, meeting: DialogueMeeting | ForumMeeting) -> DialogueMeeting | ForumMeeting:
        kept: DialogueMeeting | ForumMeeting | None
        if isinstance(meeting, DialogueMeeting):
            name = f"{meeting.organisation}/{meeting.report_year}"
            dialogue = entry_of(self._records, meeting)
            kept = dialogue.value if dialogue else None
        else:
            name = own_key(meeting.municipality, meeting.id)
            other = self._records.forum_meetings.get(name)
            kept = other.value if other else None
        if kept is None or kept.held_on != meeting.held_on:
            raise _no_meeting(f"{name} ({meeting.held_on})")
        return kept

    def _hold(self, meeting: DialogueMeeting | ForumMeeting, replaces: date | None) -> None:
        """Mark the invitation of a meeting as held, unless it is: minutes may be recorded again when corrected."""
        found = self._own(meeting.invitation)
        was_held = found.status is InvitationStatus.HELD and found.when.day == replaces != meeting.held_on
        if was_held:
            found = self._keep_invitation(found.held_instead(meeting.held_on, self.today, by=self.actor.id))
        if not _is_to(found, meeting):
            forum = forum_name(self._records, found.municipality, found.forum, found.when.day)
            raise InvalidValueError(
                Text(
                    f"Indkaldelsen {found.id} gælder et andet møde ({forum.da}, {found.when}).",
                    f"Invitation {found.id} is to another meeting ({forum.en}, {found.when}).",
                ),
                Text(
                    "Brug den rigtige indkaldelse, eller flyt den til den dag, mødet blev holdt.",
                    "Name the right invitation, or move it to the day on which the meeting was held.",
                ),
                invitation=found.id,
            )
        if found.status is not InvitationStatus.HELD:
            self._keep_invitation(found.held(self.today, by=self.actor.id))

    def _sees_forum_meeting(self, meeting: ForumMeeting) -> bool:
        if self.actor.role is Role.ORGANISATION:
            return self._stands_for_any(meeting.organisations)
        return self._sees_as_town(meeting.municipality, meeting.organisations)

    def _dialogue_meetings(self) -> Iterator[DialogueMeeting]:
        town = self.actor.municipality
        near = self.register() if town is None else self._records.concerned(town)
        for master in near:
            if self.actor.role is Role.ORGANISATION and not self._stands_for(master, self.today):
                continue
            for meeting in self._records.meetings_of(master.number):
                if self._sees_as_town(meeting.municipality, [meeting.organisation]):
                    yield meeting


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
