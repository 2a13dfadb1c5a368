"""Creating a package and filling in what a source knows, each value with its provenance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from attrs import evolve

from almenstyring.application.key_figures import (
    ComparedYears,
    ask,
    ask_of,
    books_of,
    marked,
    periods_before,
    prefilled_by_figures,
    with_books,
    with_key_figures,
)
from almenstyring.content import load_standard
from almenstyring.domain.agreements import Agreement, to_answer
from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.figures.accounts import Accounts
from almenstyring.domain.organisations import (
    Element,
    EstateKind,
    HousingOrganisation,
    MasterData,
    OrganisationKind,
    Unit,
    expectations,
)
from almenstyring.domain.reporting import (
    Answer,
    Computed,
    DocumentationPackage,
    Level,
    Question,
    Questionnaire,
    QuestionnaireSheet,
    Sheet,
    Sourced,
    Standard,
)
from almenstyring.domain.reporting.following_up import with_snapshot
from almenstyring.domain.values import EstateId, LbfNumber
from almenstyring.ports import Figure, Source, SourceAnswer

NO_QUESTIONNAIRES: Mapping[str, Questionnaire] = {}


def new_package(
    master: MasterData,
    year: ReportYear,
    period: AccountingPeriod,
    standard: Standard,
    questionnaires: Mapping[str, Questionnaire] = NO_QUESTIONNAIRES,
) -> DocumentationPackage:
    """An empty package with a sheet for the organisation and for each estate that owes a report.

    Every unit that owes an accounts questionnaire gets a sheet of the one meant for it, by id.
    """
    owed = [e for e in expectations(evolve(master, periods=(period,)), year) if e.owed]
    estates = sorted({e.unit for e in owed if e.element is Element.ESTATE_REPORT and isinstance(e.unit, EstateId)})
    asked = sorted({e.unit for e in owed if e.element is Element.ACCOUNTS_QUESTIONNAIRE}, key=str)
    meant = {unit: questionnaires.get(_questionnaire_id(unit, master.organisation.kind)) for unit in asked}
    return DocumentationPackage(
        organisation=master.number,
        report_year=year,
        period=period,
        standard=standard.identity,
        report=Sheet(unit=master.number),
        estate_reports=tuple(Sheet(unit=estate) for estate in estates),
        questionnaires=tuple(
            QuestionnaireSheet(unit=unit, questionnaire=found.id, version=found.version)
            for unit, found in meant.items()
            if found
        ),
        master_data=master,
    )


def with_units_of(fresh: DocumentationPackage, package: DocumentationPackage) -> DocumentationPackage:
    """The package with today's master data and the sheets of units it did not have; nothing is taken away."""
    reports = {sheet.unit: sheet for sheet in (*fresh.estate_reports, *package.estate_reports)}
    questionnaires = {sheet.unit: sheet for sheet in (*fresh.questionnaires, *package.questionnaires)}
    return evolve(
        package,
        master_data=fresh.master_data,
        estate_reports=tuple(reports.values()),
        questionnaires=tuple(questionnaires.values()),
    )


def with_agreements(package: DocumentationPackage, stored: Sequence[Agreement], today: date) -> DocumentationPackage:
    """The package with the agreements that its report must answer, out of all the organisation's as they are stored.

    The day of the report is that of its first sending, so that nothing new is asked of one that was sent and returned.
    One that was answered is never taken away.
    """
    asked = to_answer(
        stored,
        organisation=package.organisation,
        report_year=package.report_year,
        on=package.first_sent or today,
    )
    return evolve(package, agreements=with_snapshot(package.agreements, package.follow_ups, stored, asked))


def _questionnaire_id(unit: Unit, kind: OrganisationKind) -> str:
    """DB § 72, stk. 1: there is one for organisations, one for estates, one for administration organisations."""
    if isinstance(unit, EstateId):
        return "estate"
    administers = kind is OrganisationKind.ADMINISTRATION_ORGANISATION
    return "administration_organisation" if administers else "organisation"


def empty_package(
    organisation: LbfNumber | str,
    year: ReportYear,
    *,
    standard: Standard | None = None,
    kind: OrganisationKind = OrganisationKind.HOUSING_ORGANISATION,
) -> DocumentationPackage:
    """A valid package without answers for a calendar accounting year, without a workspace.

    Without a standard the built-in one of the year is used; ContentError names the known years.
    """
    number = organisation if isinstance(organisation, LbfNumber) else LbfNumber(organisation)
    period = AccountingPeriod(date(year.accounting_year, 1, 1), date(year.accounting_year, 12, 31))
    owner = HousingOrganisation(number=number, name="", kind=kind)
    master = MasterData(organisation=owner, periods=(period,))
    return new_package(master, year, period, standard or load_standard(year))


def prefilled(  # noqa: PLR0913 - what a package is filled from
    package: DocumentationPackage,
    standard: Standard,
    source: Source,
    source_name: str,
    at: datetime,
    *,
    compared: ComparedYears | None = None,
) -> DocumentationPackage:
    """The package with the source's accounts and figures, and the key figures reckoned from them.

    What a person put in is never overwritten. ``compared`` are the comparisons computed for the organisation, by year.
    """
    answer = ask(source, package)
    filled = _with_answer(package, standard, answer, source_name, at)
    master = package.master_data
    if master is None:  # nothing to reckon with
        return filled
    books = books_of(answer, package.period, source_name, at)
    before = [
        books_of(ask_of(source, master, each), each, source_name, at) for each in periods_before(master, package.period)
    ]
    return with_computed(with_key_figures(with_books(filled, books, before), standard, compared), standard)


def from_source(
    master: MasterData, year: ReportYear, source: Source | None, source_name: str, at: datetime
) -> DocumentationPackage:
    """What a source knows of an organisation's year, as a package without answers; a standard is not needed.

    Of two periods in a year the last one counts. It is for reckoning, not for sending.
    """
    period = master.periods_of(year)[-1]
    day = period.end
    housing = (e for e in master.estates_on(day) if e.kind is EstateKind.HOUSING and e.in_operation(day))
    package = DocumentationPackage(
        organisation=master.number,
        report_year=year,
        period=period,
        standard="",
        report=Sheet(unit=master.number),
        estate_reports=tuple(Sheet(unit=estate.id) for estate in housing),
        master_data=master,
    )
    if source is None:
        return package
    books, *before = (
        books_of(ask_of(source, master, each), each, source_name, at)
        for each in (period, *periods_before(master, period, 1))
    )
    return with_books(evolve(package, accounts=tuple(books.accounts.values())), books, before)


def with_computed(package: DocumentationPackage, standard: Standard) -> DocumentationPackage:
    """The package with its computed key figures in the answers that ask for them."""
    sheets = []
    for sheet in package.sheets():
        level = Level.ESTATE if isinstance(sheet.unit, EstateId) else Level.ORGANISATION
        asked = [question for question in _prefillable(package, standard) if question.level is level]
        sheets.append(prefilled_by_figures(sheet, asked, package.figures_of(sheet.unit)))
    return evolve(package, report=sheets[0], estate_reports=tuple(sheets[1:]))


def _prefillable(package: DocumentationPackage, standard: Standard) -> list[Question]:
    master = package.master_data
    kind = master.organisation.kind if master else OrganisationKind.HOUSING_ORGANISATION
    return [question for question in standard if question.prefill and kind in question.applies_to]


def _with_answer(
    package: DocumentationPackage, standard: Standard, answer: SourceAnswer, source_name: str, at: datetime
) -> DocumentationPackage:
    """The package with what the source delivered: accounts, and the answers that ask for its figures."""
    figures = {(figure.unit, figure.name): figure for figure in answer.figures}
    delivered = [marked(accounts, source_name, at) for accounts in answer.accounts]
    asked = _prefillable(package, standard)
    sheets = [_filled(sheet, asked, figures, source_name, at) for sheet in package.sheets()]
    return evolve(
        package,
        accounts=_renewed(package.accounts, delivered),
        report=sheets[0],
        estate_reports=tuple(sheets[1:]),
    )


def _renewed(before: Iterable[Accounts], delivered: Iterable[Accounts]) -> tuple[Accounts, ...]:
    """The accounts per unit: those delivered now, but never in place of what did not come from a source."""
    by_unit = {accounts.unit: accounts for accounts in before}
    for accounts in delivered:
        known = by_unit.get(accounts.unit)
        if known is None or isinstance(known.provenance, Sourced):
            by_unit[accounts.unit] = accounts
    return tuple(by_unit.values())


def _filled(
    sheet: Sheet,
    asked: list[Question],
    figures: Mapping[tuple[Unit, str], Figure],
    source_name: str,
    at: datetime,
) -> Sheet:
    level = Level.ESTATE if isinstance(sheet.unit, EstateId) else Level.ORGANISATION
    for question in asked:
        figure = figures.get((sheet.unit, question.prefill))
        before = sheet[question.id]
        kept = not before.is_missing and not isinstance(before.provenance, Sourced | Computed)
        if figure is None or kept or question.level is not level:
            continue
        provenance = Sourced(source=source_name, key=figure.key, retrieved_at=at, status=figure.status)
        sheet = sheet.with_answer(
            question.id, Answer(value=figure.value, comment=before.comment, provenance=provenance)
        )
    return sheet
