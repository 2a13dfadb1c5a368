"""The notifier: one connection for a run, each message handed over once, every failure told for what it is."""

from __future__ import annotations

import contextlib
import smtplib
import ssl

from almenstyring import AlmenstyringError, BackendError, Text, UnavailableError, UnknownOutcomeError
from almenstyring.ports import NoticeMessage
from almenstyring_smtp.address import Security, Server
from almenstyring_smtp.mail import mail_of

_GO_ON = 354
_CLOSING = 421
_TEMPORARY = range(400, 500)


class _Session(smtplib.SMTP):
    """A session that knows whether the server has a text in hand that it has not answered for yet."""

    last_code = 0

    def getreply(self) -> tuple[int, bytes]:
        self.last_code, said = super().getreply()
        return self.last_code, said

    @property
    def is_undecided(self) -> bool:
        """The text was sent, and no answer to it, or none that can be understood, came back."""
        return self.last_code == _GO_ON or self.last_code < 0


class _SessionInTls(_Session, smtplib.SMTP_SSL):
    """The same on a connection that is encrypted from the start."""


class SmtpNotifier:
    """Sends e-mails through one server. Belongs to one thread."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._session: _Session | None = None

    def deliver(self, message: NoticeMessage) -> None:
        """Hand the message to the server, which then answers for it; nothing is tried again."""
        mail = mail_of(message, self._server.sender)
        session = self._connected()
        try:
            session.sendmail(self._server.sender, [message.to], mail.as_bytes())  # send_message would write ">From"
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise self._failure(session, error) from None  # a driver's error repeats addresses and the server's words

    def close(self) -> None:
        """Take leave of the server; may be called twice."""
        session, self._session = self._session, None
        if session is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                session.quit()

    def _connected(self) -> _Session:
        """The session of this run, or a new one where the server has closed it between two messages."""
        if self._session is not None and _is_alive(self._session):
            return self._session
        self._drop()
        try:
            self._session = _greeted(self._server)
        except (smtplib.SMTPException, OSError) as error:
            raise _unconnected(error) from None
        return self._session

    def _failure(self, session: _Session, error: Exception) -> AlmenstyringError:
        code = _code(error)
        if session.is_undecided:
            self._drop()
            return _unknown()
        if code is None or code == _CLOSING:
            self._drop()
        return _lost() if _is_loss(error) else _refused(code)

    def _drop(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()


def _is_alive(session: _Session) -> bool:
    try:
        return session.noop()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def _greeted(server: Server) -> _Session:
    context = ssl.create_default_context()
    if server.security is Security.TLS:
        session: _Session = _SessionInTls(server.host, server.port, timeout=server.seconds, context=context)
    else:
        session = _Session(server.host, server.port, timeout=server.seconds)
    try:
        if server.security is Security.STARTTLS:
            session.starttls(context=context)
        if server.user:
            session.login(server.user, server.password)
    except BaseException:
        session.close()
        raise
    return session


def _code(error: Exception) -> int | None:
    """The code the server answered with, if it answered."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(code for code, _ in error.recipients.values())
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else None


def _is_loss(error: Exception) -> bool:
    """Whether the connection is gone, in smtplib's words or the system's."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, smtplib.SMTPServerDisconnected)
    return isinstance(error, OSError)


def _unconnected(error: Exception) -> BackendError:
    if isinstance(error, ssl.SSLError | smtplib.SMTPNotSupportedError):
        return BackendError(
            Text(
                "Kryptering eller login kan ikke aftales med mailserveren.",
                "Encryption or login cannot be agreed upon with the mail server.",
            ),
            Text("Kontrollér serverens certifikat og security=.", "Check the server's certificate and security=."),
            reason=type(error).__name__,
        )
    return _lost() if _is_loss(error) else _refused(_code(error))


def _lost() -> UnavailableError:
    return UnavailableError(
        Text("Mailserveren kan ikke nås; intet blev sendt.", "The mail server cannot be reached; nothing was sent."),
        Text("Prøv igen senere, eller kontrollér adressen.", "Try again later, or check the address."),
    )


def _unknown() -> UnknownOutcomeError:
    return UnknownOutcomeError(
        Text(
            "Forbindelsen brast, mens serveren havde beskeden; ingen ved, om den blev sendt.",
            "The connection broke while the server had the message; nobody knows whether it was sent.",
        ),
        Text("Se i serverens log efter beskedens id.", "Look for the message's id in the server's log."),
    )


def _refused(code: int | None) -> BackendError:
    kind = UnavailableError if code in _TEMPORARY else BackendError
    return kind(
        Text(f"Mailserveren afviste beskeden (kode {code}).", f"The mail server refused the message (code {code})."),
        Text("Kontrollér adresse, afsender og login.", "Check the address, the sender and the login."),
        code=code,
    )
