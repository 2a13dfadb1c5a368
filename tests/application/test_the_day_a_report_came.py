"""Timeliness rests on the day a report was received here, or came before by another way as its receiver notes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

import almenstyring as al

from .conftest import YEAR, StandingClock, refused, sendable

DUE, CAME = date(2026, 7, 31), date(2026, 7, 30)
Ready = Callable[[], al.DocumentationPackage]


def report_row(workspace: al.Workspace) -> al.StatusRow:
    rows = (row for row in workspace.status(year=YEAR) if str(row.organisation) == "T001")
    return next(row for row in rows if row.expectation.element is al.Element.GOVERNANCE_REPORT)


@pytest.fixture
def late(office: al.Workspace, council: al.Workspace, ready: Ready) -> al.Receipt:
    """T001's report, sent three days late."""
    council.set_deadline("T001", YEAR, DUE)
    return office.submit(ready())


@pytest.mark.parametrize("verb", ["submit", "check_submit"])
def test_an_organisation_cannot_date_its_own_sending_back(
    office: al.Workspace, council: al.Workspace, ready: Ready, verb: str
) -> None:
    council.set_deadline("T001", YEAR, DUE)
    package = ready()
    told = refused(lambda: getattr(office, verb)(package, on=CAME), al.NotAllowedError)
    assert "2026-08-03" in told and "by another way" in told
    assert office.open_package("T001", YEAR).sendings == ()
    assert office.submit(package, on=office.today).timing == al.Timing(al.Timeliness.LATE, 3)


@pytest.mark.parametrize("role", ["municipality", "operator"])
def test_the_receiver_or_the_operator_notes_that_it_came_earlier_by_another_way(
    operator: al.Workspace, office: al.Workspace, council: al.Workspace, late: al.Receipt, role: str
) -> None:
    assert report_row(council).timing == al.Timing(al.Timeliness.LATE, 3)
    noting = council if role == "municipality" else operator
    arrival = noting.record_arrival("T001", YEAR, CAME, reason="Kom med posten (syntetisk)")
    assert (arrival.on, arrival.by, arrival.noted_on) == (CAME, noting.actor.id, noting.today)
    for workspace in (office, council, operator):
        row = report_row(workspace)
        assert (row.timing.timeliness, row.sent_on) == (al.Timeliness.ON_TIME, CAME)
        [package] = workspace.packages(year=YEAR, organisation="T001")
        assert (package.first_sent, package.sendings[0].on) == (CAME, office.today)
        assert package.sendings[0].arrival == arrival
    assert council.preparation("T001", YEAR).report.timing.timeliness is al.Timeliness.ON_TIME
    assert office.sent_package("T001", YEAR).sendings[0].arrival is None
    assert office.verify(late).ok


def test_an_arrival_holds_when_the_report_is_sent_again_and_is_no_conflict_in_hand(
    office: al.Workspace, council: al.Workspace, late: al.Receipt, clock: StandingClock
) -> None:
    council.return_package("T001", YEAR, reason="Uddyb (syntetisk)")
    mine = office.open_package("T001", YEAR).answer("economy.sound_operation", comment="Uddybet.")
    council.record_arrival("T001", YEAR, CAME, reason="Kom med posten (syntetisk)")
    clock.day += timedelta(days=5)
    receipt = office.submit(office.save(sendable(office, mine)))
    assert (receipt.number, receipt.timing.timeliness) == (2, al.Timeliness.ON_TIME)
    assert report_row(council).sent_on == CAME


@pytest.mark.parametrize(
    ("day", "reason", "told"),
    [
        (CAME, " ", "needs a reason"),
        (date(2026, 8, 3), "Samme dag", "before the first sending"),
        (date(2025, 12, 31), "For tidligt", "after 2025-12-31"),
        (date(2026, 8, 4), "I morgen", "from"),
    ],
    ids=["no reason", "not earlier", "before the period's end", "a day to come"],
)
def test_an_arrival_needs_a_reason_and_a_day_between_the_period_and_the_sending(
    council: al.Workspace, late: al.Receipt, day: date, reason: str, told: str
) -> None:
    assert told in refused(lambda: council.record_arrival("T001", YEAR, day, reason=reason), al.InvalidValueError)
    assert report_row(council).timing == al.Timing(al.Timeliness.LATE, 3)


def test_neither_the_organisation_nor_another_municipality_notes_an_arrival(
    operator: al.Workspace, office: al.Workspace, late: al.Receipt
) -> None:
    neighbour = operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))
    refused(lambda: office.record_arrival("T001", YEAR, CAME, reason="?"), al.NotAllowedError)
    refused(lambda: neighbour.record_arrival("T001", YEAR, CAME, reason="?"), al.NotAllowedError)


def test_nothing_arrived_before_anything_was_sent(council: al.Workspace, ready: Ready) -> None:
    ready()
    refused(lambda: council.record_arrival("T001", YEAR, CAME, reason="?"), al.InvalidValueError)
