"""What a field cannot hold is refused when it is given, in both languages, and never stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

import almenstyring as al
from almenstyring.domain.dialogue.invitations import InvitationStep
from almenstyring.domain.errors import InvalidValueError

Refused = Callable[..., InvalidValueError]

DAY = date(2026, 9, 30)
WHEN = al.MeetingTime(day=DAY, at=time(10), minutes=60)
WORD = al.Text("ord", "word")
MEETING: dict[str, Any] = {"organisation": "T001", "report_year": 2026, "municipality": "T01", "held_on": DAY}
FORUM_MEETING: dict[str, Any] = {"id": "f-1", "forum": "joint_meeting", "municipality": "T01", "held_on": DAY}
INVITATION: dict[str, Any] = {"id": "m", "municipality": "T01", "organisations": ("T001",), "when": WHEN}
INVITATION |= {"report_year": 2026}
FORUM: dict[str, Any] = {"id": "f", "name": WORD, "gathering": "joint", "frequency": "yearly", "source": "opdigtet"}
FORUM |= {"certainty": "project-authored"}
STATEMENT: dict[str, Any] = {"municipality": "T01", "report_year": 2026, "organisations": ("T001",), "text": "Ord."}
STEP: dict[str, Any] = {"on": DAY, "act": "issued", "by": "tilsyn-1"}

WRONG: list[tuple[type, dict[str, Any], dict[str, Any]]] = [
    (al.Participant, {"id": "formand", "side": "organisation"}, {"side": "borger"}),
    (al.MeetingDecision, {"text": "Ord.", "by": "both"}, {"by": "alle"}),
    (al.MeetingDecision, {"text": "Ord.", "by": "both"}, {"text": None}),
    (al.GoalMinutes, {"goal": "economy"}, {"goal": "okonomi"}),
    (al.GoalMinutes, {"goal": "economy"}, {"organisations_assessment": None}),
    (al.AreaMinutes, {"area": "Vest"}, {"area": 7}),
    (al.AreaMinutes, {"area": "Vest"}, {"municipalitys_assessment": None}),
    (al.AgendaItem, {"id": "1", "title": WORD}, {"title": "ord"}),
    (al.AgendaItem, {"id": "1", "title": WORD}, {"goal": "okonomi"}),
    (al.AgendaItem, {"id": "1", "title": WORD}, {"source": None}),
    (al.Task, {"id": "t", "text": "Ord.", "responsible": "chef"}, {"text": None}),
    (al.Task, {"id": "t", "text": "Ord.", "responsible": "chef"}, {"due": "i morgen"}),
    (al.Task, {"id": "t", "text": "Ord.", "responsible": "chef"}, {"done_on": datetime(2026, 9, 30, tzinfo=UTC)}),
    (al.DialogueMeeting, MEETING, {"organisation": None}),
    (al.DialogueMeeting, MEETING, {"report_year": "2026"}),
    (al.DialogueMeeting, MEETING, {"municipality": "Slagelse"}),
    (al.DialogueMeeting, MEETING, {"held_on": "2026-09-30"}),
    (al.DialogueMeeting, MEETING, {"organisations_assessment": None}),
    (al.DialogueMeeting, MEETING, {"estate": "afdelingen"}),
    (al.DialogueMeeting, MEETING, {"agreements": "A-1"}),
    (al.DialogueMeeting, MEETING, {"agreements": (None,)}),
    (al.DialogueMeeting, MEETING, {"agenda": ("Velkomst",)}),
    (al.DialogueMeeting, MEETING, {"tasks": ("Ring",)}),
    (al.DialogueMeeting, MEETING, {"next_meeting": "til foråret"}),
    (al.ForumMeeting, FORUM_MEETING, {"gathering": "alle"}),
    (al.ForumMeeting, FORUM_MEETING, {"organisations": "T001"}),
    (al.ForumMeeting, FORUM_MEETING, {"organisations": (5,)}),
    (al.ForumMeeting, FORUM_MEETING, {"minutes": None}),
    (al.ForumMeeting, FORUM_MEETING, {"participants": ("formand",)}),
    (al.Invitation, INVITATION, {"when": DAY}),
    (al.Invitation, INVITATION, {"place": None}),
    (al.Invitation, INVITATION, {"organisations": 1}),
    (al.Invitation, INVITATION, {"history": ("sendt",)}),
    (InvitationStep, STEP, {"act": "sendt"}),
    (InvitationStep, STEP, {"note": None}),
    (al.Forum, FORUM, {"gathering": "alle"}),
    (al.Forum, FORUM, {"frequency": "ofte"}),
    (al.Forum, FORUM, {"level": "højt"}),
    (al.Forum, FORUM, {"certainty": "sikkert"}),
    (al.Forum, FORUM, {"name": "ord"}),
    (al.Forum, FORUM, {"municipality": "borgmester"}),
    (al.Decision, {"decided_on": DAY}, {"decided_on": None}),
    (al.Decision, {"decided_on": DAY}, {"items": ("ord",)}),
    (al.Endorsement, {"committee": WORD, "on": DAY}, {"committee": "udvalget"}),
    (al.Statement, STATEMENT, {"status": "klar"}),
    (al.Statement, STATEMENT, {"text": None}),
    (al.Statement, STATEMENT, {"website": None}),
    (al.Statement, STATEMENT, {"filing": "K-1"}),
    (al.StatementFiling, {"reference": "K-1", "filed_on": DAY}, {"filed_on": "i dag"}),
]


@pytest.mark.parametrize(
    ("kind", "right", "wrong"), [pytest.param(*each, id=f"{each[0].__name__}-{each[2]}"[:60]) for each in WRONG]
)
def test_a_wrong_value_is_refused_where_the_right_one_is_taken(
    kind: type, right: dict[str, Any], wrong: dict[str, Any], refused: Refused
) -> None:
    assert kind(**right)
    refused(kind, **(right | wrong))


def test_a_closed_list_is_told(refused: Refused) -> None:
    error = refused(al.Participant, id="formand", side="borger")
    assert error.hint.da == "Vælg mellem: municipality, organisation, adviser, auditor."


def test_codes_and_years_may_be_given_as_they_are_written() -> None:
    meeting = al.DialogueMeeting(**MEETING, estate="T001-T0101")
    assert (meeting.organisation, meeting.report_year) == (al.LbfNumber("T001"), al.ReportYear(2026))
    assert (meeting.municipality, meeting.estate) == (al.MunicipalityCode("T01"), al.EstateId.parse("T001-T0101"))
    assert al.Invitation(**INVITATION).organisations == (al.LbfNumber("T001"),)
    assert al.Participant(id="formand", side="organisation").side is al.ParticipantSide.ORGANISATION
    assert al.decode(al.encode(meeting), al.DialogueMeeting) == meeting
