"""Asks one plug-in at a time: a hook manager for each, so that nothing one does can reach another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

import pluggy

from almenstyring.domain.errors import PluginError
from almenstyring.domain.text import Text
from almenstyring.plugins import hookspecs
from almenstyring.plugins.descriptors import (
    API_VERSION,
    CalendarDescriptor,
    ChartPack,
    Descriptor,
    ExporterDescriptor,
    NotifierDescriptor,
    PictureDescriptor,
    RulePack,
    SourceDescriptor,
    StandardPack,
    StoreDescriptor,
)

_HOOKS: dict[type, str] = {
    StoreDescriptor: "almenstyring_stores",
    SourceDescriptor: "almenstyring_sources",
    ExporterDescriptor: "almenstyring_exporters",
    PictureDescriptor: "almenstyring_pictures",
    CalendarDescriptor: "almenstyring_calendars",
    NotifierDescriptor: "almenstyring_notifiers",
    StandardPack: "almenstyring_standards",
    ChartPack: "almenstyring_charts",
    RulePack: "almenstyring_rules",
}


def hooks_of(plugin: object, name: str) -> pluggy.PluginManager:
    """A hook manager for this plug-in alone, after pluggy's checks of names and arguments."""
    manager = pluggy.PluginManager(hookspecs.GROUP)
    manager.add_hookspecs(hookspecs)
    manager.register(plugin, name)
    manager.check_pending()
    if not manager.get_hookcallers(plugin):
        raise PluginError(
            Text(
                "Den har ingen funktion mærket med @almenstyring.plugins.hookimpl.",
                "It has no function marked with @almenstyring.plugins.hookimpl.",
            )
        )
    return manager


def asked(hooks: pluggy.PluginManager) -> Iterator[Descriptor]:
    """Ask one plug-in's hooks, walk its generators to the end, and check what comes."""
    for kind, hook in _HOOKS.items():
        for answer in cast("list[Iterable[object]]", getattr(hooks.hook, hook)()):
            for item in answer:
                yield _checked(item, kind)


def _checked(item: object, kind: type) -> Descriptor:
    if not isinstance(item, kind) or not isinstance(item, Descriptor):
        given = type(item).__name__
        raise PluginError(
            Text(
                f"{_HOOKS[kind]} gav {given} i stedet for {kind.__name__}.",
                f"{_HOOKS[kind]} yielded {given} instead of {kind.__name__}.",
            )
        )
    if item.api_version != API_VERSION:
        raise PluginError(
            Text(
                f"{item.name} er lavet til udvidelses-API {item.api_version}; dette er {API_VERSION}.",
                f"{item.name} is made for plug-in API {item.api_version}; this is {API_VERSION}.",
            ),
        )
    return item
