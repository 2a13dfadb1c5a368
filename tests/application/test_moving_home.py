"""An organisation whose home moves in the middle of a report year: who leads, owes and sees what before and after."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

import almenstyring as al

from .conftest import YEAR, StandingClock

T001, T01, T02 = al.LbfNumber("T001"), al.MunicipalityCode("T01"), al.MunicipalityCode("T02")
BEFORE, MOVES, DUE = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


@pytest.fixture
def moving(operator: al.Workspace, clock: StandingClock) -> al.Workspace:
    """T001 is T01's until the end of May and T02's from June; T01 sets the deadline on 1 May."""
    clock.day = BEFORE
    homes = (
        al.HomeMunicipality(organisation=T001, municipality=T01, valid=al.Validity(None, date(2026, 5, 31))),
        al.HomeMunicipality(organisation=T001, municipality=T02, valid=al.Validity(MOVES)),
    )
    master = evolve(operator.master_data(T001), home_municipalities=homes)
    operator._keep_master(master)
    town(operator, "T01").set_deadline(T001, YEAR, DUE)
    return operator


def town(workspace: al.Workspace, code: str) -> al.Workspace:
    return workspace.acting_as(al.Actor(f"tilsyn-{code[1:]}", role="municipality", municipality=code))


def led(workspace: al.Workspace, year: al.ReportYear = YEAR) -> set[str]:
    return {str(line.organisation) for line in workspace.overview([year]).lines if line.leads}


def deadlines(workspace: al.Workspace) -> set[date | None]:
    return {entry.day for entry in workspace.calendar(year=YEAR) if entry.uid.startswith("deadline.T001")}


def test_the_year_follows_the_home_with_its_deadline_and_its_meeting(
    moving: al.Workspace, clock: StandingClock
) -> None:
    old, new = town(moving, "T01"), town(moving, "T02")
    assert ("T001" in led(old), "T001" in led(new)) == (True, False)
    assert (deadlines(old), deadlines(new)) == ({DUE}, set())
    clock.day = MOVES
    assert ("T001" in led(old), "T001" in led(new)) == (False, True)
    assert (deadlines(old), deadlines(new)) == (set(), {DUE})
    [line] = [line for line in new.overview([YEAR]).lines if line.organisation == T001]
    assert line.due == DUE, "the deadline that the old home set still holds"
    assert {row.expectation.municipality for row in new.status(year=YEAR) if row.organisation == T001} == {T02, None}
    new.set_notice_plan(begins=MOVES, open_items=())
    assert [str(notice.organisation) for notice in new.pending_notices(date(2026, 6, 24))] == ["T001"]
    assert not any(notice.organisation == T001 for notice in old.pending_notices(date(2026, 6, 24)))
    assert new.extend_deadline(T001, YEAR, until=date(2026, 8, 1), reason="flytning").current == date(2026, 8, 1)


def test_a_year_that_was_over_before_the_move_stays_the_old_homes(moving: al.Workspace, clock: StandingClock) -> None:
    clock.day = MOVES
    last = al.ReportYear(2025)
    assert "T001" in led(town(moving, "T01"), last)
    assert "T001" not in led(town(moving, "T02"), last)
    owed = town(moving, "T01").obligations(al.Span.years(2025))
    assert T001 in {each.organisation for each in owed}
    assert T001 in {each.organisation for each in town(moving, "T02").obligations(al.Span.years(2026))}


def test_what_was_asked_about_an_earlier_day_is_as_it_was_then(moving: al.Workspace, clock: StandingClock) -> None:
    clock.day = date(2027, 3, 1)
    then = town(moving, "T01").overview([YEAR], on=BEFORE)
    assert "T001" in {str(line.organisation) for line in then.lines if line.leads}
