"""A package with every part, as plain data to spoil."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from almenstyring.codec import decode, plain
from almenstyring.domain.reporting import DocumentationPackage

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "v1"


@pytest.fixture(scope="session")
def complete_document() -> str:
    return (CORPUS / "package-complete.json").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def complete_tree(complete_document: str) -> dict[str, Any]:
    """The package as the codec writes it; what spoils it works on a copy."""
    tree = plain(decode(complete_document, DocumentationPackage))
    assert isinstance(tree, dict)
    return tree


@pytest.fixture
def complete(complete_document: str) -> dict[str, Any]:
    tree: dict[str, Any] = json.loads(complete_document)
    return {key: value for key, value in tree.items() if key not in ("format", "format_version")}
