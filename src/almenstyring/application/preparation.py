"""Putting a preparation sheet together from what the municipality has at hand."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from almenstyring.application.status import Delivery
from almenstyring.content import label
from almenstyring.content.supervision_themes import load_themes
from almenstyring.domain.agreements import Agreement
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue.critical_review import ReviewSheet
from almenstyring.domain.dialogue.homes_offered import homes_offered
from almenstyring.domain.dialogue.material import DeviatingFigure
from almenstyring.domain.dialogue.meetings import DialogueMeeting
from almenstyring.domain.dialogue.preparation_sheet import EstateLine, PreparationSheet, ReportStanding
from almenstyring.domain.dialogue.preparing import MunicipalGoals, theme_on
from almenstyring.domain.dialogue.proposing import AtHand, proposed_agenda
from almenstyring.domain.findings import Finding
from almenstyring.domain.organisations import Estate, EstateKind, MasterData, valid_on
from almenstyring.domain.reporting import DocumentationPackage, Standard, timing
from almenstyring.domain.supervision import SupervisoryAction
from almenstyring.domain.values import MunicipalityCode
from almenstyring.rules.builtin import BUILTIN_RULES

OWN_CODES = frozenset(rule.code for rule in BUILTIN_RULES) | {
    "ATTACHMENT-NOT-STORED",
    "RULE-FAILED",
    "RULE-NOT-RUN",
    "STANDARD-UNKNOWN",
}
"""The codes of the library's own rules, and of what its check says of itself."""


@frozen(kw_only=True)
class Prepared:
    """What was read from the store for one sheet; ``package`` is the report as it was last sent."""

    municipality: MunicipalityCode
    master: MasterData
    year: ReportYear
    on: date
    delivery: Delivery
    package: DocumentationPackage | None = None
    standard: Standard | None = None
    findings: tuple[Finding, ...] = ()
    figures: tuple[DeviatingFigure, ...] = ()
    review: ReviewSheet | None = None
    agreements: tuple[Agreement, ...] = ()
    last_meetings: tuple[DialogueMeeting, ...] = ()
    goals: MunicipalGoals | None = None
    supervision: tuple[SupervisoryAction, ...] = ()


def preparation_sheet(at_hand: Prepared) -> PreparationSheet:
    """The sheet of one organisation; it exists also where no report came."""
    master, day, review = at_hand.master, at_hand.on, at_hand.review
    estates = master.estates_on(day)
    areas, theme = valid_on(master.areas, day), theme_on(load_themes(), day)
    agenda = proposed_agenda(
        AtHand(
            package=at_hand.package,
            standard=at_hand.standard,
            findings=at_hand.findings,
            own_codes=OWN_CODES,
            figures=at_hand.figures,
            agreements=at_hand.agreements,
            last_meetings=at_hand.last_meetings,
            areas=areas,
            goals=at_hand.goals,
            theme=theme,
            follow_ups=review.follow_ups() if review else (),
        ),
        label,
    )
    return PreparationSheet(
        municipality=at_hand.municipality,
        organisation=master.number,
        name=master.organisation.name,
        kind=master.organisation.kind,
        report_year=at_hand.year,
        made_on=day,
        report=_standing(at_hand),
        administrators=master.administrators_on(day),
        estates=tuple(_line(master, estate, day) for estate in estates),
        homes=homes_offered(estates, day),
        figures=at_hand.figures,
        agenda=agenda,
        agreements=at_hand.agreements,
        areas=areas,
        goals=at_hand.goals,
        theme=theme,
        last_meeting=at_hand.last_meetings[-1] if at_hand.last_meetings else None,
        review_left=len(review.left) if review else None,
        review_concluded_on=review.review.concluded_on if review else None,
        legality=review.follow_ups(legality=True) if review else (),
        supervision=at_hand.supervision,
    )


def _standing(at_hand: Prepared) -> ReportStanding:
    delivery, periods = at_hand.delivery, at_hand.master.periods_of(at_hand.year)
    progress, sent = delivery.progress, at_hand.package
    current = delivery.deadline.current if delivery.deadline else None
    due = progress.due(current) if progress else current
    first = progress.sendings[0].on if progress and progress.sendings else None
    return ReportStanding(
        status=progress.status if progress else None,
        first_sent=first,
        last_sent=sent.sendings[-1].on if sent else None,
        sendings=len(sent.sendings) if sent else 0,
        due=due,
        timing=timing(due, first, at_hand.on),
        accounts_due=periods[-1].accounts_due_municipality if periods else None,
    )


def _line(master: MasterData, estate: Estate, day: date) -> EstateLine:
    return EstateLine(
        estate=estate.id,
        name=estate.name,
        homes=estate.homes.total if estate.homes.total or estate.kind is not EstateKind.HOUSING else None,
        in_operation=estate.in_operation(day),
        municipalities=master.municipalities_of(estate.id, day),
    )
