from __future__ import annotations

from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from almenstyring.domain.calendar import AccountingPeriod, add_months
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.key_figures import KeyFigure
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.figures.reckoning import KeyFigureValue
from almenstyring.domain.figures.series import (
    Break,
    Series,
    SeriesPoint,
    compound_growth,
    growth,
    handovers,
)
from almenstyring.domain.organisations import Ownership, Validity
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, LbfNumber, Number, Ratio

ESTATE = EstateId.parse("T001-T0101")
METHOD, UNIT, PERIOD = Break.METHOD, Break.UNIT, Break.PERIOD
POSITIVE = st.fractions(Fraction(1, 100), 100_000, max_denominator=100)


def point(period: str | int, value: int | str | None, definition: int = 1) -> SeriesPoint:
    text = f"{period}-01-01/{period}-12-31" if isinstance(period, int) else period
    number = None if value is None else Number.of(value)
    return SeriesPoint(period=AccountingPeriod.parse(text), value=number, definition=definition)


def series(*points: SeriesPoint, changed_on: tuple[date, ...] = ()) -> Series:
    return Series(figure="rent_per_m2", unit=ESTATE, points=points, changed_on=changed_on)


def told(of: Series, years: int = 5) -> list[tuple[int, str | None, str | None, tuple[Break, ...]]]:
    """Year, value, growth and breaks of every row."""
    return [
        (
            row.accounting_year,
            str(row.point.value) if row.point and row.point.value is not None else None,
            str(row.growth) if row.growth is not None else None,
            row.breaks,
        )
        for row in of.rows(years)
    ]


# Rows


def test_the_latest_five_years_are_shown_oldest_first() -> None:
    shown = series(*(point(year, 100 + year - 2020) for year in (2025, 2020, 2021, 2024, 2022, 2023)))
    assert told(shown) == [
        (2021, "101", "1.00", ()),
        (2022, "102", "0.99", ()),
        (2023, "103", "0.98", ()),
        (2024, "104", "0.97", ()),
        (2025, "105", "0.96", ()),
    ]
    assert all(row.is_comparable for row in shown.rows())


def test_a_year_without_accounts_is_a_row_without_a_point() -> None:
    assert told(series(point(2021, 100), point(2023, 110), point(2024, 121))) == [
        (2021, "100", None, ()),
        (2022, None, None, ()),
        (2023, "110", None, ()),
        (2024, "121", "10.00", ()),
    ]


def test_a_missing_figure_and_an_old_zero_give_no_growth() -> None:
    assert told(series(point(2021, None), point(2022, 0), point(2023, 5), point(2024, None))) == [
        (2021, None, None, ()),
        (2022, "0", None, ()),
        (2023, "5", None, ()),
        (2024, None, None, ()),
    ]


def test_a_series_without_points_has_no_rows() -> None:
    assert series().rows() == ()
    assert series().compound_growth() is None


def test_growth_rests_on_the_unrounded_figures_where_they_are_known() -> None:
    old = SeriesPoint(period=point(2024, 1).period, value=Number.of(100), exact=Fraction("100.49"))
    new = SeriesPoint(period=point(2025, 1).period, value=Number.of(101), exact=Fraction("100.51"))
    assert told(series(old, new))[1][2] == "0.02"


def test_a_computed_key_figure_is_a_point_with_its_definition() -> None:
    figure = KeyFigure(
        id="rent_per_m2",
        definition=2,
        name=Text("Husleje pr. m²", "Rent per m²"),
        of=Ledger.ESTATE,
        group="rent",
        unit="kr/m2",
        decimals=2,
        formula='account["201"] / master.homes_area',
        source="opfundet",
        certainty=Certainty.PROJECT_AUTHORED,
    )
    value = KeyFigureValue(
        figure=figure,
        unit=ESTATE,
        period=point(2025, 1).period,
        exact=Fraction(2500, 3),
        weight=None,
        status=FigureStatus.FINAL,
    )
    made = SeriesPoint.of(value)
    assert (made.accounting_year, str(made.value), made.amount, made.definition) == (
        2025,
        "833.33",
        Fraction(2500, 3),
        2,
    )


def test_an_unrounded_figure_needs_its_rounded_one() -> None:
    with pytest.raises(InvalidValueError, match="no rounded figure"):
        SeriesPoint(period=point(2024, 1).period, value=None, exact=Fraction(1))


def test_overlapping_periods_are_refused_with_both() -> None:
    with pytest.raises(InvalidValueError, match="overlap") as caught:
        series(point(2024, 1), point("2024-12-31/2025-12-30", 1))
    assert caught.value.context["value"] == "2024-01-01/2024-12-31 2024-12-31/2025-12-30"


# Breaks


def test_a_new_definition_breaks_the_series_and_growth_is_still_told() -> None:
    shown = series(point(2023, 100, 1), point(2024, 120, 2), point(2025, 126, 2))
    assert told(shown)[1:] == [(2024, "120", "20.00", (METHOD,)), (2025, "126", "5.00", ())]
    assert not shown.rows()[1].is_comparable


def test_a_gap_does_not_hide_a_break() -> None:
    assert told(series(point(2022, 100, 1), point(2024, 120, 2)))[2] == (2024, "120", None, (METHOD,))


@pytest.mark.parametrize(
    ("day", "broken"),
    [
        (date(2023, 12, 31), 2023),
        (date(2024, 1, 1), 2024),
        (date(2024, 12, 31), 2024),
        (date(2025, 1, 1), 2025),
        (date(2022, 1, 1), None),
    ],
)
def test_a_handover_breaks_the_year_in_which_it_falls(day: date, broken: int | None) -> None:
    shown = series(point(2022, 1), point(2023, 1), point(2024, 1), point(2025, 1), changed_on=(day,))
    assert [row.accounting_year for row in shown.rows() if UNIT in row.breaks] == ([broken] if broken else [])


def test_a_six_month_period_breaks_its_own_year_and_the_next() -> None:
    shown = series(
        point("2016-07-01/2017-06-30", 100),
        point("2017-07-01/2017-12-31", 50),
        point("2018-01-01/2018-12-31", 100),
        point("2019-01-01/2019-12-31", 101),
    )
    assert told(shown) == [
        (2017, "100", None, ()),
        (2017, "50", "-50.00", (PERIOD,)),
        (2018, "100", "100.00", (PERIOD,)),
        (2019, "101", "1.00", ()),
    ]


def test_a_series_that_begins_with_a_short_period_says_so() -> None:
    assert series(point("2025-07-01/2025-12-31", 1)).rows()[0].breaks == (PERIOD,)


def test_several_breaks_in_one_year_are_all_told() -> None:
    shown = series(point(2023, 1, 1), point("2024-01-01/2024-06-30", 1, 2), changed_on=(date(2024, 2, 1),))
    assert shown.rows()[1].breaks == (METHOD, UNIT, PERIOD)


# Handovers


def owned(
    organisation: str, start: date | None = None, end: date | None = None, estate: str = "T001-T0101"
) -> Ownership:
    return Ownership(organisation=LbfNumber(organisation), estate=EstateId.parse(estate), valid=Validity(start, end))


MERGER = (
    owned("T001", None, date(2023, 12, 31)),
    owned("T002", date(2024, 1, 1)),
    owned("T002", date(2020, 1, 1), estate="T002-T0201"),
    owned("T003", estate="T003-T0301"),
)


@pytest.mark.parametrize(
    ("unit", "days"),
    [
        pytest.param(ESTATE, (date(2024, 1, 1),), id="the estate"),
        pytest.param(LbfNumber("T001"), (date(2024, 1, 1),), id="who gave it away"),
        pytest.param(LbfNumber("T002"), (date(2024, 1, 1),), id="who got it; its new-built estate is no handover"),
        pytest.param(LbfNumber("T003"), (), id="nobody else"),
    ],
)
def test_a_takeover_is_seen_by_all_it_touches(unit: LbfNumber | EstateId, days: tuple[date, ...]) -> None:
    assert handovers(unit, MERGER) == days
    assert handovers(unit, reversed(MERGER)) == days


def test_an_estate_that_moves_twice_touches_each_owner_only_on_its_own_days() -> None:
    chain = (
        owned("T001", None, date(2021, 12, 31)),
        owned("T002", date(2022, 1, 1), date(2023, 12, 31)),
        owned("T003", date(2024, 1, 1)),
    )
    assert handovers(LbfNumber("T001"), chain) == (date(2022, 1, 1),)
    assert handovers(LbfNumber("T002"), chain) == (date(2022, 1, 1), date(2024, 1, 1))
    assert handovers(LbfNumber("T003"), chain) == (date(2024, 1, 1),)


def test_an_ownership_that_goes_on_under_the_same_owner_hands_nothing_over() -> None:
    assert handovers(ESTATE, (owned("T001", None, date(2023, 12, 31)), owned("T001", date(2024, 1, 1)))) == ()


# Growth


@given(POSITIVE, POSITIVE)
def test_growth_leads_from_the_old_value_to_the_new(old: Fraction, new: Fraction) -> None:
    assume(new <= 1000 * old)
    change = growth(old, new)
    assert change is not None
    assert abs(old * (1 + change.as_fraction() / 100) - new) <= old / 20_000


@given(POSITIVE, POSITIVE)
def test_growth_there_and_back_cancels_out(old: Fraction, new: Fraction) -> None:
    assume(old <= 100 * new <= 10_000 * old)
    there, back = growth(old, new), growth(new, old)
    assert there is not None
    assert back is not None
    product = (1 + there.as_fraction() / 100) * (1 + back.as_fraction() / 100)
    assert abs(product - 1) <= Fraction(1, 10_000) * (new / old + old / new + 1)


@given(POSITIVE, POSITIVE, st.integers(1, 9))
def test_growth_does_not_depend_on_the_unit_of_measure(old: Fraction, new: Fraction, factor: int) -> None:
    assert growth(old, new) == growth(old * factor, new * factor)


def test_growth_from_below_zero_has_the_sign_of_the_change() -> None:
    assert growth(-100, -50) == Ratio.of("50.00")
    assert growth(-100, -150) == Ratio.of("-50.00")


@pytest.mark.parametrize(("old", "new"), [(None, 1), (1, None), (0, 1), (Fraction(0), 1)])
def test_growth_from_nothing_is_not_known(old: Fraction | int | None, new: Fraction | int | None) -> None:
    assert growth(old, new) is None


def test_a_float_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="not an exact number"):
        growth(1.0, 2)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="not an exact number"):
        compound_growth(1, 2.0, 3)  # type: ignore[arg-type]


@given(POSITIVE, POSITIVE, st.integers(1, 10))
def test_compound_growth_agrees_with_fifty_digits(old: Fraction, new: Fraction, years: int) -> None:
    found = compound_growth(old, new, years)
    with localcontext() as context:
        context.prec = 50
        factor = Decimal((new / old).numerator) / Decimal((new / old).denominator)
        percent = 100 * (factor ** (1 / Decimal(years)) - 1)
        assert found is not None
        assert abs(Decimal(found.count) / 100 - percent) <= Decimal("0.005") + Decimal("1e-40")


@given(POSITIVE, POSITIVE)
def test_compound_growth_over_one_year_is_growth(old: Fraction, new: Fraction) -> None:
    assert compound_growth(old, new, 1) == growth(old, new)


@given(st.integers(1, 30_000), st.integers(1, 6))
def test_compound_growth_finds_the_rate_that_was_used(count: int, years: int) -> None:
    factor = 1 + Fraction(count - 5_000, 10_000)
    assume(factor > 0)
    assert compound_growth(100, 100 * factor**years, years) == Ratio(count - 5_000)


@pytest.mark.parametrize(("old", "new", "years"), [(None, 1, 1), (1, None, 1), (0, 1, 1), (1, -1, 1), (1, 1, 0)])
def test_compound_growth_needs_two_positive_ends(old: int | None, new: int | None, years: int) -> None:
    assert compound_growth(old, new, years) is None


def test_a_series_has_compound_growth_only_where_nothing_breaks_it() -> None:
    points = [point(2021, 100), point(2022, None), point(2023, 121)]
    assert series(*points).compound_growth() == Ratio.of("10.00")
    assert series(*points, changed_on=(date(2022, 5, 1),)).compound_growth() is None
    assert series(*points[:1]).compound_growth() is None
    short = point("2020-07-01/2020-12-31", 50)
    assert series(short, point(2022, 121)).compound_growth() is None
    assert series(point(2020, 100), *points[1:]).compound_growth(3) is None  # no accounts of 2021
    assert series(point(2020, 100), *points[1:]).compound_growth(4) == Ratio.of("6.56")


@given(st.dates(date(2011, 1, 1), date(2020, 1, 1)), st.lists(st.integers(1, 24), min_size=1, max_size=9))
def test_every_point_of_the_latest_years_is_in_a_row(start: date, months: list[int]) -> None:
    points = []
    for length in months:
        end = add_months(start, length)
        points.append(SeriesPoint(period=AccountingPeriod(start, end), value=Number(1)))
        start = date.fromordinal(end.toordinal() + 1)
    rows = series(*points).rows(5)
    last = points[-1].accounting_year
    assert [row.point for row in rows if row.point] == [p for p in points if p.accounting_year > last - 5]
    years = [row.accounting_year for row in rows]
    assert years == sorted(years)
    assert set(years) == set(range(min(years), last + 1))
