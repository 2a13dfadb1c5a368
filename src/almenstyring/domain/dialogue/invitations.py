"""The written invitation to a meeting of the dialogue, with its agenda and every change of it (da: mødeindkaldelse).

The invitation to the yearly meeting is in writing and in good time (DB § 112, stk. 1). The law gives no number of days;
``notice_days`` tells how many they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from attrs import evolve, field, frozen
from attrs.validators import optional

from almenstyring.domain.calendar import ReportYear, maybe_year
from almenstyring.domain.dialogue.fora import STATUTORY
from almenstyring.domain.dialogue.meeting_parts import AgendaItem, Participant, different_ids
from almenstyring.domain.dialogue.meeting_times import MeetingTime
from almenstyring.domain.errors import InvalidValueError, NotAllowedError
from almenstyring.domain.text import LANGUAGES, Text
from almenstyring.domain.values import EstateId, LbfNumber, MunicipalityCode
from almenstyring.domain.values.converting import (
    are_all,
    is_a,
    is_exact_day,
    is_text,
    maybe_estate,
    one_of,
    to_municipality,
    to_organisations,
)
from almenstyring.domain.values.faults import as_text, refusal
from almenstyring.domain.values.opaque import opaque_id


class InvitationStatus(StrEnum):
    """Where an invitation is (da: indkaldelsens status); a planned one is the municipality's own affair."""

    PLANNED = "planned"
    INVITED = "invited"
    CANCELLED = "cancelled"
    HELD = "held"

    @property
    def text(self) -> Text:
        """What it is called; error texts hold no codes."""
        return _STATUS_TEXT[self]


class InvitationAct(StrEnum):
    """What can happen to an invitation (da: indkaldelsens hændelse)."""

    ISSUED = "issued"
    MOVED = "moved"
    AGENDA_SET = "agenda_set"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    HELD = "held"
    DAY_CORRECTED = "day_corrected"

    @property
    def text(self) -> Text:
        """What it is called; error texts hold no codes."""
        return _ACT_TEXT[self]


_S, _A = InvitationStatus, InvitationAct
_STATUS_TEXT = {
    _S.PLANNED: Text("planlagt", "planned"),
    _S.INVITED: Text("indkaldt", "invited"),
    _S.CANCELLED: Text("aflyst", "cancelled"),
    _S.HELD: Text("holdt", "held"),
}
_ACT_TEXT = {
    _A.ISSUED: Text("udsendt", "issued"),
    _A.MOVED: Text("flyttet", "moved"),
    _A.AGENDA_SET: Text("dagsorden sat", "agenda set"),
    _A.CHANGED: Text("ændret", "changed"),
    _A.CANCELLED: Text("aflyst", "cancelled"),
    _A.HELD: Text("holdt", "held"),
    _A.DAY_CORRECTED: Text("dag rettet", "day corrected"),
}
INVITATION_ACTS: Mapping[InvitationStatus, tuple[InvitationAct, ...]] = {
    _S.PLANNED: (_A.ISSUED, _A.MOVED, _A.AGENDA_SET, _A.CHANGED, _A.CANCELLED, _A.HELD),
    _S.INVITED: (_A.MOVED, _A.AGENDA_SET, _A.CHANGED, _A.CANCELLED, _A.HELD),
    _S.CANCELLED: (),
    _S.HELD: (_A.DAY_CORRECTED,),
}
"""What can happen to an invitation in which status. A meeting may be held though nobody was invited in writing;
after it was held, only the day on which it was can be corrected."""

_LEADS_TO = {_A.ISSUED: _S.INVITED, _A.CANCELLED: _S.CANCELLED, _A.HELD: _S.HELD}


def _act(given: InvitationAct | str) -> InvitationAct:
    return one_of(InvitationAct, given)


@frozen(kw_only=True)
class InvitationStep:
    """One thing that happened to an invitation (da: skridt i en indkaldelse): when, what, by whom (an opaque id).

    A move keeps what was agreed before it, a corrected day what stood there, and a change the old place; no other step
    does. A cancellation has its reason in ``note``.
    """

    on: date = field(validator=is_exact_day)
    act: InvitationAct = field(converter=_act)
    by: str = field(validator=opaque_id)
    note: str = field(default="", validator=is_text)
    was: MeetingTime | None = field(default=None, validator=optional(is_a(MeetingTime)))
    was_at: str = field(default="", validator=is_text)

    def __attrs_post_init__(self) -> None:
        moved = self.act in (InvitationAct.MOVED, InvitationAct.DAY_CORRECTED)
        without_reason = self.act is InvitationAct.CANCELLED and not as_text(self.note)
        has_place = moved or self.act is InvitationAct.CHANGED
        if (self.was is not None) is not moved or (self.was_at and not has_place) or without_reason:
            raise refusal(
                Text("Skridtet »{act}« hænger ikke sammen.", "The step '{act}' does not make sense."),
                Text(
                    "En aflysning har en begrundelse; en flytning, og kun den, har det gamle tidspunkt.",
                    "A cancellation has a reason; a move, and only a move, has the old time.",
                ),
                self.act.value,
                act=self.act.text,
            )


@frozen(kw_only=True)
class Invitation:
    """An invitation to a meeting with organisations (da: mødeindkaldelse; DB § 112, stk. 1).

    ``forum`` is the id of a forum of the municipality's model; the statutory meeting is with one organisation about one
    report year, and another may be without any, such as a theme meeting for councillors. ``estate`` is where an on-site
    meeting is held. All is as it is now; ``history`` has every step, with what a move changed. InvalidValueError for an
    estate of somebody who is not invited, or for a history that INVITATION_ACTS does not allow.
    """

    id: str = field(validator=opaque_id)
    municipality: MunicipalityCode = field(converter=to_municipality)
    organisations: tuple[LbfNumber, ...] = field(converter=to_organisations)
    when: MeetingTime = field(validator=is_a(MeetingTime))
    forum: str = field(default=STATUTORY, validator=is_text)
    report_year: ReportYear | None = field(default=None, converter=maybe_year)
    place: str = field(default="", validator=is_text)
    estate: EstateId | None = field(default=None, converter=maybe_estate)
    participants: tuple[Participant, ...] = field(default=(), validator=are_all(Participant))
    agenda: tuple[AgendaItem, ...] = field(default=(), validator=[are_all(AgendaItem), different_ids])
    history: tuple[InvitationStep, ...] = field(default=(), validator=are_all(InvitationStep))

    def __attrs_post_init__(self) -> None:
        parties = len(set(self.organisations)) == len(self.organisations) and self.municipality.can_supervise
        whole = self.forum != STATUTORY or (len(self.organisations) == 1 and self.report_year is not None)
        on_site = self.estate is None or not self.organisations or self.estate.organisation in self.organisations
        if not (parties and whole and on_site and as_text(self.forum)):
            raise refusal(
                Text("{value} er ikke en indkaldelse.", "{value} is not an invitation."),
                Text(
                    "Den har en kommune, et forum, boligorganisationer (hver nævnt én gang) og højst en afdeling af "
                    "deres; dialogmødet er med netop én organisation om ét styringsår.",
                    "It has a municipality, a forum, organisations (each named once) and at most an estate of theirs; "
                    "the dialogue meeting is with exactly one organisation about one report year.",
                ),
                self.id,
            )
        status, day = InvitationStatus.PLANNED, date.min
        for place, step in enumerate(self.history):
            too_early = step.act is InvitationAct.HELD and step.on < self._when_after(place).day
            if step.act not in INVITATION_ACTS[status] or step.on < day or too_early:
                raise self._no_such_step(step.act, status, day)
            status, day = _LEADS_TO.get(step.act, status), step.on

    def _when_after(self, place: int) -> MeetingTime:
        """The time of the meeting as it was after a step."""
        return next((step.was for step in self.history[place + 1 :] if step.was is not None), self.when)

    @property
    def status(self) -> InvitationStatus:
        """The status after the latest step."""
        reached = [_LEADS_TO[step.act] for step in self.history if step.act in _LEADS_TO]
        return reached[-1] if reached else InvitationStatus.PLANNED

    @property
    def sequence(self) -> int:
        """How many times it was changed; a calendar takes the version with the highest number."""
        return len(self.history)

    @property
    def uid(self) -> str:
        """What calendars know the meeting by; it is the same for ever, and for all who are invited."""
        return f"meeting.{self.municipality}.{self.id}@almenstyring"

    @property
    def issued_on(self) -> date | None:
        """The day the organisations were invited in writing, None if they were not."""
        return next((step.on for step in self.history if step.act is InvitationAct.ISSUED), None)

    @property
    def notice_days(self) -> int | None:
        """How many days before the meeting its time was last made known in writing; None if it never was."""
        told: date | None = None
        for step in self.history:
            if step.act is InvitationAct.ISSUED or (told and step.act is InvitationAct.MOVED):
                told = step.on
        return None if told is None else (self.when.day - told).days

    def issued(self, on: date, *, by: str) -> Invitation:
        """The invitation sent in writing on a day; the errors of a verb are those of ``INVITATION_ACTS``."""
        return self._with(InvitationStep(on=on, act=InvitationAct.ISSUED, by=by))

    def moved(  # noqa: PLR0913 - when, where and why
        self,
        when: MeetingTime,
        on: date,
        *,
        by: str,
        place: str | None = None,
        estate: EstateId | None = None,
        note: str = "",
    ) -> Invitation:
        """The meeting at another time, and elsewhere if a place or an estate is given; the step keeps what it was."""
        step = InvitationStep(on=on, act=InvitationAct.MOVED, by=by, note=note, was=self.when, was_at=self.place)
        return self._with(step)._elsewhere(place, estate, when=when)

    def changed(  # noqa: PLR0913 - everything but the time
        self,
        on: date,
        *,
        by: str,
        participants: Iterable[Participant] | None = None,
        agenda: Iterable[AgendaItem] | None = None,
        place: str | None = None,
        estate: EstateId | None = None,
        note: str = "",
    ) -> Invitation:
        """The invitation with other participants, another agenda, or elsewhere; what is None stays as it is.

        InvalidValueError if nothing is given.
        """
        if all(given is None for given in (participants, agenda, place, estate)):
            raise refusal(
                Text("Intet er ændret i {value}.", "Nothing was changed in {value}."),
                Text(
                    "Giv deltagere, dagsorden, sted eller afdeling.", "Give participants, an agenda, a place or estate."
                ),
                self.id,
            )
        was_at = self.place if place is not None else ""
        step = InvitationStep(on=on, act=InvitationAct.CHANGED, by=by, note=note, was_at=was_at)
        return evolve(
            self._with(step)._elsewhere(place, estate, when=self.when),
            participants=self.participants if participants is None else tuple(participants),
            agenda=self.agenda if agenda is None else tuple(agenda),
        )

    def _elsewhere(self, place: str | None, estate: EstateId | None, *, when: MeetingTime) -> Invitation:
        """At another place; who names one without an estate holds the meeting in none."""
        stays = place is None or place == self.place
        return evolve(
            self,
            when=when,
            place=self.place if place is None else place,
            estate=estate or (self.estate if stays else None),
        )

    def with_agenda(self, agenda: Iterable[AgendaItem], on: date, *, by: str) -> Invitation:
        """The invitation with another agenda."""
        return evolve(self._with(InvitationStep(on=on, act=InvitationAct.AGENDA_SET, by=by)), agenda=tuple(agenda))

    def cancelled(self, reason: str, on: date, *, by: str) -> Invitation:
        """The meeting called off, with the reason."""
        return self._with(InvitationStep(on=on, act=InvitationAct.CANCELLED, by=by, note=reason))

    def held(self, on: date, *, by: str) -> Invitation:
        """The meeting held; ``on`` is the day that was recorded, not before the meeting: InvalidValueError if it is."""
        if on < self.when.day:
            raise _before(self.when.day, on)
        return self._with(InvitationStep(on=on, act=InvitationAct.HELD, by=by))

    def held_instead(self, day: date, on: date, *, by: str) -> Invitation:
        """The meeting held on another day than was recorded, at the same time of the clock; ``on`` not before it."""
        when = evolve(self.when, day=day)
        if on < day:
            raise _before(day, on)
        step = InvitationStep(on=on, act=InvitationAct.DAY_CORRECTED, by=by, was=self.when, was_at=self.place)
        return evolve(self._with(step), when=when)

    def _with(self, step: InvitationStep) -> Invitation:
        if step.act not in INVITATION_ACTS[self.status]:
            raise NotAllowedError(
                Text(
                    f"Indkaldelsen {self.id} er {self.status.text.da}; skridtet »{step.act.text.da}« er ikke muligt.",
                    f"Invitation {self.id} is {self.status.text.en}; the step '{step.act.text.en}' is not possible.",
                ),
                Text("Indkald til et nyt møde.", "Invite to a new meeting."),
                status=self.status.value,
            )
        return evolve(self, history=(*self.history, step))

    def _no_such_step(self, act: InvitationAct, status: InvitationStatus, day: date) -> InvalidValueError:
        can = Text(
            *(", ".join(each.text[language] for each in INVITATION_ACTS[status]) or "-" for language in LANGUAGES)
        )
        earliest = Text("", "") if day == date.min else Text(f", tidligst {day}", f", on {day} at the earliest")
        return refusal(
            Text(
                "Skridtet »{act}« er ikke muligt for indkaldelsen {id}.",
                "The step '{act}' is not possible for invitation {id}.",
            ),
            Text(
                f"Den er {status.text.da}. Mulige skridt: {can.da}{earliest.da}; et møde er først holdt på sin dag.",
                f"It is {status.text.en}. Possible steps: {can.en}{earliest.en}; a meeting is not held before its day.",
            ),
            act.value,
            id=self.id,
            act=act.text,
        )


def _before(day: date, on: date) -> InvalidValueError:
    return refusal(
        Text("Mødet er {day}, og {value} er før.", "The meeting is on {day}, and {value} is before it."),
        Text("Flyt indkaldelsen, hvis mødet blev holdt før.", "Move the invitation if it was held earlier."),
        str(on),
        day=day,
    )
