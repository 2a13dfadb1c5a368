"""Leaves the tests of what an adapter does not offer out of a contract, instead of skipping them in every run."""

from __future__ import annotations

import inspect
from collections.abc import Mapping


def leave_out_unoffered(contract: type, offered: Mapping[str, bool]) -> None:
    """Hide the contract's tests that ask for a fixture of something that is not offered.

    pytest does not collect a name that a class sets to None, though a class above it has a test of that name.
    """
    unoffered = {fixture for fixture, is_there in offered.items() if not is_there}
    for name, test in inspect.getmembers(contract, inspect.isfunction):
        if name.startswith("test_") and not unoffered.isdisjoint(inspect.signature(test).parameters):
            setattr(contract, name, None)


def is_overridden(contract: type, base: type, fixture: str) -> bool:
    """Whether a contract has its own fixture instead of the one of the class it builds on."""
    return inspect.getattr_static(contract, fixture) is not vars(base)[fixture]
