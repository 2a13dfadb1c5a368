"""The organisation's own words on figures that deviate, and the official scores its estates were given."""

from __future__ import annotations

from collections.abc import Iterator

from almenstyring.domain.figures.colours import OfficialScore
from almenstyring.domain.figures.provenance import Sourced
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting.answers import Row, Sheet
from almenstyring.domain.reporting.package import DocumentationPackage
from almenstyring.domain.values import Number

EXPLANATIONS = "facts.deviations"
"""The question in which the organisation explains what deviates (DB § 112, stk. 5, nr. 2)."""
SCORE = "estate.efficiency_score"
"""The question that holds an estate's efficiency score of the year."""
OFFICIAL_SCORE = "efficiency_score"
"""The key figure that holds the official scores of earlier years."""


def rows_of(sheet: Sheet, question: str) -> tuple[Row, ...]:
    """The rows of a table answer; none where it has none, or is no table."""
    value = sheet[question].value
    return tuple(row for row in value if not isinstance(row, str)) if isinstance(value, tuple) else ()


def is_about(unit: Unit, text: str) -> bool:
    """Whether somebody who wrote this meant the unit; "T001-T0101" is about the estate and not about T001."""
    number = str(unit).rpartition("-")[2]
    return number in text and f"{number}-" not in text


def explanation_of(package: DocumentationPackage, unit: Unit) -> str:
    """What the report says of the unit among its explanations of deviations, each once; empty where it says nothing."""
    rows = (row for row in rows_of(package.report, EXPLANATIONS) if is_about(unit, str(row.get("unit"))))
    return "; ".join(dict.fromkeys(str(row.get("explanation", "")) for row in rows))


def official_scores(package: DocumentationPackage, sheet: Sheet) -> Iterator[OfficialScore]:
    """An estate's official scores: the imported answer of this year, and what a source delivered for earlier ones.

    A score that was typed or computed is not official and not among them.
    """
    kept = package.figures_of(sheet.unit)
    earlier = {year.period.accounting_year: year for year in kept.earlier} if kept else {}
    for accounting_year, figures in earlier.items():
        score = next((point.value for point in figures.points(OFFICIAL_SCORE)), None)
        if score is not None:
            yield OfficialScore(unit=sheet.unit, accounting_year=accounting_year, score=score)
    now = sheet[SCORE]
    if isinstance(now.value, Number) and isinstance(now.provenance, Sourced):
        yield OfficialScore(unit=sheet.unit, accounting_year=package.period.accounting_year, score=now.value)
