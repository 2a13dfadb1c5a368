"""Documents: a format, a version and the fields of one object, as JSON text."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, TypeVar, cast

import attrs
from cattrs import ClassValidationError, Converter, ForbiddenExtraKeysError
from cattrs.v import transform_error

from almenstyring.codec.hooks import UnfitError, add_hooks
from almenstyring.codec.reading import parse
from almenstyring.domain.dialogue import DialogueMeeting, Statement
from almenstyring.domain.errors import DecodeError, Fault
from almenstyring.domain.organisations import MasterData
from almenstyring.domain.reporting import CentralReceipt, Deadline, DocumentationPackage, Standard
from almenstyring.domain.text import Text

T = TypeVar("T")

FORMATS: dict[type, tuple[str, int]] = {
    DocumentationPackage: ("almenstyring/package", 1),
    MasterData: ("almenstyring/master-data", 1),
    Standard: ("almenstyring/standard", 1),
    Deadline: ("almenstyring/deadline", 1),
    DialogueMeeting: ("almenstyring/dialogue-meeting", 1),
    Statement: ("almenstyring/statement", 1),
    CentralReceipt: ("almenstyring/central-receipt", 1),
}
"""The document formats and the version written now. A later build reads every version it ever wrote."""


@cache
def _converter() -> Converter:
    converter = Converter(detailed_validation=True)
    add_hooks(converter)
    return converter


def plain(thing: object) -> Any:
    """An object as plain data (dicts, lists, texts, whole numbers), without format and version."""
    return _converter().unstructure(thing)


def encode(thing: object, *, indent: int | None = None) -> str:
    """An object as a versioned JSON document; the same object always gives the same text."""
    name, version = FORMATS[type(thing)]
    body = {"format": name, "format_version": version, **plain(thing)}
    separators = (",", ":") if indent is None else None
    return json.dumps(body, ensure_ascii=False, indent=indent, separators=separators)


def decode(document: str | bytes, kind: type[T], *, file: str | None = None) -> T:
    """Read a document of one kind, or raise DecodeError with every fault and its path."""
    tree = parse(document, file=file)
    name, version = FORMATS[kind]
    if not isinstance(tree, dict) or tree.get("format") != name:
        found = tree.get("format") if isinstance(tree, dict) else None
        raise _refused(
            [
                Fault(
                    "$.format",
                    Text(
                        f"Dokumentet er ikke af formatet {name} (fundet: {found}).",
                        f"The document is not of the format {name} (found: {found}).",
                    ),
                    file,
                )
            ]
        )
    if tree.get("format_version") != version or type(tree["format_version"]) is not int:
        raise _refused([_unknown_version(tree.get("format_version"), version, file)])
    body = {key: value for key, value in tree.items() if key not in ("format", "format_version")}
    return structure(body, kind, file=file)


def recognise(tree: object) -> type | None:
    """The kind of object a parsed document claims to hold, or None."""
    claimed = tree.get("format") if isinstance(tree, dict) else None
    return next((kind for kind, (name, _) in FORMATS.items() if name == claimed), None)


def structure(tree: object, kind: type[T], *, file: str | None = None) -> T:
    """Plain data into an object of the kind, strictly; DecodeError holds every fault."""
    try:
        return _converter().structure(tree, kind)
    except Exception as error:  # cattrs raises groups and whatever a validator raised
        raise _refused(_faults(error, kind, file)) from None


def _faults(error: Exception, kind: type, file: str | None) -> list[Fault]:
    texts: list[Text] = []

    def keep(exc: BaseException, _: object) -> str:
        texts.append(_text_of(exc))
        return str(len(texts) - 1)

    faults = []
    for line in transform_error(error, format_exception=keep):
        index, _, path = line.partition(" @ ")
        faults.append(Fault(path or "$", texts[int(index)], file))
    return faults


def _text_of(error: BaseException) -> Text:
    match error:
        case UnfitError():
            return error.text
        case ForbiddenExtraKeysError():
            keys = ", ".join(sorted(error.extra_fields))
            return Text(f"Ukendte nøgler: {keys}.", f"Unknown keys: {keys}.")
        case KeyError():
            return Text(f"Feltet {error.args[0]} mangler.", f"The field {error.args[0]} is missing.")
        case ValueError() if hasattr(error, "message"):
            return cast("Text", error.message)
    return Text(f"Værdien kan ikke bruges: {error}", f"The value cannot be used: {error}")


def _unknown_version(found: object, known: int, file: str | None) -> Fault:
    return Fault(
        "$.format_version",
        Text(
            f"Formatversion {found} er ukendt; denne udgave læser {known}.",
            f"Format version {found} is unknown; this build reads {known}.",
        ),
        file,
    )


def _refused(faults: list[Fault]) -> DecodeError:
    return DecodeError(
        Text("Dokumentet kan ikke læses.", "The document cannot be read."),
        faults,
        Text("Ret det, og prøv igen; intet er ændret.", "Mend it and try again; nothing was changed."),
    )
