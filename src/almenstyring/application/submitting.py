"""Sending: the pre-check and the act share one path, so that they can never disagree."""

from __future__ import annotations

from attrs import frozen

from almenstyring.content import label
from almenstyring.domain.errors import AlmenstyringError
from almenstyring.domain.findings import CheckReport
from almenstyring.domain.locks import LockCause
from almenstyring.domain.reporting import DocumentationPackage, maintained
from almenstyring.domain.text import Text, joined

COMMENT_UNANSWERED = "COMMENT-UNANSWERED"
"""The code of the built-in rule for comments that were neither followed nor replied to."""


@frozen
class SubmitCheck:
    """What stands in the way of sending (da: afsendelseskontrol): findings and locks; ``ok`` if nothing does."""

    findings: CheckReport
    locks: tuple[LockCause, ...]

    @property
    def ok(self) -> bool:
        """The package can be sent now by this actor."""
        return self.findings.ok and not self.locks


def answered_by_confirmation(package: DocumentationPackage, report: CheckReport) -> DocumentationPackage:
    """The package as it is sent: a comment left unanswered for a confirmed reason has that reason as its reply."""
    reasons = {given.fingerprint: given for given in package.confirmations}
    for finding in report.with_code(COMMENT_UNANSWERED):
        if finding.fingerprint in reasons and "comment" in finding.values:
            package = maintained(package, finding.values["comment"], reasons[finding.fingerprint])
    return package


class NotSubmittableError(AlmenstyringError):
    """The package was not sent; ``check`` is exactly what ``check_submit`` says. Nothing was changed."""

    code = "NOT-SUBMITTABLE"

    def __init__(self, check: SubmitCheck) -> None:
        self.check = check
        found = [f"{f.code} {f.location}" for f in check.findings.in_the_way]
        told = [Text(place, place) for place in found[:5]] + ([Text("…", "…")] if len(found) > 5 else [])
        why = joined((*(_clause(lock.message) for lock in check.locks), *told))
        super().__init__(
            Text(f"Pakken kan ikke sendes: {why.da}.", f"The package cannot be sent: {why.en}."),
            _remedy(check),
            causes=(*found, *(lock.code.value for lock in check.locks)),
        )


def _clause(sentence: Text) -> Text:
    """A sentence as a part of another one."""
    return Text(sentence.da.removesuffix("."), sentence.en.removesuffix("."))


def _remedy(check: SubmitCheck) -> Text:
    who = dict.fromkeys(label(lock.lifted_by) for lock in check.locks if lock.lifted_by)
    steps = [Text("Det kan hæves af: {who}.", "Who can lift it: {who}.").fill(who=each) for each in who]
    if any(lock.lifted_by is None for lock in check.locks):
        steps.append(Text("Det kan ingen hæve.", "Nobody can lift it."))
    if not check.findings.ok:
        steps.append(
            Text(
                "Ret fejlene, bekræft resten med en begrundelse, og send igen.",
                "Mend the errors, confirm the rest with a reason, and send again.",
            )
        )
    return Text(" ".join(step.da for step in steps), " ".join(step.en for step in steps))
