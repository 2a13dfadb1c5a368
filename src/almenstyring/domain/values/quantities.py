"""Figures with a unit: money, area, percent, tenancy units. Whole counts of the smallest part, never float.

Arithmetic stays within one class, so kroner cannot be added to square metres. Division gives a figure of
another class and rounds once, half away from zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Self

from attrs import field, frozen

from almenstyring.domain.text import Language, Text
from almenstyring.domain.values.counts import check_count, round_half_away, too_fine
from almenstyring.domain.values.notation import read_danish, read_plain, write_grouped, write_plain


@frozen(order=True)
class Quantity:
    """The common part of the figures with a unit; use a subclass.

    ``count`` is a whole number of the smallest part: ``Dkk(5)`` is five øre, ``Dkk.of(5)`` five kroner.
    It fits in a signed 64-bit column. Whatever cannot be held exactly raises ``InvalidValueError``.
    """

    count: int = field()

    decimals: ClassVar[int]
    unit: ClassVar[Text]
    pattern: ClassVar[Text]

    @count.validator
    def _check(self, _attribute: object, count: object) -> None:
        check_count(count)

    @classmethod
    def of(cls, value: str | int | Decimal) -> Self:
        """The figure for a number in plain notation ("1234.50"), an int or a Decimal, in whole units.

        A text with more decimals than the unit has is refused even if they are zeros: "1.230" may well
        be a Danish thousand. A Decimal is refused only if it cannot be held exactly.
        """
        return cls._scaled(*read_plain(value), value)

    @classmethod
    def parse_danish(cls, text: str) -> Self:
        """The figure for a number in Danish notation: "1.234,50" or "1234,50"."""
        return cls._scaled(*read_danish(text), text)

    @classmethod
    def rounded(cls, value: Fraction | int) -> Self:
        """The figure nearest to an exact number of whole units; the one place where figures are rounded.

        >>> str(Dkk.rounded(Fraction(1, 3)))
        '0.33'
        """
        return cls(round_half_away(value * 10**cls.decimals))

    @classmethod
    def _scaled(cls, count: int, decimals: int, given: object) -> Self:
        if decimals > cls.decimals:
            raise too_fine(given, cls.decimals)
        return cls(count * 10 ** (cls.decimals - decimals))

    def as_fraction(self) -> Fraction:
        """The exact number of whole units."""
        return Fraction(self.count, 10**self.decimals)

    def display(self, language: Language) -> str:
        """The figure with its unit as people write it.

        >>> Dkk.of("1234.50").display("da"), Dkk.of("1234.50").display("en")
        ('1.234,50 kr.', 'DKK 1,234.50')
        """
        return self.pattern[language].format(figure=write_grouped(self.count, self.decimals, language))

    def __str__(self) -> str:
        return write_plain(self.count, self.decimals)

    def __add__(self, other: Self) -> Self:
        return type(self)(self.count + other.count) if type(other) is type(self) else NotImplemented

    def __sub__(self, other: Self) -> Self:
        return type(self)(self.count - other.count) if type(other) is type(self) else NotImplemented

    def __mul__(self, factor: int) -> Self:
        return type(self)(self.count * factor) if type(factor) is int else NotImplemented

    __rmul__ = __mul__

    def __neg__(self) -> Self:
        return type(self)(-self.count)

    def __abs__(self) -> Self:
        return type(self)(abs(self.count))


@frozen(order=True)
class Area(Quantity):
    """Gross floor area (da: bruttoetageareal) in m² with two decimals."""

    decimals = 2
    unit = Text("m²", "m²")
    pattern = Text("{figure} m²", "{figure} m²")


@frozen(order=True)
class Ratio(Quantity):
    """A share (da: procent) in percent with two decimals; 100.00 is the whole."""

    decimals = 2
    unit = Text("pct.", "%")
    pattern = Text("{figure} pct.", "{figure}%")

    @classmethod
    def share(cls, part: int, whole: int) -> Self | None:
        """``part`` of ``whole`` in percent; None when there is no whole to take a share of.

        >>> str(Ratio.share(1, 3))
        '33.33'
        """
        for number in (part, whole):
            check_count(number)
        return cls.rounded(Fraction(100 * part, whole)) if whole else None


@frozen(order=True)
class TenancyUnits(Quantity):
    """Tenancy units (da: lejemålsenheder) with one decimal, the measure for contributions per unit.

    Source: DB § 32, stk. 4.
    """

    decimals = 1
    unit = Text("lejemålsenheder", "tenancy units")
    pattern = Text("{figure} lejemålsenheder", "{figure} tenancy units")

    @classmethod
    def by_norm(cls, *, homes: int = 0, premises: Iterable[Area] = (), garages: int = 0) -> Self:
        """Count by the norm: a home is 1, each begun 60 m² of one lease of premises 1, a garage or carport 1/5.

        ``premises`` holds one gross floor area per lease of business, institution or service area.
        Common rooms are not counted (stk. 5). Source: DB § 32, stk. 4-5.

        >>> str(TenancyUnits.by_norm(homes=55, premises=[Area.of("123.4")], garages=19))
        '61.8'
        """
        begun = sum(-(-lease.count // Area.of(60).count) for lease in premises)
        return cls.of(homes) + cls.of(begun) + cls.of("0.2") * garages


@frozen(order=True)
class DkkPerSquareMetre(Quantity):
    """Money per m² (da: kr. pr. m²) with two decimals."""

    decimals = 2
    unit = Text("kr. pr. m²", "DKK per m²")
    pattern = Text("{figure} kr. pr. m²", "DKK {figure} per m²")


@frozen(order=True)
class DkkPerUnit(Quantity):
    """Money per tenancy unit (da: kr. pr. lejemålsenhed) with two decimals."""

    decimals = 2
    unit = Text("kr. pr. lejemålsenhed", "DKK per tenancy unit")
    pattern = Text("{figure} kr. pr. lejemålsenhed", "DKK {figure} per tenancy unit")


@frozen(order=True)
class DkkPerHome(Quantity):
    """Money per home (da: kr. pr. bolig) with two decimals."""

    decimals = 2
    unit = Text("kr. pr. bolig", "DKK per home")
    pattern = Text("{figure} kr. pr. bolig", "DKK {figure} per home")


@frozen(order=True)
class Dkk(Quantity):
    """Danish kroner (da: beløb), held as whole øre.

    >>> str(Dkk.of("1234.50") + Dkk.parse_danish("1.000,25"))
    '2234.75'
    """

    decimals = 2
    unit = Text("kr.", "DKK")
    pattern = Text("{figure} kr.", "DKK {figure}")

    def per_area(self, area: Area) -> DkkPerSquareMetre | None:
        """The amount per m²; None when the area is zero.

        >>> str(Dkk.of(1000).per_area(Area.of(3)))
        '333.33'
        """
        return DkkPerSquareMetre.rounded(self.as_fraction() / area.as_fraction()) if area.count else None

    def per_units(self, units: TenancyUnits) -> DkkPerUnit | None:
        """The amount per tenancy unit; None when there are no units."""
        return DkkPerUnit.rounded(self.as_fraction() / units.as_fraction()) if units.count else None

    def per_homes(self, homes: int) -> DkkPerHome | None:
        """The amount per home; None when there are no homes."""
        check_count(homes)
        return DkkPerHome.rounded(self.as_fraction() / homes) if homes else None
