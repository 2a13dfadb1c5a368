"""The distribution: a line from p10 to p90, a box from quartile to quartile, a median, and the unit as a diamond."""

from __future__ import annotations

from fractions import Fraction

import altair as alt

from almenstyring import Language
from almenstyring.ports import DistributionPicture, Spread
from almenstyring_altair.marks import (
    BLACK,
    DARK,
    GREY,
    LIGHT,
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

_HEIGHT, _LOW = 190, 160
_UNIT_TEXT, _BAND, _HALF = 12, 66, 18
_LABELS, _DOTS = 124, 172
_LABEL_WIDTH = 104
_THREAD = {"strokeWidth": 0.75, "color": GREY}


def chart(picture: DistributionPicture, language: Language) -> Chart:
    """The chart without its title."""
    spread = picture.spread
    if spread is None:
        return empty(_own(picture, language), picture.why_empty[language])
    unit = () if picture.value is None else (picture.value,)
    scale = Scale.over((*spread.quantiles, *picture.single_values, *unit), WIDTH)
    axis_title = f"{picture.measure.name[language]}, {picture.measure.unit[language]}".strip(", ")
    x = alt.X("x:Q", scale=scale.altair(), axis=alt.Axis(title=axis_title, tickCount=6, grid=False))
    layers = [*_band(spread, x), *_labels(picture, spread, x, scale, language), *_dots(picture.single_values, x)]
    if picture.value is None:
        layers.append(words(_own(picture, language), 0, _UNIT_TEXT, fontSize=13, fontWeight="bold"))
    else:
        layers += _unit(picture, picture.value, x, scale, language)
    return alt.layer(*layers).properties(width=WIDTH, height=_HEIGHT if picture.single_values else _LOW)


def _own(picture: DistributionPicture, language: Language) -> str:
    return f"{short(picture.unit_name)}: {picture.measure.display(picture.value)[language]}"


def _band(spread: Spread, x: alt.X) -> list[Chart]:
    p10, q1, median, q3, p90 = map(float, spread.quantiles)
    thin, box = {"strokeWidth": 2, "color": BLACK}, {"fill": LIGHT, "stroke": BLACK, "strokeWidth": 1.5}
    high = {"y": alt.value(_BAND - _HALF), "y2": alt.value(_BAND + _HALF)}
    low = {"y": alt.value(_BAND - 8), "y2": alt.value(_BAND + 8)}
    return [
        mark("rule", {"x": p10, "x2": p90}, look=thin, x=x, x2="x2:Q", y=alt.value(_BAND)),
        mark("rule", {"x": p10}, {"x": p90}, look=thin, x=x, **low),
        mark("rect", {"x": q1, "x2": q3}, look=box, x=x, x2="x2:Q", **high),
        mark("rule", {"x": median}, look=thin | {"strokeWidth": 4}, x=x, **high),
    ]


def _labels(picture: DistributionPicture, spread: Spread, x: alt.X, scale: Scale, language: Language) -> list[Chart]:
    """Name and value of each quantile, moved apart where they lie close, each with a line to its place."""
    places = [scale.place(float(quantile)) for quantile in spread.quantiles]
    longest = max(len(picture.measure.number(quantile, language)) for quantile in spread.quantiles)
    width = min(WIDTH / len(places), max(_LABEL_WIDTH, 7 * longest + 6))
    inner = width / 2 - 20
    moved = [place + inner for place in spread_apart([p - inner for p in places], width, WIDTH - 2 * inner)]
    rows = [
        {
            "x": float(quantile),
            "label": scale.value(label),
            "name": name[language],
            "number": picture.measure.number(quantile, language),
        }
        for name, quantile, label in zip(spread.NAMES, spread.quantiles, moved, strict=True)
    ]
    ends = {"x2": "label:Q", "y": alt.value(_BAND + _HALF + 2), "y2": alt.value(_LABELS - 10)}
    at = alt.X("label:Q", scale=scale.altair())
    look = {"align": "center", "baseline": "middle"}
    small, bold = {"fontSize": 11, "color": DARK}, {"fontSize": 12, "fontWeight": "bold", "color": BLACK}
    return [
        mark("rule", *rows, look=_THREAD, x=x, **ends),
        mark("text", *rows, look=look | small, text="name:N", x=at, y=alt.value(_LABELS)),
        mark("text", *rows, look=look | bold, text="number:N", x=at, y=alt.value(_LABELS + 15)),
    ]


def _dots(values: tuple[Fraction, ...], x: alt.X) -> list[Chart]:
    """Single values as open circles in three rows, so that equal ones can be told apart."""
    circle = {"shape": "circle", "size": 22, "stroke": BLACK, "filled": False, "strokeWidth": 0.8}
    ordered = sorted(values)
    return [
        mark("point", *({"x": float(value)} for value in ordered[row::3]), look=circle, x=x, y=alt.value(place))
        for row, place in enumerate((_DOTS - 7, _DOTS, _DOTS + 7))
        if ordered[row::3]
    ]


def _unit(picture: DistributionPicture, value: Fraction, x: alt.X, scale: Scale, language: Language) -> list[Chart]:
    place = scale.place(float(value))
    align = "left" if place < WIDTH / 3 else "right" if place > 2 * WIDTH / 3 else "center"
    at = place - 6 if align == "left" else place + 6 if align == "right" else place
    diamond = {"shape": "diamond", "size": 230, "fill": BLACK, "stroke": "white", "strokeWidth": 2, "opacity": 1}
    return [
        pixels((place, _UNIT_TEXT + 10), (place, _BAND - 12), **_THREAD),
        mark("point", {"x": float(value)}, look=diamond, x=x, y=alt.value(_BAND)),
        words(_own(picture, language), at, _UNIT_TEXT, align=align, fontSize=13, fontWeight="bold"),
    ]
