"""The accounts of one organisation or estate for one period."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from attrs import field, frozen

from almenstyring.domain.calendar import AccountingPeriod
from almenstyring.domain.organisations import Unit
from almenstyring.domain.values import Dkk


class FigureStatus(StrEnum):
    """How firm a figure from a source is (da: taltype).

    PROJECTED values are carried forward until new ones exist; that is how benchmarks and percentiles
    are prefilled in practice (LBF orienterer 2014/3).
    """

    FINAL = "final"
    PROVISIONAL = "provisional"
    PROJECTED = "projected"


@frozen(kw_only=True)
class Accounts:
    """The postings of a unit's accounts (da: regnskab), account number as printed to amount.

    Account numbers are text: "112.1" is not a number. An account that is absent is missing; an
    account with 0,00 kr. is zero.
    """

    unit: Unit
    period: AccountingPeriod
    postings: Mapping[str, Dkk] = field(hash=False)
    status: FigureStatus = FigureStatus.FINAL

    def amount(self, account: str) -> Dkk | None:
        """The amount of an account, or None where the accounts do not have it."""
        return self.postings.get(account)
