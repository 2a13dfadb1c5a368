"""Proposals for an agenda: each with its source, none twice, always in the same order."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date
from enum import Enum

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from almenstyring.content import label, load_standard
from almenstyring.content.supervision_themes import load_themes
from almenstyring.domain.agreements import Agreement, AgreementKind, AgreementStatus, AgreementStep
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue import DialogueMeeting
from almenstyring.domain.dialogue.material import DeviatingFigure
from almenstyring.domain.dialogue.preparing import (
    GOALS,
    AgendaPart,
    AgendaProposal,
    MunicipalGoals,
    ProposalSource,
    theme_on,
)
from almenstyring.domain.dialogue.proposing import AtHand, by_part, proposed_agenda
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.findings import Finding, Location, Severity
from almenstyring.domain.organisations import AreaStatus, HousingArea
from almenstyring.domain.reporting import DocumentationPackage, Question
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, LbfNumber, LegalReference, MunicipalityCode, Number
from almenstyring.testing.builders import clean_package
from almenstyring.testing.case_changes import changed

T001, ESTATE, T01 = LbfNumber("T001"), EstateId.parse("T001-T0101"), MunicipalityCode("T01")
STANDARD = load_standard(ReportYear(2026))
FIXED_WITHOUT_A_REPORT = [
    "fixed.welcome",
    "fixed.last_agreements",
    "fixed.missing_report",
    "fixed.new_agreements",
    "fixed.other",
]


def agreement(name: str, day: int = 1, **more: object) -> Agreement:
    plain = Agreement(
        id=name,
        kind=AgreementKind.FLEXIBLE_LETTING,
        municipality=T01,
        organisations=(T001,),
        text=f"Aftalen {name}.",
        concluded_on=date(2024, 1, day),
        responsible="driftschef",
    )
    return evolve(plain, **more)  # type: ignore[arg-type]


def finding(code: str, unit: str = "T001", severity: Severity = Severity.CONFIRM, message: str = "Fundet.") -> Finding:
    return Finding(
        code=code,
        severity=severity,
        location=Location(unit=unit),
        message=Text(message, message),
        hint=Text("Drøftes.", "Discuss."),
        law=LegalReference.parse("DB § 112, stk. 5, nr. 2"),
    )


def figure(name: str, unit: LbfNumber | EstateId = ESTATE, explanation: str = "") -> DeviatingFigure:
    word = Text(name, name)
    return DeviatingFigure(
        unit=unit,
        unit_name="Månen",
        figure=name,
        name=word,
        value=Text("9", "9"),
        why=Text("", ""),
        n=7,
        median=Text("5", "5"),
        explanation=explanation,
    )


GOALS_OF_T01 = MunicipalGoals(
    municipality=T01, set_on=date(2026, 1, 1), set_by="tilsyn-1", goals={"letting": "Flere unge."}, strategy="Sammen."
)
AREA = HousingArea(name="Måneskinskvarteret", estates=(ESTATE,), status=AreaStatus.PREVENTION)
MEETING = DialogueMeeting(
    organisation=T001,
    report_year=ReportYear(2025),
    municipality=T01,
    held_on=date(2025, 10, 1),
    municipalitys_assessment="Det går fremad.",
    agreements=("Et fælles møde.", "Aftalen A1."),
)


def agenda(package: DocumentationPackage | None = None, **more: object) -> tuple[AgendaProposal, ...]:
    return proposed_agenda(AtHand(package=package, standard=STANDARD, **more), label)  # type: ignore[arg-type]


def by_id(proposals: tuple[AgendaProposal, ...]) -> Mapping[str, AgendaProposal]:
    return {each.id: each for each in proposals}


def red(scores: dict[int, str], *, typed: bool = False, plan: str = "") -> DocumentationPackage:
    package = clean_package().clear("estate.action_plan", estate="T001-T0101")
    for year, score in scores.items():
        change: dict[str, object] = {"do": "earlier_figure", "figure": "efficiency_score", "unit": str(ESTATE)}
        if year != 2025:
            package = changed(package, {**change, "year": year, "value": score})
        elif typed:
            package = package.answer("estate.efficiency_score", Number.of(score), estate=ESTATE)
        else:
            answered = {"do": "answer", "question": "estate.efficiency_score", "estate": str(ESTATE)}
            package = changed(package, {**answered, "imported": "final", "value": {"number": score}})
    return package.answer("estate.action_plan", plan, estate=ESTATE) if plan else package


# the whole agenda


def test_without_a_report_the_meeting_is_owed_and_the_agenda_says_so() -> None:
    proposals = agenda()
    assert [each.id for each in proposals] == FIXED_WITHOUT_A_REPORT
    assert str(by_id(proposals)["fixed.missing_report"].law) == "DB § 112, stk. 1"


def test_the_golden_agenda_of_everything_at_hand() -> None:
    proposals = agenda(
        clean_package(),
        findings=(finding("COSTS-NOT-COVERED"), finding("ACCOUNT-UNKNOWN")),
        own_codes=frozenset({"COSTS-NOT-COVERED", "ACCOUNT-UNKNOWN"}),
        figures=(figure("vacancy_rate"),),
        agreements=(agreement("A2", 2), agreement("A1", 1)),
        last_meetings=(MEETING,),
        areas=(AREA,),
        goals=GOALS_OF_T01,
        theme=load_themes()[0],
        follow_ups=(evolve(finding("REVIEW-PROVISIONS"), location=Location(unit="T001", item="provisions")),),
    )
    assert [(each.part.value, each.id) for each in proposals] == [
        ("opening", "fixed.welcome"),
        ("follow_up", "fixed.last_agreements"),
        ("follow_up", "agreement.A1"),
        ("follow_up", "agreement.A2"),
        ("follow_up", "meeting.2025.agreement-1"),
        ("follow_up", "meeting.2025.assessments"),
        ("report", "fixed.report"),
        ("report", "review.provisions"),
        ("goals", "finding.COSTS-NOT-COVERED"),
        ("goals", "question.economy.own_control"),
        ("goals", "municipal_goal.letting"),
        ("goals", "figure.T001-T0101"),
        ("areas", "area.Måneskinskvarteret"),
        ("theme", "theme.red_estates_2017_2018"),
        ("new_agreements", "fixed.new_agreements"),
        ("new_agreements", "municipal_goal.strategy"),
        ("closing", "fixed.other"),
    ]


PARTS = {
    "findings": (finding("COSTS-NOT-COVERED"), finding("COSTS-NOT-COVERED", "T001-T0101"), finding("MY-OWN-RULE")),
    "figures": (figure("vacancy_rate"), figure("rent_per_m2"), figure("liquidity", T001)),
    "agreements": (agreement("A1"), agreement("A1"), agreement("A2", 3)),
    "areas": (AREA, AREA),
    "follow_ups": (evolve(finding("REVIEW-X"), location=Location(item="x")),),
}


@settings(max_examples=60)
@given(st.data())
def test_every_proposal_names_its_source_none_comes_twice_and_order_does_not_matter(data: st.DataObject) -> None:
    shuffled = {name: tuple(data.draw(st.permutations(given))) for name, given in PARTS.items()}
    package = data.draw(st.sampled_from([None, clean_package(), red({2025: "60"})]))
    more = data.draw(
        st.fixed_dictionaries(
            {}, optional={"last_meetings": st.just((MEETING,)), "goals": st.just(GOALS_OF_T01), "theme": st.just(None)}
        )
    )
    proposals = agenda(package, **shuffled, **more)
    assert all(each.reference and isinstance(each.source, ProposalSource) for each in proposals)
    assert all(each.title.da and each.title.en and each.why.da and each.why.en for each in proposals)
    assert len({each.id for each in proposals}) == len({(e.source, e.reference) for e in proposals}) == len(proposals)
    assert [each.id for each in proposals] == [each.id for each in agenda(package, **PARTS, **more)]
    assert list(itertools.chain(*by_part(proposals).values())) == list(proposals)
    assert all(each.goal is None or each.goal in GOALS for each in proposals)


# agreements and the last meeting


def test_a_closed_agreement_is_not_proposed_and_an_open_one_tells_its_latest_words() -> None:
    step = AgreementStep(on=date(2025, 1, 1), status=AgreementStatus.CONTINUED, note="Går godt.", by="tilsyn-1")
    open_one = agreement("A1").followed_up(step)
    closed = agreement("A2").ended(date(2025, 2, 2), note="Slut.", by="tilsyn-1")
    found = by_id(agenda(agreements=(open_one, closed)))
    assert "agreement.A2" not in found
    proposal = found["agreement.A1"]
    assert proposal.reference == "A1" and str(proposal.law) == "ABL § 60, stk. 1"
    assert proposal.why.da == "Aftalen A1.; videreført; Går godt.; revideres senest 2028-01-01"


def test_what_the_last_meeting_agreed_is_proposed_once_where_it_is_kept_as_an_agreement_too() -> None:
    found = by_id(agenda(agreements=(agreement("A1"),), last_meetings=(MEETING,)))
    told = [each.why.da for each in found.values() if each.source is ProposalSource.MEETING]
    assert told == ["Et fælles møde.", "Kommunen: Det går fremad."]


# findings


def test_findings_of_one_rule_are_one_proposal_with_the_organisations_reason() -> None:
    raised = finding("DEVIATION-UNEXPLAINED", message="Huslejen er høj.")
    many = [finding("DEVIATION-UNEXPLAINED", f"T001-T0{number}01", message="Igen.") for number in (1, 2, 3)]
    package = clean_package().confirm(raised, reason="Nybyggeri.", on=date(2026, 6, 1))
    proposal = by_id(agenda(package, findings=(raised, *many)))["finding.DEVIATION-UNEXPLAINED"]
    assert proposal.why.da == 'Huslejen er høj. Organisationen: "Nybyggeri."; Igen.; Igen.; og 1 mere'
    assert proposal.goal == "estates"


@pytest.mark.parametrize(
    ("code", "severity", "own", "proposed"),
    [
        ("SUBTOTAL-DIFFERS", Severity.CONFIRM, True, False),
        ("MY-OWN-RULE", Severity.CONFIRM, False, True),
        ("MY-OWN-RULE", Severity.NOTE, False, False),
        ("MOVE-OUTS-MISSING", Severity.ERROR, True, True),
    ],
    ids=["how accounts add up", "a plug-in's rule", "a plug-in's note", "a matter of the meeting"],
)
def test_which_findings_are_matters_of_a_meeting(code: str, severity: Severity, own: bool, proposed: bool) -> None:
    found = agenda(
        clean_package(), findings=(finding(code, severity=severity),), own_codes=frozenset({code} if own else ())
    )
    assert (f"finding.{code}" in by_id(found)) is proposed


# answers


def test_a_low_evaluation_is_proposed_with_its_comment_under_its_goal() -> None:
    low = next(o for o in _question("letting.varied_residents").options if o.low)
    package = clean_package().answer("letting.varied_residents", low.id, comment="Mange flytter.")
    proposal = by_id(agenda(package))["question.letting.varied_residents"]
    assert (proposal.goal, proposal.source, str(proposal.law)) == ("letting", ProposalSource.QUESTION, "ABL § 6 d")
    assert proposal.why.da == f"{low.text.da}; Mange flytter."


def _question(question_id: str) -> Question:
    found = STANDARD.question(question_id)
    assert found is not None
    return found


def test_own_control_tells_first_what_is_not_done() -> None:
    package = clean_package().answer("economy.written_procedures", "no", comment="På vej.")
    why = by_id(agenda(package))["question.economy.own_control"].why.en
    assert why.startswith(f"{_question('economy.written_procedures').text.en} No")


def test_own_control_without_answers_is_a_point_too() -> None:
    package = clean_package()
    for question in ("economy.own_control", "economy.own_control_areas", "economy.competition_assessed"):
        package = package.clear(question)
    for question in ("economy.written_procedures", "economy.management_information", "economy.cost_goals"):
        package = package.clear(question)
    assert by_id(agenda(package))["question.economy.own_control"].why.en == "The organisation has not answered."


def test_problems_and_needs_are_proposed_only_where_the_report_tells_some() -> None:
    quiet = by_id(agenda(clean_package()))
    assert "question.agreements.need" not in quiet and "question.special_problems.estates" not in quiet
    package = clean_package().answer("agreements.need", [{"type": "Anvisning", "subject": "Unge"}])
    package = package.answer("special_problems.estates", [{"estate": "T0101", "problem": "Tomgang"}])
    found = by_id(agenda(package))
    assert found["question.agreements.need"].part is AgendaPart.NEW_AGREEMENTS
    assert found["question.special_problems.estates"].why.da == "T0101, Tomgang"


def test_an_estate_that_does_badly_is_one_point() -> None:
    low = next(o for o in _question("estate.socially_sound").options if o.low)
    package = clean_package().answer("estate.socially_sound", low.id, comment="Uro.", estate=ESTATE)
    proposal = by_id(agenda(package))["question.T001-T0101"]
    assert "Uro." in proposal.why.da and proposal.title.da == "Afdelingen T001-T0101 Opdigtet Afdeling T0101"


# figures and red estates


def test_critical_figures_of_a_unit_are_one_point_with_median_and_explanation() -> None:
    found = by_id(agenda(clean_package(), figures=(figure("husleje", explanation="Nyt tag."), figure("ledige"))))
    assert found["figure.T001-T0101"].why.da == (
        'husleje 9 (median 5, n = 7); ledige 9 (median 5, n = 7). Organisationen: "Nyt tag."'
    )


@pytest.mark.parametrize(
    ("scores", "plan", "words"),
    [
        ({2025: "60"}, "", "Der er ingen handleplan i rapporten."),
        ({2025: "60"}, "Ny drift.", "Handleplan: Ny drift."),
        ({2025: "60", 2024: "61", 2023: "62"}, "", "handleplanen skal drøftes på mødet"),
    ],
    ids=["red", "red with a plan", "red in three accounts"],
)
def test_a_red_estate_is_a_point_with_its_plan(scores: dict[int, str], plan: str, words: str) -> None:
    proposal = by_id(agenda(red(scores, plan=plan)))["action_plan.T001-T0101"]
    assert words in proposal.why.da and str(proposal.law) == "ABL § 14 b, stk. 4"


@pytest.mark.parametrize(
    "package",
    [red({2025: "70"}), red({2024: "50"}), red({2025: "50"}, typed=True)],
    ids=["not red", "red only last year", "typed and so not official"],
)
def test_only_an_official_score_of_the_year_makes_an_estate_red(package: DocumentationPackage) -> None:
    assert "action_plan.T001-T0101" not in by_id(agenda(package))


# areas, goals, theme


def test_areas_have_their_status_and_what_the_report_says() -> None:
    package = clean_package().answer(
        "housing_areas.development",
        [{"area": AREA.name, "development": "Roligere."}, {"area": "Nyt", "development": ""}],
    )
    found = by_id(agenda(package, areas=(AREA,)))
    assert found[f"area.{AREA.name}"].why.da == "forebyggelsesområde; Roligere."
    assert found["area.Nyt"].why.da == "ikke på listerne; rapporten siger intet om udviklingen"


@pytest.mark.parametrize("goals", [{"happiness": "Ja."}, {"letting": " "}], ids=["no goal of the law", "no text"])
def test_goals_are_those_of_the_law_and_have_a_text(goals: dict[str, str]) -> None:
    with pytest.raises(InvalidValueError):
        evolve(GOALS_OF_T01, goals=goals)


@pytest.mark.parametrize(
    ("day", "known"), [(date(2018, 6, 1), True), (date(2026, 8, 3), False)], ids=["2018", "2026: none was found"]
)
def test_a_theme_is_never_invented(day: date, known: bool) -> None:
    assert (theme_on(load_themes(), day) is not None) is known


def test_the_theme_that_the_municipality_names_stands_on_the_agenda_beside_the_states() -> None:
    goals = evolve(GOALS_OF_T01, theme="Indkøb i fællesskab")
    both = [each for each in agenda(goals=goals, theme=load_themes()[0]) if each.part is AgendaPart.THEME]
    assert [each.id for each in both] == ["theme.municipal", "theme.red_estates_2017_2018"]
    assert both[0].title.da == "Tilsynstema: Indkøb i fællesskab"
    assert not any(each.part is AgendaPart.THEME for each in agenda(goals=GOALS_OF_T01))


def test_every_label_an_agenda_needs_is_there() -> None:
    members: list[Enum] = [*AgendaPart, *ProposalSource]
    assert all(label(member).da for member in members)
