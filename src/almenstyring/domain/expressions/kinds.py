"""What an expression comes to: a number of some measure, a truth value, a text. Mixing them is refused at load."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Protocol

from attrs import frozen

from almenstyring.domain.expressions.measures import Measure
from almenstyring.domain.expressions.operations import OPERATIONS
from almenstyring.domain.expressions.tree import ExpressionError, Literal, Node, Operation, Reference
from almenstyring.domain.text import Text


@frozen(kw_only=True)
class NumberKind:
    """A number of a measure; None is a zero, which is zero in every measure."""

    measure: Measure | None

    @property
    def name(self) -> Text:
        """What it is called in a refusal."""
        if self.measure is None:
            return Text("nul", "zero")
        what = self.measure.name
        return Text(f"tal i {what.da}", f"a number of {what.en}") if what.da else Text("et rent tal", "a bare number")


@frozen
class TruthKind:
    """True, false or missing."""

    name = Text("et udsagn", "a statement")


@frozen
class TextKind:
    """A text; with ``options`` one of a closed list, such as the options of a question."""

    options: frozenset[str] = frozenset()
    name = Text("en tekst", "a text")


@frozen
class PresenceKind:
    """Something of which only ``missing(...)`` can be asked, such as a date or a table."""

    name = Text("noget, der kun kan bruges i missing(...)", "something for use in missing(...) only")


Kind = NumberKind | TruthKind | TextKind | PresenceKind


class Scope(Protocol):
    """What may be referred to, and what kind it is."""

    def __call__(self, reference: Reference) -> Kind | None:
        """The kind of what is referred to; None if it is not known."""


def kind_of(node: Node, scope: Scope) -> Kind:
    """The kind of an expression; ExpressionError points at the first part that does not fit."""
    if isinstance(node, Literal):
        return _of_literal(node)
    if isinstance(node, Reference):
        found = scope(node)
        if found is None:
            raise ExpressionError(Text("Henvisningen kendes ikke", "The reference is not known"), node.place)
        return found
    if node.name == "in":
        return _membership(node, kind_of(node.operands[0], scope))
    return _CHECKS[OPERATIONS[node.name].shape](node, tuple(kind_of(operand, scope) for operand in node.operands))


def _of_literal(node: Literal) -> Kind:
    if isinstance(node.value, bool):
        return TruthKind()
    if isinstance(node.value, Fraction):
        return NumberKind(measure=node.measure if node.value else None)
    return TextKind()


def _membership(node: Operation, kind: Kind) -> Kind:
    listed = node.operands[1]
    if not isinstance(kind, TextKind):
        raise _misfit(node.operands[0], kind, TextKind.name)
    assert isinstance(listed, Literal) and isinstance(listed.value, tuple)  # nothing else is parsed there
    for option in listed.value:
        _require_option(kind, option, listed)
    return TruthKind()


def _numbers(node: Operation, kinds: Iterable[Kind]) -> list[NumberKind]:
    found = []
    for operand, kind in zip(node.operands, kinds, strict=True):
        if not isinstance(kind, NumberKind):
            raise _misfit(operand, kind, Text("et tal", "a number"))
        found.append(kind)
    return found


def _alike(node: Operation, kinds: tuple[Kind, ...]) -> Kind:
    """All operands of one kind, which is the result's: addition, min, coalesce."""
    measured = [kind for kind in kinds if not (isinstance(kind, NumberKind) and kind.measure is None)]
    first = measured[0] if measured else kinds[0]
    for operand, kind in zip(node.operands, kinds, strict=True):
        if isinstance(kind, PresenceKind):
            raise _misfit(operand, kind, Text("en værdi", "a value"))
        if kind in measured and not _is_same(first, kind):
            raise _misfit(operand, kind, first.name)
        if isinstance(first, TextKind | TruthKind) and isinstance(kind, NumberKind):
            raise _misfit(operand, kind, first.name)
    return _either([kind for kind in kinds if isinstance(kind, TextKind)]) or first


def _is_same(one: Kind, other: Kind) -> bool:
    return type(one) is type(other) and (not isinstance(one, NumberKind) or one == other)


def _either(kinds: list[TextKind]) -> TextKind | None:
    """The text kind of what comes to one of several: all their options, or any text if one of them is any text."""
    if not kinds:
        return None
    is_closed = all(kind.options for kind in kinds)
    return TextKind(frozenset[str]().union(*(kind.options for kind in kinds)) if is_closed else frozenset())


def _sum(node: Operation, kinds: tuple[Kind, ...]) -> Kind:
    _numbers(node, kinds)
    return _alike(node, kinds)


def _product(node: Operation, kinds: tuple[Kind, ...]) -> Kind:
    one, other = _numbers(node, kinds)
    if one.measure is None or other.measure is None:
        return NumberKind(measure=None)
    return NumberKind(measure=one.measure * other.measure)


def _quotient(node: Operation, kinds: tuple[Kind, ...]) -> Kind:
    one, other = _numbers(node, kinds)
    if other.measure is None:
        raise ExpressionError(Text("Der divideres med nul", "Division by zero"), node.operands[1].place)
    return NumberKind(measure=None if one.measure is None else one.measure / other.measure)


def _percent(node: Operation, kinds: tuple[Kind, ...]) -> Kind:
    (kind,) = _numbers(node, kinds)
    if kind.measure not in (None, Measure()):
        raise _misfit(node.operands[0], kind, Text("et forhold uden enhed", "a ratio without a unit"))
    return NumberKind(measure=Measure.parse("pct"))


def _comparison(node: Operation, kinds: tuple[Kind, ...]) -> Kind:
    _numbers(node, kinds)
    _alike(node, kinds)
    return TruthKind()


def _equality(node: Operation, kinds: tuple[Kind, ...]) -> Kind:
    _alike(node, kinds)
    for kind, other in (kinds, kinds[::-1]):
        if isinstance(kind, TextKind):
            for operand in node.operands:
                if isinstance(operand, Literal) and isinstance(operand.value, str) and kind != other:
                    _require_option(kind, operand.value, operand)
    return TruthKind()


def _require_option(kind: TextKind, option: str, operand: Literal) -> None:
    if kind.options and option not in kind.options:
        known = ", ".join(sorted(kind.options))
        raise ExpressionError(
            Text(f'"{option}" er ingen af svarmulighederne', f'"{option}" is none of the options'),
            operand.place,
            Text(f"Mulighederne er {known}.", f"The options are {known}."),
        )


def _logic(node: Operation, kinds: tuple[Kind, ...]) -> Kind:
    for operand, kind in zip(node.operands, kinds, strict=True):
        if not isinstance(kind, TruthKind):
            raise _misfit(operand, kind, TruthKind.name)
    return TruthKind()


def _choice(node: Operation, kinds: tuple[Kind, ...]) -> Kind:
    condition, *branches = kinds
    if not isinstance(condition, TruthKind):
        raise _misfit(node.operands[0], condition, TruthKind.name)
    return _alike(Operation(name="if", operands=node.operands[1:], place=node.place), tuple(branches))


_CHECKS: dict[str, Callable[[Operation, tuple[Kind, ...]], Kind]] = {
    "sum": _sum,
    "alike": _alike,
    "product": _product,
    "quotient": _quotient,
    "percent": _percent,
    "comparison": _comparison,
    "equality": _equality,
    "logic": _logic,
    "choice": _choice,
    "question": lambda _node, _kinds: TruthKind(),
}


def _misfit(node: Node, kind: Kind, wanted: Text) -> ExpressionError:
    return ExpressionError(
        Text(
            f"Her står {kind.name.da}, men der ventes {wanted.da}", f"This is {kind.name.en}, but {wanted.en} is wanted"
        ),
        node.place,
    )
