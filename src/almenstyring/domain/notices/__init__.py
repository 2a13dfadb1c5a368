"""Notices about deadlines and open items: what falls due when, to whom, and what became of it."""

from almenstyring.domain.notices.deliveries import NoticeDelivery, NoticeState
from almenstyring.domain.notices.due import Notice, due_notices, nothing_open, reminder_id
from almenstyring.domain.notices.facts import AwaitedReport, OpenItem, OpenItemKind
from almenstyring.domain.notices.messages import NoticeMessage
from almenstyring.domain.notices.plan import NoticeKind, NoticePlan, NoticeRole, YearDay, default_plan

__all__ = [
    "AwaitedReport",
    "Notice",
    "NoticeDelivery",
    "NoticeKind",
    "NoticeMessage",
    "NoticePlan",
    "NoticeRole",
    "NoticeState",
    "OpenItem",
    "OpenItemKind",
    "YearDay",
    "default_plan",
    "due_notices",
    "nothing_open",
    "reminder_id",
]
