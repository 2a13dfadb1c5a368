"""The accounts of one organisation or estate for one period."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, field, frozen

from almenstyring.domain.calendar import AccountingPeriod
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.provenance import FigureStatus, Provenance
from almenstyring.domain.organisations import Unit
from almenstyring.domain.text import Text
from almenstyring.domain.values import Dkk, LbfNumber


@frozen(kw_only=True)
class Correction:
    """One posting that was corrected after the accounts were made (da: rettelse).

    ``was`` is what stood there before; None means that the account was missing.
    """

    account: str
    was: Dkk | None = None
    reason: str = ""


@frozen(kw_only=True)
class Accounts:
    """The postings of a unit's accounts (da: regnskab), account number as printed to amount.

    Account numbers are text: "112.1" is not a number. An account that is absent is missing; an
    account with 0,00 kr. is zero. ``provenance`` tells whether a source delivered them or a person put them in;
    a source leaves it out, prefilling writes it.

    ``budget`` is the budget of the same period and ``next_budget`` that of the coming one, both by account number;
    printed accounts show them beside the result. ``corrections`` holds what corrected postings were before, oldest
    first.
    """

    unit: Unit
    period: AccountingPeriod
    postings: Mapping[str, Dkk] = field(hash=False)
    status: FigureStatus = FigureStatus.FINAL
    provenance: Provenance | None = None
    budget: Mapping[str, Dkk] = field(factory=dict, hash=False)
    next_budget: Mapping[str, Dkk] = field(factory=dict, hash=False)
    corrections: tuple[Correction, ...] = ()

    @property
    def ledger(self) -> Ledger:
        """Whether these are the accounts of an estate or of an organisation."""
        return Ledger.ORGANISATION if isinstance(self.unit, LbfNumber) else Ledger.ESTATE

    def amount(self, account: str) -> Dkk | None:
        """The amount of an account, or None where the accounts do not have it."""
        return self.postings.get(account)

    def corrected(self, amounts: Mapping[str, Dkk | None], reason: str) -> Accounts:
        """The accounts with these postings in place of what stood there; None takes a posting away.

        The result has status CORRECTED and remembers what each posting was; an amount that is already right is no
        correction. InvalidValueError where nothing is changed, or no reason is given.

        >>> from datetime import date
        >>> year = AccountingPeriod(date(2025, 1, 1), date(2025, 12, 31))
        >>> accounts = Accounts(unit=LbfNumber("T001"), period=year, postings={"501": Dkk.of(80)})
        >>> mended = accounts.corrected({"501": Dkk.of(90)}, "Tastefejl")
        >>> str(mended.amount("501")), str(mended.corrections[0].was), mended.as_made == accounts.postings
        ('90.00', '80.00', True)
        """
        changed = {account: amount for account, amount in amounts.items() if amount != self.amount(account)}
        if not changed or not reason.strip():
            raise InvalidValueError(
                Text(
                    "Rettelsen ændrer intet eller har ingen grund.", "The correction changes nothing or has no reason."
                ),
                Text("Angiv nye beløb og hvorfor.", "Give new amounts, and why."),
            )
        made = (Correction(account=account, was=self.amount(account), reason=reason) for account in changed)
        return evolve(
            self,
            postings=_with(self.postings, changed),
            status=FigureStatus.CORRECTED,
            corrections=(*self.corrections, *made),
        )

    @property
    def as_made(self) -> Mapping[str, Dkk]:
        """The postings before any correction."""
        postings = self.postings
        for correction in reversed(self.corrections):
            postings = _with(postings, {correction.account: correction.was})
        return postings


def _with(postings: Mapping[str, Dkk], amounts: Mapping[str, Dkk | None]) -> dict[str, Dkk]:
    """The postings with these amounts; an account set to None is left out."""
    merged: dict[str, Dkk | None] = {**postings, **amounts}
    return {account: amount for account, amount in merged.items() if amount is not None}
