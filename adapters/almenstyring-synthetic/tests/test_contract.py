"""The source keeps the contract, as the demonstration's set and as a small country."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from almenstyring import LbfNumber
from almenstyring.ports import Source
from almenstyring.testing import SourceContract
from almenstyring_synthetic import open_source


class TestTheDemonstration(SourceContract):
    @pytest.fixture
    def open_source(self) -> Callable[[], Source]:
        return lambda: open_source("")

    @pytest.fixture
    def organisation(self) -> LbfNumber:
        return LbfNumber("T001")

    @pytest.fixture
    def broken_source(self) -> Callable[[], Source]:
        return lambda: open_source("nowhere")


class TestACountry(TestTheDemonstration):
    @pytest.fixture
    def open_source(self) -> Callable[[], Source]:
        return lambda: open_source("national?organisations=45&estates=300&seed=7")
