"""The published levels of the rates must come out of the regulation. Every test names the source of its numbers."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from almenstyring.content import load_references
from almenstyring.domain.figures.regulation import ImpliedGrowth, regulated
from almenstyring.domain.values import DkkPerUnit, Number

REFERENCES = load_references()
PUBLISHED = {(rate.id, rate.valid_from.year): rate.amount for rate in REFERENCES.rates.rate}
INDEX = {row.month: row.value for row in REFERENCES.price_index.value}


def implied(rate: str, old: int, new: int, *, old_is_base: bool = False) -> ImpliedGrowth:
    return ImpliedGrowth.between(PUBLISHED[rate, old], PUBLISHED[rate, new], old_is_base=old_is_base)


def common(*growths: ImpliedGrowth) -> ImpliedGrowth | None:
    """What fits all of them."""
    found: ImpliedGrowth | None = growths[0]
    for other in growths[1:]:
        found = found.and_also(other) if found is not None else None
    return found


def test_the_disposition_fund_of_2005_follows_from_2000_with_the_index_printed_by_bl_28_2005() -> None:
    """177 and 3,412 kr. of April 2000 are 197 and 3,806 kr. at April 2005 = 111.2.

    With a base of 100 the yearly amount fits (196.8) but the limit does not (3,794). Among indices of one decimal only
    99.7 gives both; no source prints it, so it is implied and no content.
    """
    now = INDEX[date(2005, 4, 1)]
    amounts = (DkkPerUnit.of(177), DkkPerUnit.of(3412))
    assert [regulated(base, Number.of(100), now) for base in amounts] == [DkkPerUnit.of(197), DkkPerUnit.of(3794)]
    fits = [
        at
        for at in (Number(tenths, 1) for tenths in range(500, 1500))
        if [regulated(base, at, now) for base in amounts] == [DkkPerUnit.of(197), DkkPerUnit.of(3806)]
    ]
    assert fits == [Number.of("99.7")]
    assert date(2000, 4, 1) not in INDEX


def test_the_move_out_share_of_2013_follows_from_2012_with_the_index_printed_by_bl_38_2013() -> None:
    """313 kr. of April 2012 are 316 kr. at April 2013 = 131.4 if April 2012 was 130.0 to 130.3."""
    now = INDEX[date(2013, 4, 1)]
    base, published = DkkPerUnit.of(313), DkkPerUnit.of(316)
    fits = [tenths for tenths in range(500, 1500) if regulated(base, Number(tenths, 1), now) == published]
    assert fits == [1300, 1301, 1302, 1303]
    growth_of_the_year = ImpliedGrowth.between(base, published, old_is_base=True)
    assert [t for t in range(500, 1500) if now.as_fraction() / Fraction(t, 10) in growth_of_the_year] == fits


def test_the_three_rates_of_2015_in_bl_43_2015_grew_by_one_index_from_lbf_2013_3() -> None:
    fund_and_loss = ("disposition_fund_yearly", "disposition_fund_limit")
    loss = ImpliedGrowth.between(DkkPerUnit.of(313), DkkPerUnit.of(321), old_is_base=True)
    found = common(*(implied(rate, 2013, 2015, old_is_base=True) for rate in fund_and_loss), loss)
    assert found is not None
    assert [
        regulated(base, Number.of("1.0000"), Number.of("1.0254")) for base in map(DkkPerUnit.of, (544, 5434, 313))
    ] == [
        DkkPerUnit.of(558),
        DkkPerUnit.of(5572),
        DkkPerUnit.of(321),
    ]
    assert Fraction("1.0254") in found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(2015, 2019, id="BL 43/2015 to LBF orienterer 2018/11"),
        pytest.param(2020, 2021, id="LBF satser, begun after 30 June 2020 and 2021"),
    ],
)
def test_working_capital_is_regulated_from_an_older_base_and_not_from_the_last_rounded_level(
    old: int, new: int
) -> None:
    """158 to 161 kr. and 3,048 to 3,119 kr. (163 to 165 and 3,160 to 3,188) fit one index only if what is carried
    on is not the rounded level. That is why a level is computed from the base and rounded once.
    """
    rates = ("working_capital_yearly_max", "working_capital_limit")
    assert common(*(implied(rate, old, new, old_is_base=True) for rate in rates)) is None
    assert common(*(implied(rate, old, new) for rate in rates)) is not None


@pytest.mark.parametrize(
    ("levels", "source"),
    [
        pytest.param(
            [
                ("disposition_fund_yearly", 2015, 2019),
                ("disposition_fund_limit", 2015, 2019),
                ("working_capital_yearly_max", 2015, 2019),
                ("working_capital_limit", 2015, 2019),
            ],
            "lbf-orienterer/2018/11",
            id="2015 to 2019, BL 43/2015 and LBF orienterer 2018/11",
        ),
        pytest.param(
            [
                ("disposition_fund_yearly", 2019, 2024),
                ("disposition_fund_limit", 2019, 2024),
                ("working_capital_yearly_max", 2019, 2024),
                ("working_capital_limit", 2019, 2024),
            ],
            "nr. 1642",
            id="2019 to 2024, LBF orienterer 2018/11 and DB §§ 38 and 42",
        ),
    ],
)
def test_all_rates_of_a_year_grew_by_one_index(levels: list[tuple[str, int, int]], source: str) -> None:
    assert common(*(implied(*level) for level in levels)) is not None
    news = {(rate, new) for rate, _, new in levels}
    assert all(source in r.source for r in REFERENCES.rates.rate if (r.id, r.valid_from.year) in news)


def test_the_eight_maximum_amounts_of_2018_grew_by_one_index_bl_aktuelle_almene_satser() -> None:
    """They are rounded to 10 kr., so a tenth of each is a level in whole kroner."""
    rows = REFERENCES.benchmarks.of("new_building_maximum")
    tenths = {(row.group, row.period): DkkPerUnit.of(row.value.count // 10) for row in rows}
    groups = sorted({row.group for row in rows})
    assert all(row.value.count % 10 == row.value.decimals == 0 for row in rows)
    growths = [
        ImpliedGrowth.between(tenths[group, "2017"], tenths[group, "2018"], old_is_base=False) for group in groups
    ]
    assert len(growths) == 8
    assert common(*growths) is not None
