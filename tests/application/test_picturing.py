"""Pictures show what a package holds of a key figure: its peers, its years, its score, and what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.application.picturing import (
    EFFICIENCY,
    NO_GROUP,
    measure_of,
    picture_of,
    series_of,
)
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.figures.pictures import DistributionPicture, PictureKind, TrendPicture
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.organisations import Ownership, Validity
from almenstyring.domain.reporting import DocumentationPackage
from almenstyring.domain.values import EstateId, LbfNumber

from .conftest import YEAR, computed_years
from .kept_figures import ESTATE, changed, kept, own, with_figures

CLEANING = "cleaning_per_m2"


@pytest.fixture(scope="module")
def package() -> Iterator[DocumentationPackage]:
    """T001's package after three years were computed."""
    with computed_years(3) as workspace:
        yield workspace.open_package("T001", YEAR)


# A distribution


def test_a_distribution_shows_the_benchmark_of_the_package_and_the_unit_s_value(package: DocumentationPackage) -> None:
    found, figure = picture_of(package, CLEANING, "T0101"), kept(package, CLEANING)
    [group] = figure.places
    benchmark = package.benchmark(CLEANING, group)
    assert isinstance(found, DistributionPicture) and found.spread is not None
    assert benchmark is not None and benchmark.distribution.quantiles is not None and figure.value is not None
    assert (found.unit_name, found.is_synthetic, found.year) == (f"{ESTATE} Månekrateret", True, 2025)
    assert found.value == figure.value.as_fraction()
    assert found.spread.n == benchmark.distribution.n
    quantiles = benchmark.distribution.quantiles
    assert [getattr(found.spread, part) for part in ("p10", "q1", "median", "q3", "p90")] == [
        getattr(quantiles, part).as_fraction() for part in ("p10", "q1", "median", "q3", "p90")
    ]
    assert found.group.en == f"estates: {benchmark.group.en}"
    assert found.group.da == f"afdelinger: {benchmark.group.da}"
    assert found.status is benchmark.distribution.status
    assert found.measure == measure_of(load_key_figures().get(CLEANING, 2025))
    assert (found.measure.unit.da, found.measure.decimals) == ("kr. pr. m²", 2)
    assert found.single_values == ()


def test_an_organisation_is_shown_among_organisations(package: DocumentationPackage) -> None:
    found = picture_of(package, "board_fees_per_unit")
    assert isinstance(found, DistributionPicture)
    assert found.unit_name.startswith("T001 Den Opdigtede")
    assert found.group.en.startswith("organisations: ")


@pytest.mark.parametrize("figure", ["operating_costs", EFFICIENCY])
def test_without_a_group_a_distribution_says_why_it_is_empty(package: DocumentationPackage, figure: str) -> None:
    found = picture_of(package, figure, ESTATE, kind="distribution")
    assert isinstance(found, DistributionPicture)
    assert (found.spread, found.group, found.status) == (None, NO_GROUP, FigureStatus.FINAL)
    assert found.value is not None
    assert found.why_empty.da in found.description.da and "large enough" in found.description.en


def test_a_group_that_is_suppressed_is_not_drawn(package: DocumentationPackage) -> None:
    benchmarks = tuple(
        evolve(each, distribution=evolve(each.distribution, quantiles=None)) for each in package.benchmarks
    )
    found = picture_of(evolve(package, benchmarks=benchmarks), CLEANING, ESTATE)
    assert isinstance(found, DistributionPicture) and found.spread is None
    trend = picture_of(evolve(package, benchmarks=benchmarks), CLEANING, ESTATE, kind="trend")
    assert isinstance(trend, TrendPicture) and trend.points[-1].median is None


def test_a_missing_value_is_no_zero(package: DocumentationPackage) -> None:
    missing = changed(package, CLEANING, value=None, places={})
    found = picture_of(missing, CLEANING, ESTATE)
    assert isinstance(found, DistributionPicture) and found.value is None
    trend = picture_of(missing, CLEANING, ESTATE, kind=PictureKind.TREND)
    assert isinstance(trend, TrendPicture)
    assert trend.points[-1].value is None and trend.points[0].value is not None


def test_a_figure_the_package_was_not_filled_with_is_shown_as_missing(package: DocumentationPackage) -> None:
    bare = with_figures(package, evolve(own(package), figures=(kept(package, "insurance_per_m2"),)))
    found = picture_of(bare, CLEANING, ESTATE)
    assert isinstance(found, DistributionPicture) and (found.value, found.spread) == (None, None)
    trend = picture_of(bare, CLEANING, ESTATE, kind="trend")
    assert isinstance(trend, TrendPicture) and [point.year for point in trend.points] == [2021, 2022, 2023, 2024]


# A trend


def test_a_trend_shows_five_years_against_the_medians_of_the_same_group(package: DocumentationPackage) -> None:
    found = picture_of(package, CLEANING, ESTATE, kind="trend")
    assert isinstance(found, TrendPicture)
    values = {point.year: point.value for point in found.points}
    earlier = {year.period.accounting_year: year for year in own(package).earlier}
    assert list(values) == [2021, 2022, 2023, 2024, 2025]
    for year, of_year in earlier.items():
        value, median = of_year.values[f"{CLEANING}/1"], of_year.medians.get(CLEANING)
        assert values[year] == value.as_fraction()
        [shown] = [point.median for point in found.points if point.year == year]
        assert shown == (median.as_fraction() if median is not None else None)
    assert [point.median is not None for point in found.points] == [False, False, True, True, True]
    distribution = picture_of(package, CLEANING, ESTATE)
    assert isinstance(distribution, DistributionPicture) and distribution.spread is not None
    assert found.points[-1].median == distribution.spread.median
    assert found.breaks == ()


def test_how_firm_the_latest_figure_is_stands_at_its_own_year_alone(package: DocumentationPackage) -> None:
    found = picture_of(changed(package, CLEANING, status=FigureStatus.PROVISIONAL), CLEANING, ESTATE, kind="trend")
    assert isinstance(found, TrendPicture)
    assert [point.status for point in found.points] == [FigureStatus.FINAL] * 4 + [FigureStatus.PROVISIONAL]


def test_a_median_of_zero_is_a_median(package: DocumentationPackage) -> None:
    found = own(package)
    earlier = tuple(evolve(year, medians={CLEANING: al.Number(0)}) for year in found.earlier)
    trend = picture_of(with_figures(package, evolve(found, earlier=earlier)), CLEANING, ESTATE, kind="trend")
    assert isinstance(trend, TrendPicture)
    assert [point.median for point in trend.points[:-1]] == [0, 0, 0, 0]


def test_years_that_do_not_compare_are_marked_with_every_reason(package: DocumentationPackage) -> None:
    """An estate that changed hands in 2023, and a definition that is another one from 2024."""
    master = package.master_data
    assert master is not None
    unit = EstateId.parse(ESTATE)
    sold = Ownership(organisation=LbfNumber("T001"), estate=unit, valid=Validity(date(2023, 1, 1)))
    bought = Ownership(
        organisation=LbfNumber("T002"), estate=unit, valid=Validity(date(2012, 1, 1), date(2022, 12, 31))
    )
    others = tuple(each for each in master.ownerships if each.estate != unit)
    found = own(package)
    earlier = tuple(
        evolve(y, values={f"{CLEANING}/{0 if y.period.accounting_year < 2024 else 1}": al.Number(7)})
        for y in found.earlier
    )
    handed = with_figures(
        evolve(package, master_data=evolve(master, ownerships=(*others, bought, sold))), evolve(found, earlier=earlier)
    )
    trend = picture_of(handed, CLEANING, ESTATE, kind="trend")
    assert isinstance(trend, TrendPicture)
    assert [each.year for each in trend.breaks] == [2023, 2024]
    assert len({each.label.da for each in trend.breaks}) == 2
    assert all(each.label.da and each.label.en for each in trend.breaks)
    assert series_of(evolve(handed, master_data=None), own(handed), CLEANING).changed_on == ()


def test_of_two_short_periods_in_a_year_the_last_one_counts(package: DocumentationPackage) -> None:
    found = own(package)
    *before, last = found.earlier
    periods = [al.AccountingPeriod.parse(f"2024-{months}") for months in ("01-01/2024-06-30", "07-01/2024-12-31")]
    halves = tuple(
        evolve(last, period=period, values={f"{CLEANING}/1": al.Number(place)})
        for place, period in enumerate(periods, 1)
    )
    trend = picture_of(with_figures(package, evolve(found, earlier=(*before, *halves))), CLEANING, ESTATE, kind="trend")
    assert isinstance(trend, TrendPicture)
    assert {point.year: point.value for point in trend.points}[2024] == 2


# What cannot be shown


@pytest.mark.parametrize(
    ("figure", "unit", "kind", "wanted"),
    [
        pytest.param("rent", ESTATE, "trend", CLEANING, id="an unknown figure"),
        pytest.param("rent", ESTATE, "efficiency", CLEANING, id="an unknown figure of a bar"),
        pytest.param(CLEANING, None, "trend", "board_fees_per_unit", id="a figure of estates"),
        pytest.param(CLEANING, "T0301", "trend", "T001-T0301", id="a unit without a report"),
    ],
)
def test_what_is_not_there_is_named(
    package: DocumentationPackage, figure: str, unit: str | None, kind: str, wanted: str
) -> None:
    with pytest.raises(al.NotFoundError) as caught:
        picture_of(package, figure, unit, kind=kind)
    assert wanted in f"{caught.value.message.da} {caught.value.hint.da}"


def test_a_package_without_figures_says_what_to_do(package: DocumentationPackage) -> None:
    with pytest.raises(al.NotFoundError) as caught:
        picture_of(evolve(package, figures=()), CLEANING, ESTATE)
    assert ESTATE in caught.value.message.en and "Prefill" in caught.value.hint.en


def test_another_kind_of_picture_is_refused(package: DocumentationPackage) -> None:
    with pytest.raises(al.InvalidValueError) as caught:
        picture_of(package, CLEANING, ESTATE, kind="pie")
    assert "pie" in caught.value.message.da and "distribution, trend, efficiency" in caught.value.hint.da
