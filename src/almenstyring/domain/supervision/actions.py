"""One decision of a supervising municipality, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import evolve, field, frozen
from attrs.validators import optional

from almenstyring.domain.errors import NotAllowedError
from almenstyring.domain.supervision.kinds import (
    SUPERVISORY_STEPS,
    SupervisoryKind,
    SupervisoryStatus,
    to_supervisory_kind,
    to_supervisory_status,
)
from almenstyring.domain.text import Text, joined
from almenstyring.domain.values import EstateId, LbfNumber, MunicipalityCode
from almenstyring.domain.values.converting import (
    are_all,
    is_a,
    is_day,
    is_text,
    maybe_estate,
    to_municipality,
    to_organisation,
    to_tuple,
)
from almenstyring.domain.values.faults import as_text, refuse_first
from almenstyring.domain.values.opaque import opaque_id


@frozen(kw_only=True)
class SupervisoryStep:
    """What became of a supervisory action (da: opfølgning på tilsynsskridt): when, what status, in what words, by whom.

    One that stays or comes into force again may get a new last day (``due``). Anything else raises
    ``InvalidValueError``.
    """

    on: date = field(validator=is_day)
    status: SupervisoryStatus = field(converter=to_supervisory_status)
    note: str = field(validator=is_text)
    by: str = field(validator=opaque_id)
    due: date | None = field(default=None, validator=optional(is_day))

    def __attrs_post_init__(self) -> None:
        stays = self.status is SupervisoryStatus.IN_FORCE
        faults = (
            (not as_text(self.note), "note", _NO_NOTE),
            (self.due is not None and not stays, "due", _DUE_MISPLACED),
            (self.due is not None and self.due < self.on, "due", _STEP_DUE_EARLY),
        )
        about = Text("Opfølgningen til {status} kan ikke bruges:", "The step to {status} cannot be used:")
        refuse_first(about.fill(status=self.status.text), faults, self.status.value)


_NO_NOTE = Text("den har ingen note.", "it has no note.")
_DUE_MISPLACED = Text("kun det, der er i kraft, kan få en ny frist.", "only what is in force may get a new last day.")
_STEP_DUE_EARLY = Text("fristen ligger før opfølgningen selv.", "the last day lies before the step itself.")


@frozen(kw_only=True)
class HomeInformed:
    """That the home municipality was told (da: orientering af hjemstedskommunen): which one, when and by whom."""

    municipality: MunicipalityCode = field(converter=to_municipality)
    on: date = field(validator=is_day)
    by: str = field(validator=opaque_id)


def _in_order(given: Iterable[SupervisoryStep]) -> tuple[SupervisoryStep, ...]:
    return to_tuple(given)


@frozen(kw_only=True)
class SupervisoryAction:
    """One decision of a supervising municipality (da: tilsynsskridt), about an organisation or one of its estates.

    ``due`` is the last day to comply, ``follows`` the id of the municipality's earlier action that this one carries on,
    such as the directive that a report to the agency is about. ``area`` names the housing area of the kinds that are
    about one (ABL §§ 165 a and 168 b). ``text`` and ``due`` are what was decided at first; no
    step rewrites them. One about another organisation's estate or without a text, or a history that breaks
    SUPERVISORY_STEPS or goes back in time, raises ``InvalidValueError``.
    """

    id: str = field(validator=opaque_id)
    kind: SupervisoryKind = field(converter=to_supervisory_kind)
    municipality: MunicipalityCode = field(converter=to_municipality)
    organisation: LbfNumber = field(converter=to_organisation)
    estate: EstateId | None = field(default=None, converter=maybe_estate)
    decided_on: date = field(validator=is_day)
    text: str = field(validator=is_text)
    due: date | None = field(default=None, validator=optional(is_day))
    follows: str | None = field(default=None, validator=optional(opaque_id))
    home_informed: HomeInformed | None = field(default=None, validator=optional(is_a(HomeInformed)))
    history: tuple[SupervisoryStep, ...] = field(default=(), converter=_in_order, validator=are_all(SupervisoryStep))
    area: str = field(default="", validator=is_text)

    def __attrs_post_init__(self) -> None:
        told = self.home_informed
        strange = self.estate is not None and self.estate.organisation != self.organisation
        faults = (
            (not self.municipality.can_supervise, "municipality", _PLACE_CODE),
            (strange, "estate", _STRANGE_ESTATE.fill(estate=self.estate, organisation=self.organisation)),
            (not as_text(self.text), "text", _NO_TEXT),
            (self.due is not None and self.due < self.decided_on, "due", _DUE_EARLY),
            (self.follows == self.id, "follows", _FOLLOWS_ITSELF),
            (told is not None and told.on < self.decided_on, "home_informed", _TOLD_EARLY),
            (told is not None and told.municipality == self.municipality, "home_informed", _TOLD_ITSELF),
            (self.area and not self.kind.area_statuses, "area", _AREA_MISPLACED),
        )
        about = Text("Tilsynsskridtet {value} kan ikke bruges:", "Supervisory action {value} cannot be used:")
        refuse_first(about, faults, self.id)
        day, status = self.decided_on, SupervisoryStatus.IN_FORCE
        for step in self.history:
            self._require_step(step, status, day)
            day, status = step.on, step.status

    def _require_step(self, step: SupervisoryStep, status: SupervisoryStatus, day: date) -> None:
        """InvalidValueError for a step that cannot follow a status reached on a day."""
        allowed = SUPERVISORY_STEPS[status]
        from_here = joined((each.text for each in allowed), ", ", Text("ingen", "none"))
        faults = (
            (step.status not in allowed, "status", _NO_SUCH_STEP.fill(old=status.text, allowed=from_here)),
            (step.on < day, "on", _BACK_IN_TIME.fill(day=day)),
        )
        refuse_first(
            Text("{value} kan ikke følges sådan op:", "{value} cannot be followed up like that:"), faults, self.id
        )

    @property
    def unit(self) -> LbfNumber | EstateId:
        """What it is about."""
        return self.estate or self.organisation

    @property
    def status(self) -> SupervisoryStatus:
        """The status after the latest step."""
        return self.history[-1].status if self.history else SupervisoryStatus.IN_FORCE

    @property
    def current_due(self) -> date | None:
        """The last day to comply that holds now."""
        return next((step.due for step in reversed(self.history) if step.due), self.due)

    def is_overdue_on(self, day: date) -> bool:
        """Whether it is in force and its last day has passed."""
        due = self.current_due
        return self.status is SupervisoryStatus.IN_FORCE and due is not None and due < day

    def must_inform(self, home: MunicipalityCode | None) -> bool:
        """Whether the home municipality is still to be informed of it (DB § 118, stk. 1, 3. pkt.)."""
        told = self.home_informed is not None
        return self.kind.informs_home and not told and home not in (None, self.municipality)

    def informed(self, home: MunicipalityCode, on: date, *, by: str) -> SupervisoryAction:
        """The action after the home municipality was told of it; NotAllowedError where it was told before."""
        if self.home_informed is not None:
            day = self.home_informed.on
            raise NotAllowedError(
                Text(
                    f"Hjemstedskommunen blev orienteret {day}.", f"The home municipality was informed on {day} already."
                ),
                Text("Det skal den kun én gang.", "Once is enough."),
                action=self.id,
            )
        return evolve(self, home_informed=HomeInformed(municipality=home, on=on, by=by))

    def followed_up(self, step: SupervisoryStep) -> SupervisoryAction:
        """The action with one more step; NotAllowedError when it is closed."""
        if not self.status.is_open:
            raise NotAllowedError(
                Text("{id} er ikke længere åbent: {status}.", "{id} is closed: {status}.").fill(
                    id=self.id, status=self.status.text
                ),
                Text("Træf en ny afgørelse.", "Make a new decision."),
                status=self.status.value,
            )
        return evolve(self, history=(*self.history, step))


_PLACE_CODE = Text("koden er ikke en kommunes.", "the code is no municipality's.")
_STRANGE_ESTATE = Text("{estate} er ikke en afdeling af {organisation}.", "{estate} is no estate of {organisation}.")
_NO_TEXT = Text("det har ingen tekst.", "it has no text.")
_DUE_EARLY = Text("fristen ligger før afgørelsen.", "the last day lies before the decision.")
_FOLLOWS_ITSELF = Text("det kan ikke følge sig selv.", "it cannot follow itself.")
_TOLD_EARLY = Text(
    "hjemstedskommunen kan ikke være orienteret før afgørelsen.",
    "the home municipality cannot have been informed before the decision.",
)
_TOLD_ITSELF = Text("en kommune orienterer ikke sig selv.", "a municipality does not inform itself.")
_AREA_MISPLACED = Text(
    "kun det, der hviler på ABL § 165 a eller § 168 b, gælder et boligområde.",
    "only what rests on ABL § 165 a or § 168 b is about a housing area.",
)
_NO_SUCH_STEP = Text("fra {old} kan det komme til: {allowed}.", "from {old} it can come to: {allowed}.")
_BACK_IN_TIME = Text("næste skridt er tidligst {day}.", "the next step is on {day} at the earliest.")
