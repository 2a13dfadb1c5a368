"""What registration hooks yield: small frozen descriptors, so that the seam can grow field by field."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from attrs import Attribute, field, frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.figures.chart import ChartOfAccounts
from almenstyring.domain.reporting import Questionnaire, Standard
from almenstyring.domain.text import Text
from almenstyring.ports import CalendarWriter, Exporter, Notifier, PictureRenderer, Source, Store
from almenstyring.rules import Rule

API_VERSION = 1
"""The version of the plug-in API; a descriptor made for another one is refused by name."""

_Validator = Callable[[Any, "Attribute[Any]", Any], None]


def _must(fits: Callable[[object], bool], da: str, en: str) -> _Validator:
    """A validator: plug-ins may be written without a type checker, and their mistakes are named where they are made."""

    def check(thing: object, attribute: Attribute[Any], value: object) -> None:
        if not fits(value):
            place = f"{type(thing).__name__}.{attribute.name}"
            raise InvalidValueError(Text(f"{place} skal være {da}.", f"{place} must be {en}."), value=repr(value))

    return check


def _tuple_of(kind: type) -> _Validator:
    def fits(value: object) -> bool:
        return isinstance(value, tuple) and all(isinstance(item, kind) for item in value)

    return _must(fits, f"en tuple af {kind.__name__}", f"a tuple of {kind.__name__}")


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value.strip() == value != "" and ":" not in value


def _are_suffixes(value: object) -> bool:
    return isinstance(value, tuple) and all(
        isinstance(item, str) and item.startswith(".") and item == item.lower() for item in value
    )


_a_name = _must(_is_name, "et navn uden kolon", "a name without a colon")
_callable = _must(callable, "en funktion", "a function")
_suffixes = _must(_are_suffixes, 'en tuple af filendelser som ".xlsx"', 'a tuple of file suffixes such as ".xlsx"')


@frozen(kw_only=True)
class StoreDescriptor:
    """A kind of store. ``name`` is the part of the address before the colon: ``sqlite:dialog.db``.

    ``open`` makes a store that is not there; ``exists`` tells, without making one, whether there is a store.
    """

    name: str = field(validator=_a_name)
    open: Callable[[str], Store] = field(validator=_callable)
    exists: Callable[[str], bool] = field(default=lambda _place: True, validator=_callable)
    description: Text
    api_version: int = API_VERSION


@frozen(kw_only=True)
class SourceDescriptor:
    """A source of master data, accounts and figures; ``open`` gets the address after the colon."""

    name: str = field(validator=_a_name)
    open: Callable[[str], Source] = field(validator=_callable)
    description: Text
    api_version: int = API_VERSION


@frozen(kw_only=True)
class ExporterDescriptor:
    """A file format to export to; the file's suffix chooses it."""

    name: str = field(validator=_a_name)
    suffixes: tuple[str, ...] = field(validator=_suffixes)
    export: Exporter = field(validator=_callable)
    description: Text
    api_version: int = API_VERSION


@frozen(kw_only=True)
class PictureDescriptor:
    """A renderer of pictures; the file's suffix chooses it.

    ``open`` gets the folder to keep drawn pictures in, or None to keep them in memory.
    """

    name: str = field(validator=_a_name)
    suffixes: tuple[str, ...] = field(validator=_suffixes)
    open: Callable[[Path | None], PictureRenderer] = field(validator=_callable)
    description: Text
    api_version: int = API_VERSION


@frozen(kw_only=True)
class CalendarDescriptor:
    """A writer of calendars; the file's suffix chooses it."""

    name: str = field(validator=_a_name)
    suffixes: tuple[str, ...] = field(validator=_suffixes)
    write: CalendarWriter = field(validator=_callable)
    description: Text
    api_version: int = API_VERSION


@frozen(kw_only=True)
class NotifierDescriptor:
    """A notifier; ``open`` gets the address after the colon and reaches out to nobody yet."""

    name: str = field(validator=_a_name)
    open: Callable[[str], Notifier] = field(validator=_callable)
    description: Text
    api_version: int = API_VERSION


@frozen(kw_only=True)
class StandardPack:
    """Standards and accounts questionnaires: ``load`` gives the standard of a year in ``years``."""

    name: str = field(validator=_a_name)
    years: tuple[ReportYear, ...] = field(validator=_tuple_of(ReportYear))
    load: Callable[[ReportYear], Standard] = field(validator=_callable)
    description: Text
    questionnaires: Callable[[], tuple[Questionnaire, ...]] = field(default=tuple)
    api_version: int = API_VERSION


@frozen(kw_only=True)
class ChartPack:
    """Charts of accounts: ``load`` gives them, each with the accounting years it holds for.

    A chart takes the place of one from a pack that is marked as ``is_fallback``, as the library's own is.
    """

    name: str = field(validator=_a_name)
    load: Callable[[], tuple[ChartOfAccounts, ...]] = field(validator=_callable)
    description: Text
    is_fallback: bool = False
    api_version: int = API_VERSION


@frozen(kw_only=True)
class RulePack:
    """A set of rules with a version of its own."""

    name: str = field(validator=_a_name)
    version: str
    rules: tuple[Rule, ...] = field(validator=_tuple_of(Rule))
    description: Text
    api_version: int = API_VERSION


Descriptor = (
    StoreDescriptor
    | SourceDescriptor
    | ExporterDescriptor
    | PictureDescriptor
    | CalendarDescriptor
    | NotifierDescriptor
    | StandardPack
    | ChartPack
    | RulePack
)
