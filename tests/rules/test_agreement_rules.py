"""What a check says of the agreements in a package: one finding per agreement nobody told of, and overdue reviews."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from almenstyring.domain.agreements import Agreement, AgreementKind
from almenstyring.domain.findings import Finding, Severity
from almenstyring.domain.reporting import DocumentationPackage, unmet
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.rules import Case, run
from almenstyring.rules.agreements import (
    agreement_review_agreed,
    agreement_review_overdue,
    agreement_status_missing,
    agreement_unanswered,
)
from almenstyring.testing.agreement_strategies import agreements
from almenstyring.testing.builders import clean_context, clean_package

ONE = LbfNumber("T001")
RULES = (agreement_unanswered, agreement_status_missing, agreement_review_overdue, agreement_review_agreed)


def find(package: DocumentationPackage, on: date | None = None) -> list[Finding]:
    return list(run(RULES, Case(package=package, context=evolve(clean_context(), on=on))))


def holding(**changes: object) -> DocumentationPackage:
    plain: dict[str, object] = {"kind": AgreementKind.OTHER, "text": "SYNTETISK: fælles plan.", "review_due": None}
    one = Agreement(
        id="A-1",
        municipality=MunicipalityCode("T01"),
        organisations=(ONE,),
        concluded_on=date(2025, 9, 1),
        responsible="driftschef",
        **(plain | changes),  # type: ignore[arg-type]
    )
    return evolve(clean_package(), agreements=(one,))


@settings(max_examples=40)
@given(st.lists(agreements(ONE), max_size=5, unique_by=lambda each: each.id), st.data())
def test_there_are_as_many_findings_as_unanswered_open_agreements(kept: list[Agreement], data: st.DataObject) -> None:
    package = evolve(clean_package(2026), agreements=tuple(evolve(each, concluded_at=None) for each in kept))
    package = package.clear("follow_up.agreements") if kept else package
    answered = {each.id for each in kept if data.draw(st.booleans())}
    for each in sorted(answered):
        package = package.follow_up(each, "ended")
    found = find(package, on=date(2000, 1, 1))
    wanted = {each.id for each in kept if each.status.is_open} - answered
    assert [finding.code for finding in found] == ["AGREEMENT-UNANSWERED"] * len(wanted)
    assert {finding.location.item for finding in found} == wanted


def test_the_finding_says_which_agreement_in_brief() -> None:
    [found] = find(holding(text="SYNTETISK: " + "meget lang " * 40))
    assert (found.severity, str(found.location)) == (Severity.CONFIRM, "T001 follow_ups A-1")
    for text in (found.message.da, found.message.en):
        assert "2025-09-01" in text and "SYNTETISK: meget lang" in text and len(text) < 300
    assert "anden aftale" in found.message.da and "other agreement" in found.message.en


def test_a_confirmation_holds_until_the_agreement_is_another() -> None:
    package = holding()
    [found] = find(package)
    package = package.confirm(found, reason="SYNTETISK", on=date(2026, 6, 1))
    assert found.fingerprint in package.settled
    [other] = find(evolve(package, agreements=holding(text="SYNTETISK: en anden.").agreements))
    assert other.fingerprint not in package.settled


def test_without_agreements_in_the_package_the_question_is_asked_as_before() -> None:
    [found] = find(clean_package().clear("follow_up.agreements"))
    assert found.code == "AGREEMENT-STATUS-MISSING"
    answered = holding().follow_up("A-1", "fulfilled").clear("follow_up.agreements")
    assert find(answered) == [] and unmet(answered) == ()


FLEXIBLE = AgreementKind.FLEXIBLE_LETTING
BY_LAW, AGREED = "AGREEMENT-REVIEW-OVERDUE", "AGREEMENT-REVIEW-AGREED"


@pytest.mark.parametrize(
    ("changes", "on", "codes"),
    [
        pytest.param({"kind": FLEXIBLE}, date(2029, 9, 1), [], id="due today"),
        pytest.param({"kind": FLEXIBLE}, date(2029, 9, 2), [BY_LAW], id="overdue by law"),
        pytest.param({"review_due": date(2026, 1, 1)}, date(2026, 1, 1), [], id="agreed for today"),
        pytest.param({"review_due": date(2026, 1, 1)}, date(2026, 1, 2), [AGREED], id="agreed for yesterday"),
        pytest.param(
            {"kind": FLEXIBLE, "review_due": date(2026, 1, 1)}, date(2026, 1, 2), [AGREED], id="agreed, not yet by law"
        ),
        pytest.param(
            {"kind": FLEXIBLE, "review_due": date(2026, 1, 1)}, date(2029, 9, 2), [BY_LAW], id="by law, said once"
        ),
        pytest.param({"kind": FLEXIBLE}, None, [], id="no day known: the period's end"),
    ],
)
def test_a_review_that_is_overdue_is_told_once(changes: dict[str, object], on: date | None, codes: list[str]) -> None:
    package = holding(**changes).follow_up("A-1", "continued")
    found = find(package, on)
    assert [finding.code for finding in found] == codes
    assert all(finding.severity in (Severity.WARNING, Severity.NOTE) for finding in found)
