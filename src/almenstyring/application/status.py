"""Who has delivered what: one row per owed element, or the reason why it is not owed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from attrs import frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.organisations import (
    Element,
    Expectation,
    MasterData,
    Reason,
    Receiver,
    expectations,
    judged_on,
    leader_of,
)
from almenstyring.domain.reporting import Deadline, PackageProgress, PackageStatus, Timeliness, Timing, timing
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode


@frozen(kw_only=True)
class StatusRow:
    """One element of one unit in one report year (da: statuslinje).

    ``opened`` is the day the package was created, ``delivered`` whether the element is in the package
    last sent, ``sent_on`` the day it was first sent, ``timing`` whether that was in time and by how many
    days not. The accounts' own date is DB § 74's, six months after the period; the others follow the
    deadline the municipality set. What goes to Landsbyggefonden is not sent from here and not judged. ``not_open`` says
    why the package cannot be opened yet though others' can: a pilot of the year without the organisation.
    """

    organisation: LbfNumber
    name: str
    expectation: Expectation
    status: PackageStatus | None = None
    opened: date | None = None
    delivered: bool = False
    sent_on: date | None = None
    due: date | None = None
    timing: Timing = Timing(Timeliness.NO_DEADLINE)
    times_returned: int = 0
    reported: date | None = None
    not_open: Text | None = None


@frozen(kw_only=True)
class Delivery:
    """What is stored of one organisation's year: how far the package is, the deadline, the dialogue's records."""

    progress: PackageProgress | None = None
    deadline: Deadline | None = None
    meeting_held: date | None = None
    statement_published: date | None = None
    statement_reported: date | None = None


def status_rows(
    masters: Iterable[MasterData],
    deliveries: Mapping[LbfNumber, Delivery],
    year: ReportYear,
    on: date,
    municipality: MunicipalityCode | None = None,
) -> Iterator[StatusRow]:
    """The rows of every organisation, or only what concerns one municipality."""
    for master in masters:
        found = _OfYear(master, year, deliveries.get(master.number, Delivery()), on)
        leads = municipality is not None and _leads(master, year, municipality, on)
        for expectation in expectations(master, year, on):
            if municipality is None or _concerns(expectation, municipality, leads=leads):
                yield found.row(expectation)


_NOT_A_MUNICIPALITY = (Receiver.LANDSBYGGEFONDEN, Receiver.OTHER_AUTHORITY)


def _concerns(expectation: Expectation, municipality: MunicipalityCode, *, leads: bool) -> bool:
    if expectation.receiver in _NOT_A_MUNICIPALITY:
        return False
    return leads if expectation.municipality is None else expectation.municipality == municipality


def concerns(master: MasterData, year: ReportYear, municipality: MunicipalityCode, on: date) -> bool:
    """Whether the municipality leads the organisation's dialogue of the year on a day, or gets copies from it."""
    return _leads(master, year, municipality, on) or municipality in master.located_in(judged_on(master, year))


def _leads(master: MasterData, year: ReportYear, municipality: MunicipalityCode, on: date) -> bool:
    return not master.organisation.other_authority and leader_of(master, year, on) == municipality


_BY_MUNICIPALITYS_DEADLINE = frozenset({Element.GOVERNANCE_REPORT, Element.ESTATE_REPORT})
_DIALOGUE = frozenset({Element.DIALOGUE_MEETING, Element.STATEMENT})


@frozen
class _OfYear:
    """One organisation's year; what all its rows share is found once."""

    master: MasterData
    year: ReportYear
    delivery: Delivery
    on: date

    def row(self, expectation: Expectation) -> StatusRow:
        delivery, from_here = self.delivery, _is_sent_from_here(expectation)
        packaged = delivery.progress if from_here else None
        sent_on = self._delivered_on(expectation) if from_here or expectation.element in _DIALOGUE else None
        due = self._due(expectation.element) if from_here else None
        return StatusRow(
            organisation=self.master.number,
            name=self.master.organisation.name,
            expectation=expectation,
            status=packaged.status if packaged else None,
            opened=packaged.opened if packaged else None,
            delivered=sent_on is not None,
            sent_on=sent_on,
            due=due,
            timing=timing(due, sent_on, self.on),
            times_returned=len(packaged.returned) if packaged else 0,
            reported=delivery.statement_reported if expectation.element is Element.STATEMENT else None,
        )

    def _due(self, element: Element) -> date | None:
        """The report is due when the municipality says (DB § 112, stk. 3), the accounts six months after the period."""
        return self._report_due if element in _BY_MUNICIPALITYS_DEADLINE else self._accounts_due

    @cached_property
    def _report_due(self) -> date | None:
        """What was sent is judged by the deadline of that day, whatever is extended afterwards."""
        current = self.delivery.deadline.current if self.delivery.deadline else None
        return self.delivery.progress.due(current) if self.delivery.progress else current

    @cached_property
    def _accounts_due(self) -> date:
        return self.master.periods_of(self.year)[-1].accounts_due_municipality

    def _delivered_on(self, expectation: Expectation) -> date | None:
        if expectation.element is Element.DIALOGUE_MEETING:
            return self.delivery.meeting_held
        if expectation.element is Element.STATEMENT:
            return self.delivery.statement_published
        if self.delivery.progress is None:
            return None
        return self.delivery.progress.delivered_on(expectation.element, expectation.unit)


def _is_sent_from_here(expectation: Expectation) -> bool:
    """Whether it is owed, and is a part of the package; what goes to Landsbyggefonden is sent by others."""
    if expectation.reason is not Reason.OWED or expectation.element in _DIALOGUE:
        return False
    return expectation.receiver is not Receiver.LANDSBYGGEFONDEN
