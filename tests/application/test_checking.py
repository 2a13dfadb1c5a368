"""Checking without a workspace: the built-in rules, the year's standard, and what is said when there is none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attrs import evolve

from almenstyring.application.checking import built_in_standard, check
from almenstyring.content import load_standard, standard_years
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.findings import Severity
from almenstyring.domain.text import Text
from almenstyring.rules import Case, CheckContext, Need, Problem, at, rule
from almenstyring.rules.builtin import BUILTIN_RULES
from almenstyring.testing.builders import clean_context, clean_package

WORDS = Text("Prøve", "Trial")
MOVE_OUTS = "estate.external_move_outs"


@rule("SEEN", Severity.NOTE, "DB § 112, stk. 5", message=Text("Set {count}", "Seen {count}"), hint=WORDS)
def seen(case: Case) -> Iterator[Problem]:
    """Tell how much context there is."""
    yield at("package", count=len(case.available))


@rule("ODD", Severity.CONFIRM, "DB § 112, stk. 5", message=WORDS, hint=WORDS)
def odd(case: Case) -> Iterator[Problem]:
    """Ask for a confirmation of the move-outs."""
    yield at("estate_report", item=MOVE_OUTS, value=case.package.estate_reports[0][MOVE_OUTS].value)


@rule("BROKEN", Severity.ERROR, "DB § 112, stk. 5", message=WORDS, hint=WORDS)
def broken(case: Case) -> Iterator[Problem]:
    """Break down after a first problem."""
    yield at("package")
    raise ZeroDivisionError


@rule("LOOKING-BACK", Severity.NOTE, "DB § 112, stk. 5", message=WORDS, hint=WORDS, needs=[Need.HISTORY])
def looking_back(case: Case) -> Iterator[Problem]:
    """Look at earlier years."""
    yield at("package")


def test_a_clean_package_is_clean_without_any_context() -> None:
    report = check(clean_package())
    assert report.ok
    assert report.codes() <= {"RULE-NOT-RUN"}


def test_without_a_context_the_year_s_standard_and_the_references_are_there_but_no_register_or_history() -> None:
    assert [found.message.en for found in check(clean_package(), rules=[seen])] == ["Seen 4"]
    everything = check(clean_package(), clean_context(), rules=[seen])
    assert [found.message.en for found in everything] == ["Seen 6"]


def test_a_rule_that_lacks_the_history_says_so_in_a_note() -> None:
    [note] = check(clean_package(), rules=[looking_back])
    assert (note.code, note.severity) == ("RULE-NOT-RUN", Severity.NOTE)
    assert note.values["missing"] == "history" and "LOOKING-BACK" in note.message.en
    assert check(clean_package(), clean_context(), rules=[looking_back]).codes() == {"LOOKING-BACK"}


def test_only_the_rules_that_are_given_are_run() -> None:
    package = clean_package().clear(MOVE_OUTS, estate="T001-T0101")
    assert check(package, rules=[]).findings == ()
    assert check(package, rules=iter([seen])).codes() == {"SEEN"}
    assert check(package).codes() == check(package, rules=BUILTIN_RULES).codes()
    assert not check(package).ok


def test_checking_never_raises_and_changes_nothing() -> None:
    package = clean_package()
    report = check(package, rules=[broken, seen])
    assert report.codes() == {"BROKEN", "RULE-FAILED", "SEEN"}
    assert package == clean_package()


def test_a_confirmation_settles_its_finding_until_the_value_changes() -> None:
    package = clean_package()
    [finding] = check(package, rules=[odd])
    assert not check(package, rules=[odd]).ok
    confirmed = package.confirm(finding, reason="talt efter", on=package.period.end)
    assert check(confirmed, rules=[odd]).ok
    assert check(confirmed, rules=[odd]).findings == (finding,)
    estate = confirmed.estate_reports[0].unit
    changed = confirmed.answer(MOVE_OUTS, 7, estate=str(estate))
    assert not check(changed, rules=[odd]).ok


@pytest.mark.parametrize("year", standard_years(), ids=str)
def test_the_library_has_a_standard_for_the_years_it_names(year: ReportYear) -> None:
    assert built_in_standard(year) == load_standard(year)


@pytest.mark.parametrize("year", [2010, 2099])
def test_a_year_without_a_standard_is_a_finding_that_must_be_confirmed(year: int) -> None:
    assert built_in_standard(ReportYear(year)) is None
    package = evolve(clean_package(), report_year=ReportYear(year))
    report = check(package)
    [unknown] = report.with_code("STANDARD-UNKNOWN")
    assert unknown.severity is Severity.CONFIRM and not report.ok
    assert (unknown.location.part, unknown.location.unit) == ("package", "T001")
    for text in (unknown.message, unknown.hint):
        assert text.da and text.en and text.da != text.en
    assert str(year) in unknown.message.da and str(year) in unknown.message.en
    assert unknown.values == {"report_year": str(year)}
    assert str(unknown.law) == "DB § 112, stk. 5"


def test_the_finding_about_the_standard_can_be_confirmed_like_any_other() -> None:
    package = evolve(clean_package(), report_year=ReportYear(2099))
    [unknown] = check(package, rules=[]).in_the_way
    assert check(package.confirm(unknown, reason="afprøvning", on=package.period.end), rules=[]).ok


def test_a_context_without_a_standard_is_not_filled_up_behind_the_caller_s_back() -> None:
    report = check(clean_package(), CheckContext())
    assert "STANDARD-UNKNOWN" in report.codes()
    assert "STANDARD-UNKNOWN" not in check(clean_package(), clean_context()).codes()
