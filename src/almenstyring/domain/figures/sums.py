"""Sums of accounts: what the formulas of a chart may be, read from the language of expressions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property

from attrs import frozen

from almenstyring.domain.expressions import Expression, ExpressionError, Node, Operation, Reference
from almenstyring.domain.text import Text

_NOT_A_SUM = Text(
    "En sum lægger konti sammen eller trækker dem fra, og andet ikke",
    "A sum adds and subtracts accounts, and nothing else",
)


@frozen(kw_only=True)
class Term:
    """One account, or the whole-numbered accounts from ``account`` to ``until``, added or subtracted."""

    sign: int
    account: str
    until: str = ""
    years_back: int = 0

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every account number it may mean."""
        if not self.until:
            return (self.account,)
        return tuple(map(str, range(int(self.account), int(self.until) + 1)))

    def __str__(self) -> str:
        return f"{self.account}:{self.until}" if self.until else self.account


@frozen
class Sum:
    """A formula that only adds and subtracts accounts (da: sumformel).

    >>> total = Sum.read('account["124.9"] - account["125":"136"]')
    >>> [(term.sign, str(term)) for term in total.terms]
    [(1, '124.9'), (-1, '125:136')]
    """

    terms: tuple[Term, ...]

    @classmethod
    def read(cls, text: str) -> Sum:
        """The sum that a text declares; ExpressionError points at what is no sum of accounts."""
        return _read(text)

    @cached_property
    def accounts(self) -> tuple[tuple[int, str], ...]:
        """Every account number it may mean, with its sign."""
        return tuple((term.sign, number) for term in self.terms for number in term.numbers)

    @property
    def shown(self) -> Text:
        """The accounts with their signs, as in a message.

        >>> Sum.read('last_year(account["401"]) + account["120"] - account["116.2"]').shown.en
        "last year's 401 + 120 - 116.2"
        """
        shown = Text("", "")
        for place, term in enumerate(self.terms):
            sign = " - " if term.sign < 0 else " + "
            before = sign if place else sign.strip(" +")
            da, en = ("sidste års ", "last year's ") if term.years_back else ("", "")
            shown = Text(f"{shown.da}{before}{da}{term}", f"{shown.en}{before}{en}{term}")
        return shown


@cache
def _read(text: str) -> Sum:
    return Sum(tuple(_terms(Expression.read(text).tree, 1)))


def _terms(node: Node, sign: int) -> Iterator[Term]:
    match node:
        case Reference(space="account"):
            yield Term(sign=sign, account=node.key, until=node.until, years_back=node.years_back)
        case Operation(name="+" | "sum", operands=operands):
            for operand in operands:
                yield from _terms(operand, sign)
        case Operation(name="-", operands=(first, second)):
            yield from _terms(first, sign)
            yield from _terms(second, -sign)
        case _:
            raise ExpressionError(_NOT_A_SUM, node.place)
