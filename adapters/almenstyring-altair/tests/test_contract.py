"""The renderer keeps the kit's contract."""

from __future__ import annotations

import pytest

from almenstyring.plugins import PictureDescriptor
from almenstyring.testing.picture_contract import PictureContract
from almenstyring_altair import RENDERER


class TestTheContract(PictureContract):
    @pytest.fixture
    def descriptor(self) -> PictureDescriptor:
        return RENDERER
