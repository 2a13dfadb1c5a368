"""The statutory calendar: every published example, and what holds for all dates 2005-2040."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.calendar import (
    AccountingPeriod,
    PackageOpening,
    ReportYear,
    add_months,
)
from almenstyring.domain.errors import InvalidValueError

days = st.dates(date(2005, 1, 1), date(2040, 12, 31))
ONE_DAY = timedelta(days=1)
Refused = Callable[..., InvalidValueError]


def _periods_ending(ends: st.SearchStrategy[date]) -> st.SearchStrategy[AccountingPeriod]:
    lengths = st.integers(0, 800).map(timedelta)
    return st.builds(lambda end, length: AccountingPeriod(end - length, end), ends, lengths)


periods = _periods_ending(days)
periods_from_2010 = _periods_ending(st.dates(date(2010, 1, 1), date(2040, 12, 31)))


def period(text: str) -> AccountingPeriod:
    return AccountingPeriod.parse(text)


# Months


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        pytest.param("2025-12-31", 5, "2026-05-31", id="31 December plus five months is 31 May"),
        pytest.param("2025-12-31", 6, "2026-06-30", id="31 December plus six months is 30 June"),
        pytest.param("2025-03-31", 5, "2025-08-31", id="31 March plus five months is 31 August"),
        pytest.param("2025-03-31", 6, "2025-09-30", id="31 March plus six months is 30 September"),
        pytest.param("2025-06-30", 5, "2025-11-30", id="30 June plus five months is 30 November"),
        pytest.param("2025-06-30", 6, "2025-12-31", id="30 June plus six months is 31 December"),
        pytest.param("2025-09-30", 5, "2026-02-28", id="30 September plus five months is 28 February"),
        pytest.param("2023-09-30", 5, "2024-02-29", id="30 September plus five months is 29 February in a leap year"),
        pytest.param("2025-09-30", 6, "2026-03-31", id="30 September plus six months is 31 March"),
        pytest.param("2024-02-28", 6, "2024-08-28", id="28 February is no month's end in a leap year"),
        pytest.param("2025-02-28", 6, "2025-08-31", id="28 February is a month's end in other years"),
        pytest.param("2025-06-15", 6, "2025-12-15", id="the middle of a month keeps its day"),
        pytest.param("2025-08-30", 6, "2026-02-28", id="a day that February lacks becomes its last"),
        pytest.param("2025-12-31", -6, "2025-06-30", id="months can be counted back"),
        pytest.param("2025-12-30", 0, "2025-12-30", id="no months is the same day"),
    ],
)
def test_months_are_added(day: str, months: int, wanted: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(wanted)


@given(days, st.integers(-120, 120))
def test_months_are_counted_exactly_and_a_months_end_maps_to_a_months_end(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert type(moved) is date
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    if _is_month_end(day):
        assert _is_month_end(moved)
    else:
        assert moved.day == day.day or (moved.day < day.day and _is_month_end(moved))


@given(days, days, st.integers(0, 24))
def test_a_later_day_is_never_moved_before_an_earlier_one(one: date, other: date, months: int) -> None:
    earlier, later = sorted((one, other))
    assert add_months(earlier, months) <= add_months(later, months)


@pytest.mark.parametrize(
    ("day", "months"),
    [(date(2025, 1, 1), 12 * 9000), (date(2025, 1, 31), -12 * 9000), (date(2025, 1, 1), 10**30), (date.max, 1)],
    ids=repr,
)
def test_months_that_leave_the_calendar_are_refused(day: date, months: int, refused: Refused) -> None:
    assert refused(add_months, day, months).context["months"] == months


# Years: Landsbyggefonden's check cases (LBF orienterer 2011/7 and 2014/3) and the kinds of periods seen


@pytest.mark.parametrize(
    ("text", "accounting_year", "report_year"),
    [
        pytest.param("2013-01-01/2013-12-31", 2013, 2014, id="a calendar year is reported the year after"),
        pytest.param("2012-07-01/2013-06-30", 2013, 2014, id="every period that ends in 2013 belongs to 2014"),
        pytest.param("2013-04-01/2014-03-31", 2014, 2015, id="April 2013 to March 2014 is reported in 2015"),
        pytest.param("2014-01-01/2014-12-31", 2014, 2015, id="the calendar year 2014 is reported in 2015"),
        pytest.param("2014-04-01/2015-03-31", 2015, 2016, id="April 2014 to March 2015 is reported in 2016"),
        pytest.param("2014-10-01/2015-09-30", 2015, 2016, id="October to September belongs to the year it ends in"),
        pytest.param("2017-07-01/2017-12-31", 2017, 2018, id="a short period belongs to the year it ends in"),
        pytest.param("2009-07-01/2010-06-30", 2010, 2011, id="from 2010 the end names the year"),
        pytest.param("2010-01-01/2010-12-31", 2010, 2011, id="the first accounting year under the new rule"),
        pytest.param("2008-07-01/2009-06-30", 2008, None, id="before 2010 the start names the year"),
        pytest.param("2009-01-01/2009-12-31", 2009, 2010, id="accounts of 2009 are reported in the first report year"),
        pytest.param("2008-01-01/2008-12-31", 2008, None, id="accounts of 2008 have no report year"),
    ],
)
def test_a_period_belongs_to_its_years(text: str, accounting_year: int, report_year: int | None) -> None:
    assert period(text).accounting_year == accounting_year
    assert period(text).report_year == (ReportYear(report_year) if report_year else None)


@given(periods_from_2010)
def test_from_2010_the_report_year_follows_the_year_of_the_end(one: AccountingPeriod) -> None:
    assert one.accounting_year == one.end.year
    assert one.report_year == ReportYear(one.end.year + 1)


@given(periods)
def test_a_report_year_rests_on_its_accounting_year(one: AccountingPeriod) -> None:
    if one.report_year is None:
        assert one.accounting_year < 2009
    else:
        assert one.report_year.accounting_year == one.accounting_year


def test_a_report_year_is_a_year() -> None:
    year = ReportYear(2026)
    assert (int(year), str(year), year.accounting_year) == (2026, "2026", 2025)
    assert year.previous == ReportYear(2025) < year < year.next == ReportYear(2027)


@pytest.mark.parametrize(
    "value", [2009, 3001, 0, -2026, 10**30, "2026", 2026.0, True, None, ReportYear(2026)], ids=repr
)
def test_what_is_no_report_year_is_refused(value: object, refused: Refused) -> None:
    refused(ReportYear, value)


def test_there_is_no_report_year_before_2010() -> None:
    with pytest.raises(InvalidValueError):
        _ = ReportYear(2010).previous


# When packages open


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("2013-04-01/2014-03-31", "2014-04-01", id="a period ending 31 March 2014 opens 1 April 2014"),
        pytest.param("2014-01-01/2014-12-31", "2015-01-01", id="a period ending 31 December 2014 opens on New Year"),
        pytest.param("2014-04-01/2015-03-31", "2015-04-01", id="a period ending 31 March 2015 opens 1 April 2015"),
        pytest.param("2013-02-01/2014-01-31", "2014-02-01", id="rolling packages opened even before 9 February 2014"),
        pytest.param("2013-01-01/2013-12-31", "2014-02-09", id="report year 2014 opened on 9 February 2014"),
        pytest.param("2012-04-01/2013-03-31", "2014-02-09", id="whatever month of 2013 the period ended in"),
    ],
)
def test_a_package_opens_on_a_known_day(text: str, day: str) -> None:
    opening = period(text).opens
    assert (opening.day, opening.certainty) == (date.fromisoformat(day), "day_known")
    assert "LBF orienterer 2014/3" in opening.note.da
    assert "LBF orienterer 2014/3" in opening.note.en


@pytest.mark.parametrize("report_year", [2011, 2012, 2013])
def test_packages_of_2011_to_2013_opened_on_an_unknown_day_in_february(report_year: int) -> None:
    opening = AccountingPeriod(date(report_year - 1, 1, 1), date(report_year - 1, 12, 31)).opens
    assert (opening.day, opening.certainty) == (None, "day_unknown")
    assert f"februar {report_year}" in opening.note.da
    assert f"February {report_year}" in opening.note.en


@pytest.mark.parametrize("text", ["2009-01-01/2009-12-31", "2008-07-01/2009-06-30", "2005-01-01/2005-12-31"])
def test_the_opening_of_2010_and_earlier_is_not_known(text: str) -> None:
    assert (period(text).opens.day, period(text).opens.certainty) == (None, "unknown")


@given(periods)
def test_no_opening_day_is_invented(one: AccountingPeriod) -> None:
    year = one.report_year
    opening = one.opens
    assert (opening.day is None) == (year is None or year < ReportYear(2014))
    assert (opening.day is None) == (opening.certainty != "day_known")
    if year is not None and year >= ReportYear(2015):
        assert opening.day == one.end + ONE_DAY
    assert opening.note.da and opening.note.en


def test_an_opening_is_a_value() -> None:
    assert period("2025-01-01/2025-12-31").opens == PackageOpening(
        date(2026, 1, 1), "day_known", period("2024-01-01/2024-12-31").opens.note
    )


# When accounts are due: DB § 74


@pytest.mark.parametrize(
    ("text", "due_lbf", "final_lbf", "due_municipality"),
    [
        pytest.param("2025-01-01/2025-12-31", "2026-05-31", "2026-06-30", "2026-06-30", id="calendar year"),
        pytest.param("2024-04-01/2025-03-31", "2025-08-31", "2025-09-30", "2025-09-30", id="1 April to 31 March"),
        pytest.param("2024-07-01/2025-06-30", "2025-11-30", "2025-12-31", "2025-12-31", id="1 July to 30 June"),
        pytest.param("2024-10-01/2025-09-30", "2026-02-28", "2026-03-31", "2026-03-31", id="1 October to 30 September"),
        pytest.param("2022-10-01/2023-09-30", "2024-02-29", "2024-03-31", "2024-03-31", id="the same in a leap year"),
        pytest.param("2017-07-01/2017-12-31", "2018-05-31", "2018-06-30", "2018-06-30", id="a short period of 2017"),
        pytest.param("2009-06-02/2010-06-01", "2010-11-01", "2010-12-01", "2010-12-01", id="the first end with 5 + 1"),
        pytest.param("2009-06-01/2010-05-31", None, None, "2010-11-30", id="the last end without 5 + 1 months"),
        pytest.param("2008-01-01/2008-12-31", None, None, "2009-06-30", id="six months were the rule before"),
    ],
)
def test_accounts_are_due(text: str, due_lbf: str | None, final_lbf: str | None, due_municipality: str) -> None:
    one = period(text)
    assert one.accounts_due_lbf == (date.fromisoformat(due_lbf) if due_lbf else None)
    assert one.accounts_final_lbf == (date.fromisoformat(final_lbf) if final_lbf else None)
    assert one.accounts_due_municipality == date.fromisoformat(due_municipality)


@given(periods)
def test_the_municipality_gets_the_accounts_six_months_after_the_end(one: AccountingPeriod) -> None:
    due = one.accounts_due_municipality
    assert due > one.end
    assert (due.year * 12 + due.month) - (one.end.year * 12 + one.end.month) == 6
    assert _is_month_end(due) or due.day == one.end.day


@given(periods)
def test_landsbyggefonden_gets_them_first_then_final_no_later_than_the_municipality(one: AccountingPeriod) -> None:
    first, final = one.accounts_due_lbf, one.accounts_final_lbf
    if one.end < date(2010, 6, 1):
        assert first is None and final is None
    else:
        assert first is not None and final is not None
        assert one.end < first < final == one.accounts_due_municipality


@given(periods, periods)
def test_a_later_end_is_never_due_or_opened_earlier(one: AccountingPeriod, other: AccountingPeriod) -> None:
    earlier, later = sorted((one, other), key=lambda each: each.end)
    assert earlier.accounts_due_municipality <= later.accounts_due_municipality
    if earlier.accounts_due_lbf and later.accounts_due_lbf:
        assert earlier.accounts_due_lbf <= later.accounts_due_lbf
    if earlier.end.year >= 2010:
        assert earlier.accounting_year <= later.accounting_year
    if earlier.end.year >= 2014:
        assert earlier.opens.day and later.opens.day
        assert earlier.opens.day <= later.opens.day


def test_importing_the_calendar_does_not_import_pendulum() -> None:
    program = (
        "import sys, almenstyring.domain.calendar as calendar, datetime\n"
        "assert 'pendulum' not in sys.modules\n"
        "calendar.AccountingPeriod.parse('2025-01-01/2025-12-31')\n"
        "assert 'pendulum' not in sys.modules\n"
        "calendar.add_months(datetime.date(2025, 1, 31), 1)\n"
        "assert 'pendulum' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def _is_month_end(day: date) -> bool:
    return (day + ONE_DAY).day == 1


# Report years back


@pytest.mark.parametrize(
    ("year", "years", "wanted"),
    [
        pytest.param(2026, 5, [2022, 2023, 2024, 2025, 2026], id="five years"),
        pytest.param(2026, 1, [2026], id="the year itself"),
        pytest.param(2011, 5, [2010, 2011], id="none is older than 2010"),
        pytest.param(2010, 3, [2010], id="the first of all"),
    ],
)
def test_the_years_back_end_with_the_year_itself(year: int, years: int, wanted: list[int]) -> None:
    assert ReportYear(year).back_to(years) == tuple(map(ReportYear, wanted))


@given(st.integers(2010, 2040), st.integers(1, 40))
def test_the_years_back_follow_each_other_without_a_gap(year: int, years: int) -> None:
    found = ReportYear(year).back_to(years)
    assert found[-1] == ReportYear(year) and len(found) == min(years, year - 2009)
    assert all(one.next == other for one, other in pairwise(found))
