"""An explanation names every fact that a figure rests on, with where it came from, and what is out of date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from almenstyring.content import load_references
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import NotFoundError
from almenstyring.domain.expressions import KRONER, Measure
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.explaining import Explanation, Leaf, explain
from almenstyring.domain.figures.key_figures import MissingRule
from almenstyring.domain.figures.provenance import Computed, Provenance, Sourced, Typed
from almenstyring.domain.figures.reckoning import Basis, Reckoning, Reported
from almenstyring.domain.figures.regulation import IndexValue, PriceIndex
from almenstyring.domain.text import LANGUAGES, Text
from almenstyring.domain.values import Number

from .a_figure import CHART, NAME, explained, figure

Make = Callable[..., Basis]
CATALOGUE = load_key_figures()
AT = datetime(2026, 6, 1, tzinfo=UTC)
SOURCED = Sourced(source="tal", key="T001/x", retrieved_at=AT)
PERIOD = "2019-01-01/2019-12-31"


def leaf(formula: str, basis: Basis, **changes: Any) -> Leaf:
    [found] = explained(basis, figure(formula, **changes)).leaves
    return found


# Leaves


@pytest.mark.parametrize(
    ("formula", "da", "en"),
    [
        pytest.param('account["114"]', "konto 114 Renholdelse", "account 114 Cleaning", id="an account"),
        pytest.param('account["777"]', "konto 777", "account 777", id="an account the chart does not have"),
        pytest.param('account["114":"119"]', "konto 114-119", "account 114-119", id="a range"),
        pytest.param('budget["114"]', "budget, konto 114 Renholdelse", "budget, account 114 Cleaning", id="a budget"),
        pytest.param(
            'next_budget["114"]',
            "næste års budget, konto 114 Renholdelse",
            "next year's budget, account 114 Cleaning",
            id="the coming year's budget",
        ),
        pytest.param("master.homes", "Boliger", "Homes", id="master data"),
        pytest.param("reported.moved", "Flyttede", "Moved", id="a reported figure"),
        pytest.param(
            "rate.disposition_fund_yearly", "Bidrag, 2019-niveauet", "Contribution, the 2019 level", id="a rate"
        ),
        pytest.param("rate.of_nothing", "of_nothing", "of_nothing", id="a rate nobody knows"),
        pytest.param("figure.unheard_of", "unheard_of", "unheard_of", id="a figure nobody knows"),
        pytest.param("figure.later", "Senere", "Later", id="a figure of other years"),
        pytest.param("last_year(figure.trial)", "Prøve", "Trial", id="a figure of a year that is not known"),
    ],
)
def test_a_leaf_is_called_what_people_call_it(basis_of: Make, formula: str, da: str, en: str) -> None:
    later = figure("master.homes", id="later", name=Text("Senere", "Later"), since=2050)
    [found] = explained(basis_of(2019, account={"114": 1}), figure(formula), later).leaves
    assert (found.name.da, found.name.en) == (da, en)


@pytest.mark.parametrize(
    ("formula", "measure"),
    [
        ('account["114"]', KRONER),
        ('budget["101":"105"]', KRONER),
        ("master.homes_area", Measure.parse("m2")),
        ("reported.moved", Measure.parse("home")),
        ("rate.disposition_fund_yearly", Measure.parse("kr/unit")),
        ("last_year(figure.trial)", Measure.parse("kr")),
        ("figure.unheard_of", Measure()),
    ],
)
def test_a_leaf_has_its_own_measure(basis_of: Make, formula: str, measure: Measure) -> None:
    assert leaf(formula, basis_of(2019)).measure == measure


@pytest.mark.parametrize(
    ("provenance", "da", "en"),
    [
        pytest.param(None, "", "", id="nobody says"),
        pytest.param(SOURCED, "kilde tal T001/x", "source tal T001/x", id="a source"),
        pytest.param(Typed("kontor-1"), "indtastet", "typed", id="a person, who is not named"),
        pytest.param(Computed(definition="x/1"), "", "", id="a computation"),
    ],
)
def test_where_a_value_came_from_is_told(basis_of: Make, provenance: Provenance | None, da: str, en: str) -> None:
    reported = {"moved": Reported(value=Fraction(7), provenance=provenance)}
    assert leaf("reported.moved", evolve(basis_of(2019), reported=reported)).origin == Text(da, en)
    basis = basis_of(2019, account={"114": 1})
    assert basis.accounts is not None
    accounts = evolve(basis.accounts, provenance=provenance)
    wanted = [", ".join(filter(None, said)) for said in ((f"regnskab {PERIOD}", da), (f"accounts {PERIOD}", en))]
    assert leaf('account["114"]', evolve(basis, accounts=accounts)).origin == Text(*wanted)


def test_master_data_and_rates_have_their_own_origins(basis_of: Make) -> None:
    basis = basis_of(2019, master={"homes": 5})
    assert leaf("master.homes", basis).origin == Text("stamdata", "master data")
    rate = load_references().rate("disposition_fund_yearly", basis.period)
    assert rate is not None
    assert leaf("rate.disposition_fund_yearly", basis).origin == Text(rate.rate.source, rate.rate.source)


@pytest.mark.parametrize(
    "formula",
    ['account["115"]', "master.residents", "reported.moved", "rate.of_nothing", "last_year(master.homes)"],
)
def test_what_is_missing_comes_from_nowhere(basis_of: Make, formula: str) -> None:
    found = leaf(formula, basis_of(2019, account={"114": 1}, master={"homes": 5}))
    assert (found.value, found.origin) == (None, Text("", ""))


def test_an_account_that_is_taken_for_zero_says_so(basis_of: Make) -> None:
    found = leaf('account["115"]', basis_of(2019, account={"114": 1}), missing=MissingRule.NEVER)
    assert found.value == 0
    assert found.origin.da == f"regnskab {PERIOD}; ikke bogført, regnet som 0"
    assert found.origin.en == f"accounts {PERIOD}; not posted, counted as 0"


def test_a_leaf_of_last_year_has_last_years_year_value_and_period(basis_of: Make) -> None:
    basis = basis_of(2019, account={"114": 1}, before=basis_of(2018, account={"114": 2}))
    found = leaf('last_year(account["114"])', basis)
    assert (found.year, found.value, found.origin.da) == (2018, Fraction(2), "regnskab 2018-01-01/2018-12-31")
    assert leaf('last_year(account["114"])', basis_of(2019)).year == 2018


def test_the_leaves_come_in_the_order_of_the_formula_and_each_once(basis_of: Make) -> None:
    made = explained(basis_of(2019), figure("master.homes + reported.moved + master.homes + last_year(master.homes)"))
    assert [(each.reference.key, each.year) for each in made.leaves] == [
        ("homes", 2019),
        ("moved", 2019),
        ("homes", 2018),
    ]


# Parts


def test_other_figures_are_explained_as_parts_in_their_own_years(basis_of: Make) -> None:
    basis = basis_of(2019, master={"homes": 5}, before=basis_of(2018, master={"homes": 4}))
    inner = figure("master.homes", id="inner", name=Text("Inderst", "Inmost"))
    made = explained(basis, figure("figure.inner - last_year(figure.inner)"), inner)
    assert made.leaves == ()
    assert [(part.figure.id, part.value.period.accounting_year, part.value.exact) for _, part in made.parts] == [
        ("inner", 2019, Fraction(5)),
        ("inner", 2018, Fraction(4)),
    ]
    assert [(each.name.da, each.year) for each in made.all_leaves()] == [("Boliger", 2019), ("Boliger", 2018)]


def test_a_figure_the_year_does_not_have_cannot_be_explained(basis_of: Make) -> None:
    with pytest.raises(NotFoundError, match=r"rent_family_per_m2.*2012"):
        explain(Reckoning(CATALOGUE, basis_of(2012)), "rent_family_per_m2", CHART)


# Warnings


def warnings(made: Explanation) -> list[tuple[str, str]]:
    return [(each.da, each.en) for each in made.all_warnings()]


@pytest.mark.parametrize("kept", [None, 2])
def test_a_value_kept_under_the_years_definition_is_not_warned_of(basis_of: Make, kept: int | None) -> None:
    assert warnings(explained(basis_of(2019), figure("master.homes", definition=2), kept_definition=kept)) == []


@pytest.mark.parametrize("kept", [1, 3, 0])
def test_a_value_kept_under_another_definition_is_warned_of(basis_of: Make, kept: int) -> None:
    [(da, en)] = warnings(explained(basis_of(2019), figure("master.homes", definition=2), kept_definition=kept))
    assert f"definition {kept}" in da and f"definition {kept}" in en
    assert da.endswith("nu 2.") and en.endswith("now 2.")


@pytest.mark.parametrize(
    ("year", "wanted"),
    [
        pytest.param(2019, [], id="the year's level"),
        pytest.param(
            2025,
            [("Bidrag: 2024-niveauet (nyere ikke fundet)", "Contribution: the 2024 level (no newer one found)")],
            id="an older level",
        ),
        pytest.param(1999, [], id="no level at all"),
    ],
)
def test_a_rate_that_is_not_the_years_is_warned_of(basis_of: Make, year: int, wanted: list[tuple[str, str]]) -> None:
    assert warnings(explained(basis_of(year), figure("rate.disposition_fund_yearly"))) == wanted


def test_a_rate_that_was_computed_is_warned_of(basis_of: Make) -> None:
    basis = basis_of(2025)
    months = [
        IndexValue(month=date(y, 4, 1), value=Number.of(v), source="x", certainty=Certainty.PROJECT_AUTHORED)
        for y, v in ((2023, "100"), (2024, "102.4"))
    ]
    invented = PriceIndex(name=NAME, reference=NAME, value=tuple(months))
    computed = load_references().rate("disposition_fund_yearly", basis.period, invented)
    assert computed is not None
    rates = {"disposition_fund_yearly": computed}
    made = explained(evolve(basis, rates=rates), figure("rate.disposition_fund_yearly"))
    [(da, en)] = warnings(made)
    assert da.endswith("(beregnet, ikke offentliggjort)") and en.endswith("(computed, not published)")


def test_a_rate_that_has_no_name_is_warned_of_by_its_id(basis_of: Make) -> None:
    old = basis_of(2025).rates["disposition_fund_yearly"]
    [(da, _)] = warnings(explained(evolve(basis_of(2025), rates={"unnamed": old}), figure("rate.unnamed")))
    assert da.startswith("unnamed: ")


def test_a_rate_of_a_year_that_is_not_known_is_not_warned_of(basis_of: Make) -> None:
    assert warnings(explained(basis_of(2025), figure("last_year(rate.disposition_fund_yearly)"))) == []


@pytest.mark.parametrize(
    ("year", "is_warned"),
    [pytest.param(2018, True, id="the year of the change"), pytest.param(2019, False, id="the year after")],
)
def test_a_comparison_with_a_year_of_another_method_is_warned_of(basis_of: Make, year: int, is_warned: bool) -> None:
    basis = basis_of(year, before=basis_of(year - 1))
    made = explain(Reckoning(CATALOGUE, basis), "rent_growth", CHART)
    change = CATALOGUE.get("rent_per_m2", 2018).change
    wanted = f"Husleje pr. m² er opgjort på en anden måde end i {year - 1}: {change.da}"
    assert [da for da, _ in warnings(made)] == ([wanted] if is_warned else [])


def test_a_comparison_with_a_year_that_did_not_have_the_figure_is_not_warned_of(basis_of: Make) -> None:
    inner = figure("master.homes", id="inner", since=2019)
    made = explained(basis_of(2019, before=basis_of(2018)), figure("last_year(figure.inner)"), inner)
    assert warnings(made) == []
    assert [each.name for each in made.leaves] == [NAME]


# The whole catalogue


def sourced(basis: Basis) -> Basis:
    """The basis with a source for every reported figure of it, and of the year before."""
    reported = {name: evolve(each, provenance=SOURCED) for name, each in basis.reported.items()}
    return evolve(basis, reported=reported, before=basis.before and sourced(basis.before))


@settings(max_examples=40)  # each explains the whole catalogue
@given(
    seed=st.integers(0, 10**6),
    of=st.sampled_from(Ledger),
    year=st.sampled_from([2013, 2016, 2018, 2019, 2025]),
    missing=st.sampled_from([0, 20, 70]),
)
def test_every_explanation_is_true_and_whole(
    random_basis: Make, floats_in: Callable[[object], list[str]], **named: Any
) -> None:
    made = Reckoning(CATALOGUE, sourced(random_basis(**named)))
    for value in made.all():
        found = explain(made, value.figure.id, CHART)
        assert found.value == value
        assert found.recomputed() == value.value
        assert floats_in(found) == []
        told = [each.reference for each in found.leaves] + [reference for reference, _ in found.parts]
        assert sorted(told, key=str) == sorted(value.figure.expression.references, key=str)
        for each in found.all_leaves():
            assert all(each.name[language] for language in LANGUAGES)
            assert {bool(each.origin[language]) for language in LANGUAGES} == {each.value is not None}
