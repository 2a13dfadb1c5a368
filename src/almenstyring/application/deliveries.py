"""What is stored of a report year: what each organisation has opened, sent, and met about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from almenstyring.application.records import Records, danish_day, year_key
from almenstyring.application.status import Delivery
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.reporting import DocumentationPackage, PackageStatus
from almenstyring.domain.values import LbfNumber


def deliveries(records: Records, organisations: Iterable[LbfNumber], year: ReportYear) -> Mapping[LbfNumber, Delivery]:
    """What the store holds of the year for each of the organisations; every record is read once, by its key."""
    published = _published(records, year)
    return {number: _delivery(records, number, year, published.get(number)) for number in organisations}


def _delivery(records: Records, number: LbfNumber, year: ReportYear, published: date | None) -> Delivery:
    key = year_key(number, year)
    created = records.packages.record(key, 1)
    draft, deadline, meeting = records.packages.get(key), records.deadlines.get(key), records.meetings.get(key)
    return Delivery(
        package=draft.value if draft else None,
        sent=_sent(records, draft.value) if draft else (),
        opened=danish_day(created.at) if created else None,
        deadline=deadline.value if deadline else None,
        meeting_held=meeting.value.held_on if meeting else None,
        statement_published=published,
    )


def _sent(records: Records, package: DocumentationPackage) -> tuple[DocumentationPackage, ...]:
    """Every sending in order. A package that is sent and not yet touched is its last sending: it is not read again."""
    if not package.sendings:
        return ()
    if package.status is PackageStatus.SENT and len(package.sendings) == 1:
        return (package,)
    return tuple(entry.value for entry in records.sent(package.organisation, package.report_year))


def _published(records: Records, year: ReportYear) -> Mapping[LbfNumber, date]:
    """The day the statement about each organisation was first published."""
    published: dict[LbfNumber, date] = {}
    for entry in records.statements.find(year=int(year)):
        if day := entry.value.published_on:
            for number in entry.value.organisations:
                published[number] = min(day, published.get(number, day))
    return published
