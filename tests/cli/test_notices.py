"""``notices`` and ``deadline`` on a real database and a real mail server's address."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

import almenstyring as al
from almenstyring.ports import NoticeMessage

from .conftest import Cli

TODAY = al.connect("memory:", actor=al.Actor("x", role="operator")).today
COUNCIL = ("--municipality", "T01")


@pytest.fixture
def store(tmp_path: Path) -> str:
    """T001 and T002 have seven days left today, and the plan began long ago."""
    address = f"sqlite:{tmp_path / 'dialog.db'}"
    with al.connect(address, actor=al.Actor("drift", role="operator"), test_mode=True) as operator:
        operator.import_register("synthetic:")
        council = operator.acting_as(al.Actor("tilsyn", role="municipality", municipality="T01"))
        council.set_deadlines(al.ReportYear(TODAY.year), TODAY + timedelta(days=7), ["T001", "T002"])
        council.set_notice_plan(begins=date(2020, 1, 1), open_items=())
    return address


@pytest.fixture
def addresses(tmp_path: Path) -> Path:
    path = tmp_path / "adresser.toml"
    path.write_text('T001 = "t001@example.org"\nT002 = "t002@example.org"\n', encoding="utf-8")
    return path


def test_without_send_the_notices_are_shown_and_nothing_is_kept(cli: Cli, store: str) -> None:
    for _ in range(2):
        ran = cli("notices", "--store", store, *COUNCIL, "--format", "json")
        assert ran.code == 0
        assert [(n["receiver"], n["kind"], n["law"]) for n in ran.json] == [
            ("T001", "before", "DB § 112, stk. 3"),
            ("T002", "before", "DB § 112, stk. 3"),
        ]
        assert "dage tilbage" in ran.json[0]["body"]["da"]
    text = cli("notices", "--store", store, *COUNCIL, "--lang", "en")
    assert "days left" in text.out and "before the deadline" in text.out
    assert cli("notices", "--store", store, *COUNCIL, "--sent", "--format", "json").json == []


def test_with_send_each_goes_out_once(cli: Cli, store: str, addresses: Path, tmp_path: Path) -> None:
    out = tmp_path / "ud.jsonl"
    send = ("notices", "--store", store, *COUNCIL, "--send", f"log:{out}", "--addresses", addresses)
    first = cli(*send, "--format", "json")
    assert (first.code, {each["state"] for each in first.json}) == (0, {"delivered"})
    assert cli(*send, "--format", "json").json == []
    sent = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [each["to"] for each in sent] == ["t001@example.org", "t002@example.org"]
    listed = cli("notices", "--store", store, *COUNCIL, "--sent")
    assert listed.out.count("afleveret") == 2


def test_what_fails_ends_with_1_and_is_sent_by_the_next_run(
    cli: Cli, store: str, addresses: Path, tmp_path: Path
) -> None:
    wrong = f"log:{tmp_path / 'ingen' / 'mappe'}"
    send = ("notices", "--store", store, "--test-mode", "--year", str(TODAY.year), "--addresses", addresses, "--send")
    ran = cli(*send, wrong, "--format", "json")
    assert (ran.code, {each["reason"] for each in ran.json}) == (1, {"BACKEND"})
    again = cli(*send, f"log:{tmp_path / 'ud'}", "--format", "json")
    assert (again.code, {(each["state"], each["attempts"]) for each in again.json}) == (0, {("delivered", 2)})


def test_a_mail_server_that_is_not_there_is_no_fault_of_the_program(cli: Cli, store: str, addresses: Path) -> None:
    server = "smtp://127.0.0.1:1?from=tilsyn@example.org&security=none"
    ran = cli("notices", "--store", store, *COUNCIL, "--addresses", addresses, "--send", server, "--format", "json")
    assert (ran.code, {each["reason"] for each in ran.json}) == (1, {"UNAVAILABLE"})
    assert len(ran.err.strip().splitlines()) == 1, "one cause is told once, though it stopped two notices"
    assert ran.err.startswith("Mailserveren kan ikke nås")


@pytest.mark.parametrize(
    ("content", "words"),
    [("T001 = 5", "adresser"), ("T001 =", "adresser"), ("[T001]\nx = 1", "adresser"), ("\xff", "adresser")],
)
def test_addresses_that_cannot_be_read_are_one_sentence_that_repeats_none(
    cli: Cli, store: str, addresses: Path, content: str, words: str
) -> None:
    addresses.write_bytes(content.encode("latin-1"))
    ran = cli("notices", "--store", store, *COUNCIL, "--addresses", addresses, "--send", "log:")
    assert ran.code == 2
    assert words in ran.err
    assert "Traceback" not in ran.err


def test_an_uncertain_notice_is_settled_and_a_lost_one_sent_again(
    cli: Cli, store: str, addresses: Path, tmp_path: Path
) -> None:
    class Silent:
        def deliver(self, message: NoticeMessage) -> None:
            raise al.UnknownOutcomeError(al.Text("Intet svar.", "No answer."))

        def close(self) -> None:
            pass

    council = al.Actor("tilsyn", role="municipality", municipality="T01")
    with al.connect(store, actor=council, test_mode=True) as workspace:
        arrived, lost = workspace.send_notices(Silent(), {"T001": "t001@example.org", "T002": "t002@example.org"})
    assert lost.id in cli("notices", "--store", store, *COUNCIL, "--sent").out
    yes = cli("notices", "--store", store, *COUNCIL, "--arrived", arrived.id, "--format", "json")
    no = cli("notices", "--store", store, *COUNCIL, "--lost", lost.id, "--format", "json")
    assert [(ran.code, ran.json[0]["state"], ran.json[0]["reason"]) for ran in (yes, no)] == [
        (0, "delivered", "BY-HAND"),
        (0, "failed", "BY-HAND"),
    ]
    send = ("--send", f"log:{tmp_path / 'ud.jsonl'}", "--addresses", addresses, "--format", "json")
    again = cli("notices", "--store", store, *COUNCIL, *send)
    assert [(each["id"], each["attempts"]) for each in again.json] == [(lost.id, 2)]
    wrong = cli("notices", "--store", store, *COUNCIL, "--lost", lost.id)
    assert (wrong.code, "kendt" in wrong.err) == (2, True)


def test_one_thing_at_a_time(cli: Cli, store: str) -> None:
    assert cli("notices", "--store", store, *COUNCIL, "--sent", "--lost", "x").code == 2


def test_sending_needs_addresses(cli: Cli, store: str) -> None:
    assert cli("notices", "--store", store, *COUNCIL, "--send", "log:").code == 2


def test_the_plan_in_force_is_shown_to_people_and_programs(cli: Cli, store: str) -> None:
    shown = cli("notices", "--store", store, *COUNCIL, "--plan", "--format", "json").json
    assert (shown["before"], shown["after"], shown["begins"], shown["open_items"]) == (
        [7, 30],
        [1, 14],
        "2020-01-01",
        [],
    )
    danish = cli("notices", "--store", store, *COUNCIL, "--plan").out
    assert "7, 30" in danish and "administrator" in danish and "2020-01-01" in danish and "fastsat" in danish
    other = cli("notices", "--store", store, "--municipality", "T02", "--plan", "--lang", "en").out
    assert "the municipality has set none" in other and "03-01, 09-01" in other
