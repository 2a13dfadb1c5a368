"""What holds for all tests: how properties are tried, and that the documentation's examples are tests too.

README.md and docs/ have Python blocks and ``console`` blocks. A page is one story: its examples share names and a
working folder of their own.
"""

from __future__ import annotations

import doctest
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser, SkipParser

collect_ignore = ["docs/conf.py", "docs/_build"]

# No example is too slow, and a build that is run again tries the same ones.
settings.register_profile("almenstyring", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("almenstyring")

COUNTED_ELSEWHERE = tuple(
    str(Path(__file__).parent / name)
    for name in (
        "README.md",
        "docs",
        "tests/application/test_comparing",
        "tests/application/test_figures_side.py",
        "tests/application/test_histories",
        "tests/application/test_publication_histories.py",
        "tests/application/test_six_years.py",
        "tests/application/test_years_before_in_packages.py",
        "tests/codec/test_round_trips.py",
        "tests/codec/test_strictness.py",
        "tests/domain/figures/test_efficiency",
        "tests/domain/figures/test_twins.py",
        "tests/domain/reporting/test_following_up.py",
        "tests/examples",
        "tests/rules/test_skip_logic_of_any_answers.py",
        "tests/stores",
        "tests/testing/test_store_mutants.py",
        "adapters/almenstyring-altair/tests/test_drawing.py",
        "adapters/almenstyring-synthetic/tests/test_accounts.py",
    )
)
"""Slow tests of lines that quicker tests run too: coverage is not counted in them, which makes them twice as quick."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Stop counting lines while one of the slow tests runs, with all that it sets up."""
    coverage = sys.modules.get("coverage")
    counting = coverage.Coverage.current() if coverage else None
    if counting is None or not str(item.path).startswith(COUNTED_ELSEWHERE):
        return (yield)
    counting.stop()
    try:
        return (yield)
    finally:
        counting.start()


_OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def _run_console(example: Example) -> str | None:
    """Run each ``$ command`` of a block and compare what it prints; ``...`` stands for anything."""
    for block in f"\n{example.parsed}".split("\n$ ")[1:]:
        command, _, wanted = block.partition("\n")
        words = shlex.split(command)
        script = Path(sys.executable).parent / words[0]
        done = subprocess.run(
            [str(script), *words[1:]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if not doctest.OutputChecker().check_output(wanted.strip() + "\n", done.stdout.strip() + "\n", _OPTIONS):
            return f"$ {command}\nwas expected to print\n{wanted}\nbut printed (exit {done.returncode})\n{done.stdout}"
    return None


def _enter(namespace: dict[str, Any]) -> None:
    namespace["_home"], namespace["_folder"] = Path.cwd(), tempfile.TemporaryDirectory()
    os.chdir(namespace["_folder"].name)


def _leave(namespace: dict[str, Any]) -> None:
    os.chdir(namespace["_home"])
    namespace["_folder"].cleanup()


pytest_collect_file = Sybil(
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=_OPTIONS),
        CodeBlockParser(language="console", evaluator=_run_console),
        SkipParser(),
    ],
    patterns=["README.md", "docs/*.md", "docs/**/*.md", "adapters/*/README.md"],
    setup=_enter,
    teardown=_leave,
).pytest()
