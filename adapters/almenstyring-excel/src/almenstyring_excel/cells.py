"""Typed cells: what a value becomes in Excel, exactly, and in which style."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from attrs import define, field
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from almenstyring import Dkk, Language, Number, Text
from almenstyring.ports import TableColumn
from almenstyring_excel.texts import fitting, is_too_long, is_unfit, lines_of, looks_like_formula

MOST_DIGITS = 15
"""Excel keeps numbers as doubles, which hold 15 decimal digits; a longer number is written as text."""

_DAY_ZERO = date(1899, 12, 30)
_FIRST_SAFE_DAY = date(1900, 3, 1)  # Excel believes in 29 February 1900
_TOP = Alignment(vertical="top")
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_KRONER = {"da": '#,##0.00" kr."', "en": '"DKK "#,##0.00'}

Value = str | Number | Dkk | date | int | Text
Row = tuple[Value | None, ...]


@define
class Doubts:
    """What could not be shown as it was, for the title sheet to tell."""

    characters: bool = False
    numbers: bool = False


@define
class CellMaker:
    """Makes the cells of one sheet.

    One cell per column and style is made and filled again for every row: a row is written before the next is made,
    and styling a new cell each time costs more than writing it. ``keep_long`` puts a text no cell can hold
    elsewhere and gives what to show instead.
    """

    sheet: WriteOnlyWorksheet
    language: Language
    doubts: Doubts
    keep_long: Callable[[str, int, int], str]
    lines: int = field(default=1, init=False)
    _made: dict[tuple[int, str], Cell] = field(factory=dict, init=False)

    def row(self, values: Row, row_number: int, columns: tuple[TableColumn, ...]) -> list[Cell | None]:
        """The cells of one row; a missing value gets no cell. ``lines`` is then how many lines its texts take."""
        self.lines = 1
        return [
            None if value is None else self._cell(value, position, row_number, columns[position])
            for position, value in enumerate(values)
        ]

    def _cell(self, value: Value, position: int, row_number: int, column: TableColumn) -> Cell:
        if isinstance(value, Text):
            value = value[self.language]
        if isinstance(value, str):
            return self._text(value, position, row_number, column.width)
        if isinstance(value, date):
            return self._date(value, position)
        return self._number(value, position, column)

    def _text(self, value: str, position: int, row_number: int, width: int) -> Cell:
        shown = fitting(value)
        if shown is not value and is_unfit(value):
            self.doubts.characters = True
        if is_too_long(shown):
            shown = self.keep_long(shown, row_number, position)
        if len(shown) > width or "\n" in shown:
            self.lines = max(self.lines, lines_of(shown, width))
        cell = self._styled(position, "quoted" if looks_like_formula(shown) else "text")
        cell.value = shown
        cell.data_type = "s"  # else "=…" is a formula and "#N/A" an error
        return cell

    def _date(self, value: date, position: int) -> Cell:
        if value < _FIRST_SAFE_DAY:
            return self._plain(value.isoformat(), position)
        return self._digits(str((value - _DAY_ZERO).days), position, "date")

    def _number(self, value: Number | Dkk | int, position: int, column: TableColumn) -> Cell:
        if isinstance(value, Dkk):
            count, style = value.count, "kroner"
        elif isinstance(value, Number):
            count, style = value.count, f"number {max(value.decimals, column.decimals or 0)}"
        else:
            count, style = int(value), "whole"  # True, which is an int, is not a number to Excel
        digits = str(count) if style == "whole" else str(value)
        if len(str(abs(count))) > MOST_DIGITS:
            self.doubts.numbers = True
            return self._plain(digits, position)
        return self._digits(digits, position, style)

    def _digits(self, digits: str, position: int, style: str) -> Cell:
        """A number by its own digits, not through a float: openpyxl would write 0.94 as 0.9399999999999999."""
        cell = self._styled(position, style)
        cell.value = digits
        cell.data_type = "n"
        return cell

    def _plain(self, text: str, position: int) -> Cell:
        cell = self._styled(position, "text")
        cell.value = text
        cell.data_type = "s"
        return cell

    def _styled(self, position: int, style: str) -> Cell:
        cell = self._made.get((position, style))
        if cell is None:
            cell = self._made[position, style] = self._new(style)
        return cell

    def _new(self, style: str) -> Cell:
        cell = WriteOnlyCell(self.sheet)
        cell.alignment = _WRAPPED if style in ("text", "quoted") else _TOP
        cell.number_format = self._format(style)
        if style == "quoted":
            cell.quotePrefix = True
        return cell

    def _format(self, style: str) -> str:
        kind, _, decimals = style.partition(" ")
        if kind == "number":
            return "#,##0." + "0" * int(decimals) if int(decimals) else "#,##0"
        return {"date": "dd-mm-yyyy", "kroner": _KRONER[self.language], "whole": "0"}.get(kind, "@")


FONT = "Calibri"
HEADER_FILL = PatternFill("solid", start_color="1F3B57")
_HEADER_FONT = Font(name=FONT, bold=True, color="FFFFFF")
_HEADER_LINE = Border(bottom=Side(style="medium", color="0B1F33"))


def styled(sheet: WriteOnlyWorksheet, text: str, font: Font | None = None) -> Cell:
    """A cell of running text, wrapped, in a font of its own."""
    cell = WriteOnlyCell(sheet, fitting(text)[:LONGEST_LINE])
    cell.data_type = "s"
    cell.alignment = _WRAPPED
    if font is not None:
        cell.font = font
    return cell


LONGEST_LINE = 8_000
"""Characters of a heading or a notice; what is longer belongs in a table."""


def heading(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    """The heading of a column."""
    cell = styled(sheet, text, _HEADER_FONT)
    cell.fill = HEADER_FILL
    cell.border = _HEADER_LINE
    return cell
