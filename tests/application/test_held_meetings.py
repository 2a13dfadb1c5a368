"""A year has as many dialogue meetings as were held: none replaces another, and everything that counts them does."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.application.records import Records, by_year

from .conftest import StandingClock

YEAR = al.ReportYear(2026)
HOME, ELSEWHERE, ONE = al.MunicipalityCode("T01"), al.MunicipalityCode("T02"), al.LbfNumber("T001")
JUNE, SEPTEMBER, TODAY = date(2026, 6, 2), date(2026, 9, 9), date(2026, 10, 8)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(TODAY)


def meeting(on: date = JUNE, **changes: Any) -> al.DialogueMeeting:
    plain: dict[str, Any] = {"organisation": ONE, "report_year": YEAR, "municipality": HOME, "held_on": on}
    return al.DialogueMeeting(**(plain | changes))


def task(name: str) -> al.Task:
    return al.Task(id=name, text="Opgørelse af tomgang", responsible="driftschef")


def moved_to(place: al.MunicipalityCode, operator: al.Workspace) -> al.Workspace:
    """The municipality that is T001's home from October on."""
    records, at = Records(operator._store), operator._now()
    entry = records.register.get("T001")
    assert entry is not None
    homes = (
        evolve(entry.value.home_municipalities[0], valid=al.Validity(None, date(2026, 9, 30))),
        evolve(entry.value.home_municipalities[0], municipality=place, valid=al.Validity(date(2026, 10, 1), None)),
    )
    records.register.put(
        "T001",
        evolve(entry.value, home_municipalities=homes),
        expected_revision=entry.record.revision,
        actor="drift",
        at=at,
        indexed={"organisation": "T001", "concerns T01": 1, "concerns T02": 1},
    )
    return operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality=str(place)))


def test_a_second_meeting_of_the_year_leaves_the_first_and_its_tasks(
    council: al.Workspace, office: al.Workspace
) -> None:
    first, second = meeting(JUNE, tasks=(task("t-1"),)), meeting(SEPTEMBER, tasks=(task("t-2"),))
    council.record_meeting(second)
    council.record_meeting(first)
    for workspace in (council, office):
        assert workspace.meetings("T001", YEAR) == (first, second)
        assert workspace.meeting("T001", YEAR) == second, "the latest held, whichever was recorded last"
        assert set(workspace.meetings_held()) == {first, second}
        assert [each.task.id for each in workspace.open_tasks()] == ["t-1", "t-2"]
    council.task_done(first, "t-1")
    assert [each.task.id for each in council.open_tasks()] == ["t-2"]
    assert council.meetings("T001", YEAR)[1] == second


def test_the_same_meeting_again_is_a_correction(council: al.Workspace) -> None:
    council.record_meeting(meeting(JUNE))
    council.record_meeting(meeting(SEPTEMBER))
    corrected = meeting(JUNE, place="Boligkontoret")
    council.record_meeting(corrected)
    assert council.meetings("T001", YEAR) == (corrected, meeting(SEPTEMBER))


def test_a_new_home_municipality_neither_changes_nor_hides_the_old_ones_meeting(
    operator: al.Workspace, council: al.Workspace
) -> None:
    old = meeting(SEPTEMBER, tasks=(task("t-1"),))
    council.record_meeting(old)
    newcomer = moved_to(ELSEWHERE, operator)
    new = meeting(SEPTEMBER, municipality=ELSEWHERE)
    newcomer.record_meeting(new)
    with pytest.raises(al.NotAllowedError):
        newcomer.task_done(old, "t-1")
    assert newcomer.meetings("T001", YEAR) == (old, new), "the home municipality sees what was held before"
    assert council.meetings("T001", YEAR) == (old,), "and the old one only its own"
    assert [each.task.id for each in council.open_tasks()] == ["t-1"]
    assert newcomer.minutes_gaps("T001", YEAR)
    held = {each.due.year: each.state for each in newcomer.obligations(al.Span.years(2026)) if each.organisation == ONE}
    assert held == {2026: "held"}


def test_a_wrongly_typed_day_is_corrected_and_the_history_stays(council: al.Workspace) -> None:
    council.record_meeting(meeting(JUNE))
    council.record_meeting(meeting(SEPTEMBER), replaces=JUNE)
    assert council.meetings("T001", YEAR) == (meeting(SEPTEMBER),)
    repository = Records(council._store).meetings
    days = [repository.entry(record).value.held_on for record in repository.history("T001/2026")]
    assert days == [JUNE, SEPTEMBER]
    council.record_meeting(meeting(JUNE))
    assert council.meetings("T001", YEAR) == (meeting(JUNE), meeting(SEPTEMBER)), "the day is free for another meeting"


def test_a_day_on_which_nothing_was_held_is_told_with_those_on_which_something_was(council: al.Workspace) -> None:
    council.record_meeting(meeting(JUNE))
    with pytest.raises(al.NotFoundError, match="2026-06-02"):
        council.record_meeting(meeting(SEPTEMBER), replaces=date(2026, 7, 1))
    council.record_meeting(meeting(SEPTEMBER))
    with pytest.raises(al.InvalidValueError, match="another meeting"):
        council.record_meeting(meeting(SEPTEMBER), replaces=JUNE)
    assert len(council.meetings("T001", YEAR)) == 2


def test_the_invitation_follows_the_day_that_was_corrected(council: al.Workspace) -> None:
    when = al.MeetingTime(day=SEPTEMBER, at=time(10), minutes=60)
    council.invite(
        al.Invitation(id="m-1", municipality=HOME, organisations=(ONE,), report_year=YEAR, when=when),
        on=date(2026, 8, 1),
    )
    council.record_meeting(meeting(SEPTEMBER, invitation="m-1"))
    right = date(2026, 9, 10)
    council.record_meeting(meeting(right, invitation="m-1"), replaces=SEPTEMBER)
    [found] = council.invitations()
    assert (found.when.day, found.status, found.history[-1].was) == (right, "held", when)
    with pytest.raises(al.InvalidValueError, match="another meeting"):
        council.record_meeting(meeting(JUNE, invitation="m-1"))
    assert council.meetings("T001", YEAR) == (meeting(right, invitation="m-1"),)


def test_what_an_older_store_keeps_stays_where_it_is_and_is_found(
    operator: al.Workspace, council: al.Workspace
) -> None:
    records = Records(operator._store)
    old = meeting(JUNE)
    records.meetings.put(
        "T001/2026", old, expected_revision=0, actor="x", at=operator._now(), indexed=by_year(ONE, YEAR)
    )
    council.record_meeting(meeting(SEPTEMBER))
    council.record_meeting(evolve(old, place="Rådhuset"))
    assert [entry.record.key for entry in records.meetings.find(year=2026)] == ["T001/2026", "T001/2026/2"]
    assert council.meetings("T001", YEAR) == (evolve(old, place="Rådhuset"), meeting(SEPTEMBER))


def test_the_first_day_held_is_what_the_overview_and_the_publication_count(council: al.Workspace) -> None:
    council.record_meeting(meeting(SEPTEMBER))
    council.record_meeting(meeting(JUNE))
    [line] = [each for each in council.overview([YEAR]).lines if each.organisation == ONE]
    assert line.meeting_held == JUNE
    reason = council.visibility("T001", YEAR, "key_figures", "public").reason
    assert reason.en == f"Shown since {TODAY}: the dialogue meeting is marked as held."


def test_the_public_sees_key_figures_from_the_first_meeting_on(council: al.Workspace, clock: StandingClock) -> None:
    council.record_meeting(meeting(JUNE))
    clock.day = date(2026, 12, 1)
    council.record_meeting(meeting(date(2026, 11, 3)))
    reason = council.visibility("T001", YEAR, "key_figures", "public").reason
    assert reason.en == f"Shown since {TODAY}: the dialogue meeting is marked as held."


def test_gaps_are_those_that_no_meeting_of_the_year_fills(council: al.Workspace) -> None:
    council.record_meeting(meeting(JUNE, organisations_assessment="Sund.", municipalitys_assessment="Enig."))
    before = council.minutes_gaps("T001", YEAR)
    council.record_meeting(meeting(SEPTEMBER))
    assert council.minutes_gaps("T001", YEAR) == before
    areas = tuple(
        al.AreaMinutes(area=area.name, organisations_assessment="God.", municipalitys_assessment="God.")
        for area in council.master_data("T001").areas
    )
    council.record_meeting(meeting(SEPTEMBER, areas=areas))
    assert council.minutes_gaps("T001", YEAR) == ()


def test_the_statement_tells_of_every_meeting_of_the_year(council: al.Workspace) -> None:
    council.record_meeting(meeting(JUNE, organisations_assessment="Sund i juni.", place="Rådhuset"))
    council.record_meeting(meeting(SEPTEMBER, municipalitys_assessment="Enig i september."))
    draft = council.draft_statement(YEAR)
    for words in ("02-06-2026, 09-09-2026", "Rådhuset", "Sund i juni.", "Enig i september."):
        assert words in draft.text
    assert not council.check_statement(draft).with_code("STATEMENT-ASSESSMENT-MISSING")


def test_the_preparation_rests_on_every_meeting_of_the_year_before(council: al.Workspace) -> None:
    before = al.ReportYear(2025)
    for day, own in ((date(2025, 6, 2), "t-1"), (date(2025, 9, 9), "t-2"), (date(2024, 9, 9), "t-3")):
        year = before if day.year == int(before) else before.previous
        council.record_meeting(meeting(day, report_year=year, tasks=(task(own),)))
    sheet = council.preparation("T001", YEAR)
    assert sheet.last_meeting is not None and sheet.last_meeting.held_on == date(2025, 9, 9)
    proposed = [each.id for each in sheet.agenda if each.id.startswith("meeting.")]
    assert proposed == ["meeting.2025.2025-06-02.task-t-1", "meeting.2025.task-t-2"]


def forum_meeting(on: date = JUNE, **changes: Any) -> al.ForumMeeting:
    plain: dict[str, Any] = {"id": "f-1", "forum": "joint_meeting", "municipality": HOME, "held_on": on}
    return al.ForumMeeting(**(plain | changes))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(forum_meeting(SEPTEMBER), id="another day"),
        pytest.param(forum_meeting(forum="theme_meeting"), id="another forum"),
    ],
)
def test_the_id_of_a_forum_meeting_is_not_taken_by_another(council: al.Workspace, other: al.ForumMeeting) -> None:
    council.record_forum_meeting(forum_meeting())
    with pytest.raises(al.InvalidValueError, match="f-1 is the meeting of joint_meeting on 2026-06-02"):
        council.record_forum_meeting(other)
    council.record_forum_meeting(forum_meeting(place="Rådhuset"))
    assert council.forum_meetings() == (forum_meeting(place="Rådhuset"),)
    council.record_forum_meeting(other, replaces=JUNE)
    assert council.forum_meetings() == (other,)


def test_a_forum_meeting_that_was_not_held_on_the_day_is_not_replaced(council: al.Workspace) -> None:
    with pytest.raises(al.NotFoundError, match="2026-06-02"):
        council.record_forum_meeting(forum_meeting(SEPTEMBER), replaces=JUNE)
    council.record_forum_meeting(forum_meeting())
    with pytest.raises(al.NotFoundError, match="2026-07-01"):
        council.record_forum_meeting(forum_meeting(SEPTEMBER), replaces=date(2026, 7, 1))
    assert council.forum_meetings() == (forum_meeting(),)
