"""Data sheets, corrections and policies as neutral tables, so that every exporter can write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from almenstyring.application.table_columns import Rows, TableCell, column, table
from almenstyring.application.wording import said
from almenstyring.content import label
from almenstyring.domain.publication import (
    NOT_AVAILABLE,
    Audience,
    DataSheet,
    FigureState,
    LoggedCorrection,
    PublicationPolicy,
)
from almenstyring.domain.text import LANGUAGES, Text
from almenstyring.ports import Table

_UNIT = (
    column("organisation", "Organisation", "Organisation", 13),
    column("unit", "Enhed", "Unit", 13),
    column("report_year", "Styringsår", "Report year", 11, 0),
)


def data_sheet_tables(sheets: Sequence[DataSheet]) -> tuple[Table, ...]:
    """Data sheets as tables, always the same ones in the same order, empty or not."""
    corrections = dict.fromkeys(each for sheet in sheets for each in sheet.corrections)
    return (
        table("master_data", Text("Stamoplysninger", "Master data"), _FACTS, _facts(sheets)),
        table("key_figures", Text("Udvalgte nøgletal", "Selected key figures"), _FIGURES, _figures(sheets)),
        table("accounts", Text("Regnskab", "Accounts"), _ACCOUNTS, _accounts(sheets)),
        table("statements", Text("Redegørelse", "Statement"), _STATEMENTS, _statements(sheets)),
        table("letting_criteria", Text("Kriterier for udlejning", "Criteria of letting"), _CRITERIA, _criteria(sheets)),
        correction_table(corrections),
        table("visibility", Text("Hvad der vises", "What is shown"), _VISIBILITY, _visibility(sheets)),
    )


_FACTS = (*_UNIT, column("name", "Oplysning", "Datum", 26), column("value", "Værdi", "Value", 40))


def _unit(sheet: DataSheet) -> tuple[TableCell, ...]:
    return str(sheet.organisation), str(sheet.unit), int(sheet.report_year)


def _facts(sheets: Iterable[DataSheet]) -> Rows:
    for sheet in sheets:
        for fact in sheet.master_data:
            yield (*_unit(sheet), fact.name, fact.value)


_FIGURES = (
    *_UNIT,
    column("figure", "Nøgletal", "Key figure", 40),
    column("value", "Værdi", "Value", 14),
    column("measure", "Måles i", "Measured in", 18),
    column("shown", "Vises", "Shown", 14),
    column("firmness", "Taltype", "Firmness", 12),
    column("note", "Bemærkning", "Note", 40),
    column("source", "Kilde", "Source", 60),
    column("certainty", "Sikkerhed", "Certainty", 16),
)


def _figures(sheets: Iterable[DataSheet]) -> Rows:
    for sheet in sheets:
        for figure in sheet.figures:
            withheld = figure.state is FigureState.NOT_AVAILABLE
            yield (
                *_unit(sheet),
                figure.name,
                NOT_AVAILABLE if withheld else figure.value,
                figure.unit if figure.unit.da else None,
                label(figure.state),
                None if withheld else label(figure.status),
                figure.note if figure.note.da else None,
                figure.source or None,
                label(figure.certainty),
            )


_ACCOUNTS = (
    *_UNIT,
    column("account", "Konto", "Account", 10),
    column("account_name", "Kontonavn", "Account name", 40),
    column("amount", "Beløb i kr.", "Amount in DKK", 18, 2),
    column("firmness", "Taltype", "Firmness", 12),
    column("source", "Kilde", "Source", 30),
)


def _accounts(sheets: Iterable[DataSheet]) -> Rows:
    for sheet in sheets:
        for each in sheet.accounts:
            source = each.source if each.source.da else None
            yield (*_unit(sheet), each.number, each.name, each.amount, label(each.status), source)


_STATEMENTS = (
    *_UNIT,
    column("municipality", "Kommune", "Municipality", 12),
    column("published_on", "Offentliggjort", "Published on", 14),
    column("text", "Redegørelse", "Statement", 70),
    column("website", "Webadresse", "Web address", 40),
)


def _statements(sheets: Iterable[DataSheet]) -> Rows:
    for sheet in sheets:
        for each in sheet.statements:
            yield (*_unit(sheet), str(each.municipality), each.published_on, each.text or None, each.website or None)


_CRITERIA = (
    *_UNIT,
    column("content", "Indhold", "Content", 30),
    column("law", "Hjemmel", "Law", 20),
    column("municipality", "Kommune", "Municipality", 12),
    column("agreement", "Aftale", "Agreement", 16),
    column("text", "Kriterier", "Criteria", 70),
    column("concluded_on", "Indgået", "Concluded on", 12),
    column("valid_from", "Gælder fra", "Valid from", 12),
    column("valid_until", "Gælder til", "Valid until", 12),
    column("scope", "Omfatter", "Covers", 40),
)


def _criteria(sheets: Iterable[DataSheet]) -> Rows:
    for sheet in sheets:
        for each in sheet.agreements:
            scope = ", ".join(map(str, (*each.estates, *each.areas)))
            days = each.concluded_on, each.valid.start, each.valid.end
            town, law = str(each.municipality), str(each.law)
            yield (*_unit(sheet), label(each.content), law, town, each.id, each.text, *days, scope or None)


_CORRECTIONS = (
    column("id", "Nr.", "No.", 16),
    column("on", "Dato", "Date", 12),
    column("record", "Hvad", "What", 16),
    column("place", "Sted", "Place", 36),
    column("old", "Før", "Before", 40),
    column("new", "Nu", "Now", 40),
    column("cause", "Årsag", "Cause", 40),
    column("approved_by", "Godkendt af", "Approved by", 16),
)


def correction_table(corrections: Iterable[LoggedCorrection]) -> Table:
    """The log of corrections as a table; approvers are opaque ids."""
    rows = (
        (c.id, c.on, label(c.record), str(c.place), c.old or None, c.new or None, c.cause, c.approved_by)
        for c in corrections
    )
    return table("corrections", Text("Rettelser", "Corrections"), _CORRECTIONS, rows)


_VISIBILITY = (
    *_UNIT,
    column("content", "Indhold", "Content", 30),
    column("shown", "Vises", "Shown", 10),
    column("why", "Hvorfor", "Why", 60),
    column("law", "Hjemmel", "Law", 20),
    column("source", "Kilde", "Source", 50),
)


def _visibility(sheets: Iterable[DataSheet]) -> Rows:
    yes, no = Text("ja", "yes"), Text("nej", "no")
    for sheet in sheets:
        for content, found in sheet.visibility.items():
            law, source = str(found.law) if found.law else None, found.source or None
            yield (*_unit(sheet), label(content), yes if found.shown else no, found.reason, law, source)


def policy_table(policy: PublicationPolicy, on: date) -> Table:
    """A policy as it is on a day: one row per kind of content, one column per audience, then law, notes and source."""
    columns = (
        column("content", "Indhold", "Content", 34),
        *(column(audience.value, label(audience).da, label(audience).en, 22) for audience in Audience),
        column("law", "Hjemmel", "Law", 20),
        column("source", "Kilde", "Source", 60),
        column("certainty", "Sikkerhed", "Certainty", 16),
    )
    rows = []
    for line in policy.table(on):
        deciding = line.rules.get(Audience.PUBLIC)
        rows.append(
            (
                label(line.content),
                *(label(line.when(audience)) for audience in Audience),
                str(deciding.law) if deciding and deciding.law else None,
                deciding.source if deciding else None,
                label(deciding.certainty) if deciding else None,
            )
        )
    title = Text(*(f"{policy.name[each]}, {said(on, each)}" for each in LANGUAGES))
    return table("publication_policy", title, columns, rows)
