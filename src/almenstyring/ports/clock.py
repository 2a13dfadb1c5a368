"""The clock: the only place the time comes from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time, aware and in UTC; only audit timestamps come from it."""

    def __call__(self) -> datetime:
        """The time now."""


def system_clock() -> datetime:
    """The machine's clock in UTC."""
    return datetime.now(UTC)
