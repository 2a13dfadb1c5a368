"""Whether a condition can ever hold: every combination of the few answers that matter is tried.

A choice has its options, and may be missing. Of a number only the literals matter that it is compared with: the
literals, a value between two neighbours, one below and one above all, and missing. Where a condition reckons with
numbers, or there are too many combinations, it is taken to be able to hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise, product
from math import prod

from almenstyring.domain.expressions import (
    Expression,
    Kind,
    Literal,
    Lookup,
    Node,
    NumberKind,
    Operation,
    Reference,
    TextKind,
    Value,
    literals,
)
from almenstyring.domain.organisations import OrganisationKind
from almenstyring.domain.reporting.conditions import Complaint, answers_in, asked_in_order, kind_of_reference
from almenstyring.domain.reporting.questions import Level, Question
from almenstyring.domain.text import Text

MOST_COMBINATIONS = 20_000
_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
_Seen = tuple[Reference, Level | None]
"""An answer; or a fact of the organisation's master data or of the estate's, which are two things."""
_Case = Mapping[_Seen, Value | None]


def never_met(questions: Sequence[Question]) -> Iterator[Complaint]:
    """The conditions that cannot hold for some kind of organisation the question is asked of.

    Needs questions without ``conditions.complaints``.
    """
    known = {question.id: question for question in questions}
    order = asked_in_order(questions)
    for question in questions:
        for name, condition in question.conditions():
            kinds = sorted(
                kind for kind in question.applies_to if not _can_hold(question, condition, kind, known, order)
            )
            if kinds:
                who = ", ".join(kinds)
                yield (
                    question,
                    name,
                    Text(f"betingelsen kan aldrig være opfyldt ({who})", f"the condition can never hold ({who})"),
                )


def _can_hold(
    question: Question,
    condition: Expression,
    kind: OrganisationKind,
    known: Mapping[str, Question],
    order: Sequence[Question],
) -> bool:
    chain = _looked_at(question, condition, known)
    before = [each for each in order if each.id in chain]
    looked_from = [(condition, question.level), *((q.asked_when, q.level) for q in before if q.asked_when)]
    trees = [each.tree for each, _ in looked_from]
    found = dict.fromkeys(_seen(r, level) for each, level in looked_from for r in each.references)
    kinds = {reference: kind_of_reference(reference, known, Level.ESTATE) for reference, _ in found}
    if not all(_is_finite(tree, kinds) for tree in trees):
        return True
    domains = {seen: _domain(seen[0], kinds, trees) if _is_asked(seen[0], known, kind) else (None,) for seen in found}
    if prod(map(len, domains.values())) > MOST_COMBINATIONS:
        return True
    cases = (dict(zip(domains, values, strict=True)) for values in product(*domains.values()))
    return any(_holds(condition, question, before, case) for case in cases)


def _seen(reference: Reference, level: Level) -> _Seen:
    return reference, level if reference.space == "master" else None


def _looked_at(question: Question, condition: Expression, known: Mapping[str, Question]) -> frozenset[str]:
    """The question itself and all whose being asked decides what the condition sees."""
    seen, waiting = {question.id}, [*answers_in(condition), *answers_in(question.asked_when)]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += answers_in(known[one].asked_when)
    return frozenset(seen)


def _is_asked(reference: Reference, known: Mapping[str, Question], kind: OrganisationKind) -> bool:
    return reference.space != "answer" or kind in known[reference.key].applies_to


def _is_finite(node: Node, kinds: Mapping[Reference, Kind | None]) -> bool:
    """Whether numbers are only compared with literals, or asked whether they are missing."""
    if not isinstance(node, Operation):
        return True
    numbers = [operand for operand in node.operands if _is_number(operand, kinds)]
    is_compared = node.name in _COMPARISONS and any(isinstance(operand, Literal) for operand in node.operands)
    if numbers and not is_compared and node.name != "missing":
        return False
    return all(_is_finite(operand, kinds) for operand in node.operands)


def _is_number(node: Node, kinds: Mapping[Reference, Kind | None]) -> bool:
    return isinstance(node, Reference) and isinstance(kinds[node], NumberKind)


def _domain(
    reference: Reference, kinds: Mapping[Reference, Kind | None], trees: Sequence[Node]
) -> tuple[Value | None, ...]:
    kind = kinds[reference]
    if isinstance(kind, NumberKind):
        return (*_points({point for tree in trees for point in _compared_with(reference, tree)}), None)
    if isinstance(kind, TextKind):
        return (*(sorted(kind.options) or _texts(kinds, trees)), None)
    return (True, None)


def _points(compared: set[Fraction]) -> list[Fraction]:
    """One number for every stretch that comparisons can tell apart."""
    given = sorted(compared) or [Fraction(0)]
    between = [(one + other) / 2 for one, other in pairwise(given)]
    return [given[0] - 1, *given, *between, given[-1] + 1]


def _compared_with(reference: Reference, node: Node) -> Iterator[Fraction]:
    if isinstance(node, Operation):
        if reference in node.operands:
            yield from (
                one.value for one in node.operands if isinstance(one, Literal) and isinstance(one.value, Fraction)
            )
        for operand in node.operands:
            yield from _compared_with(reference, operand)


def _texts(kinds: Mapping[Reference, Kind | None], trees: Sequence[Node]) -> list[str]:
    """The texts that are named, every option, and as many others as there are open texts to be told apart."""
    named = {text for tree in trees for one in literals(tree) for text in _as_texts(one.value)}
    named |= {option for kind in kinds.values() if isinstance(kind, TextKind) for option in kind.options}
    open_texts = sum(isinstance(kind, TextKind) and not kind.options for kind in kinds.values())
    others = (" " * count for count in range(1, open_texts + len(named) + 1))
    return [*sorted(named), *[text for text in others if text not in named][:open_texts]]


def _as_texts(value: Value) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()


def _holds(condition: Expression, question: Question, before: Sequence[Question], case: _Case) -> bool:
    silent: set[str] = set()

    def from_(level: Level) -> Lookup:
        def lookup(reference: Reference) -> Value | None:
            is_silent = reference.space == "answer" and reference.key in silent
            return None if is_silent else case[_seen(reference, level)]

        return lookup

    for each in before:
        if each.asked_when and each.asked_when.value(from_(each.level)) is not True:
            silent.add(each.id)
    return question.id not in silent and condition.value(from_(question.level)) is True
