"""One deadline, extended openly, and late counted in days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import AlmenstyringError, InvalidValueError
from almenstyring.domain.reporting import Deadline, Extension, Timeliness, Timing, timing
from almenstyring.domain.values import LbfNumber, MunicipalityCode

Raised = Callable[..., AlmenstyringError]

DUE = date(2026, 9, 1)
ONE_DAY = timedelta(days=1)
DEADLINE = Deadline(
    organisation=LbfNumber("T001"),
    report_year=ReportYear(2026),
    municipality=MunicipalityCode("T01"),
    due=DUE,
    set_by="kommune-1",
    set_on=date(2026, 5, 1),
)
some_day = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def until(day: date, reason: str = "Ny revisor.") -> Extension:
    return Extension(until=day, granted_by="kommune-1", granted_on=date(2026, 8, 20), reason=reason)


def test_without_an_extension_the_date_first_set_counts() -> None:
    assert DEADLINE.current == DUE


def test_an_extension_counts_and_leaves_the_date_first_set_and_the_deadline_it_was_asked_of() -> None:
    later = DEADLINE.extended(until(date(2026, 10, 1)))
    assert (later.current, later.due) == (date(2026, 10, 1), DUE)
    assert later.extensions == (until(date(2026, 10, 1)),)
    assert DEADLINE.extensions == ()


@pytest.mark.parametrize("day", [DUE, DUE - ONE_DAY], ids=["the same day", "an earlier day"])
def test_an_extension_must_lie_later(day: date, raised: Raised) -> None:
    error = raised(InvalidValueError, DEADLINE.extended, until(day))
    assert (error.context["until"], error.context["current"]) == (day, DUE)


def test_a_second_extension_must_lie_later_than_the_first(raised: Raised) -> None:
    once = DEADLINE.extended(until(date(2026, 10, 1)))
    assert "2026-10-01" in raised(InvalidValueError, once.extended, until(date(2026, 9, 15))).message.da


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_an_extension_must_give_a_reason(reason: str, raised: Raised) -> None:
    raised(InvalidValueError, DEADLINE.extended, until(date(2026, 10, 1), reason))


@given(st.lists(st.integers(-30, 60), max_size=8))
def test_whatever_is_asked_for_the_extensions_kept_lie_one_after_another(steps: list[int]) -> None:
    deadline = DEADLINE
    for step in steps:
        try:
            deadline = deadline.extended(until(deadline.current + timedelta(days=step)))
        except InvalidValueError:
            assert step <= 0
    days = [deadline.due, *(extension.until for extension in deadline.extensions)]
    assert all(day < later for day, later in pairwise(days))
    assert len(deadline.extensions) == sum(step > 0 for step in steps)
    assert deadline.current == max(days)


@pytest.mark.parametrize(
    ("due", "first_sent", "on", "judged"),
    [
        pytest.param(None, None, DUE, Timing(Timeliness.NO_DEADLINE), id="no deadline was set"),
        pytest.param(None, DUE, DUE, Timing(Timeliness.NO_DEADLINE), id="sent though no deadline was set"),
        pytest.param(DUE, None, DUE - ONE_DAY, Timing(Timeliness.NOT_DUE), id="there is time"),
        pytest.param(DUE, None, DUE, Timing(Timeliness.NOT_DUE), id="the last day is in time"),
        pytest.param(DUE, None, DUE + ONE_DAY, Timing(Timeliness.OVERDUE, 1), id="a day overdue"),
        pytest.param(DUE, None, DUE + 40 * ONE_DAY, Timing(Timeliness.OVERDUE, 40), id="overdue grows with the days"),
        pytest.param(DUE, DUE, DUE, Timing(Timeliness.ON_TIME), id="sent on the last day"),
        pytest.param(DUE, DUE + ONE_DAY, DUE + ONE_DAY, Timing(Timeliness.LATE, 1), id="sent a day late"),
    ],
)
def test_a_report_is_judged_against_its_date(
    due: date | None, first_sent: date | None, on: date, judged: Timing
) -> None:
    assert timing(due, first_sent, on) == judged


@given(due=some_day, sent=some_day, on=some_day, later=some_day)
def test_once_sent_the_day_of_asking_changes_nothing(due: date, sent: date, on: date, later: date) -> None:
    assert timing(due, sent, on) == timing(due, sent, later)


@given(due=some_day, sent=st.none() | some_day, on=some_day)
def test_days_late_are_counted_exactly_when_the_date_is_passed(due: date, sent: date | None, on: date) -> None:
    judged = timing(due, sent, on)
    assert (judged.days_late > 0) == (judged.timeliness in (Timeliness.LATE, Timeliness.OVERDUE))
    assert judged.days_late == max(0, ((sent or on) - due).days)
    assert (judged.timeliness in (Timeliness.LATE, Timeliness.ON_TIME)) == (sent is not None)


@given(due=some_day, longer=st.integers(1, 400), sent=st.none() | some_day, on=some_day)
def test_an_extension_never_makes_a_report_later(due: date, longer: int, sent: date | None, on: date) -> None:
    assert timing(due + timedelta(days=longer), sent, on).days_late <= timing(due, sent, on).days_late
