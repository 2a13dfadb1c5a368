"""Which notices fall due between two days; a pure function of plan and facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache

from attrs import frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.notices.deliveries import NoticeDelivery, NoticeState
from almenstyring.domain.notices.facts import AwaitedReport, OpenItem
from almenstyring.domain.notices.plan import NoticeKind, NoticePlan, NoticeRole
from almenstyring.domain.notices.texts import about_deadline, about_open_items
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, LegalReference, MunicipalityCode

_law = cache(LegalReference.parse)


@frozen(kw_only=True)
class Notice:
    """One notice to one receiver (da: varsel).

    ``id`` is the same whenever and by whomever the notice is made: kind, organisation or municipality, year, deadline,
    days from it, receiver. ``fell_due`` is the day the plan gives it; the text counts from the day it is made.
    """

    id: str
    kind: NoticeKind
    role: NoticeRole
    unit: LbfNumber | MunicipalityCode
    municipality: MunicipalityCode
    organisation: LbfNumber | None = None
    report_year: ReportYear | None = None
    due: date | None = None
    fell_due: date
    law: LegalReference
    subject: Text
    body: Text


def due_notices(
    plan: NoticePlan,
    *,
    since: date,
    on: date,
    reports: Iterable[AwaitedReport] = (),
    open_items: Iterable[OpenItem] = (),
) -> tuple[Notice, ...]:
    """The notices that fall due after ``since`` up to and including ``on``, in the order of their days.

    Of one deadline only the latest is given: after a pause nobody gets yesterday's notice beside today's. None comes
    for a report that was sent by the day ``on``. A deadline that moves has notices of its own.
    """
    found = [notice for report in reports for notice in _about(plan, report, since, on)]
    items = tuple(sorted(open_items))
    day = plan.latest_reminder(since, on)
    if items and day:
        found.append(_reminder(plan, items, day))
    return tuple(sorted(found, key=lambda notice: (notice.fell_due, notice.id)))


def _about(plan: NoticePlan, report: AwaitedReport, since: date, on: date) -> Iterator[Notice]:
    offset = plan.latest_offset(report.due, since, on)
    if offset is None or (report.first_sent is not None and report.first_sent <= on):
        return
    for role, unit in _receivers(plan, report):
        subject, body = about_deadline(report, plan.municipality, role, on)
        yield Notice(
            id=f"deadline/{report.organisation}/{report.report_year}/{report.due}/{offset:+}/{unit}",
            kind=_kind(offset),
            role=role,
            unit=unit,
            municipality=plan.municipality,
            organisation=report.organisation,
            report_year=report.report_year,
            due=report.due,
            fell_due=report.due + timedelta(offset),
            law=_law("DB § 112, stk. 3"),
            subject=subject,
            body=body,
        )


def _kind(offset: int) -> NoticeKind:
    if offset == 0:
        return NoticeKind.ON_THE_DAY
    return NoticeKind.BEFORE if offset < 0 else NoticeKind.AFTER


def _receivers(plan: NoticePlan, report: AwaitedReport) -> Iterator[tuple[NoticeRole, LbfNumber | MunicipalityCode]]:
    for role in plan.recipients:
        match role:
            case NoticeRole.ORGANISATION:
                yield role, report.organisation
            case NoticeRole.ADMINISTRATOR:
                yield from ((role, each) for each in sorted(report.administrators))
            case NoticeRole.MUNICIPALITY:
                yield role, plan.municipality


def reminder_id(municipality: MunicipalityCode, day: date) -> str:
    """The id of a municipality's reminder of a day."""
    return f"open-items/{municipality}/{day}"


def nothing_open(plan: NoticePlan, day: date, on: date) -> NoticeDelivery:
    """What is kept instead of a reminder where no item was open when its day came."""
    return NoticeDelivery(
        id=reminder_id(plan.municipality, day),
        kind=NoticeKind.OPEN_ITEMS,
        municipality=plan.municipality,
        role=NoticeRole.MUNICIPALITY,
        unit=str(plan.municipality),
        fell_due=day,
        state=NoticeState.EMPTY,
        on=on,
    )


def _reminder(plan: NoticePlan, items: tuple[OpenItem, ...], day: date) -> Notice:
    subject, body = about_open_items(items, plan.municipality)
    return Notice(
        id=reminder_id(plan.municipality, day),
        kind=NoticeKind.OPEN_ITEMS,
        role=NoticeRole.MUNICIPALITY,
        unit=plan.municipality,
        municipality=plan.municipality,
        fell_due=day,
        law=_law("DB § 112, stk. 1"),
        subject=subject,
        body=body,
    )
