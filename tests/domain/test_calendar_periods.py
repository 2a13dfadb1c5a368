"""Accounting periods of any length, and how they share out over the accounting years."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from almenstyring.domain.calendar import AccountingPeriod, ReportYear, YearPeriods, add_months, periods_by_year
from almenstyring.domain.errors import InvalidValueError

Refused = Callable[..., InvalidValueError]
ONE_DAY = timedelta(days=1)
days = st.dates(date(2005, 1, 1), date(2040, 12, 31))
periods = st.builds(lambda end, length: AccountingPeriod(end - length, end), days, st.integers(0, 800).map(timedelta))


def period(text: str) -> AccountingPeriod:
    return AccountingPeriod.parse(text)


@pytest.mark.parametrize(
    ("text", "is_twelve_months", "length"),
    [
        pytest.param("2025-01-01/2025-12-31", True, 365, id="a calendar year"),
        pytest.param("2024-01-01/2024-12-31", True, 366, id="a leap year"),
        pytest.param("2024-07-01/2025-06-30", True, 365, id="July to June"),
        pytest.param("2023-03-01/2024-02-29", True, 366, id="a year that ends on a leap day"),
        pytest.param("2023-03-01/2024-02-28", False, 365, id="a year that stops before the leap day"),
        pytest.param("2024-03-15/2025-03-14", True, 365, id="a year from the middle of a month"),
        pytest.param("2017-07-01/2017-12-31", False, 184, id="six months"),
        pytest.param("2016-07-01/2017-12-31", False, 549, id="eighteen months"),
        pytest.param("2025-01-01/2026-12-31", False, 730, id="two years"),
        pytest.param("2025-01-01/2025-01-01", False, 1, id="one day"),
    ],
)
def test_the_length_of_a_period(text: str, is_twelve_months: bool, length: int) -> None:
    assert period(text).is_twelve_months is is_twelve_months
    assert period(text).days == length


@given(periods)
def test_a_period_reads_back_what_it_wrote(one: AccountingPeriod) -> None:
    assert AccountingPeriod.parse(str(one)) == one
    assert one.days == sum(1 for _ in range(one.start.toordinal(), one.end.toordinal() + 1))


def test_a_period_may_run_backwards_in_no_case(refused: Refused) -> None:
    assert "2025-12-31/2025-01-01" in refused(AccountingPeriod, date(2025, 12, 31), date(2025, 1, 1)).message.da


@pytest.mark.parametrize(
    "text",
    ["", "2025", "2025-01-01", "2025-01-01/2025-02-30", "2025-01-01/2025-12-31/2026-12-31", "2025-01-01--2025-12-31"]
    + ["01-01-2025/31-12-2025", "2025-01-01/", "2025-12-31/2025-01-01", "1899-01-01/1899-12-31", None, 2025],
    ids=repr,
)
def test_a_period_that_cannot_be_read_is_refused(text: str, refused: Refused) -> None:
    refused(AccountingPeriod.parse, text)


@pytest.mark.parametrize(
    "day",
    [
        pytest.param("2025-12-31", id="a text"),
        pytest.param(None, id="nothing"),
        pytest.param(datetime(2025, 12, 31, tzinfo=UTC), id="a date with a time of day"),
        pytest.param(date(3000, 1, 1), id="a year too far ahead"),
        pytest.param(date.max, id="the last date there is"),
    ],
)
def test_a_period_is_made_of_plain_dates(day: object, refused: Refused) -> None:
    refused(AccountingPeriod, date(2025, 1, 1), day)


def test_the_dates_of_other_libraries_become_plain_dates() -> None:
    class LibraryDate(date):
        pass

    one = AccountingPeriod(LibraryDate(2025, 1, 1), LibraryDate(2025, 12, 31))
    assert {type(one.start), type(one.end)} == {date}
    assert one == period("2025-01-01/2025-12-31")


def test_the_first_and_the_last_possible_period_can_answer_everything() -> None:
    for one in (period("1900-01-01/1900-12-31"), period("2999-01-01/2999-12-31")):
        assert one.is_twelve_months
        assert one.accounts_due_municipality > one.end
        assert one.opens.note.en
        assert periods_by_year([one])
    assert period("2999-01-01/2999-12-31").report_year == ReportYear(3000)


def test_one_period_a_year_is_the_ordinary_case() -> None:
    years = periods_by_year([period("2025-01-01/2025-12-31"), period("2024-01-01/2024-12-31")])
    assert [year.accounting_year for year in years] == [2024, 2025]
    assert not any(year.is_shared or year.is_gap for year in years)


def test_a_changed_accounting_year_gives_two_periods_in_one_year() -> None:
    whole, short = period("2016-07-01/2017-06-30"), period("2017-07-01/2017-12-31")
    assert periods_by_year([short, whole]) == (YearPeriods(accounting_year=2017, periods=(whole, short)),)
    assert periods_by_year([short, whole])[0].is_shared


def test_the_new_naming_rule_leaves_a_gap_in_2009_for_broken_years() -> None:
    before, after = period("2008-07-01/2009-06-30"), period("2009-07-01/2010-06-30")
    years = periods_by_year([before, after])
    assert [(year.accounting_year, year.periods) for year in years] == [(2008, (before,)), (2009, ()), (2010, (after,))]
    assert [year.is_gap for year in years] == [False, True, False]


def test_calendar_years_pass_the_new_naming_rule_without_a_gap() -> None:
    years = periods_by_year(AccountingPeriod(date(year, 1, 1), date(year, 12, 31)) for year in range(2007, 2013))
    assert not any(year.is_gap or year.is_shared for year in years)


def test_a_period_given_twice_counts_once() -> None:
    assert not periods_by_year([period("2025-01-01/2025-12-31")] * 2)[0].is_shared


def test_no_periods_make_no_years() -> None:
    assert periods_by_year([]) == ()


@given(st.lists(periods, min_size=1, max_size=8))
def test_every_period_is_shown_once_and_no_year_is_left_out(given_periods: list[AccountingPeriod]) -> None:
    years = periods_by_year(given_periods)
    numbers = [year.accounting_year for year in years]
    assert numbers == list(range(numbers[0], numbers[-1] + 1))
    assert sorted(one for year in years for one in year.periods) == sorted(set(given_periods))
    assert all(one.accounting_year == year.accounting_year for year in years for one in year.periods)
    assert not years[0].is_gap and not years[-1].is_gap


@given(days)
def test_consecutive_years_of_one_organisation_share_no_year(start: date) -> None:
    assume(start.day <= 28)
    first = AccountingPeriod(start, add_months(start, 12) - ONE_DAY)
    second = AccountingPeriod(first.end + ONE_DAY, add_months(first.end + ONE_DAY, 12) - ONE_DAY)
    years = periods_by_year([first, second])
    assert not any(year.is_shared for year in years)
    assert sum(year.is_gap for year in years) == (first.accounting_year < 2009 and second.accounting_year == 2010)
