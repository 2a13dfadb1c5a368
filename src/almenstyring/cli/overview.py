"""Commands over many filings in a store: status and export."""

from __future__ import annotations

from collections.abc import Sequence

import click

import almenstyring as al
from almenstyring.application.wording import timing_text
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
from almenstyring.domain.text import Text


@click.command()
@click.option("--year", required=True, type=int, help="Styringsår. / Report year.")
@on_store
@in_format("text", "json")
@in_language
@click.pass_obj
def status(settings: Settings, year: int, place: Place, form: str) -> None:
    """Hvem har sendt hvad: til tiden, for sent, returneret, under behandling, eller hvorfor ikke forventet.

    Who has sent what: on time, late, returned, under review, or why it is not expected.
    """
    with place.open(settings) as workspace:
        rows = workspace.status(year=al.ReportYear(year))
    if form == "json":
        print_json([_as_json(row) for row in rows])
    else:
        title = Text(f"Styringsår {year}", f"Report year {year}")
        nothing = Text(f"Ingen organisation skylder noget i {year}.", f"No organisation owes anything in {year}.")
        print_table(_TITLES, [_as_cells(row) for row in rows], title=title, nothing=nothing)


_TITLES = (
    Text("Organisation", "Organisation"),
    Text("Enhed", "Unit"),
    Text("Element", "Element"),
    Text("Modtager", "Receiver"),
    Text("Pligt", "Duty"),
    Text("Status", "Status"),
    Text("Åbnet", "Opened"),
    Text("Sendt", "Sent"),
    Text("Frist", "Due"),
    Text("Rettidighed", "Timeliness"),
)


def _as_cells(row: al.StatusRow) -> Sequence[object]:
    owed = row.expectation
    return (
        row.name,
        owed.unit,
        label(owed.element),
        label(owed.receiver) if owed.municipality is None else owed.municipality,
        Text(f"{label(owed.reason).da} ({owed.law})", f"{label(owed.reason).en} ({owed.law})"),
        label(row.status) if row.status else None,
        row.opened,
        row.sent_on,
        row.due,
        timing_text(row.timing) if owed.owed else None,
    )


def _as_json(row: al.StatusRow) -> dict[str, object]:
    owed = row.expectation
    return {
        "organisation": str(row.organisation),
        "name": row.name,
        "unit": str(owed.unit),
        "element": owed.element.value,
        "receiver": owed.receiver.value,
        "municipality": None if owed.municipality is None else str(owed.municipality),
        "owed": owed.owed,
        "reason": owed.reason.value,
        "why": both(label(owed.reason)),
        "law": str(owed.law),
        "status": row.status.value if row.status else None,
        "opened": row.opened and row.opened.isoformat(),
        "sent_on": row.sent_on and row.sent_on.isoformat(),
        "due": row.due and row.due.isoformat(),
        "timeliness": row.timing.timeliness.value,
        "days_late": row.timing.days_late,
        "times_returned": row.times_returned,
    }


@click.command()
@click.argument("target", metavar="FIL", type=click.Path(dir_okay=False))
@click.option("--year", type=int, help="Styringsår; alle, hvis intet er valgt. / Report year; all if none.")
@click.option(
    "--pictures",
    is_flag=True,
    help="Tegn også kritiske nøgletal og effektivitetstal (.html). / Draw critical figures and scores too.",
)
@on_store
@in_language
@click.pass_obj
def export(settings: Settings, target: str, year: int | None, pictures: bool, place: Place) -> None:
    """Eksporter pakker; filens endelse vælger formatet (.xlsx, .json, .html, .txt).

    Export packages; the file's suffix chooses the format.
    """
    with place.open(settings) as workspace:
        packages = workspace.packages(year=None if year is None else al.ReportYear(year))
        path = workspace.export(packages, target, language=language(), pictures=pictures)
    count = len(packages)
    click.echo(Text(f"Pakker skrevet til {path}: {count}.", f"Packages written to {path}: {count}.")[language()])


COMMANDS = (status, export)
