"""Reading a plain table of costs per home, as spreadsheets write it: one line per unit, one column per account."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from almenstyring.codec import LARGEST_DOCUMENT
from almenstyring.domain.errors import DecodeError, Fault, InvalidValueError
from almenstyring.domain.figures.efficiency_costs import HomeCosts
from almenstyring.domain.text import Text
from almenstyring.domain.values.faults import shown
from almenstyring.domain.values.notation import read_danish, read_plain

_KEYS = ("unit", "group")
_MOST_FAULTS = 20
"""A table in the wrong notation has a fault in every cell; nobody reads them all."""

Read = Callable[[str], tuple[int, int]]


@frozen
class _Line:
    """A line of the table with the number of its last line in the file."""

    number: int
    cells: Sequence[str]


def read_cost_table(content: bytes, *, file: str) -> tuple[HomeCosts, ...]:
    """The units of a table ``unit,group,…`` with one or more cost accounts in kroner per home.

    UTF-8 with or without a byte order mark. With commas numbers are written 1234.50; with semicolons also 1.234,50,
    but one way in the whole table. An empty cell is a missing cost. ``DecodeError`` holds the faults found, each with
    file, line and column.
    """
    if len(content) > LARGEST_DOCUMENT:
        what = Text(
            f"Tabellen fylder over {LARGEST_DOCUMENT} byte. Del den op efter group.",
            f"It takes more than {LARGEST_DOCUMENT} bytes. Split it by group.",
        )
        raise _refusal([Fault("", what, file)])
    text = _decoded(content, file)
    delimiter = ";" if ";" in text.lstrip().partition("\n")[0] else ","
    lines = _lines(text, delimiter, file)
    head, body = (lines[0], lines[1:]) if lines else (_Line(1, ()), ())
    _refuse(_faults_of_head(head, file))
    names = [cell.strip() for cell in head.cells]
    _refuse(_faults_of_lines(body, names, file))
    read = _notation(body) if delimiter == ";" else read_plain
    _refuse(_faults_of_numbers(body, names, read, file))
    return tuple(_costs(line, names, read) for line in body)


def _refuse(faults: Iterator[Fault]) -> None:
    found = list(faults)
    if found:
        raise _refusal(found)


def _refusal(found: list[Fault]) -> DecodeError:
    rest = len(found) - _MOST_FAULTS
    if rest > 0:
        more = Text(f"Der er {rest} fejl mere.", f"There are {rest} more faults.")
        found[_MOST_FAULTS:] = [Fault("", more, found[0].file)]
    return DecodeError(
        Text("Tabellen kan ikke bruges:", "The table cannot be used:"),
        found,
        Text(
            "Stedet er skrevet fil:linje kolonne. Ret filen, og kør igen; intet er beregnet.",
            "Places are written file:line column. Mend the file and run again; nothing was computed.",
        ),
    )


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = Text(
            "Tegnene er ikke UTF-8. Gem tabellen som CSV UTF-8.", "This is not UTF-8. Save the table as CSV UTF-8."
        )
        raise _refusal([Fault("", what, file, content.count(b"\n", 0, error.start) + 1)]) from error


def _lines(text: str, delimiter: str, file: str) -> list[_Line]:
    """The lines that are not empty; spreadsheets write empty ones as delimiters alone."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return [_Line(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        what = Text(
            f"Linjen er ikke gyldig CSV ({error}). Se efter et anførselstegn, der ikke lukkes.",
            f"The line is no valid CSV ({error}). Look for a quotation mark that is not closed.",
        )
        raise _refusal([Fault("", what, file, reader.line_num)]) from error


def _faults_of_head(head: _Line, file: str) -> Iterator[Fault]:
    names = [cell.strip() for cell in head.cells]
    if tuple(name.casefold() for name in names[:2]) != _KEYS:
        what = Text(
            "Første linje skal begynde med kolonnerne unit og group, skilt af komma eller semikolon, "
            "og derefter navne udgiftskonti som 109.",
            "The first line must begin with the columns unit and group, parted by a comma or a semicolon, "
            "and then name cost accounts such as 109.",
        )
        yield Fault("", what, file, head.number)
        return
    if len(names) == len(_KEYS):
        what = Text(
            "Der er ingen udgiftskonti. Tilføj mindst én kolonne med kr. pr. bolig efter group.",
            "There are no cost accounts. Add at least one column with kroner per home after group.",
        )
        yield Fault("", what, file, head.number)
    for place, name in enumerate(names, start=1):
        if not name:
            what = Text(f"Kolonne {place} har intet navn. Navngiv eller slet den.", f"Column {place} has no name.")
            yield Fault("", Text(what.da, f"{what.en} Name it or delete it."), file, head.number)
    for name, count in Counter(names).items():
        if name and count > 1:
            what = Text(
                "Kolonnen er der flere gange. Behold den ene.", "The column is there more than once. Keep one of them."
            )
            yield Fault(name, what, file, head.number)


def _faults_of_lines(body: Sequence[_Line], names: Sequence[str], file: str) -> Iterator[Fault]:
    if not body:
        what = Text(
            "Der er ingen enheder under første linje. Tilføj en linje pr. enhed.",
            "No units follow the first line. Add a line per unit.",
        )
        yield Fault("", what, file)
    first: dict[str, int] = {}
    for line in body:
        if len(line.cells) != len(names):
            what = Text(
                "Linjen har {found} felter, men der er {wanted} kolonner. "
                "Ret antallet; skriv tal uden tusindtalskomma.",
                "The line has {found} fields, but there are {wanted} columns. "
                "Mend it; numbers have no thousands comma.",
            )
            yield Fault("", what.fill(found=len(line.cells), wanted=len(names)), file, line.number)
            continue
        for key, cell in zip(_KEYS, line.cells, strict=False):
            if not cell.strip():
                what = Text("Feltet er tomt. Skriv enhedens navn eller gruppe.", "The field is empty. Fill it in.")
                yield Fault(key, what, file, line.number)
        unit = line.cells[0].strip()
        if unit and unit in first:
            what = Text(
                "{unit} står også i linje {line}. Hver enhed har én linje; slet den ene.",
                "{unit} is also in line {line}. A unit has one line; delete one of them.",
            )
            yield Fault("unit", what.fill(unit=shown(unit), line=first[unit]), file, line.number)
        first.setdefault(unit, line.number)


def _notation(body: Sequence[_Line]) -> Read:
    """How the numbers of a table with semicolons are written, told from all of them.

    1.234 may be either, so one cell alone cannot tell; Danish is meant unless some number cannot be Danish.
    """
    cells = [cell for line in body for cell in line.cells[2:] if cell.strip()]
    plain = not any("," in cell for cell in cells) and not all(_readable(read_danish, cell) for cell in cells)
    return read_plain if plain else read_danish


def _readable(read: Read, cell: str) -> bool:
    try:
        read(cell)
    except InvalidValueError:
        return False
    return True


_HOW: Mapping[Read, Text] = {
    read_danish: Text(
        "Skriv kr. pr. bolig som 1234,50 eller 1.234,50, ens i hele tabellen.",
        "Write kroner per home as 1234,50 or 1.234,50, one way in the whole table.",
    ),
    read_plain: Text(
        "Skriv kr. pr. bolig som 1234.50; dansk 1.234,50 kræver semikolon mellem kolonnerne.",
        "Write kroner per home as 1234.50; Danish 1.234,50 needs semicolons between the columns.",
    ),
}


def _faults_of_numbers(body: Sequence[_Line], names: Sequence[str], read: Read, file: str) -> Iterator[Fault]:
    what = Text("{value} er ikke et tal. {how}", "{value} is not a number. {how}")
    for line in body:
        for name, cell in zip(names[2:], line.cells[2:], strict=True):
            if cell.strip() and not _readable(read, cell):
                yield Fault(name, what.fill(value=shown(cell.strip()), how=_HOW[read]), file, line.number)


def _costs(line: _Line, names: Sequence[str], read: Read) -> HomeCosts:
    unit, group, *cells = (cell.strip() for cell in line.cells)
    costs = {name: _exact(read(cell)) if cell else None for name, cell in zip(names[2:], cells, strict=True)}
    return HomeCosts(unit=unit, group=group, costs=costs)


def _exact(number: tuple[int, int]) -> Fraction:
    count, decimals = number
    return Fraction(count, 10**decimals)
