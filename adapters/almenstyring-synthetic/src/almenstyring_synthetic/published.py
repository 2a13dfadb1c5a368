"""The published national figures the invented accounts are drawn around, and our own levels where none is published.

Each published level names the figure by the id it has among the core's national benchmarks. ``mapped`` says that the
source prints no account number and that we assigned it. A level without ``figure`` is our own assumption.
"""

from __future__ import annotations

from typing import Literal

from attrs import frozen

Basis = Literal["m2", "home", "unit"]

_LBF = "https://lbf.dk"
_ANALYSES = f"{_LBF}/analyser/statistikker-og-analyser/temastatistikker"
_NEWS = f"{_LBF}/om-lbf/lbf-orienterer"
_DB = "https://www.retsinformation.dk/eli/lta/2023/1642"
_CAPITAL = f"{_NEWS}/2018/9/de-almene-boligafdelingers-nettokapitaludgifter-og-finansiering-2017/"
_MOVES = f"{_ANALYSES}/tema-2020-7-fraflytninger-i-den-almene-boligsektor-2019/"
_OTHER = f"{_ANALYSES}/tema-2023-3-almene-boligafdelingers-andre-henlaeggelser-2014-2021/"


@frozen(kw_only=True)
class Published:
    """One published national figure: its value in hundredths of its unit, the year it is of, and where it stands."""

    figure: str
    hundredths: int
    year: int
    source: str
    mapped: bool = False


FAMILY_CAPITAL = Published(figure="net_capital_costs-2017-family", hundredths=166_00, year=2017, source=_CAPITAL, mapped=True)
ELDERLY_CAPITAL = Published(
    figure="net_capital_costs-2017-elderly", hundredths=563_00, year=2017, source=_CAPITAL, mapped=True
)
OTHER_CAPITAL = Published(figure="net_capital_costs-2017-all", hundredths=219_00, year=2017, source=_CAPITAL, mapped=True)
CLEANING = Published(
    figure="cleaning-2018-all",
    hundredths=84_00,
    year=2018,
    source=f"{_ANALYSES}/tema-2020-3-renholdelsesudgifter-i-den-almene-boligsektor-2014-2018/",
)
INSURANCE = Published(
    figure="insurance-2014-all",
    hundredths=1087_00,
    year=2014,
    source=f"{_ANALYSES}/tema-2016-4-forsikringsudgifter-i-den-almene-boligsektor-2010-2014/",
    mapped=True,
)
SUNDRY = Published(
    figure="sundry_costs-2018-all",
    hundredths=8_10,
    year=2018,
    source=f"{_NEWS}/2020/2/diverse-udgifter-i-de-almene-boligafdelinger-2014-2018/",
)
REFURBISHMENT = Published(
    figure="move_out_refurbishment-2021-scheme_a_estates",
    hundredths=12_00,
    year=2021,
    source=f"{_ANALYSES}/tema-2023-2-a-og-b-vedligeholdelsesordninger-i-den-almene-boligsektor-2014-21/",
)
OTHER_PROVISIONS = Published(
    figure="other_provisions_yearly-2021-estates_with_the_cost", hundredths=230_00, year=2021, source=_OTHER, mapped=True
)
OTHER_SAVINGS = Published(
    figure="other_provisions_saved-2021-estates_with_the_savings", hundredths=549_00, year=2021, source=_OTHER, mapped=True
)
MAINTENANCE_SAVINGS = Published(
    figure="maintenance_provisions_saved-2019-all",
    hundredths=44_300_00,
    year=2019,
    source=f"{_NEWS}/2021/6/opsparede-henlaeggelser-til-vedligeholdelse-i-den-almene-boligsektor-2014-og-2019/",
    mapped=True,
)
VACANCY_LOSS = Published(
    figure="vacancy_loss-2021-all",
    hundredths=5_40,
    year=2021,
    source=f"{_NEWS}/2023/2/udgifter-til-tab-ved-lejeledighed-i-den-almene-boligsektor-2021/",
)
FAMILY_MOVES = Published(figure="move_out_rate-2019-family", hundredths=10_40, year=2019, source=_MOVES)
YOUTH_MOVES = Published(figure="move_out_rate-2019-youth", hundredths=39_90, year=2019, source=_MOVES)
ALL_MOVES = Published(
    figure="move_out_rate-2019-all",
    hundredths=13_10,
    year=2019,
    source="https://docplayer.dk/231805141-Fraflytninger-i-den-almene-boligsektor-2019.html",
)
VACANT_SHARE = Published(
    figure="vacant_homes_share-2020-01-all",
    hundredths=31,
    year=2020,
    source=f"{_NEWS}/2020/2/ledige-boliger-i-den-almene-boligsektor-2019-2020/",
)
FUND_YEARLY = Published(figure="disposition_fund_yearly", hundredths=661_00, year=2024, source=f"{_DB} § 42")
FUND_LIMIT = Published(figure="disposition_fund_limit", hundredths=6_602_00, year=2024, source=f"{_DB} § 42")
CAPITAL_YEARLY = Published(figure="working_capital_yearly_max", hundredths=187_00, year=2024, source=f"{_DB} § 38")
CAPITAL_LIMIT = Published(figure="working_capital_limit", hundredths=3_613_00, year=2024, source=f"{_DB} § 38")
"""The last four are regulated rates per tenancy unit, not national means; the core has them among its rates."""


@frozen
class Level:
    """What an account is drawn around: øre per m², home or tenancy unit; ``share`` is how many in a thousand have it."""

    account: str
    oere: int
    per: Basis = "m2"
    share: int = 1000


def _of(account: str, published: Published, per: Basis = "m2", share: int = 1000) -> Level:
    return Level(account, published.hundredths, per, share)


COSTS = (
    Level("106", 65_00),
    Level("107", 22_00),
    Level("108", 18_00),
    Level("109", 36_00),
    _of("110", INSURANCE, "unit"),
    Level("111", 33_00),
    Level("112.1", 4_100_00, "unit"),
    _of("112.2", FUND_YEARLY, "unit"),
    _of("112.3", CAPITAL_YEARLY, "unit", 300),
    Level("113", 6_00, share=400),
    _of("114", CLEANING),
    Level("115", 48_00),
    _of("117", REFURBISHMENT, share=870),
    Level("118", 4_00, share=500),
    _of("119", SUNDRY),
    Level("120", 190_00),
    Level("121", 12_00, share=870),
    Level("122", 9_00, share=130),
    Level("123", 5_00),
    _of("124", OTHER_PROVISIONS, share=50),
    Level("125", 110_00, share=850),
    Level("126", 15_00, share=400),
    Level("127", 12_00, share=200),
    _of("129", VACANCY_LOSS),
    Level("130", 2_00),
    Level("131", 3_00),
)
"""The costs of an estate. 870 of 1,000 have maintenance scheme A (87 % in 2021); 50 of 1,000 have account 124."""

FIXED = frozenset({"112.2", "112.3"})
"""Rates: the same for every estate, so not spread."""

SAVINGS = (
    _of("401", MAINTENANCE_SAVINGS, "home"),
    Level("402", 220_00),
    Level("405", 30_00),
    _of("406", OTHER_SAVINGS, share=284),
)
"""The saved provisions. 284 of 1,000: the published 156 kr. per m² of all against 549 of those that have any."""

ACQUISITION = Level("301", 14_000_00)
IMPROVEMENTS = Level("303", 1_500_00)
