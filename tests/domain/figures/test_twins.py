"""Twins are the nearest on declared variables; distances are exact, and every one is explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import sqrt
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from almenstyring.domain.certainty import Certainty
from almenstyring.domain.figures.twin_variables import Profile, TwinBasis, TwinVariable
from almenstyring.domain.figures.twins import MEASURE, MOST_TWINS, Twin, Twins, find_twins, square_root
from almenstyring.domain.organisations import Unit
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, LbfNumber, Number, Ratio

from .conftest import FloatsIn

NAMES = ("x", "y", "z")


def variable(name: str, **changes: Any) -> TwinVariable:
    made = TwinVariable(
        id=name,
        name=Text(f"Grad af {name}", f"Degree of {name}"),
        basis=TwinBasis.SOCIO_ECONOMIC,
        unit="pct",
        decimals=1,
        formula=f"reported.{name}",
        source="prøve",
        certainty=Certainty.PROJECT_AUTHORED,
    )
    return evolve(made, **changes)


X, Y, Z = VARIABLES = tuple(variable(name) for name in NAMES)


def profile(number: int, *values: Fraction | int | None, names: Sequence[str] = NAMES) -> Profile:
    """The estate of that number; what is None or left out is not known of it."""
    known = {name: Fraction(value) for name, value in zip(names, values, strict=False) if value is not None}
    return Profile(unit=EstateId.parse(f"T001-T{number:04}"), facts={}, reported=known)


values = st.integers(0, 3).map(Fraction) | st.fractions(-1000, 1000, max_denominator=30)  # some alike
rows = st.lists(st.tuples(values, values, values), min_size=1, max_size=9)
rows_with_gaps = st.lists(st.tuples(*[values | values | values | st.none()] * 3), min_size=1, max_size=9)


few = settings(max_examples=50)  # of up to nine units each, many of them alike


def profiles(rows: Sequence[Sequence[Fraction | None]]) -> list[Profile]:
    return [profile(number, *row) for number, row in enumerate(rows, 1)]


def distances(found: Twins) -> Mapping[Unit, Fraction]:
    return {twin.unit: twin.squared for twin in found.twins}


# Distances


def test_the_nearest_come_first_and_equal_distances_by_number() -> None:
    own = profile(5, 50)
    everybody = [own, profile(9, 60), profile(1, 100), profile(2, 40), profile(7, 50), profile(3, 0)]
    found = find_twins(own, everybody, [X])
    assert [str(twin.unit) for twin in found.twins] == [f"T001-T000{n}" for n in (7, 2, 9, 1, 3)]
    assert [twin.squared for twin in found.twins] == [0, *[Fraction(1, 100)] * 2, *[Fraction(1, 4)] * 2]
    assert [str(twin.distance) for twin in found.twins] == ["0", "0.1", "0.1", "0.5", "0.5"]


def test_a_difference_counts_by_the_range_of_all_compared_and_squares_are_added_up() -> None:
    own = profile(1, 10, 1000)
    found = find_twins(own, [profile(2, 13, 1400), profile(3, 20, 500)], [X, Y])
    assert distances(found) == {
        profile(2).unit: Fraction(3, 10) ** 2 + Fraction(400, 900) ** 2,
        profile(3).unit: 1 + Fraction(500, 900) ** 2,
    }


def test_a_unit_alone_at_both_ends_is_as_far_away_as_can_be() -> None:
    (twin,) = find_twins(profile(1, 0, 0, 0), [profile(2, 1, -5, 900)], VARIABLES).twins
    assert twin.squared == 3
    assert str(twin.distance) == "1.732"


def test_where_all_are_alike_in_a_variable_it_adds_nothing() -> None:
    (twin,) = find_twins(profile(1, 7, 1), [profile(2, 7, 2)], [X, Y]).twins
    assert [reason.squared for reason in twin.reasons] == [0, 1]


@few
@given(rows, st.integers(1, MOST_TWINS))
def test_distances_are_exact_and_rise_from_the_first_to_the_last(rows: list[tuple[Fraction, ...]], count: int) -> None:
    own, *others = everybody = profiles(rows)
    found = find_twins(own, everybody, VARIABLES, count)
    spans = [max(column) - min(column) for column in zip(*rows, strict=True)]

    def apart(one: Sequence[Fraction], other: Sequence[Fraction]) -> Fraction:
        parts = (((a - b) / span) ** 2 for a, b, span in zip(one, other, spans, strict=True) if span)
        return sum(parts, Fraction(0))

    expected = {other.unit: apart(rows[0], row) for other, row in zip(others, rows[1:], strict=True)}
    nearest = sorted(expected, key=lambda unit: (expected[unit], str(unit)))[:count]
    assert list(distances(found).items()) == [(unit, expected[unit]) for unit in nearest]
    assert all(0 <= twin.squared <= len(VARIABLES) for twin in found.twins)


@few
@given(rows)
def test_a_unit_is_never_its_own_twin_and_need_not_be_among_those_compared(rows: list[tuple[Fraction, ...]]) -> None:
    own, *others = everybody = profiles(rows)
    found = find_twins(own, everybody, VARIABLES, MOST_TWINS)
    assert own.unit not in distances(found)
    assert len(found.twins) == len(others)
    assert find_twins(own, others, VARIABLES, MOST_TWINS) == found


@few
@given(rows, st.sampled_from(NAMES), st.fractions(-100, 100, max_denominator=50).filter(bool), values)
def test_another_unit_of_measure_or_another_zero_makes_no_other_twins(
    rows: list[tuple[Fraction, ...]], name: str, factor: Fraction, shift: Fraction
) -> None:
    def measured(each: Profile) -> Profile:
        return evolve(each, reported={**each.reported, name: each.reported[name] * factor + shift})

    everybody = profiles(rows)
    converted = [measured(each) for each in everybody]
    found, again = (find_twins(given[0], given, VARIABLES, MOST_TWINS) for given in (everybody, converted))
    assert list(distances(again).items()) == list(distances(found).items())


@few
@given(rows_with_gaps, st.randoms(use_true_random=False))
def test_the_order_of_those_compared_changes_nothing(rows: list[tuple[Fraction | None, ...]], dice: Any) -> None:
    everybody = profiles(rows)
    shuffled = dice.sample(everybody, len(everybody))
    assert find_twins(everybody[0], shuffled, VARIABLES) == find_twins(everybody[0], everybody, VARIABLES)


@few
@given(rows, st.integers(1, MOST_TWINS - 1))
def test_one_twin_more_is_one_more_at_the_end(rows: list[tuple[Fraction, ...]], count: int) -> None:
    everybody = profiles(rows)
    fewer, more = (find_twins(everybody[0], everybody, VARIABLES, n).twins for n in (count, count + 1))
    assert more[:count] == fewer


@few
@given(rows)
def test_two_units_are_as_far_from_each_other_either_way(rows: list[tuple[Fraction, ...]]) -> None:
    everybody = profiles(rows)
    there = distances(find_twins(everybody[0], everybody, VARIABLES, MOST_TWINS))
    back = distances(find_twins(everybody[-1], everybody, VARIABLES, MOST_TWINS))
    assert there.get(everybody[-1].unit) == back.get(everybody[0].unit)


# Reasons


def test_every_variable_is_a_reason_with_both_values_its_part_and_its_share() -> None:
    own, other, third = profile(1, 10, Fraction(1, 3)), profile(2, 40, Fraction(1, 3)), profile(3, 110, 2)
    (twin, _) = find_twins(own, [other, third], [X, Y]).twins
    assert [reason.variable for reason in twin.reasons] == [X, Y]
    assert [f"{reason.own} {reason.other}" for reason in twin.reasons] == ["10 40", "0.3 0.3"]
    assert [reason.squared for reason in twin.reasons] == [Fraction(9, 100), 0]
    assert [reason.share for reason in twin.reasons] == [Ratio.of(100), Ratio.of(0)]
    assert twin.reasons[0].sentence.da == "Grad af x: 10 mod 40 (100,00 pct. af afstanden)"
    assert twin.reasons[1].sentence.en == "Degree of y: 0.3 against 0.3 (0.00% of the distance)"


def test_a_year_is_written_as_a_year_and_a_large_number_in_groups() -> None:
    year = variable("x", unit="year", decimals=0)
    (twin,) = find_twins(profile(1, 1950, 12345), [profile(2, 2001, 1)], [year, Y]).twins
    assert "1950 mod 2001" in twin.reasons[0].sentence.da
    assert "12.345 mod 1" in twin.reasons[1].sentence.da
    assert "12,345 against 1" in twin.reasons[1].sentence.en


def test_units_alike_in_everything_are_at_no_distance_and_no_reason_has_a_share() -> None:
    (twin,) = find_twins(profile(1, 1, 2, 3), [profile(2, 1, 2, 3)], VARIABLES).twins
    assert twin.squared == 0
    assert twin.distance == Number(0)
    assert {reason.share for reason in twin.reasons} == {Ratio.of(0)}


@few
@given(rows)
def test_the_parts_add_up_to_the_distance_and_the_shares_to_the_whole(rows: list[tuple[Fraction, ...]]) -> None:
    everybody = profiles(rows)
    for twin in find_twins(everybody[0], everybody, VARIABLES, MOST_TWINS).twins:
        assert sum(reason.squared for reason in twin.reasons) == twin.squared
        whole = sum((reason.share.as_fraction() for reason in twin.reasons), Fraction(0))
        assert abs(whole - (100 if twin.squared else 0)) <= Fraction(2, 100)


def test_the_measure_is_said_to_be_the_projects_own_in_both_languages() -> None:
    assert "projektets eget mål" in MEASURE.da
    assert "project's own measure" in MEASURE.en


# What is not known


def test_a_variable_not_known_of_the_unit_itself_is_used_for_nobody() -> None:
    found = find_twins(profile(1, 5, None), [profile(2, 6, 1), profile(3, 9, None)], [X, Y])
    assert (found.variables, found.unknown, found.left_out) == ((X,), (Y,), ())
    assert [len(twin.reasons) for twin in found.twins] == [1, 1]


def test_a_unit_that_lacks_a_variable_is_left_out_with_what_it_lacks_and_widens_no_range() -> None:
    own = profile(1, 0, 0, 0)
    everybody = [profile(9, 999, None, None), profile(3, 1, 1, 1), profile(4, 999, 1, None), profile(5, 2, 2, 2)]
    found = find_twins(own, everybody, VARIABLES)
    assert [(str(each.unit), each.lacks) for each in found.left_out] == [("T001-T0004", (Z,)), ("T001-T0009", (Y, Z))]
    assert distances(found) == {profile(3).unit: Fraction(3, 4), profile(5).unit: Fraction(3)}
    assert found.why_nobody is None


def test_where_nothing_is_known_of_the_unit_it_has_no_twins_and_says_why() -> None:
    found = find_twins(profile(1), [profile(2, 1, 1, 1), profile(3)], VARIABLES)
    assert (found.twins, found.left_out, found.variables, found.unknown) == ((), (), (), VARIABLES)
    assert found.why_nobody is not None
    assert found.why_nobody.da == "Ingen af variablene kendes for T001-T0001."
    assert found.why_nobody.en == "None of the variables is known of T001-T0001."


@pytest.mark.parametrize("everybody", [[], [profile(1, 1)], [profile(2)]], ids=["nobody", "itself", "no values"])
def test_where_nobody_else_can_be_compared_there_are_no_twins(everybody: list[Profile]) -> None:
    found = find_twins(profile(1, 1), everybody, [X])
    assert found.twins == ()
    assert found.why_nobody == Text("Ingen andre har alle variable.", "Nobody else has all variables.")


@few
@given(rows_with_gaps)
def test_everybody_else_is_a_twin_or_left_out_for_what_it_lacks(rows: list[tuple[Fraction | None, ...]]) -> None:
    own, *others = everybody = profiles(rows)
    found = find_twins(own, everybody, VARIABLES, MOST_TWINS)
    assert {*found.variables, *found.unknown} == set(VARIABLES)
    lacking = {each.unit: each.lacks for each in found.left_out}
    for other in others if found.variables else ():
        assert lacking.get(other.unit, ()) == tuple(v for v in found.variables if v.id not in other.reported)
        assert (other.unit in distances(found)) is (other.unit not in lacking)


# What is refused


@pytest.mark.parametrize("count", [0, -1, 21, 2.0, True, "5", None])
def test_there_are_one_to_twenty_twins(count: Any, refused: Any) -> None:
    error = refused(find_twins, profile(1, 1), [profile(2, 2)], [X], count)
    assert str(MOST_TWINS) in error.hint.en


def test_five_are_found_unless_more_are_asked_for() -> None:
    everybody = [profile(n, n) for n in range(1, 31)]
    assert len(find_twins(everybody[0], everybody, [X]).twins) == 5
    assert len(find_twins(everybody[0], everybody, [X], 20).twins) == 20
    assert len(find_twins(everybody[0], everybody, [X], 1).twins) == 1


def test_a_unit_that_is_there_twice_is_refused_even_if_it_is_the_unit_itself(refused: Any) -> None:
    own = profile(1, 1)
    for twice in (own, profile(2, 2)):
        error = refused(find_twins, own, [profile(3, 3), twice, twice], [X])
        assert str(twice.unit) in error.message.en


def test_estates_and_organisations_are_no_twins(refused: Any) -> None:
    organisation = Profile(unit=LbfNumber("T002"), facts={}, reported={"x": Fraction(1)})
    assert "T002" in refused(find_twins, profile(1, 1), [organisation], [X]).message.en
    assert "T001-T0001" in refused(find_twins, organisation, [profile(1, 1)], [X]).message.en


# Exactness


@given(st.fractions(0, 10**6), st.integers(0, 6))
def test_a_square_root_is_the_nearest_number_of_so_many_decimals(value: Fraction, decimals: int) -> None:
    found, half = square_root(value, decimals).as_fraction(), Fraction(1, 2 * 10**decimals)
    assert max(found - half, Fraction(0)) ** 2 <= value < (found + half) ** 2
    assert float(found) == pytest.approx(sqrt(value), abs=float(half) * 1.001)


def test_the_half_of_a_square_root_goes_up() -> None:
    assert [str(square_root(Fraction(n, 4), 0)) for n in (0, 1, 2, 9)] == ["0", "1", "1", "2"]


@few
@given(rows_with_gaps)
def test_no_result_holds_a_float(floats_in: FloatsIn, rows: list[tuple[Fraction | None, ...]]) -> None:
    everybody = profiles(rows)
    found = find_twins(everybody[0], everybody, VARIABLES)
    shown: list[Twin | Number] = [each for twin in found.twins for each in (twin, twin.distance)]
    assert floats_in([found, shown]) == []
