"""Questions whose conditions are given as texts, and a standard of them."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.expressions import Expression
from almenstyring.domain.organisations import OrganisationKind
from almenstyring.domain.reporting import Level, Option, Question, QuestionType, Section, Standard
from almenstyring.domain.text import Text
from almenstyring.domain.values import LegalReference

HOUSING, ADMINISTRATION = OrganisationKind.HOUSING_ORGANISATION, OrganisationKind.ADMINISTRATION_ORGANISATION
CONDITIONS = ("asked_when", "comment_when", "required_when")
_LAW, _SAME = LegalReference.parse("DB § 112, stk. 5"), Text("?", "?")
_OPTIONS = tuple(Option(id=name, text=_SAME, low=name == "no") for name in ("yes", "no"))


def ask(question_id: str, kind: QuestionType = QuestionType.TEXT, **changes: Any) -> Question:
    """A question that need not be answered; its conditions are texts, and "estate.x" is a question of an estate."""
    for name in CONDITIONS:
        if name in changes:
            changes[name] = Expression.read(changes[name]) if changes[name] else None
    made = Question(
        id=question_id,
        definition=1,
        type=kind,
        level=Level.ESTATE if question_id.startswith("estate") else Level.ORGANISATION,
        text=_SAME,
        applies_to=frozenset({HOUSING, ADMINISTRATION}),
        law=_LAW,
        certainty=Certainty.PROJECT_AUTHORED,
        source="",
        options=_OPTIONS if kind.has_options else (),
        required=False,
    )
    return evolve(made, **changes)


def standard_of(*questions: Question) -> Standard:
    """A standard of one section with these questions."""
    return Standard(
        id="T:standard",
        report_year=ReportYear(2026),
        content_version=1,
        name=_SAME,
        sections=(Section(id="all", name=_SAME, level=Level.ORGANISATION, law=_LAW, questions=questions),),
        certainty=Certainty.PROJECT_AUTHORED,
        source="",
    )
