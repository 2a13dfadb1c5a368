"""What single rules look at, where a case file says too little about how much is found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.organisations import Homes, OrganisationKind
from almenstyring.domain.reporting import (
    NONE,
    NOT_APPLICABLE,
    AnnualReport,
    AnnualReportItem,
    Answer,
    DocumentationPackage,
    Sheet,
)
from almenstyring.domain.values import EstateId, LbfNumber, Number
from almenstyring.rules import Case, CheckContext, run
from almenstyring.rules.builtin import BUILTIN_RULES
from almenstyring.testing.builders import clean_context, clean_package
from almenstyring.testing.case_changes import changed
from almenstyring.testing.rule_cases import load_case

from .checking import find

CASES = Path(__file__).parents[1] / "cases"
ESTATE = "T001-T0101"
MOVE_OUTS = "estate.external_move_outs"


def with_homes(package: DocumentationPackage, **homes: int) -> DocumentationPackage:
    return changed(
        package,
        {"do": "master", "estate": ESTATE, "homes": homes, "published_units": str(float(sum(homes.values()) + 2))},
    )


def test_each_answer_that_does_not_fit_is_told_with_its_own_reason() -> None:
    case = load_case(CASES / "ANSWER-UNFIT" / "fails.toml")
    found = [finding.values["why"] for finding in case.found(BUILTIN_RULES) if finding.code == case.code]
    assert len(found) == 12
    assert len(set(found)) == 11  # "ingen" is refused twice


def test_a_finding_names_place_amounts_and_difference_in_each_language() -> None:
    case = load_case(CASES / "INCOME-NOT-EXPENDITURE" / "fails.toml")
    found = [finding for finding in case.found(BUILTIN_RULES) if finding.code == case.code]
    (estate, organisation) = sorted(found, key=lambda finding: -len(finding.location.unit))
    assert "Opdigtet Afdeling T0101 (T001-T0101): udgifter i alt (konto 150) 3.150.000,00 kr." in estate.message.da
    assert estate.message.en.endswith("differ by DKK 1.01.")
    assert "Opdigtet Bolig T001 (T001)" in organisation.message.en


def test_a_text_where_the_number_of_move_outs_should_be_is_no_number() -> None:
    package = clean_package().answer(MOVE_OUTS, "mange", estate=ESTATE)
    assert len(find(package, "MOVE-OUTS-MISSING")) == 1
    assert len(find(package, "ANSWER-UNFIT")) == 1


def test_a_text_where_an_amount_should_be_is_no_accounting_figure() -> None:
    package = clean_package().answer("facts.working_capital_per_unit", "mange penge")
    assert len(find(package, "FIGURES-MISSING")) == 1


def test_accounts_without_postings_are_missing_too() -> None:
    package = clean_package()
    empty = evolve(package.accounts[0], postings={})
    assert len(find(package.with_accounts(empty), "ACCOUNTS-MISSING")) == 1


def test_projected_accounts_and_projected_accounting_figures_are_not_of_the_year() -> None:
    package = clean_package()
    projected = evolve(package.accounts[0], status=FigureStatus.PROJECTED)
    figure = {"question": "facts.disposition_fund_per_unit", "value": {"dkk": "1"}, "comment": "x"}
    package = changed(package.with_accounts(projected), {"do": "answer", "imported": "projected", **figure})
    places = {finding.location.part for finding in find(package, "FIGURES-NOT-OF-THE-YEAR")}
    assert places == {"accounts", "governance_report"}


def test_old_accounts_are_found_even_where_the_standard_is_not_known() -> None:
    package = changed(clean_package(), {"do": "accounts", "unit": "T001", "period": "2023-01-01/2023-12-31"})
    assert len(find(package, "FIGURES-NOT-OF-THE-YEAR", CheckContext())) == 1


def test_the_move_outs_of_a_small_estate_say_nothing_about_a_rate() -> None:
    package = with_homes(clean_package(), family=19).answer(MOVE_OUTS, 19, estate=ESTATE)
    assert find(package, "DEVIATION-UNEXPLAINED") == []


@pytest.mark.parametrize(
    ("homes", "level"),
    [
        ({"family": 40}, "10,4 pct."),
        ({"youth": 40}, "39,9 pct."),
        ({"elderly": 40}, "13,1 pct."),
        ({"family": 20, "youth": 20}, "13,1 pct."),
    ],
)
def test_an_estate_is_compared_with_its_own_type_of_homes(homes: dict[str, int], level: str) -> None:
    package = with_homes(clean_package(), **homes).answer(MOVE_OUTS, 39, estate=ESTATE)
    (finding,) = find(package, "DEVIATION-UNEXPLAINED")
    assert f"97,5 pct. mod {level}" in finding.message.da


def test_the_edge_of_the_band_is_no_deviation() -> None:
    package = clean_package()
    for rate, deviates in (("20.8", False), ("26.2", False), ("26.3", True), ("6.5", True), ("6.6", False)):
        answered = package.answer("letting.move_out_rate", Number.of(rate))
        assert bool(find(answered, "DEVIATION-UNEXPLAINED")) is deviates, rate


def test_nothing_is_compared_where_no_national_figure_is_published() -> None:
    context = clean_context()
    assert context.references is not None
    without = evolve(context.references, benchmarks=evolve(context.references.benchmarks, benchmark={}))
    package = clean_package().answer("letting.move_out_rate", 99)
    assert find(package, "DEVIATION-UNEXPLAINED", evolve(context, references=without)) == []


def test_an_explanation_of_another_estate_explains_nothing() -> None:
    rows = [{"figure": "fraflytning", "unit": "T0201", "explanation": "x"}]
    package = clean_package().answer(MOVE_OUTS, 50, estate=ESTATE).answer("facts.deviations", rows)
    assert len(find(package, "DEVIATION-UNEXPLAINED")) == 1
    package = package.answer("facts.deviations", ["T0101 er renoveret"])
    assert len(find(package, "DEVIATION-UNEXPLAINED")) == 1


def test_an_estate_without_homes_is_not_asked_for_move_outs_but_reports() -> None:
    package = clean_package().clear(MOVE_OUTS, estate=ESTATE)
    master = package.master_data
    assert master is not None
    estates = tuple(evolve(estate, homes=Homes(), published_units=None) for estate in master.estates)
    package = evolve(package, master_data=evolve(master, estates=estates))
    assert find(package, "MOVE-OUTS-MISSING") == []
    assert find(evolve(package, estate_reports=()), "ESTATE-REPORT-MISSING") != []


def test_a_number_is_no_word_in_the_annual_report() -> None:
    items = {item: Answer(value=Number(1)) for item in AnnualReportItem}
    package = evolve(clean_package(), annual_report=AnnualReport(items=items))
    found = {f.code for f in run(BUILTIN_RULES, Case(package=package, context=clean_context()))}
    assert len(found) == len(AnnualReportItem)


def test_blanks_are_no_answer() -> None:
    package = clean_package().answer("conclusion.challenges", "   ")
    assert len(find(package, "EVALUATION-MISSING")) == 1


def test_none_is_no_goal_where_there_are_areas_for_improvement() -> None:
    package = changed(
        clean_package(), {"do": "answer", "question": "economy.efficiency_goals", "value": {"special": "none"}}
    )
    assert len(find(package, "EFFICIENCY-GOALS-MISSING")) == 1


def test_a_report_or_a_sheet_of_somebody_else_is_an_unknown_unit() -> None:
    package = clean_package()
    stranger = EstateId.parse("T002-T0101")
    package = evolve(
        package,
        report=Sheet(unit=LbfNumber("T002"), answers=package.report.answers),
        estate_reports=(*package.estate_reports, evolve(package.estate_reports[0], unit=stranger)),
    )
    units = {finding.location.unit for finding in find(package, "UNIT-UNKNOWN")}
    assert units == {"T002", "T002-T0101"}


def test_a_confirmation_falls_when_the_amount_it_was_given_for_changes() -> None:
    change = {"do": "post", "unit": ESTATE, "account": "220"}
    before = find(changed(clean_package(), {**change, "amount": "1"}), "INCOME-NOT-EXPENDITURE")[0]
    after = find(changed(clean_package(), {**change, "amount": "2"}), "INCOME-NOT-EXPENDITURE")[0]
    assert before.location == after.location
    assert before.fingerprint != after.fingerprint


@pytest.mark.parametrize(("score", "red"), [("69.9", True), ("70", False), ("70.1", False)])
@pytest.mark.parametrize(("imported", "code"), [("final", "RED-ESTATE-WITHOUT-GOALS"), ("", "COMPUTED-SCORE-RED")])
def test_an_estate_is_red_below_70_per_cent(score: str, red: bool, imported: str, code: str) -> None:
    package = clean_package().answer("economy.improvement_areas", "no")
    answer = {"question": "estate.efficiency_score", "estate": ESTATE, "value": {"number": score}}
    package = changed(package, {"do": "answer", "imported": imported, **answer})
    assert bool(find(package, code)) is red


def asking(question_id: str, **changes: Any) -> CheckContext:
    """The context with one question of the standard asked otherwise, as a plug-in's standard may."""
    context = clean_context()
    assert context.standard is not None
    sections = tuple(
        evolve(
            section,
            questions=tuple(evolve(q, **changes) if q.id == question_id else q for q in section.questions),
        )
        for section in context.standard.sections
    )
    return evolve(context, standard=evolve(context.standard, sections=sections))


def test_none_is_no_goal_even_where_the_question_allows_it() -> None:
    package = clean_package().answer("economy.efficiency_goals", NONE)
    context = asking("economy.efficiency_goals", allows_none=True)
    assert len(find(package, "EFFICIENCY-GOALS-MISSING", context)) == 1


def test_an_accounting_figure_that_is_not_required_may_be_missing() -> None:
    figure = "facts.administration_contribution_per_unit"
    package = clean_package().clear(figure)
    assert find(package, "FIGURES-MISSING", asking(figure, required=False)) == []
    assert len(find(package, "FIGURES-MISSING")) == 1


def test_an_accounting_figure_may_be_not_applicable_where_the_question_allows_it() -> None:
    figure = "facts.administration_contribution_per_unit"
    package = clean_package().answer(figure, NOT_APPLICABLE)
    assert find(package, "FIGURES-MISSING", asking(figure, allows_not_applicable=True)) == []
    assert len(find(package, "FIGURES-MISSING")) == 1


def test_a_count_cannot_be_negative_but_a_rate_of_change_can() -> None:
    rate, count = (clean_package().answer("democracy.estate_boards", Number.of(n)) for n in ("-1.5", "-1"))
    assert find(rate, "ANSWER-UNFIT") == []
    assert len(find(count, "ANSWER-UNFIT", asking("democracy.estate_boards", decimals=0))) == 1


def test_a_question_asked_at_another_level_is_as_unknown_as_an_invented_one() -> None:
    found = load_case(CASES / "QUESTION-UNKNOWN" / "fails.toml").found(BUILTIN_RULES)
    assert {(f.location.unit, f.location.item) for f in found} == {
        ("T001", "economy.invented"),
        (ESTATE, "economy.sound_operation"),
    }


@pytest.mark.parametrize(
    ("kind", "owes"),
    [
        pytest.param(OrganisationKind.SELF_OWNING_YOUTH, True, id="DB § 78, stk. 2, takes § 73 over"),
        pytest.param(OrganisationKind.SELF_OWNING_ELDERLY, True, id="and for the elderly"),
        pytest.param(OrganisationKind.MUNICIPAL_ELDERLY, False, id="public homes have rules of their own"),
    ],
)
def test_who_owes_an_annual_report(kind: OrganisationKind, owes: bool) -> None:
    package = evolve(clean_package(kind=kind), annual_report=AnnualReport())
    assert bool(find(package, "ANNUAL-REPORT-OWN-CONTROL")) is owes
    assert not find(package, "EVALUATION-MISSING")
