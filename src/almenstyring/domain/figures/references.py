"""Published reference figures: of municipalities, of the country, and the regulated rates.

They are rows with a source and a certainty, never law written into code. Where the level of a year was not found,
the latest one is shown as what it is, or a level computed from a price index, labelled as computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property

from attrs import field, frozen

from almenstyring.domain.calendar import AccountingPeriod, add_months
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import NotFoundError
from almenstyring.domain.figures.chart import ChartOfAccounts
from almenstyring.domain.figures.regulation import PriceIndex, Regulated, Regulation
from almenstyring.domain.text import Text
from almenstyring.domain.values import (
    Area,
    DkkPerSquareMetre,
    DkkPerUnit,
    LegalReference,
    MunicipalityCode,
    Number,
    Ratio,
)


class Region(StrEnum):
    """The five regions, by their Danish names (da: region)."""

    HOVEDSTADEN = "Hovedstaden"
    SJAELLAND = "Sjælland"
    SYDDANMARK = "Syddanmark"
    MIDTJYLLAND = "Midtjylland"
    NORDJYLLAND = "Nordjylland"


@frozen(kw_only=True)
class MunicipalityFigures:
    """The published figures of one municipality (da: kommune), or of the place Christiansø; None is not published.

    ``rent`` is the mean rent of social family homes per m² a year on 1 January 2026, ``social_share`` the share
    of all homes that are social in 2026, ``mean_area`` the mean area of a home, ``population`` that of the third
    quarter of 2026.
    """

    code: MunicipalityCode
    name: str
    region: Region
    population: int
    rent: DkkPerSquareMetre | None = None
    social_share: Ratio | None = None
    mean_area: Area | None = None
    source: str
    certainty: Certainty


@frozen(kw_only=True)
class Rate:
    """One published level of one regulated rate per tenancy unit (da: sats).

    ``valid_from`` is the first day on which an accounting period begins under the level; where the source
    does not say so, ``basis`` tells what it does say. ``law`` is the provision as it is today.
    """

    id: str
    amount: DkkPerUnit
    valid_from: date
    basis: Text
    law: LegalReference
    source: str
    certainty: Certainty

    @property
    def level(self) -> Text:
        """What the level is called.

        >>> rates = Rate(id="working_capital_limit", amount=DkkPerUnit.of(3613), valid_from=date(2024, 1, 1),
        ...     basis=Text("2024-niveau", "2024 level"), law=LegalReference.parse("DB § 38, stk. 1"),
        ...     source="DB § 38", certainty=Certainty.OFFICIAL)
        >>> rates.level["en"]
        'the 2024 level'
        """
        return Text("{year}-niveauet", "the {year} level").fill(year=self.valid_from.year)


@frozen(kw_only=True)
class RateFound:
    """The level of a rate for an accounting period, and what kind of level it is.

    It is the latest published one at or before the period's beginning, or, with ``regulated``, one that was computed.
    """

    rate: Rate
    period: AccountingPeriod
    regulated: Regulated | None = None

    @property
    def is_published(self) -> bool:
        """Whether somebody published the level; otherwise it was computed here."""
        return self.regulated is None

    @property
    def is_of_the_year(self) -> bool:
        """Rates are regulated once a year: a level older than that is shown for want of a newer one."""
        return self.period.start < add_months(self.rate.valid_from, 12)

    @property
    def label(self) -> Text:
        """How the amount must be named beside the figure.

        It is the level's own name, and says openly when it was computed or a newer level was not found.
        """
        if not self.is_published:
            return Text("{level} (beregnet, ikke offentliggjort)", "{level} (computed, not published)").fill(
                level=self.rate.level
            )
        if self.is_of_the_year:
            return self.rate.level
        return Text("{level} (nyere ikke fundet)", "{level} (no newer one found)").fill(level=self.rate.level)


def _as_rate(level: Regulated) -> Rate:
    """The computed level in the form of the published ones, with every source it rests on."""
    sources = (level.rule.source, level.base_index.source, level.index.source)
    return Rate(
        id=level.rule.id,
        amount=level.amount,
        valid_from=level.valid_from,
        basis=level.basis,
        law=level.rule.law,
        source="; ".join(dict.fromkeys(sources)),
        certainty=Certainty.DERIVED,
    )


@frozen(kw_only=True)
class Rates:
    """All published levels of the regulated rates, what the rates are called, and how they are regulated."""

    names: Mapping[str, Text] = field(hash=False)
    rate: tuple[Rate, ...]
    regulation: tuple[Regulation, ...] = ()

    def find(self, rate_id: str, on: AccountingPeriod, index: PriceIndex | None = None) -> RateFound | None:
        """The level of a rate for a period; None before the first. NotFoundError for an unknown rate.

        A published level of the year comes first. Failing that, one computed from ``index``, where a rule and
        the index know how; failing that, the latest published level.
        """
        self._refuse_unknown(rate_id)
        levels = (rate for rate in self.rate if rate.id == rate_id and rate.valid_from <= on.start)
        latest = max(levels, key=lambda rate: rate.valid_from, default=None)
        found = RateFound(rate=latest, period=on) if latest else None
        if index is None or (found and found.is_of_the_year):
            return found
        return self._computed(rate_id, on, index) or found

    def regulation_of(self, rate_id: str, on: AccountingPeriod) -> Regulation | None:
        """How a rate is regulated for a period; None where no rule was found. NotFoundError for an unknown rate."""
        self._refuse_unknown(rate_id)
        return next((rule for rule in self.regulation if rule.id == rate_id and on.start in rule.valid), None)

    def _computed(self, rate_id: str, on: AccountingPeriod, index: PriceIndex) -> RateFound | None:
        rule = self.regulation_of(rate_id, on)
        level = rule.level(on, index) if rule else None
        return RateFound(rate=_as_rate(level), period=on, regulated=level) if level else None

    def _refuse_unknown(self, rate_id: str) -> None:
        if rate_id not in self.names:
            raise NotFoundError(
                Text("Satsen {id} kendes ikke.", "The rate {id} is not known.").fill(id=rate_id),
                Text("Kendte satser: {known}.", "Known rates: {known}.").fill(known=", ".join(self.names)),
                rate=rate_id,
            )


@frozen(kw_only=True)
class Benchmark:
    """One published national figure (da: nøgletal for landet).

    ``indicator``, ``group``, ``unit`` and ``basis`` are ids with names in ``Benchmarks``. ``value_to`` is the
    upper end where a range was published. ``accounts`` are the accounts the figure rests on, as printed;
    DERIVED means that this library assigned them. ``basis`` says what was counted where that is not accounts.
    """

    id: str
    indicator: str
    period: str
    group: str
    value: Number
    value_to: Number | None = None
    unit: str
    accounts: tuple[str, ...] = ()
    basis: str = ""
    note: Text | None = None
    source: str
    certainty: Certainty


@frozen(kw_only=True)
class Benchmarks:
    """The published national figures, and what their indicators, groups and units are called."""

    names: Mapping[str, Text] = field(hash=False)
    benchmark: Mapping[str, Benchmark] = field(hash=False)

    def of(self, indicator: str) -> tuple[Benchmark, ...]:
        """All published figures of an indicator, in the file's order."""
        return tuple(row for row in self.benchmark.values() if row.indicator == indicator)


@frozen(kw_only=True)
class References:
    """Everything published that an organisation can be seen beside (da: sammenligningsgrundlag)."""

    municipalities: tuple[MunicipalityFigures, ...]
    rates: Rates
    price_index: PriceIndex
    benchmarks: Benchmarks
    chart: ChartOfAccounts

    @cached_property
    def _by_code(self) -> Mapping[MunicipalityCode, MunicipalityFigures]:
        return {row.code: row for row in self.municipalities}

    def municipality(self, code: MunicipalityCode) -> MunicipalityFigures | None:
        """The figures of a municipality; None for a code of the test range."""
        return self._by_code.get(code)

    def rate(self, rate_id: str, on: AccountingPeriod, index: PriceIndex | None = None) -> RateFound | None:
        """The level of a rate for an accounting period; see ``Rates.find``.

        ``index`` stands in for the price index of the content, which holds only what the sources print.
        """
        return self.rates.find(rate_id, on, index or self.price_index)
