"""For authors of adapters and rules: contracts to subclass, clean packages to start from, cases to run.

Needs ``almenstyring[testing]`` (pytest and hypothesis).
"""

import pytest

# Before the modules are imported, so that a failing assertion shows its values.
pytest.register_assert_rewrite(
    "almenstyring.testing.calendar_contract",
    "almenstyring.testing.exporter_contract",
    "almenstyring.testing.notifier_contract",
    "almenstyring.testing.picture_contract",
    "almenstyring.testing.rule_cases",
    "almenstyring.testing.source_contract",
    "almenstyring.testing.store_contract",
    "almenstyring.testing.store_finding",
    "almenstyring.testing.store_model",
)

from almenstyring.testing.builders import (  # noqa: E402
    clean_accounts,
    clean_context,
    clean_master_data,
    clean_package,
)
from almenstyring.testing.exporter_contract import ExporterContract  # noqa: E402
from almenstyring.testing.notifier_contract import NotifierContract  # noqa: E402
from almenstyring.testing.picture_contract import PictureContract  # noqa: E402
from almenstyring.testing.rule_cases import RuleCase, load_case, load_cases, not_missed, without_files  # noqa: E402
from almenstyring.testing.source_contract import SourceContract  # noqa: E402
from almenstyring.testing.store_contract import StoreContract  # noqa: E402

__all__ = [
    "ExporterContract",
    "NotifierContract",
    "PictureContract",
    "RuleCase",
    "SourceContract",
    "StoreContract",
    "clean_accounts",
    "clean_context",
    "clean_master_data",
    "clean_package",
    "load_case",
    "load_cases",
    "not_missed",
    "without_files",
]
