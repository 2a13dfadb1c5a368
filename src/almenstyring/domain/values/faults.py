"""One way to refuse a value: shown shortened, in both languages, and kept whole in the error's context."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.text import LANGUAGES, Language, Text

_LONGEST = 60
_Member = TypeVar("_Member", bound=StrEnum)


def shown(value: object) -> str:
    """The value as an error shows it: its ``repr``, cut so that a hostile input cannot flood a log.

    >>> shown("12345678")
    "'12345678'"
    """
    try:
        text = repr(value)
    except ValueError:  # Python refuses to print an integer of more than 4,300 digits
        text = f"<{type(value).__name__}>"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def as_text(value: object) -> str | None:
    """The value without surrounding blanks if it is a text, else None: Python does not hold callers to ``str``."""
    return value.strip() if isinstance(value, str) else None


def refusal(message: Text, hint: Text, value: object, **context: object) -> InvalidValueError:
    """The error to raise; ``message`` may use ``{value}`` and the names in ``context``."""
    return InvalidValueError(message.fill(value=shown(value), **context), hint, value=value, **context)


def known_language(given: str) -> Language:
    """The language, if it is one that every text has; InvalidValueError otherwise, so that none is shown in another."""
    for language in LANGUAGES:
        if given == language:
            return language
    raise refusal(
        Text("{value} er ikke et sprog, teksterne findes på.", "{value} is no language that the texts have."),
        Text("Vælg da eller en.", "Choose da or en."),
        given,
    )


def member(kind: type[_Member], given: str, message: Text, hint: Text) -> _Member:
    """The member of an enumeration that a caller names by its value; ``hint`` may use ``{known}``, all there are."""
    try:
        return kind(given)
    except ValueError:
        raise refusal(message, hint.fill(known=", ".join(kind)), given) from None


def refuse_first(about: Text, faults: Iterable[tuple[object, str, Text]], value: object) -> None:
    """Raise for the first fault there is, if any: (whether it is there, the field to mend, why in a sentence).

    ``about`` says of what, with ``{value}``; the sentence follows it.
    """
    for is_there, part, why in faults:
        if is_there:
            raise refusal(
                Text(f"{about.da} {why.da}", f"{about.en} {why.en}"),
                Text("Ret feltet {part}.", "Correct the field {part}.").fill(part=part),
                value,
                part=part,
            )
