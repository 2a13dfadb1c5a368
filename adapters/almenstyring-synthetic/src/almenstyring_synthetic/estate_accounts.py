"""The invented accounts of one estate, balanced to the øre.

Each estate has a character of its own, drawn once; each year moves a little around it and 2 per cent with the years,
so that 2025 stands at the published level. A budget is the quiet year of that character, and the rent makes it balance.
The saved provisions roll forward: opening balance + put aside - used is the closing balance. Money is whole øre.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from almenstyring import Dkk, Estate, EstateKind
from almenstyring_synthetic.dice import Dice
from almenstyring_synthetic.published import (
    BALANCE,
    COSTS,
    ELDERLY_CAPITAL,
    FAMILY_CAPITAL,
    OTHER_CAPITAL,
    ROLLED,
    Basis,
    Level,
    Rolled,
    rate,
)

Amounts = dict[str, int]
Money = dict[str, Dkk]

_LEVEL_YEAR = 2025
_YEARLY = 20  # thousandths
_OTHER_RENT_PER_M2 = 700_00
_MOVED = 20  # a saved balance lies at most so many hundredths of a quiet year's provisions above the usual one


@frozen(kw_only=True)
class EstateBooks:
    """The postings of an estate's accounting year, its budget of that year and that of the coming one."""

    postings: Money
    budget: Money
    next_budget: Money


def estate_books(estate: Estate, year: int, seed: int) -> EstateBooks:
    """Accounts and budgets of the year; every subtotal right, income = costs, assets = liabilities.

    What is the next budget here is the budget in next year's accounts.
    """
    drawing = _Drawing.of_costs(estate, seed)
    return EstateBooks(
        postings=_postings(drawing, year, seed),
        budget=_budget(drawing, year),
        next_budget=_budget(drawing, year + 1),
    )


def _postings(drawing: _Drawing, year: int, seed: int) -> Money:
    books: Amounts = {}
    estate = drawing.estate
    dice = Dice(seed, estate.id, year)
    _enter(books, drawing, year, dice)
    _roll_forward(books, drawing, year, seed)
    _costs(books, surplus=dice.between(-12, 18))
    _income(books, estate, dice)
    _liabilities(books, estate, year, seed, dice)
    _assets(books)
    return _money(books)


def _budget(drawing: _Drawing, year: int) -> Money:
    """The quiet year: neither surplus nor deficit, and nothing that provisions cover is known beforehand."""
    books: Amounts = {"116": 0}
    _enter(books, drawing, year)
    _costs(books, surplus=0)
    _income(books, drawing.estate)
    return _money(books)


def _money(books: Amounts) -> Money:
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
    """What one estate's amounts are drawn around.

    ``sizes`` are counts and how many make one whole; ``centres`` holds øre per one whole at the level of 2025 for each
    level the estate has.
    """

    estate: Estate
    sizes: Mapping[Basis, tuple[int, int]]
    centres: Mapping[Level, int]

    @classmethod
    def of(cls, estate: Estate, character: Dice, levels: Iterable[Level]) -> _Drawing:
        sizes: dict[Basis, tuple[int, int]] = {
            "m2": (area_of(estate), 100),
            "home": (estate.homes.total, 1),
            "unit": (estate.tenancy_units.count, 10),
        }
        drawn = ((level, character.chance(level.share), _centre(level, character)) for level in levels)
        return cls(estate, sizes, {level: centre for level, has_it, centre in drawn if has_it})

    @classmethod
    def of_costs(cls, estate: Estate, seed: int) -> _Drawing:
        return cls.of(estate, Dice(seed, estate.id, "costs"), (_capital(estate), *COSTS))

    def amount(self, level: Level, year: int, dice: Dice | None = None) -> int:
        """The amount of a year: around the character's own with dice, and just that without."""
        if level not in self.centres:
            return 0
        centre = self.centres[level]
        if level.is_rate:
            per_one = rate(str(level.around), year)
        else:
            per_one = indexed(dice.around(centre, 30) if dice else centre, year)
        count, parts = self.sizes[level.per]
        return per_one * count // parts


def _centre(level: Level, character: Dice) -> int:
    return 0 if level.is_rate else character.around(level.oere)


def _capital(estate: Estate) -> Level:
    homes = estate.homes
    if estate.kind is EstateKind.HOUSING and homes.family * 2 > homes.total:
        return Level("101", FAMILY_CAPITAL)
    if homes.elderly * 2 > homes.total:
        return Level("101", ELDERLY_CAPITAL)
    return Level("101", OTHER_CAPITAL)


def _enter(books: Amounts, drawing: _Drawing, year: int, dice: Dice | None = None) -> None:
    """The costs that are drawn, and zero on the accounts that nobody uses here."""
    for level in (_capital(drawing.estate), *COSTS):
        books[level.account] = drawing.amount(level, year, dice)
    books |= dict.fromkeys(("102", "103", "104", "105", "128", "132", "133", "134", "136"), 0)


def _roll_forward(books: Amounts, drawing: _Drawing, year: int, seed: int) -> None:
    """What is saved, and what of the year's costs it covered: opening balance + put aside - closing balance.

    A balance moves by less than a year's provisions, so what is covered is never below zero.
    """
    estate = drawing.estate
    opening, closing = (Dice(seed, estate.id, each, "saved").between(0, _MOVED) for each in (year - 1, year))
    saved = _Drawing.of(estate, Dice(seed, estate.id, "balance"), [rolled.saved for rolled in ROLLED])
    for rolled in ROLLED:
        usual = saved.amount(rolled.saved, _LEVEL_YEAR)
        quiet = drawing.amount(rolled.put_aside, _LEVEL_YEAR)
        books[rolled.saved.account] = usual + quiet * closing // 100
        opened = usual + quiet * opening // 100
        books[rolled.covered] = opened + books[rolled.put_aside.account] - books[rolled.saved.account]
        _spent(books, rolled)


def _spent(books: Amounts, rolled: Rolled) -> None:
    """What was spent is what the account bears itself and what others cover."""
    books |= dict.fromkeys(rolled.covered_otherwise, 0)
    books.setdefault(rolled.net, 0)
    books[rolled.spent] = books[rolled.net] + books[rolled.covered]


def _costs(books: Amounts, *, surplus: int) -> None:
    """Every subtotal of the costs; ``surplus`` is in thousandths of them, a deficit below zero."""
    total(books, "112", ("112.1", "112.2", "112.3"))
    total(books, "105.9", _numbers(101, 105))
    total(books, "113.9", _numbers(106, 113))
    total(books, "119.9", _numbers(114, 119))
    total(books, "124.8", _numbers(120, 124))
    total(books, "124.9", ("105.9", "113.9", "119.9", "124.8"))
    total(books, "137", (number for number in _numbers(125, 136) if number != "135"))
    total(books, "139", ("124.9", "137"))
    result = books["139"] * surplus // 1000
    books |= {"140": max(result, 0), "210": max(-result, 0)}
    total(books, "150", ("139", "140"))


def _numbers(first: int, last: int) -> list[str]:
    return [str(number) for number in range(first, last + 1)]


def _income(books: Amounts, estate: Estate, dice: Dice | None = None) -> None:
    """The rent is what makes income equal costs (da: balanceleje); leases and garages pay their part first."""
    books["209"] = books["150"] - books["210"]
    books |= {"202": _near(books["209"] // 300, dice), "203": _near(books["209"] // 120, dice)}
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


def _near(centre: int, dice: Dice | None) -> int:
    return dice.around(centre) if dice else centre


def _liabilities(books: Amounts, estate: Estate, year: int, seed: int, dice: Dice) -> None:
    character = Dice(seed, estate.id, "balance")
    drawing = _Drawing.of(estate, character, BALANCE)
    for level in BALANCE:
        books[level.account] = drawing.amount(level, year, dice)
    books |= {"403": 0, "404": 0}
    total(books, "406.9", _numbers(401, 406))
    books["407"] = books["406.9"] * character.between(-20, 60) // 1000
    total(books, "407.9", ("406.9", "407"))
    books["408"] = books["301"] * character.between(450, 750) // 1000
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
