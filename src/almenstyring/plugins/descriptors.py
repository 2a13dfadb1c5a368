"""What registration hooks yield: small frozen descriptors, so that the seam can grow field by field."""

from __future__ import annotations

from collections.abc import Callable

from attrs import field, frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.reporting import Questionnaire, Standard
from almenstyring.domain.text import Text
from almenstyring.ports import Exporter, Source, Store
from almenstyring.rules import Rule

API_VERSION = 1
"""The version of the plug-in API; a descriptor made for another one is refused by name."""


@frozen(kw_only=True)
class StoreDescriptor:
    """A kind of store. ``name`` is the part of the address before the colon: ``sqlite:dialog.db``."""

    name: str
    open: Callable[[str], Store]
    description: Text
    api_version: int = API_VERSION


@frozen(kw_only=True)
class SourceDescriptor:
    """A source of master data, accounts and figures; ``open`` gets the address after the colon."""

    name: str
    open: Callable[[str], Source]
    description: Text
    api_version: int = API_VERSION


@frozen(kw_only=True)
class ExporterDescriptor:
    """A file format to export to; the file's suffix chooses it."""

    name: str
    suffixes: tuple[str, ...]
    export: Exporter
    description: Text
    api_version: int = API_VERSION


@frozen(kw_only=True)
class StandardPack:
    """Standards and accounts questionnaires: ``load`` gives the standard of a year in ``years``."""

    name: str
    years: tuple[ReportYear, ...]
    load: Callable[[ReportYear], Standard]
    description: Text
    questionnaires: Callable[[], tuple[Questionnaire, ...]] = field(default=tuple)
    api_version: int = API_VERSION


@frozen(kw_only=True)
class RulePack:
    """A set of rules with a version of its own."""

    name: str
    version: str
    rules: tuple[Rule, ...]
    description: Text
    api_version: int = API_VERSION


Descriptor = StoreDescriptor | SourceDescriptor | ExporterDescriptor | StandardPack | RulePack
