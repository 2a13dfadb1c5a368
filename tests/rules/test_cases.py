"""Every built-in rule has a case it finds fault with and one close by that it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from almenstyring.rules.builtin import BUILTIN_RULES
from almenstyring.testing.rule_cases import RuleCase, load_cases, not_missed, parameters, without_files

CASES = Path(__file__).parents[1] / "cases"


@pytest.mark.parametrize("case", parameters(CASES))
def test_a_case_gives_exactly_the_codes_it_names(case: RuleCase) -> None:
    case.verify(BUILTIN_RULES)


def test_every_rule_has_both_files_and_every_file_a_rule() -> None:
    assert without_files(BUILTIN_RULES, CASES) == ()


def test_no_rule_can_be_deleted_without_a_case_noticing() -> None:
    assert not_missed(BUILTIN_RULES, load_cases(CASES)) == ()


@pytest.mark.parametrize("case", parameters(CASES))
def test_the_failing_case_expects_its_own_rule_and_the_passing_one_does_not(case: RuleCase) -> None:
    assert (case.code in case.expect) is (case.name == "fails")
