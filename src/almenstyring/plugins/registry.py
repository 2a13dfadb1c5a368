"""Finds plug-ins, isolates their faults and answers by name. No global state: make one, pass it on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar

import pluggy
from attrs import field, frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import PluginError
from almenstyring.domain.events import PackageMoved
from almenstyring.domain.figures.chart import Charts
from almenstyring.domain.text import Text
from almenstyring.plugins.asking import asked, hooks_of
from almenstyring.plugins.charts import one_per_year
from almenstyring.plugins.descriptors import (
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
from almenstyring.plugins.faults import PLUGIN_FAULTS, PluginFault, fault_of
from almenstyring.plugins.hookspecs import GROUP

_D = TypeVar("_D", bound=Descriptor)


@frozen(kw_only=True)
class PluginInfo:
    """A plug-in that was found: its name, the distribution and version it came from, what it offers."""

    name: str
    origin: str
    offers: tuple[str, ...] = ()


@frozen
class _Plugin:
    """A plug-in in use, with a hook manager of its own: nothing another one does can reach it."""

    name: str
    origin: str
    thing: object = field(eq=False)
    hooks: pluggy.PluginManager = field(eq=False)
    offers: tuple[Descriptor, ...]

    def __str__(self) -> str:
        return f"{self.name} ({self.origin})"


class Registry:
    """All plug-ins of one program run (da: register over udvidelser)."""

    def __init__(self) -> None:
        self._plugins: list[_Plugin] = []
        self.faults: list[PluginFault] = []

    @classmethod
    def discover(cls, *, only: Collection[str] | None = None) -> Registry:
        """Load every installed plug-in, or only the named ones; a plug-in that fails becomes a fault.

        Two distributions may use the same name: both are loaded, and both are chosen by it.
        """
        registry = cls()
        wanted = {only} if isinstance(only, str) else only
        found = [entry for entry in entry_points(group=GROUP) if wanted is None or entry.name in wanted]
        for entry in sorted(found, key=lambda entry: entry.name):
            registry._load(entry)
        for name in sorted({*(wanted or ())} - {entry.name for entry in found}):
            registry._fault(name, "only=", _not_installed())
        return registry

    def _load(self, entry: EntryPoint) -> None:
        origin = _origin(entry)
        try:
            plugin = entry.load()
        except PLUGIN_FAULTS as error:  # any plug-in code may run here; one fault must not stop the others
            self._fault(entry.name, origin, error)
        else:
            self.register(plugin, entry.name, origin=origin)

    def register(self, plugin: object, name: str, *, origin: str = "registered by the program") -> None:
        """Add a plug-in object by hand; a faulty one is recorded in ``faults`` and left out."""
        try:
            self._refuse_twice(plugin)
            hooks = hooks_of(plugin, name)
            offers = tuple(asked(hooks))
        except PLUGIN_FAULTS as error:  # see _load
            self._fault(name, origin, error)
        else:
            self._plugins.append(_Plugin(name, origin, plugin, hooks, offers))
            self._plugins.sort(key=lambda each: (each.name, each.origin))

    def _refuse_twice(self, plugin: object) -> None:
        for known in self._plugins:
            if known.thing is plugin:
                raise PluginError(Text(f"Den er allerede i brug som {known}.", f"It is already in use as {known}."))

    def _fault(self, name: str, origin: str, error: BaseException) -> None:
        fault = fault_of(name, origin, error)
        if fault not in self.faults:  # a program may run for months and a plug-in fail at every event
            self.faults.append(fault)

    @property
    def plugins(self) -> tuple[PluginInfo, ...]:
        """Every plug-in in use, by name."""
        return tuple(
            PluginInfo(
                name=plugin.name,
                origin=plugin.origin,
                offers=tuple(f"{type(item).__name__}:{item.name}" for item in plugin.offers),
            )
            for plugin in self._plugins
        )

    def _all(self, kind: type[_D]) -> Iterator[tuple[_Plugin, _D]]:
        return ((plugin, item) for plugin in self._plugins for item in plugin.offers if isinstance(item, kind))

    def _one(self, kind: type[_D], wanted: str, what: Text, remedy: Text) -> _D:
        found = [(plugin, item) for plugin, item in self._all(kind) if wanted in _names(item)]
        if len(found) == 1:
            return found[0][1]
        if found:
            raise _claimed_twice(wanted, what, [plugin for plugin, _ in found])
        known = ", ".join(sorted({name for _, item in self._all(kind) for name in _names(item)})) or "-"
        failed = [fault.what for fault in self.faults]
        raise PluginError(
            Text(f"{what.da} '{wanted}' findes ikke.", f"There is no {what.en} '{wanted}'."),
            Text(
                " ".join([f"Kendte: {known}. {remedy.da}", *(text.da for text in failed)]),
                " ".join([f"Known: {known}. {remedy.en}", *(text.en for text in failed)]),
            ),
            name=wanted,
        )

    def stores(self) -> tuple[StoreDescriptor, ...]:
        """Every kind of store."""
        return tuple(store for _, store in self._all(StoreDescriptor))

    def store(self, name: str) -> StoreDescriptor:
        """The store of that name; PluginError names what is known, what failed and who claims it twice."""
        return self._one(StoreDescriptor, name, Text("Lageret", "store"), _install(name))

    def source(self, name: str) -> SourceDescriptor:
        """The source of that name; errors as for ``store``."""
        return self._one(SourceDescriptor, name, Text("Kilden", "source"), _install(name))

    def exporter(self, suffix: str) -> ExporterDescriptor:
        """The exporter for a file suffix such as ".xlsx", in any case; errors as for ``store``."""
        remedy = Text("En udvidelse kan bringe flere formater.", "A plug-in can bring more formats.")
        return self._one(ExporterDescriptor, suffix.lower(), Text("Eksportformatet", "export format"), remedy)

    def picture(self, suffix: str) -> PictureDescriptor:
        """The renderer of pictures for a file suffix such as ".svg", in any case; errors as for ``store``."""
        remedy = Text("Installer fx almenstyring-altair.", "Install for example almenstyring-altair.")
        return self._one(PictureDescriptor, suffix.lower(), Text("Billedformatet", "picture format"), remedy)

    def calendar(self, suffix: str) -> CalendarDescriptor:
        """The writer of calendars for a file suffix such as ".ics", in any case; errors as for ``store``."""
        remedy = Text("Installer fx almenstyring-ical.", "Install for example almenstyring-ical.")
        return self._one(CalendarDescriptor, suffix.lower(), Text("Kalenderformatet", "calendar format"), remedy)

    def notifier(self, name: str) -> NotifierDescriptor:
        """The notifier of that name, the part of an address before the colon; errors as for ``store``."""
        return self._one(NotifierDescriptor, name, Text("Budbringeren", "notifier"), _install(name))

    def standard_packs(self) -> tuple[StandardPack, ...]:
        """Every pack of standards."""
        return tuple(pack for _, pack in self._all(StandardPack))

    def standard_pack(self, year: ReportYear) -> StandardPack:
        """The one pack that brings the year's standard; errors as for ``store``."""
        what = Text("Standarden for styringsår", "standard for report year")
        remedy = Text("En udvidelse kan bringe flere styringsår.", "A plug-in can bring more report years.")
        return self._one(StandardPack, str(year), what, remedy)

    def charts(self) -> Charts:
        """The charts of accounts by year; PluginError names the two plug-ins where both bring a year's.

        The library's own chart holds for the years that no other plug-in brings one for.
        """
        return one_per_year((str(plugin), pack) for plugin, pack in self._all(ChartPack))

    def rule_packs(self) -> tuple[RulePack, ...]:
        """Every rule pack."""
        return tuple(pack for _, pack in self._all(RulePack))

    def tell(self, event: PackageMoved) -> None:
        """Send an event to every plug-in, each in its own ``try``; a fault is recorded, never raised."""
        for plugin in self._plugins:
            try:
                plugin.hooks.hook.almenstyring_package_moved(event=event)
            except PLUGIN_FAULTS as error:  # see _load
                self._fault(plugin.name, plugin.origin, error)


def _origin(entry: EntryPoint) -> str:
    """The distribution and version of a plug-in, or where its code is when its metadata is broken."""
    try:
        return f"{entry.dist.name} {entry.dist.version}" if entry.dist and entry.dist.name else entry.value
    except Exception:  # metadata is somebody else's file
        return entry.value


def _names(item: Descriptor) -> tuple[str, ...]:
    """What an offer is asked for by."""
    match item:
        case ExporterDescriptor() | PictureDescriptor() | CalendarDescriptor():
            return item.suffixes
        case StandardPack():
            return tuple(map(str, item.years))
    return (item.name,)


def _install(name: str) -> Text:
    return Text(f"Installer fx almenstyring-{name}.", f"Install for example almenstyring-{name}.")


def _not_installed() -> PluginError:
    return PluginError(Text("Ingen udvidelse hedder sådan.", "No plug-in has that name."))


def _claimed_twice(wanted: str, what: Text, owners: list[_Plugin]) -> PluginError:
    claimed = ", ".join(map(str, owners))
    return PluginError(
        Text(
            f"{what.da} '{wanted}' tilbydes af flere: {claimed}.",
            f"Several claim the {what.en} '{wanted}': {claimed}.",
        ),
        Text(
            "Afinstaller den ene, eller indlæs kun den anden med only=.",
            "Uninstall one, or load only the other with only=.",
        ),
        name=wanted,
    )
