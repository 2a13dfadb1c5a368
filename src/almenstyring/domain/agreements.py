"""Agreements between municipality and housing organisations, and their follow-up in the reports that come after.

Both parties make an agreement (ABL § 6 f); what the council decides alone, as by ABL § 59, stk. 1, or § 61, is none.
The report of every later year gives the status of each that is still open (DB § 112, stk. 5, nr. 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from attrs import evolve, field, frozen

from almenstyring.domain.calendar import ReportYear, add_months
from almenstyring.domain.errors import NotAllowedError
from almenstyring.domain.organisations import Validity
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, LbfNumber, LegalReference, MunicipalityCode
from almenstyring.domain.values.faults import as_text, refusal
from almenstyring.domain.values.opaque import opaque_id


class AgreementKind(StrEnum):
    """What an agreement is about (da: aftalens art), each with the paragraph that it is made under.

    >>> print(AgreementKind.FLEXIBLE_LETTING.law, AgreementKind.FLEXIBLE_LETTING.review_within_years)
    ABL § 60, stk. 1 4
    """

    GOALS = "goals"
    ALLOCATION = "allocation"
    YOUTH_ALLOCATION = "youth_allocation"
    JOINT_YOUTH_ALLOCATION = "joint_youth_allocation"
    ELDERLY_ALLOCATION = "elderly_allocation"
    FLEXIBLE_LETTING = "flexible_letting"
    ADVERTISED_LETTING = "advertised_letting"
    EMPTY_HOMES = "empty_homes"
    REHOUSING = "rehousing"
    SHARED_FAMILY_HOMES = "shared_family_homes"
    SHARED_ELDERLY_HOMES = "shared_elderly_homes"
    INCLUSION_HOMES = "inclusion_homes"
    TRANSITION_HOMES = "transition_homes"
    DEVELOPMENT_PLAN = "development_plan"
    OTHER = "other"

    @property
    def law(self) -> LegalReference:
        """The paragraph that lets the parties agree on it."""
        return LegalReference.parse(_LAW[self])

    @property
    def text(self) -> Text:
        """What it is called, for the findings of rules."""
        return _NAMES[self]

    @property
    def review_within_years(self) -> int | None:
        """Within how many years it must be taken up for review (ABL § 60, stk. 2; § 60 a, stk. 2), if the law says."""
        return 4 if self in (AgreementKind.FLEXIBLE_LETTING, AgreementKind.ADVERTISED_LETTING) else None


_K = AgreementKind
_LAW: Mapping[AgreementKind, str] = {
    _K.GOALS: "ABL § 6 f, 1. pkt.",
    _K.ALLOCATION: "ABL § 59, stk. 2",
    _K.YOUTH_ALLOCATION: "ABL § 59, stk. 3",
    _K.JOINT_YOUTH_ALLOCATION: "ABL § 52, stk. 2",
    _K.ELDERLY_ALLOCATION: "ABL § 55, stk. 1",
    _K.FLEXIBLE_LETTING: "ABL § 60, stk. 1",
    _K.ADVERTISED_LETTING: "ABL § 60 a, stk. 1",
    _K.EMPTY_HOMES: "ABL § 51 b, stk. 8",
    _K.REHOUSING: "ABL § 51, stk. 6",
    _K.SHARED_FAMILY_HOMES: "ABL § 51 a, stk. 1",
    _K.SHARED_ELDERLY_HOMES: "ABL § 55, stk. 2",
    _K.INCLUSION_HOMES: "ABL § 62 a, stk. 1",
    _K.TRANSITION_HOMES: "ABL § 63, stk. 1",
    _K.DEVELOPMENT_PLAN: "ABL § 168 a, stk. 1",
    _K.OTHER: "ABL § 6 f, 1. pkt.",
}


_NAMES: Mapping[AgreementKind, Text] = {
    _K.GOALS: Text("lovens målsætninger", "the goals of the law"),
    _K.ALLOCATION: Text("anvisning ud over hver fjerde bolig", "allocation beyond every fourth home"),
    _K.YOUTH_ALLOCATION: Text("anvisning til ungdomsboliger", "allocation to youth homes"),
    _K.JOINT_YOUTH_ALLOCATION: Text("fælles anvisning til ungdomsboliger", "joint allocation to youth homes"),
    _K.ELDERLY_ALLOCATION: Text("anvisning til ældreboliger", "allocation to homes for the elderly"),
    _K.FLEXIBLE_LETTING: Text("fleksibel udlejning", "flexible letting"),
    _K.ADVERTISED_LETTING: Text("udlejning efter annoncering", "letting after advertising"),
    _K.EMPTY_HOMES: Text("boliger, der står tomme", "homes kept empty"),
    _K.REHOUSING: Text("genhusning", "rehousing"),
    _K.SHARED_FAMILY_HOMES: Text("bofællesskab i familieboliger", "shared housing in family homes"),
    _K.SHARED_ELDERLY_HOMES: Text("bofællesskab i ældreboliger", "shared housing in homes for the elderly"),
    _K.INCLUSION_HOMES: Text("inklusionsboliger", "inclusion homes"),
    _K.TRANSITION_HOMES: Text("udslusningsboliger", "transition homes"),
    _K.DEVELOPMENT_PLAN: Text("fælles udviklingsplan", "joint development plan"),
    _K.OTHER: Text("anden aftale", "other agreement"),
}


class AgreementStatus(StrEnum):
    """How an agreement stands (da: aftalens status); no source prescribes the list, it is the project's own."""

    OPEN = "open"
    FULFILLED = "fulfilled"
    CONTINUED = "continued"
    CHANGED = "changed"
    ENDED = "ended"

    @property
    def is_open(self) -> bool:
        """Whether the agreement still has a step to take, so that the next report must answer it."""
        return bool(AGREEMENT_STEPS[self])


_S = AgreementStatus
_FROM_AN_OPEN_ONE = (_S.FULFILLED, _S.CONTINUED, _S.CHANGED, _S.ENDED)
AGREEMENT_STEPS: Mapping[AgreementStatus, tuple[AgreementStatus, ...]] = {
    _S.OPEN: _FROM_AN_OPEN_ONE,
    _S.CONTINUED: _FROM_AN_OPEN_ONE,
    _S.CHANGED: _FROM_AN_OPEN_ONE,
    _S.FULFILLED: (),
    _S.ENDED: (),
}
"""From which status an agreement may come to which. Who wants a closed one back makes a new agreement."""


@frozen(kw_only=True)
class AgreementStep:
    """One follow-up on an agreement (da: skridt i en aftale): when, to which status, in what words and by whom.

    A changed agreement has its new wording in ``text``; a changed or continued one may get a new last day (``until``)
    and a new day of review. ``by`` is an opaque id. Anything else raises ``InvalidValueError``.
    """

    on: date
    status: AgreementStatus
    note: str
    by: str = field(validator=opaque_id)
    text: str = ""
    until: date | None = None
    review_due: date | None = None

    def __attrs_post_init__(self) -> None:
        is_changed = self.status is AgreementStatus.CHANGED
        moves_a_day = self.until is not None or self.review_due is not None
        misplaced = moves_a_day and not (is_changed or self.status is AgreementStatus.CONTINUED)
        too_early = self.review_due is not None and self.review_due <= self.on
        if not as_text(self.note) or bool(as_text(self.text)) is not is_changed or misplaced or too_early:
            raise refusal(
                Text("Skridtet til {value} hænger ikke sammen.", "The step to {value} does not make sense."),
                Text(
                    "Skriv en note. En ændret aftale skal have en ny tekst, andre ikke; kun en ændret eller videreført "
                    "kan få en ny sidste dag eller en senere revision.",
                    "Write a note. A changed agreement needs a new text, others have none; only a changed or continued "
                    "one may get a new last day or a later review.",
                ),
                self.status.value,
            )


@frozen(kw_only=True)
class Agreement:
    """An agreement of a municipality and one or more housing organisations (da: aftale; ABL § 6 f).

    ``estates`` and ``areas`` (names of housing areas) narrow it; with neither it covers its ``organisations`` whole.
    ``concluded_at`` is the report year of the dialogue meeting it was made at, None if at none. ``text``, ``valid`` and
    ``review_due`` are what was agreed at first: no step rewrites them, so nothing is lost. ``responsible`` is a role or
    an opaque id, never a name. An agreement of nobody or about nothing, one about an estate of somebody else, or a
    history that breaks AGREEMENT_STEPS or goes back in time, raises ``InvalidValueError``.
    """

    id: str = field(validator=opaque_id)
    kind: AgreementKind
    municipality: MunicipalityCode
    organisations: tuple[LbfNumber, ...]
    text: str
    concluded_on: date
    responsible: str = field(validator=opaque_id)
    estates: tuple[EstateId, ...] = ()
    areas: tuple[str, ...] = ()
    valid: Validity = Validity()
    concluded_at: ReportYear | None = None
    review_due: date | None = None
    history: tuple[AgreementStep, ...] = ()

    def __attrs_post_init__(self) -> None:
        parties = len(set(self.organisations)) == len(self.organisations) > 0 and self.municipality.can_supervise
        too_early = self.review_due is not None and self.review_due <= self.concluded_on
        strange = any(estate.organisation not in self.organisations for estate in self.estates)
        if not parties or strange or not as_text(self.text) or not all(map(as_text, self.areas)) or too_early:
            raise refusal(
                Text("{value} er ikke en aftale.", "{value} is not an agreement."),
                Text(
                    "En aftale har en kommune, mindst en boligorganisation (hver nævnt én gang) og en tekst, gælder "
                    "kun deres egne afdelinger, og revideres efter den dag, den er indgået.",
                    "An agreement has a municipality, at least one organisation (each named once) and a text, covers "
                    "only their own estates, and is reviewed after the day it was concluded.",
                ),
                self.id,
            )
        day, status = self.concluded_on, AgreementStatus.OPEN
        for step in self.history:
            if step.on < day or step.status not in AGREEMENT_STEPS[status] or _before(step.until, self.valid.start):
                raise _no_such_step(self.id, status, day)
            day, status = step.on, step.status

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
                Text(
                    f"Aftalen {self.id} er afsluttet ({self.status}).",
                    f"Agreement {self.id} is closed ({self.status}).",
                ),
                Text("Indgå en ny aftale.", "Make a new agreement."),
                status=self.status.value,
            )
        return evolve(self, history=(*self.history, step))

    def ended(self, on: date, *, note: str, by: str) -> Agreement:
        """The agreement ended on a day, with the reason."""
        return self.followed_up(AgreementStep(on=on, status=AgreementStatus.ENDED, note=note, by=by))


def _before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other


def _no_such_step(value: str, status: AgreementStatus, day: date) -> Exception:
    allowed = ", ".join(AGREEMENT_STEPS[status]) or "-"
    return refusal(
        Text("Aftalen {value} kan ikke følges sådan op.", "Agreement {value} cannot be followed up like that."),
        Text(
            f"Fra {status} kan den komme til: {allowed}, tidligst {day}; den kan ikke slutte, før den begynder.",
            f"From {status} it can come to: {allowed}, on {day} at the earliest; it cannot end before it begins.",
        ),
        value,
        status=status.value,
    )


@frozen(kw_only=True)
class FollowUp:
    """What an organisation's report says of an agreement made before (da: opfølgning; DB § 112, stk. 5, nr. 4).

    It is the organisation's own statement: it does not move the agreement, which takes the parties.
    """

    agreement: str = field(validator=opaque_id)
    organisation: LbfNumber
    report_year: ReportYear
    status: AgreementStatus
    text: str = ""

    @property
    def says_something(self) -> bool:
        """Whether there is a status to be read; "open" alone says no more than that there was an agreement."""
        return self.status is not AgreementStatus.OPEN or bool(as_text(self.text))


def unanswered(
    agreements: Iterable[Agreement],
    follow_ups: Iterable[FollowUp],
    *,
    organisation: LbfNumber,
    report_year: ReportYear,
    on: date,
) -> tuple[Agreement, ...]:
    """The agreements that the organisation's report of the year must answer and does not, each once.

    It must answer those the organisation is a party to, that are open on the day (of the report) and were not made at
    a meeting of that year or later. Source: DB § 112, stk. 5, nr. 4.
    """
    answers = [each for each in follow_ups if (each.organisation, each.report_year) == (organisation, report_year)]
    answered = {each.agreement for each in answers if each.says_something}
    asked = to_answer(agreements, organisation=organisation, report_year=report_year, on=on)
    return tuple(each for each in asked if each.id not in answered)


def to_answer(
    agreements: Iterable[Agreement], *, organisation: LbfNumber, report_year: ReportYear, on: date
) -> tuple[Agreement, ...]:
    """The agreements that the organisation's report of the year must answer, each once; of two versions the last."""
    return tuple(
        each
        for each in {each.id: each for each in agreements}.values()
        if organisation in each.organisations
        and each.is_open_on(on)
        and (each.concluded_at is None or each.concluded_at < report_year)
    )


def dangling(follow_ups: Iterable[FollowUp], agreements: Iterable[Agreement]) -> tuple[FollowUp, ...]:
    """The follow-ups to an agreement that is not there, or that the organisation is no party to."""
    parties = {(each.id, organisation) for each in agreements for organisation in each.organisations}
    return tuple(each for each in follow_ups if (each.agreement, each.organisation) not in parties)
