"""What the tests of expressions share: something of every kind to refer to."""

from __future__ import annotations

import pytest

from almenstyring.domain.expressions import (
    KRONER,
    Kind,
    Measure,
    NumberKind,
    PresenceKind,
    Scope,
    TextKind,
    TruthKind,
)

KINDS: dict[str, Kind] = {
    "112.1": NumberKind(measure=KRONER),
    "homes": NumberKind(measure=Measure.parse("home")),
    "homes_area": NumberKind(measure=Measure.parse("m2")),
    "share": NumberKind(measure=Measure.parse("pct")),
    "bare": NumberKind(measure=Measure()),
    "colour": TextKind(frozenset({"red", "green"})),
    "choice": TextKind(frozenset({"yes", "no"})),
    "note": TextKind(),
    "day": PresenceKind(),
    "truth": TruthKind(),
}


@pytest.fixture
def scope() -> Scope:
    """Something of every kind; nothing else is known."""
    return lambda reference: KINDS.get(reference.key)
