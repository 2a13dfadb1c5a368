"""Whatever the costs, scores follow the published definition; what the method leaves open is ours and stands in it."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from almenstyring.domain.figures.efficiency import EfficiencyScore, efficiency_scores
from almenstyring.domain.figures.efficiency_costs import HomeCosts, NoScore
from almenstyring.domain.figures.efficiency_method import (
    COMPUTED_LABEL,
    MINIMUM_PEERS,
    EfficiencyMethod,
    EfficiencyVariant,
    OutlierRule,
)

from .conftest import FloatsIn

Row = tuple[str, tuple[Fraction | None, ...]]
ACCOUNTS = ("109", "114", "115")
PUBLISHED, FDH = EfficiencyVariant.PUBLISHED, EfficiencyVariant.FDH
ANY_GROUP = EfficiencyMethod(minimum_peers=0, outliers=None)
NARROW = OutlierRule(factor=Fraction(1, 2))
methods = pytest.mark.parametrize(
    "method",
    [
        pytest.param(EfficiencyMethod(variant=variant, minimum_peers=2, outliers=outliers), id=f"{variant}, {words}")
        for variant in EfficiencyVariant
        for words, outliers in (("outliers kept", None), ("outliers left out", NARROW))
    ],
)
few = settings(max_examples=40)  # by every method, and of small groups in which ties are common
variants = pytest.mark.parametrize("variant", list(EfficiencyVariant))


def units_of(rows: Iterable[Row]) -> list[HomeCosts]:
    """The units T1, T2 … with these groups and costs."""
    return [
        HomeCosts(unit=f"T{n}", group=group, costs=dict(zip(ACCOUNTS, costs, strict=True)))
        for n, (group, costs) in enumerate(rows, 1)
    ]


def rows_of(costs: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[list[Row]]:
    return st.lists(st.tuples(st.sampled_from("ab"), st.tuples(costs, costs, costs)), min_size=least, max_size=10)


some_costs = st.integers(0, 4).map(Fraction) | st.fractions(0, 1000, max_denominator=30)  # some with ties
sound_units = rows_of(some_costs, 1).map(units_of)
any_units = rows_of(st.one_of(*[some_costs] * 15, st.none(), st.just(Fraction(-1)))).map(units_of)
extremes = rows_of(st.sampled_from([Fraction(n) for n in (8, 9, 9, 10, 10, 11, 60)])).map(units_of)


def by_name(scores: Iterable[EfficiencyScore]) -> dict[str, object]:
    """What a score is for each unit, and at whose practice, without the costs themselves."""
    return {
        each.unit.unit: (each.exact_score, each.best_practice and each.best_practice.unit, each.no_score)
        for each in scores
    }


# The published definition, written out once more and slowly


def costs_of(each: HomeCosts) -> list[Fraction]:
    return [cost for cost in each.costs.values() if cost is not None]


def total(each: HomeCosts) -> Fraction:
    return sum(costs_of(each), Fraction(0))


def has_all(each: HomeCosts) -> bool:
    return len(costs_of(each)) == len(ACCOUNTS) and min(costs_of(each)) >= 0


def is_outlier(each: HomeCosts, usable: Sequence[HomeCosts], rule: OutlierRule | None) -> bool:
    if rule is None or len(usable) < 2:
        return False
    q1, _, q3 = statistics.quantiles([total(one) for one in usable], n=4, method="inclusive")
    out = rule.factor * (q3 - q1)
    return q1 != q3 and not q1 - out <= total(each) <= q3 + out


def potential(own: HomeCosts, best: HomeCosts) -> Fraction:
    pairs = zip(costs_of(own), costs_of(best), strict=True)
    return min(100 * (mine - its) / mine for mine, its in pairs if mine)


def is_nowhere_dearer(peer: HomeCosts, own: HomeCosts) -> bool:
    return all(its <= mine for its, mine in zip(costs_of(peer), costs_of(own), strict=True))


def best_practice(own: HomeCosts, peers: Iterable[HomeCosts], variant: EfficiencyVariant) -> HomeCosts | None:
    cheaper = [
        peer
        for peer in peers
        if total(peer) < total(own)
        and all(its <= mine for its, mine in zip(costs_of(peer), costs_of(own), strict=True))
    ]
    cheapest_first = sorted(cheaper, key=lambda peer: (total(peer), peer.unit))
    if variant is PUBLISHED:
        return next(iter(cheapest_first), None)
    return max(cheapest_first, key=lambda peer: potential(own, peer), default=None)


@methods
@few
@given(any_units | extremes)
def test_a_score_is_what_the_published_definition_says(method: EfficiencyMethod, units: list[HomeCosts]) -> None:
    for own, score in zip(units, efficiency_scores(units, method), strict=True):
        usable = [each for each in units if each.group == own.group and has_all(each)]
        peers = [each for each in usable if each is not own and not is_outlier(each, usable, method.outliers)]
        assert score.unit is own
        assert score.peers == len(peers)
        assert score.is_outlier is (has_all(own) and is_outlier(own, usable, method.outliers))
        assert (score.no_score is None) is (has_all(own) and len(peers) >= method.minimum_peers)
        if score.no_score is None:
            best = best_practice(own, peers, method.variant)
            assert score.best_practice is best
            assert score.exact_potential == (potential(own, best) if best else 0)


# What must hold whatever the costs


@methods
@few
@given(any_units | extremes, st.fractions(Fraction(1, 1000), 1000, max_denominator=1000))
def test_costs_in_another_currency_give_the_same_scores(
    method: EfficiencyMethod, units: list[HomeCosts], factor: Fraction
) -> None:
    scaled = [
        evolve(each, costs={account: None if cost is None else cost * factor for account, cost in each.costs.items()})
        for each in units
    ]
    assert by_name(efficiency_scores(scaled, method)) == by_name(efficiency_scores(units, method))


@methods
@few
@given(any_units | extremes, st.randoms(use_true_random=False))
def test_the_order_of_the_units_changes_nothing_but_the_order_of_the_scores(
    method: EfficiencyMethod, units: list[HomeCosts], dice: Any
) -> None:
    shuffled = dice.sample(units, len(units))
    found = efficiency_scores(shuffled, method)
    assert [score.unit for score in found] == shuffled
    assert by_name(found) == by_name(efficiency_scores(units, method))


@methods
@few
@given(any_units | extremes)
def test_the_units_of_a_group_have_the_scores_that_they_have_alone(
    method: EfficiencyMethod, units: list[HomeCosts]
) -> None:
    parts = [efficiency_scores([each for each in units if each.group == group], method) for group in "ab"]
    assert by_name(score for part in parts for score in part) == by_name(efficiency_scores(units, method))


@variants
@few
@given(sound_units, st.tuples(*[some_costs] * 3))
def test_a_dearer_peer_changes_nobodys_score(
    variant: EfficiencyVariant, units: list[HomeCosts], costs: tuple[Fraction, ...]
) -> None:
    method = evolve(ANY_GROUP, variant=variant)
    dearest = max(map(total, units)) + costs[0], *costs[1:]
    dearer = evolve(units_of([("a", dearest)])[0], unit="T0")
    without, among = efficiency_scores(units, method), efficiency_scores([*units, dearer], method)
    assert by_name(among[:-1]) == by_name(without)
    assert [score.peers for score in among[:-1]] == [score.peers + (score.unit.group == "a") for score in without]


@few
@given(sound_units, st.tuples(*[some_costs] * 3))
def test_by_fdh_one_peer_more_never_gives_anybody_a_higher_score(
    units: list[HomeCosts], costs: tuple[Fraction, ...]
) -> None:
    method = evolve(ANY_GROUP, variant=FDH)
    more = [*units, evolve(units_of([("a", costs)])[0], unit="T0")]
    for with_more, without in zip(efficiency_scores(more, method), efficiency_scores(units, method), strict=False):
        assert with_more.exact_score is not None
        assert without.exact_score is not None
        assert with_more.exact_score <= without.exact_score


@few
@given(sound_units)
def test_the_published_score_is_never_below_that_of_fdh(units: list[HomeCosts]) -> None:
    fdh = efficiency_scores(units, evolve(ANY_GROUP, variant=FDH))
    for published, lowest in zip(efficiency_scores(units, ANY_GROUP), fdh, strict=True):
        assert published.exact_score is not None
        assert lowest.exact_score is not None
        assert 0 <= lowest.exact_score <= published.exact_score <= 100
        assert (published.best_practice is None) is (lowest.best_practice is None)


@variants
@few
@given(sound_units)
def test_where_nobody_is_cheaper_the_score_is_100_and_nobody_is_best_practice(
    variant: EfficiencyVariant, units: list[HomeCosts]
) -> None:
    for score in efficiency_scores(units, evolve(ANY_GROUP, variant=variant)):
        if total(score.unit) == min(total(each) for each in units if each.group == score.unit.group):
            assert score.best_practice is None
        if score.best_practice is None:
            assert (str(score.score), str(score.potential), score.savings) == ("100.00", "0.00", ())


@few
@given(any_units, st.integers(1, 20))
def test_there_is_a_score_from_the_least_number_of_peers_on(units: list[HomeCosts], minimum: int) -> None:
    for score in efficiency_scores(units, evolve(ANY_GROUP, minimum_peers=minimum)):
        assert (score.no_score is NoScore.TOO_FEW_PEERS) is (has_all(score.unit) and score.peers < minimum)
        assert (score.why is None) is (score.score is not None)
        if score.no_score is NoScore.TOO_FEW_PEERS and score.why:
            assert f" {score.peers}," in score.why.da and f" {minimum}." in score.why.da
            assert f" {score.peers}," in score.why.en and f" {minimum} " in score.why.en


@methods
@few
@given(any_units | extremes)
def test_no_score_holds_a_float(method: EfficiencyMethod, floats_in: FloatsIn, units: list[HomeCosts]) -> None:
    found = efficiency_scores(units, method)
    assert floats_in([found, [(each.savings, each.exact_score, each.score, each.potential) for each in found]]) == []


# Outliers


@few
@given(st.lists(st.fractions(0, 100, max_denominator=20), max_size=12), st.fractions(0, 5, max_denominator=8))
def test_the_fences_lie_so_many_quartile_ranges_outside_the_quartiles(totals: list[Fraction], factor: Fraction) -> None:
    fences = OutlierRule(factor=factor).fences(totals)
    q1, _, q3 = statistics.quantiles(totals, n=4, method="inclusive") if len(totals) > 1 else (0, 0, 0)
    assert fences == (None if q1 == q3 else (q1 - factor * (q3 - q1), q3 + factor * (q3 - q1)))


def test_what_lies_on_a_fence_is_no_outlier() -> None:
    costs = [Fraction(n) for n in (6, 12, 12, 14, 16, 16, 22)]  # quartiles 12 and 16, fences 6 and 22
    units = [HomeCosts(unit=f"T{n}", group="a", costs={"109": cost}) for n, cost in enumerate(costs)]
    assert not any(score.is_outlier for score in efficiency_scores(units))
    units[-1] = evolve(units[-1], costs={"109": Fraction(2201, 100)})
    assert [score.unit.unit for score in efficiency_scores(units) if score.is_outlier] == ["T6"]


def test_where_the_quartiles_are_equal_nothing_is_an_outlier() -> None:
    assert OutlierRule().fences([Fraction(5)] * 9 + [Fraction(500)]) is None
    assert OutlierRule().fences([]) is None


@pytest.mark.parametrize("factor", [-1, Fraction(-1, 100), 1.5, True])
def test_a_factor_is_exact_and_not_below_zero(factor: Any, refused: Any) -> None:
    refused(OutlierRule, factor=factor)


def test_a_factor_of_zero_keeps_the_middle_half_alone() -> None:
    assert OutlierRule(factor=0).fences([Fraction(n) for n in range(5)]) == (Fraction(1), Fraction(3))


def test_the_usual_method_is_the_published_one_and_its_label_says_what_the_score_is_not() -> None:
    assert EfficiencyMethod() == EfficiencyMethod(
        variant=PUBLISHED, minimum_peers=MINIMUM_PEERS, outliers=OutlierRule()
    )
    assert (MINIMUM_PEERS, OutlierRule().factor) == (30, Fraction(3, 2))
    assert "ikke det officielle" in COMPUTED_LABEL.da
    assert "not the official" in COMPUTED_LABEL.en
