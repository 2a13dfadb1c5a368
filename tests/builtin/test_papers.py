"""Preparation sheets, briefings and reviews as people read them: one content in every form."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.application.papers import Readable
from almenstyring.builtin.papers import FORMS
from almenstyring.content.critical_review import load_checklist
from almenstyring.domain.dialogue.critical_review import CriticalReview, review_sheet, suggested
from almenstyring.domain.dialogue.material import Material
from almenstyring.domain.dialogue.preparation_sheet import EstateLine, ReportStanding
from almenstyring.domain.text import LANGUAGES, Language
from almenstyring.testing.builders import clean_package

T001, T01, ESTATE = al.LbfNumber("T001"), al.MunicipalityCode("T01"), al.EstateId.parse("T001-T0101")
WHY = al.Text("Mange | flytter <ud> *hvert* år.", "Many | move <out> *every* year.")
SHEET = al.PreparationSheet(
    municipality=T01,
    organisation=T001,
    name="Den Opdigtede",
    kind=al.OrganisationKind.HOUSING_ORGANISATION,
    report_year=al.ReportYear(2026),
    made_on=date(2026, 8, 3),
    report=ReportStanding(),
    estates=(
        EstateLine(estate=ESTATE, name="Månen", homes=12, in_operation=True),
        EstateLine(estate=al.EstateId.parse("T001-T0201"), name="Solen", homes=None, in_operation=False),
    ),
    agenda=(
        al.AgendaProposal(
            id="question.x",
            part=al.AgendaPart.GOALS,
            title=al.Text("Udlejning", "Letting"),
            why=WHY,
            source=al.ProposalSource.QUESTION,
            reference="letting.x",
            goal="letting",
            law=al.LegalReference.parse("ABL § 6 d"),
        ),
    ),
    figures=(
        al.DeviatingFigure(
            unit=ESTATE,
            unit_name="Månen",
            figure="rent",
            name=al.Text("Husleje", "Rent"),
            value=al.Text("1.200 kr.", "DKK 1,200"),
            why=al.Text("høj", "high"),
            n=7,
            median=al.Text("900", "900"),
            explanation="Nybyggeri.",
        ),
    ),
)
BRIEFING = al.Briefing(
    municipality=T01,
    on=date(2026, 8, 3),
    organisations=(
        al.BriefedOrganisation(
            organisation=T001, name="Den Opdigtede", kind=al.OrganisationKind.HOUSING_ORGANISATION, at_home=True
        ),
    ),
)
REVIEW = review_sheet(
    CriticalReview(organisation=T001, report_year=al.ReportYear(2026), municipality=T01, sending=1),
    suggested(load_checklist(), Material(package=clean_package())),
)
every_paper = pytest.mark.parametrize("paper", [SHEET, BRIEFING, REVIEW], ids=["sheet", "briefing", "review"])


@every_paper
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_synthetic_and_speaks_its_language(paper: Readable, form: str, language: Language) -> None:
    shown = al.render(paper, form, language)
    assert "SYNTETISK" in shown and shown.endswith("\n")
    note = "kun til afprøvning" if language == "da" else "for testing only"
    assert form == "json" or note in shown


def test_markdown_tells_the_sheet_and_no_character_of_an_answer_means_anything_else() -> None:
    lines = al.render(SHEET).splitlines()
    assert lines[0] == "# Forberedelsesark: Den Opdigtede"
    row = r"| Udlejning | Mange \| flytter \<ud\> \*hvert\* år. | svar i rapporten: letting.x, ABL § 6 d |"
    place = lines.index(row)
    assert lines[place - 2 : place] == ["| Punkt | Hvorfor | Kilde og hjemmel |", "|---|---|---|"]
    assert lines[place - 3] == ""
    figure = "| T001-T0101 Månen | Husleje | 1.200 kr. | 900 (n = 7) | høj | Nybyggeri. |"
    assert figure in lines
    assert "T001-T0101 Månen (12 boliger); T001-T0201 Solen (ukendt antal boliger, ikke i drift)" in lines


def test_the_page_stands_alone_and_escapes_what_people_wrote() -> None:
    html = al.render(SHEET, "html", "en")
    assert html.startswith("<!DOCTYPE html>") and "&lt;out&gt;" in html and "<out>" not in html
    assert re.search(r'(?:src|href)="(?!#)', html) is None
    assert "margin: 10mm" in html and "No governance report was sent." in html


def test_a_long_list_is_cut_on_the_page_and_whole_in_data_and_tables() -> None:
    many = evolve(SHEET, figures=SHEET.figures * 9)
    assert al.render(many).count("| Husleje |") == 5
    assert "4 flere står i regneark og data." in al.render(many)
    assert len(json.loads(al.render(many, "json"))["figures"]) == 9


def test_json_holds_both_languages_and_the_source_of_every_proposal() -> None:
    data = json.loads(al.render(SHEET, "json"))
    assert (data["paper"], data["synthetic"], data["organisation"]) == ("preparation", "SYNTETISK", "T001")
    [proposal] = data["agenda"]
    assert (proposal["source"], proposal["reference"], proposal["law"]) == ("question", "letting.x", "ABL § 6 d")
    assert proposal["why"] == {"da": WHY.da, "en": WHY.en}


def test_what_nobody_knows_is_unknown_in_the_briefing_and_never_zero() -> None:
    [row] = [line for line in al.render(BRIEFING, "markdown", "en").splitlines() if line.startswith("| T001 ")]
    assert row.count("unknown") == 5


def test_a_review_shows_pointers_apart_from_verdicts_and_legality_apart_from_the_dialogue() -> None:
    shown = al.render(REVIEW, "text")
    assert "Fingerpegene er fundet af kontrollen" in shown
    assert shown.index("Lovstridige forhold er legalitetstilsyn") > shown.index("Egenkontrol")


def test_an_unknown_form_is_refused_with_those_there_are() -> None:
    with pytest.raises(al.InvalidValueError) as refused:
        al.render(SHEET, "pdf")
    assert "markdown" in refused.value.hint.da


def test_a_real_organisation_is_not_called_synthetic() -> None:
    real = evolve(SHEET, organisation=al.LbfNumber("0045"), municipality=al.MunicipalityCode("461"))
    assert "SYNTETISK" not in al.render(real, "html")
