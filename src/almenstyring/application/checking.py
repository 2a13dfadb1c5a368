"""Checking a package: rules and context brought together. Findings, never exceptions."""

from __future__ import annotations

from collections.abc import Iterable

from almenstyring.content import load_references, load_standard, standard_years
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.findings import CheckReport, Finding, Location, Severity
from almenstyring.domain.reporting import DocumentationPackage, Standard
from almenstyring.domain.text import Text
from almenstyring.domain.values import LegalReference
from almenstyring.plugins import Registry
from almenstyring.rules import Case, CheckContext, Rule, run
from almenstyring.rules.builtin import BUILTIN_RULES


def check(
    package: DocumentationPackage,
    context: CheckContext | None = None,
    *,
    rules: Iterable[Rule] = BUILTIN_RULES,
) -> CheckReport:
    """Check a package by the built-in rules, or by those given.

    Without a context the package's own snapshot, the year's built-in standard and the published
    reference rows are used; rules that need more say so in a note. A confirmation in the package
    settles the finding it was given for as long as the values are the same.
    """
    context = context or CheckContext(
        standard=built_in_standard(package.report_year), references=load_references(), key_figures=load_key_figures()
    )
    found = list(run(rules, Case(package=package, context=context)))
    if context.standard is None:
        found.append(_unknown_standard(package))
    return CheckReport(tuple(found), package.settled)


def installed_rules(registry: Registry) -> tuple[Rule, ...]:
    """The rules of every installed rule pack, in the order of the packs' names."""
    return tuple(rule for pack in registry.rule_packs() for rule in pack.rules)


def installed_standard(registry: Registry, year: ReportYear) -> Standard | None:
    """The year's standard from the installed packs, or None where none brings it."""
    known = any(year in pack.years for pack in registry.standard_packs())
    return registry.standard_pack(year).load(year) if known else None


def attachments_not_stored(package: DocumentationPackage, names: Iterable[str]) -> tuple[Finding, ...]:
    """The findings for documents that the package lists and whose content nobody put in."""
    return tuple(
        Finding(
            code="ATTACHMENT-NOT-STORED",
            severity=Severity.CONFIRM,
            location=Location(part="attachments", unit=str(package.organisation), item=name),
            message=Text(
                f"Bilaget {name} står i pakken, men dets indhold er ikke gemt.",
                f"The attachment {name} is listed in the package, but its content is not stored.",
            ),
            hint=Text(
                "Vedhæft dokumentet i arbejdsområdet, eller bekræft, at det sendes på anden måde.",
                "Attach the document in the workspace, or confirm that it is sent in another way.",
            ),
            law=LegalReference.parse("DB § 112, stk. 6"),
            values={"name": name},
        )
        for name in names
    )


def built_in_standard(year: ReportYear) -> Standard | None:
    """The built-in standard of a year, or None where the library has none."""
    return load_standard(year) if year in standard_years() else None


def _unknown_standard(package: DocumentationPackage) -> Finding:
    year = package.report_year
    return Finding(
        code="STANDARD-UNKNOWN",
        severity=Severity.CONFIRM,
        location=Location(part="package", unit=str(package.organisation)),
        message=Text(
            f"Der er ingen standard for styringsår {year}, så svarene er ikke kontrolleret.",
            f"There is no standard for report year {year}, so the answers were not checked.",
        ),
        hint=Text(
            "Ret styringsåret, eller installer en udvidelse, der bringer årets standard.",
            "Mend the report year, or install a plug-in that brings the year's standard.",
        ),
        law=LegalReference.parse("DB § 112, stk. 5"),
        values={"report_year": str(year)},
    )
