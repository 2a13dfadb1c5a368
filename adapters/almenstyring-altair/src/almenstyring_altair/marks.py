"""The vocabulary of the charts: black, white and grey, shapes, dashes and words; never colour alone.

Numbers become floats here and only here: a place on a page is no figure.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import altair as alt
from attrs import frozen

Chart = Any
"""A chart or a layer of one. altair says of layers that they may be something else, so its types are of no help."""

WIDTH = 600
BLACK, DARK, GREY, LIGHT = "#000000", "#404040", "#6b6b6b", "#d9d9d9"
FONT = "sans-serif"
_LINE = 100


@frozen
class Scale:
    """An axis: the values at its ends and its length in pixels."""

    low: float
    high: float
    length: int

    @classmethod
    def over(cls, values: Iterable[Fraction], length: int, margin: float = 0.06) -> Scale:
        """An axis with room for all the values; one value alone stands in the middle."""
        given = [float(value) for value in values]
        low, high = min(given, default=0.0), max(given, default=1.0)
        room = margin * (high - low) or max(1.0, 0.1 * abs(high))
        return cls(low - room, high + room, length)

    def place(self, value: float) -> float:
        """The distance in pixels from the low end."""
        return (value - self.low) / (self.high - self.low) * self.length

    def value(self, place: float) -> float:
        """The value at a distance in pixels."""
        return self.low + place / self.length * (self.high - self.low)

    def altair(self) -> alt.Scale:
        """The same for altair."""
        return alt.Scale(domain=[self.low, self.high], nice=False, zero=False)


def spread_apart(places: Sequence[float], gap: float, highest: float) -> list[float]:
    """Rising places moved to both sides until there is ``gap`` between them, from 0 to ``highest`` if there is room."""
    up = _pushed_up(places, gap, highest)
    down = [highest - place for place in reversed(_pushed_up([highest - p for p in reversed(places)], gap, highest))]
    return [(one + other) / 2 for one, other in zip(up, down, strict=True)]


def _pushed_up(places: Sequence[float], gap: float, highest: float) -> list[float]:
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + gap) if moved else max(place, 0.0))
    for index in range(len(moved) - 1, -1, -1):
        limit = moved[index + 1] - gap if index + 1 < len(moved) else highest
        moved[index] = min(moved[index], limit)
    return moved


def mark(kind: str, *rows: Mapping[str, Any], look: Mapping[str, Any], **where: Any) -> Chart:
    """Marks of a kind, one per row of data, or one line through them; ``where`` says how data become places."""
    chart: Any = alt.Chart({"values": list(rows)})
    return getattr(chart, f"mark_{kind}")(**look).encode(**where)


def pixels(start: tuple[float, float], end: tuple[float, float], **look: Any) -> Chart:
    """A line between two places in pixels."""
    ends = {"x": start[0], "y": start[1], "x2": end[0], "y2": end[1]}
    return mark("rule", {}, look=look, **{name: alt.value(place) for name, place in ends.items()})


def short(name: str, longest: int = 48) -> str:
    """A name that fits in the drawing; the whole of it is in the description."""
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def words(text: str, x: float, y: float, **style: Any) -> Chart:
    """A text at a place in pixels."""
    look = {"align": "left", "baseline": "middle", "fontSize": 12, "color": BLACK, "limit": WIDTH} | style
    return mark("text", {"text": text}, look=look, text="text:N", x=alt.value(x), y=alt.value(y))


def empty(own: str, why: str) -> Chart:
    """A chart that says what is known of the unit, and why nothing is drawn."""
    reason = _wrapped(why, _LINE - 10)
    layers = [words(line, 0, 32 + 18 * number, fontSize=13, fontStyle="italic") for number, line in enumerate(reason)]
    height = 30 + 18 * len(reason)
    return alt.layer(words(own, 0, 8, fontSize=13, fontWeight="bold"), *layers).properties(width=WIDTH, height=height)


def framed(chart: Chart, title: str, caption: str) -> Chart:
    """The chart with its title and caption, in the look all pictures share."""
    head = alt.TitleParams(
        text=_wrapped(title, _LINE - 26),
        subtitle=_wrapped(caption, _LINE),
        anchor="start",
        frame="bounds",
        fontSize=15,
        subtitleFontSize=12,
        subtitleColor=DARK,
        color=BLACK,
        offset=14,
        subtitlePadding=4,
    )
    return (
        chart.properties(title=head, padding=14, background="white")
        .configure(font=FONT, aria=False)
        .configure_view(stroke=None)
        .configure_axis(
            labelFontSize=11,
            titleFontSize=12,
            titleFontWeight="normal",
            labelColor=BLACK,
            titleColor=BLACK,
            gridColor="#e6e6e6",
            domainColor=GREY,
            tickColor=GREY,
        )
    )


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, max_lines=4, placeholder=" …") or [""]
