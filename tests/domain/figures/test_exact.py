"""Exact numbers are ordered and added up as Python's own fractions are, only faster."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.figures.exact import Exact, check_exact, exact_sum, in_order, weighted_mean

exact = st.integers(-(10**12), 10**12) | st.fractions(max_denominator=10**6)
close_together = st.integers(0, 5).map(lambda n: Fraction(1, 3) + Fraction(n, 10**30))


@given(st.lists(exact | close_together))
def test_the_order_is_that_of_the_numbers(values: list[Exact]) -> None:
    assert in_order(values) == tuple(sorted(values))


@given(st.lists(exact))
def test_the_sum_is_that_of_fractions(values: list[Exact]) -> None:
    assert exact_sum(values) == sum(map(Fraction, values), Fraction(0))


@given(st.lists(st.tuples(exact, exact.map(abs)), min_size=1))
def test_the_weighted_mean_is_the_weighted_sum_over_the_weights(pairs: list[tuple[Exact, Exact]]) -> None:
    weights = sum(Fraction(weight) for _, weight in pairs)
    expected = sum(Fraction(value) * weight for value, weight in pairs) / weights if weights else None
    assert weighted_mean(pairs) == expected


@pytest.mark.parametrize("wrong", [1.0, True, "1", None])
def test_what_is_not_exact_is_refused(wrong: Any, refused: Any) -> None:
    refused(check_exact, wrong)
    refused(in_order, [1, wrong])
