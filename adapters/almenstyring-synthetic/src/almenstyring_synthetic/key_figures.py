"""The figures a report year is prefilled with, under the names the standard's questions ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from almenstyring import AccountingPeriod, Dkk, Estate, FigureStatus, LbfNumber, Number
from almenstyring.ports import Figure
from almenstyring_synthetic.dice import Dice
from almenstyring_synthetic.organisation_accounts import managed_units
from almenstyring_synthetic.published import ALL_MOVES, FAMILY_MOVES, VACANT_SHARE, YOUTH_MOVES, published

Books = Mapping[str, Dkk]

SCORE_KEY = "SYNTETISK effektivitetstal"
"""The key of an invented efficiency score: it looks official and is not."""

_TENTHS = 10
_HOMES_WITH_A_SCORE = 10


def estate_figures(
    estate: Estate, books: Books, period: AccountingPeriod, status: FigureStatus, seed: int
) -> Iterator[Figure]:
    """Move-outs, vacancy, rent, savings and, for most estates, a score; nothing where there are no homes."""
    homes = estate.homes.total
    if not homes:
        return
    rent = sum(books[account].count for account in ("201.1", "201.2", "201.3"))
    per_m2 = Dkk(rent).per_area(estate.homes_area)
    saved = Dkk(books["401"].count // homes)
    dice = Dice(seed, estate.id, period.accounting_year, "figures")
    moved, vacant = move_outs(estate, period, seed), dice.often(homes, published(VACANT_SHARE) // 10)
    for name, value, key in (
        ("external_move_outs", Number(moved), "eksterne fraflytninger"),
        ("homes_vacant", Number(vacant), "ledige boliger"),
        ("rent_per_m2", Number(per_m2.count, per_m2.decimals) if per_m2 else None, "201.1-201.3"),
        ("provisions_per_home", saved, "401"),
    ):
        if value is not None:
            yield Figure(name=name, unit=estate.id, value=value, key=key, status=status, period=period)
    if homes >= _HOMES_WITH_A_SCORE:
        yield Figure(
            name="efficiency_score",
            unit=estate.id,
            value=_score(estate, dice, seed),
            key=SCORE_KEY,
            status=FigureStatus.PROJECTED,
        )


def _score(estate: Estate, dice: Dice, seed: int) -> Number:
    """In per cent with one decimal: steady over the years, so that a few estates are red (below 70) again and again."""
    level = Dice(seed, estate.id, "score").between(620, 960)
    return Number(min(level + dice.between(-20, 20), 1000), 1)


def move_outs(estate: Estate, period: AccountingPeriod, seed: int) -> int:
    """Households that moved out of the estate in the year, around the published rate of each type of home."""
    dice = Dice(seed, estate.id, period.accounting_year, "move-outs")
    homes = estate.homes
    rates = ((homes.family, FAMILY_MOVES), (homes.youth, YOUTH_MOVES), (homes.elderly, ALL_MOVES))
    return sum(dice.often(count, published(rate) // 10) for count, rate in rates)


def organisation_figures(  # noqa: PLR0913 - what the figures are made of
    number: LbfNumber,
    estates: Mapping[Estate, Books],
    books: Books,
    period: AccountingPeriod,
    status: FigureStatus,
    seed: int,
) -> Iterator[Figure]:
    """Funds and contributions per tenancy unit, the move-out rate and the share of estates with a board.

    An organisation without homes has its working capital only.
    """
    tenths = managed_units(estates)
    homes = sum(estate.homes.total for estate in estates)
    found: list[tuple[str, Number | Dkk, str]] = [
        ("working_capital_per_unit", _per_unit(books["805"], tenths), "805"),
    ]
    if homes:
        moved = sum(move_outs(estate, period, seed) for estate in estates)
        found += [
            ("disposition_fund_per_unit", _per_unit(books["803"] - books["716"], tenths), "803"),
            ("administration_contribution_per_unit", _per_unit(books["601"], tenths), "601"),
            ("move_out_rate", Number((1000 * moved + homes // 2) // homes, 1), "eksterne fraflytninger"),
        ]
    for name, value, key in found:
        yield Figure(name=name, unit=number, value=value, key=key, status=status, period=period)
    if homes:
        share = Number(Dice(seed, number, "boards").between(600, 1000), 1)
        yield Figure(
            name="estate_board_share",
            unit=number,
            value=share,
            key="afdelingsbestyrelser",
            status=FigureStatus.PROJECTED,
        )


def _per_unit(amount: Dkk, tenths: int) -> Dkk:
    return Dkk.rounded(Fraction(amount.count * _TENTHS, 100 * tenths))
