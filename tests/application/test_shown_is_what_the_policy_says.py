"""The table of the policy and the workspace say the same: for every content, audience and state of the year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import cycle, product

import pytest
from attrs import define, evolve, field

import almenstyring as al
from almenstyring import Audience as Who
from almenstyring import ContentKind as Kind
from almenstyring.application.policy_choices import policy_periods
from almenstyring.application.publishing import publication_facts
from almenstyring.content.publication import load_publication
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.publication import PublicationFacts, visible, visible_by
from almenstyring.domain.publication.policy import NOT_KEPT_HERE

from .conftest import OPERATOR, REGISTRY, YEAR, StandingClock, sendable

T002, T01, SECRET = al.LbfNumber("T002"), al.MunicipalityCode("T01"), "HEMMELIG"
SOUND = "economy.sound_operation"
ACTORS = {
    Who.ORGANISATION: al.Actor("kontor-2", role="organisation", organisation="T002"),
    Who.HOME_MUNICIPALITY: al.Actor("tilsyn-1", role="municipality", municipality="T01"),
    Who.LOCATION_MUNICIPALITY: al.Actor("tilsyn-2", role="municipality", municipality="T02"),
    Who.ADVISER: al.Actor("raadgiver-1", role="adviser", municipality="T01"),
    Who.OTHER_ORGANISATIONS: al.Actor("kontor-3", role="organisation", organisation="T003"),
}
"""T002 is at home in T01 and has an estate in T02. The public has no workspace: it gets the data sheet."""

LETTING = [
    al.Agreement(
        id=f"A-{kind.value}",
        kind=kind,
        municipality=T01,
        organisations=(T002,),
        text=f"SYNTETISK: kriterier {kind.value}",
        concluded_on=date(2026, 8, 3),
        responsible="driftschef",
    )
    for kind in (al.AgreementKind.FLEXIBLE_LETTING, al.AgreementKind.ADVERTISED_LETTING)
]


@define
class Story:
    """A report year of T002, taken state by state."""

    operator: al.Workspace
    has: set[Kind] = field(factory=lambda: {Kind.MASTER_DATA})
    package: al.DocumentationPackage | None = None

    def by(self, audience: Who) -> al.Workspace:
        return self.operator.acting_as(ACTORS[audience])

    def states(self) -> Iterator[str]:
        office, council = self.by(Who.ORGANISATION), self.by(Who.HOME_MUNICIPALITY)
        yield "nothing"
        for agreement in LETTING:
            council.conclude_agreement(agreement)
        self.has |= {Kind.LETTING_CRITERIA, Kind.ADVERTISED_LETTING_CRITERIA}
        yield "agreed"
        of_package = {Kind.ACCOUNTS, Kind.KEY_FIGURES, Kind.OTHER_KEY_FIGURES, Kind.ANSWERS, Kind.DOCUMENTS}
        draft = sendable(office, office.open_package("T002", YEAR)).answer(SOUND, comment=SECRET)
        self.package = office.save(office.attach(draft, "bilag.pdf", b"%PDF-1.7"))
        self.has |= of_package | {Kind.ACTION_PLANS, Kind.DRAFTS}
        yield "opened"
        office.submit(self.package)
        yield "sent"
        council.comment("T002", YEAR, SOUND, "Hvorfor? (syntetisk)")
        self.has.add(Kind.REVIEW_COMMENTS)
        yield "commented"
        council.return_package("T002", YEAR, reason="Uddyb (syntetisk)")
        yield "returned"
        [again] = office.packages(year=YEAR, organisation="T002")
        office.submit(sendable(office, office.save(again.reply("K1", "Fordi (syntetisk).", on=office.today))))
        yield "sent again"
        council.record_meeting(
            al.DialogueMeeting(organisation=T002, report_year=YEAR, municipality=T01, held_on=council.today)
        )
        self.has.add(Kind.MINUTES)
        yield "met"
        statement = al.Statement(municipality=T01, report_year=YEAR, organisations=(T002,), text="SYNTETISK")
        council.record_statement(statement)
        self.has.add(Kind.STATEMENT)
        yield "statement drafted"
        for name in ("approved", "published"):
            statement = statement.advanced(council.today)
            council.record_statement(statement)
            yield f"statement {name}"
        receipt = al.StatementFiling(reference="SYN-1", filed_on=council.today)
        council.record_statement(statement.advanced(council.today, filing=receipt))
        yield "statement reported"


@pytest.fixture
def story() -> Iterator[Story]:
    with al.connect("memory:", actor=OPERATOR, registry=REGISTRY, clock=StandingClock(), test_mode=True) as operator:
        operator.import_register("synthetic:")
        operator.compute_figures(YEAR)
        told = Story(operator)
        council = told.by(Who.HOME_MUNICIPALITY)
        council.give_mandate("raadgiver-1", valid=al.Validity())
        yield told


def selected(figures: tuple[str, ...]) -> tuple[set[str], set[str]]:
    """Those of the figures that the data sheet has, and the others."""
    chosen = {each for ledger in Ledger for each in load_publication().selected.of(ledger)}
    chosen.add("computed_efficiency_score")
    return set(figures) & chosen, set(figures) - chosen


@define
class Seen:
    """What an audience reads in a state of the year, each use case asked once."""

    workspace: al.Workspace
    sheets: tuple[al.DataSheet, ...]
    attached: al.DocumentationPackage | None
    packages: tuple[al.DocumentationPackage, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.packages = self.workspace.packages(year=YEAR, organisation="T002")

    @property
    def figures(self) -> tuple[str, ...]:
        return tuple(each.figure for p in self.packages for of_unit in p.figures for each in of_unit.figures)


IN_THE_WORKSPACE: Mapping[Kind, Callable[[Seen], object]] = {
    Kind.ACCOUNTS: lambda seen: any(package.accounts for package in seen.packages),
    Kind.KEY_FIGURES: lambda seen: selected(seen.figures)[0],
    Kind.OTHER_KEY_FIGURES: lambda seen: selected(seen.figures)[1],
    Kind.ANSWERS: lambda seen: SECRET in repr([package.report for package in seen.packages]),
    Kind.ACTION_PLANS: lambda seen: any(package.estate_reports for package in seen.packages),
    Kind.DOCUMENTS: lambda seen: seen.attached and seen.workspace.attachment(seen.attached, "bilag.pdf"),
    Kind.DRAFTS: lambda seen: seen.workspace.history("T002", YEAR),
    Kind.REVIEW_COMMENTS: lambda seen: seen.workspace.review_of("T002", YEAR).entries,
    Kind.MINUTES: lambda seen: seen.workspace.meeting("T002", YEAR),
    Kind.STATEMENT: lambda seen: seen.workspace.statements(YEAR),
}
"""The reading use cases. Master data are the register's, which every actor of a workspace may read."""

ON_THE_SHEET: Mapping[Kind, Callable[[al.DataSheet], object]] = {
    Kind.MASTER_DATA: lambda sheet: sheet.master_data,
    Kind.ACCOUNTS: lambda sheet: sheet.accounts,
    Kind.KEY_FIGURES: lambda sheet: [each for each in sheet.figures if each.value is not None],
    Kind.OTHER_KEY_FIGURES: lambda sheet: selected(tuple(each.id for each in sheet.figures))[1],
    Kind.ANSWERS: lambda sheet: SECRET in repr(sheet),
    Kind.STATEMENT: lambda sheet: sheet.statements,
    Kind.LETTING_CRITERIA: lambda sheet: [each for each in sheet.agreements if each.law.section == "60"],
    Kind.ADVERTISED_LETTING_CRITERIA: lambda sheet: [each for each in sheet.agreements if each.law.section == "60 a"],
}


def gets(seen: Seen, content: Kind, audience: Who) -> bool:
    """Whether the audience gets it by any of the ways there are; anybody gets the data sheet."""
    shown = ON_THE_SHEET.get(content)
    if shown is not None and any(map(shown, seen.sheets)):
        return True
    if audience is Who.PUBLIC:
        return False
    if content is Kind.MASTER_DATA:
        return audience is not Who.OTHER_ORGANISATIONS and bool(seen.workspace.master_data("T002"))
    try:
        return content in IN_THE_WORKSPACE and bool(IN_THE_WORKSPACE[content](seen))
    except (al.NotAllowedError, al.NotFoundError):
        return False


def said_in(story: Story) -> Mapping[tuple[Kind, Who], bool]:
    """The table of the policy as it is today, which ``visibility`` reads line by line."""
    records, master = story.operator._records, story.operator.master_data("T002")
    facts, periods = publication_facts(records, T002, YEAR), policy_periods(records, master)
    on = story.operator.today
    return {(kind, who): visible_by(periods, kind, who, facts, on).shown for kind in Kind for who in Who}


@pytest.mark.parametrize("policy", ["portal_2014", "decision_2011"])
def test_the_table_says_what_each_audience_gets_in_every_state_of_the_year(story: Story, policy: str) -> None:
    story.by(Who.HOME_MUNICIPALITY).choose_publication_policy(policy)
    wrong, given = [], 0
    for state, asked in zip(story.states(), cycle(product(Kind, Who)), strict=False):
        said, anybody = said_in(story), story.by(Who.OTHER_ORGANISATIONS)
        assert story.operator.visibility("T002", YEAR, *asked).shown is said[asked]
        sheets = tuple(anybody.public_data_sheet("T002", YEAR, estate=estate) for estate in (None, "T0101"))
        for audience in Who:
            seen = Seen(anybody if audience is Who.PUBLIC else story.by(audience), sheets, story.package)
            for content in {**IN_THE_WORKSPACE, **ON_THE_SHEET}:
                got = gets(seen, content, audience)
                given += got
                if got is not (said[content, audience] and content in story.has):
                    wrong.append((state, content.value, audience.value, f"gets it: {got}"))
    assert wrong == []
    assert given > 100


def test_every_kind_of_content_is_compared_or_not_kept_here() -> None:
    compared = {*IN_THE_WORKSPACE, *ON_THE_SHEET}
    assert compared | NOT_KEPT_HERE == set(Kind)
    assert not compared & NOT_KEPT_HERE
    portal = load_publication()["portal_2014"]
    for content in NOT_KEPT_HERE:
        found = visible(portal, content, Who.PUBLIC, PublicationFacts(), date(2026, 8, 3))
        assert found.shown and "not kept here" in found.reason.en


def test_the_former_home_reads_the_minutes_of_its_own_meeting_and_a_municipality_of_location_none(
    story: Story,
) -> None:
    for state in story.states():
        if state == "met":
            break
    council, there = story.by(Who.HOME_MUNICIPALITY), story.by(Who.LOCATION_MUNICIPALITY)
    assert council.meeting("T002", YEAR) is not None
    assert there.meeting("T002", YEAR) is None
    with pytest.raises(al.NotFoundError):
        there.minutes_gaps("T002", YEAR)
    master = story.operator.master_data("T002")
    [home] = master.home_municipalities
    moved = evolve(home, municipality=al.MunicipalityCode("T02"), valid=al.Validity(date(2026, 8, 3)))
    left = evolve(home, valid=al.Validity(None, date(2026, 8, 2)))
    story.operator._keep_master(evolve(master, home_municipalities=(left, moved)))
    assert council.meeting("T002", YEAR) == there.meeting("T002", YEAR)
