"""What invitations and minutes are held up against before they are kept: the register, the days, the tasks.

None of it is asked of what is kept already, so that an older store opens as before.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from almenstyring.domain.dialogue import DialogueMeeting, ForumMeeting, MeetingTime
from almenstyring.domain.organisations import MasterData, valid_on
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId
from almenstyring.domain.values.faults import as_text, refusal


def check_minutes(meeting: DialogueMeeting, master: MasterData) -> None:
    """InvalidValueError for a day, an area, an estate or a task that cannot be of this meeting."""
    year = int(meeting.report_year)
    if meeting.held_on.year not in (year, year + 1):
        raise refusal(
            Text(
                "Et møde om styringsår {year} er ikke holdt {value}.",
                "A meeting about report year {year} was not held on {value}.",
            ),
            Text(f"Dagen ligger i {year} eller {year + 1}.", f"The day lies in {year} or {year + 1}."),
            str(meeting.held_on),
            year=year,
        )
    _check_areas(meeting, master)
    check_estate(meeting.estate, (master,))
    check_tasks(meeting)


def _check_areas(meeting: DialogueMeeting, master: MasterData) -> None:
    known = dict.fromkeys(area.name for area in valid_on(master.areas, meeting.held_on))
    named = ", ".join(known) or "-"
    for place, section in enumerate(meeting.areas):
        if section.area not in known:
            raise refusal(
                Text(
                    "{organisation} havde ikke boligområdet {value} den {day}.",
                    "{organisation} did not have the housing area {value} on {day}.",
                ),
                Text(f"Områderne var: {named}.", f"The areas were: {named}."),
                section.area,
                organisation=meeting.organisation,
                day=meeting.held_on,
            )
        if section.area in [before.area for before in meeting.areas[:place]]:
            raise refusal(
                Text("Boligområdet {value} står to gange.", "The housing area {value} is there twice."),
                Text("Skriv det i ét afsnit.", "Write it in one section."),
                section.area,
            )


def check_tasks(meeting: DialogueMeeting | ForumMeeting) -> None:
    """InvalidValueError for a task that does not say what is to be done."""
    for task in meeting.tasks:
        if not as_text(task.text):
            raise refusal(
                Text("Opgaven {value} har ingen tekst.", "Task {value} has no text."),
                Text("Skriv, hvad der skal gøres.", "Write what is to be done."),
                task.id,
            )


def check_estate(estate: EstateId | None, masters: Iterable[MasterData]) -> None:
    """InvalidValueError for an estate that the register does not have of any of the organisations."""
    those = tuple(masters)
    if estate is None or any(master.estate(estate) is not None for master in those):
        return
    known = ", ".join(str(each.id) for master in those for each in master.estates) or "-"
    raise refusal(
        Text("{value} er ikke en afdeling af dem, der mødes.", "{value} is no estate of those who meet."),
        Text(f"Registret har: {known}.", f"The register has: {known}."),
        str(estate),
    )


def check_time(when: MeetingTime, told: date) -> None:
    """InvalidValueError for a meeting on a day that had passed when it was planned, issued or moved."""
    if when.day < told:
        raise refusal(
            Text("Mødets dag {value} var gået den {told}.", "The meeting's day {value} had passed on {told}."),
            Text(
                "Indkald til en senere dag; var indkaldelsen sendt før, så angiv dagen: on=….",
                "Invite to a later day; if the invitation was sent before, say on which day: on=….",
            ),
            str(when.day),
            told=told,
        )
