"""How a package is said to people: one wording for tables, workbooks and readable reports.

All of it is project-authored; the official wordings are not known.
"""

from __future__ import annotations

from datetime import date

from almenstyring.content import label
from almenstyring.domain.calendar import days_text
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting import (
    NONE,
    AnnualReportItem,
    Answer,
    Cell,
    Computed,
    DocumentationPackage,
    Opening,
    Provenance,
    Question,
    Row,
    Sourced,
    Special,
    Timing,
    Typed,
)
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values import Dkk, EstateId, Number

SYNTHETIC = "SYNTETISK"
"""The word that every export of an invented organisation bears, in every language."""

WHY_SYNTHETIC = Text(
    "Opdigtede organisationer og tal, kun til afprøvning.",
    "Synthetic: invented organisations and figures, for testing only.",
)
SYNTHETIC_NOTICE = Text(f"{SYNTHETIC}. {WHY_SYNTHETIC.da}", f"{SYNTHETIC}. {WHY_SYNTHETIC.en}")
"""The notice that goes with an export, for exporters that know nothing of organisations."""

OWN_WORDING = Text(
    "Spørgsmålenes ordlyd og opstillingen er projektets egen, ikke en officiel tekst.",
    "The wording of the questions and the layout are the project's own, not an official text.",
)

MISSING_TEXT = Text("mangler", "missing")
UNANSWERED_TEXT = Text("ikke besvaret", "not answered")
NONE_TEXT = Text("ingen", "none")
NOT_APPLICABLE_TEXT = Text("ikke relevant", "not applicable")
ANSWERED_TEXT = Text("besvaret", "answered")
ONLY_COMMENT_TEXT = Text("kun kommentar", "comment only")

ANNUAL_REPORT = {
    AnnualReportItem.FINANCIAL_PROBLEMS: Text("Økonomiske problemer", "Financial problems"),
    AnnualReportItem.FINANCIAL_MANAGEMENT: Text("Økonomistyring", "Financial management"),
    AnnualReportItem.OWN_CONTROL: Text("Egenkontrol", "Own control"),
    AnnualReportItem.COST_GOALS: Text("Mål for omkostninger", "Goals for costs"),
    AnnualReportItem.AUDITOR_REMARKS: Text("Revisors bemærkninger", "The auditor's remarks"),
}
"""The items of DB § 73 in short words; their numbers are their places in the enum, from 1."""


def timing_text(timing: Timing) -> Text:
    """Timeliness in words, with the days where there are any.

    >>> from almenstyring.domain.reporting import Timeliness
    >>> print(timing_text(Timing(Timeliness.LATE, 1)).da)
    for sen, 1 dag
    """
    words, days = label(timing.timeliness), days_text(timing.days_late)
    return Text(f"{words.da}, {days.da}", f"{words.en} by {days.en}") if timing.days_late else words


def opening_text(opening: Opening) -> Text:
    """What of a returned package the municipality opened later, and why."""
    places = ", ".join(map(str, opening.places))
    return Text(f"Åbnet: {places}. {opening.reason}", f"Opened: {places}. {opening.reason}")


def annual_report_law(item: AnnualReportItem) -> str:
    """The paragraph of an item.

    >>> annual_report_law(AnnualReportItem.OWN_CONTROL)
    'DB § 73, nr. 3'
    """
    return f"DB § 73, nr. {list(AnnualReportItem).index(item) + 1}"


def state(answer: Answer, question: Question | None = None) -> Text:
    """Whether an answer is there, is "ingen", is not applicable, or is missing; never a guess between them.

    What nobody has to answer is not missing but unanswered.
    """
    if isinstance(answer.value, Special):
        return NONE_TEXT if answer.value is NONE else NOT_APPLICABLE_TEXT
    if answer.is_missing:
        if answer.comment.strip():
            return ONLY_COMMENT_TEXT
        return MISSING_TEXT if question is None or question.required else UNANSWERED_TEXT
    return ANSWERED_TEXT


def cell_of(answer: Answer, question: Question | None) -> Cell | Text | None:
    """An answer as one typed cell of a table: options by their text, lists and rows as lines, missing as None."""
    value = answer.value
    if isinstance(value, Special):
        return state(answer)
    if value is None or answer.is_missing:
        return None
    if isinstance(value, tuple):
        return Text(*("\n".join(_item(item, question, lang) for item in value) for lang in ("da", "en")))
    option = question.option(value) if question else None
    return option.text if option else value


def _item(item: str | Row, question: Question | None, language: Language) -> str:
    if isinstance(item, str):
        return f"• {item}"
    cells = (f"{column_name(question, key)[language]}: {said(cell, language)}" for key, cell in item.items())
    return f"• {'; '.join(cells)}"


def column_name(question: Question | None, column: str) -> Text:
    """The heading of a column of a table question; an unknown column is called by its id."""
    known = {c.id: c.text for c in question.columns} if question else {}
    return known.get(column, Text(column, column))


def said(value: Cell | int | Text | None, language: Language) -> str:
    """A cell as people write it; an empty text where there is none.

    >>> said(Dkk.of("1234.50"), "da"), said(date(2026, 6, 29), "da"), said(date(2026, 6, 29), "en")
    ('1.234,50 kr.', '29-06-2026', '2026-06-29')
    """
    match value:
        case None:
            return ""
        case Text():
            return value[language]
        case Number() | Dkk():
            return value.display(language)
        case date():
            return f"{value:%d-%m-%Y}" if language == "da" else value.isoformat()
    return str(value)


def day_text(day: date) -> Text:
    """A day as people write it in each language.

    >>> day_text(date(2026, 6, 29)).da
    '29-06-2026'
    """
    return Text(said(day, "da"), said(day, "en"))


def source_of(provenance: Provenance | None) -> Text:
    """Where a value came from in one line: the source, its key, the day, and how firm it is; or who typed it."""
    match provenance:
        case Sourced(source=source, key=key, retrieved_at=at, status=status):
            firm = label(status)
            return Text(
                f"Forudfyldt fra {source} ({key}), hentet {said(at.date(), 'da')}, {firm.da}",
                f"Prefilled from {source} ({key}), retrieved {said(at.date(), 'en')}, {firm.en}",
            )
        case Computed(definition=definition, status=status):
            firm = label(status)
            return Text(f"Beregnet efter {definition}, {firm.da}", f"Computed by {definition}, {firm.en}")
        case Typed(by=by):
            return Text(f"Indtastet af {by}".removesuffix(" af "), f"Typed by {by}".removesuffix(" by "))
    return Text("", "")


def name_of(package: DocumentationPackage, unit: Unit) -> str:
    """The name of the organisation or of one of its estates by the package's master data; empty if unknown."""
    master = package.master_data
    if master is None:
        return ""
    if not isinstance(unit, EstateId):
        return master.organisation.name
    estate = master.estate(unit)
    return estate.name if estate else ""
