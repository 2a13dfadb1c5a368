"""Only the red limit is official; red in the three latest accounts is what official scores alone can say."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.figures.colours import (
    RED_ACCOUNTS,
    RED_BELOW,
    ColourLimits,
    EfficiencyColour,
    OfficialScore,
    red_in_latest,
)
from almenstyring.domain.values import EstateId, Number

RED, YELLOW, GREEN = EfficiencyColour
UNIT, OTHER = EstateId.parse("T001-T0101"), EstateId.parse("T001-T0201")
scores = st.integers(0, 10_000).map(lambda count: Number(count, 2))


def official(year: int, score: Number, unit: EstateId = UNIT) -> OfficialScore:
    return OfficialScore(unit=unit, accounting_year=year, score=score)


def series(*scores: str | None, until: int = 2025) -> list[OfficialScore]:
    """The official scores of the years up to ``until``; None leaves a gap."""
    first = until - len(scores) + 1
    return [official(year, Number.of(score)) for year, score in enumerate(scores, first) if score is not None]


# Colours


@pytest.mark.parametrize(
    ("score", "colour"),
    [
        pytest.param(Fraction(0), RED, id="nothing"),
        pytest.param(Fraction(69_999_999, 1_000_000), RED, id="just below 70"),
        pytest.param(70, YELLOW, id="70 is not red"),
        pytest.param(Fraction(84_999_999, 1_000_000), YELLOW, id="just below 85"),
        pytest.param(85, GREEN, id="85 is green"),
        pytest.param(100, GREEN, id="the highest"),
    ],
)
def test_the_colour_changes_at_70_and_85_before_any_rounding(score: Fraction | int, colour: EfficiencyColour) -> None:
    assert ColourLimits().colour(score) is colour


@given(scores, scores, scores, scores)
def test_a_higher_score_never_has_a_worse_colour(one: Number, other: Number, red: Number, green: Number) -> None:
    limits = ColourLimits(red_below=min(red, green), green_from=max(red, green))
    colours = [limits.colour(score.as_fraction()) for score in sorted((one, other))]
    assert colours == sorted(colours, key=list(EfficiencyColour).index)


def test_without_any_yellow_between_them_red_goes_straight_to_green() -> None:
    limits = ColourLimits(red_below=Number(80), green_from=Number(80))
    assert {limits.colour(score) for score in range(101)} == {RED, GREEN}
    assert (limits.colour(79), limits.colour(80)) == (RED, GREEN)


@pytest.mark.parametrize(
    ("red_below", "green_from"),
    [
        pytest.param(Number(70), Number.of("69.9"), id="green below the official limit"),
        pytest.param(Number(90), Number(85), id="a red limit above the usual green one"),
    ],
)
def test_green_does_not_begin_below_red(red_below: Number, green_from: Number, refused: Any) -> None:
    error = refused(ColourLimits, red_below=red_below, green_from=green_from)
    assert str(green_from) in error.message.en


def test_only_red_at_the_published_limit_is_official() -> None:
    own, others = ColourLimits(green_from=Number(90)), ColourLimits(red_below=Number(60))
    assert [own.certainty(colour) for colour in EfficiencyColour] == [
        Certainty.OFFICIAL,
        Certainty.PROJECT_AUTHORED,
        Certainty.PROJECT_AUTHORED,
    ]
    assert {others.certainty(colour) for colour in EfficiencyColour} == {Certainty.PROJECT_AUTHORED}
    assert Number(70) == RED_BELOW


# Red in the latest accounts


@pytest.mark.parametrize(
    ("known", "is_red"),
    [
        pytest.param(("69.9", "50", "0"), True, id="red three times"),
        pytest.param(("99", "69", "69", "69"), True, id="what is older does not count"),
        pytest.param((None, "69", "69", "69"), True, id="nor does an older gap"),
        pytest.param(("69", "70", "69"), False, id="70 is not red"),
        pytest.param(("69", None, "69"), None, id="a gap is no redness"),
        pytest.param((None, "69", "69"), None, id="too short a series"),
        pytest.param(("69", None, "71"), False, id="not red, whatever is in the gap"),
        pytest.param(("71", None, None), False, id="not red in the oldest that counts"),
        pytest.param((), None, id="nothing is known"),
    ],
)
def test_an_estate_is_red_only_if_all_of_the_three_latest_accounts_say_so(
    known: tuple[str | None, ...], is_red: bool | None
) -> None:
    assert red_in_latest(series(*known), 2025) is is_red


def test_scores_of_later_accounts_do_not_count() -> None:
    assert red_in_latest(series("60", "60", "60", "99", until=2026), 2025) is True
    assert red_in_latest(series("60", "60", "60"), 2026) is None
    assert red_in_latest(series("60", "60", "60"), 2029) is None


def test_how_many_accounts_count_may_be_asked_otherwise() -> None:
    assert RED_ACCOUNTS == 3
    assert red_in_latest(series("75", "65", "65"), 2025, accounts=2) is True
    assert red_in_latest(series("65", "65", "65"), 2025, accounts=4) is None


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param([official(2025, Number(60)), official(2025, Number(60))], id="two scores of a year"),
        pytest.param([official(2024, Number(60)), official(2025, Number(60), OTHER)], id="two units"),
    ],
)
def test_a_series_is_one_units_with_one_score_a_year(wrong: Iterable[OfficialScore]) -> None:
    with pytest.raises(InvalidValueError) as caught:
        red_in_latest(iter(wrong), 2025)
    assert caught.value.message.da != caught.value.message.en
    assert caught.value.hint.da != caught.value.hint.en


known_years = st.dictionaries(st.integers(2018, 2027), st.integers(60, 80).map(Number))


@given(known_years, st.integers(2018, 2028), st.integers(1, 5), st.randoms(use_true_random=False))
def test_it_is_what_the_years_that_count_say_in_any_order(
    known: dict[int, Number], latest: int, accounts: int, dice: Any
) -> None:
    given = [official(year, score) for year, score in known.items()]
    years = [latest - back for back in range(accounts)]
    found = red_in_latest(dice.sample(given, len(given)), latest, accounts=accounts)
    assert (found is False) is any(known[year] >= RED_BELOW for year in years if year in known)
    assert (found is True) is all(year in known and known[year] < RED_BELOW for year in years)


@given(known_years, st.integers(2018, 2027))
def test_one_score_more_settles_a_doubt_and_never_changes_what_was_sure(known: dict[int, Number], latest: int) -> None:
    given = [official(year, score) for year, score in known.items()]
    before = red_in_latest(given, latest)
    for year in set(range(2015, 2028)) - known.keys():
        after = red_in_latest([*given, official(year, Number(65))], latest)
        assert after is before or before is None


@given(scores)
def test_an_official_score_is_red_where_its_colour_is(score: Number) -> None:
    assert official(2025, score).is_red is (ColourLimits().colour(score.as_fraction()) is RED)
