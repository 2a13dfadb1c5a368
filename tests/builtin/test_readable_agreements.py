"""Readable reports and workbooks show each agreement that the report must answer, and what it says of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.application.tables import tables
from almenstyring.builtin.json_export import read_packages
from almenstyring.builtin.readable import render_html, render_text
from almenstyring.content import load_standard
from almenstyring.domain.text import Language
from almenstyring.testing.builders import clean_package

STANDARD, ON = load_standard(al.ReportYear(2026)), date(2026, 7, 1)


@pytest.fixture
def package() -> al.DocumentationPackage:
    made = [
        al.Agreement(
            id=name,
            kind=al.AgreementKind.FLEXIBLE_LETTING,
            municipality=al.MunicipalityCode("T01"),
            organisations=(al.LbfNumber("T001"),),
            text=f"SYNTETISK: <b>kriterier</b> i {name}",
            concluded_on=date(2024, 9, 1),
            responsible="driftschef",
        )
        for name in ("A-1", "A-2")
    ]
    return evolve(clean_package(), agreements=tuple(made)).follow_up("A-1", "continued", "Det går & går.")


@pytest.mark.parametrize(
    ("language", "title", "status", "missing"),
    [
        ("da", "Opfølgning på aftaler", "videreført", "mangler"),
        ("en", "Follow-up on agreements", "continued", "missing"),
    ],
)
def test_the_report_has_a_chapter_on_agreements(
    package: al.DocumentationPackage, language: Language, title: str, status: str, missing: str
) -> None:
    text = render_text(package, STANDARD, language, ON)
    chapter = text.split(title)[1].split("\n\n\n")[0]
    for word in ("A-1", "A-2", "SYNTETISK: <b>kriterier</b>", status, missing, "Det går & går.", "ABL § 60, stk. 1"):
        assert word in chapter
    page = render_html(package, STANDARD, language, ON)
    assert title in page and "Det går &amp; går." in page and "<b>kriterier" not in page


def test_a_report_without_agreements_has_no_such_chapter() -> None:
    assert "Opfølgning på aftaler" not in render_text(clean_package(), STANDARD, "da", ON)


def test_the_table_has_a_row_per_agreement_with_the_organisation_s_word(package: al.DocumentationPackage) -> None:
    [found] = [each for each in tables([package], [STANDARD]) if each.id == "agreements"]
    names = [column.id for column in found.columns]
    first, second = (dict(zip(names, row, strict=True)) for row in found.rows)
    assert (first["agreement"], first["law"], first["review"]) == ("A-1", "ABL § 60, stk. 1", date(2028, 9, 1))
    assert (first["reported"], first["told"]) == (al.label(al.AgreementStatus.CONTINUED), "Det går & går.")
    assert (second["reported"], second["told"]) == (None, None)


def test_json_and_workbook_carry_them(package: al.DocumentationPackage, tmp_path: Path) -> None:
    operator = al.Actor("drift", role="operator")
    with al.connect("memory:", actor=operator, test_mode=True) as workspace:
        document = workspace.export([package], tmp_path / "a.json")
        book = workspace.export([package], tmp_path / "a.xlsx")
    assert read_packages(document.read_bytes()) == (package,)
    assert len(json.loads(document.read_text("utf-8"))["packages"][0]["agreements"]) == 2
    cells = {str(cell) for row in openpyxl.load_workbook(book)["Aftaler"].values for cell in row}
    assert {"A-1", "A-2", "Det går & går."} <= cells
