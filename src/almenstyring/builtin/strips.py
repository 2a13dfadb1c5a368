"""Tiny inline drawings for the cells of a table, made from a template; no driver, no outside resource.

A strip is for a glance beside the numbers: everything it shows is said in its ``<title>``. Places are whole pixels,
reckoned with exact numbers. Needs jinja2, as readable reports do.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from attrs import frozen

from almenstyring.domain.figures.picture_parts import Spread
from almenstyring.domain.figures.pictures import DistributionPicture, TrendPicture, TrendPoint
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values.counts import round_half_away

if TYPE_CHECKING:
    from jinja2 import Template

WIDTH, HEIGHT = 120, 16
"""Pixels of a strip."""

_MIDDLE = HEIGHT // 2
_NO_DISTRIBUTION = Text("ingen fordeling", "no distribution")
_NO_FIGURES = Text("ingen tal", "no figures")


@frozen
class _Shape:
    path: str
    fill: str = "none"
    stroke: str = "#000"
    width: int = 1
    dash: str = ""


@frozen
class _Axis:
    """Places exact values on pixels between two margins; one value alone is placed in the middle."""

    low: Fraction
    high: Fraction
    length: int
    margin: int = 6

    @classmethod
    def over(cls, values: Iterable[Fraction], pixels: int, margin: int = 6) -> _Axis:
        found = tuple(values)
        return cls(min(found), max(found), pixels - 2 * margin, margin)

    def place(self, value: Fraction) -> int:
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else Fraction(1, 2)
        return self.margin + round_half_away(share * self.length)


def strip_svg(picture: DistributionPicture, language: Language) -> str:
    """A distribution in a cell: a line from p10 to p90, a box between the quartiles, the median, the unit's diamond.

    Without a spread the strip says so in words. The text can be put into a page as it is.
    """
    if picture.spread is None:
        return _strip(picture.description, language, words=_NO_DISTRIBUTION)
    own = [] if picture.value is None else [picture.value]
    axis = _Axis.over([*picture.spread.quantiles, *own], WIDTH)
    shapes = [*_band(picture.spread, axis), *(_diamond(axis.place(value), _MIDDLE, 5) for value in own)]
    return _strip(picture.description, language, shapes)


def sparkline_svg(picture: TrendPicture, language: Language) -> str:
    """A trend in a cell: the unit's line with a diamond at its last value, the median dashed, breaks and gaps open."""
    known = [value for point in picture.points for value in (point.value, point.median) if value is not None]
    if not known:
        return _strip(picture.description, language, words=_NO_FIGURES)
    years = _Axis.over([Fraction(point.year) for point in picture.points], WIDTH)
    values = _Axis.over(known, HEIGHT, margin=3)
    starts = {each.year for each in picture.breaks}
    own = [(point, point.value) for point in picture.points]
    median = [(point, point.median) for point in picture.points]
    shapes = [
        _Shape(_line(median, years, values, starts), dash="2 2"),
        _Shape(_line(own, years, values, starts), width=2),
        *(_diamond(years.place(Fraction(p.year)), HEIGHT - values.place(v), 3) for p, v in own[-1:] if v is not None),
    ]
    return _strip(picture.description, language, [shape for shape in shapes if shape.path])


def _band(spread: Spread, axis: _Axis) -> list[_Shape]:
    p10, q1, median, q3, p90 = map(axis.place, spread.quantiles)
    return [
        _Shape(f"M{p10} {_MIDDLE}H{p90}M{p10} {_MIDDLE - 3}v6M{p90} {_MIDDLE - 3}v6"),
        _Shape(f"M{q1} {_MIDDLE - 5}H{q3}v10H{q1}Z", fill="#d9d9d9"),
        _Shape(f"M{median} {_MIDDLE - 5}v10", width=3),
    ]


def _diamond(x: int, y: int, half: int) -> _Shape:
    path = f"M{x} {y - half}l{half} {half}l-{half} {half}l-{half} -{half}Z"
    return _Shape(path, fill="#000", stroke="#fff")


def _line(points: list[tuple[TrendPoint, Fraction | None]], years: _Axis, values: _Axis, starts: set[int]) -> str:
    """A path that is lifted at every gap and break; a value alone is a short dash."""
    path, last = "", None
    for point, value in points:
        if value is None:
            last = None
            continue
        joins = last is not None and point.year == last + 1 and point.year not in starts
        x, y = years.place(Fraction(point.year)), HEIGHT - values.place(value)
        path += f"L{x} {y}" if joins else f"M{x - 1} {y}h2"
        last = point.year
    return path


def _strip(description: Text, language: Language, shapes: Iterable[_Shape] = (), words: Text | None = None) -> str:
    drawn = _template().render(
        width=WIDTH,
        height=HEIGHT,
        language=language,
        description=description[language],
        shapes=tuple(shapes),
        words=words[language] if words else "",
    )
    return drawn.replace("\n", "")


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # the core can be used without it

    loader = PackageLoader("almenstyring.builtin")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("strip.svg")
