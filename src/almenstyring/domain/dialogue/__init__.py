"""The dialogue itself: invitations, meetings with their minutes, and the published statement."""

from almenstyring.domain.dialogue.invitations import Invitation, InvitationStatus
from almenstyring.domain.dialogue.meeting_parts import (
    AgendaItem,
    AreaMinutes,
    DecidedBy,
    GoalMinutes,
    MeetingDecision,
    Participant,
    ParticipantSide,
    StatutoryGoal,
    Task,
)
from almenstyring.domain.dialogue.meeting_times import MeetingTime
from almenstyring.domain.dialogue.meetings import DialogueMeeting, ForumMeeting, OpenTask
from almenstyring.domain.dialogue.records import Statement, StatementStatus

__all__ = [
    "AgendaItem",
    "AreaMinutes",
    "DecidedBy",
    "DialogueMeeting",
    "ForumMeeting",
    "GoalMinutes",
    "Invitation",
    "InvitationStatus",
    "MeetingDecision",
    "MeetingTime",
    "OpenTask",
    "Participant",
    "ParticipantSide",
    "Statement",
    "StatementStatus",
    "StatutoryGoal",
    "Task",
]
