"""The tree of an expression: literals, references and operations; nothing else exists."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve, field, frozen

from almenstyring.domain.errors import NO_HINT, InvalidValueError
from almenstyring.domain.expressions.measures import BARE, Measure
from almenstyring.domain.text import Text

Value = Fraction | bool | str | tuple[str, ...]
"""What an expression can come to; None beside it is missing, which is not zero and not false."""


@frozen
class Place:
    """Where in the text a node stands (da: sted): its first and last character, and the whole text."""

    text: str
    start: int
    end: int

    @property
    def fragment(self) -> str:
        """The part of the text that the node was read from."""
        return self.text[self.start : self.end]


NOWHERE = Place("", 0, 0)


@frozen(kw_only=True)
class Literal:
    """A number with its measure, a truth value, a text, or the texts after ``in``."""

    value: Value
    measure: Measure = BARE
    place: Place = field(default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True)
class Reference:
    """Something looked up: ``account["112.1"]``, ``master.homes``, ``answer["economy.funds"]`` (da: henvisning).

    ``until`` is the last account of a range. ``years_back`` counts the accounting years before the one at hand.
    """

    space: str
    key: str
    until: str = ""
    years_back: int = 0
    place: Place = field(default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True)
class Operation:
    """An operator or function with its operands, by the name it has in ``operations.OPERATIONS``."""

    name: str
    operands: tuple[Node, ...]
    place: Place = field(default=NOWHERE, eq=False, repr=False)


Node = Literal | Reference | Operation


def references(node: Node) -> Iterator[Reference]:
    """Every reference of a tree, from left to right, repeated as often as it stands there."""
    if isinstance(node, Reference):
        yield node
    elif isinstance(node, Operation):
        for operand in node.operands:
            yield from references(operand)


def literals(node: Node) -> Iterator[Literal]:
    """Every literal of a tree, from left to right."""
    if isinstance(node, Literal):
        yield node
    elif isinstance(node, Operation):
        for operand in node.operands:
            yield from literals(operand)


def a_year_earlier(node: Node) -> Node:
    """The same expression about the accounting year before."""
    if isinstance(node, Reference):
        return evolve(node, years_back=node.years_back + 1)
    if isinstance(node, Operation):
        return evolve(node, operands=tuple(a_year_earlier(operand) for operand in node.operands))
    return node


class ExpressionError(InvalidValueError):
    """An expression that cannot be used; ``place`` points at the part of the text that is to blame."""

    code = "EXPRESSION-INVALID"

    def __init__(self, why: Text, place: Place, hint: Text = NO_HINT) -> None:
        self.place = place
        at = f"{place.text}\n{' ' * place.start}{'^' * max(1, place.end - place.start)}"
        super().__init__(
            Text(
                f'{why.da} (tegn {place.start + 1}: "{place.fragment}" i "{place.text}")',
                f'{why.en} (character {place.start + 1}: "{place.fragment}" in "{place.text}")',
            ),
            hint,
            value=place.text,
            pointer=at,
        )
