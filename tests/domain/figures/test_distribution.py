"""A distribution tells how peers lie, hides small groups, and puts nobody in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.content import load_references
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.figures.distribution import (
    FOR_EFFICIENCY,
    FOR_RESIDENT_DATA,
    SMALL_GROUPS,
    Band,
    Distribution,
    Minimum,
    Subject,
)
from almenstyring.domain.figures.exact import Exact
from almenstyring.domain.figures.key_figures import Weighting
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.figures.quantiles import QuantileMethod
from almenstyring.domain.figures.sample import Observation, Sample
from almenstyring.domain.values import EstateId, EstateNumber, LbfNumber, Number, Ratio

SUBJECT = Subject(figure="rent_per_m2", group="region", year=ReportYear(2026))
ANY_SIZE = Minimum(members=1)
EQUAL = Weighting.EQUAL


def estate(number: int) -> EstateId:
    return EstateId(LbfNumber("T001"), EstateNumber(f"T{number:04}"))


def sample(values: Iterable[Exact | None], **named: Any) -> Sample:
    """The estates T0001, T0002 … with these figures, all of weight 1."""
    observations = [Observation(unit=estate(n), value=value, weight=1) for n, value in enumerate(values, 1)]
    return Sample(subject=SUBJECT, observations=observations, **{"minimum": ANY_SIZE, **named})


def distribution(values: Iterable[Exact | None], **named: Any) -> Distribution:
    return sample(values, **named).distribution(decimals=2)


def walked(thing: object) -> Iterator[object]:
    """Everything inside a result."""
    yield thing
    kind: Any = type(thing)
    inside: Iterable[object] = ()
    if attrs.has(kind):
        inside = (getattr(thing, each.name) for each in attrs.fields(kind))
    elif isinstance(thing, Mapping):
        inside = (*thing.keys(), *thing.values())
    elif isinstance(thing, tuple | frozenset):
        inside = thing
    for each in inside:
        yield from walked(each)


figures = st.lists(
    st.none() | st.integers(-5, 5) | st.fractions(-(10**6), 10**6, max_denominator=997), min_size=1, max_size=30
)


# What is told


def test_a_distribution_tells_what_it_is_of_and_how_it_was_made() -> None:
    found = distribution([10, 20, None, 30, 40], method=QuantileMethod.HAZEN)
    assert (found.subject, found.method, found.weighting, found.decimals) == (
        SUBJECT,
        QuantileMethod.HAZEN,
        Weighting.RATIO_OF_SUMS,
        2,
    )
    assert (found.n, found.missing, found.left_out) == (4, 1, 0)
    assert found.mean == Number.of(25)
    assert found.quantiles is not None
    assert [str(number) for number in attrs.astuple(found.quantiles, recurse=False)] == ["10", "15", "25", "35", "40"]


@given(figures, st.sampled_from(QuantileMethod))
def test_the_quantiles_are_those_of_numpy_rounded_once(values: list[Exact | None], method: QuantileMethod) -> None:
    known = [float(value) for value in values if value is not None]
    found = sample(values, method=method).distribution(decimals=6).quantiles
    if not known:
        assert found is None
        return
    assert found is not None
    shown = [float(number.as_fraction()) for number in (found.q1, found.median, found.q3)]
    assert shown == pytest.approx(np.quantile(known, [0.25, 0.5, 0.75], method=method.value), abs=1e-6)


def test_what_is_shown_is_rounded_half_away_from_zero() -> None:
    found = sample([Fraction(5, 2)]).distribution(decimals=0)
    assert found.mean == Number(3)
    below_zero = sample([Fraction(-5, 2)]).distribution(decimals=0)
    assert below_zero.mean == Number(-3)


@given(figures)
def test_no_result_holds_a_float(values: list[Exact | None]) -> None:
    made = sample(values)
    results = [made.distribution(decimals=2), *(made.place_of(estate(n)) for n in range(1, len(values) + 1))]
    assert not [thing for result in results for thing in walked(result) if isinstance(thing, float)]


@given(figures, st.randoms())
def test_the_order_of_the_members_changes_nothing(values: list[Exact | None], random: Any) -> None:
    shuffled = list(values)
    random.shuffle(shuffled)
    assert distribution(values) == distribution(shuffled)


@pytest.mark.parametrize("decimals", [-1, 7, 2.0, True])
def test_figures_have_none_to_six_decimals(decimals: Any, refused: Any) -> None:
    refused(sample([1]).distribution, decimals=decimals)


# The mean


def test_a_ratio_of_sums_is_all_that_is_paid_over_all_that_it_is_paid_for() -> None:
    """1,000 kr. on 10 m² and 3,000 kr. on 90 m² are 40 kr. per m², not the 66.67 of the two means."""
    observations = [
        Observation(unit=estate(1), value=Fraction(1000, 10), weight=10),
        Observation(unit=estate(2), value=Fraction(3000, 90), weight=90),
    ]
    made = Sample(subject=SUBJECT, observations=observations, minimum=ANY_SIZE)
    assert made.distribution(decimals=2).mean == Number.of(40)
    assert made.distribution(decimals=2, weighting=EQUAL).mean == Number.of("66.67")


def test_the_published_rents_of_the_municipalities_have_the_computed_mean_and_quartiles() -> None:
    """98 municipal rents of 2026 (Landsbyggefonden, Huslejestatistik 2026, table 7): the figures computed from them."""
    rows = [row for row in load_references().municipalities if row.rent is not None and row.code.can_supervise]
    observations = [
        Observation(
            unit=estate(n),
            value=row.rent.as_fraction(),
            weight=row.population * row.social_share.as_fraction(),
        )
        for n, row in enumerate(rows, 1)
        if row.rent and row.social_share
    ]
    made = Sample(subject=SUBJECT, observations=observations)
    found = made.distribution(decimals=0)
    assert found.n == 98
    assert found.quantiles is not None
    assert [found.quantiles.q1, found.quantiles.median, found.quantiles.q3] == [Number(861), Number(923), Number(1039)]
    assert found.mean == Number(965)
    assert made.distribution(decimals=0, weighting=EQUAL).mean == Number(951)


def test_a_ratio_of_sums_needs_the_weight_of_every_figure(refused: Any) -> None:
    observations = [Observation(unit=estate(1), value=1), Observation(unit=estate(2), value=None)]
    made = Sample(subject=SUBJECT, observations=observations, minimum=ANY_SIZE)
    assert "T001-T0001" in refused(made.distribution, decimals=0).message.en
    assert made.distribution(decimals=0, weighting=EQUAL).mean == Number(1)


def test_weights_of_nothing_give_no_mean() -> None:
    made = Sample(
        subject=SUBJECT, observations=[Observation(unit=estate(1), value=5, weight=0)], minimum=ANY_SIZE
    ).distribution(decimals=0)
    assert made.mean is None
    assert made.quantiles is not None


@pytest.mark.parametrize("wrong", [{"value": 1.5}, {"value": 1, "weight": 0.5}, {"value": 1, "weight": -1}])
def test_an_observation_is_exact_and_has_no_negative_weight(wrong: Any, refused: Any) -> None:
    refused(Observation, unit=estate(1), **wrong)


def test_nobody_is_counted_twice(refused: Any) -> None:
    twice = [Observation(unit=estate(1), value=1), Observation(unit=estate(1), value=None)]
    refused(Sample, subject=SUBJECT, observations=twice)


# How firm it is


@pytest.mark.parametrize(
    ("statuses", "whole"),
    [
        (["final", "final"], "final"),
        (["corrected", "final"], "final"),
        (["provisional", "final"], "provisional"),
        (["provisional", "projected", "final"], "projected"),
    ],
    ids=" ".join,
)
def test_the_whole_is_as_firm_as_its_least_firm_member(statuses: list[str], whole: str) -> None:
    observations = [
        Observation(unit=estate(n), value=n, weight=1, status=FigureStatus(status))
        for n, status in enumerate(statuses, 1)
    ]
    absent = Observation(unit=estate(99), value=None, status=FigureStatus.PROJECTED)
    found = Sample(subject=SUBJECT, observations=[*observations, absent], minimum=ANY_SIZE).distribution(decimals=0)
    assert found.status is FigureStatus(whole)


# Small groups


@pytest.mark.parametrize("minimum", [SMALL_GROUPS, FOR_EFFICIENCY], ids=["5 members", "30 members"])
def test_a_group_is_shown_from_the_least_number_of_members_on(minimum: Minimum) -> None:
    enough = sample(range(minimum.members), minimum=minimum)
    assert enough.distribution(decimals=0).suppressed is None
    assert enough.place_of(estate(1)) is not None

    too_few = sample([*range(minimum.members - 1), None], minimum=minimum)
    hidden = too_few.distribution(decimals=0)
    assert (hidden.mean, hidden.quantiles, too_few.place_of(estate(1))) == (None, None, None)
    assert (hidden.n, hidden.missing) == (minimum.members - 1, 1)
    assert hidden.suppressed is not None
    for words in (hidden.suppressed.da, hidden.suppressed.en):
        assert str(minimum.members) in words
        assert str(minimum.members - 1) in words


def test_the_least_and_the_greatest_figure_are_never_shown() -> None:
    found = distribution([*range(100, 200), 999_999])
    assert Number(999_999) not in list(walked(found))


def test_estates_with_few_residents_are_left_out_of_what_is_told_of_residents() -> None:
    residents = [100, 99, None, 250, 100, 400, 100]
    observations = [Observation(unit=estate(n), value=n, residents=count) for n, count in enumerate(residents, 1)]
    made = Sample(subject=SUBJECT, observations=observations, minimum=FOR_RESIDENT_DATA)
    found = made.distribution(decimals=0, weighting=EQUAL)
    assert (found.n, found.left_out) == (5, 2)
    assert found.mean == Number.of(5)  # of 1, 4, 5, 6 and 7: 4.6
    assert made.place_of(estate(2)) is None
    assert made.place_of(estate(3)) is None


@pytest.mark.parametrize("wrong", [{"members": 0}, {"members": 2.5}, {"residents": -1}])
def test_a_minimum_is_a_whole_number(wrong: Any, refused: Any) -> None:
    refused(Minimum, **wrong)


# Where a unit lies


@pytest.mark.parametrize(
    ("values", "percentiles"),
    [
        ([7], ["50.00"]),
        ([1, 2], ["25.00", "75.00"]),
        ([5, 5, 5, 5], ["50.00"] * 4),
        ([1, 2, 2, 3], ["12.50", "50.00", "50.00", "87.50"]),
        ([1, None, 2, 3], ["16.67", None, "50.00", "83.33"]),
    ],
    ids=str,
)
def test_a_percentile_is_the_share_below_and_half_of_the_equals(
    values: list[int | None], percentiles: list[str | None]
) -> None:
    made = sample(values)
    places = [made.place_of(estate(n)) for n in range(1, len(values) + 1)]
    assert [str(place.percentile) if place else None for place in places] == percentiles


@given(st.lists(st.integers(-3, 3) | st.fractions(max_denominator=9), min_size=1, max_size=20))
def test_the_mean_of_all_percentiles_is_fifty(values: list[Exact]) -> None:
    made = sample(values)
    places = [made.place_of(estate(n)) for n in range(1, len(values) + 1)]
    total = sum((place.percentile.as_fraction() for place in places if place), Fraction(0))
    assert abs(total / len(values) - 50) <= Ratio(1).as_fraction()


def test_a_place_is_told_in_words_and_from_the_exact_figures() -> None:
    made = sample(range(11))  # the quantiles are 1, 2.5, 5, 7.5 and 9
    bands = [place.band for n in range(1, 12) if (place := made.place_of(estate(n)))]
    assert bands == [
        Band.BELOW_P10,
        Band.P10_TO_Q1,
        Band.P10_TO_Q1,
        *[Band.MIDDLE_HALF] * 5,
        Band.Q3_TO_P90,
        Band.Q3_TO_P90,
        Band.ABOVE_P90,
    ]
    sentences = {(band.sentence.da, band.sentence.en) for band in Band}
    assert len(sentences) == len(Band)


@given(st.integers(-5, 5), st.integers(1, 9))
def test_where_all_are_alike_everybody_is_in_the_middle(value: int, count: int) -> None:
    place = sample([value] * count).place_of(estate(1))
    assert place is not None
    assert (place.percentile, place.band) == (Ratio.of(50), Band.MIDDLE_HALF)


def test_who_is_not_in_the_group_has_no_place_in_it() -> None:
    assert sample([1, 2]).place_of(estate(3)) is None
