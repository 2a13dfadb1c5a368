"""What must add up in accounts: subtotals and the identities between totals, checked by a chart.

Missing is not zero, but printed accounts leave out what is zero. So in a sum that is stated, a posting that is missing
counts as zero as long as one part at least is there; a subtotal among the parts that can be neither read nor
computed leaves the sum unchecked, and so does an account of which only subaccounts are there that its formula does
not name. An account that is the sum of its own subaccounts is checked only where all of them are stated, and the
two sides of an identity only where every account of both is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from attrs import field, frozen

from almenstyring.domain.figures.accounts import Accounts
from almenstyring.domain.figures.chart import AccountLine, ChartOfAccounts, Identity, IdentityKind
from almenstyring.domain.figures.sums import Sum, Term
from almenstyring.domain.values import Dkk


@frozen(kw_only=True)
class Difference:
    """Two amounts that should be equal (da: afvigelse), and by how much they may differ."""

    one: Dkk
    other: Dkk
    tolerance: Dkk

    @property
    def amount(self) -> Dkk:
        """How much they differ by."""
        return abs(self.one - self.other)

    @property
    def matters(self) -> bool:
        """Whether they differ by more than rounding explains."""
        return self.amount > self.tolerance


@frozen
class _Part:
    """An amount in øre, and how many printed amounts it was made of."""

    count: int
    of: int = 1


@frozen(kw_only=True)
class Bookkeeping:
    """The accounts of a unit read by a chart (da: afstemning): what is stated, and what the formulas make of it.

    ``before`` are the accounts of the period just before, for opening balances.
    """

    accounts: Accounts
    chart: ChartOfAccounts
    before: Accounts | None = field(default=None)

    @cached_property
    def _lines(self) -> Mapping[str, AccountLine]:
        return self.chart.of(self.accounts.ledger)

    @cached_property
    def _subaccounts(self) -> Mapping[str, frozenset[str]]:
        """The subaccounts that are stated, by the account they belong to; "105.9" is a subtotal, not one of them."""
        found: dict[str, set[str]] = {}
        for number in self.accounts.postings:
            account, dot, _ = number.partition(".")
            line = self._lines.get(number)
            if dot and not (line and line.is_total):
                found.setdefault(account, set()).add(number)
        return {account: frozenset(numbers) for account, numbers in found.items()}

    def amount(self, number: str) -> Dkk | None:
        """The amount of an account as stated, or as its formula gives it; None where neither is there."""
        part = self._part(number)
        return Dkk(part.count) if part else None

    def computed(self, number: str) -> Dkk | None:
        """What the account's formula gives, whatever is stated; None without a formula or with too little stated."""
        line = self._lines.get(number)
        part = self._computed(line) if line else None
        return Dkk(part.count) if part else None

    def totals(self) -> Iterator[tuple[AccountLine, Difference]]:
        """Every stated sum that can be computed, beside what its parts make; in the order of the chart."""
        for number, line in self._lines.items():
            stated = self.accounts.postings.get(number)
            if line.sum is None or stated is None or not (line.is_total or self._has_all_parts(line.sum)):
                continue
            made = self._computed(line)
            if made:
                tolerance = self.chart.rounding * (made.of + 1)
                yield line, Difference(one=stated, other=Dkk(made.count), tolerance=tolerance)

    def identities(self, kind: IdentityKind) -> Iterator[tuple[Identity, Difference]]:
        """Every identity of a kind whose accounts are all stated, with its two sides."""
        for identity in self.chart.identities(self.accounts.ledger, kind):
            left, right = map(self._side, identity.sides)
            if left and right:
                rounding = self.chart.rounding * (left.of + right.of)
                yield (
                    identity,
                    Difference(
                        one=Dkk(left.count),
                        other=Dkk(right.count),
                        tolerance=rounding if identity.tolerance is None else identity.tolerance,
                    ),
                )

    def _part(self, number: str) -> _Part | None:
        stated = self.accounts.postings.get(number)
        if stated is not None:
            return _Part(stated.count)
        line = self._lines.get(number)
        return self._computed(line) if line else None

    def _computed(self, line: AccountLine) -> _Part | None:
        if line.sum is None or self._is_told_otherwise(line, line.sum):
            return None
        parts = []
        for sign, number in line.sum.accounts:
            part = self._part(number)
            if part:
                parts.append((sign, part))
            elif self._is_unknown(number):
                return None
        if not parts:
            return None
        return _Part(sum(sign * part.count for sign, part in parts), sum(part.of for _, part in parts))

    def _is_unknown(self, number: str) -> bool:
        """Whether an account without an amount may still have one: a total, or one that subaccounts are stated of."""
        line = self._lines.get(number)
        return bool(line and line.is_total) or number in self._subaccounts

    def _is_told_otherwise(self, line: AccountLine, total: Sum) -> bool:
        """Whether subaccounts are stated that the account's formula does not name."""
        named = {number for _, number in total.accounts}
        return not line.is_total and not self._subaccounts.get(line.number, frozenset()) <= named

    def _has_all_parts(self, total: Sum) -> bool:
        return all(number in self.accounts.postings for _, number in total.accounts)

    def _side(self, side: Sum) -> _Part | None:
        amounts = [(term.sign, self._stated(term)) for term in side.terms]
        if any(amount is None for _, amount in amounts):
            return None
        return _Part(sum(sign * amount.count for sign, amount in amounts if amount), len(amounts))

    def _stated(self, term: Term) -> Dkk | None:
        books = self.before if term.years_back else self.accounts
        return books.amount(term.account) if books else None
