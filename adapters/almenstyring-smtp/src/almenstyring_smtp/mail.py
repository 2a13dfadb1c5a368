"""A message as an e-mail, and back: UTF-8 text, an id that stays the same, marked as sent by a machine."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from urllib.parse import quote, unquote

from almenstyring import InvalidValueError, Text
from almenstyring.ports import NoticeMessage

_IN_IDS = "/+-._"


def mail_of(message: NoticeMessage, sender: str) -> EmailMessage:
    """The e-mail; InvalidValueError, which does not repeat it, if the receiver is not one address."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _one_address(sender)
    mail["To"] = _one_address(message.to)
    mail["Subject"] = message.subject
    mail["Date"] = formatdate()
    mail["Message-ID"] = message_id(message.id, sender)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body, charset="utf-8", cte="quoted-printable")
    mail["Content-Language"] = message.language
    return mail


def message_id(notice: str, sender: str) -> str:
    """The id of the e-mail about a notice: the same each time, so that a mailbox can tell a repetition."""
    return f"<{quote(notice, safe=_IN_IDS)}@{sender.rpartition('@')[2]}>"


def notice_id(header: str) -> str:
    """The notice that an e-mail's id stands for."""
    return unquote(header.strip().removeprefix("<").rpartition("@")[0])


def _one_address(written: str) -> Address:
    try:
        written.encode("ascii")
        return Address(addr_spec=written)
    except Exception:  # the parser fails in more ways than it documents
        raise InvalidValueError(
            Text("Modtageren er ikke én mailadresse.", "The receiver is not one mail address."),
            Text("Skriv kun adressen, som navn@example.org.", "Write the address alone, like name@example.org."),
        ) from None
