"""Seven costs per home from an estate's accounts, and which estates are comparable."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.content import load_references
from almenstyring.domain.calendar import AccountingPeriod
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.figures.accounts import Accounts
from almenstyring.domain.figures.chart import Ledger, Side
from almenstyring.domain.figures.efficiency import efficiency_scores
from almenstyring.domain.figures.efficiency_costs import (
    COST_ACCOUNTS,
    Comparability,
    HomeCosts,
    HomeType,
    NoScore,
    costs_per_home,
    primary_home_type,
)
from almenstyring.domain.figures.efficiency_method import EfficiencyMethod
from almenstyring.domain.organisations import Estate, Homes
from almenstyring.domain.values import Dkk, EstateId

from .conftest import FloatsIn

POSTED = ("109", "110", "111", "112.1", "114", "115", "117", "121", "122")
YEAR = AccountingPeriod(date(2025, 1, 1), date(2025, 12, 31))
ESTATE = Estate(id=EstateId.parse("T001-T0101"), name="Opdigtet Afdeling", homes=Homes(family=60, youth=20))
counts = st.integers(0, 700)
homes = st.builds(Homes, family=counts, youth=counts, elderly=counts)
regions = st.sampled_from(["Sjælland", "Nordjylland", ""])


def accounts(posted: Mapping[str, str | int], **changes: Any) -> Accounts:
    postings = {number: Dkk.of(amount) for number, amount in posted.items()}
    return evolve(Accounts(unit=ESTATE.id, period=YEAR, postings=postings), **changes)


def costs(posted: Mapping[str, str | int], estate: Estate = ESTATE, region: str = "Sjælland") -> HomeCosts:
    return costs_per_home(accounts(posted), estate, region=region)


# The seven accounts


def test_nine_accounts_are_compared_as_seven() -> None:
    assert [each.id for each in COST_ACCOUNTS] == ["109", "110", "111", "112.1", "114", "115", "117.h"]
    assert tuple(number for each in COST_ACCOUNTS for number in each.accounts) == POSTED
    assert all(each.name.da != each.name.en for each in COST_ACCOUNTS)


def test_every_account_is_an_expense_in_the_chart() -> None:
    chart = load_references().chart
    lines = [line for number in POSTED if (line := chart.line(Ledger.ESTATE, number))]
    assert [line.number for line in lines] == list(POSTED)
    assert {line.side for line in lines} == {Side.EXPENSE}


def test_costs_are_exact_kroner_per_home_and_refurbishment_is_added_up() -> None:
    found = costs({number: f"{100 * place}.01" for place, number in enumerate(POSTED, 1)})
    assert dict(found.costs) == {
        "109": Fraction("100.01") / 80,
        "110": Fraction("200.01") / 80,
        "111": Fraction("300.01") / 80,
        "112.1": Fraction("400.01") / 80,
        "114": Fraction("500.01") / 80,
        "115": Fraction("600.01") / 80,
        "117.h": Fraction("2400.03") / 80,
    }
    assert (found.unit, found.group, found.unusable, found.refusal) == (
        str(ESTATE.id),
        "family 51-150 Sjælland",
        None,
        None,
    )
    assert found.total == Fraction("4500.09") / 80


@given(st.dictionaries(st.sampled_from(POSTED), st.integers(0, 10**9).map(lambda ore: str(Dkk(ore)))))
def test_a_missing_posting_is_missing_and_not_nothing(posted: dict[str, str]) -> None:
    found = costs(posted)
    assert found.missing == tuple(each.id for each in COST_ACCOUNTS if not posted.keys() >= set(each.accounts))
    assert found.refusal == (NoScore.COSTS_MISSING if found.missing else None)
    assert found.total == sum((cost for cost in found.costs.values() if cost is not None), Fraction(0))


def test_a_negative_cost_is_refused_and_named() -> None:
    found = costs({**dict.fromkeys(POSTED, 100), "121": -300, "109": -1})
    assert found.negative == ("109", "117.h")
    assert found.refusal is NoScore.COSTS_NEGATIVE


def test_a_posting_of_nothing_is_a_cost_of_nothing() -> None:
    found = costs(dict.fromkeys(POSTED, 0))
    assert (found.missing, found.negative, found.refusal, found.total) == ((), (), None, Fraction(0))


# What cannot be compared


@pytest.mark.parametrize(
    ("period", "reason"),
    [
        pytest.param("2024-07-01/2025-06-30", None, id="twelve months that are no calendar year"),
        pytest.param("2025-01-01/2025-09-30", NoScore.NOT_TWELVE_MONTHS, id="nine months"),
        pytest.param("2024-10-01/2025-12-31", NoScore.NOT_TWELVE_MONTHS, id="fifteen months"),
    ],
)
def test_only_accounts_of_twelve_months_are_compared(period: str, reason: NoScore | None) -> None:
    made = accounts(dict.fromkeys(POSTED, 1), period=AccountingPeriod.parse(period))
    found = costs_per_home(made, ESTATE, region="Sjælland")
    assert (found.unusable, found.refusal) == (reason, reason)


def test_an_estate_without_homes_has_no_costs_per_home_and_no_group() -> None:
    found = costs(dict.fromkeys(POSTED, 1), evolve(ESTATE, homes=Homes()))
    assert (found.unusable, found.group) == (NoScore.NO_HOMES, "")
    assert found.missing == tuple(each.id for each in COST_ACCOUNTS)


@pytest.mark.parametrize(
    ("homes", "reason", "group"),
    [
        pytest.param(Homes(family=9), NoScore.NO_REGION, "family 1-50", id="family homes are compared in a region"),
        pytest.param(Homes(youth=9), None, "youth 1-50", id="youth homes nationwide"),
        pytest.param(Homes(elderly=9), None, "elderly 1-50", id="homes for the elderly nationwide"),
    ],
)
def test_an_unknown_region_matters_only_where_the_region_counts(
    homes: Homes, reason: NoScore | None, group: str
) -> None:
    found = costs(dict.fromkeys(POSTED, 1), evolve(ESTATE, homes=homes), region="")
    assert (found.unusable, found.group) == (reason, group)


def test_another_rule_of_comparability_may_be_given() -> None:
    rule = Comparability(bands=(1, 80), nationwide=frozenset(HomeType))
    found = costs_per_home(accounts(dict.fromkeys(POSTED, 1)), ESTATE, region="", comparability=rule)
    assert (found.unusable, found.group) == (None, "family 80-")


def test_the_accounts_of_another_unit_are_refused_and_both_are_named() -> None:
    other = EstateId.parse("T001-T0201")
    with pytest.raises(InvalidValueError) as caught:
        costs_per_home(accounts({}, unit=other), ESTATE, region="Sjælland")
    for words in (caught.value.message.da, caught.value.message.en):
        assert str(other) in words
        assert str(ESTATE.id) in words


# Who is comparable


@pytest.mark.parametrize(
    ("homes", "group"),
    [
        pytest.param(Homes(family=1), "family 1-50 Sjælland", id="one home"),
        pytest.param(Homes(family=50), "family 1-50 Sjælland", id="the last of a band"),
        pytest.param(Homes(family=51), "family 51-150 Sjælland", id="the first of the next"),
        pytest.param(Homes(family=150, youth=1), "family 151-300 Sjælland", id="homes of every type count"),
        pytest.param(Homes(family=301), "family 301- Sjælland", id="an open end"),
        pytest.param(Homes(youth=30, family=29), "youth 51-150", id="mostly youth homes"),
        pytest.param(Homes(elderly=400), "elderly 301-", id="for the elderly"),
        pytest.param(Homes(family=10, youth=10, elderly=10), "family 1-50 Sjælland", id="family before the others"),
        pytest.param(Homes(youth=10, elderly=10), "youth 1-50", id="youth before elderly"),
    ],
)
def test_comparable_are_estates_of_the_same_size_type_and_region(homes: Homes, group: str) -> None:
    assert Comparability().group_of(homes, "Sjælland") == group


@given(homes.filter(lambda each: each.total > 0), st.sets(st.integers(2, 2000), max_size=5))
def test_every_estate_with_homes_lies_in_one_band(homes: Homes, starts: set[int]) -> None:
    bands = (1, *sorted(starts))
    _, band = Comparability(bands=bands, nationwide=frozenset(HomeType)).group_of(homes, "").split()
    least, _, most = band.partition("-")
    assert int(least) in bands
    assert int(least) <= homes.total <= int(most or homes.total)
    assert not most or int(most) + 1 in bands


@given(homes)
def test_the_primary_type_is_one_that_no_other_outnumbers(homes: Homes) -> None:
    found = primary_home_type(homes)
    assert (found is None) is (homes.total == 0)
    if found:
        assert getattr(homes, found.value) == max(homes.family, homes.youth, homes.elderly)


@pytest.mark.parametrize("bands", [(), (0, 51), (2, 51), (1, 51, 51), (1, 151, 51)], ids=str)
def test_bands_rise_from_one(bands: tuple[int, ...], refused: Any) -> None:
    refused(Comparability, bands=bands)


def test_an_estate_without_homes_is_in_no_group(refused: Any) -> None:
    refused(Comparability().group_of, Homes(), "Sjælland")


# Exactness


@pytest.mark.parametrize("cost", [1.5, True, "1"])
def test_a_cost_is_exact(cost: Any, refused: Any) -> None:
    refused(HomeCosts, unit="T1", group="a", costs={"109": cost})


def test_a_cost_may_be_a_whole_number_or_missing() -> None:
    found = HomeCosts(unit="T1", group="a", costs={"109": 7, "110": None})
    assert dict(found.costs) == {"109": Fraction(7), "110": None}
    assert type(found.costs["109"]) is Fraction
    assert found.refusal is NoScore.COSTS_MISSING


@given(st.lists(st.integers(0, 10**8), min_size=9, max_size=9), homes, regions)
def test_no_cost_is_ever_a_float(floats_in: FloatsIn, ore: list[int], homes: Homes, region: str) -> None:
    posted = {number: str(Dkk(amount)) for number, amount in zip(POSTED, ore, strict=True)}
    found = costs(posted, evolve(ESTATE, homes=homes), region)
    assert floats_in([found, found.total]) == []
    if homes.total:
        assert found.total * homes.total == Fraction(sum(ore), 100)


def test_estates_of_one_group_can_be_scored_as_they_come() -> None:
    cheap, dear = costs(dict.fromkeys(POSTED, 80)), costs(dict.fromkeys(POSTED, 100))
    scores = efficiency_scores([cheap, evolve(dear, unit="T001-T0201")], EfficiencyMethod(minimum_peers=1))
    assert [str(score.score) for score in scores] == ["100.00", "80.00"]
