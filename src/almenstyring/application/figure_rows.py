"""The key figures of a package as rows: each with its definition, its peers and why it is critical."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from almenstyring.application.picturing import benchmark_of, ledger_of, official_score
from almenstyring.application.table_columns import FIRMNESS, UNIT_KEY, Rows, TableCell, column, unit_key
from almenstyring.content import label
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.figures.colours import ColourLimits
from almenstyring.domain.figures.distribution import Place
from almenstyring.domain.figures.efficiency_method import COMPUTED_LABEL
from almenstyring.domain.figures.key_figures import KeyFigure
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting import DocumentationPackage, GroupBenchmark, KeptFigure, UnitFigures
from almenstyring.domain.text import LANGUAGES, Text
from almenstyring.domain.values import Number, Ratio


@frozen(kw_only=True)
class FigureRow:
    """One key figure of one unit as a package holds it, with what is shown beside it."""

    unit: Unit
    definition: KeyFigure
    kept: KeptFigure
    benchmark: GroupBenchmark | None
    place: Place | None

    @property
    def shown(self) -> Text:
        """The value with its unit of measure; empty where it is missing."""
        value, measure = self.kept.value, self.definition.measure.name
        if value is None:
            return Text("", "")
        return Text(*(f"{value.display(each)} {measure[each]}".strip() for each in LANGUAGES))

    @property
    def brief(self) -> Text:
        """The value without what it is measured per, which the figure's name says; empty where it is missing.

        A figure that is not final says so.
        """
        value, measure = self.kept.value, self.definition.measure
        if value is None:
            return Text("", "")
        counted, firm = measure.counted.name, label(self.kept.status)
        said = Text(*(f"{value.display(each)} {counted[each]}".strip() for each in LANGUAGES))
        if self.kept.status is FigureStatus.FINAL:
            return said
        return Text("{said} ({firm})", "{said} ({firm})").fill(said=said, firm=firm)

    @property
    def critical(self) -> Text:
        """Why the figure is critical, in words; empty where it is not."""
        words = [label(cause) for cause in self.kept.critical]
        return Text(*(", ".join(word[each] for word in words) for each in LANGUAGES))


def figure_rows(package: DocumentationPackage, unit: Unit) -> Iterator[FigureRow]:
    """A unit's figures in the order of the definitions; none where the package was not filled with any."""
    of_unit, catalogue, ledger = package.figures_of(unit), load_key_figures(), ledger_of(unit)
    for kept in of_unit.figures if of_unit else ():
        definition = catalogue.find(kept.figure, kept.definition, ledger)
        if definition is not None:
            yield FigureRow(
                unit=unit,
                definition=definition,
                kept=kept,
                benchmark=benchmark_of(package, kept),
                place=next(iter(kept.places.values()), None),
            )


def critical_rows(package: DocumentationPackage) -> tuple[FigureRow, ...]:
    """The critical figures of all units of a package."""
    return tuple(row for of in package.figures for row in figure_rows(package, of.unit) if row.kept.critical)


KEY_FIGURES = (
    *UNIT_KEY,
    column("group", "Emne", "Subject", 20),
    column("figure", "Nøgletal", "Key figure", 40),
    column("value", "Værdi", "Value", 14),
    column("measure", "Måles i", "Measured in", 18),
    FIRMNESS,
    column("critical", "Kritisk", "Critical", 26),
    column("peers", "Sammenlignet med", "Compared with", 44),
    column("n", "Antal", "Number", 9, 0),
    column("peers_firmness", "Gruppens taltype", "Firmness of the group", 14),
    column("p10", "10-percentil", "10th percentile", 14),
    column("q1", "Nedre kvartil", "Lower quartile", 14),
    column("median", "Median", "Median", 14),
    column("q3", "Øvre kvartil", "Upper quartile", 14),
    column("p90", "90-percentil", "90th percentile", 14),
    column("mean", "Gennemsnit", "Mean", 14),
    column("weighting", "Vægtning", "Weighting", 20),
    column("percentile", "Enhedens percentil", "The unit's percentile", 14),
    column("place", "Placering", "Place", 34),
    column("definition", "Definition", "Definition", 34),
    column("formula", "Formel", "Formula", 60),
    column("source", "Kilde", "Source", 60),
    column("certainty", "Sikkerhed", "Certainty", 16),
)


def key_figures(packages: Iterable[DocumentationPackage]) -> Rows:
    """One row per key figure of every unit, missing ones too."""
    for package in packages:
        for of_unit in package.figures:
            for row in figure_rows(package, of_unit.unit):
                yield (*unit_key(package, row.unit), *_own_cells(row), *_peer_cells(row), *_about(row))


def _own_cells(row: FigureRow) -> tuple[TableCell, ...]:
    group = load_key_figures().groups[row.definition.group]
    critical, measure = row.critical, row.definition.measure.name
    return (
        group,
        row.definition.name,
        row.kept.value,
        measure if measure.da else None,
        label(row.kept.status),
        critical if critical.da else None,
    )


def _peer_cells(row: FigureRow) -> tuple[TableCell, ...]:
    if row.benchmark is None:
        return (None,) * 12
    spread, place = row.benchmark.distribution, row.place
    found = spread.quantiles
    quantiles: tuple[Number | None, ...] = (
        (found.p10, found.q1, found.median, found.q3, found.p90) if found else (None,) * 5
    )
    return (
        row.benchmark.group,
        spread.n,
        label(spread.status),
        *quantiles,
        spread.mean,
        label(spread.weighting),
        Number(place.percentile.count, place.percentile.decimals) if place else None,
        place.band.sentence if place else None,
    )


def _about(row: FigureRow) -> tuple[TableCell, ...]:
    definition = row.definition
    return definition.identity, definition.formula, definition.source, label(definition.certainty)


EFFICIENCY = (
    *UNIT_KEY,
    column("official", "Officielt tal", "Official score", 14),
    column("score", "Beregnet tal", "Computed score", 14, 2),
    column("potential", "Potentiale", "Potential", 14, 2),
    column("peers", "Sammenlignelige", "Peers", 15, 0),
    column("group", "Gruppe", "Group", 34),
    column("best_practice", "Bedste praksis", "Best practice", 16),
    column("colour", "Farve", "Colour", 34),
    column("why", "Hvorfor intet tal", "Why no score", 40),
    column("label", "Hvad det beregnede tal er", "What the computed score is", 60),
)


def efficiency(packages: Iterable[DocumentationPackage]) -> Rows:
    """One row per estate with an efficiency score of either kind, or the reason why there is no computed one."""
    for package in packages:
        for of_unit in package.figures:
            if of_unit.efficiency or official_score(of_unit) is not None:
                yield (*unit_key(package, of_unit.unit), *_scores(of_unit))


def colour_of(score: Ratio) -> Text:
    """The colour of a score in words, and who drew its limit."""
    limits = ColourLimits()
    colour = limits.colour(score.as_fraction())
    words, certainty = label(colour), label(limits.certainty(colour))
    return Text(f"{words.da} ({certainty.da} grænse)", f"{words.en} ({certainty.en} limit)")


def _scores(of_unit: UnitFigures) -> tuple[TableCell, ...]:
    own, computed = official_score(of_unit), of_unit.efficiency
    if computed is None:
        return (own, *(None,) * 8)
    score, potential = computed.score, computed.potential
    return (
        own,
        Number(score.count, score.decimals) if score is not None else None,
        Number(potential.count, potential.decimals) if potential is not None else None,
        computed.peers,
        computed.group or None,
        computed.best_practice or None,
        colour_of(score) if score is not None else None,
        label(computed.no_score) if computed.no_score else None,
        COMPUTED_LABEL,
    )
