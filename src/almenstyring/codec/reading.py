"""Bytes to plain data, bounded: what ``json`` accepts silently is refused with a path."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from almenstyring.codec.refusing import MOST_FAULTS, refused, shown, step
from almenstyring.domain.errors import DecodeError, Fault
from almenstyring.domain.text import Text

LARGEST_DOCUMENT = 64_000_000
"""Bytes of UTF-8. The largest package known of the sector's size is far below."""

DEEPEST_NESTING = 40
"""Levels; the formats here need fewer than fifteen."""

_LONGEST_NUMBER = 40


class _Object(dict[str, object]):
    """A JSON object that remembers the keys it was given twice."""

    repeated: tuple[str, ...] = ()


class _BadNumber(str):
    """A number as it stood in the text: with a decimal point or an exponent, no number at all, or much too long."""

    __slots__ = ()


def parse(document: str | bytes, *, file: str | None = None) -> object:
    """Read JSON into plain data, or raise DecodeError with every fault found.

    A UTF-8 byte order mark is skipped; some editors write one unasked.
    """
    text = _text(document, file)
    try:
        tree: object = json.loads(
            text, object_pairs_hook=_pairs, parse_int=_whole, parse_float=_BadNumber, parse_constant=_BadNumber
        )
    except json.JSONDecodeError as error:
        raise refused([_syntax(error, file)]) from None
    except RecursionError:
        raise refused([_too_deep("$", file)]) from None
    if faults := _Inspection(file).of(tree):
        raise refused(faults)
    return tree


def _pairs(pairs: list[tuple[str, object]]) -> _Object:
    found = _Object(pairs)
    if len(found) != len(pairs):
        times = Counter(key for key, _ in pairs)
        found.repeated = tuple(key for key, count in times.items() if count > 1)
    return found


def _whole(digits: str) -> int | _BadNumber:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else _BadNumber(digits)


def _text(document: str | bytes, file: str | None) -> str:
    if len(document) > LARGEST_DOCUMENT:
        raise _refused_whole(
            Text(
                f"Dokumentet er større end {LARGEST_DOCUMENT} byte.",
                f"The document is larger than {LARGEST_DOCUMENT} bytes.",
            ),
            file,
        )
    if isinstance(document, str):
        return document.removeprefix("\ufeff")
    try:
        return document.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = error.start
        message = Text(f"Teksten er ikke UTF-8 ved byte {place}.", f"The text is not UTF-8 at byte {place}.")
        raise _refused_whole(message, file) from None


def _refused_whole(message: Text, file: str | None) -> DecodeError:
    return refused([Fault("$", message, file)])


class _Inspection:
    """A walk through a parsed document for what must not be there, in the document's order."""

    def __init__(self, file: str | None) -> None:
        self._file = file
        self._faults: list[Fault] = []

    def of(self, tree: object) -> list[Fault]:
        """The faults; the tree's nesting is bounded, so the walk's is."""
        self._look(tree, ())
        return self._faults

    def _look(self, node: object, at: tuple[object, ...]) -> None:
        if isinstance(node, _BadNumber):
            self._add(at, _bad_number(node))
        elif isinstance(node, str):
            self._look_at_text(node, at)
        elif isinstance(node, dict | list):
            self._look_into(node, at)

    def _look_into(self, node: dict[str, object] | list[object], at: tuple[object, ...]) -> None:
        if len(at) >= DEEPEST_NESTING:
            self._faults.append(_too_deep(_path(at), self._file))
            return
        if isinstance(node, dict):
            for key in getattr(node, "repeated", ()):
                self._add((*at, key), Text("Nøglen står flere gange.", "The key stands more than once."))
            for key in node:
                self._look_at_text(key, at)
        items: Iterable[tuple[object, object]] = node.items() if isinstance(node, dict) else enumerate(node)
        for key, value in items:
            if len(self._faults) >= MOST_FAULTS:
                return
            self._look(value, (*at, key))

    def _look_at_text(self, text: str, at: tuple[object, ...]) -> None:
        if text.isascii():
            return
        try:
            text.encode()
        except UnicodeEncodeError:
            self._add(
                at,
                Text(
                    f"{shown(text)} har et halvt tegn (en enlig surrogat).",
                    f"{shown(text)} has half a character (a lone surrogate).",
                ),
            )

    def _add(self, at: tuple[object, ...], message: Text) -> None:
        self._faults.append(Fault(_path(at), message, self._file))


def _path(at: tuple[object, ...]) -> str:
    path = "$"
    for key in at:
        path = step(path, key)
    return path


def _bad_number(number: _BadNumber) -> Text:
    return Text(
        f'{shown(number)} kan ikke bruges: tal er hele, og decimaltal skrives som tekst, fx "85.5".',
        f'{shown(number)} cannot be used: numbers are whole, and decimals are written as text, e.g. "85.5".',
    )


def _syntax(error: json.JSONDecodeError, file: str | None) -> Fault:
    message = Text(
        f"Det er ikke gyldig JSON (tegn {error.colno}): {error.msg}.",
        f"This is not valid JSON (column {error.colno}): {error.msg}.",
    )
    return Fault("$", message, file, error.lineno)


def _too_deep(path: str, file: str | None) -> Fault:
    message = Text(
        f"Dokumentet er dybere end {DEEPEST_NESTING} niveauer.",
        f"The document is nested deeper than {DEEPEST_NESTING} levels.",
    )
    return Fault(path, message, file)
