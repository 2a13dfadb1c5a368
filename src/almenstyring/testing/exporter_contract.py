"""What every exporter must do, as tests that an adapter's author inherits."""

# A test's name is its description.
# ruff: noqa: D102

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

import pytest
from attrs import evolve

from almenstyring.content import load_standard
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import AlmenstyringError
from almenstyring.domain.reporting import AnnualReport, AuditorsProtocol, Cell, DocumentationPackage, Sheet
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values import Dkk, Number
from almenstyring.plugins import ExporterDescriptor
from almenstyring.ports import ExportRequest, Table, TableColumn
from almenstyring.testing.applicable import leave_out_unoffered
from almenstyring.testing.builders import clean_package

ReadCell = str | int | Decimal | date | None
ReadTables = Mapping[str, Sequence[Sequence[ReadCell]]]
ReadBack = Callable[..., ReadTables]

NASTY_TEXTS = {
    "a formula": "=1+1",
    "a command": '=cmd|"/c calc"!A1',
    "a plus": "+4512345678",
    "a minus": "-2+3",
    "an at sign": "@SUM(A1:A9)",
    "a tab before a formula": "\t=1+1",
    "an error value": "#N/A",
    "markup": "<script>alert('x')</script> & \"citat\" </td></table>",
    "Danish letters": "Æblehavens Boligselskab, Århus Ø",
    "emoji": "🏘️ 👩‍🔧",
    "right to left": "\u05e9\u05dc\u05d5\u05dd \u202eabc\u202c",
    "several lines": "første linje\nanden linje",
    "control characters": "før\x00\x07\x1b[31mefter",
    "half a surrogate pair": "før\ud83cefter",
    "an escape of the format": "_x0041_",
    "100 kB": " ".join(f"{number:09}" for number in range(10_000)),
}
_MADE_ON = date(2026, 6, 29)
_TITLE = Text("Pakker til aflevering", "Packages for delivery")
_NOTICE = Text("Kun til internt brug.", "For internal use only.")
_COLUMNS = tuple(
    TableColumn(id=name, title=Text(da, en))
    for name, da, en in (
        ("text", "Navn på enhed", "Name of unit"),
        ("number", "Antal af noget", "Number of something"),
        ("money", "Beløb i kroner", "Amount in kroner"),
        ("day", "Skæringsdag", "Cut-off day"),
        ("count", "Optælling", "Tally"),
        ("bilingual", "Betegnelse", "Designation"),
    )
)
_ROWS: tuple[tuple[Cell | int | Text | None, ...], ...] = (
    ("enhed", Number.of("0.94"), Dkk.of("1234.50"), date(2026, 2, 28), 7, Text("ingen", "none")),
    ("0007", Number.of("-9.41"), Dkk.of("-0.01"), date(1999, 12, 31), -3, Text("nej", "no")),
    ("zero", Number.of(0), Dkk.of(0), date(2024, 2, 29), 0, Text("ikke relevant", "not applicable")),
    ("exact", Number.of("0.000001"), Dkk.of("1234567890123.45"), date(2026, 1, 1), 10**12, Text("ja", "yes")),
    ("vast", Number.of("9007199254740.993"), Dkk.of("-92233720368547758.07"), None, 2**62, None),
    ("missing", None, None, None, None, None),
)


def an_export(language: Language = "da", note: str = "en bemærkning") -> ExportRequest:
    """An export of one invented package with ``note`` in a comment, and of one table with every kind of cell."""
    standard = load_standard(ReportYear(2026))
    package = clean_package(2026, estates=1)
    commented = package.answer(next(iter(package.report.answers)), comment=note)
    return ExportRequest(
        packages=(commented,),
        tables=(Table(id="all_kinds", title=Text("Alle slags", "All kinds"), columns=_COLUMNS, rows=_ROWS),),
        title=_TITLE,
        standards=(standard,),
        notices=(_NOTICE,),
        language=language,
        made_on=_MADE_ON,
    )


def _a_silent_package() -> DocumentationPackage:
    """An invented package whose own texts do not say so."""
    full = clean_package(2026, estates=0)
    return evolve(
        full, report=Sheet(unit=full.organisation), annual_report=AnnualReport(), auditors_protocol=AuditorsProtocol()
    )


def a_table_of(texts: Sequence[str]) -> Table:
    """A table with one text per row."""
    rows = tuple((text,) for text in texts)
    return Table(id="texts", title=Text("Tekster", "Texts"), columns=_COLUMNS[:1], rows=rows)


class ExporterContract:
    """Subclass this in your tests and override the fixture ``descriptor``; pytest does the rest.

    ``read_text`` gives all that a reader of the file can see as one text. ``read_tables`` gives the rows under the
    headings of each table by its id, as text, whole or decimal numbers, dates, and None where nothing is; an
    exporter that makes its file from the packages sets ``writes_tables`` to False, and the tests of tables are not
    collected. ``shown`` says how the format shows a text it cannot hold as it is; whatever can be printed must
    still be there.
    """

    writes_tables: ClassVar[bool] = True

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        leave_out_unoffered(cls, {"read_back": cls.writes_tables})

    @pytest.fixture
    def descriptor(self) -> ExporterDescriptor:
        """The exporter under test."""
        pytest.fail("override the fixture descriptor", pytrace=False)

    def read_text(self, path: Path) -> str:
        """Everything the file says."""
        return path.read_text(encoding="utf-8")

    def read_tables(self, path: Path) -> ReadTables:  # noqa: ARG002 - the override uses it
        """The rows of every table by its id, without the headings."""
        pytest.fail("override read_tables, or set writes_tables to False", pytrace=False)

    def shown(self, text: str) -> str:
        """A text as the format shows it, if it cannot hold it as it is."""
        return text

    @pytest.fixture
    def target(self, descriptor: ExporterDescriptor, tmp_path: Path) -> Path:
        """Where to write; nothing is there."""
        return tmp_path / f"eksport{descriptor.suffixes[0]}"

    @pytest.fixture
    def read_back(self, descriptor: ExporterDescriptor, target: Path) -> ReadBack:
        """Exports tables and reads them from the file, where the format has tables."""

        def export_and_read(*tables: Table) -> ReadTables:
            descriptor.export(evolve(an_export(), tables=tables), target)
            return self.read_tables(target)

        return export_and_read

    def test_the_descriptor_says_what_it_offers(self, descriptor: ExporterDescriptor) -> None:
        assert descriptor.suffixes
        assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in descriptor.suffixes)
        assert descriptor.description.da
        assert descriptor.description.en

    def test_a_whole_file_is_written_and_nothing_beside_it(self, descriptor: ExporterDescriptor, target: Path) -> None:
        descriptor.export(an_export(), target)
        assert [path.name for path in target.parent.iterdir()] == [target.name]
        assert self.read_text(target)

    def test_a_file_that_is_there_is_replaced(self, descriptor: ExporterDescriptor, target: Path) -> None:
        target.write_bytes(b"x" * 1_000_000)
        descriptor.export(an_export(), target)
        assert b"xxxx" not in target.read_bytes()
        assert _TITLE.da in self.read_text(target)

    @pytest.mark.parametrize("language", ["da", "en"])
    def test_title_and_notices_are_in_the_language_asked_for(
        self, descriptor: ExporterDescriptor, target: Path, language: Language
    ) -> None:
        descriptor.export(an_export(language), target)
        text = self.read_text(target)
        assert _TITLE[language] in text
        assert _NOTICE[language] in text

    def test_an_export_of_nothing_is_a_file_too(self, descriptor: ExporterDescriptor, target: Path) -> None:
        nothing = evolve(an_export(), packages=(), tables=(), standards=())
        descriptor.export(nothing, target)
        assert _TITLE.da in self.read_text(target)

    def test_invented_organisations_are_marked_syntetisk_without_being_told(
        self, descriptor: ExporterDescriptor, target: Path
    ) -> None:
        silent = evolve(an_export("en"), packages=(_a_silent_package(),), notices=())
        descriptor.export(silent, target)
        assert "SYNTETISK" in self.read_text(target)
        descriptor.export(evolve(silent, packages=(), standards=()), target)
        assert "SYNTETISK" not in self.read_text(target)

    def test_the_same_request_gives_the_same_content(self, descriptor: ExporterDescriptor, target: Path) -> None:
        descriptor.export(an_export(), target)
        first = self.read_text(target)
        descriptor.export(an_export(), target)
        assert first == self.read_text(target)

    @pytest.mark.parametrize("name", sorted(NASTY_TEXTS.keys() - {"half a surrogate pair"}))  # no package holds that
    def test_a_nasty_text_in_a_package_does_not_stop_the_export(
        self, descriptor: ExporterDescriptor, target: Path, name: str
    ) -> None:
        descriptor.export(an_export(note=NASTY_TEXTS[name]), target)
        assert _TITLE.da in self.read_text(target)

    @pytest.mark.parametrize("name", NASTY_TEXTS)
    def test_a_nasty_text_in_a_cell_comes_back_as_text(self, read_back: ReadBack, name: str) -> None:
        text = NASTY_TEXTS[name]
        (row,) = read_back(a_table_of([text]))["texts"]
        assert row == [self.shown(text)]
        assert [c for c in text if c.isprintable()] == [c for c in self.shown(text) if c.isprintable() and c in text]

    @pytest.mark.parametrize("place", range(len(_ROWS)), ids=[str(row[0]) for row in _ROWS])
    def test_every_kind_of_cell_comes_back_equal(self, read_back: ReadBack, place: int) -> None:
        found = read_back(an_export().tables[0])["all_kinds"][place]
        assert len(found) == len(_ROWS[place])
        for cell, wanted in zip(found, map(_plain, _ROWS[place]), strict=True):
            assert cell == wanted or (_is_beyond_a_double(wanted) and cell == str(wanted)), f"{cell} is not {wanted}"

    def test_missing_zero_and_ingen_stay_three_things(self, read_back: ReadBack) -> None:
        rows = ((None,), (0,), (Dkk.of(0),), (Text("ingen", "none"),), (Text("ikke relevant", "not applicable"),))
        table = evolve(a_table_of([]), rows=rows)
        found = [row[0] for row in read_back(table)["texts"]]
        assert found == [None, 0, 0, "ingen", "ikke relevant"]

    def test_tables_with_like_names_stay_apart(self, read_back: ReadBack) -> None:
        long = Text("Et meget langt navn på en tabel: [1/2]?", "A very long name of a table: [1/2]?")
        tables = [evolve(a_table_of([name]), id=name, title=long) for name in ("first", "second")]
        found = read_back(*tables)
        assert [list(map(list, found[name])) for name in ("first", "second")] == [[["first"]], [["second"]]]

    def test_a_table_without_rows_is_there(self, read_back: ReadBack) -> None:
        assert list(read_back(a_table_of([]))["texts"]) == []

    def test_a_folder_in_the_place_of_the_file_is_refused(self, descriptor: ExporterDescriptor, target: Path) -> None:
        target.mkdir()
        _is_refused(descriptor, target)
        assert list(target.iterdir()) == []

    def test_a_folder_that_does_not_exist_is_refused(self, descriptor: ExporterDescriptor, target: Path) -> None:
        _is_refused(descriptor, target.parent / "findes ikke" / target.name)

    def test_a_full_disk_leaves_the_old_file_as_it_was_and_nothing_else(
        self, descriptor: ExporterDescriptor, target: Path
    ) -> None:
        target.write_text("den gamle fil")
        descriptor.export(an_export(), target.with_name(f"prøve{target.suffix}"))  # loads what it needs
        target.with_name(f"prøve{target.suffix}").unlink()
        with _a_full_disk():
            _is_refused(descriptor, target)
        assert target.read_text() == "den gamle fil"
        assert [path.name for path in target.parent.iterdir()] == [target.name]


def _plain(cell: Cell | int | Text | None) -> ReadCell:
    match cell:
        case Number() | Dkk():
            return Decimal(str(cell))
        case Text():
            return cell.da
    return cell


def _is_beyond_a_double(value: ReadCell) -> bool:
    """Numbers of more than 15 digits may stand as text where a format would round them."""
    return isinstance(value, int | Decimal) and sum(map(str.isdigit, str(value))) > 15


def _is_refused(descriptor: ExporterDescriptor, target: Path) -> None:
    with pytest.raises(AlmenstyringError) as caught:
        descriptor.export(an_export(), target)
    message, hint = caught.value.message, caught.value.hint
    assert message.da and message.en, "an error says what happened in both languages"
    assert hint.da and hint.en, "an error says what to do in both languages"


@contextmanager
def _a_full_disk() -> Iterator[None]:
    """No file can grow beyond a few bytes, as when the disk is full; where the system cannot do that, skip."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
