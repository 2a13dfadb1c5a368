"""The notifier ``log:``: messages as JSON lines of a file, or only their ids and subjects in Python's log."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

from attrs import asdict, frozen

from almenstyring.domain.errors import BackendError
from almenstyring.domain.text import Text
from almenstyring.ports import NoticeMessage, Notifier

_log = logging.getLogger("almenstyring.notices")


@frozen
class LinesNotifier:
    """Appends one JSON line per message (``log:notices.jsonl``), addresses included: the file is the host's own."""

    path: Path

    def deliver(self, message: NoticeMessage) -> None:
        """Append the whole line and see it on the disk, or leave the file as it was."""
        line = json.dumps(asdict(message), ensure_ascii=False) + "\n"
        try:
            _append(self.path, line.encode())
        except OSError as error:
            raise BackendError(
                Text(f"Der kan ikke skrives i {self.path}.", f"{self.path} cannot be written to."),
                Text("Vælg en fil, der må skrives i.", "Choose a file that may be written to."),
                path=str(self.path),
            ) from error

    def close(self) -> None:
        """Nothing is held open."""


class LogNotifier:
    """Tells Python's log, ``almenstyring.notices`` at INFO, the id and the subject; never an address or a text."""

    def deliver(self, message: NoticeMessage) -> None:
        """Write one line to the log."""
        _log.info("%s: %s", message.id, message.subject)

    def close(self) -> None:
        """Nothing is held open."""


def open_log(place: str) -> Notifier:
    """The notifier of an address: a file after the colon, or nothing for Python's log."""
    return LinesNotifier(Path(place)) if place else LogNotifier()


def _append(path: Path, line: bytes) -> None:
    """One write at the end, taken back if only a part found room."""
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        length = os.fstat(descriptor).st_size
        try:
            if os.write(descriptor, line) < len(line):
                raise OSError("only a part of the line found room")
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, length)
            raise
    finally:
        os.close(descriptor)
