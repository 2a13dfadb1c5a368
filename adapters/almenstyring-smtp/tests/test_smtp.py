"""E-mails as they leave and arrive, and failures told for what they are; every server is real and on the loopback."""

from __future__ import annotations

import re
import ssl
import traceback
from collections.abc import Callable

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.plugins import NotifierDescriptor
from almenstyring.ports import NoticeMessage, Notifier
from almenstyring.testing import NotifierContract
from almenstyring.testing.notifier_contract import MESSAGE, Arrived
from almenstyring_smtp import NOTIFIER, open_smtp
from almenstyring_smtp.mail import notice_id

from .conftest import SENDER, Mailbox, Serve


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
