"""Drawn pictures kept by their content, in memory or in a folder."""

from __future__ import annotations

import hashlib
from pathlib import Path

from attrs import field, frozen

from almenstyring import BackendError, Text
from almenstyring.files import whole_file

_DIGEST = hashlib.sha256().digest_size


@frozen
class Cache:
    """What was drawn, by key: in memory, and in ``folder`` too if there is one.

    A file is the SHA-256 of the drawing followed by the drawing. One that does not fit its digest counts as missing.
    """

    folder: Path | None = None
    _drawn: dict[str, bytes] = field(factory=dict, init=False)

    def get(self, key: str) -> bytes | None:
        """What was kept under the key; None if nothing was, or if it is damaged."""
        if key in self._drawn or self.folder is None:
            return self._drawn.get(key)
        try:
            kept = self._place(self.folder, key).read_bytes()
        except OSError:  # a picture that cannot be read is drawn again; writing tells what is wrong with the folder
            return None
        digest, drawing = kept[:_DIGEST], kept[_DIGEST:]
        if hashlib.sha256(drawing).digest() != digest:
            return None
        self._drawn[key] = drawing
        return drawing

    def put(self, key: str, drawing: bytes) -> None:
        """Keep a drawing; ``BackendError`` if the folder cannot take it."""
        if self.folder is not None:
            _make(self.folder)
            with whole_file(self._place(self.folder, key)) as draft:
                draft.write_bytes(hashlib.sha256(drawing).digest() + drawing)
        self._drawn[key] = drawing

    def _place(self, folder: Path, key: str) -> Path:
        return folder / f"{key}.picture"


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BackendError(
            Text(f"Billedmappen {folder} kan ikke bruges.", f"The folder of pictures {folder} cannot be used."),
            Text("Vælg en mappe, der må skrives i.", "Choose a folder that may be written to."),
            folder=str(folder),
        ) from error
