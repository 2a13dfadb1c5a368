"""Preparation sheets, briefings and critical reviews as people read them: HTML, Markdown or text, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable

from attrs import evolve

from almenstyring import codec
from almenstyring.application import wording
from almenstyring.application.paper_parts import Paper, PaperChapter
from almenstyring.application.papers import Readable, as_paper
from almenstyring.builtin.readable import page
from almenstyring.builtin.readable_parts import Chapter, Grid, Report
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values import Number
from almenstyring.domain.values.faults import known_language
from almenstyring.ports import Table

TEMPLATES = {"html": "paper.html", "markdown": "paper.md", "text": "report.txt"}
FORMS = (*TEMPLATES, "json")
"""In which forms a paper can be shown."""


def render(shown: Readable, form: str = "markdown", language: Language = "da") -> str:
    """A preparation sheet, a briefing or a critical review as "markdown", "html", "text" or "json".

    The HTML is one whole page made to be printed on one side. JSON holds everything in both languages, whatever the
    language. InvalidValueError for another form or language.
    """
    if form == "json":
        return json.dumps(as_data(shown), ensure_ascii=False, indent=2) + "\n"
    if form not in TEMPLATES:
        raise InvalidValueError(
            Text(f"{form!r} er ingen form.", f"{form!r} is no form."),
            Text(f"Formerne er {', '.join(FORMS)}.", f"The forms are {', '.join(FORMS)}."),
            value=form,
        )
    said = known_language(language)
    return page(TEMPLATES[form], [_report(as_paper(shown), said)], said)


def as_data(shown: Readable) -> dict[str, object]:
    """Everything in it as plain data, with what it is and whether it is about invented units."""
    paper = as_paper(shown)
    return {
        "paper": paper.id.split("-")[0],
        "synthetic": wording.SYNTHETIC if paper.is_synthetic else None,
        "title": codec.plain(paper.title),
        "notes": [codec.plain(note) for note in paper.notes],
        **codec.plain(shown),
    }


def _report(paper: Paper, language: Language) -> Report:
    return Report(
        id=paper.id,
        title=paper.title[language],
        subtitle=paper.subtitle[language],
        facts=tuple((name[language], wording.said(value, language)) for name, value in paper.facts),
        is_synthetic=paper.is_synthetic,
        notes=tuple(note[language] for note in paper.notes),
        chapters=tuple(_chapters(paper.chapters, language)),
    )


def _chapters(chapters: Iterable[PaperChapter], language: Language) -> Iterable[Chapter]:
    for chapter in chapters:
        yield Chapter(
            id=chapter.id,
            title=chapter.title[language],
            law=chapter.law,
            paragraphs=(*(each[language] for each in chapter.paragraphs), *_left_out(chapter, language)),
            grids=tuple(_grid(each, language, chapter.most) for each in _shown(chapter)),
        )


def _shown(chapter: PaperChapter) -> tuple[Table, ...]:
    return chapter.tables if chapter.on_page is None else chapter.on_page


def _left_out(chapter: PaperChapter, language: Language) -> Iterable[str]:
    most = chapter.most
    more = sum(max(0, len(table.rows) - most) for table in _shown(chapter)) if most is not None else 0
    if more:
        yield Text(f"{more} flere står i regneark og data.", f"{more} more are in workbooks and data.")[language]


def _grid(table: Table, language: Language, most: int | None) -> Grid:
    """A neutral table as a small one on a page; columns that nobody filled are left out."""
    table = evolve(table, rows=table.rows[:most])
    filled = [index for index in range(len(table.columns)) if any(row[index] is not None for row in table.rows)]
    figures = [
        place
        for place, index in enumerate(filled)
        if all(isinstance(row[index], int | Number | None) for row in table.rows)
    ]
    return Grid(
        heads=tuple(table.columns[index].title[language] for index in filled),
        figures=tuple(figures),
        rows=tuple(tuple(wording.said(row[index], language) for index in filled) for row in table.rows),
    )
