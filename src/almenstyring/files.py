"""Writing a file whole or not at all; exporters of plug-ins use it too."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from almenstyring.domain.errors import BackendError
from almenstyring.domain.text import Text


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A new empty file beside ``target`` to write to; it takes the target's place when the block ends well.

    When the block or the disk fails, the target is as it was and nothing else is left. OSError becomes BackendError
    with a hint. A link keeps pointing where it did, and a file that is replaced keeps its permissions.

    >>> import tempfile
    >>> target = Path(tempfile.mkdtemp(), "tal.txt")
    >>> with whole_file(target) as draft:
    ...     _ = draft.write_text("12")
    >>> target.read_text()
    '12'
    """
    try:
        place = target.resolve()
        _refuse_what_is_no_file(place)
        draft = _draft_beside(place)
        try:
            yield draft
            _take_the_place(draft, place)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise _failure(target, error) from error


def write_whole(target: Path, text: str) -> None:
    r"""Write a text as UTF-8, whole or not at all; ``BackendError`` if it fails, and the target is as it was.

    Half a surrogate pair, which JSON can smuggle in but no file can hold, is written as its ``\uXXXX`` escape.
    """
    with whole_file(target) as draft:
        draft.write_bytes(text.encode("utf-8", "backslashreplace"))


def _refuse_what_is_no_file(place: Path) -> None:
    """A folder cannot be replaced, and a device such as /dev/full must not be."""
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if place.exists() and not place.is_file():
        raise OSError(errno.EINVAL, "not a regular file")


def _draft_beside(place: Path) -> Path:
    """An empty file in the same folder, since only within one file system a file takes another's place at once."""
    draft = place.with_name(f".{secrets.token_hex(8)}.part")
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))  # the user's umask decides
    return draft


def _take_the_place(draft: Path, place: Path) -> None:
    if place.exists():
        draft.chmod(place.stat().st_mode & 0o777)
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    draft.replace(place)


_FULL = Text("der er ikke plads på disken", "there is no room on the disk")
_CLOSED = Text("der må ikke skrives dér", "writing there is not allowed")
_NO_FOLDER = Text("mappen findes ikke", "the folder does not exist")
_REASONS = {
    errno.ENOSPC: _FULL,
    errno.EFBIG: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
    errno.EROFS: _CLOSED,
    errno.ENOENT: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EISDIR: Text("det er en mappe", "it is a folder"),
    errno.EINVAL: Text("det er ikke en almindelig fil", "it is not a regular file"),
}


def _failure(target: Path, error: OSError) -> BackendError:
    unknown = error.strerror or type(error).__name__
    return BackendError(
        Text("{file} kunne ikke skrives: {reason}.", "{file} could not be written: {reason}.").fill(
            file=target, reason=_REASONS.get(error.errno or 0, Text(unknown, unknown))
        ),
        Text(
            "Vælg en anden mappe eller et andet filnavn; en fil, der var der i forvejen, er uændret.",
            "Choose another folder or file name; a file that was there before is unchanged.",
        ),
        file=str(target),
        errno=error.errno,
    )
