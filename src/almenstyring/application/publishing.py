"""What a store says of publication: what has happened and since when, and the sheets and corrections made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from attrs import frozen

from almenstyring.application.data_sheets import SheetMaker, units_of
from almenstyring.application.held_meetings import held_in
from almenstyring.application.policy_choices import policy_periods
from almenstyring.application.records import Records, danish_day, year_key
from almenstyring.application.repository import Entry
from almenstyring.domain.agreements import Agreement, AgreementKind
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue import Statement
from almenstyring.domain.figures.chart import Charts
from almenstyring.domain.findings import Location
from almenstyring.domain.organisations import MasterData, Unit
from almenstyring.domain.organisations.relations import valid_on
from almenstyring.domain.publication import (
    ContentKind,
    CorrectedRecord,
    LoggedCorrection,
    PublicationFacts,
    SheetAgreement,
    SheetStatement,
    sheet_differences,
)
from almenstyring.domain.reporting import DocumentationPackage
from almenstyring.domain.values import EstateId, LbfNumber
from almenstyring.ports import IndexValue


def publication_facts(records: Records, organisation: LbfNumber, year: ReportYear) -> PublicationFacts:
    """What has happened, each counted from the day it was recorded or the day it happened, whichever is later."""
    key = year_key(organisation, year)
    first, draft = records.sendings.record(f"{key}/1"), records.packages.get(key)
    returns = draft.value.returns if draft else ()
    published = [since for _, since in published_statements(records, organisation, year)]
    marked = (
        max(danish_day(records.meetings.history(entry.record.key)[0].at), entry.value.held_on)
        for entry in held_in(records, organisation, year)
    )
    return PublicationFacts(
        sent=danish_day(first.at) if first else None,
        returned=returns[0].on if returns else None,
        meeting_held=min(marked, default=None),
        statement_published=min(published, default=None),
    )


def published_statements(
    records: Records, organisation: LbfNumber, year: ReportYear
) -> Iterator[tuple[Statement, date]]:
    """The published statements that cover an organisation, each with the day from which the public could see it."""
    for entry in records.statements.find(year=int(year)):
        day = entry.value.published_on
        if day is None or organisation not in entry.value.organisations:
            continue
        history = map(records.statements.entry, records.statements.history(entry.record.key))
        recorded = next(danish_day(each.record.at) for each in history if each.value.published_on is not None)
        yield entry.value, max(day, recorded)


def statement_entry(records: Records, statement: Statement) -> Entry[Statement] | None:
    """The record of the same municipality, year and organisations, whatever key it has, or None."""
    wanted = set(statement.organisations)
    found = records.statements.find(municipality=str(statement.municipality), year=int(statement.report_year))
    return next((entry for entry in found if set(entry.value.organisations) == wanted), None)


def published_overlap(records: Records, statement: Statement) -> Iterator[Statement]:
    """The municipality's published statements of the year about any of the same organisations."""
    for entry in records.statements.find(municipality=str(statement.municipality), year=int(statement.report_year)):
        if entry.value.published_on is not None and set(entry.value.organisations) & set(statement.organisations):
            yield entry.value


def statement_key(records: Records, statement: Statement) -> str:
    """Where a statement is kept: with its earlier revisions, or under a key that nothing else has."""
    entry = statement_entry(records, statement)
    if entry is not None:
        return entry.record.key
    covered = sorted(map(str, statement.organisations))
    first = "/".join([str(statement.municipality), str(statement.report_year), *covered])
    key, number = first, 1
    while records.statements.record(key) is not None:  # corrected since to be about others
        number += 1
        key = f"{first}/{number}"
    return key


@frozen(kw_only=True)
class Log:
    """The log of corrections of a store, on behalf of an actor at an instant."""

    records: Records
    actor: str
    at: datetime

    def add(
        self,
        differences: Iterable[tuple[Location, str, str]],
        **common: object,
    ) -> tuple[LoggedCorrection, ...]:
        """Log one correction per difference, numbered by municipality and year."""
        return tuple(self._keep(place, old, new, common) for place, old, new in differences)

    def _keep(self, place: Location, old: str, new: str, common: dict[str, object]) -> LoggedCorrection:
        led_by = common["municipality"] or _first(common["organisations"])
        base, number = f"{led_by}/{common['report_year']}", 1
        while self.records.corrections.record(f"{base}/{number}") is not None:
            number += 1
        content = ContentKind(place.part)
        correction = LoggedCorrection(
            id=f"{base}/{number}",
            content=content,
            place=place,
            old=old,
            new=new,
            **common,  # type: ignore[arg-type]
        )
        indexed: dict[str, IndexValue] = {
            "year": int(correction.report_year),
            "municipality": str(correction.municipality or ""),
        }
        self.records.corrections.put(
            correction.id, correction, expected_revision=0, actor=self.actor, at=self.at, indexed=indexed
        )
        return correction


def _first(organisations: object) -> LbfNumber:
    assert isinstance(organisations, tuple)
    found: LbfNumber = organisations[0]
    return found


def log_sending(
    log: Log, before: DocumentationPackage | None, after: DocumentationPackage, master: MasterData, charts: Charts
) -> tuple[LoggedCorrection, ...]:
    """Log what a later sending changes of what the public could see on the data sheets.

    The cause names the return and the sending by day and number; the reason of the return is kept as the detail.
    """
    if before is None:
        return ()
    today, owner = danish_day(log.at), (after.organisation, after.report_year)
    municipality = master.home_municipality_on(today)
    periods, facts = policy_periods(log.records, master), publication_facts(log.records, *owner)
    maker = SheetMaker(periods=periods, facts=facts, on=today, charts=charts)
    returned, sending = after.returns[-1:], after.sendings[-1]
    since = f"Returneret {returned[0].on}; sendt" if returned else "Sendt"
    units = dict.fromkeys((*units_of(before, master, before.period.end), *units_of(after, master, after.period.end)))
    return tuple(
        correction
        for unit in units
        for correction in log.add(
            sheet_differences(
                maker.sheet(before, master, after.report_year, unit),
                maker.sheet(after, master, after.report_year, unit),
            ),
            record=CorrectedRecord.DATA_SHEET,
            municipality=municipality,
            organisations=(after.organisation,),
            report_year=after.report_year,
            cause=f"{since} igen {sending.on} som nr. {sending.number}.",
            detail=returned[0].reason if returned else "",
            approved_by=sending.by,
            on=today,
        )
    )


def as_sheet_statement(statement: Statement, since: date) -> SheetStatement:
    """A published statement as the data sheet refers to it."""
    return SheetStatement(
        municipality=statement.municipality,
        published_on=since,
        organisations=statement.organisations,
        text=statement.text,
        website=statement.website,
    )


LETTING = {
    AgreementKind.FLEXIBLE_LETTING: ContentKind.LETTING_CRITERIA,
    AgreementKind.ADVERTISED_LETTING: ContentKind.ADVERTISED_LETTING_CRITERIA,
}
"""The agreements whose criteria are public by law (ABL § 60, stk. 1; § 60 a, stk. 1)."""


def letting_criteria(
    agreements: Iterable[Agreement], master: MasterData, unit: Unit, on: date
) -> Iterator[SheetAgreement]:
    """The criteria of letting in force on the day for an organisation, or for one of its estates."""
    lies_in = {area.name for area in valid_on(master.areas, on) if unit in area.estates}
    for each in agreements:
        content = LETTING.get(each.kind)
        whole = not isinstance(unit, EstateId) or not (each.estates or each.areas)
        covers = whole or unit in each.estates or lies_in & set(each.areas)
        if content is not None and covers and each.is_open_on(on) and on in each.period:
            yield SheetAgreement(
                content=content,
                law=each.kind.law,
                municipality=each.municipality,
                id=each.id,
                text=each.current_text,
                concluded_on=each.concluded_on,
                valid=each.period,
                estates=each.estates,
                areas=each.areas,
            )
