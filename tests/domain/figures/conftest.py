"""Bases to reckon on, and the walk through a result in search of floats."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import attrs
import pytest

from almenstyring.content import load_references
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.calendar import AccountingPeriod
from almenstyring.domain.figures.accounts import Accounts
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.facts import MASTER_FACTS
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.figures.reckoning import Basis, Reported
from almenstyring.domain.organisations import Unit
from almenstyring.domain.values import Dkk, EstateId, LbfNumber

FloatsIn = Callable[[object], list[str]]
BasisOf = Callable[..., Basis]
RandomBasis = Callable[..., Basis]

ESTATE, ORGANISATION = EstateId.parse("T001-T0101"), LbfNumber("T001")


def _inexact(value: object, path: str, seen: set[int]) -> Iterator[str]:
    """The way to every float and Decimal in a result; attrs objects, mappings and collections are walked."""
    if isinstance(value, float | Decimal | complex):
        yield f"{path} = {value!r}"
    if isinstance(value, str | bytes | int | Enum) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, Fraction):
        parts: Iterator[tuple[str, object]] = iter([("numerator", value.numerator), ("denominator", value.denominator)])
    elif attrs.has(type(value)):
        kind: Any = type(value)
        parts = ((field.name, getattr(value, field.name)) for field in attrs.fields(kind))
    elif isinstance(value, Mapping):
        parts = ((f"{side}[{key!r}]", each) for key, pair in value.items() for side, each in (("key", key), ("", pair)))
    elif isinstance(value, tuple | list | set | frozenset):
        parts = ((f"[{place}]", each) for place, each in enumerate(value))
    else:
        return
    for name, part in parts:
        yield from _inexact(part, f"{path}.{name}", seen)


@pytest.fixture(scope="session")
def floats_in() -> FloatsIn:
    """Where in a result there is a number that is not exact."""
    return lambda value: list(_inexact(value, type(value).__name__, set()))


def _money(amounts: Mapping[str, str | int] | None) -> dict[str, Dkk]:
    return {account: Dkk.of(amount) for account, amount in (amounts or {}).items()}


def _period(year: int) -> AccountingPeriod:
    return AccountingPeriod.parse(f"{year}-01-01/{year}-12-31")


def _basis(
    year: int = 2025,
    *,
    unit: Unit = ESTATE,
    account: Mapping[str, str | int] | None = None,
    budget: Mapping[str, str | int] | None = None,
    next_budget: Mapping[str, str | int] | None = None,
    master: Mapping[str, str | int] | None = None,
    reported: Mapping[str, str | int] | None = None,
    status: FigureStatus = FigureStatus.FINAL,
    before: Basis | None = None,
) -> Basis:
    """A basis of plain texts and numbers; no accounts at all unless some are given."""
    has_accounts = account is not None or budget is not None or next_budget is not None
    accounts = Accounts(
        unit=unit,
        period=_period(year),
        postings=_money(account),
        budget=_money(budget),
        next_budget=_money(next_budget),
        status=status,
    )
    references = load_references()
    rates = {name: references.rate(name, _period(year)) for name in references.rates.names}
    return Basis(
        unit=unit,
        period=_period(year),
        accounts=accounts if has_accounts else None,
        facts={name: Fraction(value) for name, value in (master or {}).items()},
        reported={name: Reported(value=Fraction(value)) for name, value in (reported or {}).items()},
        rates={name: found for name, found in rates.items() if found},
        before=before,
    )


@pytest.fixture(scope="session")
def basis_of() -> BasisOf:
    """Make a basis of plain texts and numbers."""
    return _basis


def _random_basis(seed: int, *, of: Ledger = Ledger.ESTATE, year: int = 2025, missing: int = 0) -> Basis:
    """An invented basis with everything in it, but for about ``missing`` per cent; and one of the year before."""
    dice = random.Random(seed)
    numbers = [line.number for line in load_references().chart.lines(of)]

    def some(names: list[str], highest: int) -> dict[str, str | int]:
        return {
            name: f"{dice.randrange(highest)}.{dice.randrange(100):02}"
            for name in names
            if dice.randrange(100) >= missing
        }

    def one(at: int, before: Basis | None) -> Basis:
        return _basis(
            at,
            unit=ESTATE if of is Ledger.ESTATE else ORGANISATION,
            account=some(numbers, 10**6),
            budget=some(numbers, 10**6),
            next_budget=some(numbers, 10**6),
            master=some(list(MASTER_FACTS), 1000),
            reported=some(list(load_key_figures().reported), 1000),
            before=before,
        )

    return one(year, one(year - 1, None))


@pytest.fixture(scope="session")
def random_basis() -> RandomBasis:
    """Make an invented basis from a seed."""
    return _random_basis
