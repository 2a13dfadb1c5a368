"""The accounting key figures: there, commented where they must be, and of the year."""

from __future__ import annotations

from collections.abc import Iterator

from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.findings import Severity
from almenstyring.domain.reporting import FigureRole, Question, QuestionType, Sheet, Sourced
from almenstyring.domain.text import Text
from almenstyring.domain.values import Dkk, Number
from almenstyring.rules.mechanism import Case, Need, Problem, at, in_sheet, rule
from almenstyring.rules.reading import figures, is_answered, needs_comment, unit_name

_SOURCE = "LBF orienterer 2014/3"
_STATUS = {
    FigureStatus.PROJECTED: Text("fremskrevet", "projected"),
    FigureStatus.PROVISIONAL: Text("foreløbig", "provisional"),
}


def _is_given(sheet: Sheet, question: Question) -> bool:
    answer = sheet[question.id]
    form = {QuestionType.NUMBER: Number, QuestionType.MONEY: Dkk}.get(question.type)
    if form and answer.is_value:
        return isinstance(answer.value, form)
    return is_answered(question, answer)


def _status(sheet: Sheet, question: Question) -> FigureStatus | None:
    provenance = sheet[question.id].provenance
    return provenance.status if isinstance(provenance, Sourced) else None


@rule(
    "FIGURES-MISSING",
    Severity.ERROR,
    "DB § 112, stk. 3",
    needs=(Need.STANDARD,),
    source=_SOURCE,
    message=Text(
        '{place} mangler regnskabstallet "{what}". Pakken kan ikke sendes uden.',
        '{place} lacks the accounting figure "{what}". The package cannot be sent without.',
    ),
    hint=Text(
        "Hent regnskabet fra kilden, eller skriv tallet fra årsregnskabet.",
        "Fetch the accounts from the source, or enter the figure from the annual accounts.",
    ),
)
def figures_missing(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 3: the latest accounts underlie the dialogue; without accounting key figures nothing can be sent.

    Missing is an accounting key figure that the standard requires (LBF orienterer 2014/3).
    """
    for sheet, question in figures(case, FigureRole.ACCOUNTING):
        if case.activity.is_required(sheet, question) and not _is_given(sheet, question):
            yield in_sheet(sheet, question, place=unit_name(case, sheet.unit), what=question.text)


@rule(
    "FIGURES-COMMENT-MISSING",
    Severity.ERROR,
    "DB § 112, stk. 5, nr. 2",
    needs=(Need.STANDARD,),
    source=_SOURCE,
    message=Text(
        '{place} har ikke kommenteret regnskabstallet "{question}". Pakken kan ikke sendes uden kommentaren.',
        '{place} has not commented on the accounting figure "{question}". '
        "The package cannot be sent without the comment.",
    ),
    hint=Text("Skriv en kommentar til tallet.", "Write a comment on the figure."),
)
def figures_comment_missing(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 5, nr. 2: central accounting figures are explained; their comments must be filled in to send.

    Which figures need a comment is for the standard's rules and conditions to say (LBF orienterer 2014/3).
    """
    for sheet, question in figures(case, FigureRole.ACCOUNTING):
        if needs_comment(case, sheet, question):
            yield in_sheet(sheet, question, place=unit_name(case, sheet.unit))


@rule(
    "FIGURES-NOT-OF-THE-YEAR",
    Severity.ERROR,
    "DB § 112, stk. 3",
    source=_SOURCE,
    message=Text(
        '{place}: "{what}" er ikke regnskabstal fra regnskabsår {year}. Regnskabstal skal være nye.',
        '{place}: "{what}" are not accounting figures of accounting year {year}. Accounting figures must be new.',
    ),
    hint=Text(
        "Hent årets regnskab, eller skriv årets tal i stedet for det gamle.",
        "Fetch the year's accounts, or enter the year's figure in place of the old one.",
    ),
)
def figures_not_of_the_year(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 3: the accounts are those of the latest accounting year.

    Other key figures may be used again or carried forward; accounting figures may not (LBF orienterer 2014/3).
    The year of accounts is the calendar year in which their period ends.
    """
    year = case.package.report_year
    for accounts in case.package.accounts:
        if accounts.period.report_year != year or accounts.status is FigureStatus.PROJECTED:
            what = Text("regnskabet for {period}", "the accounts of {period}").fill(period=accounts.period)
            place = unit_name(case, accounts.unit)
            yield at("accounts", accounts.unit, place=place, year=year.accounting_year, what=what)
    for sheet, question in _asked_figures(case):
        if _status(sheet, question) is FigureStatus.PROJECTED:
            place = unit_name(case, sheet.unit)
            yield in_sheet(sheet, question, place=place, year=year.accounting_year, what=question.text)


def _asked_figures(case: Case) -> Iterator[tuple[Sheet, Question]]:
    """The accounting figures asked for; none where the standard is not known: the accounts are still looked at."""
    return figures(case, FigureRole.ACCOUNTING) if case.context.standard else iter(())


@rule(
    "FIGURE-PROJECTED",
    Severity.NOTE,
    "DB § 112, stk. 5, nr. 2",
    needs=(Need.STANDARD,),
    source=_SOURCE,
    message=Text(
        '{place}: den forudfyldte værdi af "{question}" er {status}.',
        '{place}: the prefilled value of "{question}" is {status}.',
    ),
    hint=Text(
        "Hent tallet igen, når det endelige foreligger, eller skriv det rigtige.",
        "Fetch the figure again when the final one is there, or enter the right one.",
    ),
)
def figure_projected(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 5, nr. 2: key figures are compared with the normal level, so it must show how firm they are.

    Values without a newer one are carried forward until there is one (LBF orienterer 2014/3).
    """
    for sheet, question in case.asked():
        status = _STATUS.get(_status(sheet, question) or FigureStatus.FINAL)
        if status:
            yield in_sheet(sheet, question, place=unit_name(case, sheet.unit), status=status)
