"""``agreements`` lists what was agreed to the parties."""

from __future__ import annotations

from datetime import date

import pytest

import almenstyring as al

from .conftest import Cli


@pytest.fixture
def agreed(database: str) -> str:
    """The store with one agreement that is overdue for review and one that is fulfilled."""
    with al.connect(
        database, actor=al.Actor("tilsyn", role="municipality", municipality="T01"), test_mode=True
    ) as council:
        for name, kind in (("A-1", al.AgreementKind.FLEXIBLE_LETTING), ("A-2", al.AgreementKind.OTHER)):
            council.conclude_agreement(
                al.Agreement(
                    id=name,
                    kind=kind,
                    municipality=al.MunicipalityCode("T01"),
                    organisations=(al.LbfNumber("T001"),),
                    text=f"SYNTETISK {name}",
                    concluded_on=date(2020, 1, 1),
                    responsible="driftschef",
                    estates=("T001-T0101",),
                )
            )
        done = al.AgreementStep(on=date(2021, 1, 1), status=al.AgreementStatus.FULFILLED, note="SYNTETISK", by="tilsyn")
        council.follow_up_agreement("A-2", done)
    return database


@pytest.mark.parametrize("who", [("--municipality", "T01"), ("--organisation", "T001")], ids=["council", "office"])
def test_both_parties_see_them_and_the_open_ones_alone(cli: Cli, agreed: str, who: tuple[str, str]) -> None:
    every = cli("agreements", "--store", agreed, *who, "--format", "json")
    assert [(each["id"], each["now"]["status"]) for each in every.json] == [("A-1", "open"), ("A-2", "fulfilled")]
    open_ones = cli("agreements", "--store", agreed, *who, "--open", "--format", "json").json
    assert [(each["id"], each["now"]["overdue"], each["now"]["review_by"]) for each in open_ones] == [
        ("A-1", True, "2024-01-01")
    ]
    assert "ABL § 60, stk. 2" in every.json[0]["now"]["next_step"]["da"]
    assert every.json[1]["now"]["next_step"]["en"] == "Nothing: the agreement is closed (fulfilled)."
    assert every.json[1]["history"][0]["status"] == "fulfilled"


def test_others_see_nothing(cli: Cli, agreed: str) -> None:
    assert cli("agreements", "--store", agreed, "--organisation", "T002", "--format", "json").json == []


def test_people_read_a_table_in_their_language(cli: Cli, agreed: str) -> None:
    danish = cli("agreements", "--store", agreed, "--municipality", "T01")
    assert danish.code == 0 and "fleksibel udlejning" in danish.out and "2024-01-01" in danish.out
    assert all(word in danish.out for word in ("Parter", "T001-T0101", "Næste skridt"))
    assert "Viderefører" not in danish.out, "an empty column takes no place"
    assert "flexible letting" in cli("agreements", "--store", agreed, "--municipality", "T01", "--lang", "en").out
