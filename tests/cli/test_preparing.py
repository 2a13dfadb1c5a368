"""The commands of the municipality that prepares."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from almenstyring.domain.text import LANGUAGES, Language

from .conftest import Cli

COUNCIL = ("--municipality", "T01")


@pytest.mark.parametrize(
    ("language", "title"), [("da", "Forberedelsesark: "), ("en", "Preparation sheet: ")], ids=LANGUAGES
)
def test_prepare_shows_the_sheet(cli: Cli, database: str, language: Language, title: str) -> None:
    ran = cli("prepare", "T001", "--year", "2026", "--store", database, *COUNCIL, "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    assert f"{title}Den Opdigtede Boligforening" in ran.out and "SYNTETISK" in ran.out


def test_prepare_works_without_a_report_and_says_so(cli: Cli, database: str) -> None:
    ran = cli("prepare", "T003", "--year", "2026", "--store", database, *COUNCIL, "--format", "markdown")
    assert ran.code == 0 and "Dialogmødet skal holdes alligevel (DB § 112, stk. 1)." in ran.out


def test_prepare_gives_data_and_tables(cli: Cli, database: str, tmp_path: Path) -> None:
    target = tmp_path / "ark.xlsx"
    ran = cli(
        "prepare", "T001", "--year", "2026", "--store", database, *COUNCIL, "--format", "json", "--tables", target
    )
    assert ran.json["paper"] == "preparation" and ran.json["agenda"][0]["source"] == "fixed"
    assert "Forslag til dagsorden" in openpyxl.load_workbook(target).sheetnames


def test_review_shows_the_checklist(cli: Cli, database: str) -> None:
    ran = cli("review", "T001", "--year", "2026", "--store", database, *COUNCIL, "--format", "json")
    entry = ran.json["items"][0]
    assert entry["suggestion"]["item"]["id"] == "accounts_on_time" and "result" not in entry


def test_briefing_tells_of_the_municipality_on_a_day(cli: Cli, database: str) -> None:
    ran = cli("briefing", "--store", database, *COUNCIL, "--on", "2026-08-03", "--format", "markdown", "--lang", "en")
    assert ran.code == 0 and "municipality T01, 2026-08-03" in ran.out and "| T005 |" in ran.out


@pytest.mark.parametrize(
    "words",
    [
        ("prepare", "T001", "--year", "2026", "--organisation", "T001"),
        ("review", "T001", "--year", "2026", "--organisation", "T001"),
        ("briefing", "--organisation", "T001"),
        ("briefing", "--test-mode"),
    ],
    ids=["the organisation prepares", "the organisation reviews", "an organisation", "an operator names none"],
)
def test_it_is_the_municipalitys_own(cli: Cli, database: str, words: tuple[str, ...]) -> None:
    ran = cli(*words, "--store", database, "--lang", "da")
    assert ran.code == 2 and ran.out == "" and ran.err


def test_the_tables_are_written_in_any_format(cli: Cli, database: str, tmp_path: Path) -> None:
    ran = cli("briefing", "--store", database, *COUNCIL, "--tables", tmp_path / "x.html")
    assert ran.code == 0
    assert "SYNTETISK" in (tmp_path / "x.html").read_text(encoding="utf-8")
