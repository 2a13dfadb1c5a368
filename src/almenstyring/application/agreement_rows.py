"""Agreements as rows: what the workbook, the readable report and the command line show of each."""

from __future__ import annotations

from collections.abc import Iterable

from almenstyring.application.table_columns import KEY, Rows, TableCell, column, key
from almenstyring.content import label
from almenstyring.domain.agreements import Agreement
from almenstyring.domain.reporting import DocumentationPackage

AGREEMENT = (
    column("agreement", "Aftale", "Agreement", 14),
    column("municipality", "Kommune", "Municipality", 10),
    column("parties", "Parter", "Parties", 16),
    column("kind", "Art", "Kind", 30),
    column("law", "Hjemmel", "Law", 18),
    column("scope", "Omfang", "Scope", 24),
    column("text", "Tekst", "Text", 60),
    column("concluded", "Indgået", "Concluded", 12),
    column("start", "Gælder fra", "Valid from", 12),
    column("end", "Gælder til", "Valid until", 12),
    column("review", "Revision senest", "Review by", 14),
    column("responsible", "Ansvarlig", "Responsible", 18),
    column("status", "Status", "Status", 14),
    column("follows", "Viderefører", "Follows", 14),
)
"""The columns about an agreement itself."""


def agreement_cells(agreement: Agreement) -> tuple[TableCell, ...]:
    """The cells under ``AGREEMENT``, as the agreement stands after its latest step."""
    return (
        agreement.id,
        str(agreement.municipality),
        ", ".join(map(str, agreement.organisations)),
        label(agreement.kind),
        str(agreement.kind.law),
        ", ".join((*map(str, agreement.estates), *agreement.areas)) or None,
        agreement.current_text,
        agreement.concluded_on,
        agreement.period.start,
        agreement.period.end,
        agreement.review_by,
        agreement.responsible,
        label(agreement.status),
        agreement.follows,
    )


FOLLOW_UP = (
    column("reported", "Organisationens status", "The organisation's status", 18),
    column("told", "Organisationens opfølgning", "The organisation's follow-up", 60),
)
"""The columns about what an organisation's report says of it."""

AGREEMENTS = (*KEY, *AGREEMENT, *FOLLOW_UP)


def follow_up_cells(package: DocumentationPackage, agreement: Agreement) -> tuple[TableCell, ...]:
    """The cells under ``FOLLOW_UP``; None where the report says nothing of the agreement."""
    given = next((each for each in package.follow_ups if each.agreement == agreement.id), None)
    if given is None or not given.says_something:
        return None, None
    return label(given.status), given.text or None


def agreement_rows(packages: Iterable[DocumentationPackage]) -> Rows:
    """One row per agreement that a report must answer."""
    for package in packages:
        for agreement in package.agreements:
            yield (*key(package), *agreement_cells(agreement), *follow_up_cells(package, agreement))
