"""The part of the demonstration's year that is about key figures: computed, compared, explained, drawn (SYNTETISK)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from telling import Story

import almenstyring as al

COMPUTED_YEARS = tuple(al.ReportYear(year) for year in range(2022, 2027))
SHOWN = (
    "rent_per_m2",
    "cleaning_per_m2",
    "provisions_per_m2",
    "move_out_rate",
    "vacancy_rate",
    "delimited_costs_per_m2",
)
UNIT = "T001-T0101"
DEVIATIONS = "facts.deviations"


def tell_references(story: Story) -> None:
    """A few of the published rows the packages are compared with, each with its source."""
    story.chapter("Offentliggjorte tal (virkelige)", "Published figures (real)")
    references = al.load_references()
    period = al.AccountingPeriod(date(2025, 1, 1), date(2025, 12, 31))
    names = references.benchmarks.names
    rows: list[Sequence[object]] = []
    for code in ("101", "751", "851"):
        town = references.municipality(al.MunicipalityCode(code))
        if town and town.rent:
            rent = al.Text(f"Husleje, {town.name}", f"Rent, {town.name}")
            rows.append((rent, town.rent.display(story.lang), "1.1.2026", town.source))
    for rate in ("disposition_fund_yearly", "disposition_fund_limit", "working_capital_limit"):
        found = references.rate(rate, period)
        if found:
            name = references.rates.names[rate]
            rows.append((name, found.rate.amount.display(story.lang), found.label, found.rate.source))
    for row in (*references.benchmarks.of("move_out_rate"), *references.benchmarks.of("cleaning")):
        what = al.Text(*(f"{names[row.indicator][each]}, {names[row.group][each]}" for each in ("da", "en")))
        rows.append((what, f"{row.value} {names[row.unit][story.lang]}", row.period, row.source))
    rows = [(*row[:3], str(row[3]).split(";")[0]) for row in rows]
    story.table([("Hvad", "What"), ("Tal", "Figure"), ("Gælder", "Valid"), ("Kilde", "Source")], rows)


def compute(operator: al.Workspace, story: Story) -> None:
    """Compute five years' figures of everybody in the register, so that packages open with series and peers."""
    story.chapter("Årets nøgletal beregnes for alle", "The year's key figures are computed for everybody")
    found = [operator.compute_figures(year) for year in COMPUTED_YEARS]
    titles = [
        ("Styringsår", "Report year"),
        ("Organisationer", "Organisations"),
        ("Enheder", "Units"),
        ("Fordelinger", "Distributions"),
    ]
    story.table(titles, [(each.year, each.organisations, each.units, each.distributions) for each in found])


def explained_deviations(package: al.DocumentationPackage) -> al.DocumentationPackage:
    """The package with an invented explanation of the critical figures of each unit that has any."""
    rows = [
        {"figure": kept.figure, "unit": str(of_unit.unit), "explanation": "Bestyrelsen kender årsagen (syntetisk)."}
        for of_unit in package.figures
        for kept in of_unit.figures
        if kept.critical
    ]
    return package.answer(DEVIATIONS, rows) if rows else package


def recompute(operator: al.Workspace, story: Story) -> al.Recomputed:
    """Compute the year again on what was sent, and say what moved."""
    year = COMPUTED_YEARS[-1]
    found = operator.compute_figures(year)
    story.chapter("Genberegnet på det, der blev sendt", "Computed again on what was sent")
    moved = [(b.distribution.subject.figure, b.group, m.sentence) for b, moves in found.movements for m in moves]
    story.table([("Nøgletal", "Key figure"), ("Gruppe", "Group"), ("Hvad", "What")], moved[:8])
    said = al.Text(f"{len(moved)} tal i fordelingerne er flyttet.", f"{len(moved)} figures of the distributions moved.")
    story.line(said[story.lang])
    return found


def tell(operator: al.Workspace, package: al.DocumentationPackage, story: Story) -> None:
    """One estate: its figures beside its peers', one of them explained, and its twins."""
    story.chapter(f"Nøgletal for {UNIT} (SYNTETISK)", f"Key figures of {UNIT} (SYNTETISK)")
    comparisons = [operator.compare(UNIT, figure, package.report_year, group="home_type") for figure in SHOWN]
    titles = [
        ("Nøgletal", "Key figure"),
        ("Værdi", "Value"),
        ("Gruppe", "Group"),
        ("n", "n"),
        ("Median", "Median"),
        ("Placering", "Place"),
    ]
    story.table(titles, [_row(each, story.lang) for each in comparisons])
    story.line(operator.explain(package, "cleaning_growth", UNIT).text(story.lang))
    twins = operator.twins(UNIT, package.report_year, count=3)
    story.table(
        [("Tvilling", "Twin"), ("Afstand", "Distance"), ("Mest forskellig i", "Most unlike in")],
        [
            (t.unit, t.distance.display(story.lang), max(t.reasons, key=lambda r: r.squared).sentence)
            for t in twins.twins
        ],
    )


def _row(found: al.Comparison, lang: al.Language) -> tuple[object, ...]:
    spread = found.benchmark.distribution
    return (
        found.figure.name,
        found.value.display(lang) if found.value is not None else None,
        found.benchmark.group,
        spread.n,
        spread.quantiles.median.display(lang) if spread.quantiles else spread.suppressed,
        found.place.band.sentence if found.place else None,
    )


def unexplained(operator: al.Workspace, packages: Sequence[al.DocumentationPackage]) -> Iterator[str]:
    """Every figure of the packages whose leaves do not give the value that is shown; there should be none."""
    for package in packages:
        for of_unit in package.figures:
            for kept in of_unit.figures:
                if operator.explain(package, kept.figure, of_unit.unit).recomputed() != kept.value:
                    yield f"{of_unit.unit} {kept.identity}"


def draw(operator: al.Workspace, package: al.DocumentationPackage, target: Path, lang: al.Language) -> list[Path]:
    """One estate's score as a picture for people, and its cleaning among its peers for a slide."""
    score = al.picture_of(package, "efficiency_score", UNIT, kind="efficiency")
    cleaning = al.picture_of(package, "cleaning_per_m2", UNIT)
    return [
        operator.draw(score, target / "effektivitet.svg", language=lang),
        operator.draw(cleaning, target / "renholdelse.png", language=lang),
    ]
