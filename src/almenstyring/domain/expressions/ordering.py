"""Declared things that build on each other, in an order in which each comes after what it needs."""

from __future__ import annotations

import graphlib
from collections.abc import Iterable, Mapping

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.text import Text


class CycleError(InvalidValueError):
    """Declared things need each other in a circle; ``path`` is the way round, ending where it begins."""

    code = "CYCLE"

    def __init__(self, path: tuple[str, ...]) -> None:
        self.path = path
        way = " → ".join(path)
        super().__init__(
            Text(f"Definitionerne bygger på hinanden i ring: {way}.", f"The definitions need each other: {way}."),
            Text("Bryd ringen ét sted.", "Break the circle somewhere."),
            value=way,
        )


def in_order(needs: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The names so ordered that each comes after what it needs; CycleError names the circle.

    >>> in_order({"b": ["a"], "a": []})
    ('a', 'b')
    """
    sorter = graphlib.TopologicalSorter({name: sorted(set(needed)) for name, needed in needs.items()})
    try:
        return tuple(sorter.static_order())
    except graphlib.CycleError as error:
        raise CycleError(tuple(reversed(error.args[1]))) from None
