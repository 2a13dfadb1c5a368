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
    MEETING_TO_HOLD = "meeting_to_hold"
    STATEMENT_TO_PUBLISH = "statement_to_publish"


@frozen(kw_only=True, order=True)
class OpenItem:
    """One thing that a municipality has not concluded (da: åbent punkt), with the comment's id where it is one."""

    report_year: ReportYear
    organisation: LbfNumber
    name: str
    kind: OpenItemKind
    comment: str = ""
