"""Key figures in a package are those of its own accounts, and a critical one is explained."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from almenstyring.application.key_figures import with_key_figures
from almenstyring.content import load_standard
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.figures.critical import CriticalBy
from almenstyring.domain.findings import Severity
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting import DocumentationPackage, KeptFigure, UnitFigures
from almenstyring.domain.values import Dkk, EstateId, LbfNumber, Number
from almenstyring.testing.builders import clean_context, clean_package

from .checking import find

STANDARD = load_standard(ReportYear(2026))
OWNER, FIRST, SECOND = LbfNumber("T001"), EstateId.parse("T001-T0101"), EstateId.parse("T001-T0201")
STALE, CRITICAL = "KEY-FIGURE-STALE", "KEY-FIGURE-CRITICAL"
BY_PEERS = (CriticalBy.PEERS,)


def filled() -> DocumentationPackage:
    """The clean package with its key figures as they follow from it, none of them critical."""
    package = with_key_figures(clean_package(), STANDARD)
    return evolve(
        package,
        figures=tuple(evolve(f, figures=tuple(evolve(k, critical=()) for k in f.figures)) for f in package.figures),
    )


def with_figure(package: DocumentationPackage, unit: Unit, figure: str, **changes: Any) -> DocumentationPackage:
    return evolve(
        package,
        figures=tuple(
            evolve(f, figures=tuple(evolve(k, **changes) if k.figure == figure else k for k in f.figures))
            if f.unit == unit
            else f
            for f in package.figures
        ),
    )


# Stale


def test_figures_that_follow_from_the_package_are_not_stale() -> None:
    assert find(filled(), STALE) == find(filled(), CRITICAL) == []
    assert find(clean_package(), STALE) == find(clean_package(), CRITICAL) == []


@pytest.mark.parametrize(
    "changes",
    [{"value": Number(1)}, {"value": None}, {"definition": 2}],
    ids=["another value", "a value that is missing", "another definition"],
)
def test_a_figure_that_does_not_follow_is_named(changes: dict[str, Any]) -> None:
    [finding] = find(with_figure(filled(), FIRST, "cleaning_per_m2", **changes), STALE)
    assert finding.severity is Severity.WARNING
    assert (finding.location.part, finding.location.unit) == ("key_figures", str(FIRST))
    assert "Renholdelse pr. m²" in finding.message.da and "T001-T0101" in finding.message.da
    assert "Cleaning per m²" in finding.message.en
    assert finding.hint.da and finding.hint.en


def test_accounts_that_were_mended_make_every_figure_that_rests_on_them_stale_once() -> None:
    accounts = filled().accounts_of(FIRST)
    assert accounts is not None
    mended = filled().with_accounts(evolve(accounts, postings={**accounts.postings, "114": Dkk.of(1)}))
    [finding] = find(mended, STALE)
    assert finding.location.unit == str(FIRST)
    assert "Renholdelse pr. m²; " in finding.message.da or "; Renholdelse pr. bolig" in finding.message.da
    assert find(with_key_figures(mended, STANDARD), STALE) == []


def test_each_unit_with_stale_figures_is_a_finding_of_its_own() -> None:
    package = filled()
    for unit in (OWNER, SECOND):
        figure = next(kept.figure for f in package.figures if f.unit == unit for kept in f.figures if kept.value)
        package = with_figure(package, unit, figure, value=Number(987))
    assert [finding.location.unit for finding in find(package, STALE)] == [str(OWNER), str(SECOND)]


def test_a_figure_the_year_does_not_have_is_left_to_itself() -> None:
    odd = KeptFigure(figure="unheard_of", definition=1, value=Number(1), critical=BY_PEERS)
    own = UnitFigures(unit=FIRST, period=clean_package().period, figures=(odd,))
    package = evolve(clean_package(), figures=(own,))
    assert find(package, STALE) == find(package, CRITICAL) == []


@pytest.mark.parametrize("without", ["references", "key_figures"])
def test_without_what_figures_are_reckoned_by_nothing_is_said(without: str) -> None:
    package = with_figure(filled(), FIRST, "cleaning_per_m2", value=Number(1), critical=BY_PEERS)
    context = evolve(clean_context(), **{without: None})
    assert find(package, STALE, context) == find(package, CRITICAL, context) == []


# Critical


def test_a_critical_figure_is_named_with_its_value_in_each_language() -> None:
    [finding] = find(with_figure(filled(), FIRST, "cleaning_per_m2", critical=BY_PEERS), CRITICAL)
    assert finding.severity is Severity.CONFIRM
    assert "Renholdelse pr. m² 84,21 kr. pr. m²" in finding.message.da
    assert "Cleaning per m² 84.21 DKK per m²" in finding.message.en


def test_a_critical_figure_without_a_value_is_named_alone() -> None:
    [finding] = find(with_figure(filled(), FIRST, "cleaning_per_m2", critical=BY_PEERS, value=None), CRITICAL)
    assert finding.message.da.endswith("Renholdelse pr. m².")


def test_all_critical_figures_of_a_unit_are_one_finding() -> None:
    package = with_figure(filled(), FIRST, "cleaning_per_m2", critical=BY_PEERS)
    package = with_figure(package, FIRST, "insurance_per_m2", critical=(CriticalBy.LIMIT,))
    [finding] = find(with_figure(package, SECOND, "insurance_per_m2", critical=BY_PEERS), CRITICAL)[:1]
    assert finding.location.unit == str(FIRST)
    assert "; " in finding.message.da and "Renholdelse" in finding.message.da and "Forsikringer" in finding.message.da
    assert len(find(with_figure(package, SECOND, "insurance_per_m2", critical=BY_PEERS), CRITICAL)) == 2


@pytest.mark.parametrize("named", ["T0101", "T001-T0101", "Afdeling T0101"])
def test_a_row_on_the_unit_among_the_explanations_explains_its_figures(named: str) -> None:
    package = with_figure(filled(), FIRST, "cleaning_per_m2", critical=BY_PEERS)
    row = {"figure": "Renholdelse", "unit": named, "explanation": "Ny aftale."}
    assert find(package.answer("facts.deviations", [row]), CRITICAL) == []
    assert len(find(package.answer("facts.deviations", [row | {"unit": "T0201"}]), CRITICAL)) == 1
