"""What organisations and estates are, and how tenancy units are counted."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.organisations import Estate, EstateKind, Homes, OrganisationKind
from almenstyring.domain.values import Area, EstateId, TenancyUnits

AN_ESTATE = EstateId.parse("T001-T0101")
AREAS = st.integers(0, 500_000).map(Area)
DAYS = st.dates(date(2005, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("kind", "reports"),
    [
        (OrganisationKind.HOUSING_ORGANISATION, True),
        (OrganisationKind.ADMINISTRATION_ORGANISATION, True),
        (OrganisationKind.SELF_OWNING_YOUTH, False),
        (OrganisationKind.SELF_OWNING_ELDERLY, False),
        (OrganisationKind.MUNICIPAL_ELDERLY, False),
        (OrganisationKind.REGIONAL_ELDERLY, False),
    ],
)
def test_only_organisations_under_section_164_take_part_in_the_dialogue(kind: OrganisationKind, reports: bool) -> None:
    assert kind.takes_part_in_dialogue is reports


def test_every_kind_of_organisation_is_decided_above() -> None:
    assert len(OrganisationKind) == 6


@pytest.mark.parametrize("kind", EstateKind)
def test_only_side_activities_and_non_social_estates_report_home_alone(kind: EstateKind) -> None:
    assert kind.accounts_go_home_only is (kind in (EstateKind.SIDE_ACTIVITY, EstateKind.NON_SOCIAL))


@pytest.mark.parametrize(
    ("homes", "leases", "garages", "units"),
    [
        pytest.param(0, [], 0, "0.0", id="nothing"),
        pytest.param(55, [], 0, "55.0", id="a home is one"),
        pytest.param(0, ["60"], 0, "1.0", id="sixty square metres are one"),
        pytest.param(0, ["60.01"], 0, "2.0", id="the next begun sixty count"),
        pytest.param(0, ["0.01"], 0, "1.0", id="the smallest lease is one"),
        pytest.param(0, ["0"], 0, "0.0", id="no area is none"),
        pytest.param(0, ["30", "30"], 0, "2.0", id="each lease is rounded up by itself"),
        pytest.param(0, [], 1, "0.2", id="a garage is a fifth"),
        pytest.param(0, [], 5, "1.0", id="five garages are one"),
        pytest.param(55, ["123.40"], 4, "58.8", id="all together"),
    ],
)
def test_tenancy_units_by_section_32(homes: int, leases: list[str], garages: int, units: str) -> None:
    counted = TenancyUnits.by_norm(homes=homes, premises=map(Area.of, leases), garages=garages)
    assert str(counted) == units


@given(st.integers(0, 5000), st.lists(AREAS, max_size=6), st.integers(0, 500))
def test_tenancy_units_are_the_exact_sum(homes: int, leases: list[Area], garages: int) -> None:
    units = TenancyUnits.by_norm(homes=homes, premises=leases, garages=garages)
    begun = sum(ceil(lease.as_fraction() / 60) for lease in leases)
    assert units.as_fraction() == homes + begun + Fraction(garages, 5)


@given(st.lists(AREAS, max_size=4), st.lists(AREAS, max_size=4))
def test_leases_can_be_counted_apart(some: list[Area], others: list[Area]) -> None:
    together = TenancyUnits.by_norm(premises=some + others)
    assert together == TenancyUnits.by_norm(premises=some) + TenancyUnits.by_norm(premises=others)


@given(st.integers(0, 999), st.integers(0, 999), st.integers(0, 999), st.lists(AREAS, max_size=3), st.integers(0, 99))
def test_an_estate_counts_its_own_homes_leases_and_garages(
    family: int, youth: int, elderly: int, leases: list[Area], garages: int
) -> None:
    homes = Homes(family=family, youth=youth, elderly=elderly)
    estate = Estate(id=AN_ESTATE, name="Månekrateret", homes=homes, leases=tuple(leases), garages=garages)
    assert homes.total == family + youth + elderly
    assert estate.tenancy_units == TenancyUnits.by_norm(homes=homes.total, premises=leases, garages=garages)


def test_the_published_number_never_replaces_the_computed_one() -> None:
    estate = Estate(id=AN_ESTATE, name="Månekrateret", homes=Homes(family=10), published_units=TenancyUnits.of(12))
    assert estate.tenancy_units == TenancyUnits.of(10)


@pytest.mark.parametrize(
    ("began", "ended", "in_operation"),
    [
        pytest.param(None, None, False, id="under construction"),
        pytest.param("2025-06-30", None, True, id="taken into use that day"),
        pytest.param("2025-07-01", None, False, id="taken into use the day after"),
        pytest.param("2000-01-01", "2025-06-30", True, id="closed at the end of that day"),
        pytest.param("2000-01-01", "2025-06-29", False, id="closed the day before"),
        pytest.param(None, "2025-12-31", False, id="closed without ever being used"),
    ],
)
def test_an_estate_is_in_operation_from_and_until_a_day(
    began: str | None, ended: str | None, in_operation: bool
) -> None:
    estate = Estate(
        id=AN_ESTATE,
        name="Månekrateret",
        in_operation_from=date.fromisoformat(began) if began else None,
        in_operation_until=date.fromisoformat(ended) if ended else None,
    )
    assert estate.in_operation(date(2025, 6, 30)) is in_operation


@given(DAYS, st.integers(0, 9000))
def test_an_estate_is_in_operation_on_just_the_days_from_the_first_to_the_last(began: date, length: int) -> None:
    ended = began + timedelta(length)
    estate = Estate(id=AN_ESTATE, name="Månekrateret", in_operation_from=began, in_operation_until=ended)
    assert estate.in_operation(began) and estate.in_operation(ended)
    assert not estate.in_operation(began - timedelta(1)) and not estate.in_operation(ended + timedelta(1))
