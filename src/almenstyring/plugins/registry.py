"""Finds plug-ins, isolates their faults and answers by name. No global state: make one, pass it on."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar, cast

import pluggy
from attrs import frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import PluginError
from almenstyring.domain.events import PackageMoved
from almenstyring.domain.text import Text
from almenstyring.plugins import hookspecs
from almenstyring.plugins.descriptors import (
    API_VERSION,
    Descriptor,
    ExporterDescriptor,
    RulePack,
    SourceDescriptor,
    StandardPack,
    StoreDescriptor,
)

_log = logging.getLogger(__name__)
_D = TypeVar("_D", bound=Descriptor)

_HOOKS: dict[type[Descriptor], str] = {
    StoreDescriptor: "almenstyring_stores",
    SourceDescriptor: "almenstyring_sources",
    ExporterDescriptor: "almenstyring_exporters",
    StandardPack: "almenstyring_standards",
    RulePack: "almenstyring_rules",
}


@frozen(kw_only=True)
class PluginInfo:
    """A plug-in that was found: its name, the distribution and version it came from, what it offers."""

    name: str
    origin: str
    offers: tuple[str, ...] = ()


@frozen(kw_only=True)
class PluginFault:
    """What went wrong with one plug-in; the others are not affected."""

    plugin: str
    origin: str
    what: Text


class Registry:
    """All plug-ins of one program run (da: register over udvidelser)."""

    def __init__(self) -> None:
        self._manager = pluggy.PluginManager(hookspecs.GROUP)
        self._manager.add_hookspecs(hookspecs)
        self._origins: dict[str, str] = {}
        self._offers: dict[str, list[Descriptor]] = {}
        self.faults: list[PluginFault] = []

    @classmethod
    def discover(cls, *, only: Collection[str] | None = None) -> Registry:
        """Load every installed plug-in, or only the named ones; a plug-in that fails becomes a fault."""
        registry = cls()
        for entry in sorted(entry_points(group=hookspecs.GROUP), key=lambda e: e.name):
            if only is None or entry.name in only:
                registry._load(entry)
        return registry

    def _load(self, entry: EntryPoint) -> None:
        origin = f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.value
        try:
            plugin = entry.load()
        except Exception as error:  # any plug-in code may run here; one fault must not stop the others
            self._fault(entry.name, origin, error)
        else:
            self.register(plugin, entry.name, origin=origin)

    def register(self, plugin: object, name: str, *, origin: str = "registered by the program") -> None:
        """Add a plug-in object by hand; a faulty one is recorded in ``faults`` and left out."""
        try:
            self._manager.register(plugin, name)
            self._manager.check_pending()
            self._origins[name] = origin
            self._offers[name] = [found for kind in _HOOKS for found in self._asked(plugin, kind)]
        except Exception as error:  # see _load
            self._forget(plugin, name)
            self._fault(name, origin, error)

    def _forget(self, plugin: object, name: str) -> None:
        self._origins.pop(name, None)
        self._offers.pop(name, None)
        if self._manager.is_registered(plugin):
            self._manager.unregister(plugin)

    def _fault(self, name: str, origin: str, error: Exception) -> None:
        reason = f"{type(error).__name__}: {error}"
        what = Text(f"Udvidelsen {name} kunne ikke bruges: {reason}", f"Plug-in {name} could not be used: {reason}")
        self.faults.append(PluginFault(plugin=name, origin=origin, what=what))
        _log.warning("plug-in %s from %s could not be used: %s", name, origin, type(error).__name__)

    def _asked(self, plugin: object, kind: type[_D]) -> list[_D]:
        """Ask one plug-in's one hook, walk its generator to the end, and check what came."""
        others = [other for other in self._manager.get_plugins() if other is not plugin]
        caller = self._manager.subset_hook_caller(_HOOKS[kind], others)
        answers = cast("list[Iterable[object]]", caller())
        found = [item for answer in answers for item in answer]
        for item in found:
            _check(item, kind)
        return cast("list[_D]", found)

    @property
    def plugins(self) -> tuple[PluginInfo, ...]:
        """Every plug-in in use, by name."""
        return tuple(
            PluginInfo(
                name=name,
                origin=origin,
                offers=tuple(f"{type(item).__name__}:{item.name}" for item in self._offers[name]),
            )
            for name, origin in sorted(self._origins.items())
        )

    def _all(self, kind: type[_D]) -> tuple[_D, ...]:
        return tuple(
            item for name in sorted(self._offers) for item in self._offers[name] if isinstance(item, kind)
        )

    def _named(self, kind: type[_D], name: str, what: Text) -> _D:
        found = [item for item in self._all(kind) if item.name == name]
        if len(found) == 1:
            return found[0]
        raise self._not_one(kind, name, what, len(found))

    def _not_one(self, kind: type[Descriptor], name: str, what: Text, count: int) -> PluginError:
        if count:
            owners = [p for p, offers in sorted(self._offers.items()) for o in offers if _is(o, kind, name)]
            claimed = ", ".join(f"{owner} ({self._origins[owner]})" for owner in owners)
            message = Text(f"{what.da} '{name}' tilbydes af flere: {claimed}.", f"Several claim the {what.en} '{name}': {claimed}.")
            hint = Text("Indlæs kun den ene med only=.", "Load only one of them with only=.")
        else:
            known = ", ".join(item.name for item in self._all(kind)) or "-"
            failed = "".join(f" {fault.what.en}" for fault in self.faults)
            message = Text(f"{what.da} '{name}' findes ikke.", f"There is no {what.en} '{name}'.")
            hint = Text(
                f"Kendte: {known}. Installer fx almenstyring-{name}.{failed}",
                f"Known: {known}. Install for example almenstyring-{name}.{failed}",
            )
        return PluginError(message, hint, name=name)

    def store(self, name: str) -> StoreDescriptor:
        """The store of that name; PluginError names what is known, what failed and who claims it twice."""
        return self._named(StoreDescriptor, name, Text("Lageret", "store"))

    def source(self, name: str) -> SourceDescriptor:
        """The source of that name; errors as for ``store``."""
        return self._named(SourceDescriptor, name, Text("Kilden", "source"))

    def exporter(self, suffix: str) -> ExporterDescriptor:
        """The exporter for a file suffix such as ".xlsx"; errors as for ``store``."""
        names = [e.name for e in self._all(ExporterDescriptor) if suffix in e.suffixes]
        if not names:
            raise self._not_one(ExporterDescriptor, suffix, Text("Eksportformatet", "export format"), 0)
        return self._named(ExporterDescriptor, names[0], Text("Eksportformatet", "export format"))

    def standard_packs(self) -> tuple[StandardPack, ...]:
        """Every pack of standards."""
        return self._all(StandardPack)

    def standard_pack(self, year: ReportYear) -> StandardPack:
        """The one pack that brings the year's standard; errors as for ``store``."""
        found = [pack for pack in self.standard_packs() if year in pack.years]
        if len(found) == 1:
            return found[0]
        if found:
            raise self._not_one(StandardPack, found[0].name, Text(f"Standarden for {year}", f"standard for {year}"), 2)
        known = ", ".join(str(known) for pack in self.standard_packs() for known in pack.years) or "-"
        raise PluginError(
            Text(f"Der er ingen standard for styringsår {year}.", f"There is no standard for report year {year}."),
            Text(
                f"Kendte styringsår: {known}. En udvidelse kan bringe flere.",
                f"Known report years: {known}. A plug-in can bring more.",
            ),
            year=int(year),
        )

    def rule_packs(self) -> tuple[RulePack, ...]:
        """Every rule pack."""
        return self._all(RulePack)

    def tell(self, event: PackageMoved) -> None:
        """Send an event to every plug-in, each in its own ``try``; a fault is recorded, never raised."""
        for name in sorted(self._origins):
            plugin = self._manager.get_plugin(name)
            others = [other for other in self._manager.get_plugins() if other is not plugin]
            try:
                self._manager.subset_hook_caller("almenstyring_package_moved", others)(event=event)
            except Exception as error:  # see _load
                self._fault(name, self._origins[name], error)


def _is(item: Descriptor, kind: type[Descriptor], name: str) -> bool:
    return isinstance(item, kind) and item.name == name


def _check(item: object, kind: type[Descriptor]) -> None:
    if not isinstance(item, kind):
        raise PluginError(
            Text(f"{item!r} er ikke en {kind.__name__}.", f"{item!r} is not a {kind.__name__}."),
        )
    if item.api_version != API_VERSION:
        raise PluginError(
            Text(
                f"{item.name} er lavet til udvidelses-API {item.api_version}; dette er {API_VERSION}.",
                f"{item.name} is made for plug-in API {item.api_version}; this is {API_VERSION}.",
            ),
        )
