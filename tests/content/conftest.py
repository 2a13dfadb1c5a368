"""A copy of the library's content that a test may spoil."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest


@pytest.fixture
def content_copy(tmp_path: Path) -> Path:
    """The folder of a fresh copy of every content file."""
    with as_file(files("almenstyring.content")) as content:
        shutil.copytree(content, tmp_path / "content", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "content"
