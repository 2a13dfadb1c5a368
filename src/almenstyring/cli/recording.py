"""The command that keeps what is given as documents, each by its own use case."""

from __future__ import annotations

from collections.abc import Sequence

import click
from attrs import frozen

import almenstyring as al
from almenstyring.cli.common import (
    Place,
    Settings,
    both,
    in_format,
    in_language,
    language,
    on_store,
    print_json,
    read_input,
)
from almenstyring.cli.faults import system_fault
from almenstyring.cli.keeping import ELSEWHERE, KEEPERS, called, known_kinds, short_name
from almenstyring.codec import decode, parse, recognise
from almenstyring.domain.errors import NO_HINT, Fault
from almenstyring.domain.text import Text


@frozen(kw_only=True)
class Outcome:
    """What became of one file: kept under a name, or not, and why."""

    file: str
    kind: type | None = None
    name: str = ""
    notes: tuple[Text, ...] = ()
    message: Text | None = None
    hint: Text = NO_HINT
    faults: tuple[Fault, ...] = ()

    @property
    def kept(self) -> bool:
        """Whether it is in the store now."""
        return self.message is None


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FIL…", type=click.Path(allow_dash=True))
@on_store
@in_format("text", "json")
@in_language
@click.pass_obj
def record(settings: Settings, files: tuple[str, ...], place: Place, form: str) -> int:
    """Gem aftaler, møder, indkaldelser, redegørelser og andet, der er skrevet som dokumenter; "-" er standard input.

    Keep agreements, meetings, invitations, statements and more that are written as documents; "-" is standard input.
    Begin from what the command template prints. Who enters it and when is noted by the store. Every file is tried, and
    each is kept whole or not at all. Exit 0: all are kept. 2: one was not.
    """
    with place.open(settings, "party") as workspace:
        outcomes = [_recorded(workspace, file) for file in files]
    if form == "json":
        print_json([_as_json(each) for each in outcomes])
    else:
        for each in outcomes:
            _print(each)
    return 0 if all(each.kept for each in outcomes) else 2


def _recorded(workspace: al.Workspace, file: str) -> Outcome:
    """Read, recognise and keep one file; what is in the way of it stops no other."""
    kind: type | None = None
    try:
        content = read_input(file)
        kind = recognise(parse(content, file=file))
        if kind is None or kind not in KEEPERS:
            return Outcome(file=file, kind=kind, message=_UNKNOWN, hint=_instead(kind))
        keeper = KEEPERS[kind]
        document: object = decode(content, kind, file=file)
        keeper.keep(workspace, document)
        return Outcome(
            file=file, kind=kind, name=str(keeper.name(document)), notes=tuple(keeper.then(workspace, document))
        )
    except OSError as error:
        message, hint = system_fault(error, named=False)
        return Outcome(file=file, message=message, hint=hint)
    except al.DecodeError as error:
        return Outcome(file=file, kind=kind, message=error.message, hint=error.hint, faults=error.faults)
    except al.AlmenstyringError as error:
        return Outcome(file=file, kind=kind, message=error.message, hint=error.hint)


_UNKNOWN = Text("Dokumentet gemmes ikke med denne kommando.", "The document is not kept by this command.")


def _instead(kind: type | None) -> Text:
    if kind is None:
        return Text(
            f"format skal være almenstyring/ og en af {known_kinds()}. Begynd fra almenstyring template.",
            f"format must be almenstyring/ and one of {known_kinds()}. Begin from almenstyring template.",
        )
    return ELSEWHERE.get(kind, Text(f"Gemt bliver kun {known_kinds()}.", f"Kept are only {known_kinds()}."))


def _print(outcome: Outcome) -> None:
    """A line per file and what belongs to it; what was not kept on standard error."""
    lang = language()
    for line in _lines(outcome):
        click.echo(line[lang], err=not outcome.kept)


def _lines(outcome: Outcome) -> Sequence[Text]:
    where = Text(outcome.file, outcome.file)
    if outcome.message is None:
        assert outcome.kind is not None
        kept = Text("{file}: {what} {name} er gemt.", "{file}: {what} {name} is kept.")
        notes = (Text(f"  {note.da}", f"  {note.en}") for note in outcome.notes)
        return (kept.fill(file=where, what=called(outcome.kind), name=outcome.name), *notes)
    first = Text("{file}: {message}", "{file}: {message}").fill(file=where, message=outcome.message)
    faults = (
        Text("  {place}: {message}", "  {place}: {message}").fill(place=_place(f), message=f.message)
        for f in outcome.faults
    )
    hint = (Text(f"  {outcome.hint.da}", f"  {outcome.hint.en}"),) if outcome.hint.da else ()
    return (first, *faults, *hint)


def _place(fault: Fault) -> str:
    """The line, where the text itself is faulty, and the path within the document."""
    return f"{fault.path}, {fault.line}" if fault.line is not None else fault.path


def _as_json(outcome: Outcome) -> dict[str, object]:
    return {
        "file": outcome.file,
        "kept": outcome.kept,
        "kind": short_name(outcome.kind) if outcome.kind else None,
        "name": outcome.name,
        "notes": [both(note) for note in outcome.notes],
        "message": outcome.message and both(outcome.message),
        "hint": both(outcome.hint),
        "faults": [{"path": f.path, "line": f.line, "message": both(f.message)} for f in outcome.faults],
    }


COMMANDS = (record,)
