"""``deadline``: set, extend, take an extension back, and show what was done."""

from __future__ import annotations

import pytest

from .conftest import Cli

COUNCIL = ("--municipality", "T01")


def test_a_deadline_is_set_for_all_extended_for_one_and_its_history_shown(cli: Cli, database: str) -> None:
    def run(*words: str) -> list[dict[str, str]]:
        ran = cli("deadline", *words, "--store", database, *COUNCIL, "--year", "2027", "--format", "json")
        assert (ran.code, ran.err) == (0, "")
        found: list[dict[str, str]] = ran.json
        return found

    assert {row["organisation"] for row in run("--due", "2027-07-01")} == {"T001", "T002", "T003", "T004", "T005"}
    assert run("T001", "--until", "2027-08-01", "--reason", "Ferie")[-1]["new"] == "2027-08-01"
    assert [(row["step"], row["old"], row["new"]) for row in run("T001")] == [
        ("set", None, "2027-07-01"),
        ("extended", "2027-07-01", "2027-08-01"),
    ]
    text = cli("deadline", "T001", "--store", database, *COUNCIL, "--year", "2027")
    assert "udsat" in text.out and "Ferie" in text.out


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--until", "2027-08-01"),
        ("T001", "--due", "2027-07-01", "--until", "2027-08-01"),
        ("T001", "--withdraw-extensions"),
    ],
)
def test_a_deadline_command_that_says_too_little_or_too_much_is_wrong_usage(
    cli: Cli, database: str, words: tuple[str, ...]
) -> None:
    assert cli("deadline", *words, "--store", database, *COUNCIL, "--year", "2027").code == 2


def test_an_extension_is_taken_back_only_when_it_is_said_and_with_a_reason(cli: Cli, database: str) -> None:
    place = ("T001", "--store", database, *COUNCIL, "--year", "2027", "--format", "json")
    for words in (("--due", "2027-07-01"), ("--until", "2027-08-01", "--reason", "Ferie"), ("--due", "2027-07-02")):
        rows = cli("deadline", *place, *words).json
    assert rows[-1]["new"] == "2027-08-01"
    again = ("--due", "2027-07-02", "--withdraw-extensions")
    without = cli("deadline", *place, *again)
    assert (without.code, "begrund" in without.err) == (2, True)
    rows = cli("deadline", *place, *again, "--reason", "Ferien er aflyst").json
    assert (rows[-1]["step"], rows[-1]["new"]) == ("withdrawn", "2027-07-02")
