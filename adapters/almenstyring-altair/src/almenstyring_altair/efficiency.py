"""The efficiency bar: from 0 to the score, the potential behind it, and the red limit as a dashed line."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import altair as alt

from almenstyring import Language, Text
from almenstyring.ports import EfficiencyPicture
from almenstyring_altair.marks import BLACK, DARK, LIGHT, WIDTH, Chart, empty, mark, short, words

_HEIGHT = 110
_TOP, _BOTTOM = 44, 78
_EDGE = 60
_LIMIT = Text("rød grænse {limit}", "red limit {limit}")
_POTENTIAL = Text("potentiale {potential}", "potential {potential}")


def chart(picture: EfficiencyPicture, language: Language) -> Chart:
    """The chart without its title."""
    score = picture.score
    if score is None:
        return empty(short(picture.unit_name), picture.why_empty[language])
    highest = max(100.0, float(score), float(picture.red_limit))
    axis = alt.Axis(title=picture.SCORE.name[language], tickCount=10, grid=False)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, highest], nice=False), axis=axis)
    said = f"{short(picture.unit_name)}: {picture.SCORE.display(score)[language]}, {picture.verdict[language]}"
    layers = [
        _bar(0, float(score), x, fill=DARK, stroke=BLACK),
        *_potential(picture, score, highest, x, language),
        *_limit(picture, highest, x, language),
        words(said, 0, 8, fontSize=13, fontWeight="bold"),
    ]
    return alt.layer(*layers).properties(width=WIDTH, height=_HEIGHT)


def _bar(start: float, end: float, x: alt.X, **look: Any) -> Chart:
    across = {"y": alt.value(_TOP), "y2": alt.value(_BOTTOM)}
    return mark("rect", {"x": start, "x2": end}, look={"strokeWidth": 1.5} | look, x=x, x2="x2:Q", **across)


def _potential(
    picture: EfficiencyPicture, score: Fraction, highest: float, x: alt.X, language: Language
) -> list[Chart]:
    potential = picture.potential
    if potential is None:
        return []
    end = min(highest, float(score + potential))
    label = _POTENTIAL.fill(potential=picture.PERCENT.display(potential))[language]
    return [
        _bar(float(score), end, x, fill=LIGHT, stroke=BLACK, strokeDash=[3, 3]),
        words(label, WIDTH, _BOTTOM + 14, align="right"),
    ]


def _limit(picture: EfficiencyPicture, highest: float, x: alt.X, language: Language) -> list[Chart]:
    limit = float(picture.red_limit)
    across = {"x": x, "y": alt.value(_TOP - 8), "y2": alt.value(_BOTTOM + 8)}
    dashed = {"strokeWidth": 2, "strokeDash": [6, 3], "color": BLACK}
    label = _LIMIT.fill(limit=picture.limit_shown)[language]
    place = limit / highest * WIDTH
    align = "left" if place < _EDGE else "right" if place > WIDTH - _EDGE else "center"
    return [
        mark("rule", {"x": limit}, look={"strokeWidth": 4, "color": "white"}, **across),
        mark("rule", {"x": limit}, look=dashed, **across),
        words(label, place, _TOP - 16, align=align),
    ]
