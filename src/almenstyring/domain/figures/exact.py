"""Exact numbers: what counts as one, and ordering and adding up many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from almenstyring.domain.text import Text
from almenstyring.domain.values.faults import refusal

Exact = int | Fraction
"""A number that is held exactly; never a float."""


def check_exact(value: Exact) -> Exact:
    """The value itself; ``InvalidValueError`` for a float and anything else that is not an int or a Fraction."""
    if type(value) is int or type(value) is Fraction:
        return value
    raise refusal(
        Text("{value} er ikke et eksakt tal.", "{value} is not an exact number."),
        Text("Giv et helt tal eller en Fraction; aldrig float.", "Give an int or a Fraction; never a float."),
        value,
    )


def in_order(values: Iterable[Exact]) -> tuple[Exact, ...]:
    """The values, least first; ``InvalidValueError`` for one that is not exact."""
    return tuple(sorted((check_exact(value) for value in values), key=sort_key))


def sort_key(value: Exact) -> tuple[int, Exact]:
    """A key by which exact numbers sort fast.

    Fractions are slow to compare; nearly always the first 64 binary places tell two apart.
    """
    return (value.numerator << 64) // value.denominator, value


def weighted_mean(pairs: Iterable[tuple[Exact, Exact]]) -> Fraction | None:
    """The mean of pairs of a value and its weight; None where the weights add up to nothing.

    >>> weighted_mean([(10, 1), (20, 3)])
    Fraction(35, 2)
    """
    pairs = tuple(pairs)
    weights = exact_sum(weight for _, weight in pairs)
    return exact_sum(value * weight for value, weight in pairs) / weights if weights else None


def exact_sum(values: Iterable[Exact]) -> Fraction:
    """The exact sum.

    The common denominator of a country's estates has thousands of digits, and adding one fraction after the other
    would bring every step to it. Here equal denominators meet first, then neighbours in pairs, and the whole is
    reduced once.

    >>> exact_sum([Fraction(1, 3), 2, Fraction(1, 6)])
    Fraction(5, 2)
    """
    by_denominator: defaultdict[int, int] = defaultdict(int)
    for value in values:
        by_denominator[value.denominator] += value.numerator
    terms = [(numerator, denominator) for denominator, numerator in sorted(by_denominator.items())] or [(0, 1)]
    while len(terms) > 1:
        last = terms[len(terms) // 2 * 2 :]
        terms = [_added(one, other) for one, other in zip(terms[::2], terms[1::2], strict=False)] + last
    return Fraction(*terms[0])


def _added(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] * other[1] + other[0] * one[1], one[1] * other[1]
