"""The one small declared language for formulas, conditions and derived values (da: udtryk).

Parsed once, bounded, checked for kinds and measures when content loads, three-valued, printable back.

>>> from fractions import Fraction
>>> formula = Expression.read('account["112.1"] / master.tenancy_units')
>>> formula.value(lambda reference: {"112.1": Fraction(1_000), "tenancy_units": Fraction(4)}[reference.key])
Fraction(250, 1)
>>> str(formula)
'account["112.1"] / master.tenancy_units'
"""

from __future__ import annotations

from functools import cached_property

from attrs import frozen

from almenstyring.domain.expressions.evaluating import Lookup, Program, compiled
from almenstyring.domain.expressions.kinds import Kind, NumberKind, PresenceKind, Scope, TextKind, TruthKind, kind_of
from almenstyring.domain.expressions.measures import BARE, KRONER, PERCENT, Measure
from almenstyring.domain.expressions.ordering import CycleError, in_order
from almenstyring.domain.expressions.parsing import parse
from almenstyring.domain.expressions.printing import printed
from almenstyring.domain.expressions.tree import (
    ExpressionError,
    Literal,
    Node,
    Operation,
    Place,
    Reference,
    Value,
    literals,
    references,
)

__all__ = [
    "BARE",
    "KRONER",
    "PERCENT",
    "CycleError",
    "Expression",
    "ExpressionError",
    "Kind",
    "Literal",
    "Lookup",
    "Measure",
    "Node",
    "NumberKind",
    "Operation",
    "Place",
    "PresenceKind",
    "Reference",
    "Scope",
    "TextKind",
    "TruthKind",
    "Value",
    "in_order",
    "literals",
    "references",
]


@frozen
class Expression:
    """A parsed expression (da: udtryk): what it is, what it refers to, and what it comes to."""

    tree: Node

    @classmethod
    def read(cls, text: str) -> Expression:
        """Parse a text; ExpressionError points at what is not part of the language."""
        return cls(parse(text))

    def __str__(self) -> str:
        return printed(self.tree)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """What it looks up, each once, in the order of the text."""
        return tuple(dict.fromkeys(references(self.tree)))

    def check(self, scope: Scope) -> Kind:
        """What it comes to; ExpressionError where a reference is unknown or kinds or measures do not go together."""
        return kind_of(self.tree, scope)

    @cached_property
    def _program(self) -> Program:
        return compiled(self.tree)

    def value(self, lookup: Lookup) -> Value | None:
        """What it comes to in one case; None is missing."""
        return self._program(lookup)
