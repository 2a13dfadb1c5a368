"""What the conditions of a standard may look at, and what is wrong with those that cannot be used.

A condition of the organisation's questions looks at the organisation's own answers; one of an estate's questions at
the same estate's answers and at the organisation's. Both look at the master data of their unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from almenstyring.domain.expressions import (
    BARE,
    KRONER,
    CycleError,
    Expression,
    ExpressionError,
    Kind,
    Measure,
    NumberKind,
    PresenceKind,
    Reference,
    TextKind,
    TruthKind,
    in_order,
)
from almenstyring.domain.figures.facts import MASTER_FACTS
from almenstyring.domain.reporting.questions import Level, Question, QuestionType
from almenstyring.domain.text import Text

Complaint = tuple[Question, str, Text]
"""Which question, which of its fields, and what is wrong there."""

_MEASURES = (
    "kr",
    "kr/m2",
    "kr/unit",
    "kr/home",
    "m2",
    "home",
    "unit",
    "household",
    "resident",
    "estate",
    "pct",
    "year",
)
MEASURES: Mapping[str, Measure] = {Measure.parse(text).name.da: Measure.parse(text) for text in _MEASURES}
"""The measures by what they are called after a figure, which is how a question writes its unit."""


def measure_of(question: Question) -> Measure:
    """The measure of a figure; a unit that is not known makes a bare number, and money without a unit is kroner."""
    usual = KRONER if question.type is QuestionType.MONEY else BARE
    return MEASURES.get(question.unit.da, usual)


def kind_of_answer(question: Question) -> Kind:
    """What an answer is in a condition; of dates, lists and tables only ``missing(...)`` can be asked."""
    if question.type.has_options:
        return TextKind(frozenset(option.id for option in question.options))
    if question.type in (QuestionType.NUMBER, QuestionType.MONEY):
        return NumberKind(measure=measure_of(question))
    return TextKind() if question.type is QuestionType.TEXT else PresenceKind()


def kind_of_reference(reference: Reference, known: Mapping[str, Question], level: Level) -> Kind | None:
    """What a condition at this level refers to; None where there is no such thing to refer to."""
    if reference.years_back:
        return None
    if reference.space == "master":
        fact = MASTER_FACTS.get(reference.key)
        return NumberKind(measure=fact.measure) if fact else None
    question = known.get(reference.key) if reference.space == "answer" else None
    if question is None:
        return None
    if level is Level.ORGANISATION and question.level is Level.ESTATE:
        raise ExpressionError(
            Text(
                "Organisationens spørgsmål kan ikke afhænge af en afdelings svar",
                "A question of the organisation cannot depend on an estate's answer",
            ),
            reference.place,
        )
    return kind_of_answer(question)


def answers_in(condition: Expression | None) -> frozenset[str]:
    """The questions whose answers a condition looks at."""
    found = condition.references if condition else ()
    return frozenset(reference.key for reference in found if reference.space == "answer")


def asked_in_order(questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions asked on a condition, each after those it looks at; CycleError names a circle."""
    conditional = {question.id: question for question in questions if question.asked_when}
    order = in_order({name: answers_in(question.asked_when) for name, question in conditional.items()})
    return tuple(conditional[name] for name in order if name in conditional)


def complaints(questions: Sequence[Question]) -> Iterator[Complaint]:
    """What is wrong with the conditions of questions that are asked together."""
    known = {question.id: question for question in questions}
    for question in questions:
        for name, condition in question.conditions():
            why = _complaint(question, condition, known)
            if why:
                yield question, name, why
    try:
        asked_in_order(questions)
    except CycleError as error:
        yield known[error.path[0]], "asked_when", error.message


def _complaint(question: Question, condition: Expression, known: Mapping[str, Question]) -> Text | None:
    try:
        kind = condition.check(lambda reference: kind_of_reference(reference, known, question.level))
    except ExpressionError as error:
        return error.message
    if isinstance(kind, TruthKind):
        return None
    return Text(
        f"betingelsen er {kind.name.da}, men skal være et udsagn", f"the condition is {kind.name.en}, not a statement"
    )
