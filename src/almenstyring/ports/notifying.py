"""What hands over notices."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from almenstyring.domain.notices import NoticeMessage


@runtime_checkable
class Notifier(Protocol):
    """Hands over notices (da: budbringer), one at a time and without trying again. Contract: ``NotifierContract``."""

    def deliver(self, message: NoticeMessage) -> None:
        """Hand over the message once.

        UnavailableError if it was not delivered and may be later, BackendError if it was refused, UnknownOutcomeError
        if nobody can know. No error tells the address or a secret.
        """

    def close(self) -> None:
        """Give back files and connections."""
