"""Whoever copies this adapter keeps this file: it proves that the source does what the core relies on."""

from __future__ import annotations

from pathlib import Path

import pytest

from almenstyring import LbfNumber
from almenstyring.testing import SourceContract
from almenstyring.testing.source_contract import OpenSource
from almenstyring_example.source import CsvFolder

FOLDER = Path(__file__).parent / "folder"


class TestCsvFolder(SourceContract):
    @pytest.fixture
    def open_source(self) -> OpenSource:
        return lambda: CsvFolder(str(FOLDER))

    @pytest.fixture
    def organisation(self) -> LbfNumber:
        return LbfNumber("T007")

    @pytest.fixture
    def broken_source(self, tmp_path: Path) -> OpenSource:
        return lambda: CsvFolder(str(tmp_path / "no such folder"))
