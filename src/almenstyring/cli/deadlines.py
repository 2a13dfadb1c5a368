"""The command around deadlines: set, extend, or show their history."""

from __future__ import annotations

from datetime import date

import click

import almenstyring as al
from almenstyring.cli.common import (
    Place,
    Settings,
    in_format,
    in_language,
    on_store,
    print_json,
    print_table,
)
from almenstyring.cli.days import DAY
from almenstyring.cli.faults import WrongUsage
from almenstyring.content import label
from almenstyring.domain.text import Text


@click.command()
@click.argument("numbers", nargs=-1, metavar="[NR]…")
@click.option("--year", required=True, type=int, help="Styringsår. / Report year.")
@click.option("--due", type=DAY, help="Sæt fristen. / Set the deadline.")
@click.option("--until", type=DAY, help="Udsæt til. / Extend until.")
@click.option("--reason", default="", metavar="TEKST", help="Begrundelsen. / The reason.")
@click.option(
    "--withdraw-extensions",
    is_flag=True,
    help="Tag udsættelser tilbage, med --reason. / Take extensions back, with --reason.",
)
@on_store
@in_format("text", "json")
@in_language
@click.pass_obj
def deadline(  # noqa: PLR0913 - one parameter per option
    settings: Settings,
    numbers: tuple[str, ...],
    year: int,
    due: date | None,
    until: date | None,
    reason: str,
    withdraw_extensions: bool,
    place: Place,
    form: str,
) -> None:
    """Sæt eller udsæt fristen for de nævnte organisationer, eller sæt den for alle kommunens; ellers vises historien.

    Set or extend the deadline of the organisations named, or set it for all of the municipality's. With neither --due
    nor --until the history of the named ones is shown.
    """
    if (due and until) or not (numbers or due):
        raise WrongUsage(
            Text(
                "Vælg --due eller --until, og nævn organisationerne.",
                "Choose one of --due and --until, and name the organisations.",
            )
        )
    if withdraw_extensions and not due:
        raise WrongUsage(Text("--withdraw-extensions kræver --due.", "--withdraw-extensions needs --due."))
    chosen = al.ReportYear(year)
    with place.open(settings, "municipality" if due or until else "anybody") as workspace:
        if due:
            changed = workspace.set_deadlines(
                chosen, due, numbers or None, reason=reason, withdraw_extensions=withdraw_extensions
            )
            numbers = tuple(str(each.organisation) for each in changed)
        elif until:
            workspace.extend_deadlines(numbers, chosen, until=until, reason=reason)
        rows = [(number, each) for number in numbers for each in workspace.deadline_history(number, chosen)]
    if form == "json":
        print_json([_change_as_json(number, each) for number, each in rows])
        return
    cells = [(number, label(e.step), e.on, e.by, e.old, e.new, e.reason) for number, e in rows]
    title = Text(f"Frister i styringsår {year}", f"Deadlines of report year {year}")
    nothing = Text(f"Ingen frist er sat for {year}.", f"No deadline has been set for {year}.")
    print_table(_CHANGES, cells, title=title, nothing=nothing)


_CHANGES = (
    Text("Organisation", "Organisation"),
    Text("Skridt", "Step"),
    Text("Dag", "Day"),
    Text("Af", "By"),
    Text("Før", "Before"),
    Text("Derefter", "After"),
    Text("Begrundelse", "Reason"),
)


def _change_as_json(number: str, change: al.DeadlineChange) -> dict[str, object]:
    def day(given: date | None) -> str | None:
        return given.isoformat() if given else None

    return {
        "organisation": number,
        "step": change.step.value,
        "on": day(change.on),
        "by": change.by,
        "old": day(change.old),
        "new": day(change.new),
        "due": day(change.due),
        "reason": change.reason,
    }


COMMANDS = (deadline,)
