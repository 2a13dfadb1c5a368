"""One deadline, extended openly, and late counted in days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import AlmenstyringError, InvalidValueError
from almenstyring.domain.reporting import (
    Deadline,
    DeadlineStep,
    Extension,
    Timeliness,
    Timing,
    deadline_changes,
    timing,
)
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


def anew(due: date, reason: str = "", by: str = "kommune-2") -> Deadline:
    return evolve(DEADLINE, due=due, set_by=by, set_on=date(2026, 8, 25), reason=reason)


def test_what_was_granted_stands_whatever_date_is_set_later() -> None:
    granted = DEADLINE.extended(until(date(2026, 10, 1)))
    moved = granted.set_anew(anew(date(2026, 9, 15)))
    assert (moved.due, moved.current, moved.set_by) == (date(2026, 9, 15), date(2026, 10, 1), "kommune-2")
    overtaken = moved.set_anew(anew(date(2026, 11, 1)))
    assert overtaken.current == date(2026, 11, 1)
    assert overtaken.set_anew(anew(DUE)).current == date(2026, 10, 1), "it was only overtaken, never taken back"


def test_the_same_date_once_more_changes_nothing() -> None:
    granted = DEADLINE.extended(until(date(2026, 10, 1)))
    assert granted.set_anew(anew(DUE, by="kommune-9")) is granted


def test_another_municipality_that_sets_the_same_date_takes_the_deadline_over() -> None:
    new = evolve(anew(DUE), municipality=MunicipalityCode("T02"))
    assert DEADLINE.set_anew(new) == new


def test_extensions_are_taken_back_only_for_a_reason(raised: Raised) -> None:
    granted = DEADLINE.extended(until(date(2026, 10, 1)))
    raised(InvalidValueError, lambda: granted.set_anew(anew(DUE, " "), withdraw=True))
    assert granted.set_anew(anew(DUE, "Givet ved en fejl."), withdraw=True).current == DUE


def test_the_history_tells_every_step_with_the_day_before_and_after() -> None:
    first = DEADLINE.extended(until(date(2026, 10, 1)))
    moved = first.set_anew(anew(date(2026, 9, 8), "Fælles frist"))
    taken = moved.set_anew(anew(date(2026, 9, 8), "Fejl"), withdraw=True)
    told = deadline_changes([DEADLINE, first, moved, taken])
    assert [(each.step, each.old, each.new, each.due) for each in told] == [
        (DeadlineStep.SET, None, DUE, DUE),
        (DeadlineStep.EXTENDED, DUE, date(2026, 10, 1), DUE),
        (DeadlineStep.CHANGED, date(2026, 10, 1), date(2026, 10, 1), date(2026, 9, 8)),
        (DeadlineStep.WITHDRAWN, date(2026, 10, 1), date(2026, 9, 8), date(2026, 9, 8)),
    ]
    assert [(each.by, each.reason) for each in told] == [
        ("kommune-1", ""),
        ("kommune-1", "Ny revisor."),
        ("kommune-2", "Fælles frist"),
        ("kommune-2", "Fejl"),
    ]


@given(st.lists(st.tuples(st.booleans(), st.integers(-30, 60)), max_size=8))
def test_whatever_is_done_nothing_granted_is_lost_and_the_history_ends_with_what_counts(
    acts: list[tuple[bool, int]],
) -> None:
    revisions, granted = [DEADLINE], set()
    for extends, step in acts:
        now = revisions[-1]
        if extends and step > 0:
            given_ = until(now.current + timedelta(days=step))
            granted.add(given_.until)
            revisions.append(now.extended(given_))
        elif not extends:
            revisions.append(now.set_anew(anew(DUE + timedelta(days=step))))
    told = deadline_changes(revisions)
    assert told[-1].new == revisions[-1].current
    assert {each.new for each in told if each.step is DeadlineStep.EXTENDED} == granted
    assert all(earlier.new == later.old for earlier, later in pairwise(told))
    assert DeadlineStep.WITHDRAWN not in {each.step for each in told}
    assert revisions[-1].current >= max((day for day in granted), default=revisions[-1].due)
