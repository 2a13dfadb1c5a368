"""The chart of accounts: what the numbers in accounts mean, and what must add up.

The official annexes are not public in the sources used. Every line says how sure it is, and the chart can be
replaced; it is never law.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from attrs import field, frozen

from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import InvalidValueError, NotFoundError
from almenstyring.domain.figures.idents import IdentLine, LbfIdent
from almenstyring.domain.figures.sums import Sum
from almenstyring.domain.text import Text
from almenstyring.domain.values import Dkk


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


class IdentityKind(StrEnum):
    """What an identity is about (da: afstemningens art).

    SURPLUS_OR_DEFICIT: only one of the two sides may be other than zero. In all the others both sides are equal;
    ROLL_FORWARD is a closing balance that follows from the one before, SPLIT a whole and its parts.
    """

    INCOME_AND_EXPENDITURE = "income_and_expenditure"
    SURPLUS_OR_DEFICIT = "surplus_or_deficit"
    ASSETS_AND_LIABILITIES = "assets_and_liabilities"
    COVERED = "covered"
    ROLL_FORWARD = "roll_forward"
    SPLIT = "split"


@frozen(kw_only=True)
class AccountLine:
    """One line of the chart (da: konto). The number is text: "602.28" and "602.280" are not the same.

    ``formula`` says which accounts it is the sum of, where that is declared: a subtotal or a total, or an account
    with subaccounts.
    """

    number: str
    name: Text
    group: str
    part: AccountsPart
    type: LineType
    side: Side
    sign: Sign = Sign.PLAIN
    formula: str | None = None
    source: str
    certainty: Certainty

    @cached_property
    def sum(self) -> Sum | None:
        """The formula, read; None where there is none. ExpressionError where it is no sum of accounts."""
        return None if self.formula is None else Sum.read(self.formula)

    @property
    def is_total(self) -> bool:
        """Whether it is a subtotal or a total; an amount there is never a posting of its own."""
        return self.type in (LineType.SUBTOTAL, LineType.TOTAL)


@frozen(kw_only=True)
class Identity:
    """Two sides of a unit's accounts that belong together (da: afstemning).

    ``left`` and ``right`` are sums of accounts in the language of formulas. ``tolerance`` is how much they may
    differ; where it is not given, the chart's rounding decides.
    """

    id: str
    ledger: Ledger
    kind: IdentityKind
    name: Text
    left: str
    right: str
    tolerance: Dkk | None = None
    source: str
    certainty: Certainty

    @cached_property
    def sides(self) -> tuple[Sum, Sum]:
        """Both sides, read."""
        return Sum.read(self.left), Sum.read(self.right)


@frozen(kw_only=True)
class ChartOfAccounts:
    """The lines of estate and organisation accounts, in order (da: kontoplan), and what their groups are called.

    A chart is known by ``id`` and ``version`` and holds for the accounting years from ``since`` to ``until``, both
    included. ``rounding`` is how far a printed amount may lie from the exact one: half a krone where whole kroner
    are printed.
    """

    id: str
    version: int
    name: Text
    since: int
    until: int | None = None
    rounding: Dkk = Dkk(50)
    source: str
    certainty: Certainty
    groups: Mapping[str, Text] = field(hash=False)
    estate: Mapping[str, AccountLine] = field(hash=False)
    organisation: Mapping[str, AccountLine] = field(hash=False)
    ident: Mapping[str, IdentLine] = field(factory=dict, hash=False)
    identity: Mapping[str, Identity] = field(factory=dict, hash=False)

    @property
    def version_name(self) -> str:
        """The chart in one word, as a file or a finding names it.

        >>> from almenstyring.content import load_references
        >>> load_references().chart.version_name
        'ChartOfAccounts=almenstyring:kontoplan(1)'
        """
        return f"ChartOfAccounts={self.id}({self.version})"

    def holds_in(self, accounting_year: int) -> bool:
        """Whether the chart is that of an accounting year."""
        return self.since <= accounting_year and (self.until is None or accounting_year <= self.until)

    def of(self, ledger: Ledger) -> Mapping[str, AccountLine]:
        """The lines of one statement by account number."""
        return self.estate if ledger is Ledger.ESTATE else self.organisation

    def lines(self, ledger: Ledger) -> tuple[AccountLine, ...]:
        """The lines of one statement, in the order of the accounts."""
        return tuple(self.of(ledger).values())

    def line(self, ledger: Ledger, number: str) -> AccountLine | None:
        """The line of an account number as printed, or None where the chart does not know it."""
        return self.of(ledger).get(number)

    def identities(self, ledger: Ledger, kind: IdentityKind) -> tuple[Identity, ...]:
        """The identities of one kind in one statement."""
        return tuple(each for each in self.identity.values() if each.ledger is ledger and each.kind is kind)

    def idents(self, ledger: Ledger, number: str) -> tuple[IdentLine, ...]:
        """What is reported of an account, or of one of its items ("130.3"); nothing where no ident is known."""
        return tuple(each for each in self.ident.values() if _ledger(each) is ledger and number in each.accounts)

    def of_ident(self, ident: LbfIdent | str) -> tuple[AccountLine, IdentLine] | None:
        """The account line an ident is reported of; None for an ident the chart does not know.

        InvalidValueError for what is no ident at all.
        """
        found = self.ident.get(str(ident if isinstance(ident, LbfIdent) else LbfIdent(ident)))
        line = self.line(_ledger(found), found.account) if found else None
        return (line, found) if line and found else None

    def __len__(self) -> int:
        return len(self.estate) + len(self.organisation)


def _ledger(line: IdentLine) -> Ledger:
    return Ledger.ORGANISATION if line.ident.is_organisation else Ledger.ESTATE


@frozen(kw_only=True)
class Charts:
    """Charts of accounts by the accounting years they hold for (da: kontoplaner).

    ``fallback`` are the charts for years that no other one holds for. InvalidValueError where two of ``charts``, or
    two of ``fallback``, hold for the same year.
    """

    charts: tuple[ChartOfAccounts, ...] = field()
    fallback: tuple[ChartOfAccounts, ...] = field(default=())

    @charts.validator
    @fallback.validator
    def _check(self, _attribute: object, charts: tuple[ChartOfAccounts, ...]) -> None:
        for earlier, later in pairwise(sorted(charts, key=lambda chart: chart.since)):
            if earlier.holds_in(later.since):
                both = f"{earlier.version_name}, {later.version_name}"
                raise InvalidValueError(
                    Text(
                        f"Flere kontoplaner gælder i {later.since}: {both}.",
                        f"Several charts hold in {later.since}: {both}.",
                    ),
                    Text("Lad den ene slutte året før.", "Let one end the year before."),
                )

    def find(self, accounting_year: int) -> ChartOfAccounts | None:
        """The chart that holds for an accounting year, or None."""
        return next((chart for chart in (*self.charts, *self.fallback) if chart.holds_in(accounting_year)), None)

    def on(self, accounting_year: int) -> ChartOfAccounts:
        """The chart that holds for an accounting year; NotFoundError where none does."""
        found = self.find(accounting_year)
        if found:
            return found
        known = (*self.charts, *self.fallback)
        years = ", ".join(f"{chart.since}-{chart.until or ''}" for chart in known) or "-"
        raise NotFoundError(
            Text(
                f"Der er ingen kontoplan for regnskabsår {accounting_year}.",
                f"There is no chart of accounts for accounting year {accounting_year}.",
            ),
            Text(f"Der er kontoplaner for {years}.", f"There are charts for {years}."),
            accounting_year=accounting_year,
        )
