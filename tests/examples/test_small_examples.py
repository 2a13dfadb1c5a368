"""The small examples do what they say: each is run as a user runs it, and its facts are checked."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

import almenstyring as al
from almenstyring.testing.builders import clean_package

EXAMPLES = Path(__file__).parents[2] / "examples"
PARTS = ("figures_of_the_year.py", "dialogue_of_the_year.py", "meetings_of_the_year.py", "telling.py")
THE_DEMONSTRATION = ("the_year.py", *PARTS)
SMALL = sorted(path for path in EXAMPLES.glob("*.py") if path.name not in THE_DEMONSTRATION)


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(name: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXAMPLES / f"{name}.py"), *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)


def written(path: Path, package: al.DocumentationPackage) -> str:
    path.write_text(al.encode(package), "utf-8")
    return str(path)


@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.stem)
def test_an_example_is_short_and_told_of(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 40
    assert f"`{path.name}`" in (EXAMPLES / "README.md").read_text("utf-8")


def test_a_package_without_faults_passes(tmp_path: Path) -> None:
    done = run("check_a_file", written(tmp_path / "good.json", clean_package()), cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_package_with_something_in_the_way_fails_and_says_what(tmp_path: Path) -> None:
    forgetful = clean_package().clear("estate.external_move_outs", estate="T001-T0101")
    done = run("check_a_file", written(tmp_path / "bad.json", forgetful), cwd=tmp_path)
    assert done.returncode == 1
    assert "error MOVE-OUTS-MISSING T001-T0101" in done.stdout


def test_a_file_that_is_no_package_is_refused_and_the_others_are_still_checked(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text('{"format": "almenstyring/package"}')
    bad = written(tmp_path / "bad.json", al.empty_package("T001", al.ReportYear(2026)))
    done = run("check_a_file", "broken.json", "missing.json", bad, cwd=tmp_path)
    assert done.returncode == 2
    assert "broken.json" in done.stderr
    assert "missing.json" in done.stderr
    assert "FIGURES-MISSING" in done.stdout


def test_the_rule_of_the_office_finds_a_short_protocol_and_only_that() -> None:
    rules = (example("own_rule").protocol_is_short,)
    for summary, found in (("Ingen.", 1), ("Revisor har ingen bemærkninger.", 0), ("", 0)):
        assert len(al.check(clean_package().with_protocol(summary), rules=rules)) == found, summary
    long_elsewhere = clean_package().with_protocol("Se bilag.", attachment="protokol.pdf")
    assert len(al.check(long_elsewhere, rules=rules)) == 0


def test_the_rule_of_the_office_runs_beside_the_librarys_own(tmp_path: Path) -> None:
    done = run("own_rule", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "warning OFFICE-PROTOCOL-SHORT" in done.stdout
    assert "error FIGURES-MISSING" in done.stdout


def test_a_municipality_is_owed_reports_from_home_and_from_where_estates_lie() -> None:
    reports_owed_to = example("status_for_a_municipality").reports_owed_to
    at_home = reports_owed_to("T01", on=date(2026, 7, 8))
    assert {str(row.organisation) for row in at_home} == {"T001", "T002", "T003", "T004", "T005"}
    assert {(row.due, row.timing.days_late) for row in at_home} == {(date(2026, 7, 1), 7)}
    receivers = {str(row.organisation): row.expectation.receiver for row in reports_owed_to("T02", date(2026, 6, 1))}
    assert receivers == {"T002": al.Receiver.LOCATION_MUNICIPALITY, "T006": al.Receiver.HOME_MUNICIPALITY}


def test_the_status_program_prints_a_line_per_report(tmp_path: Path) -> None:
    done = run("status_for_a_municipality", "T02", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 2
    assert "T006" in done.stdout
