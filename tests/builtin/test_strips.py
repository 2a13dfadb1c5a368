"""A strip shows in a cell what its title says, in whole pixels, and nothing in it comes alive."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.builtin.strips import HEIGHT, WIDTH, sparkline_svg, strip_svg
from almenstyring.domain.figures.pictures import DistributionPicture, TrendPicture, TrendPoint
from almenstyring.domain.text import LANGUAGES, Language, Text
from almenstyring.testing.exporter_contract import NASTY_TEXTS
from almenstyring.testing.picture_contract import DISTRIBUTION, SPARSE, TREND

SVG = "{http://www.w3.org/2000/svg}"
MIDDLE = HEIGHT // 2
STEPS = re.compile(r"([MHLVhlv])([-\d ]*)|Z")


def paths(svg: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter(f"{SVG}path"))


def places(path: str) -> list[tuple[int, int]]:
    """Every place that a path comes to."""
    x, y, found = 0, 0, []
    for step, numbers in STEPS.findall(path):
        values = [int(each) for each in numbers.split()]
        match step:
            case "M" | "L":
                x, y = values
            case "H":
                x = values[0]
            case "h":
                x += values[0]
            case "v":
                y += values[0]
            case "l":
                x, y = x + values[0], y + values[1]
        found.append((x, y))
    return found


def spread(*quantiles: int, **changes: Any) -> DistributionPicture:
    assert DISTRIBUTION.spread is not None
    p10, q1, median, q3, p90 = quantiles
    made = evolve(DISTRIBUTION.spread, p10=p10, q1=q1, median=median, q3=q3, p90=p90)
    return evolve(DISTRIBUTION, spread=made, single_values=(), **changes)


def trend(*values: int | None, breaks: tuple[int, ...] = (), median: bool = False) -> TrendPicture:
    years = enumerate(values, 2020)
    points = tuple(TrendPoint(year=y, median=v) if median else TrendPoint(year=y, value=v) for y, v in years)
    assert TREND.breaks
    return evolve(TREND, points=points, breaks=tuple(evolve(TREND.breaks[0], year=year) for year in breaks))


# What every strip is


STRIPS = {
    "a distribution": lambda language: strip_svg(DISTRIBUTION, language),
    "a distribution without the unit": lambda language: strip_svg(evolve(DISTRIBUTION, value=None), language),
    "no distribution": lambda language: strip_svg(evolve(DISTRIBUTION, spread=None, single_values=()), language),
    "a trend": lambda language: sparkline_svg(TREND, language),
    "no trend": lambda language: sparkline_svg(trend(None, None), language),
}


@pytest.mark.parametrize("name", STRIPS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_strip_says_in_its_title_all_that_it_shows(name: str, language: Language) -> None:
    picture = TREND if name == "a trend" else trend(None, None) if name == "no trend" else DISTRIBUTION
    if name == "a distribution without the unit":
        picture = evolve(DISTRIBUTION, value=None)
    if name == "no distribution":
        picture = evolve(DISTRIBUTION, spread=None, single_values=())
    root = ET.fromstring(STRIPS[name](language))
    assert root.findtext(f"{SVG}title") == picture.description[language]
    assert (root.get("role"), root.get("lang")) == ("img", language)
    assert (root.get("width"), root.get("height")) == (str(WIDTH), str(HEIGHT))


@pytest.mark.parametrize("name", STRIPS)
def test_a_strip_is_one_line_and_asks_for_nothing_from_elsewhere(name: str) -> None:
    svg = STRIPS[name]("da")
    assert "\n" not in svg
    assert not re.search(r"href|url\(|src=|<script|<style|<image", svg)


@pytest.mark.parametrize(
    ("language", "distribution", "figures"),
    [("da", "ingen fordeling", "ingen tal"), ("en", "no distribution", "no figures")],
)
def test_where_there_is_nothing_to_draw_words_say_so(language: Language, distribution: str, figures: str) -> None:
    for name, said in (("no distribution", distribution), ("no trend", figures)):
        root = ET.fromstring(STRIPS[name](language))
        assert [each.text for each in root.iter(f"{SVG}text")] == [said]
        assert not paths(STRIPS[name](language))
    assert not list(ET.fromstring(STRIPS["a trend"](language)).iter(f"{SVG}text"))


@pytest.mark.parametrize("name", NASTY_TEXTS)
def test_a_nasty_name_is_said_and_obeyed_by_nobody(name: str) -> None:
    for picture, draw in ((DISTRIBUTION, strip_svg), (TREND, sparkline_svg)):
        nasty: Any = evolve(picture, unit_name=NASTY_TEXTS[name], group=Text(NASTY_TEXTS[name], "x"))
        root = ET.fromstring(draw(nasty, "da"))
        assert root.findtext(f"{SVG}title") == nasty.description.da
        assert {each.tag.removeprefix(SVG) for each in root.iter()} == {"svg", "title", "path"}


# A distribution


def test_the_quantiles_and_the_unit_stand_at_their_places() -> None:
    line, box, median, diamond = paths(strip_svg(spread(0, 25, 50, 75, 100, value=10), "da"))
    assert line.get("d") == f"M6 {MIDDLE}H114M6 {MIDDLE - 3}v6M114 {MIDDLE - 3}v6"
    assert [x for x, _ in places(box.get("d", ""))][:2] == [33, 87]
    assert places(median.get("d", ""))[0][0] == 60
    assert places(diamond.get("d", ""))[0] == (17, MIDDLE - 5)


def test_a_unit_beyond_all_others_moves_them_aside_and_stays_inside() -> None:
    line, *_, diamond = paths(strip_svg(spread(0, 0, 0, 0, 0, value=Fraction(10**9)), "da"))
    assert {x for x, _ in places(line.get("d", ""))} == {6}
    assert places(diamond.get("d", ""))[0][0] == WIDTH - 6


def test_equal_values_stand_in_the_middle() -> None:
    for shape in paths(strip_svg(spread(7, 7, 7, 7, 7, value=7), "da")):
        assert places(shape.get("d", ""))[0][0] == WIDTH // 2


def test_without_a_value_of_its_own_a_unit_has_no_diamond() -> None:
    assert len(paths(strip_svg(spread(1, 2, 3, 4, 5, value=None), "da"))) == 3


@given(st.lists(st.integers(-(10**12), 10**12), min_size=5, max_size=5).map(sorted), st.integers(-(10**12), 10**12))
def test_nothing_of_a_distribution_is_drawn_outside_the_strip(quantiles: list[int], value: int) -> None:
    shapes = paths(strip_svg(spread(*quantiles, value=value), "da"))
    found = [place for shape in shapes for place in places(shape.get("d", ""))]
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in found)
    p10, p90 = found[0][0], found[1][0]
    assert p10 <= places(shapes[2].get("d", ""))[0][0] <= p90


# A trend


def drawn(picture: TrendPicture) -> list[str]:
    return [shape.get("d", "") for shape in paths(sparkline_svg(picture, "da"))]


def test_a_line_goes_from_year_to_year_and_ends_in_a_diamond() -> None:
    line, diamond = drawn(trend(0, 5, 10))
    assert line == "M5 13h2L60 8L114 3"
    assert places(diamond)[0] == (114, 0)


def test_the_median_is_dashed_and_has_no_diamond() -> None:
    [median] = paths(sparkline_svg(trend(0, 5, 10, median=True), "da"))
    assert median.get("stroke-dasharray") == "2 2"
    own, _ = paths(sparkline_svg(trend(0, 5, 10), "da"))
    assert own.get("stroke-dasharray") is None
    assert (own.get("stroke-width"), median.get("stroke-width")) == ("2", "1")


@pytest.mark.parametrize(
    ("picture", "pieces", "has_diamond"),
    [
        pytest.param(trend(1, 2, 3, 4), 1, True, id="whole"),
        pytest.param(trend(1, None, 3, 4), 2, True, id="a gap"),
        pytest.param(trend(None, 2, 3, None), 1, False, id="gaps at the ends"),
        pytest.param(trend(1, 2, 3, 4, breaks=(2022,)), 2, True, id="a break"),
        pytest.param(trend(1, 2, 3, 4, breaks=(2020,)), 1, True, id="a break before all"),
        pytest.param(trend(1, None, 3, 4, breaks=(2022,)), 2, True, id="a gap and a break at once"),
        pytest.param(trend(1, 2, 3, 4, breaks=(2021, 2022, 2023)), 4, True, id="breaks everywhere"),
        pytest.param(trend(7), 1, True, id="one year"),
    ],
)
def test_a_line_is_lifted_at_every_gap_and_break(picture: TrendPicture, pieces: int, has_diamond: bool) -> None:
    line, *diamond = drawn(picture)
    assert line.count("M") == pieces
    assert bool(diamond) is has_diamond


def test_a_year_that_is_left_out_is_a_gap() -> None:
    points = (TrendPoint(year=2020, value=1), TrendPoint(year=2022, value=2))
    line, _ = drawn(evolve(TREND, points=points, breaks=()))
    assert line == "M5 13h2M113 3h2"


def test_a_trend_of_one_year_stands_in_the_middle() -> None:
    line, diamond = drawn(trend(7))
    assert line == f"M{WIDTH // 2 - 1} {MIDDLE}h2"
    assert places(diamond)[0] == (WIDTH // 2, MIDDLE - 3)


@given(
    st.lists(
        st.tuples(st.none() | st.integers(-(10**9), 10**9), st.none() | st.integers(-(10**9), 10**9)),
        min_size=1,
        max_size=12,
    )
)
def test_nothing_of_a_trend_is_drawn_outside_the_strip(values: list[tuple[int | None, int | None]]) -> None:
    points = tuple(TrendPoint(year=2000 + n, value=one, median=other) for n, (one, other) in enumerate(values))
    for path in drawn(evolve(TREND, points=points)):
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in places(path))


@pytest.mark.parametrize("name", SPARSE)
def test_whatever_is_missing_a_strip_can_be_drawn(name: str) -> None:
    picture = SPARSE[name]
    if isinstance(picture, DistributionPicture):
        assert ET.fromstring(strip_svg(picture, "en")).findtext(f"{SVG}title") == picture.description.en
    if isinstance(picture, TrendPicture):
        assert ET.fromstring(sparkline_svg(picture, "en")).findtext(f"{SVG}title") == picture.description.en
