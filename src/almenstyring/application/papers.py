"""Preparation sheets, briefings and critical reviews as papers."""

from __future__ import annotations

from almenstyring.application.paper_of_briefing import briefing_paper
from almenstyring.application.paper_of_preparation import preparation_paper
from almenstyring.application.paper_of_review import review_paper
from almenstyring.application.paper_parts import Paper
from almenstyring.domain.dialogue.briefing import Briefing
from almenstyring.domain.dialogue.critical_review import ReviewSheet
from almenstyring.domain.dialogue.preparation_sheet import PreparationSheet

Readable = PreparationSheet | Briefing | ReviewSheet
"""What can be shown as a paper."""


def as_paper(shown: Readable) -> Paper:
    """The paper that shows it."""
    match shown:
        case PreparationSheet():
            return preparation_paper(shown)
        case Briefing():
            return briefing_paper(shown)
        case ReviewSheet():
            return review_paper(shown)
