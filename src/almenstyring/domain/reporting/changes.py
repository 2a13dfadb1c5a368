"""What differs between two states of a package: answers one by one, and the other parts as wholes."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from almenstyring.domain.agreements import FollowUp
from almenstyring.domain.figures.provenance import Computed
from almenstyring.domain.findings import Location
from almenstyring.domain.reporting.answers import MISSING, Answer, Sheet
from almenstyring.domain.reporting.package import DocumentationPackage
from almenstyring.domain.reporting.parts import AnnualReportItem

REPORT, ESTATE_REPORT, ANNUAL_REPORT = "governance_report", "estate_report", "annual_report"
FOLLOW_UPS = "follow_ups"
WHOLES = ("accounts", "questionnaires", "auditors_protocol", "analyses", "attachments")
"""The parts that are compared as wholes: they are replaced, not answered."""


@frozen(kw_only=True)
class Change:
    """One difference (da: ændring): where, and both answers; of a whole part only that it is another one."""

    location: Location
    before: Answer = MISSING
    after: Answer = MISSING


def changes(before: DocumentationPackage, after: DocumentationPackage) -> tuple[Change, ...]:
    """What is another answer or another part in ``after``; who wrote it does not count, nor what is computed."""
    return tuple(_changes(before, after))


def _changes(before: DocumentationPackage, after: DocumentationPackage) -> Iterator[Change]:
    old = {sheet.unit: sheet for sheet in before.sheets()}
    new = {sheet.unit: sheet for sheet in after.sheets()}
    for unit in {**old, **new}:
        part = REPORT if unit == after.report.unit else ESTATE_REPORT
        yield from _of_sheet(part, old.get(unit, Sheet(unit=unit)), new.get(unit, Sheet(unit=unit)))
    for item in AnnualReportItem:
        one, other = before.annual_report[item], after.annual_report[item]
        if not _same(one, other):
            where = Location(part=ANNUAL_REPORT, unit=str(after.organisation), item=item.value)
            yield Change(location=where, before=one, after=other)
    said = {each.agreement: each for each in before.follow_ups}, {each.agreement: each for each in after.follow_ups}
    for agreement in {**said[0], **said[1]}:
        one, other = (_said(each.get(agreement)) for each in said)
        if one != other:
            yield Change(location=follow_up_place(after, agreement), before=one, after=other)
    for name in WHOLES:
        if getattr(before, name) != getattr(after, name):
            yield Change(location=Location(part=name, unit=str(after.organisation)))


def _of_sheet(part: str, before: Sheet, after: Sheet) -> Iterator[Change]:
    for question in {**before.answers, **after.answers}:
        one, other = before[question], after[question]
        if not _same(one, other):
            where = Location(part=part, unit=str(after.unit), item=question)
            yield Change(location=where, before=one, after=other)


def _same(one: Answer, other: Answer) -> bool:
    computed = isinstance(other.provenance, Computed) and (one.value is None or isinstance(one.provenance, Computed))
    return one.comment == other.comment and (computed or one.value == other.value)


def _said(given: FollowUp | None) -> Answer:
    return Answer(value=given.status.value, comment=given.text) if given and given.says_something else MISSING


def follow_up_place(package: DocumentationPackage, agreement: str) -> Location:
    """Where a report answers one agreement made before."""
    return Location(part=FOLLOW_UPS, unit=str(package.organisation), item=agreement)


def answer_at(package: DocumentationPackage, location: Location) -> Answer:
    """The answer at a place of a package; missing where there is none."""
    if location.part == ANNUAL_REPORT:
        known = {item.value: item for item in AnnualReportItem}
        return package.annual_report[known[location.item]] if location.item in known else MISSING
    if location.part == FOLLOW_UPS:
        return _said(next((each for each in package.follow_ups if each.agreement == location.item), None))
    sheet = next((sheet for sheet in package.sheets() if str(sheet.unit) == location.unit), None)
    return sheet[location.item] if sheet else MISSING
