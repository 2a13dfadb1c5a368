"""A rule of one's own, in a plug-in object that is registered by hand: no distribution, no entry point."""

from __future__ import annotations

from collections.abc import Iterator

import almenstyring as al
from almenstyring.plugins import Case, Problem, RulePack, at, hookimpl, rule


@rule(
    "OFFICE-PROTOCOL-SHORT",
    al.Severity.WARNING,
    "DB § 74, stk. 1",
    message=al.Text("Protokollens uddrag er på {length} tegn.", "The protocol's extract has {length} letters."),
    hint=al.Text("Skriv også revisors konklusion.", "Give the auditor's conclusion too."),
)
def protocol_is_short(case: Case) -> Iterator[Problem]:
    """An extract of the auditor's protocol says more than a word or two."""
    protocol = case.package.auditors_protocol
    if protocol.summary and not protocol.attachment and len(protocol.summary) < 20:
        yield at("auditors_protocol", case.package.organisation, length=len(protocol.summary))


class OfficeRules:
    """The plug-in: any object with a marked function will do."""

    @hookimpl
    def almenstyring_rules(self) -> Iterator[RulePack]:
        """The office's one rule, with a version of its own."""
        told = al.Text("Kontorets regler", "The office's rules")
        yield RulePack(name="office", version="1", rules=(protocol_is_short,), description=told)


if __name__ == "__main__":
    registry = al.Registry.discover()
    registry.register(OfficeRules(), "office")
    package = al.empty_package("T001", al.ReportYear(2026)).with_protocol("Ingen.")
    for finding in al.check(package, rules=(each for pack in registry.rule_packs() for each in pack.rules)):
        print(finding.severity, finding.code, finding.message["da"])
