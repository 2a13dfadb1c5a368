"""What notices are made from: the reports a municipality awaits, and what it has not concluded itself."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.values import LbfNumber


@frozen(kw_only=True)
class AwaitedReport:
    """A report that an organisation owes on a day (da: ventet rapport), and the day it was first sent, if it was."""

    organisation: LbfNumber
    name: str
    report_year: ReportYear
    due: date
    first_sent: date | None = None
    administrators: tuple[LbfNumber, ...] = ()


class OpenItemKind(StrEnum):
    """What a municipality has not concluded (da: det åbne punkts art)."""

    REPORT_TO_REVIEW = "report_to_review"
    COMMENT_TO_SETTLE = "comment_to_settle"
    REVIEW_TO_CONCLUDE = "review_to_conclude"
    MEETING_TO_HOLD = "meeting_to_hold"
    STATEMENT_TO_PUBLISH = "statement_to_publish"
    STATEMENT_TO_REPORT = "statement_to_report"
    TASK_OVERDUE = "task_overdue"
    AGREEMENT_TO_REVIEW = "agreement_to_review"


@frozen(kw_only=True, order=True)
class OpenItem:
    """One thing that a municipality has not concluded (da: åbent punkt).

    ``item`` is the id of the comment, task or agreement where it is one; ``report_year`` the year it belongs to, of an
    agreement the one it should be taken up in.
    """

    report_year: ReportYear
    organisation: LbfNumber
    name: str
    kind: OpenItemKind
    item: str = ""
