"""Pictures in a readable report stand at their units, and no name in them or in the figures comes alive."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.application.picturing import pictures_of
from almenstyring.builtin import readable
from almenstyring.builtin.readable import render_html, render_text
from almenstyring.builtin.readable_figures import unit_chapters
from almenstyring.builtin.readable_view import report_of
from almenstyring.content import load_standard
from almenstyring.domain.reporting import DocumentationPackage, KeptScore
from almenstyring.ports import DrawnPicture
from almenstyring.testing.exporter_contract import NASTY_TEXTS

from .conftest import ON, OWNER, SECOND, UNIT, YEAR, Page, changed, of, only, plain, titles, told

STANDARD = load_standard(YEAR)
Render = Callable[..., str]
BOTH = pytest.mark.parametrize("render", [render_html, render_text], ids=["html", "text"])


# Pictures


def test_the_pictures_that_were_drawn_stand_at_their_units(
    filled: DocumentationPackage, drawn: tuple[DrawnPicture, ...]
) -> None:
    for unit in (OWNER, UNIT, SECOND):
        [chapter] = unit_chapters(filled, unit, "da", level=3, pictures=drawn)
        own = [each for each in drawn if each.unit == unit]
        assert [each.svg for each in chapter.drawings] == [each.svg.decode() for each in own]
        assert [each.words for each in chapter.drawings] == [each.picture.description.da for each in own]


def test_a_page_with_pictures_embeds_them_and_a_text_describes_them(
    operator: al.Workspace, filled: DocumentationPackage, drawn: tuple[DrawnPicture, ...], tmp_path: Path
) -> None:
    few = evolve(
        filled,
        figures=(
            of(filled, OWNER),
            *(only(filled, u, "vacancy_rate", "accumulated_result_per_m2") for u in (UNIT, SECOND)),
        ),
    )
    few = changed(few, OWNER, figures=only(few, OWNER, "board_fees_per_unit").figures)
    html = operator.export([few], tmp_path / "rapport.html", pictures=True).read_text(encoding="utf-8")
    text = operator.export([few], tmp_path / "rapport.txt", pictures=True).read_text(encoding="utf-8")
    page = Page(html)
    assert page.open == []
    assert len(page.all("figure")) == len(drawn) == len(list(pictures_of(few)))
    for each in drawn:
        assert each.svg.decode() in html
        assert " ".join(each.picture.description.da.split()) in " ".join(text.split())
    without = operator.export([few], tmp_path / "uden.html").read_text(encoding="utf-8")
    assert Page(without).all("figure") == []


def test_a_page_with_pictures_needs_nothing_from_outside_and_no_name_is_there_twice(
    filled: DocumentationPackage, drawn: tuple[DrawnPicture, ...]
) -> None:
    html = render_html_with(filled, drawn)
    page = Page(html)
    assert {tag for tag, _ in page.tags} & {
        "script",
        "link",
        "img",
        "image",
        "iframe",
        "object",
        "embed",
        "foreignobject",
    } == set()
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    addresses = re.findall(r'(?:href|src)="([^"]*)"', html)
    assert all(each.startswith("#") for each in addresses)
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def render_html_with(package: DocumentationPackage, drawn: tuple[DrawnPicture, ...]) -> str:
    return readable.page("report.html", [report_of(package, STANDARD, "da", ON, drawn)], "da")


# Nasty names


@BOTH
@pytest.mark.parametrize(
    "text",
    [NASTY_TEXTS[name] for name in NASTY_TEXTS if name != "100 kB"],
    ids=[n for n in NASTY_TEXTS if n != "100 kB"],
)
def test_a_nasty_name_or_explanation_is_shown_and_obeyed_by_nobody(
    filled: DocumentationPackage, render: Render, text: str
) -> None:
    master = filled.master_data
    assert master is not None
    estates = tuple(evolve(each, name=text) for each in master.estates)
    groups = tuple(evolve(each, group=al.Text(text, text)) for each in filled.benchmarks)
    nasty = evolve(filled, master_data=evolve(master, estates=estates), benchmarks=groups)
    few = evolve(nasty, figures=(only(nasty, UNIT, "vacancy_rate", "cleaning_per_m2"),))
    few = changed(told(few, ("T0101", text)), efficiency=KeptScore(score=al.Ratio.of("9"), peers=3, best_practice=text))
    rendered = render(few, STANDARD, "da", ON)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", rendered)
    if render is render_html:
        page = Page(rendered)
        assert page.open == []
        assert page.all("script") == []
        for strip in re.findall(r'<svg xmlns="http://www.w3.org/2000/svg" class="strip".*?</svg>', rendered, re.DOTALL):
            assert titles(strip)
    words = [word for word in re.split(r"[\s\x00-\x1f\ud83c]+", text) if word]
    assert all(word in plain(rendered) for word in words[:3])
