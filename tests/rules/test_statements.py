"""What a statement still lacks: both assessments, agreements, areas, a meeting, the right municipality."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from almenstyring.domain.agreements import Agreement
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue import AreaMinutes, DialogueMeeting, Statement
from almenstyring.domain.findings import CheckReport, Severity
from almenstyring.domain.organisations import HousingArea, Validity
from almenstyring.domain.text import LANGUAGES
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.rules.statements import STATEMENT_RULES, check_statement
from almenstyring.testing.agreement_strategies import agreements
from almenstyring.testing.builders import clean_master_data

ONE, TWO, TOWN, YEAR = LbfNumber("T001"), LbfNumber("T002"), MunicipalityCode("T01"), ReportYear(2026)
HELD = date(2026, 9, 1)
PERMANENT = {
    "STATEMENT-MEETING-MISSING",
    "STATEMENT-ASSESSMENT-MISSING",
    "STATEMENT-AGREEMENT-MISSING",
    "STATEMENT-AGREEMENT-UNKNOWN",
    "STATEMENT-AREA-MISSING",
    "STATEMENT-NOT-AT-HOME",
    "STATEMENT-TEXT-MISSING",
}


def meeting(number: LbfNumber = ONE, **changes: Any) -> DialogueMeeting:
    plain: dict[str, Any] = {
        "organisation": number,
        "report_year": YEAR,
        "municipality": TOWN,
        "held_on": HELD,
        "organisations_assessment": "SYNTETISK: driften er sund.",
        "municipalitys_assessment": "SYNTETISK: enig.",
    }
    return DialogueMeeting(**(plain | changes))


def statement(**changes: Any) -> Statement:
    plain: dict[str, Any] = {"municipality": TOWN, "report_year": YEAR, "organisations": (ONE,), "text": "SYNTETISK"}
    return Statement(**(plain | changes))


MASTER = clean_master_data()
AREA = HousingArea(name="Opdigtet Park", estates=(MASTER.estates[0].id,))


def codes(report: CheckReport) -> list[str]:
    return [finding.code for finding in report]


def test_the_codes_are_permanent_and_nothing_blocks() -> None:
    assert {rule.code for rule in STATEMENT_RULES} == PERMANENT
    assert {rule.severity for rule in STATEMENT_RULES} <= {Severity.CONFIRM, Severity.WARNING}


def test_a_statement_with_all_it_needs_lacks_nothing() -> None:
    assert codes(check_statement(statement(), [meeting()], (), [MASTER])) == []


@pytest.mark.parametrize("lacking", ["organisations_assessment", "municipalitys_assessment"])
def test_both_parties_assessments_are_wanted(lacking: str) -> None:
    blank: dict[str, Any] = {lacking: "  "}
    [found] = check_statement(statement(), [meeting(**blank)], (), [MASTER])
    assert (found.code, str(found.law)) == ("STATEMENT-ASSESSMENT-MISSING", "DB § 112, stk. 7, nr. 1")
    assert ("kommunens" in found.message.da) is (lacking == "municipalitys_assessment")


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param([], id="none"),
        pytest.param([meeting(report_year=ReportYear(2025))], id="of another year"),
        pytest.param([meeting(municipality=MunicipalityCode("T02"))], id="of another municipality"),
        pytest.param([meeting(TWO)], id="of another organisation"),
    ],
)
def test_an_organisation_without_a_meeting_is_told_once(wrong: list[DialogueMeeting]) -> None:
    assert codes(check_statement(statement(), wrong, (), [MASTER])) == ["STATEMENT-MEETING-MISSING"]


def test_every_housing_area_there_was_wants_a_section() -> None:
    gone = HousingArea(name="Opdigtet Have", estates=(), valid=Validity(None, date(2020, 1, 1)))
    master = evolve(MASTER, areas=(AREA, gone))
    [found] = check_statement(statement(), [meeting()], (), [master])
    assert (found.code, found.location.item) == ("STATEMENT-AREA-MISSING", "Opdigtet Park")
    told = meeting(areas=(AreaMinutes(area="Opdigtet Park"),))
    assert codes(check_statement(statement(), [told], (), [master])) == []


def test_an_organisation_at_home_elsewhere_is_told() -> None:
    elsewhere = evolve(MASTER, home_municipalities=())
    [found] = check_statement(statement(), [meeting()], (), [elsewhere])
    assert found.code == "STATEMENT-NOT-AT-HOME"


def test_each_meeting_of_the_year_away_from_home_is_told() -> None:
    days = (date(2026, 5, 4), date(2026, 6, 1))
    elsewhere = evolve(MASTER, home_municipalities=())
    found = check_statement(statement(), [meeting(held_on=day) for day in days], (), [elsewhere])
    assert [each.values["on"] for each in found] == [str(day) for day in days]


def test_an_empty_statement_is_told() -> None:
    assert codes(check_statement(statement(text=" "), [meeting()], (), [MASTER])) == ["STATEMENT-TEXT-MISSING"]


@settings(max_examples=40)
@given(st.lists(agreements(ONE), max_size=4, unique_by=lambda each: each.id), st.data())
def test_each_agreement_of_the_year_s_meeting_is_named_or_asked_for(kept: list[Agreement], data: st.DataObject) -> None:
    made = [
        evolve(each, municipality=TOWN, concluded_at=data.draw(st.sampled_from([None, YEAR, ReportYear(2025)])))
        for each in kept
    ]
    named = tuple(each.id for each in made if data.draw(st.booleans()))
    found = check_statement(statement(agreements=named), [meeting()], made, [MASTER])
    wanted = {each.id for each in made if each.concluded_at == YEAR} - set(named)
    assert [finding.location.item for finding in found] == sorted(wanted)
    assert found.codes() <= {"STATEMENT-AGREEMENT-MISSING"}


@settings(max_examples=20)
@given(agreements(ONE))
def test_an_id_that_is_no_agreement_with_an_organisation_of_the_statement_is_told(made: Agreement) -> None:
    known = evolve(made, municipality=TOWN, concluded_at=None)
    told = statement(agreements=(known.id,))
    assert codes(check_statement(told, [meeting()], [known], [MASTER])) == []
    elsewhere = evolve(known, municipality=MunicipalityCode("T02"))
    for others in ([], [elsewhere]):
        [found] = check_statement(told, [meeting()], others, [MASTER])
        assert (found.code, found.location.item) == ("STATEMENT-AGREEMENT-UNKNOWN", known.id)


def test_a_statement_that_lacks_everything_says_so_in_both_languages() -> None:
    master = evolve(MASTER, areas=(AREA,), home_municipalities=())
    bare = meeting(organisations_assessment="", municipalitys_assessment="")
    found = check_statement(statement(organisations=(ONE, TWO), text="", agreements=("NOPE",)), [bare], (), [master])
    assert found.codes() == PERMANENT - {"STATEMENT-AGREEMENT-MISSING"}
    for finding in found:
        for text in (finding.message, finding.hint):
            assert all(text[language] and "{" not in text[language] for language in LANGUAGES)
        assert finding.law is not None and finding.location.unit
