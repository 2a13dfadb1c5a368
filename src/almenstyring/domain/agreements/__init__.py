"""Agreements between municipality and housing organisations, and their follow-up in the reports that come after.

Both parties make an agreement (ABL § 6 f); what the council decides alone, as by ABL § 59, stk. 1, or § 61, is none.
The report of every later year gives the status of each that is still open (DB § 112, stk. 5, nr. 4).
"""

from almenstyring.domain.agreements.answering import FollowUp, dangling, to_answer, unanswered
from almenstyring.domain.agreements.concluding import Agreement, AgreementStep
from almenstyring.domain.agreements.kinds import AGREEMENT_STEPS, AgreementKind, AgreementStatus
from almenstyring.domain.agreements.units import refuse_unknown_units

__all__ = [
    "AGREEMENT_STEPS",
    "Agreement",
    "AgreementKind",
    "AgreementStatus",
    "AgreementStep",
    "FollowUp",
    "dangling",
    "refuse_unknown_units",
    "to_answer",
    "unanswered",
]
