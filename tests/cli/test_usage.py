"""Wrong usage, files that are not there and nobody to act for: each is a sentence in the language asked for."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import click
import pytest

from almenstyring.cli.faults import system_fault, usage_fault

from .conftest import Cli

WRONG = {
    "no such option": (("fora", "--fro"), "Der er ingen valgmulighed --fro.", "No such option"),
    "near option": (("fora", "--formt", "json"), "Mente du --format?", "Did you mean"),
    "missing option": (("status", "--year", "2026"), "--store mangler.", "Missing option"),
    "missing argument": (("term",), "WORD mangler.", "Missing argument 'WORD'"),
    "bad day": (("calendar", "2025-02-30", "2025-12-31"), "'2025-02-30' er ikke en dag.", "is not a day"),
    "bad number": (("new", "--year", "to"), "--year: 'to' er ikke et helt tal.", None),
    "bad choice": (
        ("fora", "--format", "pdf"),
        "--format: 'pdf' kan ikke vælges. Vælg mellem text, json.",
        "is not one of",
    ),
    "option without value": (("new", "--year"), "--year skal have en værdi.", None),
    "flag with value": (("plugins", "--help=1"), "--help tager ingen værdi.", None),
    "no such command": (("frist",), "Der er ingen kommando frist;", None),
    "too much": (("term", "to", "ord"), "Det er for meget: ord.", "unexpected extra argument"),
    "no subcommand": (("figures", "--", "x"), "Der er ingen kommando x;", None),
    "a folder": (("export", ".", "--store", "memory:"), "værdien kan ikke bruges (File", "is a directory"),
    "store missing": (("fora", "--municipality", "T01"), "Angiv lageret med --store.", "Name the store"),
    "half of two": (("fora", "--adopt", "norddjurs_2022"), "--adopt og --since hører sammen.", "go together"),
}


@pytest.mark.parametrize(("words", "danish", "english"), WRONG.values(), ids=WRONG)
def test_wrong_usage_is_told_in_danish_or_english(
    cli: Cli, words: tuple[str, ...], danish: str, english: str | None
) -> None:
    ran = cli(*words)
    assert (ran.code, ran.out) == (2, "")
    assert danish in ran.err.splitlines()[0]
    if english is not None:
        told = cli(*words, "--lang", "en").err
        assert english in told and danish not in told


def test_english_keeps_clicks_own_words_and_every_fault_shows_the_help(cli: Cli) -> None:
    danish, english = cli("status"), cli("status", "--lang", "en")
    assert danish.err.splitlines()[1:] == ["Brug: almenstyring status [OPTIONS]", "Mere: almenstyring status --help"]
    assert english.err.splitlines() == [
        "Missing option '--year'.",
        "Usage: almenstyring status [OPTIONS]",
        "More: almenstyring status --help",
    ]


def test_what_click_has_no_kind_for_keeps_its_words() -> None:
    told = usage_fault(click.UsageError("Something else."))
    assert (told.da, told.en) == ("Forkert brug: Something else.", "Something else.")


def test_without_a_command_the_help_is_shown(cli: Cli) -> None:
    assert "figures" in cli().err + cli().out


@pytest.mark.parametrize(
    "words",
    [
        ("prepare", "T001", "--year", "2026"),
        ("review", "T001", "--year", "2026"),
        ("briefing",),
        ("statement", "--year", "2026"),
        ("deadline", "T001", "--year", "2026", "--due", "2026-07-01"),
        ("notices", "--plan"),
    ],
    ids=lambda words: words[0],
)
def test_whoever_must_act_for_a_municipality_hears_which_option_is_missing(
    cli: Cli, database: str, words: tuple[str, ...]
) -> None:
    ran = cli(*words, "--store", database, "--test-mode")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Det gør en kommune: angiv den med --municipality.")
    assert "A municipality does this: name it" in cli(*words, "--store", database, "--test-mode", "--lang", "en").err


def test_a_file_that_is_not_there_is_named_with_the_reason_and_a_remedy(cli: Cli, database: str) -> None:
    words = (
        "notices",
        "--store",
        database,
        "--municipality",
        "T01",
        "--send",
        "log:",
        "--addresses",
        "findes-ikke.toml",
    )
    assert cli(*words).err == (
        "findes-ikke.toml kan ikke læses eller skrives: den findes ikke. Kontrollér stien og filens navn.\n"
    )
    assert "findes-ikke.toml cannot be read or written: there is no such file." in cli(*words, "--lang", "en").err
    assert "den findes ikke" in cli("check", "findes-ikke.json").out


@pytest.mark.parametrize("number", [errno.EACCES, errno.EISDIR, errno.ENOTDIR, errno.EROFS, errno.EBADF])
def test_the_systems_reasons_are_told_in_danish(number: int) -> None:
    what, remedy = system_fault(OSError(number, os.strerror(number), "fil.json"))
    assert os.strerror(number) not in what.da
    assert what.da.startswith("fil.json kan ikke læses eller skrives: ") and remedy.da and remedy.en


def test_a_reason_without_words_of_ours_keeps_the_systems() -> None:
    what, remedy = system_fault(OSError(errno.ELOOP, "Too many levels"))
    assert (what.da, remedy.da) == ("Filen kan ikke læses eller skrives: Too many levels.", "")


@pytest.mark.parametrize("command", ["overview", "obligations"])
@pytest.mark.parametrize("years", [("0",), ("99999",), ("2026", "2024"), ("2026", "-5")], ids="..".join)
def test_years_that_are_no_period_are_refused_in_a_sentence(
    cli: Cli, database: str, command: str, years: tuple[str, ...]
) -> None:
    span = [word for pair in zip(("--from", "--to"), years, strict=False) for word in pair]
    ran = cli(command, *span, "--store", database, "--municipality", "T01")
    assert (ran.code, ran.out) == (2, "")
    assert "Byt om" in ran.err if years[-1] == "2024" else "kalenderår" in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("agreements",), "Der er ingen aftaler."),
        (("supervision", "--open"), "Der er ingen tilsynsskridt."),
        (("notices", "--sent"), "Der er ikke sendt varsler endnu."),
        (("notices",), "Ingen varsler er forfaldne."),
        (("deadline", "T002", "--year", "2026"), "Ingen frist er sat for 2026."),
        (("fora",), "Ingen model er vedtaget;"),
    ],
    ids=" ".join,
)
def test_a_listing_with_nothing_to_show_says_so(cli: Cli, database: str, words: tuple[str, ...], said: str) -> None:
    ran = cli(*words, "--store", database, "--municipality", "T01")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(said) and "━" not in ran.out


def test_sending_with_nothing_due_says_that_nothing_was_sent(cli: Cli, database: str, tmp_path: Path) -> None:
    addresses = tmp_path / "adresser.toml"
    addresses.write_text('T001 = "t001@example.org"\n', encoding="utf-8")
    words = ("notices", "--store", database, "--municipality", "T01", "--addresses", addresses, "--send", "log:")
    assert cli(*words).out == "Ingen varsler er forfaldne, så intet er sendt.\n"
