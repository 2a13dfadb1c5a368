"""A whole report year compared: everybody's figures with their places, efficiency scores, and what moved since last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import frozen

from almenstyring.application.comparing import ComparedFigure, Peers, compared_figure
from almenstyring.application.key_figures import figures_of
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.distribution import Minimum, Subject
from almenstyring.domain.figures.efficiency import EfficiencyScore, efficiency_scores
from almenstyring.domain.figures.efficiency_costs import HomeCosts, costs_per_home
from almenstyring.domain.figures.efficiency_method import EfficiencyMethod
from almenstyring.domain.figures.key_figures import KeyFigure
from almenstyring.domain.figures.reckoning import KeyFigureValue
from almenstyring.domain.figures.recomputation import Movement, moved
from almenstyring.domain.figures.traits import Trait, UnitTraits
from almenstyring.domain.organisations import EstateKind, MasterData, Unit
from almenstyring.domain.reporting import (
    DocumentationPackage,
    FigureColumn,
    GroupBenchmark,
    KeptScore,
    Measured,
    Standard,
    UnitMeasures,
    YearFigures,
)
from almenstyring.domain.values import EstateId

_TEST_REGION = "Testregion"
"""All invented municipalities lie in one invented region, so that their estates can be compared."""


@frozen(kw_only=True)
class ComparedYear:
    """All that computing a year brings: each organisation's figures, and each figure of everybody (da: årets tal)."""

    organisations: tuple[YearFigures, ...]
    columns: tuple[FigureColumn, ...]


@frozen(kw_only=True)
class Recomputed:
    """What computing a year's comparisons brought (da: genberegning): how much, and what moved since the last time."""

    year: ReportYear
    organisations: int
    units: int
    distributions: int
    movements: tuple[tuple[GroupBenchmark, tuple[Movement, ...]], ...] = ()


Filled = tuple[DocumentationPackage, Standard | None]


def compared(
    packages: Sequence[Filled],
    year: ReportYear,
    on: date,
    *,
    minimum: Minimum | None = None,
    method: EfficiencyMethod | None = None,
) -> ComparedYear:
    """Every organisation's figures of the year with the place of each among its peers, and each figure of everybody.

    ``minimum`` stands in for the least groups of all figures, ``method`` for the published one of the scores.
    """
    masters: dict[Unit, MasterData] = {
        sheet.unit: package.master_data for package, _ in packages for sheet in package.sheets() if package.master_data
    }
    reckoned = {unit: values for each in packages for unit, values in _reckoned(*each)}
    days = {unit: package.period.end for package, _ in packages for unit in (s.unit for s in package.sheets())}
    peers = Peers.of({unit: days[unit] for unit in reckoned}, masters)
    columns = tuple(_columns(reckoned, masters, days, year, on))
    figures = {(column.ledger, column.figure): compared_figure(column, peers, minimum) for column in columns}
    scores = _scores([package for package, _ in packages], peers, method)
    organisations = (_year_figures(package, year, on, reckoned, figures, scores) for package, _ in packages)
    return ComparedYear(organisations=tuple(organisations), columns=columns)


def _reckoned(
    package: DocumentationPackage, standard: Standard | None
) -> Iterator[tuple[Unit, tuple[KeyFigureValue, ...]]]:
    figures = figures_of(package, standard)
    if package.master_data:
        yield from ((unit, figures.of(unit).all()) for unit in figures.units)


def _columns(
    reckoned: Mapping[Unit, tuple[KeyFigureValue, ...]],
    masters: Mapping[Unit, MasterData],
    days: Mapping[Unit, date],
    year: ReportYear,
    on: date,
) -> Iterator[FigureColumn]:
    rows: dict[KeyFigure, list[KeyFigureValue]] = {}
    for values in reckoned.values():
        for value in values:
            rows.setdefault(value.figure, []).append(value)
    for figure, row in rows.items():
        units = tuple(value.unit for value in row)
        yield FigureColumn(
            figure=figure.id,
            definition=figure.definition,
            ledger=figure.of,
            report_year=year,
            computed_on=on,
            units=units,
            days=tuple(days[unit] for unit in units),
            exact=tuple(value.exact for value in row),
            weights=tuple(value.weight for value in row),
            statuses=tuple(value.status for value in row),
            residents=tuple(_residents(unit, masters[unit]) for unit in units),
        )


def _residents(unit: Unit, master: MasterData) -> int | None:
    estate = master.estate(unit) if isinstance(unit, EstateId) else None
    return estate.residents if estate else None


def _year_figures(  # noqa: PLR0913 - what was computed of everybody, and whose it is
    package: DocumentationPackage,
    year: ReportYear,
    on: date,
    reckoned: Mapping[Unit, tuple[KeyFigureValue, ...]],
    figures: Mapping[tuple[Ledger, str], ComparedFigure],
    scores: Mapping[str, KeptScore],
) -> YearFigures:
    used: dict[Subject, GroupBenchmark] = {}
    units = []
    for sheet in package.sheets():
        values = []
        for value in reckoned.get(sheet.unit, ()):
            measured, benchmark = _placed(value, figures[value.figure.of, value.figure.id])
            values.append(measured)
            if benchmark:
                used[benchmark.distribution.subject] = benchmark
        score = scores.get(str(sheet.unit))
        units.append(UnitMeasures(unit=sheet.unit, period=package.period, values=tuple(values), efficiency=score))
    return YearFigures(
        organisation=package.organisation,
        report_year=year,
        computed_on=on,
        units=tuple(units),
        benchmarks=tuple(used.values()),
    )


def _placed(value: KeyFigureValue, compared: ComparedFigure) -> tuple[Measured, GroupBenchmark | None]:
    """A unit's figure with its place, and the distribution it is shown beside."""
    benchmark, place = (compared.beside(value.unit) if value.exact is not None else None) or (None, None)
    places = {benchmark.distribution.subject.group: place} if benchmark and place else {}
    figure = value.figure
    return Measured(figure=figure.id, definition=figure.definition, exact=value.exact, places=places), benchmark


def _scores(
    packages: Iterable[DocumentationPackage], peers: Peers, method: EfficiencyMethod | None
) -> Mapping[str, KeptScore]:
    costs = tuple(each for package in packages for each in _costs(package, peers))
    return {score.unit.unit: _kept_score(score) for score in efficiency_scores(costs, method)}


def _costs(package: DocumentationPackage, peers: Peers) -> Iterator[HomeCosts]:
    master = package.master_data
    for sheet in package.estate_reports:
        accounts = package.accounts_of(sheet.unit)
        estate = master.estate(sheet.unit) if master and isinstance(sheet.unit, EstateId) else None
        if accounts and estate and estate.kind is EstateKind.HOUSING:
            yield costs_per_home(accounts, estate, region=_region(peers.traits[sheet.unit]))


def _region(traits: UnitTraits) -> str:
    """The estate's region; all invented municipalities lie in one."""
    regions = traits.of(Trait.REGION)
    return regions[0].id if regions else _TEST_REGION if traits.unit.is_test else ""


def _kept_score(score: EfficiencyScore) -> KeptScore:
    return KeptScore(
        score=score.score,
        potential=score.potential,
        peers=score.peers,
        group=score.unit.group,
        best_practice=score.best_practice.unit if score.best_practice else "",
        variant=score.method.variant,
        no_score=score.no_score,
    )


def movements(
    old: Iterable[YearFigures], new: Iterable[YearFigures]
) -> tuple[tuple[GroupBenchmark, tuple[Movement, ...]], ...]:
    """What moved in the distributions that were there before and are made in the same way, each once."""
    before, after = _by_subject(old), _by_subject(new)
    both = (subject for subject in before.keys() & after.keys() if _way(before[subject]) == _way(after[subject]))
    shared = sorted(both, key=lambda subject: (subject.figure, subject.group))
    pairs = ((after[subject], moved(before[subject].distribution, after[subject].distribution)) for subject in shared)
    return tuple((benchmark, change) for benchmark, change in pairs if change)


def _way(benchmark: GroupBenchmark) -> tuple[object, ...]:
    """How a distribution is made: a later version of a definition or of the library may round or weigh otherwise."""
    made = benchmark.distribution
    return made.method, made.weighting, made.decimals, made.minimum


def _by_subject(figures: Iterable[YearFigures]) -> dict[Subject, GroupBenchmark]:
    return {benchmark.distribution.subject: benchmark for each in figures for benchmark in each.benchmarks}
