"""``efficiency``: scores from a plain table, for people and for programs, and a sentence where there can be none."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from almenstyring.codec import LARGEST_DOCUMENT

from .conftest import Cli

Write = Callable[[str], Path]
PLAIN = "unit,group,109,114\nT1,a,80,160\nT2,a,100,200\nT3,b,1,1\n"
DANISH = "\ufeffunit;group;109;114\r\nT1;a;80;160,00\r\nT2;a;100,00;200\r\n"
VARIANTS = "unit,group,109,114\nT1,a,99,30\nT2,a,50,90\nT3,a,100,100\n"
OUTLIERS = "unit,group,109\n" + "".join(f"T{n},a,{cost}\n" for n, cost in enumerate((1, 90, 91, 92, 93, 94, 95), 1))
LABEL = {
    "da": "beregnet efter offentliggjort metode, ikke det officielle effektivitetstal",
    "en": "computed by the published method, not the official efficiency score",
}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def made(text: str) -> Path:
        path = tmp_path / "omkostninger.csv"
        path.write_bytes(text.encode())
        return path

    return made


def rows(found: Any, *keys: str) -> list[list[object]]:
    return [[row[key] for key in keys] for row in found]


# For programs


@pytest.mark.parametrize("text", [PLAIN, DANISH], ids=["commas", "semicolons"])
def test_scores_and_potentials_are_texts_of_two_decimals(cli: Cli, write: Write, text: str) -> None:
    ran = cli("efficiency", write(text), "--minimum-peers", "1", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json[:2] == [
        {
            "unit": "T1",
            "group": "a",
            "peers": 1,
            "score": "100.00",
            "potential": "0.00",
            "best_practice": None,
            "outlier": False,
            "label": LABEL,
        },
        {
            "unit": "T2",
            "group": "a",
            "peers": 1,
            "score": "80.00",
            "potential": "20.00",
            "best_practice": "T1",
            "outlier": False,
            "label": LABEL,
        },
    ]


def test_too_few_peers_are_told_with_a_reason_instead_of_a_score(cli: Cli, write: Write) -> None:
    ran = cli("efficiency", write(PLAIN), "--minimum-peers", "1", "--format", "json")
    assert ran.code == 0
    assert ran.json[2] == {
        "unit": "T3",
        "group": "b",
        "peers": 0,
        "score": None,
        "potential": None,
        "best_practice": None,
        "outlier": False,
        "label": LABEL,
        "reason": {
            "code": "too_few_peers",
            "da": "For få sammenlignelige: 0, og der kræves mindst 1.",
            "en": "Too few peers: 0, and at least 1 are required.",
        },
    }


def test_thirty_peers_are_wanted_unless_told_otherwise(cli: Cli, write: Write) -> None:
    def scores(units: int, *options: str) -> set[bool]:
        table = "unit,group,109\n" + "".join(f"T{n},a,{100 + n}\n" for n in range(units))
        return {row["score"] is not None for row in cli("efficiency", write(table), "--format", "json", *options).json}

    assert scores(30) == {False}
    assert scores(31) == {True}
    assert scores(1, "--minimum-peers", "0") == {True}


def test_a_missing_and_a_negative_cost_give_a_reason_that_names_the_account(cli: Cli, write: Write) -> None:
    table = "unit,group,109,114\nT1,a,,5\nT2,a,5,-5\nT3,a,5,5\n"
    found = cli("efficiency", write(table), "--minimum-peers", "0", "--format", "json").json
    assert rows(found, "peers", "score") == [[1, None], [1, None], [0, "100.00"]]
    assert [row.get("reason", {}).get("code") for row in found] == ["costs_missing", "costs_negative", None]
    assert "109" in found[0]["reason"]["da"]
    assert "114" in found[1]["reason"]["en"]


@pytest.mark.parametrize(
    ("options", "last"),
    [
        pytest.param((), ["99.00", "1.00", "T1"], id="as published unless told otherwise"),
        pytest.param(("--variant", "published"), ["99.00", "1.00", "T1"], id="the cheapest in total"),
        pytest.param(("--variant", "fdh"), ["90.00", "10.00", "T2"], id="the lowest score"),
    ],
)
def test_the_variant_chooses_best_practice(cli: Cli, write: Write, options: Sequence[str], last: list[str]) -> None:
    found = cli("efficiency", write(VARIANTS), "--minimum-peers", "1", "--format", "json", *options).json
    assert rows(found, "score", "potential", "best_practice")[-1] == last


def test_outliers_are_nobodys_peers_unless_they_are_kept(cli: Cli, write: Write) -> None:
    command = ("efficiency", write(OUTLIERS), "--minimum-peers", "1", "--format", "json")
    without, kept = (rows(cli(*command, *more).json, "peers", "best_practice") for more in ((), ("--keep-outliers",)))
    assert without == [[6, None], [5, None], *[[5, "T2"]] * 5]
    assert kept == [[6, None], *[[6, "T1"]] * 6]
    assert [row["outlier"] for row in cli(*command).json] == [True, *[False] * 6]


# For people


def test_people_read_a_table_and_what_the_scores_are_in_danish(cli: Cli, write: Write) -> None:
    ran = cli("efficiency", write(PLAIN), "--minimum-peers", "1")
    assert ran.code == 0
    assert "│ T2    │ a      │ 1               │ 80,00 pct.       │ 20,00 pct. │ T1" in ran.out
    assert "│ T1    │ a      │ 1               │ 100,00 pct.      │ 0,00 pct.  │   " in ran.out
    assert "For få sammenlignelige: 0, og der kræves mindst 1." in ran.out
    assert f"Tallene er {LABEL['da']}." in ran.out
    assert "Bedste praksis er den billigste i alt" in ran.out
    assert "None" not in ran.out


def test_and_in_english(cli: Cli, write: Write) -> None:
    ran = cli("efficiency", write(PLAIN), "--minimum-peers", "1", "--lang", "en")
    for title in ("Efficiency scores", "Unit", "Group", "Peers", "Score", "Potential", "Best practice", "Note"):
        assert title in ran.out
    assert "80.00%" in ran.out
    assert "20.00%" in ran.out
    assert "Too few peers: 0, and at least 1 are required." in ran.out
    assert f"The scores are {LABEL['en']}." in ran.out


@pytest.mark.parametrize(
    ("options", "note"),
    [
        pytest.param((), "Outliers, left out by the project's own rule: 1.", id="left out"),
        pytest.param(("--keep-outliers",), "Outliers are kept.", id="kept"),
        pytest.param((), "Best practice is the cheapest in total", id="published"),
        pytest.param(("--variant", "fdh"), "the lowest score (FDH)", id="fdh"),
    ],
)
def test_the_rules_that_were_followed_stand_below_the_table(
    cli: Cli, write: Write, options: Sequence[str], note: str
) -> None:
    ran = cli("efficiency", write(OUTLIERS), "--minimum-peers", "1", "--lang", "en", *options)
    assert note in ran.out
    assert ("Outlier: nobody is compared with it." in ran.out) is ("--keep-outliers" not in options)


# Where the table comes from


@pytest.mark.parametrize("text", [PLAIN, DANISH], ids=["commas", "semicolons"])
def test_a_dash_reads_standard_input(cli: Cli, write: Write, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    options = ("--minimum-peers", "1", "--format", "json")
    from_file = cli("efficiency", write(text), *options)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert cli("efficiency", "-", *options) == from_file


def test_a_fault_in_standard_input_is_told_at_its_line(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"unit,group,109\nT1,a,x\n")))
    ran = cli("efficiency", "-", "--lang", "en")
    assert ran.code == 2
    assert "-:2 109: 'x' is not a number." in ran.err


def test_without_any_standard_input_it_is_said_that_nothing_can_be_read(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    ran = cli("efficiency", "-", "--lang", "en")
    assert (ran.code, ran.out) == (2, "")
    assert "The table cannot be read:" in ran.err


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("da", ("Tabellen kan ikke læses:", "Kontrollér filens navn og mappe.")),
        ("en", ("The table cannot be read:", "Check the name and the folder of the file.")),
    ],
)
def test_a_table_that_is_not_there_or_is_a_folder_is_named(
    cli: Cli, tmp_path: Path, lang: str, words: Sequence[str]
) -> None:
    for path in (tmp_path / "ukendt.csv", tmp_path):
        ran = cli("efficiency", path, "--lang", lang)
        assert (ran.code, ran.out) == (2, "")
        assert str(path) in ran.err
        assert all(sentence in ran.err for sentence in words)
        assert "Traceback" not in ran.err


def test_a_table_too_large_is_refused(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "stor.csv"
    with path.open("wb") as stream:
        stream.truncate(LARGEST_DOCUMENT + 1_000_000)
    ran = cli("efficiency", path, "--lang", "en")
    assert ran.code == 2
    assert f"stor.csv: It takes more than {LARGEST_DOCUMENT} bytes." in ran.err


# What is refused


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "da",
            (
                "Tabellen kan ikke bruges:",
                "omkostninger.csv:2 109: 'x' er ikke et tal. Skriv kr. pr. bolig som 1234.50",
                "omkostninger.csv:3 114: '1,5' er ikke et tal.",
                "Ret filen, og kør igen; intet er beregnet.",
            ),
        ),
        (
            "en",
            (
                "The table cannot be used:",
                "omkostninger.csv:2 109: 'x' is not a number. Write kroner per home as 1234.50",
                "omkostninger.csv:3 114: '1,5' is not a number.",
                "Mend the file and run again; nothing was computed.",
            ),
        ),
    ],
)
def test_every_fault_is_told_with_its_place_and_remedy_and_nothing_is_printed(
    cli: Cli, write: Write, lang: str, words: Sequence[str]
) -> None:
    ran = cli("efficiency", write('unit,group,109,114\nT1,a,x,5\nT2,a,5,"1,5"\n'), "--lang", lang)
    assert (ran.code, ran.out) == (2, "")
    assert all(sentence in ran.err for sentence in words)


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(("--minimum-peers", "-1"), id="fewer than no peers"),
        pytest.param(("--minimum-peers", "2.5"), id="half a peer"),
        pytest.param(("--variant", "dea"), id="no such variant"),
        pytest.param(("--format", "xml"), id="no such format"),
    ],
)
def test_options_that_cannot_be_are_wrong_usage(cli: Cli, write: Write, options: Sequence[str]) -> None:
    ran = cli("efficiency", write(PLAIN), *options)
    assert (ran.code, ran.out) == (2, "")
    assert options[0] in ran.err


def test_a_table_must_be_named(cli: Cli) -> None:
    ran = cli("efficiency")
    assert ran.code == 2
    assert "TABEL.csv" in ran.err
