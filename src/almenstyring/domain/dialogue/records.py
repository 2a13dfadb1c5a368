"""The statement, which may cover one or several organisations (DB § 112, stk. 7). It changes no package."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import evolve, frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import InvalidValueError, NotAllowedError
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode


class StatementStatus(StrEnum):
    """Where a statement is (da: redegørelsens status)."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    REPORTED = "reported"


_NEXT = dict(zip(StatementStatus, list(StatementStatus)[1:], strict=False))


@frozen(kw_only=True)
class Statement:
    """The municipality's published account of the dialogue (da: redegørelse; DB § 112, stk. 7-8).

    ``dates`` holds the day of each step taken. A statement about no organisation, or whose dates do
    not belong to its status, raises InvalidValueError.
    """

    municipality: MunicipalityCode
    report_year: ReportYear
    organisations: tuple[LbfNumber, ...]
    text: str
    status: StatementStatus = StatementStatus.DRAFT
    dates: tuple[date, ...] = ()

    def __attrs_post_init__(self) -> None:
        steps = list(StatementStatus).index(self.status)
        if not self.organisations or len(self.dates) != steps or list(self.dates) != sorted(self.dates):
            raise InvalidValueError(
                Text(
                    "En redegørelse skal have mindst en boligorganisation og en dato, i rækkefølge, for hvert skridt.",
                    "A statement needs at least one organisation and one date, in order, for each step.",
                ),
                Text(
                    "Begynd med et udkast, og brug advanced(dato) for hvert skridt.",
                    "Begin with a draft and use advanced(date) for each step.",
                ),
                value=self.status.value,
            )

    @property
    def published_on(self) -> date | None:
        """The day the statement was published on the municipality's website, if it was."""
        step = list(StatementStatus).index(StatementStatus.PUBLISHED)
        return self.dates[step - 1] if len(self.dates) >= step else None

    def advanced(self, on: date) -> Statement:
        """The statement one step further: draft, approved, published on the website, reported."""
        if self.status not in _NEXT:
            raise NotAllowedError(
                Text("Redegørelsen er allerede indberettet.", "The statement is already reported."),
                Text("Der er ikke flere skridt at tage.", "There are no more steps to take."),
                status=self.status.value,
            )
        return evolve(self, status=_NEXT[self.status], dates=(*self.dates, on))
