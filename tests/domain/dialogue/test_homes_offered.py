"""Homes by whom they are for: what nobody knows is unknown, and never 0."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from almenstyring.domain.dialogue.homes_offered import homes_offered
from almenstyring.domain.organisations import EstateKind, Homes
from almenstyring.testing.builders import clean_master_data

DAY = date(2026, 8, 3)
[ESTATE] = clean_master_data(estates=1).estates


def test_the_register_tells_family_elderly_and_youth_homes_and_no_others() -> None:
    mixed = evolve(ESTATE, homes=Homes(family=10, youth=4, elderly=6))
    found = homes_offered([ESTATE, mixed], DAY)
    assert (found.family, found.elderly, found.youth, found.total) == (60, 6, 4, 70)
    assert found.care is None and found.accessible is None


def test_an_estate_without_known_homes_is_unknown_and_not_zero() -> None:
    nothing = homes_offered([evolve(ESTATE, homes=Homes())], DAY)
    assert (nothing.family, nothing.elderly, nothing.youth, nothing.total, nothing.unknown_estates) == (None,) * 4 + (
        1,
    )


def test_homes_under_construction_are_told_apart_and_side_activities_have_none() -> None:
    building = evolve(ESTATE, in_operation_from=None)
    side = evolve(ESTATE, kind=EstateKind.SIDE_ACTIVITY, homes=Homes())
    closed = evolve(ESTATE, in_operation_until=date(2020, 1, 1))
    found = homes_offered([building, side, closed], DAY)
    assert (found.under_construction, found.total, found.unknown_estates) == (50, None, 0)
