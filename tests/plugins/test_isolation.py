"""A faulty plug-in is left out whole and said so in both languages; the others never notice."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date

import pytest

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import AlmenstyringError, PluginError
from almenstyring.domain.events import PackageMoved
from almenstyring.domain.reporting import PackageStatus
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber
from almenstyring.plugins import PluginFault, Registry, StoreDescriptor, hookimpl

Install = Callable[..., str]

GOOD_TOO = """
@hookimpl
def almenstyring_stores():
    yield store("good_too")
"""

STORES = """
@hookimpl
def almenstyring_stores():
    {body}
"""

ASKS_TOO_MUCH = """
@hookimpl
def almenstyring_stores(year):
    return []
"""

FAULTS = {
    "an import that fails": ("import no_such_module_anywhere", "ModuleNotFoundError", "no_such_module_anywhere"),
    "a syntax error": ("def (", "SyntaxError", "line"),
    "an error at import": ("1 / 0", "ZeroDivisionError", "division"),
    "an import that wants to end the program": ("raise SystemExit(3)", "SystemExit", "3"),
    "an error with no text": ("raise RuntimeError", "RuntimeError", ""),
    "a hook that raises": (STORES.format(body="raise OSError('no disk')"), "OSError", "no disk"),
    "a hook that ends the program": (STORES.format(body="raise SystemExit('stop')"), "SystemExit", "stop"),
    "a generator that raises midway": (
        STORES.format(body="yield store('half')\n    raise OSError('half way')"), "OSError", "half way"),
    "a wrong descriptor": (
        STORES.format(body="yield exporter('x', '.x')"), "ExporterDescriptor", "instead of StoreDescriptor"),
    "no descriptor at all": (STORES.format(body="yield 'sqlite'"), "str", "instead of StoreDescriptor"),
    "letters instead of descriptors": (STORES.format(body="return 'sqlite'"), "str", "instead of StoreDescriptor"),
    "an answer that cannot be walked": (STORES.format(body="return 5"), "TypeError", "iterable"),
    "an answer that prints badly": (
        STORES.format(body="class Odd:\n        def __repr__(self): raise OSError\n    yield Odd()"), "Odd", "yielded"),
    "an exception that cannot be printed": (
        "class Mute(Exception):\n    def __str__(self): raise OSError\nraise Mute", "Mute", ""),
    "a hook with a misspelt name": (
        "@hookimpl\ndef almenstyring_storez():\n    return []", "PluginValidationError", "almenstyring_storez"),
    "a hook that asks for more than it gets": (
        ASKS_TOO_MUCH, "PluginValidationError", "year"),
    "a good hook before one that asks for too much": (
        "@hookimpl\ndef almenstyring_exporters():\n    yield exporter('half', '.half')\n" + ASKS_TOO_MUCH,
        "PluginValidationError", "year"),
    "a good hook before one that raises": (
        "@hookimpl\ndef almenstyring_rules():\n    raise OSError('late')\n" + STORES.format(body="yield store('half')"),
        "OSError", "late"),
    "no function that is marked": ("def almenstyring_stores():\n    return []", "hookimpl", "marked"),
    "another version of the interface": (
        STORES.format(body="yield store('half', api_version=2)"), "plug-in API 2", "this is 1"),
    "a field the descriptor does not know": (
        STORES.format(body="yield store('half', colour='red')"), "TypeError", "colour"),
    "a name that is none": (STORES.format(body="yield store(5)"), "StoreDescriptor.name", "must be a name"),
}  # fmt: skip


def moved() -> PackageMoved:
    """An event."""
    return PackageMoved(
        organisation=LbfNumber("T001"),
        report_year=ReportYear(2026),
        status=PackageStatus.SENT,
        on=date(2026, 6, 1),
        by="tester",
    )


def assert_told_in_both_languages(text: Text) -> None:
    assert text.da and text.en and text.da != text.en
    assert "\n" not in text.da + text.en


@pytest.mark.parametrize(("code", "kind", "detail"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_and_leaves_nothing_of_its_plugin(install: Install, code: str, kind: str, detail: str) -> None:
    install("alpha")
    install("faulty", code, version="2.3")
    install("omega", GOOD_TOO)
    registry = Registry.discover(only=("alpha", "faulty", "omega"))
    assert [plugin.name for plugin in registry.plugins] == ["alpha", "omega"]
    assert [registry.store(name).name for name in ("good", "good_too")] == ["good", "good_too"]
    [fault] = registry.faults
    assert (fault.plugin, fault.origin) == ("faulty", "almenstyring-faulty 2.3")
    assert kind in fault.what.en and detail in fault.what.en
    assert "Udvidelsen faulty (almenstyring-faulty 2.3)" in fault.what.da
    assert_told_in_both_languages(fault.what)
    for question in (lambda: registry.store("half"), lambda: registry.exporter(".half")):
        with pytest.raises(PluginError) as caught:
            question()
        assert fault.what.da in caught.value.hint.da
        assert fault.what.en in caught.value.hint.en
    registry.tell(moved())
    assert registry.faults == [fault]


def test_a_user_who_interrupts_is_obeyed(install: Install) -> None:
    install("slow", "raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        Registry.discover(only=("slow",))


def test_a_plugin_that_is_interrupted_while_it_is_asked_is_not_in_use() -> None:
    class Slow:
        @hookimpl
        def almenstyring_stores(self) -> list[StoreDescriptor]:
            raise KeyboardInterrupt

    registry = Registry()
    with pytest.raises(KeyboardInterrupt):
        registry.register(Slow(), "slow")
    assert registry.plugins == ()
    registry.tell(moved())


def test_an_event_reaches_everyone_although_one_fails_and_the_fault_is_kept_once(install: Install) -> None:
    first = install("alpha")
    install("faulty", "@hookimpl\ndef almenstyring_package_moved(event):\n    raise OSError(event.status)")
    install("grave", "@hookimpl\ndef almenstyring_package_moved():\n    raise SystemExit")
    last = install("omega")
    registry = Registry.discover(only=("alpha", "faulty", "grave", "omega"))
    assert registry.faults == []
    for _ in range(3):
        registry.tell(moved())
    assert sys.modules[first].HEARD == sys.modules[last].HEARD == [moved()] * 3
    assert [(fault.plugin, "OSError: sent" in fault.what.en) for fault in registry.faults] == [
        ("faulty", True),
        ("grave", False),
    ]
    assert [plugin.name for plugin in registry.plugins] == ["alpha", "faulty", "grave", "omega"]


def test_the_log_names_the_kind_of_fault_and_not_its_text(install: Install, caplog: pytest.LogCaptureFixture) -> None:
    install("faulty", "raise OSError('060154-xxxx is wrong')")
    Registry.discover(only=("faulty",))
    assert "OSError" in caplog.text
    assert "060154" not in caplog.text


def test_an_error_of_the_library_speaks_both_languages_in_the_fault() -> None:
    class Odd:
        @hookimpl
        def almenstyring_stores(self) -> list[StoreDescriptor]:
            raise AlmenstyringError(Text("Det gik galt.", "It went wrong."))

    registry = Registry()
    registry.register(Odd(), "odd")
    assert registry.faults == [
        PluginFault(
            plugin="odd",
            origin="registered by the program",
            what=Text(
                "Udvidelsen odd (registered by the program) kunne ikke bruges: Det gik galt.",
                "Plug-in odd (registered by the program) could not be used: It went wrong.",
            ),
        )
    ]


def test_a_hook_may_have_nothing_to_offer() -> None:
    class Empty:
        @hookimpl
        def almenstyring_stores(self) -> None:
            return None

    registry = Registry()
    registry.register(Empty(), "empty")
    assert registry.faults == []
    assert [plugin.offers for plugin in registry.plugins] == [()]


def test_an_object_is_used_once_however_often_it_is_registered() -> None:
    class Good:
        heard = 0

        @hookimpl
        def almenstyring_package_moved(self, event: PackageMoved) -> None:
            self.heard += 1

    plugin, registry = Good(), Registry()
    registry.register(plugin, "one")
    registry.register(plugin, "two")
    registry.tell(moved())
    assert [each.name for each in registry.plugins] == ["one"]
    assert plugin.heard == 1
    [fault] = registry.faults
    assert fault.plugin == "two" and "one (registered by the program)" in fault.what.en


def test_two_registries_share_nothing(install: Install) -> None:
    install("faulty", "raise OSError")
    one, other = Registry.discover(only=("builtin", "faulty")), Registry()
    assert [plugin.name for plugin in one.plugins] == ["builtin"]
    assert len(one.faults) == 1
    assert other.plugins == () and other.faults == []
    other.register(object(), "nothing")
    assert len(one.faults) == 1
