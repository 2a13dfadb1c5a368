"""What a refused sending says: every cause, what to do, in both languages, and no promise of the statutory filing."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from almenstyring.application.submitting import NotSubmittableError, SubmitCheck
from almenstyring.domain.access import Role
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.findings import CheckReport, Finding, Location, Severity
from almenstyring.domain.locks import LockCause, LockCode
from almenstyring.domain.reporting import NOT_THE_FILING, Receipt, Timeliness, Timing
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber
from almenstyring.ports import ChainHead

SENT = LockCause(
    code=LockCode.PACKAGE_SENT,
    message=Text("Pakken er sendt 2026-06-01.", "The package was sent on 2026-06-01."),
    lifted_by=Role.MUNICIPALITY,
)
MEND = Text(
    "Ret fejlene, bekræft resten med en begrundelse, og send igen.",
    "Mend the errors, confirm the rest with a reason, and send again.",
)


def finding(code: str, severity: Severity = Severity.ERROR) -> Finding:
    """A finding of an invented rule."""
    place = Location(part="estate_report", unit="T001-T0101", item="estate.external_move_outs")
    return Finding(
        code=code, severity=severity, location=place, message=Text("Fejl", "Error"), hint=Text("Ret", "Mend")
    )


LIFT = Text("Det kan hæves af: kommune.", "Who can lift it: municipality.")


def verdict(*findings: Finding, locks: tuple[LockCause, ...] = (), settled: tuple[Finding, ...] = ()) -> SubmitCheck:
    """A verdict with these findings and locks."""
    return SubmitCheck(CheckReport(findings, frozenset(each.fingerprint for each in settled)), locks)


def test_nothing_in_the_way_is_ok() -> None:
    assert verdict().ok
    assert verdict(finding("A", Severity.WARNING), finding("B", Severity.NOTE)).ok


@pytest.mark.parametrize("severity", [Severity.ERROR, Severity.CONFIRM])
def test_an_error_or_an_open_confirmation_is_in_the_way(severity: Severity) -> None:
    assert not verdict(finding("A", severity)).ok


def test_a_confirmed_finding_is_not_in_the_way_but_a_confirmed_error_is() -> None:
    confirm, error = finding("A", Severity.CONFIRM), finding("B")
    assert verdict(confirm, settled=(confirm,)).ok
    assert not verdict(error, settled=(error,)).ok


def test_a_lock_is_in_the_way_of_a_package_without_faults() -> None:
    assert not verdict(locks=(SENT,)).ok


def test_the_error_names_each_finding_with_its_place_and_carries_the_verdict() -> None:
    check = verdict(finding("B", Severity.CONFIRM), finding("A"), finding("C", Severity.WARNING))
    error = NotSubmittableError(check)
    place = "T001-T0101 estate_report estate.external_move_outs"
    assert error.check is check
    assert error.code == "NOT-SUBMITTABLE" and not error.retriable
    assert error.message == Text(
        f"Pakken kan ikke sendes: A {place}; B {place}.", f"The package cannot be sent: A {place}; B {place}."
    )
    assert error.hint == MEND
    assert error.context == {"causes": (f"A {place}", f"B {place}")}


def test_a_lock_is_told_in_words_and_no_fault_is_asked_to_be_mended() -> None:
    error = NotSubmittableError(verdict(finding("C", Severity.WARNING), locks=(SENT,)))
    assert error.message.da == f"Pakken kan ikke sendes: {SENT.message.da}"
    assert error.message.en == f"The package cannot be sent: {SENT.message.en}"
    assert error.hint == LIFT
    assert error.context == {"causes": ("package_sent",)}
    assert type(error.context["causes"]) is tuple


def test_locks_and_findings_are_told_together() -> None:
    error = NotSubmittableError(verdict(finding("A"), locks=(SENT,)))
    assert error.context["causes"] == (f"A {finding('A').location}", "package_sent")
    assert error.message.da == f"Pakken kan ikke sendes: {SENT.message.da[:-1]}; A {finding('A').location}."
    assert error.hint == Text(f"{LIFT.da} {MEND.da}", f"{LIFT.en} {MEND.en}")


def test_a_lock_that_nobody_can_lift_says_so() -> None:
    error = NotSubmittableError(verdict(locks=(evolve(SENT, lifted_by=None),)))
    assert error.hint == Text("Det kan ingen hæve.", "Nobody can lift it.")


@pytest.mark.parametrize(("count", "shown"), [(5, 5), (6, 5), (60, 5)])
def test_a_long_list_is_cut_in_the_sentence_and_whole_in_the_context(count: int, shown: int) -> None:
    error = NotSubmittableError(verdict(*(finding(f"RULE-{number:02}") for number in range(count))))
    assert error.message.da.count("RULE-") == shown
    assert error.message.da.endswith("; ….") is (count > shown)
    causes = error.context["causes"]
    assert isinstance(causes, tuple) and len(causes) == count


def test_a_receipt_says_that_it_is_not_the_statutory_filing() -> None:
    receipt = Receipt(
        organisation=LbfNumber("T001"),
        report_year=ReportYear(2026),
        number=1,
        sent_on=date(2026, 6, 1),
        timing=Timing(Timeliness.ON_TIME),
        record_hash="ab" * 32,
        head=ChainHead(1, "ab" * 32),
    )
    assert receipt.note == NOT_THE_FILING
    for text in (receipt.note.da, receipt.note.en):
        assert "DB § 112, stk. 6" in text
    assert "ikke den lovpligtige indberetning" in receipt.note.da
    assert "not the statutory filing" in receipt.note.en
