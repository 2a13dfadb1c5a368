"""Where a value came from: a person, a source, or a computation."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from attrs import frozen


class FigureStatus(StrEnum):
    """How firm a figure from a source is (da: taltype).

    PROJECTED values are carried forward until new ones exist; that is how benchmarks and percentiles
    are prefilled in practice (LBF orienterer 2014/3). CORRECTED (da: korrigeret) is final accounts that were
    mended after they were sent: a month is given for it (LBF orienterer 2011/1).
    """

    FINAL = "final"
    PROVISIONAL = "provisional"
    PROJECTED = "projected"
    CORRECTED = "corrected"


@frozen
class Typed:
    """A person wrote the value (da: indtastet); ``by`` is an opaque actor id, never a name."""

    by: str


@frozen(kw_only=True)
class Sourced:
    """A source delivered the value (da: forudfyldt): which, under what key, when, how firm."""

    source: str
    key: str
    retrieved_at: datetime
    status: FigureStatus = FigureStatus.FINAL


@frozen(kw_only=True)
class Computed:
    """The library computed the value (da: beregnet) by a definition such as ``rent_per_m2/3``."""

    definition: str
    status: FigureStatus = FigureStatus.FINAL


Provenance = Typed | Sourced | Computed
