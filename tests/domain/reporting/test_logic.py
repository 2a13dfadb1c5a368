"""Which questions are asked, must be answered and want a comment, as the answers stand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve

from almenstyring.domain.organisations import Homes, OrganisationKind
from almenstyring.domain.reporting import (
    MISSING,
    NONE,
    NOT_APPLICABLE,
    Activity,
    Answer,
    CommentRule,
    DocumentationPackage,
    Level,
    Question,
    QuestionType,
    Sheet,
    activity,
    as_value,
)
from almenstyring.domain.reporting.logic import value_of
from almenstyring.domain.text import Text
from almenstyring.domain.values import Dkk, EstateId, Number
from almenstyring.testing.builders import clean_package

from .asking import ADMINISTRATION, HOUSING, ask, standard_of

SMALL, LARGE = EstateId.parse("T001-T0101"), EstateId.parse("T001-T0201")


QUESTIONS = (
    ask("late", asked_when='not missing(answer["plan"])'),  # stands before what it looks at
    ask("areas", QuestionType.YES_NO),
    ask("plan", asked_when='answer["areas"] == "yes"'),
    ask("cost", QuestionType.MONEY, unit=Text("kr.", "DKK"), required_when='answer["areas"] == "yes"'),
    ask("cheap", asked_when='answer["cost"] < quantity(100, "kr")'),
    ask("no_areas", asked_when='not (answer["areas"] == "yes")'),
    ask("day", QuestionType.DATE),
    ask("after_day", asked_when='not missing(answer["day"])'),
    ask("of_estates", QuestionType.YES_NO, applies_to=frozenset({HOUSING})),
    ask("many", asked_when='master.homes > quantity(60, "home") or answer["of_estates"] == "no"'),
    ask("estate.red", QuestionType.YES_NO, comment=CommentRule.REQUIRED_WHEN_LOW),
    ask("estate.goal", asked_when='answer["estate.red"] == "yes" and not missing(answer["plan"])'),
    ask("estate.homes", asked_when='master.homes > quantity(60, "home")'),
    ask("estate.few", asked_when='not (master.homes > quantity(60, "home"))'),
    ask("estate.why", comment=CommentRule.REQUIRED),
    ask("estate.note", asked_when='answer["estate.red"] == "yes"', comment_when='missing(answer["estate.note"])'),
    ask("estate.must", required=True),
)
STANDARD = standard_of(*QUESTIONS)


def _empty() -> DocumentationPackage:
    """Nothing answered; T0101 has 50 homes and T0201 has 70."""
    clean = clean_package(standard=STANDARD)
    assert clean.master_data is not None
    small, large = clean.master_data.estates
    master = evolve(clean.master_data, estates=(small, evolve(large, homes=Homes(family=70))))
    reports = tuple(Sheet(unit=sheet.unit) for sheet in clean.estate_reports)
    return evolve(clean, report=Sheet(unit=clean.organisation), estate_reports=reports, master_data=master)


EMPTY = _empty()


def of_kind(package: DocumentationPackage, kind: OrganisationKind) -> DocumentationPackage:
    assert package.master_data is not None
    organisation = evolve(package.master_data.organisation, kind=kind)
    return evolve(package, master_data=evolve(package.master_data, organisation=organisation))


def given_answers(answers: dict[str, object], package: DocumentationPackage = EMPTY) -> DocumentationPackage:
    """The package with these answers; those of an estate's questions go to T0101."""
    for key, value in answers.items():
        package = package.answer(key, value, estate=SMALL if key.startswith("estate") else None)
    return package


def asked(package: DocumentationPackage) -> dict[object, frozenset[str]]:
    """What is asked of each unit on a condition."""
    found = activity(STANDARD, package)
    return {
        sheet.unit: frozenset(
            q.id
            for q in QUESTIONS
            if q.asked_when and found.is_asked(sheet, q) and (q.level is Level.ESTATE) == (sheet is not package.report)
        )
        for sheet in package.sheets()
    }


def question(question_id: str) -> Question:
    found = STANDARD.question(question_id)
    assert found is not None
    return found


# Asked


def test_a_question_without_a_condition_is_always_asked() -> None:
    found = activity(STANDARD, EMPTY)
    for sheet in EMPTY.sheets():
        assert all(found.is_asked(sheet, q) for q in QUESTIONS if q.asked_when is None)


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        pytest.param({}, {"many"}, id="nothing answered"),
        pytest.param({"areas": "yes"}, {"many", "plan"}, id="yes asks on"),
        pytest.param({"areas": "no"}, {"many", "no_areas"}, id="no asks the opposite"),
        pytest.param({"areas": NONE}, {"many"}, id="ingen is no answer to a condition"),
        pytest.param({"areas": NOT_APPLICABLE}, {"many"}, id="nor is not applicable"),
        pytest.param({"areas": "Yes"}, {"many"}, id="nor what is no option"),
        pytest.param({"areas": "yes", "plan": "Ja."}, {"many", "plan", "late"}, id="one thing leads to another"),
        pytest.param({"areas": "yes", "plan": " "}, {"many", "plan"}, id="a blank text is missing"),
        pytest.param({"plan": "Ja."}, {"many"}, id="what is not asked counts as missing"),
        pytest.param({"areas": "no", "plan": "Ja."}, {"many", "no_areas"}, id="and so it does when it was asked once"),
        pytest.param({"cost": Dkk.of("99.99")}, {"many", "cheap"}, id="an amount below the limit"),
        pytest.param({"cost": Dkk.of("100")}, {"many"}, id="an amount on the limit"),
        pytest.param({"cost": 99}, {"many"}, id="a bare number is no amount"),
        pytest.param({"day": date(2026, 6, 1)}, {"many", "after_day"}, id="a date is there or not"),
    ],
)
def test_what_is_asked_of_the_organisation_follows_its_answers(answers: dict[str, object], wanted: set[str]) -> None:
    assert asked(given_answers(answers))[EMPTY.organisation] == wanted


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        pytest.param({}, set(), id="nothing answered"),
        pytest.param({"estate.red": "yes"}, {"estate.note"}, id="the estate's own answer"),
        pytest.param(
            {"estate.red": "yes", "areas": "yes", "plan": "Ja."},
            {"estate.goal", "estate.note"},
            id="the estate's and the organisation's",
        ),
        pytest.param(
            {"estate.red": "yes", "plan": "Ja."}, {"estate.note"}, id="the organisation's, which is not asked for"
        ),
        pytest.param({"areas": "yes", "plan": "Ja."}, set(), id="the organisation's alone"),
    ],
)
def test_what_is_asked_of_an_estate_follows_its_own_answers_and_the_organisations(
    answers: dict[str, object], wanted: set[str]
) -> None:
    found = asked(given_answers(answers))
    assert found[SMALL] == wanted | {"estate.few"}
    assert found[LARGE] == {"estate.homes"}, "another estate's answers are its own"


def test_a_fact_of_the_master_data_is_that_of_the_sheets_own_unit() -> None:
    found = asked(EMPTY)
    assert "many" in found[EMPTY.organisation], "120 homes in all"
    assert found[SMALL] == {"estate.few"}
    assert found[LARGE] == {"estate.homes"}


def test_without_master_data_its_facts_are_missing_and_every_question_applies() -> None:
    bare = evolve(EMPTY, master_data=None)
    assert asked(bare) == {EMPTY.organisation: frozenset(), SMALL: frozenset(), LARGE: frozenset()}
    assert "many" in asked(bare.answer("of_estates", "no"))[EMPTY.organisation]


def test_an_estate_that_the_master_data_does_not_have_has_no_facts() -> None:
    assert EMPTY.master_data is not None
    gone = evolve(EMPTY, master_data=evolve(EMPTY.master_data, estates=()))
    assert asked(gone)[LARGE] == frozenset()


def test_a_question_of_others_counts_as_missing_even_if_it_was_answered() -> None:
    assert EMPTY.master_data is not None
    few = evolve(EMPTY, master_data=evolve(EMPTY.master_data, estates=())).answer("of_estates", "no")
    assert "many" in asked(few)[EMPTY.organisation]
    assert "many" not in asked(of_kind(few, ADMINISTRATION))[EMPTY.organisation]


def test_a_reference_to_what_the_year_does_not_ask_is_missing() -> None:
    other = evolve(STANDARD, sections=(evolve(STANDARD.sections[0], questions=QUESTIONS[1:3]),))
    found = Activity(standard=other, package=given_answers({"areas": "yes", "day": date(2026, 1, 1)}))
    assert found.is_required(EMPTY.report, ask("x", required_when='missing(answer["day"])'))


# Required, and commented


@pytest.mark.parametrize(
    ("answers", "question_id", "wanted"),
    [
        pytest.param({}, "cost", False, id="while the answer it looks at is missing"),
        pytest.param({"areas": "no"}, "cost", False, id="when the condition is false"),
        pytest.param({"areas": "yes"}, "cost", True, id="when the condition is true"),
        pytest.param({}, "areas", False, id="never"),
        pytest.param({}, "estate.must", True, id="always"),
    ],
)
def test_an_answer_is_required_always_or_on_its_condition(
    answers: dict[str, object], question_id: str, wanted: bool
) -> None:
    package = given_answers(answers)
    sheet = package.sheet(SMALL if question_id.startswith("estate") else None)
    assert activity(STANDARD, package).is_required(sheet, question(question_id)) is wanted


@pytest.mark.parametrize(
    ("answers", "question_id", "wanted"),
    [
        pytest.param({}, "estate.why", True, id="always"),
        pytest.param({}, "areas", False, id="never"),
        pytest.param({"estate.red": "yes"}, "estate.red", False, id="not with a high answer"),
        pytest.param({"estate.red": "no"}, "estate.red", True, id="with a low answer"),
        pytest.param({"estate.red": "unheard of"}, "estate.red", False, id="not with what is no answer"),
        pytest.param({}, "estate.red", False, id="not without an answer"),
        pytest.param({"estate.red": "yes"}, "estate.note", True, id="on a condition"),
        pytest.param({"estate.red": "yes", "estate.note": "x"}, "estate.note", False, id="not when that is false"),
    ],
)
def test_a_comment_is_wanted_by_the_rule_or_on_a_condition(
    answers: dict[str, object], question_id: str, wanted: bool
) -> None:
    package = given_answers(answers)
    sheet = package.sheet(SMALL if question_id.startswith("estate") else None)
    assert activity(STANDARD, package).wants_comment(sheet, question(question_id)) is wanted


# What an answer is in a condition


@pytest.mark.parametrize(
    ("asked_for", "raw", "wanted"),
    [
        pytest.param(ask("q", QuestionType.YES_NO), "yes", "yes", id="an option by its id"),
        pytest.param(ask("q", QuestionType.YES_NO), "maybe", None, id="what is no option"),
        pytest.param(ask("q", QuestionType.YES_NO), 1, None, id="a number for an option"),
        pytest.param(ask("q"), "Ja.", "Ja.", id="a text"),
        pytest.param(ask("q"), 5, None, id="a number for a text"),
        pytest.param(ask("q", QuestionType.NUMBER), 5, Fraction(5), id="a number"),
        pytest.param(ask("q", QuestionType.NUMBER), Number(325, 2), Fraction(13, 4), id="a number with decimals"),
        pytest.param(ask("q", QuestionType.NUMBER), 0, Fraction(0), id="zero is not missing"),
        pytest.param(ask("q", QuestionType.NUMBER), Dkk.of(5), None, id="an amount for a number"),
        pytest.param(ask("q", QuestionType.NUMBER), "5", None, id="a text for a number"),
        pytest.param(ask("q", QuestionType.MONEY), Dkk.of("0.50"), Fraction(1, 2), id="an amount"),
        pytest.param(ask("q", QuestionType.MONEY), 5, None, id="a number for an amount"),
        pytest.param(ask("q", QuestionType.DATE), date(2026, 1, 1), True, id="a date is there"),
        pytest.param(ask("q", QuestionType.LIST), ["a"], True, id="a list is there"),
        pytest.param(ask("q", QuestionType.LIST), [" "], None, id="a list of blanks is not"),
        pytest.param(ask("q", QuestionType.TABLE), [{"a": "b"}], True, id="a table is there"),
        pytest.param(ask("q"), None, None, id="a comment alone is no answer"),
        pytest.param(ask("q"), NONE, None, id="ingen"),
        pytest.param(ask("q"), NOT_APPLICABLE, None, id="not applicable"),
    ],
)
def test_an_answer_counts_in_a_condition_only_if_it_fits_the_question(
    asked_for: Question, raw: object, wanted: object
) -> None:
    found = value_of(asked_for, Answer(value=as_value(raw), comment="Se bilag."))
    assert (type(found), found) == (type(wanted), wanted)


# Answers that are kept


def test_an_answer_to_what_is_no_longer_asked_is_kept_and_told_in_the_order_of_the_standard() -> None:
    full = given_answers({"areas": "yes", "plan": "Ja.", "late": "Også.", "cheap": "Billigt."})
    package = full.answer("areas", "no")
    assert activity(STANDARD, full).kept(full.report) == ("cheap",)
    assert activity(STANDARD, package).kept(package.report) == ("late", "plan", "cheap")
    assert package.report["plan"].value == "Ja."


@pytest.mark.parametrize(
    ("answer", "is_kept"),
    [
        pytest.param(Answer(comment="Afventer."), True, id="a comment alone"),
        pytest.param(Answer(value=NONE), True, id="ingen"),
        pytest.param(Answer(value=" ", comment=" "), False, id="blanks"),
        pytest.param(MISSING, False, id="nothing"),
    ],
)
def test_what_somebody_has_written_is_kept(answer: Answer, is_kept: bool) -> None:
    package = evolve(EMPTY, report=EMPTY.report.with_answer("plan", answer))
    assert activity(STANDARD, package).kept(package.report) == (("plan",) if is_kept else ())
