"""The source keeps the contract, as the demonstration's set and as a small country."""

from __future__ import annotations

import pytest

from almenstyring import LbfNumber
from almenstyring.testing.source_contract import OpenSource, SourceContract
from almenstyring_synthetic import open_source


class TestTheDemonstration(SourceContract):
    @pytest.fixture
    def open_source(self) -> OpenSource:
        return lambda: open_source("")

    @pytest.fixture
    def organisation(self) -> LbfNumber:
        return LbfNumber("T001")

    @pytest.fixture
    def broken_source(self) -> OpenSource:
        return lambda: open_source("nowhere")


class TestACountry(TestTheDemonstration):
    @pytest.fixture
    def open_source(self) -> OpenSource:
        return lambda: open_source("national?organisations=45&estates=300&seed=7")
