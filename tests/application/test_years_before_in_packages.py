"""The years before, broken years, other sorts of organisations, and what a source knows without any answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.application.key_figures import periods_before
from almenstyring.application.prefilling import from_source
from almenstyring.domain.organisations import EstateKind
from almenstyring.domain.reporting import Sourced
from almenstyring.domain.values import LbfNumber

from .conftest import OPERATOR, REGISTRY, YEAR, StandingClock, computed_years
from .kept_figures import kept, own

AT = StandingClock()()


@pytest.fixture(scope="module")
def operator() -> Iterator[al.Workspace]:
    """Five computed years; nothing here changes what is stored but the packages that are opened on them."""
    with computed_years(5) as workspace:
        yield workspace


# The years before


def test_the_figures_of_earlier_years_are_those_computed_of_them(operator: al.Workspace) -> None:
    """Four years before this one, each with the value its own year's computation gives."""
    package = operator.open_package("T001", YEAR)
    for of_unit in package.figures:
        years = {year.period.accounting_year: year for year in of_unit.earlier}
        assert list(years) == [2021, 2022, 2023, 2024]
        for accounting_year, year in years.items():
            compared = operator._records.figures.get(f"T001/{accounting_year + 1}")
            measures = compared.value.of(of_unit.unit) if compared else None
            assert measures is not None
            for measured in measures.values:
                identity = f"{measured.figure}/{measured.definition}"
                shown = year.values.get(identity)
                assert (shown is None) is (measured.exact is None)
                if shown is not None and measured.exact is not None:
                    assert abs(shown.as_fraction() - measured.exact) <= al.Number(1, shown.decimals).as_fraction()


def test_the_median_of_an_earlier_year_is_that_of_the_same_group(operator: al.Workspace) -> None:
    package, seen = operator.open_package("T001", YEAR), 0
    for of_unit in package.figures[:2]:  # the organisation and an estate
        for year in of_unit.earlier:
            assert year.period.report_year is not None
            for figure, median in year.medians.items():
                [group] = kept(package, figure, str(of_unit.unit)).places
                found = operator.compare(of_unit.unit, figure, year.period.report_year, group=group.partition(":")[0])
                assert found.benchmark.distribution.subject.group == group
                assert found.benchmark.distribution.quantiles is not None
                assert found.benchmark.distribution.quantiles.median == median
                seen += 1
    assert seen > 80


def test_where_the_group_was_another_there_is_no_median(operator: al.Workspace) -> None:
    with al.connect("memory:", actor=OPERATOR, registry=REGISTRY, clock=StandingClock(), test_mode=True) as workspace:
        workspace.import_register("synthetic:")
        workspace.compute_figures(al.ReportYear(2025))
        master = workspace.master_data("T001")
        estates = tuple(evolve(each, building_type=None) for each in master.estates)
        workspace._keep_master(evolve(master, estates=estates))
        workspace.compute_figures(YEAR)
        package = workspace.open_package("T001", YEAR)
        here = kept(package, "cleaning_per_m2")
        assert [key.partition(":")[0] for key in here.places] == ["home_type"]
        years = {year.period.accounting_year: year.medians for year in own(package).earlier}
        assert all("cleaning_per_m2" not in medians for medians in years.values())
        assert years[2023] == {}
        assert any("cleaning_per_m2" in year.medians for year in own(operator.open_package("T001", YEAR)).earlier)


def test_years_before_there_were_report_years_are_left_out() -> None:
    master = REGISTRY.source("synthetic").open("").master_data(LbfNumber("T001"))
    assert master is not None
    old = tuple(al.AccountingPeriod.parse(f"{year}-01-01/{year}-12-31") for year in (2007, 2008, 2009))
    master = evolve(master, periods=(*old, *master.periods))
    last = al.AccountingPeriod.parse("2021-01-01/2021-12-31")
    assert [each.accounting_year for each in periods_before(master, last)] == [2020, 2009]
    assert [each.accounting_year for each in periods_before(master, master.periods[-1], 2)] == [2025, 2024]
    assert periods_before(master, old[0]) == ()


# Organisations of other sorts


def test_a_broken_year_has_figures_of_its_own_period(operator: al.Workspace) -> None:
    package = operator.open_package("T003", YEAR)
    assert str(package.period) == "2024-07-01/2025-06-30"
    for of_unit in package.figures:
        assert of_unit.period == package.period
        assert of_unit.before is not None and str(of_unit.before.period) == "2023-07-01/2024-06-30"
        assert len(of_unit.earlier) == 4
    assert kept(package, "cleaning_growth", "T0101").value is not None
    assert kept(package, "cleaning_per_m2", "T0101").places


def test_an_administration_organisation_has_figures_of_its_own_and_no_estates(operator: al.Workspace) -> None:
    package = operator.open_package("T004", YEAR)
    [own] = package.figures
    assert own.unit == LbfNumber("T004")
    assert own.figures and {each.value for each in own.figures} == {None}  # it has no homes to divide by
    answered = {key: type(answer.provenance) for key, answer in package.report.answers.items()}
    assert answered == {"facts.working_capital_per_unit": Sourced}


def test_without_a_source_a_package_has_neither_accounts_nor_figures(operator: al.Workspace) -> None:
    with al.connect("memory:", actor=OPERATOR, registry=REGISTRY, clock=StandingClock(), test_mode=True) as workspace:
        workspace._keep(workspace._records.register, "T001", operator.master_data("T001"), {})
        package = workspace.open_package("T001", YEAR)
        assert (package.accounts, package.figures, package.benchmarks) == ((), (), ())
        assert workspace.prefill(package) == package


# What a source knows, without answers


def test_what_a_source_knows_is_a_package_of_the_housing_in_operation_at_the_end_of_the_year() -> None:
    source = REGISTRY.source("synthetic").open("")
    master = source.master_data(LbfNumber("T001"))
    assert master is not None
    whole = next(each for each in master.periods if each.accounting_year == 2025)
    short = al.AccountingPeriod.parse("2026-01-01/2026-06-30")
    closed = tuple(
        evolve(each, in_operation_until=whole.start) if each.kind is EstateKind.HOUSING else each
        for each in master.estates[:1]
    )
    master = evolve(master, estates=(*closed, *master.estates[1:]))
    package = from_source(master, YEAR, source, "synthetic", AT)
    assert [str(sheet.unit) for sheet in package.estate_reports] == ["T001-T0201"]
    assert (package.period, package.standard, package.master_data) == (whole, "", master)
    assert {each.unit for each in package.figures} == {sheet.unit for sheet in package.sheets()}
    assert all(isinstance(each.provenance, Sourced) for each in package.accounts)
    assert all(each.before and not each.earlier and not each.figures for each in package.figures)
    two = evolve(master, periods=(*(p for p in master.periods if p.accounting_year < 2026), short))
    assert from_source(two, al.ReportYear(2027), None, "", AT).period == short
    alone = evolve(master, periods=(whole,))
    assert all(each.before is None for each in from_source(alone, YEAR, source, "synthetic", AT).figures)


def test_without_a_source_only_the_units_are_known() -> None:
    master = REGISTRY.source("synthetic").open("").master_data(LbfNumber("T002"))
    assert master is not None
    package = from_source(master, YEAR, None, "", AT)
    assert len(package.estate_reports) == 3
    assert (package.accounts, package.figures) == ((), ())
