"""Loading the variables that twins are alike in."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from almenstyring.content.reader import read_toml
from almenstyring.content.structure import Checks, structure
from almenstyring.domain.figures.twin_variables import TwinVariables, complaints_of_variables

_CHECKS = Checks(complaints={TwinVariables: complaints_of_variables})


@cache
def load_twin_variables() -> TwinVariables:
    """The variables that the library ships; read once."""
    return twin_variables_from(files("almenstyring.content") / "twins.toml")


def twin_variables_from(file: Traversable | Path) -> TwinVariables:
    """The variables of a file, so that a plug-in can bring its own.

    ContentError names file and line of every formula that cannot be read, refers to what is not there, mixes units of
    measure or gives another than declared.
    """
    return structure(read_toml(file), TwinVariables, _CHECKS)
