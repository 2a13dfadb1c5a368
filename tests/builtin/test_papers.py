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
from almenstyring.domain.agreements import Agreement, AgreementKind
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
AGREEMENT = Agreement(
    id="A1",
    kind=AgreementKind.FLEXIBLE_LETTING,
    municipality=T01,
    organisations=(T001,),
    text="Unge først.",
    concluded_on=date(2024, 1, 1),
    responsible="driftschef",
)
AREA = al.HousingArea(name="Kvarteret", estates=(ESTATE,))
FULL = evolve(
    SHEET,
    report=ReportStanding(
        status=al.PackageStatus.SENT,
        first_sent=date(2026, 7, 8),
        last_sent=date(2026, 7, 20),
        sendings=2,
        due=date(2026, 7, 1),
        timing=al.Timing(al.Timeliness.LATE, 7),
        accounts_due=date(2026, 6, 30),
    ),
    agreements=(AGREEMENT,),
    areas=(AREA,),
    legality=(
        al.Finding(
            code="REVIEW-MEASURES",
            severity=al.Severity.WARNING,
            location=al.Location(),
            message=al.Text("Pålæg?", "Directive?"),
            hint=al.Text("Overvej.", "Consider."),
            law=al.LegalReference.parse("DB § 118, stk. 1"),
        ),
    ),
    last_meeting=al.DialogueMeeting(
        organisation=T001,
        report_year=al.ReportYear(2025),
        municipality=T01,
        held_on=date(2025, 10, 1),
        organisations_assessment="Godt.",
        agreements=("Et møde.",),
    ),
    review_left=3,
)
BRIEFED = evolve(
    BRIEFING,
    organisations=(
        evolve(
            BRIEFING.organisations[0],
            administrators=((al.LbfNumber("T004"), "Påhit"),),
            report_year=al.ReportYear(2026),
            practice=((al.Text("Demokrati?", "Democracy?"), al.Text("ja", "yes")),),
        ),
    ),
    homes=evolve(BRIEFING.homes, unknown_estates=2),
    areas=(AREA,),
    agreements=(AGREEMENT,),
    facts=tuple(
        al.BriefFact(
            figure="rent",
            name=al.Text("Husleje", "Rent"),
            measure=al.Text("kr.", "DKK"),
            n=n,
            median=median,
            peers=al.Text("landet", "the country"),
            peers_n=90,
            spread=al.Quantiles(*(al.Number(value) for value in (1, 2, 3, 4, 5))),
        )
        for n, median in ((2, None), (5, al.Number(7)))
    ),
)
every_paper = pytest.mark.parametrize("paper", [FULL, BRIEFED, REVIEW], ids=["sheet", "briefing", "review"])


@every_paper
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_synthetic_and_speaks_its_language(paper: Readable, form: str, language: Language) -> None:
    shown = al.render(paper, form, language)
    assert "SYNTETISK" in shown and shown.endswith("\n")
    note = "kun til afprøvning" if language == "da" else "for testing only"
    assert form == "json" or note in shown


def test_an_unknown_language_is_refused_and_never_shown_in_another() -> None:
    with pytest.raises(al.InvalidValueError, match="Choose da or en"):
        al.render(SHEET, "html", "de")  # type: ignore[arg-type]


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


@pytest.mark.parametrize(
    "line",
    [
        "- Rettidighed: for sen, 7 dage",
        "- Senest sendt: 20-07-2026",
        "- Kritisk gennemgang: 3 punkter mangler",
        "| A1 | fleksibel udlejning | T001 | Unge først. | åben | 01-01-2028 | ABL § 60, stk. 1 |",
        "| Kvarteret | ikke på listerne | T001-T0101 |",
        "## Legalitetstilsyn, for sig (DB § 111)",
        "| Pålæg? | Overvej. | DB § 118, stk. 1 |",
        "Holdt 01-10-2025, styringsår 2025.",
        "Organisationen: Godt.",
        "– Et møde.",
    ],
)
def test_the_full_sheet_tells(line: str) -> None:
    lines = al.render(FULL).splitlines()
    assert line in lines
    assert "## Rapporten mangler" not in lines


@pytest.mark.parametrize(
    "line",
    [
        "- Afdelinger uden kendte boliger: 2",
        "| Den Opdigtede | 2026 | Demokrati? | ja |",
        "| Kvarteret | ikke på listerne | T001-T0101 |",
        "## Aftaler, der gælder (ABL § 6 f)",
        "| Husleje | kr. | 2 | vises ikke: færre end 3 | landet | 90 | 2 | 3 | 4 |",
        "| Husleje | kr. | 5 | 7 | landet | 90 | 2 | 3 | 4 |",
    ],
)
def test_the_full_briefing_tells(line: str) -> None:
    lines = al.render(BRIEFED).splitlines()
    assert line in lines
    assert any("Påhit (T004)" in each for each in lines)


def test_a_concluded_review_and_earlier_verdicts_are_shown() -> None:
    assert "- Kritisk gennemgang: afsluttet 10-08-2026" in al.render(
        evolve(FULL, review_concluded_on=date(2026, 8, 10))
    )
    suggestions = [entry.suggestion for entry in REVIEW.items]
    judged = REVIEW.review.judged(suggestions[0], al.Verdict.REMARK, "Sent.", by="x", on=date(2026, 8, 3))
    again = review_sheet(evolve(judged.renewed(2)), [evolve(suggestions[0], basis="another")])
    [row] = [line for line in al.render(again).splitlines() if line.startswith("| accounts")]
    assert row.endswith("| bemærkning (1): Sent. | ja |")


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
