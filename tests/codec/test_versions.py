"""A later build reads what an earlier one wrote, one step of UPGRADES at a time."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from almenstyring.codec import FORMATS, UPGRADES, decode, encode
from almenstyring.domain.errors import DecodeError
from almenstyring.domain.reporting import CentralReceipt

NAME = "almenstyring/central-receipt"
FIRST = {
    "format": NAME, "format_version": 1, "organisation": "T001", "report_year": 2026, "sending": 1,
    "nummer": "SYN-1", "filed_on": "14.08.2026", "recorded_by": "kontor-1",
}  # fmt: skip
SECOND = {**{key: value for key, value in FIRST.items() if key != "nummer"}, "format_version": 2, "reference": "SYN-1"}


def renamed(body: dict[str, Any]) -> dict[str, Any]:
    return {**{key: value for key, value in body.items() if key != "nummer"}, "reference": body["nummer"]}


def with_iso_date(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "filed_on": "-".join(reversed(body["filed_on"].split(".")))}


@pytest.fixture
def third_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if version 2 had renamed a field and version 3 had changed how a date is written."""
    monkeypatch.setitem(FORMATS, CentralReceipt, (NAME, 3))
    monkeypatch.setitem(UPGRADES, (NAME, 1), renamed)
    monkeypatch.setitem(UPGRADES, (NAME, 2), with_iso_date)


def test_every_older_version_has_its_step() -> None:
    assert set(UPGRADES) == {(name, older) for name, newest in FORMATS.values() for older in range(1, newest)}


@pytest.mark.usefixtures("third_version")
@pytest.mark.parametrize("document", [FIRST, SECOND], ids=["version 1", "version 2"])
def test_an_older_document_takes_every_step_up(document: dict[str, Any]) -> None:
    read = decode(json.dumps(document), CentralReceipt)
    assert (read.reference, read.filed_on.isoformat()) == ("SYN-1", "2026-08-14")
    assert json.loads(encode(read))["format_version"] == 3
    assert decode(encode(read), CentralReceipt) == read


@pytest.mark.usefixtures("third_version")
@pytest.mark.parametrize("version", [0, 4, -1, "2", True, None, 2.0])
def test_a_version_nobody_wrote_is_refused_with_those_that_are_read(version: object) -> None:
    with pytest.raises(DecodeError) as refused:
        decode(json.dumps({**SECOND, "format_version": version}), CentralReceipt)
    [fault] = refused.value.faults
    assert fault.path == "$.format_version"
    if type(version) is not float:
        assert "1 til 3" in fault.message.da


@pytest.mark.usefixtures("third_version")
@pytest.mark.parametrize(
    "spoil", [lambda d: d.pop("nummer"), lambda d: d.update(filed_on=3)], ids=["missing", "wrong type"]
)
def test_an_older_document_that_no_step_can_take_is_refused(spoil: Callable[[dict[str, Any]], object]) -> None:
    document = dict(FIRST)
    spoil(document)
    with pytest.raises(DecodeError) as refused:
        decode(json.dumps(document), CentralReceipt, file="gammel.json")
    [fault] = refused.value.faults
    assert (fault.path, fault.file) == ("$", "gammel.json")
    assert "formatversion" in fault.message.da


@pytest.mark.usefixtures("third_version")
def test_what_the_steps_leave_wrong_is_told_as_usual() -> None:
    with pytest.raises(DecodeError) as refused:
        decode(json.dumps({**FIRST, "organisation": 1, "extra": 2}), CentralReceipt)
    assert [fault.path for fault in refused.value.faults] == ["$.organisation", "$"]
