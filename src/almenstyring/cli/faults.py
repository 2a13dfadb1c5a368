"""What went wrong, in sentences: wrong usage that Click found, and files that cannot be read or written."""

from __future__ import annotations

import errno
import re
from collections.abc import Mapping

import click

from almenstyring.domain.text import Text


class WrongUsage(click.UsageError):
    """A wrong usage that a command tells of itself, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(f"{text.da} / {text.en}", click.get_current_context(silent=True))
        self.text = text


class WrongValue(click.BadParameter):
    """A value of an option or argument that a type of ours refuses, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(f"{text.da} / {text.en}")
        self.text = text


def usage_fault(error: click.ClickException) -> Text:
    """One sentence on a wrong usage; what Click has no kind for keeps Click's own words."""
    if isinstance(error, WrongUsage):
        return error.text
    english = error.format_message()
    if isinstance(error, WrongValue):
        place = _place(error)
        return Text(f"{place}: {error.text.da}", f"{place}: {error.text.en}")
    danish = _in_danish(error)
    return Text(danish or f"Forkert brug: {english}", english)


def usage_help(error: click.ClickException) -> Text | None:
    """How the command is used, and how to read more of it."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return None
    form = " ".join([context.command_path, *context.command.collect_usage_pieces(context)])
    more = f"{context.command_path} --help"
    return Text(f"Brug: {form}\nMere: {more}", f"Usage: {form}\nMore: {more}")


def _in_danish(error: click.ClickException) -> str | None:
    match error:
        case click.NoSuchOption():
            near = ", ".join(sorted(error.possibilities or ()))
            return f"Der er ingen valgmulighed {error.option_name}." + (f" Mente du {near}?" if near else "")
        case click.MissingParameter():
            return f"{_place(error)} mangler."
        case click.BadParameter():
            return f"{_place(error)}: {_wanted(error)}"
        case click.BadOptionUsage():
            takes_one = "does not take" not in error.message
            return f"{error.option_name} {'skal have en værdi' if takes_one else 'tager ingen værdi'}."
    return _plain_usage(error.message)


def _plain_usage(message: str) -> str | None:
    """Click tells some faults only by their words."""
    if unknown := re.match(r"No such command '(.*?)'", message):
        return f"Der er ingen kommando {unknown[1]}; almenstyring --help viser dem alle."
    if superfluous := re.match(r"Got unexpected extra arguments? \((.*)\)", message):
        return f"Det er for meget: {superfluous[1]}. Sæt en tekst af flere ord i anførselstegn."
    return "Kommandoen mangler." if message.startswith("Missing command") else None


def _place(error: click.BadParameter) -> str:
    """The option or argument, as it is written on the command line."""
    hint = error.param.get_error_hint(error.ctx) if error.param and error.ctx else ""
    return hint.replace("'", "") or "Kommandolinjen"


def _wanted(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    given = error.message.partition(" is not ")[0]
    if isinstance(kind, click.Choice):
        return f"{given} kan ikke vælges. Vælg mellem {', '.join(map(str, kind.choices))}."
    if kind is click.INT:
        return f"{given} er ikke et helt tal."
    return f"værdien kan ikke bruges ({error.message})"


_SEE_PATH = Text("Kontrollér stien og filens navn.", "Check the path and the name of the file.")
_SEE_RIGHTS = Text("Bed om adgang, eller vælg en anden fil.", "Ask for access, or choose another file.")
_REASONS: Mapping[int, tuple[Text, Text]] = {
    errno.ENOENT: (Text("den findes ikke", "there is no such file"), _SEE_PATH),
    errno.ENOTDIR: (Text("mappen findes ikke", "there is no such folder"), _SEE_PATH),
    errno.ENAMETOOLONG: (Text("navnet er for langt", "the name is too long"), _SEE_PATH),
    errno.EISDIR: (Text("det er en mappe", "it is a folder"), Text("Nævn en fil i den.", "Name a file in it.")),
    errno.EACCES: (Text("der er ikke adgang til den", "access is denied"), _SEE_RIGHTS),
    errno.EPERM: (Text("det er ikke tilladt", "it is not permitted"), _SEE_RIGHTS),
    errno.EROFS: (Text("der kan ikke skrives dér", "it cannot be written there"), _SEE_RIGHTS),
    errno.ENOSPC: (
        Text("der er ikke plads på disken", "there is no room on the disk"),
        Text("Skaf plads, og prøv igen.", "Make room and try again."),
    ),
    errno.EBADF: (
        Text("standard input eller output er lukket", "standard input or output is closed"),
        Text("Nævn en fil.", "Name a file."),
    ),
}


def system_fault(error: OSError, *, named: bool = True) -> tuple[Text, Text]:
    """That a file cannot be used and why, and what to do about it; by its name, unless what is printed has it."""
    unknown = error.strerror or type(error).__name__
    reason, remedy = _REASONS.get(error.errno or 0, (Text(unknown, unknown), Text("", "")))
    what = str(error.filename) if named and error.filename is not None else ""
    told = Text("{what} kan ikke læses eller skrives: {why}.", "{what} cannot be read or written: {why}.")
    return told.fill(what=what or Text("Filen", "The file"), why=reason), remedy
