"""The chapter of a readable report about the agreements made before, and what the organisation says of each."""

from __future__ import annotations

from collections.abc import Iterator

from almenstyring.application import wording
from almenstyring.application.agreement_rows import follow_up_cells
from almenstyring.builtin.readable_parts import Chapter, Grid
from almenstyring.content import label
from almenstyring.domain.agreements import Agreement
from almenstyring.domain.reporting import DocumentationPackage
from almenstyring.domain.text import Language, Text

_TITLE = Text("Opfølgning på aftaler", "Follow-up on agreements")
_HEADS = (
    Text("Aftale", "Agreement"),
    Text("Hvad der er aftalt", "What was agreed"),
    Text("Indgået", "Concluded"),
    Text("Revision senest", "Review by"),
    Text("Ansvarlig", "Responsible"),
    Text("Aftalens status", "Status of the agreement"),
    Text("Organisationens opfølgning", "The organisation's follow-up"),
)


def agreement_chapter(package: DocumentationPackage, chapter_id: str, language: Language) -> Iterator[Chapter]:
    """The chapter, for a package that has agreements to answer."""
    if package.agreements:
        yield Chapter(
            id=chapter_id,
            title=_TITLE[language],
            law="DB § 112, stk. 5, nr. 4",
            grids=(
                Grid(
                    heads=tuple(head[language] for head in _HEADS),
                    rows=tuple(_row(package, agreement, language) for agreement in package.agreements),
                ),
            ),
        )


def _row(package: DocumentationPackage, agreement: Agreement, language: Language) -> tuple[str, ...]:
    status, told = follow_up_cells(package, agreement)
    said = [wording.said(status, language), str(told or "")] if status else [wording.MISSING_TEXT[language]]
    return (
        f"{agreement.id}: {label(agreement.kind)[language]}, {agreement.kind.law}",
        agreement.current_text,
        wording.said(agreement.concluded_on, language),
        wording.said(agreement.review_by, language),
        agreement.responsible,
        label(agreement.status)[language],
        "\n".join(filter(None, said)),
    )
