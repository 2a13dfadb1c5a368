"""The commands that compute, list, show and explain key figures: in both languages, as text and as data."""

from __future__ import annotations

import re

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.content import label
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.text import LANGUAGES, Language

from .a_store import ESTATE, YEAR, Figures, flat

# list


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_shows_the_definitions_of_the_year(figures: Figures, language: Language) -> None:
    text = flat(figures("list", as_=f"{language} text"))
    assert {"da": "Nøgletal 2025", "en": "Key figures 2025"}[language] in text
    assert "rent_per_m2/3" in text and "rent_per_m2/2" not in text and "master.homes_area" in text
    assert {"da": "Husleje pr. m²", "en": "Rent per m²"}[language] in text


def test_list_as_data_has_every_definition_with_formula_and_source(figures: Figures) -> None:
    wanted = [each for each in load_key_figures() if each.is_valid_in(2025)]
    found = figures("list", as_="da json").json
    assert [(r["figure"], r["definition"], r["of"], r["formula"], r["source"], r["certainty"]) for r in found] == [
        (f.id, f.definition, f.of.value, f.formula, f.source, f.certainty.value) for f in wanted
    ]
    assert {row["name"]["en"] for row in found} == {f.name.en for f in wanted}
    assert {row["measure"] for row in found} == {f.unit for f in wanted}
    older = {(r["figure"], r["definition"]) for r in figures("list", as_="da json", year=2017).json}
    assert {number for figure, number in older if figure == "rent_per_m2"} == {2}


# compute


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("da", r"Styringsår 2026: 6 organisationer, 16 enheder, \d+ fordelinger\."),
        ("en", r"Report year 2026: 6 organisations, 16 units, \d+ distributions\."),
    ],
    ids=LANGUAGES,
)
def test_compute_says_how_much_it_brought(figures: Figures, language: Language, wanted: str) -> None:
    figures("compute")
    assert re.fullmatch(wanted, flat(figures("compute", as_=f"{language} text")))
    found = figures("compute", as_=f"{language} json").json
    assert (found["year"], found["organisations"], found["units"], found["moved"]) == (2026, 6, 16, [])
    assert found["distributions"] > 100


@pytest.mark.parametrize(("form", "language"), [("text", "da"), ("text", "en"), ("json", "da")])
def test_compute_says_what_moved(figures: Figures, operator: al.Workspace, form: str, language: Language) -> None:
    """The median of one distribution is written over, so that computing finds another one."""
    [entry] = operator._records.figures.find(year=2026, organisation="T006")
    first = next(
        b
        for b in entry.value.benchmarks
        if b.distribution.quantiles and b.distribution.subject.figure == "cleaning_per_m2"
    )
    spread = first.distribution
    assert spread.quantiles is not None
    old = evolve(first, distribution=evolve(spread, quantiles=evolve(spread.quantiles, median=al.Number(1))))
    for kept in operator._records.figures.find(year=2026):
        benchmarks = tuple(old if b.distribution.subject == spread.subject else b for b in kept.value.benchmarks)
        key = f"{kept.value.organisation}/2026"
        operator._keep(
            operator._records.figures,
            key,
            evolve(kept.value, benchmarks=benchmarks),
            {"organisation": str(kept.value.organisation), "year": 2026},
        )
    ran = figures("compute", as_=f"{language} {form}")
    if form == "json":
        assert ran.json["moved"] == [
            {
                "figure": "cleaning_per_m2",
                "group": {"da": first.group.da, "en": first.group.en},
                "part": "median",
                "old": "1",
                "new": str(spread.quantiles.median),
            }
        ]
    else:
        word = {"da": "er nu", "en": "is now"}[language]
        [line] = [each for each in ran.out.splitlines() if each.startswith("cleaning_per_m2, ")]
        now = spread.quantiles.median.display(language)
        assert line == f"cleaning_per_m2, {first.group[language]}: Median: 1 {word} {now}."


# show


@pytest.mark.parametrize("unit", ["T001", ESTATE])
@pytest.mark.parametrize("language", LANGUAGES)
def test_show_has_a_row_for_every_figure(
    figures: Figures, operator: al.Workspace, unit: str, language: Language
) -> None:
    text = flat(figures("show", unit, as_=f"{language} text"))
    title = {"da": f"Nøgletal {unit}, regnskabsår 2025", "en": f"Key figures of {unit}, accounting year 2025"}
    assert title[language] in text
    package = operator.open_package("T001", YEAR)
    of_unit = next(each for each in package.figures if str(each.unit) == unit)
    found = figures("show", unit, as_=f"{language} json").json
    assert [(r["figure"], r["definition"]) for r in found] == [(k.figure, k.definition) for k in of_unit.figures]
    for row, kept in zip(found, of_unit.figures, strict=True):
        assert row["figure"] in text
        assert row["value"] == (None if kept.value is None else str(kept.value))
        assert row["status"] == kept.status.value and label(kept.status)[language] in text
        assert row["critical"] == [cause.value for cause in kept.critical]
        places = list(kept.places.values())
        assert (row["percentile"], row["place"]) == (
            (str(places[0].percentile), places[0].band.value) if places else (None, None)
        )
        assert (row["benchmark"] is None) is (not places)
    [cleaning] = [r for r in found if r["figure"] == "cleaning_per_m2"] or [None]
    if cleaning:
        assert set(cleaning["benchmark"]["quantiles"]) == {"p10", "q1", "median", "q3", "p90"}
        assert cleaning["benchmark"]["computed_on"] == "2026-08-03"
        assert cleaning["benchmark"]["suppressed"] is None


def test_a_municipality_is_shown_what_was_sent_to_it(figures: Figures) -> None:
    council = ("--municipality", "T01")
    assert figures("show", ESTATE, who=council).code == 0
    ran = figures("show", "T006", who=council)
    assert (ran.code, "T006" in ran.err) == (2, True)
    assert figures("compare", ESTATE, "cleaning_per_m2", who=council).code == 0


def test_an_organisation_is_shown_its_own(figures: Figures) -> None:
    office = ("--organisation", "T001")
    assert figures("show", "T001", who=office).code == 0
    assert figures("show", "T006", who=office).code == 2
    assert figures("compute", who=office).code == 2
    assert figures("twins", "T006", who=office).code == 2


# explain


@pytest.mark.parametrize(("language", "wanted"), [("da", "konto 114 Renholdelse"), ("en", "account 114 Cleaning")])
def test_explain_goes_down_to_the_accounts(
    figures: Figures, operator: al.Workspace, language: Language, wanted: str
) -> None:
    text = figures("explain", ESTATE, "cleaning_per_m2", as_=f"{language} text")
    explanation = operator.explain(operator.open_package("T001", YEAR), "cleaning_per_m2", ESTATE)
    assert text.out.rstrip("\n") == explanation.text(language).rstrip("\n")
    assert wanted in text.out
    assert figures("explain", ESTATE, "cleaning_per_m2", as_=f"{language} json").json == explanation.plain()
    assert figures("explain", "T001", "board_fees_per_unit").code == 0
