"""Whoever copies this adapter keeps this file: it proves that the source does what the core relies on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from almenstyring import LbfNumber
from almenstyring.ports import Source
from almenstyring.testing import SourceContract
from almenstyring_example.source import CsvFolder

FOLDER = Path(__file__).parent / "folder"


class TestCsvFolder(SourceContract):
    @pytest.fixture
    def open_source(self) -> Callable[[], Source]:
        return lambda: CsvFolder(str(FOLDER))

    @pytest.fixture
    def organisation(self) -> LbfNumber:
        return LbfNumber("T007")

    @pytest.fixture
    def broken_source(self, tmp_path: Path) -> Callable[[], Source]:
        return lambda: CsvFolder(str(tmp_path / "no such folder"))
