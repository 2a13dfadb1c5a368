"""Meeting and statement in their simplest true form.

The meeting is owed every year even when no report came (DB § 112, stk. 1); the statement may cover
one or several organisations (DB § 112, stk. 7). Neither changes a package.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import evolve, field, frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import NotAllowedError
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode


@frozen(kw_only=True)
class DialogueMeeting:
    """The yearly dialogue meeting of one organisation and its home municipality (da: dialogmøde).

    The two assessments are the minutes' statutory core (DB § 112, stk. 7, nr. 1); disagreement
    belongs there, not in the package.
    """

    organisation: LbfNumber
    report_year: ReportYear
    municipality: MunicipalityCode
    held_on: date
    place: str = ""
    organisations_assessment: str = ""
    municipalitys_assessment: str = ""
    agreements: tuple[str, ...] = ()


class StatementStatus(StrEnum):
    """Where a statement is (da: redegørelsens status)."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    REPORTED = "reported"


_NEXT = dict(zip(StatementStatus, list(StatementStatus)[1:], strict=False))


@frozen(kw_only=True)
class Statement:
    """The municipality's published account of the dialogue (da: redegørelse; DB § 112, stk. 7-8)."""

    municipality: MunicipalityCode
    report_year: ReportYear
    organisations: tuple[LbfNumber, ...] = field(converter=tuple)
    text: str
    status: StatementStatus = StatementStatus.DRAFT
    dates: tuple[date, ...] = ()

    def advanced(self, on: date) -> Statement:
        """The statement one step further: draft, approved, published on the website, reported."""
        if self.status not in _NEXT:
            raise NotAllowedError(
                Text("Redegørelsen er allerede indberettet.", "The statement is already reported."),
                status=self.status.value,
            )
        return evolve(self, status=_NEXT[self.status], dates=(*self.dates, on))
