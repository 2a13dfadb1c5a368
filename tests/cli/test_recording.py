"""``record`` and ``template``: documents are kept by their use cases, and nobody starts from nothing."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import almenstyring as al
from almenstyring.cli.keeping import ELSEWHERE, KEEPERS, short_name
from almenstyring.cli.templates import TEMPLATES
from almenstyring.codec import FORMATS

from .conftest import Cli, Today

COUNCIL = ("--municipality", "T01")
Written = Callable[..., Path]


@pytest.fixture
def written(cli: Cli, tmp_path: Path, today: Today) -> Written:
    """A template as a file, with what a caseworker changed in it; commands run on the day of the test."""

    def write(kind: str, name: str = "", **changes: Any) -> Path:
        path = tmp_path / f"{name or kind}.json"
        path.write_text(json.dumps({**json.loads(cli("template", kind).out), **changes}), encoding="utf-8")
        return path

    return write


def recorded(cli: Cli, store: str, *files: Path | str, who: tuple[str, ...] = COUNCIL) -> Any:
    ran = cli("record", *files, "--store", store, *who, "--format", "json")
    assert (ran.code, ran.err) == (0 if all(each["kept"] for each in ran.json) else 2, "")
    return ran.json


def test_every_kind_of_document_is_kept_by_a_command_or_says_which_other_one_it_needs() -> None:
    assert set(KEEPERS) | set(ELSEWHERE) == set(FORMATS)
    assert not set(KEEPERS) & set(ELSEWHERE)
    assert set(TEMPLATES) == {short_name(kind) for kind in KEEPERS}


@pytest.mark.parametrize("kind", sorted(TEMPLATES))
def test_every_template_can_be_recorded_as_it_is_and_is_marked_as_invented(
    cli: Cli, database: str, written: Written, kind: str
) -> None:
    path = written(kind)
    document = json.loads(path.read_text("utf-8"))
    assert document["format"] == f"almenstyring/{kind}"
    assert "SYNTETISK" in path.read_text("utf-8") or kind in ("mandate", "notice-plan", "retention")
    who = ("--organisation", "T001") if kind == "central-receipt" else COUNCIL
    before = {"agreement": ["dialogue-meeting"], "statement": ["dialogue-meeting", "agreement"]}.get(kind, [])
    *_, found = recorded(cli, database, *map(written, before), path, who=who)
    assert (found["kept"], found["kind"], found["faults"]) == (True, kind, [])
    assert found["name"]


def test_a_template_is_written_to_a_new_file_and_never_over_one(cli: Cli, tmp_path: Path) -> None:
    target = tmp_path / "aftale.json"
    assert cli("template", "agreement", "--output", target).out == f"Eksemplet er skrevet til {target}.\n"
    assert target.read_text("utf-8") == cli("template", "agreement").out
    target.write_text("rettet", encoding="utf-8")
    again = cli("template", "agreement", "--output", target, "--lang", "en")
    assert (again.code, "exists already" in again.err, target.read_text("utf-8")) == (2, True, "rettet")


def test_what_is_recorded_is_in_the_store_as_the_use_cases_keep_it(cli: Cli, database: str, written: Written) -> None:
    kinds = (
        "dialogue-meeting agreement forum-meeting invitation statement supervisory-action mandate notice-plan "
        "municipal-goals adoption retention person"
    )
    recorded(cli, database, *map(written, kinds.split()))
    year = al.ReportYear(2026)
    with al.connect(database, actor=al.Actor("x", role="municipality", municipality="T01")) as council:
        assert [each.id for each in council.agreements()] == ["A-1"]
        assert [type(each).__name__ for each in council.meetings_held()] == ["DialogueMeeting", "ForumMeeting"]
        assert [each.status for each in council.invitations()] == [al.InvitationStatus.PLANNED]
        assert [each.title for each in council.statements(year)] == ["SYNTETISK: redegørelse for styringsdialogen"]
        assert [each.id for each in council.supervisory_actions()] == ["P-1"]
        assert [(each.adviser, each.given_by) for each in council.mandates()] == [("raadgiver-1", "cli")]
        assert council.notice_plan().before == (14, 45)
        goals = council.goals()
        assert goals is not None and set(goals.goals) == {"economy", "democracy", "letting", "estates", "construction"}
        assert (goals.strategy, goals.theme) == ("SYNTETISK: tæt samarbejde.", "SYNTETISK: fælles indkøb.")
        model = council.dialogue_models().on(al.MunicipalityCode("T01"), council.today)
        assert model is not None and model.id == "t01_2026"
        assert council.retention() == al.Retention(municipality=al.MunicipalityCode("T01"), years=1)
        assert council.name_of("tilsyn-1") == "SYNTETISK person"


def test_of_several_files_all_are_tried_and_each_gets_a_line(cli: Cli, database: str, written: Written) -> None:
    recorded(cli, database, written("dialogue-meeting"))
    good, twice = written("agreement"), written("agreement", name="igen")
    bad = written("forum-meeting", held_on="i går")
    words = ("record", good, twice, bad, "findes-ikke.json", written("retention"), "--store", database, *COUNCIL)
    ran = cli(*words)
    assert ran.code == 2
    assert ran.out.splitlines() == [
        f"{good}: aftale A-1 er gemt.",
        f"{good.parent}/retention.json: {RETENTION} T01 er gemt.",
    ]
    assert ran.err.splitlines() == [
        f"{twice}: Aftale A-1 findes allerede, hos kommunen eller hos en af parterne fra før.",
        "  Vælg et andet id, eller følg op på den, der er.",
        f"{bad}: Dokumentet kan ikke læses.",
        "  $.held_on: 'i går' er ikke en dato som \"2026-06-29\".",
        "  Ret dokumentet, og prøv igen; intet er ændret.",
        "findes-ikke.json: Filen kan ikke læses eller skrives: den findes ikke.",
        "  Kontrollér stien og filens navn.",
    ]
    assert "Agreement A-1 exists already" in cli(*words, "--lang", "en").err


def test_a_fault_in_a_document_has_place_rule_and_remedy(cli: Cli, database: str, written: Written) -> None:
    ran = cli("record", written("agreement", id="to ord"), "--store", database, *COUNCIL)
    assert ran.err.splitlines()[1].split(". ") == [
        "  $: 'to ord' er ikke et neutralt id (id)",
        "Skriv en rolle eller et id i ét ord, aldrig et navn: driftschef eller kommune-1.",
    ]


RETENTION = al.find_term("Retention")[0].da


def test_the_rights_are_those_of_the_use_cases(cli: Cli, database: str, written: Written) -> None:
    [office] = recorded(cli, database, written("agreement"), who=("--organisation", "T001"))
    assert "må ikke" in office["message"]["da"]
    [other] = recorded(cli, database, written("agreement"), who=("--municipality", "T02"))
    assert "må ikke" in other["message"]["da"]
    nobody = cli("record", written("agreement"), "--store", database, "--test-mode")
    assert (nobody.code, "--municipality eller --organisation" in nobody.err) == (2, True)


@pytest.mark.parametrize("kind", ["mandate", "notice-plan", "municipal-goals", "adoption", "retention"])
def test_what_is_one_municipalitys_is_not_kept_for_another(
    cli: Cli, database: str, written: Written, kind: str
) -> None:
    [found] = recorded(cli, database, written(kind), who=("--municipality", "T02"))
    assert (found["kept"], "T01" in found["message"]["da"], bool(found["hint"]["da"])) == (False, True, True)


def test_a_mandate_that_is_ended_already_is_not_given(cli: Cli, database: str, written: Written) -> None:
    [found] = recorded(cli, database, written("mandate", ended_on="2026-09-01"))
    assert "ended_on" in found["hint"]["da"]


def test_a_meeting_tells_what_its_minutes_lack_and_a_statement_what_it_does(
    cli: Cli, database: str, written: Written
) -> None:
    meeting = written("dialogue-meeting", municipalitys_assessment="")
    statement = written("statement", agreements=[])
    found = recorded(cli, database, meeting, statement)
    assert any("Kommunens vurdering" in note["da"] for note in found[0]["notes"])
    assert found[1]["notes"]


def test_an_invitation_is_planned_and_says_how_to_send_it(cli: Cli, database: str, written: Written) -> None:
    ran = cli("record", written("invitation"), "--store", database, *COUNCIL)
    assert ran.out.splitlines()[1] == "  Planlagt; indkald med: almenstyring invitation I-1 --send"


@pytest.mark.parametrize("kind", ELSEWHERE, ids=[short_name(kind) for kind in ELSEWHERE])
def test_a_format_that_no_command_keeps_names_what_to_use_instead(
    cli: Cli, database: str, tmp_path: Path, kind: type
) -> None:
    path = tmp_path / "andet.json"
    path.write_text(json.dumps({"format": FORMATS[kind][0], "format_version": 1}), encoding="utf-8")
    [found] = recorded(cli, database, path)
    assert (found["kind"], found["hint"]) == (short_name(kind), {"da": ELSEWHERE[kind].da, "en": ELSEWHERE[kind].en})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"format": "almenstyring/brev"}', "agreement"),
        (b"[]", "agreement"),
        (b"{", "Ret dokumentet"),
        (b"\xff\xfe", "Ret dokumentet"),
        (b'{"format": "almenstyring/agreement", "format_version": 9}', "Ret dokumentet"),
    ],
    ids=["another format", "no object", "no JSON", "no UTF-8", "a later version"],
)
def test_what_is_no_such_document_is_told_with_place_and_remedy(
    cli: Cli, database: str, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "fil.json"
    path.write_bytes(content)
    [found] = recorded(cli, database, path)
    assert not found["kept"] and said in found["hint"]["da"]
    assert all(fault["path"] for fault in found["faults"])


def test_standard_input_is_read(cli: Cli, database: str, written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded(cli, database, written("dialogue-meeting"))
    content = written("agreement").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    [found] = recorded(cli, database, "-")
    assert (found["file"], found["kept"], found["name"]) == ("-", True, "A-1")
