"""Sends notices as e-mail over SMTP; a plug-in for almenstyring."""

from __future__ import annotations

from collections.abc import Iterable

from almenstyring import Text
from almenstyring.plugins import NotifierDescriptor, hookimpl
from almenstyring.ports import Notifier


def open_smtp(place: str) -> Notifier:
    """The notifier of an address such as ``smtp://mail.example.org?from=tilsyn@example.org``, not connected yet."""
    from almenstyring_smtp.address import Server
    from almenstyring_smtp.notifier import SmtpNotifier  # smtplib and ssl are loaded when notices are sent

    return SmtpNotifier(Server.read(place))


NOTIFIER = NotifierDescriptor(
    name="smtp",
    open=open_smtp,
    description=Text("Varsler som e-mail (SMTP)", "Notices as e-mail (SMTP)"),
)


@hookimpl
def almenstyring_notifiers() -> Iterable[NotifierDescriptor]:
    """Yield the notifier of this adapter."""
    yield NOTIFIER
