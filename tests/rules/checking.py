"""What the built-in rules find in a package, under the clean context or another standard."""

from __future__ import annotations

from attrs import evolve

from almenstyring.domain.findings import Finding
from almenstyring.domain.reporting import DocumentationPackage, Standard
from almenstyring.rules import Case, CheckContext, run
from almenstyring.rules.builtin import BUILTIN_RULES
from almenstyring.testing.builders import clean_context


def find(package: DocumentationPackage, code: str, context: CheckContext | None = None) -> list[Finding]:
    """What one rule finds."""
    found = run(BUILTIN_RULES, Case(package=package, context=context or clean_context()))
    return [finding for finding in found if finding.code == code]


def case_of(package: DocumentationPackage, standard: Standard | None = None) -> Case:
    """The package as the rules see it, under a standard of its year."""
    context = clean_context(int(package.report_year))
    return Case(package=package, context=evolve(context, standard=standard or context.standard))


def findings(package: DocumentationPackage, standard: Standard | None = None) -> list[Finding]:
    """What all rules find."""
    return list(run(BUILTIN_RULES, case_of(package, standard)))
