"""One key figure of everybody beside peer groups: distributions, and the place of each unit (da: sammenligning)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from attrs import define, field, frozen

from almenstyring.content import load_references
from almenstyring.content.key_figures import load_key_figures
from almenstyring.content.peer_groups import load_peer_groups
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.expressions import KRONER
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.distribution import Minimum, Place, Subject
from almenstyring.domain.figures.key_figures import KeyFigure
from almenstyring.domain.figures.peers import PeerGroups, PeerQuery
from almenstyring.domain.figures.reckoning import rounded
from almenstyring.domain.figures.sample import Observation, Sample
from almenstyring.domain.figures.traits import Trait, UnitTraits, traits_of
from almenstyring.domain.organisations import MasterData, Unit
from almenstyring.domain.reporting import (
    FigureColumn,
    GroupBenchmark,
)
from almenstyring.domain.text import LANGUAGES, Text
from almenstyring.domain.values import Number

SHOWN_BESIDE: Mapping[Ledger, tuple[str, ...]] = {
    Ledger.ESTATE: ("dialogue", "region_home_type", "home_type", "country"),
    Ledger.ORGANISATION: ("organisation_size", "region", "country"),
}
"""The groups a unit is shown beside: the first that is large enough for the figure (project-authored order)."""
RESIDENT_DATA = "residents"
"""The group of key figures for which estates with few residents are left out."""
_RESIDENTS = 100


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
class ComparedFigure:
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


def compared_in(compared: ComparedFigure, unit: Unit, query: PeerQuery) -> Comparison:
    """One figure of a unit beside the group that a query finds."""
    key, own = str(query), compared.observations.get(unit)
    exact = own.value if own else None
    return Comparison(
        unit=unit,
        figure=compared.figure,
        value=None if exact is None else rounded(Fraction(exact), compared.figure.decimals),
        place=compared.sample(key, query).place_of(unit),
        benchmark=compared.benchmark(key, query),
        reasons=query.reasons,
        why_nobody=query.why_nobody,
    )


def compared_figure(column: FigureColumn, peers: Peers, minimum: Minimum | None = None) -> ComparedFigure:
    """One figure of everybody, as it was kept; ``minimum`` stands in for the least group of the figure itself."""
    figure = load_key_figures().find(column.figure, column.definition, column.ledger)
    assert figure is not None, "a definition is never taken out of the content"
    rows = zip(column.units, column.exact, column.weights, column.statuses, column.residents, strict=True)
    observations = {
        unit: Observation(unit=unit, value=exact, weight=weight, status=status, residents=residents)
        for unit, exact, weight, status, residents in rows
    }
    return ComparedFigure(
        figure=figure,
        year=column.report_year,
        on=column.computed_on,
        peers=peers,
        observations=observations,
        minimum=minimum or minimum_for(figure),
    )
