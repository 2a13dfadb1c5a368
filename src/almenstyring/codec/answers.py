"""The values of answers, in a notation that tells its kind without the standard.

A text or an option is a text, a number {"number": "85.5"}, money {"dkk": "1234.50"}, a date {"date": "2026-06-29"},
a list an array of texts, a table an array of rows, and "ingen" {"special": "none"}.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from cattrs import Converter

from almenstyring.codec.refusing import UnfitError, unfit
from almenstyring.codec.scalars import read_date, read_enum, read_with
from almenstyring.domain.reporting import Cell, Row, Special, Value
from almenstyring.domain.values import Dkk, Number

Reader = Callable[[object, object], Any]

_KINDS: dict[str, Reader] = {
    "number": read_with(Number.of),
    "dkk": read_with(Dkk.of),
    "date": read_date,
}
_SPECIALS: dict[str, Reader] = {"special": lambda raw, _: read_enum(raw, Special)}


def read_cell(raw: object, _: object) -> Cell:
    """One scalar of an answer: a text, or an object with the one key that tells its kind."""
    return cast("Cell", _read_scalar(raw, _KINDS))


def _read_scalar(raw: object, kinds: dict[str, Reader]) -> object:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, dict) and len(raw) == 1:
        [(kind, content)] = raw.items()
        if kind in kinds:
            return _inside(kind, content, kinds[kind])
    forms = ", ".join(f'{{"{kind}": …}}' for kind in kinds)
    raise unfit(raw, f"en tekst eller {forms}", f"a text or {forms}")


def _inside(kind: str, content: object, read: Reader) -> object:
    try:
        return read(content, None)
    except UnfitError as error:
        raise UnfitError(error.text, inside=kind) from None


def value_reader(converter: Converter) -> Callable[[object, object], Value | Special | None]:
    """The reader of whole values; lists go through the converter, so that a fault has the path of its cell."""
    texts: Any = tuple[str, ...]
    rows: Any = tuple[Row, ...]

    def read_value(raw: object, _: object) -> Value | Special | None:
        if raw is None:
            return None
        if not isinstance(raw, list):
            return cast("Cell | Special", _read_scalar(raw, _KINDS | _SPECIALS))
        is_table = 2 * sum(isinstance(item, dict) for item in raw) >= len(raw)  # the odd one out is the fault
        return cast("Value", converter.structure(raw, rows if is_table else texts))

    return read_value


def write_cell(cell: Cell) -> object:
    """The notation ``read_cell`` reads."""
    match cell:
        case Number():
            return {"number": str(cell)}
        case Dkk():
            return {"dkk": str(cell)}
        case date():
            return {"date": cell.isoformat()}
    return cell


def write_value(value: Value | Special) -> object:
    """The notation that the value reader reads; a missing value is not written at all."""
    match value:
        case Special():
            return {"special": value.value}
        case tuple():
            return [item if isinstance(item, str) else _write_row(item) for item in value]
    return write_cell(value)


def _write_row(row: Row) -> dict[str, object]:
    return {column: write_cell(cell) for column, cell in row.items()}
