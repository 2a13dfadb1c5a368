"""Pictures of a package's key figures, from what the package holds; renderers draw them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from almenstyring.application.key_figures import unit_in
from almenstyring.application.wording import name_of
from almenstyring.content import label
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.errors import NotFoundError
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.colours import RED_BELOW
from almenstyring.domain.figures.distribution import Distribution
from almenstyring.domain.figures.key_figures import KeyFigure
from almenstyring.domain.figures.picture_parts import Measure, Spread
from almenstyring.domain.figures.pictures import (
    DistributionPicture,
    EfficiencyPicture,
    Picture,
    PictureKind,
    TrendBreak,
    TrendPicture,
    TrendPoint,
)
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.figures.series import Series, SeriesRow, handovers
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting import DocumentationPackage, GroupBenchmark, KeptFigure, KeptScore, UnitFigures
from almenstyring.domain.text import LANGUAGES, Text
from almenstyring.domain.values import EstateId, Number
from almenstyring.domain.values.faults import member

NO_GROUP = Text("en gruppe, der er stor nok (der er ingen)", "a group that is large enough (there is none)")
EFFICIENCY = "efficiency_score"
"""The key figure whose picture is a bar."""


def picture_of(
    package: DocumentationPackage,
    figure: str,
    unit: Unit | str | None = None,
    *,
    kind: PictureKind | str = PictureKind.DISTRIBUTION,
) -> Picture:
    """A picture of one key figure of the organisation or of an estate, as the package was filled.

    The efficiency bar shows the official score where there is one, else the computed one. NotFoundError for a unit or
    a figure that the package does not have, InvalidValueError for another kind of picture.
    """
    wanted = unit_in(package, unit)
    of_unit = figures_kept(package, wanted)
    definition = load_key_figures().get(figure, package.period.accounting_year, ledger_of(wanted))
    match _kind(kind):
        case PictureKind.EFFICIENCY:
            return _efficiency(package, of_unit)
        case PictureKind.TREND:
            return trend_of(package, of_unit, definition)
        case _:
            return distribution_of(package, of_unit, definition)


def _kind(given: PictureKind | str) -> PictureKind:
    return member(
        PictureKind,
        given,
        Text("{value} er ingen billedtype.", "{value} is no kind of picture."),
        Text("Billedtyperne er {known}.", "The kinds are {known}."),
    )


def pictures_of(package: DocumentationPackage) -> Iterator[tuple[Unit, Picture]]:
    """What a readable report shows: efficiency bars, and critical figures among their peers, or else through the years.

    Drawing takes time, and every figure of the report has both as small strips; ``picture_of`` makes any other.
    """
    year = package.period.accounting_year
    for of_unit in package.figures:
        definitions = load_key_figures().of(ledger_of(of_unit.unit), year)
        bar = _efficiency(package, of_unit)
        if bar.score is not None:
            yield of_unit.unit, bar
        for kept in of_unit.figures:
            if kept.critical and kept.figure in definitions and kept.figure != EFFICIENCY:
                definition = definitions[kept.figure]
                spread = distribution_of(package, of_unit, definition)
                yield of_unit.unit, spread if spread.spread else trend_of(package, of_unit, definition)


def figures_kept(package: DocumentationPackage, unit: Unit) -> UnitFigures:
    """The key figures that a package was filled with for a unit; NotFoundError where there are none."""
    found = package.figures_of(unit)
    if found is None:
        raise NotFoundError(
            Text(f"Pakken har ingen nøgletal for {unit}.", f"The package has no key figures for {unit}."),
            Text("Forudfyld den fra en kilde, og gem den.", "Prefill it from a source, and save it."),
            unit=str(unit),
        )
    return found


def ledger_of(unit: Unit) -> Ledger:
    """Which definitions hold for a unit."""
    return Ledger.ESTATE if isinstance(unit, EstateId) else Ledger.ORGANISATION


def measure_of(figure: KeyFigure) -> Measure:
    """How the values of a key figure are written."""
    return Measure(name=figure.name, unit=figure.measure.name, decimals=figure.decimals)


def benchmark_of(package: DocumentationPackage, kept: KeptFigure | None) -> GroupBenchmark | None:
    """The distribution a figure is shown beside; None where no group was large enough."""
    groups = iter(kept.places if kept else ())
    group = next(groups, None)
    return package.benchmark(kept.figure, group) if kept and group else None


def spread_of(distribution: Distribution) -> Spread | None:
    """A distribution as it is drawn; None where it is not shown."""
    found = distribution.quantiles
    if found is None:
        return None
    return Spread(
        n=distribution.n,
        p10=found.p10.as_fraction(),
        q1=found.q1.as_fraction(),
        median=found.median.as_fraction(),
        q3=found.q3.as_fraction(),
        p90=found.p90.as_fraction(),
        method=label(distribution.method),
    )


def distribution_of(package: DocumentationPackage, of_unit: UnitFigures, figure: KeyFigure) -> DistributionPicture:
    """How the figure is spread over the unit's peers, with the unit marked."""
    kept = of_unit.get(figure.id)
    beside = benchmark_of(package, kept)
    return DistributionPicture(
        unit_name=named(package, of_unit.unit),
        is_synthetic=package.is_synthetic,
        measure=measure_of(figure),
        group=peers_of(of_unit.unit, beside),
        year=package.period.accounting_year,
        value=kept.value.as_fraction() if kept and kept.value is not None else None,
        spread=spread_of(beside.distribution) if beside else None,
        status=beside.distribution.status if beside else FigureStatus.FINAL,
        why_empty=_WHY_EMPTY,
    )


_WHY_EMPTY = Text(
    "Der er ingen sammenlignelig gruppe, der er stor nok, eller sammenligningen er ikke beregnet.",
    "There is no comparable group that is large enough, or the comparison has not been computed.",
)


def trend_of(package: DocumentationPackage, of_unit: UnitFigures, figure: KeyFigure) -> TrendPicture:
    """The unit's years against the median of its peers, with a mark where years do not compare."""
    kept, rows = of_unit.get(figure.id), series_of(package, of_unit, figure.id).rows()
    beside = benchmark_of(package, kept)
    medians = {year.period.accounting_year: year.medians.get(figure.id) for year in of_unit.earlier}
    if beside and beside.distribution.quantiles:
        medians[package.period.accounting_year] = beside.distribution.quantiles.median
    status = kept.status if kept else FigureStatus.FINAL
    return TrendPicture(
        unit_name=named(package, of_unit.unit),
        is_synthetic=package.is_synthetic,
        measure=measure_of(figure),
        group=peers_of(of_unit.unit, beside),
        points=tuple(_points(rows, medians, package.period.accounting_year, status)),
        breaks=tuple(_breaks(rows)),
    )


def series_of(package: DocumentationPackage, of_unit: UnitFigures, figure: str) -> Series:
    """A figure through the years, with the days on which the unit became another."""
    master = package.master_data
    days = handovers(of_unit.unit, master.ownerships) if master else ()
    return evolve(of_unit.series(figure), changed_on=days)


def _points(
    rows: Iterable[SeriesRow], medians: Mapping[int, Number | None], latest: int, status: FigureStatus
) -> Iterator[TrendPoint]:
    """One point per accounting year; of two short periods in a year the last one counts."""
    for year, row in {row.accounting_year: row for row in rows}.items():
        median = medians.get(year)
        yield TrendPoint(
            year=year,
            value=row.point.amount if row.point else None,
            median=median.as_fraction() if median else None,
            status=status if year == latest else FigureStatus.FINAL,
        )


def _breaks(rows: Iterable[SeriesRow]) -> Iterator[TrendBreak]:
    rows = tuple(rows)
    for row in rows[1:]:
        if row.breaks:
            words = [label(each) for each in row.breaks]
            yield TrendBreak(
                year=row.accounting_year, label=Text(*(", ".join(w[lang] for w in words) for lang in LANGUAGES))
            )


def official_score(of_unit: UnitFigures) -> Number | None:
    """The official efficiency score that a source delivered; one that a person typed in its place is not official."""
    kept, delivered = of_unit.get(EFFICIENCY), of_unit.reported.get(EFFICIENCY)
    return kept.value if kept and delivered and delivered.value == kept.value else None


def _efficiency(package: DocumentationPackage, of_unit: UnitFigures) -> EfficiencyPicture:
    official, computed = official_score(of_unit), of_unit.efficiency or KeptScore()
    empty = EfficiencyPicture(
        unit_name=named(package, of_unit.unit),
        is_synthetic=package.is_synthetic,
        year=package.period.accounting_year,
        score=None,
        red_limit=RED_BELOW,
    )
    if official is not None:
        return evolve(empty, score=official, is_official=True)
    if computed.no_score:
        return evolve(empty, peers=computed.peers, why_empty=label(computed.no_score))
    return evolve(
        empty,
        score=computed.score,
        potential=computed.potential,
        peers=computed.peers if computed.score is not None else None,
        best_practice=computed.best_practice,
    )


def named(package: DocumentationPackage, unit: Unit) -> str:
    """The unit's number and name."""
    return f"{unit} {name_of(package, unit)}".strip()


def peers_of(unit: Unit, beside: GroupBenchmark | None) -> Text:
    """Who a unit is compared with, in the plural, as after a number."""
    if beside is None:
        return NO_GROUP
    kind = Text("afdelinger", "estates") if isinstance(unit, EstateId) else Text("organisationer", "organisations")
    return Text("{kind}: {group}", "{kind}: {group}").fill(kind=kind, group=beside.group)
