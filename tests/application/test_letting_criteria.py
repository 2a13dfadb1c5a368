"""Criteria of flexible and advertised letting are public by law: those in force stand on the data sheet."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import almenstyring as al

from .conftest import YEAR, StandingClock

T001, T01 = al.LbfNumber("T001"), al.MunicipalityCode("T01")
FLEXIBLE, ADVERTISED = al.AgreementKind.FLEXIBLE_LETTING, al.AgreementKind.ADVERTISED_LETTING
ONE, OTHER = al.EstateId.parse("T001-T0101"), al.EstateId.parse("T001-T0201")


@pytest.fixture
def stranger(operator: al.Workspace) -> al.Workspace:
    return operator.acting_as(al.Actor("nabo-1", role="organisation", organisation="T002"))


def agreed(council: al.Workspace, kind: al.AgreementKind = FLEXIBLE, **changes: Any) -> al.Agreement:
    plain: dict[str, Any] = {
        "id": "A-1",
        "kind": kind,
        "municipality": T01,
        "organisations": (T001,),
        "text": "SYNTETISK: fortrin for beboere i arbejde.",
        "concluded_on": date(2026, 7, 1),
        "responsible": "udlejning",
    }
    return council.conclude_agreement(al.Agreement(**(plain | changes)))


def told(workspace: al.Workspace, estate: al.EstateId | None = None) -> list[str]:
    return [each.text for each in workspace.public_data_sheet("T001", YEAR, estate=estate).agreements]


@pytest.mark.parametrize(("kind", "law"), [(FLEXIBLE, "ABL § 60, stk. 1"), (ADVERTISED, "ABL § 60 a, stk. 1")], ids=str)
def test_the_criteria_are_on_the_sheet_with_their_paragraph_and_in_every_format(
    council: al.Workspace, stranger: al.Workspace, tmp_path: Path, kind: al.AgreementKind, law: str
) -> None:
    agreed(council, kind)
    sheet = stranger.public_data_sheet("T001", YEAR)
    [each] = sheet.agreements
    assert (str(each.law), each.municipality, each.text) == (law, T01, "SYNTETISK: fortrin for beboere i arbejde.")
    assert sheet.visibility[each.content].shown
    for suffix in (".txt", ".html", ".json", ".xlsx"):
        path = stranger.export_data_sheets([sheet], tmp_path / f"ark{suffix}")
        assert suffix == ".xlsx" or "fortrin for beboere" in " ".join(path.read_text("utf-8").split())
    [row] = json.loads((tmp_path / "ark.json").read_text("utf-8"))["tables"]["letting_criteria"]
    assert (row["law"], row["agreement"], row["concluded_on"]) == (law, "A-1", "2026-07-01")


def test_other_agreements_are_the_parties_own(council: al.Workspace, stranger: al.Workspace) -> None:
    for number, kind in enumerate(al.AgreementKind):
        if kind not in (FLEXIBLE, ADVERTISED):
            agreed(council, kind, id=f"A-{number}")
    assert told(stranger) == []


def test_what_is_in_force_today_is_shown_in_the_words_that_hold_today(
    council: al.Workspace, stranger: al.Workspace, clock: StandingClock
) -> None:
    agreed(council, valid=al.Validity(date(2026, 8, 10), date(2026, 12, 31)))
    assert told(stranger) == []
    clock.day = date(2026, 8, 10)
    assert told(stranger) == ["SYNTETISK: fortrin for beboere i arbejde."]
    changed = al.AgreementStep(
        on=clock.day, status=al.AgreementStatus.CHANGED, note="SYNTETISK", text="SYNTETISK: nye ord.", by="x"
    )
    council.follow_up_agreement("A-1", changed)
    assert told(stranger) == ["SYNTETISK: nye ord."]
    clock.day = date(2027, 1, 1)
    assert told(stranger) == []


def test_an_ended_agreement_is_shown_no_longer(council: al.Workspace, stranger: al.Workspace) -> None:
    agreed(council)
    ended = al.AgreementStep(on=council.today, status=al.AgreementStatus.ENDED, note="SYNTETISK", by="x")
    council.follow_up_agreement("A-1", ended)
    assert told(stranger) == []


def test_an_estate_s_sheet_has_what_covers_the_estate(
    operator: al.Workspace, council: al.Workspace, stranger: al.Workspace
) -> None:
    area = al.HousingArea(name="Opdigtet Park", estates=(OTHER,))
    operator._keep_master(evolve(operator.master_data("T001"), areas=(area,)))
    agreed(council, text="SYNTETISK: alle")
    agreed(council, id="A-2", text="SYNTETISK: en", estates=(ONE,))
    agreed(council, id="A-3", text="SYNTETISK: området", areas=("Opdigtet Park",))
    assert told(stranger) == ["SYNTETISK: alle", "SYNTETISK: en", "SYNTETISK: området"]
    assert told(stranger, ONE) == ["SYNTETISK: alle", "SYNTETISK: en"]
    assert told(stranger, OTHER) == ["SYNTETISK: alle", "SYNTETISK: området"]


def test_the_sheet_says_what_is_public_and_not_kept_here(stranger: al.Workspace) -> None:
    said = " ".join(notice.da for notice in stranger.public_data_sheet("T001", YEAR).notices)
    assert "forretningsførelse" in said and "vedtægter" in said and "føres ikke her" in said
