"""The parts of a documentation package besides the report's sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from attrs import field, frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.findings import Location
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting.answers import MISSING, Answer
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber

LARGEST_ATTACHMENT = 25_000_000
"""Bytes; a project convention that keeps one attachment within one store record."""


class AnnualReportItem(StrEnum):
    """The five things an annual report tells (da: årsberetningens punkter; DB § 73, nr. 1-5, in order)."""

    FINANCIAL_PROBLEMS = "financial_problems"
    FINANCIAL_MANAGEMENT = "financial_management"
    OWN_CONTROL = "own_control"
    COST_GOALS = "cost_goals"
    AUDITOR_REMARKS = "auditor_remarks"


@frozen(kw_only=True)
class AnnualReport:
    """The board's annual report (da: årsberetning; DB § 73): text or "ingen" per item, and the signed document."""

    items: Mapping[AnnualReportItem, Answer] = field(factory=dict, hash=False)
    attachment: str = ""

    def __getitem__(self, item: AnnualReportItem) -> Answer:
        return self.items.get(item, MISSING)


@frozen(kw_only=True)
class AuditorsProtocol:
    """The extract of the auditor's long-form report (da: udskrift af revisionsprotokollen; DB § 74, stk. 1)."""

    summary: str = ""
    attachment: str = ""

    @property
    def is_missing(self) -> bool:
        """Neither a text nor a document."""
        return not (self.summary.strip() or self.attachment)


@frozen(kw_only=True)
class Analysis:
    """The result of an analysis the organisation sends along (da: analyse)."""

    title: str
    summary: str = ""
    attachment: str = ""


@frozen(kw_only=True)
class QuestionnaireSheet:
    """The answers of one unit to one accounts questionnaire (da: regnskabsspørgeskema; DB § 72)."""

    unit: Unit
    questionnaire: str
    version: int
    answers: Mapping[str, Answer] = field(factory=dict, hash=False)


def _bounded(_instance: object, _attribute: object, size: int) -> None:
    if not 0 <= size <= LARGEST_ATTACHMENT:
        raise InvalidValueError(
            Text(
                f"Et bilag kan højst fylde {LARGEST_ATTACHMENT} byte; dette fylder {size}.",
                f"An attachment holds at most {LARGEST_ATTACHMENT} bytes; this one holds {size}.",
            ),
            Text("Del dokumentet, eller gem det i mindre opløsning.", "Split the document or lower its resolution."),
            size=size,
        )


@frozen(kw_only=True)
class Attachment:
    """A document sent along (da: bilag): its name, type, size in bytes and SHA-256; the content is stored beside it."""

    name: str
    media_type: str
    size: int = field(validator=_bounded)
    sha256: str


@frozen(kw_only=True)
class Confirmation:
    """A person's confirmation of one CONFIRM finding (da: bekræftelse).

    It holds while the finding's fingerprint, and so the values it looked at, is unchanged. ``location`` and
    ``message`` are the finding's own, so that a reader sees what was confirmed.
    """

    code: str
    fingerprint: str
    reason: str
    by: str
    on: date
    location: Location = Location()
    message: Text = Text("", "")


@frozen(kw_only=True)
class Arrival:
    """The report had come on an earlier day by another way (da: modtaget ad anden vej), as its receiver notes."""

    on: date
    reason: str
    by: str
    noted_on: date


@frozen(kw_only=True)
class Sending:
    """One sending to the municipality (da: fremsendelse), with what it was made by.

    ``on`` is the Danish day it was received here, and ``arrival`` a note that it had come before by another way. This
    is not the statutory filing to the central system (DB § 112, stk. 6).
    """

    number: int
    on: date
    at: datetime
    by: str
    standard: str
    standard_hash: str
    rules_version: str
    due: date | None = None
    arrival: Arrival | None = None

    @property
    def came_on(self) -> date:
        """The day that timeliness is judged by."""
        return self.arrival.on if self.arrival else self.on


@frozen(kw_only=True)
class ReviewComment:
    """The municipality's comment on one answer (da: kommentar); ``answer`` is what it was when it was commented.

    ``location`` is the place of the answer, as findings name it. ``by`` is an opaque actor id. In a return
    ``answer`` is what it was when it was returned, and ``withdrawn_on`` the day from which it asks for nothing more.
    """

    id: str
    location: Location
    text: str
    by: str
    on: date
    answer: Answer = MISSING
    withdrawn_on: date | None = None


@frozen(kw_only=True)
class CommentReply:
    """The organisation's reply to a comment (da: svar på kommentar): it maintains its answer, or tells of a change.

    ``to_return`` is the number of the return that it replies to, from 1; 0 in documents that do not say.
    """

    comment: str
    text: str
    by: str
    on: date
    to_return: int = 0

    def number(self, returns: Sequence[PackageReturn]) -> int:
        """The number of the return it replies to: the first that asked, where the reply does not say; 0 for none."""
        asking = (
            number
            for number, given in enumerate(returns, start=1)
            if self.comment in {comment.id for comment in given.comments}
        )
        return self.to_return or next(asking, 0)


@frozen(kw_only=True)
class Opening:
    """Further places of a returned package that the municipality opened later (da: åbning af flere svar)."""

    places: tuple[Location, ...]
    reason: str
    by: str
    on: date


@frozen(kw_only=True)
class PackageReturn:
    """The municipality sent the package back (da: returnering), and why.

    ``comments`` are about single answers, and only those are open then, beside the places in ``opened`` and what
    was opened later (``openings``); a return without comments opens the whole package. Nothing closes again.
    """

    on: date
    by: str
    reason: str
    comments: tuple[ReviewComment, ...] = ()
    opened: tuple[Location, ...] = ()
    openings: tuple[Opening, ...] = ()

    def opens(self, location: Location) -> bool:
        """Whether the return opened a place; a place without an item opens all of its part and unit."""
        if not self.comments:
            return True
        later = (place for opening in self.openings for place in opening.places)
        places = (*(comment.location for comment in self.comments), *self.opened, *later)
        return any(
            place.part == location.part and place.unit in ("", location.unit) and place.item in ("", location.item)
            for place in places
        )


@frozen(kw_only=True)
class CentralReceipt:
    """The central system's receipt of the statutory filing (DB § 112, stk. 6), kept beside a sending."""

    organisation: LbfNumber
    report_year: ReportYear
    sending: int
    reference: str
    filed_on: date
    recorded_by: str
