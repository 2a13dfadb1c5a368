"""The days on which a mandate holds and a pilot is on, their first and last ones above all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.mandates import Mandate
from almenstyring.domain.organisations import Validity
from almenstyring.domain.pilots import Pilot
from almenstyring.domain.values import LbfNumber, MunicipalityCode

Refused = Callable[..., InvalidValueError]
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
FROM, UNTIL, ENDED = date(2026, 3, 1), date(2026, 9, 30), date(2026, 6, 15)
TOWN, ONE, OTHER = MunicipalityCode("T01"), LbfNumber("T001"), LbfNumber("T002")


def mandate(**given: Any) -> Mandate:
    usual: dict[str, Any] = {"adviser": "raadgiver-1", "municipality": TOWN, "given_by": "tilsyn-1"}
    return Mandate(**usual | {"valid": Validity(FROM, UNTIL)} | given)


def pilot(**given: Any) -> Pilot:
    usual: dict[str, Any] = {"year": ReportYear(2026), "organisations": (ONE,), "since": FROM, "until": UNTIL}
    return Pilot(**usual | given)


@given(DAYS)
def test_a_mandate_holds_on_its_days_and_a_pilot_is_on_on_its_days(day: date) -> None:
    assert mandate().holds_on(day) == pilot().is_on(day) == (FROM <= day <= UNTIL)


@given(DAYS)
def test_from_the_day_they_are_ended_they_no_longer_hold(day: date) -> None:
    assert mandate().ended(ENDED).holds_on(day) == pilot().ended(ENDED).is_on(day) == (FROM <= day < ENDED)


@given(DAYS, DAYS)
def test_ending_again_never_prolongs(first: date, second: date) -> None:
    earlier = min(first, second)
    assert mandate().ended(first).ended(second) == mandate().ended(earlier)
    assert pilot().ended(first).ended(second) == pilot().ended(earlier)


def test_without_limits_they_hold_until_they_are_ended() -> None:
    assert mandate(valid=Validity()).holds_on(date.max) and pilot(until=None).is_on(date.max)
    assert not mandate(valid=Validity()).ended(FROM).holds_on(FROM)
    assert not pilot(until=None).is_on(FROM - timedelta(days=1))


def test_a_mandate_covers_those_named_or_all() -> None:
    assert mandate().covers(ONE) and mandate(organisations=(OTHER,)).covers(OTHER)
    assert not mandate(organisations=(OTHER,)).covers(ONE)


def test_a_pilot_takes_in_those_named_and_those_of_a_municipality_named() -> None:
    assert pilot().takes_in(ONE, None) and not pilot().takes_in(OTHER, TOWN)
    assert pilot(municipalities=(TOWN,)).takes_in(OTHER, TOWN)
    assert not pilot(municipalities=(TOWN,)).takes_in(OTHER, None)


@pytest.mark.parametrize(
    "wrong",
    [{"organisations": (ONE, ONE)}, {"adviser": "En Rådgiver"}, {"given_by": ""}],
    ids=["names one twice", "names a person", "was given by nobody"],
)
def test_a_mandate_is_refused_that(wrong: dict[str, Any], refused: Refused) -> None:
    refused(mandate, **wrong)


@pytest.mark.parametrize(
    "wrong",
    [{"organisations": ()}, {"until": FROM - timedelta(days=1)}],
    ids=["is for nobody", "ends before it begins"],
)
def test_a_pilot_is_refused_that(wrong: dict[str, Any], refused: Refused) -> None:
    refused(pilot, **wrong)
