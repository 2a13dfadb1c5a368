"""Inviting, moving, cancelling, keeping minutes and following tasks up; and nobody reads of others' meetings."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import almenstyring as al
from almenstyring.domain.dialogue.fora import DialogueModels
from almenstyring.domain.dialogue.obligations import ObligationState, Span, obligations

from .conftest import StandingClock

YEAR = al.ReportYear(2026)
HOME, ELSEWHERE = al.MunicipalityCode("T01"), al.MunicipalityCode("T02")
ONE, TWO = al.LbfNumber("T001"), al.LbfNumber("T002")
TODAY = date(2026, 10, 8)
SENT = date(2026, 9, 1)
WEDNESDAY = al.MeetingTime(day=date(2026, 10, 7), at=time(10), minutes=120)
LATER = al.MeetingTime(day=date(2026, 10, 21), at=time(13), minutes=90)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(TODAY)


@pytest.fixture
def council(operator: al.Workspace) -> al.Workspace:
    return operator.acting_as(al.Actor("tilsyn-1", role="municipality", municipality="T01"))


@pytest.fixture
def neighbour(operator: al.Workspace) -> al.Workspace:
    return operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))


def office(operator: al.Workspace, number: str) -> al.Workspace:
    return operator.acting_as(al.Actor("kontor-1", role="organisation", organisation=number))


def invitation(**changes: Any) -> al.Invitation:
    plain: dict[str, Any] = {"id": "m-1", "municipality": HOME, "organisations": (ONE,), "report_year": YEAR}
    return al.Invitation(**(plain | {"when": WEDNESDAY, "place": "Rådhuset"} | changes))


def joint(**changes: Any) -> al.Invitation:
    return invitation(
        **({"id": "f-1", "forum": "joint_meeting", "organisations": (ONE, TWO), "report_year": None} | changes)
    )


def meeting(**changes: Any) -> al.DialogueMeeting:
    plain: dict[str, Any] = {"organisation": ONE, "report_year": YEAR, "municipality": HOME}
    return al.DialogueMeeting(**(plain | {"held_on": WEDNESDAY.day} | changes))


def forum_meeting(**changes: Any) -> al.ForumMeeting:
    plain: dict[str, Any] = {"id": "f-1", "forum": "joint_meeting", "municipality": HOME, "organisations": (ONE, TWO)}
    return al.ForumMeeting(**(plain | {"held_on": WEDNESDAY.day} | changes))


def test_an_invitation_goes_from_planned_to_held_and_every_revision_is_kept(
    operator: al.Workspace, council: al.Workspace
) -> None:
    council.plan_meeting(invitation(when=LATER))
    assert office(operator, "T001").invitations() == (), "a planned one is the municipality's own affair"
    issued = council.invite("m-1", on=date(2026, 9, 1))
    moved = council.move_meeting("m-1", WEDNESDAY, place="Boligkontoret", on=date(2026, 9, 14))
    council.set_agenda("m-1", [al.AgendaItem(id="1", title=al.Text("Udlejning", "Letting"))])
    council.record_meeting(meeting(invitation="m-1"))

    [found] = council.invitations(year=YEAR)
    assert (found.status, found.uid, found.sequence) == (al.InvitationStatus.HELD, issued.uid, 4)
    assert (found.place, found.notice_days, len(found.agenda)) == ("Boligkontoret", 23, 1)
    assert moved.history[-1].was == LATER
    assert council.invitations(year=YEAR.next) == ()
    assert council.meeting("T001", YEAR) == meeting(invitation="m-1")
    assert office(operator, "T001").invitations() == (found,)


def test_a_meeting_is_recorded_without_report_invitation_or_agreement(council: al.Workspace) -> None:
    assert council.packages() == ()
    council.record_meeting(meeting())
    assert council.meeting("T001", YEAR) == meeting()


def test_a_cancelled_meeting_stays_and_cannot_be_held(operator: al.Workspace, council: al.Workspace) -> None:
    council.invite(invitation(), on=SENT)
    council.cancel_meeting("m-1", reason="Sygdom")
    [found] = office(operator, "T001").invitations()
    assert found.status is al.InvitationStatus.CANCELLED
    with pytest.raises(al.NotAllowedError, match="cancelled"):
        council.record_meeting(meeting(invitation="m-1"))
    assert council.meeting("T001", YEAR) is None, "the minutes are kept together with the invitation or not at all"


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"held_on": date(2026, 10, 6)}, id="another day"),
        pytest.param({"report_year": al.ReportYear(2025)}, id="another year"),
        pytest.param({"organisation": TWO}, id="another organisation"),
    ],
)
def test_minutes_of_another_meeting_than_the_one_invited_to_are_refused(
    council: al.Workspace, wrong: dict[str, Any]
) -> None:
    council.invite(invitation(), on=SENT)
    with pytest.raises(al.InvalidValueError, match="another meeting") as caught:
        council.record_meeting(meeting(invitation="m-1", **wrong))
    assert caught.value.hint.da
    assert council.invitations()[0].status is al.InvitationStatus.INVITED


def test_minutes_can_be_recorded_again_when_corrected(council: al.Workspace) -> None:
    council.invite(invitation(), on=SENT)
    council.record_meeting(meeting(invitation="m-1"))
    corrected = meeting(invitation="m-1", place="Boligkontoret")
    council.record_meeting(corrected)
    assert council.meeting("T001", YEAR) == corrected
    assert council.invitations()[0].sequence == 2


def test_what_did_not_happen_yet_is_no_meeting_held(council: al.Workspace) -> None:
    with pytest.raises(al.InvalidValueError, match="2026-10-21"):
        council.record_meeting(meeting(held_on=LATER.day))
    with pytest.raises(al.InvalidValueError, match="2026-10-21"):
        council.record_forum_meeting(forum_meeting(held_on=LATER.day))
    with pytest.raises(al.InvalidValueError, match="2026-10-21"):
        council.invite(invitation(when=LATER), on=LATER.day)


def test_an_id_is_used_once_in_a_municipality(council: al.Workspace, neighbour: al.Workspace) -> None:
    council.invite(invitation(), on=SENT)
    with pytest.raises(al.NotAllowedError, match="m-1"):
        council.invite(invitation(when=LATER))
    number = next(m.number for m in neighbour.register() if m.home_municipality_on(TODAY) == ELSEWHERE)
    others = neighbour.invite(invitation(municipality=ELSEWHERE, organisations=(number,)), on=SENT)
    assert others.uid != council.invitations()[0].uid


def test_an_invitation_with_a_past_is_not_taken_over(council: al.Workspace) -> None:
    with pytest.raises(al.NotAllowedError):
        council.plan_meeting(invitation().issued(date(2020, 1, 1), by="nogen"))


def test_nobody_reads_or_moves_the_meetings_of_others(
    operator: al.Workspace, council: al.Workspace, neighbour: al.Workspace
) -> None:
    council.invite(invitation(), on=SENT)
    council.record_meeting(meeting(invitation="m-1"))
    council.invite(joint(), on=SENT)
    council.record_forum_meeting(forum_meeting(invitation="f-1", gathering=al.Gathering.JOINT))
    stranger = office(operator, "T006")

    for other in (neighbour, stranger):
        assert (other.invitations(), other.forum_meetings(), other.meetings_held()) == ((), (), ())
        with pytest.raises(al.NotAllowedError):
            other.meeting("T001", YEAR)
    with pytest.raises(al.NotFoundError):
        neighbour.move_meeting("m-1", LATER)
    assert [each.id for each in office(operator, "T002").invitations()] == ["f-1"]
    assert office(operator, "T002").meetings_held() == council.forum_meetings(YEAR)
    assert len(office(operator, "T001").meetings_held()) == len(operator.meetings_held()) == 2
    assert [each.id for each in council.invitations(organisation="T002")] == ["f-1"]


@pytest.mark.parametrize("who", ["T001", "operator"])
def test_only_the_municipality_keeps_the_records_of_the_dialogue(operator: al.Workspace, who: str) -> None:
    other = operator if who == "operator" else office(operator, who)
    for attempt in (
        lambda: other.invite(invitation()),
        lambda: other.move_meeting("m-1", LATER),
        lambda: other.cancel_meeting("m-1", reason="Sygdom"),
        lambda: other.record_meeting(meeting()),
        lambda: other.record_forum_meeting(forum_meeting()),
        lambda: other.task_done(meeting(), "t-1"),
    ):
        with pytest.raises(al.NotAllowedError):
            attempt()


def test_a_municipality_invites_for_itself_and_only_its_own_to_the_statutory_meeting(neighbour: al.Workspace) -> None:
    with pytest.raises(al.NotAllowedError, match="T01"):
        neighbour.invite(invitation())
    with pytest.raises(al.NotAllowedError, match="T001"):
        neighbour.invite(invitation(municipality=ELSEWHERE))


def test_an_organisation_with_an_estate_in_the_municipality_may_come_to_other_fora_than_the_statutory(
    council: al.Workspace, neighbour: al.Workspace
) -> None:
    guests = [
        (place, master.number)
        for place in (council, neighbour)
        for master in place.register()
        for code in master.located_in(TODAY)
        if code == place.actor.municipality != master.home_municipality_on(TODAY)
    ]
    assert guests, "the invented register has an estate outside the home municipality"
    place, number = guests[0]
    assert place.actor.municipality is not None
    own = {"municipality": place.actor.municipality, "organisations": (number,)}
    assert place.invite(joint(**own), on=SENT).status is al.InvitationStatus.INVITED
    with pytest.raises(al.NotAllowedError):
        place.invite(invitation(**own))


def task(name: str, due: date | None = None) -> al.Task:
    return al.Task(id=name, text="Opgørelse af tomgang", responsible="driftschef", due=due)


def test_open_tasks_of_all_meetings_until_they_are_done(operator: al.Workspace, council: al.Workspace) -> None:
    council.record_meeting(meeting(tasks=(task("t-1", date(2026, 10, 1)), task("t-2"))))
    council.record_forum_meeting(forum_meeting(tasks=(task("t-1", date(2026, 9, 1)),)))

    found = council.open_tasks()
    assert [(each.task.id, len(each.organisations)) for each in found] == [("t-1", 2), ("t-1", 1), ("t-2", 1)]
    assert [each.task.days_late(TODAY) for each in found] == [37, 7, 0]
    assert len(office(operator, "T002").open_tasks()) == 1
    for each in found[:2]:
        council.task_done(each.meeting, each.task.id, on=WEDNESDAY.day)
    assert [each.task.id for each in council.open_tasks()] == ["t-2"]
    with pytest.raises(al.NotFoundError, match="t-9"):
        council.task_done(meeting(), "t-9")
    with pytest.raises(al.InvalidValueError):
        council.task_done(meeting(), "t-2", on=date(2026, 10, 6))


@pytest.mark.parametrize("unknown", [meeting(), forum_meeting()], ids=["dialogue meeting", "forum meeting"])
def test_no_task_of_a_meeting_that_was_never_recorded(
    council: al.Workspace, unknown: al.DialogueMeeting | al.ForumMeeting
) -> None:
    with pytest.raises(al.NotFoundError, match="no meeting"):
        council.task_done(unknown, "t-1")


def test_gaps_of_the_minutes_are_told_by_the_areas_of_the_register(council: al.Workspace) -> None:
    with pytest.raises(al.NotFoundError):
        council.minutes_gaps("T001", YEAR)
    areas = {area.name for area in council.master_data("T001").areas if WEDNESDAY.day in area.valid}
    council.record_meeting(meeting(organisations_assessment="Sund.", municipalitys_assessment="Sund."))
    assert len(council.minutes_gaps("T001", YEAR)) == 2 * len(areas)
    sections = tuple(
        al.AreaMinutes(area=name, organisations_assessment="God.", municipalitys_assessment="God.") for name in areas
    )
    kept = council.meeting("T001", YEAR)
    assert kept is not None
    council.record_meeting(evolve(kept, areas=sections))
    assert council.minutes_gaps("T001", YEAR) == ()


def test_the_meetings_kept_are_what_the_obligations_count(council: al.Workspace) -> None:
    council.record_meeting(meeting())
    found = obligations(HOME, Span.years(2026), DialogueModels(), council.register(), council.meetings_held())
    states = {str(each.organisation): each.state for each in found}
    assert states.pop("T001") is ObligationState.HELD
    assert set(states.values()) == {ObligationState.MISSING}


ACTS = st.lists(st.sampled_from(["invite", "move", "agenda", "cancel", "hold"]), max_size=8)


@settings(max_examples=25, deadline=None)
@given(ACTS)
def test_whatever_is_done_in_whatever_order_the_id_stays_and_every_version_is_in_the_store(acts: list[str]) -> None:
    with al.connect(
        "memory:", actor=al.Actor("drift", role="operator"), test_mode=True, clock=StandingClock(TODAY)
    ) as operator:
        operator.import_register("synthetic:")
        council = operator.acting_as(al.Actor("tilsyn-1", role="municipality", municipality="T01"))
        council.plan_meeting(invitation(when=LATER))
        council.move_meeting("m-1", WEDNESDAY, on=SENT)
        done = 2
        for number, act in enumerate(acts):
            [before] = council.invitations()
            try:
                perform(council, act, number)
            except al.NotAllowedError:
                assert council.invitations() == (before,), "what is refused changes nothing"
                continue
            [after] = council.invitations()
            done += after != before
            assert (after.uid, after.history[: before.sequence]) == (before.uid, before.history)
            assert after.sequence == before.sequence + (after != before)
        assert len(operator._records.invitations.history("T01/m-1")) == done
        assert operator.verify().ok


def perform(council: al.Workspace, act: str, number: int) -> None:
    match act:
        case "invite":
            council.invite("m-1", on=SENT)
        case "move":
            place = f"Lokale {number}"
            council.move_meeting("m-1", WEDNESDAY, place=place, on=SENT)
        case "agenda":
            council.set_agenda("m-1", [al.AgendaItem(id=str(number), title=al.Text("Punkt", "Item"))], on=SENT)
        case "cancel":
            council.cancel_meeting("m-1", reason="Aflyst")
        case "hold":
            council.record_meeting(meeting(invitation="m-1"))
