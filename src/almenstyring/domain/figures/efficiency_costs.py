"""What the efficiency score is computed from: seven cost accounts per home, and which estates are comparable.

Source of the accounts: almeneffektivitet.dk, about the efficiency scores. That estates are compared with others of
about the same size, the same type of homes and the same region is published there too, and that youth and elderly
estates are compared nationwide; the size bands are not published, and ours are project-authored.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from attrs import field, frozen

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.figures.accounts import Accounts
from almenstyring.domain.figures.exact import Exact, check_exact, exact_sum
from almenstyring.domain.organisations import Estate, Homes
from almenstyring.domain.text import Text
from almenstyring.domain.values.faults import refusal


class HomeType(StrEnum):
    """The types of homes (da: boligtype)."""

    FAMILY = "family"
    YOUTH = "youth"
    ELDERLY = "elderly"


class NoScore(StrEnum):
    """Why a unit gets no efficiency score (da: intet effektivitetstal)."""

    NOT_TWELVE_MONTHS = "not_twelve_months"
    NO_HOMES = "no_homes"
    NO_REGION = "no_region"
    COSTS_MISSING = "costs_missing"
    COSTS_NEGATIVE = "costs_negative"
    TOO_FEW_PEERS = "too_few_peers"


@frozen(kw_only=True)
class CostAccount:
    """One of the benchmarked costs (da: udgiftskonto): the sum of the accounts it consists of."""

    id: str
    name: Text
    accounts: tuple[str, ...]


COST_ACCOUNTS: tuple[CostAccount, ...] = (
    CostAccount(id="109", name=Text("Renovation", "Refuse collection"), accounts=("109",)),
    CostAccount(id="110", name=Text("Forsikringer", "Insurance"), accounts=("110",)),
    CostAccount(id="111", name=Text("Energiforbrug", "Energy consumption"), accounts=("111",)),
    CostAccount(id="112.1", name=Text("Administrationsbidrag", "Administration contribution"), accounts=("112.1",)),
    CostAccount(id="114", name=Text("Renholdelse", "Cleaning"), accounts=("114",)),
    CostAccount(id="115", name=Text("Almindelig vedligeholdelse", "Ordinary maintenance"), accounts=("115",)),
    CostAccount(
        id="117.h",
        name=Text(
            "Istandsættelse ved fraflytning med henlæggelser", "Refurbishment on moving out including provisions"
        ),
        accounts=("117", "121", "122"),
    ),
)
"""The nine accounts that are benchmarked as seven. Source: almeneffektivitet.dk; official."""


def _exact_costs(costs: Mapping[str, Exact | None]) -> Mapping[str, Fraction | None]:
    return {account: None if cost is None else Fraction(check_exact(cost)) for account, cost in costs.items()}


@frozen(kw_only=True)
class HomeCosts:
    """What a unit costs per home (da: udgifter pr. bolig): exact kroner per account; None is missing.

    Units with the same ``group`` are comparable. ``unusable`` is a reason, known beforehand, why the costs cannot
    be compared. A float raises ``InvalidValueError``.
    """

    unit: str
    group: str
    costs: Mapping[str, Fraction | None] = field(converter=_exact_costs, hash=False)
    unusable: NoScore | None = None

    @cached_property
    def refusal(self) -> NoScore | None:
        """Why the unit can neither get a score nor be anybody's peer; None where it can."""
        if self.unusable:
            return self.unusable
        if self.missing:
            return NoScore.COSTS_MISSING
        return NoScore.COSTS_NEGATIVE if self.negative else None

    @property
    def missing(self) -> tuple[str, ...]:
        """The accounts without an amount."""
        return tuple(account for account, cost in self.costs.items() if cost is None)

    @property
    def negative(self) -> tuple[str, ...]:
        """The accounts with an amount below zero."""
        return tuple(account for account, cost in self.costs.items() if cost is not None and cost < 0)

    @cached_property
    def total(self) -> Fraction:
        """The sum over the accounts, without those that are missing."""
        return exact_sum(cost for cost in self.costs.values() if cost is not None)


def _starts(bands: tuple[int, ...]) -> tuple[int, ...]:
    if not bands or bands[0] != 1 or any(one >= other for one, other in pairwise(bands)):
        raise refusal(
            Text("{value} er ikke størrelsesklasser.", "{value} are not size bands."),
            Text(
                "Giv klassernes mindste antal boliger stigende fra 1.", "Give each band's least homes, rising from 1."
            ),
            bands,
        )
    return bands


@frozen(kw_only=True)
class Comparability:
    """Which estates are comparable (da: sammenlignelige afdelinger).

    Same size band, same primary type of homes, and same region unless the type is compared nationwide. ``bands``
    holds the least number of homes of each band; it is project-authored. Whether an elderly estate has care homes
    is considered in the published method since January 2023, but is not in the master data here.

    >>> Comparability().group_of(Homes(family=60, youth=12), "Sjælland")
    'family 51-150 Sjælland'
    >>> Comparability().group_of(Homes(youth=400), "Sjælland")
    'youth 301-'
    """

    bands: tuple[int, ...] = field(default=(1, 51, 151, 301), converter=_starts)
    nationwide: frozenset[HomeType] = frozenset({HomeType.YOUTH, HomeType.ELDERLY})

    def group_of(self, homes: Homes, region: str) -> str:
        """The name of the group; homes must not be none. A region may be one of an invented country."""
        home_type = primary_home_type(homes)
        if home_type is None:
            raise refusal(
                Text("{value} er ingen boliger.", "{value} is no homes."),
                Text("Kun afdelinger med boliger kan sammenlignes.", "Only estates with homes can be compared."),
                homes,
            )
        place = "" if home_type in self.nationwide else f" {region}"
        return f"{home_type} {self._band(homes.total)}{place}"

    def _band(self, homes: int) -> str:
        least = max(start for start in self.bands if start <= homes)
        following = [start for start in self.bands if start > homes]
        return f"{least}-{following[0] - 1}" if following else f"{least}-"


def primary_home_type(homes: Homes) -> HomeType | None:
    """The type most of the homes are of; of equally many family before youth before elderly; None without homes."""
    counts = {HomeType.FAMILY: homes.family, HomeType.YOUTH: homes.youth, HomeType.ELDERLY: homes.elderly}
    return max(counts, key=counts.__getitem__) if homes.total > 0 else None


def costs_per_home(
    accounts: Accounts, estate: Estate, *, region: str, comparability: Comparability | None = None
) -> HomeCosts:
    """The seven costs per home of an estate's accounts, and the group it is compared in.

    Accounts of another length than twelve months are not compared, nor an estate without homes, nor one whose
    region is not known (an empty text) where the region counts. A missing posting is missing, not zero. Accounts of
    another unit raise ``InvalidValueError``.

    >>> from datetime import date
    >>> from almenstyring.domain.calendar import AccountingPeriod
    >>> from almenstyring.domain.values import Dkk, EstateId
    >>> estate = Estate(id=EstateId.parse("T001-T0101"), name="", homes=Homes(family=60))
    >>> period = AccountingPeriod(date(2025, 1, 1), date(2025, 12, 31))
    >>> posted = {number: Dkk.of(1000) for number in ("109", "110", "111", "112.1", "114", "115", "117", "121", "122")}
    >>> costs = costs_per_home(Accounts(unit=estate.id, period=period, postings=posted), estate, region="Sjælland")
    >>> str(costs.costs["109"]), str(costs.costs["117.h"]), costs.group
    ('50/3', '50', 'family 51-150 Sjælland')
    """
    if accounts.unit != estate.id:
        raise InvalidValueError(
            Text(
                f"Regnskabet for {accounts.unit} er ikke afdelingens, {estate.id}.",
                f"The accounts of {accounts.unit} are not those of the estate, {estate.id}.",
            ),
            Text("Giv afdelingens eget regnskab.", "Give the estate's own accounts."),
        )
    homes, rules = estate.homes, comparability or Comparability()
    home_type = primary_home_type(homes)
    costs = {each.id: _per_home(accounts, each, homes.total) for each in COST_ACCOUNTS}
    unusable = None
    if not accounts.period.is_twelve_months:
        unusable = NoScore.NOT_TWELVE_MONTHS
    elif home_type is None:
        unusable = NoScore.NO_HOMES
    elif not region and home_type not in rules.nationwide:
        unusable = NoScore.NO_REGION
    group = rules.group_of(homes, region) if home_type else ""
    return HomeCosts(unit=str(estate.id), group=group.strip(), costs=costs, unusable=unusable)


def _per_home(accounts: Accounts, cost: CostAccount, homes: int) -> Fraction | None:
    amounts = [accounts.amount(number) for number in cost.accounts]
    if homes <= 0 or any(amount is None for amount in amounts):
        return None
    return sum((amount.as_fraction() for amount in amounts if amount is not None), Fraction(0)) / homes
