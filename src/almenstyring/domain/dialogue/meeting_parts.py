"""What invitations and minutes are made of: who takes part, the agenda, both parties' assessments, decisions, tasks.

Persons appear as roles or opaque ids, never by name; what an id stands for is kept elsewhere, where it can be erased.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any

from attrs import Attribute, evolve, field, frozen
from attrs.validators import optional

from almenstyring.domain.errors import NotAllowedError, NotFoundError
from almenstyring.domain.text import Text
from almenstyring.domain.values import LegalReference
from almenstyring.domain.values.converting import is_a, is_exact_day, is_text, one_of
from almenstyring.domain.values.faults import as_text, refusal
from almenstyring.domain.values.opaque import opaque_id


class ParticipantSide(StrEnum):
    """For whom somebody takes part in a meeting (da: part)."""

    MUNICIPALITY = "municipality"
    ORGANISATION = "organisation"
    ADVISER = "adviser"
    AUDITOR = "auditor"


def _side(given: ParticipantSide | str) -> ParticipantSide:
    return one_of(ParticipantSide, given)


@frozen(kw_only=True)
class Participant:
    """Somebody who takes part in a meeting (da: deltager): a role or an opaque id in one word, never a name."""

    id: str = field(validator=opaque_id)
    side: ParticipantSide = field(converter=_side)


class StatutoryGoal(StrEnum):
    """The goals of the law that a report and its meeting go through (da: lovens målsætning).

    The values are those of ``Section.goal`` in the standards.

    >>> print(StatutoryGoal.LETTING.law)
    ABL § 6 d
    """

    ECONOMY = "economy"
    DEMOCRACY = "democracy"
    LETTING = "letting"
    ESTATES = "estates"
    CONSTRUCTION = "construction"

    @property
    def law(self) -> LegalReference:
        """The paragraph of the goal."""
        return LegalReference.parse(_GOAL_LAW[self])


_GOAL_LAW = {
    StatutoryGoal.ECONOMY: "ABL § 6 a",
    StatutoryGoal.DEMOCRACY: "ABL § 6 e",
    StatutoryGoal.LETTING: "ABL § 6 d",
    StatutoryGoal.ESTATES: "ABL § 6 b",
    StatutoryGoal.CONSTRUCTION: "ABL § 6 c",
}


def _goal(given: StatutoryGoal | str) -> StatutoryGoal:
    return one_of(StatutoryGoal, given)


def _maybe_goal(given: StatutoryGoal | str | None) -> StatutoryGoal | None:
    return None if given is None else _goal(given)


@frozen(kw_only=True)
class AgendaItem:
    """One item of an agenda (da: dagsordenspunkt).

    ``goal`` is the statutory goal it belongs to, if any. ``source`` says where it comes from: "agreement A-1",
    "finding EFFICIENCY-GOALS-MISSING T001-T0101"; empty for what somebody put on it.
    """

    id: str = field(validator=opaque_id)
    title: Text = field(validator=is_a(Text))
    goal: StatutoryGoal | None = field(default=None, converter=_maybe_goal)
    source: str = field(default="", validator=is_text)


@frozen(kw_only=True)
class AreaMinutes:
    """What the minutes say of one housing area (da: referat om et boligområde), by its name (DB § 112, stk. 1)."""

    area: str = field(validator=is_text)
    organisations_assessment: str = field(default="", validator=is_text)
    municipalitys_assessment: str = field(default="", validator=is_text)


@frozen(kw_only=True)
class GoalMinutes:
    """What the minutes say of one statutory goal (da: referat om en målsætning), each party for itself."""

    goal: StatutoryGoal = field(converter=_goal)
    organisations_assessment: str = field(default="", validator=is_text)
    municipalitys_assessment: str = field(default="", validator=is_text)


class DecidedBy(StrEnum):
    """Whose decision it is (da: beslutningstager). Only what both decide can become an agreement (ABL § 6 f)."""

    MUNICIPALITY = "municipality"
    ORGANISATION = "organisation"
    BOTH = "both"


def _by(given: DecidedBy | str) -> DecidedBy:
    return one_of(DecidedBy, given)


@frozen(kw_only=True)
class MeetingDecision:
    """What was decided at a meeting, and by whom (da: mødebeslutning)."""

    text: str = field(validator=is_text)
    by: DecidedBy = field(converter=_by)


@frozen(kw_only=True)
class Task:
    """What somebody shall do after a meeting (da: opgave); ``responsible`` is a role or an opaque id, never a name."""

    id: str = field(validator=opaque_id)
    text: str = field(validator=is_text)
    responsible: str = field(validator=opaque_id)
    due: date | None = field(default=None, validator=optional(is_exact_day))
    done_on: date | None = field(default=None, validator=optional(is_exact_day))

    def days_late(self, on: date) -> int:
        """By how many days it is, or was, done too late; 0 if it is not."""
        return 0 if self.due is None else max(0, ((self.done_on or on) - self.due).days)

    def done(self, on: date) -> Task:
        """The task, done on a day; NotAllowedError if it is done already."""
        if self.done_on is not None:
            raise NotAllowedError(
                Text(f"Opgaven {self.id} blev løst {self.done_on}.", f"Task {self.id} was done on {self.done_on}."),
                Text("Skriv en ny opgave i næste referat.", "Write a new task in the next minutes."),
                task=self.id,
            )
        return evolve(self, done_on=on)


def tasks_with(tasks: Iterable[Task], task: str, done_on: date) -> tuple[Task, ...]:
    """The tasks with one of them done; NotFoundError for an unknown id."""
    found = tuple(tasks)
    if task not in {each.id for each in found}:
        raise NotFoundError(
            Text(f"Mødet har ingen opgave {task}.", f"The meeting has no task {task}."),
            Text("Brug opgavens id, som referatet har det.", "Use the task's id in the minutes."),
            task=task,
        )
    return tuple(each.done(done_on) if each.id == task else each for each in found)


def different_ids(_: object, attribute: Attribute[Any], items: Iterable[Any]) -> None:
    """Refuse items of which two have one id."""
    ids = [item.id for item in items]
    for value in ids:
        if ids.count(value) > 1:
            raise refusal(
                Text("{value} står to gange i {part}.", "{value} is twice in {part}."),
                Text("Giv hver sit id.", "Give each an id of its own."),
                value,
                part=attribute.name,
            )


def missing_assessments(about: Text, organisations: str, municipalitys: str) -> tuple[Text, ...]:
    """What is missing of the two parties' assessments (DB § 112, stk. 7, nr. 1)."""
    given = ((organisations, _ORGANISATIONS), (municipalitys, _MUNICIPALITYS))
    return tuple(whose.fill(about=about) for text, whose in given if not as_text(text))


_ORGANISATIONS = Text("Boligorganisationens vurdering af {about}", "The organisation's assessment of {about}")
_MUNICIPALITYS = Text("Kommunens vurdering af {about}", "The municipality's assessment of {about}")
