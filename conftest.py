"""What holds for all tests: how properties are tried, and that the documentation's examples are tests too.

README.md and docs/ have Python blocks and ``console`` blocks. A page is one story: its examples share names and a
working folder of their own. A ``py`` block is a file in that folder; its first line, a comment, is the file's name.
"""

from __future__ import annotations

import doctest
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser, SkipParser

collect_ignore = ["docs/conf.py", "docs/_build"]

# No example is too slow, and a build that is run again tries the same ones.
settings.register_profile("almenstyring", deadline=None, derandomize="CI" in os.environ)
settings.register_profile("few", deadline=None, max_examples=10)  # where another thing is tried than the property
settings.load_profile("almenstyring")

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


def _write_file(example: Example) -> None:
    """Keep a block as the file that its first line names."""
    name, _, _ = str(example.parsed).partition("\n")
    Path(name.removeprefix("# ")).write_text(str(example.parsed), encoding="utf-8")


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
        CodeBlockParser(language="py", evaluator=_write_file),
        SkipParser(),
    ],
    patterns=["README.md", "docs/*.md", "docs/**/*.md", "adapters/*/README.md"],
    setup=_enter,
    teardown=_leave,
).pytest()
