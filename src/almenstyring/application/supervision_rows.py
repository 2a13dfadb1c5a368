"""Supervisory actions as rows: what the preparation sheet and the command line show of each."""

from __future__ import annotations

from almenstyring.application.table_columns import TableCell, column
from almenstyring.content import label
from almenstyring.domain.supervision import SupervisoryAction

SUPERVISION = (
    column("action", "Tilsynsskridt", "Supervisory action", 14),
    column("municipality", "Kommune", "Municipality", 10),
    column("unit", "Enhed", "Unit", 14),
    column("area", "Boligområde", "Housing area", 20),
    column("kind", "Art", "Kind", 30),
    column("law", "Hjemmel", "Law", 22),
    column("text", "Tekst", "Text", 60),
    column("decided", "Afgjort", "Decided", 12),
    column("due", "Frist", "Last day", 12),
    column("status", "Status", "Status", 16),
    column("informed", "Hjemsted orienteret", "Home informed", 12),
)


def supervision_cells(action: SupervisoryAction) -> tuple[TableCell, ...]:
    """The cells under ``SUPERVISION``, as the action stands after its latest step."""
    return (
        action.id,
        str(action.municipality),
        str(action.unit),
        action.area or None,
        label(action.kind),
        str(action.kind.law),
        action.text,
        action.decided_on,
        action.current_due,
        label(action.status),
        action.home_informed.on if action.home_informed else None,
    )
