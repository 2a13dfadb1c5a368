"""A confirmation belongs to the values that were looked at, and to nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.errors import AlmenstyringError, InvalidValueError
from almenstyring.domain.findings import CheckReport, Finding, Location, Severity
from almenstyring.domain.reporting import DocumentationPackage
from almenstyring.domain.text import Text
from almenstyring.testing.builders import clean_package

Raised = Callable[..., AlmenstyringError]

PACKAGE = clean_package()
DAY = date(2026, 6, 29)
FINDING = Finding(
    code="TEST-CONFIRM",
    severity=Severity.CONFIRM,
    location=Location(unit="T001", part="report", item="economy.sound_operation"),
    message=Text("Underligt.", "Odd."),
    hint=Text("Se efter.", "Look again."),
    values={"tal": "7"},
)
looked_at = st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=3)


def confirmed(finding: Finding, package: DocumentationPackage = PACKAGE) -> DocumentationPackage:
    return package.confirm(finding, reason="Aftalt med kommunen.", on=DAY)


def is_settled(finding: Finding, package: DocumentationPackage) -> bool:
    return CheckReport((finding,), package.settled).ok


@given(looked_at, looked_at)
def test_a_finding_is_settled_exactly_while_its_values_are_unchanged(
    before: dict[str, str], now: dict[str, str]
) -> None:
    package = confirmed(evolve(FINDING, values=before))
    assert is_settled(evolve(FINDING, values=now), package) == (before == now)


@given(looked_at)
def test_the_order_of_the_values_does_not_matter(values: dict[str, str]) -> None:
    backwards = dict(reversed(values.items()))
    assert is_settled(evolve(FINDING, values=backwards), confirmed(evolve(FINDING, values=values)))


@pytest.mark.parametrize(
    "other",
    [
        evolve(FINDING, code="TEST-OTHER"),
        evolve(FINDING, location=evolve(FINDING.location, unit="T002")),
        evolve(FINDING, location=evolve(FINDING.location, part="accounts")),
        evolve(FINDING, location=evolve(FINDING.location, item="other")),
        evolve(FINDING, location=Location(unit="T001", part="reporteconomy.sound_operation")),
    ],
    ids=["another rule", "another unit", "another part", "another item", "the same letters, parted otherwise"],
)
def test_a_confirmation_holds_for_its_own_rule_and_place_only(other: Finding) -> None:
    assert not is_settled(other, confirmed(FINDING))


def test_a_better_wording_of_the_rule_does_not_undo_a_confirmation() -> None:
    reworded = evolve(FINDING, message=Text("Bemærk.", "Note."), hint=Text("Tjek.", "Check."))
    assert is_settled(reworded, confirmed(FINDING))


def test_a_confirmation_says_who_when_and_why() -> None:
    [given_by_editor] = confirmed(FINDING, evolve(PACKAGE, editor="kontor-1")).confirmations
    assert (given_by_editor.code, given_by_editor.fingerprint) == (FINDING.code, FINDING.fingerprint)
    assert (given_by_editor.by, given_by_editor.on, given_by_editor.reason) == ("kontor-1", DAY, "Aftalt med kommunen.")
    [given_by_other] = PACKAGE.confirm(FINDING, reason="Ja.", on=DAY, by="formand-1").confirmations
    assert given_by_other.by == "formand-1"


def test_confirming_again_replaces_the_reason() -> None:
    twice = confirmed(FINDING).confirm(FINDING, reason="Bedre grund.", on=DAY)
    assert [one.reason for one in twice.confirmations] == ["Bedre grund."]


def test_confirmations_of_several_findings_stand_side_by_side() -> None:
    other = evolve(FINDING, values={"tal": "8"})
    package = confirmed(other, confirmed(FINDING))
    assert package.settled == {FINDING.fingerprint, other.fingerprint}


@pytest.mark.parametrize("severity", [Severity.ERROR, Severity.WARNING, Severity.NOTE])
def test_nothing_but_a_confirm_finding_can_be_confirmed(severity: Severity, raised: Raised) -> None:
    error = raised(InvalidValueError, confirmed, evolve(FINDING, severity=severity))
    assert FINDING.code in error.message.da and error.context["severity"] == severity.value


@pytest.mark.parametrize("reason", ["", " \t"])
def test_a_confirmation_must_give_a_reason(reason: str, raised: Raised) -> None:
    raised(InvalidValueError, lambda: PACKAGE.confirm(FINDING, reason=reason, on=DAY))
