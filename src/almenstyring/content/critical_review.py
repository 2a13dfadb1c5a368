"""Loading the checklist of the critical review."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from attrs import frozen

from almenstyring.content.reader import read_toml
from almenstyring.content.structure import structure
from almenstyring.domain.dialogue.critical_review import ChecklistItem


@frozen(kw_only=True)
class _Checklist:
    item: tuple[ChecklistItem, ...]


@cache
def load_checklist() -> tuple[ChecklistItem, ...]:
    """The items of the critical review that the library ships, of all years; read once.

    >>> [str(item.law) for item in load_checklist()][:2]
    ['DB § 116, stk. 1', 'DB § 74, stk. 1']
    """
    return checklist_from(files("almenstyring.content") / "critical_review.toml")


def checklist_from(file: Traversable | Path) -> tuple[ChecklistItem, ...]:
    """The items of a file of the same form; ContentError with every fault, its file and its line."""
    return structure(read_toml(file), _Checklist).item
