"""The chapters about key figures: what is critical, how it is explained, and every figure with its strips."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.application.figure_rows import critical_rows, figure_rows
from almenstyring.application.picturing import ledger_of
from almenstyring.builtin.readable import render_html, render_text
from almenstyring.builtin.readable_figures import figure_chapters, unit_chapters
from almenstyring.builtin.readable_parts import Drawing
from almenstyring.content import label, load_standard
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.figures.critical import CriticalBy
from almenstyring.domain.figures.efficiency_costs import NoScore
from almenstyring.domain.figures.efficiency_method import COMPUTED_LABEL
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting import DocumentationPackage, KeptScore
from almenstyring.domain.text import LANGUAGES, Language
from almenstyring.domain.values import EstateId

from .conftest import DEVIATIONS, ON, OWNER, UNIT, YEAR, Page, changed, of, plain, titles, told

STANDARD = load_standard(YEAR)
Render = Callable[..., str]
BOTH = pytest.mark.parametrize("render", [render_html, render_text], ids=["html", "text"])


def explanations(package: DocumentationPackage) -> dict[str, set[str]]:
    """What the chapter on critical figures says of each unit."""
    critical, *_ = figure_chapters(package, "da")
    [grid] = critical.grids
    return {
        unit: {str(row[-1]) for row in rows}
        for unit, rows in groupby(grid.rows, key=lambda row: str(row[0]).split()[0])
    }


# Critical figures


@BOTH
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_critical_figure_is_listed_with_its_value_its_median_and_why(
    filled: DocumentationPackage, render: Render, language: Language
) -> None:
    text = plain(render(told(filled, ("T0101", "Vi kender årsagen.")), STANDARD, language, ON))
    assert {"da": "Kritiske nøgletal", "en": "Critical key figures"}[language] in text
    assert "DB § 112, stk. 5, nr. 2" in text and "Vi kender årsagen." in text
    critical = critical_rows(filled)
    assert len(critical) > 5
    chapter, *_ = figure_chapters(filled, language)
    [grid] = chapter.grids
    for row, cells in zip(critical, grid.rows, strict=True):
        assert cells[:3] == (
            f"{row.unit} {name(filled, row.unit)}",
            row.definition.name[language],
            row.brief[language],
        )
        median = row.benchmark and row.benchmark.distribution.quantiles and row.benchmark.distribution.quantiles.median
        assert cells[3] == (
            f"{median.display(language)} (n = {row.benchmark.distribution.n})" if median and row.benchmark else ""
        )
        assert cells[4] == row.critical[language]
    for why in CriticalBy:
        assert label(why)[language] in text


def name(package: DocumentationPackage, unit: Unit) -> str:
    assert package.master_data is not None
    estate = package.master_data.estate(unit) if isinstance(unit, EstateId) else None
    return estate.name if estate else package.master_data.organisation.name


@BOTH
@pytest.mark.parametrize(
    ("language", "wanted"),
    [("da", "Ingen nøgletal er kritiske."), ("en", "No key figure is critical.")],
)
def test_where_nothing_is_critical_that_is_said(
    filled: DocumentationPackage, render: Render, language: Language, wanted: str
) -> None:
    quiet = evolve(
        filled,
        figures=tuple(evolve(f, figures=tuple(evolve(k, critical=()) for k in f.figures)) for f in filled.figures),
    )
    assert wanted in plain(render(quiet, STANDARD, language, ON))
    assert wanted not in plain(render(filled, STANDARD, language, ON))


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        pytest.param([], {"T001": "", "T001-T0101": "", "T001-T0201": ""}, id="nothing"),
        pytest.param([("T0101", "a")], {"T001": "", "T001-T0101": "a", "T001-T0201": ""}, id="an estate's number"),
        pytest.param([("T001-T0101", "a")], {"T001": "", "T001-T0101": "a", "T001-T0201": ""}, id="an estate's id"),
        pytest.param([("T001", "a")], {"T001": "a", "T001-T0101": "", "T001-T0201": ""}, id="the organisation"),
        pytest.param(
            [("T001", "a"), ("Skyslottet T0201", "b"), ("T001-T0201", "c")],
            {"T001": "a", "T001-T0101": "", "T001-T0201": "b; c"},
            id="several",
        ),
    ],
)
def test_an_explanation_stands_at_the_unit_that_it_is_about(
    filled: DocumentationPackage, rows: list[tuple[str, str]], wanted: dict[str, str]
) -> None:
    found = explanations(told(filled, *rows) if rows else filled.clear(DEVIATIONS))
    assert found == {unit: {text} for unit, text in wanted.items()}


@pytest.mark.parametrize("value", ["fri tekst om T0101", ["T0101"], [{"unit": "T0101"}], al.NONE], ids=str)
def test_an_answer_that_holds_no_explanation_gives_none(filled: DocumentationPackage, value: object) -> None:
    assert set.union(*explanations(filled.answer(DEVIATIONS, value)).values()) == {""}


# Every figure


@BOTH
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_with_a_value_is_in_the_chapter_of_its_unit(
    filled: DocumentationPackage, render: Render, language: Language
) -> None:
    text = plain(render(filled, STANDARD, language, ON))
    for of_unit in filled.figures:
        [chapter] = unit_chapters(filled, of_unit.unit, language, level=3)
        shown = [str(row[-1]) for grid in chapter.grids for row in grid.rows]
        rows = [row for row in figure_rows(filled, of_unit.unit) if row.kept.value is not None]
        assert sorted(shown) == sorted(row.definition.identity for row in rows) and shown
        assert (chapter.level, chapter.id) == (3, f"pT001-2026-figures-{of_unit.unit}")
        assert all(row.brief[language] in text and row.definition.identity in text for row in rows)
        brief = {row.definition.identity: row.brief[language] for row in rows}
        assert {str(cells[-1]): cells[1] for grid in chapter.grids for cells in grid.rows} == brief


@pytest.mark.parametrize("unit", [OWNER, UNIT], ids=str)
def test_a_subject_is_one_table(filled: DocumentationPackage, unit: Unit) -> None:
    [chapter] = unit_chapters(filled, unit, "da", level=2)
    captions = [grid.caption for grid in chapter.grids]
    assert len(captions) == len(set(captions)) > 1
    catalogue = load_key_figures()
    group = {figure.identity: catalogue.groups[figure.group].da for figure in catalogue if figure.of is ledger_of(unit)}
    assert all(group[str(row[-1])] == grid.caption for grid in chapter.grids for row in grid.rows)


def test_a_figure_with_peers_has_a_strip_of_them_and_every_figure_one_of_its_years(
    filled: DocumentationPackage,
) -> None:
    [chapter] = unit_chapters(filled, UNIT, "en", level=2)
    cells = {str(row[-1]): row for grid in chapter.grids for row in grid.rows}
    for row in figure_rows(filled, UNIT):
        if row.kept.value is None:
            assert row.definition.identity not in cells
            continue
        *_, place, years, _ = cells[row.definition.identity]
        assert isinstance(years, Drawing) and re.fullmatch(r"20\d\d-2025", years.words)
        if row.place is None:
            assert place == ""
        else:
            assert isinstance(place, Drawing) and place.words == str(place) == row.place.band.sentence.en
            assert len(place) == len(place.words)
            assert titles(place.svg)[0].startswith("SYNTETISK: ")
        assert row.definition.name.en in titles(years.svg)[0]
    assert isinstance(cells["cleaning_per_m2/1"][4], Drawing)
    assert cells["cleaning_per_m2/1"][4].words == "2021-2025"


def test_the_strips_are_in_the_page_with_their_titles(filled: DocumentationPackage) -> None:
    html = render_html(filled, STANDARD, "da", ON)
    strips = [each for each in Page(html).all("svg") if each.get("class") == "strip"]
    rows = [row for of in filled.figures for row in figure_rows(filled, of.unit) if row.kept.value is not None]
    assert len(strips) == len(rows) + sum(row.place is not None for row in rows)
    assert all(each.get("role") == "img" and each.get("lang") == "da" for each in strips)
    assert len(re.findall("<title>", html)) == len(strips) + 1


def test_a_text_says_in_words_what_a_page_draws(filled: DocumentationPackage) -> None:
    text = plain(render_text(filled, STANDARD, "da", ON))
    assert "<svg" not in text and "2021-2025" in text
    assert "Mellem nedre og øvre kvartil." in text


@pytest.mark.parametrize(
    ("computed", "wanted"),
    [
        pytest.param(None, None, id="never computed"),
        pytest.param(
            KeptScore(no_score=NoScore.TOO_FEW_PEERS), f"intet, {label(NoScore.TOO_FEW_PEERS).da}.", id="too few"
        ),
        pytest.param(KeptScore(), "intet", id="nothing said"),
        pytest.param(KeptScore(score=al.Ratio.of("64.3"), peers=34), "64,30", id="a score"),
        pytest.param(
            KeptScore(score=al.Ratio.of("64.3"), peers=34, best_practice="T002-T0101"),
            "34 sammenlignelige, bedste praksis T002-T0101.",
            id="a score with a best practice",
        ),
        pytest.param(KeptScore(score=al.Ratio.of("100"), peers=34), "34 sammenlignelige.", id="the best itself"),
    ],
)
def test_a_computed_score_says_what_it_is(
    filled: DocumentationPackage, computed: KeptScore | None, wanted: str | None
) -> None:
    [chapter] = unit_chapters(changed(filled, efficiency=computed), UNIT, "da", level=3)
    method, *score = chapter.paragraphs
    assert "lineær" in method.lower() or "fraktiler" in method
    assert [COMPUTED_LABEL.da in each and (wanted or "") in each for each in score] == [True] * (computed is not None)


def test_without_figures_there_are_no_chapters(filled: DocumentationPackage) -> None:
    assert list(figure_chapters(evolve(filled, figures=()), "da")) == []
    assert list(unit_chapters(evolve(filled, figures=()), UNIT, "da", level=3)) == []
    missing = tuple(evolve(kept, value=None) for kept in of(filled).figures)
    assert list(unit_chapters(changed(filled, figures=missing), UNIT, "da", level=3)) == []
    text = plain(render_text(evolve(filled, figures=(), benchmarks=()), STANDARD, "da", ON))
    assert "Kritiske nøgletal" not in text


def test_a_suppressed_distribution_shows_no_median(filled: DocumentationPackage) -> None:
    hidden = evolve(
        filled,
        benchmarks=tuple(evolve(b, distribution=evolve(b.distribution, quantiles=None)) for b in filled.benchmarks),
    )
    [chapter] = unit_chapters(hidden, UNIT, "da", level=3)
    assert {row[2] for grid in chapter.grids for row in grid.rows} == {""}
