"""Where a value came from: a person, or a source."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from attrs import frozen


class FigureStatus(StrEnum):
    """How firm a figure from a source is (da: taltype).

    PROJECTED values are carried forward until new ones exist; that is how benchmarks and percentiles
    are prefilled in practice (LBF orienterer 2014/3).
    """

    FINAL = "final"
    PROVISIONAL = "provisional"
    PROJECTED = "projected"


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


Provenance = Typed | Sourced
