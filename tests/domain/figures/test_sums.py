"""A chart's formulas are sums of accounts, and nothing else of the language."""

from __future__ import annotations

import pytest

from almenstyring.domain.expressions import ExpressionError
from almenstyring.domain.figures.sums import Sum, Term


def test_signs_and_ranges_and_years_are_kept_in_the_order_of_the_text() -> None:
    total = Sum.read('account["101"] - (account["102"] - account["103":"105"]) + last_year(account["401"])')
    assert total.terms == (
        Term(sign=1, account="101"),
        Term(sign=-1, account="102"),
        Term(sign=1, account="103", until="105"),
        Term(sign=1, account="401", years_back=1),
    )
    assert total.accounts == ((1, "101"), (-1, "102"), (1, "103"), (1, "104"), (1, "105"), (1, "401"))
    assert total.shown.da == "101 - 102 + 103:105 + sidste års 401"


def test_a_sum_that_begins_with_what_is_taken_away_shows_its_sign() -> None:
    assert Sum.read('sum(account["101"], account["102"])').shown.en == "101 + 102"
    assert Sum((Term(sign=-1, account="102"),)).shown.en == "-102"


@pytest.mark.parametrize(
    "text",
    ['budget["101"]', 'account["101"] * 2', "5", 'account["101"] > account["102"]', "master.homes", '-account["101"]'],
)
def test_what_is_no_sum_of_accounts_is_refused_where_it_stands(text: str) -> None:
    with pytest.raises(ExpressionError, match="adds and subtracts accounts"):
        Sum.read(f'account["110"] + ({text})')
