"""What a store knows that notices are made from: the awaited reports and the open items of one municipality."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from almenstyring.application.deliveries import deliveries
from almenstyring.application.records import Records, danish_day, owner_in, year_key
from almenstyring.application.status import Delivery
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue.meetings import DialogueMeeting, tasks_open
from almenstyring.domain.notices import AwaitedReport, OpenItem, OpenItemKind
from almenstyring.domain.organisations import Element, MasterData, Receiver, expectations
from almenstyring.domain.reporting import CommentState, PackageStatus
from almenstyring.domain.values import LbfNumber, MunicipalityCode

_AT_THE_MUNICIPALITY = (PackageStatus.SENT, PackageStatus.UNDER_REVIEW)


def leads(master: MasterData, municipality: MunicipalityCode, on: date) -> bool:
    """Whether the municipality leads the dialogue with the organisation on the day (DB § 112, stk. 2).

    A municipality of location gets a copy of the report and sets no deadline for it; it has no notices to send.
    """
    organisation = master.organisation
    in_dialogue = organisation.kind.takes_part_in_dialogue and not organisation.other_authority
    return in_dialogue and master.home_municipality_on(on) == municipality


@frozen(kw_only=True)
class NoticeFacts:
    """The facts of the organisations a municipality leads the dialogue with, on one day."""

    records: Records
    municipality: MunicipalityCode
    masters: tuple[MasterData, ...]
    on: date
    year: ReportYear | None = None

    def awaited_reports(self) -> Iterator[AwaitedReport]:
        """The reports that are owed and have a deadline, sent or not."""
        by_number = {master.number: master for master in self.masters}
        where = {} if self.year is None else {"year": int(self.year)}
        for record in self.records.deadlines.records(**where):
            number, year = owner_in(record.key)
            master = by_number.get(number)
            if master and _owes(master, year, Element.GOVERNANCE_REPORT):
                yield AwaitedReport(
                    organisation=number,
                    name=master.organisation.name,
                    report_year=year,
                    due=self.records.deadlines.entry(record).value.current,
                    first_sent=first_sent(self.records, number, year, self.on),
                    administrators=master.administrators_on(self.on),
                )

    def open_items(self) -> Iterator[OpenItem]:
        """What the municipality has not concluded, for years whose packages have opened.

        Years that the store knows something of, and the year of the day: its meeting is owed even if no report came.
        """
        for year, masters in self._open_years().items():
            found = deliveries(self.records, [master.number for master in masters], year)
            for master in masters:
                yield from self._items_of(master, year, found[master.number])
        for master in self.masters if self.year is None else ():
            yield from self._overdue_of(master)

    def _open_years(self) -> dict[ReportYear, list[MasterData]]:
        by_number = {master.number: master for master in self.masters}
        known = {(number, ReportYear(self.on.year)) for number in by_number if self.on.year >= ReportYear(2010).value}
        for repository in (self.records.progress, self.records.deadlines, self.records.meetings):
            known |= {owner_in(record.key) for record in repository.records()}
        years: dict[ReportYear, list[MasterData]] = {}
        for number, year in sorted(known):
            master = by_number.get(number)
            if master and self.year in (None, year) and _has_opened(master, year, self.on):
                years.setdefault(year, []).append(master)
        return years

    def _items_of(self, master: MasterData, year: ReportYear, delivery: Delivery) -> Iterator[OpenItem]:
        def item(kind: OpenItemKind, own_id: str = "") -> OpenItem:
            return _item(master, year, kind, own_id)

        held = delivery.meeting_held is not None
        if delivery.progress and delivery.progress.status in _AT_THE_MUNICIPALITY and not held:
            yield item(OpenItemKind.REPORT_TO_REVIEW)
        for comment in self.records.review_of(master.number, year).in_state(CommentState.ANSWERED):
            yield item(OpenItemKind.COMMENT_TO_SETTLE, comment.id)
        critical = self.records.critical_reviews.get(year_key(master.number, year, self.municipality))
        if critical and critical.value.concluded_on is None:
            yield item(OpenItemKind.REVIEW_TO_CONCLUDE)
        if not held and _owes(master, year, Element.DIALOGUE_MEETING):
            yield item(OpenItemKind.MEETING_TO_HOLD)
        if held and delivery.statement_published is None and _owes(master, year, Element.STATEMENT):
            yield item(OpenItemKind.STATEMENT_TO_PUBLISH)
        if delivery.statement_published and delivery.statement_reported is None:
            yield item(OpenItemKind.STATEMENT_TO_REPORT)

    def _overdue_of(self, master: MasterData) -> Iterator[OpenItem]:
        """The tasks of the municipality's dialogue meetings and its agreements that should have been dealt with."""
        meetings = [each for each in self.records.meetings_of(master.number) if each.municipality == self.municipality]
        for given in tasks_open(meetings, self.on):
            if given.task.days_late(self.on) and isinstance(given.meeting, DialogueMeeting):
                yield _item(master, given.meeting.report_year, OpenItemKind.TASK_OVERDUE, given.task.id)
        for agreement in self.records.agreements_of(master.number):
            if agreement.municipality == self.municipality and agreement.is_overdue_on(self.on):
                yield _item(master, ReportYear(self.on.year), OpenItemKind.AGREEMENT_TO_REVIEW, agreement.id)


def _item(master: MasterData, year: ReportYear, kind: OpenItemKind, own_id: str) -> OpenItem:
    name = master.organisation.name
    return OpenItem(report_year=year, organisation=master.number, name=name, kind=kind, item=own_id)


def first_sent(records: Records, organisation: LbfNumber, year: ReportYear, on: date) -> date | None:
    """The day a report was first sent; its document is only read if that day may lie after ``on``."""
    key = year_key(organisation, year, 1)
    record = records.sendings.record(key)
    if record is None:
        return None
    kept_on = danish_day(record.at)
    return kept_on if kept_on <= on else records.sendings.entry(record).value.first_sent


def homes(masters: Iterable[MasterData], on: date) -> tuple[MunicipalityCode, ...]:
    """The municipalities that lead a dialogue on the day."""
    found = {master.home_municipality_on(on) for master in masters}
    return tuple(sorted(code for code in found if code and any(leads(master, code, on) for master in masters)))


def _owes(master: MasterData, year: ReportYear, element: Element) -> bool:
    receivers = (Receiver.HOME_MUNICIPALITY, Receiver.PUBLIC)
    return any(e.owed for e in expectations(master, year) if e.element is element and e.receiver in receivers)


def _has_opened(master: MasterData, year: ReportYear, on: date) -> bool:
    return any(period.opens.day is not None and period.opens.day <= on for period in master.periods_of(year))
