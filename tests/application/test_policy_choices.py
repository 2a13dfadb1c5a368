"""A choice of policy has a day: it decides for what becomes public after it, and earlier choices are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from attrs import evolve

import almenstyring as al

from .conftest import YEAR, StandingClock, refused
from .test_publication import T01, everything, meeting, publish, statement, states

Ready = Callable[[], al.DocumentationPackage]
T02 = al.MunicipalityCode("T02")
TEN = timedelta(days=10)


@pytest.fixture
def stranger(operator: al.Workspace) -> al.Workspace:
    return operator.acting_as(al.Actor("nabo-1", role="organisation", organisation="T002"))


def test_what_is_public_stays_public_when_another_policy_is_chosen(
    office: al.Workspace, council: al.Workspace, stranger: al.Workspace, ready: Ready, clock: StandingClock
) -> None:
    office.submit(ready())
    council.record_meeting(meeting(council.today))
    before = stranger.public_data_sheet("T001", YEAR)
    clock.day += TEN
    council.choose_publication_policy("decision_2011")
    after = stranger.public_data_sheet("T001", YEAR)
    assert (after.accounts, after.figures, after.master_data) == (before.accounts, before.figures, before.master_data)
    assert (after.policy, after.sending) == ("decision_2011", 1)
    assert "stays so" in council.visibility("T001", YEAR, "accounts", "public").reason.en


def test_what_was_not_public_on_the_day_is_for_the_new_policy_to_decide(
    office: al.Workspace, council: al.Workspace, stranger: al.Workspace, ready: Ready, clock: StandingClock
) -> None:
    office.submit(ready())
    clock.day += TEN
    council.choose_publication_policy("decision_2011")
    council.record_meeting(meeting(council.today))
    sheet = stranger.public_data_sheet("T001", YEAR)
    assert sheet.accounts and states(sheet) == {"not_available"}
    publish(council, statement())
    assert "shown" in states(stranger.public_data_sheet("T001", YEAR))


def test_a_more_open_policy_opens_from_its_day_on(
    office: al.Workspace, council: al.Workspace, stranger: al.Workspace, ready: Ready, clock: StandingClock
) -> None:
    council.choose_publication_policy("decision_2011")
    office.submit(ready())
    clock.day += TEN
    assert stranger.public_data_sheet("T001", YEAR).accounts == ()
    council.choose_publication_policy("portal_2014")
    assert stranger.public_data_sheet("T001", YEAR).accounts
    reason = council.visibility("T001", YEAR, "accounts", "public").reason
    assert reason.en == "Shown since 2026-08-13, when the policy came to hold."


def test_a_choice_can_be_made_for_a_later_day_and_counts_no_earlier_than_it_is_recorded(
    council: al.Workspace, clock: StandingClock
) -> None:
    today = council.today
    council.choose_publication_policy("decision_2011", since=today + TEN)
    assert council.publication_policy("T01").id == "portal_2014"
    assert council.publication_policy("T01", on=today + TEN).id == "decision_2011"
    clock.day = today + TEN
    assert council.publication_policy("T01").id == "decision_2011"
    council.choose_publication_policy("portal_2014", since=date(2020, 1, 1))
    assert council.publication_policy("T01", on=today).id == "portal_2014"
    made = council.publication_choices("T01")
    assert [(each.policy, each.since, each.counts_from, each.by) for each in made] == [
        ("decision_2011", today + TEN, today + TEN, "tilsyn-1"),
        ("portal_2014", date(2020, 1, 1), today + TEN, "tilsyn-1"),
    ]
    assert council.publication_policy("T01").id == "portal_2014", "of two choices for a day the later one"
    assert council.publication_choices("T02") == ()


def test_the_day_of_a_choice_is_a_day(council: al.Workspace) -> None:
    refused(lambda: council.choose_publication_policy("decision_2011", since="2026-09-01"), al.InvalidValueError)  # type: ignore[arg-type]


def test_a_choice_that_an_earlier_version_kept_without_a_day_counts_from_its_record(
    council: al.Workspace, clock: StandingClock
) -> None:
    council._records.keep_setting("publication_policy/T01", "decision_2011", "tilsyn-1", clock())
    [choice] = council.publication_choices("T01")
    assert (choice.policy, choice.since) == ("decision_2011", council.today)
    assert council.publication_policy("T01").id == "decision_2011"
    assert council.publication_policy("T01", on=council.today - TEN).id == "portal_2014"


@pytest.mark.parametrize("to", [T02, None], ids=["a home of another policy", "no home"])
def test_a_move_of_home_hides_nothing_that_was_public_and_opens_nothing(
    operator: al.Workspace,
    office: al.Workspace,
    council: al.Workspace,
    stranger: al.Workspace,
    ready: Ready,
    clock: StandingClock,
    to: al.MunicipalityCode | None,
) -> None:
    council.choose_publication_policy("decision_2011")
    office.submit(ready())
    publish(council, statement())
    council.record_meeting(meeting(council.today))
    shown = stranger.public_data_sheet("T001", YEAR)
    assert shown.accounts
    clock.day += TEN
    master = operator.master_data("T001")
    [home] = master.home_municipalities
    homes = [evolve(home, valid=al.Validity(home.valid.start, clock.day - timedelta(days=1)))]
    if to is not None:
        homes.append(evolve(home, municipality=to, valid=al.Validity(clock.day)))
    operator._keep_master(evolve(master, home_municipalities=tuple(homes)))
    after = stranger.public_data_sheet("T001", YEAR)
    assert (after.accounts, after.figures) == (shown.accounts, shown.figures)
    assert after.policy == ("portal_2014" if to else "decision_2011")


def test_before_meeting_and_statement_the_sheet_of_the_decision_does_not_tell_of_a_sending(
    office: al.Workspace, council: al.Workspace, stranger: al.Workspace, ready: Ready
) -> None:
    council.choose_publication_policy("decision_2011")
    package = ready()
    never_sent = stranger.public_data_sheet("T001", YEAR)
    office.submit(package)
    hidden = stranger.public_data_sheet("T001", YEAR)
    assert (hidden.sending, hidden.sent_on, hidden.period) == (None, None, None)
    assert hidden == never_sent and states(hidden) == {"not_available"}
    assert everything(hidden) == everything(never_sent)
    council.record_meeting(meeting(council.today))
    publish(council, statement())
    told = stranger.public_data_sheet("T001", YEAR)
    assert (told.sending, told.sent_on) == (1, council.today)


def test_only_the_municipality_s_own_code_has_its_choice(council: al.Workspace) -> None:
    council.choose_publication_policy("decision_2011")
    assert [each.municipality for each in council.publication_choices("T01")] == [T01]
    refused(lambda: council.publication_choices("0045"), al.InvalidValueError)
