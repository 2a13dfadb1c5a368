"""Which elements are owed, to whom, or why not: the table of duties, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.organisations import (
    Element,
    Estate,
    EstateKind,
    EstateLocation,
    Expectation,
    HomeMunicipality,
    Homes,
    HousingOrganisation,
    MasterData,
    OrganisationKind,
    Ownership,
    Reason,
    Receiver,
    Validity,
    expectations,
    leader_of,
)
from almenstyring.domain.values import EstateId, LbfNumber, MunicipalityCode

YEAR = ReportYear(2026)
ONE = LbfNumber("T001")
HERE, THERE, YONDER = (MunicipalityCode(code) for code in ("T01", "T02", "T03"))
WHOLE_2025 = AccountingPeriod(date(2025, 1, 1), date(2025, 12, 31))
LONG_AGO = date(1999, 1, 1)

Row = tuple[str, str, str, str, str, str]


def master(
    kind: OrganisationKind = OrganisationKind.HOUSING_ORGANISATION,
    *estates: Estate,
    home: MunicipalityCode | None = HERE,
    lies: Mapping[str, tuple[MunicipalityCode, ...]] | None = None,
    authority: str = "",
    periods: tuple[AccountingPeriod, ...] = (WHOLE_2025,),
) -> MasterData:
    places = {str(estate.id): (HERE,) for estate in estates} | dict(lies or {})
    return MasterData(
        organisation=HousingOrganisation(number=ONE, name="Pligternes Hus", kind=kind, other_authority=authority),
        periods=periods,
        home_municipalities=(HomeMunicipality(organisation=ONE, municipality=home),) if home else (),
        estates=estates,
        ownerships=tuple(Ownership(organisation=ONE, estate=estate.id) for estate in estates),
        locations=tuple(
            EstateLocation(estate=EstateId.parse(number), municipality=code)
            for number, codes in places.items()
            for code in codes
        ),
    )


def estate(number: str = "T0101", kind: EstateKind = EstateKind.HOUSING, since: date | None = LONG_AGO) -> Estate:
    homes = Homes(family=10) if kind is EstateKind.HOUSING else Homes()
    return Estate(id=EstateId.parse(f"T001-{number}"), name=number, kind=kind, homes=homes, in_operation_from=since)


def table(found: Iterable[Expectation], unit: str = "") -> set[Row]:
    """The expectations as rows: element, unit, receiver, municipality, reason, law."""
    return {
        (e.element.value, str(e.unit), e.receiver.value, str(e.municipality or "-"), e.reason.value, str(e.law))
        for e in found
        if unit in ("", str(e.unit))
    }


PAPERS = ("accounts", "annual_report", "auditors_protocol")


def test_a_housing_organisation_owes_the_report_the_papers_and_the_dialogue() -> None:
    found = expectations(master(OrganisationKind.HOUSING_ORGANISATION, estate()), YEAR)
    at_home = "home_municipality"
    assert table(found, "T001") == {
        ("governance_report", "T001", at_home, "T01", "owed", "DB § 112, stk. 3"),
        ("dialogue_meeting", "T001", at_home, "T01", "owed", "DB § 112, stk. 1"),
        ("statement", "T001", "public", "T01", "owed", "DB § 112, stk. 7"),
        *((paper, "T001", at_home, "T01", "owed", "DB § 74, stk. 1") for paper in PAPERS),
        ("accounts", "T001", "landsbyggefonden", "-", "owed", "DB § 74, stk. 4"),
        ("accounts_questionnaire", "T001", at_home, "T01", "owed", "DB § 72, stk. 1"),
    }
    assert table(found, "T001-T0101") == {
        ("estate_report", "T001-T0101", at_home, "T01", "owed", "DB § 112, stk. 5, nr. 1"),
        ("accounts", "T001-T0101", at_home, "T01", "owed", "DB § 74, stk. 1"),
        ("accounts", "T001-T0101", "landsbyggefonden", "-", "owed", "DB § 74, stk. 4"),
        ("accounts_questionnaire", "T001-T0101", at_home, "T01", "owed", "DB § 72, stk. 1"),
    }
    assert len(found) == 12, "nothing is expected twice"


def test_where_an_estate_lies_its_municipality_gets_the_report_the_papers_and_that_estates_accounts() -> None:
    both = (estate("T0101"), estate("T0201"))
    found = expectations(master(OrganisationKind.HOUSING_ORGANISATION, *both, lies={"T001-T0201": (THERE,)}), YEAR)
    there = {row for row in table(found) if row[2] == Receiver.LOCATION_MUNICIPALITY}
    assert there == {
        ("governance_report", "T001", "location_municipality", "T02", "owed", "DB § 112, stk. 3"),
        *((paper, "T001", "location_municipality", "T02", "owed", "DB § 74, stk. 1") for paper in PAPERS),
        ("estate_report", "T001-T0201", "location_municipality", "T02", "owed", "DB § 112, stk. 3"),
        ("accounts", "T001-T0201", "location_municipality", "T02", "owed", "DB § 74, stk. 1"),
    }


def test_an_estate_across_a_border_is_owed_to_both_and_the_organisation_once_to_each() -> None:
    both = (estate("T0101"), estate("T0201"))
    lies = {"T001-T0101": (HERE, THERE), "T001-T0201": (THERE, YONDER)}
    found = expectations(master(OrganisationKind.HOUSING_ORGANISATION, *both, lies=lies), YEAR)
    reports = [e.municipality for e in found if e.element is Element.GOVERNANCE_REPORT]
    assert reports == [HERE, THERE, YONDER]
    of_second = [e.municipality for e in found if e.element is Element.ESTATE_REPORT and "T0201" in str(e.unit)]
    assert of_second == [HERE, THERE, YONDER]


def test_an_administration_organisation_owes_a_report_and_no_estate_reports() -> None:
    found = expectations(master(OrganisationKind.ADMINISTRATION_ORGANISATION), YEAR)
    assert ("estate_report", "T001", "home_municipality", "-", "no_estates", "DB § 25") in table(found)
    assert {e.element for e in found if e.owed} == set(Element) - {Element.ESTATE_REPORT}
    assert {str(e.law) for e in found if e.element in PAPERS and e.receiver is Receiver.HOME_MUNICIPALITY} == {
        "DB § 74, stk. 2"
    }


@pytest.mark.parametrize("kind", [OrganisationKind.SELF_OWNING_YOUTH, OrganisationKind.SELF_OWNING_ELDERLY])
def test_a_self_owning_institution_owes_papers_and_no_dialogue(kind: OrganisationKind) -> None:
    found = expectations(master(kind, estate()), YEAR)
    not_owed = {(e.element, e.reason, str(e.law)) for e in found if not e.owed}
    dialogue = (Element.GOVERNANCE_REPORT, Element.DIALOGUE_MEETING, Element.STATEMENT)
    assert not_owed == {(element, Reason.NO_DIALOGUE_DUTY, "ABL § 169, stk. 1") for element in dialogue}
    assert {e.element for e in found if e.owed} == {*PAPERS, Element.ACCOUNTS_QUESTIONNAIRE}
    assert {str(e.law) for e in found if e.element is Element.ANNUAL_REPORT} == {"DB § 78, stk. 2"}
    assert Element.ESTATE_REPORT not in {e.element for e in found}


@pytest.mark.parametrize("kind", [OrganisationKind.MUNICIPAL_ELDERLY, OrganisationKind.REGIONAL_ELDERLY])
def test_public_homes_owe_nothing_here_and_it_says_why(kind: OrganisationKind) -> None:
    found = expectations(master(kind), YEAR)
    assert not any(e.owed for e in found)
    assert {(e.element, e.reason) for e in found} == {
        (Element.GOVERNANCE_REPORT, Reason.NO_DIALOGUE_DUTY),
        (Element.DIALOGUE_MEETING, Reason.NO_DIALOGUE_DUTY),
        (Element.STATEMENT, Reason.NO_DIALOGUE_DUTY),
        (Element.ACCOUNTS, Reason.PUBLIC_ACCOUNTS),
    }
    assert {str(e.law) for e in found} == {"DB § 78, stk. 1"}


@pytest.mark.parametrize("kind", [EstateKind.SIDE_ACTIVITY, EstateKind.NON_SOCIAL])
def test_the_accounts_of_side_activities_go_home_only_wherever_they_lie(kind: EstateKind) -> None:
    side = estate("T0401", kind)
    organisation = master(OrganisationKind.HOUSING_ORGANISATION, side, lies={"T001-T0401": (THERE,)})
    found = expectations(organisation, YEAR)
    assert table(found, "T001-T0401") == {
        ("accounts", "T001-T0401", "home_municipality", "T01", "owed", "DB § 74, stk. 3"),
        ("estate_report", "T001-T0401", "home_municipality", "-", "not_a_housing_estate", "DB § 112, stk. 5, nr. 1"),
    }
    assert THERE not in {e.municipality for e in found}


def test_a_service_area_owes_accounts_where_it_lies_and_no_report() -> None:
    service = estate("T0501", EstateKind.SERVICE_AREA)
    organisation = master(OrganisationKind.HOUSING_ORGANISATION, service, lies={"T001-T0501": (THERE,)})
    found = [e for e in expectations(organisation, YEAR) if str(e.unit) == "T001-T0501"]
    owed = {(e.element, e.municipality) for e in found if e.owed}
    assert owed == {
        (Element.ACCOUNTS, HERE),
        (Element.ACCOUNTS, THERE),
        (Element.ACCOUNTS, None),
        (Element.ACCOUNTS_QUESTIONNAIRE, HERE),
    }
    assert [e.reason for e in found if e.element is Element.ESTATE_REPORT] == [Reason.NOT_A_HOUSING_ESTATE]


@pytest.mark.parametrize("since", [None, date(2026, 1, 1)], ids=["under construction", "taken into use next year"])
def test_an_estate_not_yet_in_operation_owes_nothing_and_it_says_why(since: date | None) -> None:
    found = expectations(master(OrganisationKind.HOUSING_ORGANISATION, estate(since=since)), YEAR)
    of_estate = [e for e in found if str(e.unit) == "T001-T0101"]
    assert {(e.element, e.reason) for e in of_estate} == {
        (Element.ESTATE_REPORT, Reason.NOT_IN_OPERATION),
        (Element.ACCOUNTS, Reason.NOT_IN_OPERATION),
    }


def test_another_authority_by_the_articles_takes_the_place_of_the_home_municipality() -> None:
    organisation = master(OrganisationKind.HOUSING_ORGANISATION, estate(), authority="En anden myndighed")
    found = expectations(organisation, YEAR)
    assert Receiver.HOME_MUNICIPALITY not in {e.receiver for e in found}
    to_authority = [e for e in found if e.receiver is Receiver.OTHER_AUTHORITY]
    assert Element.GOVERNANCE_REPORT in {e.element for e in to_authority}
    assert {(e.municipality, e.owed) for e in to_authority} == {(None, True)}


def test_without_a_known_home_municipality_the_duty_is_shown_as_undecided() -> None:
    found = expectations(master(OrganisationKind.HOUSING_ORGANISATION, estate(), home=None), YEAR)
    at_home = [e for e in found if e.receiver is Receiver.HOME_MUNICIPALITY]
    assert at_home
    assert {e.reason for e in at_home} == {Reason.HOME_MUNICIPALITY_UNKNOWN}
    elsewhere = [e for e in found if e.receiver is Receiver.LOCATION_MUNICIPALITY]
    assert {e.municipality for e in elsewhere} == {HERE}, "what is known is still owed"


def test_a_year_without_an_accounting_period_owes_the_meeting_and_the_statement_alone() -> None:
    report, *owed = expectations(master(periods=()), YEAR)
    assert (report.element, report.reason) == (Element.GOVERNANCE_REPORT, Reason.NO_ACCOUNTING_PERIOD)
    assert [(e.element, e.municipality) for e in owed if e.owed] == [
        (Element.DIALOGUE_MEETING, HERE),
        (Element.STATEMENT, HERE),
    ]
    assert len(expectations(master(periods=(), home=None), YEAR)) == 1
    assert len(expectations(master(OrganisationKind.SELF_OWNING_YOUTH, periods=()), YEAR)) == 1


MOVED = (
    HomeMunicipality(organisation=ONE, municipality=HERE, valid=Validity(None, date(2026, 5, 31))),
    HomeMunicipality(organisation=ONE, municipality=THERE, valid=Validity(date(2026, 6, 1), date(2027, 2, 28))),
)


@pytest.mark.parametrize(
    ("on", "leader"),
    [
        pytest.param(None, HERE, id="without a day: at the end of the period"),
        pytest.param(date(2025, 6, 1), HERE, id="before the period has ended"),
        pytest.param(date(2026, 5, 31), HERE, id="the day before the move"),
        pytest.param(date(2026, 6, 1), THERE, id="the day of the move"),
        pytest.param(date(2031, 1, 1), THERE, id="long afterwards: as on the year's last day"),
    ],
)
def test_the_year_follows_the_home_until_it_is_over(on: date | None, leader: MunicipalityCode) -> None:
    organisation = evolve(master(OrganisationKind.HOUSING_ORGANISATION, estate()), home_municipalities=MOVED)
    assert leader_of(organisation, YEAR, on) == leader
    at_home = {e.municipality for e in expectations(organisation, YEAR, on) if e.receiver is Receiver.HOME_MUNICIPALITY}
    assert at_home == {leader}


def test_who_has_no_home_any_more_is_still_led_by_the_last_one() -> None:
    ended = evolve(master(), home_municipalities=MOVED[:1])
    assert leader_of(ended, YEAR, date(2026, 12, 1)) == HERE
    assert leader_of(master(home=None), YEAR, date(2026, 12, 1)) is None


def test_the_last_day_of_the_years_last_period_decides() -> None:
    whole = AccountingPeriod(date(2024, 7, 1), date(2025, 6, 30))
    short = AccountingPeriod(date(2025, 7, 1), date(2025, 12, 31))
    organisation = master(OrganisationKind.HOUSING_ORGANISATION, estate(since=date(2025, 9, 1)), periods=(short, whole))
    reasons = {e.reason for e in expectations(organisation, YEAR) if e.element is Element.ESTATE_REPORT}
    assert reasons == {Reason.OWED}
    earlier = evolve(organisation, periods=(whole,))
    reasons = {e.reason for e in expectations(earlier, YEAR) if e.element is Element.ESTATE_REPORT}
    assert reasons == {Reason.NOT_IN_OPERATION}


def test_an_estate_sold_before_the_last_day_is_somebody_elses_duty() -> None:
    organisation = master(OrganisationKind.HOUSING_ORGANISATION, estate())
    until = Validity(None, date(2025, 12, 30))
    sold = evolve(organisation, ownerships=(Ownership(organisation=ONE, estate=estate().id, valid=until),))
    assert {str(e.unit) for e in expectations(sold, YEAR)} == {"T001"}


ESTATES = st.builds(
    estate,
    st.sampled_from(["T0101", "T0201", "T0301", "T0401"]),
    st.sampled_from(EstateKind),
    st.sampled_from([None, LONG_AGO, date(2026, 1, 1)]),
)
PLACES = st.lists(st.sampled_from([HERE, THERE, YONDER]), min_size=1, max_size=2, unique=True).map(tuple)


@given(
    st.sampled_from(OrganisationKind),
    st.lists(st.tuples(ESTATES, PLACES), max_size=4, unique_by=lambda pair: pair[0].id),
    st.sampled_from([HERE, THERE, None]),
)
def test_every_row_of_the_table_is_decided_once_and_with_a_paragraph(
    kind: OrganisationKind,
    estates: list[tuple[Estate, tuple[MunicipalityCode, ...]]],
    home: MunicipalityCode | None,
) -> None:
    places = {str(each.id): codes for each, codes in estates}
    organisation = master(kind, *(each for each, _ in estates), home=home, lies=places)
    found = expectations(organisation, YEAR)
    keys = [(e.element, e.unit, e.receiver, e.municipality) for e in found]
    assert len(keys) == len(set(keys))
    for e in found:
        assert str(e.law)
        assert e.owed is (e.reason is Reason.OWED)
        if e.owed and e.receiver in (Receiver.HOME_MUNICIPALITY, Receiver.LOCATION_MUNICIPALITY):
            assert e.municipality is not None
        if e.element is Element.ESTATE_REPORT and e.owed:
            assert kind.takes_part_in_dialogue
        if e.receiver is Receiver.LOCATION_MUNICIPALITY:
            assert e.municipality != home


@pytest.mark.parametrize("kind", [OrganisationKind.MUNICIPAL_ELDERLY, OrganisationKind.REGIONAL_ELDERLY])
def test_public_homes_owe_nothing_here_for_their_estates_either(kind: OrganisationKind) -> None:
    found = expectations(master(kind, estate()), YEAR)
    assert not any(e.owed for e in found)
    assert {str(e.unit) for e in found} == {"T001"}


@pytest.mark.parametrize("kind", [OrganisationKind.SELF_OWNING_YOUTH, OrganisationKind.SELF_OWNING_ELDERLY])
def test_a_self_owning_institution_owes_no_copies_elsewhere(kind: OrganisationKind) -> None:
    found = expectations(master(kind, estate(), lies={"T001-T0101": (THERE,)}), YEAR)
    assert Receiver.LOCATION_MUNICIPALITY not in {e.receiver for e in found}
    at_home = [e for e in found if e.element is Element.ACCOUNTS and e.receiver is Receiver.HOME_MUNICIPALITY]
    assert {str(e.law) for e in at_home} == {"DB § 78, stk. 2"}


def test_a_place_code_receives_nothing() -> None:
    organisation = master(
        OrganisationKind.HOUSING_ORGANISATION, estate(), lies={"T001-T0101": (MunicipalityCode("411"),)}
    )
    assert {e.municipality for e in expectations(organisation, YEAR)} <= {HERE, None}


def test_a_side_activity_not_yet_in_operation_owes_no_accounts() -> None:
    side = estate("T0901", EstateKind.SIDE_ACTIVITY, since=None)
    found = expectations(master(OrganisationKind.HOUSING_ORGANISATION, side), YEAR)
    assert [e.reason for e in found if str(e.unit) == "T001-T0901" and e.element is Element.ACCOUNTS] == [
        Reason.NOT_IN_OPERATION
    ]
