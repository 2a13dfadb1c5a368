"""Ten of the built-in rules as plain functions, written by hand without the rule mechanism.

They are what the mechanism is measured against: the same checks and the same findings without descriptors, shared
helpers or templates. The ten are a part of the pack that stands for the whole: every rule that walks all answers
(but for the form of answers) or all postings, and one or two of each other kind. ``rules.py`` compares both ways.
"""

from __future__ import annotations

from collections.abc import Iterator

from almenstyring.domain.figures.references import References
from almenstyring.domain.findings import Finding, Location, Severity
from almenstyring.domain.organisations import Estate, EstateKind, OrganisationKind
from almenstyring.domain.reporting import (
    NONE,
    NOT_APPLICABLE,
    Answer,
    CommentRule,
    DocumentationPackage,
    FigureRole,
    Level,
    Question,
    Sheet,
    Standard,
)
from almenstyring.domain.text import Text
from almenstyring.domain.values import Dkk, LbfNumber, LegalReference, Number

COVERED = (
    "MOVE-OUTS-MISSING",
    "MOVE-OUTS-IMPLAUSIBLE",
    "FIGURES-MISSING",
    "FIGURES-COMMENT-MISSING",
    "EVALUATION-MISSING",
    "EVALUATION-COMMENT-MISSING",
    "PROTOCOL-MISSING",
    "INCOME-NOT-EXPENDITURE",
    "ACCOUNT-UNKNOWN",
    "TENANCY-UNITS-DIFFER",
)
"""The rules whose checks are written here."""

_NORM = LegalReference.parse("DB § 32, stk. 4")
_CHART = LegalReference.parse("DB § 72, stk. 1")
_PAPERS = LegalReference.parse("DB § 74, stk. 1")
_BASIS = LegalReference.parse("DB § 112, stk. 3")
_EVALUATION = LegalReference.parse("DB § 112, stk. 5, nr. 1")
_EXPLANATION = LegalReference.parse("DB § 112, stk. 5, nr. 2")
_FORM = LegalReference.parse("DB § 112, stk. 6")
_OTHER_RULES = {
    "agreements.need",
    "follow_up.agreements",
    "economy.improvement_areas",
    "economy.efficiency_goals",
    "economy.efficiency_initiatives",
}


def check(package: DocumentationPackage, standard: Standard, references: References) -> Iterator[Finding]:
    """All ten checks of one package."""
    yield from _answers(package, standard)
    yield from _move_outs(package, standard)
    yield from _papers(package)
    yield from _totals(package)
    yield from _account_numbers(package, references)
    yield from _estates(package)


def _name(package: DocumentationPackage, unit: object) -> str:
    master = package.master_data
    assert master is not None
    if unit == master.number:
        return f"{master.organisation.name} ({unit})"
    for estate in master.estates:
        if estate.id == unit:
            return f"{estate.name} ({unit})"
    return str(unit)


def _kind(package: DocumentationPackage) -> OrganisationKind:
    assert package.master_data is not None
    return package.master_data.organisation.kind


def _answers(package: DocumentationPackage, standard: Standard) -> Iterator[Finding]:
    kind = _kind(package)
    for question in standard.asked_of(kind, Level.ORGANISATION):
        yield from _answer(package, package.report, question, "governance_report")
    questions = standard.asked_of(kind, Level.ESTATE)
    for sheet in package.estate_reports:
        for question in questions:
            yield from _answer(package, sheet, question, "estate_report")


def _answer(package: DocumentationPackage, sheet: Sheet, question: Question, part: str) -> Iterator[Finding]:
    answer = sheet[question.id]
    is_accounting = question.figure is FigureRole.ACCOUNTING
    if _is_there(question, answer):
        if not _lacks_comment(question, answer):
            return
        make = _figure_uncommented if is_accounting else _uncommented
    elif not question.required or question.figure is FigureRole.MOVE_OUTS or question.id in _OTHER_RULES:
        return
    else:
        make = _figure_missing if is_accounting else _unanswered
    place = Location(part=part, unit=str(sheet.unit), item=question.id)
    yield make(place, _name(package, sheet.unit), question, answer)


def _is_there(question: Question, answer: Answer) -> bool:
    if answer.value is NONE:
        return question.allows_none
    if answer.value is NOT_APPLICABLE:
        return question.allows_not_applicable
    if isinstance(answer.value, str):
        return answer.value.strip() != ""
    return answer.value is not None and answer.value != ()


def _lacks_comment(question: Question, answer: Answer) -> bool:
    if answer.comment.strip():
        return False
    if question.comment is CommentRule.REQUIRED:
        return True
    if question.comment is CommentRule.REQUIRED_WHEN_LOW:
        option = question.option(answer.value)
        return option is not None and option.low
    return False


def _figure_uncommented(place: Location, name: str, question: Question, _: Answer) -> Finding:
    da, en = question.text.da, question.text.en
    return Finding(
        code="FIGURES-COMMENT-MISSING",
        severity=Severity.ERROR,
        location=place,
        message=Text(
            f'{name} har ikke kommenteret regnskabstallet "{da}". Pakken kan ikke sendes uden kommentaren.',
            f'{name} has not commented on the accounting figure "{en}". '
            "The package cannot be sent without the comment.",
        ),
        hint=Text("Skriv en kommentar til tallet.", "Write a comment on the figure."),
        law=_EXPLANATION,
        values={"question": da, "unit_name": place.unit, "place": name},
    )


def _uncommented(place: Location, name: str, question: Question, answer: Answer) -> Finding:
    da, en = question.text.da, question.text.en
    return Finding(
        code="EVALUATION-COMMENT-MISSING",
        severity=Severity.CONFIRM,
        location=place,
        message=Text(
            f'{name} har svaret på "{da}" uden den kommentar, som svaret kræver. '
            "Evalueringen skal oplyse om større udfordringer og initiativer.",
            f'{name} has answered "{en}" without the comment the answer calls for. '
            "The evaluation must tell of major challenges and initiatives.",
        ),
        hint=Text(
            "Skriv i kommentaren, hvad udfordringen er, og hvad der gøres.",
            "Write in the comment what the challenge is and what is done about it.",
        ),
        law=_EVALUATION,
        values={"question": da, "unit_name": place.unit, "place": name, "answer": str(answer.value)},
    )


def _figure_missing(place: Location, name: str, question: Question, _: Answer) -> Finding:
    da, en = question.text.da, question.text.en
    return Finding(
        code="FIGURES-MISSING",
        severity=Severity.ERROR,
        location=place,
        message=Text(
            f'{name} mangler regnskabstallet "{da}". Pakken kan ikke sendes uden.',
            f'{name} lacks the accounting figure "{en}". The package cannot be sent without.',
        ),
        hint=Text(
            "Hent regnskabet fra kilden, eller skriv tallet fra årsregnskabet.",
            "Fetch the accounts from the source, or enter the figure from the annual accounts.",
        ),
        law=_BASIS,
        values={"question": da, "unit_name": place.unit, "place": name, "what": da},
    )


def _unanswered(place: Location, name: str, question: Question, _: Answer) -> Finding:
    da, en = question.text.da, question.text.en
    return Finding(
        code="EVALUATION-MISSING",
        severity=Severity.CONFIRM,
        location=place,
        message=Text(
            f'{name} har ikke svaret på "{da}". Styringsrapporten skal indeholde en evaluering af virksomheden.',
            f'{name} has not answered "{en}". The governance report must contain an evaluation of the activities.',
        ),
        hint=Text(
            "Svar på spørgsmålet, eller bekræft med en begrundelse, at det ikke besvares i år.",
            "Answer the question, or confirm with a reason that it is not answered this year.",
        ),
        law=_EVALUATION,
        values={"question": da, "unit_name": place.unit, "place": name},
    )


def _move_outs(package: DocumentationPackage, standard: Standard) -> Iterator[Finding]:
    master, kind, day = package.master_data, _kind(package), package.period.end
    if master is None or kind is not OrganisationKind.HOUSING_ORGANISATION:
        return
    sheets = {sheet.unit: sheet for sheet in package.estate_reports}
    questions = [q for q in standard.asked_of(kind, Level.ESTATE) if q.figure is FigureRole.MOVE_OUTS]
    for estate in master.estates_on(day):
        if estate.kind is EstateKind.HOUSING and estate.in_operation(day) and estate.homes.total:
            sheet = sheets.get(estate.id)
            for question in questions:
                if sheet is None or not isinstance(sheet[question.id].value, Number):
                    yield _move_outs_missing(estate, question)
    for estate in master.estates:
        sheet = sheets.get(estate.id)
        for question in questions if sheet and estate.homes.total else ():
            value = sheet[question.id].value if sheet else None
            if isinstance(value, Number) and value.as_fraction() > 3 * estate.homes.total:
                yield _too_many(estate, question, value)


def _move_outs_missing(estate: Estate, question: Question) -> Finding:
    unit, homes = str(estate.id), estate.homes.total
    name = f"{estate.name} ({unit})"
    return Finding(
        code="MOVE-OUTS-MISSING",
        severity=Severity.ERROR,
        location=Location(part="estate_report", unit=unit, item=question.id),
        message=Text(
            f"De eksterne fraflytninger mangler for {name} med {homes} boliger. Pakken kan ikke sendes uden.",
            f"The external move-outs of {name} with {homes} homes are missing. The package cannot be sent without.",
        ),
        hint=Text(
            "Skriv antallet af husstande, der er flyttet ud af afdelingen i det seneste år; skriv 0, hvis ingen er.",
            "Enter the number of households that moved out of the estate in the latest year; enter 0 if none did.",
        ),
        law=_FORM,
        values={"question": question.text.da, "unit_name": unit, "place": name, "homes": str(homes)},
    )


def _too_many(estate: Estate, question: Question, value: Number) -> Finding:
    unit, homes, da = str(estate.id), estate.homes.total, value.display("da")
    name = f"{estate.name} ({unit})"
    return Finding(
        code="MOVE-OUTS-IMPLAUSIBLE",
        severity=Severity.WARNING,
        location=Location(part="estate_report", unit=unit, item=question.id),
        message=Text(
            f"{name} melder {da} eksterne fraflytninger på et år fra {homes} boliger.",
            f"{name} reports {value.display('en')} external move-outs in one year from {homes} homes.",
        ),
        hint=Text(
            "Se efter en tastefejl; tæl husstande, ikke personer, og ikke flytninger inden for afdelingen.",
            "Look for a typing error; count households, not persons, and not moves within the estate.",
        ),
        law=_FORM,
        values={
            "question": question.text.da,
            "unit_name": unit,
            "place": name,
            "move_outs": da,
            "homes": str(homes),
        },
    )


def _papers(package: DocumentationPackage) -> Iterator[Finding]:
    unit = str(package.organisation)
    protocol = package.auditors_protocol
    if not protocol.attachment and not protocol.summary.strip():
        name = _name(package, package.organisation)
        yield Finding(
            code="PROTOCOL-MISSING",
            severity=Severity.CONFIRM,
            location=Location(part="auditors_protocol", unit=unit),
            message=Text(
                f"Pakken fra {name} har ingen udskrift af revisionsprotokollen.",
                f"The package from {name} has no extract of the auditor's protocol.",
            ),
            hint=Text(
                "Vedhæft udskriften, eller skriv den ind som tekst.",
                "Attach the extract, or enter it as text.",
            ),
            law=_PAPERS,
            values={"place": name},
        )


def _totals(package: DocumentationPackage) -> Iterator[Finding]:
    for accounts in package.accounts:
        first, second = ("560", "630") if isinstance(accounts.unit, LbfNumber) else ("150", "220")
        one, other = accounts.postings.get(first), accounts.postings.get(second)
        if one is not None and other is not None and abs(one.count - other.count) > 100:
            name = _name(package, accounts.unit)
            yield _unequal(str(accounts.unit), name, (first, one), (second, other))


def _unequal(unit: str, name: str, first: tuple[str, Dkk], second: tuple[str, Dkk]) -> Finding:
    (a, one), (b, other) = first, second
    gap = Dkk(abs(one.count - other.count))
    return Finding(
        code="INCOME-NOT-EXPENDITURE",
        severity=Severity.CONFIRM,
        location=Location(part="accounts", unit=unit, item=a),
        message=Text(
            f"{name}: udgifter i alt (konto {a}) {one.display('da')} og indtægter i alt (konto {b}) "
            f"{other.display('da')} skal være ens, men afviger {gap.display('da')}",
            f"{name}: total expenditure (account {a}) {one.display('en')} and total income (account {b}) "
            f"{other.display('en')} must be equal but differ by {gap.display('en')}.",
        ),
        hint=Text(
            "Kontroller overskud eller underskud og de enkelte konti; 1 kr. er tilladt for afrunding.",
            "Check the surplus or deficit and the single accounts; DKK 1 is allowed for rounding.",
        ),
        law=_CHART,
        values={
            "place": name,
            "first": a,
            "first_amount": one.display("da"),
            "second": b,
            "second_amount": other.display("da"),
            "difference": gap.display("da"),
        },
    )


def _account_numbers(package: DocumentationPackage, references: References) -> Iterator[Finding]:
    for accounts in package.accounts:
        is_organisation = isinstance(accounts.unit, LbfNumber)
        known = references.chart.organisation if is_organisation else references.chart.estate
        for number, amount in accounts.postings.items():
            if number in known or number.split(".")[0] in known:
                continue
            name, da = _name(package, accounts.unit), amount.display("da")
            yield Finding(
                code="ACCOUNT-UNKNOWN",
                severity=Severity.WARNING,
                location=Location(part="accounts", unit=str(accounts.unit), item=number),
                message=Text(
                    f"{name} bruger konto {number} ({da}), som kontoplanen ikke kender.",
                    f"{name} uses account {number} ({amount.display('en')}), "
                    "which the chart of accounts does not know.",
                ),
                hint=Text(
                    "Kontroller kontonummeret; kontoplanen her er ikke komplet og kan udskiftes.",
                    "Check the account number; the chart used here is not complete and can be replaced.",
                ),
                law=_CHART,
                values={"place": name, "account": number, "amount": da},
            )


def _estates(package: DocumentationPackage) -> Iterator[Finding]:
    master, day = package.master_data, package.period.end
    if master is None or _kind(package) is not OrganisationKind.HOUSING_ORGANISATION:
        return
    for estate in master.estates_on(day):
        if estate.published_units is not None and estate.published_units != estate.tenancy_units:
            yield _units_differ(str(estate.id), f"{estate.name} ({estate.id})", estate)


def _units_differ(unit: str, name: str, estate: Estate) -> Finding:
    published, computed = estate.published_units, estate.tenancy_units
    assert published is not None
    return Finding(
        code="TENANCY-UNITS-DIFFER",
        severity=Severity.WARNING,
        location=Location(part="master_data", unit=unit),
        message=Text(
            f"{name} står med {published.display('da')}, men fordelingsnormen giver {computed.display('da')}.",
            f"{name} is listed with {published.display('en')}, but the norm gives {computed.display('en')}.",
        ),
        hint=Text(
            "Kontroller antal boliger, garager og hvert erhvervs- og institutionslejemåls areal i stamdata.",
            "Check the homes, the garages and the area of each commercial and institution lease in the master data.",
        ),
        law=_NORM,
        values={"place": name, "published": published.display("da"), "computed": computed.display("da")},
    )
