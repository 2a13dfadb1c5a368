"""The standard: what a report year asks, of whom, by which paragraph.

A question keeps its id for ever; when its meaning or method changes it gets a new definition
number, and what changed is said. A year's standard is a composition of definitions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from attrs import frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.organisations import OrganisationKind
from almenstyring.domain.reporting.conditions import asked_in_order, complaints
from almenstyring.domain.reporting.questions import Level, Question
from almenstyring.domain.text import Text
from almenstyring.domain.values import LegalReference


@frozen(kw_only=True)
class Section:
    """One section of the report (da: afsnit); ``goal`` names the statutory goal it belongs to, if any."""

    id: str
    name: Text
    level: Level
    law: LegalReference
    questions: tuple[Question, ...]
    goal: str = ""


@frozen(kw_only=True)
class Standard:
    """What is asked in one report year (da: standard). ``gaps`` says what is not known of the official one.

    ``content_version`` counts the corrections of this year's content within the library.
    InvalidValueError for conditions that cannot be reckoned or look at each other in a circle.
    """

    id: str
    report_year: ReportYear
    content_version: int
    name: Text
    sections: tuple[Section, ...]
    certainty: Certainty
    source: str
    gaps: tuple[Text, ...] = ()

    def __attrs_post_init__(self) -> None:
        for question, name, why in complaints(tuple(self)):
            raise InvalidValueError(
                Text(f"{question.id}, {name}: {why.da}", f"{question.id}, {name}: {why.en}"), question=question.id
            )

    @property
    def identity(self) -> str:
        """Printable and versioned: ``Standard=almenstyring:styringsrapport(2026)``."""
        return f"Standard={self.id}({self.report_year})"

    @cached_property
    def _questions(self) -> Mapping[str, Question]:
        return {question.id: question for question in self}

    def __iter__(self) -> Iterator[Question]:
        return (question for section in self.sections for question in section.questions)

    def question(self, question_id: str) -> Question | None:
        """The year's definition of the question, or None where it is not asked."""
        return self._questions.get(question_id)

    def asked_of(self, kind: OrganisationKind, level: Level) -> tuple[Question, ...]:
        """The questions asked of this kind of organisation at this level, in order."""
        return tuple(q for q in self if q.level is level and kind in q.applies_to)

    @cached_property
    def conditional(self) -> tuple[Question, ...]:
        """The questions asked on a condition, each after those its condition looks at."""
        return asked_in_order(tuple(self))

    def shares(self) -> Mapping[Certainty, int]:
        """How many questions are official, derived and project-authored."""
        return {certainty: sum(q.certainty is certainty for q in self) for certainty in Certainty}


@frozen(kw_only=True)
class Questionnaire:
    """An accounts questionnaire (da: regnskabsspørgeskema; DB § 72).

    The official texts are not known: the built-in ones are declared empty and a plug-in fills them.
    """

    id: str
    version: int
    name: Text
    note: Text
    law: LegalReference
    certainty: Certainty
    source: str
    questions: tuple[Question, ...] = ()
