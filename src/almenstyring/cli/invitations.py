"""Commands around invitations to meetings: list them, and issue, move or cancel one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import click
from attrs import frozen

import almenstyring as al
from almenstyring.cli.common import (
    Place,
    Settings,
    both,
    in_format,
    in_language,
    on_day,
    on_store,
    print_json,
    print_table,
)
from almenstyring.cli.days import MOMENT
from almenstyring.cli.faults import WrongUsage
from almenstyring.codec import plain
from almenstyring.content import label
from almenstyring.domain.dialogue.invitations import InvitationStep
from almenstyring.domain.text import Text


@frozen(kw_only=True)
class Move:
    """Where and when a meeting goes; what is None stays."""

    when: datetime
    minutes: int | None
    place: str | None
    note: str

    def of(self, workspace: al.Workspace, invitation: str, on: date | None) -> al.Invitation:
        """Move the meeting; it lasts as long as before where nothing else is said."""
        minutes = self.minutes or _found(workspace, invitation).when.minutes
        when = al.MeetingTime(day=self.when.date(), at=self.when.timetz(), minutes=minutes)
        return workspace.move_meeting(invitation, when, place=self.place, note=self.note, on=on)


@click.command()
@click.argument("invitation_id", metavar="ID")
@click.option("--send", is_flag=True, help="Der er indkaldt skriftligt. / The invitation was sent in writing.")
@click.option("--move", type=MOMENT, help='Flyt mødet, fx til "2026-10-01 10:00". / Move the meeting.')
@click.option("--minutes", type=int, help="Hvor længe mødet så varer. / How long it lasts then.")
@click.option("--at", "at", metavar="STED", help="Hvor mødet så holdes. / Where it is held then.")
@click.option("--note", default="", metavar="TEKST", help="Hvorfor mødet flyttes. / Why it is moved.")
@click.option("--cancel", metavar="GRUND", help="Aflys mødet med en begrundelse. / Cancel it, with the reason.")
@on_day
@on_store
@in_format("text", "json")
@in_language
@click.pass_obj
def invitation(  # noqa: PLR0913 - one parameter per option
    settings: Settings,
    invitation_id: str,
    send: bool,
    move: datetime | None,
    minutes: int | None,
    at: str | None,
    note: str,
    cancel: str | None,
    on: date | None,
    place: Place,
    form: str,
) -> None:
    """Vis en indkaldelse med dens historie, notér den som sendt, flyt mødet, eller aflys det.

    Show an invitation with its history; note it as sent, move the meeting, or cancel it. A new one is planned with the
    command record. A yearly meeting that is cancelled is owed all the same (DB § 112, stk. 1).
    """
    if sum((send, move is not None, cancel is not None)) > 1:
        raise WrongUsage(Text("Vælg én af --send, --move og --cancel.", "Choose one of --send, --move and --cancel."))
    if move is None and (minutes is not None or at is not None or note):
        raise WrongUsage(
            Text("--minutes, --at og --note hører til --move.", "--minutes, --at and --note go with --move.")
        )
    acts = send or move is not None or cancel is not None
    with place.open(settings, "municipality" if acts else "party") as workspace:
        if send:
            found = workspace.invite(invitation_id, on=on)
        elif move is not None:
            found = Move(when=move, minutes=minutes, place=at, note=note).of(workspace, invitation_id, on)
        elif cancel is not None:
            found = workspace.cancel_meeting(invitation_id, reason=cancel, on=on)
        else:
            found = _found(workspace, invitation_id)
    if form == "json":
        print_json(_as_json(found))
        return
    _show((found,))
    rows = [(step.on, label(step.act), step.by, _what(step)) for step in found.history]
    print_table(_HISTORY, rows, title=Text("Historie", "History"), nothing=_UNSENT)


_HISTORY = (Text("Dag", "Day"), Text("Hændelse", "Event"), Text("Af", "By"), Text("Bemærkning", "Note"))
_UNSENT = Text("Den er planlagt og ikke sendt.", "It is planned and was not sent.")


def _what(step: InvitationStep) -> Text:
    before = Text(f"før {step.was} {step.was_at}", f"before {step.was} {step.was_at}") if step.was else Text("", "")
    return Text(f"{step.note} {before.da}".strip(), f"{step.note} {before.en}".strip())


def _found(workspace: al.Workspace, invitation_id: str) -> al.Invitation:
    for each in workspace.invitations():
        if each.id == invitation_id:
            return each
    raise al.NotFoundError(
        Text(f"Der er ingen indkaldelse {invitation_id}.", f"There is no invitation {invitation_id}."),
        Text("almenstyring invitations viser dem, der er.", "almenstyring invitations shows those there are."),
        invitation=invitation_id,
    )


@click.command()
@click.option("--year", type=int, help="Kun dette styringsår. / Only this report year.")
@on_store
@in_format("text", "json")
@in_language
@click.pass_obj
def invitations(settings: Settings, year: int | None, place: Place, form: str) -> None:
    """Indkaldelser til møder, planlagte, sendte, aflyste og afholdte; en organisation ser dem, den har fået.

    Invitations to meetings: planned, sent, cancelled and held; an organisation sees those it received.
    """
    with place.open(settings) as workspace:
        found = workspace.invitations(year=None if year is None else al.ReportYear(year))
    if form == "json":
        print_json([_as_json(each) for each in found])
    else:
        _show(found)


_TITLES = (
    Text("Id", "Id"),
    Text("Tidspunkt", "Time"),
    Text("Minutter", "Minutes"),
    Text("Sted", "Place"),
    Text("Forum", "Forum"),
    Text("Styringsår", "Report year"),
    Text("Organisationer", "Organisations"),
    Text("Status", "Status"),
    Text("Indkaldt", "Invited on"),
    Text("Varsel, dage", "Notice, days"),
)


def _show(found: tuple[al.Invitation, ...]) -> None:
    nothing = Text("Der er ingen indkaldelser.", "There are no invitations.")
    print_table(
        _TITLES, list(map(tuple, map(_cells, found))), title=Text("Indkaldelser", "Invitations"), nothing=nothing
    )


def _cells(each: al.Invitation) -> Iterator[object]:
    yield from (each.id, each.when, each.when.minutes, each.place, each.forum, each.report_year)
    yield ", ".join(map(str, each.organisations))
    yield from (label(each.status), each.issued_on, each.notice_days)


def _as_json(each: al.Invitation) -> dict[str, object]:
    """The invitation as its document has it, and beside it what follows from its history."""
    now: dict[str, object] = {
        "status": each.status.value,
        "what": both(label(each.status)),
        "invited_on": each.issued_on and each.issued_on.isoformat(),
        "notice_days": each.notice_days,
    }
    return {**plain(each), "now": now}


COMMANDS = (invitations, invitation)
