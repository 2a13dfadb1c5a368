"""Accounts keep what a correction took the place of, and are read by older documents as they were."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.codec import plain, structure
from almenstyring.domain.calendar import AccountingPeriod
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.figures.accounts import Accounts, Correction
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.values import Dkk, EstateId, LbfNumber

YEAR = AccountingPeriod(date(2025, 1, 1), date(2025, 12, 31))
ESTATE = EstateId.parse("T001-T0101")
NUMBERS = st.sampled_from(["101", "112.1", "401"])
AMOUNTS = st.integers(-(10**6), 10**6).map(Dkk)


def accounts(**postings: str) -> Accounts:
    return Accounts(unit=ESTATE, period=YEAR, postings={number[1:]: Dkk.of(kr) for number, kr in postings.items()})


def test_whose_accounts_they_are_follows_from_the_unit() -> None:
    assert accounts().ledger is Ledger.ESTATE
    assert Accounts(unit=LbfNumber("T001"), period=YEAR, postings={}).ledger is Ledger.ORGANISATION


def test_what_nobody_budgeted_is_not_written() -> None:
    assert set(plain(accounts(k101="1"))) == {"unit", "period", "postings"}


def test_budgets_and_corrections_are_read_back() -> None:
    made = Accounts(
        unit=ESTATE, period=YEAR, postings={}, budget={"101": Dkk(1)}, next_budget={"101": Dkk(2)}
    ).corrected({"101": Dkk(3)}, "Rettet")
    assert structure(plain(made), Accounts) == made


def test_a_correction_changes_the_posting_the_status_and_nothing_else() -> None:
    made = accounts(k101="80", k401="5").corrected({"101": Dkk.of(90), "401": None, "402": Dkk.of(5)}, "Forkert konto")
    assert made.postings == {"101": Dkk.of(90), "402": Dkk.of(5)}
    assert made.status is FigureStatus.CORRECTED
    assert made.corrections == (
        Correction(account="101", was=Dkk.of(80), reason="Forkert konto"),
        Correction(account="401", was=Dkk.of(5), reason="Forkert konto"),
        Correction(account="402", reason="Forkert konto"),
    )


def test_an_amount_that_is_right_already_is_no_correction() -> None:
    made = accounts(k101="80", k401="5").corrected({"101": Dkk.of(80), "401": Dkk.of(6)}, "Rettet")
    assert [each.account for each in made.corrections] == ["401"]


@pytest.mark.parametrize(
    ("amounts", "reason"),
    [({"101": Dkk.of(80)}, "Rettet"), ({}, "Rettet"), ({"402": None}, "Rettet"), ({"101": Dkk.of(90)}, " ")],
    ids=["the same amount", "no amount", "nothing to take away", "no reason"],
)
def test_a_correction_of_nothing_or_without_a_reason_is_refused(amounts: dict[str, Dkk | None], reason: str) -> None:
    with pytest.raises(InvalidValueError):
        accounts(k101="80").corrected(amounts, reason)


@given(st.dictionaries(NUMBERS, AMOUNTS), st.lists(st.dictionaries(NUMBERS, st.none() | AMOUNTS), max_size=4))
def test_however_often_accounts_are_corrected_what_was_made_first_can_be_told(
    postings: dict[str, Dkk], corrections: list[dict[str, Dkk | None]]
) -> None:
    made = Accounts(unit=ESTATE, period=YEAR, postings=postings)
    for amounts in corrections:
        if any(made.amount(number) != amount for number, amount in amounts.items()):
            made = made.corrected(amounts, "Rettet")
    assert made.as_made == postings
