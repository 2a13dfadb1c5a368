"""What a municipality does as supervising authority (da: tilsyn), kept apart from the dialogue and its agreements.

The dialogue rests on agreements; what is unlawful or unsound is supervised by the council alone (DB §§ 110-126, ABL
§§ 164-168 b). Its decisions cannot be brought before another administrative authority (DB § 131). Approvals (DB
§§ 114-115 and 119) answer somebody's application and are none of this.
"""

from almenstyring.domain.supervision.actions import HomeInformed, SupervisoryAction, SupervisoryStep
from almenstyring.domain.supervision.areas import refuse_unfit_area
from almenstyring.domain.supervision.kinds import SUPERVISORY_STEPS, SupervisoryKind, SupervisoryStatus

__all__ = [
    "SUPERVISORY_STEPS",
    "HomeInformed",
    "SupervisoryAction",
    "SupervisoryKind",
    "SupervisoryStatus",
    "SupervisoryStep",
    "refuse_unfit_area",
]
