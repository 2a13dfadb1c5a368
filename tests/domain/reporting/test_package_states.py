"""Every verb gives a new package and moves it by the table; a sent package refuses every edit."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from attrs import evolve

from almenstyring.domain.errors import AlmenstyringError, InvalidValueError, NotAllowedError
from almenstyring.domain.findings import Finding, Location, Severity
from almenstyring.domain.reporting import (
    NONE,
    Analysis,
    DocumentationPackage,
    PackageReturn,
    PackageStatus,
    QuestionnaireSheet,
    Sending,
)
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, LbfNumber
from almenstyring.testing.builders import clean_accounts

Raised = Callable[..., AlmenstyringError]
Verb = Callable[[DocumentationPackage], DocumentationPackage]

DAY = date(2026, 6, 29)
QUESTION = "economy.sound_operation"
ESTATE = EstateId.parse("T001-T0101")
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
    "answer_questionnaire": lambda p: p.answer_questionnaire("q1", "ja"),
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
    own = QuestionnaireSheet(unit=package.organisation, questionnaire="organisation", version=1)
    return evolve(package, status=status, questionnaires=(own,))


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
