"""The kit for authors of rules: case files that are wrong are refused, and a missing rule is missed."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.reporting import QuestionType
from almenstyring.rules.builtin import BUILTIN_RULES
from almenstyring.testing.builders import clean_answer, clean_context, clean_package
from almenstyring.testing.case_changes import WORDS, changed
from almenstyring.testing.rule_cases import load_case, load_cases, not_missed, without_files

PROTOCOL = next(rule for rule in BUILTIN_RULES if rule.code == "PROTOCOL-MISSING")


def write(folder: Path, code: str, name: str, text: str) -> Path:
    path = folder / code / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_case_that_holds_is_quiet(tmp_path: Path) -> None:
    path = write(tmp_path, "PROTOCOL-MISSING", "fails", 'expect = ["PROTOCOL-MISSING"]\n[[change]]\ndo = "protocol"\n')
    load_case(path).verify(BUILTIN_RULES)


@pytest.mark.parametrize(
    ("text", "differs"),
    [
        ('expect = ["PROTOCOL-MISSING"]\n', "PROTOCOL-MISSING"),
        ('expect = []\n[[change]]\ndo = "protocol"\n', "PROTOCOL-MISSING"),
    ],
    ids=["expected and not found", "found and not expected"],
)
def test_a_case_that_does_not_hold_fails_and_tells_what_differs(tmp_path: Path, text: str, differs: str) -> None:
    case = load_case(write(tmp_path, "PROTOCOL-MISSING", "fails", text))
    with pytest.raises(pytest.fail.Exception, match=f"differs in {differs}"):
        case.verify(BUILTIN_RULES)


def test_an_allowed_code_may_be_found_or_not(tmp_path: Path) -> None:
    text = 'expect = []\nallow = ["PROTOCOL-MISSING"]\n[[change]]\ndo = "protocol"\n'
    load_case(write(tmp_path, "PROTOCOL-MISSING", "passes", text)).verify(BUILTIN_RULES)


def test_a_note_rule_must_be_silent_where_it_passes(tmp_path: Path) -> None:
    text = 'expect = []\n[[change]]\ndo = "package"\nperiod = "2025-07-01/2025-12-31"\n'
    text += 'allow = "nothing"\n'
    path = write(tmp_path, "PERIOD-NOT-TWELVE-MONTHS", "passes", text.replace('allow = "nothing"\n', ""))
    assert "PERIOD-NOT-TWELVE-MONTHS" in load_case(path).unlike(BUILTIN_RULES)


def test_a_key_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "PROTOCOL-MISSING", "fails", 'expect = []\nexpects = ["X"]\n')
    with pytest.raises(pytest.fail.Exception, match="unknown keys expects"):
        load_case(path)


def test_missing_files_and_folders_of_no_rule_are_named(tmp_path: Path) -> None:
    write(tmp_path, "PROTOCOL-MISSING", "fails", "expect = []\n")
    write(tmp_path, "NO-RULE", "fails", "expect = []\n")
    assert without_files([PROTOCOL], tmp_path) == ("NO-RULE/fails.toml", "PROTOCOL-MISSING/passes.toml")


def test_a_rule_that_no_case_needs_is_named(tmp_path: Path) -> None:
    write(tmp_path, "PROTOCOL-MISSING", "fails", "expect = []\n")
    assert not_missed([PROTOCOL], load_cases(tmp_path)) == ("PROTOCOL-MISSING",)


@pytest.mark.parametrize(
    "change",
    [{"do": "sing"}, {}, {"do": "clear"}, {"do": "clear", "question": "x", "tune": "y"}],
    ids=["an unknown word", "no word", "a field too few", "a field too many"],
)
def test_a_change_that_is_wrong_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(InvalidValueError):
        changed(clean_package(), change)


def test_every_word_says_what_it_does() -> None:
    assert all(word.__doc__ for word in WORDS.values())


def test_a_clean_package_answers_every_question_and_is_synthetic() -> None:
    package, standard = clean_package(), clean_context().standard
    assert standard is not None
    assert package.is_synthetic
    answered = {question_id for sheet in package.sheets() for question_id in sheet.answers}
    assert answered == {question.id for question in standard}
    assert {question.type for question in standard} <= set(QuestionType)


def test_a_clean_package_can_belong_to_any_invented_organisation() -> None:
    package = clean_package(number="T042", estates=13)
    assert package.organisation.value == "T042"
    assert len(package.estate_reports) == 13
    assert len({str(estate.unit) for estate in package.estate_reports}) == 13


def test_a_list_that_may_not_be_none_gets_an_item() -> None:
    standard = clean_context().standard
    assert standard is not None
    question = standard.question("construction.projects")
    assert question is not None
    assert clean_answer(evolve(question, allows_none=False)).is_value


def test_an_empty_estate_report_can_be_added() -> None:
    package = changed(clean_package(), {"do": "report", "unit": "T001-T0901"})
    assert package.sheet("T001-T0901").answers == {}
