"""The command around notices: what is due, what was sent, and the plan."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
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
from almenstyring.cli.faults import WrongUsage
from almenstyring.content import label
from almenstyring.domain.text import Text, joined


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
@click.option("--plan", is_flag=True, help="Vis kommunens varslingsplan. / Show the municipality's plan of notices.")
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
    plan: bool,
    place: Place,
    form: str,
) -> int:
    """Vis de varsler, der er forfaldne; med --send sendes de, hvert højst én gang.

    Show the notices that are due; with --send they are sent, each at most once. Without --send nothing is sent and
    nothing is kept. What is lost is sent again by the next run. Exit 0: nothing failed. 1: something was not delivered,
    or nobody knows.
    """
    if sum(map(bool, (send, sent, arrived, lost, plan))) > 1:
        raise WrongUsage(
            Text(
                "Vælg én af --send, --sent, --arrived, --lost og --plan.",
                "Choose one of --send, --sent, --arrived, --lost and --plan.",
            )
        )
    if send and addresses is None:
        raise WrongUsage(Text("--send kræver --addresses.", "--send needs --addresses."))
    wanted = None if year is None else al.ReportYear(year)
    known = _addresses(addresses) if addresses else {}
    with place.open(settings, "municipality" if plan else "anybody") as workspace:
        if plan:
            _show_plan(workspace.notice_plan(), form)
            return 0
        if send:
            done = workspace.send_notices(send, known, year=wanted, language=language(), on_failure=_once_per_cause())
        elif settled := arrived or lost:
            done = (workspace.settle_notice(settled, delivered=bool(arrived)),)
        elif sent:
            done = workspace.sent_notices(year=wanted)
        else:
            _show_pending(workspace.pending_notices(year=wanted), form)
            return 0
    _show_done(done, form, _NONE_SENT if send else _NONE_YET)
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
    print_table(
        _PENDING, rows, title=Text("Varsler, der ikke er sendt", "Notices that are not sent"), nothing=_NONE_DUE
    )


def _show_done(done: Sequence[al.NoticeDelivery], form: str, nothing: Text) -> None:
    if form == "json":
        print_json([_done_as_json(each) for each in done])
        return
    rows = [
        (each.id, each.fell_due, label(each.kind), each.unit, label(each.state), each.on, each.attempts, each.reason)
        for each in done
    ]
    print_table(_DONE, rows, title=Text("Varsler", "Notices"), nothing=nothing)


_NONE_SENT = Text("Ingen varsler er forfaldne, så intet er sendt.", "No notices are due, so nothing was sent.")
_NONE_YET = Text("Der er ikke sendt varsler endnu.", "No notices have been sent yet.")
_NONE_DUE = Text("Ingen varsler er forfaldne.", "No notices are due.")


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


def _show_plan(plan: al.NoticePlan, form: str) -> None:
    if form == "json":
        print_json(_plan_as_json(plan))
        return
    yes = Text("ja", "yes") if plan.on_the_day else Text("nej", "no")
    own = Text(f"fastsat {plan.set_on} af {plan.set_by}", f"set on {plan.set_on} by {plan.set_by}")
    default = Text("projektets forslag; kommunen har ingen fastsat", "the project's own; the municipality has set none")
    rows = [
        (Text("Dage før fristen", "Days before the deadline"), _days(plan.before)),
        (Text("På fristens dag", "On the day of the deadline"), yes),
        (Text("Dage efter fristen", "Days after the deadline"), _days(plan.after)),
        (Text("Modtagere", "Receivers"), joined(map(label, plan.recipients), ", ", Text("ingen", "none"))),
        (Text("Det uafsluttede, hvert år (måned-dag)", "What is open, every year (month-day)"), _days(plan.open_items)),
        (Text("Gælder fra", "Begins on"), plan.begins),
        (Text("Plan", "Plan"), own if plan.set_on else default),
    ]
    title = Text(f"Varslingsplan, kommune {plan.municipality}", f"Plan of notices, municipality {plan.municipality}")
    print_table((Text("Hvad", "What"), Text("Hvornår", "When")), rows, title=title)


def _plan_as_json(plan: al.NoticePlan) -> dict[str, object]:
    return {
        "municipality": str(plan.municipality),
        "begins": plan.begins.isoformat(),
        "before": list(plan.before),
        "on_the_day": plan.on_the_day,
        "after": list(plan.after),
        "recipients": [role.value for role in plan.recipients],
        "open_items": [str(day) for day in plan.open_items],
        "set_by": plan.set_by,
        "set_on": plan.set_on and plan.set_on.isoformat(),
    }


def _days(days: Sequence[object]) -> object:
    return ", ".join(map(str, days)) or Text("ingen", "none")


COMMANDS = (notices,)
