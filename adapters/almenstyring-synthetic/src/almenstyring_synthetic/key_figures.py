"""What a report year is prefilled with beside accounts: reported facts, under the names that formulas refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from almenstyring import AccountingPeriod, Dkk, Estate, FigureStatus, LbfNumber, Number
from almenstyring.ports import Figure
from almenstyring_synthetic.dice import Dice
from almenstyring_synthetic.estate_accounts import EstateBooks, indexed
from almenstyring_synthetic.organisation_accounts import managed_units
from almenstyring_synthetic.published import (
    ALL_MOVES,
    ELECTRICITY,
    FAMILY_MOVES,
    HEAT,
    VACANT_SHARE,
    WATER,
    YOUTH_MOVES,
    published,
)

Books = Mapping[str, Dkk]

SCORE_KEY = "SYNTETISK effektivitetstal"
"""The key of an invented efficiency score: it looks official and is not."""

_TENTHS = 10
_HOMES_WITH_A_SCORE = 10
_LONG_VACANT = 300  # of a thousand vacant homes, ours


def estate_figures(
    estate: Estate, books: EstateBooks, period: AccountingPeriod, status: FigureStatus, seed: int
) -> Iterator[Figure]:
    """Rents, move-outs, vacancy, consumption, residents and, for most estates, a score; nothing without homes.

    Whatever follows from accounts and master data is left to whoever reckons with them.
    """
    homes = estate.homes.total
    if not homes:
        return
    dice = Dice(seed, estate.id, period.accounting_year, "figures")
    found: list[tuple[str, Number | Dkk, str]] = [
        *_rents(estate, books),
        *_moves(estate, period, seed),
        *_vacancy(homes, dice),
        *_consumption(estate, period, seed),
    ]
    for name, value, key in found:
        yield Figure(name=name, unit=estate.id, value=value, key=key, status=status, period=period)
    for name, value, key in _residents(estate, seed):
        yield Figure(name=name, unit=estate.id, value=value, key=key, status=FigureStatus.PROJECTED)
    if homes >= _HOMES_WITH_A_SCORE:
        yield Figure(
            name="efficiency_score",
            unit=estate.id,
            value=_score(estate, dice, seed),
            key=SCORE_KEY,
            status=FigureStatus.PROJECTED,
        )


def _by_type(estate: Estate) -> dict[str, int]:
    """How many homes of each type the estate has."""
    homes = estate.homes
    counts = {"family": homes.family, "youth": homes.youth, "elderly": homes.elderly}
    return {name: count for name, count in counts.items() if count}


def _rents(estate: Estate, books: EstateBooks) -> Iterator[tuple[str, Number | Dkk, str]]:
    """The register's rents on the day after the period, which are those of the coming year's budget, and their rise."""
    now, then = _rent(books.next_budget), _rent(books.budget)
    left, area_left, homes_left = now, estate.homes_area.count, estate.homes.total
    for name, count in _by_type(estate).items():  # homes of all types are as large and as dear as each other
        part, area = left * count // homes_left, area_left * count // homes_left
        left, area_left, homes_left = left - part, area_left - area, homes_left - count
        yield f"register_rent_{name}", Dkk(part), "SYNTETISK huslejeregister"
        yield f"register_area_{name}", Number(area, 2), "SYNTETISK huslejeregister"
    area = estate.homes_area.count
    if area:
        after = Number(100 * now // area, 2)
        yield "rent_after_change", after, "201"
        yield "rent_change", Number(after.count - 100 * then // area, 2), "201"


def _rent(budget: Books) -> int:
    return sum(budget[account].count for account in ("201.1", "201.2", "201.3"))


def _moves(estate: Estate, period: AccountingPeriod, seed: int) -> Iterator[tuple[str, Number | Dkk, str]]:
    moved = _moved(estate, period, seed)
    yield "external_move_outs", Number(sum(moved.values())), "eksterne fraflytninger"
    for name, count in moved.items():
        yield f"external_move_outs_{name}", Number(count), "eksterne fraflytninger"


def _vacancy(homes: int, dice: Dice) -> Iterator[tuple[str, Number | Dkk, str]]:
    vacant = dice.often(homes, published(VACANT_SHARE) // 10)
    yield "homes_vacant", Number(vacant), "ledige boliger"
    yield "homes_vacant_long", Number(dice.often(vacant, _LONG_VACANT)), "ledige boliger"


def _consumption(estate: Estate, period: AccountingPeriod, seed: int) -> Iterator[tuple[str, Number | Dkk, str]]:
    character = Dice(seed, estate.id, "consumption")
    for name, level in (("heat", HEAT), ("water", WATER), ("electricity", ELECTRICITY)):
        per_m2 = indexed(character.around(published(level)), period.accounting_year)
        yield f"{name}_cost", Dkk(per_m2 * estate.homes_area.count // 100), "SYNTETISK forbrugsregnskab"


def _residents(estate: Estate, seed: int) -> Iterator[tuple[str, Number | Dkk, str]]:
    """Who lives in the estate: levels of our own, nobody's."""
    if estate.residents is None:
        return
    dice, key = Dice(seed, estate.id, "residents"), "SYNTETISK beboerdata"
    working = dice.often(estate.residents, 600)
    yield "residents_non_western", Number(dice.often(estate.residents, dice.between(60, 400))), key
    yield "residents_of_working_age", Number(working), key
    yield "residents_outside_labour", Number(dice.often(working, dice.between(200, 480))), key
    yield "without_education_share", Number(dice.between(250, 600), 1), key
    yield "income_of_national_mean", Number(dice.between(450, 1050), 1), key


def _score(estate: Estate, dice: Dice, seed: int) -> Number:
    """In per cent with one decimal: steady over the years, so that a few estates are red (below 70) again and again."""
    level = Dice(seed, estate.id, "score").between(620, 960)
    return Number(min(level + dice.between(-20, 20), 1000), 1)


def _moved(estate: Estate, period: AccountingPeriod, seed: int) -> dict[str, int]:
    """Households that moved out in the year by type of home, around the published rate of each."""
    dice = Dice(seed, estate.id, period.accounting_year, "move-outs")
    rates = {"family": FAMILY_MOVES, "youth": YOUTH_MOVES, "elderly": ALL_MOVES}
    return {name: dice.often(count, published(rates[name]) // 10) for name, count in _by_type(estate).items()}


def organisation_figures(
    number: LbfNumber, estates: Mapping[Estate, EstateBooks], books: Books, period: AccountingPeriod, seed: int
) -> Iterator[tuple[Figure, bool]]:
    """The estates' move-outs and vacant homes added up, and the share of estates with a board.

    An organisation without estates has its working capital per unit it manages only. Each figure comes with whether it
    is as firm as the accounts; the others are projected.
    """
    if not any(estate.homes.total for estate in estates):
        per_unit = Dkk.rounded(Fraction(books["805"].count * _TENTHS, 100 * managed_units(estates)))
        yield Figure(name="working_capital_per_unit", unit=number, value=per_unit, key="805", period=period), True
        return
    moved = sum(sum(_moved(estate, period, seed).values()) for estate in estates)
    vacant = [
        dict(_counts(_vacancy(estate.homes.total, Dice(seed, estate.id, period.accounting_year, "figures"))))
        for estate in estates
        if estate.homes.total
    ]
    counted = {name: sum(each[name] for each in vacant) for name in ("homes_vacant", "homes_vacant_long")}
    for name, count in {"external_move_outs": moved, **counted}.items():
        yield Figure(name=name, unit=number, value=Number(count), key="sum af afdelingerne", period=period), True
    share = Number(Dice(seed, number, "boards").between(600, 1000), 1)
    yield Figure(name="estate_board_share", unit=number, value=share, key="afdelingsbestyrelser"), False


def _counts(found: Iterator[tuple[str, Number | Dkk, str]]) -> Iterator[tuple[str, int]]:
    return ((name, value.count) for name, value, _ in found)
