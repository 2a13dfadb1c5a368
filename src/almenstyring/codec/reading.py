"""Bytes to plain data, bounded: what ``json`` accepts silently is refused with a path."""

from __future__ import annotations

import json
from collections.abc import Iterator

from almenstyring.domain.errors import DecodeError, Fault
from almenstyring.domain.text import Text

LARGEST_DOCUMENT = 64_000_000
"""Bytes of UTF-8. The largest package known of the sector's size is far below."""

DEEPEST_NESTING = 40
"""Levels; the formats here need fewer than fifteen."""

_HINT = Text("Ret filen, og prøv igen; intet er ændret.", "Mend the file and try again; nothing was changed.")


class _Object(dict[str, object]):
    """A JSON object that remembers the keys it was given twice."""

    repeated: tuple[str, ...] = ()


class _BadNumber(str):
    """A number as it stood in the text that is no whole number."""

    __slots__ = ()


def _pairs(pairs: list[tuple[str, object]]) -> _Object:
    found = _Object(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        found.repeated = tuple(sorted({key for key in keys if keys.count(key) > 1}))
    return found


def parse(document: str | bytes, *, file: str | None = None) -> object:
    """Read JSON into plain data, or raise DecodeError with every fault found."""
    text = _text(document, file)
    try:
        tree: object = json.loads(
            text, object_pairs_hook=_pairs, parse_float=_BadNumber, parse_constant=_BadNumber
        )
    except json.JSONDecodeError as error:
        raise _refused([_syntax(error, file)]) from None
    except RecursionError:
        raise _refused([_too_deep("$", file)]) from None
    except ValueError as error:  # an integer of thousands of digits
        raise _refused([_fault("$", "Et tal er for langt.", f"A number is too long: {error}", file)]) from None
    faults = list(_inspect(tree, file))
    if faults:
        raise _refused(faults)
    return tree


def _text(document: str | bytes, file: str | None) -> str:
    if len(document) > LARGEST_DOCUMENT:
        raise _refused(
            [
                _fault(
                    "$",
                    f"Dokumentet er større end {LARGEST_DOCUMENT} byte.",
                    f"The document is larger than {LARGEST_DOCUMENT} bytes.",
                    file,
                )
            ]
        )
    if isinstance(document, str):
        return document
    try:
        return document.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(
            [
                _fault(
                    "$",
                    f"Teksten er ikke UTF-8 ved byte {error.start}.",
                    f"The text is not UTF-8 at byte {error.start}.",
                    file,
                )
            ]
        ) from None


def _inspect(tree: object, file: str | None) -> Iterator[Fault]:
    """Walk the tree without recursion and find what must not be there."""
    todo: list[tuple[str, object, int]] = [("$", tree, 0)]
    while todo:
        path, node, depth = todo.pop()
        if depth > DEEPEST_NESTING:
            yield _too_deep(path, file)
        elif isinstance(node, _BadNumber):
            yield _fault(
                path,
                f"{node} er ikke et heltal; decimaltal skrives som tekst, fx \"85.5\".",
                f'{node} is not a whole number; decimals are written as text, e.g. "85.5".',
                file,
            )
        elif isinstance(node, dict):
            for key in getattr(node, "repeated", ()):
                yield _fault(f"{path}.{key}", f"Nøglen {key} står to gange.", f"The key {key} stands twice.", file)
            todo.extend((f"{path}.{key}", value, depth + 1) for key, value in node.items())
        elif isinstance(node, list):
            todo.extend((f"{path}[{index}]", value, depth + 1) for index, value in enumerate(node))


def _syntax(error: json.JSONDecodeError, file: str | None) -> Fault:
    return Fault(
        "$",
        Text(
            f"Det er ikke gyldig JSON (tegn {error.colno}): {error.msg}.",
            f"This is not valid JSON (column {error.colno}): {error.msg}.",
        ),
        file,
        error.lineno,
    )


def _too_deep(path: str, file: str | None) -> Fault:
    return _fault(
        path,
        f"Dokumentet er dybere end {DEEPEST_NESTING} niveauer.",
        f"The document is nested deeper than {DEEPEST_NESTING} levels.",
        file,
    )


def _fault(path: str, da: str, en: str, file: str | None) -> Fault:
    return Fault(path, Text(da, en), file)


def _refused(faults: list[Fault]) -> DecodeError:
    return DecodeError(Text("Dokumentet kan ikke læses.", "The document cannot be read."), faults, _HINT)
