"""Charts hold for years, and idents lead to accounts and back."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.content import load_references
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import InvalidValueError, NotFoundError
from almenstyring.domain.figures.chart import ChartOfAccounts, Charts, IdentityKind, Ledger
from almenstyring.domain.figures.idents import LbfIdent

CHART = load_references().chart


def chart(since: int, until: int | None = None, version: int = 1) -> ChartOfAccounts:
    return evolve(CHART, since=since, until=until, version=version)


def test_the_chart_names_its_version_and_what_it_rests_on() -> None:
    assert CHART.version_name == "ChartOfAccounts=almenstyring:kontoplan(1)"
    assert CHART.certainty is Certainty.PROJECT_AUTHORED
    assert "DB § 72" in CHART.source


# Years


@pytest.mark.parametrize(("year", "version"), [(2014, 1), (2019, 1), (2020, 2), (2090, 2)])
def test_a_year_has_the_chart_that_holds_then(year: int, version: int) -> None:
    charts = Charts(charts=(chart(2014, 2019, 1), chart(2020, None, 2)))
    assert charts.on(year).version == version


@pytest.mark.parametrize("year", [2013, 2020])
def test_a_year_without_a_chart_is_not_guessed(year: int) -> None:
    with pytest.raises(NotFoundError, match="There are charts for 2014-2019"):
        Charts(charts=(chart(2014, 2019),)).on(year)
    with pytest.raises(NotFoundError):
        Charts(charts=()).on(year)


@pytest.mark.parametrize(("year", "version"), [(2013, None), (2014, 7), (2019, 7), (2020, 1), (2090, 1)])
def test_a_chart_can_be_asked_for_where_there_may_be_none(year: int, version: int | None) -> None:
    charts = Charts(charts=(chart(2014, 2019, 7),), fallback=(chart(2015),))
    found = charts.find(year)
    assert (found.version if found else None) == version
    assert found is None or found is charts.on(year)
    assert Charts(charts=()).find(year) is None


def test_a_fallback_holds_only_where_no_other_does() -> None:
    charts = Charts(charts=(chart(2020, 2022, 7),), fallback=(CHART,))
    assert [charts.on(year).version for year in (2019, 2020, 2022, 2023)] == [1, 7, 7, 1]


@pytest.mark.parametrize("second", [chart(2020), chart(2014, 2014), chart(2010)], ids=["later", "within", "around"])
def test_two_charts_for_one_year_are_refused(second: ChartOfAccounts) -> None:
    first = chart(2014, 2020)
    for both in ((first, second), (second, first)):
        with pytest.raises(InvalidValueError, match="Several charts hold in"):
            Charts(charts=both)
        with pytest.raises(InvalidValueError):
            Charts(charts=(), fallback=both)


# Idents


@pytest.mark.parametrize(
    ("ident", "ledger", "account", "item"),
    [
        pytest.param("5130.025", Ledger.ESTATE, "130", "130.3", id="LBF orienterer, March 2013: konto 130 nr. 3"),
        pytest.param("1803.215", Ledger.ORGANISATION, "803", "803.22", id="LBF orienterer, March 2013: 803 nr. 22"),
        pytest.param("1602.280", Ledger.ORGANISATION, "602", "602.28", id="LBF orienterer, January 2014: 602.28"),
        pytest.param("7204.310", Ledger.ESTATE, "204", "204", id="LBF orienterer, January 2014: note to 204"),
        pytest.param("7204.510", Ledger.ESTATE, "204", "204", id="LBF orienterer, January 2014: text of one's own"),
        pytest.param("7204.520", Ledger.ESTATE, "204", "204", id="LBF orienterer, January 2014: another text"),
    ],
)
def test_a_published_ident_leads_to_its_account_and_back(ident: str, ledger: Ledger, account: str, item: str) -> None:
    found = CHART.of_ident(ident)
    assert found == CHART.of_ident(LbfIdent(ident))
    assert found is not None
    assert found[0] is CHART.line(ledger, account)
    assert found[1] in CHART.idents(ledger, account)
    assert found[1] in CHART.idents(ledger, item)


def test_every_ident_is_found_from_its_account() -> None:
    assert {str(line.ident) for line in CHART.ident.values()} == set(CHART.ident)
    assert all(CHART.of_ident(ident) for ident in CHART.ident)


def test_an_account_of_the_other_statement_has_none_of_its_idents() -> None:
    assert CHART.idents(Ledger.ORGANISATION, "130") == ()
    assert CHART.idents(Ledger.ESTATE, "101") == ()


@pytest.mark.parametrize("ident", ["5999.001", "9130.025", "5130.026"])
def test_an_ident_nobody_published_leads_nowhere(ident: str) -> None:
    assert CHART.of_ident(ident) is None


@pytest.mark.parametrize("text", ["513.025", "5130.25", "5130,025", "51300025", "5130.025x", "", "۵130.025"])
def test_what_is_no_ident_is_refused_in_words(text: str) -> None:
    with pytest.raises(InvalidValueError, match=r"5130\.025"):
        CHART.of_ident(text)


@given(st.integers(0, 9999), st.integers(0, 999))
def test_every_four_and_three_digits_make_an_ident_that_prints_as_it_was(first: int, second: int) -> None:
    text = f"{first:04}.{second:03}"
    assert str(LbfIdent(text)) == text
    assert LbfIdent(text).account == text[1:4]


# Identities


def test_the_identities_of_the_field_are_declared() -> None:
    assert set(CHART.identity) >= {"A6", "A7", "A8", "A9-401", "A9-402", "A9-405", "O1", "O2"}
    assert {identity.kind for identity in CHART.identity.values()} == set(IdentityKind)
    assert [each.id for each in CHART.identities(Ledger.ESTATE, IdentityKind.ASSETS_AND_LIABILITIES)] == ["A7"]


def test_no_identity_and_no_formula_claims_to_be_official() -> None:
    assert {identity.certainty for identity in CHART.identity.values()} <= {
        Certainty.DERIVED,
        Certainty.PROJECT_AUTHORED,
    }


@pytest.mark.parametrize(
    ("ledger", "number", "parts"),
    [
        pytest.param(Ledger.ESTATE, "105.9", "101 - 102 + 103:105", id="A1"),
        pytest.param(Ledger.ESTATE, "113.9", "106:113", id="A2: 113.9"),
        pytest.param(Ledger.ESTATE, "119.9", "114:119", id="A2: 119.9"),
        pytest.param(Ledger.ESTATE, "124.8", "120:124", id="A2: 124.8"),
        pytest.param(Ledger.ESTATE, "124.9", "105.9 + 113.9 + 119.9 + 124.8", id="A3"),
        pytest.param(Ledger.ESTATE, "137", "125:136", id="A4: 137"),
        pytest.param(Ledger.ESTATE, "139", "124.9 + 137", id="A4: 139"),
        pytest.param(Ledger.ESTATE, "150", "139 + 140", id="A4: 150"),
        pytest.param(Ledger.ESTATE, "203.9", "201:203", id="A5: 203.9"),
        pytest.param(Ledger.ESTATE, "208", "204:207", id="A5: 208"),
        pytest.param(Ledger.ESTATE, "209", "203.9 + 208", id="A5: 209"),
        pytest.param(Ledger.ESTATE, "220", "209 + 210", id="A5: 220"),
        pytest.param(Ledger.ESTATE, "406.9", "401:406", id="A7: 406.9"),
        pytest.param(Ledger.ESTATE, "116", "116.1 - 116.2", id="A8: 116"),
        pytest.param(Ledger.ORGANISATION, "810", "801:809", id="O1: 810"),
    ],
)
def test_a_subtotal_is_the_sum_of_what_the_field_says(ledger: Ledger, number: str, parts: str) -> None:
    line = CHART.line(ledger, number)
    assert line is not None
    assert line.sum is not None
    assert line.sum.shown.en == parts


def test_every_total_has_a_formula() -> None:
    lines = [line for ledger in Ledger for line in CHART.lines(ledger)]
    assert [line.number for line in lines if line.is_total and line.sum is None] == []
