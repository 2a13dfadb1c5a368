"""What the kit's contract does not ask: that nothing in a drawing stands on something else or is cut."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from almenstyring import FigureStatus, Language, Text
from almenstyring.ports import DistributionPicture, Picture, Spread, TrendBreak, TrendPoint
from almenstyring.testing.picture_contract import DISTRIBUTION, EFFICIENCY, PICTURES, SPARSE, TREND, visible
from almenstyring_altair.marks import WIDTH, Scale, framed, short, spread_apart, words
from almenstyring_altair.renderer import AltairRenderer

LONG = "T001-T0101 Prøvehaven, den meget lange afdeling ved den gamle mølle i Nørre Opdigtestrup"
WORDY = Text(f"{LONG}: " + "en lang forklaring " * 6, f"{LONG}: " + "a long explanation " * 6)
LANGUAGES: tuple[Language, ...] = ("da", "en")
DRAWN = AltairRenderer()


def spread(*quantiles: int) -> Spread:
    p10, q1, median, q3, p90 = quantiles
    return Spread(n=12, p10=p10, q1=q1, median=median, q3=q3, p90=p90, method=Text("type 7", "type 7"))


def trend(years: range, **changes: Any) -> Picture:
    points = tuple(TrendPoint(year=year, value=1000 + 2 * year % 50, median=1001 + year % 50) for year in years)
    return evolve(TREND, points=points, **changes)


TIGHT: dict[str, Picture] = {
    "quantiles close together": evolve(DISTRIBUTION, single_values=(), spread=spread(1000, 1001, 1002, 1003, 1004)),
    "quantiles at the end": evolve(DISTRIBUTION, single_values=(), value=0, spread=spread(96, 97, 98, 99, 100)),
    "quantiles at the beginning": evolve(DISTRIBUTION, single_values=(), value=999, spread=spread(0, 1, 2, 3, 4)),
    "large numbers": evolve(
        DISTRIBUTION, single_values=(), spread=spread(10**9, 10**9 + 1, 10**9 + 2, 10**9 + 3, 10**9 + 4)
    ),
    "a long name": evolve(DISTRIBUTION, unit_name=LONG, group=WORDY),
    "a long reason": evolve(DISTRIBUTION, spread=None, single_values=(), why_empty=WORDY),
    "sixteen years": trend(range(2010, 2026), breaks=()),
    "forty years": trend(range(1986, 2026), breaks=()),
    "lines that end together": trend(range(2024, 2026), breaks=()),
    "many breaks": trend(
        range(2020, 2026), unit_name=LONG, breaks=tuple(TrendBreak(year=y, label=WORDY) for y in (2025, 2021, 2023))
    ),
    "a low limit": evolve(EFFICIENCY, red_limit=1),
    "a high limit": evolve(EFFICIENCY, red_limit=99),
    "a score beyond everything": evolve(EFFICIENCY, score=140, potential=0),
}
ALL = {**PICTURES, **SPARSE, **TIGHT}


# What is drawn can be read


Box = tuple[float, float, float, float, str]
"""Left, top, right and bottom, and what is said there."""


def texts(svg: bytes) -> Iterator[Box]:
    """Every line of text of a drawing, unless it is turned, with about the box it stands in."""

    def walk(node: ET.Element, x: float, y: float) -> Iterator[Box]:
        if "rotate" in node.get("transform", ""):
            return
        moved = re.match(r"translate\(([-\d.]+),([-\d.]+)\)", node.get("transform", ""))
        if moved:
            x, y = x + float(moved[1]), y + float(moved[2])
        if node.tag.endswith("}text"):
            for line in node if len(node) else [node]:
                y += float(line.get("dy", 0))
                yield _box(line.text or "", x, y, node)
        for child in node if not node.tag.endswith("}text") else ():
            yield from walk(child, x, y)

    yield from walk(ET.fromstring(svg), 0, 0)


def _box(said: str, x: float, y: float, node: ET.Element) -> Box:
    size = float(node.get("font-size", "0").removesuffix("px"))
    width = 0.47 * size * len(said)
    left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[node.get("text-anchor", "start")]
    return left, y - 0.7 * size, left + width, y, said


def overlapping(svg: bytes) -> list[tuple[str, str]]:
    return [
        (one[-1], other[-1])
        for one, other in combinations(texts(svg), 2)
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_stands_on_another_or_outside_the_drawing(name: str, language: Language) -> None:
    svg = DRAWN.draw(ALL[name], ".svg", language)
    assert overlapping(svg) == []
    root = ET.fromstring(svg)
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    for left, top, right, bottom, said in texts(svg):
        assert left >= 0 and top >= 0 and right <= width and bottom <= height, said


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_png_shows_something_in_the_size_of_the_svg(name: str, language: Language) -> None:
    root = ET.fromstring(DRAWN.draw(ALL[name], ".svg", language))
    png = DRAWN.draw(ALL[name], ".png", language, scale=1)
    assert struct.unpack(">II", png[16:24]) == (int(root.get("width", 0)), int(root.get("height", 0)))
    assert len(png) > 2000, "not a blank page"


rising = st.lists(st.integers(0, 10**7), min_size=5, max_size=5).map(sorted)


@settings(max_examples=10, deadline=None)
@given(rising, st.integers(0, 10**7))
def test_the_labels_of_any_quantiles_can_be_read(quantiles: list[int], value: int) -> None:
    picture = evolve(DISTRIBUTION, single_values=(), spread=spread(*quantiles), value=value)
    assert overlapping(DRAWN.draw(picture, ".svg")) == []


def test_everything_said_of_the_quantiles_is_there_even_when_they_are_one_place() -> None:
    svg = DRAWN.draw(TIGHT["quantiles close together"], ".svg", "en")
    for each in ("10th percentile", "1,000", "lower quartile", "1,001", "90th percentile", "1,004"):
        assert each in visible(svg)


def test_of_many_years_the_last_is_always_named() -> None:
    for name, first, left_out in (("sixteen years", "2011", "2010"), ("forty years", "1989", "1986")):
        years = visible(DRAWN.draw(TIGHT[name], ".svg")).split()
        assert "2025" in years and first in years and left_out not in years
    assert {"2021", "2022", "2023", "2024", "2025"} <= set(visible(DRAWN.draw(TREND, ".svg")).split())


def test_a_long_reason_is_wrapped_and_not_cut() -> None:
    picture = TIGHT["a long reason"]
    assert isinstance(picture, DistributionPicture)
    assert picture.why_empty.da in visible(DRAWN.draw(picture, ".svg"))


def test_long_titles_and_captions_are_wrapped_and_end_in_dots_only_when_they_never_end() -> None:
    for text, is_whole in ((WORDY.en, True), ("word " * 1000, False)):
        head = framed(words("x", 0, 0), text, text).to_dict()["title"]
        for lines, longest in ((head["text"], 74), (head["subtitle"], 100)):
            assert len(lines) <= 4 and all(len(line) <= longest for line in lines)
            assert (" ".join(lines) == text.strip()) is is_whole
            assert lines[-1].endswith(" …") is not is_whole
    assert framed(words("x", 0, 0), "", "").to_dict()["title"]["text"] == [""]


@pytest.mark.parametrize(("name", "shown"), [("x" * 48, "x" * 48), ("x" * 49, "x" * 47 + "…")])
def test_a_name_that_is_too_long_for_the_drawing_is_cut_with_dots(name: str, shown: str) -> None:
    assert short(name) == shown


@pytest.mark.parametrize("status", FigureStatus)
def test_a_mark_is_open_where_figures_are_not_final_and_the_drawing_says_so(status: FigureStatus) -> None:
    points = tuple(evolve(point, status=status) for point in TREND.points)
    is_final = status in (FigureStatus.FINAL, FigureStatus.CORRECTED)
    svg = DRAWN.draw(evolve(TREND, points=points), ".svg", "en")
    assert ("open mark: figures not final" in visible(svg)) is not is_final


@pytest.mark.parametrize(("low", "is_told"), [(1, True), (0, False), (-5, True)])
def test_an_axis_that_does_not_begin_at_zero_says_so(low: int, is_told: bool) -> None:
    points = (TrendPoint(year=2024, value=1000 * low), TrendPoint(year=2025, value=1000 * low + 5))
    svg = DRAWN.draw(evolve(TREND, points=points, breaks=()), ".svg", "en")
    assert ("the axis does not begin at 0" in visible(svg)) is is_told


def test_an_unnamed_unit_of_measure_leaves_the_name_of_the_figure_alone_on_its_axis() -> None:
    bare = evolve(TREND.measure, unit=Text("", ""), pattern=Text("{figure}", "{figure}"))
    for picture in (TREND, DISTRIBUTION):
        root = ET.fromstring(DRAWN.draw(evolve(picture, measure=bare), ".svg", "en"))
        assert [said for said in root.itertext() if said.startswith("Rent")] == ["Rent"]


# Places


@given(st.lists(st.fractions(-(10**9), 10**9, max_denominator=100), max_size=9), st.integers(50, 900))
def test_a_scale_has_room_for_its_values_and_keeps_their_order(values: list[Fraction], length: int) -> None:
    scale = Scale.over(values, length)
    assert scale.low < scale.high
    places = [scale.place(float(value)) for value in sorted(values)]
    assert places == sorted(places)
    assert all(0 < place < length for place in places)
    for value, place in zip(sorted(values), places, strict=True):
        assert abs(scale.value(place) - float(value)) <= 1e-6 * max(1.0, abs(float(value)))


@pytest.mark.parametrize("value", [0, 5, -5, 10**9])
def test_one_value_alone_stands_in_the_middle_of_its_scale(value: int) -> None:
    assert Scale.over([Fraction(value)], 600).place(value) == pytest.approx(300)


PLACES = st.lists(st.floats(0, 600), max_size=6).map(sorted)


@given(PLACES, st.floats(0, 100))
def test_places_are_spread_apart_in_their_order_and_within_the_page(places: list[float], gap: float) -> None:
    moved = spread_apart(places, gap, WIDTH)
    assert len(moved) == len(places)
    assert all(higher - lower >= gap - 1e-6 for lower, higher in pairwise(moved))
    assert all(-1e-6 <= place <= WIDTH + 1e-6 for place in moved)


@given(PLACES, st.floats(0, 100))
def test_places_that_are_apart_are_left_where_they_are(places: list[float], gap: float) -> None:
    apart = spread_apart(places, gap + 1e-3, WIDTH)
    assert spread_apart(apart, gap, WIDTH) == pytest.approx(apart)


@given(PLACES, st.floats(0, 100))
def test_places_are_spread_to_both_sides_alike(places: list[float], gap: float) -> None:
    mirrored = spread_apart([WIDTH - place for place in reversed(places)], gap, WIDTH)
    assert [WIDTH - place for place in reversed(mirrored)] == pytest.approx(spread_apart(places, gap, WIDTH))


def test_without_room_places_are_still_apart() -> None:
    assert spread_apart([0, 0, 0], 100, 100) == [-50, 50, 150]
