"""``almenstyring check``: findings for people and programs, and exit codes that can be relied on."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.testing.builders import clean_package

from .conftest import Cli

Filing = Callable[[al.DocumentationPackage], Path]


def test_a_clean_package_gives_exit_0(cli: Cli, filing: Filing) -> None:
    ran = cli("check", filing(clean_package()))
    assert ran.code == 0
    assert "Intet er i vejen for at sende." in ran.out


def test_an_error_gives_exit_1_and_names_place_rule_remedy_and_law(cli: Cli, filing: Filing) -> None:
    package = clean_package()
    estate = str(package.estate_reports[0].unit)
    ran = cli("check", filing(package.clear("estate.external_move_outs", estate=estate)), "--format", "json")

    assert ran.code == 1
    assert (ran.json["format_version"], ran.json["ok"]) == (1, False)
    [found] = [f for f in ran.json["findings"] if f["code"] == "MOVE-OUTS-MISSING"]
    assert found["severity"] == "error"
    assert found["location"]["unit"] == estate
    assert found["location"]["file"].endswith("pakke.json")
    assert all(found[key][lang] for key in ("message", "hint") for lang in ("da", "en"))
    assert found["law"]


def test_an_unsettled_confirmation_gives_exit_1_and_a_settled_one_exit_0(cli: Cli, filing: Filing) -> None:
    package = clean_package().clear("agreements.need")
    assert cli("check", filing(package)).code == 1

    report = al.check(package)
    for finding in report.in_the_way:
        package = package.confirm(finding, reason="Drøftet.", on=package.period.end, by="formand-1")
    ran = cli("check", filing(package))
    assert ran.code == 0
    assert "bekræftet" in ran.out


def test_english_is_complete(cli: Cli, filing: Filing) -> None:
    ran = cli("check", filing(clean_package()), "--lang", "en")
    assert "Nothing is in the way of sending." in ran.out


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe{}", b"null", b'{"format": "andet"}', b'{"a": NaN}', b'{"a": 1e400}', b"[" * 100_000],
    ids=["empty", "truncated", "not utf-8", "null", "another format", "nan", "1e400", "deep"],
)
def test_an_unreadable_file_gives_exit_2_and_json_says_why(cli: Cli, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "dårlig.json"
    path.write_bytes(content)

    ran = cli("check", path, "--format", "json")

    assert ran.code == 2
    assert not ran.json["ok"]
    assert {f["code"] for f in ran.json["findings"]} == {"DECODE"}
    assert all(f["message"]["da"] and f["message"]["en"] for f in ran.json["findings"])
    text = cli("check", path)
    assert text.code == 2
    assert "Traceback" not in text.out + text.err


def test_an_unknown_report_year_is_one_clear_finding(cli: Cli, filing: Filing) -> None:
    package = evolve(clean_package(), report_year=al.ReportYear(2099))
    ran = cli("check", filing(package), "--format", "json")
    assert ran.code == 1
    assert "STANDARD-UNKNOWN" in {f["code"] for f in ran.json["findings"]}


def test_one_unreadable_file_among_good_ones_gives_exit_2_and_the_others_are_checked(
    cli: Cli, filing: Filing, tmp_path: Path
) -> None:
    ran = cli("check", filing(clean_package()), tmp_path / "findes-ikke.json")
    assert ran.code == 2
    assert "Intet er i vejen for at sende." in ran.out
    assert "findes-ikke.json" in ran.out


def test_a_dash_reads_standard_input(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(al.encode(clean_package()).encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert cli("check", "-").code == 0


def test_no_file_at_all_is_wrong_usage(cli: Cli) -> None:
    assert cli("check").code == 2
