"""No traceback ever reaches a caseworker; the missing extra is said in one line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import almenstyring as al
from almenstyring.cli import content, main
from almenstyring.domain.errors import Fault

from .conftest import Cli


def test_an_internal_fault_gives_exit_3_and_a_sentence(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(word: str) -> None:
        raise ZeroDivisionError(word)

    monkeypatch.setattr(content, "find_term", broken)
    ran = cli("term", "afdeling")
    assert ran.code == 3
    assert "ZeroDivisionError" in ran.err
    assert "Traceback" not in ran.err
    assert "Traceback" in cli("--debug", "term", "afdeling").err


def test_an_interruption_is_said_in_one_line_and_has_the_shells_own_exit_code(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(word: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(content, "find_term", interrupted)
    monkeypatch.setattr(sys, "argv", ["almenstyring", "term", "afdeling"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
    assert "Afbrudt." in capsys.readouterr().err


def test_a_faulty_file_of_content_is_told_fault_by_fault(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(word: str) -> None:
        faults = [
            Fault("term.afdeling", al.Text("Teksten mangler.", "The text is missing."), "terms.toml", 12),
            Fault("term.frist", al.Text("Ukendt nøgle.", "Unknown key."), "terms.toml", 30),
        ]
        raise al.ContentError(al.Text("Filen er fejlbehæftet.", "The file is faulty."), faults)

    monkeypatch.setattr(content, "find_term", faulty)
    ran = cli("term", "afdeling", "--lang", "en")
    assert ran.code == 2
    assert "terms.toml:12 term.afdeling: The text is missing." in ran.err
    assert "terms.toml:30 term.frist: Unknown key." in ran.err


def test_the_installed_command_runs(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("almenstyring")
    done = subprocess.run(
        [command, "calendar", "2025-01-01", "2025-12-31"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0
    assert "2026" in done.stdout
    assert "\x1b" not in done.stdout


def test_without_the_extra_one_line_says_what_to_install(tmp_path: Path) -> None:
    program = "import sys; sys.modules['click'] = None; from almenstyring.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "almenstyring[cli]" in done.stderr


def shell(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    program = Path(sys.executable).with_name("almenstyring")
    return subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", command.replace("almenstyring", str(program), 1)],
        capture_output=True,
        check=False,
        cwd=folder,
        env=os.environ | environment,
    )


def test_a_reader_that_stops_early_is_no_fault(tmp_path: Path) -> None:
    done = shell("almenstyring standard --year 2026 | head -1", tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "ascii"])
@pytest.mark.parametrize("command", ["standard --year 2026", "term frist", "--help", "calendar 2025-01-01 2025-12-31"])
def test_what_goes_to_a_file_is_utf8_on_every_machine(tmp_path: Path, encoding: str, command: str) -> None:
    done = shell(f"almenstyring {command}", tmp_path, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert not done.stdout.decode("utf-8").isascii()


def test_a_full_disk_is_told_in_one_sentence(tmp_path: Path) -> None:
    done = shell("almenstyring standard --year 2026 > /dev/full", tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize("closed", [">&-", "<&-", "2>&-"])
def test_closed_streams_end_in_no_traceback(tmp_path: Path, closed: str) -> None:
    done = shell(f"almenstyring check - {closed}", tmp_path)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr + done.stdout


def test_a_file_without_end_is_refused_as_too_large(tmp_path: Path) -> None:
    done = shell("almenstyring check /dev/zero", tmp_path)
    assert done.returncode == 2
    assert "64000000" in done.stdout.decode()
