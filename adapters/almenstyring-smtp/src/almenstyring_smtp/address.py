"""The address of a mail server; no part of it is ever repeated in an error, for it may hold a password."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum
from typing import Self
from urllib.parse import parse_qsl, unquote, urlsplit

from attrs import field, frozen

from almenstyring import InvalidValueError, Text

USER, PASSWORD = "ALMENSTYRING_SMTP_USER", "ALMENSTYRING_SMTP_PASSWORD"  # nosec B105 - names, not secrets
_LONGEST_WAIT = 600


class Security(StrEnum):
    """How the connection is protected; without a choice it must turn into an encrypted one (STARTTLS)."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


_PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


@frozen(kw_only=True)
class Server:
    """A mail server, who sends, and with which login."""

    host: str
    port: int
    sender: str
    security: Security = Security.STARTTLS
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    seconds: float = 30

    @classmethod
    def read(cls, place: str, environment: Mapping[str, str] | None = None) -> Self:
        """Read what stands after ``smtp:``: ``//[user:password@]host[:port]?from=ADDRESS[&security=][&timeout=]``.

        A login that is not in the address is taken from the environment. InvalidValueError names what is wrong, never
        what was written; a login without an encrypted connection is refused.
        """
        found = os.environ if environment is None else environment
        try:
            parts = urlsplit(f"smtp:{place}")
            options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
            security = Security(options.pop("security", Security.STARTTLS))
            seconds = float(options.pop("timeout", 30))
            sender, host, port = options.pop("from", ""), parts.hostname or "", parts.port or _PORTS[security]
        except ValueError:
            raise _unusable() from None
        user = unquote(parts.username or "") or found.get(USER, "")
        password = unquote(parts.password or "") or found.get(PASSWORD, "")
        if options or not host or parts.path.strip("/") or "@" not in sender or not 0 < seconds <= _LONGEST_WAIT:
            raise _unusable()
        if user and security is Security.NONE:
            raise InvalidValueError(
                Text("Et login sendes ikke ukrypteret.", "A login is not sent unencrypted."),
                Text("Brug security=starttls eller security=tls.", "Use security=starttls or security=tls."),
            )
        return cls(
            host=host, port=port, sender=sender, security=security, user=user, password=password, seconds=seconds
        )


def _unusable() -> InvalidValueError:
    return InvalidValueError(
        Text("Adressen på mailserveren kan ikke bruges.", "The address of the mail server cannot be used."),
        Text(
            "Skriv smtp://server:587?from=afsender@example.org, evt. med &security=tls og &timeout=30.",
            "Write smtp://server:587?from=sender@example.org, perhaps with &security=tls and &timeout=30.",
        ),
    )
