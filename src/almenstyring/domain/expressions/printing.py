"""Writing a tree back as text: what is printed parses to the same tree."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from almenstyring.domain.expressions.measures import BARE
from almenstyring.domain.expressions.operations import OPERATIONS
from almenstyring.domain.expressions.parsing import INDEXED_SPACES
from almenstyring.domain.expressions.tree import Literal, Node, Operation, Reference

_LOOSEST, _TIGHTEST = 0, 9


def printed(node: Node) -> str:
    """The expression in the notation it is declared in, with the parentheses it needs and no others."""
    return _printed(node, _LOOSEST)


def _printed(node: Node, inside: int) -> str:
    if isinstance(node, Literal):
        return _literal(node)
    if isinstance(node, Reference):
        return _reference(node)
    rank = OPERATIONS[node.name].rank
    text = _operation(node, rank)
    return f"({text})" if 0 < rank < inside else text


def _operation(node: Operation, rank: int) -> str:
    if not rank:
        return f"{node.name}({', '.join(_printed(operand, _LOOSEST) for operand in node.operands)})"
    if node.name == "if":
        test, body, otherwise = node.operands
        return f"{_printed(body, rank + 1)} if {_printed(test, rank + 1)} else {_printed(otherwise, rank)}"
    if node.name in ("not", "negative"):
        sign = "not " if node.name == "not" else "-"
        return f"{sign}{_printed(node.operands[0], rank)}"
    if node.name in ("and", "or"):
        return f" {node.name} ".join(_printed(operand, rank + 1) for operand in node.operands)
    left, right = node.operands
    is_chain = rank == OPERATIONS["=="].rank  # a < b < c would mean something else
    return f"{_printed(left, rank + is_chain)} {node.name} {_printed(right, rank + 1)}"


def _literal(node: Literal) -> str:
    if isinstance(node.value, Fraction):
        number = format(Decimal(node.value.numerator) / Decimal(node.value.denominator), "f")
        return number if node.measure == BARE else f'quantity({number}, "{node.measure}")'
    if isinstance(node.value, tuple):
        return f"({', '.join(map(_quoted, node.value))}{',' if len(node.value) == 1 else ''})"
    return str(node.value) if isinstance(node.value, bool) else _quoted(node.value)


def _reference(node: Reference) -> str:
    text = f"{node.space}.{node.key}"
    if node.space in INDEXED_SPACES:
        keys = ":".join(_quoted(key) for key in (node.key, node.until) if key)
        text = f"{node.space}[{keys}]"
    for _ in range(node.years_back):
        text = f"last_year({text})"
    return text


_ESCAPED = {'"': '\\"', "\\": "\\\\"}


def _quoted(text: str) -> str:
    return '"' + "".join(_ESCAPED.get(c) or (c if c.isprintable() else repr(c)[1:-1]) for c in text) + '"'
