"""Discovery, order, and what the registry answers when asked for a name, a suffix or a year."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import PluginError
from almenstyring.plugins import PluginInfo, Registry, hookimpl

Install = Callable[..., str]


def stores(*names: str) -> str:
    """The code of a plug-in with these stores."""
    return "@hookimpl\ndef almenstyring_stores():\n" + "".join(f"    yield store({name!r})\n" for name in names)


def exporters(*arguments: str) -> str:
    """The code of a plug-in with these exporters."""
    return "@hookimpl\ndef almenstyring_exporters():\n" + "".join(f"    yield exporter({a})\n" for a in arguments)


def packs(*arguments: str) -> str:
    """The code of a plug-in with these standard packs."""
    return "@hookimpl\ndef almenstyring_standards():\n" + "".join(f"    yield pack({a})\n" for a in arguments)


def refusal(question: Callable[[], object]) -> PluginError:
    """The error, after checking that it helps in both languages."""
    with pytest.raises(PluginError) as caught:
        question()
    for text in (caught.value.message, caught.value.hint):
        assert text.da and text.en and text.da != text.en
    return caught.value


def test_the_library_finds_itself_and_everything_installed_without_a_fault() -> None:
    registry = Registry.discover()
    assert registry.faults == []
    assert registry.store("memory").name == "memory"
    assert registry.standard_pack(ReportYear(2026)).name == "styringsrapport"
    assert "almenstyring" in [pack.name for pack in registry.rule_packs()]
    assert "styringsrapport" in [pack.name for pack in registry.standard_packs()]
    assert registry.exporter(".json").name == "json"


def test_plugins_are_ordered_by_name_whatever_the_order_of_the_path(install: Install) -> None:
    for name in ("omega", "alpha", "mid"):
        install(name, stores(name))
    registry = Registry.discover(only=("mid", "omega", "alpha"))
    assert registry.plugins == tuple(
        PluginInfo(name=name, origin=f"almenstyring-{name} 1.0", offers=(f"StoreDescriptor:{name}",))
        for name in ("alpha", "mid", "omega")
    )


def test_plugins_a_program_registers_take_their_place_by_name() -> None:
    class Deaf:
        @hookimpl
        def almenstyring_package_moved(self) -> None:
            return

    registry = Registry()
    for name, origin in (("b", "1"), ("a", "2"), ("a", "1")):
        registry.register(Deaf(), name, origin=origin)
    assert [(plugin.name, plugin.origin) for plugin in registry.plugins] == [("a", "1"), ("a", "2"), ("b", "1")]


def test_only_loads_no_code_of_the_others(install: Install) -> None:
    install("wanted", stores("wanted"))
    install("unwanted", "raise SystemExit")
    assert [plugin.name for plugin in Registry.discover(only=("wanted",)).plugins] == ["wanted"]
    assert Registry.discover(only=()).plugins == ()


def test_one_name_may_be_given_to_only_as_it_is(install: Install) -> None:
    install("wan", "raise SystemExit")
    install("wanted", stores("wanted"))
    registry = Registry.discover(only="wanted")
    assert [plugin.name for plugin in registry.plugins] == ["wanted"]
    assert registry.faults == []


def test_a_name_in_only_that_nobody_has_is_told(install: Install) -> None:
    install("wanted", stores("wanted"))
    registry = Registry.discover(only=("wanted", "wantde"))
    assert [(fault.plugin, fault.origin) for fault in registry.faults] == [("wantde", "only=")]
    hint = refusal(lambda: registry.store("other")).hint
    assert "wantde" in hint.da and "Ingen udvidelse hedder sådan" in hint.da
    assert "wantde" in hint.en and "No plug-in has that name" in hint.en


def test_two_distributions_may_use_the_same_name_and_both_are_in_use(install: Install) -> None:
    install("plugin", stores("first"), of="almenstyring-first")
    install("plugin", stores("second"), of="almenstyring-second", version="2.0")
    registry = Registry.discover(only=("plugin",))
    assert registry.faults == []
    assert [plugin.origin for plugin in registry.plugins] == ["almenstyring-first 1.0", "almenstyring-second 2.0"]
    assert [registry.store(name).name for name in ("first", "second")] == ["first", "second"]


@pytest.mark.parametrize("metadata", [b"", b"Name: \xe6\n"], ids=["no name", "not UTF-8"])
def test_a_broken_distribution_is_named_by_its_module(install: Install, tmp_path: Path, metadata: bytes) -> None:
    module = install("unlabelled", stores("there"))
    next(tmp_path.rglob("METADATA")).write_bytes(metadata)
    registry = Registry.discover(only=("unlabelled",))
    assert [plugin.origin for plugin in registry.plugins] == [module]
    assert registry.store("there").name == "there"


def test_an_unknown_store_is_answered_with_what_is_known_and_what_to_install(install: Install) -> None:
    install("alpha", stores("b", "a"))
    error = refusal(lambda: Registry.discover(only=("alpha",)).store("sqlite"))
    assert error.message.da == "Lageret 'sqlite' findes ikke."
    assert error.hint.da == "Kendte: a, b. Installer fx almenstyring-sqlite."
    assert error.message.en == "There is no store 'sqlite'."
    assert error.hint.en == "Known: a, b. Install for example almenstyring-sqlite."
    assert error.context == {"name": "sqlite"}


def test_without_any_plugin_nothing_is_known() -> None:
    registry = Registry()
    questions: tuple[Callable[[], object], ...] = (
        lambda: registry.store("x"),
        lambda: registry.source("x"),
        lambda: registry.exporter(".x"),
        lambda: registry.standard_pack(ReportYear(2026)),
    )
    for question in questions:
        error = refusal(question)
        assert error.hint.da.startswith("Kendte: -.") and error.hint.en.startswith("Known: -.")
    assert (registry.standard_packs(), registry.rule_packs()) == ((), ())


def test_a_store_claimed_twice_is_an_error_only_for_whoever_asks_for_it(install: Install) -> None:
    install("alpha", stores("same", "own"))
    install("omega", stores("same"), version="3.1")
    registry = Registry.discover(only=("alpha", "omega"))
    assert registry.faults == []
    assert [store.name for store in registry.stores()] == ["same", "own", "same"]
    assert registry.store("own").name == "own"
    error = refusal(lambda: registry.store("same"))
    claimed = "alpha (almenstyring-alpha 1.0), omega (almenstyring-omega 3.1)"
    assert error.message.da == f"Lageret 'same' tilbydes af flere: {claimed}."
    assert error.message.en == f"Several claim the store 'same': {claimed}."
    assert "only=" in error.hint.da and "only=" in error.hint.en
    assert Registry.discover(only=("omega",)).store("same").name == "same"


def test_a_store_and_a_source_may_share_a_name(install: Install) -> None:
    source = "@hookimpl\ndef almenstyring_sources():\n    yield SourceDescriptor("
    install("alpha", f"{source}name='same', open=print, description=Text('En kilde', 'A source'))\n{stores('same')}")
    registry = Registry.discover(only=("alpha",))
    assert registry.store("same").name == registry.source("same").name == "same"
    assert registry.plugins[0].offers == ("StoreDescriptor:same", "SourceDescriptor:same")


def test_a_suffix_claimed_twice_names_both_although_their_formats_have_other_names(install: Install) -> None:
    install("alpha", exporters("'one', '.same', '.one'"))
    install("omega", exporters("'two', '.same'"))
    registry = Registry.discover(only=("alpha", "omega"))
    assert registry.exporter(".one").name == "one"
    error = refusal(lambda: registry.exporter(".same"))
    assert "alpha (almenstyring-alpha 1.0), omega (almenstyring-omega 1.0)" in error.message.da


def test_a_format_is_found_by_its_suffix_although_another_has_its_name(install: Install) -> None:
    install("alpha", exporters("'sheet', '.xls'"))
    install("omega", exporters("'sheet', '.ods'"))
    registry = Registry.discover(only=("alpha", "omega"))
    assert registry.exporter(".ods").suffixes == (".ods",)
    assert registry.exporter(".XLS").suffixes == (".xls",)
    error = refusal(lambda: registry.exporter(".pdf"))
    assert error.message.da == "Eksportformatet '.pdf' findes ikke."
    assert error.hint.da == "Kendte: .ods, .xls. En udvidelse kan bringe flere formater."


def test_a_year_claimed_twice_names_both_although_their_packs_have_other_names(install: Install) -> None:
    install("alpha", packs("'one', 2027, 2028"))
    install("omega", packs("'two', 2028"))
    registry = Registry.discover(only=("alpha", "omega"))
    assert registry.standard_pack(ReportYear(2027)).name == "one"
    error = refusal(lambda: registry.standard_pack(ReportYear(2028)))
    assert "alpha (almenstyring-alpha 1.0), omega (almenstyring-omega 1.0)" in error.message.en
    assert "styringsår '2028'" in error.message.da


def test_an_unknown_year_is_answered_with_the_known_ones_and_the_faults(install: Install) -> None:
    install("alpha", packs("'one', 2028, 2027"))
    install("faulty", "raise OSError('gone')")
    error = refusal(lambda: Registry.discover(only=("alpha", "faulty")).standard_pack(ReportYear(2031)))
    assert error.message.en == "There is no standard for report year '2031'."
    assert error.hint.en == (
        "Known: 2027, 2028. A plug-in can bring more report years. "
        "Plug-in faulty (almenstyring-faulty 1.0) could not be used: OSError: gone"
    )
    assert "Udvidelsen faulty (almenstyring-faulty 1.0) kunne ikke bruges: OSError: gone" in error.hint.da
