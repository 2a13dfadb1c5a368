"""What the library raises. Findings about a filing are data and never raised.

Every error carries a permanent code, a text in Danish and English, a hint and a context of plain
values, so that a host can show it, log it or look it up without parsing a message.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from attrs import frozen

from almenstyring.domain.text import Text

NO_HINT = Text("", "")


class AlmenstyringError(Exception):
    """The root of everything the library raises on purpose.

    ``retriable`` says whether the same call may succeed later without any change by the caller.
    """

    code: ClassVar[str] = "ALMENSTYRING"
    retriable: ClassVar[bool] = False

    def __init__(self, message: Text, hint: Text = NO_HINT, **context: object) -> None:
        super().__init__(message.en)
        self.message = message
        self.hint = hint
        self.context: Mapping[str, object] = context

    def __str__(self) -> str:
        return f"{self.message.en} {self.hint.en}".strip()


class InvalidValueError(AlmenstyringError, ValueError):
    """A value that cannot exist: a wrong check digit, an impossible period."""

    code = "INVALID-VALUE"


class NotFoundError(AlmenstyringError, LookupError):
    """What was asked for by name or key is not there."""

    code = "NOT-FOUND"


class NotAllowedError(AlmenstyringError):
    """The actor may not do this, or nobody may in the present state."""

    code = "NOT-ALLOWED"


class ConflictError(AlmenstyringError):
    """Somebody else stored a newer revision first; load it again and repeat the change."""

    code = "CONFLICT"
    retriable = True


@frozen
class Fault:
    """One thing wrong in a document or a content file, and where: a path, and a file and line if known."""

    path: str
    message: Text
    file: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        return " ".join(part for part in (place, self.path, self.message.en) if part)


class FaultyInputError(AlmenstyringError):
    """Something read from outside is refused; ``faults`` holds every fault found, not only the first."""

    code = "FAULTY-INPUT"

    def __init__(self, message: Text, faults: Iterable[Fault], hint: Text = NO_HINT, **context: object) -> None:
        super().__init__(message, hint, **context)
        self.faults: tuple[Fault, ...] = tuple(faults)

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(f"  {fault}" for fault in self.faults)])


class DecodeError(FaultyInputError):
    """A document that is not valid; every fault with its path."""

    code = "DECODE"


class ContentError(FaultyInputError):
    """A content file (standard, rates, terms) that is not valid; every fault with file and line."""

    code = "CONTENT"


class PluginError(AlmenstyringError):
    """A plug-in is missing, failed to load, or answered what its descriptor does not allow."""

    code = "PLUGIN"


class BackendError(AlmenstyringError):
    """A store, source or exporter failed; the driver's own exception is kept as the cause."""

    code = "BACKEND"


class UnavailableError(BackendError):
    """The backend cannot be reached or is busy now; the same call may succeed later."""

    code = "UNAVAILABLE"
    retriable = True


class UnknownOutcomeError(BackendError):
    """The backend was lost while it worked: what was asked may have happened or not, so repeating may do it twice."""

    code = "UNKNOWN-OUTCOME"
