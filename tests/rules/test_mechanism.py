"""How rules are declared and run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attrs import evolve

from almenstyring.domain.findings import Severity
from almenstyring.domain.organisations import OrganisationKind
from almenstyring.domain.text import Text
from almenstyring.rules import Case, Need, Problem, at, in_sheet, rule, run
from almenstyring.testing.builders import clean_context, clean_package


@rule(
    "ALWAYS",
    Severity.WARNING,
    "DB § 112, stk. 5",
    message=Text("{count} boliger", "{count} homes"),
    hint=Text("Se efter.", "Have a look."),
    since=2012,
    until=2026,
)
def always(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 5: something."""
    yield at("accounts", case.package.organisation, "110", count=3)


def case(year: int = 2026, kind: OrganisationKind = OrganisationKind.HOUSING_ORGANISATION) -> Case:
    return Case(package=clean_package(year, kind=kind), context=clean_context(year))


def test_a_problem_becomes_a_finding_with_place_texts_and_law() -> None:
    (finding,) = run([always], case())
    assert (finding.code, finding.severity, str(finding.law)) == ("ALWAYS", Severity.WARNING, "DB § 112, stk. 5")
    assert (finding.message.da, finding.message.en) == ("3 boliger", "3 homes")
    assert str(finding.location) == "T001 accounts 110"
    assert finding.values == {"count": "3"}


@pytest.mark.parametrize(
    ("since", "until", "found"), [(2027, None, 0), (2010, 2025, 0), (2026, 2026, 1), (2026, None, 1)]
)
def test_a_rule_holds_for_its_years_only(since: int, until: int | None, found: int) -> None:
    dated = evolve(
        always,
        since=type(always.since)(since),
        until=None if until is None else type(always.since)(until),
    )
    assert len(list(run([dated], case()))) == found


def test_a_rule_holds_for_its_kinds_of_organisation_only() -> None:
    assert list(run([always], case(kind=OrganisationKind.SELF_OWNING_YOUTH))) == []


@pytest.mark.parametrize("need", Need)
def test_a_rule_whose_context_is_missing_says_so_and_is_not_run(need: Need) -> None:
    bare = case()
    bare = evolve(bare, package=evolve(bare.package, master_data=None), context=type(bare.context)())
    (finding,) = run([evolve(always, needs=frozenset({need}))], bare)
    assert finding.code == "RULE-NOT-RUN"
    assert finding.values["missing"] == need.value and finding.message.da != finding.message.en
    assert finding.severity is Severity.NOTE


@pytest.mark.parametrize("need", Need)
def test_a_rule_whose_context_is_there_runs(need: Need) -> None:
    (finding,) = run([evolve(always, needs=frozenset({need}))], case())
    assert finding.code == "ALWAYS"


def test_a_rule_that_breaks_keeps_what_it_found_before_and_stops_no_other() -> None:
    def half(_: Case) -> Iterator[Problem]:
        yield at(count=1)
        raise KeyError

    found = list(run([evolve(always, code="HALF", check=half), always], case()))
    assert [finding.code for finding in found] == ["HALF", "RULE-FAILED", "ALWAYS"]
    assert "KeyError" in found[1].message.en


def test_a_rule_whose_text_asks_for_a_value_it_does_not_give_breaks_like_any_other() -> None:
    (finding,) = run([evolve(always, message=Text("{missing}", "{missing}"))], case())
    assert finding.code == "RULE-FAILED"


def test_questions_are_asked_once_for_the_organisation_and_once_for_each_estate() -> None:
    asked = list(case().asked())
    ids = [question.id for _, question in asked]
    assert ids.count("economy.sound_operation") == 1
    assert ids.count("estate.external_move_outs") == 2
    sheet, question = asked[-1]
    problem = in_sheet(sheet, question)
    assert (problem.location.part, problem.location.unit) == ("estate_report", str(sheet.unit))


def test_the_estates_of_a_case_are_those_in_operation_with_homes() -> None:
    assert [str(estate.id) for estate in case().estates] == ["T001-T0101", "T001-T0201"]
