"""Figures are exact, stay within their unit, and are rounded once."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.values import (
    Area,
    Dkk,
    DkkPerHome,
    DkkPerSquareMetre,
    DkkPerUnit,
    Quantity,
    Ratio,
    TenancyUnits,
)

Refused = Callable[..., InvalidValueError]
CLASSES: tuple[type[Quantity], ...] = (
    Dkk,
    Area,
    Ratio,
    TenancyUnits,
    DkkPerSquareMetre,
    DkkPerUnit,
    DkkPerHome,
)
LARGEST = 2**63 - 1
kinds = st.sampled_from(CLASSES)
counts = st.integers(-LARGEST, LARGEST)
small = st.integers(-(10**9), 10**9)


@given(kinds, counts, counts)
def test_figures_are_ordered_like_their_values(kind: type[Quantity], one: int, other: int) -> None:
    assert (kind(one) < kind(other)) == (kind(one).as_fraction() < kind(other).as_fraction())
    assert (kind(one) == kind(other)) == (one == other)


@given(kinds, small, small, st.integers(-1000, 1000))
def test_arithmetic_is_that_of_whole_numbers(kind: type[Quantity], one: int, other: int, factor: int) -> None:
    assert kind(one) + kind(other) == kind(one + other)
    assert kind(one) - kind(other) == kind(one - other)
    assert kind(one) * factor == factor * kind(one) == kind(one * factor)
    assert -kind(one) == kind(-one)
    assert abs(kind(one)) == kind(abs(one))


@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.lt], ids=lambda f: f.__name__)
@pytest.mark.parametrize("other", [Area(1), 1, Decimal(1), 1.0], ids=repr)
def test_kroner_meet_only_kroner(operation: Callable[[object, object], object], other: object) -> None:
    with pytest.raises(TypeError):
        operation(Dkk(1), other)
    with pytest.raises(TypeError):
        operation(other, Dkk(1))


@pytest.mark.parametrize("factor", [1.5, True, Decimal(2), Fraction(1, 2), Dkk(1), "2"], ids=repr)
def test_figures_are_multiplied_by_whole_numbers_only(factor: object) -> None:
    with pytest.raises(TypeError):
        operator.mul(Dkk(100), factor)


def test_equal_counts_of_different_units_are_different() -> None:
    assert len({Dkk(1), Area(1), Dkk(1)}) == 2


def test_zero_is_a_value() -> None:
    assert bool(Dkk(0)) is True
    assert Dkk.of(0) == -Dkk(0)


@pytest.mark.parametrize("kind", CLASSES)
@pytest.mark.parametrize("count", [1.0, True, "1", None, Decimal(1), LARGEST + 1, -LARGEST - 1], ids=repr)
def test_a_count_is_a_whole_number_of_64_bits(kind: type[Quantity], count: int, refused: Refused) -> None:
    refused(kind, count)


@pytest.mark.parametrize(
    "overflow",
    [
        pytest.param(lambda: Dkk(LARGEST) + Dkk(1), id="a sum"),
        pytest.param(lambda: Dkk(-LARGEST) - Dkk(1), id="a difference"),
        pytest.param(lambda: Dkk(LARGEST) * 2, id="a product"),
        pytest.param(lambda: Dkk.rounded(10**20), id="a rounded value"),
    ],
)
def test_a_result_too_large_for_a_column_is_refused(overflow: Callable[[], Dkk], refused: Refused) -> None:
    refused(overflow)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(1, 200), "0.01"),
        (Fraction(-1, 200), "-0.01"),
        (Fraction(1, 201), "0.00"),
        (Fraction(5, 200), "0.03"),
        (Fraction(2, 3), "0.67"),
        (7, "7.00"),
    ],
)
def test_a_half_is_rounded_away_from_zero(value: Fraction | int, text: str) -> None:
    assert str(Dkk.rounded(value)) == text


@given(kinds, st.fractions(-(10**9), 10**9, max_denominator=10**6))
def test_rounding_agrees_with_the_half_up_of_decimal(kind: type[Quantity], value: Fraction) -> None:
    exact = Context(prec=60).divide(Decimal(value.numerator), Decimal(value.denominator))
    wanted = exact.quantize(Decimal(1).scaleb(-kind.decimals), rounding=ROUND_HALF_UP)
    assert kind.rounded(value) == kind.of(wanted)
    assert abs(kind.rounded(value).as_fraction() - value) <= Fraction(1, 2 * 10**kind.decimals)


def test_money_is_divided_by_area_units_and_homes() -> None:
    cost = Dkk.of("1000000.00")
    assert cost.per_area(Area.of("4313")) == DkkPerSquareMetre.of("231.86")
    assert cost.per_units(TenancyUnits.of("588.6")) == DkkPerUnit.of("1698.95")
    assert cost.per_homes(55) == DkkPerHome.of("18181.82")
    assert (-cost).per_homes(55) == DkkPerHome.of("-18181.82")


def test_nothing_is_divided_by_zero() -> None:
    assert Dkk.of(5).per_area(Area(0)) is None
    assert Dkk.of(5).per_units(TenancyUnits(0)) is None
    assert Dkk.of(5).per_homes(0) is None
    assert Ratio.share(5, 0) is None


def test_homes_are_counted_in_whole_numbers(refused: Refused) -> None:
    refused(Dkk.of(5).per_homes, 1.5)
    refused(Dkk.of(5).per_homes, True)


def test_a_published_rent_increase_is_reproduced() -> None:
    assert Ratio.share(1658, 62485 - 1658) == Ratio.of("2.73")


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_and_the_rest_make_the_whole(part: int, rest: int) -> None:
    share, remainder = Ratio.share(part, part + rest), Ratio.share(rest, part + rest)
    assert share is not None and remainder is not None
    assert abs((share + remainder).count - 100_00) <= 1


@pytest.mark.parametrize(("part", "whole"), [(1.0, 2), (1, 2.0), (True, 2), ("1", 2), (1, None)])
def test_a_share_is_of_whole_numbers(part: int, whole: int, refused: Refused) -> None:
    refused(Ratio.share, part, whole)


@pytest.mark.parametrize(
    ("homes", "premises", "garages", "units"),
    [
        pytest.param(55, [], 0, "55.0", id="55 homes are 55 units"),
        pytest.param(0, ["123.4"], 0, "3.0", id="123.4 m² of business is 3 begun 60 m²"),
        pytest.param(0, ["1324"], 0, "23.0", id="1,324 m² of institution is 23 begun 60 m²"),
        pytest.param(0, ["60"], 0, "1.0", id="exactly 60 m² is one unit"),
        pytest.param(0, ["60.01"], 0, "2.0", id="a little more than 60 m² begins another"),
        pytest.param(0, ["58.1"], 0, "1.0", id="less than 60 m² is a begun one"),
        pytest.param(0, ["61", "61"], 0, "4.0", id="each lease is counted for itself"),
        pytest.param(0, [], 19, "3.8", id="a garage is a fifth"),
        pytest.param(0, [], 0, "0.0", id="nothing is nothing"),
        pytest.param(10, ["59", "121"], 4, "14.8", id="all kinds together"),
    ],
)
def test_tenancy_units_follow_the_norm(homes: int, premises: list[str], garages: int, units: str) -> None:
    leases = [Area.of(lease) for lease in premises]
    assert TenancyUnits.by_norm(homes=homes, premises=leases, garages=garages) == TenancyUnits.of(units)
