"""A key figure is reckoned exactly and rounded once; what is missing stays missing, and it is as firm as its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.key_figures import KeyFigure, MissingRule, Weighting
from almenstyring.domain.figures.provenance import FigureStatus, Provenance, Sourced, Typed
from almenstyring.domain.figures.reckoning import Basis, KeyFigureValue, Reckoning, Reported, rounded
from almenstyring.domain.values import LbfNumber, Number

from .a_figure import catalogue, figure

Make = Callable[..., Basis]
SUM = 'account["114"] + account["115"]'


def reckoning(basis: Basis, *figures: KeyFigure) -> Reckoning:
    return Reckoning(catalogue(*figures), basis)


def trial(formula: str, basis: Basis, **changes: Any) -> KeyFigureValue:
    return reckoning(basis, figure(formula, **changes)).value("trial")


# What a reference comes to


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        pytest.param('account["114"]', "320.50", id="an account"),
        pytest.param('account["999"]', None, id="an account that was not posted"),
        pytest.param('account["112":"114"]', "420.50", id="a range, of what was posted in it"),
        pytest.param('account["101":"105"]', None, id="a range in which nothing was posted"),
        pytest.param('budget["114"]', "300", id="the budget"),
        pytest.param('next_budget["114"]', "310", id="the coming year's budget"),
        pytest.param('budget["113"]', None, id="an account that was not in the budget"),
        pytest.param("master.homes", "50", id="master data"),
        pytest.param("master.residents", None, id="master data that is not registered"),
        pytest.param("reported.moves", "7", id="a reported figure"),
        pytest.param("reported.heat", None, id="a figure nobody reported"),
        pytest.param("rate.disposition_fund_yearly", "571", id="a rate"),
        pytest.param("rate.of_nothing", None, id="a rate that was not found"),
        pytest.param('last_year(account["114"])', "280", id="last year's account"),
        pytest.param("last_year(master.homes)", "49", id="last year's master data"),
        pytest.param("last_year(last_year(master.homes))", None, id="the year before that, which is not known"),
        pytest.param("figure.unheard_of", None, id="a figure that the year does not have"),
    ],
)
def test_a_reference_comes_to_what_the_basis_has(basis_of: Make, formula: str, value: str | None) -> None:
    before = basis_of(2018, account={"114": 280}, master={"homes": 49})
    basis = basis_of(
        2019,
        account={"112": 0, "113": 100, "114": "320.50", "114.1": 1},
        budget={"114": 300},
        next_budget={"114": 310},
        master={"homes": 50},
        reported={"moves": 7},
        before=before,
    )
    found = trial(formula, basis)
    assert found.exact == (None if value is None else Fraction(value))
    assert found.value == (None if value is None else Number.of(value))


def test_without_accounts_every_account_is_missing(basis_of: Make) -> None:
    assert trial('account["114"]', basis_of()).value is None
    assert trial('account["101":"120"]', basis_of()).value is None


def test_another_figure_is_used_unrounded(basis_of: Make) -> None:
    basis = basis_of(master={"homes": 1})
    third = figure("master.homes / 3", id="third", decimals=0)
    made = reckoning(basis, figure("3 * figure.third"), third)
    assert made.value("third").value == Number(0)
    assert made.value("trial").value == Number(100, 2)


def test_last_years_value_of_a_figure_is_reckoned_from_last_year_by_last_years_definition(basis_of: Make) -> None:
    old = figure("master.homes", id="size", until=2018)
    new = figure("10 * master.homes", id="size", definition=2, since=2019)
    basis = basis_of(2019, master={"homes": 50}, before=basis_of(2018, master={"homes": 40}))
    made = reckoning(basis, old, new, figure("figure.size - last_year(figure.size)"))
    assert made.value("trial").exact == 500 - 40
    assert made.before is made.before is not None
    assert made.before.before is None


def test_the_unit_of_a_basis_says_whose_figures_are_reckoned(basis_of: Make) -> None:
    own, whole = figure("master.homes"), figure("10 * master.homes", of=Ledger.ORGANISATION)
    estate, organisation = basis_of(master={"homes": 5}), basis_of(unit=LbfNumber("T001"), master={"homes": 5})
    assert (estate.ledger, organisation.ledger) == (Ledger.ESTATE, Ledger.ORGANISATION)
    assert reckoning(estate, own, whole).value("trial").exact == 5
    assert reckoning(organisation, own, whole).value("trial").exact == 50


def test_a_value_says_what_and_whose_and_of_when_it_is_and_is_reckoned_once(basis_of: Make) -> None:
    basis = basis_of(master={"homes": 5})
    made = reckoning(basis, figure("master.homes"), figure("master.roofs", id="other"))
    found = made.value("trial")
    assert (found.figure.id, found.unit, found.period) == ("trial", basis.unit, basis.period)
    assert made.value("trial") is found
    assert [each.figure.id for each in made.all()] == ["trial", "other"]
    with pytest.raises(KeyError):
        made.value("unheard_of")


# Rounding


@pytest.mark.parametrize(
    ("exact", "decimals", "shown"),
    [
        ("5/2", 0, "3"),
        ("-5/2", 0, "-3"),
        ("1/200", 2, "0.01"),
        ("-1/200", 2, "-0.01"),
        ("3.4049", 2, "3.4"),
        ("-0.004", 2, "0"),
        ("2.449", 1, "2.4"),
    ],
)
def test_a_half_goes_away_from_zero_and_nothing_is_rounded_twice(exact: str, decimals: int, shown: str) -> None:
    assert str(rounded(Fraction(exact), decimals)) == shown


@given(st.fractions(-(10**9), 10**9, max_denominator=10**6), st.integers(0, 6))
def test_what_is_rounded_is_nearest_and_its_opposite_is_rounded_oppositely(exact: Fraction, decimals: int) -> None:
    found = rounded(exact, decimals)
    off = abs(found.as_fraction() - exact) * 10**decimals
    assert off <= Fraction(1, 2)
    assert off < Fraction(1, 2) or abs(found.as_fraction()) > abs(exact)
    assert found.decimals <= decimals
    assert rounded(-exact, decimals).as_fraction() == -found.as_fraction()


# What a mean weighs by


@pytest.mark.parametrize(
    ("weighting", "formula", "weight"),
    [
        pytest.param(Weighting.EQUAL, 'account["114"] / master.homes', 1, id="every unit once"),
        pytest.param(Weighting.RATIO_OF_SUMS, 'account["114"] / master.homes', 50, id="by what is divided by"),
        pytest.param(Weighting.RATIO_OF_SUMS, 'account["114"] / master.roofs', None, id="by what is missing"),
        pytest.param(Weighting.RATIO_OF_SUMS, "master.homes", 1, id="where nothing is divided"),
    ],
)
def test_a_unit_weighs_by_its_denominator_or_once(
    basis_of: Make, weighting: Weighting, formula: str, weight: int | None
) -> None:
    basis = basis_of(account={"114": 100}, master={"homes": 50})
    assert trial(formula, basis, weighting=weighting).weight == weight


def test_a_statement_is_no_figure(basis_of: Make) -> None:
    assert trial("master.homes > 1", basis_of(master={"homes": 5})).exact is None


# Missing accounts

BOTH, ONE, OTHER = {"114": 3, "115": 4}, {"114": 3}, {"101": 1}


@pytest.mark.parametrize(
    ("account", "by_any", "by_all", "never"),
    [
        pytest.param(BOTH, 7, 7, 7, id="both posted"),
        pytest.param(ONE, None, 3, 3, id="one of them posted"),
        pytest.param(OTHER, None, None, 0, id="neither posted"),
        pytest.param({}, None, None, None, id="nothing posted"),
        pytest.param(None, None, None, None, id="no accounts"),
    ],
)
@pytest.mark.parametrize("book", ["account", "budget", "next_budget"])
def test_when_accounts_are_missing_the_rule_of_the_figure_decides(
    basis_of: Make, book: str, account: Mapping[str, int] | None, by_any: int, by_all: int, never: int
) -> None:
    basis, formula = basis_of(**{book: account}), SUM.replace("account", book)
    rules = (MissingRule.ANY, MissingRule.ALL, MissingRule.NEVER)
    assert [trial(formula, basis, missing=rule).exact for rule in rules] == [by_any, by_all, never]


@pytest.mark.parametrize("rule", MissingRule)
def test_only_accounts_are_ever_taken_for_zero(basis_of: Make, rule: MissingRule) -> None:
    basis = basis_of(account=BOTH)
    for other in ("master.homes", "reported.moves", "rate.of_nothing", "figure.unheard_of"):
        assert trial(f"{SUM} + {other}", basis, missing=rule).value is None


@pytest.mark.parametrize("rule", MissingRule)
def test_an_account_that_is_zero_is_never_missing(basis_of: Make, rule: MissingRule) -> None:
    assert trial(SUM, basis_of(account={"114": 0, "115": 0}), missing=rule).value == Number(0, 2)


def test_last_years_accounts_are_zero_only_where_there_were_accounts_last_year(basis_of: Make) -> None:
    formula = 'account["114"] - last_year(account["114"])'
    without, with_ = basis_of(2018), basis_of(2018, account=OTHER)
    for before, wanted in ((None, None), (without, None), (with_, 3)):
        assert trial(formula, basis_of(2019, account=ONE, before=before), missing=MissingRule.NEVER).exact == wanted


# How firm a figure is


def sourced(status: FigureStatus) -> Sourced:
    return Sourced(source="tal", key="k", retrieved_at=datetime(2026, 6, 1, tzinfo=UTC), status=status)


P, J, F, C = FigureStatus.PROVISIONAL, FigureStatus.PROJECTED, FigureStatus.FINAL, FigureStatus.CORRECTED


@pytest.mark.parametrize(
    ("formula", "status"),
    [
        pytest.param('account["114"]', P, id="its accounts"),
        pytest.param('budget["114"]', P, id="its budget"),
        pytest.param("master.homes", F, id="master data"),
        pytest.param("rate.disposition_fund_yearly", F, id="a rate"),
        pytest.param("reported.projected", J, id="a reported figure"),
        pytest.param("reported.typed", F, id="what a person typed"),
        pytest.param("reported.nobody", F, id="what nobody reported"),
        pytest.param('last_year(account["114"])', C, id="last year's accounts"),
        pytest.param("last_year(last_year(master.homes))", F, id="a year that is not known"),
        pytest.param('account["114"] + last_year(account["114"])', P, id="the least firm of two years"),
        pytest.param('account["114"] + reported.projected', J, id="the least firm of two"),
        pytest.param("figure.inner + master.homes", J, id="another figure"),
        pytest.param("figure.unheard_of", F, id="a figure that is not there"),
        pytest.param("1 + 1", F, id="nothing at all"),
    ],
)
def test_a_figure_is_as_firm_as_the_least_firm_it_rests_on(basis_of: Make, formula: str, status: FigureStatus) -> None:
    before = basis_of(2018, account=BOTH, status=C)
    found: dict[str, Provenance] = {"projected": sourced(J), "typed": Typed("kontor-1")}
    reported = {name: Reported(value=Fraction(1), provenance=origin) for name, origin in found.items()}
    basis = evolve(basis_of(2019, account=BOTH, status=P, before=before), reported=reported)
    made = reckoning(basis, figure(formula), figure("reported.projected", id="inner"))
    assert made.value("trial").status is status


def test_a_figure_without_accounts_is_final(basis_of: Make) -> None:
    assert trial('account["114"]', basis_of()).status is F


@given(st.lists(st.sampled_from(FigureStatus), min_size=1, max_size=5))
def test_the_order_of_firmness_is_projected_provisional_corrected_final(
    basis_of: Make, statuses: list[FigureStatus]
) -> None:
    reported = {f"r{n}": Reported(value=Fraction(1), provenance=sourced(each)) for n, each in enumerate(statuses)}
    basis = evolve(basis_of(), reported=reported)
    assert trial(" + ".join(f"reported.{name}" for name in reported), basis).status is min(
        statuses, key=[J, P, C, F].index
    )


# Limits


@pytest.mark.parametrize(
    ("critical", "homes", "wanted"),
    [
        pytest.param("figure.trial > 10", 11, True, id="beyond the limit"),
        pytest.param("figure.trial > 10", 10, False, id="on the limit"),
        pytest.param("figure.trial > 10", None, None, id="no figure"),
        pytest.param("", 11, None, id="no limit"),
    ],
)
def test_a_figure_is_critical_beyond_its_own_limit(
    basis_of: Make, critical: str, homes: int | None, wanted: bool | None
) -> None:
    basis = basis_of(master={} if homes is None else {"homes": homes})
    assert reckoning(basis, figure("master.homes", critical=critical)).is_critical("trial") is wanted
