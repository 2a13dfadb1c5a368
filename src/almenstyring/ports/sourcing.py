"""What a source of master data and figures is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from attrs import frozen

from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.figures.accounts import Accounts
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.organisations import MasterData, Unit
from almenstyring.domain.reporting import Value
from almenstyring.domain.values import LbfNumber


@frozen(kw_only=True)
class SourceRequest:
    """What is asked of a source: one organisation and, for figures, one accounting period.

    ``estates`` are the estates whose accounts and figures are wanted; none means all that the source knows.
    """

    organisation: LbfNumber
    report_year: ReportYear
    period: AccountingPeriod | None = None
    estates: tuple[Unit, ...] = ()


@frozen(kw_only=True)
class Figure:
    """One prefilled value from a source: the name a question's ``prefill`` asks for, and where it came from."""

    name: str
    unit: Unit
    value: Value
    key: str
    status: FigureStatus = FigureStatus.FINAL
    period: AccountingPeriod | None = None


@frozen(kw_only=True)
class SourceAnswer:
    """What a source knows about an accounting period: accounts per unit and single figures."""

    accounts: tuple[Accounts, ...] = ()
    figures: tuple[Figure, ...] = ()


@runtime_checkable
class Source(Protocol):
    """Delivers master data and figures (da: kilde). Contract: ``SourceContract``."""

    def organisations(self) -> Iterable[LbfNumber]:
        """The organisations the source has master data for."""

    def master_data(self, organisation: LbfNumber) -> MasterData | None:
        """Everything known about one organisation, with dated relations; None if unknown."""

    def figures(self, request: SourceRequest) -> SourceAnswer:
        """Accounts and figures for one organisation and its estates in one period; empty if unknown."""

    def close(self) -> None:
        """Give back files and connections."""
