"""The invented accounts of one organisation, made from its estates' accounts and balanced to the øre."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from almenstyring import Dkk, Estate, LbfNumber
from almenstyring_synthetic.dice import Dice
from almenstyring_synthetic.estate_accounts import Amounts, indexed, total
from almenstyring_synthetic.published import CAPITAL_LIMIT, FUND_LIMIT, rate

_SHARES = {"501": 10, "502": 20, "513": 120, "514": 60, "515": 25, "516": 15, "521": 35}
_UNITS_WITHOUT_ESTATES = 2_000
_CONTRIBUTION = 4_100_00


def managed_units(estates: Iterable[Estate]) -> int:
    """Tenths of tenancy units; an organisation without estates manages others', by our assumption 2,000 units."""
    return sum(estate.tenancy_units.count for estate in estates) or 10 * _UNITS_WITHOUT_ESTATES


def organisation_postings(  # noqa: PLR0913 - what the accounts are made of
    number: LbfNumber,
    estates: Iterable[Mapping[str, Dkk]],
    *,
    units: int,
    is_administered: bool,
    year: int,
    seed: int,
) -> dict[str, Dkk]:
    """The postings of the year: contributions as the estates pay them, 560 = 630, 750 = 850, 810 = 801 + 803 + 805.

    ``units`` are tenths of tenancy units. An organisation without estates lives from managing others.
    """
    dice = Dice(seed, number, year)
    books: Amounts = {}
    of_estates = list(estates)
    _income(books, of_estates, dice, year)
    _costs(books, dice, is_administered=is_administered)
    _balance(books, of_estates, Dice(seed, number, "balance"), units, year)
    return {account: Dkk(amount) for account, amount in books.items()}


def _sum(estates: list[Mapping[str, Dkk]], *accounts: str) -> int:
    return sum(estate[account].count for estate in estates for account in accounts)


def _income(books: Amounts, estates: list[Mapping[str, Dkk]], dice: Dice, year: int) -> None:
    own = indexed(dice.around(_UNITS_WITHOUT_ESTATES * _CONTRIBUTION, 60), year)
    books["601"] = _sum(estates, "112.1") or own
    books["602"] = dice.around(books["601"] // 20)
    books["603"] = dice.around(books["601"] // 60)
    books["604"] = _sum(estates, "112.2", "112.3")
    books["606"] = dice.around(books["601"] // 40) if dice.chance(200) else 0
    books["607"] = dice.around(books["601"] // 40)
    total(books, "610", ("601", "602", "603", "604", "606", "607"))
    books["611"] = 0
    total(books, "620", ("610", "611"))
    result = books["601"] * dice.between(-15, 30) // 1000
    books |= {"551": max(result, 0), "621": max(-result, 0)}
    total(books, "630", ("620", "621"))


def _costs(books: Amounts, dice: Dice, *, is_administered: bool) -> None:
    """What is left of the income after the result goes to administration: own staff, or whoever administers."""
    books["560"] = books["630"]
    books["550"] = books["560"] - books["551"]
    books |= {"541": 0, "540": books["550"], "532": dice.around(books["601"] // 200), "533": books["604"]}
    gross = books["530"] = books["540"] - books["532"] - books["533"]
    for account, share in _SHARES.items():
        books[account] = gross * share // 1000
    rest = gross - sum(books[account] for account in _SHARES)
    books |= {"511": 0 if is_administered else rest, "512": rest if is_administered else 0}


def _balance(books: Amounts, estates: list[Mapping[str, Dkk]], character: Dice, units: int, year: int) -> None:
    fund, capital = character.around(rate(FUND_LIMIT, 2025)), character.around(rate(CAPITAL_LIMIT, 2025))
    books["801"] = units * 100_00 // 10
    books["803"] = indexed(fund, year) * units // 10
    books["805"] = indexed(capital, year) * units // 10
    total(books, "810", ("801", "803", "805"))
    books["821"] = _sum(estates, "306", "307")
    total(books, "830", ("821",))
    total(books, "850", ("810", "830"))
    books["701"] = books["810"] * 15 // 100
    books["702"] = books["810"] * 2 // 100
    books["716"] = books["803.bunden"] = books["803"] * 40 // 100
    books["803.disponibel"] = books["803"] - books["803.bunden"]
    total(books, "720", ("701", "702", "716"))
    books["721"] = 0
    books["740"] = books["850"] - books["720"]
    books["731"] = books["740"] * 7 // 10
    books["732"] = books["740"] - books["731"]
    total(books, "750", ("720", "740"))
