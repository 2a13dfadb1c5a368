"""How the codec refuses: what a message shows, how a path is written, and every fault in one error."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice

from cattrs import ForbiddenExtraKeysError
from cattrs.errors import AttributeValidationNote, ClassValidationError, IterableValidationError

from almenstyring.domain.errors import AlmenstyringError, DecodeError, Fault
from almenstyring.domain.text import Text

MOST_FAULTS = 1000
"""Faults that one error holds; a hostile document could have millions."""

_LONGEST = 40
_HINT = Text("Ret dokumentet, og prøv igen; intet er ændret.", "Mend the document and try again; nothing was changed.")


class UnfitError(ValueError):
    """A plain value does not fit where it stands; ``inside`` is the key within the value, if the fault is deeper."""

    def __init__(self, text: Text, inside: str | None = None) -> None:
        super().__init__(text.en)
        self.text = text
        self.inside = inside


def shown(raw: object) -> str:
    """The value as a message shows it: cut short, and nothing of what a list or an object holds.

    >>> shown("kort"), shown([1, 2]), shown(None), shown("x" * 100)
    ("'kort'", '[…]', 'null', "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…")
    """
    if isinstance(raw, str):
        text = repr(str(raw[: _LONGEST + 1]))
        return text if len(text) <= _LONGEST + 2 else f"{text[: _LONGEST + 1]}…"
    if raw is None or isinstance(raw, bool):
        return json.dumps(raw)
    if isinstance(raw, int) and raw.bit_length() < 128:
        return str(raw)
    if isinstance(raw, dict | list):
        return "{…}" if isinstance(raw, dict) else "[…]"
    return f"<{type(raw).__name__}>"


def unfit(raw: object, da: str, en: str) -> UnfitError:
    """The refusal of a value that is not ``da``/``en``."""
    return UnfitError(Text(f"{shown(raw)} er ikke {da}.", f"{shown(raw)} is not {en}."))


def step(path: str, key: object) -> str:
    """The path one step further in: by index, by name, or by a quoted key that is no name.

    >>> step(step(step("$", "accounts"), 0), "112.1")
    "$.accounts[0]['112.1']"
    """
    if not isinstance(key, str):
        return f"{path}[{key}]"
    plain_name = key.isascii() and key.isidentifier() and len(key) <= _LONGEST
    return f"{path}.{key}" if plain_name else f"{path}[{shown(key)}]"


def refused(faults: Iterable[Fault]) -> DecodeError:
    """The one error that a reader raises."""
    kept = islice(faults, MOST_FAULTS)
    return DecodeError(Text("Dokumentet kan ikke læses.", "The document cannot be read."), kept, _HINT)


def faults_in(error: BaseException, file: str | None, path: str = "$") -> Iterator[Fault]:
    """Every fault that cattrs collected, with its path."""
    match error:
        case ClassValidationError() | IterableValidationError():
            placed, unplaced = error.group_exceptions()
            for inner, note in placed:
                key = note.name if isinstance(note, AttributeValidationNote) else note.index
                yield from faults_in(inner, file, step(path, key))
            for other in unplaced:
                yield from faults_in(other, file, path)
        case ForbiddenExtraKeysError():
            for key in sorted(error.extra_fields, key=str):
                message = Text(f"Nøglen {shown(key)} er ukendt.", f"The key {shown(key)} is unknown.")
                yield Fault(path, message, file)
        case UnfitError():
            yield Fault(path if error.inside is None else step(path, error.inside), error.text, file)
        case AlmenstyringError() if "inside" in error.context:
            yield Fault(f"{path}.{error.context['inside']}", _text_of(error), file)
        case _:
            yield Fault(path, _text_of(error), file)


def _text_of(error: BaseException) -> Text:
    if isinstance(error, AlmenstyringError):  # what is wrong, and what to do about it
        return Text(f"{error.message.da} {error.hint.da}".strip(), f"{error.message.en} {error.hint.en}".strip())
    if isinstance(error, KeyError):
        return Text(f"Feltet {error.args[0]} mangler.", f"The field {error.args[0]} is missing.")
    return Text("Værdien kan ikke bruges.", "The value cannot be used.")
