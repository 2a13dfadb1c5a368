"""Exports that hold only tables: readable as text and HTML, and whole as JSON."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from almenstyring.builtin.json_export import write_json
from almenstyring.builtin.readable import write_html, write_text
from almenstyring.builtin.table_report import has_only_tables, report_of_tables, tables_as_json
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values import Dkk, Number
from almenstyring.ports import ExportRequest, Table, TableColumn


def column(name: str) -> TableColumn:
    return TableColumn(id=name, title=Text(f"{name} da", f"{name} en"))


OWNER = tuple(map(column, ("organisation", "unit", "report_year")))
ROWS = (
    ("T001", "T001", 2026, Text("husleje", "rent"), Number.of("812.5"), None),
    ("T001", "T001", 2026, Text("<b>", "<b>"), Number.of("0"), None),
)
FIGURES = Table(
    id="figures",
    title=Text("Tal", "Figures"),
    columns=(*OWNER, column("name"), column("value"), column("note")),
    rows=ROWS,
)
DAYS = Table(
    id="days",
    title=Text("Dage", "Days"),
    columns=(column("on"), column("amount")),
    rows=((date(2026, 9, 1), Dkk.of("12.50")), (date(2026, 9, 2), None)),
)
EMPTY = Table(id="empty", title=Text("Tom", "Nothing"), columns=(column("x"),), rows=())


def request(*tables: Table, language: Language = "da", invented: bool = True) -> ExportRequest:
    return ExportRequest(
        packages=(),
        standards=(),
        tables=tables,
        title=Text("Ark", "Sheet"),
        notices=(Text("Bemærk.", "Note."),),
        language=language,
        made_on=date(2026, 10, 1),
        invented=invented,
    )


def test_what_is_the_same_in_all_rows_is_told_once_and_empty_columns_are_left_out() -> None:
    report = report_of_tables(request(FIGURES, DAYS, EMPTY))
    assert dict(report.facts) == {
        "organisation da": "T001",
        "unit da": "T001",
        "report_year da": "2026",
        "Dannet": "01-10-2026",
    }
    assert [chapter.title for chapter in report.chapters] == ["Tal", "Dage"]
    [figures] = report.chapters[0].grids
    assert (figures.heads, figures.figures) == (("name da", "value da"), (1,))
    assert figures.rows[0] == ("husleje", "812,5")


def test_several_owners_are_told_row_by_row() -> None:
    other = ("T001", "T001-T0101", 2026, Text("husleje", "rent"), Number.of("1"), None)
    both = Table(id="figures", title=FIGURES.title, columns=FIGURES.columns, rows=(*ROWS, other))
    [grid] = report_of_tables(request(both, language="en")).chapters[0].grids
    assert grid.heads[:2] == ("organisation en", "unit en")


def test_nothing_to_show_is_no_report_of_tables() -> None:
    assert not has_only_tables(request(EMPTY))
    assert has_only_tables(request(EMPTY, DAYS))


@pytest.mark.parametrize("invented", [True, False])
def test_the_json_says_whose_it_is_and_keeps_every_table_and_both_languages(invented: bool) -> None:
    told = json.loads(tables_as_json(request(FIGURES, DAYS, EMPTY, invented=invented)))
    assert (told["format"], told["format_version"], told["synthetic"]) == ("almenstyring/tables", 1, invented)
    assert told["notices"] == [{"da": "Bemærk.", "en": "Note."}]
    assert told["tables"]["figures"][0] == {
        "organisation": "T001",
        "unit": "T001",
        "report_year": 2026,
        "name": {"da": "husleje", "en": "rent"},
        "value": "812.5",
        "note": None,
    }
    assert told["tables"]["days"] == [{"on": "2026-09-01", "amount": "12.50"}, {"on": "2026-09-02", "amount": None}]
    assert told["tables"]["empty"] == []


def test_the_files_say_syntetisk_and_escape_what_is_markup(tmp_path: Path) -> None:
    for write, name in ((write_html, "ark.html"), (write_text, "ark.txt"), (write_json, "ark.json")):
        write(request(FIGURES, DAYS), tmp_path / name)
    page, text = (tmp_path / "ark.html").read_text("utf-8"), (tmp_path / "ark.txt").read_text("utf-8")
    assert "&lt;b&gt;" in page and "<b>husleje" not in page
    assert "SYNTETISK" in page and "SYNTETISK" in text
    assert "Bemærk." in page and "Bemærk." in text
    assert json.loads((tmp_path / "ark.json").read_text("utf-8"))["synthetic"] is True


def test_a_real_unit_is_not_called_invented(tmp_path: Path) -> None:
    write_text(request(DAYS, invented=False), tmp_path / "ark.txt")
    assert "SYNTETISK" not in (tmp_path / "ark.txt").read_text("utf-8")
