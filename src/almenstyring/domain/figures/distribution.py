"""How one key figure is spread over a group of peers, and where one unit lies in it.

The group is the same whoever looks: a unit is among its own peers. A comparison shows a spread and no list of
names in order; nobody has published what a good figure is.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.figures.key_figures import Weighting
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.figures.quantiles import QuantileMethod
from almenstyring.domain.text import Text
from almenstyring.domain.values import Number, Ratio
from almenstyring.domain.values.faults import refusal


class Band(StrEnum):
    """Which part of a distribution a figure lies in (da: placering)."""

    BELOW_P10 = "below_p10"
    P10_TO_Q1 = "p10_to_q1"
    MIDDLE_HALF = "middle_half"
    Q3_TO_P90 = "q3_to_p90"
    ABOVE_P90 = "above_p90"

    @property
    def sentence(self) -> Text:
        """The part in words."""
        return _SENTENCES[self]


_SENTENCES = {
    Band.BELOW_P10: Text("Under 10-percentilen.", "Below the 10th percentile."),
    Band.P10_TO_Q1: Text(
        "Mellem 10-percentilen og nedre kvartil.", "Between the 10th percentile and the lower quartile."
    ),
    Band.MIDDLE_HALF: Text("Mellem nedre og øvre kvartil.", "Between the lower and the upper quartile."),
    Band.Q3_TO_P90: Text(
        "Mellem øvre kvartil og 90-percentilen.", "Between the upper quartile and the 90th percentile."
    ),
    Band.ABOVE_P90: Text("Over 90-percentilen.", "Above the 90th percentile."),
}


@frozen(kw_only=True)
class Minimum:
    """The least that may be shown (da: mindstekrav).

    ``members`` units of the group must have a value. Where the figure is about residents, a unit with fewer than
    ``residents`` on 1 January, or with an unknown number, is left out of the group.
    """

    members: int = 5
    residents: int = 0

    def __attrs_post_init__(self) -> None:
        for least, lowest in ((self.members, 1), (self.residents, 0)):
            if type(least) is not int or least < lowest:
                raise refusal(
                    Text("{value} er ikke et mindste antal.", "{value} is not a least number."),
                    Text("Skriv et helt tal; mindst ét medlem.", "Write a whole number; at least one member."),
                    least,
                )


SMALL_GROUPS = Minimum()
"""Project-authored: no official limit for small groups was found."""
FOR_EFFICIENCY = Minimum(members=30)
"""Effektiviseringsenheden compares with at least 30 peers (almeneffektivitet.dk)."""
FOR_RESIDENT_DATA = Minimum(residents=100)
"""Landsbyggefonden shows resident data only of estates with at least 100 residents on 1 January."""


@frozen(kw_only=True)
class Subject:
    """What a distribution is of (da: emne): which key figure, in which group of peers, for which year."""

    figure: str
    group: str
    year: ReportYear


@frozen
class Quantiles:
    """The quantiles that are shown (da: fraktiler): 10 %, 25 %, half, 75 % and 90 % of the members lie below."""

    p10: Number
    q1: Number
    median: Number
    q3: Number
    p90: Number


@frozen(kw_only=True)
class Distribution:
    """How a key figure is spread over a group of peers (da: fordeling), rounded once to ``decimals``.

    ``n`` members have a value, ``missing`` have none, and ``left_out`` have too few residents. ``mean`` and
    ``quantiles`` are None where the group is too small to be shown; ``mean`` also where all weights are zero. The least
    and the greatest figure are never shown: each is the figure of one unit. ``status`` is that of the least firm
    member: projected if one of them is.
    """

    subject: Subject
    n: int
    missing: int
    left_out: int
    mean: Number | None
    weighting: Weighting
    quantiles: Quantiles | None
    method: QuantileMethod
    minimum: Minimum
    decimals: int
    status: FigureStatus

    @property
    def suppressed(self) -> Text | None:
        """Why nothing but the number of members is shown; None where the figures are.

        The number stays: it counts units that anybody can find in the register, and tells nobody's figure.
        """
        if self.n >= self.minimum.members:
            return None
        return Text(
            "Fordelingen vises ikke: {n} i gruppen har et tal, og der skal være mindst {least}.",
            "The distribution is not shown: {n} in the group have a figure, and at least {least} must have one.",
        ).fill(n=self.n, least=self.minimum.members)


@frozen(kw_only=True)
class Place:
    """Where one figure lies in a distribution (da: placering i fordelingen).

    ``percentile`` is the share of the members whose figure is strictly less, and half of those whose figure is the
    same, the unit itself among them. ``band`` rests on the exact figures, not on the rounded ones.
    """

    percentile: Ratio
    band: Band
