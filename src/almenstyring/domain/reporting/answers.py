"""Answers: a value, an explicit "ingen", not applicable, or missing; never a guess between them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import cast

from attrs import evolve, field, frozen

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.figures.provenance import Provenance
from almenstyring.domain.organisations import Unit
from almenstyring.domain.text import Text
from almenstyring.domain.values import Dkk, Number
from almenstyring.domain.values.faults import shown


class Special(Enum):
    """An answer without a value: "ingen" said openly, or not applicable (da: ingen, ikke relevant).

    It is no text, so that the typed text "none" never equals it.
    """

    NONE = "none"
    NOT_APPLICABLE = "not_applicable"


NONE = Special.NONE
NOT_APPLICABLE = Special.NOT_APPLICABLE

Cell = str | Number | Dkk | date
Row = Mapping[str, Cell]
Value = Cell | tuple[str, ...] | tuple[Row, ...]


@frozen(kw_only=True)
class Answer:
    """The answer to one question (da: svar). ``value`` is None where only a comment is given."""

    value: Value | Special | None = field(default=None, hash=False)
    comment: str = ""
    provenance: Provenance | None = None

    @property
    def is_missing(self) -> bool:
        """Neither a value, nor "ingen", nor not applicable; a blank text or list is missing, zero is not."""
        match self.value:
            case None:
                return True
            case str(text):
                return not text.strip()
            case tuple(items):
                return not any(item.strip() if isinstance(item, str) else item for item in items)
        return False

    @property
    def is_value(self) -> bool:
        """A real value was given."""
        return not self.is_missing and not isinstance(self.value, Special)


MISSING = Answer()


def as_value(raw: object) -> Value | Special | None:
    """Turn what a caller writes into an answer's value: int and Decimal become Number, lists become tuples.

    A float, a bool, a time of day or anything nested deeper than rows raises InvalidValueError.

    >>> as_value([{"navn": "Vaskeri", "antal": 0}])
    ({'navn': 'Vaskeri', 'antal': Number(count=0, decimals=0)},)
    """
    match raw:
        case None | Special() | str() | Number() | Dkk():
            return raw
        case bool() | float() | datetime():
            raise _unusable(raw)
        case date():
            return raw
        case int() | Decimal():
            return Number.of(raw)
        case list() | tuple():
            return _as_items(list(raw))
    raise _unusable(raw)


def _as_items(items: list[object]) -> tuple[str, ...] | tuple[Row, ...]:
    if all(isinstance(item, str) for item in items):
        return tuple(cast("list[str]", items))
    if all(isinstance(item, Mapping) for item in items):
        return tuple(_as_row(cast("Mapping[object, object]", item)) for item in items)
    raise _unusable(next(item for item in items if not isinstance(item, str)), within=items)


def _as_row(raw: Mapping[object, object]) -> Row:
    row: dict[str, Cell] = {}
    for column, cell in raw.items():
        value = as_value(cell)
        if not isinstance(column, str):
            raise _unusable(column, within=raw)
        if value is None or isinstance(value, Special | tuple):
            raise _unusable(cell, within=raw)
        row[column] = value
    return row


def _unusable(raw: object, within: object = None) -> InvalidValueError:
    kind = type(raw).__name__
    place = Text("Et svar", "An answer") if within is None else Text("En del af en liste", "A part of a list")
    return InvalidValueError(
        Text(f"{place.da} kan ikke være af typen {kind}.", f"{place.en} cannot be of type {kind}."),
        Text(
            "Brug tekst, heltal, Decimal, Dkk, date, en liste af tekster eller en liste af rækker.",
            "Use text, int, Decimal, Dkk, date, a list of texts or a list of rows.",
        ),
        value=shown(raw if within is None else within),
    )


@frozen(kw_only=True)
class Sheet:
    """The answers of one unit by question id: a governance report or an estate report (da: skema)."""

    unit: Unit
    answers: Mapping[str, Answer] = field(factory=dict, hash=False)

    def __getitem__(self, question: str) -> Answer:
        """The answer; a question that was never answered is missing, not an error."""
        return self.answers.get(question, MISSING)

    def with_answer(self, question: str, answer: Answer) -> Sheet:
        """The sheet with one answer added or replaced."""
        return evolve(self, answers={**self.answers, question: answer})
