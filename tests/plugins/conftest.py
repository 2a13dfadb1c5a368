"""Real distributions with real entry points, small enough to be written by a test."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Protocol

import pytest

HEAD = """
from almenstyring import *
from almenstyring.plugins import *

HEARD = []

def store(name, **more):
    return StoreDescriptor(name=name, open=lambda place: None, description=Text("Et lager", "A store"), **more)

def exporter(name, *suffixes):
    return ExporterDescriptor(name=name, suffixes=suffixes, export=print, description=Text("Et format", "A format"))

def pack(name, *years):
    years = tuple(ReportYear(year) for year in years)
    return StandardPack(name=name, years=years, load=print, description=Text("En standard", "A standard"))
"""

GOOD = """
@hookimpl
def almenstyring_stores():
    yield store("good")

@hookimpl
def almenstyring_package_moved(event):
    HEARD.append(event)
"""


class Install(Protocol):
    """Install a distribution with one plug-in; returns the name of its module."""

    def __call__(self, name: str, code: str = GOOD, *, of: str = "", version: str = "1.0") -> str: ...


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Puts a module and its ``.dist-info`` on the path; ``of`` is the distribution, if not named after the plug-in."""
    modules: list[str] = []

    def make(name: str, code: str = GOOD, *, of: str = "", version: str = "1.0") -> str:
        module = f"almenstyring_tried_{len(modules)}"
        distribution = of or f"almenstyring-{name}"
        folder = tmp_path / module
        info = folder / f"{distribution.replace('-', '_')}-{version}.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n")
        (info / "entry_points.txt").write_text(f"[almenstyring]\n{name} = {module}\n")
        (folder / f"{module}.py").write_text(HEAD + dedent(code), encoding="utf-8")
        modules.append(module)
        monkeypatch.syspath_prepend(folder)
        return module

    yield make
    for module in modules:
        sys.modules.pop(module, None)
