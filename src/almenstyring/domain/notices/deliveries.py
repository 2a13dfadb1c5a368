"""What became of a notice: kept by its id, without address and text, so that it is never sent twice."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import evolve, frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import NotAllowedError
from almenstyring.domain.notices.plan import NoticeKind, NoticeRole
from almenstyring.domain.text import Text
from almenstyring.domain.values import MunicipalityCode

BY_HAND = "BY-HAND"
"""The reason of a notice whose outcome a person looked up and entered."""


class NoticeState(StrEnum):
    """How far a notice came (da: varslets tilstand).

    UNCERTAIN is written before the notice is handed over and stays where nobody heard what became of it: it is not
    sent again unless a person settles that it never arrived. FAILED was surely not delivered and is tried again by the
    next run. EMPTY had nothing to tell: no item was open when the day of the reminder came.
    """

    UNCERTAIN = "uncertain"
    DELIVERED = "delivered"
    FAILED = "failed"
    EMPTY = "empty"


@frozen(kw_only=True)
class NoticeDelivery:
    """What became of one notice (da: udsendelse).

    ``unit`` is the code of whoever got it, ``on`` the day of the last attempt, ``reason`` the code of what failed.
    """

    id: str
    kind: NoticeKind
    municipality: MunicipalityCode
    role: NoticeRole
    unit: str
    report_year: ReportYear | None = None
    fell_due: date
    state: NoticeState
    on: date
    attempts: int = 1
    reason: str = ""

    def settled(self, *, delivered: bool, on: date) -> NoticeDelivery:
        """The same with the outcome that a person found out: delivered, or failed, so that the next run tries again.

        NotAllowedError for one that is not uncertain, and for one of today that a run may still be handing over.
        """
        if self.state is not NoticeState.UNCERTAIN:
            raise NotAllowedError(
                Text(f"Udfaldet af varsel {self.id} er kendt.", f"The outcome of notice {self.id} is known."),
                Text("Kun uvisse varsler afklares.", "Only uncertain notices are settled."),
                notice=self.id,
            )
        if not self.reason and on <= self.on:
            raise NotAllowedError(
                Text(f"Varsel {self.id} kan være under afsendelse.", f"Notice {self.id} may be on its way out."),
                Text("Vent til i morgen, og afklar det da.", "Wait until tomorrow, and settle it then."),
                notice=self.id,
            )
        state = NoticeState.DELIVERED if delivered else NoticeState.FAILED
        return evolve(self, state=state, reason=BY_HAND)
