"""Which points a dialogue meeting could take up, proposed from everything the municipality has at hand.

Every proposal names its source, and none comes twice. Errors in how accounts are put together, and what may be
unlawful, belong in the critical review; from there a person brings to the meeting what is to be followed up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from attrs import frozen

from almenstyring.domain.agreements import Agreement
from almenstyring.domain.dialogue import points, report_points
from almenstyring.domain.dialogue.material import DeviatingFigure
from almenstyring.domain.dialogue.meetings import DialogueMeeting
from almenstyring.domain.dialogue.points import Label
from almenstyring.domain.dialogue.preparing import (
    GOALS,
    AgendaPart,
    AgendaProposal,
    MunicipalGoals,
    ProposalSource,
    SupervisionTheme,
)
from almenstyring.domain.findings import Finding
from almenstyring.domain.organisations import HousingArea
from almenstyring.domain.reporting import DocumentationPackage, Standard

Order: TypeAlias = tuple[int, int, int, str]


@frozen(kw_only=True)
class AtHand:
    """Everything an agenda can be proposed from (da: mødets grundlag); whatever is not there is left out.

    ``package`` is the report as it was sent, None where none came. ``follow_ups`` are those of the critical review.
    ``own_codes`` are the codes of the library's own rules. ``last_meetings`` are those of the last report year that had
    any, the earliest first.
    """

    package: DocumentationPackage | None = None
    standard: Standard | None = None
    findings: tuple[Finding, ...] = ()
    own_codes: frozenset[str] = frozenset()
    figures: tuple[DeviatingFigure, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    last_meetings: tuple[DialogueMeeting, ...] = ()
    areas: tuple[HousingArea, ...] = ()
    goals: MunicipalGoals | None = None
    theme: SupervisionTheme | None = None
    follow_ups: tuple[Finding, ...] = ()


def proposed_agenda(at_hand: AtHand, label: Label) -> tuple[AgendaProposal, ...]:
    """The proposals in the order of an agenda, always the same for the same material; each once.

    ``label`` says what a member of a closed list is called.
    """
    once: dict[str, AgendaProposal] = {}
    for proposal in _all(at_hand, label):
        once.setdefault(proposal.id, proposal)
    return tuple(sorted(once.values(), key=_order))


def _all(at_hand: AtHand, label: Label) -> Iterator[AgendaProposal]:
    package = at_hand.package
    yield from points.fixed(package)
    yield from points.from_agreements(at_hand.agreements, label)
    yield from points.from_last_meetings(at_hand.last_meetings, at_hand.agreements)
    yield from points.from_review(at_hand.follow_ups)
    yield from points.from_goals(at_hand.goals)
    yield from points.from_theme(at_hand.theme, at_hand.goals)
    yield from report_points.from_areas(at_hand.areas, package, label)
    if package is not None:
        yield from report_points.from_red_estates(package)
        yield from report_points.from_figures(at_hand.figures, package)
        yield from report_points.from_findings(at_hand.findings, package.confirmations, at_hand.own_codes)
        if at_hand.standard is not None:
            yield from report_points.from_answers(package, at_hand.standard)


_PARTS, _SOURCES, _GOALS = list(AgendaPart), list(ProposalSource), list(GOALS)


def _order(proposal: AgendaProposal) -> Order:
    goal = _GOALS.index(proposal.goal) if proposal.goal in _GOALS else len(_GOALS)
    return _PARTS.index(proposal.part), goal, _SOURCES.index(proposal.source), proposal.id


def by_part(agenda: Iterable[AgendaProposal]) -> dict[AgendaPart, tuple[AgendaProposal, ...]]:
    """The proposals of each part of the agenda that has any, in order."""
    given = tuple(agenda)
    found = {part: tuple(each for each in given if each.part is part) for part in AgendaPart}
    return {part: proposals for part, proposals in found.items() if proposals}
