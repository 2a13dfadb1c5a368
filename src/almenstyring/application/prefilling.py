"""Creating a package and filling in what a source knows, each value with its provenance."""

from __future__ import annotations

from datetime import datetime

from attrs import evolve

from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.organisations import Element, MasterData, expectations
from almenstyring.domain.reporting import (
    Answer,
    DocumentationPackage,
    Level,
    Question,
    Sheet,
    Sourced,
    Standard,
    Typed,
)
from almenstyring.domain.values import EstateId
from almenstyring.ports import Figure, Source, SourceRequest


def new_package(
    master: MasterData, year: ReportYear, period: AccountingPeriod, standard: Standard
) -> DocumentationPackage:
    """An empty package with a sheet for the organisation and for each estate that owes a report."""
    owed = (e for e in expectations(master, year) if e.element is Element.ESTATE_REPORT and e.owed)
    estates = sorted({e.unit for e in owed if isinstance(e.unit, EstateId)})
    return DocumentationPackage(
        organisation=master.number,
        report_year=year,
        period=period,
        standard=standard.identity,
        report=Sheet(unit=master.number),
        estate_reports=tuple(Sheet(unit=estate) for estate in estates),
        master_data=master,
    )


def prefilled(
    package: DocumentationPackage, standard: Standard, source: Source, source_name: str, at: datetime
) -> DocumentationPackage:
    """The package with the source's accounts and figures; what a person typed is never overwritten."""
    units = tuple(sheet.unit for sheet in package.estate_reports)
    answer = source.figures(
        SourceRequest(
            organisation=package.organisation, report_year=package.report_year, period=package.period, estates=units
        )
    )
    figures = {(figure.unit, figure.name): figure for figure in answer.figures}
    replaced = {accounts.unit for accounts in answer.accounts}
    kept = tuple(accounts for accounts in package.accounts if accounts.unit not in replaced)
    asked = [question for question in standard if question.prefill]
    sheets = [_filled(sheet, asked, figures, source_name, at) for sheet in package.sheets()]
    return evolve(package, accounts=(*kept, *answer.accounts), report=sheets[0], estate_reports=tuple(sheets[1:]))


def _filled(
    sheet: Sheet,
    asked: list[Question],
    figures: dict[tuple[object, str], Figure],
    source_name: str,
    at: datetime,
) -> Sheet:
    level = Level.ESTATE if isinstance(sheet.unit, EstateId) else Level.ORGANISATION
    for question in asked:
        figure = figures.get((sheet.unit, question.prefill))
        before = sheet[question.id]
        typed_over = isinstance(before.provenance, Typed) and not before.is_missing
        if figure is None or typed_over or question.level is not level:
            continue
        provenance = Sourced(source=source_name, key=figure.key, retrieved_at=at, status=figure.status)
        sheet = sheet.with_answer(
            question.id, Answer(value=figure.value, comment=before.comment, provenance=provenance)
        )
    return sheet
