"""What the commands share: settings, language, formats, tables and how a store is opened."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property, wraps
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, TypeVar

import click
from attrs import frozen
from rich.console import Console
from rich.table import Table

import almenstyring as al
from almenstyring.cli.days import DAY
from almenstyring.cli.faults import WrongUsage
from almenstyring.codec import LARGEST_DOCUMENT
from almenstyring.domain.text import LANGUAGES, Language, Text
from almenstyring.plugins import Registry

F = TypeVar("F", bound=Callable[..., Any])


@frozen
class Settings:
    """What the group's options say."""

    debug: bool
    only: tuple[str, ...] | None

    @cached_property
    def registry(self) -> Registry:
        """The plug-ins this run may use."""
        return Registry.discover(only=self.only)


_LANGUAGE = "almenstyring.language"


def language() -> Language:
    """The language of the running command; Danish where none is chosen."""
    context = click.get_current_context(silent=True)
    return "en" if context and context.meta.get(_LANGUAGE) == "en" else "da"


def say(text: Text) -> None:
    """A sentence to the person at the terminal, on standard error, in the language asked for on the command line."""
    arguments = sys.argv[1:]
    english = "--lang=en" in arguments or ("--lang", "en") in pairwise(arguments)
    click.echo(text["en" if english else language()], err=True)


def _keep_language(context: click.Context, _: click.Parameter, chosen: str) -> None:
    context.meta[_LANGUAGE] = chosen


def in_language(command: F) -> F:
    """The option every command that prints texts has; ``language()`` tells what was chosen."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        default="da",
        show_default=True,
        expose_value=False,
        callback=_keep_language,
        help="Sprog. / Language.",
    )(command)


def in_format(*formats: str) -> Callable[[F], F]:
    """The option of commands that print text for people or data for programs; the first is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="Udskriftens form. / The form of the output.",
    )


in_year = click.option("--year", required=True, type=int, help="Styringsår. / Report year.")
on_day = click.option("--on", "on", type=DAY, help="Hvilken dag det skete; i dag. / On which day it happened; today.")

Needs = Literal["anybody", "municipality", "party"]
"""For whom a command must act: anybody, the operator too; a municipality; or a municipality or an organisation."""


@frozen(kw_only=True)
class Place:
    """A store, and on whose behalf it is opened: a municipality, an organisation, or the operator."""

    store: str
    municipality: str | None
    organisation: str | None
    test_mode: bool

    def open(self, settings: Settings, needs: Needs = "anybody") -> al.Workspace:
        """The workspace for whoever the options name; a store that is not there is not made.

        What a party may not do it hears from the use case; here only that none is named that could do it at all.
        """
        if self.municipality and self.organisation:
            raise WrongUsage(
                Text(
                    "Vælg --municipality eller --organisation, ikke begge.",
                    "Choose --municipality or --organisation, not both.",
                )
            )
        named = self.municipality or (self.organisation if needs == "party" else None)
        if needs != "anybody" and not named:
            raise WrongUsage(_NAME[needs])
        self._require_store(settings)
        if self.municipality:
            actor = al.Actor("cli", role="municipality", municipality=self.municipality)
        elif self.organisation:
            actor = al.Actor("cli", role="organisation", organisation=self.organisation)
        else:
            actor = al.Actor("cli", role="operator")
        return al.connect(
            self.store, actor=actor, registry=settings.registry, test_mode=True if self.test_mode else None
        )

    def _require_store(self, settings: Settings) -> None:
        kind, _, place = self.store.partition(":")
        if not settings.registry.store(kind).exists(place):
            raise al.NotFoundError(
                Text(f"Der er intet lager {self.store}.", f"There is no store {self.store}."),
                Text("Kontrollér adressen; intet er oprettet.", "Check the address; nothing was made."),
                store=self.store,
            )


_NAME: dict[Needs, Text] = {
    "municipality": Text(
        "Det gør en kommune: angiv den med --municipality.",
        "A municipality does this: name it with --municipality.",
    ),
    "party": Text(
        "Angiv, hvem der handles for, med --municipality eller --organisation.",
        "Name whom you act for with --municipality or --organisation.",
    ),
}


def on_store(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of commands that open a store; the command gets them together as ``place``."""
    return _placed(command, required=True)


def may_name_store(command: Callable[..., Any]) -> Callable[..., Any]:
    """The same where the store may be left out; ``place`` is None then."""
    return _placed(command, required=False)


def _placed(command: Callable[..., Any], *, required: bool) -> Callable[..., Any]:
    @wraps(command)
    def placed(
        *given: object,
        store: str | None,
        municipality: str | None,
        organisation: str | None,
        test_mode: bool,
        **options: object,
    ) -> object:
        place = None
        if store is not None:
            place = Place(store=store, municipality=municipality, organisation=organisation, test_mode=test_mode)
        elif municipality or organisation:
            raise WrongUsage(Text("Angiv lageret med --store.", "Name the store with --store."))
        return command(*given, place=place, **options)

    wrapped: Callable[..., Any] = placed
    store = click.option(
        "--store", required=required, metavar="ADRESSE", help='Lageret, fx "sqlite:dialog.db". / The store.'
    )
    for option in (*_PLACE_OPTIONS, store):
        wrapped = option(wrapped)
    return wrapped


_PLACE_OPTIONS = (
    click.option(
        "--test-mode", is_flag=True, help="Lageret holder opdigtede enheder. / The store holds invented units."
    ),
    click.option(
        "--organisation", metavar="NR", help="Handl for denne boligorganisation. / Act for this organisation."
    ),
    click.option("--municipality", metavar="KODE", help="Handl for denne kommune. / Act for this municipality."),
)


def read_input(file: str) -> bytes:
    """The bytes of a file, or of standard input for "-"; only so many that what never ends is refused as too large."""
    if file == "-":
        if sys.stdin is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return sys.stdin.buffer.read(LARGEST_DOCUMENT + 1)
    with Path(file).open("rb") as stream:
        return stream.read(LARGEST_DOCUMENT + 1)


def print_json(thing: object) -> None:
    """Data for programs, on standard output."""
    click.echo(json.dumps(thing, ensure_ascii=False, indent=2))


def console() -> Console:
    """Where tables are printed; colours only on a terminal, full width elsewhere so that nothing is cut."""
    width = None if sys.stdout.isatty() else 200
    return Console(file=sys.stdout, width=width, highlight=False, soft_wrap=False, markup=False)


def print_table(
    titles: Sequence[Text],
    rows: Iterable[Sequence[object]],
    *,
    title: Text | None = None,
    nothing: Text | None = None,
) -> None:
    """A table for people in the running command's language; a narrow terminal never breaks a date in two.

    Without rows there is no table but a sentence that says so.
    """
    chosen, body = language(), list(rows)
    if not body:
        click.echo((nothing or Text("Der er intet at vise.", "There is nothing to show."))[chosen])
        return
    table = Table(title=title[chosen] if title else None, title_justify="left", header_style="bold")
    for index, each in enumerate(titles):
        dates = any(isinstance(row[index], date) for row in body)
        table.add_column(each[chosen], overflow="fold", no_wrap=dates)
    for row in body:
        table.add_row(*(_cell(cell, chosen) for cell in row))
    console().print(table)


def _cell(cell: object, chosen: Language) -> str:
    if isinstance(cell, Text):
        return cell[chosen]
    return "" if cell is None else str(cell)


def both(text: Text) -> dict[str, str]:
    """A text in both languages, for JSON."""
    return {"da": text.da, "en": text.en}
