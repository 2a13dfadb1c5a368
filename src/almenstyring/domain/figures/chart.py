"""The chart of accounts: what the numbers in accounts mean.

The official annexes are not public in the sources used. Every line says how sure it is, and the chart can be
replaced; it is never law.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from attrs import field, frozen

from almenstyring.domain.certainty import Certainty
from almenstyring.domain.text import Text


class Ledger(StrEnum):
    """Whose accounts a line belongs to (da: regnskab); not the municipality's account of the dialogue."""

    ESTATE = "estate"
    ORGANISATION = "organisation"


class AccountsPart(StrEnum):
    """Which part of the accounts a line belongs to (da: resultatopgørelse, balance)."""

    RESULT = "result"
    BALANCE = "balance"


class LineType(StrEnum):
    """What a line is (da: post, underpost, subtotal, total); only postings add up."""

    POSTING = "posting"
    SUBPOSTING = "subposting"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


class Side(StrEnum):
    """Which side a line stands on (da: udgift, indtægt, aktiv, passiv)."""

    EXPENSE = "expense"
    INCOME = "income"
    ASSET = "asset"
    LIABILITY = "liability"


class Sign(StrEnum):
    """How a line counts on its side: as it stands, deducted, net of what covers it, or net and normally zero."""

    PLAIN = "plain"
    DEDUCTED = "deducted"
    NET = "net"
    NET_ZERO = "net_zero"


@frozen(kw_only=True)
class AccountLine:
    """One line of the chart (da: konto). The number is text: "602.28" and "602.280" are not the same."""

    number: str
    name: Text
    group: str
    part: AccountsPart
    type: LineType
    side: Side
    sign: Sign = Sign.PLAIN
    source: str
    certainty: Certainty


@frozen(kw_only=True)
class ChartOfAccounts:
    """The lines of estate and organisation accounts, in order (da: kontoplan), and what their groups are called."""

    groups: Mapping[str, Text] = field(hash=False)
    estate: Mapping[str, AccountLine] = field(hash=False)
    organisation: Mapping[str, AccountLine] = field(hash=False)

    def lines(self, statement: Ledger) -> tuple[AccountLine, ...]:
        """The lines of one statement, in the order of the accounts."""
        return tuple((self.estate if statement is Ledger.ESTATE else self.organisation).values())

    def line(self, statement: Ledger, number: str) -> AccountLine | None:
        """The line of an account number as printed, or None where the chart does not know it."""
        return (self.estate if statement is Ledger.ESTATE else self.organisation).get(number)

    def __len__(self) -> int:
        return len(self.estate) + len(self.organisation)
