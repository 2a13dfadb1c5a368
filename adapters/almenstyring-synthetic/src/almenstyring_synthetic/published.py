"""What the invented accounts are drawn around: published national figures, and our own levels where none is published.

The figures are the core's own references, by their ids: their source, their year, and whether the account number was
printed or assigned by us, stand there. A level without a figure is this adapter's own assumption and nobody's figure.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

from attrs import frozen

from almenstyring import AccountingPeriod, load_references

Basis = Literal["m2", "home", "unit"]

FAMILY_CAPITAL = "net_capital_costs-2017-family"
ELDERLY_CAPITAL = "net_capital_costs-2017-elderly"
OTHER_CAPITAL = "net_capital_costs-2017-all"
FAMILY_MOVES = "move_out_rate-2019-family"
YOUTH_MOVES = "move_out_rate-2019-youth"
ALL_MOVES = "move_out_rate-2019-all"
VACANT_SHARE = "vacant_homes_share-2020-01-all"
HEAT = "consumption_heat-2015-all"
WATER = "consumption_water-2015-all"
ELECTRICITY = "consumption_electricity-2015-all"
FUND_LIMIT = "disposition_fund_limit"
CAPITAL_LIMIT = "working_capital_limit"


@cache
def published(figure: str) -> int:
    """A national figure in hundredths of its unit: øre, or hundredths of a per cent."""
    return int(load_references().benchmarks.benchmark[figure].value.as_fraction() * 100)


@cache
def rate(name: str, year: int) -> int:
    """The latest published level of a regulated rate for an accounting year, in øre per tenancy unit."""
    found = load_references().rate(name, AccountingPeriod(date(year, 1, 1), date(year, 12, 31)))
    return found.rate.amount.count if found else 0


@frozen
class Level:
    """What an account is drawn around, per m², home or tenancy unit: a figure or rate by its id, or our own øre.

    ``share`` is how many estates in a thousand have the account at all.
    """

    account: str
    around: str | int
    per: Basis = "m2"
    share: int = 1000
    is_rate: bool = False

    @property
    def oere(self) -> int:
        """The level of accounting year 2025 in øre."""
        return self.around if isinstance(self.around, int) else published(self.around)


COSTS = (
    Level("106", 65_00),
    Level("107", 22_00),
    Level("108", 18_00),
    Level("109", 36_00),
    Level("110", "insurance-2014-all", "unit"),
    Level("111", 33_00),
    Level("112.1", 4_100_00, "unit"),
    Level("112.2", "disposition_fund_yearly", "unit", is_rate=True),
    Level("112.3", "working_capital_yearly_max", "unit", share=300, is_rate=True),
    Level("113", 6_00, share=400),
    Level("114", "cleaning-2018-all"),
    Level("115", 48_00),
    Level("117", "move_out_refurbishment-2021-scheme_a_estates", share=870),
    Level("118", 4_00, share=500),
    Level("119", "sundry_costs-2018-all"),
    Level("120", 190_00),
    Level("121", 12_00, share=870),
    Level("122", 9_00, share=130),
    Level("123", 5_00),
    Level("124", "other_provisions_yearly-2021-estates_with_the_cost", share=50),
    Level("125", 110_00, share=850),
    Level("126", 15_00, share=400),
    Level("127", 12_00, share=200),
    Level("129", "vacancy_loss-2021-all"),
    Level("130", 2_00),
    Level("131", 3_00),
)
"""The costs of an estate. 870 of 1,000 estates have maintenance scheme A, 50 have account 124: published for 2021."""


def _cost(account: str) -> Level:
    return next(level for level in COSTS if level.account == account)


@frozen(kw_only=True)
class Rolled:
    """A saved provision that rolls forward: where it is put aside, and which costs it covers.

    ``net`` is what the account bears itself: ``spent`` less ``covered`` and what is ``covered_otherwise``.
    """

    saved: Level
    put_aside: Level
    net: str
    spent: str
    covered: str
    covered_otherwise: tuple[str, ...] = ()


ROLLED = (
    Rolled(
        saved=Level("401", "maintenance_provisions_saved-2019-all", "home"),
        put_aside=_cost("120"),
        net="116",
        spent="116.1",
        covered="116.2",
    ),
    Rolled(saved=Level("402", 22_00), put_aside=_cost("121"), net="117", spent="117.1", covered="117.2"),
    Rolled(
        saved=Level("405", 30_00),
        put_aside=_cost("123"),
        net="130",
        spent="130.1",
        covered="130.2",
        covered_otherwise=("130.3",),
    ),
)
"""The saved provisions whose opening and closing balances are modelled; planned maintenance is covered in full."""

OTHER_SAVINGS = (Level("406", "other_provisions_saved-2021-estates_with_the_savings", share=284),)
"""284 of 1,000 have account 406: 156 kr. per m² of all against 549 of those that have any."""

SAVINGS = (*(rolled.saved for rolled in ROLLED), *OTHER_SAVINGS)
BALANCE = (*OTHER_SAVINGS, Level("301", 14_000_00), Level("303", 1_500_00))
"""What is drawn anew every year around its level: other savings, the acquisition cost and improvements."""
