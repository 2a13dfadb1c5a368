"""The memory store keeps the contract, except for what memory cannot do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from almenstyring.builtin.memory import MemoryStore
from almenstyring.ports import Store
from almenstyring.testing import StoreContract


class TestMemoryStore(StoreContract):
    persistent = False
    shared = False

    @pytest.fixture
    def open_store(self) -> Callable[[], Store]:
        return MemoryStore
