"""``almenstyring datasheet``: what the public sees, as text, a page or data."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

import almenstyring as al

from .conftest import Cli


def sheet(cli: Cli, database: str, *more: str) -> tuple[str, ...]:
    return ("datasheet", "T001", "--year", "2026", "--store", database, *more)


@pytest.fixture
def held(database: str) -> str:
    """The same store after the meeting was marked as held."""
    actor = al.Actor("tilsyn", role="municipality", municipality="T01")
    with al.connect(database, actor=actor, clock=lambda: datetime(2026, 9, 1, 9, tzinfo=UTC)) as council:
        council.record_meeting(
            al.DialogueMeeting(
                organisation=al.LbfNumber("T001"),
                report_year=al.ReportYear(2026),
                municipality=al.MunicipalityCode("T01"),
                held_on=date(2026, 9, 1),
            )
        )
    return database


@pytest.mark.parametrize("who", [("--municipality", "T02"), ("--organisation", "T003"), ("--test-mode",)])
def test_anybody_may_look_and_figures_are_withheld_before_the_meeting(
    cli: Cli, database: str, who: tuple[str, ...]
) -> None:
    ran = cli(*sheet(cli, database, *who))
    assert (ran.code, ran.err) == (0, "")
    assert "SYNTETISK" in ran.out and "i/t" in ran.out
    assert "ikke den officielle portal" in " ".join(ran.out.split())


def test_after_the_meeting_the_figures_are_there_as_data(cli: Cli, held: str) -> None:
    ran = cli(*sheet(cli, held, "--test-mode", "--estate", "T0101", "--format", "json"))
    figures = ran.json["tables"]["key_figures"]
    assert ran.json["synthetic"] is True
    assert {row["unit"] for row in figures} == {"T001-T0101"}
    assert {row["shown"]["en"] for row in figures} <= {"shown", "missing"}
    assert figures[0]["value"].replace(".", "").isdigit()


def test_the_page_is_whole_and_in_english_when_asked(cli: Cli, held: str) -> None:
    ran = cli(*sheet(cli, held, "--test-mode", "--format", "html", "--lang", "en"))
    assert ran.out.startswith("<!DOCTYPE html>") and "Selected key figures" in ran.out


def test_an_unknown_estate_is_told_in_a_sentence(cli: Cli, database: str) -> None:
    ran = cli(*sheet(cli, database, "--test-mode", "--estate", "T9999"))
    assert (ran.code, ran.out) == (2, "")
    assert "T001 har ingen afdeling T001-T9999." in ran.err
