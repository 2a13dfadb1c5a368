"""The dialogue itself: who meets whom and how often, the yearly meeting, the published statement."""

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
from almenstyring.domain.dialogue.obligations import (
    ElectoralTerm,
    HeldMeeting,
    Obligation,
    ObligationState,
    Span,
    obligations,
)
from almenstyring.domain.dialogue.records import (
    DialogueMeeting,
    Statement,
    StatementFiling,
    StatementStatus,
)

__all__ = [
    "STATUTORY",
    "STATUTORY_LAW",
    "STATUTORY_MEETING",
    "Adoption",
    "Decision",
    "DialogueMeeting",
    "DialogueModel",
    "DialogueModels",
    "ElectoralTerm",
    "Endorsement",
    "Forum",
    "ForumLevel",
    "Frequency",
    "Gathering",
    "HeldMeeting",
    "Obligation",
    "ObligationState",
    "Span",
    "Statement",
    "StatementFiling",
    "StatementStatus",
    "obligations",
]
