"""Commands around deadlines and notices."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import click

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
    print_table,
    read_input,
    say,
)
from almenstyring.content import label
from almenstyring.domain.text import Text


@click.command()
@click.option("--year", type=int, help="Kun dette styringsårs frister. / Only the deadlines of this report year.")
@click.option("--send", metavar="ADRESSE", help='Send dem, fx "smtp://…" eller "log:fil". / Send them.')
@click.option(
    "--addresses",
    metavar="FIL",
    type=click.Path(dir_okay=False, path_type=Path),
    help='TOML med en mailadresse pr. kode: T001 = "…". / TOML with an address per code.',
)
@click.option("--sent", is_flag=True, help="Vis, hvad der blev af de sendte. / Show what became of those sent.")
@click.option("--arrived", metavar="ID", help="Afklar et uvist varsel: det nåede frem. / An uncertain one arrived.")
@click.option("--lost", metavar="ID", help="Afklar det: det nåede ikke frem. / It never arrived.")
@on_store
@in_format("text", "json")
@in_language
@click.pass_obj
def notices(  # noqa: PLR0913 - one parameter per option
    settings: Settings,
    year: int | None,
    send: str | None,
    addresses: Path | None,
    sent: bool,
    arrived: str | None,
    lost: str | None,
    place: Place,
    form: str,
) -> int:
    """Vis de varsler, der er forfaldne; med --send sendes de, hvert højst én gang.

    Show the notices that are due; with --send they are sent, each at most once. Without --send nothing is sent and
    nothing is kept. What is lost is sent again by the next run. Exit 0: nothing failed. 1: something was not delivered,
    or nobody knows.
    """
    if sum(map(bool, (send, sent, arrived, lost))) > 1:
        raise click.UsageError(
            "Vælg én af --send, --sent, --arrived og --lost. / Choose one of --send, --sent, --arrived and --lost."
        )
    if send and addresses is None:
        raise click.UsageError("--send kræver --addresses. / --send needs --addresses.")
    wanted = None if year is None else al.ReportYear(year)
    known = _addresses(addresses) if addresses else {}
    with place.open(settings) as workspace:
        if send:
            done = workspace.send_notices(send, known, year=wanted, language=language(), on_failure=_once_per_cause())
        elif settled := arrived or lost:
            done = (workspace.settle_notice(settled, delivered=bool(arrived)),)
        elif sent:
            done = workspace.sent_notices(year=wanted)
        else:
            _show_pending(workspace.pending_notices(year=wanted), form)
            return 0
    _show_done(done, form)
    failed = (al.NoticeState.FAILED, al.NoticeState.UNCERTAIN)
    return 1 if send and any(each.state in failed for each in done) else 0


def _once_per_cause() -> Callable[[al.Notice, al.AlmenstyringError], None]:
    """Says what went wrong and what to do, once for each cause, however many notices it stopped."""
    told: set[str] = set()

    def tell(_: al.Notice, error: al.AlmenstyringError) -> None:
        words = f"{error.message[language()]} {error.hint[language()]}"
        if words not in told:
            told.add(words)
            say(Text(words, words))

    return tell


def _addresses(path: Path) -> dict[str, str]:
    """The addresses by code; what is written in the file is repeated in no error."""
    try:
        found = tomllib.loads(read_input(str(path)).decode())
    except ValueError:
        found = {"": 0}
    if not all(isinstance(address, str) for address in found.values()):
        raise al.InvalidValueError(
            Text(f"{path} kan ikke læses som adresser.", f"{path} cannot be read as addresses."),
            Text('Skriv en linje pr. modtager: T001 = "navn@example.org".', 'Write lines: T001 = "name@example.org".'),
        )
    return found


_PENDING = (
    Text("Forfalden", "Due on"),
    Text("Varsel", "Notice"),
    Text("Modtager", "Receiver"),
    Text("Som", "As"),
    Text("Emne", "Subject"),
)
_DONE = (
    Text("Id", "Id"),
    Text("Forfalden", "Due on"),
    Text("Varsel", "Notice"),
    Text("Modtager", "Receiver"),
    Text("Tilstand", "State"),
    Text("Sidst forsøgt", "Last tried"),
    Text("Forsøg", "Attempts"),
    Text("Årsag", "Reason"),
)


def _show_pending(pending: Sequence[al.Notice], form: str) -> None:
    if form == "json":
        print_json([_pending_as_json(each) for each in pending])
        return
    rows = [(each.fell_due, label(each.kind), each.unit, label(each.role), each.subject) for each in pending]
    print_table(_PENDING, rows, title=Text("Varsler, der ikke er sendt", "Notices that are not sent"))


def _show_done(done: Sequence[al.NoticeDelivery], form: str) -> None:
    if form == "json":
        print_json([_done_as_json(each) for each in done])
        return
    rows = [
        (each.id, each.fell_due, label(each.kind), each.unit, label(each.state), each.on, each.attempts, each.reason)
        for each in done
    ]
    print_table(_DONE, rows, title=Text("Varsler", "Notices"))


def _pending_as_json(notice: al.Notice) -> dict[str, object]:
    return {
        "id": notice.id,
        "kind": notice.kind.value,
        "role": notice.role.value,
        "receiver": str(notice.unit),
        "municipality": str(notice.municipality),
        "organisation": None if notice.organisation is None else str(notice.organisation),
        "year": None if notice.report_year is None else int(notice.report_year),
        "deadline": notice.due and notice.due.isoformat(),
        "due_on": notice.fell_due.isoformat(),
        "law": str(notice.law),
        "subject": both(notice.subject),
        "body": both(notice.body),
    }


def _done_as_json(done: al.NoticeDelivery) -> dict[str, object]:
    return {
        "id": done.id,
        "kind": done.kind.value,
        "role": done.role.value,
        "receiver": done.unit,
        "municipality": str(done.municipality),
        "year": None if done.report_year is None else int(done.report_year),
        "due_on": done.fell_due.isoformat(),
        "state": done.state.value,
        "on": done.on.isoformat(),
        "attempts": done.attempts,
        "reason": done.reason,
    }


@click.command()
@click.argument("numbers", nargs=-1, metavar="[NR]…")
@click.option("--year", required=True, type=int, help="Styringsår. / Report year.")
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), help="Sæt fristen. / Set the deadline.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Udsæt til. / Extend until.")
@click.option("--reason", default="", metavar="TEKST", help="Begrundelsen. / The reason.")
@on_store
@in_format("text", "json")
@in_language
@click.pass_obj
def deadline(  # noqa: PLR0913 - one parameter per option
    settings: Settings,
    numbers: tuple[str, ...],
    year: int,
    due: datetime | None,
    until: datetime | None,
    reason: str,
    place: Place,
    form: str,
) -> None:
    """Sæt eller udsæt fristen for de nævnte organisationer, eller sæt den for alle kommunens; ellers vises historien.

    Set or extend the deadline of the organisations named, or set it for all of the municipality's. With neither --due
    nor --until the history of the named ones is shown.
    """
    if (due and until) or not (numbers or due):
        raise click.UsageError(
            "Vælg --due eller --until, og nævn organisationerne. / Choose one of them, and name the organisations."
        )
    chosen = al.ReportYear(year)
    with place.open(settings) as workspace:
        if due:
            changed = workspace.set_deadlines(chosen, due.date(), numbers or None, reason=reason)
            numbers = tuple(str(each.organisation) for each in changed)
        elif until:
            workspace.extend_deadlines(numbers, chosen, until=until.date(), reason=reason)
        rows = [(number, each) for number in numbers for each in workspace.deadline_history(number, chosen)]
    if form == "json":
        print_json([_change_as_json(number, each) for number, each in rows])
        return
    cells = [(number, label(e.step), e.on, e.by, e.old, e.new, e.reason) for number, e in rows]
    print_table(_CHANGES, cells, title=Text(f"Frister i styringsår {year}", f"Deadlines of report year {year}"))


_CHANGES = (
    Text("Organisation", "Organisation"),
    Text("Skridt", "Step"),
    Text("Dag", "Day"),
    Text("Af", "By"),
    Text("Før", "Before"),
    Text("Derefter", "After"),
    Text("Begrundelse", "Reason"),
)


def _change_as_json(number: str, change: al.DeadlineChange) -> dict[str, object]:
    def day(given: date | None) -> str | None:
        return given.isoformat() if given else None

    return {
        "organisation": number,
        "step": change.step.value,
        "on": day(change.on),
        "by": change.by,
        "old": day(change.old),
        "new": day(change.new),
        "due": day(change.due),
        "reason": change.reason,
    }


COMMANDS = (notices, deadline)
