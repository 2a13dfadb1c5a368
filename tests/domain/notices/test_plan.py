"""A plan says which days; what is no day is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.notices import NoticePlan, NoticeRole, YearDay, default_plan
from almenstyring.domain.values import MunicipalityCode

PLAN = default_plan(MunicipalityCode("T01"), date(2026, 1, 1))
DUE = date(2026, 7, 1)


def test_the_project_s_own_plan() -> None:
    assert PLAN.offsets == (-30, -7, 0, 1, 14)
    assert PLAN.recipients == (NoticeRole.ORGANISATION, NoticeRole.ADMINISTRATOR)
    assert [str(day) for day in PLAN.open_items] == ["03-01", "09-01"]


def test_days_and_recipients_are_kept_in_one_order() -> None:
    plan = evolve(PLAN, before=[1, 60, 14], after={9, 2}, recipients=["municipality", "organisation"])
    assert plan.offsets == (-60, -14, -1, 0, 2, 9)
    assert plan.recipients == (NoticeRole.ORGANISATION, NoticeRole.MUNICIPALITY)
    assert evolve(plan, on_the_day=False).offsets == (-60, -14, -1, 2, 9)
    assert evolve(plan, before=[366], after=[1, 366]).offsets == (-366, 0, 1, 366)


@pytest.mark.parametrize(
    "changes",
    [{"before": [0]}, {"before": [-7]}, {"after": [367]}, {"after": [1, 1]}, {"before": ["7"]}, {"after": [True]}],
    ids=str,
)
def test_days_that_are_none_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError, match="days of notices"):
        evolve(PLAN, **changes)


def test_days_of_the_year_may_be_written() -> None:
    assert evolve(PLAN, open_items=["09-01", "03-01"]).open_items == PLAN.open_items


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"before": 14}, "14 is no list"),
        ({"recipients": "organisation"}, "is no list"),
        ({"recipients": ["borgmester"]}, "gets no notices. Receivers are organisation, administrator, municipality"),
        ({"open_items": ["marts"]}, "every year"),
        ({"open_items": ["02-29"]}, "every year"),
        ({"begins": "2026-03-01"}, "not a day"),
    ],
    ids=str,
)
def test_what_is_no_plan_is_refused_with_a_remedy(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidValueError, match=said):
        evolve(PLAN, **changes)


@pytest.mark.parametrize(("month", "day"), [(2, 29), (2, 30), (13, 1), (0, 1), (1, 0), ("1", 1)])
def test_a_day_that_not_every_year_has_is_refused(month: Any, day: Any) -> None:
    with pytest.raises(InvalidValueError, match="every year"):
        YearDay(month, day)


@pytest.mark.parametrize(
    ("since", "on", "offset"),
    [
        pytest.param(date(2026, 5, 31), date(2026, 5, 31), None, id="no day"),
        pytest.param(date(2026, 5, 30), date(2026, 5, 31), None, id="the day before the first"),
        pytest.param(date(2026, 5, 31), date(2026, 6, 1), -30, id="the first day"),
        pytest.param(date(2026, 6, 1), date(2026, 6, 23), None, id="after the first and before the second"),
        pytest.param(date(2026, 6, 1), date(2026, 6, 24), -7, id="the second"),
        pytest.param(date(2026, 6, 29), date(2026, 6, 30), None, id="the eve"),
        pytest.param(date(2026, 6, 30), DUE, 0, id="the day"),
        pytest.param(DUE, date(2026, 7, 2), 1, id="the day after"),
        pytest.param(date(2026, 7, 2), date(2026, 7, 15), 14, id="the last"),
        pytest.param(date(2026, 7, 15), date(2030, 1, 1), None, id="nothing more"),
        pytest.param(date(2026, 1, 1), date(2026, 7, 2), 1, id="only the latest after a pause"),
    ],
)
def test_of_the_days_in_a_window_the_latest_counts(since: date, on: date, offset: int | None) -> None:
    assert PLAN.latest_offset(DUE, since, on) == offset


@pytest.mark.parametrize("due", [date.min, date.max])
def test_a_deadline_at_the_end_of_time_is_no_fault(due: date) -> None:
    assert PLAN.latest_offset(due, date(2026, 1, 1), date(2026, 1, 2)) is None


@pytest.mark.parametrize(
    ("since", "on", "day"),
    [
        pytest.param(date(2026, 2, 27), date(2026, 2, 28), None, id="the eve"),
        pytest.param(date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 1), id="the day"),
        pytest.param(date(2026, 3, 1), date(2026, 8, 31), None, id="between the two"),
        pytest.param(date(2026, 3, 1), date(2026, 12, 31), date(2026, 9, 1), id="the second"),
        pytest.param(date(2020, 1, 1), date(2026, 2, 1), date(2025, 9, 1), id="last year's after a pause"),
        pytest.param(date(2025, 9, 1), date(2026, 2, 1), None, id="over the new year"),
    ],
)
def test_the_latest_day_for_open_items(since: date, on: date, day: date | None) -> None:
    assert PLAN.latest_reminder(since, on) == day


def test_a_plan_without_days_has_none() -> None:
    plan = NoticePlan(municipality=PLAN.municipality, begins=PLAN.begins, before=(), after=(), open_items=())
    assert evolve(plan, on_the_day=False).offsets == ()
    assert plan.latest_reminder(date.min, date(2026, 12, 31)) is None
