"""From plain data to typed objects, strictly, noting every fault on the way.

The class is the schema: a field's type says what the file must hold there, a field with a default may be
left out, and nothing else may be there. Nothing is converted by guessing: 3.7 is no int, "yes" no bool.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import attrs
from attrs import field, frozen

from almenstyring.content.reader import Document, Steps, refusal
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import Fault, InvalidValueError
from almenstyring.domain.expressions import Expression
from almenstyring.domain.text import Text
from almenstyring.domain.values import Identifier, LegalReference, Number, Quantity

T = TypeVar("T")

_BROKEN: Any = object()
"""Stands for a value whose faults are noted."""

_WANTED = {
    str: Text("her skal stå en tekst", "a text is wanted here"),
    int: Text("her skal stå et helt tal", "a whole number is wanted here"),
    bool: Text("her skal stå true eller false", "true or false is wanted here"),
    date: Text("her skal stå en dato", "a date is wanted here"),
    list: Text("her skal stå en liste", "a list is wanted here"),
    dict: Text("her skal stå en tabel", "a table is wanted here"),
}
_VALUES: tuple[tuple[type, type, Callable[[Any, Any], object]], ...] = (
    (LegalReference, str, lambda kind, raw: kind.parse(raw)),
    (Identifier, str, lambda kind, raw: kind(raw)),
    (Quantity, str, lambda kind, raw: kind.of(raw)),
    (Number, str, lambda kind, raw: kind.of(raw)),
    (Expression, str, lambda kind, raw: kind.read(raw)),
    (ReportYear, int, lambda kind, raw: kind(raw)),
)
"""The value classes, what stands for them in a file, and how they are made of it."""

Complaint = tuple[Steps, Text]
"""Where in an entry, and what is wrong there."""


@frozen(kw_only=True)
class Checks:
    """What must hold beyond the types.

    ``keys`` names the fields that tell the entries of an array apart, where that is not ``id`` alone.
    ``refers`` says of a field in which table of the file its word must be a key.
    ``complaints`` says of a class what may be wrong between the fields of one object.
    """

    keys: Mapping[type, tuple[str, ...]] = field(factory=dict)
    refers: Mapping[str, str] = field(factory=dict)
    complaints: Mapping[type, Callable[[Any], Iterable[Complaint]]] = field(factory=dict)


def structure(document: Document, kind: type[T], checks: Checks | None = None) -> T:
    """The document as an object of ``kind``; ContentError with every fault, its file and its line.

    A document may have a table ``[sources]``; then every ``source`` in it names one of them. In a table of
    rows (``Mapping[str, Row]``) the key of a row is the row's first field.
    """
    reading = _Reading(document, checks or Checks())
    result: T = reading.whole(kind)
    if reading.faults:
        raise refusal(reading.faults)
    return result


class _Reading:
    """One reading of one document; ``faults`` grows on the way."""

    def __init__(self, document: Document, checks: Checks) -> None:
        self.faults: list[Fault] = []
        self._document = document
        self._checks = checks
        self._refers = {**checks.refers, "source": "sources"} if "sources" in document.data else checks.refers

    def whole(self, kind: type) -> Any:
        data = dict(self._document.data)
        self._value(Mapping[str, str], data.pop("sources", {}), ("sources",))
        return self._object(kind, data, ())

    def _fault(self, steps: Steps, message: Text) -> Any:
        self.faults.append(self._document.fault(steps, message))
        return _BROKEN

    def _value(self, kind: Any, raw: object, steps: Steps) -> Any:
        """The raw value as ``kind``, or _BROKEN after its faults are noted."""
        origin, parts = get_origin(kind), get_args(kind)
        if origin is UnionType:  # TOML has no null: a value that is there is not None
            return self._value(next(part for part in parts if part is not NoneType), raw, steps)
        if origin in (tuple, frozenset):
            return self._items(origin, parts[0], raw, steps)
        if origin is Mapping:
            return self._table(parts[1], raw, steps)
        if kind in _WANTED:
            return self._plain(kind, raw, steps)
        if issubclass(kind, Enum):
            return self._member(kind, raw, steps)
        for value_class, form, make in _VALUES:
            if issubclass(kind, value_class):
                return self._made(partial(make, kind), self._plain(form, raw, steps), steps)
        return self._object(kind, raw, steps)

    def _plain(self, kind: type, raw: object, steps: Steps) -> Any:
        if type(raw) is not kind:
            return self._fault(steps, _WANTED[kind])
        if isinstance(raw, str) and not raw.strip():
            return self._fault(steps, Text("teksten er tom; udelad nøglen", "the text is empty; leave the key out"))
        return raw

    def _member(self, kind: type[Enum], raw: object, steps: Steps) -> Any:
        known = {member.value: member for member in kind}
        if isinstance(raw, str) and raw in known:
            return known[raw]
        words = ", ".join(known)
        return self._fault(steps, Text(f"her skal stå et af: {words}", f"one of these is wanted here: {words}"))

    def _made(self, make: Callable[[Any], object], raw: Any, steps: Steps) -> Any:
        try:
            return raw if raw is _BROKEN else make(raw)
        except InvalidValueError as error:
            return self._fault(steps, error.message)

    def _items(self, collection: Callable[[list[Any]], Any], kind: Any, raw: object, steps: Steps) -> Any:
        if (items := self._plain(list, raw, steps)) is _BROKEN:
            return _BROKEN
        self._tell_apart(kind, items, steps)
        values = [self._value(kind, item, (*steps, index)) for index, item in enumerate(items)]
        return _BROKEN if _BROKEN in values else collection(values)

    def _tell_apart(self, kind: Any, items: list[Any], steps: Steps) -> None:
        """Every entry but the first of its key is a fault."""
        names = self._checks.keys.get(kind, ("id",))
        seen: set[str] = set()
        for index, item in enumerate(items):
            if not isinstance(item, dict) or not set(names) <= item.keys():
                continue
            key = " ".join(str(item[name]) for name in names)
            if key in seen:
                self._fault((*steps, index), Text(f"{key} står her to gange", f"{key} is here twice"))
            seen.add(key)

    def _table(self, kind: Any, raw: object, steps: Steps) -> Any:
        if (table := self._plain(dict, raw, steps)) is _BROKEN:
            return _BROKEN
        values = {key: self._row(kind, key, row, (*steps, key)) for key, row in table.items()}
        return _BROKEN if _BROKEN in values.values() else values

    def _row(self, kind: Any, key: str, raw: object, steps: Steps) -> Any:
        if not attrs.has(kind) or kind is Text:
            return self._value(kind, raw, steps)
        return self._object(kind, raw, steps, **{attrs.fields(kind)[0].name: key})

    def _object(self, kind: type, raw: object, steps: Steps, **given: object) -> Any:
        if (entry := self._plain(dict, raw, steps)) is _BROKEN:
            return _BROKEN
        wanted = _wanted(kind)
        for name in entry.keys() - (wanted.keys() - given.keys()):
            self._fault((*steps, name), Text("ukendt nøgle", "unknown key"))
        entry = given | entry
        values = {
            name: self._field(name, hint, entry, steps)
            for name, (hint, optional) in wanted.items()
            if name in entry or not optional
        }
        if _BROKEN in values.values():
            return _BROKEN
        made = self._made(lambda named: kind(**named), values, steps)
        self._complain(kind, made, steps)
        return made

    def _field(self, name: str, kind: Any, entry: Mapping[str, object], steps: Steps) -> Any:
        if name not in entry:
            return self._fault((*steps, name), Text("nøglen mangler", "the key is missing"))
        value = self._value(kind, entry[name], (*steps, name))
        if value is _BROKEN or name not in self._refers:
            return value
        table = self._refers[name]
        known: Any = self._document.data.get(table)
        if not isinstance(known, dict) or value not in known:
            return self._fault((*steps, name), Text(f"står ikke i [{table}]", f"is not in [{table}]"))
        return known[value] if name == "source" else value

    def _complain(self, kind: type, made: Any, steps: Steps) -> None:
        if made is not _BROKEN and kind in self._checks.complaints:
            for where, message in self._checks.complaints[kind](made):
                self._fault((*steps, *where), message)


@cache
def _wanted(kind: type) -> Mapping[str, tuple[Any, bool]]:
    """The names of what an object is made of, each with its type and whether it may be left out."""
    hints = get_type_hints(kind)
    return {a.name: (hints[a.name], a.default is not attrs.NOTHING) for a in attrs.fields(kind) if a.init}
