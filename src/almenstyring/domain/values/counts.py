"""What all figures share: a bounded whole count, a refusal to lose decimals, and one way of rounding."""

from __future__ import annotations

from fractions import Fraction

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.text import Text
from almenstyring.domain.values.faults import refusal


def check_count(count: object) -> None:
    """Refuse what is not a whole number, or does not fit in a signed 64-bit column."""
    if type(count) is not int:
        raise refusal(
            Text("{value} er ikke et helt antal.", "{value} is not a whole count."),
            Text("Brug .of(...) til tal med decimaler.", "Use .of(...) for numbers with decimals."),
            count,
        )
    if abs(count) >= 2**63:
        raise refusal(
            Text("{value} er for stort.", "{value} is too large."),
            Text("Tal skal kunne ligge i 64 bit.", "Figures must fit in 64 bits."),
            count,
        )


def too_fine(given: object, decimals: int) -> InvalidValueError:
    """The error for a number that cannot be held exactly with ``decimals`` decimals."""
    return refusal(
        Text("{value} har ikke 0-{decimals} decimaler.", "{value} does not have 0-{decimals} decimals."),
        Text("Tal afrundes aldrig af sig selv; afrund det først.", "Nothing is rounded silently; round it first."),
        given,
        decimals=decimals,
    )


def round_half_away(value: Fraction | int) -> int:
    """The nearest whole number; a half goes away from zero.

    >>> round_half_away(Fraction(5, 2)), round_half_away(Fraction(-5, 2))
    (3, -3)
    """
    nearest = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return nearest if value >= 0 else -nearest
