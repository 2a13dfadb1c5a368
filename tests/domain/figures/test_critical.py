"""A figure is critical beyond its own limit, or beyond nearly all peers on its worse side, and says which."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.critical import CriticalBy, critical_by
from almenstyring.domain.figures.distribution import Band
from almenstyring.domain.figures.key_figures import Direction, KeyFigure, KeyFigures
from almenstyring.domain.figures.reckoning import Reckoning
from almenstyring.domain.text import Text

from .conftest import BasisOf, RandomBasis

CATALOGUE = load_key_figures()
LIMIT, PEERS = CriticalBy
WORST = {Direction.LOWER: Band.ABOVE_P90, Direction.HIGHER: Band.BELOW_P10}
directions = pytest.mark.parametrize("direction", list(Direction))
bands = pytest.mark.parametrize("band", [None, *Band])


def reckoned(basis_of: BasisOf, direction: Direction, *, homes: int | None = 50, limit: str = "") -> Reckoning:
    """The figure "trial", which is the number of homes, and maybe a limit on it."""
    name = Text("Prøve", "Trial")
    trial = KeyFigure(
        id="trial",
        name=name,
        of=Ledger.ESTATE,
        group="size",
        unit="home",
        decimals=0,
        formula="master.homes",
        direction=direction,
        critical=limit,
        source="prøve",
        certainty=Certainty.PROJECT_AUTHORED,
    )
    catalogue = KeyFigures(groups={"size": name}, reported={}, figure=(trial,), rates={})
    return Reckoning(catalogue, basis_of(master={} if homes is None else {"homes": homes}))


@directions
@bands
def test_the_worst_tenth_of_the_peers_on_the_worse_side_is_critical_and_no_other_place(
    basis_of: BasisOf, direction: Direction, band: Band | None
) -> None:
    is_worst = band is not None and WORST.get(direction) is band
    assert critical_by(reckoned(basis_of, direction), "trial", band) == ((PEERS,) if is_worst else ())


@pytest.mark.parametrize(
    ("homes", "causes"),
    [
        pytest.param(9, (LIMIT,), id="beyond the limit"),
        pytest.param(10, (), id="on the limit"),
        pytest.param(None, (), id="a missing figure is not critical"),
    ],
)
def test_a_figure_beyond_the_limit_of_its_definition_is_critical_without_any_peers(
    basis_of: BasisOf, homes: int | None, causes: tuple[CriticalBy, ...]
) -> None:
    made = reckoned(basis_of, Direction.NEUTRAL, homes=homes, limit='figure.trial < quantity(10, "home")')
    assert critical_by(made, "trial") == causes


def test_both_causes_are_told_the_limit_first(basis_of: BasisOf) -> None:
    made = reckoned(basis_of, Direction.LOWER, limit='figure.trial > quantity(10, "home")')
    assert critical_by(made, "trial", Band.ABOVE_P90) == (LIMIT, PEERS)
    assert critical_by(made, "trial", Band.Q3_TO_P90) == (LIMIT,)


@directions
@bands
def test_a_missing_figure_is_never_critical(basis_of: BasisOf, direction: Direction, band: Band | None) -> None:
    made = reckoned(basis_of, direction, homes=None, limit="missing(figure.trial)")
    assert made.is_critical("trial") is True
    assert critical_by(made, "trial", band) == ()


def test_a_figure_that_the_year_does_not_have_is_a_wrong_call(basis_of: BasisOf) -> None:
    with pytest.raises(KeyError):
        critical_by(reckoned(basis_of, Direction.LOWER), "another")


@given(st.integers(0, 2**32), st.sampled_from(Ledger), st.sampled_from([None, *Band]))
def test_the_catalogues_figures_are_critical_by_limit_as_reckoned_whatever_their_peers(
    random_basis: RandomBasis, seed: int, of: Ledger, band: Band | None
) -> None:
    made = Reckoning(CATALOGUE, random_basis(seed, of=of, missing=20))
    for value in made.all():
        found = critical_by(made, value.figure.id, band)
        known = isinstance(value.exact, Fraction)
        assert (LIMIT in found) is (known and made.is_critical(value.figure.id) is True)
        assert (PEERS in found) is (known and band is not None and WORST.get(value.figure.direction) is band)
        assert list(found) == sorted(set(found), key=list(CriticalBy).index)


def test_some_figure_of_the_catalogue_can_be_critical_by_a_limit_and_some_has_a_worse_side() -> None:
    figures = list(CATALOGUE.of(Ledger.ESTATE, 2025).values())
    assert any(figure.limit for figure in figures)
    assert {figure.direction for figure in figures} > {Direction.NEUTRAL}
