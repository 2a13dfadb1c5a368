"""A report year that is opened for some first: who may open packages, on every day around its limits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

import almenstyring as al

from .conftest import refused

YEAR = al.ReportYear(2026)
FROM, UNTIL, ONE_DAY = date(2026, 9, 1), date(2026, 9, 30), timedelta(days=1)


@pytest.fixture
def second(operator: al.Workspace) -> al.Workspace:
    """The workspace of T002, which takes part in no pilot here."""
    return operator.acting_as(al.Actor("kontor-2", role="organisation", organisation="T002"))


def opens(workspace: al.Workspace, organisation: str) -> bool:
    """Whether the organisation's package can be opened now."""
    try:
        return bool(workspace.open_package(organisation, YEAR))
    except al.NotAllowedError as error:
        if error.context["causes"] != ("pilot_only",):
            raise
        return False


@pytest.mark.parametrize(
    ("day", "is_open"),
    [(FROM - ONE_DAY, True), (FROM, False), (UNTIL, False), (UNTIL + ONE_DAY, True)],
    ids=["day before", "first day", "last day", "day after"],
)
def test_those_outside_cannot_open_while_the_pilot_is_on(
    operator: al.Workspace, office: al.Workspace, second: al.Workspace, clock: Any, day: date, is_open: bool
) -> None:
    operator.open_as_pilot(YEAR, organisations=["T001"], since=FROM, until=UNTIL)
    clock.day = day
    assert opens(second, "T002") is is_open
    assert opens(office, "T001")
    assert opens(operator, "T003") is is_open, "the operator opens no back door"


def test_the_refusal_tells_what_who_lifts_it_and_when_it_ends(operator: al.Workspace, second: al.Workspace) -> None:
    operator.open_as_pilot(YEAR, organisations=["T001"], until=UNTIL)
    with pytest.raises(al.NotAllowedError) as caught:
        second.open_package("T002", YEAR)
    error = caught.value
    assert error.message.en == (
        "Report year 2026 is open as a pilot without T002, until 2026-09-30; the operator can lift that."
    )
    assert "til og med 2026-09-30" in error.message.da
    assert (error.context["lifted_by"], error.context["until"]) == ("operator", "2026-09-30")


def test_before_it_is_opened_check_submit_says_why_it_is_locked(
    operator: al.Workspace, office: al.Workspace, second: al.Workspace
) -> None:
    operator.open_as_pilot(YEAR, organisations=["T001"])
    unopened = al.empty_package("T002", YEAR).answer("conclusion.challenges", al.NONE)
    [cause] = second.check_submit(unopened).locks
    assert (cause.code, cause.lifted_by) == (al.LockCode.PILOT_ONLY, al.Role.OPERATOR)
    assert dict(cause.parameters) == {"year": "2026", "organisation": "T002", "until": ""}
    assert cause in second.why_locked(unopened)
    with pytest.raises(al.NotSubmittableError):
        second.submit(unopened)
    taking_part = al.empty_package("T001", YEAR).answer("conclusion.challenges", al.NONE)
    assert office.why_locked(taking_part) == ()


def test_a_package_that_is_open_already_is_never_taken_away(operator: al.Workspace, second: al.Workspace) -> None:
    package = second.open_package("T002", YEAR)
    operator.open_as_pilot(YEAR, organisations=["T001"])
    package = second.save(second.open_package("T002", YEAR).answer("conclusion.challenges", al.NONE))
    assert second.why_locked(package) == () and second.check_submit(package).locks == ()


def test_a_municipality_named_takes_in_those_whose_home_it_is(operator: al.Workspace, second: al.Workspace) -> None:
    pilot = operator.open_as_pilot(YEAR, municipalities=["T01"])
    assert second.pilot(YEAR) == pilot and pilot.since == operator.today
    assert opens(second, "T002") and not opens(operator, "T006")


def test_ending_it_opens_the_year_for_all_the_same_day(operator: al.Workspace, second: al.Workspace) -> None:
    operator.open_as_pilot(YEAR, organisations=["T001"])
    assert not opens(second, "T002")
    assert operator.end_pilot(YEAR).ended_on == operator.today
    assert opens(second, "T002")


def test_other_years_are_open_to_all_and_have_no_pilot(operator: al.Workspace, second: al.Workspace) -> None:
    operator.open_as_pilot(al.ReportYear(2025), organisations=["T001"])
    assert second.pilot(YEAR) is None and opens(second, "T002")
    with pytest.raises(al.NotFoundError, match="no pilot"):
        operator.end_pilot(YEAR)


def test_only_the_operator_opens_and_ends_a_pilot(office: al.Workspace, council: al.Workspace) -> None:
    for workspace in (office, council):
        with pytest.raises(al.NotAllowedError):
            workspace.open_as_pilot(YEAR, organisations=["T001"])
        with pytest.raises(al.NotAllowedError):
            workspace.end_pilot(YEAR)


def test_a_pilot_names_only_organisations_that_are_there(operator: al.Workspace) -> None:
    with pytest.raises(al.NotFoundError):
        operator.open_as_pilot(YEAR, organisations=["T099"])
    with pytest.raises(al.NotAllowedError):
        operator.open_as_pilot(YEAR, municipalities=["101"])
    assert operator.pilot(YEAR) is None


def test_a_pilot_names_only_municipalities_that_are_the_home_of_somebody(
    operator: al.Workspace, second: al.Workspace
) -> None:
    with pytest.raises(al.NotFoundError, match="T77"):
        operator.open_as_pilot(YEAR, organisations=["T001"], municipalities=["T77"])
    assert operator.pilot(YEAR) is None and opens(second, "T002")


@pytest.mark.parametrize(
    ("first", "then", "kind"),
    [
        (None, FROM - ONE_DAY, al.InvalidValueError),
        (None, date(2026, 8, 2), al.InvalidValueError),
        (None, UNTIL + ONE_DAY, al.NotAllowedError),
        (FROM, FROM, al.NotAllowedError),
        (FROM, FROM + ONE_DAY, al.NotAllowedError),
    ],
    ids=["before it began", "yesterday", "after it ran out", "again", "later again"],
)
def test_a_pilot_is_ended_once_and_while_it_is_on(
    operator: al.Workspace, first: date | None, then: date, kind: type[al.AlmenstyringError]
) -> None:
    pilot = operator.open_as_pilot(YEAR, organisations=["T001"], since=FROM, until=UNTIL)
    if first is not None:
        pilot = operator.end_pilot(YEAR, first)
    assert "2026" in refused(lambda: operator.end_pilot(YEAR, then), kind)
    assert operator.pilot(YEAR) == pilot


@pytest.mark.parametrize(
    "call",
    [
        lambda operator, council: operator.end_pilot(YEAR, "2026-09-01"),
        lambda operator, council: council.end_mandate("raadgiver-1", "2026-09-01"),
        lambda operator, council: council.agreements(open_on="2026-09-01"),
        lambda operator, council: operator.open_as_pilot(2026, organisations=["T001"]),
        lambda operator, council: operator.open_as_pilot(YEAR, organisations="T001"),
    ],
    ids=["end of a pilot", "end of a mandate", "open on", "a year", "a bare text"],
)
def test_a_day_or_year_of_another_type_is_refused_in_words(
    operator: al.Workspace, council: al.Workspace, call: Callable[[al.Workspace, al.Workspace], object]
) -> None:
    operator.open_as_pilot(YEAR, organisations=["T001"])
    council.give_mandate("raadgiver-1", valid=al.Validity())
    assert refused(lambda: call(operator, council), al.InvalidValueError)


def test_an_end_can_be_brought_forward_and_one_that_has_not_begun_ends_on_its_first_day(
    operator: al.Workspace,
) -> None:
    operator.open_as_pilot(YEAR, organisations=["T001"], since=FROM, until=UNTIL)
    operator.end_pilot(YEAR, UNTIL)
    ended = operator.end_pilot(YEAR, FROM)
    assert ended.ended_on == FROM and not any(ended.is_on(day) for day in (FROM, UNTIL))


def test_outside_a_running_pilot_status_and_next_step_say_that_the_year_is_not_open_and_until_when(
    operator: al.Workspace, office: al.Workspace, second: al.Workspace, clock: Any
) -> None:
    operator.open_as_pilot(YEAR, organisations=["T001"], until=UNTIL)

    def step(workspace: al.Workspace) -> str:
        [line] = workspace.overview([YEAR]).lines
        return al.year_step(workspace.actor.role, line.status, not_open=line.not_open).da

    said = {(row.expectation.element.value, bool(row.not_open)) for row in second.status(year=YEAR)}
    assert {("governance_report", True), ("accounts", True), ("dialogue_meeting", False)} <= said
    assert step(second).startswith("Afvent, at året åbnes. Styringsår 2026 er åbnet som pilot uden T002, til og med")
    assert not any(row.not_open for row in office.status(year=YEAR)) and step(office).startswith("Udfyld")
    clock.day = UNTIL + ONE_DAY
    assert not any(row.not_open for row in second.status(year=YEAR)) and step(second).startswith("Udfyld")


def test_a_package_that_is_open_already_is_not_called_closed(operator: al.Workspace, second: al.Workspace) -> None:
    second.open_package("T002", YEAR)
    operator.open_as_pilot(YEAR, organisations=["T001"])
    assert not any(row.not_open for row in second.status(year=YEAR))
