"""By what method an efficiency score is computed: how best practice is chosen, and who is a peer."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

from attrs import field, frozen

from almenstyring.domain.figures.exact import Exact, check_exact
from almenstyring.domain.figures.quantiles import QuantileMethod, quantile
from almenstyring.domain.text import Text
from almenstyring.domain.values.faults import refusal

COMPUTED_LABEL = Text(
    "beregnet efter offentliggjort metode, ikke det officielle effektivitetstal",
    "computed by the published method, not the official efficiency score",
)
"""What must stand beside every score that is computed here."""
MINIMUM_PEERS = 30
"""The least number of peers. Source: almeneffektivitet.dk; official."""


class EfficiencyVariant(StrEnum):
    """How best practice is chosen (da: metode): as published, or by free disposal hull."""

    PUBLISHED = "published"
    FDH = "fdh"


def _positive(factor: Exact) -> Fraction:
    if check_exact(factor) < 0:
        raise refusal(
            Text("{value} er under nul.", "{value} is below zero."),
            Text("Hegnet ligger 0 eller flere kvartilafstande ude.", "Fences lie 0 or more interquartile ranges out."),
            factor,
        )
    return Fraction(factor)


@frozen(kw_only=True)
class OutlierRule:
    """When a unit is so cheap or so dear in total that it is nobody's peer (da: ekstrem værdi).

    That the cheapest and the dearest are left out is published, the rule is not: this one is project-authored.
    Tukey's fences: ``factor`` interquartile ranges below the first and above the third quartile of the totals per
    home in the comparable group, the quartiles found by the method "linear". Where the quartiles are
    equal nothing is an outlier, for then the fences would shut out everything that differs.

    >>> OutlierRule().fences([Fraction(n) for n in (10, 12, 14, 16, 18)])
    (Fraction(6, 1), Fraction(22, 1))
    """

    factor: Fraction = field(default=Fraction(3, 2), converter=_positive)

    def fences(self, totals: Sequence[Fraction]) -> tuple[Fraction, Fraction] | None:
        """The lowest and the highest total that is no outlier; None where there are no fences."""
        first, third = (quantile(totals, Fraction(share, 4), QuantileMethod.LINEAR) for share in (1, 3))
        if first is None or third is None or first == third:
            return None
        out = self.factor * (third - first)
        return first - out, third + out


@frozen(kw_only=True)
class EfficiencyMethod:
    """What a score was computed by; ``outliers`` None keeps everybody as a peer (da: beregningsmetode)."""

    variant: EfficiencyVariant = EfficiencyVariant.PUBLISHED
    minimum_peers: int = MINIMUM_PEERS
    outliers: OutlierRule | None = OutlierRule()
