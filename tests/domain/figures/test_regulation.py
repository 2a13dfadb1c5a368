from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.content import load_references
from almenstyring.domain.calendar import AccountingPeriod
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import InvalidValueError, NotFoundError
from almenstyring.domain.figures.regulation import (
    ImpliedGrowth,
    IndexValue,
    PriceIndex,
    Regulated,
    Regulation,
    RegulationYear,
    regulated,
)
from almenstyring.domain.text import Text
from almenstyring.domain.values import DkkPerUnit, LegalReference, Number

REFERENCES = load_references()
RATES = REFERENCES.rates
YEAR_2025 = AccountingPeriod(date(2025, 1, 1), date(2025, 12, 31))
AMOUNTS = st.integers(1, 10_000).map(DkkPerUnit.of)
INDICES = st.integers(500, 5000).map(lambda count: Number(count, 1))


def invented(**months: str) -> PriceIndex:
    """An index that no statistician published: y2023 = "100" is April 2023."""
    return PriceIndex(
        name=Text("Opfundet indeks", "Invented index"),
        reference=Text("2023 = 100", "2023 = 100"),
        value=tuple(
            IndexValue(
                month=date(int(month.removeprefix("y")), 4, 1),
                value=Number.of(value),
                source="opfundet",
                certainty=Certainty.PROJECT_AUTHORED,
            )
            for month, value in months.items()
        ),
    )


INVENTED = invented(y2023="100", y2024="102.4", y2025="104")


def rule(**changes: Any) -> Regulation:
    found = RATES.regulation_of("disposition_fund_yearly", YEAR_2025)
    assert found is not None
    return evolve(found, **changes)


# Which April, and from when


@pytest.mark.parametrize(
    ("year", "start", "first_day", "index_month"),
    [
        pytest.param("calendar_year", date(2025, 1, 1), date(2025, 1, 1), date(2024, 4, 1), id="calendar year"),
        pytest.param("calendar_year", date(2025, 10, 1), date(2025, 1, 1), date(2024, 4, 1), id="begun in October"),
        pytest.param("begun_after_june", date(2020, 6, 30), date(2019, 7, 1), date(2019, 4, 1), id="on 30 June"),
        pytest.param("begun_after_june", date(2020, 7, 1), date(2020, 7, 1), date(2020, 4, 1), id="after 30 June"),
        pytest.param("begun_after_june", date(2021, 1, 1), date(2020, 7, 1), date(2020, 4, 1), id="in January after"),
        pytest.param("begun_after_april", date(2006, 1, 1), date(2005, 5, 1), date(2005, 4, 1), id="next after April"),
        pytest.param("begun_after_april", date(2005, 4, 30), date(2004, 5, 1), date(2004, 4, 1), id="before 1 May"),
    ],
)
def test_a_period_has_its_level_and_its_april(year: str, start: date, first_day: date, index_month: date) -> None:
    kind = RegulationYear(year)
    assert kind.first_day(AccountingPeriod(start, start)) == first_day
    assert kind.index_month(first_day) == index_month


@given(st.sampled_from(RegulationYear), st.dates(date(1990, 1, 1), date(2030, 12, 31)))
def test_every_period_begins_within_the_year_of_its_level(kind: RegulationYear, start: date) -> None:
    first = kind.first_day(AccountingPeriod(start, start))
    assert first <= start < first.replace(year=first.year + 1)


@given(st.sampled_from(RegulationYear), st.dates(date(1990, 1, 1), date(2030, 12, 31)))
def test_the_april_of_a_level_is_never_after_it_begins(kind: RegulationYear, start: date) -> None:
    first = kind.first_day(AccountingPeriod(start, start))
    assert kind.index_month(first) < first


# Computing


@given(AMOUNTS, INDICES, INDICES, INDICES)
def test_a_higher_index_never_gives_a_lower_level(base: DkkPerUnit, at: Number, one: Number, other: Number) -> None:
    low, high = sorted((one, other))
    assert regulated(base, at, low) <= regulated(base, at, high)


@given(AMOUNTS, INDICES)
def test_an_index_that_stands_still_changes_nothing(base: DkkPerUnit, index: Number) -> None:
    assert regulated(base, index, index) == base


@given(AMOUNTS, INDICES, INDICES, st.integers(2, 9))
def test_another_footing_of_the_index_changes_nothing(base: DkkPerUnit, old: Number, new: Number, factor: int) -> None:
    moved = [Number(index.count * factor, index.decimals) for index in (old, new)]
    assert regulated(base, *moved) == regulated(base, old, new)


@given(AMOUNTS, INDICES, INDICES)
def test_a_level_is_whole_kroner_and_at_most_half_a_krone_off(base: DkkPerUnit, old: Number, new: Number) -> None:
    level = regulated(base, old, new)
    exact = base.as_fraction() * new.as_fraction() / old.as_fraction()
    assert level.count % 100 == 0
    assert abs(level.as_fraction() - exact) <= Fraction(1, 2)


@given(AMOUNTS, INDICES, INDICES)
def test_the_growth_that_a_level_implies_holds_the_real_one(base: DkkPerUnit, old: Number, new: Number) -> None:
    factor = new.as_fraction() / old.as_fraction()
    assert factor in ImpliedGrowth.between(base, regulated(base, old, new), old_is_base=True)


@pytest.mark.parametrize(
    ("index", "amount"), [("100.4", 100), ("100.499999", 100), ("100.5", 101), ("101.499999", 101)]
)
def test_half_a_krone_goes_up(index: str, amount: int) -> None:
    assert regulated(DkkPerUnit.of(100), Number.of(100), Number.of(index)) == DkkPerUnit.of(amount)


# The regulated level of a period


def test_a_level_that_is_computed_says_so_and_what_it_rests_on() -> None:
    found = RATES.find("disposition_fund_yearly", YEAR_2025, INVENTED)
    assert found is not None
    assert found.rate.amount == DkkPerUnit.of(677)  # 661 x 1.024 = 676.864
    assert found.label == Text(
        "2025-niveauet (beregnet, ikke offentliggjort)", "the 2025 level (computed, not published)"
    )
    assert (found.is_published, found.is_of_the_year) == (False, True)
    assert found.rate.certainty is Certainty.DERIVED
    assert (
        found.rate.basis.da
        == "beregnet, ikke offentliggjort: 661,00 kr. pr. lejemålsenhed x 102,4 (2024-04) / 100 (2023-04)"
    )
    assert "1642" in found.rate.source
    assert "opfundet" in found.rate.source
    assert str(found.rate.law) == "DB § 42"
    assert found.regulated is not None
    assert found.regulated.exact == Fraction("676.864")


def test_without_an_index_the_latest_published_level_is_shown_as_such() -> None:
    found = REFERENCES.rate("disposition_fund_yearly", YEAR_2025)
    assert found is not None
    assert (found.is_published, found.label.da) == (True, "2024-niveauet (nyere ikke fundet)")


def test_an_index_that_lacks_the_month_computes_nothing() -> None:
    found = RATES.find("disposition_fund_yearly", AccountingPeriod(date(2027, 1, 1), date(2027, 12, 31)), INVENTED)
    assert found is not None
    assert (found.is_published, found.is_of_the_year) == (True, False)


def test_an_index_that_lacks_the_base_computes_nothing() -> None:
    assert rule().level(YEAR_2025, invented(y2024="102.4")) is None


def test_a_published_level_of_the_year_is_never_replaced_by_a_computed_one() -> None:
    index = invented(y2023="100", y2022="90")
    found = RATES.find("working_capital_limit", AccountingPeriod(date(2024, 7, 1), date(2025, 6, 30)), index)
    assert found is not None
    assert (found.is_published, found.rate.amount) == (True, DkkPerUnit.of(3613))


def test_an_index_given_by_the_caller_stands_in_for_that_of_the_content() -> None:
    found = REFERENCES.rate("move_out_loss_share", YEAR_2025, INVENTED)
    assert found is not None
    assert found.rate.amount == DkkPerUnit.of(389)  # 380 x 1.024 = 389.12


def test_a_base_that_was_not_found_computes_nothing() -> None:
    begun = AccountingPeriod(date(2021, 7, 1), date(2022, 6, 30))
    found = RATES.regulation_of("working_capital_limit", begun)
    assert found is not None
    assert found.base is None
    assert found.level(begun, invented(y2020="100", y2021="101")) is None


def test_outside_its_years_a_rule_computes_nothing() -> None:
    ended = rule(valid_until=date(2024, 12, 31))
    assert ended.level(YEAR_2025, INVENTED) is None
    assert isinstance(rule(valid_until=date(2025, 1, 1)).level(YEAR_2025, INVENTED), Regulated)


def test_where_no_level_and_no_rule_was_found_there_is_nothing() -> None:
    long_ago = AccountingPeriod(date(1999, 1, 1), date(1999, 12, 31))
    assert RATES.find("disposition_fund_yearly", long_ago, INVENTED) is None
    assert RATES.regulation_of("disposition_fund_yearly", long_ago) is None


def test_a_gap_between_two_rules_is_not_bridged() -> None:
    between = AccountingPeriod(date(2010, 1, 1), date(2010, 12, 31))
    index = invented(y2000="99.7", y2009="118", y2010="120")
    found = RATES.find("disposition_fund_yearly", between, index)
    assert found is not None
    assert (found.rate.amount, found.is_published) == (DkkPerUnit.of(197), True)


def test_an_unknown_rate_has_no_rule() -> None:
    with pytest.raises(NotFoundError, match="board_fee"):
        RATES.regulation_of("board_fee", YEAR_2025)


# Values that cannot exist


def test_an_index_has_a_month_once() -> None:
    with pytest.raises(InvalidValueError, match="twice"):
        evolve(INVENTED, value=INVENTED.value * 2)


@pytest.mark.parametrize(
    ("changes", "match"),
    [({"month": date(2024, 4, 2)}, "first of a month"), ({"value": Number.of(0)}, "not positive")],
)
def test_an_index_value_is_positive_and_of_a_month(changes: dict[str, Any], match: str) -> None:
    with pytest.raises(InvalidValueError, match=match):
        evolve(INVENTED.value[0], **changes)


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"base": None}, "both base and base month"),
        ({"base_month": None}, "both base and base month"),
        ({"base_month": date(2023, 4, 30)}, "first of a month"),
        ({"valid_until": date(2020, 1, 1)}, "before it begins"),
    ],
)
def test_a_rule_is_whole(changes: dict[str, Any], match: str) -> None:
    with pytest.raises(InvalidValueError, match=match):
        rule(**changes)


def test_half_a_krone_below_a_level_fits_it_and_half_a_krone_above_does_not() -> None:
    base = DkkPerUnit.of(100)
    growth = ImpliedGrowth.between(base, DkkPerUnit.of(102), old_is_base=True)
    assert growth == ImpliedGrowth(Fraction("1.015"), Fraction("1.025"))
    assert [factor in growth for factor in (growth.least, growth.below)] == [True, False]
    assert regulated(base, Number.of(1), Number.of("1.025")) == DkkPerUnit.of(103)
    loose = ImpliedGrowth.between(base, DkkPerUnit.of(102), old_is_base=False)
    assert loose == ImpliedGrowth(Fraction(203, 201), Fraction(205, 199))


def test_growths_that_have_nothing_in_common_are_told() -> None:
    one = ImpliedGrowth(Fraction(1), Fraction(2))
    assert one.and_also(ImpliedGrowth(Fraction(3, 2), Fraction(3))) == ImpliedGrowth(Fraction(3, 2), Fraction(2))
    assert one.and_also(ImpliedGrowth(Fraction(2), Fraction(3))) is None


# The content


def test_every_rate_has_the_rule_of_the_2024_level() -> None:
    for rate in RATES.names:
        found = RATES.regulation_of(rate, YEAR_2025)
        assert found is not None
        assert (found.year, found.base_month) == (RegulationYear.CALENDAR_YEAR, date(2023, 4, 1))
        published = REFERENCES.rate(rate, AccountingPeriod(date(2024, 1, 1), date(2024, 12, 31)))
        assert published is not None
        assert (found.base, found.law, found.valid_until) == (published.rate.amount, published.rate.law, None)


def test_every_rule_says_in_both_languages_what_it_rests_on() -> None:
    for found in RATES.regulation:
        assert found.basis.da
        assert found.basis.en
        assert found.source
        assert found.certainty is Certainty.DERIVED
    assert len(RATES.regulation) == 10


def test_the_content_holds_no_index_that_was_not_printed() -> None:
    values = {row.month: str(row.value) for row in REFERENCES.price_index.value}
    assert values == {date(2005, 4, 1): "111.2", date(2013, 4, 1): "131.4"}
    assert {row.certainty for row in REFERENCES.price_index.value} == {Certainty.OFFICIAL}


def test_a_law_may_be_given_to_a_rule_of_ones_own() -> None:
    own = rule(id="invented", law=LegalReference.parse("DB § 58, stk. 2"))
    level = own.level(YEAR_2025, INVENTED)
    assert level is not None
    assert level.amount == DkkPerUnit.of(677)
