"""A package filled with key figures, pictures drawn of it, and what a browser sees of a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting import DocumentationPackage, UnitFigures
from almenstyring.domain.values import EstateId, LbfNumber
from almenstyring.ports import DrawnPicture

from .test_readable import Page as PlainPage

YEAR, ON = al.ReportYear(2026), date(2026, 8, 3)
OWNER, UNIT, SECOND = LbfNumber("T001"), EstateId.parse("T001-T0101"), EstateId.parse("T001-T0201")
DEVIATIONS = "facts.deviations"


class Page(PlainPage):
    """A page that may have line breaks within a cell."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag == "br":
            self.open.pop()


def plain(rendered: str) -> str:
    """The text of a rendering on one line, without markup."""
    text = Page(rendered).text if rendered.startswith("<!DOCTYPE") else rendered
    return " ".join(text.split())


@pytest.fixture(scope="module")
def operator() -> Iterator[al.Workspace]:
    actor = al.Actor("drift", role="operator")
    clock = lambda: datetime(2026, 8, 3, 9, tzinfo=UTC)  # noqa: E731
    with al.connect("memory:", actor=actor, clock=clock, test_mode=True) as workspace:
        workspace.import_register("synthetic:")
        workspace.compute_figures(YEAR)
        yield workspace


@pytest.fixture(scope="module")
def filled(operator: al.Workspace) -> DocumentationPackage:
    return operator.open_package("T001", YEAR)


@pytest.fixture(scope="module")
def drawn(operator: al.Workspace, filled: DocumentationPackage) -> tuple[DrawnPicture, ...]:
    """Two real pictures of two units; drawing takes time."""
    few = evolve(
        filled,
        figures=tuple(only(filled, of.unit, "vacancy_rate", "accumulated_result_per_m2") for of in filled.figures[1:]),
    )
    found = tuple(operator.drawn([few], "da"))
    assert {each.unit for each in found} == {UNIT, SECOND}
    return found


def of(package: DocumentationPackage, unit: Unit = UNIT) -> UnitFigures:
    found = package.figures_of(unit)
    assert found is not None
    return found


def only(package: DocumentationPackage, unit: Unit, *figures: str) -> UnitFigures:
    own = of(package, unit)
    return evolve(own, figures=tuple(kept for kept in own.figures if kept.figure in figures))


def changed(package: DocumentationPackage, unit: Unit = UNIT, **changes: Any) -> DocumentationPackage:
    return evolve(package, figures=tuple(evolve(f, **changes) if f.unit == unit else f for f in package.figures))


def told(package: DocumentationPackage, *rows: tuple[str, str]) -> DocumentationPackage:
    """The package with explanations of deviations: of which unit, and what."""
    made = [{"figure": "x", "unit": unit, "explanation": text} for unit, text in rows]
    return package.answer(DEVIATIONS, made)


def titles(svg: str) -> list[str]:
    root = ET.fromstring(svg)  # the library's own strip
    return [each.text or "" for each in root.iter() if each.tag.endswith("title")]
