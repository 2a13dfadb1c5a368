"""What is stored of a report year: what each organisation has opened, sent, and met about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import frozen

from almenstyring.application.held_meetings import first_held, held_in
from almenstyring.application.records import Records, danish_day, year_key
from almenstyring.application.status import Delivery
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue import Statement
from almenstyring.domain.reporting import PackageProgress
from almenstyring.domain.values import LbfNumber


def deliveries(records: Records, organisations: Iterable[LbfNumber], year: ReportYear) -> Mapping[LbfNumber, Delivery]:
    """What the store holds of the year for each of the organisations; no whole package is read."""
    wanted = tuple(organisations)
    statements = _statements(records, wanted, year)
    return {number: _delivery(records, number, year, statements.get(number, _NO_STATEMENT)) for number in wanted}


@frozen
class _StatementDays:
    """The days on which a statement about an organisation was first published, and first reported."""

    published: date | None = None
    reported: date | None = None

    def and_of(self, statement: Statement) -> _StatementDays:
        return _StatementDays(
            _earlier(self.published, statement.published_on), _earlier(self.reported, statement.reported_on)
        )


_NO_STATEMENT = _StatementDays()


def _delivery(records: Records, number: LbfNumber, year: ReportYear, statement: _StatementDays) -> Delivery:
    key = year_key(number, year)
    deadline = records.deadlines.get(key)
    return Delivery(
        progress=progress_of(records, number, year),
        deadline=deadline.value if deadline else None,
        meeting_held=first_held(held_in(records, number, year)),
        statement_published=statement.published,
        statement_reported=statement.reported,
    )


def progress_of(records: Records, number: LbfNumber, year: ReportYear) -> PackageProgress | None:
    """How far the package is, as kept with its last step; in a store made before that was kept, from the package."""
    key = year_key(number, year)
    if kept := records.progress.get(key):
        return kept.value
    draft, created = records.packages.get(key), records.packages.record(key, 1)
    if draft is None or created is None:
        return None
    sent = (entry.value for entry in records.sent(number, year))
    return PackageProgress.of(draft.value, sent, opened=danish_day(created.at))


def _statements(
    records: Records, organisations: Iterable[LbfNumber], year: ReportYear
) -> Mapping[LbfNumber, _StatementDays]:
    """Of the whole country's statements of the year only those that name one of the organisations are decoded."""
    named = tuple(f'"{number}"' for number in organisations)
    days: dict[LbfNumber, _StatementDays] = {}
    for record in records.statements.records(year=int(year)):
        if any(mark in record.document for mark in named):
            statement = records.statements.entry(record).value
            for number in statement.organisations:
                days[number] = days.get(number, _NO_STATEMENT).and_of(statement)
    return days


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)
