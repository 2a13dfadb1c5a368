"""The invented accounts of one estate, balanced to the øre.

Each estate has a character of its own, drawn once; each year moves a little around it and 2 per cent with the years,
so that 2025 stands at the published level. Money is whole øre.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from almenstyring import Dkk, Estate, EstateKind
from almenstyring_synthetic.dice import Dice
from almenstyring_synthetic.published import (
    ACQUISITION,
    COSTS,
    ELDERLY_CAPITAL,
    FAMILY_CAPITAL,
    IMPROVEMENTS,
    OTHER_CAPITAL,
    SAVINGS,
    Basis,
    Level,
    rate,
)

Amounts = dict[str, int]

_LEVEL_YEAR = 2025
_YEARLY = 20  # thousandths
_OTHER_RENT_PER_M2 = 700_00


def estate_postings(estate: Estate, year: int, seed: int) -> dict[str, Dkk]:
    """The postings of the accounting year; every subtotal right and income = costs, assets = liabilities."""
    books: Amounts = {}
    dice = Dice(seed, estate.id, year)
    _costs(books, estate, year, seed, dice)
    _income(books, estate, dice)
    _liabilities(books, estate, year, seed, dice)
    _assets(books)
    return {account: Dkk(amount) for account, amount in books.items()}


def indexed(oere: int, year: int) -> int:
    """An amount at the level of 2025, moved to another year by our own 2 per cent a year."""
    return oere * (1000 + _YEARLY * (year - _LEVEL_YEAR)) // 1000


def total(books: Amounts, account: str, parts: Iterable[str]) -> int:
    """Enter the sum of the parts under the subtotal's number."""
    books[account] = sum(books[part] for part in parts)
    return books[account]


def area_of(estate: Estate) -> int:
    """Homes and leases together in hundredths of a m²."""
    return estate.homes_area.count + sum(lease.count for lease in estate.leases)


@frozen
class _Drawing:
    """What one estate's amounts of one year are drawn with; ``sizes`` are counts and how many make one whole."""

    sizes: Mapping[Basis, tuple[int, int]]
    year: int
    character: Dice
    dice: Dice

    @classmethod
    def of(cls, estate: Estate, year: int, seed: int, purpose: str, dice: Dice) -> _Drawing:
        sizes: dict[Basis, tuple[int, int]] = {
            "m2": (area_of(estate), 100),
            "home": (estate.homes.total, 1),
            "unit": (estate.tenancy_units.count, 10),
        }
        return cls(sizes, year, Dice(seed, estate.id, purpose), dice)

    def amount(self, level: Level) -> int:
        has_it = self.character.chance(level.share)
        if isinstance(level.around, str) and level.is_rate:
            per_one = rate(level.around, self.year)
        else:
            per_one = indexed(self.dice.around(self.character.around(level.oere), 30), self.year)
        count, parts = self.sizes[level.per]
        return per_one * count // parts if has_it else 0


def _capital(estate: Estate) -> Level:
    homes = estate.homes
    if estate.kind is EstateKind.HOUSING and homes.family * 2 > homes.total:
        return Level("101", FAMILY_CAPITAL)
    if homes.elderly * 2 > homes.total:
        return Level("101", ELDERLY_CAPITAL)
    return Level("101", OTHER_CAPITAL)


def _costs(books: Amounts, estate: Estate, year: int, seed: int, dice: Dice) -> None:
    drawing = _Drawing.of(estate, year, seed, "costs", dice)
    books["101"] = drawing.amount(_capital(estate))
    books |= {"102": 0, "103": 0, "104": 0, "105": 0, "112": 0, "116": 0}
    for level in COSTS:
        books[level.account] = drawing.amount(level)
    books |= {"128": 0, "132": 0, "133": 0, "134": 0, "136": 0}
    total(books, "112", ("112.1", "112.2", "112.3"))
    total(books, "105.9", _numbers(101, 105))
    total(books, "113.9", _numbers(106, 113))
    total(books, "119.9", _numbers(114, 119))
    total(books, "124.8", _numbers(120, 124))
    total(books, "124.9", ("105.9", "113.9", "119.9", "124.8"))
    total(books, "137", (number for number in _numbers(125, 136) if number != "135"))
    total(books, "139", ("124.9", "137"))
    result = books["139"] * dice.between(-12, 18) // 1000
    books |= {"140": max(result, 0), "210": max(-result, 0)}
    total(books, "150", ("139", "140"))


def _numbers(first: int, last: int) -> list[str]:
    return [str(number) for number in range(first, last + 1)]


def _income(books: Amounts, estate: Estate, dice: Dice) -> None:
    """The rent is what makes income equal costs (da: balanceleje); leases and garages pay their part first."""
    books["209"] = books["150"] - books["210"]
    books |= {"202": dice.around(books["209"] // 300), "203": dice.around(books["209"] // 120)}
    books |= {"204": 0, "206": 0, "208": 0}
    books["203.9"] = books["209"]
    books["201"] = books["203.9"] - books["202"] - books["203"]
    leased = sum(lease.count for lease in estate.leases) * _OTHER_RENT_PER_M2 // 100
    books["201.4-"] = min(leased + estate.garages * 2_400_00, books["201"] // 3) if estate.homes.total else books["201"]
    left = books["201"] - books["201.4-"]
    homes = estate.homes
    books["201.2"] = left * homes.youth // (homes.total or 1)
    books["201.3"] = left * homes.elderly // (homes.total or 1)
    books["201.1"] = left - books["201.2"] - books["201.3"]
    total(books, "220", ("209", "210"))


def _liabilities(books: Amounts, estate: Estate, year: int, seed: int, dice: Dice) -> None:
    drawing = _Drawing.of(estate, year, seed, "balance", dice)
    for level in (*SAVINGS, ACQUISITION, IMPROVEMENTS):
        books[level.account] = drawing.amount(level)
    books |= {"403": 0, "404": 0}
    total(books, "406.9", _numbers(401, 406))
    books["407"] = books["406.9"] * drawing.character.between(-20, 60) // 1000
    total(books, "407.9", ("406.9", "407"))
    books["408"] = books["301"] * drawing.character.between(450, 750) // 1000
    books["409"] = books["301"] * 20 // 1000
    books["410"] = books["301"] - books["408"] - books["409"]
    total(books, "411", ("408", "409", "410"))
    books |= {"413": books["303"], "414": 0, "415": 0}
    total(books, "417", ("411", "413", "414", "415"))
    books["419"] = dice.around(books["139"] // 100)
    books["421"] = dice.around(books["139"] // 25)
    books["422"] = dice.around(books["139"] // 500)
    books["423"] = dice.around(books["201"] // 40)
    books["425"] = dice.around(books["139"] // 200)
    total(books, "426", ("419", "421", "422", "423", "425"))
    total(books, "430", ("407.9", "417", "426"))


def _assets(books: Amounts) -> None:
    books |= {"302": 0, "304": 0}
    total(books, "302.9", ("301", "302"))
    total(books, "304.9", ("302.9", "303", "304"))
    books["305"] = books["201"] // 100
    books["306"] = books["407.9"] * 6 // 10
    books["309"] = books["430"] - books["304.9"]
    books["307"] = books["309"] - books["305"] - books["306"]
    total(books, "310", ("304.9", "309"))
