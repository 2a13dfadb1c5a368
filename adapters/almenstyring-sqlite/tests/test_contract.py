"""The SQLite store keeps the whole contract, in a file and in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from almenstyring.ports import Store
from almenstyring.testing import StoreContract
from almenstyring_sqlite import open_store as open_sqlite


class TestSqliteStoreInAFile(StoreContract):
    @pytest.fixture
    def open_store(self, tmp_path: Path) -> Callable[[], Store]:
        return lambda: open_sqlite(str(tmp_path / "dialog.db"))

    @pytest.fixture
    def broken_store(self, tmp_path: Path) -> Callable[[], Store]:
        return lambda: open_sqlite(str(tmp_path / "missing" / "dialog.db"))


class TestSqliteStoreInMemory(StoreContract):
    persistent = False
    shared = False

    @pytest.fixture
    def open_store(self) -> Callable[[], Store]:
        return lambda: open_sqlite(":memory:")
