"""An efficiency score is 100 less the smallest saving at the best practice, and says why where there is none."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.figures.efficiency import EfficiencyScore, efficiency_level, efficiency_scores
from almenstyring.domain.figures.efficiency_costs import HomeCosts, NoScore
from almenstyring.domain.figures.efficiency_method import EfficiencyMethod, EfficiencyVariant
from almenstyring.domain.values import Ratio

from .conftest import FloatsIn

Cost = Fraction | int | None
PUBLISHED, FDH = EfficiencyVariant.PUBLISHED, EfficiencyVariant.FDH
ANY_GROUP = EfficiencyMethod(minimum_peers=0, outliers=None)
both_variants = pytest.mark.parametrize("variant", list(EfficiencyVariant))


def unit(name: str, *costs: Cost, group: str = "a") -> HomeCosts:
    """A unit with one to three accounts."""
    return HomeCosts(unit=name, group=group, costs=dict(zip(("109", "114", "115"), costs, strict=False)))


def scores(units: Iterable[HomeCosts], method: EfficiencyMethod = ANY_GROUP) -> dict[str, EfficiencyScore]:
    return {score.unit.unit: score for score in efficiency_scores(units, method)}


def told(score: EfficiencyScore) -> tuple[str | None, ...]:
    """Score, potential and best practice as they are shown."""
    figures = (None if figure is None else str(figure) for figure in (score.score, score.potential))
    return *figures, score.best_practice.unit if score.best_practice else None


# Examples


def test_twenty_per_cent_cheaper_on_every_account_is_a_score_of_80() -> None:
    found = scores([unit("T1", 80, 160), unit("T2", 100, 200)])
    assert told(found["T2"]) == ("80.00", "20.00", "T1")
    assert told(found["T1"]) == ("100.00", "0.00", None)


def test_the_smallest_saving_is_the_potential_and_every_saving_is_told() -> None:
    found = scores([unit("T1", 50, 90, 0), unit("T2", 100, 100, 0)])["T2"]
    assert told(found) == ("90.00", "10.00", "T1")
    assert [each.account for each in found.savings] == ["109", "114", "115"]
    assert [f"{each.own} {each.best}" for each in found.savings] == ["100 50", "100 90", "0 0"]
    assert [each.saving for each in found.savings] == [50, 10, None]


def test_an_account_that_costs_nothing_limits_nothing_but_nobody_dearer_on_it_is_best_practice() -> None:
    found = scores([unit("T1", 40, 0), unit("T2", 10, 1), unit("T3", 100, 0)])
    assert told(found["T3"]) == ("40.00", "60.00", "T1")


@both_variants
def test_a_peer_that_costs_nothing_at_all_leaves_a_score_of_nothing(variant: EfficiencyVariant) -> None:
    found = scores([unit("T1", 0, 0), unit("T2", 0, 3)], evolve(ANY_GROUP, variant=variant))
    assert told(found["T2"]) == ("0.00", "100.00", "T1")
    assert told(found["T1"]) == ("100.00", "0.00", None)


def test_the_variants_choose_differently_among_the_same_peers() -> None:
    units = [unit("T1", 99, 30), unit("T2", 50, 90), unit("T3", 100, 100)]
    assert told(scores(units)["T3"]) == ("99.00", "1.00", "T1")
    assert told(scores(units, evolve(ANY_GROUP, variant=FDH))["T3"]) == ("90.00", "10.00", "T2")


def test_a_saving_on_one_account_alone_gives_a_best_practice_and_no_potential() -> None:
    assert told(scores([unit("T1", 100, 150), unit("T2", 100, 200)])["T2"]) == ("100.00", "0.00", "T1")


@both_variants
def test_units_with_the_same_costs_are_not_each_others_best_practice(variant: EfficiencyVariant) -> None:
    found = scores([unit(f"T{n}", 7, 7) for n in range(3)], evolve(ANY_GROUP, variant=variant))
    assert {told(score) for score in found.values()} == {("100.00", "0.00", None)}


@both_variants
def test_of_equally_good_practices_the_first_by_name_is_named(variant: EfficiencyVariant) -> None:
    units = [unit("T9", 100, 100), unit("T3", 50, 50), unit("T2", 50, 50)]
    assert told(scores(units, evolve(ANY_GROUP, variant=variant))["T9"]) == ("50.00", "50.00", "T2")


def test_other_groups_are_not_compared_with() -> None:
    found = scores([unit("T1", 1, group="b"), unit("T2", 2), unit("T3", 2, group="b")])
    assert told(found["T2"]) == ("100.00", "0.00", None)
    assert told(found["T3"]) == ("50.00", "50.00", "T1")


def test_shown_figures_are_rounded_once_from_the_exact_ones() -> None:
    found = scores([unit("T1", 2), unit("T2", 3)])["T2"]
    assert (found.exact_potential, found.exact_score) == (Fraction(100, 3), Fraction(200, 3))
    assert (found.potential, found.score) == (Ratio.of("33.33"), Ratio.of("66.67"))


def test_an_outlier_is_nobodys_peer_but_gets_a_score_of_its_own() -> None:
    units = [unit("T0", 1), *(unit(f"T{n}", 90 + n) for n in range(1, 9)), unit("T9", 999)]
    kept = scores(units, evolve(ANY_GROUP, minimum_peers=9))
    assert {score.peers for score in kept.values()} == {9}
    assert kept["T2"].best_practice == units[0]
    found = scores(units, EfficiencyMethod(minimum_peers=7))
    assert [name for name, score in found.items() if score.is_outlier] == ["T0", "T9"]
    assert {name: score.peers for name, score in found.items()} == {f"T{n}": 8 if n in (0, 9) else 7 for n in range(10)}
    assert found["T2"].best_practice == units[1]
    assert found["T9"].best_practice == units[1]
    assert told(found["T0"]) == ("100.00", "0.00", None)


def test_the_default_is_the_published_choice_among_at_least_30_peers_without_outliers() -> None:
    units = [unit(f"T{n:02}", 100 + n) for n in range(31)]
    assert {told(score)[2] for score in efficiency_scores(units)[1:]} == {"T00"}
    assert {score.no_score for score in efficiency_scores(units[:30])} == {NoScore.TOO_FEW_PEERS}


def test_no_units_have_no_scores() -> None:
    assert efficiency_scores([]) == ()


# Where there is no score


def test_too_few_peers_give_no_score_and_both_numbers_are_named() -> None:
    (found, *_) = efficiency_scores([unit("T1", 1), unit("T2", 2)], evolve(ANY_GROUP, minimum_peers=17))
    assert found.no_score is NoScore.TOO_FEW_PEERS
    assert told(found) == (None, None, None)
    assert (found.exact_score, found.exact_potential, found.savings) == (None, None, ())
    assert found.why is not None
    assert found.why.da == "For få sammenlignelige: 1, og der kræves mindst 17."
    assert found.why.en == "Too few peers: 1, and at least 17 are required."


@pytest.mark.parametrize(
    ("costs", "reason", "named"),
    [
        pytest.param((5, None, None), NoScore.COSTS_MISSING, "114, 115", id="missing costs"),
        pytest.param((-1, 5, -2), NoScore.COSTS_NEGATIVE, "109, 115", id="negative costs"),
        pytest.param((-1, None, 5), NoScore.COSTS_MISSING, "114.", id="what is missing is told first"),
    ],
)
def test_costs_that_cannot_be_compared_give_no_score_and_make_nobodys_peer(
    costs: tuple[Cost, ...], reason: NoScore, named: str
) -> None:
    found = scores([unit("T1", *costs), unit("T2", 9, 9, 9)])
    assert (found["T1"].no_score, found["T1"].peers, told(found["T1"])) == (reason, 1, (None, None, None))
    assert found["T1"].why is not None
    assert named in found["T1"].why.da
    assert named in found["T1"].why.en
    assert (found["T2"].peers, told(found["T2"])) == (0, ("100.00", "0.00", None))
    assert found["T2"].why is None


@pytest.mark.parametrize("reason", list(NoScore))
def test_every_reason_has_words_in_both_languages(reason: NoScore) -> None:
    why = EfficiencyScore(unit=unit("T1", None), peers=3, method=ANY_GROUP, no_score=reason).why
    assert why is not None
    assert why.da != why.en
    assert why.da.endswith(".")
    assert "{" not in why.da + why.en


def test_what_is_known_beforehand_to_be_unusable_keeps_its_reason() -> None:
    found = scores([evolve(unit("T1", 1), unusable=NoScore.NOT_TWELVE_MONTHS), unit("T2", 2)])
    assert found["T1"].no_score is NoScore.NOT_TWELVE_MONTHS
    assert (found["T2"].peers, found["T2"].best_practice) == (0, None)


@pytest.mark.parametrize(
    ("units", "why"),
    [
        pytest.param([unit("T1", 1), unit("T2", 1), unit("T1", 2)], "The unit T1 is there twice", id="twice"),
        pytest.param([unit("T1", 1), unit("T1", 1, group="b")], "T1 is there twice", id="twice, in two groups"),
        pytest.param([unit("T1", 1), unit("T2", 1, 2)], "the same cost accounts", id="other accounts"),
        pytest.param([unit("T1")], "the same cost accounts", id="no accounts"),
        pytest.param(
            [unit("T1", 1, 2), HomeCosts(unit="T2", group="b", costs={"114": 1, "109": 2})],
            "the same cost accounts",
            id="accounts in another order",
        ),
    ],
)
def test_units_that_cannot_be_told_apart_or_compared_are_refused(units: list[HomeCosts], why: str) -> None:
    with pytest.raises(InvalidValueError, match=why) as caught:
        efficiency_scores(units, ANY_GROUP)
    assert caught.value.hint.da
    assert caught.value.hint.en


# The level of an organisation


def test_the_level_is_the_mean_of_the_scores_and_counts_those_without_apart() -> None:
    found = efficiency_level(efficiency_scores([unit("T1", 2), unit("T2", 3), unit("T3", None)], ANY_GROUP))
    assert (found.exact, found.estates, found.without_score) == (Fraction(250, 3), 2, 1)
    assert found.score == Ratio.of("83.33")


def test_an_organisation_none_of_whose_estates_has_a_score_has_no_level() -> None:
    found = efficiency_level(efficiency_scores([unit("T1", None)], ANY_GROUP))
    assert (found.exact, found.score, found.estates, found.without_score) == (None, None, 0, 1)
    assert efficiency_level([]).score is None


@given(st.lists(st.fractions(0, 1000, max_denominator=60) | st.none(), max_size=12))
def test_the_level_is_that_of_plain_fractions(costs: list[Fraction | None]) -> None:
    given = efficiency_scores([unit(f"T{n}", cost) for n, cost in enumerate(costs)], ANY_GROUP)
    exact = [score.exact_score for score in given if score.exact_score is not None]
    found = efficiency_level(given)
    assert found.exact == (sum(exact, Fraction(0)) / len(exact) if exact else None)
    assert found.estates + found.without_score == len(given)


def test_no_result_holds_a_float(floats_in: FloatsIn) -> None:
    found = efficiency_scores([unit("T1", 2, 1), unit("T2", 3, 1), unit("T3", None, 1)], ANY_GROUP)
    shown = [(score.savings, score.exact_potential, score.exact_score, score.score) for score in found]
    assert floats_in([found, shown, efficiency_level(found)]) == []
