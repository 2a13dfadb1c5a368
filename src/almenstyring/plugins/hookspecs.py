"""The hooks of the seam. Registration hooks take no argument and yield descriptors."""

from __future__ import annotations

from collections.abc import Iterable

import pluggy

from almenstyring.domain.events import PackageMoved
from almenstyring.plugins.descriptors import (
    CalendarDescriptor,
    ChartPack,
    ExporterDescriptor,
    NotifierDescriptor,
    PictureDescriptor,
    RulePack,
    SourceDescriptor,
    StandardPack,
    StoreDescriptor,
)

GROUP = "almenstyring"
"""The entry-point group plug-ins are found in."""

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)
"""Marks a function of a plug-in as the implementation of the hook of the same name."""


@hookspec
def almenstyring_stores() -> Iterable[StoreDescriptor]:  # type: ignore[empty-body]
    """Yield the kinds of store the plug-in offers."""


@hookspec
def almenstyring_sources() -> Iterable[SourceDescriptor]:  # type: ignore[empty-body]
    """Yield the sources of master data and figures the plug-in offers."""


@hookspec
def almenstyring_exporters() -> Iterable[ExporterDescriptor]:  # type: ignore[empty-body]
    """Yield the file formats the plug-in can export to."""


@hookspec
def almenstyring_pictures() -> Iterable[PictureDescriptor]:  # type: ignore[empty-body]
    """Yield the renderers of pictures the plug-in offers."""


@hookspec
def almenstyring_calendars() -> Iterable[CalendarDescriptor]:  # type: ignore[empty-body]
    """Yield the writers of calendars the plug-in offers."""


@hookspec
def almenstyring_notifiers() -> Iterable[NotifierDescriptor]:  # type: ignore[empty-body]
    """Yield the notifiers the plug-in offers."""


@hookspec
def almenstyring_standards() -> Iterable[StandardPack]:  # type: ignore[empty-body]
    """Yield the report years' standards and questionnaires the plug-in brings."""


@hookspec
def almenstyring_charts() -> Iterable[ChartPack]:  # type: ignore[empty-body]
    """Yield the charts of accounts the plug-in brings."""


@hookspec
def almenstyring_rules() -> Iterable[RulePack]:  # type: ignore[empty-body]
    """Yield the rule packs the plug-in brings."""


@hookspec
def almenstyring_package_moved(event: PackageMoved) -> None:
    """Hear that a package took a step of the workflow, after it was stored."""
