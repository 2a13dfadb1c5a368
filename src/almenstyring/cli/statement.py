"""The command that writes a municipality's statement."""

from __future__ import annotations

import click

import almenstyring as al
from almenstyring.application.statement_text import FORMS, Form
from almenstyring.cli.common import Place, Settings, in_language, language, on_store, read_input
from almenstyring.domain.text import Text


@click.command()
@click.option("--year", required=True, type=int, help="Styringsår. / Report year.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="markdown",
    show_default=True,
    help="Tekstens form. / The form of the text.",
)
@click.option(
    "--template",
    metavar="FIL",
    type=click.Path(allow_dash=True),
    help="Egen skabelon (Jinja). / A template of one's own.",
)
@click.option("--only", "organisations", metavar="NR,NR", help="Kun disse organisationer. / Only these organisations.")
@click.option(
    "--proposal",
    is_flag=True,
    help="Et nyt forslag af møder og aftaler, også når en tekst er gemt. / A new proposal, also where a text is kept.",
)
@on_store
@in_language
@click.pass_obj
def statement(  # noqa: PLR0913 - the command's options
    settings: Settings,
    year: int,
    form: Form,
    template: str | None,
    organisations: str | None,
    proposal: bool,
    place: Place,
) -> None:
    """Kommunens redegørelse, som den er gemt, eller et forslag af møder og aftaler; det er ikke indberetningen.

    The municipality's statement as it is kept, or a proposal from the records; it is not the central filing.
    """
    own = None if template is None else _template(template)
    numbers = None if organisations is None else [each.strip() for each in organisations.split(",")]
    with place.open(settings, "municipality") as workspace:
        text = workspace.statement_text(
            str(place.municipality),
            al.ReportYear(year),
            form,
            own,
            organisations=numbers,
            language=language(),
            proposal=proposal,
        )
    click.echo(text, nl=False)


def _template(file: str) -> str:
    try:
        return read_input(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise al.InvalidValueError(
            Text("Skabelonen er ikke UTF-8.", "The template is not UTF-8."),
            Text("Gem den som UTF-8.", "Save it as UTF-8."),
            value=file,
        ) from None


COMMANDS = (statement,)
