"""For authors of adapters: contracts to subclass; needs ``almenstyring[testing]`` (pytest and hypothesis)."""

import pytest

# Before the modules are imported, so that a failing assertion shows its values.
pytest.register_assert_rewrite(
    "almenstyring.testing.source_contract",
    "almenstyring.testing.store_contract",
    "almenstyring.testing.store_finding",
    "almenstyring.testing.store_model",
)

from almenstyring.testing.source_contract import SourceContract  # noqa: E402
from almenstyring.testing.store_contract import StoreContract  # noqa: E402

__all__ = ["SourceContract", "StoreContract"]
