"""Quantiles, exact and by a named method.

No text of Landsbyggefonden says how its quartiles are found, so the method stands in every result. The methods bear
numpy's names; the types are those of Hyndman and Fan, Sample Quantiles in Statistical Packages (1996).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from fractions import Fraction

from almenstyring.domain.figures.exact import Exact, check_exact, in_order
from almenstyring.domain.text import Text
from almenstyring.domain.values.faults import refusal


class QuantileMethod(StrEnum):
    """How a quantile between two members is found (da: kvantilmetode), by numpy's names.

    INVERTED_CDF is always the figure of a member; the others go in a straight line from one member to the next.
    LINEAR is the usual one, in spreadsheets and here.
    """

    INVERTED_CDF = "inverted_cdf"
    HAZEN = "hazen"
    WEIBULL = "weibull"
    LINEAR = "linear"
    MEDIAN_UNBIASED = "median_unbiased"

    @property
    def type(self) -> int:
        """The method's number in Hyndman and Fan.

        >>> QuantileMethod.LINEAR.type
        7
        """
        return _TYPES[self]


_TYPES = {
    QuantileMethod.INVERTED_CDF: 1,
    QuantileMethod.HAZEN: 5,
    QuantileMethod.WEIBULL: 6,
    QuantileMethod.LINEAR: 7,
    QuantileMethod.MEDIAN_UNBIASED: 8,
}
_INSETS = {
    QuantileMethod.HAZEN: Fraction(1, 2),
    QuantileMethod.WEIBULL: Fraction(0),
    QuantileMethod.LINEAR: Fraction(1),
    QuantileMethod.MEDIAN_UNBIASED: Fraction(1, 3),
}
"""How far the first and the last member lie inside the whole: "alpha" and "beta" in Hyndman and Fan, here equal."""


def quantile(
    values: Iterable[Exact | None], at: Fraction, method: QuantileMethod = QuantileMethod.LINEAR
) -> Fraction | None:
    """The value below which the share ``at`` of the values lies; None where no value is known.

    What is None is left out. ``InvalidValueError`` for a share outside 0 to 1, and for what is not exact.

    >>> quantile([4, 1, None, 2], Fraction(1, 4)), quantile([4, 1, 2], Fraction(1, 4), QuantileMethod.WEIBULL)
    (Fraction(3, 2), Fraction(1, 1))
    """
    ordered = in_order(value for value in values if value is not None)
    return quantile_of_ordered(ordered, at, method) if ordered else None


def quantile_of_ordered(ordered: Sequence[Exact], at: Fraction, method: QuantileMethod) -> Fraction:
    """The quantile of at least one value, least first."""
    if not 0 <= check_exact(at) <= 1:
        raise refusal(
            Text("{value} er ikke en andel fra 0 til 1.", "{value} is not a share from 0 to 1."),
            Text(
                "Skriv for eksempel Fraction(1, 4) for nedre kvartil.", "Write Fraction(1, 4) for the lower quartile."
            ),
            at,
        )
    place = _place(len(ordered), Fraction(at), method)
    below = min(max(place.numerator // place.denominator, 1), len(ordered))
    above = min(below + 1, len(ordered))
    low, high = Fraction(ordered[below - 1]), Fraction(ordered[above - 1])
    return low + (high - low) * max(place - below, Fraction(0))


def _place(count: int, at: Fraction, method: QuantileMethod) -> Fraction:
    """Where the quantile lies among the members, counted from 1: a whole number is a member."""
    if method is QuantileMethod.INVERTED_CDF:
        return Fraction(-(-at.numerator * count // at.denominator))
    inset = _INSETS[method]
    return inset + at * (count + 1 - 2 * inset)
