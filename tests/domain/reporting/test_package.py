"""What the verbs put into a package, and what they leave alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from almenstyring.domain.errors import AlmenstyringError, InvalidValueError, NotFoundError
from almenstyring.domain.reporting import (
    LARGEST_ATTACHMENT,
    MISSING,
    NONE,
    NOT_APPLICABLE,
    Analysis,
    AnnualReportItem,
    DocumentationPackage,
    QuestionnaireSheet,
    Sourced,
    Typed,
)
from almenstyring.domain.values import Dkk, EstateId, LbfNumber, Number
from almenstyring.testing.builders import clean_accounts

Raised = Callable[..., AlmenstyringError]
Verb = Callable[[DocumentationPackage], DocumentationPackage]

QUESTION = "economy.sound_operation"
ESTATE = EstateId.parse("T001-T0101")
SOURCED = Sourced(source="tal", key="T001/x", retrieved_at=datetime(2026, 6, 1, tzinfo=UTC))


@pytest.mark.parametrize("name", ["status", "report", "organisation", "sendings", "revision"])
def test_a_package_is_frozen(package: DocumentationPackage, name: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(package, name, None)


@pytest.mark.parametrize("changed", [{"revision": 7}, {"editor": "kontor-2"}])
def test_revision_and_editor_are_no_part_of_the_document(
    package: DocumentationPackage, changed: dict[str, Any]
) -> None:
    assert evolve(package, **changed) == package


def test_a_package_of_an_invented_organisation_is_synthetic(package: DocumentationPackage) -> None:
    assert package.is_synthetic
    assert not evolve(package, organisation=LbfNumber("45")).is_synthetic


def test_an_estate_is_named_by_its_id_or_as_printed(package: DocumentationPackage) -> None:
    assert package.sheet(ESTATE) is package.sheet("T001-T0101") is package.estate_reports[0]
    assert package.sheet() is package.report
    assert list(package.sheets()) == [package.report, *package.estate_reports]


@pytest.mark.parametrize("verb", ["sheet", "answer", "clear"])
def test_an_unknown_estate_is_named_in_the_error(package: DocumentationPackage, verb: str, raised: Raised) -> None:
    calls: dict[str, Callable[[], object]] = {
        "sheet": lambda: package.sheet("T001-T9901"),
        "answer": lambda: package.answer(QUESTION, "x", estate="T001-T9901"),
        "clear": lambda: package.clear(QUESTION, estate="T001-T9901"),
    }
    error = raised(NotFoundError, calls[verb])
    assert error.context["estate"] == "T001-T9901" and "T001-T9901" in error.message.da


def test_an_answer_goes_to_its_own_sheet_only(package: DocumentationPackage) -> None:
    changed = package.answer(QUESTION, 7, estate=ESTATE)
    assert changed.sheet(ESTATE)[QUESTION].value == Number(7)
    assert changed.report == package.report
    assert changed.estate_reports[1] == package.estate_reports[1]


def test_a_value_is_signed_by_the_editor_unless_a_source_delivers_it(package: DocumentationPackage) -> None:
    edited = evolve(package, editor="kontor-1")
    assert edited.answer("q", 1).report["q"].provenance == Typed("kontor-1")
    assert edited.answer("q", 1, provenance=SOURCED).report["q"].provenance == SOURCED
    assert edited.answer("q", 1, provenance=SOURCED).answer("q", 2).report["q"].provenance == Typed("kontor-1")


def test_a_comment_keeps_the_value_and_who_gave_it(package: DocumentationPackage) -> None:
    sourced = evolve(package, editor="kontor-1").answer("q", Dkk.of("0"), provenance=SOURCED)
    commented = sourced.answer("q", comment="Se bilaget.").report["q"]
    assert (commented.value, commented.comment, commented.provenance) == (Dkk(0), "Se bilaget.", SOURCED)


def test_a_new_value_keeps_the_comment(package: DocumentationPackage) -> None:
    answered = package.answer("q", 1, comment="Foreløbigt.").answer("q", 2).report["q"]
    assert (answered.value, answered.comment) == (Number(2), "Foreløbigt.")


def test_a_comment_to_a_question_not_answered_is_kept_and_the_question_stays_missing(
    package: DocumentationPackage,
) -> None:
    answer = package.answer("q", comment="Afventer.").report["q"]
    assert answer.is_missing and answer.comment == "Afventer." and answer.provenance == Typed("tester")


@pytest.mark.parametrize("value", [NONE, NOT_APPLICABLE, 0, "none"], ids=repr)
def test_a_cleared_question_is_missing_again_whatever_was_answered(
    package: DocumentationPackage, value: object
) -> None:
    answered = package.answer("q", value, comment="Ja.")
    assert not answered.report["q"].is_missing
    cleared = answered.clear("q")
    assert cleared.report["q"] is MISSING
    assert cleared.report == package.report


def test_clearing_what_was_never_answered_changes_no_answer(package: DocumentationPackage) -> None:
    assert package.clear("never.asked").report == package.report


@pytest.mark.parametrize("verb", [lambda p: p.answer(QUESTION, 1.5), lambda p: p.tell("own_control", True)])
def test_a_value_that_can_be_no_answer_is_refused(package: DocumentationPackage, verb: Verb, raised: Raised) -> None:
    raised(InvalidValueError, verb, package)


def with_questionnaires(package: DocumentationPackage) -> DocumentationPackage:
    units = (package.organisation, ESTATE)
    sheets = (QuestionnaireSheet(unit=unit, questionnaire="test", version=1) for unit in units)
    return evolve(package, questionnaires=tuple(sheets))


def test_a_questionnaire_is_answered_for_the_organisation_or_for_one_estate(package: DocumentationPackage) -> None:
    asked = with_questionnaires(package)
    own, estate = asked.answer_questionnaire("q", 0).answer_questionnaire("q", NONE, unit=ESTATE).questionnaires
    assert (own.answers["q"].value, estate.answers["q"].value) == (Number(0), NONE)
    assert asked.questionnaires[0].answers == {}


def test_a_questionnaire_loses_neither_value_nor_comment(package: DocumentationPackage) -> None:
    answered = with_questionnaires(package).answer_questionnaire("q", 1, comment="Foreløbigt.")
    [own, _] = answered.answer_questionnaire("q", 2).answer_questionnaire("r", "x").questionnaires
    assert (own.answers["q"].value, own.answers["q"].comment) == (Number(2), "Foreløbigt.")
    [own, _] = answered.answer_questionnaire("q", None, comment="Endeligt.").questionnaires
    assert (own.answers["q"].value, own.answers["q"].comment) == (Number(1), "Endeligt.")


def test_a_unit_without_a_questionnaire_is_named_in_the_error(package: DocumentationPackage, raised: Raised) -> None:
    error = raised(NotFoundError, package.answer_questionnaire, "q", "x")
    assert error.context["unit"] == "T001"


def test_an_item_of_the_annual_report_is_told_without_touching_the_others(package: DocumentationPackage) -> None:
    told = package.tell(AnnualReportItem.OWN_CONTROL, "Gennemgået.").tell("cost_goals", NONE)
    assert told.annual_report[AnnualReportItem.OWN_CONTROL].value == "Gennemgået."
    assert told.annual_report[AnnualReportItem.COST_GOALS].value is NONE
    for item in set(AnnualReportItem) - {AnnualReportItem.OWN_CONTROL, AnnualReportItem.COST_GOALS}:
        assert told.annual_report[item] == package.annual_report[item]


def test_an_unknown_item_of_the_annual_report_is_refused_with_the_list(
    package: DocumentationPackage, raised: Raised
) -> None:
    error = raised(NotFoundError, package.tell, "beboerfest", "Ja.")
    assert all(item.value in error.hint.da for item in AnnualReportItem)


def test_a_protocol_is_a_text_or_a_document(package: DocumentationPackage) -> None:
    assert package.with_protocol("Uddrag.").auditors_protocol.summary == "Uddrag."
    assert package.with_protocol(attachment="protokol.pdf").auditors_protocol.attachment == "protokol.pdf"


def test_accounts_replace_those_of_the_same_unit_only(package: DocumentationPackage) -> None:
    empty = evolve(clean_accounts(ESTATE), postings={})
    changed = package.with_accounts(clean_accounts(ESTATE), empty)
    assert changed.accounts_of(ESTATE) == evolve(empty, provenance=Typed("tester"))
    assert len(changed.accounts) == len(package.accounts)
    assert changed.accounts_of(package.organisation) == package.accounts_of(package.organisation)


def test_a_unit_without_accounts_has_none_and_can_be_given_some(package: DocumentationPackage) -> None:
    bare = evolve(package, accounts=())
    assert bare.accounts_of(ESTATE) is None
    given = evolve(clean_accounts(ESTATE), provenance=Typed("kontor-2"))
    assert bare.with_accounts(given).accounts_of(ESTATE) == given


def test_analyses_are_kept_in_the_order_they_were_added(package: DocumentationPackage) -> None:
    first, second = Analysis(title="Energi"), Analysis(title="Huslejer")
    assert package.with_analysis(first).with_analysis(second).analyses == (first, second)


def test_a_document_is_listed_by_size_and_hash_and_replaced_by_name(package: DocumentationPackage) -> None:
    listed = package.attach("a.pdf", b"old").attach("b.txt", b"", "text/plain").attach("a.pdf", b"new!").attachments
    assert [(a.name, a.size, a.media_type) for a in listed] == [
        ("b.txt", 0, "text/plain"),
        ("a.pdf", 4, "application/pdf"),
    ]
    assert listed[1].sha256 == hashlib.sha256(b"new!").hexdigest()


def test_a_document_too_large_is_refused(package: DocumentationPackage, raised: Raised) -> None:
    raised(InvalidValueError, package.attach, "a.pdf", bytes(LARGEST_ATTACHMENT + 1))
