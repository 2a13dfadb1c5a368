"""Everybody's key figures of a report year side by side: distributions of peer groups, places and efficiency scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from attrs import define, field, frozen

from almenstyring.application.key_figures import figures_of
from almenstyring.content import load_references
from almenstyring.content.key_figures import load_key_figures
from almenstyring.content.peer_groups import load_peer_groups
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.expressions import KRONER
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.distribution import Minimum, Place, Subject
from almenstyring.domain.figures.efficiency import EfficiencyScore, efficiency_scores
from almenstyring.domain.figures.efficiency_costs import HomeCosts, costs_per_home
from almenstyring.domain.figures.efficiency_method import EfficiencyMethod
from almenstyring.domain.figures.key_figures import KeyFigure
from almenstyring.domain.figures.peers import PeerGroups, PeerQuery
from almenstyring.domain.figures.reckoning import KeyFigureValue, rounded
from almenstyring.domain.figures.recomputation import Movement, moved
from almenstyring.domain.figures.sample import Observation, Sample
from almenstyring.domain.figures.traits import Trait, UnitTraits, traits_of
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
from almenstyring.domain.text import LANGUAGES, Text
from almenstyring.domain.values import EstateId, Number

SHOWN_BESIDE: Mapping[Ledger, tuple[str, ...]] = {
    Ledger.ESTATE: ("dialogue", "region_home_type", "home_type", "country"),
    Ledger.ORGANISATION: ("organisation_size", "region", "country"),
}
"""The groups a unit is shown beside: the first that is large enough for the figure (project-authored order)."""
RESIDENT_DATA = "residents"
"""The group of key figures for which estates with few residents are left out."""
_RESIDENTS = 100
_TEST_REGION = "Testregion"
"""All invented municipalities lie in one invented region, so that their estates can be compared."""


def minimum_for(figure: KeyFigure) -> Minimum:
    """The least group whose distribution of the figure is shown."""
    residents = _RESIDENTS if figure.group == RESIDENT_DATA and figure.of is Ledger.ESTATE else 0
    return Minimum(members=figure.minimum_peers, residents=residents)


# --- peer groups ------------------------------------------------------------------------------------------------------


@define
class Peers:
    """All units of a report year that have figures, with their traits: who is whose peer is found once (da: felt)."""

    groups: PeerGroups
    traits: Mapping[Unit, UnitTraits]
    _beside: dict[Unit, tuple[tuple[str, PeerQuery], ...]] = field(factory=dict, init=False)
    _members: dict[str, tuple[Unit, ...]] = field(factory=dict, init=False)

    @classmethod
    def of(cls, days: Mapping[Unit, date], masters: Mapping[Unit, MasterData]) -> Peers:
        """The units with what each was on its day; the master data of an estate are its owner's."""
        groups, references = load_peer_groups(), load_references()
        found = {unit: traits_of(unit, masters[unit], references, groups.traits, day) for unit, day in days.items()}
        return cls(groups, found)

    def query(self, unit: Unit, group: str, listed: Iterable[Unit] | None = None) -> PeerQuery:
        """Who the peers of a unit are; errors as for ``PeerGroups.query``."""
        return self.groups.query(group, self.traits[unit], listed)

    def beside(self, unit: Unit) -> tuple[tuple[str, PeerQuery], ...]:
        """The groups that a unit's figures may be shown beside, the most specific first, each with its key."""
        if unit not in self._beside:
            queries = (self.query(unit, group) for group in SHOWN_BESIDE[self.traits[unit].ledger])
            self._beside[unit] = tuple((str(query), query) for query in queries if query.why_nobody is None)
        return self._beside[unit]

    def members(self, key: str, query: PeerQuery) -> tuple[Unit, ...]:
        """The units of a group; ``key`` is the query as text."""
        if key not in self._members:
            self._members[key] = tuple(each.unit for each in query.members(self.traits.values()))
        return self._members[key]


@define
class Side:
    """One key figure of everybody, set against the peers (da: sammenligning af ét nøgletal); samples are made once."""

    figure: KeyFigure
    year: ReportYear
    on: date
    peers: Peers
    observations: Mapping[Unit, Observation]
    minimum: Minimum
    _samples: dict[str, Sample] = field(factory=dict, init=False)
    _benchmarks: dict[str, GroupBenchmark] = field(factory=dict, init=False)

    def sample(self, key: str, query: PeerQuery) -> Sample:
        """The figures of a group."""
        if key not in self._samples:
            members = self.peers.members(key, query)
            self._samples[key] = Sample(
                subject=Subject(figure=self.figure.id, group=key_of(query), year=self.year),
                observations=tuple(self.observations[unit] for unit in members if unit in self.observations),
                minimum=self.minimum,
            )
        return self._samples[key]

    def benchmark(self, key: str, query: PeerQuery) -> GroupBenchmark:
        """How the figure is spread over a group."""
        if key not in self._benchmarks:
            sample = self.sample(key, query)
            made = sample.distribution(decimals=self.figure.decimals, weighting=self.figure.weighting)
            self._benchmarks[key] = GroupBenchmark(group=in_words(query), distribution=made, computed_on=self.on)
        return self._benchmarks[key]

    def beside(self, unit: Unit) -> tuple[GroupBenchmark, Place | None] | None:
        """The first group that is large enough, and the unit's place there; None where there is none.

        Whole amounts of kroner are compared with nobody's: they tell no more than how large a unit is.
        """
        if self.figure.measure == KRONER:
            return None
        for key, query in self.peers.beside(unit):
            made = self.benchmark(key, query)
            if made.distribution.suppressed is None:
                return made, self.sample(key, query).place_of(unit)
        return None


def key_of(query: PeerQuery) -> str:
    """What a group is called in a document: its id, and what its members have in common."""
    values = ("/".join(value.id for value in criterion.values) for criterion in query.criteria)
    listed = () if query.listed is None else (f"{len(query.listed)} enheder",)
    return f"{query.group.id}: {', '.join((*values, *listed))}"


def in_words(query: PeerQuery) -> Text:
    """Who the members of a group are, in words."""
    values = [value.name for each in query.criteria if each.trait is not Trait.KIND for value in each.values]
    if not values:
        return query.group.name
    named = Text(*(", ".join(value[language] for value in values) for language in LANGUAGES))
    return Text("{name}: {values}", "{name}: {values}").fill(name=query.group.name, values=named)


# --- one figure beside one group --------------------------------------------------------------------------------------


@frozen(kw_only=True)
class Comparison:
    """One figure of one unit beside one group of peers (da: sammenligning).

    ``value`` is missing where the unit has no figure, ``place`` also where the group is too small to be shown.
    ``why_nobody`` says why there is no group at all. Nobody else is named, and nobody is put in order.
    """

    unit: Unit
    figure: KeyFigure
    value: Number | None
    place: Place | None
    benchmark: GroupBenchmark
    reasons: tuple[Text, ...]
    why_nobody: Text | None = None


def compared_in(side: Side, unit: Unit, query: PeerQuery) -> Comparison:
    """One figure of a unit beside the group that a query finds."""
    key, own = str(query), side.observations.get(unit)
    exact = own.value if own else None
    return Comparison(
        unit=unit,
        figure=side.figure,
        value=None if exact is None else rounded(Fraction(exact), side.figure.decimals),
        place=side.sample(key, query).place_of(unit),
        benchmark=side.benchmark(key, query),
        reasons=query.reasons,
        why_nobody=query.why_nobody,
    )


def side_of(column: FigureColumn, peers: Peers, minimum: Minimum | None = None) -> Side:
    """One figure of everybody, as it was kept; ``minimum`` stands in for the least group of the figure itself."""
    figure = load_key_figures().find(column.figure, column.definition, column.ledger)
    assert figure is not None, "a definition is never taken out of the content"
    rows = zip(column.units, column.exact, column.weights, column.statuses, column.residents, strict=True)
    observations = {
        unit: Observation(unit=unit, value=exact, weight=weight, status=status, residents=residents)
        for unit, exact, weight, status, residents in rows
    }
    return Side(
        figure=figure,
        year=column.report_year,
        on=column.computed_on,
        peers=peers,
        observations=observations,
        minimum=minimum or minimum_for(figure),
    )


# --- a whole year -----------------------------------------------------------------------------------------------------


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
    sides = {(column.ledger, column.figure): side_of(column, peers, minimum) for column in columns}
    scores = _scores([package for package, _ in packages], peers, method)
    organisations = (_year_figures(package, year, on, reckoned, sides, scores) for package, _ in packages)
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
    sides: Mapping[tuple[Ledger, str], Side],
    scores: Mapping[str, KeptScore],
) -> YearFigures:
    used: dict[Subject, GroupBenchmark] = {}

    def placed(value: KeyFigureValue) -> Measured:
        beside = sides[value.figure.of, value.figure.id].beside(value.unit) if value.exact is not None else None
        places = {}
        if beside:
            benchmark, place = beside
            used[benchmark.distribution.subject] = benchmark
            places = {benchmark.distribution.subject.group: place} if place else {}
        figure = value.figure
        return Measured(figure=figure.id, definition=figure.definition, exact=value.exact, places=places)

    units = tuple(
        UnitMeasures(
            unit=sheet.unit,
            period=package.period,
            values=tuple(map(placed, reckoned.get(sheet.unit, ()))),
            efficiency=scores.get(str(sheet.unit)),
        )
        for sheet in package.sheets()
    )
    return YearFigures(
        organisation=package.organisation,
        report_year=year,
        computed_on=on,
        units=units,
        benchmarks=tuple(used.values()),
    )


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
