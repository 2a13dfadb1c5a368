"""Pictures of figures as plain data: what is shown, not how it is drawn.

A picture holds exact numbers and says itself, in whole sentences, what it shows, for those who cannot see it.
Renderers (``almenstyring.ports.PictureRenderer``) draw it. A picture is not a figure: nothing is read back from it.
"""

from __future__ import annotations

import json
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Any, ClassVar

from attrs import Attribute, asdict, evolve, field, frozen

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.figures.picture_parts import Measure, Spread, exact, exact_all, exact_or_none, line, lines
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.text import Text, joined

SYNTHETIC_MARK = Text("SYNTETISK: {text}", "SYNTETISK: {text}")
COMPUTED_LABEL = Text(
    "beregnet efter offentliggjort metode, ikke det officielle effektivitetstal",
    "computed by the published method, not the official efficiency score",
)
OFFICIAL_LABEL = Text("det officielle effektivitetstal", "the official efficiency score")
STATUS_WORDS = {
    FigureStatus.FINAL: Text("endelige tal", "final figures"),
    FigureStatus.PROVISIONAL: Text("foreløbige tal", "provisional figures"),
    FigureStatus.PROJECTED: Text("fremskrevne tal", "projected figures"),
    FigureStatus.CORRECTED: Text("korrigerede tal", "corrected figures"),
}


@frozen(kw_only=True)
class _OfUnit:
    """What all pictures share: whose they are, and whether that unit is invented."""

    unit_name: str = field(converter=line)
    is_synthetic: bool

    def _marked(self, text: Text) -> Text:
        return SYNTHETIC_MARK.fill(text=text) if self.is_synthetic else text


@frozen(kw_only=True)
class DistributionPicture(_OfUnit):
    """A peer group's values with the unit marked (da: fordeling).

    ``group`` names the peers in the plural, as after a number; ``year`` is the accounting year. Without a ``spread``
    the picture only says ``why_empty``. ``single_values`` are drawn as dots; giving them is the caller's permission,
    and below ``FEWEST_DOTS`` peers they are refused (a convention of this project).
    """

    measure: Measure
    group: Text = field(converter=lines)
    year: int
    value: Fraction | None = field(converter=exact_or_none)
    spread: Spread | None
    status: FigureStatus = FigureStatus.FINAL
    single_values: tuple[Fraction, ...] = field(default=(), converter=exact_all)
    why_empty: Text = field(
        default=Text("Fordelingen kan ikke vises.", "The distribution cannot be shown."), converter=lines
    )

    FEWEST_DOTS: ClassVar[int] = 10

    @single_values.validator
    def _check_dots(self, _: Attribute[Any], values: tuple[Fraction, ...]) -> None:
        n = self.spread.n if self.spread else 0
        if values and (len(values) != n or n < self.FEWEST_DOTS):
            raise InvalidValueError(
                Text(
                    f"{len(values)} enkeltværdier kan ikke vises i en gruppe på {n}.",
                    f"{len(values)} single values cannot be shown in a group of {n}.",
                ),
                Text(
                    f"Giv alle gruppens værdier, og kun fra {self.FEWEST_DOTS} enheder.",
                    f"Give all values of the group, and only from {self.FEWEST_DOTS} units.",
                ),
                n=n,
            )

    @property
    def title(self) -> Text:
        """One line: the figure and the year, and SYNTETISK for an invented unit."""
        head = Text("{name}, regnskabsår {year}", "{name}, accounting year {year}")
        return self._marked(head.fill(name=self.measure.name, year=self.year))

    @property
    def caption(self) -> Text:
        """What the figures rest on: the group, how firm, which quantiles."""
        if self.spread is None:
            return self.group
        said = Text("{n} {group}, {status}, fraktiler: {method}", "{n} {group}, {status}, quantiles: {method}")
        return said.fill(n=self.spread.n, group=self.group, status=STATUS_WORDS[self.status], method=self.spread.method)

    @property
    def description(self) -> Text:
        """Everything the picture shows, in sentences."""
        own = Text("{unit} har {value}", "{unit} has {value}")
        own = own.fill(unit=self.unit_name, value=self.measure.display(self.value))
        if self.spread is None:
            return _sentences(self.title, own, self.why_empty)
        if self.value is not None:
            where = self.spread.position(self.value)
            own = Text("{own}, {where}", "{own}, {where}").fill(own=own, where=where)
        quantiles = [
            Text("{name} {value}", "{name} {value}").fill(name=name, value=self.measure.display(quantile))
            for name, quantile in zip(self.spread.NAMES, self.spread.quantiles, strict=True)
        ]
        group = Text("Gruppen er {caption}", "The group is {caption}").fill(caption=self.caption)
        return _sentences(self.title, own, group, joined(quantiles, "; "))


@frozen(kw_only=True)
class TrendPoint:
    """One accounting year of a series (da: punkt); a missing value is None and never zero."""

    year: int
    value: Fraction | None = field(default=None, converter=exact_or_none)
    median: Fraction | None = field(default=None, converter=exact_or_none)
    status: FigureStatus = FigureStatus.FINAL


@frozen(kw_only=True)
class TrendBreak:
    """A change of method or organisation (da: databrud): years from ``year`` do not compare with those before."""

    year: int
    label: Text = field(converter=lines)


@frozen(kw_only=True)
class TrendPicture(_OfUnit):
    """A unit's values over the years against the median of its peers (da: udvikling).

    Years stand in order and only once; a year that is left out is a gap as one without a value is.
    """

    measure: Measure
    group: Text = field(converter=lines)
    points: tuple[TrendPoint, ...] = field()
    breaks: tuple[TrendBreak, ...] = ()

    @points.validator
    def _check_years(self, _: Attribute[Any], points: tuple[TrendPoint, ...]) -> None:
        if not points or any(first.year >= second.year for first, second in pairwise(points)):
            raise InvalidValueError(
                Text("En udvikling har mindst ét år, og årene stiger.", "A trend has a year, and its years rise."),
                Text("Giv hvert år én gang, det ældste først.", "Give each year once, the oldest first."),
                years=[point.year for point in points],
            )

    @property
    def title(self) -> Text:
        """One line: the figure and the years, and SYNTETISK for an invented unit."""
        first, last = self.points[0].year, self.points[-1].year
        head = (
            Text("{name}, regnskabsår {first}-{last}", "{name}, accounting years {first}-{last}")
            if first < last
            else Text("{name}, regnskabsår {last}", "{name}, accounting year {last}")
        )
        return self._marked(head.fill(name=self.measure.name, first=first, last=last))

    @property
    def caption(self) -> Text:
        """Whose values are shown against whose."""
        said = Text("{unit} mod medianen for {group}", "{unit} against the median of {group}")
        return said.fill(unit=self.unit_name, group=self.group)

    @property
    def description(self) -> Text:
        """Every year with both values, and every break, in sentences."""
        break_from = Text("Databrud fra {year}: {label}", "Break from {year}: {label}")
        breaks = [break_from.fill(year=each.year, label=each.label) for each in self.breaks]
        return _sentences(self.title, self.caption, joined([self._said(each) for each in self.points], "; "), *breaks)

    def _said(self, point: TrendPoint) -> Text:
        firm = (
            ""
            if point.status is FigureStatus.FINAL
            else Text(", {status}", ", {status}").fill(status=STATUS_WORDS[point.status])
        )
        return Text("{year}: {value} (median {median}{firm})", "{year}: {value} (median {median}{firm})").fill(
            year=point.year,
            value=self.measure.display(point.value),
            median=self.measure.display(point.median),
            firm=firm,
        )


@frozen(kw_only=True)
class EfficiencyPicture(_OfUnit):
    """A unit's efficiency score against the red limit (da: effektivitetstal), in percent.

    A score of None says ``why_empty``. ``peers`` and ``best_practice`` are what the score rests on, where known.
    The red limit is 70 (Effektiviseringsenheden, tilsynstema 2017/2018); any other is not official.
    """

    year: int
    score: Fraction | None = field(converter=exact_or_none)
    potential: Fraction | None = field(default=None, converter=exact_or_none)
    is_official: bool = False
    red_limit: Fraction = field(default=Fraction(70), converter=exact)
    peers: int | None = None
    best_practice: str = field(default="", converter=line)
    why_empty: Text = field(default=Text("Der er intet effektivitetstal.", "There is no score."), converter=lines)

    SCORE: ClassVar[Measure] = Measure(
        name=Text("Effektivitetstal", "Efficiency score"), unit=Text("", ""), pattern=Text("{figure}", "{figure}")
    )
    PERCENT: ClassVar[Measure] = Measure(
        name=Text("Potentiale", "Potential"), unit=Text("pct.", "%"), pattern=Text("{figure} pct.", "{figure}%")
    )

    @property
    def is_red(self) -> bool:
        """Whether the score is below the red limit."""
        return self.score is not None and self.score < self.red_limit

    @property
    def label(self) -> Text:
        """Whether the score is official or computed here."""
        return OFFICIAL_LABEL if self.is_official else COMPUTED_LABEL

    @property
    def limit_shown(self) -> Text:
        """The red limit as it is written, without decimals where it has none."""
        shown = self.SCORE if self.red_limit.denominator > 1 else evolve(self.SCORE, decimals=0)
        return shown.display(self.red_limit)

    @property
    def verdict(self) -> Text:
        """Which side of the red limit the score is on, in words."""
        side = (
            Text("rød (under {limit})", "red (below {limit})")
            if self.is_red
            else Text("ikke rød ({limit} eller derover)", "not red ({limit} or above)")
        )
        return side.fill(limit=self.limit_shown)

    @property
    def title(self) -> Text:
        """One line: score and year, and SYNTETISK for an invented unit."""
        head = Text("Effektivitetstal, regnskabsår {year}", "Efficiency score, accounting year {year}")
        return self._marked(head.fill(year=self.year))

    @property
    def caption(self) -> Text:
        """How the score came about."""
        peers = Text(", {n} at sammenligne med", ", {n} peers").fill(n=self.peers) if self.peers is not None else ""
        best = Text(", bedste praksis: {name}", ", best practice: {name}").fill(name=self.best_practice)
        return Text("{label}{peers}{best}", "{label}{peers}{best}").fill(
            label=self.label, peers=peers, best=best if self.best_practice else ""
        )

    @property
    def description(self) -> Text:
        """Score, side of the limit, potential where it is known, and what it rests on, in sentences."""
        basis = Text("Tallet er {caption}", "The score is {caption}").fill(caption=self.caption)
        if self.score is None:
            return _sentences(self.title, Text(self.unit_name, self.unit_name), self.why_empty, basis)
        own = Text("{unit} har effektivitetstallet {score}, {verdict}", "{unit} has the score {score}, {verdict}").fill(
            unit=self.unit_name, score=self.SCORE.display(self.score), verdict=self.verdict
        )
        if self.potential is None:
            return _sentences(self.title, own, basis)
        potential = Text("Potentialet er {potential}", "The potential is {potential}")
        return _sentences(self.title, own, potential.fill(potential=self.PERCENT.display(self.potential)), basis)


Picture = DistributionPicture | TrendPicture | EfficiencyPicture


class PictureKind(StrEnum):
    """What a picture of a key figure shows (da: billedtype)."""

    DISTRIBUTION = "distribution"
    TREND = "trend"
    EFFICIENCY = "efficiency"


def canonical_picture(picture: Picture) -> str:
    """The picture as one text that is the same for equal pictures and another for unequal ones; caches use it."""
    content = asdict(picture, value_serializer=_plain)
    return json.dumps([type(picture).__name__, content], sort_keys=True)


def _plain(_: type, __: Attribute[Any], value: object) -> object:
    if isinstance(value, tuple) and value and isinstance(value[0], Fraction):
        return [str(each) for each in value]
    return str(value) if isinstance(value, Fraction) else value


def _sentences(*texts: Text) -> Text:
    """The texts after each other, each ending in one full stop."""
    return joined((Text(f"{text.da.rstrip('.')}.", f"{text.en.rstrip('.')}.") for text in texts), " ")
