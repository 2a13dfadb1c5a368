"""Questions: what is asked, in which form, of whom, by which paragraph, and under which conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property

from attrs import frozen

from almenstyring.domain.certainty import Certainty
from almenstyring.domain.expressions import Expression
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
    ``change`` says what is new since the definition before. ``asked_when`` is the condition on which the question is
    asked at all; ``comment_when`` and ``required_when`` add to ``comment`` and ``required`` on a condition.
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
    asked_when: Expression | None = None
    comment_when: Expression | None = None
    required_when: Expression | None = None

    @cached_property
    def _options(self) -> Mapping[str, Option]:
        return {option.id: option for option in self.options}

    def option(self, value: object) -> Option | None:
        """The option with that id, or None."""
        return self._options.get(value) if isinstance(value, str) else None

    def conditions(self) -> Iterator[tuple[str, Expression]]:
        """The conditions there are, each with the name of its field."""
        named = (("asked_when", self.asked_when), ("comment_when", self.comment_when))
        for name, condition in (*named, ("required_when", self.required_when)):
            if condition is not None:
                yield name, condition
