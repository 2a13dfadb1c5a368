from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.content import load_references
from almenstyring.domain.calendar import AccountingPeriod
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.figures.cost_goals import (
    CostBasis,
    CostGoal,
    EfficiencyGoal,
    GoalProgress,
    GoalScope,
    GoalState,
)
from almenstyring.domain.figures.regulation import IndexValue, PriceIndex
from almenstyring.domain.figures.series import Series, SeriesPoint
from almenstyring.domain.organisations import Unit
from almenstyring.domain.text import Text
from almenstyring.domain.values import Dkk, EstateId, LbfNumber, Number, Ratio

ESTATE, ORGANISATION = EstateId.parse("T001-T0101"), LbfNumber("T001")
MET, NOT_MET, NOT_YET_KNOWN = GoalState.MET, GoalState.NOT_MET, GoalState.NOT_YET_KNOWN
MONEY = st.integers(0, 10**12).map(Dkk)
GOAL = CostGoal(
    estate=ESTATE,
    base_year=2024,
    base=Dkk.of(1000),
    goals=(Dkk.of(1000), Dkk.of(990), Dkk.of(980), Dkk.of(1010)),
)


# Four-year goals


def test_a_goal_is_for_the_four_years_after_the_base_year_and_for_all_operating_costs() -> None:
    assert GOAL.years == (2025, 2026, 2027, 2028)
    assert GOAL.basis is CostBasis.TOTAL
    assert GOAL.development == (Ratio.of(0), Ratio.of("-1.00"), Ratio.of("-2.00"), Ratio.of("1.00"))


def test_each_year_stands_against_its_own_goal() -> None:
    rows = GOAL.progress({2025: Dkk.of(1000), 2026: Dkk.of("989.99"), 2027: Dkk.of(1029), 2030: Dkk.of(1)})
    assert [(row.accounting_year, row.state, row.difference, row.percent) for row in rows] == [
        (2025, MET, Dkk(0), Ratio(0)),
        (2026, MET, Dkk(-1), Ratio(0)),
        (2027, NOT_MET, Dkk.of(49), Ratio.of("5.00")),
        (2028, NOT_YET_KNOWN, None, None),
    ]


def test_progress_is_told_in_both_languages() -> None:
    rows = GOAL.progress({2025: Dkk.of(1000), 2026: Dkk.of(891), 2027: Dkk.of(1029)})
    assert [row.words for row in rows] == [
        Text(
            "2025: målet er nået: præcis på målet på 1.000,00 kr.",
            "2025: the goal is met: exactly on the goal of DKK 1,000.00",
        ),
        Text(
            "2026: målet er nået: 99,00 kr. under målet på 990,00 kr. (10,00 pct.)",
            "2026: the goal is met: DKK 99.00 below the goal of DKK 990.00 (10.00%)",
        ),
        Text(
            "2027: målet er ikke nået: 49,00 kr. over målet på 980,00 kr. (5,00 pct.)",
            "2027: the goal is not met: DKK 49.00 above the goal of DKK 980.00 (5.00%)",
        ),
        Text("2028: resultatet kendes endnu ikke", "2028: the result is not yet known"),
    ]


def test_a_goal_of_nothing_has_no_percent() -> None:
    progress = GoalProgress(accounting_year=2026, goal=Dkk(0), actual=Dkk.of(5), at_most=True)
    assert (progress.state, progress.percent) == (NOT_MET, None)
    assert progress.words.en == "2026: the goal is not met: DKK 5.00 above the goal of DKK 0.00"
    assert evolve(GOAL, base=Dkk(0)).development == (None,) * 4


@pytest.mark.parametrize("number", [0, 3, 5])
def test_anything_but_four_goals_is_refused(number: int) -> None:
    with pytest.raises(InvalidValueError, match=f"{number} goals are not 4"):
        evolve(GOAL, goals=(Dkk.of(1),) * number)


@pytest.mark.parametrize("changes", [{"base": Dkk(-1)}, {"goals": (Dkk(1), Dkk(1), Dkk(-1), Dkk(1))}])
def test_a_negative_amount_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError, match="negative"):
        evolve(GOAL, **changes)


@given(MONEY, MONEY, st.booleans())
def test_a_ceiling_and_a_floor_are_both_met_only_on_the_goal_itself(goal: Dkk, actual: Dkk, at_most: bool) -> None:
    one = GoalProgress(accounting_year=2026, goal=goal, actual=actual, at_most=at_most)
    other = evolve(one, at_most=not at_most)
    assert (one.state is other.state is MET) is (goal == actual)
    assert NOT_YET_KNOWN not in (one.state, other.state)


@given(MONEY, MONEY, MONEY)
def test_a_lower_cost_never_loses_a_goal(goal: Dkk, one: Dkk, other: Dkk) -> None:
    low, high = sorted((one, other))
    states = [GoalProgress(accounting_year=2026, goal=goal, actual=cost, at_most=True).state for cost in (low, high)]
    assert states != [NOT_MET, MET]


@given(MONEY, MONEY)
def test_the_percent_is_within_rounding_of_the_difference(goal: Dkk, actual: Dkk) -> None:
    progress = GoalProgress(accounting_year=2026, goal=goal, actual=actual, at_most=True)
    if progress.percent is None or progress.difference is None:
        assert goal == Dkk(0)
        return
    exact = Fraction(100 * progress.difference.count, goal.count)
    assert abs(progress.percent.as_fraction() - exact) <= Fraction(1, 200)


# Efficiency goals


def agreed(scope: GoalScope, unit: Unit | None, first: int, last: int) -> EfficiencyGoal:
    return EfficiencyGoal(
        scope=scope,
        unit=unit,
        first_year=first,
        last_year=last,
        saving=Dkk.of(1_500_000_000 if unit is None else 100_000),
        source="opfundet",
        certainty=Certainty.PROJECT_AUTHORED,
    )


NATIONAL = agreed(GoalScope.COUNTRY, None, 2021, 2026)


def test_the_national_target_is_measured_for_the_country() -> None:
    progress = NATIONAL.progress(Dkk.of(400_000_000))
    assert (progress.accounting_year, progress.state, progress.at_most) == (2026, NOT_MET, False)
    assert progress.percent == Ratio.of("-73.33")
    assert NATIONAL.progress(Dkk.of(1_600_000_000)).state is MET
    assert NATIONAL.progress(None).state is NOT_YET_KNOWN
    assert NATIONAL.basis is CostBasis.DELIMITED


@pytest.mark.parametrize("unit", [ESTATE, ORGANISATION])
def test_no_single_unit_is_scored_against_the_national_target(unit: Unit) -> None:
    with pytest.raises(InvalidValueError, match="not set for") as caught:
        NATIONAL.progress(Dkk.of(1), of=unit)
    assert "landets alene" in caught.value.hint.da


def test_a_local_goal_is_measured_for_its_own_unit_alone() -> None:
    local = agreed(GoalScope.ORGANISATION, ORGANISATION, 2027, 2030)
    assert local.progress(Dkk.of(100_000), of=ORGANISATION).state is MET
    for other in (None, ESTATE, LbfNumber("T002")):
        with pytest.raises(InvalidValueError, match="not set for"):
            local.progress(Dkk.of(1), of=other)


@pytest.mark.parametrize(
    ("scope", "unit", "first", "last", "match"),
    [
        pytest.param("estate", ESTATE, 2026, 2029, "no local goal for .2026-2029", id="an estate before 2027"),
        pytest.param("organisation", ORGANISATION, 2021, 2026, "no local goal", id="an organisation before 2027"),
        pytest.param("country", None, 2027, 2030, "no national target", id="the country after 2026"),
        pytest.param("country", None, 2021, 2027, "no national target", id="the country beyond 2026"),
        pytest.param("country", ORGANISATION, 2021, 2026, "does not fit", id="the country is no unit"),
        pytest.param("estate", ORGANISATION, 2027, 2030, "does not fit", id="an organisation is no estate"),
        pytest.param("organisation", None, 2027, 2030, "does not fit", id="a local goal is somebody's"),
        pytest.param("estate", ESTATE, 2030, 2027, "backwards", id="years in order"),
    ],
)
def test_goals_are_national_until_2026_and_local_from_2027(
    scope: str, unit: Unit | None, first: int, last: int, match: str
) -> None:
    with pytest.raises(InvalidValueError, match=match):
        agreed(GoalScope(scope), unit, first, last)


@pytest.mark.parametrize(("scope", "unit"), [(GoalScope.ESTATE, ESTATE), (GoalScope.ORGANISATION, ORGANISATION)])
def test_a_local_goal_from_2027_is_fine(scope: GoalScope, unit: Unit) -> None:
    assert agreed(scope, unit, 2027, 2027).last_year == 2027


# No float


def leaves(value: Any) -> Iterator[object]:
    """The value, its fields and, where the class is one of ours here, its properties, and all theirs."""
    yield value
    if isinstance(value, dict):
        value = tuple(value.items())
    if isinstance(value, tuple | frozenset):
        for item in value:
            yield from leaves(item)
    elif attrs.has(type(value)):
        names = [field.name for field in attrs.fields(type(value))]
        if type(value).__module__.startswith("almenstyring.domain.figures"):
            names += [name for name, kept in vars(type(value)).items() if isinstance(kept, property)]
        for name in names:
            yield from leaves(getattr(value, name))


def test_no_result_holds_a_float() -> None:
    index = PriceIndex(
        name=Text("Opfundet", "Invented"),
        reference=Text("2023 = 100", "2023 = 100"),
        value=tuple(
            IndexValue(month=date(year, 4, 1), value=Number.of(value), source="", certainty=Certainty.PROJECT_AUTHORED)
            for year, value in ((2023, "100"), (2024, "102.4"))
        ),
    )
    year = AccountingPeriod(date(2025, 1, 1), date(2025, 12, 31))
    before = AccountingPeriod(date(2024, 1, 1), date(2024, 12, 31))
    points = tuple(SeriesPoint(period=p, value=Number.of("1.5"), exact=Fraction(3, 2)) for p in (before, year))
    series = Series(figure="rent_per_m2", unit=ESTATE, points=points)
    results = (
        load_references().rate("disposition_fund_yearly", year, index),
        series,
        series.rows(),
        series.compound_growth(),
        GOAL,
        GOAL.progress({2025: Dkk.of(999)}),
        NATIONAL.progress(Dkk.of(1)),
    )
    found = list(leaves(results))
    assert not [leaf for leaf in found if isinstance(leaf, float)]
    assert {int, Fraction, Dkk, Ratio, Number} <= {type(leaf) for leaf in found}
    assert len(found) > 200
