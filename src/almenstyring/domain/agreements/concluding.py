"""An agreement, what it says, and every step that was taken in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import evolve, field, frozen
from attrs.validators import optional

from almenstyring.domain.agreements.kinds import (
    AGREEMENT_STEPS,
    AgreementKind,
    AgreementStatus,
    to_agreement_kind,
    to_agreement_status,
)
from almenstyring.domain.calendar import ReportYear, add_months
from almenstyring.domain.errors import NotAllowedError
from almenstyring.domain.organisations import Validity
from almenstyring.domain.text import Text, joined
from almenstyring.domain.values import EstateId, LbfNumber, MunicipalityCode
from almenstyring.domain.values.converting import (
    are_all,
    is_a,
    is_day,
    is_text,
    to_estates,
    to_municipality,
    to_organisations,
    to_texts,
    to_tuple,
)
from almenstyring.domain.values.faults import as_text, refuse_first
from almenstyring.domain.values.opaque import opaque_id


@frozen(kw_only=True)
class AgreementStep:
    """One follow-up on an agreement (da: skridt i en aftale): when, to which status, in what words and by whom.

    A changed agreement has its new wording in ``text``; a changed or continued one may get a new last day (``until``)
    and a new day of review. ``by`` is an opaque id. Anything else raises ``InvalidValueError``.
    """

    on: date = field(validator=is_day)
    status: AgreementStatus = field(converter=to_agreement_status)
    note: str = field(validator=is_text)
    by: str = field(validator=opaque_id)
    text: str = field(default="", validator=is_text)
    until: date | None = field(default=None, validator=optional(is_day))
    review_due: date | None = field(default=None, validator=optional(is_day))

    def __attrs_post_init__(self) -> None:
        is_changed = self.status is AgreementStatus.CHANGED
        moves = is_changed or self.status is AgreementStatus.CONTINUED
        faults = (
            (not as_text(self.note), "note", _NO_NOTE),
            (is_changed and not as_text(self.text), "text", _NO_NEW_TEXT),
            (not is_changed and as_text(self.text), "text", _TEXT_UNCHANGED),
            (not moves and self.until is not None, "until", _MOVES_NOTHING),
            (not moves and self.review_due is not None, "review_due", _MOVES_NOTHING),
            (self.review_due is not None and self.review_due <= self.on, "review_due", _REVIEW_TOO_EARLY),
        )
        about = Text("Skridtet til {status} kan ikke bruges:", "The step to {status} cannot be used:")
        refuse_first(about.fill(status=self.status.text), faults, self.status.value)


_NO_NOTE = Text("det har ingen note.", "it has no note.")
_NO_NEW_TEXT = Text("en ændret aftale skal have sin nye ordlyd.", "a changed agreement needs its new wording.")
_TEXT_UNCHANGED = Text("kun en ændret aftale får en ny ordlyd.", "only a changed agreement gets a new wording.")
_MOVES_NOTHING = Text(
    "kun en ændret eller videreført aftale kan få en ny sidste dag eller revision.",
    "only a changed or continued agreement may get a new last day or review.",
)
_REVIEW_TOO_EARLY = Text("næste revision skal ligge efter skridtet.", "the next review must come after the step.")


def _in_order(given: Iterable[AgreementStep]) -> tuple[AgreementStep, ...]:
    return to_tuple(given)


@frozen(kw_only=True)
class Agreement:
    """An agreement of a municipality and one or more housing organisations (da: aftale; ABL § 6 f).

    ``estates`` and ``areas`` (names of housing areas) narrow it; with neither it covers its ``organisations`` whole.
    ``concluded_at`` is the report year of the dialogue meeting it was made at, None if at none. ``text``, ``valid`` and
    ``review_due`` are what was agreed at first: no step rewrites them, so nothing is lost. ``responsible`` is a role or
    an opaque id, never a name. ``follows`` is the id of the municipality's earlier agreement that this one carries on,
    as after a merger of the parties. An agreement of nobody or about nothing, one about an estate of somebody else, or
    a history that breaks AGREEMENT_STEPS or goes back in time, raises ``InvalidValueError``.
    """

    id: str = field(validator=opaque_id)
    kind: AgreementKind = field(converter=to_agreement_kind)
    municipality: MunicipalityCode = field(converter=to_municipality)
    organisations: tuple[LbfNumber, ...] = field(converter=to_organisations)
    text: str = field(validator=is_text)
    concluded_on: date = field(validator=is_day)
    responsible: str = field(validator=opaque_id)
    estates: tuple[EstateId, ...] = field(default=(), converter=to_estates)
    areas: tuple[str, ...] = field(default=(), converter=to_texts)
    valid: Validity = field(default=Validity(), validator=is_a(Validity))
    concluded_at: ReportYear | None = field(default=None, validator=optional(is_a(ReportYear)))
    review_due: date | None = field(default=None, validator=optional(is_day))
    history: tuple[AgreementStep, ...] = field(default=(), converter=_in_order, validator=are_all(AgreementStep))
    follows: str | None = field(default=None, validator=optional(opaque_id))

    def __attrs_post_init__(self) -> None:
        strangers = ", ".join(str(each) for each in self.estates if each.organisation not in self.organisations)
        faults = (
            (not self.municipality.can_supervise, "municipality", _PLACE_CODE),
            (not self.organisations, "organisations", _NOBODY),
            (len(set(self.organisations)) < len(self.organisations), "organisations", _TWICE),
            (not as_text(self.text), "text", _NO_TEXT),
            (strangers, "estates", _STRANGE_ESTATE.fill(estates=strangers)),
            (not all(map(as_text, self.areas)), "areas", _NAMELESS_AREA),
            (self.review_due is not None and self.review_due <= self.concluded_on, "review_due", _REVIEWED_TOO_EARLY),
            (self.follows == self.id, "follows", _FOLLOWS_ITSELF),
        )
        refuse_first(Text("Aftalen {value} kan ikke bruges:", "Agreement {value} cannot be used:"), faults, self.id)
        day, status = self.concluded_on, AgreementStatus.OPEN
        for step in self.history:
            self._require_step(step, status, day)
            day, status = step.on, step.status

    def _require_step(self, step: AgreementStep, status: AgreementStatus, day: date) -> None:
        """InvalidValueError for a step that cannot follow a status reached on a day."""
        start, allowed = self.valid.start, AGREEMENT_STEPS[status]
        from_here = joined((each.text for each in allowed), ", ", Text("ingen", "none"))
        faults = (
            (step.status not in allowed, "status", _NO_SUCH_STEP.fill(old=status.text, allowed=from_here)),
            (step.on < day, "on", _BACK_IN_TIME.fill(day=day)),
            (step.until and start and step.until < start, "until", _ENDS_TOO_EARLY.fill(start=start)),
        )
        about = Text("Aftalen {value} kan ikke følges sådan op:", "Agreement {value} cannot be followed up like that:")
        refuse_first(about, faults, self.id)

    @property
    def status(self) -> AgreementStatus:
        """The status after the latest step."""
        return self.history[-1].status if self.history else AgreementStatus.OPEN

    @property
    def current_text(self) -> str:
        """The wording that holds now: that of the latest change, or the first."""
        return next((step.text for step in reversed(self.history) if step.text), self.text)

    @property
    def period(self) -> Validity:
        """The period that holds now: to the last day that a step set, or as first agreed."""
        latest = next((step.until for step in reversed(self.history) if step.until), self.valid.end)
        return Validity(self.valid.start, latest)

    @property
    def lawful_review_by(self) -> date | None:
        """The last day for a review by law (ABL § 60, stk. 2; § 60 a, stk. 2); None where the law sets none.

        The years count from the conclusion, or from the latest review: a change, or a step that sets the next one.
        """
        years = self.kind.review_within_years
        reviews = [step.on for step in self.history if step.review_due or step.status is AgreementStatus.CHANGED]
        return None if years is None else add_months(max(reviews, default=self.concluded_on), 12 * years)

    @property
    def agreed_review_by(self) -> date | None:
        """The day of review the parties agreed on last; a change on that day or later is that review."""
        agreed = next((step.review_due for step in reversed(self.history) if step.review_due), self.review_due)
        changed = (step.on for step in self.history if step.status is AgreementStatus.CHANGED)
        return None if agreed is None or any(agreed <= day for day in changed) else agreed

    @property
    def review_by(self) -> date | None:
        """The day by which it must be reviewed: as the parties agreed, or earlier by law; None if neither says."""
        days = (self.agreed_review_by, self.lawful_review_by)
        return min((day for day in days if day is not None), default=None)

    def is_overdue_on(self, day: date) -> bool:
        """Whether it is open on the day and should have been reviewed before."""
        return self.is_open_on(day) and self.review_by is not None and self.review_by < day

    def is_open_on(self, day: date) -> bool:
        """Whether it is concluded on the day and neither fulfilled nor ended.

        One whose period has run out stays open until somebody takes stock of it.
        """
        status = next((step.status for step in reversed(self.history) if step.on <= day), AgreementStatus.OPEN)
        return self.concluded_on <= day and status.is_open

    def followed_up(self, step: AgreementStep) -> Agreement:
        """The agreement with one more step; NotAllowedError when it is closed."""
        if not self.status.is_open:
            raise NotAllowedError(
                Text("Aftalen {id} er afsluttet: {status}.", "Agreement {id} is closed: {status}.").fill(
                    id=self.id, status=self.status.text
                ),
                Text("Indgå en ny aftale.", "Make a new agreement."),
                status=self.status.value,
            )
        return evolve(self, history=(*self.history, step))

    def ended(self, on: date, *, note: str, by: str) -> Agreement:
        """The agreement ended on a day, with the reason."""
        return self.followed_up(AgreementStep(on=on, status=AgreementStatus.ENDED, note=note, by=by))


_PLACE_CODE = Text("koden er ikke en kommunes.", "the code is no municipality's.")
_NOBODY = Text("den er ikke indgået med nogen boligorganisation.", "it is made with no housing organisation.")
_TWICE = Text("den nævner en boligorganisation to gange.", "it names a housing organisation twice.")
_NO_TEXT = Text("den har ingen tekst.", "it has no text.")
_STRANGE_ESTATE = Text("{estates} er ikke parternes.", "{estates} are not the parties'.")
_NAMELESS_AREA = Text("et boligområde har intet navn.", "a housing area has no name.")
_REVIEWED_TOO_EARLY = Text(
    "revisionen skal ligge efter den dag, den er indgået.", "the review must come after the day it was concluded."
)
_FOLLOWS_ITSELF = Text("den kan ikke videreføre sig selv.", "it cannot follow itself.")
_NO_SUCH_STEP = Text("fra {old} kan den komme til: {allowed}.", "from {old} it can come to: {allowed}.")
_BACK_IN_TIME = Text("næste skridt er tidligst {day}.", "the next step is on {day} at the earliest.")
_ENDS_TOO_EARLY = Text("den kan ikke slutte, før den begynder {start}.", "it cannot end before it begins on {start}.")
