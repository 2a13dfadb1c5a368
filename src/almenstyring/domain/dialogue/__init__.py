"""The dialogue itself: who meets whom and how often, invitations, minutes, the published statement."""

from almenstyring.domain.dialogue.fora import (
    STATUTORY,
    STATUTORY_LAW,
    STATUTORY_MEETING,
    Adoption,
    Decision,
    DialogueModel,
    DialogueModels,
    Endorsement,
    Forum,
    ForumLevel,
    Frequency,
    Gathering,
)
from almenstyring.domain.dialogue.invitations import (
    Invitation,
    InvitationStatus,
)
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
from almenstyring.domain.dialogue.meeting_times import (
    MeetingTime,
)
from almenstyring.domain.dialogue.meetings import (
    DialogueMeeting,
    ForumMeeting,
    OpenTask,
)
from almenstyring.domain.dialogue.obligations import (
    ElectoralTerm,
    HeldMeeting,
    Obligation,
    ObligationState,
    Span,
    obligations,
)
from almenstyring.domain.dialogue.records import (
    Statement,
    StatementFiling,
    StatementStatus,
)

__all__ = [
    "STATUTORY",
    "STATUTORY_LAW",
    "STATUTORY_MEETING",
    "Adoption",
    "AgendaItem",
    "AreaMinutes",
    "DecidedBy",
    "Decision",
    "DialogueMeeting",
    "DialogueModel",
    "DialogueModels",
    "ElectoralTerm",
    "Endorsement",
    "Forum",
    "ForumLevel",
    "ForumMeeting",
    "Frequency",
    "Gathering",
    "GoalMinutes",
    "HeldMeeting",
    "Invitation",
    "InvitationStatus",
    "MeetingDecision",
    "MeetingTime",
    "Obligation",
    "ObligationState",
    "OpenTask",
    "Participant",
    "ParticipantSide",
    "Span",
    "Statement",
    "StatementFiling",
    "StatementStatus",
    "StatutoryGoal",
    "Task",
    "obligations",
]
