"""The command that prints an example document of a kind, to edit and to keep with the command record.

Every example is invented: of municipality T01 and organisation T001, and marked SYNTETISK where it has a text. It has
the fields that may be left out too, so that they can be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from pathlib import Path

import click

import almenstyring as al
from almenstyring.application.records import danish_day
from almenstyring.cli.common import in_language, language
from almenstyring.cli.keeping import short_name
from almenstyring.domain.dialogue.fora import STATUTORY, STATUTORY_MEETING
from almenstyring.domain.text import Text
from almenstyring.files import write_whole
from almenstyring.ports import system_clock

_TOWN, _ONE, _YEAR = al.MunicipalityCode("T01"), al.LbfNumber("T001"), al.ReportYear(2026)
_ESTATE = al.EstateId.parse("T001-T0101")
_MARK = "SYNTETISK"


def _both(da: str, en: str) -> Text:
    return Text(f"{_MARK}: {da}", f"{_MARK}: {en}")


def _agreement() -> al.Agreement:
    return al.Agreement(
        id="A-1",
        kind=al.AgreementKind.FLEXIBLE_LETTING,
        municipality=_TOWN,
        organisations=(_ONE,),
        estates=(_ESTATE,),
        text=f"{_MARK}: hver tredje ledige bolig udlejes efter særlige kriterier.",
        valid=al.Validity(date(2026, 10, 1), date(2030, 9, 30)),
        concluded_on=date(2026, 9, 15),
        concluded_at=_YEAR,
        review_due=date(2028, 9, 15),
        responsible="udlejningschef",
    )


def _participants() -> tuple[al.Participant, ...]:
    return (
        al.Participant(id="tilsyn-1", side=al.ParticipantSide.MUNICIPALITY),
        al.Participant(id="formand", side=al.ParticipantSide.ORGANISATION),
    )


def _agenda() -> tuple[al.AgendaItem, ...]:
    return (
        al.AgendaItem(id="1", title=_both("Årets rapport", "The year's report")),
        al.AgendaItem(id="2", title=_both("Udlejning", "Letting"), goal=al.StatutoryGoal.LETTING),
    )


def _tasks() -> tuple[al.Task, ...]:
    return (al.Task(id="1", text=f"{_MARK}: sender plan.", responsible="driftschef", due=date(2026, 12, 1)),)


def _dialogue_meeting() -> al.DialogueMeeting:
    return al.DialogueMeeting(
        organisation=_ONE,
        report_year=_YEAR,
        municipality=_TOWN,
        held_on=date(2026, 9, 15),
        place=f"{_MARK} rådhus",
        organisations_assessment=f"{_MARK}: økonomien er god.",
        municipalitys_assessment=f"{_MARK}: enig.",
        participants=_participants(),
        agenda=_agenda(),
        areas=(
            al.AreaMinutes(
                area="Måneskinskvarteret",
                organisations_assessment=f"{_MARK}: udviklingen går den rigtige vej.",
                municipalitys_assessment=f"{_MARK}: enig.",
            ),
        ),
        goals=(
            al.GoalMinutes(
                goal=al.StatutoryGoal.LETTING,
                organisations_assessment=f"{_MARK}: ingen tomme boliger.",
                municipalitys_assessment=f"{_MARK}: enig.",
            ),
        ),
        decisions=(al.MeetingDecision(text=f"{_MARK}: parterne mødes igen til foråret.", by=al.DecidedBy.BOTH),),
        tasks=_tasks(),
        next_meeting=date(2027, 9, 15),
    )


def _forum_meeting() -> al.ForumMeeting:
    return al.ForumMeeting(
        id="M-1",
        forum="joint_meeting",
        municipality=_TOWN,
        held_on=date(2026, 9, 20),
        organisations=(_ONE,),
        place=f"{_MARK} rådhus",
        participants=_participants(),
        agenda=_agenda(),
        minutes=f"{_MARK}: referatet.",
        decisions=(al.MeetingDecision(text=f"{_MARK}: et fælles tema.", by=al.DecidedBy.BOTH),),
        tasks=_tasks(),
    )


def _invitation() -> al.Invitation:
    """In two months, since nobody is invited to a day that has passed."""
    day = danish_day(system_clock()) + timedelta(days=60)
    return al.Invitation(
        id="I-1",
        municipality=_TOWN,
        organisations=(_ONE,),
        forum=STATUTORY,
        report_year=al.ReportYear(day.year),
        when=al.MeetingTime(day=day, at=time(10), minutes=120),
        place=f"{_MARK} rådhus",
        participants=_participants(),
        agenda=_agenda(),
    )


def _statement() -> al.Statement:
    return al.Statement(
        municipality=_TOWN,
        report_year=_YEAR,
        organisations=(_ONE,),
        title=f"{_MARK}: redegørelse for styringsdialogen",
        text=f"{_MARK}: kommunen og boligorganisationen har drøftet årets rapport.",
        agreements=("A-1",),
    )


def _supervision() -> al.SupervisoryAction:
    return al.SupervisoryAction(
        id="P-1",
        kind=al.SupervisoryKind.DIRECTIVE,
        municipality=_TOWN,
        organisation=_ONE,
        decided_on=date(2026, 8, 1),
        text=f"{_MARK}: lejen skal dække udgifterne.",
        due=date(2026, 11, 1),
    )


def _mandate() -> al.Mandate:
    return al.Mandate(
        adviser="raadgiver-1",
        municipality=_TOWN,
        organisations=(_ONE,),
        valid=al.Validity(date(2026, 8, 1), date(2027, 7, 31)),
        given_by="tilsyn-1",
    )


def _plan() -> al.NoticePlan:
    return al.NoticePlan(
        municipality=_TOWN,
        begins=date(2026, 8, 1),
        before=(14, 45),
        on_the_day=False,
        after=(7,),
        recipients=(al.NoticeRole.ORGANISATION,),
        open_items=(al.YearDay(2, 1), al.YearDay(10, 1)),
    )


def _goals() -> al.MunicipalGoals:
    return al.MunicipalGoals(
        municipality=_TOWN,
        set_on=date(2026, 8, 1),
        set_by="tilsyn-1",
        goals={
            "economy": f"{_MARK}: effektiv drift.",
            "democracy": f"{_MARK}: flere beboere ved afdelingsmøder.",
            "letting": f"{_MARK}: blandede boligområder.",
            "estates": f"{_MARK}: vedligeholdte afdelinger.",
            "construction": f"{_MARK}: billige nye boliger.",
        },
        strategy=f"{_MARK}: tæt samarbejde.",
        theme=f"{_MARK}: fælles indkøb.",
    )


def _adoption() -> al.Adoption:
    joint = al.Forum(
        id="joint_meeting",
        name=_both("fællesmøde", "joint meeting"),
        level=al.ForumLevel.POLITICAL,
        gathering=al.Gathering.JOINT,
        frequency=al.Frequency.YEARLY,
        municipality=(Text("borgmesteren", "the mayor"),),
        organisations=(Text("formændene", "the chairs"),),
        source=_MARK,
        certainty=al.Certainty.PROJECT_AUTHORED,
    )
    model = al.DialogueModel(
        id="t01_2026",
        name=_both("dialogmodel", "dialogue model"),
        fora=(STATUTORY_MEETING, joint),
        source=_MARK,
        certainty=al.Certainty.PROJECT_AUTHORED,
    )
    decision = al.Decision(
        decided_on=date(2026, 6, 15),
        recommended_by=Text("direktøren", "the director"),
        endorsements=(al.Endorsement(committee=Text("Økonomiudvalget", "the finance committee"), on=date(2026, 6, 8)),),
        case_number=f"{_MARK}-1",
    )
    return al.Adoption(municipality=_TOWN, model=model, since=date(2026, 7, 1), decision=decision)


def _retention() -> al.Retention:
    return al.Retention(municipality=_TOWN, years=1)


def _receipt() -> al.CentralReceipt:
    return al.CentralReceipt(
        organisation=_ONE,
        report_year=_YEAR,
        sending=1,
        reference=f"{_MARK}-1",
        filed_on=date(2026, 7, 8),
        recorded_by="kontor-1",
    )


def _person() -> al.Person:
    return al.Person(
        id="tilsyn-1",
        name=f"{_MARK} person",
        title="tilsynsmedarbejder",
        municipality=_TOWN,
        email="tilsyn@t01.example",
        phone="+45 00 00 00 00",
        valid=al.Validity(date(2026, 1, 1), date(2027, 12, 31)),
    )


TEMPLATES: Mapping[str, Callable[[], object]] = {
    short_name(kind): make
    for kind, make in (
        (al.Agreement, _agreement),
        (al.DialogueMeeting, _dialogue_meeting),
        (al.ForumMeeting, _forum_meeting),
        (al.Invitation, _invitation),
        (al.Statement, _statement),
        (al.SupervisoryAction, _supervision),
        (al.Mandate, _mandate),
        (al.NoticePlan, _plan),
        (al.MunicipalGoals, _goals),
        (al.Adoption, _adoption),
        (al.Retention, _retention),
        (al.CentralReceipt, _receipt),
        (al.Person, _person),
    )
}
"""An example of every kind that the command record keeps, by the short name of its format."""


@click.command()
@click.argument("kind", metavar="ART", type=click.Choice(sorted(TEMPLATES)))
@click.option(
    "--output",
    metavar="FIL",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Skriv til en ny fil; ellers til skærmen. / Write to a new file; else to standard output.",
)
@in_language
def template(kind: str, output: Path | None) -> None:
    """Udskriv et opdigtet eksempel (SYNTETISK) på et dokument, som kan rettes og gemmes med almenstyring record.

    Print an invented example of a document, to edit and to keep with almenstyring record. ART/kind is the name of a
    format: agreement, dialogue-meeting, forum-meeting, invitation, statement, supervisory-action, mandate, notice-plan,
    municipal-goals, adoption, retention, central-receipt or person.
    """
    document = al.encode(TEMPLATES[kind](), indent=2) + "\n"
    if output is None:
        click.echo(document, nl=False)
        return
    if output.exists():
        raise al.NotAllowedError(
            Text(f"{output} findes allerede.", f"{output} exists already."),
            Text("Vælg et andet navn; intet er ændret.", "Choose another name; nothing was changed."),
            file=str(output),
        )
    write_whole(output, document)
    click.echo(Text(f"Eksemplet er skrevet til {output}.", f"The example was written to {output}.")[language()])


COMMANDS = (template,)
