"""Peer groups are queries anybody can read, and two unknown values are never the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.content.peer_groups import load_peer_groups
from almenstyring.domain.errors import NotFoundError
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.traits import BORNE_BY, Trait, TraitValue, UnitTraits
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, EstateNumber, LbfNumber

DAY = date(2026, 1, 1)
GROUPS = load_peer_groups()
NEEDS_NO_LIST = [group.id for group in GROUPS.of(Ledger.ESTATE) if not group.own_list]


def value(word: str) -> TraitValue:
    return TraitValue(word, Text(f"{word}-da", f"{word}-en"))


def estate(number: int, **known: str) -> UnitTraits:
    """An estate with these traits, one or more words each; its kind is housing unless it says otherwise."""
    words = {"kind": "housing", **known}
    values = {Trait(trait): tuple(map(value, word.split())) for trait, word in words.items() if word}
    return UnitTraits(unit=EstateId(LbfNumber("T001"), EstateNumber(f"T{number:04}")), day=DAY, values=values)


def organisation(number: int, **known: str) -> UnitTraits:
    return evolve(estate(1, **{"kind": "housing_organisation", **known}), unit=LbfNumber(f"T{number:03}"))


def peers(group: str, own: UnitTraits, *others: UnitTraits) -> list[str]:
    return [str(each.unit)[-4:] for each in GROUPS.query(group, own).members((own, *others))]


def test_peers_are_like_the_unit_in_every_trait_of_the_group() -> None:
    own = estate(1, region="north", home_type="family")
    others = (
        estate(2, region="north", home_type="family", municipality="T02"),
        estate(3, region="south", home_type="family"),
        estate(4, region="north", home_type="youth"),
        estate(5, home_type="family"),
        estate(6, region="north", home_type="family", kind="service_area"),
    )
    assert peers("region_home_type", own, *others) == ["0001", "0002"]
    assert peers("region", own, *others) == ["0001", "0002", "0004"]
    assert peers("country", own, *others) == ["0001", "0002", "0003", "0004", "0005"]


def test_a_unit_that_lies_in_two_places_is_a_peer_in_both() -> None:
    across = estate(1, municipality="T01 T02")
    one, other, third = (estate(n, municipality=f"T0{n - 1}") for n in (2, 3, 4))
    assert peers("municipality", across, one, other, third) == ["0001", "0002", "0003"]
    assert peers("municipality", one, across, other, third) == ["0002", "0001"]


@pytest.mark.parametrize("group", [group for group in NEEDS_NO_LIST if group not in ("country",)])
def test_a_group_that_needs_an_unknown_trait_says_so_and_has_nobody(group: str) -> None:
    own, other = estate(1), estate(2)
    query = GROUPS.query(group, own)
    assert query.members((own, other)) == ()
    assert query.why_nobody is not None
    for trait in GROUPS.group[group].same[1:]:
        name = GROUPS.traits.names[trait.value]
        assert name.da in query.why_nobody.da
        assert name.en in query.why_nobody.en
        assert f"{trait.value} in ()" in str(query)


def test_units_of_invented_municipalities_are_compared_in_the_country_the_municipality_and_a_list() -> None:
    own, other = (estate(n, municipality="T01") for n in (1, 2))
    assert peers("country", own, other) == peers("municipality", own, other) == ["0001", "0002"]
    assert GROUPS.query("own_list", own, [other.unit]).members((own, other)) == (own, other)
    assert peers("region", own, other) == []


def test_an_own_list_holds_the_units_named_and_the_unit_itself() -> None:
    own, named, another = estate(1), estate(2, kind="service_area"), estate(3)
    query = GROUPS.query("own_list", own, [named.unit, estate(9).unit])
    assert query.members((another, named, own)) == (named, own)
    assert str(query) == "ledger in (estate) and unit in (T001-T0001, T001-T0002, T001-T0009)"
    assert query.reasons == (Text("på din egen liste", "on your own list"),)


def test_organisations_and_estates_are_never_peers() -> None:
    own = organisation(1, region="north")
    others = (organisation(2, region="north"), estate(3, region="north", kind="housing_organisation"))
    assert [each.unit for each in GROUPS.query("region", own).members((own, *others))] == [own.unit, others[0].unit]


def test_a_query_is_told_in_words_as_data_and_in_print() -> None:
    query = GROUPS.query("municipality_home_type", estate(1, municipality="T01 T02", home_type="family"))
    assert [reason.da for reason in query.reasons] == [
        "samme art: housing-da",
        "samme kommune: T01-da, T02-da",
        "samme boligtype: family-da",
    ]
    assert query.reasons[1].en == "same municipality: T01-en, T02-en"
    assert query.conditions == {
        "ledger": ("estate",),
        "kind": ("housing",),
        "municipality": ("T01", "T02"),
        "home_type": ("family",),
    }
    assert str(query).endswith("municipality in (T01, T02) and home_type in (family)")
    assert query.why_nobody is None


words = st.sampled_from(["", "a", "b", "a b"])
some_traits = st.fixed_dictionaries({trait.value: words for trait in Trait if Ledger.ESTATE in BORNE_BY[trait]})


@given(st.lists(some_traits, min_size=1, max_size=6), st.sampled_from(NEEDS_NO_LIST))
def test_who_has_peers_is_one_of_them_and_is_a_peer_of_each(known: list[dict[str, str]], group: str) -> None:
    everybody = [estate(number, **each) for number, each in enumerate(known, 1)]
    for own in everybody:
        query = GROUPS.query(group, own)
        members = query.members(everybody)
        assert (own in members) is (query.why_nobody is None)
        assert all(own in GROUPS.query(group, peer).members(everybody) for peer in members)


def test_every_group_has_a_name_of_its_own() -> None:
    for ledger in Ledger:
        groups = GROUPS.of(ledger)
        assert groups
        assert len({group.name.da for group in groups}) == len(groups)


def test_an_unknown_group_is_told_with_those_that_exist() -> None:
    with pytest.raises(NotFoundError, match="region_home_type"):
        GROUPS.query("twins", estate(1))


@pytest.mark.parametrize(
    ("group", "own", "listed"),
    [
        ("home_size", organisation(1), None),
        ("organisation_size", estate(1), None),
        ("own_list", estate(1), None),
        ("own_list", estate(1), []),
        ("country", estate(1), [estate(2).unit]),
    ],
)
def test_a_query_that_makes_no_sense_is_refused(group: str, own: UnitTraits, listed: Any, refused: Any) -> None:
    refused(GROUPS.query, group, own, listed)
