"""Whether the parts of a package fit together: known questions and units, fitting answers, listed attachments."""

from __future__ import annotations

from collections.abc import Iterator

from almenstyring.domain.findings import Severity
from almenstyring.domain.organisations import OrganisationKind, Unit
from almenstyring.domain.reporting import Level, Question, Sheet
from almenstyring.domain.text import Text
from almenstyring.rules.mechanism import WITH_ESTATES, Case, Need, Problem, at, in_sheet, rule
from almenstyring.rules.reading import misfit, organisation_name, unit_name


def _level(case: Case, sheet: Sheet) -> Level:
    return Level.ORGANISATION if sheet is case.package.report else Level.ESTATE


@rule(
    "STANDARD-MISMATCH",
    Severity.CONFIRM,
    "DB § 112, stk. 6",
    needs=(Need.STANDARD,),
    message=Text(
        "Pakken fra {place} er skrevet til {written}, men kontrolleres efter {checked}.",
        "The package from {place} was written for {written} but is checked by {checked}.",
    ),
    hint=Text(
        "Opret pakken igen for det rigtige styringsår, eller indlæs den udvidelse, standarden kommer fra.",
        "Open the package again for the right report year, or install the plug-in the standard comes from.",
    ),
)
def standard_mismatch(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 6: the report has the form laid down for the year."""
    written, checked = case.package.standard, case.standard.identity
    if written != checked:
        place = organisation_name(case)
        yield at(unit=case.package.organisation, place=place, written=written, checked=checked)


@rule(
    "QUESTION-UNKNOWN",
    Severity.CONFIRM,
    "DB § 112, stk. 6",
    needs=(Need.STANDARD,),
    message=Text(
        "{place} svarer på {question}, som {standard} ikke stiller dér.",
        "{place} answers {question}, which {standard} does not ask there.",
    ),
    hint=Text(
        "Ret spørgsmålets id, eller fjern svaret; det vises ikke i rapporten.",
        "Mend the question's id or remove the answer; the report does not show it.",
    ),
)
def question_unknown(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 6: the report has the form laid down for the year, and so answers what is asked."""
    asked = {level: {q.id for q in case.standard.asked_of(case.kind, level)} for level in Level}
    for sheet in case.package.sheets():
        level = _level(case, sheet)
        for question in sorted(sheet.answers.keys() - asked[level]):
            part = "governance_report" if level is Level.ORGANISATION else "estate_report"
            place, standard = unit_name(case, sheet.unit), case.standard.identity
            yield at(part, sheet.unit, question, place=place, question=question, standard=standard)


@rule(
    "ANSWER-UNFIT",
    Severity.CONFIRM,
    "DB § 112, stk. 6",
    needs=(Need.STANDARD,),
    message=Text(
        '{place}: svaret på "{question}" passer ikke til spørgsmålet: {why}.',
        '{place}: the answer to "{question}" does not fit the question: {why}.',
    ),
    hint=Text(
        "Ret svaret, så det har den form, spørgsmålet beder om; indtil da regnes der ikke med det.",
        "Mend the answer so that it has the form the question asks for; until then it counts for nothing.",
    ),
)
def answer_unfit(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 6: the report has the form laid down for the year, and so answers in the form asked for."""
    for sheet, question, why in _unfit(case):
        answer = sheet[question.id].value
        yield in_sheet(sheet, question, place=unit_name(case, sheet.unit), answer=answer, why=why)


def _unfit(case: Case) -> Iterator[tuple[Sheet, Question, Text]]:
    for sheet, question in case.asked():
        why = misfit(question, sheet[question.id])
        if why:
            yield sheet, question, why


@rule(
    "UNIT-UNKNOWN",
    Severity.CONFIRM,
    "DB § 112, stk. 5",
    needs=(Need.MASTER_DATA,),
    message=Text(
        "Pakken fra {place} har {what} for {unknown}, som ikke er i organisationens stamdata.",
        "The package from {place} has {what} for {unknown}, which is not in the organisation's master data.",
    ),
    hint=Text(
        "Ret nummeret, eller opdater stamdata.",
        "Mend the number, or bring the master data up to date.",
    ),
)
def unit_unknown(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 5: the report is about the organisation and its own estates."""
    organisation = case.package.organisation
    estates: set[Unit] = {estate.id for estate in case.master.estates}
    report, accounts = Text("en rapport", "a report"), Text("et regnskab", "accounts")
    found: list[tuple[str, Unit, set[Unit], Text]] = [
        ("governance_report", case.package.report.unit, {organisation}, report),
        *(("estate_report", sheet.unit, estates, report) for sheet in case.package.estate_reports),
        *(("accounts", given.unit, {organisation, *estates}, accounts) for given in case.package.accounts),
    ]
    for part, unit, known, what in found:
        if unit not in known:
            yield at(part, unit, place=organisation_name(case), what=what, unknown=unit)


@rule(
    "ESTATE-REPORT-MISSING",
    Severity.CONFIRM,
    "DB § 112, stk. 5, nr. 1",
    kinds=WITH_ESTATES,
    needs=(Need.MASTER_DATA,),
    message=Text(
        "Afdelingsrapporten for {place} mangler. Evalueringen omfatter også afdelingerne.",
        "The estate report of {place} is missing. The evaluation covers the estates too.",
    ),
    hint=Text(
        "Tilføj afdelingens rapport, eller bekræft med en begrundelse, hvorfor der ikke er nogen.",
        "Add the estate's report, or confirm with a reason why there is none.",
    ),
)
def estate_report_missing(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 5, nr. 1: the report evaluates the organisation's estates, each housing estate in operation."""
    reported = {sheet.unit for sheet in case.package.estate_reports}
    for estate in case.estates:
        if estate.id not in reported:
            yield at("estate_report", estate.id, place=unit_name(case, estate.id))


@rule(
    "ATTACHMENT-DANGLING",
    Severity.CONFIRM,
    "DB § 112, stk. 6",
    message=Text(
        'Pakken fra {place} henviser til bilaget "{attachment}", som ikke følger med.',
        'The package from {place} refers to the attachment "{attachment}", which is not sent along.',
    ),
    hint=Text(
        "Vedhæft dokumentet under samme navn, eller fjern henvisningen.",
        "Attach the document under the same name, or remove the reference.",
    ),
)
def attachment_dangling(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 6: the report is sent in electronic form, and what it refers to is sent with it."""
    package = case.package
    listed = {attachment.name for attachment in package.attachments}
    references = [
        ("annual_report", package.annual_report.attachment),
        ("auditors_protocol", package.auditors_protocol.attachment),
        *(("analyses", analysis.attachment) for analysis in package.analyses),
    ]
    for part, name in references:
        if name and name not in listed:
            yield at(part, package.organisation, name, place=organisation_name(case), attachment=name)


@rule(
    "ADMINISTRATION-WITH-ESTATES",
    Severity.CONFIRM,
    "DB § 25",
    kinds=frozenset({OrganisationKind.ADMINISTRATION_ORGANISATION}),
    needs=(Need.MASTER_DATA,),
    message=Text(
        "Administrationsorganisationen {place} står med afdelingen {estate}, men kan ikke have boligafdelinger.",
        "The administration organisation {place} has the estate {estate} but cannot have housing estates.",
    ),
    hint=Text(
        "Ret stamdata: afdelingen hører til en boligorganisation, eller organisationens art er en anden.",
        "Mend the master data: the estate belongs to a housing organisation, or the organisation is of another kind.",
    ),
)
def administration_with_estates(case: Case) -> Iterator[Problem]:
    """DB § 25: an administration organisation has no estates, but for the homes of § 24, stk. 4, nr. 4, and stk. 6.

    The master data cannot tell nr. 4 from the rest of stk. 4, so all of those are let pass.
    """
    for estate in case.master.estates_on(case.package.period.end):
        if not estate.kind.accounts_go_home_only:
            place, named = organisation_name(case), unit_name(case, estate.id)
            yield at("master_data", estate.id, place=place, estate=named)
