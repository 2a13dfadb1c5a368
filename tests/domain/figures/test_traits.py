"""What a unit is compared by: known traits in words, and nothing where nothing is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from almenstyring.content import load_references
from almenstyring.content.peer_groups import load_peer_groups
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import NotFoundError
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.exact import Exact
from almenstyring.domain.figures.references import MunicipalityFigures, References, Region
from almenstyring.domain.figures.traits import BORNE_BY, Trait, UnitTraits, all_traits, traits_of
from almenstyring.domain.organisations import (
    BuildingType,
    Estate,
    EstateKind,
    EstateLocation,
    Homes,
    MaintenanceScheme,
    MasterData,
    Register,
    Validity,
)
from almenstyring.domain.values import Area, EstateId, LbfNumber, MunicipalityCode
from almenstyring.testing.builders import clean_master_data

DAY = date(2026, 1, 1)
SCHEME = load_peer_groups().traits
ESTATE = EstateId.parse("T001-T0101")


def _municipality(code: str, region: Region) -> MunicipalityFigures:
    return MunicipalityFigures(
        code=MunicipalityCode(code),
        name=f"Opdigtet Kommune {code}",
        region=region,
        population=1000,
        source="test",
        certainty=Certainty.PROJECT_AUTHORED,
    )


REFERENCES: References = evolve(
    load_references(),
    municipalities=(_municipality("T01", Region.MIDTJYLLAND), _municipality("T02", Region.SYDDANMARK)),
)


def master_with(**changes: Any) -> MasterData:
    """Two invented estates in T01, the first with these changes."""
    master = clean_master_data()
    first, *others = master.estates
    return evolve(master, estates=(evolve(first, **changes), *others))


def traits(master: MasterData, references: References = REFERENCES, unit: Any = ESTATE) -> UnitTraits:
    return traits_of(unit, master, references, SCHEME, DAY)


def ids(found: UnitTraits) -> Mapping[Trait, str]:
    return {trait: " ".join(value.id for value in values) for trait, values in found.values.items()}


def test_an_estate_is_described_in_every_trait_that_estates_have() -> None:
    master = master_with(
        homes=Homes(family=10, youth=50),
        homes_area=Area.of(3000),
        in_operation_from=date(1959, 12, 31),
        building_type=BuildingType.LOW_RISE,
        maintenance=MaintenanceScheme.B,
    )
    found = traits(master)
    assert (found.unit, found.day, found.ledger) == (ESTATE, DAY, Ledger.ESTATE)
    assert ids(found) == {
        Trait.KIND: "housing",
        Trait.ORGANISATION: "T001",
        Trait.MUNICIPALITY: "T01",
        Trait.REGION: "Midtjylland",
        Trait.HOME_TYPE: "youth",
        Trait.BUILDING_TYPE: "low_rise",
        Trait.MAINTENANCE: "b",
        Trait.AGE: "before_1960",
        Trait.HOME_SIZE: "below_51",
        Trait.ESTATE_SIZE: "51_150",
    }
    assert set(found.values) == {trait for trait in Trait if Ledger.ESTATE in BORNE_BY[trait]}
    assert found.of(Trait.MUNICIPALITY)[0].name.da == "Opdigtet Kommune T01"


def test_an_organisation_is_described_by_its_home_municipality_and_its_tenancy_units() -> None:
    master = clean_master_data()
    found = traits(master, unit=master.number)
    assert found.ledger is Ledger.ORGANISATION
    assert ids(found) == {
        Trait.KIND: "housing_organisation",
        Trait.ORGANISATION: "T001",
        Trait.MUNICIPALITY: "T01",
        Trait.REGION: "Midtjylland",
        Trait.ORGANISATION_SIZE: "below_500",
    }
    assert set(found.values) == {trait for trait in Trait if Ledger.ORGANISATION in BORNE_BY[trait]}


def test_an_organisation_without_homes_and_municipality_has_neither_size_nor_place() -> None:
    master = evolve(clean_master_data(), estates=(), ownerships=(), home_municipalities=())
    assert ids(traits(master, unit=master.number)) == {
        Trait.KIND: "housing_organisation",
        Trait.ORGANISATION: "T001",
    }


def test_an_invented_municipality_is_a_municipality_in_no_region() -> None:
    found = traits(clean_master_data(), load_references())
    assert [value.id for value in found.of(Trait.MUNICIPALITY)] == ["T01"]
    assert found.of(Trait.REGION) == ()


def test_what_is_not_registered_is_no_trait() -> None:
    bare = Estate(id=ESTATE, name="Opdigtet", kind=EstateKind.SERVICE_AREA)
    master = evolve(clean_master_data(), estates=(bare,), locations=())
    assert ids(traits(master)) == {Trait.KIND: "service_area", Trait.ORGANISATION: "T001"}


def test_homes_without_an_area_have_no_size() -> None:
    found = traits(master_with(homes_area=Area(0)))
    assert found.of(Trait.HOME_SIZE) == ()
    assert found.of(Trait.ESTATE_SIZE)


def test_an_estate_across_a_border_lies_in_both_municipalities_and_regions() -> None:
    master = clean_master_data()
    also = EstateLocation(estate=ESTATE, municipality=MunicipalityCode("T02"))
    found = traits(evolve(master, locations=(*master.locations, also)))
    assert ids(found)[Trait.MUNICIPALITY] == "T01 T02"
    assert ids(found)[Trait.REGION] == "Midtjylland Syddanmark"


def test_a_location_that_has_ended_counts_no_more() -> None:
    master = clean_master_data()
    ended = tuple(evolve(each, valid=Validity(None, date(2025, 12, 31))) for each in master.locations)
    assert traits(evolve(master, locations=ended)).of(Trait.MUNICIPALITY) == ()


def test_an_estate_of_another_organisation_is_not_found() -> None:
    with pytest.raises(NotFoundError, match="T002-T0101"):
        traits(clean_master_data(), unit=EstateId.parse("T002-T0101"))


@pytest.mark.parametrize(
    ("trait", "value", "wanted"),
    [
        (Trait.AGE, 1959, "before_1960"),
        (Trait.AGE, 1960, "1960_1979"),
        (Trait.AGE, 2000, "from_2000"),
        (Trait.HOME_SIZE, Area.of("50.99").as_fraction(), "below_51"),
        (Trait.HOME_SIZE, 51, "51_60"),
        (Trait.HOME_SIZE, Area.of("60.99").as_fraction(), "51_60"),
        (Trait.HOME_SIZE, 61, "61_90"),
        (Trait.HOME_SIZE, 90, "61_90"),
        (Trait.HOME_SIZE, Area.of("90.01").as_fraction(), "above_90"),
        (Trait.ESTATE_SIZE, 50, "up_to_50"),
        (Trait.ESTATE_SIZE, 51, "51_150"),
        (Trait.ORGANISATION_SIZE, 5000, "from_5000"),
    ],
)
def test_a_class_begins_where_the_one_before_it_ends(trait: Trait, value: Exact, wanted: str) -> None:
    assert SCHEME.classified(trait, value).id == wanted


def test_the_register_gives_organisations_and_the_estates_in_operation() -> None:
    master = master_with(in_operation_from=date(2026, 1, 2))
    other = clean_master_data(number="T002", estates=1)
    found = all_traits(Register((other, master)), REFERENCES, SCHEME, DAY)
    assert [str(each.unit) for each in found] == ["T001", "T001-T0201", "T002", "T002-T0101"]
    assert LbfNumber("T001") in [each.unit for each in found]
