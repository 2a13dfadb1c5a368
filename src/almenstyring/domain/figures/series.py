"""One figure of one unit through the years, with a mark wherever two years cannot be set beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Self

from attrs import field, frozen

from almenstyring.domain.calendar import AccountingPeriod, periods_by_year
from almenstyring.domain.figures.exact import Exact, check_exact
from almenstyring.domain.figures.reckoning import KeyFigureValue
from almenstyring.domain.organisations import Ownership, Unit
from almenstyring.domain.text import Text
from almenstyring.domain.values import Number, Ratio
from almenstyring.domain.values.counts import round_half_away
from almenstyring.domain.values.faults import refusal

YEARS = 5
"""How many accounting years a report shows."""
_WHOLE = 10_000
"""A hundred percent, in the smallest part of a Ratio."""


class Break(StrEnum):
    """Why a year is not comparable with the one before it (da: brud i serien).

    METHOD: the figure is defined otherwise. UNIT: the unit is another, by merger or takeover of estates.
    PERIOD: this or the earlier accounting period is not twelve months.
    """

    METHOD = "method"
    UNIT = "unit"
    PERIOD = "period"


@frozen(kw_only=True)
class SeriesPoint:
    """The figure of one accounting period (da: punkt i serien).

    ``value`` is the published or rounded figure, ``exact`` what it was rounded from, where that is known; both None
    where the figure is missing. ``definition`` is the number of the definition it was made by.
    """

    period: AccountingPeriod
    value: Number | None
    exact: Fraction | None = None
    definition: int = 1

    def __attrs_post_init__(self) -> None:
        if self.value is None and self.exact is not None:
            raise refusal(
                Text("Punktet for {value} har kun det uafrundede tal.", "The point of {value} has no rounded figure."),
                Text("Giv value sammen med exact.", "Give value together with exact."),
                str(self.period),
            )

    @classmethod
    def of(cls, value: KeyFigureValue) -> Self:
        """The point of a computed key figure."""
        return cls(period=value.period, value=value.value, exact=value.exact, definition=value.figure.definition)

    @property
    def accounting_year(self) -> int:
        """The accounting year (da: regnskabsår)."""
        return self.period.accounting_year

    @property
    def amount(self) -> Fraction | None:
        """The most exact number there is."""
        return self.value.as_fraction() if self.value is not None and self.exact is None else self.exact


@frozen(kw_only=True)
class SeriesRow:
    """One accounting year of a series (da: år i serien); ``point`` is None in a year without accounts.

    ``growth`` is the change over the point of the year before; None where that or this figure is missing or the old
    one is zero. It is there in spite of ``breaks``, which then say why it must not be read as a development.
    """

    accounting_year: int
    point: SeriesPoint | None = None
    breaks: tuple[Break, ...] = ()
    growth: Ratio | None = None

    @property
    def is_comparable(self) -> bool:
        """Whether nothing sets the year apart from the one before."""
        return not self.breaks


def _in_order(points: Iterable[SeriesPoint]) -> tuple[SeriesPoint, ...]:
    return tuple(sorted(points, key=lambda point: point.period))


@frozen(kw_only=True)
class Series:
    """One figure of one unit, a point per accounting period in the order of time (da: tidsserie).

    ``changed_on`` are the days on which the unit became another; ``handovers`` finds them. Periods that overlap
    raise ``InvalidValueError``.
    """

    figure: str
    unit: Unit
    points: tuple[SeriesPoint, ...] = field(converter=_in_order)
    changed_on: tuple[date, ...] = ()

    def __attrs_post_init__(self) -> None:
        for old, new in pairwise(self.points):
            if new.period.start <= old.period.end:
                raise refusal(
                    Text("Perioderne {value} overlapper.", "The periods {value} overlap."),
                    Text("Behold et punkt pr. regnskabsperiode.", "Keep one point per accounting period."),
                    f"{old.period} {new.period}",
                )

    def rows(self, years: int = YEARS) -> tuple[SeriesRow, ...]:
        """The latest accounting years, oldest first, gaps included; two periods of one year give two rows."""
        rows = {
            point.period: self._row(old, point) for old, point in zip((None, *self.points), self.points, strict=False)
        }
        shown = periods_by_year(rows)[-years:]
        return tuple(
            row
            for year in shown
            for row in ([rows[period] for period in year.periods] or [SeriesRow(accounting_year=year.accounting_year)])
        )

    def _row(self, old: SeriesPoint | None, new: SeriesPoint) -> SeriesRow:
        follows = old is not None and new.accounting_year - old.accounting_year <= 1
        return SeriesRow(
            accounting_year=new.accounting_year,
            point=new,
            breaks=tuple(self._breaks(old, new)),
            growth=growth(old.amount, new.amount) if old is not None and follows else None,
        )

    def _breaks(self, old: SeriesPoint | None, new: SeriesPoint) -> Iterable[Break]:
        if old is not None and old.definition != new.definition:
            yield Break.METHOD
        if old is not None and any(old.period.end < day <= new.period.end for day in self.changed_on):
            yield Break.UNIT
        if not new.period.is_twelve_months or (old is not None and not old.period.is_twelve_months):
            yield Break.PERIOD

    def compound_growth(self, years: int = YEARS) -> Ratio | None:
        """The mean growth a year from the first to the last of the years; None across a break or a missing end."""
        rows = self.rows(years)
        if len(rows) < 2 or not all(row.is_comparable for row in rows[1:]):
            return None
        first, last = rows[0], rows[-1]
        if first.point is None or last.point is None or not first.point.period.is_twelve_months:
            return None
        return compound_growth(first.point.amount, last.point.amount, last.accounting_year - first.accounting_year)


def growth(old: Exact | None, new: Exact | None) -> Ratio | None:
    """The change in percent of the old value, two decimals; None where a value is missing or the old one is zero.

    >>> print(growth(Fraction("608.27"), Fraction("624.85")))
    2.73
    """
    if old is None or new is None or not check_exact(old):
        return None
    before, after = Fraction(old), Fraction(check_exact(new))
    return Ratio.rounded(100 * (after - before) / abs(before))


def compound_growth(old: Exact | None, new: Exact | None, years: int) -> Ratio | None:
    """The yearly growth in percent that leads from old to new, two decimals; None unless both are above zero.

    The root is found by whole numbers, so that the last decimal is right.

    >>> print(compound_growth(100, 121, 2))
    10.00
    """
    if old is None or new is None or min(check_exact(old), check_exact(new), years) <= 0:
        return None
    steps = Fraction(new) / old * (2 * _WHOLE) ** years
    root = _root(steps.numerator // steps.denominator, years)
    between = 0 if root**years == steps else Fraction(1, 4)  # anywhere below the next half rounds like the middle
    return Ratio(round_half_away(Fraction(root, 2) + between - _WHOLE))


def _root(whole: int, degree: int) -> int:
    """The greatest whole number whose power is not above ``whole``."""
    low, high = 0, 1 << (whole.bit_length() // degree + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**degree <= whole else (low, middle)
    return low


def handovers(unit: Unit, ownerships: Iterable[Ownership]) -> tuple[date, ...]:
    """The days on which an estate got another owner, as far as they touch the unit, in order.

    For an estate they are its own; for an organisation those of every estate it got or gave away, as in a merger.
    An estate without an earlier owner is new-built and hands nothing over.
    """
    ordered = sorted(ownerships, key=lambda owned: (owned.estate, owned.valid.start or date.min))
    return tuple(
        sorted(
            {
                later.valid.start
                for _, of_estate in groupby(ordered, key=lambda owned: owned.estate)
                for earlier, later in pairwise(of_estate)
                if earlier.organisation != later.organisation
                and later.valid.start is not None
                and unit in (later.estate, earlier.organisation, later.organisation)
            }
        )
    )
