"""E-mails as they leave and arrive, and failures told for what they are; every server is real and on the loopback."""

# The names of a server's hooks are aiosmtpd's.
# ruff: noqa: N802

from __future__ import annotations

import asyncio
import re
import socket
import ssl
import threading
import traceback
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from attrs import Factory, define, evolve

import almenstyring as al
from almenstyring.plugins import NotifierDescriptor
from almenstyring.ports import NoticeMessage, Notifier
from almenstyring.testing import NotifierContract
from almenstyring.testing.notifier_contract import MESSAGE, Arrived
from almenstyring_smtp import NOTIFIER, open_smtp
from almenstyring_smtp.mail import notice_id

SENDER = "tilsyn@kommune.example"


@define
class Mailbox:
    """What a server has taken, and what it answers where a test says so: by command, or to one receiver."""

    mails: list[EmailMessage] = Factory(list)
    receivers: list[list[str]] = Factory(list)
    logins: list[tuple[str, bool]] = Factory(list)
    answers: dict[str, str] = Factory(dict)
    connections: int = 0

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, name: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = name
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if answer := self.answers.get("DATA"):
            if answer == "drop":
                assert isinstance(server.transport, asyncio.WriteTransport)
                server.transport.abort()
            return answer
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.receivers.append(list(envelope.rcpt_tos))
        return "250 OK"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, how: str, given: object) -> AuthResult:
        assert isinstance(given, LoginPassword)
        self.logins.append((given.login.decode(), session.ssl is not None))
        return AuthResult(success=given.password == b"hemmelig", handled=False)


class Loopback:
    """A server in a thread, on a port that the system chooses; it hangs up on everybody before it stops."""

    def __init__(self, mailbox: Mailbox, ssl_context: ssl.SSLContext | None = None, **options: Any) -> None:
        self.port = 0
        self._mailbox, self._context, self._options = mailbox, ssl_context, options
        self._made: list[SMTP] = []
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))
        self._thread.start()
        assert self._ready.wait(30)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._told_to_stop.set)
        self._thread.join(30)
        assert not self._thread.is_alive()

    def _meet(self) -> SMTP:
        self._made.append(SMTP(self._mailbox, hostname="loopback", **self._options))
        return self._made[-1]

    async def _serve(self) -> None:
        self._loop, self._told_to_stop = asyncio.get_running_loop(), asyncio.Event()
        server = await self._loop.create_server(self._meet, "127.0.0.1", 0, ssl=self._context)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._told_to_stop.wait()
        server.close()
        for each in self._made:
            if isinstance(each.transport, asyncio.WriteTransport):
                each.transport.abort()
        await asyncio.sleep(0.01)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


Serve = Callable[..., str]


@pytest.fixture
def serve(mailbox: Mailbox) -> Iterator[Serve]:
    """Starts a server that fills the mailbox and tells where it is."""
    running: list[Loopback] = []

    def start(**options: Any) -> str:
        running.append(Loopback(mailbox, **options))
        return f"//127.0.0.1:{running[-1].port}?from={SENDER}"

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def open_place(serve: Serve) -> str:
    """A server on the loopback without encryption."""
    return f"{serve()}&security=none"


@pytest.fixture
def nobody() -> Iterator[str]:
    """A port that is taken and that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"//127.0.0.1:{taken.getsockname()[1]}?from={SENDER}&security=none"


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A certificate for the loopback by an authority that this test's environment trusts."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return context


@pytest.fixture
def scripted() -> Iterator[Callable[..., str]]:
    """Starts a server that says its lines one after another to whatever it hears, and then hangs up."""
    opened: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def start(*lines: bytes, wait_for: bytes = b"\r\n") -> str:
        listening = socket.create_server(("127.0.0.1", 0))
        opened.append(listening)

        def talk() -> None:
            client, _ = listening.accept()
            with client:
                for number, line in enumerate(lines):
                    if number:
                        _hear(client, b"\r\n.\r\n" if lines[number - 1].startswith(b"354") else wait_for)
                    client.sendall(line)
                _hear(client, b"\r\n.\r\n" if lines[-1].startswith(b"354") else wait_for)

        thread = threading.Thread(target=talk)
        threads.append(thread)
        thread.start()
        return f"//127.0.0.1:{listening.getsockname()[1]}?from={SENDER}&security=none&timeout=20"

    yield start
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive()
    for listening in opened:
        listening.close()


def _hear(client: socket.socket, end: bytes) -> None:
    heard = b""
    while not heard.endswith(end):
        part = client.recv(65536)
        if not part:
            return
        heard += part


class TestTheContract(NotifierContract):
    @pytest.fixture
    def descriptor(self) -> NotifierDescriptor:
        return NOTIFIER

    @pytest.fixture
    def place(self, open_place: str) -> str:
        return open_place

    @pytest.fixture
    def unreachable(self, nobody: str) -> str:
        return nobody

    @pytest.fixture
    def arrived(self, mailbox: Mailbox) -> Arrived:
        def read() -> list[NoticeMessage]:
            return [
                NoticeMessage(
                    id=notice_id(mail["Message-ID"]),
                    to=mail["To"],
                    subject=mail["Subject"],
                    body=mail.get_content().replace("\r\n", "\n"),
                )
                for mail in mailbox.mails
            ]

        return read


@pytest.fixture(autouse=True)
def no_login_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ALMENSTYRING_SMTP_USER", "ALMENSTYRING_SMTP_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


def deliver(place: str, *messages: NoticeMessage) -> None:
    notifier = open_smtp(place)
    try:
        for message in messages or (MESSAGE,):
            notifier.deliver(message)
    finally:
        notifier.close()


def failure(place: str, message: NoticeMessage = MESSAGE) -> al.AlmenstyringError:
    """The error, after seeing that nothing in it or behind it tells the address, the text or a login."""
    with pytest.raises(al.AlmenstyringError) as caught:
        deliver(place, message)
    told = "".join(traceback.format_exception(caught.value)) + str(dict(caught.value.context)) + caught.value.message.da
    assert [
        word for word in (message.to, message.subject, "hemmelig", "bruger-7") if len(word) > 3 and word in told
    ] == []
    return caught.value


def test_an_e_mail_says_that_a_machine_sent_it_and_about_what(open_place: str, mailbox: Mailbox) -> None:
    deliver(open_place)
    [mail] = mailbox.mails
    assert (mail["From"], mail["To"]) == (SENDER, MESSAGE.to)
    assert mailbox.receivers == [[MESSAGE.to]]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "da"
    assert mail["Message-ID"] == "<deadline/T001/2026/2026-07-01/-7/T001@kommune.example>"
    assert mail["Date"]
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content_charset() == "utf-8"


def test_one_connection_serves_a_whole_run(open_place: str, mailbox: Mailbox) -> None:
    deliver(open_place, *(evolve(MESSAGE, id=f"v/{number}") for number in range(5)))
    assert (len(mailbox.mails), mailbox.connections) == (5, 1)


def test_a_server_that_closed_meanwhile_is_called_again(open_place: str, mailbox: Mailbox) -> None:
    notifier: Notifier = open_smtp(open_place)
    notifier.deliver(MESSAGE)
    notifier.close()
    notifier.deliver(MESSAGE)
    notifier.close()
    assert (len(mailbox.mails), mailbox.connections) == (2, 2)


@pytest.mark.parametrize(
    "to",
    [
        "a@example.org, b@example.org",
        "Kontoret <a@example.org>",
        "a",
        "a@",
        "@b",
        "a b@example.org",
        "a@example.org;b",
        "å@example.org",
    ],
)
def test_a_receiver_that_is_not_one_address_is_refused_before_anything_is_said(
    open_place: str, mailbox: Mailbox, to: str
) -> None:
    assert isinstance(failure(open_place, evolve(MESSAGE, to=to)), al.InvalidValueError)
    assert (mailbox.mails, mailbox.connections) == ([], 0)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("550 No such user T001@example.org", al.BackendError), ("450 Try later", al.UnavailableError)],
    ids=["for ever", "for now"],
)
def test_a_receiver_that_is_refused_does_not_keep_the_next_from_being_served(
    open_place: str, mailbox: Mailbox, answer: str, kind: type[al.AlmenstyringError]
) -> None:
    mailbox.answers[MESSAGE.to] = answer
    error = failure(open_place)
    assert type(error) is kind
    assert error.context["code"] == int(answer[:3])
    notifier = open_smtp(open_place)
    with pytest.raises(kind):
        notifier.deliver(MESSAGE)
    notifier.deliver(evolve(MESSAGE, to="T002@example.org"))
    notifier.close()
    assert mailbox.receivers == [["T002@example.org"]]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("554 Spam", al.BackendError),
        ("451 Disk full", al.UnavailableError),
        ("421 Closing", al.UnavailableError),
        ("drop", al.UnknownOutcomeError),
    ],
)
def test_what_the_server_says_to_the_text_decides(
    open_place: str, mailbox: Mailbox, answer: str, kind: type[al.AlmenstyringError]
) -> None:
    mailbox.answers["DATA"] = answer
    assert type(failure(open_place)) is kind
    assert mailbox.mails == []


def test_after_a_drop_the_next_message_goes_by_a_new_connection(open_place: str, mailbox: Mailbox) -> None:
    mailbox.answers["DATA"] = "drop"
    notifier = open_smtp(open_place)
    with pytest.raises(al.UnknownOutcomeError):
        notifier.deliver(MESSAGE)
    mailbox.answers.clear()
    notifier.deliver(evolve(MESSAGE, to="T002@example.org"))
    notifier.close()
    assert mailbox.receivers == [["T002@example.org"]]
    assert mailbox.connections == 2


HELLO = (b"220 hej\r\n", b"250 hej\r\n")
DROPS = {
    "before a word": ((), al.UnavailableError),
    "after the greeting": (HELLO[:1], al.UnavailableError),
    "after hello": (HELLO, al.UnavailableError),
    "after the sender": ((*HELLO, b"250 ok\r\n"), al.UnavailableError),
    "after the receiver": ((*HELLO, b"250 ok\r\n", b"250 ok\r\n"), al.UnavailableError),
    "after the text": ((*HELLO, b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n"), al.UnknownOutcomeError),
    "with an answer nobody understands": (
        (*HELLO, b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n", b"hvad?\r\n"),
        al.UnknownOutcomeError,
    ),
    "with a greeting that is none": ((b"HTTP/1.1 400 Bad Request\r\n",), al.BackendError),
    "full": ((b"421 too busy\r\n",), al.UnavailableError),
    "closed to us": ((b"554 go away\r\n",), al.BackendError),
}


@pytest.mark.parametrize(("lines", "kind"), DROPS.values(), ids=DROPS.keys())
def test_a_server_that_drops_is_told_by_how_far_it_came(
    scripted: Callable[..., str], lines: tuple[bytes, ...], kind: type[al.AlmenstyringError]
) -> None:
    place = scripted(*(lines or (b"",)), wait_for=b"" if not lines else b"\r\n")
    assert type(failure(place)) is kind


def test_a_refused_connection_may_be_tried_later(nobody: str) -> None:
    error = failure(nobody)
    assert type(error) is al.UnavailableError
    assert error.retriable


# --- encryption and login ---------------------------------------------------------------------------------------------


def with_login(place: str, login: str = "bruger-7:hemmelig") -> str:
    return place.replace("//", f"//{login}@")


def test_a_connection_becomes_encrypted_before_the_login(
    serve: Serve, mailbox: Mailbox, certificate: ssl.SSLContext
) -> None:
    place = serve(tls_context=certificate, authenticator=mailbox.authenticate, auth_required=True)
    deliver(with_login(place))
    assert mailbox.logins == [("bruger-7", True)]
    assert len(mailbox.mails) == 1


def test_the_login_may_stand_in_the_environment(
    serve: Serve, mailbox: Mailbox, certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALMENSTYRING_SMTP_USER", "bruger-7")
    monkeypatch.setenv("ALMENSTYRING_SMTP_PASSWORD", "hemmelig")
    deliver(serve(tls_context=certificate, authenticator=mailbox.authenticate, auth_required=True))
    assert mailbox.logins == [("bruger-7", True)]


def test_a_wrong_login_is_refused(serve: Serve, mailbox: Mailbox, certificate: ssl.SSLContext) -> None:
    place = serve(tls_context=certificate, authenticator=mailbox.authenticate, auth_required=True)
    error = failure(with_login(place, "bruger-7:hemmeligt%21"))
    assert (type(error), error.context["code"]) == (al.BackendError, 535)
    assert mailbox.mails == []


def test_a_connection_can_be_encrypted_from_the_start(
    serve: Serve, mailbox: Mailbox, certificate: ssl.SSLContext
) -> None:
    deliver(f"{serve(ssl_context=certificate)}&security=tls")
    assert len(mailbox.mails) == 1


def test_an_unknown_certificate_and_a_server_without_encryption_are_refused(
    serve: Serve, mailbox: Mailbox, certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert type(failure(serve(tls_context=certificate))) is al.BackendError
    assert type(failure(serve())) is al.BackendError
    assert mailbox.mails == []


@pytest.mark.parametrize(
    "place",
    [
        "",
        "//",
        "mail.example.org",
        "//127.0.0.1",
        "//127.0.0.1?from=x",
        "//127.0.0.1:0x?from=a@b",
        "//127.0.0.1:99999?from=a@b",
        "//127.0.0.1/mappe?from=a@b",
        "//127.0.0.1?from=a@b&security=ssl",
        "//127.0.0.1?from=a@b&timeout=0",
        "//127.0.0.1?from=a@b&timeout=nan",
        "//127.0.0.1?from=a@b&secure=1",
        "//bruger-7:hemmelig@127.0.0.1?from=a@b&security=none",
        "//bruger-7:hemmelig@127.0.0.1",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_being_repeated(place: str) -> None:
    with pytest.raises(al.InvalidValueError) as caught:
        open_smtp(place)
    told = "".join(traceback.format_exception(caught.value)) + str(dict(caught.value.context))
    assert "hemmelig" not in re.sub(r"open_smtp\(place\).*", "", told)
    assert caught.value.hint.da
