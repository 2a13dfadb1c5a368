"""Deliberately broken exporters: the proof that the contract catches what it promises to catch.

Each is a small sound exporter with one fault an author might make, next to the test that must find it.
"""

# A mutant's docstring says what is wrong with its one method.
# ruff: noqa: D102

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path

from attrs import frozen

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.reporting import Cell
from almenstyring.domain.text import Text
from almenstyring.domain.values import Dkk, Number
from almenstyring.files import write_whole
from almenstyring.plugins import ExporterDescriptor
from almenstyring.ports import ExportRequest, Table
from almenstyring.testing.exporter_contract import ReadCell, ReadTables

TableCell = Cell | int | Text | None
Plain = tuple[str, str] | None


class SoundExporter:
    """Writes JSON lines: what is said, the comments of the packages, and the tables with the type of every cell."""

    suffixes: tuple[str, ...] = (".lines",)

    def __call__(self, request: ExportRequest, target: Path) -> None:
        self.write(target, "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in self.lines(request)))

    def lines(self, request: ExportRequest) -> list[object]:
        return [
            request.title[request.language],
            [notice[request.language] for notice in request.notices],
            self.mark(request),
            self.comments(request),
            self.tables(request),
        ]

    def mark(self, request: ExportRequest) -> str:
        return "SYNTETISK" if any(package.is_synthetic for package in request.packages) else ""

    def comments(self, request: ExportRequest) -> list[str]:
        return [answer.comment for package in request.packages for answer in package.report.answers.values()]

    def tables(self, request: ExportRequest) -> list[tuple[str, list[list[Plain]]]]:
        return [(table.id, self.rows(table, request)) for table in request.tables]

    def rows(self, table: Table, request: ExportRequest) -> list[list[Plain]]:
        return [[self.cell(cell, request) for cell in row] for row in table.rows]

    def cell(self, cell: TableCell, request: ExportRequest) -> Plain:
        match cell:
            case None:
                return None
            case Text():
                return "text", cell[request.language]
            case Number() | Dkk() | int():
                return "number", str(cell)
            case date():
                return "date", cell.isoformat()
        return "text", cell

    def write(self, target: Path, text: str) -> None:
        write_whole(target, text)


def read_lines(path: Path) -> ReadTables:
    """What ``SoundExporter`` wrote as tables."""
    kinds: dict[str, Callable[[str], ReadCell]] = {"text": str, "number": Decimal, "date": date.fromisoformat}
    tables = json.loads(path.read_text(encoding="utf-8").splitlines()[-1])
    return {
        name: [[kinds[cell[0]](cell[1]) if cell else None for cell in row] for row in rows] for name, rows in tables
    }


class ForgetsItsSuffix(SoundExporter):
    """Can never be chosen."""

    suffixes = ()


class LeavesItsDraft(SoundExporter):
    """A second file stays beside the first."""

    def write(self, target: Path, text: str) -> None:
        super().write(target, text)
        super().write(target.with_suffix(".draft"), text)


class WritesOverTheBeginning(SoundExporter):
    """The end of a longer old file stays behind the new one."""

    def write(self, target: Path, text: str) -> None:
        old = target.read_text(encoding="utf-8") if target.exists() else ""
        super().write(target, text + old[len(text) :])


class AlwaysDanish(SoundExporter):
    """Does not look at the language."""

    def lines(self, request: ExportRequest) -> list[object]:
        return [request.title.da, [notice.da for notice in request.notices], *super().lines(request)[2:]]


class NeedsAPackage(SoundExporter):
    """Fails where there is nothing to export."""

    def lines(self, request: ExportRequest) -> list[object]:
        if not request.packages:
            raise InvalidValueError(Text("Ingen pakker.", "No packages."))
        return super().lines(request)


class HidesWhatIsInvented(SoundExporter):
    """Waits to be told that the organisation is invented."""

    def mark(self, _: ExportRequest) -> str:
        return ""


class StampsEveryCopy(SoundExporter):
    """No two files are the same."""

    copies = count()

    def mark(self, request: ExportRequest) -> str:
        return f"{super().mark(request)} {next(self.copies)}"


class ChokesOnControlCharacters(SoundExporter):
    """Lets one comment stop the export of all packages."""

    def comments(self, request: ExportRequest) -> list[str]:
        found = super().comments(request)
        if any("\x00" in comment for comment in found):
            raise InvalidValueError(Text("Et styretegn.", "A control character."))
        return found


class CutsLongTexts(SoundExporter):
    """What does not fit is silently gone."""

    def cell(self, cell: TableCell, request: ExportRequest) -> Plain:
        return super().cell(cell[:32_767] if isinstance(cell, str) else cell, request)


class GoesThroughFloat(SoundExporter):
    """An amount is not what it was."""

    def cell(self, cell: TableCell, request: ExportRequest) -> Plain:
        if isinstance(cell, Dkk):
            return "number", str(Decimal(cell.count / 100))
        return super().cell(cell, request)


class FillsTheHoles(SoundExporter):
    """A missing value becomes zero."""

    def cell(self, cell: TableCell, request: ExportRequest) -> Plain:
        return super().cell(0 if cell is None else cell, request)


class MixesUpLikeNames(SoundExporter):
    """Of two tables with the same name only the last is there."""

    def tables(self, request: ExportRequest) -> list[tuple[str, list[list[Plain]]]]:
        by_title = {table.title: (table.id, self.rows(table, request)) for table in request.tables}
        return list(by_title.values())


class LeavesOutEmptyTables(SoundExporter):
    """A table without rows looks as if it had never been asked for."""

    def tables(self, request: ExportRequest) -> list[tuple[str, list[list[Plain]]]]:
        return [table for table in super().tables(request) if table[1]]


class ReplacesAFolder(SoundExporter):
    """An empty folder of the same name has to go."""

    def write(self, target: Path, text: str) -> None:
        if target.is_dir():
            target.rmdir()
        super().write(target, text)


class LetsTheSystemSpeak(SoundExporter):
    """The operating system's own exception reaches the caller."""

    def write(self, target: Path, text: str) -> None:
        target.parent.stat()
        super().write(target, text)


class WritesStraightToTheFile(SoundExporter):
    """The old file is gone before the new one is written."""

    def write(self, target: Path, text: str) -> None:
        if target.is_file():
            target.write_text("", encoding="utf-8")
        super().write(target, text)


@frozen
class ExporterMutant:
    """A broken exporter, and the test of the contract that must find it."""

    make: type[SoundExporter]
    fails: str

    @property
    def name(self) -> str:
        """What is wrong with it, as its class says."""
        return self.make.__name__

    def descriptor(self) -> ExporterDescriptor:
        """The broken exporter as a plug-in would offer it."""
        return describe(self.make())


def describe(exporter: SoundExporter) -> ExporterDescriptor:
    """The exporter as a plug-in would offer it."""
    return ExporterDescriptor(
        name="lines", suffixes=exporter.suffixes, export=exporter, description=Text("Linjer", "Lines")
    )


EXPORTER_MUTANTS: Sequence[ExporterMutant] = (
    ExporterMutant(ForgetsItsSuffix, "test_the_descriptor_says_what_it_offers"),
    ExporterMutant(LeavesItsDraft, "test_a_whole_file_is_written_and_nothing_beside_it"),
    ExporterMutant(WritesOverTheBeginning, "test_a_file_that_is_there_is_replaced"),
    ExporterMutant(AlwaysDanish, "test_title_and_notices_are_in_the_language_asked_for"),
    ExporterMutant(NeedsAPackage, "test_an_export_of_nothing_is_a_file_too"),
    ExporterMutant(HidesWhatIsInvented, "test_invented_organisations_are_marked_syntetisk_without_being_told"),
    ExporterMutant(StampsEveryCopy, "test_the_same_request_gives_the_same_content"),
    ExporterMutant(ChokesOnControlCharacters, "test_a_nasty_text_in_a_package_does_not_stop_the_export"),
    ExporterMutant(CutsLongTexts, "test_a_nasty_text_in_a_cell_comes_back_as_text"),
    ExporterMutant(GoesThroughFloat, "test_every_kind_of_cell_comes_back_equal"),
    ExporterMutant(FillsTheHoles, "test_missing_zero_and_ingen_stay_three_things"),
    ExporterMutant(MixesUpLikeNames, "test_tables_with_like_names_stay_apart"),
    ExporterMutant(LeavesOutEmptyTables, "test_a_table_without_rows_is_there"),
    ExporterMutant(ReplacesAFolder, "test_a_folder_in_the_place_of_the_file_is_refused"),
    ExporterMutant(LetsTheSystemSpeak, "test_a_folder_that_does_not_exist_is_refused"),
    ExporterMutant(WritesStraightToTheFile, "test_a_full_disk_leaves_the_old_file_as_it_was_and_nothing_else"),
)
