"""The library's own plug-in: its store, standards, rules and formats enter by the seam that all others use."""

from __future__ import annotations

from collections.abc import Iterator

from almenstyring.builtin.json_export import write_json
from almenstyring.builtin.log import open_log
from almenstyring.builtin.memory import MemoryStore
from almenstyring.builtin.readable import write_html, write_text
from almenstyring.content import load_questionnaires, load_references, load_standard, standard_years
from almenstyring.domain.text import Text
from almenstyring.plugins import (
    ChartPack,
    ExporterDescriptor,
    NotifierDescriptor,
    RulePack,
    StandardPack,
    StoreDescriptor,
    hookimpl,
)
from almenstyring.rules import RULES_VERSION
from almenstyring.rules.builtin import BUILTIN_RULES


@hookimpl
def almenstyring_stores() -> Iterator[StoreDescriptor]:
    """The memory store."""
    yield StoreDescriptor(
        name="memory",
        open=lambda _place: MemoryStore(),
        description=Text("Lager i hukommelsen; væk, når programmet slutter.", "In memory; gone when the program ends."),
    )


@hookimpl
def almenstyring_standards() -> Iterator[StandardPack]:
    """The project-authored standards and the declared-empty questionnaires."""
    yield StandardPack(
        name="styringsrapport",
        years=standard_years(),
        load=load_standard,
        questionnaires=load_questionnaires,
        description=Text(
            "Projektets egen styringsrapport; ordlyden er ikke officiel.",
            "The project's own governance report; the wording is not official.",
        ),
    )


@hookimpl
def almenstyring_charts() -> Iterator[ChartPack]:
    """The project-authored chart of accounts, for years that no other plug-in brings one for."""
    yield ChartPack(
        name="almenstyring",
        load=lambda: (load_references().chart,),
        is_fallback=True,
        description=Text(
            "Projektets egen kontoplan; bilagene til DB § 72 er ikke fundet.",
            "The project's own chart of accounts; the annexes to DB § 72 were not found.",
        ),
    )


@hookimpl
def almenstyring_rules() -> Iterator[RulePack]:
    """The built-in rules."""
    yield RulePack(
        name="almenstyring",
        version=RULES_VERSION,
        rules=BUILTIN_RULES,
        description=Text("Bibliotekets regler.", "The library's rules."),
    )


@hookimpl
def almenstyring_exporters() -> Iterator[ExporterDescriptor]:
    """JSON for programs, HTML and text for people."""
    yield ExporterDescriptor(
        name="json",
        suffixes=(".json",),
        export=write_json,
        description=Text("Alle pakker i én JSON-fil.", "All packages in one JSON file."),
    )
    yield ExporterDescriptor(
        name="html",
        suffixes=(".html",),
        export=write_html,
        description=Text("Læsbare rapporter som én webside.", "Readable reports as one web page."),
    )
    yield ExporterDescriptor(
        name="text",
        suffixes=(".txt",),
        export=write_text,
        description=Text("Læsbare rapporter som ren tekst.", "Readable reports as plain text."),
    )


@hookimpl
def almenstyring_notifiers() -> Iterator[NotifierDescriptor]:
    """The log: for trying things out, and for hosts that send the messages themselves."""
    yield NotifierDescriptor(
        name="log",
        open=open_log,
        description=Text("Varsler som linjer i en fil, eller i loggen.", "Notices as lines of a file, or in the log."),
    )
