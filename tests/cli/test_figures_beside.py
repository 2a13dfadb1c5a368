"""The commands that set a unit beside others: compare, twins and picture, in both languages, as text and as data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.cli.figures_beside import _comparison
from almenstyring.content import label
from almenstyring.domain.figures.picture_parts import Spread
from almenstyring.domain.text import LANGUAGES, Language

from .a_store import ESTATE, YEAR, Figures, flat

# compare


@pytest.mark.parametrize("language", LANGUAGES)
def test_compare_shows_a_spread_and_a_place(figures: Figures, operator: al.Workspace, language: Language) -> None:
    found = operator.compare(ESTATE, "cleaning_per_m2", YEAR, group="home_type")
    spread, place = found.benchmark.distribution, found.place
    assert place is not None and found.value is not None and spread.quantiles is not None and spread.mean is not None
    lines = figures(
        "compare", ESTATE, "cleaning_per_m2", "--group", "home_type", as_=f"{language} text"
    ).out.splitlines()
    measure = found.figure.measure.name[language]
    assert lines[0] == f"{ESTATE}: {found.figure.name[language]} {found.value.display(language)} {measure}"
    assert lines[1].endswith(f"{found.benchmark.group[language]} (n = {spread.n})")
    shown = zip(("p10", "q1", "median", "q3", "p90"), Spread.NAMES, strict=True)
    assert [" ".join(line.split()) for line in lines[2:7]] == [
        f"{called[language]} {getattr(spread.quantiles, part).display(language)}" for part, called in shown
    ]
    assert spread.mean.display(language) in lines[7] and label(spread.weighting)[language] in lines[7]
    percentile = al.Number(place.percentile.count, place.percentile.decimals).display(language)
    assert lines[8].endswith(place.band.sentence[language]) and f" {percentile}. " in lines[8]
    assert len(lines) == 9


def test_compare_as_data_is_text_throughout_and_never_a_float(figures: Figures, operator: al.Workspace) -> None:
    found = operator.compare(ESTATE, "cleaning_per_m2", YEAR)
    data = figures("compare", ESTATE, "cleaning_per_m2", as_="en json").json
    assert (data["unit"], data["figure"], data["value"]) == (ESTATE, "cleaning_per_m2", str(found.value))
    assert found.place is not None
    assert (data["percentile"], data["place"], data["why_nobody"]) == (
        str(found.place.percentile), found.place.band.value, None,
    )  # fmt: skip
    benchmark = data["benchmark"]
    assert (benchmark["n"], benchmark["missing"], benchmark["left_out"]) == (10, 0, 0)
    assert (benchmark["weighting"], benchmark["method"], benchmark["status"]) == ("ratio_of_sums", "linear", "final")
    assert benchmark["mean"] == str(found.benchmark.distribution.mean)
    assert "." in figures("compare", ESTATE, "cleaning_per_m2", as_="en json").out
    assert not re.search(r": -?\d+\.\d", figures("compare", ESTATE, "cleaning_per_m2", as_="en json").out)


@pytest.mark.parametrize(
    ("words", "da", "en"),
    [
        pytest.param(
            ("--group", "organisation"), "vises ikke: 2 i gruppen", "not shown: 2 in the group", id="too small"
        ),
        pytest.param(("--group", "region"), "region kendes ikke", "its region is not known", id="no such group"),
        pytest.param(
            ("--group", "own_list", "--with", "T002-T0101", "--with", "T006-T0101"),
            "din egen liste (n = 3)", "your own list (n = 3)", id="a short list",
        ),
    ],
)  # fmt: skip
def test_compare_says_why_there_is_no_spread(figures: Figures, words: tuple[str, ...], da: str, en: str) -> None:
    for language, wanted in (("da", da), ("en", en)):
        text = flat(figures("compare", ESTATE, "cleaning_per_m2", *words, as_=f"{language} text"))
        assert wanted in text and "median" not in text
    data = figures("compare", ESTATE, "cleaning_per_m2", *words, as_="da json").json
    assert (data["place"], data["percentile"], data["benchmark"]["quantiles"]) == (None, None, None)
    assert data["benchmark"]["suppressed"]["en"]
    assert (data["why_nobody"] is not None) is (words[1] == "region")


def test_compare_with_an_own_list(figures: Figures) -> None:
    listed = [word for unit in ("T001-T0201", "T002-T0101", "T005-T0101", "T006-T0101") for word in ("--with", unit)]
    data = figures("compare", ESTATE, "cleaning_per_m2", "--group", "own_list", *listed, as_="da json").json
    assert data["benchmark"]["n"] == 5 and data["place"]
    for other in ("T002", "T005", "T006"):
        assert other not in str(data)


def test_a_figure_that_is_missing_is_said_to_be(figures: Figures) -> None:
    missing = ("T005-T0101", "move_out_rate")
    assert "mangler" in flat(figures("compare", *missing)) and "missing" in flat(
        figures("compare", *missing, as_="en text")
    )
    assert figures("compare", *missing, as_="da json").json["value"] is None


def test_a_spread_without_a_mean_or_a_place_leaves_those_lines_out(operator: al.Workspace) -> None:
    found = operator.compare(ESTATE, "cleaning_per_m2", YEAR)
    bare = evolve(
        found,
        place=None,
        benchmark=evolve(found.benchmark, distribution=evolve(found.benchmark.distribution, mean=None)),
    )
    assert len(list(_comparison(bare))) == 7
    assert len(list(_comparison(found))) == 9


# twins


@pytest.mark.parametrize("language", LANGUAGES)
def test_twins_come_with_their_distance_and_reasons(
    figures: Figures, operator: al.Workspace, language: Language
) -> None:
    found = operator.twins(ESTATE, YEAR, count=2)
    text = flat(figures("twins", ESTATE, "--count", "2", as_=f"{language} text"))
    for twin in found.twins:
        assert str(twin.unit) in text and twin.distance.display(language) in text
        assert all(" ".join(reason.sentence[language].split()) in text for reason in twin.reasons)
    assert {"da": "Afstand efter projektets eget mål", "en": "Distance by the project's own measure"}[language] in text
    data = figures("twins", ESTATE, "--count", "2", as_=f"{language} json").json
    assert [(row["unit"], row["distance"], len(row["reasons"])) for row in data] == [
        (str(twin.unit), str(twin.distance), len(twin.reasons)) for twin in found.twins
    ]


def test_twins_on_a_basis_that_is_not_known_says_so(figures: Figures) -> None:
    basis = ("--basis", "socio_economic")
    assert "T003" in flat(figures("twins", "T003", *basis))
    assert "None of the variables is known of T003." in flat(figures("twins", "T003", *basis, as_="en text"))
    assert figures("twins", "T003", *basis, as_="da json").json == []
    assert len(figures("twins", "T003", "--basis", "master_data", as_="da json").json) == 4


# picture


@pytest.mark.parametrize(
    ("name", "kind", "language", "start", "said"),
    [
        ("a.svg", "efficiency", "da", b"<svg", "Tegnet til"),
        ("b.png", "distribution", "en", b"\x89PNG", "Drawn to"),
        ("c.svg", "trend", "en", b"<svg", "Drawn to"),
    ],
)
def test_picture_draws_to_a_file(
    figures: Figures, tmp_path: Path, name: str, kind: str, language: Language, start: bytes, said: str
) -> None:
    target = tmp_path / name
    figure = "efficiency_score" if kind == "efficiency" else "cleaning_per_m2"
    text = flat(figures("picture", ESTATE, figure, target, "--kind", kind, as_=f"{language} text"))
    assert text.replace(" ", "") == f"{said} {target}.".replace(" ", "")
    assert target.read_bytes().startswith(start)
    assert [each.name for each in tmp_path.iterdir()] == [name]
