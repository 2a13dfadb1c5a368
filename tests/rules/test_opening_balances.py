"""The opening balance is checked against the accounts of the period just before, wherever in the history they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from almenstyring.domain.calendar import AccountingPeriod
from almenstyring.domain.reporting import DocumentationPackage
from almenstyring.testing.rule_cases import load_case

from .checking import find

CODE = "OPENING-BALANCE-DIFFERS"
CASE = load_case(Path(__file__).parents[1] / "cases" / CODE / "fails.toml")
[BEFORE] = CASE.context.history or ()
YEAR_2023 = AccountingPeriod.parse("2023-01-01/2023-12-31")
OLDER = evolve(BEFORE, accounts=tuple(evolve(each, period=YEAR_2023) for each in BEFORE.accounts))
WITHOUT = evolve(BEFORE, accounts=())


@pytest.mark.parametrize(
    "history",
    [
        pytest.param((BEFORE,), id="alone"),
        pytest.param((OLDER, BEFORE), id="after an older one"),
        pytest.param((WITHOUT, BEFORE), id="after one without accounts"),
        pytest.param((BEFORE, WITHOUT, OLDER), id="before both"),
    ],
)
def test_the_year_before_is_found(history: tuple[DocumentationPackage, ...]) -> None:
    assert find(CASE.package, CODE, evolve(CASE.context, history=history))


@pytest.mark.parametrize(
    "history",
    [
        pytest.param(None, id="no history is known"),
        pytest.param((), id="nothing was sent before"),
        pytest.param((OLDER, WITHOUT), id="only an older one and one without accounts"),
    ],
)
def test_without_the_year_before_nothing_is_checked(history: tuple[DocumentationPackage, ...] | None) -> None:
    assert not find(CASE.package, CODE, evolve(CASE.context, history=history))
