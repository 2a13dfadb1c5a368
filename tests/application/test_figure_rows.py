"""Every key figure of a package is a row: with its definition, its peers, why it is critical, or blanks."""

from __future__ import annotations

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.application.figure_rows import critical_rows, figure_rows
from almenstyring.content import label
from almenstyring.domain.figures.critical import CriticalBy
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.reporting import DocumentationPackage, KeptFigure, UnitFigures
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId

from .conftest import YEAR
from .kept_figures import UNIT, cells, changed, row


@pytest.fixture(scope="module")
def package(filled_year: al.Workspace) -> DocumentationPackage:
    return filled_year.open_package("T001", YEAR)


# Rows


def test_every_figure_of_every_unit_is_a_row_in_the_order_of_the_definitions(package: DocumentationPackage) -> None:
    for of_unit in package.figures:
        found = list(figure_rows(package, of_unit.unit))
        assert [(each.unit, each.kept) for each in found] == [(of_unit.unit, kept) for kept in of_unit.figures]
        assert all(each.definition.identity == each.kept.identity for each in found)
        for each in found:
            assert (each.benchmark is None) is (not each.kept.places)
            assert (each.place is None) is (not each.kept.places)
            if each.benchmark and each.place:
                subject = each.benchmark.distribution.subject
                assert (subject.figure, each.kept.places[subject.group]) == (each.definition.id, each.place)


def test_a_unit_without_figures_and_a_definition_nobody_has_are_left_out(package: DocumentationPackage) -> None:
    assert list(figure_rows(evolve(package, figures=()), UNIT)) == []
    assert list(figure_rows(package, EstateId.parse("T001-T0901"))) == []
    odd = (
        KeptFigure(figure="unheard_of", definition=1, value=al.Number(1)),
        KeptFigure(figure="rent_per_m2", definition=9, value=al.Number(1)),
        KeptFigure(figure="rent_per_m2", definition=2, value=al.Number(1)),
    )
    own = UnitFigures(unit=UNIT, period=package.period, figures=odd)
    assert [each.definition.identity for each in figure_rows(evolve(package, figures=(own,)), UNIT)] == [
        "rent_per_m2/2"
    ]


@pytest.mark.parametrize(
    ("figure", "value", "status", "shown", "brief"),
    [
        pytest.param(
            "rent_per_m2", al.Number.of("1085.5"), FigureStatus.FINAL,
            Text("1.085,5 kr. pr. m²", "1,085.5 DKK per m²"), Text("1.085,5 kr.", "1,085.5 DKK"), id="an amount per m²",
        ),
        pytest.param(
            "vacancy_rate", al.Number(0), FigureStatus.PROVISIONAL,
            Text("0 pct.", "0 per cent"), Text("0 pct. (foreløbigt)", "0 per cent (provisional)"), id="zero, not final",
        ),
        pytest.param(
            "income_of_national_mean", al.Number(72), FigureStatus.PROJECTED,
            Text("72 pct.", "72 per cent"), Text("72 pct. (fremskrevet)", "72 per cent (projected)"), id="projected",
        ),
        pytest.param("rent_per_m2", None, FigureStatus.PROJECTED, Text("", ""), Text("", ""), id="missing"),
    ],
)  # fmt: skip
def test_a_value_is_shown_with_what_it_is_measured_in(
    package: DocumentationPackage, figure: str, value: al.Number | None, status: FigureStatus, shown: Text, brief: Text
) -> None:
    found = row(changed(package, figure, value=value, status=status), figure)
    assert (found.shown, found.brief) == (shown, brief)


@pytest.mark.parametrize(
    ("causes", "words"),
    [
        ((), Text("", "")),
        ((CriticalBy.LIMIT,), label(CriticalBy.LIMIT)),
        (
            (CriticalBy.LIMIT, CriticalBy.PEERS),
            Text(*(f"{label(CriticalBy.LIMIT)[x]}, {label(CriticalBy.PEERS)[x]}" for x in ("da", "en"))),
        ),
    ],
    ids=["not critical", "one cause", "both causes"],
)
def test_why_a_figure_is_critical_is_said_in_words(
    package: DocumentationPackage, causes: tuple[CriticalBy, ...], words: Text
) -> None:
    found = changed(package, "rent_per_m2", critical=causes)
    assert row(found, "rent_per_m2").critical == words
    assert cells(found, "rent_per_m2")["critical"] == (words if causes else None)


def test_the_critical_figures_of_all_units_are_found(package: DocumentationPackage) -> None:
    wanted = [(of.unit, kept) for of in package.figures for kept in of.figures if kept.critical]
    assert [(each.unit, each.kept) for each in critical_rows(package)] == wanted
    assert len({unit for unit, _ in wanted}) == 3
