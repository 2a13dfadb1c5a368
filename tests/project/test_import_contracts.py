"""The import contracts: they hold, and each goes red on a planted violation."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [ROOT / "src", *sorted(ROOT.glob("adapters/*/src"))]
DOMAIN = ROOT / "src" / "almenstyring" / "domain"
ADAPTER = "adapters/almenstyring-excel/src/almenstyring_excel"

VIOLATIONS = [
    pytest.param("layers", "src/almenstyring/codec", "import almenstyring.application", id="a lower layer looks up"),
    pytest.param("layers", "src/almenstyring/escape", "", id="a new package is in no layer"),
    pytest.param("domain-layers", "src/almenstyring/domain/text", "import almenstyring.domain.values", id="text"),
    pytest.param("domain-layers", "src/almenstyring/domain/escape", "", id="a new module of the domain"),
    pytest.param("user-api-on-top", "src/almenstyring/ports", "from almenstyring import check", id="the user's API"),
    pytest.param("pure-domain", "src/almenstyring/domain/values", "import pendulum", id="pendulum in the domain"),
    pytest.param("cattrs-in-codec", "src/almenstyring/domain/values", "import cattrs", id="cattrs in the domain"),
    pytest.param("pluggy-in-plugins", "src/almenstyring/application", "import pluggy", id="pluggy in a use case"),
    pytest.param("terminal-in-cli", "src/almenstyring/application", "import rich", id="rich in a use case"),
    pytest.param("pytest-in-testing", "src/almenstyring/builtin", "import pytest", id="pytest outside the kit"),
    pytest.param("driver-of-sqlite", "src/almenstyring/builtin", "import sqlite_utils", id="a driver in the core"),
    pytest.param("driver-of-excel", "src/almenstyring/application", "import openpyxl", id="another driver there"),
    pytest.param("driver-of-smtp", "src/almenstyring/application", "import smtplib", id="mail in a use case"),
    pytest.param("core-without-adapters", "src/almenstyring/builtin", "import almenstyring_excel", id="an adapter"),
    pytest.param("adapters-apart", ADAPTER, "import almenstyring_sqlite", id="an adapter in an adapter"),
    pytest.param("adapters-by-the-door", ADAPTER, "import almenstyring.domain.values", id="an adapter by the window"),
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of every package and of the contracts."""
    for source in SOURCES:
        unwanted = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, tmp_path / source.relative_to(ROOT), ignore=unwanted)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(tree: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    """Run the linter on the copy, which hides the installed packages."""
    path = os.pathsep.join(str(tree / source.relative_to(ROOT)) for source in SOURCES)
    chosen = [word for contract in contracts for word in ("--contract", contract)]
    command = [f"{Path(sys.executable).parent}/lint-imports", "--no-cache", "--no-logo", *chosen]
    environment = os.environ | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)


def plant(tree: Path, module: str, line: str) -> None:
    """Add a line to a module or package, which is made if there is none."""
    package = tree / module / "__init__.py"
    path = package if package.exists() else tree / f"{module}.py"
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")


def test_every_contract_holds(tree: Path) -> None:
    done = lint(tree)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("contract", "module", "line"), VIOLATIONS)
def test_a_planted_violation_turns_its_contract_red(tree: Path, contract: str, module: str, line: str) -> None:
    plant(tree, module, line)
    done = lint(tree, contract)
    assert done.returncode == 1
    assert "0 kept, 1 broken." in done.stdout, done.stdout
    assert (line.split()[1] if line else "escape") in done.stdout


def imported(path: Path) -> Iterator[str]:
    """The top-level names a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_the_domain_is_the_standard_library_and_attrs() -> None:
    allowed = sys.stdlib_module_names | {"almenstyring", "attrs"}
    foreign = {
        f"{path.relative_to(DOMAIN).as_posix()}: {name}"
        for path in DOMAIN.rglob("*.py")
        for name in imported(path)
        if name not in allowed
    }
    assert foreign == {"calendar.py: pendulum"}
