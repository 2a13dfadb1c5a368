"""Which accounting period a year's package rests on: one of the register's, chosen once."""

from __future__ import annotations

from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.errors import InvalidValueError, NotFoundError
from almenstyring.domain.organisations import MasterData
from almenstyring.domain.reporting import DocumentationPackage
from almenstyring.domain.text import Text


def chosen_period(master: MasterData, year: ReportYear, wanted: AccountingPeriod | None) -> AccountingPeriod:
    """The period wanted, if it is one of the year's, or the only one; else an error that lists them."""
    periods = master.periods_of(year)
    if wanted in periods or (wanted is None and len(periods) == 1):
        return wanted or periods[0]
    if not periods:
        raise NotFoundError(
            Text(
                f"{master.number} har intet regnskabsår, der hører til styringsår {year}.",
                f"{master.number} has no accounting period that belongs to report year {year}.",
            ),
            Text("Registrer regnskabsperioden i stamdata.", "Put the accounting period into the master data."),
            organisation=str(master.number),
            year=int(year),
        )
    listed = ", ".join(str(period) for period in periods)
    raise InvalidValueError(
        Text(
            f"Vælg den regnskabsperiode, som pakken for styringsår {year} skal hvile på: {listed}.",
            f"Choose the accounting period that the package for report year {year} rests on: {listed}.",
        ),
        Text("Angiv den med period=.", "Name it with period=."),
        periods=listed,
    )


def refuse_other_period(stored: DocumentationPackage, wanted: AccountingPeriod | None) -> None:
    """InvalidValueError if another period is wanted than the one the stored package rests on."""
    if wanted not in (None, stored.period):
        year, period = stored.report_year, stored.period
        raise InvalidValueError(
            Text(
                f"Pakken for styringsår {year} er åbnet og hviler på regnskabsperioden {period}.",
                f"The package for report year {year} is open and rests on the accounting period {period}.",
            ),
            Text("Åbn den uden period=.", "Open it without period=."),
            value=str(wanted),
            period=str(period),
        )
