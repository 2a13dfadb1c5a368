"""What is written for people: tables, exports, calendars, pictures."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Protocol, runtime_checkable

from attrs import field, frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue.calendar_requests import CalendarRequest
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.figures.pictures import (
    Picture,
)
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting import Cell, DocumentationPackage, Standard
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values import LbfNumber
from almenstyring.domain.values.faults import known_language


@frozen(kw_only=True)
class TableColumn:
    """One column of an export table; ``decimals`` tells how a number is shown."""

    id: str
    title: Text
    decimals: int | None = None
    width: int = 14


@frozen(kw_only=True)
class Table:
    """A neutral table (da: tabel): every export is made from these, never from strings.

    A cell is text, a Number, a Dkk, a date, an int, or None where the value is missing.
    """

    id: str
    title: Text
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell | int | Text | None, ...], ...]


@frozen(kw_only=True)
class DrawnPicture:
    """A picture of a package's unit, drawn as SVG in the language of the export (da: tegnet billede)."""

    organisation: LbfNumber
    report_year: ReportYear
    unit: Unit
    picture: Picture
    svg: bytes = field(repr=False)


@frozen(kw_only=True)
class ExportRequest:
    """What an exporter gets: the packages, the same as neutral tables, notices to print on top, a language.

    ``standards`` holds the standard of each package, in the same order, so that each is shown in its own words:
    two packages of one year may have been sent under different corrections of it. Another number of standards
    than of packages raises InvalidValueError. ``pictures`` are those drawn beforehand, for formats that can show them.
    Without packages the tables are all there is, such as those of data sheets; ``invented`` says that they are of
    invented units.
    """

    packages: tuple[DocumentationPackage, ...]
    tables: tuple[Table, ...]
    title: Text
    standards: tuple[Standard, ...]
    notices: tuple[Text, ...] = ()
    language: Language = field(default="da", converter=known_language)
    made_on: date
    pictures: tuple[DrawnPicture, ...] = ()
    invented: bool = False

    @property
    def is_synthetic(self) -> bool:
        """What is exported belongs to an invented organisation, and the export says SYNTETISK."""
        return self.invented or any(package.is_synthetic for package in self.packages)

    def pictures_of(self, package: DocumentationPackage) -> tuple[DrawnPicture, ...]:
        """The pictures that were drawn for one of the packages."""
        owner = (package.organisation, package.report_year)
        return tuple(each for each in self.pictures if (each.organisation, each.report_year) == owner)

    def __attrs_post_init__(self) -> None:
        if len(self.packages) != len(self.standards):
            raise InvalidValueError(
                Text("Hver pakke skal have sin standard.", "Each package needs its standard."),
                Text("Giv dem i samme rækkefølge som pakkerne.", "Give them in the order of the packages."),
                packages=len(self.packages),
                standards=len(self.standards),
            )


@runtime_checkable
class Exporter(Protocol):
    """Writes an export to a file (da: eksport). Contract: ``ExporterContract``."""

    def __call__(self, request: ExportRequest, target: Path) -> None:
        """Write the whole file or raise BackendError and leave no half file behind."""


@runtime_checkable
class CalendarWriter(Protocol):
    """Writes calendars (da: kalenderskriver). Contract: ``CalendarContract``."""

    def __call__(self, request: CalendarRequest) -> bytes:
        """The calendar as the content of a file; the same request gives the same bytes.

        It shows ``title`` of the calendar and of each entry, and what no calendar can hold, such as control characters,
        is left out.
        """


@runtime_checkable
class PictureRenderer(Protocol):
    """Draws pictures (da: tegner). Belongs to one thread. Contract: ``PictureContract``."""

    def draw(self, picture: Picture, suffix: str, language: Language = "da", *, scale: int = 2) -> bytes:
        """The picture as the content of a file with the suffix, in any case, such as ".svg".

        ``scale`` is the pixels per unit of length, 1-8, where the format has pixels. The same call gives the same
        bytes. An SVG has the picture's title and description as ``<title>`` and ``<desc>``. InvalidValueError for
        another suffix or scale, BackendError if the drawing fails.
        """
