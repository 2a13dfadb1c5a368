from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.content import load_references, references_from
from almenstyring.domain.calendar import AccountingPeriod
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import ContentError, NotFoundError
from almenstyring.domain.values import DkkPerUnit

OFFICIAL = Certainty.OFFICIAL
REFERENCES = load_references()


def year(of: int) -> AccountingPeriod:
    return AccountingPeriod(date(of, 1, 1), date(of, 12, 31))


# Levels


def test_there_are_21_published_levels_and_the_five_of_2024() -> None:
    of_2024 = [rate for rate in REFERENCES.rates.rate if rate.valid_from == date(2024, 1, 1)]
    assert (len(REFERENCES.rates.rate), len(of_2024)) == (26, 5)
    assert {rate.id: str(rate.amount) for rate in of_2024} == {
        "working_capital_yearly_max": "187.00",
        "working_capital_limit": "3613.00",
        "disposition_fund_yearly": "661.00",
        "disposition_fund_limit": "6602.00",
        "move_out_loss_share": "380.00",
    }
    assert {rate.certainty for rate in REFERENCES.rates.rate} == {OFFICIAL}
    assert all("Bekendtgørelse om drift" in rate.source for rate in of_2024)


@pytest.mark.parametrize(
    ("rate", "period", "amount", "label"),
    [
        pytest.param("disposition_fund_yearly", year(2024), 661, "the 2024 level", id="the year of the level itself"),
        pytest.param(
            "disposition_fund_yearly",
            AccountingPeriod(date(2024, 10, 1), date(2025, 9, 30)),
            661,
            "the 2024 level",
            id="a period begun in the level's year",
        ),
        pytest.param(
            "disposition_fund_yearly",
            year(2025),
            661,
            "the 2024 level (no newer one found)",
            id="2025 was not found, so 2024 is shown as such",
        ),
        pytest.param("disposition_fund_limit", year(2023), 5700, "the 2019 level (no newer one found)", id="a gap"),
        pytest.param("working_capital_limit", year(2020), 3119, "the 2019 level (no newer one found)", id="too early"),
        pytest.param(
            "working_capital_limit",
            AccountingPeriod(date(2020, 7, 1), date(2021, 6, 30)),
            3160,
            "the 2020 level",
            id="begun after 30 June 2020",
        ),
        pytest.param(
            "working_capital_limit",
            AccountingPeriod(date(2020, 6, 30), date(2021, 6, 29)),
            3119,
            "the 2019 level (no newer one found)",
            id="begun on 30 June 2020",
        ),
        pytest.param("move_out_loss_share", year(2015), 321, "the 2015 level", id="the share of losses in 2015"),
        pytest.param("disposition_fund_yearly", year(2001), 177, "the 2000 level", id="the first level"),
    ],
)
def test_a_rate_is_the_latest_level_at_or_before_the_period(
    rate: str, period: AccountingPeriod, amount: int, label: str
) -> None:
    found = REFERENCES.rate(rate, period)
    assert found is not None
    assert found.rate.amount == DkkPerUnit.of(amount)
    assert found.label["en"] == label
    assert found.is_of_the_year is ("no newer" not in label)
    assert found.label["da"].endswith("(nyere ikke fundet)") is not found.is_of_the_year


def test_before_the_first_level_there_is_no_rate() -> None:
    assert REFERENCES.rate("working_capital_limit", year(2014)) is None


def test_an_unknown_rate_is_a_wrong_call() -> None:
    with pytest.raises(NotFoundError, match="disposition_fund_yearly"):
        REFERENCES.rate("board_fee", year(2024))


def test_every_rate_says_in_both_languages_from_when_and_names_its_law() -> None:
    assert {rate.id for rate in REFERENCES.rates.rate} == set(REFERENCES.rates.names)
    for rate in REFERENCES.rates.rate:
        assert rate.basis.da
        assert rate.basis.en
        assert str(rate.law).startswith(("DB § 38", "DB § 42", "DB § 43"))


@given(st.sampled_from(sorted(REFERENCES.rates.names)), st.dates(date(1999, 1, 1), date(2030, 12, 31)), st.data())
def test_a_later_period_never_has_an_older_level(rate: str, start: date, data: st.DataObject) -> None:
    later = data.draw(st.dates(start, date(2031, 12, 31)))
    levels = [REFERENCES.rate(rate, AccountingPeriod(day, day)) for day in (start, later)]
    days = [found.rate.valid_from if found else date.min for found in levels]
    assert days == sorted(days)
    assert days[0] <= start


# Faulty copies, and fuller ones


def refused(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        references_from(folder)
    return [f"{fault.path} {fault.message.en}" for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param("valid_until = 2006-04-30", "valid_until = 2000-04-30", "before it begins", id="an end too early"),
        pytest.param("base_month = 2023-04-01", "base_month = 2023-04-30", "first of a month", id="a day, no month"),
        pytest.param('base = "661"\n', "", "both base and base month", id="a base month alone"),
        pytest.param('"calendar_year"', '"year"', "one of these", id="no such year"),
        pytest.param("valid_until = 2022-06-30\n", "", "another rule still holds", id="two rules at once"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(content_copy: Path, old: str, new: str, fault: str) -> None:
    path = content_copy / "rates.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = refused(content_copy)
    assert any(fault in words and words.startswith("regulation[") for words in found)
    assert len(found) == 1


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param("2013-04-01", "2005-04-01", "value[1] 2005-04-01 is here twice", id="a month twice"),
        pytest.param("2013-04-01", "2013-04-30", "first of a month", id="a day, no month"),
        pytest.param('"131.4"', '"-131.4"', "not positive", id="below zero"),
        pytest.param('"131.4"', "131.4", "a text is wanted", id="a float"),
        pytest.param('"bl-2013-38"\n', '"bl-2013-39"\n', "is not in [sources]", id="no source"),
    ],
)
def test_an_index_value_that_cannot_be_is_refused(content_copy: Path, old: str, new: str, fault: str) -> None:
    path = content_copy / "price_index.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert any(fault in words for words in refused(content_copy))


def test_an_index_in_the_content_gives_the_levels_that_were_not_published(content_copy: Path) -> None:
    path = content_copy / "price_index.toml"
    values = "".join(
        f'[[value]]\nmonth = {of}-04-01\nvalue = "{value}"\nsource = "bl-2013-38"\ncertainty = "project-authored"\n'
        for of, value in ((2023, "100"), (2024, "102.4"))
    )
    path.write_text(f"{path.read_text('utf-8')}\n{values}", "utf-8")
    found = references_from(content_copy).rate("working_capital_limit", year(2025))
    assert found is not None
    assert found.rate.amount == DkkPerUnit.of(3700)  # 3,613 x 1.024 = 3,699.7
    assert found.label["en"] == "the 2025 level (computed, not published)"
