"""Loading what a report year asks: the catalogue of definitions, and the year's composition of them.

A folder holds ``questions.toml`` with every definition ever used, and one ``<year>.toml`` for each report
year, which says which definition of which question stands in which section.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import attrs
from attrs import evolve, field, frozen

from almenstyring.content.reader import Document, read_toml, refusal
from almenstyring.content.structure import Checks, Complaint, structure
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import ContentError, Fault, NotFoundError
from almenstyring.domain.reporting import (
    Column,
    CommentRule,
    Level,
    Option,
    Question,
    Questionnaire,
    QuestionType,
    Section,
    Standard,
)
from almenstyring.domain.reporting.conditions import complaints
from almenstyring.domain.reporting.questions import NO_TEXT
from almenstyring.domain.reporting.reachable import never_met
from almenstyring.domain.text import Text
from almenstyring.domain.values import LegalReference

T = TypeVar("T")
Folder = Traversable | Path
Scales = Mapping[str, tuple[Option, ...]]

QUESTIONNAIRES = ("organisation", "estate", "administration_organisation")

_FIGURES = (QuestionType.NUMBER, QuestionType.MONEY)
_CELLS = (*_FIGURES, QuestionType.TEXT, QuestionType.DATE)


@frozen(kw_only=True)
class _Catalogue:
    scales: Scales = field(factory=dict)
    question: tuple[Question, ...]


@frozen(kw_only=True)
class _Section:
    id: str
    name: Text
    level: Level
    law: LegalReference
    goal: str = ""
    questions: Mapping[str, int]


@frozen(kw_only=True)
class _Year:
    id: str
    report_year: ReportYear
    content_version: int
    name: Text
    certainty: Certainty
    source: str
    gaps: tuple[Text, ...] = ()
    section: tuple[_Section, ...]


@frozen(kw_only=True)
class _QuestionnaireFile(Questionnaire):
    scales: Scales = field(factory=dict)


def standard_years(folder: Folder | None = None) -> tuple[ReportYear, ...]:
    """The report years that a folder has content for; without a folder, those of the library."""
    names = (item.name for item in (folder or _own_folder()).iterdir())
    return tuple(ReportYear(int(name[:4])) for name in sorted(names) if re.fullmatch(r"[0-9]{4}\.toml", name))


@cache
def load_standard(year: ReportYear) -> Standard:
    """The library's own standard of a report year; NotFoundError for a year without content."""
    return standard_from(_own_folder(), year)


def standard_from(folder: Folder, year: ReportYear) -> Standard:
    """The standard of a report year from a folder, so that a plug-in can bring its own.

    Raises NotFoundError where the folder has no such year, and ContentError with every fault of both files.
    """
    if year not in standard_years(folder):
        known = ", ".join(map(str, standard_years(folder)))
        raise NotFoundError(
            Text("Der er intet indhold for styringsår {year}.", "There is no content for report year {year}.").fill(
                year=year
            ),
            Text("Der er indhold for: {known}.", "There is content for: {known}.").fill(known=known),
            year=int(year),
        )
    faults: list[Fault] = []
    definitions = _attempt(faults, lambda: read_toml(folder / "questions.toml"))
    catalogue = _attempt(faults, lambda: structure(definitions, _Catalogue, _CHECKS)) if definitions else None
    document = _attempt(faults, lambda: read_toml(folder / f"{year}.toml"))
    composition = _attempt(faults, lambda: structure(document, _Year)) if document else None
    if definitions is None or catalogue is None or document is None or composition is None:
        raise refusal(faults)
    if composition.report_year != year:
        message = Text("filens navn nævner et andet år", "the name of the file says another year")
        raise refusal([document.fault(("report_year",), message)])
    composed = _composed(catalogue, composition, document)
    if faults := list(_of_conditions(composed, catalogue, definitions)):
        raise refusal(faults)
    header = {a.name: getattr(composition, a.name) for a in attrs.fields(_Year) if a.name != "section"}
    return Standard(sections=composed, **header)


@cache
def load_questionnaires() -> tuple[Questionnaire, ...]:
    """The library's accounts questionnaires (da: regnskabsspørgeskemaer): declared empty, see their notes."""
    folder = files("almenstyring.content") / "questionnaires"
    return tuple(questionnaire_from(folder / f"{name}.toml") for name in QUESTIONNAIRES)


def questionnaire_from(source: Traversable | Path) -> Questionnaire:
    """One accounts questionnaire from a file; ContentError with every fault."""
    read = structure(read_toml(source), _QuestionnaireFile, _CHECKS)
    plain = {a.name: getattr(read, a.name) for a in attrs.fields(Questionnaire)}
    return Questionnaire(**plain | {"questions": tuple(_scaled(question, read.scales) for question in read.questions)})


def _own_folder() -> Traversable:
    return files("almenstyring.content") / "standards" / "styringsrapport"


def _attempt(faults: list[Fault], load: Callable[[], T]) -> T | None:
    """What ``load`` gives, or None after its faults are kept, so that the next file is read too."""
    try:
        return load()
    except ContentError as error:
        faults.extend(error.faults)
        return None


def _composed(catalogue: _Catalogue, year: _Year, document: Document) -> tuple[Section, ...]:
    definitions = {(q.id, q.definition): _scaled(q, catalogue.scales) for q in catalogue.question}
    if complaints := list(_misplaced(year, definitions)):
        raise refusal(document.fault(*complaint) for complaint in complaints)
    return tuple(
        Section(
            id=section.id,
            name=section.name,
            level=section.level,
            law=section.law,
            goal=section.goal,
            questions=tuple(definitions[asked] for asked in section.questions.items()),
        )
        for section in year.section
    )


def _of_conditions(sections: tuple[Section, ...], catalogue: _Catalogue, document: Document) -> Iterator[Fault]:
    """The conditions that cannot be reckoned among the year's questions, or can never hold."""
    questions = tuple(question for section in sections for question in section.questions)
    places = {(question.id, question.definition): index for index, question in enumerate(catalogue.question)}
    for question, name, message in list(complaints(questions)) or never_met(questions):
        yield document.fault(("question", places[question.id, question.definition], name), message)


def _misplaced(year: _Year, definitions: Mapping[tuple[str, int], Question]) -> Iterator[Complaint]:
    """The questions that a composition cannot have where it has them."""
    seen: set[str] = set()
    for index, section in enumerate(year.section):
        for question, definition in section.questions.items():
            steps = ("section", index, "questions", question)
            found = definitions.get((question, definition))
            if found is None:
                yield steps, Text("definitionen findes ikke", "there is no such definition")
            elif found.level is not section.level:
                yield steps, Text("spørgsmålet hører til et andet niveau", "the question belongs to another level")
            if question in seen:
                yield steps, Text("spørgsmålet står i to afsnit", "the question is in two sections")
            seen.add(question)


def _scaled(question: Question, scales: Scales) -> Question:
    return evolve(question, options=scales[question.type]) if _takes_scale(question) else question


def _takes_scale(question: Question) -> bool:
    return question.type.has_options and question.type is not QuestionType.CHOICE


def _of_question(question: Question) -> Iterator[Complaint]:
    """What may be wrong between the fields of one definition."""
    if (question.type is QuestionType.CHOICE) != bool(question.options):
        yield ("options",), Text("valgmuligheder hører til typen choice", "options belong to the type choice")
    if (question.type is QuestionType.TABLE) != bool(question.columns):
        yield ("columns",), Text("kolonner hører til typen table", "columns belong to the type table")
    if question.type not in _FIGURES and (question.unit != NO_TEXT or question.decimals or question.figure):
        yield (), Text("enhed og talart hører til tal og beløb", "unit and figure belong to numbers and money")
    if question.definition < 1 or question.decimals < 0:
        yield (), Text("tallet kan ikke være så lavt", "the number cannot be that low")
    if question.required and question.required_when:
        why = Text("det kræver required = false", "it needs required = false")
        yield ("required_when",), why
    if question.comment is CommentRule.REQUIRED and question.comment_when:
        yield ("comment_when",), Text("kommentaren kræves altid", "the comment is always required")
    if (question.definition > 1) != (question.change != NO_TEXT):
        yield ("change",), Text("hver ny definition siger, hvad der er nyt", "each new definition says what is new")


def _of_column(column: Column) -> Iterator[Complaint]:
    if column.type not in _CELLS:
        yield ("type",), Text("en kolonne er tekst, tal, beløb eller dato", "a column is text, number, money or date")


def _of_scales(holder: _Catalogue | _QuestionnaireFile) -> Iterator[Complaint]:
    table = "question" if isinstance(holder, _Catalogue) else "questions"
    for index, question in enumerate(getattr(holder, table)):
        if _takes_scale(question) and question.type not in holder.scales:
            yield (table, index, "type"), Text("skalaen mangler i [scales]", "the scale is missing in [scales]")


_CHECKS = Checks(
    keys={Question: ("id", "definition")},
    complaints={
        Question: _of_question,
        Column: _of_column,
        _Catalogue: _of_scales,
        _QuestionnaireFile: _of_scales,
    },
)
