"""Homes by whom they are for: what nobody knows is unknown, and never 0."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from almenstyring.domain.dialogue.homes_offered import homes_offered
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.organisations import EstateKind, Homes
from almenstyring.testing.builders import clean_master_data

DAY = date(2026, 8, 3)
[ESTATE] = clean_master_data(estates=1).estates


def test_the_register_tells_family_elderly_and_youth_homes_and_no_others() -> None:
    mixed = evolve(ESTATE, homes=Homes(family=10, youth=4, elderly=6))
    found = homes_offered([ESTATE, mixed], DAY)
    assert (found.family, found.elderly, found.youth, found.total) == (60, 6, 4, 70)
    assert found.care is None and found.accessible is None


def test_care_and_accessible_homes_are_counted_where_every_estate_tells() -> None:
    old, young = Homes(elderly=6, care=2, accessible=6), Homes(family=10, accessible=1)
    told = homes_offered([evolve(ESTATE, homes=old), evolve(ESTATE, homes=young)], DAY)
    assert (told.care, told.accessible) == (2, 7), "an estate without homes for the elderly has no care homes"
    silent = homes_offered([evolve(ESTATE, homes=old), evolve(ESTATE, homes=Homes(family=10, elderly=1))], DAY)
    assert (silent.care, silent.accessible) == (None, None)


@pytest.mark.parametrize("wrong", [{"elderly": 6, "care": 7}, {"family": 6, "accessible": 7}, {"care": -1}])
def test_there_are_not_more_of_a_kind_than_there_are(wrong: dict[str, int]) -> None:
    with pytest.raises(InvalidValueError, match="more homes than there are"):
        Homes(**wrong)


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
