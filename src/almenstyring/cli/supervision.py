"""The command that lists what municipalities decided as supervising authority, for those who may know."""

from __future__ import annotations

import click

import almenstyring as al
from almenstyring.application.supervision_rows import SUPERVISION, supervision_cells
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
@click.option("--open", "open_only", is_flag=True, help="Kun dem, der ikke er afsluttet. / Only those not closed.")
@on_store
@in_format("text", "json")
@in_language
@click.pass_obj
def supervision(settings: Settings, open_only: bool, place: Place, form: str) -> None:
    """Tilsynsskridt med status og næste skridt; en anden kommunes, når hjemstedskommunen er orienteret om dem.

    Supervisory actions with their status and the next step; another municipality's once the home municipality was
    informed (DB § 118, stk. 1). They are kept apart from the dialogue.
    """
    with place.open(settings) as workspace:
        found = [
            (each, workspace.supervision_step(each)) for each in workspace.supervisory_actions(open_only=open_only)
        ]
        today = workspace.today
    if form == "json":
        print_json([action_as_json(action, step, action.is_overdue_on(today)) for action, step in found])
        return
    titles = [*(column.title for column in SUPERVISION), Text("Næste skridt", "Next step")]
    rows = [[*supervision_cells(action), step] for action, step in found]
    nothing = Text("Der er ingen tilsynsskridt.", "There are no supervisory actions.")
    print_table(titles, rows, title=Text("Tilsynsskridt", "Supervisory actions"), nothing=nothing)


def action_as_json(action: al.SupervisoryAction, step: Text, is_overdue: bool) -> dict[str, object]:
    """The action as its document has it, and beside it what follows from its history."""
    now: dict[str, object] = {
        "status": action.status.value,
        "law": str(action.kind.law),
        "due": action.current_due and action.current_due.isoformat(),
        "overdue": is_overdue,
        "what": both(al.label(action.kind)),
        "next_step": both(step),
    }
    return {**plain(action), "now": now}


COMMANDS = (supervision,)
