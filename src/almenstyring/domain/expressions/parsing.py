"""Reading expressions: Python's own parser, a short list of allowed nodes, and bounds.

Text from a file is parsed and never evaluated; whatever is not on the list is refused with its place.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fractions import Fraction

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.expressions.measures import BARE, Measure
from almenstyring.domain.expressions.operations import FUNCTIONS, OPERATIONS
from almenstyring.domain.expressions.tree import (
    ExpressionError,
    Literal,
    Node,
    Operation,
    Place,
    Reference,
    a_year_earlier,
)
from almenstyring.domain.text import Text

LONGEST = 2_000
MOST_NODES = 400
DEEPEST = 40
"""Bounds on characters, nodes and nesting: no declared formula of the field comes near them."""

INDEXED_SPACES = frozenset({"account", "budget", "next_budget", "answer"})
NAMED_SPACES = frozenset({"master", "rate", "reported", "figure"})
RANGED_SPACES = INDEXED_SPACES - {"answer"}
_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,9})?")
_ACCOUNT = re.compile(r"[0-9]{3}")
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.And: "and",
    ast.Or: "or",
    ast.Not: "not",
    ast.USub: "negative",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}


def parse(text: str) -> Node:
    """The tree of an expression; ExpressionError points at what is not part of the language.

    >>> parse('account["112.1"] / master.tenancy_units').name
    '/'
    """
    if len(text) > LONGEST:
        raise ExpressionError(
            Text(f"Udtrykket er længere end {LONGEST} tegn", f"The expression is longer than {LONGEST} characters"),
            Place(text[:80], 0, 1),
        )
    text = re.sub(r"\r\n?", "\n", text.strip())  # Python ends a line at each of these, and places count by lines
    known = _KNOWN_ESCAPES.match(text)
    if known and known.end() < len(text):  # Python only warns of these, and not always
        raise _unreadable(text, known.end())
    try:
        parsed = ast.parse(text, mode="eval").body
        _check_size(parsed, text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        if isinstance(error, ExpressionError):
            raise
        at = max(0, (getattr(error, "offset", None) or 1) - 1)
        raise _unreadable(text, at) from None
    return _Reader(text).node(parsed)


_KNOWN_ESCAPES = re.compile(r"""(?:[^\\]|\\[\\'"abfnrtvxuUN\n])*""")


def _unreadable(text: str, at: int) -> ExpressionError:
    return ExpressionError(Text("Udtrykket kan ikke læses", "This cannot be read"), Place(text, at, at + 1))


def _check_size(parsed: ast.expr, text: str) -> None:
    waiting: list[tuple[ast.AST, int]] = [(parsed, 1)]
    nodes = 0
    while waiting:
        node, depth = waiting.pop()
        nodes += 1
        if nodes > MOST_NODES or depth > DEEPEST:
            raise ExpressionError(Text("Udtrykket er for stort", "The expression is too large"), Place(text, 0, 1))
        waiting += ((child, depth + 1) for child in ast.iter_child_nodes(node))


class _Reader:
    """One reading of one text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def node(self, node: ast.expr) -> Node:
        match node:
            case ast.Constant():
                return self._literal(node)
            case ast.Attribute() | ast.Subscript():
                return self._reference(node)
            case ast.BinOp(left=left, op=operator, right=right):
                return self._operation(node, operator, [left, right])
            case ast.BoolOp(op=operator, values=values):
                return self._operation(node, operator, values)
            case ast.UnaryOp(op=operator, operand=operand):
                return self._operation(node, operator, [operand])
            case ast.Compare(left=left, ops=[ast.In()], comparators=[listed]):
                return Operation(name="in", operands=(self.node(left), self._list(listed)), place=self._place(node))
            case ast.Compare(left=left, ops=[operator], comparators=[right]):
                return self._operation(node, operator, [left, right])
            case ast.IfExp(test=test, body=body, orelse=otherwise):
                operands = tuple(map(self.node, (test, body, otherwise)))
                return Operation(name="if", operands=operands, place=self._place(node))
            case ast.Call():
                return self._call(node)
        raise self._refusal(node)

    def _place(self, node: ast.expr) -> Place:
        before = self._text.encode()
        start, end = node.col_offset, node.end_col_offset or node.col_offset
        if "\n" in self._text:  # columns count within a line there
            lines = self._text.encode().split(b"\n")
            start += sum(len(line) + 1 for line in lines[: node.lineno - 1])
            end += sum(len(line) + 1 for line in lines[: (node.end_lineno or node.lineno) - 1])
        return Place(self._text, len(before[:start].decode()), len(before[:end].decode()))

    def _refusal(self, node: ast.expr, why: Text | None = None) -> ExpressionError:
        not_ours = Text("Det er ikke en del af udtrykssproget", "This is not part of the language of expressions")
        return ExpressionError(why or not_ours, self._place(node))

    def _literal(self, node: ast.Constant) -> Literal:
        place = self._place(node)
        if isinstance(node.value, bool | str):
            return Literal(value=node.value, place=place)
        if isinstance(node.value, int | float) and _NUMBER.fullmatch(place.fragment):
            return Literal(value=Fraction(place.fragment), place=place)
        raise self._refusal(node, Text("Tal skrives som 60 eller 0.2", "Numbers are written as 60 or 0.2"))

    def _list(self, node: ast.expr) -> Literal:
        items = node.elts if isinstance(node, ast.Tuple) else []
        texts = tuple(item.value for item in items if isinstance(item, ast.Constant) and isinstance(item.value, str))
        if not texts or len(texts) != len(items):
            why = Text('Efter "in" står en liste af tekster', 'After "in" there is a list of texts')
            raise self._refusal(node, why)
        return Literal(value=texts, place=self._place(node))

    def _reference(self, node: ast.Attribute | ast.Subscript) -> Reference:
        if not isinstance(node.value, ast.Name):
            raise self._refusal(node)
        space, place = node.value.id, self._place(node)
        if isinstance(node, ast.Attribute) and space in NAMED_SPACES and _NAME.fullmatch(node.attr):
            return Reference(space=space, key=node.attr, place=place)
        if isinstance(node, ast.Subscript) and space in INDEXED_SPACES:
            first, last = self._keys(node.slice, space)
            return Reference(space=space, key=first, until=last, place=place)
        known = ", ".join(sorted(INDEXED_SPACES | NAMED_SPACES))
        raise self._refusal(node, Text(f"Der henvises til et af: {known}", f"One of these is referred to: {known}"))

    def _keys(self, node: ast.expr, space: str) -> tuple[str, str]:
        match node:
            case ast.Constant(value=str(key)) if key.strip():
                return key, ""
            case ast.Slice(lower=ast.Constant(value=str(first)), upper=ast.Constant(value=str(last)), step=None) if (
                space in RANGED_SPACES and _ACCOUNT.fullmatch(first) and _ACCOUNT.fullmatch(last) and first < last
            ):
                return first, last
        raise self._refusal(
            node, Text('Skriv fx "112.1" eller "101":"105"', 'Write for example "112.1" or "101":"105"')
        )

    def _operation(self, node: ast.expr, operator: ast.AST, operands: list[ast.expr]) -> Node:
        name = _OPERATORS.get(type(operator))
        if name is None:
            raise self._refusal(node)
        return Operation(name=name, operands=tuple(map(self.node, operands)), place=self._place(node))

    def _call(self, node: ast.Call) -> Node:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if node.keywords or any(isinstance(given, ast.Starred) for given in node.args):
            raise self._refusal(node)
        if name == "quantity":
            return self._quantity(node)
        if name == "last_year" and len(node.args) == 1:
            return a_year_earlier(self.node(node.args[0]))
        if name not in FUNCTIONS:
            known = ", ".join(sorted({*FUNCTIONS, "quantity", "last_year"}))
            raise self._refusal(node, Text(f"Funktionerne er {known}", f"The functions are {known}"))
        fewest, most = OPERATIONS[name].takes
        if not fewest <= len(node.args) <= most:
            why = Text(f"{name} tager {fewest} til {most} led", f"{name} takes {fewest} to {most} operands")
            raise self._refusal(node, why)
        return Operation(name=name, operands=tuple(map(self.node, node.args)), place=self._place(node))

    def _quantity(self, node: ast.Call) -> Literal:
        match node.args:
            case [number, ast.Constant(value=str(measure))]:
                literal = self.node(number)
                if isinstance(literal, Literal) and isinstance(literal.value, Fraction) and literal.measure == BARE:
                    return Literal(value=literal.value, measure=self._measure(measure, node), place=self._place(node))
        raise self._refusal(node, Text('Skriv fx quantity(70, "pct")', 'Write for example quantity(70, "pct")'))

    def _measure(self, text: str, node: ast.expr) -> Measure:
        try:
            return Measure.parse(text)
        except InvalidValueError as error:
            raise self._refusal(node, error.message) from None


def spaces(nodes: Iterator[Reference]) -> frozenset[str]:
    """Which spaces the references are to."""
    return frozenset(reference.space for reference in nodes)
