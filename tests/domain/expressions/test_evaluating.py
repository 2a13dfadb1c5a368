"""What expressions come to: exact numbers, three-valued logic, and missing as a value of its own."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.expressions import Expression, Reference, Value

TRUTHS = (True, False, None)
A, B, C = 'answer["a"]', 'answer["b"]', 'answer["c"]'


def value(text: str, **known: Value | None) -> Value | None:
    return Expression.read(text).value(lambda reference: known.get(reference.key))


def kleene_and(*values: bool | None) -> bool | None:
    return False if False in values else None if None in values else True


def kleene_or(*values: bool | None) -> bool | None:
    return True if True in values else None if None in values else False


@pytest.mark.parametrize(("a", "b"), list(product(TRUTHS, TRUTHS)))
def test_and_or_and_not_follow_three_valued_logic(a: bool | None, b: bool | None) -> None:
    assert value(f"{A} and {B}", a=a, b=b) is kleene_and(a, b)
    assert value(f"{A} or {B}", a=a, b=b) is kleene_or(a, b)
    assert value(f"not {A}", a=a) is (None if a is None else not a)
    assert value(f"not ({A} and {B})", a=a, b=b) is value(f"not {A} or not {B}", a=a, b=b)
    for c in TRUTHS:
        assert value(f"{A} and {B} and {C}", a=a, b=b, c=c) is kleene_and(a, b, c)
        assert value(f"{A} or {B} or {C}", a=a, b=b, c=c) is kleene_or(a, b, c)


THE_TABLE = {
    (True, True): (True, True), (True, False): (False, True), (True, None): (None, True),
    (False, True): (False, True), (False, False): (False, False), (False, None): (False, None),
    (None, True): (None, True), (None, False): (False, None), (None, None): (None, None),
}  # fmt: skip
"""Kleene's strong tables of "and" and "or", written out."""


@pytest.mark.parametrize(("case", "wanted"), THE_TABLE.items())
def test_the_truth_tables_are_kleenes(
    case: tuple[bool | None, bool | None], wanted: tuple[bool | None, bool | None]
) -> None:
    a, b = case
    assert (value(f"{A} and {B}", a=a, b=b), value(f"{A} or {B}", a=a, b=b)) == wanted


@pytest.mark.parametrize(
    "text",
    [f"{A} {operator} 2" for operator in ("+", "-", "*", "/", "==", "!=", "<", "<=", ">", ">=")]
    + [f"-{A}", f"abs({A})", f"percent({A})", f"min({A}, 2)", f"max(2, {A})", f'{A} in ("x",)', f"1 if {A} else 2",
       f"sum({A})", f"coalesce({A}, {B})", f"not {A}"],
)  # fmt: skip
def test_with_something_missing_it_is_missing(text: str) -> None:
    assert value(text) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1 / 3", Fraction(1, 3)),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("7 - 10", Fraction(-3)),
        ("percent(1 / 8)", Fraction(25, 2)),
        ("-2 * 3", Fraction(-6)),
        ("abs(2 - 5)", Fraction(3)),
        ("min(3, 2, 4)", Fraction(2)),
        ("max(3, 2, 4)", Fraction(4)),
        (f"sum(1, {A}, 2)", Fraction(3)),
        (f"coalesce({A}, 5, 6)", Fraction(5)),
        (f"missing({A})", True),
        ("missing(0)", False),
        ("missing(1 / 0)", True),
        ("1 / 0", None),
        ("1 < 2", True),
        ("2 <= 2", True),
        ("2 > 2", False),
        ("2 >= 2", True),
        ("2 != 2", False),
        ('"a" == "a"', True),
        ('"a" in ("b", "a")', True),
        ('"c" in ("b", "a")', False),
        ("1 if 2 > 1 else 1 / 0", Fraction(1)),
    ],
)
def test_what_it_comes_to_is_exact(text: str, wanted: Value | None) -> None:
    found = value(text)
    assert found == wanted
    assert type(found) is type(wanted)


@given(*(st.none() | st.fractions(max_denominator=50) for _ in range(3)))
def test_reckoning_agrees_with_fractions(a: Fraction | None, b: Fraction | None, c: Fraction | None) -> None:
    known: Mapping[str, Fraction | None] = {"a": a, "b": b, "c": c}
    found = value(f"({A} + {B}) * {C} - {A} / {B}", **known)
    wanted = (a + b) * c - a / b if a is not None and b and c is not None else None
    assert found == wanted


def test_every_reference_is_looked_up_with_its_years_and_its_range() -> None:
    asked: list[Reference] = []
    Expression.read('last_year(account["101":"105"]) - account["101":"105"]').value(asked.append)
    assert [(r.key, r.until, r.years_back) for r in asked] == [("101", "105", 1), ("101", "105", 0)]


def test_expressions_are_equal_by_what_they_say() -> None:
    one, other = Expression.read("1+master.homes"), Expression.read("1 + (master.homes)")
    assert one == other
    assert hash(one) == hash(other)
    assert one != Expression.read("2 + master.homes")
