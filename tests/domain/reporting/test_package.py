"""The package: every verb gives a new package, and a sent package refuses them all."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from almenstyring.domain.errors import AlmenstyringError, InvalidValueError, NotAllowedError, NotFoundError
from almenstyring.domain.findings import Finding, Location, Severity
from almenstyring.domain.reporting import (
    LARGEST_ATTACHMENT,
    MISSING,
    NONE,
    NOT_APPLICABLE,
    Analysis,
    AnnualReportItem,
    DocumentationPackage,
    PackageReturn,
    PackageStatus,
    Sending,
    Sourced,
    Typed,
)
from almenstyring.domain.text import Text
from almenstyring.domain.values import Dkk, EstateId, LbfNumber, Number
from almenstyring.testing.builders import clean_accounts

Raised = Callable[..., AlmenstyringError]
Verb = Callable[[DocumentationPackage], DocumentationPackage]

DAY = date(2026, 6, 29)
QUESTION = "economy.sound_operation"
ESTATE = EstateId.parse("T001-T0101")
SOURCED = Sourced(source="tal", key="T001/x", retrieved_at=datetime(2026, 6, 1, tzinfo=UTC))
FINDING = Finding(
    code="TEST-CONFIRM",
    severity=Severity.CONFIRM,
    location=Location(unit="T001"),
    message=Text("Underligt.", "Odd."),
    hint=Text("Se efter.", "Look again."),
    values={"tal": "7"},
)

EDITS: Mapping[str, Verb] = {
    "answer": lambda p: p.answer(QUESTION, "some_degree"),
    "answer of an estate": lambda p: p.answer("estate.x", 0, estate=ESTATE),
    "comment": lambda p: p.answer(QUESTION, comment="Se bilaget."),
    "clear": lambda p: p.clear(QUESTION),
    "tell": lambda p: p.tell("own_control", NONE),
    "with_protocol": lambda p: p.with_protocol("Uddrag."),
    "with_accounts": lambda p: p.with_accounts(clean_accounts(LbfNumber("T001"))),
    "with_analysis": lambda p: p.with_analysis(Analysis(title="Energi")),
    "attach": lambda p: p.attach("protokol.pdf", b"x"),
    "confirm": lambda p: p.confirm(FINDING, reason="Aftalt.", on=DAY),
}
MOVES: Mapping[str, Verb] = {
    "sent": lambda p: p.sent(sending(len(p.sendings) + 1)),
    "under_review": DocumentationPackage.under_review,
    "returned": lambda p: p.returned(PackageReturn(on=DAY, by="kommune-1", reason="Mangler beboere.")),
}
AS_EDITED = [PackageStatus.CREATED, PackageStatus.IN_PROGRESS, PackageStatus.RETURNED]
AS_CLOSED = [PackageStatus.SENT, PackageStatus.UNDER_REVIEW]


def sending(number: int, on: date = DAY) -> Sending:
    return Sending(
        number=number,
        on=on,
        at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
        by="kontor-1",
        standard="Standard=test(2026)",
        standard_hash="0" * 64,
        rules_version="test 1",
    )


def with_status(package: DocumentationPackage, status: PackageStatus) -> DocumentationPackage:
    return evolve(package, status=status)


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("status", AS_EDITED)
def test_every_edit_of_an_open_package_takes_it_into_progress(
    package: DocumentationPackage, status: PackageStatus, name: str
) -> None:
    assert EDITS[name](with_status(package, status)).status is PackageStatus.IN_PROGRESS


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("status", AS_CLOSED)
def test_a_sent_package_refuses_every_edit(
    package: DocumentationPackage, status: PackageStatus, name: str, raised: Raised
) -> None:
    raised(NotAllowedError, EDITS[name], with_status(package, status))


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("sent", {PackageStatus.IN_PROGRESS}),
        ("under_review", {PackageStatus.SENT}),
        ("returned", {PackageStatus.SENT, PackageStatus.UNDER_REVIEW}),
    ],
)
@pytest.mark.parametrize("status", PackageStatus)
def test_a_package_moves_only_by_the_table(
    package: DocumentationPackage, status: PackageStatus, name: str, allowed: set[PackageStatus], raised: Raised
) -> None:
    before = with_status(package, status)
    if status in allowed:
        assert MOVES[name](before).status is not status
    else:
        raised(NotAllowedError, MOVES[name], before)


@pytest.mark.parametrize("name", [*EDITS, *MOVES])
@pytest.mark.parametrize("status", PackageStatus)
def test_no_verb_changes_the_package_it_is_called_on(
    package: DocumentationPackage, status: PackageStatus, name: str
) -> None:
    given = with_status(package, status)
    before = copy.deepcopy(given)
    with suppress(NotAllowedError):
        assert {**EDITS, **MOVES}[name](given) is not given
    assert given == before


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
    assert changed.accounts_of(ESTATE) == empty
    assert len(changed.accounts) == len(package.accounts)
    assert changed.accounts_of(package.organisation) == package.accounts_of(package.organisation)


def test_a_unit_without_accounts_has_none_and_can_be_given_some(package: DocumentationPackage) -> None:
    bare = evolve(package, accounts=())
    assert bare.accounts_of(ESTATE) is None
    assert bare.with_accounts(clean_accounts(ESTATE)).accounts_of(ESTATE) == clean_accounts(ESTATE)


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


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_return_must_give_a_reason(package: DocumentationPackage, reason: str, raised: Raised) -> None:
    sent = MOVES["sent"](EDITS["answer"](package))
    raised(InvalidValueError, sent.returned, PackageReturn(on=DAY, by="kommune-1", reason=reason))


def test_the_first_sending_decides_when_the_package_was_sent(package: DocumentationPackage) -> None:
    assert package.first_sent is None
    first = EDITS["answer"](package).sent(sending(1))
    again = EDITS["answer"](MOVES["returned"](first)).sent(sending(2, on=date(2026, 12, 1)))
    assert again.first_sent == DAY
    assert [one.number for one in again.sendings] == [1, 2]
    assert [one.reason for one in again.returns] == ["Mangler beboere."]
