"""The meetings that were held, with their minutes (da: referat).

The yearly meeting is owed even when no report came (DB § 112, stk. 1), and its minutes show both parties' assessment of
the organisation's activities and challenges (stk. 7, nr. 1), the development of the single housing areas among them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import evolve, field, frozen
from attrs.validators import optional

from almenstyring.domain.calendar import ReportYear, as_year
from almenstyring.domain.dialogue.fora import STATUTORY, Gathering, as_gathering
from almenstyring.domain.dialogue.meeting_parts import (
    AgendaItem,
    AreaMinutes,
    GoalMinutes,
    MeetingDecision,
    Participant,
    StatutoryGoal,
    Task,
    different_ids,
    missing_assessments,
    tasks_with,
)
from almenstyring.domain.organisations import HousingArea
from almenstyring.domain.organisations.relations import valid_on
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, LbfNumber, MunicipalityCode
from almenstyring.domain.values.converting import (
    are_all,
    is_exact_day,
    is_text,
    maybe_estate,
    to_municipality,
    to_organisation,
    to_organisations,
)
from almenstyring.domain.values.faults import as_text, refusal
from almenstyring.domain.values.opaque import opaque_id


@frozen(kw_only=True)
class DialogueMeeting:
    """The yearly dialogue meeting of one organisation and its home municipality, with its minutes (da: dialogmøde).

    The two assessments are the minutes' statutory core (DB § 112, stk. 7, nr. 1); disagreement
    belongs there, not in the package. Another day or another municipality is another meeting, of which a year may have
    several. ``invitation`` is the id of the invitation it was held by, if there was one;
    ``estate`` is where an on-site meeting was held; ``next_meeting`` is a day that the parties agreed on.
    """

    organisation: LbfNumber = field(converter=to_organisation)
    report_year: ReportYear = field(converter=as_year)
    municipality: MunicipalityCode = field(converter=to_municipality)
    held_on: date = field(validator=is_exact_day)
    place: str = field(default="", validator=is_text)
    organisations_assessment: str = field(default="", validator=is_text)
    municipalitys_assessment: str = field(default="", validator=is_text)
    agreements: tuple[str, ...] = field(default=(), validator=are_all(str))
    invitation: str = field(default="", validator=is_text)
    estate: EstateId | None = field(default=None, converter=maybe_estate)
    participants: tuple[Participant, ...] = field(default=(), validator=are_all(Participant))
    agenda: tuple[AgendaItem, ...] = field(default=(), validator=[are_all(AgendaItem), different_ids])
    areas: tuple[AreaMinutes, ...] = field(default=(), validator=are_all(AreaMinutes))
    goals: tuple[GoalMinutes, ...] = field(default=(), validator=are_all(GoalMinutes))
    decisions: tuple[MeetingDecision, ...] = field(default=(), validator=are_all(MeetingDecision))
    tasks: tuple[Task, ...] = field(default=(), validator=[are_all(Task), different_ids])
    next_meeting: date | None = field(default=None, validator=optional(is_exact_day))

    def gaps(self, areas: Iterable[HousingArea] = ()) -> tuple[Text, ...]:
        """What the minutes still lack of what the law asks for (DB § 112, stk. 1, and stk. 7, nr. 1).

        Both parties' assessment of the whole, and of each of the organisation's housing areas on the day of the
        meeting. A gap is told, and stops nothing.
        """
        whole = missing_assessments(_WHOLE, self.organisations_assessment, self.municipalitys_assessment)
        told = {section.area: section for section in self.areas}
        names = dict.fromkeys(area.name for area in valid_on(areas, self.held_on))
        sections = (told.get(name, AreaMinutes(area=name)) for name in dict.fromkeys((*names, *told)))
        return whole + tuple(
            gap
            for section in sections
            for gap in missing_assessments(
                _AREA.fill(name=section.area), section.organisations_assessment, section.municipalitys_assessment
            )
        )

    def is_complete(self, areas: Iterable[HousingArea] = ()) -> bool:
        """Whether the minutes have all that the law asks for."""
        return not self.gaps(areas)

    def with_task_done(self, task: str, on: date) -> DialogueMeeting:
        """The minutes with one of the tasks done."""
        return evolve(self, tasks=tasks_with(self.tasks, task, on))


def minutes_together(meetings: Iterable[DialogueMeeting]) -> DialogueMeeting | None:
    """Several meetings of one organisation in a report year as one set of minutes; None where there is none.

    It is dated as the latest and says what any of them says, the earliest first. Tasks are the latest meeting's own.
    """
    every = sorted(meetings, key=lambda each: (each.held_on, each.municipality))
    if len(every) <= 1:
        return every[0] if every else None
    areas: dict[str, list[AreaMinutes]] = {}
    goals: dict[StatutoryGoal, list[GoalMinutes]] = {}
    for meeting in every:
        for section in meeting.areas:
            areas.setdefault(section.area, []).append(section)
        for told in meeting.goals:
            goals.setdefault(told.goal, []).append(told)
    return evolve(
        every[-1],
        place=", ".join(_once(meeting.place for meeting in every)),
        organisations_assessment=_organisations(every),
        municipalitys_assessment=_municipalitys(every),
        agreements=tuple(_once(text for meeting in every for text in meeting.agreements)),
        areas=tuple(
            AreaMinutes(
                area=area, organisations_assessment=_organisations(told), municipalitys_assessment=_municipalitys(told)
            )
            for area, told in areas.items()
        ),
        goals=tuple(
            GoalMinutes(
                goal=goal, organisations_assessment=_organisations(told), municipalitys_assessment=_municipalitys(told)
            )
            for goal, told in goals.items()
        ),
        decisions=tuple(decision for meeting in every for decision in meeting.decisions),
    )


_Assessed = DialogueMeeting | AreaMinutes | GoalMinutes


def _organisations(parts: Iterable[_Assessed]) -> str:
    return "\n\n".join(_once(part.organisations_assessment for part in parts))


def _municipalitys(parts: Iterable[_Assessed]) -> str:
    return "\n\n".join(_once(part.municipalitys_assessment for part in parts))


def _once(texts: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(text for text in texts if as_text(text))


_WHOLE = Text("virksomheden og dens udfordringer", "the activities and their challenges")
_AREA = Text("boligområdet {name}", "the housing area {name}")


@frozen(kw_only=True)
class ForumMeeting:
    """A meeting held in a forum that is not the statutory one (da: forummøde): joint, on site, on a theme.

    ``organisations`` are those that took part; a joint meeting may have none where only the municipality meets, one
    with each alone has exactly one. InvalidValueError otherwise, and for the statutory forum: that is a
    ``DialogueMeeting``.
    """

    id: str = field(validator=opaque_id)
    forum: str = field(validator=is_text)
    municipality: MunicipalityCode = field(converter=to_municipality)
    held_on: date = field(validator=is_exact_day)
    gathering: Gathering = field(default=Gathering.JOINT, converter=as_gathering)
    organisations: tuple[LbfNumber, ...] = field(default=(), converter=to_organisations)
    invitation: str = field(default="", validator=is_text)
    place: str = field(default="", validator=is_text)
    estate: EstateId | None = field(default=None, converter=maybe_estate)
    participants: tuple[Participant, ...] = field(default=(), validator=are_all(Participant))
    agenda: tuple[AgendaItem, ...] = field(default=(), validator=[are_all(AgendaItem), different_ids])
    minutes: str = field(default="", validator=is_text)
    decisions: tuple[MeetingDecision, ...] = field(default=(), validator=are_all(MeetingDecision))
    tasks: tuple[Task, ...] = field(default=(), validator=[are_all(Task), different_ids])

    def __attrs_post_init__(self) -> None:
        alone = self.gathering is not Gathering.EACH_ALONE or len(self.organisations) == 1
        once = len(set(self.organisations)) == len(self.organisations)
        if not (alone and once and as_text(self.forum)) or self.forum == STATUTORY:
            raise refusal(
                Text("{value} er ikke et møde i et andet forum.", "{value} is not a meeting of another forum."),
                Text(
                    "Et møde med hver organisation for sig har netop én, og hver er nævnt én gang; det lovpligtige"
                    " møde er en DialogueMeeting.",
                    "A meeting with each organisation alone has exactly one, each named once; the statutory meeting is "
                    "a DialogueMeeting.",
                ),
                self.id,
            )

    def with_task_done(self, task: str, on: date) -> ForumMeeting:
        """The minutes with one of the tasks done."""
        return evolve(self, tasks=tasks_with(self.tasks, task, on))


@frozen(kw_only=True)
class OpenTask:
    """A task that is not done, with the meeting it comes from (da: åben opgave)."""

    task: Task
    meeting: DialogueMeeting | ForumMeeting

    @property
    def organisations(self) -> tuple[LbfNumber, ...]:
        """The organisations that met."""
        met = self.meeting
        return (met.organisation,) if isinstance(met, DialogueMeeting) else met.organisations


def tasks_open(meetings: Iterable[DialogueMeeting | ForumMeeting], on: date) -> tuple[OpenTask, ...]:
    """The tasks that were given by the day and were not done then, the earliest due first and those without last."""
    found = [
        OpenTask(task=task, meeting=meeting)
        for meeting in meetings
        for task in meeting.tasks
        if meeting.held_on <= on and (task.done_on is None or task.done_on > on)
    ]
    return tuple(sorted(found, key=lambda each: (each.task.due or date.max, each.meeting.held_on, each.task.id)))
