"""Excel export against a program written by hand with openpyxl for the same tables, styles and typed cells.

    python benchmarks/bench_export.py            prints seconds and the ratio handwritten / ours
    python benchmarks/bench_export.py --check    exits 1 if the ratio is below 0.85

Both write the tables of 120 invented organisations with 7 estates each, over 200,000 filled cells, in openpyxl's
streaming mode; the hand-written program makes each styled cell once and fills it again, which is the fastest way.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from almenstyring import Dkk, Number, ReportYear, Text
from almenstyring.application.tables import tables
from almenstyring.content import load_references, load_standard
from almenstyring.domain.figures.chart import Charts
from almenstyring.ports import ExportRequest, Table
from almenstyring.testing.builders import clean_package
from almenstyring_excel import EXPORTER

WANTED = 0.85
ROUNDS = 3


def a_request() -> ExportRequest:
    """An export of many invented packages."""
    standard = load_standard(ReportYear(2026))
    packages = tuple(clean_package(2026, number=f"T{number:03}", estates=7) for number in range(1, 121))
    standards = (standard,) * len(packages)
    made = tables(packages, standards, charts=Charts(charts=(load_references().chart,)))
    title = Text("Dokumentationspakker", "Documentation packages")
    return ExportRequest(packages=packages, tables=made, standards=standards, title=title, made_on=date(2026, 6, 29))


TOP, WRAPPED = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
HEADING = {
    "font": Font(name="Calibri", bold=True, color="FFFFFF"),
    "fill": PatternFill("solid", start_color="1F3B57"),
    "border": Border(bottom=Side(style="medium", color="0B1F33")),
    "alignment": WRAPPED,
}


def by_hand(request: ExportRequest, target: Path) -> None:
    """What somebody who knows openpyxl would write for these tables."""
    book = Workbook(write_only=True)
    about: Any = book.create_sheet("Om")
    about.append(["Dokumentationspakker"])
    about.append(["SYNTETISK"])
    for table in request.tables:
        sheet: Any = book.create_sheet(table.title.da)
        prepare(sheet, table)
        fill(sheet, table)
        about.append([table.title.da, len(table.rows)])
    book.save(target)


def prepare(sheet: Any, table: Table) -> None:
    """Heading, panes, filter, widths and print."""
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    heads = []
    for position, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(position)].width = column.width
        head: Any = WriteOnlyCell(sheet, column.title.da)
        for name, style in HEADING.items():
            setattr(head, name, style)
        heads.append(head)
    sheet.append(heads)


def fill(sheet: Any, table: Table) -> None:  # noqa: C901 - by hand, in one piece
    """The rows, cell by cell, each cell styled once per column and used again."""
    styled: dict[tuple[int, str], Any] = {}

    def cell(position: int, number_format: str) -> Any:
        made = styled.get((position, number_format))
        if made is None:
            made = styled[position, number_format] = WriteOnlyCell(sheet)
            made.alignment = WRAPPED if number_format == "@" else TOP
            made.number_format = number_format
        return made

    widths = [column.width for column in table.columns]
    for number, row in enumerate(table.rows, 2):
        cells: list[Any] = []
        lines = 1
        for position, given in enumerate(row):
            if given is None:
                cells.append(None)
                continue
            value = given.da if isinstance(given, Text) else given
            if isinstance(value, str):
                made = cell(position, "@")
                made.value = value
                made.data_type = "s"
                if len(value) > widths[position] or "\n" in value:
                    found = sum(1 + len(line) // (widths[position] + 1) for line in value.split("\n"))
                    lines = max(lines, found)
            elif isinstance(value, Dkk):
                made = cell(position, '#,##0.00" kr."')
                made.value = value.count / 100
            elif isinstance(value, Number):
                made = cell(position, "#,##0." + "0" * value.decimals if value.decimals else "#,##0")
                made.value = value.count / 10**value.decimals
            elif isinstance(value, int):
                made = cell(position, "0")
                made.value = value
            else:
                made = cell(position, "dd-mm-yyyy")
                made.value = value
            cells.append(made)
        if lines > 1:
            sheet.row_dimensions[number].height = min(15 * lines, 409)
        sheet.append(cells)


def seconds(write: Callable[[ExportRequest, Path], None], request: ExportRequest, target: Path) -> float:
    """CPU seconds of one export."""
    start = process_time()
    write(request, target)
    return process_time() - start


def filled_cells(path: Path) -> int:
    """How many cells the tables of a workbook have, the title sheet left out."""
    with ZipFile(path) as archive:
        sheets = [n for n in archive.namelist() if "worksheets/sheet" in n and not n.endswith("sheet1.xml")]
        return sum(len(re.findall(b"<c ", archive.read(name))) for name in sheets)


def main(arguments: Sequence[str]) -> int:
    """Measure both in turn, print, and judge."""
    request = a_request()
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours.xlsx"), Path(folder, "by_hand.xlsx")
        rounds = [(seconds(EXPORTER.export, request, ours), seconds(by_hand, request, theirs)) for _ in range(ROUNDS)]
        cells = filled_cells(ours)
        if cells != filled_cells(theirs):
            print(f"the two programs do not write the same: {cells} and {filled_cells(theirs)} cells")
            return 1
    best_ours, best_theirs = (min(column) for column in zip(*rounds, strict=True))
    ratio = best_theirs / best_ours
    print(f"cells {cells}  ours {best_ours:.2f} s  by hand {best_theirs:.2f} s  (CPU, best of {ROUNDS})")
    print(f"by hand / ours: {ratio:.2f} (wanted: at least {WANTED})")
    return int("--check" in arguments and ratio < WANTED)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
