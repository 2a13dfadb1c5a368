"""Every figure of the catalogue, reckoned from invented facts of many years: exact, and rounded once."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.expressions import Operation
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.key_figures import Weighting
from almenstyring.domain.figures.reckoning import Basis, Reckoning, rounded
from almenstyring.domain.values import LbfNumber, Number

Make = Callable[..., Basis]
CATALOGUE = load_key_figures()

any_basis = {
    "seed": st.integers(0, 10**6),
    "of": st.sampled_from(Ledger),
    "year": st.sampled_from([2013, 2016, 2018, 2025]),
    "missing": st.sampled_from([0, 20, 70]),
}


@given(**any_basis)
def test_every_figure_of_any_basis_is_exact_and_its_value_is_it_rounded_once(
    random_basis: Make, floats_in: Callable[[object], list[str]], **named: Any
) -> None:
    basis = random_basis(**named)
    for found in Reckoning(CATALOGUE, basis).all():
        assert floats_in((found.exact, found.weight, found.value)) == []
        assert (found.value is None) == (found.exact is None)
        if found.exact is not None and found.value is not None:
            assert found.value == rounded(found.exact, found.figure.decimals)


@given(**any_basis)
def test_a_value_times_its_weight_is_what_is_divided(random_basis: Make, **named: Any) -> None:
    made = Reckoning(CATALOGUE, random_basis(**named))
    for found in made.all():
        tree, factor = found.figure.expression.tree, 1
        while isinstance(tree, Operation) and tree.name in ("when", "percent"):
            factor *= 100 if tree.name == "percent" else 1
            tree = tree.operands[-1]
        if found.exact is None or found.figure.weighting is Weighting.EQUAL:
            assert found.figure.weighting is Weighting.RATIO_OF_SUMS or found.weight == 1
            continue
        assert isinstance(tree, Operation) and tree.name == "/" and found.weight
        over = evolve(found.figure.expression, tree=tree.operands[0]).value(made.lookup(found.figure))
        assert found.exact * found.weight == factor * over  # type: ignore[operator]


@given(**any_basis)
def test_the_order_in_which_figures_are_asked_for_changes_none(random_basis: Make, **named: Any) -> None:
    basis = random_basis(**named)
    forwards, backwards = Reckoning(CATALOGUE, basis), Reckoning(CATALOGUE, basis)
    turned = [backwards.value(figure_id) for figure_id in reversed(list(backwards.definitions))]
    assert list(forwards.all()) == turned[::-1]


@pytest.mark.parametrize("year", [2013, 2016, 2018, 2025])
@pytest.mark.parametrize("unit", [None, LbfNumber("T001")], ids=["estate", "organisation"])
def test_of_nothing_nothing_is_known(basis_of: Make, year: int, unit: LbfNumber | None) -> None:
    basis = basis_of(year, unit=unit) if unit else basis_of(year)
    values = Reckoning(CATALOGUE, basis).all()
    assert values
    assert [found.figure.id for found in values if found.value is not None] == []


def test_the_rent_per_m2_of_an_invented_estate_is_what_can_be_reckoned_by_hand(basis_of: Make) -> None:
    reported: dict[str, int | str] = {"register_rent_family": 3_000_000, "register_area_family": 3_000}
    reported |= {"register_rent_youth": 100_000, "register_area_youth": "99.5"}
    [value] = [
        found for found in Reckoning(CATALOGUE, basis_of(reported=reported)).all() if found.figure.id == "rent_per_m2"
    ]
    assert (value.value, value.weight) == (Number.of("1000.16"), Fraction("3099.5"))
