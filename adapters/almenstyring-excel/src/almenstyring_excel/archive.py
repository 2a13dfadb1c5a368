"""Saving a workbook so that the same content always gives the same bytes."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The time of every member of the archive: the first the format knows."""


class _Timeless(ZipFile):
    """An archive whose members all bear the same time, and no trace of the machine."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        super().writestr(_member(str(zinfo_or_arcname)), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        with Path(filename).open("rb") as source, self.open(_member(str(arcname)), "w") as member:
            shutil.copyfileobj(source, member, 1 << 20)


def _member(name: str) -> ZipInfo:
    member = ZipInfo(name, _BEGINNING)
    member.compress_type = ZIP_DEFLATED
    return member


def save(book: Workbook, path: Path) -> None:
    """Write the workbook; unlike ``book.save`` it leaves the properties' dates alone."""
    with _Timeless(path, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()


def discard(book: Workbook) -> None:
    """Give back what the sheets of a workbook still hold: open generators and their temporary files.

    A saved workbook holds nothing. One that failed would write its last tags when it is collected, into files that
    are closed by then, and leave the files until the program ends.
    """
    for sheet in book.worksheets:
        rows, writer = getattr(sheet, "_rows", None), getattr(sheet, "_writer", None)
        for generator in (rows, getattr(writer, "xf", None)):
            with suppress(OSError, StopIteration):
                if generator is not None:
                    generator.close()
        if writer is not None and Path(writer.out).exists():
            writer.cleanup()
