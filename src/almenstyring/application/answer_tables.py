"""The tables of answers: of the organisation, of its estates, of table questions, of accounts questionnaires."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from almenstyring.application import wording
from almenstyring.application.entries import Entry, entries
from almenstyring.application.table_columns import (
    KEY,
    PROVENANCE,
    STATE,
    UNIT,
    UNIT_KEY,
    Rows,
    TableCell,
    column,
    key,
    provenance_cells,
    unit_key,
)
from almenstyring.content import label
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting import Answer, Cell, DocumentationPackage, Standard
from almenstyring.domain.text import Text

ANSWERS = (
    *UNIT_KEY,
    column("section", "Afsnit", "Section", 28),
    column("code", "Nr.", "No.", 9),
    column("question", "Spørgsmål", "Question", 60),
    STATE,
    column("answer", "Svar", "Answer", 34),
    column("measure", "Måles i", "Measured in", 14),
    column("comment", "Kommentar", "Comment", 50),
    *PROVENANCE,
    column("law", "Hjemmel", "Law", 22),
    column("id", "Spørgsmålets id", "Question id", 34),
    column("definition", "Definition", "Definition", 11, 0),
    column("certainty", "Ordlyd", "Wording", 16),
)


def organisation_answers(pairs: Iterable[tuple[DocumentationPackage, Standard]]) -> Rows:
    """One row per question the organisation is asked and per further answer it gave."""
    for package, standard in pairs:
        for entry in entries(package, standard, package.report):
            yield _answer(package, package.report.unit, entry)


def estate_answers(pairs: Iterable[tuple[DocumentationPackage, Standard]]) -> Rows:
    """The same for every estate report."""
    for package, standard in pairs:
        for sheet in package.estate_reports:
            for entry in entries(package, standard, sheet):
                yield _answer(package, sheet.unit, entry)


def _answer(package: DocumentationPackage, unit: Unit, entry: Entry) -> tuple[TableCell, ...]:
    answer, question = entry.answer, entry.question
    return (
        *unit_key(package, unit),
        entry.section.name if entry.section else Text("Ikke i standarden", "Not in the standard"),
        (question.code or None) if question else None,
        question.text if question else entry.id,
        wording.state(answer, question),
        wording.cell_of(answer, question),
        question.unit if question and question.unit.da else None,
        answer.comment or None,
        *provenance_cells(answer.provenance),
        str(question.law) if question else None,
        entry.id,
        question.definition if question else None,
        label(question.certainty) if question else None,
    )


ANSWER_ROWS = (
    *KEY,
    UNIT,
    column("id", "Spørgsmålets id", "Question id", 34),
    column("row", "Række", "Row", 8, 0),
    column("column", "Kolonne", "Column", 28),
    column("value", "Værdi", "Value", 30),
)


def answer_rows(pairs: Iterable[tuple[DocumentationPackage, Standard]]) -> Rows:
    """The rows of table answers, one line per cell, so that amounts and dates stay what they are."""
    for package, standard in pairs:
        for sheet in package.sheets():
            for entry in entries(package, standard, sheet):
                for number, row in enumerate(_rows_of(entry.answer), 1):
                    for column_id, value in row.items():
                        name = wording.column_name(entry.question, column_id)
                        yield (*key(package), str(sheet.unit), entry.id, number, name, value)


def _rows_of(answer: Answer) -> Iterator[Mapping[str, Cell]]:
    if isinstance(answer.value, tuple):
        yield from (item for item in answer.value if not isinstance(item, str))


QUESTIONNAIRES = (
    *KEY,
    UNIT,
    column("questionnaire", "Spørgeskema", "Questionnaire", 30),
    column("version", "Version", "Version", 9, 0),
    column("id", "Spørgsmålets id", "Question id", 34),
    STATE,
    column("answer", "Svar", "Answer", 34),
    column("comment", "Kommentar", "Comment", 50),
    *PROVENANCE,
)


def questionnaires(packages: Iterable[DocumentationPackage]) -> Rows:
    """One row per answer to an accounts questionnaire."""
    for package in packages:
        for sheet in package.questionnaires:
            for question, answer in sheet.answers.items():
                yield (
                    *key(package),
                    str(sheet.unit),
                    sheet.questionnaire,
                    sheet.version,
                    question,
                    wording.state(answer),
                    wording.cell_of(answer, None),
                    answer.comment or None,
                    *provenance_cells(answer.provenance),
                )
