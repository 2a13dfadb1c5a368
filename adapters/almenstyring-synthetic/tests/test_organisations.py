"""The invented organisations: what the demonstration needs, and countries of any size."""

from __future__ import annotations

from datetime import date

import pytest

from almenstyring import (
    AreaStatus,
    Element,
    EstateKind,
    InvalidValueError,
    LbfNumber,
    MasterData,
    OrganisationKind,
    Reason,
    Receiver,
    Registry,
    ReportYear,
    expectations,
)
from almenstyring_synthetic import MUNICIPALITIES, national, open_source
from almenstyring_synthetic.demo import YEARS, demo
from almenstyring_synthetic.dice import Dice

YEAR = ReportYear(2026)
DEMO = {str(master.number): master for master in demo()}
NATION = national(561, 7085, seed=1)


def of_nation() -> list[MasterData]:
    found = [NATION.master_data(number) for number in NATION.organisations()]
    return [master for master in found if master is not None]


def test_the_plugin_is_found_and_says_that_it_is_synthetic() -> None:
    descriptor = Registry.discover(only={"synthetic"}).source("synthetic")
    assert "SYNTETISK" in descriptor.description.da and "SYNTETISK" in descriptor.description.en
    assert list(descriptor.open("").organisations()) == [LbfNumber(number) for number in DEMO]


def test_the_demonstration_has_six_organisations_in_two_municipalities_and_no_cvr() -> None:
    assert list(DEMO) == ["T001", "T002", "T003", "T004", "T005", "T006"]
    homes = {str(master.home_municipality_on(date(2025, 12, 31))) for master in DEMO.values()}
    assert homes == set(MUNICIPALITIES)
    assert {master.organisation.cvr for master in DEMO.values()} == {None}


def test_six_report_years_have_a_period() -> None:
    for master in DEMO.values():
        assert [len(master.periods_of(ReportYear(year))) for year in range(2021, 2028)] == [1] * len(YEARS)


def test_one_organisation_has_the_accounting_year_from_july_to_june() -> None:
    (period,) = DEMO["T003"].periods_of(YEAR)
    assert (period.start, period.end) == (date(2024, 7, 1), date(2025, 6, 30))
    assert period.is_twelve_months


def test_one_organisation_owes_its_report_in_the_other_municipality_too() -> None:
    owed = [e for e in expectations(DEMO["T002"], YEAR) if e.element is Element.GOVERNANCE_REPORT]
    assert {(e.receiver, str(e.municipality)) for e in owed} == {
        (Receiver.HOME_MUNICIPALITY, "T01"),
        (Receiver.LOCATION_MUNICIPALITY, "T02"),
    }


def test_one_is_an_administration_organisation_and_administers_another() -> None:
    assert DEMO["T004"].organisation.kind is OrganisationKind.ADMINISTRATION_ORGANISATION
    assert DEMO["T004"].estates == ()
    assert DEMO["T005"].administrators_on(date(2025, 12, 31)) == (LbfNumber("T004"),)
    assert DEMO["T005"].administrators_on(date(2017, 12, 31)) == ()


def test_the_ordinary_organisation_shows_what_an_estate_can_be() -> None:
    first, second, building, side = DEMO["T001"].estates
    assert second.leases and second.garages
    reasons = {e.unit: e.reason for e in expectations(DEMO["T001"], YEAR) if e.element is Element.ESTATE_REPORT}
    assert reasons == {
        first.id: Reason.OWED,
        second.id: Reason.OWED,
        building.id: Reason.NOT_IN_OPERATION,
        side.id: Reason.NOT_A_HOUSING_ESTATE,
    }
    (area,) = DEMO["T001"].areas
    assert area.status is AreaStatus.PREVENTION and set(area.estates) == {first.id, second.id}


def test_exactly_one_published_number_of_units_deviates() -> None:
    published = [e for master in DEMO.values() for e in master.estates if e.published_units is not None]
    assert len(published) == 3
    assert [str(e.id) for e in published if e.published_units != e.tenancy_units] == ["T003-T0101"]


def test_a_country_has_just_the_size_asked_for_and_is_sized_like_the_sector() -> None:
    sizes = sorted(len(master.estates) for master in of_nation())
    assert (len(sizes), sum(sizes)) == (561, 7085)
    assert sizes[len(sizes) // 2] < sum(sizes) / len(sizes) < sizes[-1] / 5
    homes = sum(estate.homes.total for master in of_nation() for estate in master.estates)
    assert 500_000 < homes < 650_000, "573,066 on 1 January 2018"


def test_a_country_has_every_kind_that_reports_or_does_not() -> None:
    assert {master.organisation.kind for master in of_nation()} == {
        OrganisationKind.HOUSING_ORGANISATION,
        OrganisationKind.ADMINISTRATION_ORGANISATION,
        OrganisationKind.SELF_OWNING_ELDERLY,
        OrganisationKind.SELF_OWNING_YOUTH,
    }
    kinds = {estate.kind for master in of_nation() for estate in master.estates}
    assert kinds == {EstateKind.HOUSING, EstateKind.SERVICE_AREA, EstateKind.SIDE_ACTIVITY}
    for master in of_nation():
        if not master.organisation.kind.takes_part_in_dialogue:
            assert len(master.estates) == 1


@pytest.mark.parametrize(("organisations", "estates"), [(1, 1), (1, 9801), (3, 4), (999, 999), (40, 41), (100, 20_000)])
def test_any_size_of_the_test_range_can_be_made(organisations: int, estates: int) -> None:
    country = national(organisations, estates)
    found = [country.master_data(number) for number in country.organisations()]
    assert len(found) == organisations
    made = [estate.id for master in found if master for estate in master.estates]
    assert len(made) == len(set(made)) == estates


@pytest.mark.parametrize(
    ("organisations", "estates"), [(0, 0), (1000, 7085), (5, 4), (1, 9802), (-1, 5), (40, 40 * 9801)]
)
def test_a_size_outside_the_test_range_is_refused(organisations: int, estates: int) -> None:
    with pytest.raises(InvalidValueError) as refused:
        national(organisations, estates)
    assert refused.value.hint.da


@pytest.mark.parametrize(
    "address",
    [
        "nowhere",
        "national?size=5",
        "national?organisations=many",
        "national?seed=-1",
        "national?organisations=",
        "national?seed=²",
        "?seed=1",
        "national?organisations=1000",
        "http://[",
        "?",
    ],
)
def test_an_address_that_means_nothing_is_refused_with_an_example(address: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        open_source(address)
    assert refused.value.hint.en


def test_an_address_may_leave_out_what_is_usual() -> None:
    assert len(list(open_source("national?estates=600").organisations())) == 561


def test_another_seed_is_another_country() -> None:
    one, other = (national(5, 20, seed).master_data(LbfNumber("T001")) for seed in (1, 2))
    assert one != other


def test_the_dice_fall_the_same_on_every_machine() -> None:
    """Frozen: if this fails, every invented figure has changed."""
    dice = Dice("T001", 2025)
    assert [dice.between(1, 1000) for _ in range(5)] == [21, 818, 297, 365, 67]
    assert [Dice("around").around(84_00), Dice("often").often(150, 104), Dice("often").often(900, 104)] == [
        8632,
        15,
        99,
    ]
