"""Reckoning an expression: the checked tree becomes nested Python functions; no text is ever evaluated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from almenstyring.domain.expressions.operations import OPERATIONS
from almenstyring.domain.expressions.tree import Literal, Node, Reference, Value

Lookup = Callable[[Reference], Value | None]
"""What a reference comes to in one case; None where it is missing."""

Program = Callable[[Lookup], Value | None]
"""A compiled expression."""


def compiled(node: Node) -> Program:
    """The expression as a function of what its references come to."""
    if isinstance(node, Literal):
        value = node.value
        return lambda _lookup: value
    if isinstance(node, Reference):
        return lambda lookup: lookup(node)
    operands = [compiled(operand) for operand in node.operands]
    reckon: Callable[[list[Any]], Any] = OPERATIONS[node.name].reckon
    if len(operands) == 2:  # most operations, and no list is built twice for them
        one, other = operands
        return lambda lookup: reckon([one(lookup), other(lookup)])
    return lambda lookup: reckon([operand(lookup) for operand in operands])
