"""Deadlines for all, for some or for one: all or none, with their history, and never a lock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.ports import ChainHead
from almenstyring.testing import clean_master_data

from .conftest import OFFICE, OPERATOR, YEAR, StandingClock, refused

DUE, LATER = date(2026, 9, 1), date(2026, 10, 1)
Ready = Callable[[], al.DocumentationPackage]


def partners(council: al.Workspace) -> list[str]:
    """Whom the municipality T01 is in dialogue with."""
    return [
        str(master.number)
        for master in council.register()
        if str(master.home_municipality_on(council.today)) == "T01"
        and master.organisation.kind.takes_part_in_dialogue
        and not master.organisation.other_authority
    ]


def head(workspace: al.Workspace) -> ChainHead:
    return workspace.verify().head


def test_without_names_the_deadline_is_for_every_dialogue_partner_and_nobody_else(
    council: al.Workspace, operator: al.Workspace
) -> None:
    deadlines = council.set_deadlines(YEAR, DUE)
    assert [str(each.organisation) for each in deadlines] == partners(council)
    assert len(deadlines) > 1
    everybody = [master.number for master in council.register()]
    with_deadline = [str(number) for number in everybody if operator.deadline(number, YEAR)]
    assert with_deadline == partners(council)
    assert len(with_deadline) < len(everybody)


def test_a_group_gets_one_date_each_organisation_once(council: al.Workspace) -> None:
    first, second, *_ = partners(council)
    deadlines = council.set_deadlines(YEAR, DUE, [second, first, al.LbfNumber(second)])
    assert [(str(each.organisation), each.due, each.set_on) for each in deadlines] == [
        (second, DUE, council.today),
        (first, DUE, council.today),
    ]


@pytest.mark.parametrize("wrong", ["T006", "T999", "T00"], ids=["another municipality's", "unknown", "no number"])
def test_one_that_cannot_be_set_leaves_all_as_they_were(council: al.Workspace, wrong: str) -> None:
    before = head(council)
    with pytest.raises(al.AlmenstyringError):
        council.set_deadlines(YEAR, DUE, ["T001", wrong])
    assert head(council) == before
    assert council.deadline("T001", YEAR) is None


@pytest.mark.parametrize(
    ("kind", "authority"),
    [
        (al.OrganisationKind.SELF_OWNING_YOUTH, ""),
        (al.OrganisationKind.MUNICIPAL_ELDERLY, ""),
        (al.OrganisationKind.HOUSING_ORGANISATION, "En anden myndighed"),
    ],
    ids=["a self-owning institution", "municipal homes", "another authority's"],
)
def test_what_owes_the_municipality_no_report_gets_no_deadline(
    council: al.Workspace, kind: al.OrganisationKind, authority: str
) -> None:
    master = clean_master_data(number="T007", kind=kind)
    master = evolve(master, organisation=evolve(master.organisation, other_authority=authority))
    council._records.register.put("T007", master, expected_revision=0, actor="drift", at=council._now(), indexed={})
    with pytest.raises(al.NotAllowedError, match="does not owe"):
        council.set_deadline("T007", YEAR, DUE)
    assert "T007" not in {str(each.organisation) for each in council.set_deadlines(YEAR, DUE)}


@pytest.mark.parametrize("actor", [OPERATOR, OFFICE], ids=["operator", "office"])
def test_only_a_municipality_sets_and_extends(operator: al.Workspace, actor: al.Actor) -> None:
    workspace = operator.acting_as(actor)
    with pytest.raises(al.NotAllowedError):
        workspace.set_deadlines(YEAR, DUE)
    with pytest.raises(al.NotAllowedError):
        workspace.extend_deadlines(["T001"], YEAR, until=LATER, reason="x")


def test_a_text_is_no_day(council: al.Workspace) -> None:
    with pytest.raises(al.InvalidValueError, match="date"):
        council.set_deadlines(YEAR, "2026-09-01")  # type: ignore[arg-type]
    council.set_deadlines(YEAR, DUE)
    with pytest.raises(al.InvalidValueError, match="date"):
        council.extend_deadline("T001", YEAR, until="2026-10-01", reason="x")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "fits"),
    [
        (date(2025, 6, 30), False),
        (date(2025, 7, 1), True),
        (date(2027, 12, 31), True),
        (date(2028, 1, 1), False),
        (date(2206, 7, 1), False),
    ],
    ids=str,
)
def test_a_deadline_is_a_day_of_its_report_year_or_the_next(council: al.Workspace, day: date, fits: bool) -> None:
    if fits:
        assert council.set_deadline("T001", YEAR, day).due == day
    else:
        said = refused(lambda: council.set_deadline("T001", YEAR, day), al.InvalidValueError)
        assert str(day) in said and "from 2025-07-01 to 2027-12-31" in said


def test_an_extension_for_several_is_given_to_all_or_none(council: al.Workspace) -> None:
    first, second, *_ = partners(council)
    council.set_deadline(first, YEAR, DUE)
    with pytest.raises(al.NotFoundError):
        council.extend_deadlines([first, second], YEAR, until=LATER, reason="Strejke")
    assert [each.step.value for each in council.deadline_history(first, YEAR)] == ["set"]
    council.set_deadlines(YEAR, DUE)
    extended = council.extend_deadlines([first, second], YEAR, until=LATER, reason="Strejke")
    assert [each.current for each in extended] == [LATER, LATER]


def test_a_date_for_all_takes_no_extension_back_and_the_history_tells_all(
    council: al.Workspace, clock: StandingClock
) -> None:
    council.set_deadlines(YEAR, DUE)
    council.extend_deadline("T001", YEAR, until=LATER, reason="Ny revisor")
    clock.day = date(2026, 8, 10)
    [moved, *others] = council.set_deadlines(YEAR, date(2026, 9, 8), reason="Ferie")
    assert moved.current == LATER
    assert {each.current for each in others} == {date(2026, 9, 8)}
    history = council.deadline_history("T001", YEAR)
    assert [(each.step.value, each.on, each.old, each.new, each.reason) for each in history] == [
        ("set", date(2026, 8, 3), None, DUE, ""),
        ("extended", date(2026, 8, 3), DUE, LATER, "Ny revisor"),
        ("changed", date(2026, 8, 10), LATER, LATER, "Ferie"),
    ]
    taken = council.set_deadline("T001", YEAR, date(2026, 9, 8), reason="Fejl", withdraw_extensions=True)
    assert taken.current == date(2026, 9, 8)
    assert council.deadline_history("T001", YEAR)[-1].step is al.DeadlineStep.WITHDRAWN


def test_the_same_date_for_all_once_more_stores_nothing(council: al.Workspace) -> None:
    council.set_deadlines(YEAR, DUE)
    before = head(council)
    council.set_deadlines(YEAR, DUE)
    assert head(council) == before


def test_the_organisation_reads_the_history_and_a_stranger_does_not(
    council: al.Workspace, office: al.Workspace, operator: al.Workspace
) -> None:
    council.set_deadlines(YEAR, DUE)
    assert office.deadline_history("T001", YEAR) == council.deadline_history("T001", YEAR)
    stranger = operator.acting_as(al.Actor("x", role="organisation", organisation="T006"))
    with pytest.raises(al.NotAllowedError):
        stranger.deadline_history("T001", YEAR)
    assert council.deadline_history("T001", YEAR.next) == ()


def test_a_deadline_set_after_the_sending_judges_it_no_more(
    council: al.Workspace, office: al.Workspace, ready: Ready, clock: StandingClock
) -> None:
    council.set_deadlines(YEAR, clock.day)
    receipt = office.submit(ready())
    council.set_deadlines(YEAR, date(2026, 6, 1))
    [row] = [
        row
        for row in office.status(year=YEAR)
        if str(row.organisation) == "T001"
        and row.expectation.element is al.Element.GOVERNANCE_REPORT
        and row.expectation.receiver is al.Receiver.HOME_MUNICIPALITY
    ]
    assert (receipt.timing, row.timing) == (al.Timing(al.Timeliness.ON_TIME), al.Timing(al.Timeliness.ON_TIME))


def test_a_deadline_that_has_passed_blocks_nothing(council: al.Workspace, operator: al.Workspace, ready: Ready) -> None:
    council.set_deadlines(YEAR, date(2026, 1, 1))
    receipt = operator.acting_as(OFFICE).submit(ready())
    assert receipt.timing.timeliness is al.Timeliness.LATE
