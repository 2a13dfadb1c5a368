"""Commands of the municipality that prepares: the critical review, the preparation sheet, the councillors' briefing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

import almenstyring as al
from almenstyring.application.papers import Readable
from almenstyring.builtin.papers import FORMS
from almenstyring.cli.common import DAY, Place, Settings, in_format, in_language, language, on_store

_FORMS = ("text", *(form for form in FORMS if form != "text"))
_TABLES = click.option(
    "--tables",
    metavar="FIL",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Skriv også tabellerne, fx til .xlsx. / Write the tables too, e.g. to .xlsx.",
)


def _show(workspace: al.Workspace, paper: Readable, form: str, tables: Path | None) -> None:
    click.echo(al.render(paper, form, language()), nl=False)
    if tables is not None:
        workspace.export_paper(paper, tables, language=language())


@click.command()
@click.argument("number", metavar="NR")
@click.option("--year", required=True, type=int, help="Styringsår. / Report year.")
@_TABLES
@on_store
@in_format(*_FORMS)
@in_language
@click.pass_obj
def prepare(  # noqa: PLR0913 - one parameter per option
    settings: Settings, number: str, year: int, tables: Path | None, place: Place, form: str
) -> None:
    """Vis kommunens forberedelsesark til dialogmødet med en organisation; også når rapporten mangler.

    Show the municipality's preparation sheet for the dialogue meeting with an organisation; also without a report.
    """
    with place.open(settings, "municipality") as workspace:
        _show(workspace, workspace.preparation(number, al.ReportYear(year)), form, tables)


@click.command()
@click.argument("number", metavar="NR")
@click.option("--year", required=True, type=int, help="Styringsår. / Report year.")
@_TABLES
@on_store
@in_format(*_FORMS)
@in_language
@click.pass_obj
def review(  # noqa: PLR0913 - one parameter per option
    settings: Settings, number: str, year: int, tables: Path | None, place: Place, form: str
) -> None:
    """Vis den kritiske gennemgang af et regnskab: punkter, fingerpeg og vurderinger (DB § 116).

    Show the critical review of accounts: items, pointers and verdicts (DB § 116).
    """
    with place.open(settings, "municipality") as workspace:
        _show(workspace, workspace.critical_review(number, al.ReportYear(year)), form, tables)


@click.command()
@click.option("--on", "day", type=DAY, help="På hvilken dag; i dag. / On which day; today.")
@_TABLES
@on_store
@in_format(*_FORMS)
@in_language
@click.pass_obj
def briefing(settings: Settings, day: date | None, tables: Path | None, place: Place, form: str) -> None:
    """Orienter kommunalbestyrelsen om den almene sektor i kommunen (--municipality).

    Brief councillors on the social housing in the municipality (--municipality).
    """
    with place.open(settings, "municipality") as workspace:
        _show(workspace, workspace.briefing(on=day), form, tables)


COMMANDS = (prepare, review, briefing)
