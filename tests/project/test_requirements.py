"""The lock file: pinned, hashed, complete, and without an address."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = sorted((ROOT / "requirements").iterdir())
PROJECTS = [ROOT / "pyproject.toml", *sorted(ROOT.glob("adapters/*/pyproject.toml"))]


def name_of(requirement: str) -> str:
    """The normalised name at the start of a requirement."""
    return re.split(r"[^A-Za-z0-9._-]", requirement.strip())[0].lower().replace("_", "-")


def pins(text: str) -> Iterator[str]:
    """The logical lines of a requirements file."""
    return (line for line in text.replace("\\\n", " ").splitlines() if line.strip())


def direct_requirements(project: Path) -> set[str]:
    """Everything a project file asks for by name, ours left out."""
    content = tomllib.loads(project.read_text())
    wanted = list(content["project"]["dependencies"])
    for group in (content["project"].get("optional-dependencies", {}), content.get("dependency-groups", {})):
        wanted += [requirement for requirements in group.values() for requirement in requirements]
    return {name for name in map(name_of, wanted) if not name.startswith("almenstyring")}


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_a_requirements_file_names_no_address(path: Path) -> None:
    assert "://" not in path.read_text()


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_requirement_is_pinned_and_hashed(path: Path) -> None:
    loose = [line for line in pins(path.read_text()) if "==" not in line or "--hash=sha256:" not in line]
    assert loose == []


@pytest.mark.parametrize("project", PROJECTS, ids=lambda path: path.parent.name)
def test_the_lock_holds_every_direct_requirement(project: Path) -> None:
    locked = {name_of(line) for line in pins((ROOT / "requirements" / "lock.txt").read_text())}
    assert direct_requirements(project) - locked == set()
