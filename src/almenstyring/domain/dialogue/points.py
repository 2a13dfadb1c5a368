"""The single kinds of proposals for an agenda; ``proposed_agenda`` puts them together."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from enum import Enum

from almenstyring.domain.agreements import Agreement
from almenstyring.domain.dialogue.meetings import DialogueMeeting
from almenstyring.domain.dialogue.preparing import (
    GOAL_LAW,
    GOALS,
    AgendaPart,
    AgendaProposal,
    MunicipalGoals,
    ProposalSource,
    SupervisionTheme,
)
from almenstyring.domain.findings import Finding
from almenstyring.domain.reporting import DocumentationPackage
from almenstyring.domain.text import Text, joined
from almenstyring.domain.values import LegalReference

Label = Callable[[Enum], Text]
"""What a member of a closed list is called."""

_DB_112 = "DB § 112, stk."


def law(text: str) -> LegalReference:
    """A reference to the law."""
    return LegalReference.parse(text)


def same(text: str) -> Text:
    """What a person wrote, which is the same in both languages."""
    return Text(text, text)


def few(texts: Iterable[Text], most: int = 3) -> Text:
    """The first of many texts in one line, and how many more there are.

    >>> print(few([same("en"), same("to"), same("tre")], most=2))
    en; to; og 1 mere
    """
    given = [text for text in texts if text.da]
    more = len(given) - most
    rest = (Text(f"og {more} mere", f"and {more} more"),) if more > 0 else ()
    return joined((*given[:most], *rest))


def fixed(package: DocumentationPackage | None) -> Iterator[AgendaProposal]:
    """What every meeting has, whatever was reported; the meeting is owed also where nothing was."""
    yield _fixed("welcome", AgendaPart.OPENING, Text("Velkomst", "Welcome"))
    yield _fixed(
        "last_agreements",
        AgendaPart.FOLLOW_UP,
        Text("Opfølgning på sidste års aftaler", "Follow-up on last year's agreements"),
        f"{_DB_112} 5, nr. 4",
    )
    if package is None:
        yield _fixed(
            "missing_report",
            AgendaPart.REPORT,
            Text("Styringsrapporten mangler", "The governance report is missing"),
            f"{_DB_112} 1",
            Text(
                "Der er ingen rapport at gå ud fra. Dialogmødet skal holdes alligevel.",
                "There is no report to start from. The dialogue meeting is owed all the same.",
            ),
        )
    else:
        yield _fixed(
            "report",
            AgendaPart.REPORT,
            Text("Styringsrapport, regnskab og revisionsprotokollat", "Governance report, accounts and protocol"),
            f"{_DB_112} 3",
        )
    yield _fixed(
        "new_agreements", AgendaPart.NEW_AGREEMENTS, Text("Nye aftaler", "New agreements"), "ABL § 6 f, 1. pkt."
    )
    yield _fixed(
        "other", AgendaPart.CLOSING, Text("Eventuelt og næste møde", "Any other business and the next meeting")
    )


def _fixed(name: str, part: AgendaPart, title: Text, of_law: str = "", why: Text | None = None) -> AgendaProposal:
    return AgendaProposal(
        id=f"fixed.{name}",
        part=part,
        title=title,
        why=why or Text("Fast punkt.", "Fixed item."),
        source=ProposalSource.FIXED,
        reference=name,
        law=law(of_law) if of_law else None,
    )


def from_agreements(agreements: Iterable[Agreement], label: Label) -> Iterator[AgendaProposal]:
    """Every open agreement, with its wording that holds now and the last thing that was said of it."""
    for agreement in sorted(agreements, key=lambda each: (each.concluded_on, each.id)):
        if not agreement.status.is_open:
            continue
        last = agreement.history[-1] if agreement.history else None
        due = agreement.review_by
        yield AgendaProposal(
            id=f"agreement.{agreement.id}",
            part=AgendaPart.FOLLOW_UP,
            title=Text("Aftale {id}: {kind}", "Agreement {id}: {kind}").fill(
                id=agreement.id, kind=label(agreement.kind)
            ),
            why=joined(
                (
                    same(agreement.current_text),
                    label(agreement.status),
                    same(last.note) if last else Text("", ""),
                    Text(f"revideres senest {due}", f"to be reviewed by {due}") if due else Text("", ""),
                )
            ),
            source=ProposalSource.AGREEMENT,
            reference=agreement.id,
            law=agreement.kind.law,
        )


def from_last_meetings(
    meetings: Iterable[DialogueMeeting], agreements: Iterable[Agreement]
) -> Iterator[AgendaProposal]:
    """What the meetings of the last report year left, those of the latest first.

    Open tasks, decisions, assessments, and agreements that are kept nowhere else.
    """
    kept = {text for each in agreements for text in (each.text, each.current_text)}
    for place, meeting in enumerate(reversed(tuple(meetings))):
        name = f"{meeting.report_year}" if place == 0 else f"{meeting.report_year}.{meeting.held_on}"
        yield from _left_by(meeting, name, kept)


def _left_by(meeting: DialogueMeeting, name: str, kept: Container[str]) -> Iterator[AgendaProposal]:
    for task in meeting.tasks:
        if task.done_on is None:
            due = Text(f"Senest {task.due}: ", f"By {task.due}: ") if task.due else same("")
            why = Text(due.da + task.text, due.en + task.text)
            yield _of_meeting(name, f"task-{task.id}", Text("Åben opgave", "Open task"), why)
    if meeting.decisions:
        title = Text("Besluttet på sidste møde", "Decided at the last meeting")
        yield _of_meeting(name, "decisions", title, joined([same(each.text) for each in meeting.decisions]))
    for number, text in enumerate(dict.fromkeys(meeting.agreements), start=1):
        if text.strip() and text not in kept:
            yield _of_meeting(name, f"agreement-{number}", Text("Aftalt sidst", "Agreed last time"), same(text))
    told = (
        Text("Organisationen: ", "The organisation: "), meeting.organisations_assessment,
        Text("Kommunen: ", "The municipality: "), meeting.municipalitys_assessment,
    )  # fmt: skip
    words = [Text(who.da + text, who.en + text) for who, text in zip(told[::2], told[1::2], strict=True) if text]
    if words:
        title = Text("Vurderingerne fra sidste møde", "The assessments of the last meeting")
        yield _of_meeting(name, "assessments", title, joined(words), law(f"{_DB_112} 7, nr. 1"))


def _of_meeting(
    meeting: str, what: str, title: Text, why: Text, of_law: LegalReference | None = None
) -> AgendaProposal:
    return AgendaProposal(
        id=f"meeting.{meeting}.{what}",
        part=AgendaPart.FOLLOW_UP,
        title=title,
        why=why,
        source=ProposalSource.MEETING,
        reference=f"{meeting}.{what}",
        law=of_law,
    )


def from_goals(goals: MunicipalGoals | None) -> Iterator[AgendaProposal]:
    """What the municipality itself wants, by the goals of the law."""
    for goal, text in sorted(goals.goals.items()) if goals else ():
        yield AgendaProposal(
            id=f"municipal_goal.{goal}",
            part=AgendaPart.GOALS,
            title=Text("Kommunens mål for {goal}", "The municipality's goal for {goal}").fill(goal=GOALS[goal]),
            why=same(text),
            source=ProposalSource.MUNICIPAL_GOAL,
            reference=goal,
            goal=goal,
            law=GOAL_LAW[goal],
        )
    if goals and goals.strategy.strip():
        yield AgendaProposal(
            id="municipal_goal.strategy",
            part=AgendaPart.NEW_AGREEMENTS,
            title=Text("Kommunens strategi for samarbejdet", "The municipality's strategy for the co-operation"),
            why=same(goals.strategy),
            source=ProposalSource.MUNICIPAL_GOAL,
            reference="strategy",
            law=law("ABL § 6 f, 1. pkt."),
        )


def from_theme(theme: SupervisionTheme | None, goals: MunicipalGoals | None) -> Iterator[AgendaProposal]:
    """The state's theme, which the parties are encouraged to take up, and the one the municipality named."""
    if goals and goals.theme.strip():
        yield AgendaProposal(
            id="theme.municipal",
            part=AgendaPart.THEME,
            title=Text("Tilsynstema: {title}", "Supervision theme: {title}").fill(title=same(goals.theme)),
            why=Text("Kommunen tager temaet op.", "The municipality takes the theme up."),
            source=ProposalSource.MUNICIPAL_GOAL,
            reference="theme",
        )
    if theme is not None:
        yield AgendaProposal(
            id=f"theme.{theme.id}",
            part=AgendaPart.THEME,
            title=Text("Tilsynstema: {title}", "Supervision theme: {title}").fill(title=theme.title),
            why=theme.about,
            source=ProposalSource.THEME,
            reference=theme.id,
        )


def from_review(follow_ups: Iterable[Finding]) -> Iterator[AgendaProposal]:
    """What a person marked for follow-up in the critical review."""
    for finding in follow_ups:
        yield AgendaProposal(
            id=f"review.{finding.location.item}",
            part=AgendaPart.REPORT,
            title=Text("Kritisk gennemgang: {what}", "Critical review: {what}").fill(what=finding.message),
            why=finding.hint,
            source=ProposalSource.REVIEW,
            reference=finding.location.item,
            law=finding.law,
        )
