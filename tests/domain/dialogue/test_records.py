"""A meeting held and a statement published leave the package as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue import DialogueMeeting, Statement, StatementFiling, StatementStatus
from almenstyring.domain.errors import InvalidValueError, NotAllowedError
from almenstyring.domain.values import LbfNumber, MunicipalityCode

Refused = Callable[..., InvalidValueError]

TOWN, YEAR = MunicipalityCode("T01"), ReportYear(2026)
ONE, TWO = LbfNumber("T001"), LbfNumber("T002")
FILING = StatementFiling(reference="SYN-1", filed_on=date(2026, 10, 30))
STEPS = [date(2026, 10, 1), date(2026, 10, 8), date(2026, 11, 1)]


def statement(**changes: Any) -> Statement:
    plain: dict[str, Any] = {"municipality": TOWN, "report_year": YEAR, "organisations": (ONE,), "text": "Godt."}
    return Statement(**(plain | changes))


def test_a_meeting_keeps_both_parties_assessments_apart() -> None:
    meeting = DialogueMeeting(
        organisation=ONE,
        report_year=YEAR,
        municipality=TOWN,
        held_on=date(2026, 9, 1),
        organisations_assessment="Driften er sund.",
        municipalitys_assessment="Huslejen er høj.",
        agreements=("Ny opgørelse i marts.",),
    )
    assert meeting.organisations_assessment != meeting.municipalitys_assessment
    with pytest.raises(FrozenInstanceError):
        meeting.held_on = date(2026, 9, 2)  # type: ignore[misc]


def test_a_meeting_is_a_meeting_though_no_report_came_and_nothing_was_agreed() -> None:
    meeting = DialogueMeeting(organisation=ONE, report_year=YEAR, municipality=TOWN, held_on=date(2026, 9, 1))
    assert meeting.agreements == ()
    assert meeting.organisations_assessment == meeting.municipalitys_assessment == meeting.place == ""


def test_a_statement_goes_from_draft_to_reported_one_step_at_a_time_and_keeps_the_days() -> None:
    steps = [statement()]
    for day in STEPS[:2]:
        steps.append(steps[-1].advanced(day))
    steps.append(steps[-1].advanced(STEPS[2], filing=FILING))
    assert [step.status.value for step in steps] == ["draft", "approved", "published", "reported"]
    assert [step.dates for step in steps] == [tuple(STEPS[:count]) for count in range(4)]
    assert steps[0] == statement(), "a step changes no earlier statement"


def test_two_steps_may_be_taken_on_one_day() -> None:
    assert statement().advanced(STEPS[0]).advanced(STEPS[0]).status is StatementStatus.PUBLISHED


def test_a_reported_statement_goes_no_further() -> None:
    reported = statement(status=StatementStatus.REPORTED, dates=tuple(STEPS))
    with pytest.raises(NotAllowedError) as caught:
        reported.advanced(date(2026, 12, 1))
    error = caught.value
    assert all([error.message.da, error.message.en, error.hint.da, error.hint.en])
    assert error.context["status"] == "reported"


@pytest.mark.parametrize("organisations", [(ONE,), (ONE, TWO)], ids=["one", "two"])
def test_a_statement_covers_one_or_several_organisations(organisations: tuple[LbfNumber, ...]) -> None:
    assert statement(organisations=organisations).organisations == organisations


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"organisations": ()}, id="about no organisation"),
        pytest.param({"status": StatementStatus.PUBLISHED}, id="published on no day"),
        pytest.param({"status": StatementStatus.PUBLISHED, "dates": (STEPS[0],)}, id="published but never approved"),
        pytest.param({"dates": (STEPS[0],)}, id="a draft with the day of a step"),
        pytest.param({"filing": FILING}, id="a draft with a receipt"),
        pytest.param({"website": "javascript:alert(1)"}, id="published at no web address"),
        pytest.param(
            {"status": StatementStatus.PUBLISHED, "dates": (STEPS[1], STEPS[0])}, id="published before approved"
        ),
    ],
)
def test_there_is_no_statement(wrong: dict[str, Any], refused: Refused) -> None:
    refused(statement, **wrong)


@pytest.mark.parametrize(
    ("part", "wrong", "da"),
    [
        pytest.param("title", 3, "overskriften", id="a number as title"),
        pytest.param("text", None, "teksten", id="no text"),
        pytest.param("website", None, "webadressen", id="no address"),
        pytest.param("status", "zz", "status", id="an unknown status"),
        pytest.param("dates", ("2026-10-01",), "dage", id="a day as text"),
        pytest.param("dates", (datetime(2026, 10, 1, 9, tzinfo=UTC),), "dage", id="an instant"),
        pytest.param("organisations", "T001", "boligorganisationerne", id="one organisation and no list"),
        pytest.param("agreements", "A-1", "aftalerne", id="one agreement and no list"),
        pytest.param("agreements", (1,), "aftalerne", id="a number as agreement"),
        pytest.param("filing", "SYN-1", "kvitteringen", id="a text as receipt"),
    ],
)
def test_a_part_of_another_kind_is_refused_with_its_name_and_a_remedy(
    refused: Refused, part: str, wrong: object, da: str
) -> None:
    error = refused(statement, **{part: wrong})
    assert da in error.message.da and error.hint.da and error.hint.en


def test_texts_are_taken_for_codes_numbers_and_a_status() -> None:
    given = statement(municipality="T01", organisations=["T001", TWO], status="draft")
    assert given == statement(organisations=(ONE, TWO))


def test_a_receipt_has_a_day(refused: Refused) -> None:
    refused(StatementFiling, reference="SYN-1", filed_on="2026-10-30")


def test_a_step_cannot_lie_before_the_one_it_follows(refused: Refused) -> None:
    refused(statement().advanced(STEPS[1]).advanced, STEPS[0])


def test_without_the_central_receipt_nothing_is_reported_but_an_old_record_stays_as_it_was() -> None:
    published = statement().advanced(STEPS[0]).advanced(STEPS[1], website="https://t01.example/dialog")
    with pytest.raises(NotAllowedError) as caught:
        published.advanced(STEPS[2])
    assert "kvitteringens nummer" in caught.value.hint.da and "filing=" in caught.value.hint.en
    reported = published.advanced(STEPS[2], filing=FILING)
    assert (reported.filing, reported.website) == (FILING, "https://t01.example/dialog")
    assert statement(status=StatementStatus.REPORTED, dates=tuple(STEPS)).filing is None


def test_a_receipt_has_a_reference(refused: Refused) -> None:
    refused(StatementFiling, reference=" ", filed_on=STEPS[0])
