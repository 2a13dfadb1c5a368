"""How the rates are regulated, and from when; levels computed from a price index.

A regulation is dated content, as the levels are. What comes out of it is computed, never published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any

from attrs import field, frozen

from almenstyring.domain.calendar import AccountingPeriod
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.organisations import Validity
from almenstyring.domain.text import Text
from almenstyring.domain.values import DkkPerUnit, LegalReference, Number
from almenstyring.domain.values.counts import round_half_away
from almenstyring.domain.values.faults import refusal

_APRIL = 4


def _first_of_month(_instance: object, _attribute: object, month: Any) -> None:
    if month is not None and month.day != 1:
        raise refusal(
            Text("{value} er ikke den første i en måned.", "{value} is not the first of a month."),
            Text("Skriv måneden som dens første dag: 2023-04-01.", "Write a month as its first day: 2023-04-01."),
            month,
        )


def _positive(_instance: object, _attribute: object, value: Number) -> None:
    if value.count <= 0:
        raise refusal(
            Text("Indekset {value} er ikke positivt.", "The index {value} is not positive."),
            Text("Et prisindeks er altid over nul.", "A price index is always above zero."),
            str(value),
        )


@frozen(kw_only=True)
class IndexValue:
    """One published value of a price index (da: indekstal); ``month`` is the first day of its month."""

    month: date = field(validator=_first_of_month)
    value: Number = field(validator=_positive)
    source: str
    certainty: Certainty


@frozen(kw_only=True)
class PriceIndex:
    """Values of one price index, all on the same footing (da: prisindeks).

    ``reference`` says what equals 100. Values with another reference belong in an index of their own. A month
    given twice raises ``InvalidValueError``.
    """

    name: Text
    reference: Text
    value: tuple[IndexValue, ...]

    def __attrs_post_init__(self) -> None:
        twice = [month for month, times in Counter(row.month for row in self.value).items() if times > 1]
        if twice:
            raise refusal(
                Text("Indekset har {value} to gange.", "The index has {value} twice."),
                Text("Behold en værdi pr. måned.", "Keep one value per month."),
                twice[0].isoformat(),
            )

    @cached_property
    def _by_month(self) -> Mapping[date, IndexValue]:
        return {row.month: row for row in self.value}

    def at(self, month: date) -> IndexValue | None:
        """The value of a month; None where the index does not have it."""
        return self._by_month.get(month)


class RegulationYear(StrEnum):
    """Which accounting periods share one level, and on which April it rests (da: reguleringsår).

    CALENDAR_YEAR: periods begun in the calendar year, April of the year before (DB §§ 38, 42 and 43 in the 2024
    level). BEGUN_AFTER_JUNE: periods begun after 30 June, April of that year (practice in 2020 and 2021).
    BEGUN_AFTER_APRIL: the accounting year next after the index of April is published; that 1 May is its first
    possible day is a convention of this project.
    """

    CALENDAR_YEAR = "calendar_year"
    BEGUN_AFTER_JUNE = "begun_after_june"
    BEGUN_AFTER_APRIL = "begun_after_april"

    def first_day(self, on: AccountingPeriod) -> date:
        """The first day on which a period with the same level as ``on`` may begin.

        >>> RegulationYear.BEGUN_AFTER_JUNE.first_day(AccountingPeriod(date(2021, 1, 1), date(2021, 12, 31)))
        datetime.date(2020, 7, 1)
        """
        first = date(on.start.year, _FIRST_MONTH[self], 1)
        return first if first <= on.start else first.replace(year=first.year - 1)

    def index_month(self, first_day: date) -> date:
        """The April whose index the level beginning on ``first_day`` rests on."""
        return date(first_day.year - (1 if self is RegulationYear.CALENDAR_YEAR else 0), _APRIL, 1)


_FIRST_MONTH = {
    RegulationYear.CALENDAR_YEAR: 1,
    RegulationYear.BEGUN_AFTER_JUNE: 7,
    RegulationYear.BEGUN_AFTER_APRIL: 5,
}


@frozen(kw_only=True)
class Regulation:
    """How one rate is regulated over some years (da: reguleringsregel).

    ``id`` is the rate's. ``base`` is the amount that is regulated and ``base_month`` the month whose index it stands
    at; both are None where they were not found, and then no level can be computed. A level is the base times the
    development of the index, in whole kroner. The rule holds for periods begun from ``valid_from`` until
    ``valid_until``; ``basis`` says how that is known.
    """

    id: str
    base: DkkPerUnit | None = None
    base_month: date | None = field(default=None, validator=_first_of_month)
    year: RegulationYear
    valid_from: date
    valid_until: date | None = None
    basis: Text
    law: LegalReference
    source: str
    certainty: Certainty

    def __attrs_post_init__(self) -> None:
        Validity(self.valid_from, self.valid_until)  # refuses an end before the beginning
        if (self.base is None) is not (self.base_month is None):
            raise refusal(
                Text("Basisbeløb og basismåned hører sammen i {value}.", "{value} needs both base and base month."),
                Text("Giv begge eller ingen af dem.", "Give both of them, or neither."),
                self.id,
            )

    @property
    def valid(self) -> Validity:
        """The first days of the periods the rule holds for."""
        return Validity(self.valid_from, self.valid_until)

    def level(self, on: AccountingPeriod, index: PriceIndex) -> Regulated | None:
        """The level for a period; None outside the rule's years, or where base or index are not known."""
        if on.start not in self.valid or self.base is None or self.base_month is None:
            return None
        first_day = self.year.first_day(on)
        base_index, current = index.at(self.base_month), index.at(self.year.index_month(first_day))
        if base_index is None or current is None:
            return None
        return Regulated(rule=self, base=self.base, base_index=base_index, index=current, valid_from=first_day)


@frozen(kw_only=True)
class Regulated:
    """A computed level of a rate and everything it was computed from (da: beregnet sats); not published."""

    rule: Regulation
    base: DkkPerUnit
    base_index: IndexValue
    index: IndexValue
    valid_from: date

    @property
    def exact(self) -> Fraction:
        """The level in kroner before rounding."""
        return _exact(self.base, self.base_index.value, self.index.value)

    @property
    def amount(self) -> DkkPerUnit:
        """The level in whole kroner."""
        return regulated(self.base, self.base_index.value, self.index.value)

    @property
    def basis(self) -> Text:
        """How the level came about, in a sentence."""
        return Text(
            "beregnet, ikke offentliggjort: {base} x {index} ({month}) / {base_index} ({base_month})",
            "computed, not published: {base} x {index} ({month}) / {base_index} ({base_month})",
        ).fill(
            base=_shown(self.base),
            index=_shown(self.index.value),
            month=f"{self.index.month:%Y-%m}",
            base_index=_shown(self.base_index.value),
            base_month=f"{self.base_index.month:%Y-%m}",
        )


def regulated(base: DkkPerUnit, base_index: Number, index: Number) -> DkkPerUnit:
    """The base amount regulated from one index value to another, rounded once to whole kroner, a half away from zero.

    The base is kept and never replaced by the last level: the published levels of 2020 and 2021 (163 and 165 kr., 3,160
    and 3,188) fit one index only if what is carried on is not rounded.

    >>> print(regulated(DkkPerUnit.of(661), Number.of("100"), Number.of("102.4")))
    677.00
    """
    return DkkPerUnit.of(round_half_away(_exact(base, base_index, index)))


def _exact(base: DkkPerUnit, base_index: Number, index: Number) -> Fraction:
    return base.as_fraction() * index.as_fraction() / base_index.as_fraction()


def _shown(figure: DkkPerUnit | Number) -> Text:
    return Text(figure.display("da"), figure.display("en"))


@frozen
class ImpliedGrowth:
    """Between which factors an index must have developed for two levels to fit (da: udledt udvikling); no statistic.

    ``least`` is possible, ``below`` no longer is.
    """

    least: Fraction
    below: Fraction

    @classmethod
    def between(cls, old: DkkPerUnit, new: DkkPerUnit, *, old_is_base: bool) -> ImpliedGrowth:
        """What takes ``old`` to ``new``; ``old`` is exact if it is the base amount, else itself rounded to kroner.

        >>> growth = ImpliedGrowth.between(DkkPerUnit.of(3412), DkkPerUnit.of(3806), old_is_base=True)
        >>> Fraction("111.2") / Fraction("99.7") in growth, Fraction("111.2") / 100 in growth
        (True, False)
        """
        half = Fraction(1, 2)
        slack = Fraction(0) if old_is_base else half
        low, high = new.as_fraction() - half, new.as_fraction() + half
        return cls(low / (old.as_fraction() + slack), high / (old.as_fraction() - slack))

    def __contains__(self, factor: Fraction) -> bool:
        return self.least <= factor < self.below

    def and_also(self, other: ImpliedGrowth) -> ImpliedGrowth | None:
        """What fits both; None if nothing does."""
        least, below = max(self.least, other.least), min(self.below, other.below)
        return ImpliedGrowth(least, below) if least < below else None
