"""A package as people read it, from its own year's standard: one HTML page or plain text, without outside resources."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from almenstyring.application import wording
from almenstyring.application.printable import printable
from almenstyring.builtin.readable_parts import Drawing, Report
from almenstyring.builtin.readable_view import report_of
from almenstyring.builtin.table_report import has_only_tables, report_of_tables
from almenstyring.domain.errors import PluginError
from almenstyring.domain.reporting import DocumentationPackage, Standard
from almenstyring.domain.text import Language, Text
from almenstyring.files import write_whole
from almenstyring.ports import ExportRequest

if TYPE_CHECKING:
    from jinja2 import Environment

WIDTH = 100
"""Characters of a line of text; tables may be wider."""

WIDEST_CELL = 64
"""Characters of a table's cell in text, enough for a SHA-256; a longer one is folded."""

_WORDS = {
    "comment": Text("Kommentar", "Comment"),
    "source": Text("Kilde", "Source"),
    "contents": Text("Indhold", "Contents"),
    "notes": Text("Om dette dokument", "About this document"),
    "no_packages": Text("Der er ingen pakker i eksporten.", "There are no packages in the export."),
    "made_on": Text("Dannet", "Made on"),
    "why_synthetic": wording.WHY_SYNTHETIC,
}


def render_html(package: DocumentationPackage, standard: Standard, language: Language, on: date) -> str:
    """One package as a whole HTML page; ``on`` is the day it is shown."""
    return page("report.html", [report_of(package, standard, language, on)], language)


def render_text(package: DocumentationPackage, standard: Standard, language: Language, on: date) -> str:
    """One package as plain text."""
    return page("report.txt", [report_of(package, standard, language, on)], language)


def tables_as_html(request: ExportRequest) -> str:
    """An export that holds only tables as a whole HTML page."""
    return page("report.html", [report_of_tables(request)], request.language)


def tables_as_text(request: ExportRequest) -> str:
    """An export that holds only tables as plain text."""
    return page("report.txt", [report_of_tables(request)], request.language)


def write_html(request: ExportRequest, target: Path) -> None:
    """Write one page with all packages, whole or not at all."""
    write_whole(target, _all("report.html", request))


def write_text(request: ExportRequest, target: Path) -> None:
    """Write all packages as plain text, whole or not at all."""
    write_whole(target, _all("report.txt", request))


def _all(template: str, request: ExportRequest) -> str:
    language = request.language
    if has_only_tables(request):
        return page(template, [report_of_tables(request)], language)
    reports = [
        report_of(package, standard, language, request.made_on, request.pictures_of(package))
        for package, standard in zip(request.packages, request.standards, strict=True)
    ]
    made_on = wording.said(request.made_on, language)
    notices = [notice[language] for notice in request.notices if notice != wording.SYNTHETIC_NOTICE]  # on top already
    return page(template, reports, language, title=request.title[language], notices=notices, made_on=made_on)


def page(  # noqa: PLR0913 - what a template is told
    template: str,
    reports: Sequence[Report],
    language: Language,
    *,
    title: str = "",
    notices: Sequence[str] = (),
    made_on: str = "",
) -> str:
    """A template filled with reports, as a whole page."""
    text = (
        _templates()
        .get_template(template)
        .render(
            reports=reports,
            language=language,
            title=title,
            notices=notices,
            made_on=made_on,
            words={name: word[language] for name, word in _WORDS.items()},
            synthetic=wording.SYNTHETIC if any(report.is_synthetic for report in reports) else "",
        )
    )
    return f"{text.strip()}\n"


@cache
def _templates() -> Environment:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
    except ImportError as error:
        raise PluginError(
            Text("Læselige rapporter kræver jinja2.", "Readable reports need jinja2."),
            Text(
                "Installer det med: pip install 'almenstyring[cli]'", "Install it with: pip install 'almenstyring[cli]'"
            ),
            package="jinja2",
        ) from error
    environment = Environment(
        loader=PackageLoader("almenstyring.builtin"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=printable,
    )
    environment.filters.update(wrapped=_wrapped, columns=_columns, inline=_inline)
    return environment


_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")


def _inline(text: object) -> str:
    """What a person wrote as one line of Markdown, where no character of it means anything but itself."""
    return _MARKS.sub(r"\\\1", " ".join(str(printable(str(text))).split()))


def _wrapped(text: str, indent: int = 0) -> str:
    """The text in lines of bounded width, its own line breaks kept."""
    margin = " " * indent
    lines = (
        textwrap.fill(line, WIDTH, initial_indent=margin, subsequent_indent=margin, break_on_hyphens=False)
        for line in str(printable(text)).split("\n")
    )
    return "\n".join(lines)


def _columns(rows: Sequence[Sequence[str | Drawing]], figures: Sequence[int], indent: int) -> str:
    """Rows under each other in columns as wide as their widest cell; a wide one goes on below, figures to the right."""
    folded = [[_folded(cell) for cell in row] for row in rows]
    widths = [max(len(line) for cell in column for line in cell) for column in zip(*folded, strict=True)]
    return "\n".join(
        " " * indent + "  ".join(map(_set, line, widths, (place in figures for place in range(len(widths))))).rstrip()
        for row in folded
        for line in zip_longest(*row, fillvalue="")
    )


def _folded(cell: str | Drawing) -> list[str]:
    lines = str(printable(cell)).split("\n")
    return [part for line in lines for part in textwrap.wrap(line, WIDEST_CELL) or [""]]


def _set(cell: str, width: int, is_figure: bool) -> str:
    return cell.rjust(width) if is_figure else cell.ljust(width)
