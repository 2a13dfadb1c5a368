"""Documents: a format, a version and the fields of one object, as JSON text."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from cattrs import Converter

from almenstyring.codec.hooks import add_hooks
from almenstyring.codec.reading import LARGEST_DOCUMENT, parse
from almenstyring.codec.refusing import faults_in, refused, shown
from almenstyring.domain.agreements import Agreement
from almenstyring.domain.dialogue import Adoption, DialogueMeeting, ForumMeeting, Invitation, Statement
from almenstyring.domain.dialogue.critical_review import CriticalReview
from almenstyring.domain.dialogue.preparing import MunicipalGoals
from almenstyring.domain.errors import Fault, InvalidValueError
from almenstyring.domain.mandates import Mandate
from almenstyring.domain.notices import NoticeDelivery, NoticePlan
from almenstyring.domain.organisations import MasterData
from almenstyring.domain.persons import Person, Retention
from almenstyring.domain.pilots import Pilot
from almenstyring.domain.publication import LoggedCorrection
from almenstyring.domain.reporting import (
    CentralReceipt,
    Deadline,
    DocumentationPackage,
    FigureColumn,
    PackageProgress,
    Receipt,
    Review,
    Standard,
    YearFigures,
)
from almenstyring.domain.supervision import SupervisoryAction
from almenstyring.domain.text import Text

T = TypeVar("T")
Body = dict[str, Any]

FORMATS: dict[type, tuple[str, int]] = {
    DocumentationPackage: ("almenstyring/package", 1),
    MasterData: ("almenstyring/master-data", 1),
    Standard: ("almenstyring/standard", 1),
    Deadline: ("almenstyring/deadline", 1),
    DialogueMeeting: ("almenstyring/dialogue-meeting", 1),
    Statement: ("almenstyring/statement", 1),
    Agreement: ("almenstyring/agreement", 1),
    Invitation: ("almenstyring/invitation", 1),
    ForumMeeting: ("almenstyring/forum-meeting", 1),
    CentralReceipt: ("almenstyring/central-receipt", 1),
    Receipt: ("almenstyring/receipt", 1),
    Review: ("almenstyring/review", 1),
    LoggedCorrection: ("almenstyring/correction", 1),
    CriticalReview: ("almenstyring/critical-review", 1),
    MunicipalGoals: ("almenstyring/municipal-goals", 1),
    FigureColumn: ("almenstyring/figure-column", 1),
    YearFigures: ("almenstyring/year-figures", 1),
    PackageProgress: ("almenstyring/package-progress", 1),
    Adoption: ("almenstyring/adoption", 1),
    Person: ("almenstyring/person", 1),
    Retention: ("almenstyring/retention", 1),
    Mandate: ("almenstyring/mandate", 1),
    Pilot: ("almenstyring/pilot", 1),
    NoticePlan: ("almenstyring/notice-plan", 1),
    NoticeDelivery: ("almenstyring/notice-delivery", 1),
    SupervisoryAction: ("almenstyring/supervisory-action", 1),
}
"""The document formats and the version written now. A later build reads every version it ever wrote."""

UPGRADES: dict[tuple[str, int], Callable[[Body], Body]] = {}
"""How the fields of an older version become those of the next one, by format and older version.

Whoever raises a version in FORMATS adds the step here. A package holds master data, so a new shape of
master data needs a step for both. Faults are told by the paths of the newest version.
"""


@cache
def _converter() -> Converter:
    converter = Converter(detailed_validation=True)
    add_hooks(converter)
    return converter


def plain(thing: object) -> Any:
    """An object as plain data (dicts, lists, texts, whole numbers), without format and version."""
    return _converter().unstructure(thing)


def encode(thing: object, *, indent: int | None = None) -> str:
    """An object as a versioned JSON document; the same object always gives the same text.

    InvalidValueError for what ``decode`` would refuse to read back: a text with half a character, an instant
    without time zone, a document that is too large.
    """
    name, version = _format_of(type(thing))
    body = {"format": name, "format_version": version, **plain(thing)}
    separators = (",", ":") if indent is None else None
    text = json.dumps(body, ensure_ascii=False, indent=indent, separators=separators)
    _check_writable(text)
    return text


def decode(document: str | bytes, kind: type[T], *, file: str | None = None) -> T:
    """Read a document of one kind, or raise DecodeError with every fault and its path."""
    name, newest = _format_of(kind)
    tree = parse(document, file=file)
    if not isinstance(tree, dict) or tree.get("format") != name:
        raise refused([_other_format(tree, name, file)])
    version = tree.get("format_version")
    if type(version) is not int or not 1 <= version <= newest:
        raise refused([_unknown_version(version, newest, file)])
    body = {key: value for key, value in tree.items() if key not in ("format", "format_version")}
    return structure(_upgraded(body, name, version, newest, file), kind, file=file)


def recognise(tree: object) -> type | None:
    """The kind of object a parsed document claims to hold, or None."""
    claimed = tree.get("format") if isinstance(tree, dict) else None
    return next((kind for kind, (name, _) in FORMATS.items() if name == claimed), None)


def structure(tree: object, kind: type[T], *, file: str | None = None) -> T:
    """Plain data into an object of the kind, strictly; DecodeError holds every fault."""
    try:
        return _converter().structure(tree, kind)
    except Exception as error:  # cattrs raises groups and whatever a validator raised
        raise refused(faults_in(error, file)) from None


def _format_of(kind: type) -> tuple[str, int]:
    try:
        return FORMATS[kind]
    except KeyError:
        known = ", ".join(sorted(documented.__name__ for documented in FORMATS))
        raise InvalidValueError(
            Text(f"{kind.__name__} er intet dokument.", f"{kind.__name__} is no document."),
            Text(f"Brug en af {known}.", f"Use one of {known}."),
        ) from None


def _check_writable(text: str) -> None:
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise InvalidValueError(
            Text("En tekst har et halvt tegn (en enlig surrogat).", "A text has half a character (a lone surrogate)."),
            Text("Skriv eller indsæt teksten igen.", "Write or paste the text again."),
        ) from None
    if size > LARGEST_DOCUMENT:
        raise InvalidValueError(
            Text(f"Dokumentet fylder {size} byte.", f"The document takes {size} bytes."),
            Text(f"Det må højst fylde {LARGEST_DOCUMENT}.", f"It may take at most {LARGEST_DOCUMENT}."),
            size=size,
        )


def _upgraded(body: Body, name: str, version: int, newest: int, file: str | None) -> Body:
    for older in range(version, newest):
        try:
            body = UPGRADES[name, older](body)
        except Exception:  # a step reads what nobody has checked yet
            message = Text(
                f"Dokumentet følger ikke formatversion {older}.",
                f"The document does not follow format version {older}.",
            )
            raise refused([Fault("$", message, file)]) from None
    return body


def _other_format(tree: object, name: str, file: str | None) -> Fault:
    found = shown(tree.get("format") if isinstance(tree, dict) else tree)
    message = Text(
        f"Dokumentet er ikke af formatet {name} (fundet: {found}).",
        f"The document is not of the format {name} (found: {found}).",
    )
    return Fault("$.format", message, file)


def _unknown_version(found: object, newest: int, file: str | None) -> Fault:
    message = Text(
        f"Formatversion {shown(found)} er ukendt; denne udgave læser 1 til {newest}.",
        f"Format version {shown(found)} is unknown; this build reads 1 to {newest}.",
    )
    return Fault("$.format_version", message, file)
