"""What holds for all built-in rules together."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.findings import CheckReport, Finding, Severity, digest
from almenstyring.domain.organisations import OrganisationKind
from almenstyring.domain.reporting import NONE, NOT_APPLICABLE, Answer, DocumentationPackage, Sheet
from almenstyring.domain.text import LANGUAGES
from almenstyring.domain.values import Dkk, Number
from almenstyring.rules import Case, CheckContext, Need, Problem, Rule, run
from almenstyring.rules.builtin import BUILTIN_RULES
from almenstyring.testing.builders import clean_context, clean_master_data, clean_package
from almenstyring.testing.case_changes import changed

SENDING_IS_BLOCKED = {
    "MOVE-OUTS-MISSING",
    "FIGURES-MISSING",
    "FIGURES-COMMENT-MISSING",
    "FIGURES-NOT-OF-THE-YEAR",
}
NOTES = {"AGREEMENT-REVIEW-AGREED", "FIGURE-PROJECTED", "COMPUTED-SCORE-RED", "PERIOD-NOT-TWELVE-MONTHS"}
EXCLUDED_BY_OTHERS = {
    "IMPROVEMENT-AREAS-UNANSWERED",  # the board says no instead, which makes a red estate a contradiction
    "EFFICIENCY-GOALS-MISSING",
    "ADMINISTRATION-WITH-ESTATES",
    "OPENING-BALANCE-DIFFERS",  # needs last year's package
    "ACTION-PLAN-MISSING",  # needs the scores of three years
    "AGREEMENT-STATUS-MISSING",  # the agreements themselves are in the package instead
    "AGREEMENT-REVIEW-OVERDUE",
}
MOVE_OUTS = "estate.external_move_outs"
FUND = "facts.disposition_fund_per_unit"
PLANTED: Mapping[str, dict[str, Any]] = {
    "MOVE-OUTS-MISSING": {"do": "clear", "question": MOVE_OUTS, "estate": "T001-T0101"},
    "MOVE-OUTS-IMPLAUSIBLE": {
        "do": "answer",
        "question": MOVE_OUTS,
        "value": 200,
        "estate": "T001-T0201",
        "comment": "x",
    },
    "DEVIATION-UNEXPLAINED": {"do": "answer", "question": MOVE_OUTS, "value": 40, "estate": "T001-T0301"},
    "FIGURES-MISSING": {"do": "clear", "question": "facts.administration_contribution_per_unit"},
    "FIGURES-COMMENT-MISSING": {"do": "answer", "question": FUND, "value": {"dkk": "1"}},
    "FIGURES-NOT-OF-THE-YEAR": {"do": "accounts", "unit": "T001-T0101", "period": "2024-01-01/2024-12-31"},
    "FIGURE-PROJECTED": {
        "do": "answer",
        "question": "estate.rent_per_m2",
        "value": 900,
        "estate": "T001-T0101",
        "imported": "provisional",
    },
    "EVALUATION-MISSING": {"do": "clear", "question": "economy.sound_operation"},
    "EVALUATION-COMMENT-MISSING": {"do": "answer", "question": "economy.own_control", "value": "partly"},
    "AGREEMENT-NEED-MISSING": {"do": "clear", "question": "agreements.need"},
    "AGREEMENT-UNANSWERED": {"do": "agree", "agreement": "A-1", "concluded_on": date(2025, 9, 1)},
    "AGREEMENT-REVIEW-AGREED": {
        "do": "agree",
        "agreement": "A-2",
        "concluded_on": date(2025, 9, 1),
        "review_due": date(2025, 10, 1),
    },
    "RED-ESTATE-WITHOUT-GOALS": {
        "do": "answer",
        "question": "estate.efficiency_score",
        "value": 60,
        "estate": "T001-T0101",
        "imported": "final",
    },
    "COMPUTED-SCORE-RED": {
        "do": "answer",
        "question": "estate.efficiency_score",
        "value": 60,
        "estate": "T001-T0201",
    },
    "ANNUAL-REPORT-FINANCIAL-PROBLEMS": {"do": "tell", "item": "financial_problems", "text": ""},
    "ANNUAL-REPORT-FINANCIAL-MANAGEMENT": {"do": "tell", "item": "financial_management", "text": ""},
    "ANNUAL-REPORT-OWN-CONTROL": {"do": "tell", "item": "own_control", "text": ""},
    "ANNUAL-REPORT-COST-GOALS": {"do": "tell", "item": "cost_goals", "text": ""},
    "ANNUAL-REPORT-AUDITOR-REMARKS": {"do": "tell", "item": "auditor_remarks", "text": ""},
    "PROTOCOL-MISSING": {"do": "protocol"},
    "INCOME-NOT-EXPENDITURE": {"do": "post", "unit": "T001-T0201", "account": "220", "amount": "5"},
    "ASSETS-NOT-LIABILITIES": {"do": "post", "unit": "T001-T0201", "account": "310", "amount": "5"},
    "SURPLUS-AND-DEFICIT": {"do": "post", "unit": "T001-T0201", "account": "210", "amount": "5"},
    "COSTS-NOT-COVERED": {"do": "post", "unit": "T001-T0201", "account": "116.2", "amount": "5"},
    "FUND-SPLIT-DIFFERS": {"do": "post", "unit": "T001", "account": "803.bunden", "amount": "5"},
    "SUBTOTAL-DIFFERS": {"do": "post", "unit": "T001-T0201", "account": "124.8", "amount": "5"},
    "ACCOUNT-UNKNOWN": {"do": "post", "unit": "T001-T0201", "account": "999", "amount": "5"},
    "ACCOUNTS-PERIOD-DIFFERS": {"do": "accounts", "unit": "T001-T0301", "period": "2025-02-01/2025-12-31"},
    "ACCOUNTS-MISSING": {"do": "drop", "part": "accounts", "unit": "T001-T0401"},
    "TENANCY-UNITS-DIFFER": {"do": "master", "estate": "T001-T0101", "published_units": "1.2"},
    "KEY-FIGURE-STALE": {"do": "key_figure", "unit": "T001-T0101", "figure": "area_per_home", "value": "70"},
    "KEY-FIGURE-CRITICAL": {
        "do": "key_figure",
        "unit": "T001-T0201",
        "figure": "area_per_home",
        "value": "76.0",
        "critical": ["peers"],
    },
    "COMMENT-UNANSWERED": {"do": "comment", "question": "letting.move_out_rate", "text": "x"},
    "STANDARD-MISMATCH": {"do": "package", "standard": "Standard=invented(2026)"},
    "QUESTION-UNKNOWN": {"do": "answer", "question": "invented", "value": "x"},
    "ANSWER-UNFIT": {"do": "answer", "question": "letting.varied_residents", "value": 1},
    "UNIT-UNKNOWN": {"do": "accounts", "unit": "T001-T0901"},
    "ESTATE-REPORT-MISSING": {
        "do": "master",
        "estate": "T001-T0801",
        "kind": "housing",
        "in_operation_from": clean_master_data().estates[0].in_operation_from,
    },
    "ATTACHMENT-DANGLING": {"do": "refer", "attachment": "x.pdf"},
}
PERIODS = {
    # a period of another year would make the accounts of every unit old too, so these two are planted by themselves
    "PERIOD-OF-ANOTHER-YEAR",
    "PERIOD-NOT-TWELVE-MONTHS",
}


def find(package: DocumentationPackage, rules: tuple[Rule, ...] = BUILTIN_RULES) -> list[Finding]:
    return list(run(rules, Case(package=package, context=clean_context(2026))))


@pytest.fixture(scope="module")
def full_of_faults() -> DocumentationPackage:
    package = clean_package(estates=4).answer("economy.improvement_areas", "no")
    for change in PLANTED.values():
        package = changed(package, change)
    return package


@pytest.mark.parametrize("kind", OrganisationKind)
@pytest.mark.parametrize("year", [2025, 2026])
def test_a_clean_package_raises_nothing(kind: OrganisationKind, year: int) -> None:
    case = Case(package=clean_package(year, kind=kind), context=clean_context(year))
    assert list(run(BUILTIN_RULES, case)) == []


def test_the_pack_has_at_least_25_rules_with_a_code_each() -> None:
    codes = [rule.code for rule in BUILTIN_RULES]
    assert len(codes) == len(set(codes)) >= 25


def test_only_what_a_source_says_blocks_sending_is_an_error() -> None:
    errors = [rule for rule in BUILTIN_RULES if rule.severity is Severity.ERROR]
    assert {rule.code for rule in errors} == SENDING_IS_BLOCKED
    assert all(rule.source.startswith("LBF orienterer") for rule in errors)


@pytest.mark.parametrize("rule", BUILTIN_RULES, ids=lambda rule: rule.code)
def test_a_rule_states_its_requirement_with_the_paragraph_first(rule: Rule) -> None:
    assert rule.requirement.startswith(f"{rule.law}: ")
    assert all(rule.message[language] and rule.hint[language] for language in LANGUAGES)
    assert rule.message.da != rule.message.en


def test_all_faults_at_once_give_exactly_the_planted_set(full_of_faults: DocumentationPackage) -> None:
    assert {finding.code for finding in find(full_of_faults)} == set(PLANTED)


def test_every_rule_is_planted_or_stands_aside_for_a_stated_reason() -> None:
    assert set(PLANTED) | EXCLUDED_BY_OTHERS | PERIODS == {rule.code for rule in BUILTIN_RULES}


def test_every_finding_speaks_both_languages_and_names_its_law(full_of_faults: DocumentationPackage) -> None:
    for finding in find(full_of_faults):
        for text in (finding.message, finding.hint):
            assert all(text[language] and "{" not in text[language] for language in LANGUAGES)
            assert ".." not in text.da + text.en
        assert finding.law is not None
        assert finding.location.unit


def test_the_order_of_the_rules_does_not_matter(full_of_faults: DocumentationPackage) -> None:
    wanted, rules = digest(find(full_of_faults)), list(BUILTIN_RULES)
    for seed in range(5):
        random.Random(seed).shuffle(rules)
        assert digest(find(full_of_faults, tuple(rules))) == wanted


def test_the_same_package_is_found_fault_with_in_the_same_words(full_of_faults: DocumentationPackage) -> None:
    assert CheckReport(tuple(find(full_of_faults))) == CheckReport(tuple(find(full_of_faults)))


def test_a_package_full_of_faults_cannot_be_sent_and_says_how_to_mend_it(
    full_of_faults: DocumentationPackage,
) -> None:
    report = CheckReport(tuple(find(full_of_faults)))
    assert not report.ok
    assert {finding.code for finding in report.in_the_way} & SENDING_IS_BLOCKED == SENDING_IS_BLOCKED


def test_without_any_context_rules_say_once_that_they_were_not_run() -> None:
    package = evolve(clean_package(), master_data=None)
    found = list(run(BUILTIN_RULES, Case(package=package, context=CheckContext())))
    not_run = [finding.location.item for finding in found if finding.code == "RULE-NOT-RUN"]
    assert sorted(not_run) == sorted(rule.code for rule in BUILTIN_RULES if rule.needs and rule.applies(_case(package)))
    assert {finding.code for finding in found} == {"RULE-NOT-RUN"}


def test_names_fall_back_on_numbers_where_the_master_data_is_missing() -> None:
    package = changed(evolve(clean_package(), master_data=None), {"do": "protocol"})
    found = list(run(BUILTIN_RULES, Case(package=package, context=clean_context())))
    (protocol,) = (finding for finding in found if finding.code == "PROTOCOL-MISSING")
    assert protocol.message.en.startswith("The package from T001 has")


def test_a_crashing_rule_says_so_and_the_others_run() -> None:
    def crash(_: Case) -> Iterator[Problem]:
        raise ZeroDivisionError

    broken = evolve(BUILTIN_RULES[0], code="BROKEN", check=crash)
    package = changed(clean_package(), {"do": "protocol"})
    found = find(package, (broken, *BUILTIN_RULES))
    assert {(finding.code, finding.location.item) for finding in found if finding.code == "RULE-FAILED"} == {
        ("RULE-FAILED", "BROKEN")
    }
    assert "PROTOCOL-MISSING" in {finding.code for finding in found}


def test_an_administration_organisation_is_never_asked_about_estates() -> None:
    package = clean_package(kind=OrganisationKind.ADMINISTRATION_ORGANISATION)
    case = Case(package=package, context=clean_context())
    applied = {rule.code for rule in BUILTIN_RULES if rule.applies(case)}
    assert not applied & {"MOVE-OUTS-MISSING", "MOVE-OUTS-IMPLAUSIBLE", "ESTATE-REPORT-MISSING", "TENANCY-UNITS-DIFFER"}


def test_no_rule_needs_the_history_or_the_register() -> None:
    assert not any(rule.needs & {Need.HISTORY, Need.REGISTER} for rule in BUILTIN_RULES)


ANY_VALUE = st.one_of(
    st.none(),
    st.text(max_size=5),
    st.sampled_from([NONE, NOT_APPLICABLE]),
    st.builds(Number, st.integers(-(10**9), 10**9), st.integers(0, 6)),
    st.builds(Dkk, st.integers(-(10**9), 10**9)),
    st.dates(),
    st.lists(st.text(max_size=3), max_size=2).map(tuple),
    st.lists(st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2), max_size=2).map(tuple),
)


@given(st.data())
def test_no_value_of_any_kind_breaks_a_rule(data: st.DataObject) -> None:
    package = clean_package()
    sheets = [_spoiled(sheet, data) for sheet in package.sheets()]
    package = evolve(package, report=sheets[0], estate_reports=tuple(sheets[1:]))
    codes = {finding.code for finding in find(package)}
    assert not codes & {"RULE-FAILED", "RULE-NOT-RUN"}


def _spoiled(sheet: Sheet, data: st.DataObject) -> Sheet:
    question = data.draw(st.sampled_from(sorted(sheet.answers)))
    return sheet.with_answer(
        question, Answer(value=data.draw(ANY_VALUE), comment=data.draw(st.sampled_from(["", "x"])))
    )


def _case(package: DocumentationPackage) -> Case:
    return Case(package=package, context=CheckContext())
