"""What a municipality does as supervising authority (da: tilsyn), kept apart from the dialogue and its agreements.

The dialogue rests on agreements; what is unlawful or unsound is supervised by the council alone (DB §§ 110-126, ABL
§§ 164-168 b). Its decisions cannot be brought before another administrative authority (DB § 131).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from attrs import evolve, field, frozen
from attrs.validators import optional

from almenstyring.domain.errors import NotAllowedError
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, LbfNumber, LegalReference, MunicipalityCode
from almenstyring.domain.values.faults import as_text, refusal
from almenstyring.domain.values.opaque import opaque_id


class SupervisoryKind(StrEnum):
    """What a municipality can do as supervising authority (da: tilsynsskridtets art), each with its paragraph.

    >>> print(SupervisoryKind.DIRECTIVE.law, SupervisoryKind.DIRECTIVE.informs_home)
    DB § 118, stk. 1, 1. pkt. True
    """

    AUDITORS_DECLARATION = "auditors_declaration"
    DIRECTIVE = "directive"
    OWN_AUDITOR = "own_auditor"
    REPORT_TO_AGENCY = "report_to_agency"
    MAINTENANCE = "maintenance"
    ORDER = "order"
    TEMPORARY_ADMINISTRATION = "temporary_administration"
    TEMPORARY_MANAGEMENT = "temporary_management"
    AREA_ORDER = "area_order"
    PLAN_ORDER = "plan_order"
    PLAN_MANAGEMENT = "plan_management"

    @property
    def law(self) -> LegalReference:
        """The paragraph that gives the power."""
        return LegalReference.parse(_LAW[self])

    @property
    def informs_home(self) -> bool:
        """Whether a municipality of location must inform the home municipality of it (DB § 118, stk. 1, 3. pkt.).

        The sentence speaks of measures ordered; this project reads it as both measures of the subsection.
        """
        return self in (SupervisoryKind.DIRECTIVE, SupervisoryKind.OWN_AUDITOR)

    @property
    def is_reported_when_ignored(self) -> bool:
        """Whether not complying with it is reported to the agency (DB § 118, stk. 2)."""
        return self in (SupervisoryKind.DIRECTIVE, SupervisoryKind.MAINTENANCE)


_K = SupervisoryKind
_LAW: Mapping[SupervisoryKind, str] = {
    _K.AUDITORS_DECLARATION: "DB § 117",
    _K.DIRECTIVE: "DB § 118, stk. 1, 1. pkt.",
    _K.OWN_AUDITOR: "DB § 118, stk. 1, 2. pkt.",
    _K.REPORT_TO_AGENCY: "DB § 118, stk. 2",
    _K.MAINTENANCE: "DB § 120, stk. 1",
    _K.ORDER: "ABL § 165, stk. 1",
    _K.TEMPORARY_ADMINISTRATION: "ABL § 165, stk. 2",
    _K.TEMPORARY_MANAGEMENT: "ABL § 165, stk. 3",
    _K.AREA_ORDER: "ABL § 165 a",
    _K.PLAN_ORDER: "ABL § 168 b, stk. 2",
    _K.PLAN_MANAGEMENT: "ABL § 168 b, stk. 3",
}


class SupervisoryStatus(StrEnum):
    """How a supervisory action stands (da: tilsynsskridtets status); the list is this project's own."""

    IN_FORCE = "in_force"
    IGNORED = "ignored"
    CONCLUDED = "concluded"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return bool(SUPERVISORY_STEPS[self])


_S = SupervisoryStatus
SUPERVISORY_STEPS: Mapping[SupervisoryStatus, tuple[SupervisoryStatus, ...]] = {
    _S.IN_FORCE: (_S.IN_FORCE, _S.IGNORED, _S.CONCLUDED, _S.WITHDRAWN),
    _S.IGNORED: (_S.IN_FORCE, _S.CONCLUDED, _S.WITHDRAWN),
    _S.CONCLUDED: (),
    _S.WITHDRAWN: (),
}
"""From which status an action may come to which. From in force to in force a later day is set."""


@frozen(kw_only=True)
class SupervisoryStep:
    """What became of a supervisory action (da: opfølgning på tilsynsskridt): when, what status, in what words, by whom.

    One that stays or comes into force again may get a new last day (``due``). Anything else raises
    ``InvalidValueError``.
    """

    on: date
    status: SupervisoryStatus
    note: str
    by: str = field(validator=opaque_id)
    due: date | None = None

    def __attrs_post_init__(self) -> None:
        misplaced = self.due is not None and (self.status is not SupervisoryStatus.IN_FORCE or self.due < self.on)
        if not as_text(self.note) or misplaced:
            raise refusal(
                Text("Opfølgningen til {value} hænger ikke sammen.", "The step to {value} does not make sense."),
                Text(
                    "Skriv en note. Kun det, der er i kraft, kan få en ny frist, og den ligger ikke før opfølgningen.",
                    "Write a note. Only what is in force may get a new last day, and none before the step itself.",
                ),
                self.status.value,
            )


@frozen(kw_only=True)
class HomeInformed:
    """That the home municipality was told (da: orientering af hjemstedskommunen): which one, when and by whom."""

    municipality: MunicipalityCode
    on: date
    by: str = field(validator=opaque_id)


@frozen(kw_only=True)
class SupervisoryAction:
    """One decision of a supervising municipality (da: tilsynsskridt), about an organisation or one of its estates.

    ``due`` is the last day to comply, ``follows`` the id of the municipality's earlier action that this one carries on,
    such as the directive that a report to the agency is about. ``text`` and ``due`` are what was decided at first; no
    step rewrites them. One about another organisation's estate or without a text, or a history that breaks
    SUPERVISORY_STEPS or goes back in time, raises ``InvalidValueError``.
    """

    id: str = field(validator=opaque_id)
    kind: SupervisoryKind
    municipality: MunicipalityCode
    organisation: LbfNumber
    estate: EstateId | None = None
    decided_on: date
    text: str
    due: date | None = None
    follows: str | None = field(default=None, validator=optional(opaque_id))
    home_informed: HomeInformed | None = None
    history: tuple[SupervisoryStep, ...] = ()

    def __attrs_post_init__(self) -> None:
        strange = self.estate is not None and self.estate.organisation != self.organisation
        early = self.due is not None and self.due < self.decided_on
        told = self.home_informed
        too_soon = told is not None and (told.on < self.decided_on or told.municipality == self.municipality)
        wrong = strange or early or too_soon or self.follows == self.id
        if wrong or not as_text(self.text) or not self.municipality.can_supervise:
            raise refusal(
                Text("{value} er ikke et tilsynsskridt.", "{value} is not a supervisory action."),
                Text(
                    "Det har en kommune og en tekst, gælder organisationen eller en af dens egne afdelinger, følger "
                    "ikke sig selv, og hverken frist eller orientering af hjemstedskommunen ligger før afgørelsen.",
                    "It has a municipality and a text, is about the organisation or one of its own estates, does not "
                    "follow itself, and neither last day nor word to the home municipality lies before the decision.",
                ),
                self.id,
            )
        day, status = self.decided_on, SupervisoryStatus.IN_FORCE
        for step in self.history:
            if step.on < day or step.status not in SUPERVISORY_STEPS[status]:
                raise _no_such_step(self.id, status, day)
            day, status = step.on, step.status

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
                Text(f"{self.id} er afsluttet ({self.status}).", f"{self.id} is closed ({self.status})."),
                Text("Træf en ny afgørelse.", "Make a new decision."),
                status=self.status.value,
            )
        return evolve(self, history=(*self.history, step))


def _no_such_step(value: str, status: SupervisoryStatus, day: date) -> Exception:
    allowed = ", ".join(SUPERVISORY_STEPS[status]) or "-"
    return refusal(
        Text("{value} kan ikke følges sådan op.", "{value} cannot be followed up like that."),
        Text(
            f"Fra {status} kan det komme til: {allowed}, tidligst {day}.",
            f"From {status} it can come to: {allowed}, on {day} at the earliest.",
        ),
        value,
        status=status.value,
    )
