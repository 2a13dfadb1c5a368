"""The clock is UTC, the day is Danish: deadline, timeliness and notices turn at midnight in Denmark all year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import define

import almenstyring as al

from .conftest import OFFICE, OPERATOR, REGISTRY, YEAR, sendable

ONE_DAY = timedelta(days=1)
LAST_MINUTES = {
    "the day before summer time": (date(2026, 3, 28), "2026-03-28T22:59", "2026-03-28T23:00"),
    "the day summer time begins": (date(2026, 3, 29), "2026-03-29T21:59", "2026-03-29T22:00"),
    "in summer": (date(2026, 7, 1), "2026-07-01T21:59", "2026-07-01T22:00"),
    "the day before summer time ends": (date(2026, 10, 24), "2026-10-24T21:59", "2026-10-24T22:00"),
    "the day summer time ends": (date(2026, 10, 25), "2026-10-25T22:59", "2026-10-25T23:00"),
    "the last of the year": (date(2026, 12, 31), "2026-12-31T22:59", "2026-12-31T23:00"),
}
"""A deadline, its last minute in Denmark and the minute after, both in UTC."""


@define
class Instant:
    """A clock in UTC."""

    at: str

    def __call__(self) -> datetime:
        return datetime.fromisoformat(self.at).replace(tzinfo=UTC)


def danish(clock: Instant, due: date) -> al.Workspace:
    """A fresh store with one deadline and a plan for the eve, the day and the day after."""
    operator = al.connect("memory:", actor=OPERATOR, registry=REGISTRY, clock=clock, test_mode=True)
    operator.import_register("synthetic:")
    council = operator.acting_as(al.Actor("tilsyn-1", role="municipality", municipality="T01"))
    council.set_deadline("T001", YEAR, due)
    council.set_notice_plan(before=[1], after=[1], open_items=(), begins=date(2026, 1, 1))
    return operator


def timing(workspace: al.Workspace) -> al.Timing:
    [row] = [
        row
        for row in workspace.status(year=YEAR)
        if str(row.organisation) == "T001" and row.expectation.element is al.Element.GOVERNANCE_REPORT
    ]
    return row.timing


def offsets(workspace: al.Workspace) -> list[int]:
    return [(n.fell_due - n.due).days for n in workspace.pending_notices() if n.due]


@pytest.mark.parametrize(("due", "last", "next_"), LAST_MINUTES.values(), ids=LAST_MINUTES.keys())
def test_a_deadline_ends_with_the_danish_day(due: date, last: str, next_: str) -> None:
    clock = Instant(last)
    workspace = danish(clock, due)
    assert (workspace.today, timing(workspace)) == (due, al.Timing(al.Timeliness.NOT_DUE))
    assert offsets(workspace) == [0]
    clock.at = next_
    assert (workspace.today, timing(workspace)) == (due + ONE_DAY, al.Timing(al.Timeliness.OVERDUE, 1))
    assert offsets(workspace) == [1]


@pytest.mark.parametrize(("eve", "last", "next_"), LAST_MINUTES.values(), ids=LAST_MINUTES.keys())
def test_the_day_of_a_deadline_begins_at_danish_midnight(eve: date, last: str, next_: str) -> None:
    clock = Instant(last)
    workspace = danish(clock, eve + ONE_DAY)
    assert offsets(workspace) == [-1]
    clock.at = next_
    assert (offsets(workspace), timing(workspace)) == ([0], al.Timing(al.Timeliness.NOT_DUE))


@pytest.mark.parametrize(("due", "last", "next_"), LAST_MINUTES.values(), ids=LAST_MINUTES.keys())
@pytest.mark.parametrize("late", [False, True], ids=["in the last minute", "a minute later"])
def test_what_is_sent_is_judged_by_the_danish_day(due: date, last: str, next_: str, late: bool) -> None:
    clock = Instant(next_ if late else last)
    workspace = danish(clock, due)
    office = workspace.acting_as(OFFICE)
    receipt = office.submit(office.save(sendable(office, office.open_package("T001", YEAR))))
    judged = al.Timing(al.Timeliness.LATE, 1) if late else al.Timing(al.Timeliness.ON_TIME)
    assert (receipt.timing, timing(workspace)) == (judged, judged)
    assert receipt.sent_on == (due + ONE_DAY if late else due)
    assert offsets(workspace) == []
