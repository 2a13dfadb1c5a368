"""The workbook keeps the kit's contract, and is what a person in an office expects of a workbook."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring import BackendError, Dkk, Number, Text
from almenstyring.plugins import ExporterDescriptor, Registry
from almenstyring.ports import Table, TableColumn
from almenstyring.testing.exporter_contract import ExporterContract, ReadCell, ReadTables, a_table_of, an_export
from almenstyring_excel import EXPORTER, workbook
from almenstyring_excel.texts import LONGEST_CELL, PIECE, fitting, is_too_long, pieces, sheet_name

LONG = " ".join(f"{number:09}" for number in range(10_000))


def read_cell(value: object, fragments: Mapping[str, str]) -> ReadCell:
    """A cell of the workbook as the value it stands for."""
    match value:
        case datetime():
            return value.date()
        case int() | float():
            return Decimal(repr(value))
        case str():
            note = re.search(r"under nr\. (\d+)]$", value)
            return fragments[note[1]] if note else re.sub(r"_x005F_(?=x[0-9A-F]{4}_)", "_", value)
    return None


def rows_of(sheet: Any) -> list[list[object]]:
    """The values of a sheet without its headings."""
    return [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]


def long_texts(book: Any) -> dict[str, str]:
    """The texts of the sheet of long texts by their number, put together."""
    found: dict[str, str] = {}
    for number, _, _, _, piece in rows_of(book["Lange tekster"]) if "Lange tekster" in book.sheetnames else ():
        found[str(number)] = found.get(str(number), "") + str(piece)
    return found


class TestTheContract(ExporterContract):
    @pytest.fixture
    def descriptor(self) -> ExporterDescriptor:
        return EXPORTER

    def read_text(self, path: Path) -> str:
        book = openpyxl.load_workbook(path)
        return "\n".join(str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)

    def read_tables(self, path: Path) -> ReadTables:
        book = openpyxl.load_workbook(path)
        fragments = long_texts(book)
        names = [name for name in book.sheetnames if name not in ("Om", "Lange tekster")]
        ids = self._ids(names)
        return {
            ids[name]: [[read_cell(value, fragments) for value in row] for row in rows_of(book[name])] for name in names
        }

    def _ids(self, names: Sequence[str]) -> dict[str, str]:
        """The ids of the contract's tables by their sheets; of two with one name the second bears a number."""
        known = {"Alle slags": "all_kinds", "Tekster": "texts"}
        return {name: known.get(name, "second" if name.endswith("(2)") else "first") for name in names}

    def shown(self, text: str) -> str:
        return re.sub("[\x00-\x08\x0e-\x1f]", lambda m: chr(0x2400 + ord(m[0])), text).replace("\ud83c", "\ufffd")


Export = Callable[..., Any]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "eksport.xlsx"


@pytest.fixture
def exported(target: Path) -> Export:
    """Export a request, changed in some fields, and read the workbook back."""

    def export(**changes: Any) -> Any:
        EXPORTER.export(evolve(an_export(changes.pop("language", "da")), **changes), target)
        return openpyxl.load_workbook(target)

    return export


def a_column(values: Sequence[object], decimals: int | None = None) -> Table:
    column = TableColumn(id="value", title=Text("Værdi", "Value"), decimals=decimals, width=20)
    rows: Any = tuple((value,) for value in values)
    return Table(id="values", title=Text("Værdier", "Values"), columns=(column,), rows=rows)


def test_the_registry_finds_the_exporter_by_its_suffix() -> None:
    assert Registry.discover(only=["excel"]).exporter(".xlsx") is EXPORTER


def test_the_driver_is_loaded_only_when_something_is_exported() -> None:
    program = "import sys, almenstyring_excel; sys.exit('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_table_has_a_styled_frozen_heading_a_filter_and_widths(exported: Export) -> None:
    sheet = exported()["Alle slags"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F7"
    assert sheet["A1"].font.b
    assert sheet["A1"].fill.fgColor.rgb.endswith("1F3B57")
    assert sheet.column_dimensions["A"].width == 14
    assert [cell.value for cell in sheet[1]][:3] == ["Navn på enhed", "Antal af noget", "Beløb i kroner"]


def test_a_table_is_printed_across_with_its_heading_on_every_page(exported: Export) -> None:
    sheet = exported()["Alle slags"]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddHeader.center.text == "SYNTETISK"


def test_a_wide_table_is_printed_on_several_pages_side_by_side(exported: Export) -> None:
    columns = tuple(TableColumn(id=f"c{n}", title=Text(f"Kolonne {n}", f"Column {n}"), width=50) for n in range(9))
    table = Table(id="wide", title=Text("Bred", "Wide"), columns=columns, rows=(("x",) * 9,))
    assert exported(tables=(table,))["Bred"].page_setup.fitToWidth == 3


def test_a_row_is_as_high_as_its_longest_text_takes_lines(exported: Export) -> None:
    sheet = exported(tables=(a_column(["kort", "en tekst på noget mere end tyve tegn", "x\n" * 500]),))["Værdier"]
    assert [sheet.row_dimensions[row].height for row in (2, 3, 4)] == [None, 30, 409]


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        pytest.param("da", Dkk.of("1234.5"), '#,##0.00" kr."', id="kroner"),
        pytest.param("en", Dkk.of("1234.5"), '"DKK "#,##0.00', id="kroner in English"),
        pytest.param("da", date(2026, 6, 29), "dd-mm-yyyy", id="a date"),
        pytest.param("da", Number.of("0.125"), "#,##0.000", id="a number with its decimals"),
        pytest.param("da", Number.of(12), "#,##0", id="a whole number"),
        pytest.param("da", 2026, "0", id="a year has no thousands"),
        pytest.param("da", True, "0", id="a truth that got in as a number"),
        pytest.param("da", "tekst", "@", id="text"),
    ],
)
def test_a_cell_has_the_number_format_of_its_kind(exported: Export, language: str, value: object, shown: str) -> None:
    book = exported(tables=(a_column([value]),), language=language)
    assert book[book.sheetnames[1]]["A2"].number_format == shown


def test_a_column_can_ask_for_more_decimals(exported: Export) -> None:
    assert exported(tables=(a_column([Number.of(3)], decimals=2),))["Værdier"]["A2"].number_format == "#,##0.00"


@pytest.mark.parametrize("text", ["=1+1", "+45", "-2", "@SUM(A1)", "\t=1", "#N/A", "=", "_x003D_1"])
def test_nothing_becomes_a_formula_or_an_error(exported: Export, target: Path, text: str) -> None:
    cell = exported(tables=(a_table_of([text]),))["Tekster"]["A2"]
    assert cell.data_type == "s"
    assert bool(cell.quotePrefix) == text.startswith(("=", "+", "-", "@", "\t"))
    with ZipFile(target) as archive:
        assert not any(re.search(b"<f[ />]", archive.read(name)) for name in archive.namelist() if "worksheets" in name)


def test_the_headings_and_the_title_sheet_are_no_formulas_either(exported: Export) -> None:
    evil = Text("=1+1", "=1+1")
    table = Table(id="x", title=evil, columns=(TableColumn(id="a", title=evil),), rows=())
    book = exported(tables=(table,), title=evil, notices=(evil,))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_a_number_stands_in_the_file_with_the_digits_it_has(exported: Export, target: Path) -> None:
    exported(tables=(a_column([Number.of("0.94"), Dkk.of("-1234.50"), 7]),))
    with ZipFile(target) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml")
    assert re.findall(b"<v>(.*?)</v>", sheet) == [b"0.94", b"-1234.50", b"7"]


def test_dates_that_excel_cannot_count_stand_as_text(exported: Export) -> None:
    sheet = exported(tables=(a_column([date(1850, 1, 1), date(1900, 3, 1)]),))["Værdier"]
    assert [cell.value for cell in sheet["A"][1:]] == ["1850-01-01", datetime.fromisoformat("1900-03-01")]


def test_numbers_that_excel_would_round_stand_as_text_and_the_title_sheet_says_so(exported: Export) -> None:
    book = exported(tables=(a_column([Dkk(10**15), Dkk(10**15 - 1)]),))
    assert [cell.data_type for cell in book["Værdier"]["A"][1:]] == ["s", "n"]
    assert "over 15 cifre" in said(book["Om"])


def said(sheet: Any) -> str:
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)


def test_the_title_sheet_says_what_the_workbook_is(exported: Export) -> None:
    about = exported()["Om"]
    assert "Pakker til aflevering" in said(about)
    assert "Kun til internt brug." in said(about)
    assert "Dannet 29-06-2026" in said(about)
    (mark,) = [cell for row in about.iter_rows() for cell in row if cell.value == "SYNTETISK"]
    assert mark.font.sz >= 24
    assert about["A8"].value == "Alle slags"
    assert about["A8"].hyperlink.location == "'Alle slags'!A1"
    assert about["B8"].value == 6


def test_the_title_sheet_is_in_the_language_asked_for(exported: Export) -> None:
    assert "Made on 2026-06-29" in said(exported(language="en")["About"])


def test_a_text_too_long_for_a_cell_is_cut_visibly_and_kept_whole_elsewhere(exported: Export) -> None:
    book = exported(tables=(a_table_of(["kort", LONG]),))
    cell = book["Tekster"]["A3"].value
    assert len(cell) < LONGEST_CELL
    assert cell.endswith("… [forkortet: alle 99999 tegn står i arket Lange tekster under nr. 1]")
    assert long_texts(book) == {"1": LONG}
    assert rows_of(book["Lange tekster"])[0][:4] == [1, "Tekster", "A3", 1]


def test_control_characters_are_shown_by_their_symbols_and_the_title_sheet_says_so(exported: Export) -> None:
    book = exported(tables=(a_table_of(["a\x00b\x1bc\r\nd"]),))
    assert book["Tekster"]["A2"].value == "a␀b␛c\nd"
    assert "Styretegn" in said(book["Om"])
    assert "Styretegn" not in said(exported(tables=(a_table_of(["a\r\nb"]),))["Om"])


def test_a_table_longer_than_a_sheet_goes_on_in_another(exported: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    book = exported(tables=(a_table_of([str(number) for number in range(7)]),))
    assert book.sheetnames == ["Om", "Tekster", "Tekster (2)", "Tekster (3)"]
    assert [row for name in book.sheetnames[1:] for row in rows_of(book[name])] == [[str(n)] for n in range(7)]


def test_the_same_request_gives_the_same_bytes_and_its_own_dates(exported: Export, target: Path) -> None:
    properties = exported().properties
    first = target.read_bytes()
    exported()
    assert target.read_bytes() == first
    assert properties.created == properties.modified == datetime.fromisoformat("2026-06-29")
    assert properties.title == "Pakker til aflevering"


def test_a_failure_leaves_no_temporary_files_of_the_driver(target: Path, tmp_path: Path) -> None:
    program = f"""
import resource, sys, tempfile
from pathlib import Path
from almenstyring import BackendError
from almenstyring.testing.exporter_contract import an_export
from almenstyring_excel import EXPORTER
tempfile.tempdir = {str(tmp_path)!r}
request, target = an_export(), Path({str(target)!r})
EXPORTER.export(request, target)
before = target.read_bytes()
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]) % len(before),) * 2)
try:
    EXPORTER.export(request, target)
except BackendError as error:
    assert target.read_bytes() == before
    print(error.message.da, sorted(path.name for path in Path({str(tmp_path)!r}).iterdir()))
"""
    for limit in ("10", "2000", "-1"):
        done = subprocess.run([sys.executable, "-c", program, limit], capture_output=True, text=True, check=False)
        assert "ikke plads på disken" in done.stdout, done.stderr
        assert done.stdout.endswith("['eksport.xlsx']\n")


def test_a_device_is_not_replaced() -> None:
    with pytest.raises(BackendError, match="not a regular file"):
        EXPORTER.export(an_export(), Path("/dev/full"))
    assert Path("/dev/full").is_char_device()


@given(st.text())
def test_every_text_is_made_fit_for_a_cell_and_only_once(text: str) -> None:
    fit = fitting(text)
    fit.encode("utf-16-le")
    assert not re.search("[\x00-\x08\x0b-\x1f\ufffe\uffff]", fit)
    assert fitting(fit.replace("_x005F_", "_")) == fit or "_x005F_" in text


@given(st.text(min_size=1, max_size=200))
def test_pieces_put_together_are_the_text_and_fit(text: str) -> None:
    long = text * (PIECE // len(text) + 2)
    parts = pieces(long)
    assert "".join(parts) == long
    assert not any(is_too_long(part) for part in parts)


@given(st.lists(st.text(max_size=50), max_size=8))
def test_sheet_names_are_valid_and_never_the_same(titles: list[str]) -> None:
    taken: set[str] = set()
    names = [sheet_name(title, taken) for title in titles]
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert 1 <= len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert name.lower() != "history"
        assert not name.startswith("'") and not name.endswith("'")


def test_excels_own_sheet_name_is_avoided() -> None:
    assert sheet_name("History", set()) == "History_"


def test_tables_of_invented_units_say_so_without_a_package(exported: Export) -> None:
    book = exported(packages=(), standards=(), invented=True)
    about = book[book.sheetnames[0]]
    assert "SYNTETISK" in [about.cell(row, 1).value for row in range(1, 5)]
    assert {sheet.oddHeader.center.text for sheet in book.worksheets} == {"SYNTETISK"}
    plain = exported(packages=(), standards=(), invented=False)
    assert "SYNTETISK" not in [plain[plain.sheetnames[0]].cell(row, 1).value for row in range(1, 5)]
