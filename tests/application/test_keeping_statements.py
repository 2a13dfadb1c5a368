"""Who keeps a statement after a move, on which days, what of it is corrected, and what it may name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

import almenstyring as al

from .conftest import YEAR, StandingClock, refused

T001, T003 = al.LbfNumber("T001"), al.LbfNumber("T003")
T01, T02 = al.MunicipalityCode("T01"), al.MunicipalityCode("T02")
HELD, MOVED = date(2026, 7, 15), date(2026, 7, 20)
DRAFT = al.Statement(municipality=T01, report_year=YEAR, organisations=(T001,), text="SYNTETISK redegørelse")
SITE = "https://t01.example/dialog"


@pytest.fixture
def neighbour(operator: al.Workspace) -> al.Workspace:
    return operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))


def meet(council: al.Workspace, number: al.LbfNumber = T001, on: date = HELD) -> None:
    council.record_meeting(al.DialogueMeeting(organisation=number, report_year=YEAR, municipality=T01, held_on=on))


def move(operator: al.Workspace, to: al.MunicipalityCode | None, on: date = MOVED) -> None:
    """T001's home moves, or it ends with nobody as its home."""
    master = operator.master_data("T001")
    [home] = master.home_municipalities
    homes = [evolve(home, valid=al.Validity(home.valid.start, on - timedelta(days=1)))]
    if to is not None:
        homes.append(evolve(home, municipality=to, valid=al.Validity(on)))
    operator._keep_master(evolve(master, home_municipalities=tuple(homes)))


def published(council: al.Workspace, statement: al.Statement = DRAFT) -> al.Statement:
    given = statement.advanced(council.today).advanced(council.today)
    council.record_statement(given)
    return given


def reported(council: al.Workspace, statement: al.Statement, reference: str = "SYN-1") -> al.Statement:
    return statement.advanced(council.today, filing=al.StatementFiling(reference=reference, filed_on=council.today))


# After a move of home


@pytest.mark.parametrize("to", [T02, None], ids=["moved", "ended by a merger"])
def test_the_municipality_that_held_the_meeting_keeps_its_statement_after_the_home_has_moved(
    operator: al.Workspace, council: al.Workspace, neighbour: al.Workspace, to: al.MunicipalityCode | None
) -> None:
    meet(council)
    move(operator, to)
    assert not council._stands_for(council.master_data("T001"), council.today)
    council.record_statement(DRAFT)
    first = published(council, DRAFT)
    corrected = council.correct_statement(first, text="SYNTETISK rettet", cause="Skrivefejl")
    council.record_statement(reported(council, corrected))
    assert [each.status for each in neighbour.statements(YEAR)] == [al.StatementStatus.REPORTED]


def test_a_municipality_that_neither_leads_nor_led_the_dialogue_keeps_no_statement(
    operator: al.Workspace, council: al.Workspace, neighbour: al.Workspace
) -> None:
    move(operator, T02)
    refused(lambda: council.record_statement(DRAFT), al.NotAllowedError)
    neighbour.record_statement(evolve(DRAFT, municipality=T02))
    other_year = evolve(DRAFT, report_year=YEAR.previous)
    move_back = al.DialogueMeeting(organisation=T001, report_year=YEAR, municipality=T02, held_on=council.today)
    neighbour.record_meeting(move_back)
    refused(lambda: council.record_statement(other_year), al.NotAllowedError)
    assert council.statements(YEAR) == ()


def test_a_meeting_on_a_day_when_the_home_was_elsewhere_gives_no_right(
    operator: al.Workspace, council: al.Workspace
) -> None:
    meet(council, on=MOVED)
    move(operator, T02)
    refused(lambda: council.record_statement(DRAFT), al.NotAllowedError)


def test_what_a_municipality_has_published_without_a_meeting_it_can_still_correct_and_report(
    operator: al.Workspace, council: al.Workspace
) -> None:
    first = published(council)
    move(operator, T02)
    corrected = council.correct_statement(first, title="SYNTETISK", cause="Overskrift manglede")
    council.record_statement(reported(council, corrected))
    refused(
        lambda: council.correct_statement(council.statements(YEAR)[0], organisations=["T001", "T006"], cause="Flere"),
        al.NotAllowedError,
    )


# The days


@pytest.mark.parametrize(
    "steps",
    [(date(2026, 8, 4),), (date(2026, 8, 3), date(2026, 12, 24))],
    ids=["approved tomorrow", "published at Christmas"],
)
def test_no_step_lies_after_today(council: al.Workspace, steps: tuple[date, ...]) -> None:
    given = DRAFT
    for day in steps:
        given = given.advanced(day)
    assert "after today, 2026-08-03" in refused(lambda: council.record_statement(given), al.InvalidValueError)
    assert council.statements(YEAR) == ()


def test_today_is_early_enough(council: al.Workspace, neighbour: al.Workspace) -> None:
    first = published(council)
    assert neighbour.statements(YEAR) == (first,)


def test_a_statement_is_not_approved_before_the_meeting_it_tells_of(
    council: al.Workspace, clock: StandingClock
) -> None:
    meet(council)
    early = DRAFT.advanced(HELD - timedelta(days=1))
    said = refused(lambda: council.record_statement(early), al.InvalidValueError)
    assert "before the meeting with T001 on 2026-07-15" in said
    council.record_statement(DRAFT.advanced(HELD))
    first = DRAFT.advanced(HELD).advanced(HELD)
    council.record_statement(first)
    meet(council, T003, HELD + timedelta(days=5))
    refused(
        lambda: council.correct_statement(first, organisations=["T001", "T003"], cause="Var med"), al.InvalidValueError
    )


@pytest.mark.parametrize(
    ("filed_on", "said"),
    [(date(2026, 8, 2), "before the publication on 2026-08-03"), (date(2026, 8, 11), "after today, 2026-08-10")],
    ids=["before the publication", "tomorrow"],
)
def test_a_receipt_is_from_between_the_publication_and_today(
    council: al.Workspace, clock: StandingClock, filed_on: date, said: str
) -> None:
    first = published(council)
    clock.day = date(2026, 8, 10)
    wrong = first.advanced(clock.day, filing=al.StatementFiling(reference="SYN-1", filed_on=filed_on))
    assert said in refused(lambda: council.record_statement(wrong), al.InvalidValueError)
    council.record_statement(reported(council, first))
    right = council.statements(YEAR)[0]
    other = al.StatementFiling(reference="SYN-1", filed_on=filed_on)
    refused(lambda: council.correct_statement(right, filing=other, cause="Dag"), al.InvalidValueError)


def test_others_see_a_statement_from_the_day_of_its_publication_on(
    council: al.Workspace, neighbour: al.Workspace, clock: StandingClock
) -> None:
    """A day ahead that an earlier version kept: nobody else sees it before the day."""
    first = published(council)
    clock.day = first.dates[1] - timedelta(days=1)
    assert (council.statements(YEAR), neighbour.statements(YEAR)) == ((first,), ())
    clock.day = first.dates[1]
    assert neighbour.statements(YEAR) == (first,)


# Changes after publication


def test_website_and_receipt_are_changed_by_a_correction_that_is_logged(
    council: al.Workspace, neighbour: al.Workspace
) -> None:
    first = published(council)
    refused(lambda: council.record_statement(evolve(first, website=SITE)), al.NotAllowedError)
    moved = council.correct_statement(first, website=SITE, cause="Adressen manglede")
    done = reported(council, moved)
    council.record_statement(done)
    other = al.StatementFiling(reference="SYN-2", filed_on=council.today)
    refused(lambda: council.record_statement(evolve(done, filing=other)), al.NotAllowedError)
    assert council.correct_statement(done, filing=other, cause="Forkert nummer").filing == other
    told = [(each.place.item, each.old, each.new) for each in neighbour.corrections(YEAR)]
    assert told == [("website", "", SITE), ("filing", "SYN-1, 2026-08-03", "SYN-2, 2026-08-03")]
    [shown] = neighbour.public_data_sheet("T001", YEAR).statements
    assert shown.website == SITE


def test_a_correction_of_what_somebody_has_changed_in_between_is_a_conflict(council: al.Workspace) -> None:
    first = published(council)
    second = council.correct_statement(first, text="SYNTETISK to", cause="Skrivefejl")
    refused(lambda: council.correct_statement(first, title="SYNTETISK", cause="Titel"), al.ConflictError)
    third = council.correct_statement(second, organisations=["T003"], cause="Forkert organisation")
    refused(lambda: council.correct_statement(second, title="SYNTETISK", cause="Titel"), al.ConflictError)
    assert council.statements(YEAR) == (third,)
    assert len(council.corrections(YEAR)) == 2


@pytest.mark.parametrize("name", ["Hans Hansen", "navn@t01.example", 3], ids=str)
def test_the_approver_is_an_opaque_id_and_no_name(council: al.Workspace, name: Any) -> None:
    first = published(council)
    said = refused(
        lambda: council.correct_statement(first, text="SYNTETISK to", cause="Fejl", approved_by=name),
        al.InvalidValueError,
    )
    assert "never a name" in said
    assert (council.statements(YEAR), council.corrections(YEAR)) == ((first,), ())


# What a statement may name


def agreement(agreement_id: str, number: al.LbfNumber) -> al.Agreement:
    return al.Agreement(
        id=agreement_id,
        kind=al.AgreementKind.OTHER,
        municipality=T01,
        organisations=(number,),
        text="SYNTETISK",
        concluded_on=HELD,
        responsible="driftschef",
    )


def test_an_id_that_is_no_agreement_with_one_of_the_organisations_is_refused(council: al.Workspace) -> None:
    council.conclude_agreement(agreement("A-1", T001))
    council.conclude_agreement(agreement("A-3", T003))
    for wrong in ("NOPE", "A-3"):
        said = refused(lambda w=wrong: council.record_statement(evolve(DRAFT, agreements=(w,))), al.InvalidValueError)  # type: ignore[misc]
        assert wrong in said
    first = published(council, evolve(DRAFT, agreements=("A-1",)))
    refused(lambda: council.correct_statement(first, agreements=["A-1", "NOPE"], cause="Flere"), al.InvalidValueError)
    refused(lambda: council.correct_statement(first, organisations=["T003"], cause="Andre"), al.InvalidValueError)
    both = council.correct_statement(first, organisations=["T001", "T003"], agreements=["A-1", "A-3"], cause="Begge")
    assert both.agreements == ("A-1", "A-3")


def test_an_organisation_is_named_once(council: al.Workspace) -> None:
    twice = evolve(DRAFT, organisations=(T001, T001))
    assert "twice: 'T001, T001'" in refused(lambda: council.record_statement(twice), al.InvalidValueError)
    first = published(council)
    wrong = ["T001", "T003", "T003"]
    refused(lambda: council.correct_statement(first, organisations=wrong, cause="Fejl"), al.InvalidValueError)


@pytest.mark.parametrize(
    "wrong",
    [{"title": 3}, {"organisations": "T001"}, {"agreements": "A-1"}, {"cause": 3}, {"filing": "SYN-1"}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_correction_of_another_kind_is_refused_in_words(council: al.Workspace, wrong: dict[str, Any]) -> None:
    first = published(council)
    refused(lambda: council.correct_statement(first, **({"text": "Ny", "cause": "Fejl"} | wrong)), al.InvalidValueError)
    assert (council.statements(YEAR), council.corrections(YEAR)) == ((first,), ())
