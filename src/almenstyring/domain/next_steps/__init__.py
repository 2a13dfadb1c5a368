"""What each role does next with a package, in the year's dialogue, about an agreement or a supervisory action."""

from almenstyring.domain.next_steps.agreements import agreement_step
from almenstyring.domain.next_steps.packages import (
    NEXT_STEPS,
    DialogueRelation,
    next_step,
    package_step,
    with_requests,
    year_step,
)
from almenstyring.domain.next_steps.supervision import supervision_step

__all__ = [
    "NEXT_STEPS",
    "DialogueRelation",
    "agreement_step",
    "next_step",
    "package_step",
    "supervision_step",
    "with_requests",
    "year_step",
]
