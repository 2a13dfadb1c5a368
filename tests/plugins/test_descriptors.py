"""Descriptors refuse at once what no host could use, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.text import Text
from almenstyring.plugins import (
    API_VERSION,
    ChartPack,
    ExporterDescriptor,
    NotifierDescriptor,
    RulePack,
    SourceDescriptor,
    StandardPack,
    StoreDescriptor,
)

WORDS = Text("Noget", "Something")
GOOD: dict[type, dict[str, Any]] = {
    StoreDescriptor: {"name": "a", "open": print},
    SourceDescriptor: {"name": "a", "open": print},
    ExporterDescriptor: {"name": "a", "suffixes": (".a",), "export": print},
    NotifierDescriptor: {"name": "a", "open": print},
    StandardPack: {"name": "a", "years": (ReportYear(2026),), "load": print},
    ChartPack: {"name": "a", "load": print},
    RulePack: {"name": "a", "version": "1", "rules": ()},
}
NO_NAMES: tuple[object, ...] = ("", " a", "a:b", None, 5)
NO_RULES: tuple[object, ...] = ((print,), [])
NO_YEARS: tuple[object, ...] = ((2026,), [ReportYear(2026)], ReportYear(2026))
UNUSABLE: list[tuple[type, str, object]] = [
    *((kind, "name", value) for kind in GOOD for value in NO_NAMES),
    (StoreDescriptor, "open", None),
    (SourceDescriptor, "open", "csv"),
    (ExporterDescriptor, "export", None),
    *((ExporterDescriptor, "suffixes", value) for value in (".xlsx", ["a"], ("xlsx",), (".XLSX",), (5,), None)),
    (NotifierDescriptor, "open", None),
    (StandardPack, "load", None),
    (ChartPack, "load", ()),
    *((StandardPack, "years", value) for value in NO_YEARS),
    *((RulePack, "rules", value) for value in NO_RULES),
]


@pytest.mark.parametrize("kind", GOOD, ids=lambda kind: kind.__name__)
def test_a_good_descriptor_is_for_this_version_of_the_interface(kind: Any) -> None:
    assert kind(**GOOD[kind], description=WORDS).api_version == API_VERSION


@pytest.mark.parametrize(
    ("kind", "attribute", "value"), UNUSABLE, ids=[f"{kind.__name__}.{a} = {v!r}" for kind, a, v in UNUSABLE]
)
def test_what_no_host_could_use_is_refused(kind: type, attribute: str, value: object) -> None:
    with pytest.raises(InvalidValueError) as caught:
        kind(**{**GOOD[kind], attribute: value}, description=WORDS)
    assert f"{kind.__name__}.{attribute}" in caught.value.message.da
    assert "skal være" in caught.value.message.da
    assert "must be" in caught.value.message.en


def test_a_pack_of_standards_brings_no_questionnaires_of_itself() -> None:
    assert StandardPack(**GOOD[StandardPack], description=WORDS).questionnaires() == ()
