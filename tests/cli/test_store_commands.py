"""``status``, ``show`` and ``export`` on a real database."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from .conftest import Cli


def test_status_tells_the_municipality_who_is_late_and_by_how_much(cli: Cli, database: str) -> None:
    ran = cli("status", "--store", database, "--municipality", "T01", "--year", "2026", "--format", "json")
    assert ran.code == 0
    [row] = [r for r in ran.json if r["organisation"] == "T001" and r["element"] == "governance_report"]
    assert (row["timeliness"], row["days_late"], row["sent_on"], row["due"]) == ("late", 7, "2026-07-08", "2026-07-01")
    text = cli("status", "--store", database, "--municipality", "T01", "--year", "2026")
    assert "7 dage" in text.out
    english = cli("status", "--store", database, "--municipality", "T01", "--year", "2026", "--lang", "en")
    assert "7 days" in english.out


def test_why_an_element_is_not_owed_comes_with_its_paragraph(cli: Cli, database: str) -> None:
    ran = cli("status", "--store", database, "--test-mode", "--year", "2026", "--format", "json")
    why = {(r["organisation"], r["element"]): r for r in ran.json if not r["owed"]}
    assert why["T004", "estate_report"]["law"] == "DB § 25"
    assert why["T004", "estate_report"]["why"]["da"]


@pytest.mark.parametrize(("form", "mark"), [("text", "SYNTETISK"), ("html", "<html")])
def test_show_prints_a_sent_report(cli: Cli, database: str, form: str, mark: str) -> None:
    ran = cli("show", "T001", "--store", database, "--municipality", "T01", "--year", "2026", "--format", form)
    assert ran.code == 0
    assert mark in ran.out
    assert "SYNTETISK" in ran.out


def test_show_of_what_was_never_sent_is_one_sentence(cli: Cli, database: str) -> None:
    ran = cli("show", "T002", "--store", database, "--test-mode", "--year", "2026")
    assert ran.code == 2
    assert "T002" in ran.err
    assert "Traceback" not in ran.err


def test_export_writes_a_workbook_and_json(cli: Cli, database: str, tmp_path: Path) -> None:
    workbook, document = tmp_path / "2026.xlsx", tmp_path / "2026.json"
    assert cli("export", workbook, "--store", database, "--organisation", "T001").code == 0
    assert cli("export", document, "--store", database, "--municipality", "T01", "--year", "2026").code == 0
    assert openpyxl.load_workbook(workbook).sheetnames
    assert len(json.loads(document.read_text(encoding="utf-8"))["packages"]) == 1


@pytest.mark.parametrize(
    "address", ["findes-ikke:x", "sqlite:/dev/null/x.db", "sqlite:"], ids=["no such store", "no such folder", "no path"]
)
def test_a_store_that_cannot_be_opened_is_one_sentence(cli: Cli, address: str) -> None:
    ran = cli("status", "--store", address, "--year", "2026")
    assert ran.code == 2
    assert ran.err
    assert "Traceback" not in ran.err


def test_a_file_that_is_no_database_is_said_and_left_as_it_was(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "brev.db"
    path.write_text("Kære kommune, " * 1000, encoding="utf-8")
    ran = cli("status", "--store", f"sqlite:{path}", "--year", "2026")
    assert ran.code == 2
    assert path.read_text(encoding="utf-8").startswith("Kære kommune")


@pytest.mark.parametrize("command", ["status", "show T001", "export ud.json"])
def test_a_store_that_is_not_there_is_not_made(cli: Cli, tmp_path: Path, command: str) -> None:
    missing, empty = tmp_path / "tastefejl.db", tmp_path / "tom.db"
    empty.touch()
    for path in (missing, empty):
        ran = cli(*command.split(), "--store", f"sqlite:{path}", "--year", "2026")
        assert ran.code == 2
        assert path.name in ran.err
    assert not missing.exists()
    assert empty.stat().st_size == 0


def test_one_acts_for_a_municipality_or_an_organisation_not_both(cli: Cli, database: str) -> None:
    ran = cli("status", "--store", database, "--municipality", "T01", "--organisation", "T001", "--year", "2026")
    assert ran.code == 2
    assert "--organisation" in ran.err
