"""The key figures a package is prefilled with: each unit's own, and how its peers' are spread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property

from attrs import field, frozen

from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.figures.accounts import Accounts
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.critical import CriticalBy
from almenstyring.domain.figures.distribution import Distribution, Place
from almenstyring.domain.figures.efficiency_costs import NoScore
from almenstyring.domain.figures.efficiency_method import EfficiencyVariant
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.figures.series import Series, SeriesPoint
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting.answers import Answer
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, Number, Ratio


@frozen(kw_only=True)
class KeptFigure:
    """One key figure of one unit as it was when the package was filled (da: nøgletal i pakken).

    ``definition`` is the number of the definition it was computed by. ``places`` says of each group of peers, by its
    key, where the unit lay in it. ``critical`` says why the figure is critical; empty where it is not.
    """

    figure: str
    definition: int
    value: Number | None = None
    status: FigureStatus = FigureStatus.FINAL
    places: Mapping[str, Place] = field(factory=dict, hash=False)
    critical: tuple[CriticalBy, ...] = ()

    @property
    def identity(self) -> str:
        """The definition it was computed by, as it is printed: ``rent_per_m2/3``."""
        return f"{self.figure}/{self.definition}"


@frozen(kw_only=True)
class LastYear:
    """What the figures of the accounting year before rest on, for those that tell a development (da: sidste år)."""

    period: AccountingPeriod
    accounts: Accounts | None = None
    reported: Mapping[str, Answer] = field(factory=dict, hash=False)


@frozen(kw_only=True)
class KeptScore:
    """A computed efficiency score as it was when the package was filled (da: beregnet effektivitetstal).

    Never the official one. ``best_practice`` is the estate whose costs it was measured by; empty where nobody was
    cheaper. ``no_score`` says why there is none.
    """

    score: Ratio | None = None
    potential: Ratio | None = None
    peers: int = 0
    group: str = ""
    best_practice: str = ""
    variant: EfficiencyVariant = EfficiencyVariant.PUBLISHED
    no_score: NoScore | None = None


@frozen(kw_only=True)
class EarlierFigures:
    """The figures of an earlier accounting year by identity, such as ``rent_per_m2/2``; a missing one is left out.

    ``medians`` are those of the peers then, by figure, where the group was the same as it is this year.
    """

    period: AccountingPeriod
    values: Mapping[str, Number] = field(hash=False)
    medians: Mapping[str, Number] = field(factory=dict, hash=False)

    def points(self, figure: str) -> Iterator[SeriesPoint]:
        """The year's value of the figure, by whatever definition; nothing where it was missing."""
        for identity, value in self.values.items():
            name, _, definition = identity.rpartition("/")
            if name == figure:
                yield SeriesPoint(period=self.period, value=value, definition=int(definition))


@frozen(kw_only=True)
class UnitFigures:
    """The key figures of one unit, and the reported facts beside accounts and answers that they rest on."""

    unit: Unit
    period: AccountingPeriod
    figures: tuple[KeptFigure, ...] = ()
    reported: Mapping[str, Answer] = field(factory=dict, hash=False)
    before: LastYear | None = None
    earlier: tuple[EarlierFigures, ...] = ()
    efficiency: KeptScore | None = None

    @cached_property
    def _by_id(self) -> Mapping[str, KeptFigure]:
        return {kept.figure: kept for kept in self.figures}

    def get(self, figure: str) -> KeptFigure | None:
        """The figure of that id, or None."""
        return self._by_id.get(figure)

    def series(self, figure: str) -> Series:
        """The figure through the years, this one last."""
        points = [point for year in self.earlier for point in year.points(figure)]
        kept = self.get(figure)
        if kept is not None:
            points.append(SeriesPoint(period=self.period, value=kept.value, definition=kept.definition))
        return Series(figure=figure, unit=self.unit, points=tuple(points))


@frozen(kw_only=True)
class GroupBenchmark:
    """How one figure is spread over one group of peers (da: benchmark), as it was computed on a day.

    ``group`` tells in words who the peers are.
    """

    group: Text
    distribution: Distribution
    computed_on: date


@frozen(kw_only=True)
class Measured:
    """One key figure of one unit as a member of its peer groups (da: målt nøgletal): exact, and its place in them."""

    figure: str
    definition: int
    exact: Fraction | None = None
    places: Mapping[str, Place] = field(factory=dict, hash=False)


@frozen(kw_only=True)
class UnitMeasures:
    """All key figures of one unit in one accounting year, for comparing (da: enhedens målinger)."""

    unit: Unit
    period: AccountingPeriod
    values: tuple[Measured, ...] = ()
    efficiency: KeptScore | None = None

    @cached_property
    def _by_id(self) -> Mapping[str, Measured]:
        return {measured.figure: measured for measured in self.values}

    def get(self, figure: str) -> Measured | None:
        """The figure of that id, or None."""
        return self._by_id.get(figure)


@frozen(kw_only=True)
class YearFigures:
    """One organisation's key figures of one report year, beside everybody else's (da: årets nøgletal).

    ``benchmarks`` are the distributions that its units are shown beside.
    """

    organisation: LbfNumber
    report_year: ReportYear
    computed_on: date
    units: tuple[UnitMeasures, ...]
    benchmarks: tuple[GroupBenchmark, ...] = ()

    def of(self, unit: Unit) -> UnitMeasures | None:
        """The measures of the organisation or of one of its estates, or None."""
        return next((measures for measures in self.units if measures.unit == unit), None)


@frozen(kw_only=True)
class FigureColumn:
    """One key figure of everybody in one report year (da: nøgletalskolonne), place by place in the same order.

    ``days`` are the last days of the units' accounting periods, on which their traits count; ``residents`` is None
    where it is not known. ``weights`` are what the units count by in a mean.
    """

    figure: str
    definition: int
    ledger: Ledger
    report_year: ReportYear
    computed_on: date
    units: tuple[Unit, ...]
    days: tuple[date, ...]
    exact: tuple[Fraction | None, ...]
    weights: tuple[Fraction | None, ...]
    statuses: tuple[FigureStatus, ...]
    residents: tuple[int | None, ...]
