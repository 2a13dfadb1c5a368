"""The review from the command line: comment, return, settle, and the checklist of the accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

import almenstyring as al

from .conftest import Cli, Ran

OnReport: TypeAlias = "Callable[..., Ran]"
YEAR = al.ReportYear(2026)
QUESTION = "economy.sound_operation"
OFFICE = ("--organisation", "T001")


@pytest.fixture
def on_report(cli: Cli, database: str) -> OnReport:
    """Runs a command about T001's report of 2026, for T01 where nobody else is named."""

    def call(command: str, *words: str, who: tuple[str, ...] = ("--municipality", "T01")) -> Ran:
        return cli(command, "T001", *words, "--year", "2026", "--store", database, *who)

    return call


def data(ran: Ran) -> Any:
    assert (ran.code, ran.err) == (0, "")
    return ran.json


def answered(database: str) -> None:
    """T001 replies to K1 and sends again."""
    with al.connect(database, actor=al.Actor("kontor", role="organisation", organisation="T001")) as office:
        [package] = office.packages(year=YEAR, organisation="T001")
        package = package.reply("K1", "SYNTETISK: fastholdt.", on=office.today)
        for finding in office.check_submit(package).findings.in_the_way:
            package = package.confirm(finding, reason="SYNTETISK", on=office.today)
        office.submit(office.save(package))


def test_a_comment_is_the_municipalitys_own_until_it_returns_the_report(on_report: OnReport) -> None:
    nothing = on_report("comments")
    assert nothing.out.startswith("Der er ingen kommentarer.\nNæste skridt: Gennemgå pakken")
    said = on_report("comment", QUESTION, "Hvad ligger bag?")
    assert said.out.startswith("Kommentar K1 er skrevet.") and "almenstyring return T001 --year 2026" in said.out
    [mine] = data(on_report("comments", "--format", "json"))["comments"]
    assert (mine["id"], mine["item"], mine["state"], mine["reply"]) == ("K1", QUESTION, "draft", None)
    assert data(on_report("comments", "--format", "json", who=OFFICE))["comments"] == []

    assert "Næste skridt: Returnér rapporten med K1, eller træk dem tilbage." in on_report("comments").out
    returned = on_report("return", "--reason", "Et spørgsmål", "--on", "2026-08-03")
    assert returned.out == "Rapporten er returneret 2026-08-03. Kommentarer: K1.\n"
    theirs = data(on_report("comments", "--format", "json", who=OFFICE))
    assert [each["state"] for each in theirs["comments"]] == ["returned"]
    assert "K1" in theirs["next_step"]["da"]
    assert "Næste skridt: Afvent, at organisationen sender igen." in on_report("comments").out


def test_an_answered_comment_is_shown_with_its_reply_asked_again_and_settled(
    on_report: OnReport, database: str
) -> None:
    on_report("comment", QUESTION, "Hvad ligger bag?")
    on_report("return", "--reason", "Et spørgsmål")
    answered(database)
    shown = on_report("comments", "--lang", "en").out
    assert [
        word for word in ("K1", "answered", "SYNTETISK: fastholdt.", "Next step: Settle K1, or") if word not in shown
    ] == []
    again = data(
        on_report("return", "--reason", "Igen", "--again", "K1", "--open", "economy.own_control", "--format", "json")
    )
    assert (again["comments"], again["reason"]) == (["K1"], "Igen")
    assert again["opened"] == [{"unit": "T001", "part": "governance_report", "item": "economy.own_control"}]
    answered(database)
    assert on_report("settle", "K1").out == "Kommentar K1: afsluttet.\n"
    late = on_report("settle", "K1", "--withdraw")
    assert (late.code, late.out) == (2, "")


def test_a_comment_is_withdrawn(on_report: OnReport) -> None:
    on_report("comment", QUESTION, "En fejl")
    assert data(on_report("settle", "K1", "--withdraw", "--format", "json"))["state"] == "withdrawn"
    without = on_report("return", "--reason", "Ret alt")
    assert without.out.endswith("Kommentarer: ingen, så alt er åbent.\n")


@pytest.mark.parametrize("estate", ["T0101", "T001-T0101"])
def test_an_estates_answer_is_commented_and_opened_by_its_number(on_report: OnReport, estate: str) -> None:
    made = data(on_report("comment", "estate.external_move_outs", "Hvorfor?", "--estate", estate, "--format", "json"))
    assert (made["unit"], made["part"]) == ("T001-T0101", "estate_report")
    opened = ("--open", f"{estate}:estate.external_move_outs", "--open", "accounts", "--open", "annual_report")
    found = data(on_report("return", "--reason", "x", *opened, "--format", "json"))["opened"]
    assert [(each["unit"], each["part"], each["item"]) for each in found] == [
        ("T001-T0101", "estate_report", "estate.external_move_outs"),
        ("T001", "accounts", ""),
        ("T001", "annual_report", ""),
    ]


@pytest.mark.parametrize(
    ("command", "words", "said"),
    [
        ("comment", ("findes.ikke", "x"), "intet spørgsmål findes.ikke"),
        ("comment", (QUESTION, "x", "--estate", "T9999"), "T001-T9999"),
        ("comment", (QUESTION, " "), "skal have en tekst"),
        ("return", ("--reason", "x", "--again", "K9"), "K9"),
        ("return", ("--reason", "x", "--open", "findes.ikke"), "intet spørgsmål findes.ikke"),
        ("settle", ("K9",), "K9"),
        ("review", ("--judge", "accounts_on_time"), "PUNKT=VURDERING"),
        ("review", ("--judge", "accounts_on_time=fint"), "vurderingerne er"),
        ("review", ("--judge", "findes_ikke=ok"), "findes_ikke"),
        ("review", ("--note", "x"), "hører til én"),
        ("review", ("--judge", "accounts_on_time=follow_up"), "Skriv, hvad der skal bemærkes"),
        ("review", ("--conclude",), "accounts_on_time"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    on_report: OnReport, command: str, words: tuple[str, ...], said: str
) -> None:
    ran = on_report(command, *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.parametrize(
    ("command", "words"), [("comment", (QUESTION, "x")), ("return", ("--reason", "x")), ("settle", ("K1",))]
)
def test_only_the_home_municipality_reviews(on_report: OnReport, command: str, words: tuple[str, ...]) -> None:
    assert on_report(command, *words, who=OFFICE).err.startswith("Det gør en kommune")
    other = on_report(command, *words, who=("--municipality", "T02"))
    assert (other.code, "må ikke" in other.err) == (2, True)


def test_items_are_judged_taken_over_and_the_review_begun_and_concluded(on_report: OnReport, database: str) -> None:
    judged = ("--judge", "accounts_of_the_year=remark", "--note", "SYNTETISK: sent.", "--begin")
    found = data(on_report("review", *judged, "--format", "json"))
    assert [each["result"]["note"] for each in found["items"] if "result" in each] == ["SYNTETISK: sent."]
    assert "returnér" in on_report("comments").out  # under review now
    on_report("comment", QUESTION, "Hvad ligger bag?")
    on_report("return", "--reason", "x")
    answered(database)
    anew = data(on_report("review", "--format", "json"))["items"]
    assert [("result" in each, each["earlier"]["verdict"]) for each in anew if "earlier" in each] == [(False, "remark")]
    taken = data(on_report("review", "--take-over", "--format", "json"))["items"]
    assert [each["result"]["verdict"] for each in taken if "result" in each] == ["remark"]
    left = [each["suggestion"]["item"]["id"] for each in taken if "result" not in each]
    rest = [word for item in left for word in ("--judge", f"{item}=ok")]
    done = data(on_report("review", *rest, "--conclude", "--format", "json"))
    assert done["review"]["concluded_on"]
    late = on_report("review", "--judge", "accounts_of_the_year=ok")
    assert (late.code, "afsluttet" in late.err) == (2, True)
