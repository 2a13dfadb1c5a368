"""Years of the dialogue at a glance: one line per organisation and year, and how complete and timely all of it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from attrs import field, frozen

from almenstyring.application.status import StatusRow
from almenstyring.domain.access import Role
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.next_steps import DialogueRelation, year_step
from almenstyring.domain.organisations import Element, Reason, Receiver
from almenstyring.domain.reporting import PackageStatus, Timeliness, Timing
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode

_JUDGED = frozenset({Timeliness.ON_TIME, Timeliness.LATE, Timeliness.OVERDUE})


@frozen(kw_only=True)
class DeliveryRates:
    """How much of what is owed was delivered, and how much of it in time (da: opfyldelsesgrad).

    ``judged`` are the elements with a deadline that were delivered or whose deadline has passed; only of these can
    be told whether they were ``on_time``. What goes to Landsbyggefonden is not sent from here and not counted.
    """

    owed: int
    delivered: int
    judged: int
    on_time: int

    @property
    def completeness(self) -> Fraction | None:
        """Delivered out of owed, 0-1; None where nothing is owed."""
        return Fraction(self.delivered, self.owed) if self.owed else None

    @property
    def timeliness(self) -> Fraction | None:
        """On time out of judged, 0-1; None where nothing can be judged yet."""
        return Fraction(self.on_time, self.judged) if self.judged else None


def rates(rows: Iterable[StatusRow]) -> DeliveryRates:
    """The rates of any rows: of an organisation, a year, an element or everything."""
    owed = [row for row in rows if _is_counted(row)]
    judged = [row for row in owed if row.timing.timeliness in _JUDGED]
    return DeliveryRates(
        owed=len(owed),
        delivered=sum(row.delivered for row in owed),
        judged=len(judged),
        on_time=sum(row.timing.timeliness is Timeliness.ON_TIME for row in judged),
    )


@frozen(kw_only=True)
class YearLine:
    """One organisation's report year on one line (da: oversigtslinje).

    ``leads`` tells whether the municipality leads the dialogue or gets copies as a municipality of location; then
    meeting and statement are not its own and are left out. ``has_dialogue`` is False for those that owe accounts
    without a dialogue (ABL § 169, stk. 1). ``status`` is None where nothing was opened, and ``missing``
    are the elements that are owed here and not delivered; ``Workspace.status`` has them all. ``not_open`` says why the
    package cannot be opened yet.
    """

    organisation: LbfNumber
    name: str
    report_year: ReportYear
    leads: bool
    status: PackageStatus | None
    opened: date | None
    sent_on: date | None
    due: date | None
    timing: Timing
    times_returned: int
    meeting_held: date | None
    statement_published: date | None
    statement_reported: date | None
    rates: DeliveryRates
    missing: tuple[StatusRow, ...] = field(repr=False)
    has_dialogue: bool = True
    not_open: Text | None = None

    @property
    def relation(self) -> DialogueRelation:
        """How whoever looks stands to the organisation's year."""
        if not self.rates.owed:
            return DialogueRelation.NOTHING_OWED
        if not self.leads:
            return DialogueRelation.LOCATION
        return DialogueRelation.HOME if self.has_dialogue else DialogueRelation.NO_DIALOGUE

    def next_step(self, role: Role) -> Text:
        """What a role does next in the year, in words."""
        return year_step(
            role,
            self.status,
            meeting_held=self.meeting_held is not None,
            published=self.statement_published is not None,
            reported=self.statement_reported is not None,
            relation=self.relation,
            was_returned=self.times_returned > 0,
            not_open=self.not_open,
        )


def year_line(rows: Sequence[StatusRow], year: ReportYear) -> YearLine:
    """The line of one organisation's year from its status rows, of which there is at least one."""
    by_element: dict[Element, StatusRow] = {}
    for row in rows:  # the first row of an element is the organisation's own, to its home municipality
        by_element.setdefault(row.expectation.element, row)
    report = by_element.get(Element.GOVERNANCE_REPORT, rows[0])
    meeting, statement = by_element.get(Element.DIALOGUE_MEETING), by_element.get(Element.STATEMENT)
    return YearLine(
        organisation=report.organisation,
        name=report.name,
        report_year=year,
        leads=any(row.expectation.receiver is not Receiver.LOCATION_MUNICIPALITY for row in rows),
        status=report.status,
        opened=report.opened,
        sent_on=report.sent_on,
        due=report.due,
        timing=report.timing,
        times_returned=report.times_returned,
        meeting_held=meeting.sent_on if meeting else None,
        statement_published=statement.sent_on if statement else None,
        statement_reported=statement.reported if statement else None,
        rates=rates(rows),
        missing=tuple(row for row in rows if _is_counted(row) and not row.delivered),
        has_dialogue=all(row.expectation.reason is not Reason.NO_DIALOGUE_DUTY for row in rows),
        not_open=report.not_open,
    )


def _is_counted(row: StatusRow) -> bool:
    return row.expectation.owed and row.expectation.receiver is not Receiver.LANDSBYGGEFONDEN


@frozen(kw_only=True)
class Overview:
    """The dialogue over years (da: oversigt), for one municipality or for all that the actor may see."""

    municipality: MunicipalityCode | None
    on: date
    lines: tuple[YearLine, ...]

    @property
    def rates(self) -> Mapping[ReportYear, DeliveryRates]:
        """The rates of each year, over all organisations."""
        years = sorted({line.report_year for line in self.lines})
        return {year: self._of(year) for year in years}

    def _of(self, year: ReportYear) -> DeliveryRates:
        return total(line.rates for line in self.lines if line.report_year == year)


def total(parts: Iterable[DeliveryRates]) -> DeliveryRates:
    """Several rates as one."""
    every = list(parts)
    return DeliveryRates(
        owed=sum(part.owed for part in every),
        delivered=sum(part.delivered for part in every),
        judged=sum(part.judged for part in every),
        on_time=sum(part.on_time for part in every),
    )
