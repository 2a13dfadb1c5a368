"""The dialogue itself: the yearly meeting and the published statement, each a record of its own."""

from almenstyring.domain.dialogue.records import (
    DialogueMeeting,
    Statement,
    StatementFiling,
    StatementStatus,
)

__all__ = ["DialogueMeeting", "Statement", "StatementFiling", "StatementStatus"]
