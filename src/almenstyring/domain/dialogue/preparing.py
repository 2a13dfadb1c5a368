"""What the municipality prepares a dialogue meeting with: proposals for the agenda, its own goals, and the theme.

The order of an agenda follows what is seen in practice: welcome, follow-up on last year's agreements, the report and
the auditor's protocol, the law's goals, housing areas, the supervision theme, new agreements, any other business. No
source prescribes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from attrs import Attribute, field, frozen

from almenstyring.domain.certainty import Certainty
from almenstyring.domain.organisations import Validity, valid_on
from almenstyring.domain.text import Text
from almenstyring.domain.values import LegalReference, MunicipalityCode
from almenstyring.domain.values.faults import as_text, refusal
from almenstyring.domain.values.opaque import opaque_id

GOALS: Mapping[str, Text] = {
    "economy": Text("økonomi og drift", "economy and operation"),
    "democracy": Text("ledelse og beboerdemokrati", "management and tenant democracy"),
    "letting": Text("udlejning", "letting"),
    "estates": Text("boligafdelinger", "estates"),
    "construction": Text("nybyggeri og renovering", "construction and renovation"),
}
"""The five goals of the law by the ids that the standards use, in the order of the questionnaire (ABL §§ 6 a-6 e)."""

GOAL_LAW: Mapping[str, LegalReference] = {
    "economy": LegalReference.parse("ABL § 6 a"),
    "democracy": LegalReference.parse("ABL § 6 e"),
    "letting": LegalReference.parse("ABL § 6 d"),
    "estates": LegalReference.parse("ABL § 6 b"),
    "construction": LegalReference.parse("ABL § 6 c"),
}
"""Where each goal stands."""


class AgendaPart(StrEnum):
    """Where on the agenda something comes (da: dagsordenens del), in order."""

    OPENING = "opening"
    FOLLOW_UP = "follow_up"
    REPORT = "report"
    GOALS = "goals"
    AREAS = "areas"
    THEME = "theme"
    NEW_AGREEMENTS = "new_agreements"
    CLOSING = "closing"


class ProposalSource(StrEnum):
    """What a proposal for the agenda comes from (da: forslagets kilde)."""

    FIXED = "fixed"
    AGREEMENT = "agreement"
    MEETING = "meeting"
    FINDING = "finding"
    QUESTION = "question"
    FIGURE = "figure"
    ACTION_PLAN = "action_plan"
    AREA = "area"
    MUNICIPAL_GOAL = "municipal_goal"
    THEME = "theme"
    REVIEW = "review"


@frozen(kw_only=True)
class AgendaProposal:
    """One proposal for the agenda of a dialogue meeting (da: forslag til dagsordenspunkt).

    ``source`` and ``reference`` say what it comes from: a finding's code, a question's id, an agreement's id, a unit's
    figures, an estate's plan, an area's name, a goal, the theme, or an item of the critical review. ``goal`` is the id
    of the statutory goal it belongs to, if any.
    """

    id: str
    part: AgendaPart
    title: Text
    why: Text
    source: ProposalSource
    reference: str
    goal: str | None = None
    law: LegalReference | None = None


def _known_goals(_: object, __: Attribute[Mapping[str, str]], goals: Mapping[str, str]) -> None:
    if not isinstance(goals, Mapping):
        raise refusal(
            Text("{value} er ikke mål med tekster.", "{value} are no goals with texts."),
            Text('Giv dem som {"letting": "…"}.', 'Give them as {"letting": "…"}.'),
            goals,
        )
    for goal, text in goals.items():
        if goal not in GOALS or not as_text(text):
            raise refusal(
                Text("{value} er ikke et mål efter loven med en tekst.", "{value} is no goal of the law with a text."),
                Text(f"Målene er {', '.join(GOALS)}.", f"The goals are {', '.join(GOALS)}."),
                goal,
            )


@frozen(kw_only=True)
class MunicipalGoals:
    """What a municipality wants with its housing sector (da: kommunens mål), by the law's goals, from a day on.

    ``goals`` has a text for each goal the council set one for, ``strategy`` what it wants of the whole co-operation
    (ABL § 6 f), ``theme`` the supervision theme it takes up this year. InvalidValueError for a goal that the law does
    not have, or an empty text.
    """

    municipality: MunicipalityCode
    set_on: date
    set_by: str = field(validator=opaque_id)
    goals: Mapping[str, str] = field(factory=dict, hash=False, validator=_known_goals)
    strategy: str = ""
    theme: str = ""


@frozen(kw_only=True)
class SupervisionTheme:
    """A theme that the state asked municipalities and organisations to take up (da: tilsynstema).

    The parties are encouraged to discuss it and need not. ``valid`` are the days on which it was the theme.
    """

    id: str
    title: Text
    about: Text
    valid: Validity
    source: str
    certainty: Certainty


def theme_on(themes: Iterable[SupervisionTheme], day: date) -> SupervisionTheme | None:
    """The theme on a day; None where none is known."""
    return next(iter(valid_on(themes, day)), None)
