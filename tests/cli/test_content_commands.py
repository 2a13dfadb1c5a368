"""``calendar``, ``new``, ``standard``, ``plugins`` and ``term``."""

from __future__ import annotations

from pathlib import Path

import pytest

import almenstyring as al

from .conftest import Cli


def test_the_calendar_of_a_calendar_year(cli: Cli) -> None:
    ran = cli("calendar", "2025-01-01", "2025-12-31", "--format", "json")
    assert ran.code == 0
    assert ran.json == {
        "accounting_year": 2025,
        "report_year": 2026,
        "package_opens": "2026-01-01",
        "accounts_due_lbf": "2026-05-31",
        "accounts_final_lbf": "2026-06-30",
        "accounts_due_municipality": "2026-06-30",
    }


def test_a_period_before_report_years_has_none_and_no_invented_days(cli: Cli) -> None:
    ran = cli("calendar", "2008-01-01", "2008-12-31", "--format", "json")
    assert ran.json["report_year"] is None
    assert ran.json["package_opens"] is None
    assert ran.json["accounts_due_lbf"] is None


def test_the_calendar_as_text_in_both_languages(cli: Cli) -> None:
    assert "Styringsår" in cli("calendar", "2024-07-01", "2025-06-30").out
    english = cli("calendar", "2024-07-01", "2025-06-30", "--lang", "en").out
    assert "Report year" in english
    assert "2025-12-31" in english


@pytest.mark.parametrize("period", [("2025-12-31", "2025-01-01"), ("2025-02-30", "2025-12-31"), ("i går", "i dag")])
def test_an_impossible_period_is_wrong_usage_in_one_sentence(cli: Cli, period: tuple[str, str]) -> None:
    ran = cli("calendar", *period)
    assert ran.code == 2
    assert ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("kind", ["housing_organisation", "administration_organisation"])
def test_a_new_package_is_empty_and_can_be_read_back(cli: Cli, kind: str) -> None:
    ran = cli("new", "--year", "2026", "--kind", kind)
    package = al.decode(ran.out, al.DocumentationPackage)
    assert ran.code == 0
    assert package.report_year == al.ReportYear(2026)
    assert package.master_data is not None
    assert package.master_data.organisation.kind == kind
    assert not package.report.answers


def test_a_new_package_of_an_unknown_year_is_refused_with_the_known_years(cli: Cli) -> None:
    ran = cli("new", "--year", "2099")
    assert ran.code == 2
    assert "2026" in ran.err


def test_the_standard_tells_how_much_of_it_is_official(cli: Cli) -> None:
    ran = cli("standard", "--year", "2026", "--format", "json")
    shares = ran.json["shares"]
    assert set(shares) == {"official", "derived", "project-authored"}
    assert sum(shares.values()) == len(ran.json["questions"])
    text = cli("standard", "--year", "2026")
    assert "projektets egne" in text.out
    assert "OD-01" in text.out


def test_plugins_tells_what_is_installed_and_from_where(cli: Cli) -> None:
    ran = cli("plugins", "--format", "json")
    names = {p["name"]: p for p in ran.json["plugins"]}
    assert {"builtin", "sqlite", "excel", "synthetic", "example"} <= set(names)
    assert names["sqlite"]["origin"].startswith("almenstyring-sqlite")
    assert ran.json["faults"] == []
    assert "almenstyring-sqlite" in cli("plugins").out


@pytest.mark.parametrize("language", ["da", "en"])
def test_plugins_tells_what_failed_and_why(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """A distribution whose module is not there, as after a broken installation."""
    info = tmp_path / "almenstyring_broken-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: almenstyring-broken\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[almenstyring]\nbroken = almenstyring_is_not_there\n")
    monkeypatch.syspath_prepend(tmp_path)
    told = cli("plugins", "--lang", language)
    assert told.code == 0
    assert {"da": "Fejlede", "en": "Failed"}[language] in told.out
    assert "broken" in told.out and "almenstyring-broken 1.0" in " ".join(told.out.split())
    [fault] = cli("plugins", "--format", "json", "--lang", language).json["faults"]
    assert fault["plugin"] == "broken" and "almenstyring_is_not_there" in fault["what"][language]


def test_without_plugins_only_the_librarys_own_parts_are_there(cli: Cli) -> None:
    ran = cli("--no-plugins", "plugins", "--format", "json")
    assert [p["name"] for p in ran.json["plugins"]] == ["builtin"]
    only = cli("--only", "sqlite", "plugins", "--format", "json")
    assert [p["name"] for p in only.json["plugins"]] == ["builtin", "sqlite"]


@pytest.mark.parametrize("word", ["afdeling", "estate", "Estate", "AFDELING"])
def test_a_term_is_found_from_danish_english_and_class(cli: Cli, word: str) -> None:
    ran = cli("term", word, "--format", "json")
    assert ran.code == 0
    assert any(t["class"] == "Estate" for t in ran.json)
    assert "Estate" in cli("term", word).out


def test_an_unknown_term_gives_exit_1(cli: Cli) -> None:
    assert cli("term", "flyvemaskine").code == 1


def test_help_is_in_both_languages_and_tells_the_exit_codes(cli: Cli) -> None:
    ran = cli("--help")
    assert ran.code == 0
    assert "Afslutningskoder / exit codes" in ran.out
    for command in ("calendar", "check", "export", "new", "plugins", "show", "standard", "status", "term"):
        assert command in ran.out
        assert cli(command, "--help").code == 0
