"""Promises about the tree itself: small files, a licence in every distribution, no trace of one machine."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DISTRIBUTIONS = [ROOT, *sorted(path.parent for path in ROOT.glob("adapters/*/pyproject.toml"))]
CODE = sorted([*ROOT.glob("src/**/*.py"), *ROOT.glob("adapters/*/src/**/*.py"), *ROOT.glob("tools/*.py")])
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home|Users|opt)/|pypi\.org|pythonhosted", re.ASCII)
THIS = Path(__file__).resolve()


def relative(path: Path) -> str:
    """How a file is named in a failure."""
    return path.relative_to(ROOT).as_posix()


def kept_files() -> list[Path]:
    """Every file that is or would be committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, nested ones too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def is_list_of_names(text: str) -> bool:
    """A file that only offers what others define, as a package's front does; it is looked up, not read."""
    docstring, *rest = ast.parse(text).body or [ast.Pass()]
    offers = (ast.ImportFrom, ast.Assign)
    return isinstance(docstring, ast.Expr) and bool(rest) and all(isinstance(node, offers) for node in rest)


def test_no_file_of_code_is_longer_than_a_reader_can_hold() -> None:
    texts = {relative(path): path.read_text(encoding="utf-8") for path in CODE}
    lengths = {name: len(text.splitlines()) for name, text in texts.items() if not is_list_of_names(text)}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    lengths = {
        f"{relative(path)}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in CODE
        for node in functions(path)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("folder", DISTRIBUTIONS, ids=lambda path: path.name)
def test_every_distribution_carries_its_licence_and_its_types(folder: Path) -> None:
    project = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
    assert (folder / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()
    assert project["license"] == "Apache-2.0"
    assert project["license-files"] == ["LICENSE"]
    assert (folder / "src" / project["name"].replace("-", "_") / "py.typed").is_file()


@pytest.mark.parametrize("folder", DISTRIBUTIONS[1:], ids=lambda path: path.name)
def test_an_adapter_accepts_the_core_it_was_written_for_and_no_next_major(folder: Path) -> None:
    project = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
    core = [needed for needed in project["dependencies"] if re.match(r"almenstyring\b(?!-)", needed)]
    assert len(core) == 1
    assert re.search(r">=\d+\.\d+,<\d+$", core[0])


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="without git nobody knows what is committed")
def test_no_committed_file_names_a_place_on_one_machine_or_a_registry() -> None:
    found = [
        f"{relative(path)}: {match.group()}"
        for path in kept_files()
        if path.suffix not in {".db", ".png", ".xlsx"} and path != THIS
        for match in MACHINE.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []
