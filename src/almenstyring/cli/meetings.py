"""Commands around meetings that were held: the record of the yearly one, and the tasks that came of them all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click
from attrs import evolve

import almenstyring as al
from almenstyring.cli.common import (
    Place,
    Settings,
    both,
    in_format,
    in_language,
    in_year,
    language,
    on_day,
    on_store,
    print_json,
    print_table,
)
from almenstyring.cli.days import DAY
from almenstyring.cli.faults import WrongUsage
from almenstyring.codec import plain
from almenstyring.domain.text import Text


@click.command()
@click.argument("number", metavar="NR")
@in_year
@click.option("--held", type=DAY, help="Mødet er holdt denne dag. / The meeting was held on this day.")
@click.option("--invitation", metavar="ID", help="Indkaldelsen, det er holdt efter. / The invitation it was held by.")
@on_store
@in_format("text", "json", "document")
@in_language
@click.pass_obj
def meeting(  # noqa: PLR0913 - one parameter per option
    settings: Settings,
    number: str,
    year: int,
    held: date | None,
    invitation: str | None,
    place: Place,
    form: str,
) -> None:
    """Vis årets dialogmøde og hvad referatet mangler; med --held noteres det som holdt, og referatet bliver stående.

    Show the year's dialogue meeting and what its minutes lack; with --held it is noted as held, and minutes that are
    kept stay. As document it can be edited and kept with the command record.
    """
    if invitation and not held:
        raise WrongUsage(Text("--invitation hører til --held.", "--invitation goes with --held."))
    chosen = al.ReportYear(year)
    with place.open(settings, "municipality" if held else "anybody") as workspace:
        if held:
            _hold(workspace, al.LbfNumber(number), chosen, held, invitation)
        found = workspace.meeting(number, chosen)
        gaps = workspace.minutes_gaps(number, chosen) if found else ()
    if found is None:
        _tell_nothing(number, year, form)
    elif form == "document":
        click.echo(al.encode(found, indent=2))
    elif form == "json":
        print_json({**plain(found), "now": {"gaps": [both(gap) for gap in gaps]}})
    else:
        title = Text(f"Dialogmøde {number}/{year}", f"Dialogue meeting {number}/{year}")
        print_table((Text("Hvad", "What"), Text("Indhold", "Content")), list(_facts(found, gaps)), title=title)


def _hold(
    workspace: al.Workspace, number: al.LbfNumber, year: al.ReportYear, held: date, invitation: str | None
) -> None:
    """Keep the meeting as held: what was recorded of that day before, or nothing but the day.

    Minutes of another day are another meeting's. Which of the two is meant a command cannot tell: NotAllowedError.
    """
    town = workspace.actor.municipality
    assert town is not None  # the command asks for one
    own = {each.held_on: each for each in workspace.meetings(number, year) if each.municipality == town}
    if own and held not in own:
        days = ", ".join(map(str, own))
        raise al.NotAllowedError(
            Text(
                f"Dialogmødet {number}/{year} er registreret som holdt {days}.",
                f"The dialogue meeting {number}/{year} is recorded as held on {days}.",
            ),
            Text(
                "Gem et møde til med almenstyring record; en forkert dag rettes fra Python med replaces.",
                "Keep one more meeting with almenstyring record; a wrong day is corrected from Python with replaces.",
            ),
            day=str(held),
        )
    held_now = own.get(held) or al.DialogueMeeting(
        organisation=number, report_year=year, municipality=town, held_on=held
    )
    workspace.record_meeting(evolve(held_now, invitation=invitation or held_now.invitation))


def _tell_nothing(number: str, year: int, form: str) -> None:
    if form == "document":
        raise al.NotFoundError(
            Text(f"Der er intet møde {number}/{year}.", f"There is no meeting {number}/{year}."),
            Text("Begynd fra almenstyring template dialogue-meeting.", "Begin from template dialogue-meeting."),
        )
    if form == "json":
        print_json(None)
        return
    nothing = Text("Der er ikke registreret et dialogmøde {of}.", "No dialogue meeting {of} has been recorded.")
    click.echo(nothing.fill(of=f"{number}/{year}")[language()])


def _facts(found: al.DialogueMeeting, gaps: tuple[Text, ...]) -> Iterator[tuple[object, ...]]:
    yield Text("Holdt", "Held on"), found.held_on
    given = (
        (Text("Sted", "Place"), found.place),
        (Text("Indkaldelse", "Invitation"), found.invitation),
        (Text("Organisationens vurdering", "The organisation's assessment"), found.organisations_assessment),
        (Text("Kommunens vurdering", "The municipality's assessment"), found.municipalitys_assessment),
        (Text("Næste møde", "Next meeting"), found.next_meeting),
    )
    yield from ((what, content) for what, content in given if content)
    yield from ((Text("Beslutning", "Decision"), each.text) for each in found.decisions)
    yield from ((Text(f"Opgave {task.id}", f"Task {task.id}"), _state(task)) for task in found.tasks)
    yield from ((Text("Mangler i referatet", "Missing in the minutes"), gap) for gap in gaps)


def _state(task: al.Task) -> Text:
    if task.done_on:
        return Text(f"{task.text} (løst {task.done_on})", f"{task.text} (done {task.done_on})")
    return (
        Text(f"{task.text} (senest {task.due})", f"{task.text} (by {task.due})")
        if task.due
        else Text(task.text, task.text)
    )


def name_of(held: al.DialogueMeeting | al.ForumMeeting) -> str:
    """How a meeting is named on the command line: T001/2026 for the yearly one, its id for one of another forum."""
    return f"{held.organisation}/{held.report_year}" if isinstance(held, al.DialogueMeeting) else held.id


@click.command()
@on_store
@in_format("text", "json")
@in_language
@click.pass_obj
def tasks(settings: Settings, place: Place, form: str) -> None:
    """Opgaver fra møder, der ikke er løst, de tidligste frister først.

    Tasks of meetings that are not done, the earliest due first.
    """
    with place.open(settings) as workspace:
        found, today = workspace.open_tasks(), workspace.today
    if form == "json":
        print_json(
            [
                {**plain(each.task), "meeting": name_of(each.meeting), "days_late": each.task.days_late(today)}
                for each in found
            ]
        )
        return
    titles = (
        Text("Møde", "Meeting"),
        Text("Opgave", "Task"),
        Text("Tekst", "Text"),
        Text("Ansvarlig", "Responsible"),
        Text("Senest", "By"),
        Text("Dage for sent", "Days late"),
    )
    rows = [
        (name_of(o.meeting), o.task.id, o.task.text, o.task.responsible, o.task.due, o.task.days_late(today) or None)
        for o in found
    ]
    nothing = Text("Alle opgaver er løst.", "All tasks are done.")
    print_table(titles, rows, title=Text("Åbne opgaver", "Open tasks"), nothing=nothing)


@click.command("task-done")
@click.argument("name", metavar="MØDE")
@click.argument("task", metavar="OPGAVE")
@on_day
@on_store
@in_language
@click.pass_obj
def task_done(settings: Settings, name: str, task: str, on: date | None, place: Place) -> None:
    """Notér en opgave som løst. MØDE er som i almenstyring tasks: T001/2026, eller mødets id i et andet forum.

    Note a task as done. MØDE/meeting is as in almenstyring tasks: T001/2026, or the id of a meeting of another forum.
    """
    with place.open(settings, "municipality") as workspace:
        workspace.task_done(_named(workspace, name, task), task, on=on)
    click.echo(Text(f"Opgave {task} fra {name} er løst.", f"Task {task} of {name} is done.")[language()])


def _named(workspace: al.Workspace, name: str, task: str) -> al.DialogueMeeting | al.ForumMeeting:
    """The meeting of that name; of a year's several the one where the task is open, or else the first."""
    named = [held for held in workspace.meetings_held() if name_of(held) == name]
    with_task = (held for held in named if any(each.id == task and each.done_on is None for each in held.tasks))
    if named:
        return next(with_task, named[0])
    raise al.NotFoundError(
        Text(f"Der er intet møde {name}.", f"There is no meeting {name}."),
        Text(
            "Skriv fx T001/2026, eller mødets id i et andet forum.",
            "Write e.g. T001/2026, or the id of a meeting of another forum.",
        ),
        meeting=name,
    )


COMMANDS = (meeting, tasks, task_done)
