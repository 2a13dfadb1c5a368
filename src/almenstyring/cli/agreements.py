"""The command that lists what was agreed, for one of the parties."""

from __future__ import annotations

import click

import almenstyring as al
from almenstyring.application.agreement_rows import AGREEMENT, agreement_cells
from almenstyring.cli.common import (
    Place,
    Settings,
    both,
    in_format,
    in_language,
    on_store,
    print_json,
    print_table,
)
from almenstyring.codec import plain
from almenstyring.domain.text import Text


@click.command()
@click.option("--open", "open_only", is_flag=True, help="Kun dem, der er åbne i dag. / Only those open today.")
@on_store
@in_format("text", "json")
@in_language
@click.pass_obj
def agreements(settings: Settings, open_only: bool, place: Place, form: str) -> None:
    """Aftaler mellem kommune og boligorganisationer, med status, frist for revision og næste skridt.

    Agreements of municipality and organisations, with their status, when they must be reviewed and the next step.
    The table leaves out columns that are empty for all of them.
    """
    with place.open(settings) as workspace:
        today = workspace.today
        every = workspace.agreements(open_on=today if open_only else None)
        found = [(each, workspace.agreement_step(each)) for each in every]
    if form == "json":
        print_json([agreement_as_json(agreement, agreement.is_overdue_on(today), step) for agreement, step in found])
        return
    titles = [*(column.title for column in AGREEMENT), Text("Forsinket", "Overdue"), Text("Næste skridt", "Next step")]
    overdue = Text("ja", "yes")
    rows = [[*agreement_cells(each), overdue if each.is_overdue_on(today) else None, step] for each, step in found]
    used = [index for index in range(len(titles)) if any(row[index] is not None for row in rows) or not rows]
    print_table(
        [titles[index] for index in used],
        [[row[index] for index in used] for row in rows],
        title=Text("Aftaler", "Agreements"),
        nothing=Text("Der er ingen aftaler.", "There are no agreements."),
    )


def agreement_as_json(agreement: al.Agreement, is_overdue: bool, step: Text) -> dict[str, object]:
    """The agreement as its document has it, and beside it what follows from its history."""
    now: dict[str, object] = {
        "status": agreement.status.value,
        "law": str(agreement.kind.law),
        "current_text": agreement.current_text,
        "review_by": agreement.review_by and agreement.review_by.isoformat(),
        "overdue": is_overdue,
        "what": both(al.label(agreement.kind)),
        "next_step": both(step),
    }
    return {**plain(agreement), "now": now}


COMMANDS = (agreements,)
