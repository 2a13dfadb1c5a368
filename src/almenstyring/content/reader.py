"""Reading TOML so that a fault can be told with its file and line.

``tomllib`` keeps no line numbers. The line of a path is found with ``tomllib`` itself as the judge: it is
the first line of the statement after which the path exists. That costs parsing, and only a fault asks for it.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path

from attrs import field, frozen

from almenstyring.domain.errors import ContentError, Fault
from almenstyring.domain.text import Text

Steps = tuple[str | int, ...]
"""The way to a value in a document: keys of tables and positions in arrays."""


@frozen
class Document:
    """A TOML file that could be parsed (da: indholdsfil): its name, its lines and its plain data."""

    name: str
    lines: tuple[str, ...] = field(repr=False)
    data: Mapping[str, object] = field(repr=False, hash=False)

    def fault(self, steps: Steps, message: Text) -> Fault:
        """A fault at a path; if nothing is there, at the nearest part of the path that exists.

        >>> document = Document("x.toml", ("[a]", "b = 1"), {"a": {"b": 1}})
        >>> str(document.fault(("a", "b"), Text("for lille", "too small")))
        'x.toml:2 a.b too small'
        """
        return Fault(printed(steps), message, self.name, self.line_of(steps))

    def line_of(self, steps: Steps) -> int:
        """The first line of the statement that brings the path about; line 1 for the document as a whole."""
        while not _has(self.data, steps):
            steps = steps[:-1]
        if not steps:
            return 1
        lengths = range(len(self.lines) + 1)
        with_it = bisect_left(lengths, True, key=lambda length: _has(_beginning(self.lines, length)[1], steps))
        return _beginning(self.lines, with_it - 1)[0] + 1


def read_toml(source: Traversable | Path, name: str | None = None) -> Document:
    """Read and parse one file; ``name`` is what faults call it.

    Raises ContentError if the file cannot be read, is not UTF-8 or is not TOML.
    """
    name = name or source.name
    try:
        raw = source.read_bytes()
        text = raw.decode("utf-8").replace("\r\n", "\n")
    except OSError as error:
        message = Text("filen kan ikke læses", "the file cannot be read")
        raise refusal([Fault("", message, name)]) from error
    except UnicodeDecodeError as error:
        message = Text("teksten er ikke UTF-8", "the text is not UTF-8")
        raise refusal([Fault("", message, name, raw.count(b"\n", 0, error.start) + 1)]) from error
    lines = tuple(text.split("\n"))
    try:
        return Document(name, lines, tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        message = Text(f"filen er ikke gyldig TOML: {error}", f"the file is not valid TOML: {error}")
        raise refusal([Fault("", message, name, _line_in(str(error)) or len(lines))]) from error


def refusal(faults: Iterable[Fault]) -> ContentError:
    """The one error that carries all faults, in the order of their places."""
    ordered = sorted(faults, key=lambda fault: (fault.file or "", fault.line or 0, fault.path))
    files = ", ".join(sorted({fault.file for fault in ordered if fault.file}))
    return ContentError(
        Text("Indholdet i {files} kan ikke bruges.", "The content of {files} cannot be used.").fill(files=files),
        ordered,
        Text("Ret det, der står ved hver linje.", "Mend what is said of each line."),
        files=files,
    )


def printed(steps: Steps) -> str:
    """A path as people read it.

    >>> printed(("question", 2, "text", "da"))
    'question[2].text.da'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")


def _line_in(message: str) -> int | None:
    """tomllib ends its messages with "(at line 3, column 5)" or "(at end of document)"."""
    found = re.search(r"\(at line (\d+),", message)
    return int(found[1]) if found else None


def _has(data: object, steps: Steps) -> bool:
    for step in steps:
        try:
            data = data[step]  # type: ignore[index]  # what cannot be indexed ends the path
        except (LookupError, TypeError):
            return False
    return True


@lru_cache(maxsize=64)  # the first halvings are the same for all faults of a file
def _beginning(lines: tuple[str, ...], at_most: int) -> tuple[int, Mapping[str, object]]:
    """The longest beginning of the lines that is TOML by itself: its length and what it says."""
    for length in range(at_most, 0, -1):
        try:
            return length, tomllib.loads("\n".join(lines[:length]))
        except tomllib.TOMLDecodeError:  # the middle of a statement that spans lines
            continue
    return 0, {}
