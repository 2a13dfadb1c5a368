"""What counts as a change of something public, and that it cannot be made silently."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue import Statement, StatementFiling, StatementStatus
from almenstyring.domain.errors import InvalidValueError, NotAllowedError
from almenstyring.domain.findings import Location
from almenstyring.domain.publication import (
    ContentKind,
    CorrectedRecord,
    LoggedCorrection,
    refuse_silent_correction,
    statement_differences,
)
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.testing import strategies

DAY = date(2026, 10, 1)
DRAFT = Statement(
    municipality=MunicipalityCode("T01"),
    report_year=ReportYear(2026),
    organisations=(LbfNumber("T001"), LbfNumber("T002")),
    text="SYNTETISK",
)
PUBLISHED = DRAFT.advanced(DAY).advanced(DAY)
FILING = StatementFiling(reference="K-2", filed_on=DAY)
REPORTED = PUBLISHED.advanced(DAY, filing=StatementFiling(reference="K-1", filed_on=DAY))


def test_the_order_of_the_organisations_is_no_difference() -> None:
    assert statement_differences(PUBLISHED, evolve(PUBLISHED, organisations=PUBLISHED.organisations[::-1])) == ()


@given(text=strategies.texts(), organisations=st.sets(strategies.organisation_numbers(), min_size=1, max_size=3))
def test_every_difference_of_what_the_public_reads_is_told(text: str, organisations: set[LbfNumber]) -> None:
    after = evolve(PUBLISHED, text=text, organisations=tuple(organisations))
    told = {place.item for place, _, _ in statement_differences(PUBLISHED, after)}
    assert ("text" in told) is (text != PUBLISHED.text)
    assert ("organisations" in told) is (organisations != set(PUBLISHED.organisations))


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(evolve(PUBLISHED, text="En anden"), id="other-text"),
        pytest.param(evolve(PUBLISHED, organisations=(LbfNumber("T001"),)), id="other-organisations"),
        pytest.param(DRAFT, id="back-to-draft"),
        pytest.param(evolve(PUBLISHED, website="https://t01.example/dialog"), id="other-website"),
        pytest.param(evolve(REPORTED, filing=FILING), id="another-receipt"),
        pytest.param(evolve(PUBLISHED, dates=(date(2026, 1, 1), DAY)), id="other-days"),
    ],
)
def test_a_published_statement_is_not_changed_silently(given: Statement) -> None:
    kept = REPORTED if given.status is StatementStatus.REPORTED else PUBLISHED
    with pytest.raises(NotAllowedError) as caught:
        refuse_silent_correction(kept, given)
    assert "rettelsesloggen" in caught.value.hint.da and "correct_statement" in caught.value.hint.en


def test_a_published_statement_goes_on_to_be_reported() -> None:
    refuse_silent_correction(PUBLISHED, PUBLISHED)
    refuse_silent_correction(PUBLISHED, PUBLISHED.advanced(DAY, filing=StatementFiling(reference="K-1", filed_on=DAY)))


def test_an_unpublished_statement_can_be_anything() -> None:
    refuse_silent_correction(DRAFT, evolve(DRAFT, text="En anden"))


CORRECTION = LoggedCorrection(
    id="T01/2026/1",
    record=CorrectedRecord.STATEMENT,
    content=ContentKind.STATEMENT,
    municipality=MunicipalityCode("T01"),
    organisations=(LbfNumber("T001"),),
    report_year=ReportYear(2026),
    place=Location(part="statement", unit="T01", item="text"),
    old="a",
    new="b",
    cause="Skrivefejl",
    approved_by="tilsyn-1",
    on=DAY,
)


@pytest.mark.parametrize("field", ["cause", "approved_by"])
@pytest.mark.parametrize("wrong", ["  ", None, 3], ids=repr)
def test_a_correction_needs_a_cause_and_somebody_who_approved_it(field: str, wrong: object) -> None:
    with pytest.raises(InvalidValueError) as caught:
        evolve(CORRECTION, **{field: wrong})  # type: ignore[arg-type]
    assert caught.value.context["field"] == field


@pytest.mark.parametrize(
    "wrong", [{"record": "zz"}, {"content": "zz"}, {"on": "2026-10-01"}], ids=lambda wrong: next(iter(wrong))
)
def test_a_correction_is_of_something_and_has_a_day(wrong: dict[str, str]) -> None:
    with pytest.raises(InvalidValueError) as caught:
        evolve(CORRECTION, **wrong)  # type: ignore[arg-type]
    assert caught.value.message.da and caught.value.hint.da


def test_a_name_that_an_earlier_version_kept_as_approver_can_still_be_read() -> None:
    assert evolve(CORRECTION, approved_by="Et Navn").approved_by == "Et Navn"
