"""The trend: the unit as a whole line with diamonds, the median as a dashed line with squares, breaks as marks."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil
from typing import Any, Literal

import altair as alt
from attrs import frozen

from almenstyring import FigureStatus, Language, Text
from almenstyring.ports import TrendPicture, TrendPoint
from almenstyring_altair.marks import (
    BLACK,
    DARK,
    GREY,
    WIDTH,
    Chart,
    Scale,
    empty,
    mark,
    pixels,
    short,
    spread_apart,
    words,
)

_HEIGHT = 240
_NAMES = 190
_LINES = WIDTH - _NAMES
_YEAR_WIDTH = 38
_ABOVE, _BELOW = -16, 17
_MEDIAN = Text("median", "median")
_BREAK = Text("databrud: {label}", "break: {label}")
_NO_VALUES = Text("Der er ingen tal at vise.", "There are no figures to show.")
_NOT_ZERO = Text("aksen begynder ikke ved 0", "the axis does not begin at 0")
_NOT_FINAL = Text("åbent mærke: ikke endelige tal", "open mark: figures not final")

Which = Literal["value", "median"]
_STROKES: dict[Which, dict[str, Any]] = {
    "median": {"strokeDash": [5, 4], "strokeWidth": 1.75, "color": DARK},
    "value": {"strokeWidth": 2.5, "color": BLACK},
}
_POINTS: dict[Which, dict[str, Any]] = {
    "median": {"shape": "square", "size": 60},
    "value": {"shape": "diamond", "size": 150},
}


@frozen
class _Plane:
    """Where years and values are on the page."""

    years: Scale
    values: Scale
    x: alt.X
    y: alt.Y


def chart(picture: TrendPicture, language: Language) -> Chart:
    """The chart without its title."""
    known = [value for point in picture.points for value in (point.value, point.median) if value is not None]
    if not known:
        return empty(short(picture.unit_name), _NO_VALUES[language])
    plane = _plane(picture, known, language)
    layers = [
        *_breaks(picture, plane, language),
        *(layer for which in _STROKES for layer in _line(picture, which, plane)),
        *(layer for which in _POINTS for layer in _points(picture, which, plane)),
        *_values(picture, plane, language),
        *_names(picture, plane, language),
        *_notes(picture, language),
    ]
    return alt.layer(*layers).properties(width=_LINES, height=_HEIGHT)


def _plane(picture: TrendPicture, known: list[Fraction], language: Language) -> _Plane:
    first, last = picture.points[0].year, picture.points[-1].year
    years = Scale(first - 0.6, last + 0.6, _LINES)
    values = Scale.over(known, _HEIGHT, margin=0.15)
    step = ceil(_YEAR_WIDTH / (years.place(1) - years.place(0)))
    ticks = alt.Axis(title=None, values=list(range(last, first - 1, -step)), format="d", grid=False)
    unit = picture.measure.unit[language] or picture.measure.name[language]
    title = [unit] if values.low <= 0 <= values.high else [unit, f"({_NOT_ZERO[language]})"]
    return _Plane(
        years,
        values,
        alt.X("x:Q", scale=years.altair(), axis=ticks),
        alt.Y("y:Q", scale=values.altair(), axis=alt.Axis(title=title, tickCount=5)),
    )


def _segments(picture: TrendPicture, which: Which) -> Iterator[list[TrendPoint]]:
    """The points that a line may join: no gap and no break between them."""
    starts = {each.year for each in picture.breaks}
    segment: list[TrendPoint] = []
    for point in picture.points:
        follows = segment and point.year == segment[-1].year + 1 and point.year not in starts
        if segment and not (follows and getattr(point, which) is not None):
            yield segment
            segment = []
        if getattr(point, which) is not None:
            segment.append(point)
    if segment:
        yield segment


def _row(point: TrendPoint, which: Which) -> dict[str, Any]:
    return {"x": point.year, "y": float(getattr(point, which))}


def _line(picture: TrendPicture, which: Which, plane: _Plane) -> list[Chart]:
    return [
        mark("line", *(_row(point, which) for point in segment), look=_STROKES[which], x=plane.x, y=plane.y)
        for segment in _segments(picture, which)
        if len(segment) > 1
    ]


def _points(picture: TrendPicture, which: Which, plane: _Plane) -> list[Chart]:
    """A mark per year, open where the figures are not final."""
    look = {"stroke": BLACK, "strokeWidth": 1.5, "opacity": 1} | _POINTS[which]
    found = [point for point in picture.points if getattr(point, which) is not None]
    layers = []
    for fill, kind in ((BLACK, True), ("white", False)):
        rows = [_row(point, which) for point in found if _is_final(point) is kind]
        layers += [mark("point", *rows, look=look | {"fill": fill}, x=plane.x, y=plane.y)] if rows else []
    return layers


def _is_final(point: TrendPoint) -> bool:
    return point.status in (FigureStatus.FINAL, FigureStatus.CORRECTED)


def _values(picture: TrendPicture, plane: _Plane, language: Language) -> list[Chart]:
    """The unit's values, on the side of the line where the median is not; the newest first, as far as there is room."""
    written: list[tuple[float, float]] = []
    rows: dict[int, list[dict[str, Any]]] = {_ABOVE: [], _BELOW: []}
    for point in reversed(picture.points):
        if point.value is None:
            continue
        side = _ABOVE if point.median is None or point.value >= point.median else _BELOW
        number = picture.measure.number(point.value, language)
        x, y = plane.years.place(point.year), side - plane.values.place(float(point.value))
        if all(abs(x - other) > 7 * len(number) + 4 or abs(y - height) > 14 for other, height in written):
            written.append((x, y))
            rows[side].append(_row(point, "value") | {"text": number})
    look = {"align": "center", "baseline": "middle", "fontSize": 12, "fontWeight": "bold", "color": BLACK}
    return [
        mark("text", *found, look=look | {"dy": side}, text="text:N", x=plane.x, y=plane.y)
        for side, found in rows.items()
        if found
    ]


def _names(picture: TrendPicture, plane: _Plane, language: Language) -> list[Chart]:
    """Whose line is whose, at the height of its last value, moved apart where they end close together."""
    names: dict[Which, str] = {"value": short(picture.unit_name, 24), "median": _median(picture, language)}
    ends = []
    for which, name in names.items():
        found = [getattr(point, which) for point in picture.points if getattr(point, which) is not None]
        if found:
            ends.append((_HEIGHT - plane.values.place(float(found[-1])), which, name))
    ends.sort()
    places = spread_apart([place for place, *_ in ends], 20, _HEIGHT)
    return [
        layer for place, (_, which, name) in zip(places, ends, strict=True) for layer in _legend(which, name, place)
    ]


def _legend(which: Which, name: str, place: float) -> list[Chart]:
    """A piece of the line with its mark, and its name."""
    middle, point = _LINES + 24, _POINTS[which] | {"fill": BLACK, "stroke": BLACK, "opacity": 1}
    return [
        pixels((middle - 16, place), (middle + 16, place), **_STROKES[which]),
        mark("point", {}, look=point, x=alt.value(middle), y=alt.value(place)),
        words(name, middle + 22, place, limit=_NAMES, fontWeight="bold" if which == "value" else "normal"),
    ]


def _median(picture: TrendPicture, language: Language) -> str:
    last = [point.median for point in picture.points if point.median is not None]
    return f"{_MEDIAN[language]} {picture.measure.number(last[-1], language)}" if last else _MEDIAN[language]


def _breaks(picture: TrendPicture, plane: _Plane, language: Language) -> list[Chart]:
    """A dashed line between the years that do not compare, and why; each label in a row of its own.

    A label begins at its line, and the last is the lowest, so that no line runs through a label.
    """
    layers = []
    for number, each in enumerate(sorted(picture.breaks, key=lambda each: each.year, reverse=True)):
        place = plane.years.place(each.year - 0.5)
        top = -12 - 15 * number
        label = _BREAK.fill(label=short(each.label[language]))[language]
        layers += [
            pixels((place, top - 6), (place, _HEIGHT), strokeDash=[2, 3], strokeWidth=1.5, color=GREY),
            words(label, place + 5, top, limit=WIDTH - place - 5, fontSize=11, fontStyle="italic"),
        ]
    return layers


def _notes(picture: TrendPicture, language: Language) -> list[Chart]:
    if all(map(_is_final, picture.points)):
        return []
    return [words(_NOT_FINAL[language], _LINES, _HEIGHT + 34, align="right", fontSize=11, fontStyle="italic")]
