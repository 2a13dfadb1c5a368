"""What the export tables share: the columns that name whose row it is, and where a value came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from almenstyring.application import wording
from almenstyring.content import label
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting import Cell, Computed, DocumentationPackage, Provenance, Sourced, Typed
from almenstyring.domain.text import Text
from almenstyring.ports import Table, TableColumn

TableCell = Cell | int | Text | None
Rows = Iterator[tuple[TableCell, ...]]


def table(table_id: str, title: Text, columns: tuple[TableColumn, ...], rows: Iterable[tuple[TableCell, ...]]) -> Table:
    """A table from rows that are made on the way."""
    return Table(id=table_id, title=title, columns=columns, rows=tuple(rows))


def column(column_id: str, da: str, en: str, width: int = 14, decimals: int | None = None) -> TableColumn:
    """A column with its heading in both languages."""
    return TableColumn(id=column_id, title=Text(da, en), width=width, decimals=decimals)


KEY = (
    column("organisation", "Organisation", "Organisation", 13),
    column("name", "Navn", "Name", 28),
    column("report_year", "Styringsår", "Report year", 11, 0),
)
UNIT = column("unit", "Enhed", "Unit", 13)
UNIT_NAME = column("unit_name", "Enhedens navn", "Name of the unit", 26)
UNIT_KEY = (*KEY, UNIT, UNIT_NAME)
PERIOD = (
    column("period_start", "Periode fra", "Period from", 12),
    column("period_end", "Periode til", "Period to", 12),
)
FIRMNESS = column("firmness", "Taltype", "Firmness", 12)
STATE = column("state", "Tilstand", "State", 15)
DAY = column("on", "Dato", "Date", 12)
BY = column("by", "Af", "By", 16)
ATTACHMENT = column("attachment", "Bilag", "Attachment", 24)


def key(package: DocumentationPackage) -> tuple[TableCell, ...]:
    """The cells under ``KEY``."""
    return (
        str(package.organisation),
        wording.name_of(package, package.organisation) or None,
        int(package.report_year),
    )


def unit_key(package: DocumentationPackage, unit: Unit) -> tuple[TableCell, ...]:
    """The cells under ``UNIT_KEY``."""
    return *key(package), str(unit), wording.name_of(package, unit) or None


PROVENANCE = (
    column("source", "Kilde", "Source", 16),
    column("source_key", "Nøgle hos kilden", "Key at the source", 20),
    column("retrieved", "Hentet", "Retrieved", 12),
    FIRMNESS,
    column("typed_by", "Indtastet af", "Typed by", 16),
)


def provenance_cells(provenance: Provenance | None) -> tuple[TableCell, ...]:
    """The cells under ``PROVENANCE``."""
    match provenance:
        case Sourced():
            firm = label(provenance.status)
            return provenance.source, provenance.key, provenance.retrieved_at.date(), firm, None
        case Computed():
            return "almenstyring", provenance.definition, None, label(provenance.status), None
        case Typed():
            return None, None, None, None, provenance.by or None
    return (None,) * len(PROVENANCE)
