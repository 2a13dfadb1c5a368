"""What moved at recomputation is told part by part, and only of distributions made alike."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.figures.distribution import Distribution, Minimum, Subject
from almenstyring.domain.figures.key_figures import Weighting
from almenstyring.domain.figures.quantiles import QuantileMethod
from almenstyring.domain.figures.recomputation import Movement, moved
from almenstyring.domain.figures.sample import Observation, Sample
from almenstyring.domain.values import LbfNumber, Number

SUBJECT = Subject(figure="rent_per_m2", group="region", year=ReportYear(2026))


def made(*values: int | Fraction | None, decimals: int = 1) -> Distribution:
    observations = [Observation(unit=LbfNumber(f"T{n:03}"), value=value, weight=1) for n, value in enumerate(values, 1)]
    return Sample(subject=SUBJECT, observations=observations).distribution(decimals=decimals)


def test_nothing_moves_when_the_same_is_computed_again() -> None:
    assert moved(made(1, 2, 3, 4, 5), made(5, 4, 3, 2, 1)) == ()


def test_every_part_that_moved_is_told_with_both_figures_and_the_change() -> None:
    movements = moved(made(800, 900, 1000, 1100, 1200, None), made(800, 900, 1000, 1100, 1200, 1300))
    assert [(each.part, str(each.old), str(each.new), str(each.change)) for each in movements] == [
        ("n", "5", "6", "1"),
        ("missing", "1", "0", "-1"),
        ("mean", "1000", "1050", "50"),
        ("p10", "840", "850", "10"),
        ("q1", "900", "925", "25"),
        ("median", "1000", "1050", "50"),
        ("q3", "1100", "1175", "75"),
        ("p90", "1160", "1250", "90"),
    ]
    assert movements[2].sentence.da == "Gennemsnit: 1.000 er nu 1.050."
    assert movements[2].sentence.en == "Mean: 1,000 is now 1,050."


def test_only_what_moved_is_told() -> None:
    movements = moved(made(1, 2, 3, 4, 5, 6, 7, 8, 9), made(1, 2, 3, 4, 5, 6, 7, 8, 19))
    assert [each.part for each in movements] == ["mean", "p90"]


def test_a_move_that_rounding_hides_is_none() -> None:
    exact = made(1, 2, 3, 4, 5)
    assert moved(exact, made(1, 2, 3, 4, Fraction(501, 100))) == ()
    assert moved(made(1, 2, 3, 4, 5, decimals=3), made(1, 2, 3, 4, Fraction(501, 100), decimals=3))


def test_a_group_that_became_too_small_or_large_enough_is_told() -> None:
    large, small = made(1, 2, 3, 4, 5), made(1, 2, 3, 4, None)
    hidden = {each.part: each for each in moved(large, small)}["median"]
    assert (hidden.old, hidden.new, hidden.change) == (Number(3), None, None)
    assert hidden.sentence.en == "Median: no longer shown, was 3."
    shown = {each.part: each for each in moved(small, large)}["median"]
    assert shown.sentence.da == "Median: vises nu, 3."


def test_every_part_has_a_sentence() -> None:
    few, many = made(1, 2, 3, 4, 5), made(11, 12, 13, 14, 15, None)
    parts = [*moved(few, many), Movement(part="left_out", old=Number(0), new=Number(1))]
    assert len({each.sentence.da for each in parts}) == len(parts) == 8


@pytest.mark.parametrize(
    "other",
    [
        {"subject": evolve(SUBJECT, year=ReportYear(2027))},
        {"method": QuantileMethod.WEIBULL},
        {"weighting": Weighting.EQUAL},
        {"decimals": 2},
        {"minimum": Minimum(members=4)},
    ],
    ids=lambda other: next(iter(other)),
)
def test_what_was_made_otherwise_is_not_compared(other: Any, refused: Any) -> None:
    distribution = made(1, 2, 3, 4, 5)
    assert refused(moved, distribution, evolve(distribution, **other)).context["name"] in other
