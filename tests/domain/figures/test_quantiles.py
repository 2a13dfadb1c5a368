"""Quantiles are those of numpy's method of the same name, only exact."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from almenstyring.domain.figures.exact import Exact
from almenstyring.domain.figures.quantiles import QuantileMethod, quantile

LINEAR, INVERTED_CDF = QuantileMethod.LINEAR, QuantileMethod.INVERTED_CDF
methods = pytest.mark.parametrize("method", list(QuantileMethod))
few_values = st.integers(-3, 3)  # so that there are ties
values = st.lists(few_values | st.integers(-(10**6), 10**6), min_size=1, max_size=40)
shares = st.sampled_from([Fraction(n, 64) for n in range(65)])  # exact as floats too, so that numpy is not rounding


@methods
@given(values, shares)
@example([7], Fraction(1, 2))
@example([1, 1, 1, 5], Fraction(3, 4))
def test_quantiles_agree_with_numpy(method: QuantileMethod, given: list[int], share: Fraction) -> None:
    found = quantile(given, share, method)
    assert type(found) is Fraction
    assert float(found) == pytest.approx(
        float(np.quantile(given, float(share), method=method.value)), rel=1e-9, abs=1e-9
    )


@pytest.mark.parametrize("method", [LINEAR, QuantileMethod.WEIBULL])
@given(st.lists(st.fractions(max_denominator=1000), min_size=1), st.fractions(0, 1, max_denominator=100))
def test_numpy_computes_the_same_fractions_where_it_is_exact(
    method: QuantileMethod, given: list[Fraction], share: Fraction
) -> None:
    ours: Any = np.quantile(np.array(given, dtype=object), share, method=method.value)  # type: ignore[call-overload]
    assert quantile(given, share, method) == ours


@methods
def test_the_quantile_of_one_member_is_its_figure(method: QuantileMethod) -> None:
    assert {quantile([Fraction(22, 7)], Fraction(n, 10), method) for n in range(11)} == {Fraction(22, 7)}


@methods
@given(st.lists(st.none() | few_values), shares)
def test_what_is_missing_is_left_out(method: QuantileMethod, given: list[int | None], share: Fraction) -> None:
    known = [value for value in given if value is not None]
    assert quantile(given, share, method) == quantile(known, share, method)
    assert (quantile(given, share, method) is None) is (not known)


@methods
@given(values, shares, shares)
def test_a_quantile_rises_with_its_share_and_stays_among_the_values(
    method: QuantileMethod, given: list[int], one: Fraction, other: Fraction
) -> None:
    low, high = quantile(given, min(one, other), method), quantile(given, max(one, other), method)
    assert low is not None
    assert high is not None
    assert min(given) <= low <= high <= max(given)


@given(values, shares)
def test_the_inverted_distribution_gives_the_figure_of_a_member(given: list[int], share: Fraction) -> None:
    assert quantile(given, share, INVERTED_CDF) in given


def test_a_share_that_falls_on_a_member_is_not_the_next_one() -> None:
    """A tenth of thirty is three, whatever a float makes of 0.1 times 30."""
    assert quantile(range(1, 31), Fraction(1, 10), INVERTED_CDF) == 3
    assert quantile(range(1, 71), Fraction(7, 10), INVERTED_CDF) == 49


@pytest.mark.parametrize(
    ("method", "number", "lower_quartile"),
    [
        (INVERTED_CDF, 1, Fraction(10)),
        (QuantileMethod.HAZEN, 5, Fraction(15)),
        (QuantileMethod.WEIBULL, 6, Fraction(25, 2)),
        (LINEAR, 7, Fraction(35, 2)),
        (QuantileMethod.MEDIAN_UNBIASED, 8, Fraction(85, 6)),
    ],
)
def test_the_methods_differ_and_have_the_numbers_of_hyndman_and_fan(
    method: QuantileMethod, number: int, lower_quartile: Fraction
) -> None:
    assert method.type == number
    assert quantile([10, 20, 30, 40], Fraction(1, 4), method) == lower_quartile


@pytest.mark.parametrize("share", [Fraction(-1, 10), Fraction(11, 10), 0.5, "0.5"])
def test_a_share_outside_0_to_1_is_refused(share: Any, refused: Any) -> None:
    refused(quantile, [1, 2], share)


@pytest.mark.parametrize("wrong", [[1.5], [1, "2"], [True]])
def test_only_exact_values_are_taken(wrong: Sequence[Exact], refused: Any) -> None:
    refused(quantile, wrong, Fraction(1, 2))
