"""Persons and how long they are kept; what must never be shown of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.organisations import Validity
from almenstyring.domain.persons import ERASABLE, Person, Retention, require_erasable
from almenstyring.domain.values import LbfNumber, MunicipalityCode

Refused = Callable[..., InvalidValueError]
TOWN, ORGANISATION = MunicipalityCode("T01"), LbfNumber("T001")


def person(**given: Any) -> Person:
    return Person(**{"id": "p-1", "name": "Opdigtet Person", "municipality": TOWN, **given})


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"id": "Opdigtet Person"}, id="with a name for an id"),
        pytest.param({"id": "p@kommune.example"}, id="with an address for an id"),
        pytest.param({"id": "p/1"}, id="with an id that would be two parts of a key"),
        pytest.param({"name": "  "}, id="without a name"),
        pytest.param({"municipality": None}, id="who belongs nowhere"),
        pytest.param({"organisation": ORGANISATION}, id="who belongs to two"),
    ],
)
def test_there_is_no_person(wrong: dict[str, Any], refused: Refused) -> None:
    refused(person, **wrong)


def test_a_person_shown_in_a_log_is_an_id_and_nothing_more() -> None:
    shown = repr(person(title="formand", email="a@b.example", phone="00 00", salt="abc"))
    assert "p-1" in shown
    assert not [word for word in ("Opdigtet", "formand", "a@b", "00 00", "abc") if word in shown]


def test_the_salt_does_not_count_when_persons_are_compared() -> None:
    assert person(salt="a") == person(salt="b") != person(name="En anden", salt="a")


@pytest.mark.parametrize("kind", ["person", "persons"])
def test_kinds_of_persons_may_be_erased(kind: str) -> None:
    require_erasable(kind)
    assert kind.startswith(ERASABLE)


@pytest.mark.parametrize("kind", ["", "packages", "Person", "a person"])
def test_every_other_kind_is_kept_for_ever(kind: str, refused: Refused) -> None:
    refused(require_erasable, kind)


@pytest.mark.parametrize(
    ("length", "last_day", "kept_until"),
    [
        pytest.param({"days": 0}, date(2026, 6, 30), date(2026, 6, 30), id="to the last day itself"),
        pytest.param({"days": 30}, date(2026, 6, 30), date(2026, 7, 30), id="so many days more"),
        pytest.param({"years": 5}, date(2026, 6, 30), date(2031, 6, 30), id="so many years more"),
        pytest.param({"years": 1}, date(2028, 2, 29), date(2029, 2, 28), id="from a leap day to the month's end"),
    ],
)
def test_a_person_is_kept(length: dict[str, int], last_day: date, kept_until: date) -> None:
    retention = Retention(municipality=TOWN, **length)
    assert retention.kept_until(last_day) == kept_until
    left = person(valid=Validity(None, last_day))
    assert not retention.has_run_out(left, kept_until)
    assert retention.has_run_out(left, kept_until + timedelta(days=1))


@pytest.mark.parametrize("end", [None, date.max], ids=["no last day", "a last day nobody lives to see"])
def test_a_person_who_has_not_left_is_not_to_be_erased(end: date | None) -> None:
    assert not Retention(municipality=TOWN, years=100).has_run_out(person(valid=Validity(None, end)), date(9990, 1, 1))


@pytest.mark.parametrize(
    "wrong",
    [{}, {"days": 1, "years": 1}, {"days": -1}, {"years": -1}, {"years": 101}, {"days": 36_526}, {"days": True}],
    ids=str,
)
def test_there_is_no_retention(wrong: dict[str, Any], refused: Refused) -> None:
    refused(Retention, municipality=TOWN, **wrong)


@given(days=st.integers(0, 4000), last_day=st.dates(date(2010, 1, 1), date(2100, 1, 1)), on=st.dates(date(2010, 1, 1)))
def test_who_was_to_be_erased_once_stays_so_and_nobody_before_the_last_day(days: int, last_day: date, on: date) -> None:
    retention, left = Retention(municipality=TOWN, days=days), person(valid=Validity(None, last_day))
    if retention.has_run_out(left, on):
        assert on > last_day
        assert retention.has_run_out(left, max(on, date.max))
