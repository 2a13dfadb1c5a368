"""The template for an adapter of your own: a source reading a folder of CSV files, and a rule pack with one rule.

This module is what the entry point in ``pyproject.toml`` names. Each hook says what the adapter offers. Import heavy
drivers inside ``open``, not here: every program that uses almenstyring loads this module.
"""

from __future__ import annotations

from collections.abc import Iterable

from almenstyring import Text
from almenstyring.plugins import RulePack, SourceDescriptor, hookimpl
from almenstyring_example.rules import homes_without_area
from almenstyring_example.source import CsvFolder


@hookimpl
def almenstyring_sources() -> Iterable[SourceDescriptor]:
    """The source ``example``: ``example:folder`` opens the CSV files in that folder."""
    description = Text("En mappe med CSV-filer (eksempel).", "A folder of CSV files (example).")
    yield SourceDescriptor(name="example", open=CsvFolder, description=description)


@hookimpl
def almenstyring_rules() -> Iterable[RulePack]:
    """The rule pack ``example``."""
    description = Text("Et eksempel på en regelpakke.", "An example of a rule pack.")
    yield RulePack(name="example", version="1", rules=(homes_without_area,), description=description)
