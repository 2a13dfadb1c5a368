"""The command for calendars: feed."""

from __future__ import annotations

from pathlib import Path

import click

import almenstyring as al
from almenstyring.cli.common import Place, Settings, in_language, language, on_store
from almenstyring.domain.text import Text
from almenstyring.files import whole_file


@click.command()
@click.option("--year", type=int, help="Styringsår; alle, hvis intet er valgt. / Report year; all if none.")
@click.option(
    "--output",
    metavar="FIL",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Skriv til denne fil; ellers til skærmen. / Write to this file; else to standard output.",
)
@on_store
@in_language
@click.pass_obj
def feed(settings: Settings, year: int | None, output: Path | None, place: Place) -> None:
    """Møder og frister som kalender (.ics), for den kommune eller boligorganisation, der er valgt.

    Meetings and deadlines as a calendar, for the municipality or organisation named.
    """
    suffix = output.suffix if output else ".ics"
    with place.open(settings, "party") as workspace:
        report_year = None if year is None else al.ReportYear(year)
        content = workspace.calendar_file(year=report_year, language=language(), suffix=suffix)
    if output is None:
        click.echo(content, nl=False)
        return
    with whole_file(output) as draft:
        draft.write_bytes(content)
    click.echo(Text(f"Kalenderen er skrevet til {output}.", f"The calendar was written to {output}.")[language()])


COMMANDS = (feed,)
