"""Steps on what is kept: agreements, supervision, invitations, meetings and their tasks."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pytest

import almenstyring as al
from almenstyring.cli.meetings import name_of

from .conftest import Cli, Ran, Today

COUNCIL = ("--municipality", "T01")


class OnStore(Protocol):
    def __call__(self, *words: str, who: tuple[str, ...] = ...) -> Ran: ...


@pytest.fixture
def on_store(cli: Cli, database: str, today: Today) -> OnStore:
    """Runs a command for T01 on the store, on the day of the test."""

    def call(*words: str, who: tuple[str, ...] = COUNCIL) -> Ran:
        return cli(*words, "--store", database, *who)

    return call


@pytest.fixture
def kept(cli: Cli, on_store: OnStore, today: Today, tmp_path: Path) -> Any:
    """Keeps templates, with changes; an invitation in August, to a meeting in September."""

    def keep(kind: str, who: tuple[str, ...] = COUNCIL, **changes: object) -> None:
        if kind == "invitation":
            changes |= {"when": {"day": "2026-09-15", "at": "10:00", "minutes": 120}, "report_year": 2026}
            today.day = date(2026, 8, 10)
        path = tmp_path / f"{kind}.json"
        path.write_text(json.dumps({**json.loads(cli("template", kind).out), **changes}), encoding="utf-8")
        assert on_store("record", str(path), who=who).err == ""
        today.day = Today().day

    return keep


def data(ran: Ran) -> Any:
    assert (ran.code, ran.err) == (0, "")
    return ran.json


def test_an_agreement_is_continued_changed_and_fulfilled_and_its_history_stays(on_store: OnStore, kept: Any) -> None:
    kept("dialogue-meeting")
    kept("agreement")
    step = ("follow-up", "agreement", "A-1", "--note", "SYNTETISK", "--on", "2026-10-01", "--format", "json")
    on_store(*step, "--status", "continued", "--until", "2031-09-30", "--review-due", "2029-09-15")
    found = data(on_store(*step, "--status", "changed", "--text", "SYNTETISK: hver fjerde bolig."))
    assert found["now"]["current_text"] == "SYNTETISK: hver fjerde bolig."
    said = on_store("follow-up", "agreement", "A-1", "--status", "fulfilled", "--note", "SYNTETISK")
    assert said.out == "Aftale A-1: opfyldt.\n"
    [found] = data(on_store("agreements", "--format", "json"))
    assert [(each["status"], each["by"]) for each in found["history"]] == [
        ("continued", "cli"),
        ("changed", "cli"),
        ("fulfilled", "cli"),
    ]
    closed = on_store("follow-up", "agreement", "A-1", "--status", "ended", "--note", "SYNTETISK")
    assert (closed.code, "afsluttet" in closed.err) == (2, True)


def test_a_changed_agreement_needs_a_text_and_an_unknown_one_is_not_found(on_store: OnStore, kept: Any) -> None:
    kept("dialogue-meeting")
    kept("agreement")
    without = on_store("follow-up", "agreement", "A-1", "--status", "changed", "--note", "SYNTETISK")
    unknown = on_store("follow-up", "agreement", "A-9", "--status", "ended", "--note", "SYNTETISK")
    assert [(ran.code, bool(ran.out)) for ran in (without, unknown)] == [(2, False)] * 2
    assert "nye ordlyd" in without.err and "A-9" in unknown.err


def test_a_supervisory_action_gets_a_new_day_and_an_outcome(on_store: OnStore, kept: Any) -> None:
    kept("supervisory-action")
    step = ("follow-up", "supervision", "P-1", "--note", "SYNTETISK", "--format", "json")
    found = data(on_store(*step, "--status", "in_force", "--due", "2027-02-01", "--on", "2026-11-02"))
    assert (found["now"]["due"], found["history"][0]["on"]) == ("2027-02-01", "2026-11-02")
    assert on_store(*step[:-2], "--status", "concluded").out == (
        "Tilsynsskridt P-1: afsluttet. Intet: det er afsluttet.\n"
    )


def test_the_home_municipality_reads_of_it_once_it_was_informed(on_store: OnStore, kept: Any) -> None:
    there = ("--municipality", "T02")
    kept("supervisory-action", who=there, municipality="T02", organisation="T002", estate="T002-T0301")
    assert data(on_store("supervision", "--format", "json")) == []
    said = on_store("inform-home", "P-1", who=there)
    assert said.out.startswith("Tilsynsskridt P-1: i kraft.")
    assert [each["id"] for each in data(on_store("supervision", "--format", "json"))] == ["P-1"]
    again = on_store("inform-home", "P-1", who=there)
    assert (again.code, "orienteret" in again.err) == (2, True)


def test_an_invitation_is_planned_sent_moved_and_cancelled(on_store: OnStore, kept: Any, today: Today) -> None:
    kept("invitation")
    today.day = date(2026, 9, 2)
    assert data(on_store("invitations", "--format", "json", who=("--organisation", "T001"))) == []
    assert "planlagt og ikke sendt" in on_store("invitation", "I-1").out
    as_json = ("invitation", "I-1", "--format", "json")
    sent = data(on_store(*as_json, "--send", "--on", "2026-08-18"))
    assert (sent["now"]["status"], sent["now"]["notice_days"]) == ("invited", 28)
    when = ("--move", "2026-09-22 13:30", "--at", "Beboerhuset", "--note", "Sygdom", "--on", "2026-09-01")
    moved = data(on_store(*as_json, *when))
    assert moved["when"] == {"day": "2026-09-22", "at": "13:30", "minutes": 120}
    assert (moved["place"], moved["history"][1]["note"]) == ("Beboerhuset", "Sygdom")
    assert data(on_store(*as_json, "--move", "2026-09-22 13:30", "--minutes", "60"))["when"]["minutes"] == 60
    seen = on_store("invitations", "--year", "2026", who=("--organisation", "T001"))
    assert "2026-09-22 13:30" in seen.out and "indkaldt" in seen.out
    history = on_store("invitation", "I-1", "--cancel", "Aflyst af vejret").out
    assert "Aflyst af vejret" in history and "før 2026-09-15 10:00" in history
    late = on_store("invitation", "I-1", "--move", "2026-10-01 10:00")
    assert (late.code, late.out) == (2, "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("I-1", "--send", "--cancel", "x"), "Vælg én af"),
        (("I-1", "--minutes", "60"), "hører til --move"),
        (("I-1", "--move", "i morgen"), "er ikke en dag og et klokkeslæt"),
        (("I-1", "--move", "2026-10-01"), "er ikke en dag og et klokkeslæt"),
        (("I-1", "--move", "2026-10-01 10:00+02:00"), "uden tidszone"),
        (("I-9",), "Der er ingen indkaldelse I-9."),
        (("I-9", "--send"), "Der er ingen indkaldelse I-9."),
    ],
    ids=["two acts", "minutes of what", "no moment", "no time", "a zone", "unknown", "unknown sent"],
)
def test_what_cannot_be_done_to_an_invitation_is_a_sentence(
    on_store: OnStore, kept: Any, words: tuple[str, ...], said: str
) -> None:
    kept("invitation")
    ran = on_store("invitation", *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_meeting_is_noted_as_held_by_its_invitation_and_minutes_that_are_kept_stay(
    on_store: OnStore, kept: Any, tmp_path: Path
) -> None:
    meeting = ("meeting", "T001", "--year", "2026")
    assert on_store(*meeting).out == "Der er ikke registreret et dialogmøde T001/2026.\n"
    assert on_store(*meeting, "--format", "json").json is None
    assert on_store(*meeting, "--format", "document").code == 2
    kept("invitation")
    held = data(on_store(*meeting, "--held", "2026-09-15", "--invitation", "I-1", "--format", "json"))
    assert (held["held_on"], len(held["now"]["gaps"])) == ("2026-09-15", 4)
    assert data(on_store("invitation", "I-1", "--format", "json"))["now"]["status"] == "held"

    minutes = tmp_path / "referat.json"
    document = json.loads(on_store(*meeting, "--format", "document").out)
    document["municipalitys_assessment"] = "SYNTETISK: god drift."
    minutes.write_text(json.dumps(document), encoding="utf-8")
    assert on_store("record", str(minutes)).code == 0
    again = on_store(*meeting, "--held", "2026-09-15")
    assert "SYNTETISK: god drift." in again.out and "Mangler i referatet" in again.out
    assert on_store(*meeting, "--held", "2026-09-16").code == 2  # not the day of the invitation


def test_noting_another_day_as_held_copies_no_minutes_to_it(on_store: OnStore, kept: Any) -> None:
    kept("dialogue-meeting")
    other = on_store("meeting", "T001", "--year", "2026", "--held", "2026-09-16")
    assert (other.code, "2026-09-15" in other.err, "almenstyring record" in other.err) == (2, True, True)
    assert len(data(on_store("tasks", "--format", "json"))) == 1


def test_a_task_of_the_years_second_meeting_is_done_by_the_same_name(on_store: OnStore, kept: Any) -> None:
    kept("dialogue-meeting")
    task = {"id": "2", "text": "SYNTETISK", "responsible": "driftschef"}
    kept("dialogue-meeting", held_on="2026-10-20", tasks=[task])
    assert [each["id"] for each in data(on_store("tasks", "--format", "json"))] == ["1", "2"]
    assert on_store("task-done", "T001/2026", "2").code == 0
    assert [each["id"] for each in data(on_store("tasks", "--format", "json"))] == ["1"]


def test_people_read_of_decisions_and_tasks_in_the_minutes(on_store: OnStore, kept: Any) -> None:
    kept("dialogue-meeting")
    shown = on_store("meeting", "T001", "--year", "2026", "--lang", "en", who=("--organisation", "T001")).out
    assert [w for w in ("Held on", "Decision", "sender plan. (by 2026-12-01)", "Next meeting") if w not in shown] == []


def test_an_invitation_is_named_only_with_the_day_it_was_held(on_store: OnStore) -> None:
    assert on_store("meeting", "T001", "--year", "2026", "--invitation", "I-1").code == 2


@pytest.mark.parametrize(("kind", "name"), [("dialogue-meeting", "T001/2026"), ("forum-meeting", "M-1")])
def test_a_task_is_done_by_the_name_that_the_list_shows(on_store: OnStore, kept: Any, kind: str, name: str) -> None:
    assert on_store("tasks").out == "Alle opgaver er løst.\n"
    kept(kind)
    [task] = data(on_store("tasks", "--format", "json"))
    assert (task["meeting"], task["id"], task["responsible"]) == (name, "1", "driftschef")
    assert name in on_store("tasks").out
    assert on_store("task-done", name, "1", "--on", "2026-10-01").out == f"Opgave 1 fra {name} er løst.\n"
    assert data(on_store("tasks", "--format", "json")) == []
    for words in ((name, "1"), (name, "9"), ("M-9", "1")):
        wrong = on_store("task-done", *words)
        assert (wrong.code, wrong.out) == (2, "")


def test_no_id_of_a_meeting_can_be_taken_for_the_name_of_a_yearly_one(on_store: OnStore, kept: Any) -> None:
    kept("dialogue-meeting")
    shown = json.loads(on_store("meeting", "T001", "--year", "2026", "--format", "document").out)
    found = al.decode(json.dumps(shown), al.DialogueMeeting)
    assert "/" in name_of(found)
    with pytest.raises(al.InvalidValueError):
        al.ForumMeeting(id=name_of(found), forum="x", municipality=found.municipality, held_on=found.held_on)


def test_mandates_are_shown_and_ended(on_store: OnStore, kept: Any) -> None:
    assert on_store("mandates").out == "Ingen rådgiver har mandat.\n"
    kept("mandate")
    [given] = data(on_store("mandates", "--format", "json"))
    assert (given["adviser"], given["organisations"], given["now"]["holds"]) == ("raadgiver-1", ["T001"], True)
    kept("mandate", adviser="raadgiver-2", organisations=[])
    ended = on_store("mandates", "--end", "raadgiver-1", "--lang", "en")
    assert [word for word in ("raadgiver-1", "raadgiver-2", "all", "yes", "no") if word not in ended.out] == []
    assert [each["now"]["holds"] for each in data(on_store("mandates", "--format", "json"))] == [False, True]
    for words in (("--end", "raadgiver-9"), ("--on", "2026-12-01"), ("--end", "raadgiver-2", "--on", "2026-08-01")):
        wrong = on_store("mandates", *words)
        assert (wrong.code, wrong.out) == (2, "")


@pytest.mark.parametrize(
    "words",
    [
        ("follow-up", "agreement", "A-1", "--status", "ended", "--note", "x"),
        ("follow-up", "supervision", "P-1", "--status", "concluded", "--note", "x"),
        ("inform-home", "P-1"),
        ("invitation", "I-1", "--send"),
        ("task-done", "M-1", "1"),
        ("meeting", "T001", "--year", "2026", "--held", "2026-07-20"),
    ],
    ids=" ".join,
)
def test_only_the_municipality_takes_steps(on_store: OnStore, words: tuple[str, ...]) -> None:
    for who in (("--test-mode",), ("--organisation", "T001")):
        ran = on_store(*words, who=who)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("Det gør en kommune: angiv den med --municipality.")
