"""Loading the state's supervision themes."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from attrs import frozen

from almenstyring.content.reader import read_toml
from almenstyring.content.structure import structure
from almenstyring.domain.dialogue.preparing import SupervisionTheme


@frozen(kw_only=True)
class _Themes:
    theme: tuple[SupervisionTheme, ...]


@cache
def load_themes() -> tuple[SupervisionTheme, ...]:
    """The themes that were found; read once.

    >>> [theme.title.da for theme in load_themes()]
    ['røde afdelinger']
    """
    return themes_from(files("almenstyring.content") / "supervision_themes.toml")


def themes_from(file: Traversable | Path) -> tuple[SupervisionTheme, ...]:
    """The themes of a file of the same form; ContentError with every fault, its file and its line."""
    return structure(read_toml(file), _Themes).theme
