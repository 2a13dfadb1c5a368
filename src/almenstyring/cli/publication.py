"""The command of publication: the public data sheet of an organisation or one of its estates."""

from __future__ import annotations

import click

import almenstyring as al
from almenstyring.application.publication_side import sheet_request
from almenstyring.builtin.readable import tables_as_html, tables_as_text
from almenstyring.builtin.table_report import tables_as_json
from almenstyring.cli.common import Place, Settings, in_format, in_language, language, on_store

_WRITERS = {"text": tables_as_text, "html": tables_as_html, "json": tables_as_json}


@click.command()
@click.argument("number", metavar="NR")
@click.option("--year", required=True, type=int, help="Styringsår. / Report year.")
@click.option("--estate", metavar="N", help="Kun denne afdeling. / Only this estate.")
@on_store
@in_format("text", "html", "json")
@in_language
@click.pass_obj
def datasheet(  # noqa: PLR0913 - one parameter per option
    settings: Settings, number: str, year: int, estate: str | None, place: Place, form: str
) -> None:
    """Vis dataarket: det, offentligheden ser i dag, dannet af den senest sendte pakke.

    Show the data sheet: what the public sees today, made of the package sent last.
    """
    with place.open(settings) as workspace:
        sheet = workspace.public_data_sheet(number, al.ReportYear(year), estate=estate)
        request = sheet_request((sheet,), workspace.today, language())
    click.echo(_WRITERS[form](request), nl=False)


COMMANDS = (datasheet,)
