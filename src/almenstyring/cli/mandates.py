"""The command around mandates: whom the municipality lets see its packages, and an end to it."""

from __future__ import annotations

from datetime import date

import click

import almenstyring as al
from almenstyring.cli.common import (
    Place,
    Settings,
    in_format,
    in_language,
    on_day,
    on_store,
    print_json,
    print_table,
)
from almenstyring.cli.faults import WrongUsage
from almenstyring.codec import plain
from almenstyring.domain.text import Text


@click.command()
@click.option("--end", metavar="RÅDGIVER", help="Afslut denne rådgivers mandat. / End this adviser's mandate.")
@on_day
@on_store
@in_format("text", "json")
@in_language
@click.pass_obj
def mandates(settings: Settings, end: str | None, on: date | None, place: Place, form: str) -> None:
    """Rådgiveres mandater, og om de gælder i dag; med --end afsluttes et, i dag eller en senere dag (--on).

    Advisers' mandates, and whether they hold today; --end ends one, today or on a later day (--on). A new one is given
    with the command record.
    """
    if on is not None and end is None:
        raise WrongUsage(Text("--on hører til --end.", "--on goes with --end."))
    with place.open(settings, "municipality") as workspace:
        if end is not None:
            workspace.end_mandate(end, on)
        found, today = workspace.mandates(), workspace.today
    if form == "json":
        print_json([{**plain(each), "now": {"holds": each.holds_on(today)}} for each in found])
        return
    nothing = Text("Ingen rådgiver har mandat.", "No adviser has a mandate.")
    print_table(_TITLES, [_cells(each, today) for each in found], title=Text("Mandater", "Mandates"), nothing=nothing)


_TITLES = (
    Text("Rådgiver", "Adviser"),
    Text("Organisationer", "Organisations"),
    Text("Gælder fra", "Valid from"),
    Text("Gælder til", "Valid until"),
    Text("Afsluttet", "Ended on"),
    Text("Gælder i dag", "Holds today"),
)


def _cells(mandate: al.Mandate, today: date) -> tuple[object, ...]:
    return (
        mandate.adviser,
        ", ".join(map(str, mandate.organisations)) or Text("alle", "all"),
        mandate.valid.start,
        mandate.valid.end,
        mandate.ended_on,
        Text("ja", "yes") if mandate.holds_on(today) else Text("nej", "no"),
    )


COMMANDS = (mandates,)
