"""A bare number, as an answer holds it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import total_ordering
from typing import ClassVar, Self

from attrs import frozen

from almenstyring.domain.text import Language
from almenstyring.domain.values.counts import check_count, too_fine
from almenstyring.domain.values.notation import read_danish, read_plain, write_grouped, write_plain


@total_ordering
@frozen
class Number:
    """A bare number with its own decimals (da: tal), as an answer holds it; at most six decimals.

    Trailing zeros after the decimal point are dropped, so equal numbers are equal objects.

    >>> Number.of("85.50") == Number.of("85.5"), str(Number.of("85.50"))
    (True, '85.5')
    """

    count: int
    decimals: int = 0

    MOST_DECIMALS: ClassVar[int] = 6

    def __attrs_post_init__(self) -> None:
        count, decimals = self.count, self.decimals
        check_count(count)
        check_count(decimals)
        while count and decimals > 0 and count % 10 == 0:
            count, decimals = count // 10, decimals - 1
        if count and not 0 <= decimals <= self.MOST_DECIMALS:
            raise too_fine((self.count, self.decimals), self.MOST_DECIMALS)
        object.__setattr__(self, "count", count)
        object.__setattr__(self, "decimals", decimals if count else 0)

    @classmethod
    def of(cls, value: str | int | Decimal) -> Self:
        """The number in plain notation ("85.5"), an int or a Decimal."""
        return cls(*read_plain(value))

    @classmethod
    def parse_danish(cls, text: str) -> Self:
        """The number in Danish notation ("1.085,5")."""
        return cls(*read_danish(text))

    def as_fraction(self) -> Fraction:
        """The exact value."""
        return Fraction(self.count, 10**self.decimals)

    def display(self, language: Language) -> str:
        """The number as people write it."""
        return write_grouped(self.count, self.decimals, language)

    def __str__(self) -> str:
        return write_plain(self.count, self.decimals)

    def __lt__(self, other: object) -> bool:
        return self.as_fraction() < other.as_fraction() if isinstance(other, Number) else NotImplemented
