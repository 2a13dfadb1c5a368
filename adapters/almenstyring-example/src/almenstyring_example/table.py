"""Reading one CSV file as Danish spreadsheets write it: semicolons, UTF-8; a fault names file, line and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from attrs import frozen

from almenstyring import BackendError, Text

T = TypeVar("T")


def _fault(place: str, da: str, en: str) -> BackendError:
    hint = Text("Ret filen, og åbn kilden igen; intet er ændret.", "Mend the file and open the source again.")
    return BackendError(Text(f"{place}: {da}", f"{place}: {en}"), hint, place=place)


@frozen
class Row:
    """One line of a file; ``read`` takes a cell through a function such as ``Dkk.parse_danish``."""

    place: str
    cells: Mapping[str, str]

    def read(self, column: str, reader: Callable[[str], T]) -> T:
        """The value in the column, or BackendError with its place if the reader refuses or does not know it."""
        cell = self.cells[column].strip()
        try:
            return reader(cell)
        except (ValueError, LookupError) as error:  # almenstyring's InvalidValueError is a ValueError
            text = getattr(error, "message", Text(f"'{cell}' kan ikke bruges.", f"'{cell}' cannot be used."))
            raise _fault(f"{self.place}, {column}", text.da, text.en) from error


def rows(file: Path, *columns: str) -> Iterator[Row]:
    """The lines of a file whose first line names at least these columns."""
    try:
        lines = csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline=""), delimiter=";", strict=True)
        missing = [column for column in columns if column not in (lines.fieldnames or ())]
        if missing:
            raise _fault(f"{file.name}:1", f"kolonner mangler: {missing}", f"columns are missing: {missing}")
        for cells in lines:
            place = f"{file.name}:{lines.line_num}"
            if None in cells or None in cells.values():
                raise _fault(place, "linjen har ikke et felt pr. kolonne.", "the line has not one field per column.")
            yield Row(place, cells)
    except (OSError, UnicodeError, csv.Error) as error:  # a driver's own errors never leave an adapter
        raise _fault(file.name, f"filen kan ikke læses: {error}", f"the file cannot be read: {error}") from error
