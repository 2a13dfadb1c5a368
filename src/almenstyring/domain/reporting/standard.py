"""The standard: what a report year asks, of whom, by which paragraph.

A question keeps its id for ever; when its meaning or method changes it gets a new definition
number, and what changed is said. A year's standard is a composition of definitions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property

from attrs import frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.organisations import OrganisationKind
from almenstyring.domain.text import Text
from almenstyring.domain.values import LegalReference

NO_TEXT = Text("", "")


class QuestionType(StrEnum):
    """What kind of answer a question takes (da: svartype)."""

    DEGREE = "degree"
    YES_PARTLY_NO = "yes_partly_no"
    YES_NO = "yes_no"
    CHOICE = "choice"
    NUMBER = "number"
    MONEY = "money"
    TEXT = "text"
    DATE = "date"
    TABLE = "table"
    LIST = "list"

    @property
    def has_options(self) -> bool:
        """The answer is one of a closed list of options."""
        return self in (self.DEGREE, self.YES_PARTLY_NO, self.YES_NO, self.CHOICE)


class Level(StrEnum):
    """Whether a question is asked once for the organisation or once for each estate (da: niveau)."""

    ORGANISATION = "organisation"
    ESTATE = "estate"


class CommentRule(StrEnum):
    """When a question's comment must be filled in (da: kommentarregel)."""

    OPTIONAL = "optional"
    REQUIRED = "required"
    REQUIRED_WHEN_LOW = "required_when_low"


class FigureRole(StrEnum):
    """Which kind of figure a question holds, where rules depend on it (da: talart)."""

    ACCOUNTING = "accounting"
    MOVE_OUTS = "move_outs"
    OTHER = "other"


@frozen(kw_only=True)
class Option:
    """One option of a closed list; ``low`` marks the answers that call for a comment."""

    id: str
    text: Text
    low: bool = False


@frozen(kw_only=True)
class Column:
    """One column of a table question."""

    id: str
    type: QuestionType
    text: Text


@frozen(kw_only=True)
class Question:
    """One definition of one question (da: vurderingsspørgsmål or baggrundsinformation).

    ``decimals`` and ``unit`` belong to numbers; ``prefill`` names the figure a source delivers;
    ``change`` says what is new since the definition before.
    """

    id: str
    definition: int
    type: QuestionType
    level: Level
    text: Text
    applies_to: frozenset[OrganisationKind]
    law: LegalReference
    certainty: Certainty
    source: str
    code: str = ""
    help: Text = NO_TEXT
    required: bool = True
    allows_none: bool = False
    allows_not_applicable: bool = False
    comment: CommentRule = CommentRule.OPTIONAL
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    unit: Text = NO_TEXT
    decimals: int = 0
    figure: FigureRole | None = None
    prefill: str = ""
    change: Text = NO_TEXT

    @cached_property
    def _options(self) -> Mapping[str, Option]:
        return {option.id: option for option in self.options}

    def option(self, value: object) -> Option | None:
        """The option with that id, or None."""
        return self._options.get(value) if isinstance(value, str) else None


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
    """

    id: str
    report_year: ReportYear
    content_version: int
    name: Text
    sections: tuple[Section, ...]
    certainty: Certainty
    source: str
    gaps: tuple[Text, ...] = ()

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
