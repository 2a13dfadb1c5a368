"""Reading a package safely: a value of the wrong kind is no value here, so it silences only what needs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from almenstyring.domain.organisations import Estate, Unit
from almenstyring.domain.reporting import (
    NONE,
    NOT_APPLICABLE,
    Answer,
    Column,
    FigureRole,
    Question,
    QuestionType,
    Sheet,
    Sourced,
    Special,
)
from almenstyring.domain.text import LANGUAGES, Text
from almenstyring.domain.values import Dkk, Number
from almenstyring.rules.mechanism import Case

_FORMS: Mapping[QuestionType, tuple[type, Text]] = {
    QuestionType.NUMBER: (Number, Text("et tal", "a number")),
    QuestionType.MONEY: (Dkk, Text("et beløb i kroner", "an amount in kroner")),
    QuestionType.TEXT: (str, Text("en tekst", "a text")),
    QuestionType.DATE: (date, Text("en dato", "a date")),
}


def organisation_name(case: Case) -> str:
    """What the organisation is called in messages: its name and number, or the number alone."""
    master, number = case.package.master_data, case.package.organisation
    name = master.organisation.name if master and master.number == number else ""
    return f"{name} ({number})" if name else str(number)


def unit_name(case: Case, unit: Unit) -> str:
    """What a unit is called in messages: its name and number, or the number alone where it has no name."""
    if unit == case.package.organisation:
        return organisation_name(case)
    master = case.package.master_data
    estates = master.estates if master else ()
    return next((f"{estate.name} ({unit})" for estate in estates if estate.id == unit), str(unit))


def sheet_of(case: Case, estate: Estate) -> Sheet:
    """The estate's report; an empty one where the package has none, so that its answers are missing."""
    reports = (sheet for sheet in case.package.estate_reports if sheet.unit == estate.id)
    return next(reports, Sheet(unit=estate.id))


def shown(amount: Dkk) -> Text:
    """An amount as a message shows it."""
    return Text(amount.display("da"), amount.display("en"))


def said(answer: Answer) -> str:
    """The text of an answer; empty where it is no text."""
    return answer.value.strip() if isinstance(answer.value, str) and answer.is_value else ""


def number_in(answer: Answer) -> Number | None:
    """The number of an answer; None where it holds none."""
    return answer.value if isinstance(answer.value, Number) else None


def is_answered(question: Question, answer: Answer) -> bool:
    """Whether something was answered that counts: any value, or an "ingen" or "ikke relevant" that is allowed."""
    if isinstance(answer.value, Special):
        return _allows(question, answer.value)
    if isinstance(answer.value, str):
        return bool(answer.value.strip())
    return answer.is_value


def is_imported(answer: Answer) -> bool:
    """Whether a source delivered the value and nobody has typed over it."""
    return isinstance(answer.provenance, Sourced)


def figures(case: Case, role: FigureRole) -> Iterator[tuple[Sheet, Question]]:
    """The questions asked of this package that hold figures of one kind, with their sheets."""
    return ((sheet, question) for sheet, question in case.asked() if question.figure is role)


def needs_comment(case: Case, sheet: Sheet, question: Question) -> bool:
    """Whether the answer calls for a comment that is not there, by the standard's rules and conditions."""
    answer = sheet[question.id]
    if answer.comment.strip() or not is_answered(question, answer):
        return False
    return case.activity.wants_comment(sheet, question)


def misfit(question: Question, answer: Answer) -> Text | None:
    """Why an answer does not fit its question; None where it does, and where nothing was answered."""
    if answer.is_missing:
        return None
    if isinstance(answer.value, Special):
        return None if _allows(question, answer.value) else _NOT_ALLOWED[answer.value]
    if question.type.has_options:
        return None if question.option(answer.value) else _one_of(question)
    if question.type is QuestionType.LIST:
        return None if _is_list_of(answer.value, str) else _WANT_LIST
    if question.type is QuestionType.TABLE:
        return _misfit_of_table(question, answer.value)
    return _misfit_of_scalar(question.type, answer.value) or _misfit_of_number(question, answer.value)


def _allows(question: Question, special: Special) -> bool:
    return question.allows_none if special is NONE else question.allows_not_applicable


_NOT_ALLOWED = {
    NONE: Text('"ingen" er ikke et muligt svar', '"none" is not a possible answer'),
    NOT_APPLICABLE: Text('"ikke relevant" er ikke et muligt svar', '"not applicable" is not a possible answer'),
}
_WANT_LIST = Text("der ventes en liste af tekster", "a list of texts is expected")
_WANT_TABLE = Text("der ventes en tabel med rækker", "a table with rows is expected")


def _one_of(question: Question) -> Text:
    known = (", ".join(f'{o.id} ("{o.text[language]}")' for o in question.options) for language in LANGUAGES)
    return Text("svaret er ikke en af mulighederne {known}", "the answer is not one of the options {known}").fill(
        known=Text(*known)
    )


def _misfit_of_scalar(kind: QuestionType, value: object) -> Text | None:
    form, name = _FORMS.get(kind, (str, _FORMS[QuestionType.TEXT][1]))
    if isinstance(value, form):
        return None
    return Text("der ventes {form}", "{form} is expected").fill(form=name)


def _misfit_of_number(question: Question, value: object) -> Text | None:
    if not isinstance(value, Number):
        return None
    if value.decimals > question.decimals:
        most = question.decimals
        return Text(f"tallet har flere decimaler end {most}", f"the number has more decimals than {most}")
    if value.count < 0 and question.decimals == 0:  # nothing that is counted can be below zero
        return Text("tallet kan ikke være negativt", "the number cannot be negative")
    return None


def _is_list_of(value: object, kind: type) -> bool:
    return isinstance(value, tuple) and all(isinstance(item, kind) for item in value)


def _misfit_of_table(question: Question, value: object) -> Text | None:
    if not isinstance(value, tuple) or not _is_list_of(value, Mapping):
        return _WANT_TABLE
    columns = {column.id: column for column in question.columns}
    found = (_misfit_of_cell(columns, name, cell) for row in value for name, cell in row.items())
    return next((why for why in found if why), None)


def _misfit_of_cell(columns: Mapping[str, Column], name: str, cell: object) -> Text | None:
    column = columns.get(name)
    if column is None:
        return Text(f"tabellen har ingen kolonne {name}", f"the table has no column {name}")
    why = _misfit_of_scalar(column.type, cell)
    return why and Text("kolonnen {name}: {why}", "column {name}: {why}").fill(name=name, why=why)
