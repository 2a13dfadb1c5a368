"""The efficiency bar, and what a readable report shows: official before computed, and nothing that is not there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.application.picturing import (
    EFFICIENCY,
    picture_of,
    pictures_of,
)
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.figures.critical import CriticalBy
from almenstyring.domain.figures.efficiency_costs import NoScore
from almenstyring.domain.figures.pictures import DistributionPicture, EfficiencyPicture, TrendPicture
from almenstyring.domain.reporting import DocumentationPackage, KeptFigure, KeptScore
from almenstyring.domain.values import EstateId

from .conftest import YEAR, computed_years
from .kept_figures import ESTATE, changed, own, with_figures

CLEANING = "cleaning_per_m2"


@pytest.fixture(scope="module")
def package() -> Iterator[DocumentationPackage]:
    """T001's package after three years were computed."""
    with computed_years(3) as workspace:
        yield workspace.open_package("T001", YEAR)


# The efficiency bar


def scored(
    package: DocumentationPackage, official: al.Number | None, computed: KeptScore | None, *, delivered: bool = True
) -> EfficiencyPicture:
    """The bar of the first estate; an official score is one that a source delivered."""
    given = changed(package, EFFICIENCY, value=official)
    reported = {EFFICIENCY: al.Answer(value=official)} if delivered else {}
    of_unit = evolve(own(given), efficiency=computed, reported=reported)
    found = picture_of(with_figures(given, of_unit), EFFICIENCY, ESTATE, kind="efficiency")
    assert isinstance(found, EfficiencyPicture) and found.year == 2025
    return found


COMPUTED = KeptScore(
    score=al.Ratio.of("64.3"), potential=al.Ratio.of("35.7"), peers=34, group="g", best_practice="T002-T0101"
)


def test_the_official_score_is_shown_where_there_is_one(package: DocumentationPackage) -> None:
    found = scored(package, al.Number(71), COMPUTED)
    assert found.score == 71 and found.is_official
    assert (found.potential, found.peers, found.best_practice) == (None, None, "")
    assert "otentiale" not in found.description.da


def test_a_score_that_a_person_typed_is_not_the_official_one(package: DocumentationPackage) -> None:
    assert not scored(package, al.Number(71), COMPUTED, delivered=False).is_official
    assert scored(package, al.Number(71), None, delivered=False).score is None


def test_else_the_computed_one_with_what_it_rests_on(package: DocumentationPackage) -> None:
    found = scored(package, None, COMPUTED)
    assert COMPUTED.score is not None and COMPUTED.potential is not None
    assert (found.score, found.potential) == (COMPUTED.score.as_fraction(), COMPUTED.potential.as_fraction())
    assert (found.is_official, found.peers, found.best_practice, found.is_red) == (False, 34, "T002-T0101", True)


def test_else_why_there_is_none(package: DocumentationPackage) -> None:
    few = scored(package, None, KeptScore(peers=3, no_score=NoScore.TOO_FEW_PEERS))
    assert (few.score, few.peers) == (None, 3)
    assert few.why_empty != scored(package, None, None).why_empty
    assert few.why_empty.da.rstrip(".") in few.description.da
    assert (scored(package, None, None).score, scored(package, None, None).peers) == (None, None)
    without = with_figures(package, evolve(own(package), figures=(), efficiency=COMPUTED))
    bar = picture_of(without, EFFICIENCY, ESTATE, kind="efficiency")
    assert isinstance(bar, EfficiencyPicture) and bar.score == COMPUTED.score.as_fraction()  # type: ignore[union-attr]


# What a readable report shows


def test_a_report_shows_every_bar_and_every_critical_figure(package: DocumentationPackage) -> None:
    shown = list(pictures_of(package))
    bars = [unit for unit, picture in shown if isinstance(picture, EfficiencyPicture)]
    assert bars == [EstateId.parse(ESTATE), EstateId.parse("T001-T0201")]
    others = [(unit, picture.measure.name) for unit, picture in shown if not isinstance(picture, EfficiencyPicture)]
    definitions = {(f.id, f.definition, f.of.value): f.name for f in load_key_figures()}
    wanted = [
        (
            of_unit.unit,
            definitions[each.figure, each.definition, "estate" if "-" in str(of_unit.unit) else "organisation"],
        )
        for of_unit in package.figures
        for each in of_unit.figures
        if each.critical and each.figure != EFFICIENCY
    ]
    assert others == wanted and len(wanted) > 5
    for _, picture in shown:
        assert not isinstance(picture, DistributionPicture) or picture.spread is not None


def test_a_critical_figure_without_peers_is_shown_through_the_years(package: DocumentationPackage) -> None:
    alone = evolve(package, figures=(own(changed(package, CLEANING, critical=(CriticalBy.LIMIT,), places={})),))
    kinds = {
        picture.measure.name.da: type(picture)
        for _, picture in pictures_of(alone)
        if not isinstance(picture, EfficiencyPicture)
    }
    assert kinds[load_key_figures().get(CLEANING, 2025).name.da] is TrendPicture


def test_a_report_shows_nothing_that_is_not_there(package: DocumentationPackage) -> None:
    assert list(pictures_of(evolve(package, figures=()))) == []
    unknown = KeptFigure(figure="unheard_of", definition=1, critical=(CriticalBy.LIMIT,))
    red = KeptFigure(figure=EFFICIENCY, definition=1, critical=(CriticalBy.LIMIT,))
    plain = KeptFigure(figure=CLEANING, definition=1)
    only = evolve(own(package), figures=(unknown, red, plain), efficiency=None)
    assert list(pictures_of(evolve(package, figures=(only,)))) == []
