"""Run the command line in the process and see what it prints."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

import almenstyring as al
from almenstyring.cli.app import run
from almenstyring.testing.builders import clean_package


@frozen
class Ran:
    """What a command left: its exit code and both streams."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Cli = Callable[..., Ran]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    def call(*arguments: str | Path) -> Ran:
        words = [str(argument) for argument in arguments]
        monkeypatch.setattr("sys.argv", ["almenstyring", *words])
        code = run(words)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return call


@pytest.fixture
def filing(tmp_path: Path) -> Callable[[al.DocumentationPackage], Path]:
    def write(package: al.DocumentationPackage) -> Path:
        path = tmp_path / "pakke.json"
        path.write_text(al.encode(package, indent=2), encoding="utf-8")
        return path

    return write


@pytest.fixture
def database(tmp_path: Path) -> str:
    """A store in which T001 has sent its package for 2026."""
    address = f"sqlite:{tmp_path / 'dialog.db'}"
    clean = clean_package()
    with al.connect(address, actor=al.Actor("drift", role="operator"), test_mode=True) as operator:
        operator.import_register("synthetic:")
        council = operator.acting_as(al.Actor("tilsyn", role="municipality", municipality="T01"))
        council.set_deadline("T001", al.ReportYear(2026), date(2026, 7, 1))
        office = operator.acting_as(al.Actor("kontor", role="organisation", organisation="T001"))
        package = office.open_package("T001", al.ReportYear(2026))
        for question, answer in clean.report.answers.items():
            given = answer.value if package.report[question].is_missing else None
            package = package.answer(question, given, comment=answer.comment)
        for finding in office.check(package).in_the_way:
            if finding.severity is al.Severity.CONFIRM:
                package = package.confirm(finding, reason="Gennemgået.", on=date(2026, 6, 29))
        office.submit(office.save(package), on=date(2026, 7, 8))
    return address
