"""The notifier ``log:``: whole lines in a file, or ids and subjects in Python's log."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from almenstyring.builtin.log import LinesNotifier
from almenstyring.domain.errors import BackendError
from almenstyring.plugins import NotifierDescriptor, Registry
from almenstyring.ports import NoticeMessage, Notifier
from almenstyring.testing.exporter_contract import _a_full_disk
from almenstyring.testing.notifier_contract import MESSAGE, Arrived, NotifierContract

LOG = Registry.discover(only={"builtin"}).notifier("log")


def lines(path: Path) -> list[NoticeMessage]:
    return [NoticeMessage(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]


class TestTheContract(NotifierContract):
    @pytest.fixture
    def descriptor(self) -> NotifierDescriptor:
        return LOG

    @pytest.fixture
    def place(self, tmp_path: Path) -> str:
        return str(tmp_path / "varsler på dansk.jsonl")

    @pytest.fixture
    def unreachable(self, tmp_path: Path) -> str:
        return str(tmp_path / "ingen" / "mappe.jsonl")

    @pytest.fixture
    def arrived(self, place: str) -> Arrived:
        return lambda: lines(Path(place))


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "varsler.jsonl"
    notifier = LinesNotifier(path)
    notifier.deliver(MESSAGE)
    before = path.read_bytes()
    with _a_full_disk(), pytest.raises(BackendError):
        notifier.deliver(MESSAGE)
    assert path.read_bytes() == before
    notifier.deliver(MESSAGE)
    assert lines(path) == [MESSAGE, MESSAGE]


def test_nobody_else_may_read_the_addresses(tmp_path: Path) -> None:
    path = tmp_path / "varsler.jsonl"
    LinesNotifier(path).deliver(MESSAGE)
    assert path.stat().st_mode & 0o077 == 0


def test_python_s_log_hears_id_and_subject_and_no_address(caplog: pytest.LogCaptureFixture) -> None:
    notifier: Notifier = LOG.open("")
    with caplog.at_level(logging.INFO, "almenstyring.notices"):
        notifier.deliver(MESSAGE)
    notifier.close()
    assert caplog.messages == [f"{MESSAGE.id}: {MESSAGE.subject}"]
    assert MESSAGE.to not in caplog.text
