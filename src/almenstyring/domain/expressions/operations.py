"""Every operator and function of the language in one table: how it is checked, reckoned and written.

Missing is a value of its own (None): arithmetic with something missing is missing; ``and``, ``or`` and ``not`` follow
Kleene's three-valued logic. Division by zero is missing too: there is no ratio to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from attrs import frozen

Reckoner = Callable[[list[Any]], Any]


@frozen(kw_only=True)
class Rules:
    """How one operator or function behaves.

    ``shape`` names the check of ``kinds``; ``takes`` bounds the number of operands; ``reckon`` gets the operands'
    values, None where missing. ``rank`` is how tightly an operator binds; 0 is a function.
    """

    shape: str
    takes: tuple[int, int]
    reckon: Reckoner
    rank: int = 0


def _strict(reckon: Callable[..., Any]) -> Reckoner:
    """Missing as soon as one operand is."""

    def missing_or(values: list[Any]) -> Any:
        for value in values:  # "None in values" would ask each fraction whether it equals None, which is slow
            if value is None:
                return None
        return reckon(*values)

    return missing_or


def _quotient(one: Fraction, other: Fraction) -> Fraction | None:
    return one / other if other else None


def _and(values: list[bool | None]) -> bool | None:
    if False in values:
        return False
    return None if None in values else True


def _or(values: list[bool | None]) -> bool | None:
    if True in values:
        return True
    return None if None in values else False


def _if(values: list[Any]) -> Any:
    condition, then, otherwise = values
    return None if condition is None else then if condition else otherwise


def _when(values: list[Any]) -> Any:
    condition, value = values
    return value if condition else None


def _sum(values: list[Any]) -> Any:
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) if known else None


def _first(values: list[Any]) -> Any:
    return next((value for value in values if value is not None), None)


MOST = 30
"""Operands of one function."""

OPERATIONS: Mapping[str, Rules] = {
    "if": Rules(shape="choice", takes=(3, 3), reckon=_if, rank=1),
    "or": Rules(shape="logic", takes=(2, MOST), reckon=_or, rank=2),
    "and": Rules(shape="logic", takes=(2, MOST), reckon=_and, rank=3),
    "not": Rules(shape="logic", takes=(1, 1), reckon=_strict(lambda one: not one), rank=4),
    "==": Rules(shape="equality", takes=(2, 2), reckon=_strict(lambda a, b: a == b), rank=5),
    "!=": Rules(shape="equality", takes=(2, 2), reckon=_strict(lambda a, b: a != b), rank=5),
    "<": Rules(shape="comparison", takes=(2, 2), reckon=_strict(lambda a, b: a < b), rank=5),
    "<=": Rules(shape="comparison", takes=(2, 2), reckon=_strict(lambda a, b: a <= b), rank=5),
    ">": Rules(shape="comparison", takes=(2, 2), reckon=_strict(lambda a, b: a > b), rank=5),
    ">=": Rules(shape="comparison", takes=(2, 2), reckon=_strict(lambda a, b: a >= b), rank=5),
    "in": Rules(shape="membership", takes=(2, 2), reckon=_strict(lambda a, b: a in b), rank=5),
    "+": Rules(shape="sum", takes=(2, 2), reckon=_strict(lambda a, b: a + b), rank=6),
    "-": Rules(shape="sum", takes=(2, 2), reckon=_strict(lambda a, b: a - b), rank=6),
    "*": Rules(shape="product", takes=(2, 2), reckon=_strict(lambda a, b: a * b), rank=7),
    "/": Rules(shape="quotient", takes=(2, 2), reckon=_strict(_quotient), rank=7),
    "negative": Rules(shape="sum", takes=(1, 1), reckon=_strict(lambda a: -a), rank=8),
    "percent": Rules(shape="percent", takes=(1, 1), reckon=_strict(lambda a: 100 * a)),
    "abs": Rules(shape="sum", takes=(1, 1), reckon=_strict(abs)),
    "min": Rules(shape="sum", takes=(2, MOST), reckon=_strict(min)),
    "max": Rules(shape="sum", takes=(2, MOST), reckon=_strict(max)),
    "sum": Rules(shape="sum", takes=(1, MOST), reckon=_sum),
    "coalesce": Rules(shape="alike", takes=(2, MOST), reckon=_first),
    "when": Rules(shape="choice", takes=(2, 2), reckon=_when),
    "missing": Rules(shape="question", takes=(1, 1), reckon=lambda values: values[0] is None),
}
"""``sum`` skips what is missing and is missing only when all is; ``coalesce`` takes the first that is there.

``when(condition, value)`` is the value where the condition is true, and missing otherwise.
"""

FUNCTIONS = frozenset(name for name, rules in OPERATIONS.items() if not rules.rank)
