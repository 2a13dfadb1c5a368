"""Dated relations, one organisation's master data, and the register as it stood on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.errors import InvalidValueError, NotFoundError
from almenstyring.domain.organisations import (
    Administration,
    Estate,
    EstateKind,
    EstateLocation,
    HomeMunicipality,
    HousingOrganisation,
    MasterData,
    Ownership,
    Register,
    Validity,
    valid_on,
)
from almenstyring.domain.values import EstateId, LbfNumber, MunicipalityCode

Refused = Callable[..., InvalidValueError]

DAYS = st.dates(date(2005, 1, 1), date(2040, 12, 31))
ENDS = st.none() | DAYS
ONE, TWO, THREE = (LbfNumber(f"T00{count}") for count in (1, 2, 3))
HERE, THERE = MunicipalityCode("T01"), MunicipalityCode("T02")
ESTATE = EstateId.parse("T001-T0101")
OTHER = EstateId.parse("T001-T0201")
DAY = date(2025, 12, 31)
LATER = date(2026, 1, 1)


def master(number: LbfNumber = ONE, **parts: object) -> MasterData:
    return MasterData(
        organisation=HousingOrganisation(number=number, name=f"Boligforeningen {number}"),
        **parts,  # type: ignore[arg-type]
    )


def estate(number: EstateId) -> Estate:
    return Estate(id=number, name=str(number))


# --- validity ---------------------------------------------------------------------------------------------------------


@given(ENDS, ENDS, DAYS)
def test_a_validity_holds_from_its_first_to_its_last_day(start: date | None, end: date | None, day: date) -> None:
    if start and end and end < start:
        with pytest.raises(InvalidValueError):
            Validity(start, end)
        return
    assert (day in Validity(start, end)) is ((start or date.min) <= day <= (end or date.max))


def test_a_validity_that_ends_before_it_begins_is_refused_with_both_days() -> None:
    with pytest.raises(InvalidValueError) as refused:
        Validity(LATER, DAY)
    assert refused.value.context["start"] == LATER and refused.value.context["end"] == DAY
    assert "2025-12-31" in refused.value.message.da and "2026-01-01" in refused.value.message.en


def test_a_validity_of_one_day_holds_that_day() -> None:
    assert DAY in Validity(DAY, DAY) and LATER not in Validity(DAY, DAY)


@given(st.lists(st.tuples(DAYS, st.integers(0, 4000)), max_size=8), DAYS)
def test_valid_on_gives_just_those_that_hold_in_their_order(spans: list[tuple[date, int]], day: date) -> None:
    relations = [
        HomeMunicipality(organisation=ONE, municipality=HERE, valid=Validity(start, start + timedelta(length)))
        for start, length in spans
    ]
    assert valid_on(relations, day) == tuple(relation for relation in relations if day in relation.valid)


def test_a_place_code_cannot_be_a_home_municipality(refused: Refused) -> None:
    christiansoe = MunicipalityCode("411")
    error = refused(HomeMunicipality, organisation=ONE, municipality=christiansoe)
    assert error.context["value"] == "411"


def test_an_estate_can_lie_where_no_council_is() -> None:
    assert EstateLocation(estate=ESTATE, municipality=MunicipalityCode("411")).municipality.is_place_code


# --- master data ------------------------------------------------------------------------------------------------------


def test_the_periods_of_a_report_year_come_in_order_and_no_other() -> None:
    short = AccountingPeriod(date(2025, 7, 1), date(2025, 12, 31))
    whole = AccountingPeriod(date(2024, 7, 1), date(2025, 6, 30))
    next_one = AccountingPeriod(date(2026, 1, 1), date(2026, 12, 31))
    entry = master(periods=(next_one, short, whole))
    assert entry.periods_of(ReportYear(2026)) == (whole, short)
    assert entry.periods_of(ReportYear(2027)) == (next_one,)
    assert entry.periods_of(ReportYear(2025)) == ()


def test_an_estate_is_found_by_its_number() -> None:
    entry = master(estates=(estate(ESTATE), estate(OTHER)))
    assert entry.estate(OTHER) == estate(OTHER)
    assert entry.estate(EstateId.parse("T001-T0301")) is None
    assert entry.number == ONE


def test_an_estate_belongs_to_its_owner_of_the_day() -> None:
    entry = master(
        estates=(estate(OTHER), estate(ESTATE)),
        ownerships=(
            Ownership(organisation=ONE, estate=ESTATE),
            Ownership(organisation=ONE, estate=OTHER, valid=Validity(None, DAY)),
            Ownership(organisation=TWO, estate=OTHER, valid=Validity(LATER)),
        ),
    )
    assert [e.id for e in entry.estates_on(DAY)] == [ESTATE, OTHER]
    assert [e.id for e in entry.estates_on(LATER)] == [ESTATE]


def test_an_estate_under_construction_is_owned_already() -> None:
    entry = master(estates=(estate(ESTATE),), ownerships=(Ownership(organisation=ONE, estate=ESTATE),))
    assert not entry.estates_on(DAY)[0].in_operation(DAY)


def test_the_home_municipality_may_move_and_may_be_unknown() -> None:
    entry = master(
        home_municipalities=(
            HomeMunicipality(organisation=ONE, municipality=HERE, valid=Validity(date(2020, 1, 1), DAY)),
            HomeMunicipality(organisation=ONE, municipality=THERE, valid=Validity(LATER)),
        )
    )
    assert entry.home_municipality_on(DAY) == HERE
    assert entry.home_municipality_on(LATER) == THERE
    assert entry.home_municipality_on(date(2019, 12, 31)) is None


def test_where_two_home_municipalities_overlap_the_one_added_last_counts() -> None:
    moved = [HomeMunicipality(organisation=ONE, municipality=code) for code in (HERE, THERE)]
    assert master(home_municipalities=tuple(moved)).home_municipality_on(DAY) == THERE


def test_an_estate_may_come_to_lie_in_another_municipality() -> None:
    before = EstateLocation(estate=ESTATE, municipality=HERE, valid=Validity(None, DAY))
    after = EstateLocation(estate=ESTATE, municipality=THERE, valid=Validity(LATER))
    entry = master(locations=(before, after))
    assert (entry.municipalities_of(ESTATE, DAY), entry.municipalities_of(ESTATE, LATER)) == ((HERE,), (THERE,))


def test_an_estate_across_a_border_lies_in_two_municipalities() -> None:
    entry = master(
        locations=(
            EstateLocation(estate=ESTATE, municipality=THERE),
            EstateLocation(estate=ESTATE, municipality=HERE),
            EstateLocation(estate=OTHER, municipality=THERE),
        )
    )
    assert entry.municipalities_of(ESTATE, DAY) == (HERE, THERE)
    assert entry.municipalities_of(OTHER, DAY) == (THERE,)


@pytest.mark.parametrize(
    ("unit", "supervisors"),
    [
        pytest.param(None, (HERE,), id="the organisation by its home municipality"),
        pytest.param(ESTATE, (THERE,), id="an estate by the municipality it lies in"),
        pytest.param(OTHER, (HERE,), id="a side activity by the home municipality wherever it lies"),
        pytest.param(EstateId.parse("T001-T0901"), (), id="an unknown estate by nobody"),
    ],
)
def test_it_is_known_who_supervises(unit: EstateId | None, supervisors: tuple[MunicipalityCode, ...]) -> None:
    entry = master(
        home_municipalities=(HomeMunicipality(organisation=ONE, municipality=HERE),),
        estates=(estate(ESTATE), evolve(estate(OTHER), kind=EstateKind.SIDE_ACTIVITY)),
        locations=(
            EstateLocation(estate=ESTATE, municipality=THERE),
            EstateLocation(estate=OTHER, municipality=THERE),
        ),
    )
    assert entry.supervisors_on(DAY, unit) == supervisors


def test_across_a_border_both_municipalities_supervise_and_by_the_articles_none_the_organisation() -> None:
    locations = tuple(EstateLocation(estate=ESTATE, municipality=code) for code in (THERE, HERE))
    entry = master(
        home_municipalities=(HomeMunicipality(organisation=ONE, municipality=HERE),),
        estates=(estate(ESTATE),),
        locations=locations,
    )
    assert entry.supervisors_on(DAY, ESTATE) == (HERE, THERE)
    elsewhere = evolve(entry, organisation=evolve(entry.organisation, other_authority="Regionen"))
    assert (elsewhere.supervisors_on(DAY), elsewhere.supervisors_on(DAY, ESTATE)) == ((), (HERE, THERE))
    assert master().supervisors_on(DAY) == ()


def test_an_organisation_knows_who_administers_it_and_not_whom_it_administers() -> None:
    administration = Administration(administrator=TWO, organisation=ONE, valid=Validity(LATER))
    assert master(ONE, administrations=(administration,)).administrators_on(LATER) == (TWO,)
    assert master(ONE, administrations=(administration,)).administrators_on(DAY) == ()
    assert master(TWO, administrations=(administration,)).administrators_on(LATER) == ()


# --- the register -----------------------------------------------------------------------------------------------------


def a_register() -> Register:
    """At new year T001 moves home from T01 to T02, sells an estate to T002 and is administered by T003."""
    first = master(
        ONE,
        home_municipalities=(
            HomeMunicipality(organisation=ONE, municipality=HERE, valid=Validity(None, DAY)),
            HomeMunicipality(organisation=ONE, municipality=THERE, valid=Validity(LATER)),
        ),
        estates=(estate(ESTATE), estate(OTHER)),
        ownerships=(
            Ownership(organisation=ONE, estate=ESTATE),
            Ownership(organisation=ONE, estate=OTHER, valid=Validity(None, DAY)),
        ),
        locations=(
            EstateLocation(estate=ESTATE, municipality=HERE),
            EstateLocation(estate=OTHER, municipality=THERE),
        ),
        administrations=(Administration(administrator=THREE, organisation=ONE, valid=Validity(LATER)),),
    )
    second = master(
        TWO,
        home_municipalities=(HomeMunicipality(organisation=TWO, municipality=HERE),),
        estates=(estate(OTHER),),
        ownerships=(Ownership(organisation=TWO, estate=OTHER, valid=Validity(LATER)),),
        locations=(EstateLocation(estate=OTHER, municipality=THERE),),
    )
    return Register((master(THREE), second, first))


def test_a_register_is_ordered_by_number_and_counts_its_entries() -> None:
    register = a_register()
    assert [entry.number for entry in register] == [ONE, TWO, THREE]
    assert len(register) == 3
    assert ONE in register and LbfNumber("T009") not in register


def test_an_organisation_is_looked_up_by_number_and_a_missing_one_is_named() -> None:
    register = a_register()
    assert register[TWO].number == TWO
    with pytest.raises(NotFoundError) as missing:
        register[LbfNumber("T009")]
    assert missing.value.context == {"organisation": "T009"}
    assert "T009" in missing.value.message.da and missing.value.hint.en


def test_who_supervises_whom_is_asked_of_a_day() -> None:
    before, after = a_register().as_of(DAY), a_register().as_of(LATER)
    assert [entry.number for entry in before.supervised_by(HERE)] == [ONE, TWO]
    assert [entry.number for entry in after.supervised_by(HERE)] == [TWO]
    assert [entry.number for entry in after.supervised_by(THERE)] == [ONE]
    assert before.supervised_by(THERE) == ()


def test_the_estates_of_a_municipality_are_found_whoever_owns_them() -> None:
    for day in (DAY, LATER):
        on_the_day = a_register().as_of(day)
        assert [e.id for e in on_the_day.estates_in(HERE)] == [ESTATE]
        assert [e.id for e in on_the_day.estates_in(THERE)] == [OTHER]


def test_the_organisations_somebody_administers_are_asked_of_a_day() -> None:
    assert [entry.number for entry in a_register().as_of(LATER).administered_by(THREE)] == [ONE]
    assert a_register().as_of(DAY).administered_by(THREE) == ()


def test_an_entry_is_added_or_replaced_and_the_old_register_stays() -> None:
    register = a_register()
    renamed = evolve(register[TWO], organisation=HousingOrganisation(number=TWO, name="Et nyt navn"))
    replaced = register.with_entry(renamed)
    assert replaced[TWO].organisation.name == "Et nyt navn"
    assert register[TWO].organisation.name == "Boligforeningen T002"
    assert [entry.number for entry in replaced] == [ONE, TWO, THREE]
    assert len(register.with_entry(master(LbfNumber("T004")))) == 4


@given(st.lists(st.integers(1, 999), unique=True, max_size=12))
def test_a_register_holds_the_same_entries_in_whatever_order_they_came(numbers: list[int]) -> None:
    entries = [master(LbfNumber(f"T{number:03}")) for number in numbers]
    register = Register(tuple(entries))
    assert register == Register(tuple(reversed(entries)))
    assert [entry.number for entry in register] == sorted(entry.number for entry in entries)
    assert all(register[entry.number] == entry for entry in entries)


def test_an_organisation_is_in_the_register_once() -> None:
    one = MasterData(organisation=HousingOrganisation(number=LbfNumber("T001"), name="Den Opdigtede"))
    with pytest.raises(InvalidValueError, match="T001"):
        Register((one, one))


@pytest.mark.parametrize(
    ("spans", "last"),
    [
        ((), None),
        (((HERE, None, None),), HERE),
        (((HERE, None, DAY),), HERE),
        (((HERE, None, DAY), (THERE, LATER, None)), THERE),
        (((THERE, date(2020, 1, 1), DAY), (HERE, None, date(2019, 12, 31))), THERE),
        (((HERE, date(2027, 1, 1), None),), None),
        (((HERE, None, DAY), (THERE, date(2027, 1, 1), None)), HERE),
    ],
    ids=["none ever", "still", "ended", "moved", "moved and ended", "to come", "ended and to come"],
)
def test_the_last_home_municipality_is_that_of_today_or_the_one_before(
    spans: tuple[tuple[MunicipalityCode, date | None, date | None], ...], last: MunicipalityCode | None
) -> None:
    homes = tuple(
        HomeMunicipality(organisation=ONE, municipality=code, valid=Validity(start, end)) for code, start, end in spans
    )
    assert master(home_municipalities=homes).last_home_municipality_on(date(2026, 6, 1)) == last
