"""Goals for what things cost: an estate's operating costs over four years, and efficiency goals."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Any

from attrs import Attribute, field, frozen

from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.organisations import Unit
from almenstyring.domain.text import Text
from almenstyring.domain.values import Dkk, EstateId, LbfNumber, Ratio
from almenstyring.domain.values.faults import refusal

YEARS = 4
"""A cost goal covers the coming four years (DB § 13, stk. 6)."""
LAST_NATIONAL_YEAR = 2026
"""The last accounting year of the agreement with a central target; after it goals are agreed locally."""


class CostBasis(StrEnum):
    """Which costs a goal counts (da: omkostningsgrundlag).

    TOTAL: all operating costs, as the law has it (DB § 13, stk. 6). DELIMITED: the delimited operating costs of the
    efficiency agreements; their official list of accounts is unknown and the project's is unofficial. ENERGY: the
    energy line, which the agreement of 2021 counts apart.
    """

    TOTAL = "total"
    DELIMITED = "delimited"
    ENERGY = "energy"


class GoalState(StrEnum):
    """How a year stands against its goal (da: målopfyldelse)."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_YET_KNOWN = "not_yet_known"


@frozen(kw_only=True)
class GoalProgress:
    """One year's goal and what came of it (da: målopfølgning); ``actual`` is None while it is not known.

    ``at_most`` tells whether the goal is a ceiling (a cost) or a floor (a saving).
    """

    accounting_year: int
    goal: Dkk
    actual: Dkk | None
    at_most: bool

    @property
    def difference(self) -> Dkk | None:
        """Actual minus goal; negative when below it."""
        return None if self.actual is None else self.actual - self.goal

    @property
    def percent(self) -> Ratio | None:
        """The difference in percent of the goal; None while unknown, and for a goal of nothing."""
        difference = self.difference
        if difference is None or not self.goal.count:
            return None
        return Ratio.rounded(Fraction(100 * difference.count, self.goal.count))

    @property
    def state(self) -> GoalState:
        """Whether the goal is met; exactly on the goal is met."""
        difference = self.difference
        if difference is None:
            return GoalState.NOT_YET_KNOWN
        beyond = difference.count if self.at_most else -difference.count
        return GoalState.NOT_MET if beyond > 0 else GoalState.MET

    @property
    def words(self) -> Text:
        """The same in words.

        >>> progress = GoalProgress(accounting_year=2026, goal=Dkk.of(1000), actual=Dkk.of(1025), at_most=True)
        >>> print(progress.words.en)
        2026: the goal is not met: DKK 25.00 above the goal of DKK 1,000.00 (2.50%)
        """
        return Text("{year}: {outcome}", "{year}: {outcome}").fill(year=self.accounting_year, outcome=self._outcome)

    @property
    def _outcome(self) -> Text:
        if self.difference is None:
            return Text("resultatet kendes endnu ikke", "the result is not yet known")
        met = Text("målet er nået", "the goal is met")
        missed = Text("målet er ikke nået", "the goal is not met")
        outcome = met if self.state is GoalState.MET else missed
        return Text("{outcome}: {place}", "{outcome}: {place}").fill(
            outcome=outcome, place=self._place(self.difference)
        )

    def _place(self, difference: Dkk) -> Text:
        goal = _shown(self.goal)
        if not difference.count:
            return Text("præcis på målet på {goal}", "exactly on the goal of {goal}").fill(goal=goal)
        over = Text("{apart} over målet på {goal}{share}", "{apart} above the goal of {goal}{share}")
        under = Text("{apart} under målet på {goal}{share}", "{apart} below the goal of {goal}{share}")
        share = "" if self.percent is None else Text(" ({of})", " ({of})").fill(of=_shown(abs(self.percent)))
        return (over if difference.count > 0 else under).fill(apart=_shown(abs(difference)), goal=goal, share=share)


def _shown(figure: Dkk | Ratio) -> Text:
    return Text(figure.display("da"), figure.display("en"))


def _not_negative(_instance: object, attribute: Attribute[Any], amount: Dkk) -> None:
    if amount.count < 0:
        raise refusal(
            Text("Beløbet {value} er negativt.", "The amount {value} is negative."),
            Text("Et mål er et beløb på nul eller derover.", "A goal is an amount of zero or more."),
            str(amount),
            part=attribute.name,
        )


def _four(instance: object, attribute: Attribute[Any], goals: tuple[Dkk, ...]) -> None:
    if len(goals) != YEARS:
        raise refusal(
            Text("{value} mål er ikke {years}.", "{value} goals are not {years}."),
            Text("Giv et beløb for hvert af de kommende år.", "Give one amount for each of the coming years."),
            len(goals),
            years=YEARS,
        )
    for goal in goals:
        _not_negative(instance, attribute, goal)


@frozen(kw_only=True)
class CostGoal:
    """The board's goal for an estate's operating costs in the coming four years (da: mål for driftsudgifter).

    ``base_year`` is the accounting year the goal starts from and ``base`` what its costs were; ``goals`` are the
    highest costs of the four years after it. The annual report tells of the goal (DB § 73, nr. 4). Anything but four
    goals, or a negative amount, raises ``InvalidValueError``. Source: DB § 13, stk. 6.
    """

    estate: EstateId
    base_year: int
    base: Dkk = field(validator=_not_negative)
    goals: tuple[Dkk, ...] = field(validator=_four)
    basis: CostBasis = CostBasis.TOTAL

    @property
    def years(self) -> tuple[int, ...]:
        """The accounting years the goals are for."""
        return tuple(range(self.base_year + 1, self.base_year + 1 + YEARS))

    def progress(self, costs: Mapping[int, Dkk]) -> tuple[GoalProgress, ...]:
        """Every year's goal beside its costs, by accounting year; a year that is not in ``costs`` is not yet known."""
        return tuple(
            GoalProgress(accounting_year=year, goal=goal, actual=costs.get(year), at_most=True)
            for year, goal in zip(self.years, self.goals, strict=True)
        )

    @property
    def development(self) -> tuple[Ratio | None, ...]:
        """Each year's goal as a change in percent of the base year's costs; None from a base of nothing."""
        return tuple(
            Ratio.rounded(Fraction(100 * (goal.count - self.base.count), self.base.count)) if self.base.count else None
            for goal in self.goals
        )


class GoalScope(StrEnum):
    """For whom an efficiency goal is (da: målets rækkevidde)."""

    COUNTRY = "country"
    ORGANISATION = "organisation"
    ESTATE = "estate"


_UNIT_OF = {GoalScope.COUNTRY: type(None), GoalScope.ORGANISATION: LbfNumber, GoalScope.ESTATE: EstateId}


@frozen(kw_only=True)
class EfficiencyGoal:
    """A yearly saving agreed on for some accounting years, both included (da: effektiviseringsmål).

    Up to accounting year 2026 the target is the country's, shared by no single unit; from 2027 goals are agreed
    locally. What does not fit that raises ``InvalidValueError``. What the board itself sets out to do where it sees
    room for improvement (ABL § 14 b) is an answer in the report and not this. ``saving`` is what is to be saved a
    year by ``last_year``; energy is a goal of its own. Source: the agreements of 2016 and 2021
    (Effektiviseringsenheden, https://www.almeneffektivitet.dk).
    """

    scope: GoalScope
    unit: Unit | None = None
    first_year: int
    last_year: int
    saving: Dkk = field(validator=_not_negative)
    basis: CostBasis = CostBasis.DELIMITED
    source: str
    certainty: Certainty

    def __attrs_post_init__(self) -> None:
        if type(self.unit) is not _UNIT_OF[self.scope]:
            raise _wrong(
                "Enheden {value} passer ikke til målets rækkevidde.",
                "The unit {value} does not fit the goal's scope.",
                str(self.unit),
            )
        if self.first_year > self.last_year:
            raise _wrong("Årene {value} er bagvendt.", "The years {value} are backwards.", self._years)
        if self.scope is GoalScope.COUNTRY and self.last_year > LAST_NATIONAL_YEAR:
            raise _wrong("Der er intet landsmål for {value}.", "There is no national target for {value}.", self._years)
        if self.scope is not GoalScope.COUNTRY and self.first_year <= LAST_NATIONAL_YEAR:
            raise _wrong("Der er intet lokalt mål for {value}.", "There is no local goal for {value}.", self._years)

    @property
    def _years(self) -> str:
        return f"{self.first_year}-{self.last_year}"

    def progress(self, saved: Dkk | None, *, of: Unit | None = None) -> GoalProgress:
        """What was saved by ``last_year`` beside the goal; ``of`` says whose saving it is, None being the country.

        Raises ``InvalidValueError`` for anybody else than the one the goal is for: a unit is never scored against
        the national target.
        """
        if of != self.unit:
            raise _wrong("Målet er ikke sat for {value}.", "The goal was not set for {value}.", str(of))
        return GoalProgress(accounting_year=self.last_year, goal=self.saving, actual=saved, at_most=False)


def _wrong(da: str, en: str, value: object) -> InvalidValueError:
    return refusal(
        Text(da, en),
        Text(
            "Til og med regnskabsår 2026 er målet landets alene; fra 2027 aftales mål lokalt.",
            "Up to accounting year 2026 the target is the country's alone; from 2027 goals are agreed locally.",
        ),
        value,
    )
