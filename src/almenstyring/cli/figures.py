"""The commands around key figures: a unit's figures, their explanations, peers, twins and pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

import almenstyring as al
from almenstyring.application.figure_rows import FigureRow, figure_rows
from almenstyring.application.key_figures import unit_in
from almenstyring.cli.common import (
    Place,
    Settings,
    both,
    in_format,
    in_language,
    language,
    on_store,
    print_json,
    print_table,
)
from almenstyring.content import label
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.text import Text


@click.group()
def figures() -> None:
    """Nøgletal: beregn, vis, forklar, sammenlign og tegn.

    Key figures: compute, show, explain, compare and draw.
    """


_in_year = click.option("--year", required=True, type=int, help="Styringsår. / Report year.")
of_unit = click.argument("unit", metavar="ENHED")
of_figure = click.argument("figure", metavar="NØGLETAL")


def on_figures(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A subcommand on a store, with its options in the order given."""
    chosen: tuple[Callable[[Any], Any], ...] = (*options, _in_year, on_store, in_language, click.pass_obj)

    def decorate(function: Any) -> Any:
        for option in reversed(chosen):
            function = option(function)
        return figures.command()(function)

    return decorate


@on_figures(in_format("text", "json"))
def compute(settings: Settings, year: int, place: Place, form: str) -> None:
    """Beregn årets nøgletal for alle i registret, og hvordan de ligger mellem hinanden; kun driften.

    Compute the year's key figures of everybody in the register, and how they lie among each other; only the operator.
    """
    with place.open(settings) as workspace:
        found = workspace.compute_figures(al.ReportYear(year))
    if form == "json":
        print_json(_recomputed(found))
        return
    said = Text(
        "Styringsår {year}: {organisations} organisationer, {units} enheder, {distributions} fordelinger.",
        "Report year {year}: {organisations} organisations, {units} units, {distributions} distributions.",
    )
    counts = {"organisations": found.organisations, "units": found.units, "distributions": found.distributions}
    click.echo(said.fill(year=year, **counts)[language()])
    for benchmark, moves in found.movements:
        subject = benchmark.distribution.subject
        for move in moves:
            click.echo(f"{subject.figure}, {benchmark.group[language()]}: {move.sentence[language()]}")


def _recomputed(found: al.Recomputed) -> dict[str, object]:
    return {
        "year": int(found.year),
        "organisations": found.organisations,
        "units": found.units,
        "distributions": found.distributions,
        "moved": [
            {
                "figure": benchmark.distribution.subject.figure,
                "group": both(benchmark.group),
                "part": move.part,
                "old": as_number(move.old),
                "new": as_number(move.new),
            }
            for benchmark, moves in found.movements
            for move in moves
        ],
    }


@on_figures(of_unit, in_format("text", "json"))
def show(settings: Settings, unit: str, year: int, place: Place, form: str) -> None:
    """Vis en enheds nøgletal, som pakken har dem, ved siden af de sammenlignelige.

    Show a unit's key figures as its package has them, beside its peers'. ENHED/unit: T001, or T001-T0101.
    """
    with place.open(settings) as workspace:
        package = package_of(workspace, unit, year)
    rows = list(figure_rows(package, unit_in(package, unit)))
    if form == "json":
        print_json([_as_json(row) for row in rows])
        return
    title = Text("Nøgletal {unit}, regnskabsår {year}", "Key figures of {unit}, accounting year {year}")
    print_table(
        _TITLES, [_as_cells(row) for row in rows], title=title.fill(unit=unit, year=package.period.accounting_year)
    )


def package_of(workspace: al.Workspace, unit: str, year: int) -> al.DocumentationPackage:
    """The package that holds a unit's figures: the draft for those who fill it in, what was sent for a municipality."""
    organisation = al.LbfNumber(unit.partition("-")[0])
    found = workspace.packages(year=al.ReportYear(year), organisation=organisation)
    if not found:
        raise al.NotFoundError(
            Text(
                f"Der er ingen pakke for {organisation} i {year}.", f"There is no package of {organisation} in {year}."
            ),
            Text("Åbn den først, eller vælg et andet år.", "Open it first, or choose another year."),
            organisation=str(organisation),
            year=year,
        )
    return found[-1]


_TITLES = (
    Text("Nøgletal", "Key figure"),
    Text("Id", "Id"),
    Text("Værdi", "Value"),
    Text("Taltype", "Firmness"),
    Text("Median", "Median"),
    Text("Antal", "Number"),
    Text("Percentil", "Percentile"),
    Text("Kritisk", "Critical"),
)


def _as_cells(row: FigureRow) -> tuple[object, ...]:
    spread = row.benchmark.distribution if row.benchmark else None
    return (
        row.definition.name,
        row.definition.id,
        row.shown,
        label(row.kept.status),
        spread.quantiles.median.display(language()) if spread and spread.quantiles else None,
        spread.n if spread else None,
        row.place.percentile.display(language()) if row.place else None,
        row.critical,
    )


def _as_json(row: FigureRow) -> dict[str, object]:
    return {
        "figure": row.definition.id,
        "definition": row.definition.definition,
        "name": both(row.definition.name),
        "value": as_number(row.kept.value),
        "measure": row.definition.unit,
        "status": row.kept.status.value,
        "critical": [cause.value for cause in row.kept.critical],
        "benchmark": as_benchmark(row.benchmark),
        "percentile": None if row.place is None else str(row.place.percentile),
        "place": None if row.place is None else row.place.band.value,
    }


def as_number(number: al.Number | None) -> str | None:
    """A figure as text, so that no reader of JSON makes a float of it."""
    return None if number is None else str(number)


def as_benchmark(benchmark: al.GroupBenchmark | None) -> dict[str, object] | None:
    """A distribution as plain data."""
    if benchmark is None:
        return None
    spread, found = benchmark.distribution, benchmark.distribution.quantiles
    quantiles = (
        {name: as_number(getattr(found, name)) for name in ("p10", "q1", "median", "q3", "p90")} if found else None
    )
    return {
        "group": both(benchmark.group),
        "n": spread.n,
        "missing": spread.missing,
        "left_out": spread.left_out,
        "mean": as_number(spread.mean),
        "weighting": spread.weighting.value,
        "quantiles": quantiles,
        "method": spread.method.value,
        "status": spread.status.value,
        "suppressed": both(spread.suppressed) if spread.suppressed else None,
        "computed_on": benchmark.computed_on.isoformat(),
    }


@on_figures(of_unit, of_figure, in_format("text", "json"))
def explain(  # noqa: PLR0913 - what is explained, of whom, when, where from and how
    settings: Settings, unit: str, figure: str, year: int, place: Place, form: str
) -> None:
    """Forklar et nøgletal ned til konti, stamdata, indberettede tal og satser.

    Explain a key figure down to accounts, master data, reported facts and rates.
    """
    with place.open(settings) as workspace:
        package = package_of(workspace, unit, year)
        explanation = workspace.explain(package, figure, unit)
    if form == "json":
        print_json(explanation.plain())
    else:
        click.echo(explanation.text(language()))


@figures.command("list")
@click.option("--year", required=True, type=int, help="Styringsår. / Report year.")
@in_format("text", "json")
@in_language
def list_(year: int, form: str) -> None:
    """Vis årets definitioner af nøgletal med formel og kilde.

    List the year's definitions of key figures with formula and source.
    """
    accounting_year = al.ReportYear(year).accounting_year
    rows = [each for each in load_key_figures() if each.is_valid_in(accounting_year)]
    if form == "json":
        print_json(
            [
                {
                    "figure": each.id,
                    "definition": each.definition,
                    "of": each.of.value,
                    "name": both(each.name),
                    "measure": each.unit,
                    "formula": each.formula,
                    "source": each.source,
                    "certainty": each.certainty.value,
                }
                for each in rows
            ]
        )
        return
    titles = (
        Text("Id", "Id"),
        Text("For", "Of"),
        Text("Nøgletal", "Key figure"),
        Text("Måles i", "Measured in"),
        Text("Formel", "Formula"),
        Text("Sikkerhed", "Certainty"),
    )
    cells = [
        (each.identity, label(each.of), each.name, each.measure.name, each.formula, label(each.certainty))
        for each in rows
    ]
    print_table(titles, cells, title=Text(f"Nøgletal {accounting_year}", f"Key figures {accounting_year}"))
