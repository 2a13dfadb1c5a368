"""What the rules demand follows what is asked, must be answered and wants a comment, as the answers stand."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from almenstyring.content import load_standard
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.expressions import Expression
from almenstyring.domain.reporting import (
    NONE,
    NOT_APPLICABLE,
    DocumentationPackage,
    Standard,
)
from almenstyring.domain.values import Dkk, Number
from almenstyring.testing.builders import clean_package
from almenstyring.testing.case_changes import changed

from .checking import case_of, findings

STANDARD = load_standard(ReportYear(2026))
AREAS, GOALS, INITIATIVES = "economy.improvement_areas", "economy.efficiency_goals", "economy.efficiency_initiatives"
SCORE, PLAN, VACANT = "estate.efficiency_score", "estate.action_plan", "estate.homes_vacant"
MOVE_OUTS, FUND = "estate.external_move_outs", "facts.disposition_fund_per_unit"
FIRST, SECOND = "T001-T0101", "T001-T0201"
CLEAN = clean_package()


def with_changes(standard: Standard, changes: dict[str, dict[str, Any]]) -> Standard:
    """The standard with other fields on some questions, as a plug-in's may have; conditions are given as texts."""
    sections = tuple(
        evolve(section, questions=tuple(evolve(q, **_read(changes.get(q.id, {}))) for q in section.questions))
        for section in standard.sections
    )
    return evolve(standard, sections=sections)


def _read(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: Expression.read(value) if name.endswith("_when") else value for name, value in fields.items()}


def places(package: DocumentationPackage, code: str, standard: Standard | None = None) -> set[tuple[str, str]]:
    """The units and questions that a rule finds fault with."""
    found = [finding.location for finding in findings(package, standard) if finding.code == code]
    return {(place.unit, place.item) for place in found}


def asked(package: DocumentationPackage) -> set[tuple[str, str]]:
    return {(str(sheet.unit), question.id) for sheet, question in case_of(package).asked()}


# What is asked


@pytest.mark.parametrize(
    ("answer", "is_asked"),
    [("yes", True), ("no", False), (NONE, False), ("maybe", False), (Number(1), False)],
)
def test_goals_are_asked_only_where_there_are_areas_for_improvement(answer: object, is_asked: bool) -> None:
    found = asked(CLEAN.answer(AREAS, answer))
    assert {key for unit, key in found if key in (GOALS, INITIATIVES)} == ({GOALS, INITIATIVES} if is_asked else set())
    assert ("T001", AREAS) in found


def test_goals_are_not_asked_until_it_is_said_whether_there_are_areas_for_improvement() -> None:
    package = CLEAN.clear(AREAS).clear(GOALS).clear(INITIATIVES)
    assert ("T001", GOALS) not in asked(package)
    assert {finding.code for finding in findings(package)} == {"IMPROVEMENT-AREAS-UNANSWERED"}


@pytest.mark.parametrize(
    ("score", "is_asked"),
    [("69.9", True), ("0", True), ("70", False), ("70.1", False), (None, False), (NOT_APPLICABLE, False)],
)
def test_the_action_plan_is_asked_only_of_the_estate_whose_score_is_below_70(score: Any, is_asked: bool) -> None:
    package = CLEAN.clear(SCORE, estate=FIRST)
    if score is not None:
        package = package.answer(SCORE, Number.of(score) if isinstance(score, str) else score, estate=FIRST)
    found = asked(package)
    assert ((FIRST, PLAN) in found) is is_asked
    assert (SECOND, PLAN) not in found


def test_2025_asks_everything_whatever_is_answered() -> None:
    before = clean_package(2025)
    package = before.answer(AREAS, "no").clear(SCORE, estate=FIRST)
    wanted = {q.id for q in load_standard(ReportYear(2025))}
    assert asked(package) == asked(before)
    assert {key for _, key in asked(package)} == wanted
    assert places(package.answer(GOALS, NONE), "ANSWER-UNFIT") == {("T001", GOALS)}
    assert places(before.answer(AREAS, "yes").clear(GOALS), "EFFICIENCY-GOALS-MISSING") == {("T001", GOALS)}
    assert findings(before.answer(VACANT, 3, estate=FIRST)) == []


# What is kept though it is not asked


def test_an_answer_that_is_not_asked_for_is_let_be_whatever_its_form_until_it_is_asked_for_again() -> None:
    odd = CLEAN.answer(GOALS, NONE).answer(PLAN, Number(7), estate=FIRST)
    assert places(odd, "ANSWER-UNFIT") == {("T001", GOALS)}
    quiet = odd.answer(AREAS, "no")
    assert findings(quiet) == []
    loud = quiet.answer(AREAS, "yes").answer(SCORE, 50, estate=FIRST)
    assert places(loud, "ANSWER-UNFIT") == {("T001", GOALS), (FIRST, PLAN)}
    assert places(loud, "EFFICIENCY-GOALS-MISSING") == {("T001", GOALS)}


def test_an_answer_that_is_kept_is_no_unknown_question() -> None:
    assert places(CLEAN.answer(AREAS, "no"), "QUESTION-UNKNOWN") == set()


# What must be answered


def test_a_question_is_owed_where_its_condition_holds_and_not_where_it_does_not() -> None:
    standard = with_changes(STANDARD, {"economy.funds": {"required_when": f'answer["{AREAS}"] == "no"'}})
    package = CLEAN.clear("economy.funds")
    assert places(package.answer(AREAS, "no"), "EVALUATION-MISSING", standard) == {("T001", "economy.funds")}
    assert places(package.answer(AREAS, "yes"), "EVALUATION-MISSING", standard) == set()


def test_goals_are_owed_wherever_they_are_asked_for() -> None:
    case = case_of(CLEAN)
    of_report = {question.id: question for sheet, question in case.asked() if sheet is CLEAN.report}
    assert all(case.activity.is_required(CLEAN.report, of_report[key]) for key in (GOALS, INITIATIVES))
    package = CLEAN.clear(GOALS).clear(INITIATIVES)
    assert places(package, "EFFICIENCY-GOALS-MISSING") == {("T001", GOALS), ("T001", INITIATIVES)}
    assert {finding.code for finding in findings(package)} == {"EFFICIENCY-GOALS-MISSING"}


def test_an_accounting_figure_is_owed_where_its_condition_holds_and_not_where_it_does_not() -> None:
    condition = {"required": False, "required_when": f'answer["{AREAS}"] == "no"'}
    standard = with_changes(STANDARD, {FUND: condition})
    package = CLEAN.clear(FUND)
    assert places(package.answer(AREAS, "no"), "FIGURES-MISSING", standard) == {("T001", FUND)}
    assert places(package.answer(AREAS, "yes"), "FIGURES-MISSING", standard) == set()


def test_move_outs_are_not_owed_where_the_standard_does_not_ask_for_them() -> None:
    standard = with_changes(STANDARD, {MOVE_OUTS: {"asked_when": f'answer["{AREAS}"] == "yes"'}})
    package = CLEAN.clear(MOVE_OUTS, estate=FIRST)
    without_a_sheet = evolve(package, estate_reports=package.estate_reports[:1])
    assert places(without_a_sheet, "MOVE-OUTS-MISSING", standard) == {(FIRST, MOVE_OUTS), (SECOND, MOVE_OUTS)}
    assert places(without_a_sheet.answer(AREAS, "no"), "MOVE-OUTS-MISSING", standard) == set()


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_an_answer_about_areas_for_improvement_that_is_not_asked_for_brings_about_nothing(answer: str) -> None:
    standard = with_changes(STANDARD, {AREAS: {"asked_when": 'answer["economy.own_control"] == "no"'}})
    standard = with_changes(standard, {name: {"asked_when": "master.homes >= 0"} for name in (GOALS, INITIATIVES)})
    red = {"question": SCORE, "estate": FIRST, "value": 60, "imported": "final"}
    package = changed(CLEAN.answer(AREAS, answer).clear(GOALS), {"do": "answer", **red})
    assert {finding.code for finding in findings(package, standard)} == set()
    again = package.answer("economy.own_control", "no", comment="Ny direktør.")
    owed = {"yes": "EFFICIENCY-GOALS-MISSING", "no": "RED-ESTATE-WITHOUT-GOALS"}
    assert {finding.code for finding in findings(again, standard)} == {owed[answer]}


# What wants a comment


@pytest.mark.parametrize(
    ("vacant", "comment", "is_wanted"),
    [(0, "", False), (1, "", True), (7, " ", True), (1, "Renoveres.", False), (NONE, "", False), ("en", "", False)],
)
def test_vacant_homes_are_explained_and_none_need_no_explanation(vacant: object, comment: str, is_wanted: bool) -> None:
    package = CLEAN.answer(VACANT, vacant, comment=comment, estate=FIRST)
    found = places(package, "EVALUATION-COMMENT-MISSING")
    assert found == ({(FIRST, VACANT)} if is_wanted else set())


def test_an_accounting_figure_without_the_comment_its_condition_wants_stops_the_package() -> None:
    figure = "facts.administration_contribution_per_unit"
    condition = f'answer["{figure}"] > quantity(4000, "kr/unit")'
    standard = with_changes(STANDARD, {figure: {"comment_when": condition}})
    assert places(CLEAN.answer(figure, Dkk.of(4001)), "FIGURES-COMMENT-MISSING", standard) == {("T001", figure)}
    assert places(CLEAN.answer(figure, Dkk.of(4000)), "FIGURES-COMMENT-MISSING", standard) == set()


def test_a_comment_that_is_always_wanted_is_not_wanted_where_nothing_is_asked() -> None:
    standard = with_changes(STANDARD, {FUND: {"asked_when": f'answer["{AREAS}"] == "yes"'}})
    bare = CLEAN.clear(FUND).answer(FUND, Dkk.of(5000))
    assert places(bare, "FIGURES-COMMENT-MISSING", standard) == {("T001", FUND)}
    assert findings(bare.answer(AREAS, "no"), standard) == []
