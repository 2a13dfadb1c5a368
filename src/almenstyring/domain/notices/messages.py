"""A notice as it is handed to a notifier: an address, a subject, a text."""

from __future__ import annotations

from attrs import Attribute, field, frozen

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values.faults import known_language


def _one_line(_instance: object, attribute: Attribute[str], value: object) -> None:
    """What becomes a header must not be able to begin another one; the value may be personal and is not told."""
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        name = attribute.name
        raise InvalidValueError(
            Text(f"Beskedens {name} skal være én linje tekst.", f"The message's {name} must be one line of text."),
            Text("Fjern linjeskift og styretegn.", "Remove line breaks and control characters."),
            field=name,
        )


@frozen(kw_only=True)
class NoticeMessage:
    """One message to one address (da: besked).

    ``id`` is the notice's and stays the same if it is tried again. ``to`` comes from the host, is personal data and is
    kept nowhere. InvalidValueError for an id, an address or a subject that is not one line.
    """

    id: str = field(validator=_one_line)
    to: str = field(validator=_one_line, repr=False)
    subject: str = field(validator=_one_line)
    body: str = field(repr=False)
    language: Language = field(default="da", converter=known_language)
