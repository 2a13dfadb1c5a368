"""When three red scores in a row ask for an action plan, and when they do not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from attrs import evolve

from almenstyring.domain.reporting import DocumentationPackage, Sending, Typed
from almenstyring.rules.builtin import BUILTIN_RULES
from almenstyring.rules.efficiency import action_plan_missing
from almenstyring.rules.mechanism import Case, run
from almenstyring.testing.builders import clean_context, clean_package
from almenstyring.testing.case_changes import changed

ESTATE, SCORE, PLAN = "T001-T0101", "estate.efficiency_score", "estate.action_plan"


def red(scores: dict[int, str]) -> DocumentationPackage:
    """A package of report year 2026 whose estate had these official scores, and has no plan."""
    package = clean_package().clear(PLAN, estate=ESTATE)
    for year, score in scores.items():
        if year == 2025:
            change: dict[str, object] = {"do": "answer", "question": SCORE, "estate": ESTATE, "imported": "final"}
            package = changed(package, {**change, "value": {"number": score}})
        else:
            change = {"do": "earlier_figure", "figure": "efficiency_score", "unit": ESTATE, "year": year}
            package = changed(package, {**change, "value": score})
    return package


def codes(package: DocumentationPackage) -> set[str]:
    return {f.code for f in run(BUILTIN_RULES, Case(package=package, context=clean_context()))} & {
        action_plan_missing.code
    }


@pytest.mark.parametrize(
    "scores",
    [
        {2025: "69.9", 2024: "50", 2023: "1"},
        {2025: "69.9", 2024: "50", 2023: "1", 2022: "99"},
    ],
    ids=["three red", "an older one was not red"],
)
def test_red_in_each_of_the_latest_three_accounts_asks_for_a_plan(scores: dict[int, str]) -> None:
    assert codes(red(scores))


@pytest.mark.parametrize(
    "scores",
    [
        {2025: "70", 2024: "50", 2023: "1"},
        {2025: "69.9", 2024: "70.0", 2023: "1"},
        {2025: "69.9", 2023: "1"},
        {2025: "69.9", 2023: "1", 2022: "1"},
        {2025: "69.9"},
    ],
    ids=["not red now", "not red last year", "a gap", "a gap and older ones", "no earlier years"],
)
def test_anything_less_asks_for_none(scores: dict[int, str]) -> None:
    assert not codes(red(scores))


def test_an_earlier_year_without_an_official_score_is_a_gap() -> None:
    other = {"do": "earlier_figure", "figure": "rent_per_m2", "unit": ESTATE, "value": "900"}
    gap = changed(red({2025: "60", 2023: "40"}), {**other, "year": 2024})
    assert not tuple(action_plan_missing.check(Case(package=gap, context=clean_context())))
    assert codes(changed(red({2025: "60", 2024: "50", 2023: "40"}), {**other, "year": 2022}))


def test_a_score_that_a_person_typed_brings_about_no_duty() -> None:
    package = red({2025: "60", 2024: "50", 2023: "40"})
    sheet = package.sheet(ESTATE)
    typed = sheet.with_answer(SCORE, evolve(sheet[SCORE], provenance=Typed("kontor-1")))
    others = tuple(each for each in package.estate_reports if each.unit != sheet.unit)
    assert codes(package)
    assert not codes(evolve(package, estate_reports=(typed, *others)))


@pytest.mark.parametrize(("sent", "owed"), [(date(2022, 4, 27), False), (date(2022, 4, 28), True)], ids=str)
def test_packages_of_2022_sent_before_the_28th_of_april_owe_none(sent: date, owed: bool) -> None:
    package = red({2025: "60", 2024: "50", 2023: "40"})
    sending = Sending(
        number=1, on=sent, at=datetime(2022, 4, 28, tzinfo=UTC), by="x", standard="", standard_hash="", rules_version=""
    )
    then = evolve(package, sendings=(sending,), report_year=evolve(package.report_year, value=2022))
    found = tuple(action_plan_missing.check(Case(package=then, context=clean_context())))
    assert bool(found) is owed
