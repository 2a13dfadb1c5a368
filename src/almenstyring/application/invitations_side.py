"""Inviting to the meetings of the dialogue: plan, issue, move, change, call off, and who may read of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from almenstyring.application.known_fora import require_forum
from almenstyring.application.meeting_checks import check_estate, check_time
from almenstyring.application.municipality_side import MunicipalitySide
from almenstyring.application.records import own_key
from almenstyring.domain.access import Permission, Role
from almenstyring.domain.calendar import ReportYear, as_year
from almenstyring.domain.dialogue import AgendaItem, ForumMeeting, Invitation, MeetingTime, Participant
from almenstyring.domain.dialogue.fora import STATUTORY
from almenstyring.domain.errors import NotAllowedError, NotFoundError
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, LbfNumber, MunicipalityCode
from almenstyring.domain.values.converting import maybe_estate
from almenstyring.ports import IndexValue


class InvitationsSide(MunicipalitySide):
    """The use cases around invitations; none of them asks for a report (DB § 112, stk. 1)."""

    def plan_meeting(self, invitation: Invitation) -> Invitation:
        """Keep an invitation that is not issued yet; only the municipality sees it. Its id must be new.

        InvalidValueError for a day that has passed, a forum that nobody knows, or an estate that the register does not
        have.
        """
        return self._planned(invitation, self.today)

    def _planned(self, invitation: Invitation, told: date) -> Invitation:
        statutory = invitation.forum == STATUTORY
        self._require_partners(invitation.municipality, invitation.organisations, statutory=statutory)
        if invitation.history or self._records.invitations.record(own_key(invitation.municipality, invitation.id)):
            raise NotAllowedError(
                Text(f"Indkaldelsen {invitation.id} findes.", f"There is an invitation {invitation.id}."),
                Text("Flyt den, eller giv den nye et andet id.", "Move it, or give the new one another id."),
                invitation=invitation.id,
            )
        check_time(invitation.when, told)
        require_forum(self._records, invitation.municipality, invitation.forum)
        self._check_estate(invitation.estate, invitation)
        return self._keep_invitation(invitation)

    def invite(self, invitation: Invitation | str, *, on: date | None = None) -> Invitation:
        """Issue a new invitation, or by its id one that was planned, as sent in writing today or on an earlier day.

        Errors as for ``plan_meeting``; the meeting's day must not have passed when the invitation was sent.
        """
        day = self._event_day(on, None)
        with self._store.transaction():
            planned = self._planned(invitation, day) if isinstance(invitation, Invitation) else self._own(invitation)
            check_time(planned.when, day)
            return self._keep_invitation(planned.issued(day, by=self.actor.id))

    def move_meeting(  # noqa: PLR0913 - when, where and why
        self,
        invitation: str,
        when: MeetingTime,
        *,
        place: str | None = None,
        estate: EstateId | str | None = None,
        note: str = "",
        on: date | None = None,
    ) -> Invitation:
        """Move a meeting to another time, and elsewhere if a place or an estate is given.

        With a place alone it is on site no longer. InvalidValueError for a day that had passed when it was moved.
        """
        day, found, site = (
            self._event_day(on, None),
            self._own(invitation),
            maybe_estate(estate),
        )
        check_time(when, day)
        self._check_estate(site, found)
        moved = found.moved(when, day, by=self.actor.id, place=place, estate=site, note=note)
        return self._keep_invitation(moved)

    def change_meeting(  # noqa: PLR0913 - everything but the time
        self,
        invitation: str,
        *,
        participants: Iterable[Participant] | None = None,
        agenda: Iterable[AgendaItem] | None = None,
        place: str | None = None,
        estate: EstateId | str | None = None,
        note: str = "",
        on: date | None = None,
    ) -> Invitation:
        """Change who takes part, the agenda or where a meeting is held; what is not given stays as it is.

        With a place alone it is on site no longer. The sequence rises, so that calendars take it over.
        """
        day, found, site = (
            self._event_day(on, None),
            self._own(invitation),
            maybe_estate(estate),
        )
        self._check_estate(site, found)
        changed = found.changed(
            day, by=self.actor.id, participants=participants, agenda=agenda, place=place, estate=site, note=note
        )
        return self._keep_invitation(changed)

    def set_agenda(self, invitation: str, agenda: Iterable[AgendaItem], *, on: date | None = None) -> Invitation:
        """Give a meeting another agenda."""
        day = self._event_day(on, None)
        return self._keep_invitation(self._own(invitation).with_agenda(agenda, day, by=self.actor.id))

    def cancel_meeting(self, invitation: str, *, reason: str, on: date | None = None) -> Invitation:
        """Call a meeting off; a yearly one is owed all the same."""
        day = self._event_day(on, None)
        return self._keep_invitation(self._own(invitation).cancelled(reason, day, by=self.actor.id))

    def invitations(
        self, *, year: ReportYear | int | None = None, organisation: LbfNumber | str | None = None
    ) -> tuple[Invitation, ...]:
        """The invitations that the actor may see, in the order of their time.

        A municipality sees its own; an organisation those that were issued to it or to whom it administers; the
        operator all. ``year`` is the report year, or the year of the meeting where it is about none.
        """
        wanted = None if organisation is None else self._number(organisation)
        found = (entry.value for entry in self._records.invitations.find(**in_year(year)))
        seen = (each for each in found if self._sees_invitation(each))
        chosen = (each for each in seen if wanted is None or wanted in each.organisations)
        return tuple(sorted(chosen, key=lambda each: (each.when, each.uid)))

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

    def _check_estate(self, estate: EstateId | None, meeting: Invitation | ForumMeeting) -> None:
        """One of those who meet has the estate; where only the municipality meets, anybody in the register."""
        if estate is not None:
            numbers = meeting.organisations or (estate.organisation,)
            check_estate(estate, [self.master_data(number) for number in numbers])

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
        self._keep(self._records.invitations, key, invitation, by_municipality(invitation.municipality, year))
        return invitation

    def _sees_invitation(self, invitation: Invitation) -> bool:
        if self.actor.role is Role.ORGANISATION:
            return invitation.issued_on is not None and self._stands_for_any(invitation.organisations)
        return self._sees_as_town(invitation.municipality, invitation.organisations)

    def _sees_as_town(self, municipality: MunicipalityCode, organisations: Iterable[LbfNumber]) -> bool:
        """A municipality sees its own, its adviser what a mandate covers, the operator everything."""
        return self.actor.municipality in (None, municipality) and self._is_mandated(*organisations)

    def _stands_for_any(self, organisations: Iterable[LbfNumber]) -> bool:
        return any(self._stands_for(self.master_data(number), self.today) for number in organisations)


def in_year(year: ReportYear | int | None) -> dict[str, IndexValue]:
    """The indexed fields of a year, or of all."""
    return {} if year is None else {"year": int(as_year(year))}


def by_municipality(municipality: MunicipalityCode, year: int) -> dict[str, IndexValue]:
    """The indexed fields of what a municipality keeps of a year."""
    return {"municipality": str(municipality), "year": year}
