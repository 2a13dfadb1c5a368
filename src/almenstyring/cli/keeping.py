"""Which kind of document is kept by which use case, and which command has to do with the kinds that are not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from attrs import frozen

import almenstyring as al
from almenstyring.codec import FORMATS
from almenstyring.domain.reporting import FigureColumn, PackageProgress, YearFigures
from almenstyring.domain.text import Text
from almenstyring.domain.values import MunicipalityCode


def _nothing_more(_workspace: al.Workspace, _kept: Any) -> Iterable[Text]:
    return ()


@frozen(kw_only=True)
class Keeper:
    """How one kind of document is kept: by which use case, what the document is called, and what to know then."""

    keep: Callable[[al.Workspace, Any], object]
    name: Callable[[Any], object]
    then: Callable[[al.Workspace, Any], Iterable[Text]] = _nothing_more


def _adopt(workspace: al.Workspace, given: al.Adoption) -> None:
    _require_own(workspace, given.municipality)
    workspace.adopt_model(given.model, since=given.since, decision=given.decision)


def _mandate(workspace: al.Workspace, given: al.Mandate) -> None:
    _require_own(workspace, given.municipality)
    if given.ended_on is not None:
        raise al.InvalidValueError(
            Text("Et nyt mandat er ikke allerede afsluttet.", "A new mandate is not ended already."),
            Text("Tag ended_on ud af dokumentet.", "Take ended_on out of the document."),
            value=given.adviser,
        )
    workspace.give_mandate(given.adviser, valid=given.valid, organisations=given.organisations)


def _plan(workspace: al.Workspace, given: al.NoticePlan) -> None:
    _require_own(workspace, given.municipality)
    workspace.set_notice_plan(
        before=given.before,
        on_the_day=given.on_the_day,
        after=given.after,
        recipients=given.recipients,
        open_items=given.open_items,
        begins=given.begins,
    )


def _goals(workspace: al.Workspace, given: al.MunicipalGoals) -> None:
    _require_own(workspace, given.municipality)
    workspace.set_goals(given.goals, strategy=given.strategy, theme=given.theme)


def _retention(workspace: al.Workspace, given: al.Retention) -> None:
    _require_own(workspace, given.municipality)
    workspace.set_retention(days=given.days, years=given.years)


def _require_own(workspace: al.Workspace, municipality: MunicipalityCode) -> None:
    """What belongs to one municipality is kept for that one; the use case itself is not told whose it is."""
    if workspace.actor.municipality not in (None, municipality):
        raise al.NotAllowedError(
            Text(
                f"Dokumentet er kommune {municipality}s, og der handles for {workspace.actor.municipality}.",
                f"The document is municipality {municipality}'s, and you act for {workspace.actor.municipality}.",
            ),
            Text(
                "Ret municipality i dokumentet, eller vælg --municipality.",
                "Change municipality in the document, or choose --municipality.",
            ),
            municipality=str(municipality),
        )


def _of_year(given: Any) -> str:
    return f"{given.organisation}/{given.report_year}"


def _gaps(workspace: al.Workspace, given: al.DialogueMeeting) -> Iterable[Text]:
    for gap in workspace.minutes_gaps(given.organisation, given.report_year):
        yield Text("Mangler i referatet: {gap}", "Missing in the minutes: {gap}").fill(gap=gap)


def _lacks(workspace: al.Workspace, given: al.Statement) -> Iterable[Text]:
    for finding in workspace.check_statement(given):
        yield Text("{message} {hint}", "{message} {hint}").fill(message=finding.message, hint=finding.hint)


def _invite(_workspace: al.Workspace, given: al.Invitation) -> Iterable[Text]:
    command = f"almenstyring invitation {given.id} --send"
    yield Text(f"Planlagt; indkald med: {command}", f"Planned; invite with: {command}")


KEEPERS: Mapping[type, Keeper] = {
    al.Agreement: Keeper(keep=al.Workspace.conclude_agreement, name=lambda each: each.id),
    al.DialogueMeeting: Keeper(keep=al.Workspace.record_meeting, name=_of_year, then=_gaps),
    al.ForumMeeting: Keeper(keep=al.Workspace.record_forum_meeting, name=lambda each: each.id),
    al.Invitation: Keeper(keep=al.Workspace.plan_meeting, name=lambda each: each.id, then=_invite),
    al.Statement: Keeper(
        keep=al.Workspace.record_statement,
        name=lambda each: f"{', '.join(map(str, each.organisations))}/{each.report_year}",
        then=_lacks,
    ),
    al.SupervisoryAction: Keeper(keep=al.Workspace.record_supervision, name=lambda each: each.id),
    al.Mandate: Keeper(keep=_mandate, name=lambda each: each.adviser),
    al.NoticePlan: Keeper(keep=_plan, name=lambda each: each.municipality),
    al.MunicipalGoals: Keeper(keep=_goals, name=lambda each: each.municipality),
    al.Adoption: Keeper(keep=_adopt, name=lambda each: each.model.id),
    al.Retention: Keeper(keep=_retention, name=lambda each: each.municipality),
    al.CentralReceipt: Keeper(
        keep=al.Workspace.record_central_receipt, name=lambda each: f"{_of_year(each)}/{each.sending}"
    ),
    al.Person: Keeper(keep=al.Workspace.keep_person, name=lambda each: each.id),
}
"""Every kind of document that a command keeps, each by its own use case, with its checks and rights."""

_FIGURES = Text("Nøgletal beregnes: almenstyring figures compute.", "Key figures are computed: figures compute.")
ELSEWHERE: Mapping[type, Text] = {
    al.DocumentationPackage: Text(
        "Kontrollér en pakke med almenstyring check; organisationen gemmer og sender den fra Python.",
        "Check a package with almenstyring check; the organisation saves and sends it from Python.",
    ),
    al.Receipt: Text(
        "En kvittering opbevares uden for lageret; den kontrolleres fra Python med verify.",
        "A receipt is kept outside the store; it is verified from Python with verify.",
    ),
    al.Deadline: Text("Sæt fristen med almenstyring deadline.", "Set the deadline with almenstyring deadline."),
    al.Review: Text(
        "Kommentér med almenstyring comment, og returnér med almenstyring return.",
        "Comment with almenstyring comment and return with almenstyring return.",
    ),
    al.CriticalReview: Text(
        "Vurdér med almenstyring review NR --judge PUNKT=VURDERING.",
        "Judge with almenstyring review NR --judge ITEM=VERDICT.",
    ),
    al.LoggedCorrection: Text(
        "Loggen skrives, når en offentliggjort redegørelse rettes fra Python.",
        "The log is written when a published statement is corrected from Python.",
    ),
    al.NoticeDelivery: Text(
        "Afklar et varsel med almenstyring notices --arrived eller --lost.",
        "Settle a notice with almenstyring notices --arrived or --lost.",
    ),
    al.MasterData: Text(
        "Stamdata indlæses fra en kilde af driften, fra Python med import_register.",
        "Master data are read from a source by the operator, from Python with import_register.",
    ),
    al.Standard: Text(
        "En standard leveres af en udvidelse; almenstyring standard viser årets.",
        "A standard comes with a plug-in; almenstyring standard shows the year's.",
    ),
    al.Pilot: Text(
        "En pilot åbnes af driften, fra Python med open_as_pilot.",
        "A pilot is opened by the operator, from Python with open_as_pilot.",
    ),
    PackageProgress: Text(
        "Det følger af pakken; almenstyring status viser det.",
        "It follows from the package; almenstyring status shows it.",
    ),
    FigureColumn: _FIGURES,
    YearFigures: _FIGURES,
}
"""What to use instead for every other kind."""


def known_kinds() -> str:
    """The formats that are kept, by their short names."""
    return ", ".join(sorted(short_name(kind) for kind in KEEPERS))


def short_name(kind: type) -> str:
    """The name of a format without the library's own."""
    return FORMATS[kind][0].removeprefix("almenstyring/")


def called(kind: type) -> Text:
    """What a kind of document is called in both languages, by the glossary."""
    for term in al.find_term(kind.__name__):
        if term.class_name == kind.__name__:
            return Text(term.da, term.en)
    return Text(short_name(kind), short_name(kind))
