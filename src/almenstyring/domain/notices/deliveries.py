"""What became of a notice: kept by its id, without address and text, so that it is never sent twice."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.notices.plan import NoticeKind, NoticeRole
from almenstyring.domain.values import MunicipalityCode


class NoticeState(StrEnum):
    """How far a notice came (da: varslets tilstand).

    UNCERTAIN is written before the notice is handed over and stays where nobody heard what became of it: it is never
    sent again. FAILED was surely not delivered and is tried again by the next run. EMPTY had nothing to tell: no item
    was open when the day of the reminder came.
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
