"""Sums and identities are checked as far as what is stated allows, and no further."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.content import load_references
from almenstyring.domain.calendar import AccountingPeriod
from almenstyring.domain.figures.accounts import Accounts
from almenstyring.domain.figures.chart import ChartOfAccounts, IdentityKind
from almenstyring.domain.figures.identities import Bookkeeping, Difference
from almenstyring.domain.values import Dkk, EstateId

CHART = load_references().chart
YEAR = AccountingPeriod(date(2025, 1, 1), date(2025, 12, 31))


def accounts(postings: dict[str, int | str]) -> Accounts:
    amounts = {number: Dkk.of(kroner) for number, kroner in postings.items()}
    return Accounts(unit=EstateId.parse("T001-T0101"), period=YEAR, postings=amounts)


def books(postings: dict[str, int | str], chart: ChartOfAccounts = CHART) -> Bookkeeping:
    return Bookkeeping(accounts=accounts(postings), chart=chart)


def totals(postings: dict[str, int | str]) -> dict[str, Difference]:
    return {line.number: difference for line, difference in books(postings).totals()}


def computed(postings: dict[str, int | str], number: str) -> str | None:
    amount = books(postings).computed(number)
    return None if amount is None else str(amount)


# Missing is not zero


def test_a_posting_that_is_missing_is_zero_beside_one_that_is_there() -> None:
    assert computed({"120": 7, "124": 1}, "124.8") == "8.00"


def test_a_sum_of_which_nothing_is_there_is_missing() -> None:
    assert computed({"124.8": 7}, "124.8") is None
    assert totals({"124.8": 7}) == {}


def test_a_subtotal_that_is_not_stated_is_computed_from_its_own_parts() -> None:
    assert computed({"137": 5, "105.9": 10, "113.9": 20, "114": 3, "120": 40}, "139") == "78.00"


def test_a_subtotal_that_is_neither_stated_nor_computed_leaves_the_sum_missing() -> None:
    assert computed({"105.9": 10, "113.9": 20, "114": 3, "120": 40}, "139") is None
    assert "150" not in totals({"150": 5, "140": 5})


def test_what_is_deducted_is_taken_away() -> None:
    assert computed({"101": 10, "102": 3, "104": 1}, "105.9") == "8.00"


def test_a_stated_amount_is_preferred_to_what_its_formula_gives() -> None:
    found = books({"105.9": 10, "101": 3})
    assert (found.amount("105.9"), found.computed("105.9")) == (Dkk.of(10), Dkk.of(3))
    assert found.amount("101") == Dkk.of(3)
    assert (found.amount("999"), found.computed("999"), found.computed("101")) == (None, None, None)


# Subaccounts


def test_an_account_is_the_sum_of_its_subaccounts_where_it_is_not_stated() -> None:
    assert computed({"106": 1, "112.1": 5, "112.2": 2}, "113.9") == "8.00"


@pytest.mark.parametrize("number", ["112.4", "106.1"], ids=["one its formula does not name", "one without a formula"])
def test_a_subaccount_that_no_formula_names_leaves_the_sum_missing(number: str) -> None:
    assert computed({"107": 1, "112.1": 5, number: 2}, "113.9") is None


def test_a_subtotal_with_a_dot_is_no_subaccount() -> None:
    assert computed({"101": 1, "105.9": 5}, "105.9") == "1.00"


def test_a_number_the_chart_does_not_have_counts_in_a_range() -> None:
    assert "135" not in CHART.estate
    assert computed({"125": 1, "135": 2}, "137") == "3.00"


def test_an_account_is_checked_against_its_subaccounts_only_when_all_are_stated() -> None:
    parts: dict[str, int | str] = {"112": 9, "112.1": 5, "112.2": 2}
    assert totals(parts) == {}
    assert totals({**parts, "112.3": 2})["112"].amount == Dkk(0)


# Rounding


def test_rounding_is_half_a_krone_for_each_amount() -> None:
    found = totals({"124.8": 206, "120": 99, "121": 49, "122": 57})["124.8"]
    assert (found.amount, found.tolerance, found.matters) == (Dkk.of(1), Dkk.of(2), False)
    assert totals({"124.8": "207.01", "120": 99, "121": 49, "122": 57})["124.8"].matters


def test_a_chart_in_thousands_rounds_by_more() -> None:
    chart = evolve(CHART, rounding=Dkk.of(500))
    ((_, found),) = books({"124.8": 2000, "120": 1000}, chart).totals()
    assert (found.tolerance, found.matters) == (Dkk.of(1000), False)


def test_an_identity_may_have_a_tolerance_of_its_own() -> None:
    strict = evolve(CHART, identity={"A7": evolve(CHART.identity["A7"], tolerance=Dkk(0))})
    for chart, matters in ((CHART, False), (strict, True)):
        ((_, found),) = books({"310": 5, "430": 6}, chart).identities(IdentityKind.ASSETS_AND_LIABILITIES)
        assert found.matters is matters


# Identities


@pytest.mark.parametrize("gone", ["310", "430"])
def test_an_identity_with_an_account_missing_is_not_checked(gone: str) -> None:
    postings: dict[str, int | str] = {number: 5 for number in ("310", "430") if number != gone}
    assert list(books(postings).identities(IdentityKind.ASSETS_AND_LIABILITIES)) == []


def rolled(before: dict[str, int | str] | None, now: dict[str, int | str]) -> list[str]:
    earlier = None if before is None else accounts(before)
    found = Bookkeeping(accounts=accounts(now), chart=CHART, before=earlier)
    return [f"{identity.id} {diff.amount}" for identity, diff in found.identities(IdentityKind.ROLL_FORWARD)]


def test_a_closing_balance_follows_from_the_one_before() -> None:
    now: dict[str, int | str] = {"401": 110, "120": 50, "116.2": 40}
    assert rolled({"401": 100}, now) == ["A9-401 0.00"]
    assert rolled({"401": 90}, now) == ["A9-401 10.00"]


def test_without_last_year_or_what_was_used_nothing_is_rolled_forward() -> None:
    assert rolled(None, {"401": 110, "120": 50, "116.2": 40}) == []
    assert rolled({"402": 1}, {"401": 110, "120": 50, "116.2": 40}) == []
    assert rolled({"401": 100}, {"401": 110, "120": 50}) == []


PARTS = [number for ledger in (CHART.estate,) for number, line in ledger.items() if not line.sum]


@given(st.dictionaries(st.sampled_from(PARTS), st.integers(-(10**9), 10**9), min_size=1))
def test_accounts_filled_in_by_their_own_formulas_have_no_difference(amounts: dict[str, int]) -> None:
    """Whatever was posted: once each formula's result is stated, every check of totals holds exactly."""
    made = Accounts(
        unit=EstateId.parse("T001-T0101"), period=YEAR, postings={n: Dkk(count) for n, count in amounts.items()}
    )
    for number, line in CHART.estate.items():
        found = Bookkeeping(accounts=made, chart=CHART).computed(number) if line.sum else None
        if found is not None:
            made = evolve(made, postings={**made.postings, number: found})
    assert [line.number for line, diff in Bookkeeping(accounts=made, chart=CHART).totals() if diff.amount.count] == []
