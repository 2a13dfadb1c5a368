"""What a year's computation keeps: everybody's own figures and places, every column, scores, and what moved."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.application.comparing import ComparedFigure
from almenstyring.application.comparing_a_year import compared, movements
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.distribution import Distribution, Minimum
from almenstyring.domain.figures.efficiency_costs import NoScore
from almenstyring.domain.figures.key_figures import Weighting
from almenstyring.domain.figures.quantiles import QuantileMethod
from almenstyring.domain.organisations import EstateKind, EstateLocation
from almenstyring.domain.reporting import GroupBenchmark, YearFigures
from almenstyring.domain.values import EstateId, MunicipalityCode

from .a_country import (
    COMPUTED,
    ESTATES,
    EVERYBODY,
    MASTERS,
    ON,
    PACKAGES,
    PEERS,
    SHEETS,
    SHEETS_OF,
    UNITS,
    YEAR,
    explained,
    inexact,
    words_in,
)

# What is kept


def test_everybody_has_a_document_and_every_figure_a_column() -> None:
    assert {year.organisation for year in COMPUTED.organisations} == set(MASTERS)
    assert {each.unit for year in COMPUTED.organisations for each in year.units} == set(SHEETS)
    assert all((year.report_year, year.computed_on) == (YEAR, ON) for year in COMPUTED.organisations)
    wanted = {(f.of, f.id, f.definition) for f in load_key_figures() if f.is_valid_in(2025)}
    assert {(column.ledger, column.figure, column.definition) for column in COMPUTED.columns} == wanted
    for column in COMPUTED.columns:
        rows = {len(getattr(column, name)) for name in ("units", "days", "exact", "weights", "statuses", "residents")}
        assert rows == {len(UNITS) if column.ledger is Ledger.ESTATE else len(MASTERS)}


def test_what_an_organisation_gets_is_its_own_units_and_the_distributions_they_are_shown_beside() -> None:
    for year in COMPUTED.organisations:
        used = set()
        for unit in year.units:
            assert SHEETS[unit.unit].organisation == year.organisation
            for measured in unit.values:
                assert measured.exact == explained(unit.unit, measured.figure)[0]
                assert measured.places == {} or measured.exact is not None
                used |= {(measured.figure, group) for group in measured.places}
        shown = {(b.distribution.subject.figure, b.distribution.subject.group) for b in year.benchmarks}
        assert used <= shown
        assert all(b.distribution.suppressed is None for b in year.benchmarks)


def test_a_unit_with_too_few_residents_has_a_benchmark_but_no_place_in_it() -> None:
    everybody = EVERYBODY[Ledger.ESTATE, "residents_per_home"]
    few = (u for u in UNITS if (ESTATES[u].residents or 0) < 100)
    unit = next(u for u in few if explained(u, "residents_per_home")[0] is not None)
    found = everybody.beside(unit)
    assert found is not None and found[1] is None
    kept = next(each for year in COMPUTED.organisations for each in year.units if each.unit == unit)
    measured = kept.get("residents_per_home")
    assert measured is not None and measured.exact is not None and measured.places == {}


def test_efficiency_scores_come_with_their_peers_or_with_the_reason_why_not() -> None:
    kept = {each.unit: each.efficiency for year in COMPUTED.organisations for each in year.units}
    assert {unit for unit, score in kept.items() if score} == set(UNITS)
    scores = [score for score in kept.values() if score]
    assert {score.no_score for score in scores} == {None, NoScore.TOO_FEW_PEERS}
    for score in scores:
        assert (score.score is None) is (score.no_score is not None) is (score.potential is None)
        assert score.score is None or score.peers >= 30
        assert score.best_practice == "" or EstateId.parse(score.best_practice) in ESTATES


def test_only_housing_estates_with_accounts_have_a_score_and_a_region_divides_them() -> None:
    package, _ = PACKAGES[0]
    master = package.master_data
    assert master is not None
    first, second, third, *rest = (sheet.unit for sheet in package.estate_reports if isinstance(sheet.unit, EstateId))
    service = evolve(ESTATES[second], kind=EstateKind.SERVICE_AREA)
    elsewhere = EstateLocation(estate=third, municipality=MunicipalityCode("751"))
    changed = evolve(
        package,
        accounts=tuple(each for each in package.accounts if each.unit != first),
        master_data=evolve(
            master,
            estates=tuple(service if each.id == second else each for each in master.estates),
            locations=(elsewhere, *(each for each in master.locations if each.estate != third)),
        ),
    )
    [year] = compared([(changed, None)], YEAR, ON).organisations
    groups = {each.unit: each.efficiency.group for each in year.units if each.efficiency}
    assert first not in groups and second not in groups
    assert groups[third].endswith("Midtjylland")
    assert set(rest) <= set(groups)


def test_a_package_without_master_data_is_there_and_compared_with_nobody() -> None:
    (package, _), other = PACKAGES[0], PACKAGES[1]
    found = compared([(evolve(package, master_data=None), None), other], YEAR, ON)
    first, second = found.organisations
    assert [(each.values, each.efficiency) for each in first.units] == [((), None)] * len(
        SHEETS_OF[package.organisation]
    )
    assert first.benchmarks == () and any(each.values for each in second.units)
    assert {unit for column in found.columns for unit in column.units} == set(SHEETS_OF[other[0].organisation])


def test_of_nobody_nothing_comes() -> None:
    found = compared([], YEAR, ON)
    assert (found.organisations, found.columns) == ((), ())


def test_the_order_of_the_organisations_does_not_matter() -> None:
    backwards = compared(PACKAGES[::-1], YEAR, ON)
    assert {y.organisation: y.units for y in backwards.organisations} == {
        y.organisation: y.units for y in COMPUTED.organisations
    }


# Nobody else, and nothing inexact


def test_an_organisation_s_document_names_nobody_else_but_the_best_practice() -> None:
    for year in COMPUTED.organisations:
        hidden = evolve(year, units=tuple(evolve(each, efficiency=None) for each in year.units))
        others = {str(number) for number in MASTERS} - {str(year.organisation)}
        assert [word for word in words_in(hidden) if any(other in word for other in others)] == []


def test_there_is_no_float_in_anything_that_is_computed() -> None:
    assert list(inexact(COMPUTED)) == []
    assert list(inexact({"a": (1, [Fraction(1, 2), 0.5])})) == [".value.1.1 = 0.5"]


# Movements


def one(distribution: Distribution | None = None) -> tuple[YearFigures, GroupBenchmark]:
    year = COMPUTED.organisations[0]
    benchmark = next(b for b in year.benchmarks if b.distribution.subject.figure == "cleaning_per_m2")
    changed = benchmark if distribution is None else evolve(benchmark, distribution=distribution)
    return evolve(year, benchmarks=(changed,)), changed


def test_what_did_not_move_is_not_told() -> None:
    assert movements(COMPUTED.organisations, COMPUTED.organisations) == ()
    assert movements([], COMPUTED.organisations) == movements(COMPUTED.organisations, []) == ()


def test_what_moved_is_told_once_however_many_are_shown_beside_it() -> None:
    old, benchmark = one()
    new, changed = one(evolve(benchmark.distribution, n=benchmark.distribution.n + 1))
    [(told, moves)] = movements([old, old], [new, new])
    assert told == changed
    assert [(move.part, move.change) for move in moves] == [("n", al.Number(1))]


@pytest.mark.parametrize(
    "otherwise",
    [
        {"decimals": 0},
        {"weighting": Weighting.EQUAL},
        {"minimum": Minimum(members=3)},
        {"method": next(each for each in QuantileMethod if each is not QuantileMethod.LINEAR)},
    ],
    ids=lambda otherwise: next(iter(otherwise)),
)
def test_what_is_made_in_another_way_than_before_has_not_moved(otherwise: dict[str, Any]) -> None:
    """A new version of the library may round or weigh otherwise; nothing has happened then."""
    old, benchmark = one()
    made = evolve(benchmark.distribution, **otherwise)
    assert made != benchmark.distribution
    new, _ = one(evolve(made, n=made.n + 1))
    assert movements([old], [new]) == ()


def test_a_side_is_made_once_and_answers_the_same() -> None:
    everybody = EVERYBODY[Ledger.ESTATE, "cleaning_per_m2"]
    assert isinstance(everybody, ComparedFigure)
    query = PEERS.query(UNITS[0], "country")
    assert everybody.benchmark(str(query), query) is everybody.benchmark(str(query), query)
    assert everybody.sample(str(query), query) is everybody.sample(str(query), query)
    assert PEERS.members(str(query), query) is PEERS.members(str(query), query)
