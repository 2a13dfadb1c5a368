"""Exports that hold only tables, such as data sheets: as people read them, and as JSON for programs."""

from __future__ import annotations

import json
from typing import Any

from almenstyring.application import wording
from almenstyring.builtin.readable_parts import Chapter, Grid, Report
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values import Dkk, Number
from almenstyring.ports import ExportRequest, Table, TableColumn

FORMAT, FORMAT_VERSION = "almenstyring/tables", 1
_OWNER = ("organisation", "unit", "report_year")
"""Columns that say whose row it is; one owner is told once, above."""


def has_only_tables(request: ExportRequest) -> bool:
    """Whether there are rows to show and no package to show them in."""
    return not request.packages and any(table.rows for table in request.tables)


def report_of_tables(request: ExportRequest) -> Report:
    """A report with one chapter for each table that has rows; columns without any value are left out."""
    language, whole = request.language, [table for table in request.tables if table.rows]
    owner = _one_owner(whole)
    notes = [notice for notice in request.notices if notice != wording.SYNTHETIC_NOTICE]  # on top already
    return Report(
        id="tables",
        title=request.title[language],
        subtitle="",
        facts=(
            *((column.title[language], wording.said(value, language)) for column, value in owner.items()),
            (Text("Dannet", "Made on")[language], wording.said(request.made_on, language)),
        ),
        is_synthetic=request.is_synthetic,
        notes=tuple(notice[language] for notice in notes),
        chapters=tuple(_chapter(table, language, bool(owner)) for table in whole),
    )


def _one_owner(whole: list[Table]) -> dict[TableColumn, Any]:
    """The cells that name the owner, where all rows that have such cells have the same; else none."""
    found = {
        tuple(zip(table.columns, row, strict=True))[: len(_OWNER)]
        for table in whole
        if tuple(column.id for column in table.columns[: len(_OWNER)]) == _OWNER
        for row in table.rows
    }
    return dict(found.pop()) if len(found) == 1 else {}


def _chapter(table: Table, language: Language, has_one_owner: bool) -> Chapter:
    kept = [
        place
        for place, column in enumerate(table.columns)
        if any(row[place] is not None for row in table.rows) and not (has_one_owner and column.id in _OWNER)
    ]
    grid = Grid(
        heads=tuple(table.columns[place].title[language] for place in kept),
        figures=tuple(
            at for at, place in enumerate(kept) if all(isinstance(row[place], Number | Dkk) for row in table.rows)
        ),
        rows=tuple(tuple(wording.said(row[place], language) for place in kept) for row in table.rows),
    )
    return Chapter(id=table.id, title=table.title[language], grids=(grid,))


def tables_as_json(request: ExportRequest) -> str:
    """The tables as JSON: each row by the ids of its columns, texts in both languages, figures as written numbers."""
    head = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "title": _cell(request.title),
        "made_on": request.made_on.isoformat(),
        "synthetic": request.is_synthetic,
        "notices": [_cell(notice) for notice in request.notices],
        "tables": {table.id: [_row(table, row) for row in table.rows] for table in request.tables},
    }
    return json.dumps(head, ensure_ascii=False, indent=2) + "\n"


def _row(table: Table, row: tuple[Any, ...]) -> dict[str, object]:
    return {column.id: _cell(value) for column, value in zip(table.columns, row, strict=True)}


def _cell(value: Any) -> object:
    match value:
        case None | int():
            return value
        case Text():
            return {"da": value.da, "en": value.en}
    return str(value)
