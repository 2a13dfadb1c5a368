"""The accounts of one organisation or estate for one period."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from almenstyring.domain.calendar import AccountingPeriod
from almenstyring.domain.figures.provenance import FigureStatus, Provenance
from almenstyring.domain.organisations import Unit
from almenstyring.domain.values import Dkk


@frozen(kw_only=True)
class Accounts:
    """The postings of a unit's accounts (da: regnskab), account number as printed to amount.

    Account numbers are text: "112.1" is not a number. An account that is absent is missing; an
    account with 0,00 kr. is zero. ``provenance`` tells whether a source delivered them or a person put them in;
    a source leaves it out, prefilling writes it.
    """

    unit: Unit
    period: AccountingPeriod
    postings: Mapping[str, Dkk] = field(hash=False)
    status: FigureStatus = FigureStatus.FINAL
    provenance: Provenance | None = None

    def amount(self, account: str) -> Dkk | None:
        """The amount of an account, or None where the accounts do not have it."""
        return self.postings.get(account)
