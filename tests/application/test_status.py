"""Status: one row for every element, owed or why not, by the date that is its own."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.application.status import Delivery, StatusRow, status_rows
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.organisations import (
    Element,
    EstateKind,
    EstateLocation,
    MasterData,
    OrganisationKind,
    Reason,
    Receiver,
    Unit,
    expectations,
)
from almenstyring.domain.reporting import (
    AnnualReport,
    AnnualReportItem,
    Answer,
    AuditorsProtocol,
    Deadline,
    DocumentationPackage,
    Extension,
    PackageProgress,
    PackageReturn,
    PackageStatus,
    QuestionnaireSheet,
    Sending,
    Timeliness,
    Timing,
)
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.testing.builders import clean_master_data, clean_package

YEAR = ReportYear(2026)
OWNER = LbfNumber("T001")
HOME, NEIGHBOUR, STRANGER = (MunicipalityCode(f"T0{number}") for number in (1, 2, 3))
SIX_MONTHS = date(2026, 6, 30)  # after the accounting period 2025
DUE = date(2026, 9, 1)
EARLY = date(2026, 5, 1)
IN_TIME = Timing(Timeliness.ON_TIME)
REPORTS = {Element.GOVERNANCE_REPORT, Element.ESTATE_REPORT}
PAPERS = {Element.ACCOUNTS, Element.ACCOUNTS_QUESTIONNAIRE, Element.ANNUAL_REPORT, Element.AUDITORS_PROTOCOL}
DIALOGUE = {Element.DIALOGUE_MEETING, Element.STATEMENT}


def across_the_border() -> MasterData:
    """T001 with its second estate in the neighbouring municipality."""
    master = clean_master_data()
    first, second = master.locations
    return evolve(master, locations=(first, evolve(second, municipality=NEIGHBOUR)))


def deadline(*extensions: date) -> Deadline:
    """The deadline of 1 September, with extensions."""
    given = tuple(
        Extension(until=until, granted_by="tilsyn-1", granted_on=EARLY, reason="sygdom") for until in extensions
    )
    return Deadline(
        organisation=OWNER,
        report_year=YEAR,
        municipality=HOME,
        due=DUE,
        set_by="tilsyn-1",
        set_on=EARLY,
        extensions=given,
    )


def whole() -> DocumentationPackage:
    """A package with everything an organisation and its two estates owe."""
    package = clean_package()
    units: list[Unit] = [sheet.unit for sheet in package.sheets()]
    sheets = tuple(QuestionnaireSheet(unit=unit, questionnaire="q", version=1) for unit in units)
    return evolve(package, questionnaires=sheets, status=PackageStatus.IN_PROGRESS)


def sent(package: DocumentationPackage, *days: date) -> DocumentationPackage:
    """The package after its sendings on these days."""
    sendings = tuple(
        Sending(
            number=number,
            on=day,
            at=datetime(2026, 1, 1, tzinfo=UTC),
            by="kontor-1",
            standard=package.standard,
            standard_hash="h",
            rules_version="1",
        )
        for number, day in enumerate(days, start=1)
    )
    return evolve(package, sendings=sendings, status=PackageStatus.SENT)


def delivery(package: DocumentationPackage, *days: date, due: Deadline | None = None) -> Delivery:
    """The same package sent on each of these days."""
    sendings = tuple(sent(package, *days[: count + 1]) for count in range(len(days)))
    return came_to(sendings[-1] if sendings else package, *sendings, due=due)


def came_to(package: DocumentationPackage, *sendings: DocumentationPackage, due: Deadline | None = None) -> Delivery:
    """The package as it is now, after those sendings."""
    return Delivery(progress=PackageProgress.of(package, sendings, opened=date(2026, 1, 1)), deadline=due)


def rows(
    given: Delivery | None = None,
    on: date = EARLY,
    *,
    master: MasterData | None = None,
    municipality: MunicipalityCode | None = None,
) -> list[StatusRow]:
    """The rows of one organisation."""
    master = master or clean_master_data()
    return list(status_rows([master], {master.number: given} if given else {}, YEAR, on, municipality))


def row(found: list[StatusRow], element: Element, unit: str = "T001") -> StatusRow:
    """The one row of an element of a unit that goes to the home municipality or the public."""
    [one] = [
        each
        for each in found
        if each.expectation.element is element
        and str(each.expectation.unit) == unit
        and each.expectation.receiver is not Receiver.LANDSBYGGEFONDEN
    ]
    return one


@pytest.mark.parametrize("kind", OrganisationKind)
def test_there_is_a_row_for_every_expectation_and_no_other(kind: OrganisationKind) -> None:
    master = clean_master_data(kind=kind)
    assert [each.expectation for each in rows(master=master)] == list(expectations(master, YEAR))
    assert {(each.organisation, each.name) for each in rows(master=master)} == {(OWNER, master.organisation.name)}


def by_reason() -> dict[Reason, MasterData]:
    """Master data that gives each reason."""
    clean = clean_master_data()
    kind = OrganisationKind

    def with_estate(**changes: object) -> MasterData:
        estate = evolve(clean.estates[0], **changes)  # type: ignore[arg-type]
        return evolve(clean, estates=(estate, *clean.estates[1:]))

    return {
        Reason.OWED: clean,
        Reason.NO_DIALOGUE_DUTY: clean_master_data(kind=kind.SELF_OWNING_YOUTH),
        Reason.PUBLIC_ACCOUNTS: clean_master_data(kind=kind.MUNICIPAL_ELDERLY),
        Reason.NO_ESTATES: clean_master_data(kind=kind.ADMINISTRATION_ORGANISATION),
        Reason.NOT_IN_OPERATION: with_estate(in_operation_from=None),
        Reason.NOT_A_HOUSING_ESTATE: with_estate(kind=EstateKind.SIDE_ACTIVITY),
        Reason.NO_ACCOUNTING_PERIOD: evolve(clean, periods=()),
        Reason.HOME_MUNICIPALITY_UNKNOWN: evolve(clean, home_municipalities=(), locations=()),
    }


@pytest.mark.parametrize("reason", Reason)
def test_what_is_not_owed_says_why_and_is_neither_due_nor_late(reason: Reason) -> None:
    master = by_reason()[reason]
    found = rows(delivery(whole(), EARLY, due=deadline()), date(2027, 1, 1), master=master)
    of_reason = [each for each in found if each.expectation.reason is reason]
    assert of_reason
    if reason is not Reason.OWED:
        assert {(each.due, each.timing, each.delivered) for each in of_reason} == {
            (None, Timing(Timeliness.NO_DEADLINE), False)
        }


def test_before_anything_is_opened_nothing_is_known_but_the_dates() -> None:
    for each in rows():
        assert (each.status, each.opened, each.delivered, each.sent_on, each.times_returned) == (
            None, None, False, None, 0,
        )  # fmt: skip


def test_the_report_is_due_when_the_municipality_says_and_the_papers_after_six_months() -> None:
    for each in rows(Delivery(deadline=deadline())):
        element, to = each.expectation.element, each.expectation.receiver
        expected = DUE if element in REPORTS else SIX_MONTHS if element in PAPERS else None
        assert each.due == (None if to is Receiver.LANDSBYGGEFONDEN else expected), element


def test_an_extension_moves_the_report_and_not_the_papers() -> None:
    found = rows(Delivery(deadline=deadline(date(2026, 10, 1), date(2026, 11, 1))))
    assert row(found, Element.GOVERNANCE_REPORT).due == date(2026, 11, 1)
    assert row(found, Element.ANNUAL_REPORT).due == SIX_MONTHS


def test_without_a_deadline_the_report_is_never_late() -> None:
    found = rows(on=date(2030, 1, 1))
    assert row(found, Element.GOVERNANCE_REPORT).timing == Timing(Timeliness.NO_DEADLINE)
    assert row(found, Element.ACCOUNTS).timing.timeliness is Timeliness.OVERDUE


@given(st.integers(-400, 400))
def test_what_is_not_sent_is_overdue_from_the_day_after_its_date(days: int) -> None:
    found = rows(Delivery(deadline=deadline()), DUE + timedelta(days))
    expected = Timing(Timeliness.OVERDUE, days) if days > 0 else Timing(Timeliness.NOT_DUE)
    assert row(found, Element.GOVERNANCE_REPORT).timing == expected
    assert row(found, Element.ESTATE_REPORT, "T001-T0101").timing == expected


@given(st.integers(-400, 400), st.integers(0, 400))
def test_what_is_sent_stays_in_time_or_late_by_its_days_for_ever(days: int, later: int) -> None:
    day = SIX_MONTHS + timedelta(days)
    found = rows(delivery(whole(), day, due=deadline()), day + timedelta(later))
    for element in PAPERS:
        one = row(found, element)
        assert one.timing == (Timing(Timeliness.LATE, days) if days > 0 else IN_TIME)
        assert (one.delivered, one.sent_on) == (True, day)


def test_one_day_judges_report_and_papers_each_by_its_own_date() -> None:
    found = rows(delivery(whole(), date(2026, 7, 10), due=deadline()), date(2026, 12, 1))
    assert row(found, Element.GOVERNANCE_REPORT).timing == IN_TIME
    assert row(found, Element.ACCOUNTS).timing == Timing(Timeliness.LATE, 10)
    assert row(found, Element.ACCOUNTS, "T001-T0201").timing == Timing(Timeliness.LATE, 10)


def test_a_package_that_is_sent_again_stays_in_time_by_its_first_sending() -> None:
    found = rows(delivery(whole(), EARLY, date(2026, 12, 1), due=deadline()), date(2026, 12, 24))
    for element in REPORTS - {Element.ESTATE_REPORT} | PAPERS:
        assert (row(found, element).sent_on, row(found, element).timing) == (EARLY, IN_TIME)


def test_a_paper_that_first_came_with_the_second_sending_was_delivered_then() -> None:
    first = sent(evolve(whole(), accounts=()), EARLY)
    second = sent(whole(), EARLY, date(2026, 7, 3))
    found = rows(came_to(second, first, second, due=deadline()), date(2026, 8, 1))
    assert row(found, Element.GOVERNANCE_REPORT).sent_on == EARLY
    late = row(found, Element.ACCOUNTS)
    assert (late.delivered, late.sent_on, late.timing) == (True, date(2026, 7, 3), Timing(Timeliness.LATE, 3))


def test_a_paper_that_the_last_sending_no_longer_has_is_not_delivered() -> None:
    first, second = sent(whole(), EARLY), sent(evolve(whole(), accounts=()), EARLY, date(2026, 7, 3))
    found = rows(came_to(second, first, second), date(2026, 7, 5))
    assert not row(found, Element.ACCOUNTS).delivered
    assert row(found, Element.ACCOUNTS).timing == Timing(Timeliness.OVERDUE, 5)
    assert row(found, Element.ANNUAL_REPORT).delivered


LACKING = {
    "the estate's report": (Element.ESTATE_REPORT, "T001-T0101", {"estate_reports": whole().estate_reports[1:]}),
    "the organisation's accounts": (Element.ACCOUNTS, "T001", {"accounts": whole().accounts[1:]}),
    "the estate's accounts": (Element.ACCOUNTS, "T001-T0201", {"accounts": whole().accounts[:2]}),
    "the questionnaire": (Element.ACCOUNTS_QUESTIONNAIRE, "T001", {"questionnaires": whole().questionnaires[1:]}),
    "the annual report": (Element.ANNUAL_REPORT, "T001", {"annual_report": AnnualReport()}),
    "an annual report of empty lines": (
        Element.ANNUAL_REPORT,
        "T001",
        {"annual_report": AnnualReport(items={AnnualReportItem.OWN_CONTROL: Answer(value="")})},
    ),
    "the protocol": (Element.AUDITORS_PROTOCOL, "T001", {"auditors_protocol": AuditorsProtocol(summary=" ")}),
}


@pytest.mark.parametrize(("element", "unit", "changes"), LACKING.values(), ids=LACKING.keys())
def test_a_sent_package_delivers_only_what_is_in_it(element: Element, unit: str, changes: dict[str, object]) -> None:
    package: DocumentationPackage = evolve(whole(), **changes)  # type: ignore[arg-type]
    found = rows(delivery(package, EARLY, due=deadline()))
    assert row(rows(delivery(whole(), EARLY, due=deadline())), element, unit).delivered
    assert not row(found, element, unit).delivered
    assert row(found, element, unit).sent_on is None
    others = [each for each in found if each.expectation.element not in {element, *DIALOGUE}]
    others = [each for each in others if each.expectation.receiver is not Receiver.LANDSBYGGEFONDEN]
    assert all(each.delivered for each in others)


def test_a_signed_annual_report_counts_without_its_items() -> None:
    package = evolve(whole(), annual_report=AnnualReport(attachment="beretning.pdf"))
    assert row(rows(delivery(package, EARLY)), Element.ANNUAL_REPORT).delivered


def test_a_draft_delivers_nothing_however_whole_it_is() -> None:
    found = rows(delivery(whole(), due=deadline()))
    assert not any(each.delivered for each in found)
    report = row(found, Element.GOVERNANCE_REPORT)
    assert (report.status, report.opened) == (PackageStatus.IN_PROGRESS, date(2026, 1, 1))


def test_a_returned_package_is_delivered_and_returned() -> None:
    first = sent(whole(), EARLY)
    returned = first.returned(PackageReturn(on=date(2026, 5, 9), by="tilsyn-1", reason="mangler"))
    report = row(rows(came_to(returned, first, due=deadline())), Element.GOVERNANCE_REPORT)
    assert (report.status, report.times_returned) == (PackageStatus.RETURNED, 1)
    assert (report.delivered, report.timing) == (True, IN_TIME)


def test_a_package_under_review_says_so() -> None:
    first = sent(whole(), EARLY)
    found = rows(came_to(first.under_review(), first))
    for element in PAPERS | {Element.GOVERNANCE_REPORT}:
        assert row(found, element).status is PackageStatus.UNDER_REVIEW


def test_meeting_and_statement_are_owed_without_a_date_and_apart_from_the_package() -> None:
    given = evolve(
        delivery(whole(), EARLY, due=deadline()),
        meeting_held=date(2026, 10, 1),
        statement_published=date(2026, 12, 1),
    )
    for element, day in ((Element.DIALOGUE_MEETING, date(2026, 10, 1)), (Element.STATEMENT, date(2026, 12, 1))):
        held = row(rows(given, date(2026, 12, 24)), element)
        assert (held.delivered, held.sent_on, held.due, held.status, held.opened) == (True, day, None, None, None)
        assert held.timing == Timing(Timeliness.NO_DEADLINE)
        assert not row(rows(delivery(whole(), EARLY)), element).delivered


def test_the_meeting_is_owed_even_when_no_report_came() -> None:
    assert row(rows(Delivery(meeting_held=EARLY)), Element.DIALOGUE_MEETING).delivered


def test_what_goes_to_landsbyggefonden_is_not_judged_from_here() -> None:
    found = rows(delivery(whole(), EARLY, due=deadline()), date(2027, 1, 1))
    of_fund = [each for each in found if each.expectation.receiver is Receiver.LANDSBYGGEFONDEN]
    assert "T001" in {str(each.expectation.unit) for each in of_fund}
    for each in of_fund:
        assert (each.delivered, each.due, each.timing) == (False, None, Timing(Timeliness.NO_DEADLINE))


def test_the_home_municipality_sees_what_is_owed_to_it_and_why_the_rest_is_not() -> None:
    found = rows(master=across_the_border(), municipality=HOME)
    assert {each.expectation.receiver for each in found} == {Receiver.HOME_MUNICIPALITY, Receiver.PUBLIC}
    everything = rows(master=across_the_border())
    elsewhere = (Receiver.LANDSBYGGEFONDEN, Receiver.LOCATION_MUNICIPALITY)
    assert found == [each for each in everything if each.expectation.receiver not in elsewhere]


def test_a_municipality_of_location_sees_only_its_own_estate_and_the_organisation_s_papers() -> None:
    found = rows(master=across_the_border(), municipality=NEIGHBOUR)
    assert {(each.expectation.element, str(each.expectation.unit)) for each in found} == {
        (Element.GOVERNANCE_REPORT, "T001"),
        (Element.ESTATE_REPORT, "T001-T0201"),
        (Element.ACCOUNTS, "T001"),
        (Element.ACCOUNTS, "T001-T0201"),
        (Element.ANNUAL_REPORT, "T001"),
        (Element.AUDITORS_PROTOCOL, "T001"),
    }
    assert {each.expectation.receiver for each in found} == {Receiver.LOCATION_MUNICIPALITY}


def test_a_municipality_that_is_not_concerned_sees_nothing() -> None:
    assert rows(master=across_the_border(), municipality=STRANGER) == []


@pytest.mark.parametrize("reason", Reason)
def test_no_municipality_sees_what_goes_to_landsbyggefonden(reason: Reason) -> None:
    for municipality in (HOME, NEIGHBOUR):
        found = rows(master=by_reason()[reason], municipality=municipality)
        assert Receiver.LANDSBYGGEFONDEN not in {each.expectation.receiver for each in found}


def test_no_municipality_sees_what_is_owed_to_another_authority() -> None:
    master = clean_master_data()
    master = evolve(master, organisation=evolve(master.organisation, other_authority="Ministeriet"))
    assert Receiver.OTHER_AUTHORITY in {each.expectation.receiver for each in rows(master=master)}
    assert rows(master=master, municipality=HOME) == [], "not even the statement: another authority leads"


@pytest.mark.parametrize("reason", [Reason.NO_ACCOUNTING_PERIOD, Reason.NO_DIALOGUE_DUTY, Reason.NO_ESTATES])
def test_the_home_municipality_sees_why_nothing_is_owed(reason: Reason) -> None:
    master = by_reason()[reason]
    assert reason in {each.expectation.reason for each in rows(master=master, municipality=HOME)}
    assert rows(master=master, municipality=STRANGER) == []


def test_an_estate_that_lies_in_two_municipalities_is_seen_by_both() -> None:
    master = clean_master_data()
    both = EstateLocation(estate=master.estates[0].id, municipality=NEIGHBOUR)
    master = evolve(master, locations=(*master.locations, both))
    for municipality in (HOME, NEIGHBOUR):
        found = row(rows(master=master, municipality=municipality), Element.ESTATE_REPORT, "T001-T0101")
        assert found.expectation.municipality == municipality


def test_each_organisation_is_judged_by_its_own_delivery() -> None:
    masters = [clean_master_data(number="T001"), clean_master_data(number="T002")]
    found = list(status_rows(masters, {OWNER: delivery(whole(), EARLY)}, YEAR, EARLY))
    assert {str(each.organisation) for each in found if each.delivered} == {"T001"}
    assert {str(each.organisation) for each in found} == {"T001", "T002"}
