"""Whatever is wrong with a command around key figures is said in a sentence, with exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from almenstyring.content.peer_groups import load_peer_groups
from almenstyring.domain.text import LANGUAGES

from .a_store import ESTATE, Figures
from .conftest import Cli

RENT, DRAWN, OWN = ("compare", ESTATE, "rent_per_m2"), ("picture", ESTATE, "rent_per_m2"), ("--group", "own_list")


@pytest.mark.parametrize(
    ("words", "year", "wanted"),
    [
        pytest.param(("list",), 1999, "2010", id="list: too old a year"),
        pytest.param(("compute",), 1999, "2010", id="compute: too old a year"),
        pytest.param(("show", "T002"), 2026, "T002", id="show: no package"),
        pytest.param(("show", "T001"), 2025, "2025", id="show: no package of the year"),
        pytest.param(("show", "x y"), 2026, "x y", id="show: no unit at all"),
        pytest.param(("show", "T001-T0901"), 2026, "T001-T0901", id="show: an unknown estate"),
        pytest.param(("show", "45"), 2026, "45", id="show: a real unit"),
        pytest.param(("explain", ESTATE, "rent"), 2026, "rent_per_m2", id="explain: an unknown figure"),
        pytest.param(("explain", "T001", "rent_per_m2"), 2026, "board_fees", id="explain: a figure of estates"),
        pytest.param(("explain", "T002", "rent_per_m2"), 2026, "T002", id="explain: no package"),
        pytest.param(("compare", ESTATE, "rent"), 2026, "rent_per_m2", id="compare: an unknown figure"),
        pytest.param(RENT, 2024, "figures compute", id="compare: a year not computed"),
        pytest.param(("compare", "T001-T0301", "rent_per_m2"), 2026, "T001-T0301", id="compare: being built"),
        pytest.param((*RENT, "--group", "town"), 2026, "home_type", id="compare: no group"),
        pytest.param((*RENT, *OWN), 2026, "own_list", id="compare: no list"),
        pytest.param((*RENT, "--with", "T002-T0101"), 2026, "country", id="compare: too many"),
        pytest.param((*RENT, *OWN, "--with", "?"), 2026, "?", id="compare: listed what is no unit"),
        pytest.param(("twins", ESTATE, "--count", "21"), 2026, "20", id="twins: too many"),
        pytest.param(("twins", ESTATE, "--count", "x"), 2026, "x", id="twins: no number"),
        pytest.param(("twins", ESTATE, "--basis", "size"), 2026, "master_data", id="twins: an unknown basis"),
        pytest.param(("twins", "T001-T0901"), 2026, "T001-T0901", id="twins: an unknown estate"),
        pytest.param(("picture", ESTATE, "cleaning_per_m2", "{}/a.gif"), 2026, ".gif", id="picture: an unknown suffix"),
        pytest.param(("picture", ESTATE, "rent", "{}/a.svg"), 2026, "rent_per_m2", id="picture: an unknown figure"),
        pytest.param((*DRAWN, "{}/a.svg", "--kind", "pie"), 2026, "trend", id="picture: an unknown kind"),
        pytest.param((*DRAWN, "{}"), 2026, "FIL", id="picture: a folder"),
        pytest.param(("picture", "T002", "board_fees_per_unit", "{}/a.svg"), 2026, "T002", id="picture: no package"),
        pytest.param(("show", "T001"), "x", "x", id="no year"),
    ],
)  # fmt: skip
def test_every_error_is_a_sentence(
    figures: Figures, tmp_path: Path, words: tuple[str, ...], year: int | str, wanted: str
) -> None:
    given = [word.format(tmp_path) for word in words]
    for language in LANGUAGES:
        ran = figures(*given, as_=f"{language} text", year=year)
        assert (ran.code, ran.out) == (2, "")
        assert wanted in ran.err
        assert "Traceback" not in ran.err and "Error(" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_picture_in_a_folder_that_is_not_there_is_a_sentence(figures: Figures, tmp_path: Path) -> None:
    ran = figures("picture", ESTATE, "cleaning_per_m2", tmp_path / "mangler" / "a.svg", "--kind", "trend")
    assert (ran.code, ran.out) == (2, "") and ran.err.strip() and "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["compute", "show", "explain", "compare", "twins", "picture"])
def test_a_store_that_is_not_there_is_not_made(cli: Cli, tmp_path: Path, command: str) -> None:
    words = {"compute": (), "show": ("T001",), "twins": ("T001",), "picture": ("T001", "x", str(tmp_path / "a.svg"))}
    missing = tmp_path / "tastefejl.db"
    ran = cli("figures", command, *words.get(command, ("T001", "x")), "--year", "2026", "--store", f"sqlite:{missing}")
    assert (ran.code, ran.out) == (2, "")
    assert "tastefejl.db" in ran.err and not missing.exists()


def test_the_groups_that_can_be_chosen_are_those_declared(cli: Cli) -> None:
    ran = cli("figures", "compare", "--help")
    assert ran.code == 0
    assert all(group in ran.out for group in load_peer_groups().group)
