"""``supervision`` lists what municipalities decided, to those who may know."""

from __future__ import annotations

from datetime import date

import pytest

import almenstyring as al

from .conftest import Cli


@pytest.fixture
def supervised(database: str) -> str:
    """The store with a directive about T002's estate in T02 and a concluded order of the home municipality T01."""
    there = al.Actor("tilsyn-2", role="municipality", municipality="T02")
    with al.connect(database, actor=there, test_mode=True) as council:
        council.record_supervision(
            al.SupervisoryAction(
                id="P-1",
                kind=al.SupervisoryKind.DIRECTIVE,
                municipality=al.MunicipalityCode("T02"),
                organisation=al.LbfNumber("T002"),
                estate=al.EstateId.parse("T002-T0301"),
                decided_on=date(2020, 1, 1),
                text="SYNTETISK: lejen skal dække udgifterne.",
                due=date(2020, 3, 1),
            )
        )
        home = council.acting_as(al.Actor("tilsyn-1", role="municipality", municipality="T01"))
        home.record_supervision(
            al.SupervisoryAction(
                id="P-9",
                kind=al.SupervisoryKind.ORDER,
                municipality=al.MunicipalityCode("T01"),
                organisation=al.LbfNumber("T002"),
                decided_on=date(2020, 2, 1),
                text="SYNTETISK: vedtægterne skal følges.",
            )
        )
        home.follow_up_supervision(
            "P-9",
            al.SupervisoryStep(
                on=date(2021, 1, 1), status=al.SupervisoryStatus.CONCLUDED, note="SYNTETISK", by="tilsyn-1"
            ),
        )
    return database


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (("--municipality", "T02"), ["P-1"]),
        (("--municipality", "T01"), ["P-9"]),
        (("--organisation", "T002"), ["P-1", "P-9"]),
        (("--organisation", "T001"), []),
    ],
    ids=["where it lies", "the home not informed", "the organisation", "another organisation"],
)
def test_each_sees_what_it_may_know(cli: Cli, supervised: str, who: tuple[str, str], seen: list[str]) -> None:
    ran = cli("supervision", "--store", supervised, *who, "--format", "json")
    assert (ran.code, [each["id"] for each in ran.json]) == (0, seen)


def test_programs_read_what_follows_from_the_history(cli: Cli, supervised: str) -> None:
    [found] = cli("supervision", "--store", supervised, "--municipality", "T02", "--open", "--format", "json").json
    assert found["now"] | {"what": "", "next_step": found["now"]["next_step"]["en"]} == {
        "status": "in_force",
        "law": "DB § 118, stk. 1, 1. pkt.",
        "due": "2020-03-01",
        "overdue": True,
        "what": "",
        "next_step": "Inform home municipality T01 (DB § 118, stk. 1).",
    }
    assert cli("supervision", "--store", supervised, "--municipality", "T01", "--open", "--format", "json").json == []


def test_people_read_a_table_in_their_language(cli: Cli, supervised: str) -> None:
    danish = cli("supervision", "--store", supervised, "--municipality", "T02")
    assert danish.code == 0 and "Orientér" in danish.out and "i kraft" in danish.out
    assert "Inform" in cli("supervision", "--store", supervised, "--municipality", "T02", "--lang", "en").out
