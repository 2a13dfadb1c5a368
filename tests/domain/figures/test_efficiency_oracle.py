"""The variant FDH agrees with deapack, an independent library for data envelopment analysis."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random

import pytest
from attrs import evolve, frozen
from hypothesis import example, given, settings
from hypothesis import strategies as st

from almenstyring.domain.figures.efficiency import EfficiencyScore, efficiency_scores
from almenstyring.domain.figures.efficiency_costs import COST_ACCOUNTS, HomeCosts
from almenstyring.domain.figures.efficiency_method import EfficiencyMethod, EfficiencyVariant

if sys.version_info >= (3, 14):
    pytest.skip("deapack has no release for Python 3.14", allow_module_level=True)

import pandas as pd  # type: ignore[import-untyped]
from deapack import DEAData  # type: ignore[import-untyped]
from deapack.models.fdh import FreeDisposalHullDEA  # type: ignore[import-untyped]

CLOSE = 1e-9
ACCOUNTS = tuple(account.id for account in COST_ACCOUNTS)
METHOD = EfficiencyMethod(variant=EfficiencyVariant.FDH, minimum_peers=0, outliers=None)


@frozen
class Verdict:
    """What deapack says of one unit: its efficiency, and every unit at whose practice it is that."""

    efficiency: float
    peers: frozenset[str]


def verdicts(units: Sequence[HomeCosts]) -> Mapping[str, Verdict]:
    """Deapack's input-oriented FDH with the costs as inputs and one home as the output of everybody."""
    accounts = list(units[0].costs)
    rows = [{"unit": each.unit, "home": 1, **{a: float(cost or 0) for a, cost in each.costs.items()}} for each in units]
    data = DEAData.from_frame(pd.DataFrame(rows), dmu="unit", inputs=accounts, outputs="home")
    model = FreeDisposalHullDEA(orientation="input", compute_slacks=False, tolerance=CLOSE / 10)
    result = model.fit(data)
    peers = defaultdict(set)
    for row in result.intensities.to_dict("records"):
        peers[row["dmu_id"]].add(row["reference_dmu_id"])
    return {
        row["dmu_id"]: Verdict(row["efficiency"], frozenset(peers[row["dmu_id"]]))
        for row in result.summary().to_dict("records")
    }


def ratio(best: HomeCosts, own: HomeCosts) -> Fraction:
    pairs = zip(best.costs.values(), own.costs.values(), strict=True)
    return max(its / mine for its, mine in pairs if mine and its is not None)


def check(score: EfficiencyScore, verdict: Verdict) -> None:
    """The same efficiency within 1e-9, at a peer that really has it; the very same one where deapack knows no other.

    Deapack lets a unit be its own peer, which is efficient; we say that nobody is cheaper.
    """
    own, best = score.unit, score.best_practice
    assert score.exact_score is not None
    assert float(score.exact_score) / 100 == pytest.approx(verdict.efficiency, rel=0, abs=CLOSE)
    if best is None:
        assert score.exact_score == 100
        assert own.unit in verdict.peers
        return
    assert 100 * ratio(best, own) == score.exact_score
    assert best.unit in verdict.peers
    if len(verdict.peers) == 1:
        assert {best.unit} == verdict.peers


def check_all(units: Sequence[HomeCosts]) -> None:
    found = verdicts(units)
    for score in efficiency_scores(units, METHOD):
        check(score, found[score.unit.unit])


def units_of(rows: Sequence[Sequence[Fraction | int]]) -> list[HomeCosts]:
    return [
        HomeCosts(unit=f"T{n}", group="a", costs={a: Fraction(cost) for a, cost in zip(ACCOUNTS, row, strict=False)})
        for n, row in enumerate(rows)
    ]


def rows_of(costs: st.SearchStrategy[Fraction]) -> st.SearchStrategy[list[list[Fraction]]]:
    """Tables of one to seven accounts; deapack wants some cost of every unit."""

    def tables(width: int) -> st.SearchStrategy[list[list[Fraction]]]:
        return st.lists(st.lists(costs, min_size=width, max_size=width).filter(any), min_size=1, max_size=25)

    return st.integers(1, len(ACCOUNTS)).flatmap(tables)


@settings(max_examples=40)
@given(rows_of(st.fractions(0, 100_000, max_denominator=400)))
def test_scores_are_those_of_deapack(rows: list[list[Fraction]]) -> None:
    check_all(units_of(rows))


@given(rows_of(st.integers(0, 3).map(Fraction)))
@example([[Fraction(1), Fraction(0)], [Fraction(0), Fraction(1)]])
@example([[Fraction(2), Fraction(2)]] * 3)
@example(
    [[Fraction(1), Fraction(2)], [Fraction(2), Fraction(1)], [Fraction(2), Fraction(2)], [Fraction(1), Fraction(1)]]
)
def test_scores_are_those_of_deapack_where_many_costs_are_equal_or_nothing(rows: list[list[Fraction]]) -> None:
    check_all(units_of(rows))


@settings(max_examples=20)
@given(st.integers(0, 2**32))
def test_scores_are_those_of_deapack_in_a_group_of_real_size(seed: int) -> None:
    dice = Random(seed)
    rows = [[Fraction(dice.randrange(10**4, 10**6), 60) for _ in ACCOUNTS] for _ in range(60)]
    dearer = [[cost * Fraction(dice.randrange(100, 200), 100) for cost in dice.choice(rows)] for _ in range(40)]
    units = units_of([*rows, *dearer])
    check_all(units)
    assert sum(score.best_practice is not None for score in efficiency_scores(units, METHOD)) >= 20


def test_a_unit_that_only_its_own_practice_matches_is_its_own_peer_there_and_has_none_here() -> None:
    units = units_of([(80, 160), (100, 200), (200, 10)])
    found = verdicts(units)
    assert found["T0"] == Verdict(1.0, frozenset({"T0"}))
    assert found["T1"] == Verdict(0.8, frozenset({"T0"}))
    scores = efficiency_scores(units, METHOD)
    assert [str(score.score) for score in scores] == ["100.00", "80.00", "100.00"]
    assert [score.best_practice for score in scores] == [None, units[0], None]


def test_the_comparison_notices_a_wrong_score_and_a_wrong_peer() -> None:
    units = units_of([(80, 160), (90, 160), (100, 200)])
    verdict = verdicts(units)["T2"]
    (*_, score) = efficiency_scores(units, METHOD)
    check(score, verdict)
    for wrong in (evolve(score, best_practice=units[1]), evolve(score, best_practice=None)):
        with pytest.raises(AssertionError):
            check(wrong, verdict)
