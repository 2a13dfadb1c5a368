"""A bare number equals every other way of writing it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.values import Dkk, Number

Refused = Callable[..., InvalidValueError]
numbers = st.builds(Number, st.integers(-(2**63) + 1, 2**63 - 1), st.integers(0, 6))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("85.50", "85.5"),
        ("85", "85"),
        ("-0.0", "0"),
        ("100", "100"),
        ("1.230", "1.23"),
        ("0.1234560000", "0.123456"),
        (12, "12"),
        (Decimal("85.5"), "85.5"),
        (Decimal("1E+2"), "100"),
        (Decimal("100.00"), "100"),
    ],
)
def test_a_number_has_one_form(value: str | int | Decimal, text: str) -> None:
    assert str(Number.of(value)) == text
    assert Number.of(value) == Number.of(text)
    assert hash(Number.of(value)) == hash(Number.of(text))


@pytest.mark.parametrize(
    "value", ["0.1234567", Decimal("1E-7"), "1e3", "NaN", Decimal("NaN"), 8.5, True, None, "", "8,5", 2**63, "9" * 41]
)
def test_what_is_no_exact_number_is_refused(value: str, refused: Refused) -> None:
    refused(Number.of, value)


@pytest.mark.parametrize("parts", [(1.0, 0), (True, 0), (1, 1.0), (1, -1), (1, 7), (1, 10**12), (2**63, 0)], ids=repr)
def test_the_parts_of_a_number_are_checked(parts: tuple[int, int], refused: Refused) -> None:
    refused(Number, *parts)


def test_zero_has_no_decimals_however_it_is_made() -> None:
    assert Number(0, 10**12) == Number(0) == Number.of("0.000000")


def test_a_number_is_read_and_shown_in_danish() -> None:
    assert Number.parse_danish("1.085,50") == Number.of("1085.5")
    assert Number.of("-1085.5").display("da") == "-1.085,5"
    assert Number.of("-1085.5").display("en") == "-1,085.5"


def test_danish_notation_of_a_number_is_strict(refused: Refused) -> None:
    refused(Number.parse_danish, "85.5")


@given(numbers)
def test_a_number_reads_back_what_it_wrote(number: Number) -> None:
    assert Number.of(str(number)) == number
    assert Number.parse_danish(number.display("da")) == number
    assert Number(number.count, number.decimals) == number


@given(numbers, numbers)
def test_numbers_are_ordered_by_value(one: Number, other: Number) -> None:
    assert (one < other) == (one.as_fraction() < other.as_fraction())
    assert (one >= other) == (one.as_fraction() >= other.as_fraction())
    assert (one == other) == (one.as_fraction() == other.as_fraction())


def test_a_number_is_not_compared_with_another_kind_of_figure() -> None:
    assert len({Number(100), Dkk(100)}) == 2
    with pytest.raises(TypeError):
        _ = Number.of(1) < 2  # type: ignore[operator]
