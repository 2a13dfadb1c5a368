"""The workbook: a title sheet, one sheet per table, and a sheet for texts too long for a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

from attrs import define, field
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from almenstyring import Text
from almenstyring.files import whole_file
from almenstyring.ports import ExportRequest, Table, TableColumn
from almenstyring_excel.archive import discard, save
from almenstyring_excel.cells import FONT, CellMaker, Doubts, Row, heading, styled
from almenstyring_excel.texts import PIECE, pieces, sheet_name

MOST_ROWS = 1_048_576
"""Rows of a sheet, heading included; a longer table goes on in a further sheet."""

PAGE_WIDTH = 200
"""Characters that can be read across one page of A4; a wider table is printed on several pages side by side."""

LINE_HEIGHT, HIGHEST_ROW = 15, 409
"""Points; a row cannot be higher."""

SYNTHETIC = "SYNTETISK"
_ABOUT = Text("Om", "About")
_LONG_TITLE = Text("Lange tekster", "Long texts")
_LONG_COLUMNS = (
    TableColumn(id="number", title=Text("Nr.", "No."), width=8),
    TableColumn(id="sheet", title=Text("Ark", "Sheet"), width=24),
    TableColumn(id="cell", title=Text("Celle", "Cell"), width=10),
    TableColumn(id="piece", title=Text("Del", "Part"), width=8),
    TableColumn(id="text", title=Text("Tekst", "Text"), width=110),
)
_LONG_NOTE = Text(
    " … [forkortet: alle {length} tegn står i arket {sheet} under nr. {number}]",
    " … [cut: all {length} characters are in the sheet {sheet} under no. {number}]",
)
_CHARACTERS_NOTE = Text(
    "Styretegn, som Excel ikke kan holde, er vist med deres symboler, fx ␀.",
    "Control characters that Excel cannot hold are shown by their symbols, e.g. ␀.",
)
_NUMBERS_NOTE = Text(
    "Tal på over 15 cifre er skrevet som tekst, fordi Excel ellers ville afrunde dem.",
    "Numbers of more than 15 digits are written as text, since Excel would round them.",
)


def write_workbook(request: ExportRequest, target: Path) -> None:
    """Write the request to ``target`` whole, or raise ``BackendError`` and leave the file as it was."""
    with whole_file(target) as draft:
        writing = _Writing(request)
        try:
            writing.fill()
            save(writing.book, draft)
        finally:
            discard(writing.book)


@define
class _Writing:
    """One workbook under way."""

    request: ExportRequest
    book: Workbook = field(factory=lambda: Workbook(write_only=True), init=False)
    _taken: set[str] = field(factory=set, init=False)
    _contents: list[tuple[str, int]] = field(factory=list, init=False)
    _long: list[Row] = field(factory=list, init=False)
    _long_name: str = field(default="", init=False)
    _long_texts: int = field(default=0, init=False)
    _doubts: Doubts = field(factory=Doubts, init=False)

    @property
    def _is_synthetic(self) -> bool:
        """Packages of invented organisations, or a notice that says so of tables without packages."""
        of_packages = any(package.is_synthetic for package in self.request.packages)
        return of_packages or any(notice.da.startswith(SYNTHETIC) for notice in self.request.notices)

    def fill(self) -> None:
        """Write every sheet; the title sheet comes first in the book and last in time, when all is known."""
        about = self._sheet(self._name(_ABOUT), landscape=False)
        self._long_name = self._name(_LONG_TITLE)
        for table in self.request.tables:
            for rows in _parts(table):
                self._table(self._name(table.title), table.columns, rows)
        if self._long:
            self._table(self._long_name, _LONG_COLUMNS, tuple(self._long))
        self._about(about)
        self._describe()

    def _name(self, title: Text) -> str:
        return sheet_name(title[self.request.language], self._taken)

    def _sheet(self, name: str, *, landscape: bool) -> Any:
        """A new sheet, set up for print; Any, because the stubs do not know what a write-only sheet has."""
        sheet: Any = self.book.create_sheet(name)
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.oddFooter.center.text = "&A  &P/&N"
        if self._is_synthetic:
            sheet.oddHeader.center.text = SYNTHETIC
        return sheet

    def _table(self, name: str, columns: tuple[TableColumn, ...], rows: tuple[Row, ...]) -> None:
        sheet = self._sheet(name, landscape=True)
        sheet.freeze_panes = "A2"
        sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
        sheet.page_setup.fitToWidth = -(-sum(column.width for column in columns) // PAGE_WIDTH)
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
        for position, column in enumerate(columns, 1):
            sheet.column_dimensions[get_column_letter(position)].width = column.width
        sheet.append([heading(sheet, column.title[self.request.language]) for column in columns])
        cells = CellMaker(sheet, self.request.language, self._doubts, self._keeper(name))
        for number, row in enumerate(rows, 2):
            made = cells.row(row, number, columns)
            if cells.lines > 1:  # Excel would find out by itself, other programs do not
                sheet.row_dimensions[number].height = min(LINE_HEIGHT * cells.lines, HIGHEST_ROW)
            sheet.append(made)
        self._contents.append((name, len(rows)))

    def _keeper(self, sheet: str) -> Callable[[str, int, int], str]:
        def keep(text: str, row: int, position: int) -> str:
            self._long_texts += 1
            number, place = self._long_texts, f"{get_column_letter(position + 1)}{row}"
            self._long.extend((number, sheet, place, part, piece) for part, piece in enumerate(pieces(text), 1))
            note = _LONG_NOTE.fill(length=len(text), sheet=self._long_name, number=number)
            return text[:PIECE] + note[self.request.language]

        return keep

    def _about(self, sheet: Any) -> None:
        language = self.request.language
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 90, 12
        for row, cell in enumerate(self._introduction(sheet), 1):
            if cell.font.size > 11:  # a row grows by itself with its lines, but not everywhere with its letters
                sheet.row_dimensions[row].height = 1.5 * cell.font.size
            sheet.append([cell])
        sheet.append([])
        sheet.append([heading(sheet, Text("Ark", "Sheet")[language]), heading(sheet, Text("Rækker", "Rows")[language])])
        for name, rows in self._contents:
            link = styled(sheet, name, Font(name=FONT, color="0B57A4", underline="single"))
            link.hyperlink = Hyperlink(ref="", location="'{}'!A1".format(name.replace("'", "''")))
            sheet.append([link, rows])

    def _introduction(self, sheet: Any) -> Iterator[Cell]:
        language, made_on = self.request.language, self.request.made_on
        yield styled(sheet, self.request.title[language], Font(name=FONT, bold=True, size=20))
        if self._is_synthetic:
            yield styled(sheet, SYNTHETIC, Font(name=FONT, bold=True, size=28, color="B00020"))
        for notice in self.request.notices:
            yield styled(sheet, notice[language])
        day = f"{made_on:%d-%m-%Y}" if language == "da" else made_on.isoformat()
        yield styled(sheet, Text(f"Dannet {day}", f"Made on {day}")[language])
        if self._doubts.characters:
            yield styled(sheet, _CHARACTERS_NOTE[language])
        if self._doubts.numbers:
            yield styled(sheet, _NUMBERS_NOTE[language])

    def _describe(self) -> None:
        made = datetime.combine(self.request.made_on, time())
        properties = self.book.properties
        properties.title = self.request.title[self.request.language]
        properties.creator = properties.lastModifiedBy = "almenstyring"
        properties.created = properties.modified = made


def _parts(table: Table) -> Iterator[tuple[Row, ...]]:
    """A table's rows, as many at a time as a sheet holds; one empty part for an empty table."""
    step = MOST_ROWS - 1
    for start in range(0, max(1, len(table.rows)), step):
        yield table.rows[start : start + step]
