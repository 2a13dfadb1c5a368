"""What cannot be of a meeting is refused with what could: areas, estates, days, tasks and fora."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

import almenstyring as al
from almenstyring.domain.dialogue import STATUTORY_MEETING

from .conftest import StandingClock, refused

YEAR = al.ReportYear(2026)
TODAY = date(2026, 8, 3)
SEPTEMBER = al.MeetingTime(day=date(2026, 9, 30), at=time(10), minutes=120)
OCTOBER = al.MeetingTime(day=date(2026, 10, 7), at=time(10), minutes=120)
SITE, NO_SITE, OF_ANOTHER = "T001-T0101", "T001-T0199", "T002-T0201"


def meeting(**changes: Any) -> al.DialogueMeeting:
    plain: dict[str, Any] = {"organisation": "T001", "report_year": YEAR, "municipality": "T01"}
    return al.DialogueMeeting(**(plain | {"held_on": date(2026, 6, 2)} | changes))


def forum_meeting(**changes: Any) -> al.ForumMeeting:
    plain: dict[str, Any] = {"id": "f-1", "forum": "joint_meeting", "municipality": "T01"}
    return al.ForumMeeting(**(plain | {"held_on": date(2026, 6, 2), "organisations": ("T001",)} | changes))


def invitation(**changes: Any) -> al.Invitation:
    plain: dict[str, Any] = {"id": "m-1", "municipality": "T01", "organisations": ("T001",), "report_year": YEAR}
    return al.Invitation(**(plain | {"when": SEPTEMBER, "place": "Rådhuset"} | changes))


def test_areas_of_the_day_are_told_of_once(council: al.Workspace) -> None:
    name = council.master_data("T001").areas[0].name
    here, elsewhere = al.AreaMinutes(area=name), al.AreaMinutes(area="Nordparken")
    said = refused(lambda: council.record_meeting(meeting(areas=(here, elsewhere))), al.InvalidValueError)
    assert "Nordparken" in said and f"The areas were: {name}." in said
    assert "twice" in refused(lambda: council.record_meeting(meeting(areas=(here, here))), al.InvalidValueError)
    council.record_meeting(meeting(areas=(here,)))
    assert council.meetings("T001", YEAR) == (meeting(areas=(here,)),)


@pytest.mark.parametrize("estate", [NO_SITE, OF_ANOTHER])
def test_a_meeting_on_site_is_on_an_estate_of_those_who_meet(council: al.Workspace, estate: str) -> None:
    for attempt in (
        lambda: council.record_meeting(meeting(estate=estate)),
        lambda: council.record_forum_meeting(forum_meeting(estate=estate)),
    ):
        said = refused(attempt, al.InvalidValueError)
        assert estate in said and SITE in said
    council.record_meeting(meeting(estate=SITE))
    council.record_forum_meeting(forum_meeting(estate=SITE))


@pytest.mark.parametrize(
    ("held_on", "fits"),
    [
        pytest.param(date(2025, 12, 31), False, id="the year before"),
        pytest.param(date(2026, 1, 1), True, id="the report year"),
        pytest.param(date(2027, 12, 31), True, id="the year after"),
        pytest.param(date(2028, 1, 1), False, id="two years after"),
    ],
)
def test_a_meeting_is_held_in_the_report_year_or_the_next(
    council: al.Workspace, clock: StandingClock, held_on: date, fits: bool
) -> None:
    clock.day = date(2028, 6, 1)
    if fits:
        council.record_meeting(meeting(held_on=held_on))
    else:
        said = refused(lambda: council.record_meeting(meeting(held_on=held_on)), al.InvalidValueError)
        assert "The day lies in 2026 or 2027." in said
    assert len(council.meetings("T001", YEAR)) == fits


@pytest.mark.parametrize("text", ["", "  "], ids=["empty", "blank"])
def test_a_task_says_what_is_to_be_done(council: al.Workspace, text: str) -> None:
    tasks = (al.Task(id="t-1", text=text, responsible="driftschef"),)
    for attempt in (
        lambda: council.record_meeting(meeting(tasks=tasks)),
        lambda: council.record_forum_meeting(forum_meeting(tasks=tasks)),
    ):
        assert "t-1" in refused(attempt, al.InvalidValueError)
    assert council.meetings_held() == ()


Attempt = Callable[[al.Workspace, al.MeetingTime], object]


@pytest.mark.parametrize(
    "attempt",
    [
        pytest.param(lambda w, when: w.plan_meeting(invitation(id="m-2", when=when)), id="planned"),
        pytest.param(lambda w, when: w.invite(invitation(id="m-2", when=when)), id="issued"),
        pytest.param(lambda w, when: w.move_meeting("m-1", when), id="moved"),
    ],
)
def test_nobody_is_invited_to_a_day_that_has_passed(council: al.Workspace, attempt: Attempt) -> None:
    council.invite(invitation())
    yesterday = al.MeetingTime(day=date(2026, 8, 2), at=time(10), minutes=60)
    said = refused(lambda: attempt(council, yesterday), al.InvalidValueError)
    assert "2026-08-02" in said and str(TODAY) in said
    assert [each.when for each in council.invitations()] == [SEPTEMBER]
    attempt(council, al.MeetingTime(day=TODAY, at=time(10), minutes=60))


def test_an_invitation_sent_in_time_may_be_entered_later(council: al.Workspace) -> None:
    june = al.MeetingTime(day=date(2026, 6, 2), at=time(10), minutes=60)
    assert council.invite(invitation(when=june), on=date(2026, 5, 4)).notice_days == 29
    with pytest.raises(al.InvalidValueError):
        council.invite(invitation(id="m-2", when=june), on=date(2026, 6, 3))


def test_an_invitation_is_to_an_estate_of_the_register(council: al.Workspace) -> None:
    assert NO_SITE in refused(lambda: council.plan_meeting(invitation(estate=NO_SITE)), al.InvalidValueError)
    council.plan_meeting(invitation(estate=SITE))
    for attempt in (
        lambda: council.move_meeting("m-1", OCTOBER, estate=NO_SITE),
        lambda: council.change_meeting("m-1", estate=NO_SITE),
    ):
        assert SITE in refused(attempt, al.InvalidValueError)
    with pytest.raises(al.InvalidValueError):
        council.change_meeting("m-1", estate="afdelingen")


# Fora


@pytest.mark.parametrize(
    "attempt",
    [
        pytest.param(lambda w, f: w.plan_meeting(invitation(forum=f, report_year=None)), id="planned"),
        pytest.param(lambda w, f: w.invite(invitation(forum=f, report_year=None)), id="issued"),
        pytest.param(lambda w, f: w.record_forum_meeting(forum_meeting(forum=f)), id="held"),
    ],
)
def test_a_forum_is_one_that_was_adopted_or_of_a_reference_model(
    council: al.Workspace, attempt: Callable[[al.Workspace, str], object]
) -> None:
    said = refused(lambda: attempt(council, "walk"), al.InvalidValueError)
    assert "theme_meeting (theme meeting)" in said and "dialogue_meeting (dialogue meeting)" in said
    walk = al.Forum(
        id="walk",
        name=al.Text("områdevandring", "walk"),
        gathering=al.Gathering.JOINT,
        frequency=al.Frequency.YEARLY,
        source="opdigtet",
        certainty=al.Certainty.PROJECT_AUTHORED,
    )
    model = al.DialogueModel(
        id="own",
        name=al.Text("vores", "ours"),
        fora=(STATUTORY_MEETING, walk),
        source="opdigtet",
        certainty=al.Certainty.PROJECT_AUTHORED,
    )
    council.adopt_model(model, since=date(2027, 1, 1))
    attempt(council, "walk")


def test_a_theme_meeting_for_councillors_is_without_organisations(
    operator: al.Workspace, council: al.Workspace, office: al.Workspace
) -> None:
    june = al.MeetingTime(day=date(2026, 6, 2), at=time(17), minutes=60)
    plain = invitation(id="f-1", forum="theme_meeting", organisations=(), report_year=None, when=june)
    sent = council.invite(plain, on=date(2026, 5, 4))
    assert council.invitations() == operator.invitations() == (sent,)
    assert office.invitations() == ()
    [entry] = [each for each in council.calendar() if each.uid == sent.uid]
    assert entry.attendees == ("T01",)
    assert b"METHOD:REQUEST" in council.invitation_file(sent)
    council.record_forum_meeting(
        forum_meeting(forum="theme_meeting", organisations=(), invitation="f-1", estate=OF_ANOTHER)
    )
    with pytest.raises(al.InvalidValueError, match="T002-T0299"):
        council.record_forum_meeting(
            forum_meeting(id="f-2", forum="theme_meeting", organisations=(), estate="T002-T0299")
        )


# Changes after sending


def test_a_sent_invitation_is_changed_and_calendars_take_it_over(council: al.Workspace, office: al.Workspace) -> None:
    sent = council.invite(invitation(estate=SITE, place="Fælleshuset"))
    who = (al.Participant(id="formand", side="organisation"),)
    item = al.AgendaItem(id="1", title=al.Text("Udlejning", "Letting"))
    council.change_meeting("m-1", participants=who, agenda=[item], note="Efter ønske")
    changed = council.change_meeting("m-1", place="Rådhuset")
    assert office.invitations() == (changed,)
    assert (changed.participants, changed.agenda, changed.estate) == (who, (item,), None)
    assert (changed.uid, changed.sequence) == (sent.uid, 3)
    [entry] = [each for each in office.calendar() if each.uid == sent.uid]
    assert (entry.place, entry.sequence) == ("Rådhuset", 3)
    assert SITE not in entry.description.da
    back = council.move_meeting("m-1", OCTOBER, place="Fælleshuset", estate=SITE)
    assert str(back.estate) == SITE
    with pytest.raises(al.NotFoundError):
        council.change_meeting("m-9", place="Rådhuset")
