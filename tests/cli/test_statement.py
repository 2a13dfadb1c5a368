"""``statement`` writes the municipality's account of the dialogue."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import almenstyring as al

from .conftest import Cli


@pytest.fixture
def met(database: str) -> str:
    """The store with a meeting held with T001."""
    council = al.Actor("tilsyn", role="municipality", municipality="T01")
    with al.connect(database, actor=council, test_mode=True) as workspace:
        workspace.record_meeting(
            al.DialogueMeeting(
                organisation=al.LbfNumber("T001"),
                report_year=al.ReportYear(2026),
                municipality=al.MunicipalityCode("T01"),
                held_on=date(2026, 9, 1),
                organisations_assessment="SYNTETISK: sund drift.",
                municipalitys_assessment="SYNTETISK: enig.",
            )
        )
    return database


@pytest.mark.parametrize(("form", "mark"), [("markdown", "# Redegørelse"), ("html", "<!DOCTYPE html>")])
def test_the_text_comes_in_both_forms(cli: Cli, met: str, form: str, mark: str) -> None:
    ran = cli("statement", "--store", met, "--municipality", "T01", "--year", "2026", "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(mark)
    assert all(word in ran.out for word in ("SYNTETISK: sund drift.", "SYNTETISK: enig.", "ikke indberetningen"))


def test_the_kept_text_is_printed_and_a_proposal_when_asked_for(cli: Cli, met: str) -> None:
    council = al.Actor("tilsyn", role="municipality", municipality="T01")
    with al.connect(met, actor=council, test_mode=True) as workspace:
        workspace.record_statement(
            al.Statement(
                municipality="T01",
                report_year=al.ReportYear(2026),
                organisations=["T001"],
                text="SYNTETISK: vores egne ord.",
            )
        )
    place = ("--store", met, "--municipality", "T01", "--year", "2026")
    kept, proposal = cli("statement", *place).out, cli("statement", *place, "--proposal").out
    assert "vores egne ord" in kept and "sund drift" not in kept and "forslag" not in kept
    assert "sund drift" in proposal and "Dette er et forslag" in proposal and "vores egne ord" not in proposal


def test_english_and_a_choice_of_organisations(cli: Cli, met: str) -> None:
    place = ("--store", met, "--municipality", "T01", "--year", "2026")
    assert cli("statement", *place, "--lang", "en", "--only", "T001").out.startswith("# Statement")


def test_a_template_of_one_s_own_is_used_and_a_faulty_one_is_one_sentence(cli: Cli, met: str, tmp_path: Path) -> None:
    place = ("--store", met, "--municipality", "T01", "--year", "2026")
    template = tmp_path / "skabelon.md"
    template.write_text("Kommune {{ page.municipality }}", encoding="utf-8")
    assert cli("statement", *place, "--template", template).out == "Kommune T01\n"
    template.write_text("{{ page.hemmelig }}", encoding="utf-8")
    faulty = cli("statement", *place, "--template", template)
    assert faulty.code == 2 and "Skabelonen kan ikke bruges. Linje 1: feltet hemmelig" in " ".join(faulty.err.split())
    assert "Traceback" not in faulty.err and "StatementPage" not in faulty.err
    template.write_bytes(b"\xff\xfe")
    assert "UTF-8" in cli("statement", *place, "--template", template).err


def test_a_municipality_is_needed_and_a_meeting(cli: Cli, database: str) -> None:
    assert cli("statement", "--store", database, "--organisation", "T001", "--year", "2026").code == 2
    nobody = cli("statement", "--store", database, "--municipality", "T01", "--year", "2026")
    assert nobody.code == 2 and "ingen møder" in nobody.err
