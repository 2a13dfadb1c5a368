"""Notices from two processes on one file, and from one that is killed: each at most once, and nothing is hidden."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from attrs import frozen

import almenstyring as al
from almenstyring.ports import NoticeMessage

Say = Callable[[str], None]
Together = Callable[..., list[list[str]]]
Killed = Callable[[Callable[[Say], None], float], list[str]]
COUNCIL = al.Actor("tilsyn-1", role="municipality", municipality="T01")


def open_store(path: Path, actor: al.Actor = COUNCIL) -> al.Workspace:
    return al.connect(f"sqlite:{path}", actor=actor, clock=lambda: datetime(2026, 7, 1, 9, tzinfo=UTC), test_mode=True)


@frozen
class Postman:
    """Says aloud what it delivers, and may then take its time."""

    say: Say
    seconds: float = 0

    def deliver(self, message: NoticeMessage) -> None:
        self.say(message.id)
        time.sleep(self.seconds)

    def close(self) -> None:
        """Nothing is held open."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store in which notices are due about five deadlines."""
    path = tmp_path / "dialog.db"
    with open_store(path, al.Actor("drift", role="operator")) as operator:
        operator.import_register("synthetic:")
        council = operator.acting_as(COUNCIL)
        council.set_deadlines(al.ReportYear(2026), date(2026, 7, 1))
        council.set_notice_plan(begins=date(2026, 1, 1), open_items=())
    return path


def address(notice: al.Notice) -> str:
    return f"{notice.unit}@example.org"


def test_two_runs_at_once_send_each_notice_once(path: Path, together: Together) -> None:
    with open_store(path) as council:
        due = [notice.id for notice in council.pending_notices()]

    def run(say: Say) -> None:
        with open_store(path) as council:
            say("ready")
            council.send_notices(Postman(say, seconds=0.005), address)

    said = together(run, run)
    assert sorted(said[0] + said[1]) == sorted(due)
    with open_store(path) as council:
        assert {each.state for each in council.sent_notices()} == {al.NoticeState.DELIVERED}
        assert council.verify().ok


def test_a_run_that_is_killed_leaves_one_uncertain_notice_and_the_rest_to_the_next(path: Path, killed: Killed) -> None:
    def run(say: Say) -> None:
        with open_store(path) as council:
            say("ready")
            council.send_notices(Postman(say, seconds=60), address)

    [handed_over] = killed(run, 1.0)
    with open_store(path) as council:
        assert [(each.id, each.state.value) for each in council.sent_notices()] == [(handed_over, "uncertain")]
        rest = [notice.id for notice in council.pending_notices()]
        assert handed_over not in rest
        told: list[str] = []
        council.send_notices(Postman(told.append), address)
        assert told == rest
        assert len(rest) == 5
