"""Run the command line in the process and see what it prints."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import define, frozen

import almenstyring as al
from almenstyring.cli.app import run

from .a_store import Figures, a_store, runner, send


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


@define
class Today:
    """The clock that commands run by in a test; it stands until the test moves it."""

    day: date = date(2026, 11, 26)

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 9, tzinfo=UTC)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Today:
    """The day of the test, whatever the calendar on the wall says."""
    standing = Today()
    defaults = al.connect.__kwdefaults__
    assert defaults is not None  # it has keywords with defaults
    monkeypatch.setitem(defaults, "clock", standing)
    return standing


@pytest.fixture
def filing(tmp_path: Path) -> Callable[[al.DocumentationPackage], Path]:
    def write(package: al.DocumentationPackage) -> Path:
        path = tmp_path / "pakke.json"
        path.write_text(al.encode(package, indent=2), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def sent_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which T001 has sent its package for 2026, on 8 July; made once, since every test gets a copy."""
    file, sent = tmp_path_factory.mktemp("sendt") / "dialog.db", datetime(2026, 7, 8, 9, tzinfo=UTC)
    drift = al.Actor("drift", role="operator")
    with al.connect(f"sqlite:{file}", actor=drift, clock=lambda: sent, test_mode=True) as operator:
        operator.import_register("synthetic:")
        council = operator.acting_as(al.Actor("tilsyn", role="municipality", municipality="T01"))
        council.set_deadline("T001", al.ReportYear(2026), date(2026, 7, 1))
        send(operator)
    return file


@pytest.fixture
def database(sent_once: Path, tmp_path: Path) -> str:
    """A store of one's own in which T001 has sent its package for 2026."""
    return f"sqlite:{shutil.copy(sent_once, tmp_path / 'dialog.db')}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[al.Workspace, str]]:
    """A store with a computed year, opened by the operator, and its address."""
    with a_store(tmp_path_factory.mktemp("lager")) as found:
        yield found


@pytest.fixture
def operator(store: tuple[al.Workspace, str]) -> al.Workspace:
    return store[0]


@pytest.fixture
def figures(cli: Cli, store: tuple[al.Workspace, str]) -> Figures:
    return runner(cli, store[1])
