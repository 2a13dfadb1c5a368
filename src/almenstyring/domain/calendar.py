"""The statutory calendar: accounting periods, report years, when packages open and when accounts are due.

Nothing here reads the clock. What is not known is None with a note, never an invented date.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal, Self

from attrs import field, frozen

from almenstyring.domain.text import Text
from almenstyring.domain.values.faults import as_text, refusal

_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_END_NAMES_THE_YEAR_FROM = 2010
_FIRST_REPORT_YEAR = 2010
_FIVE_MONTHS_FROM = date(2010, 6, 1)
_ONE_DAY = timedelta(days=1)


def days_text(days: int) -> Text:
    """A number of days in words.

    >>> print(days_text(1).da, days_text(3).en)
    1 dag 3 days
    """
    return Text("1 dag", "1 day") if days == 1 else Text(f"{days} dage", f"{days} days")


def add_months(day: date, months: int) -> date:
    """The day ``months`` later (or earlier, if negative); from the last day of a month one comes to a last day.

    The last part is a convention of this project (marked inferred): the law counts in months and does not say
    whether 30 June plus six months is 30 or 31 December.

    >>> add_months(date(2025, 6, 30), 6)
    datetime.date(2025, 12, 31)
    """
    try:
        step = _ONE_DAY if (day + _ONE_DAY).day == 1 else timedelta()
        return _moved(day + step, months) - step
    except (OverflowError, ValueError) as error:
        raise refusal(
            Text("{months} måneder fra {value} findes ikke.", "{months} months from {value} does not exist."),
            Text("Kalenderen går fra år 1 til 9999.", "The calendar runs from year 1 to 9999."),
            day,
            months=months,
        ) from error


def _moved(day: date, months: int) -> date:
    import pendulum  # here and nowhere else: it costs 60 ms, and its own dates must not leak out

    moved = pendulum.date(day.year, day.month, day.day).add(months=months)
    return date(moved.year, moved.month, moved.day)


@frozen(order=True)
class ReportYear:
    """A year of reporting (da: styringsår); it rests on the accounting year (da: regnskabsår) before it.

    There is none before 2010, when the steering reform took effect.

    >>> year = ReportYear(2026)
    >>> year.accounting_year, str(year.next)
    (2025, '2027')
    """

    value: int = field()

    @value.validator
    def _check(self, _: object, value: object) -> None:
        if type(value) is not int or not _FIRST_REPORT_YEAR <= value <= _LAST_YEAR + 1:
            raise refusal(
                Text("{value} er ikke et styringsår.", "{value} is not a report year."),
                Text("Giv et helt årstal, tidligst 2010.", "Give a whole year, 2010 or later."),
                value,
            )

    @property
    def accounting_year(self) -> int:
        """The accounting year that is reported on."""
        return self.value - 1

    def back_to(self, years: int) -> tuple[Self, ...]:
        """The year itself and those before it, so many in all, the oldest first; none is older than 2010.

        >>> [str(year) for year in ReportYear(2011).back_to(3)]
        ['2010', '2011']
        """
        first = max(self.value - years + 1, _FIRST_REPORT_YEAR)
        return tuple(type(self)(year) for year in range(first, self.value + 1))

    @property
    def next(self) -> Self:
        """The report year after this one."""
        return type(self)(self.value + 1)

    @property
    def previous(self) -> Self:
        """The report year before this one; ``InvalidValueError`` before 2010."""
        return type(self)(self.value - 1)

    def __int__(self) -> int:
        return self.value

    def __str__(self) -> str:
        return str(self.value)


def as_year(given: ReportYear | int) -> ReportYear:
    """A report year, also given as a whole number; InvalidValueError for anything else."""
    return given if isinstance(given, ReportYear) else ReportYear(given)


def maybe_year(given: ReportYear | int | None) -> ReportYear | None:
    """The same, or None."""
    return None if given is None else as_year(given)


OpeningCertainty = Literal["day_known", "day_unknown", "unknown"]


@frozen
class PackageOpening:
    """When the documentation package of a period opens (da: oprettelse af dokumentationspakken).

    ``day`` is None unless ``certainty`` is "day_known"; "day_unknown" means that only the time of year is known.
    ``note`` says which rule applies and where it is from.
    """

    day: date | None
    certainty: OpeningCertainty
    note: Text


def _plain_date(day: date) -> date:
    if not _is_plain(day) or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise refusal(
            Text("{value} er ikke en dato i 1900-2999.", "{value} is not a date in 1900-2999."),
            Text("Brug datetime.date uden klokkeslæt.", "Use datetime.date without a time of day."),
            day,
        )
    return date(day.year, day.month, day.day)


def _is_plain(day: object) -> bool:
    return isinstance(day, date) and not isinstance(day, datetime)


@frozen(order=True)
class AccountingPeriod:
    """The period that accounts cover (da: regnskabsperiode), first and last day included; of any length.

    The period is fixed in the articles of association (ABL § 12, nr. 9) and need not be twelve months.

    >>> period = AccountingPeriod(date(2025, 7, 1), date(2026, 6, 30))
    >>> period.accounting_year, str(period.report_year), period.accounts_due_municipality
    (2026, '2027', datetime.date(2026, 12, 31))
    """

    start: date = field(converter=_plain_date)
    end: date = field(converter=_plain_date)

    def __attrs_post_init__(self) -> None:
        if self.start > self.end:
            raise refusal(
                Text("Perioden {value} slutter før den begynder.", "The period {value} ends before it begins."),
                Text("Byt om på første og sidste dag.", "Swap the first and the last day."),
                str(self),
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """The period written as "2025-01-01/2025-12-31"."""
        try:
            first, last = map(date.fromisoformat, (as_text(text) or "").split("/"))
        except ValueError as error:
            raise refusal(
                Text("{value} er ikke en regnskabsperiode.", "{value} is not an accounting period."),
                Text("Skriv 2025-01-01/2025-12-31.", "Write 2025-01-01/2025-12-31."),
                text,
            ) from error
        return cls(first, last)

    @property
    def accounting_year(self) -> int:
        """The year that names the accounts (da: regnskabsår): that of the end, before 2010 that of the start.

        Source: Landsbyggefonden, LBF orienterer 2011/7 ("ultimo principle") and 2014/3.
        """
        return self.end.year if self.end.year >= _END_NAMES_THE_YEAR_FROM else self.start.year

    @property
    def report_year(self) -> ReportYear | None:
        """The report year that rests on this period; None before report year 2010."""
        year = self.accounting_year + 1
        return ReportYear(year) if year >= _FIRST_REPORT_YEAR else None

    @property
    def days(self) -> int:
        """The number of days, first and last included."""
        return (self.end - self.start).days + 1

    @property
    def is_twelve_months(self) -> bool:
        """Whether the period is exactly twelve months."""
        return add_months(self.start - _ONE_DAY, 12) == self.end

    @property
    def opens(self) -> PackageOpening:
        """When the package opens; from report year 2015 the day after the period's end."""
        return _opening(self.report_year, self.end)

    @property
    def accounts_due_lbf(self) -> date | None:
        """Last day for the provisional accounts to Landsbyggefonden: five months; None for ends before 1 June 2010.

        Source: DB § 74, stk. 4; LBF orienterer 2011/1.
        """
        return add_months(self.end, 5) if self.end >= _FIVE_MONTHS_FROM else None

    @property
    def accounts_final_lbf(self) -> date | None:
        """Last day for corrections to those accounts: one further month; None for ends before 1 June 2010.

        Source: DB § 74, stk. 4. Counted as six months from the period's end.
        """
        return add_months(self.end, 6) if self.end >= _FIVE_MONTHS_FROM else None

    @property
    def accounts_due_municipality(self) -> date:
        """Last day for accounts, annual report and protocol to the municipality: six months.

        Source: DB § 74, stk. 1.
        """
        return add_months(self.end, 6)

    def __str__(self) -> str:
        return f"{self.start}/{self.end}"


_ROLLING = Text(
    "Fra styringsår 2015 dagen efter regnskabsperiodens udløb (LBF orienterer 2014/3).",
    "From report year 2015 the day after the accounting period ends (LBF orienterer 2014/3).",
)
_ALL_AT_ONCE = Text(
    "Alle pakker for styringsår 2014 blev oprettet 9. februar 2014 (LBF orienterer 2014/3).",
    "All packages of report year 2014 were created on 9 February 2014 (LBF orienterer 2014/3).",
)
_EARLY_FEBRUARY = Text(
    "Først i februar {year}; dagen kendes ikke (LBF orienterer 2014/3).",
    "Early February {year}; the day is not known (LBF orienterer 2014/3).",
)
_UNKNOWN = Text(
    "For styringsår 2010 og tidligere er tidspunktet ikke fundet.",
    "For report year 2010 and earlier the time was not found.",
)


def _opening(report_year: ReportYear | None, end: date) -> PackageOpening:
    year = report_year.value if report_year else 0
    if year >= 2015:
        return PackageOpening(end + _ONE_DAY, "day_known", _ROLLING)
    if year == 2014:
        return PackageOpening(date(2014, 2, 9), "day_known", _ALL_AT_ONCE)
    if year >= 2011:
        return PackageOpening(None, "day_unknown", _EARLY_FEBRUARY.fill(year=year))
    return PackageOpening(None, "unknown", _UNKNOWN)


@frozen(kw_only=True)
class YearPeriods:
    """The periods that one accounting year consists of; usually one, none in a gap, more at a change."""

    accounting_year: int
    periods: tuple[AccountingPeriod, ...]

    @property
    def is_shared(self) -> bool:
        """Whether two or more periods belong to the year, as when a short period follows a whole one."""
        return len(self.periods) > 1

    @property
    def is_gap(self) -> bool:
        """Whether no period belongs to the year, as at the change of naming rule in 2009/2010."""
        return not self.periods


def periods_by_year(periods: Iterable[AccountingPeriod]) -> tuple[YearPeriods, ...]:
    """The periods grouped by accounting year, every year from the first to the last, gaps included.

    A period given twice counts once. Two periods in one year are shown, not refused.
    """
    by_year: dict[int, list[AccountingPeriod]] = {}
    for period in sorted(set(periods)):
        by_year.setdefault(period.accounting_year, []).append(period)
    years = range(min(by_year), max(by_year) + 1) if by_year else ()
    return tuple(YearPeriods(accounting_year=year, periods=tuple(by_year.get(year, ()))) for year in years)
