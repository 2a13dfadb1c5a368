from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import evolve

from almenstyring.domain.figures.facts import MASTER_FACTS, estate_facts, organisation_facts
from almenstyring.domain.organisations import Estate, EstateKind, Homes
from almenstyring.domain.values import Area, EstateId, TenancyUnits
from almenstyring.testing.builders import clean_master_data

DAY = date(2025, 12, 31)
ESTATE = Estate(
    id=EstateId.parse("T001-T0101"),
    name="Opdigtet Afdeling",
    homes=Homes(family=40, youth=7, elderly=3),
    homes_area=Area.of("3800.5"),
    leases=(Area.of("61"),),
    garages=10,
    published_units=TenancyUnits.of("99.9"),
    in_operation_from=date(2000, 1, 1),
)


def test_an_estate_tells_its_homes_area_and_tenancy_units_by_the_norm() -> None:
    assert estate_facts(ESTATE) == {
        "homes": 50,
        "homes_family": 40,
        "homes_youth": 7,
        "homes_elderly": 3,
        "homes_area": Fraction("3800.5"),
        "tenancy_units": 54,  # 50 homes, 2 begun 60 m² of a lease, 10 garages at a fifth; never the printed 99.9
        "estates": 1,
    }


def test_residents_are_a_fact_only_where_their_number_is_known() -> None:
    assert "residents" not in estate_facts(ESTATE)
    assert estate_facts(evolve(ESTATE, residents=0))["residents"] == 0


def test_every_fact_has_a_name_in_both_languages_and_a_measure() -> None:
    for name, fact in MASTER_FACTS.items():
        assert fact.text.da, name
        assert fact.text.en, name
        assert fact.measure.exponents, name
    assert estate_facts(evolve(ESTATE, residents=1)).keys() == MASTER_FACTS.keys()


def test_an_organisation_has_the_sum_of_its_estates_in_operation() -> None:
    master = clean_master_data(estates=2)
    first, second = master.estates
    whole = evolve(master, estates=(first, evolve(second, in_operation_until=date(2024, 12, 31))))
    assert organisation_facts(master, DAY)["homes"] == first.homes.total + second.homes.total
    assert organisation_facts(master, DAY)["estates"] == 2
    assert organisation_facts(whole, DAY)["homes"] == first.homes.total


def test_what_one_housing_estate_lacks_the_whole_lacks() -> None:
    master = clean_master_data(estates=2)
    first, second = master.estates
    known = evolve(master, estates=(evolve(first, residents=90), evolve(second, residents=20)))
    assert organisation_facts(known, DAY)["residents"] == 110
    unknown = evolve(master, estates=(evolve(first, residents=90), second))
    assert "residents" not in organisation_facts(unknown, DAY)


def test_an_estate_without_homes_by_its_kind_need_not_tell_residents() -> None:
    master = clean_master_data(estates=2)
    first, second = master.estates
    service = evolve(second, kind=EstateKind.SERVICE_AREA, homes=Homes(), homes_area=Area(0))
    facts = organisation_facts(evolve(master, estates=(evolve(first, residents=90), service)), DAY)
    assert (facts["residents"], facts["estates"]) == (Fraction(90), Fraction(2))


def test_an_organisation_without_estates_has_none_of_anything() -> None:
    facts = organisation_facts(clean_master_data(estates=0), DAY)
    assert facts.keys() == MASTER_FACTS.keys()
    assert set(facts.values()) == {0}
