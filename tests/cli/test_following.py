"""The overview of years and the meetings owed, from the command line."""

from __future__ import annotations

from datetime import date

import pytest

import almenstyring as al

from .conftest import Cli


def held(database: str) -> None:
    """T01 holds the meeting with T001 and adopts a model, on the day of the store's clock or before."""
    with al.connect(database, actor=al.Actor("tilsyn", role="municipality", municipality="T01")) as council:
        council.adopt_model("slagelse_2011", since=date(2026, 1, 1))
        council.record_meeting(
            al.DialogueMeeting(
                organisation=al.LbfNumber("T001"),
                report_year=al.ReportYear(2026),
                municipality=al.MunicipalityCode("T01"),
                held_on=date(2026, 7, 20),
            )
        )


def test_the_overview_tells_what_came_when_how_complete_it_is_and_what_is_next(cli: Cli, database: str) -> None:
    held(database)
    ran = cli("overview", "--from", "2026", "--store", database, "--municipality", "T01", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    [first] = [line for line in ran.json["lines"] if line["organisation"] == "T001"]
    assert (first["status"], first["meeting_held"]) == ("sent", "2026-07-20")
    assert first["missing"] == ["annual_report", "auditors_protocol", "statement"]
    assert "statement" in first["next_step"]["en"]
    assert ran.json["rates"]["2026"]["owed"] == sum(line["rates"]["owed"] for line in ran.json["lines"])


def test_a_municipality_of_location_is_told_that_it_reads_and_does_not_lead(cli: Cli, database: str) -> None:
    ran = cli("overview", "--from", "2026", "--store", database, "--municipality", "T02", "--format", "json")
    steps = {line["leads"]: line["next_step"]["da"] for line in ran.json["lines"]}
    assert "hjemstedskommunen fører dialogen" in steps[False] and "dialogmødet" in steps[True]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", ["Oversigt", "fremsendt", "Næste skridt", "2026-07-20", "Opfyldelse og rettidighed", " %"]),
        ("en", ["Overview", "sent", "Next step", "2026-07-20", "Completeness and timeliness", " %"]),
    ],
)
def test_the_overview_is_a_table_for_people(cli: Cli, database: str, language: str, words: list[str]) -> None:
    held(database)
    place = ("--store", database, "--municipality", "T01", "--lang", language)
    ran = cli("overview", "--from", "2025", "--to", "2026", *place)
    assert ran.code == 0
    assert [word for word in words if word not in ran.out] == []


def test_obligations_tell_which_meetings_are_owed_by_which_law_or_model(cli: Cli, database: str) -> None:
    held(database)
    place = ("--store", database, "--municipality", "T01", "--format", "json")
    rows = cli("obligations", "--from", "2026", *place).json
    states = {(row["forum"], row["organisation"]): (row["state"], row["held_on"]) for row in rows}
    assert states["dialogue_meeting", "T001"] == ("held", "2026-07-20")
    assert states["dialogue_meeting", "T002"][1] is None
    joint = next(row for row in rows if row["forum"] == "joint_meeting")
    assert (joint["organisation"], joint["law"], joint["model"]) == (None, [], "slagelse_2011")
    assert "ABL § 164, stk. 2" in next(row for row in rows if row["organisation"] == "T001")["law"]
    table = cli("obligations", "--from", "2026", *place[:-2]).out
    assert "fællesmøde" in table
    assert "alle" in table


def test_a_municipality_must_be_named_by_the_operator(cli: Cli, database: str) -> None:
    ran = cli("obligations", "--from", "2026", "--store", database, "--test-mode")
    assert (ran.code, ran.out) == (2, "")
    assert "--municipality eller --organisation" in ran.err


def test_years_that_are_none_are_told_in_a_sentence(cli: Cli, database: str) -> None:
    ran = cli("overview", "--from", "2009", "--store", database, "--municipality", "T01")
    assert (ran.code, ran.out) == (2, "")
    assert "2009" in ran.err
    assert "Traceback" not in ran.err
    swapped = cli("obligations", "--from", "2026", "--to", "2025", "--store", database, "--municipality", "T01")
    assert swapped.code == 2
    assert "Byt om" in swapped.err
