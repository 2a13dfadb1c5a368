"""Servers on the loopback: one that fills a mailbox, one that says its lines and hangs up, and a port without any."""

# The names of a server's hooks are aiosmtpd's.
# ruff: noqa: N802

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from attrs import Factory, define

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


@pytest.fixture(autouse=True)
def no_login_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ALMENSTYRING_SMTP_USER", "ALMENSTYRING_SMTP_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
