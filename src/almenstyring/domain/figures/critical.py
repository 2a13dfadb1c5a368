"""Critical key figures: beyond a limit that law or source gives, or beyond nearly all peers.

Landsbyggefonden's reports list estates with critical figures; what makes one critical was found in no source. All of
this is project-authored: a figure is critical beyond the limit of its own definition, or when it is among the worst
tenth of its peers, on the side that its direction calls the worse one.
"""

from __future__ import annotations

from enum import StrEnum

from almenstyring.domain.figures.distribution import Band
from almenstyring.domain.figures.key_figures import Direction
from almenstyring.domain.figures.reckoning import Reckoning


class CriticalBy(StrEnum):
    """What makes a figure critical (da: kritisk nøgletal): a limit of law or source, or the spread of its peers."""

    LIMIT = "limit"
    PEERS = "peers"


_WORST = {Direction.LOWER: Band.ABOVE_P90, Direction.HIGHER: Band.BELOW_P10}
"""A neutral figure has no worse side, and is never critical for being unlike its peers."""


def critical_by(reckoning: Reckoning, figure_id: str, band: Band | None = None) -> tuple[CriticalBy, ...]:
    """Why a figure of a unit is critical; empty where it is not, or where it is missing.

    ``band`` is where the figure lies among its peers, None where there are none or too few. KeyError for a figure
    that the unit's year does not have.
    """
    figure, value = reckoning.definitions[figure_id], reckoning.value(figure_id)
    if value.exact is None:
        return ()
    is_worst = band is not None and band is _WORST.get(figure.direction)
    found = ((CriticalBy.LIMIT, reckoning.is_critical(figure_id)), (CriticalBy.PEERS, is_worst))
    return tuple(cause for cause, holds in found if holds)
