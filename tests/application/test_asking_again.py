"""A comment asks until it is answered anew: returned once more, withdrawn, or sent with a reason for no answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.application.tables import tables
from almenstyring.builtin.readable import render_text

from .conftest import YEAR, sendable

SOUND, OWN_CONTROL = "economy.sound_operation", "economy.own_control"
Ready = Callable[[], al.DocumentationPackage]


@pytest.fixture
def asked(office: al.Workspace, council: al.Workspace, ready: Ready) -> al.DocumentationPackage:
    """T001's package, returned with K1 and K2."""
    office.submit(ready())
    council.comment("T001", YEAR, SOUND, "Hvad ligger bag? (syntetisk)")
    council.comment("T001", YEAR, OWN_CONTROL, "Hvordan? (syntetisk)")
    council.return_package("T001", YEAR, reason="To spørgsmål (syntetisk)")
    return office.open_package("T001", YEAR)


def send(office: al.Workspace, package: al.DocumentationPackage) -> al.DocumentationPackage:
    """Send, with every finding confirmed that asks for it, and give what was sent."""
    office.submit(office.save(sendable(office, package)))
    return office.sent_package("T001", YEAR)


def unanswered(office: al.Workspace, package: al.DocumentationPackage) -> list[str]:
    return sorted(finding.values["comment"] for finding in office.check(package).with_code("COMMENT-UNANSWERED"))


def states(workspace: al.Workspace) -> dict[str, str]:
    return {entry.comment.id: entry.state.value for entry in workspace.review_of("T001", YEAR).entries}


def test_a_comment_returned_again_needs_a_new_reply(
    office: al.Workspace, council: al.Workspace, asked: al.DocumentationPackage
) -> None:
    send(office, asked.reply("K1", "Første svar.", on=office.today).reply("K2", "Se K1.", on=office.today))
    council.return_package("T001", YEAR, reason="Stadig uklart (syntetisk)", again=["K1"])
    package = office.open_package("T001", YEAR)
    assert unanswered(office, package) == ["K1"]
    assert "K1" in office.next_step(package).da
    package = package.reply("K1", "Andet svar.", on=office.today)
    assert unanswered(office, package) == [] == unanswered(office, office.save(package))
    assert "K1" not in office.next_step(package).da
    [table] = [t for t in tables((send(office, package),), (office.standard(YEAR),)) if t.id == "comments"]
    replies = [(row[4], row[table_column(table, "reply")]) for row in table.rows]
    assert replies == [("K1", "Første svar."), ("K2", "Se K1."), ("K1", "Andet svar.")]


def table_column(table: object, name: str) -> int:
    return [column.id for column in table.columns].index(name)  # type: ignore[attr-defined]


def test_a_comment_returned_again_after_a_change_needs_another_change(
    office: al.Workspace, council: al.Workspace, asked: al.DocumentationPackage
) -> None:
    changed = asked.answer(SOUND, comment="En ny forklaring.")
    send(office, changed.reply("K2", "Som før.", on=office.today))
    council.return_package("T001", YEAR, reason="Stadig uklart (syntetisk)", again=["K1"])
    package = office.open_package("T001", YEAR)
    assert unanswered(office, package.answer(SOUND, comment="En ny forklaring.")) == ["K1"]
    assert unanswered(office, package.answer(SOUND, comment="En ny  forklaring. \n")) == ["K1"]
    assert unanswered(office, package.answer(SOUND, comment="En bedre forklaring.")) == []


def test_a_confirmation_given_for_an_earlier_return_does_not_answer_the_next_one(
    office: al.Workspace, council: al.Workspace, asked: al.DocumentationPackage
) -> None:
    send(office, asked.reply("K2", "Som før.", on=office.today))
    council.return_package("T001", YEAR, reason="Stadig uklart (syntetisk)", again=["K1"])
    package = office.open_package("T001", YEAR)
    assert [f.values["comment"] for f in office.check(package).in_the_way if "comment" in f.values] == ["K1"]


def test_a_comment_sent_with_a_reason_instead_of_an_answer_is_answered_by_the_reason(
    office: al.Workspace, council: al.Workspace, asked: al.DocumentationPackage
) -> None:
    second, first = office.check(asked).with_code("COMMENT-UNANSWERED")
    package = asked.confirm(first, reason="Drøftes på mødet.", on=office.today)
    package = package.confirm(second, reason="Det tager vi op.", on=office.today)
    sent = send(office, package)
    assert states(council) == {"K1": "answered", "K2": "answered"}
    assert {reply.comment: (reply.text, reply.by) for reply in sent.replies} == {
        "K1": ("Drøftes på mødet.", "kontor-1"),
        "K2": ("Det tager vi op.", "kontor-1"),
    }
    assert council.settle_comment("T001", YEAR, "K1").entry("K1").state is al.CommentState.SETTLED
    council.return_package("T001", YEAR, reason="Nu (syntetisk)", again=["K2"])
    assert unanswered(office, office.open_package("T001", YEAR)) == ["K2"]


def test_a_comment_withdrawn_after_the_return_is_not_demanded_any_more(
    office: al.Workspace, council: al.Workspace, asked: al.DocumentationPackage
) -> None:
    council.withdraw_comment("T001", YEAR, "K1")
    for package in (asked, office.open_package("T001", YEAR), *office.packages(organisation="T001")):
        assert unanswered(office, package) == ["K2"]
        assert office.next_step(package).da.endswith("Mangler: K2.")
    stored = office.open_package("T001", YEAR)
    assert [f.values["comment"] for f in al.check(stored).with_code("COMMENT-UNANSWERED")] == ["K2"]
    assert [comment.withdrawn_on for comment in stored.returns[-1].comments] == [office.today, None]
    assert office.save(stored.answer(SOUND, comment="Det er stadig åbent.")).report[SOUND].comment
    send(office, office.open_package("T001", YEAR).reply("K2", "Ja.", on=office.today))
    assert states(council) == {"K1": "withdrawn", "K2": "answered"}


def test_a_package_in_hand_takes_over_a_withdrawal_and_nothing_else(
    office: al.Workspace, council: al.Workspace, asked: al.DocumentationPackage
) -> None:
    mine = asked.reply("K2", "Mit svar.", on=office.today)
    council.withdraw_comment("T001", YEAR, "K1")
    saved = office.save(mine)
    assert (saved.replies[0].text, saved.returns[-1].comments[0].withdrawn_on) == ("Mit svar.", office.today)
    with pytest.raises(al.ConflictError):
        office.save(asked.reply("K2", "Et andet svar.", on=office.today))


def test_a_withdrawn_comment_is_told_in_the_readable_report(
    office: al.Workspace, council: al.Workspace, asked: al.DocumentationPackage
) -> None:
    council.withdraw_comment("T001", YEAR, "K1")
    stored = office.open_package("T001", YEAR)
    assert "Trukket tilbage" in render_text(stored, office.standard(YEAR), "da", office.today)
    [table] = [t for t in tables((stored,), (office.standard(YEAR),)) if t.id == "comments"]
    assert [row[table_column(table, "withdrawn")] for row in table.rows] == [office.today, None]


def test_a_reply_in_a_document_that_does_not_say_to_which_return_answers_the_first_that_asked(
    office: al.Workspace, council: al.Workspace, asked: al.DocumentationPackage
) -> None:
    replied = asked.reply("K1", "Svar.", on=office.today)
    old = evolve(replied, replies=tuple(evolve(reply, to_return=0) for reply in replied.replies))
    assert unanswered(office, old) == ["K2"]
    again = evolve(old, returns=(*old.returns, old.returns[-1]))
    assert unanswered(office, again) == ["K1", "K2"]
