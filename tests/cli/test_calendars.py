"""The feed of a municipality or an organisation, on the screen and in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Cli


@pytest.mark.parametrize(
    ("who", "held"),
    [
        pytest.param(("--municipality", "T01"), ["DTSTART;VALUE=DATE:20260701", "kommune T01"], id="municipality"),
        pytest.param(("--organisation", "T001"), ["Landsbyggefonden", "Den Opdigtede"], id="organisation"),
    ],
)
def test_a_feed_is_written_to_the_screen(cli: Cli, database: str, who: tuple[str, str], held: list[str]) -> None:
    ran = cli("feed", "--store", database, *who, "--year", "2026")
    assert ran.code == 0
    unfolded = ran.out.replace("\r\n ", "").replace("\n ", "")
    assert unfolded.startswith("BEGIN:VCALENDAR")
    for words in ("NAME:SYNTETISK: Styringsdialog", *held):
        assert words in unfolded


def test_a_feed_is_written_to_a_file_byte_for_byte_the_same_each_time(cli: Cli, database: str, tmp_path: Path) -> None:
    target, again = tmp_path / "feed.ics", tmp_path / "again.ics"
    for path in (target, again):
        ran = cli("feed", "--store", database, "--municipality", "T01", "--output", path, "--lang", "en")
        assert (ran.code, str(path) in ran.out) == (0, True)
    assert target.read_bytes() == again.read_bytes()
    assert target.read_bytes().endswith(b"END:VCALENDAR\r\n")
    assert "Governance report 2026 due" in target.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param((), "--municipality eller --organisation", id="nobody's calendar"),
        pytest.param(("--municipality", "T01", "--output", "feed.pdf"), "almenstyring-ical", id="another format"),
    ],
)
def test_what_is_wrong_is_a_sentence(cli: Cli, database: str, arguments: tuple[str, ...], said: str) -> None:
    ran = cli("feed", "--store", database, "--test-mode", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
