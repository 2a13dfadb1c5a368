"""The efficiency score (da: effektivitetstal), computed by the published method; never the official one.

An estate's potential is its smallest saving over the cost accounts when it is compared with its best practice, and
its score is 100 less the potential: at 20 per cent cheaper on every account the score is 80. Best practice is the
peer that is cheapest in total among those that are cheaper in total and not dearer on any account
(almeneffektivitet.dk). Free disposal hull (FDH) takes, among the same peers, the one that leaves the lowest score.
Everything is exact: a score is a fraction until it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import groupby, pairwise

from attrs import frozen

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.figures.efficiency_costs import HomeCosts, NoScore
from almenstyring.domain.figures.efficiency_method import EfficiencyMethod, EfficiencyVariant, OutlierRule
from almenstyring.domain.figures.exact import exact_sum, sort_key
from almenstyring.domain.text import Text
from almenstyring.domain.values import Ratio


@frozen(kw_only=True)
class AccountSaving:
    """What the best practice saves on one account, in percent of the unit's own cost (da: besparelse).

    None where neither has any cost: such an account limits nothing.
    """

    account: str
    own: Fraction
    best: Fraction

    @property
    def saving(self) -> Fraction | None:
        """The exact saving in percent."""
        return 100 * (1 - self.best / self.own) if self.own else None


@frozen(kw_only=True)
class EfficiencyScore:
    """One unit's computed efficiency score, or why there is none (da: beregnet effektivitetstal).

    ``peers`` is the number of comparable units, without the unit itself and without outliers. ``best_practice`` is
    None where no peer is cheaper: then the score is 100. ``is_outlier``: the unit is itself nobody's peer.
    """

    unit: HomeCosts
    peers: int
    method: EfficiencyMethod
    best_practice: HomeCosts | None = None
    no_score: NoScore | None = None
    is_outlier: bool = False

    @cached_property
    def savings(self) -> tuple[AccountSaving, ...]:
        """The saving on every account; empty without a best practice."""
        if self.best_practice is None:
            return ()
        return tuple(
            AccountSaving(account=account, own=own, best=best)
            for (account, own), best in zip(self.unit.costs.items(), self.best_practice.costs.values(), strict=True)
            if own is not None and best is not None
        )

    @cached_property
    def exact_potential(self) -> Fraction | None:
        """The smallest saving in percent, exact; 0 where no peer is cheaper."""
        if self.no_score:
            return None
        return min((each.saving for each in self.savings if each.saving is not None), default=Fraction(0))

    @property
    def exact_score(self) -> Fraction | None:
        """100 less the potential, exact."""
        potential = self.exact_potential
        return None if potential is None else 100 - potential

    @property
    def potential(self) -> Ratio | None:
        """The potential in percent, rounded once."""
        return None if self.exact_potential is None else Ratio.rounded(self.exact_potential)

    @property
    def score(self) -> Ratio | None:
        """The score in percent, rounded once."""
        return None if self.exact_score is None else Ratio.rounded(self.exact_score)

    @property
    def why(self) -> Text | None:
        """Why there is no score, in words; None where there is one."""
        if self.no_score is None:
            return None
        return _WHY[self.no_score].fill(
            missing=", ".join(self.unit.missing),
            negative=", ".join(self.unit.negative),
            peers=self.peers,
            minimum=self.method.minimum_peers,
        )


_WHY = {
    NoScore.NOT_TWELVE_MONTHS: Text("Regnskabet dækker ikke tolv måneder.", "The accounts do not cover twelve months."),
    NoScore.NO_HOMES: Text("Afdelingen har ingen boliger.", "The estate has no homes."),
    NoScore.NO_REGION: Text("Afdelingens region kendes ikke.", "The region of the estate is not known."),
    NoScore.COSTS_MISSING: Text("Der mangler beløb på konto {missing}.", "Amounts are missing on account {missing}."),
    NoScore.COSTS_NEGATIVE: Text(
        "Udgiften er negativ på konto {negative}.", "The cost is negative on account {negative}."
    ),
    NoScore.TOO_FEW_PEERS: Text(
        "For få sammenlignelige: {peers}, og der kræves mindst {minimum}.",
        "Too few peers: {peers}, and at least {minimum} are required.",
    ),
}


def efficiency_scores(
    units: Iterable[HomeCosts], method: EfficiencyMethod | None = None
) -> tuple[EfficiencyScore, ...]:
    """The score of every unit among the units of its group, in the order given.

    Outliers are nobody's peer, but get a score. The same unit twice, or units with different accounts, raise
    ``InvalidValueError``. Holds one bit for each pair in a group.

    >>> costs = {"T1": (80, 160), "T2": (100, 200)}
    >>> units = [HomeCosts(unit=unit, group="a", costs={"109": Fraction(a), "114": Fraction(b)})
    ...          for unit, (a, b) in costs.items()]
    >>> for each in efficiency_scores(units, EfficiencyMethod(minimum_peers=1)):
    ...     print(each.unit.unit, each.score, each.best_practice and each.best_practice.unit)
    T1 100.00 None
    T2 80.00 T1
    """
    given, method = tuple(units), method or EfficiencyMethod()
    _check(given)
    ordered = sorted(given, key=lambda each: (each.group, sort_key(each.total), each.unit))
    found = {
        score.unit.unit: score
        for _, group in groupby(ordered, key=lambda each: each.group)
        for score in _of_group(tuple(group), method)
    }
    return tuple(found[each.unit] for each in given)


def _check(units: Sequence[HomeCosts]) -> None:
    names = sorted(each.unit for each in units)
    twice = next((name for name, following in pairwise(names) if name == following), None)
    if twice is not None:
        raise InvalidValueError(
            Text(f"Enheden {twice} er der to gange.", f"The unit {twice} is there twice."),
            Text("Giv hver enhed én gang.", "Give every unit once."),
        )
    if any(not each.costs or list(each.costs) != list(units[0].costs) for each in units):
        raise InvalidValueError(
            Text("Enhederne har ikke de samme udgiftskonti.", "The units do not have the same cost accounts."),
            Text(
                "Giv de samme konti, mindst én, i samme rækkefølge.", "Give the same accounts, at least one, in order."
            ),
        )


def _of_group(group: Sequence[HomeCosts], method: EfficiencyMethod) -> Iterator[EfficiencyScore]:
    """The scores of one group, which comes ordered by total and unit, so that a better practice comes first."""
    usable = [each for each in group if each.refusal is None]
    is_peer = _peers(usable, method.outliers)
    known = {each.unit: found for each, *found in zip(usable, is_peer, _better(usable, is_peer), strict=True)}
    for each in group:
        among_peers, better = known.get(each.unit, (False, 0))
        count = sum(is_peer) - among_peers
        no_score = each.refusal or (NoScore.TOO_FEW_PEERS if count < method.minimum_peers else None)
        best = None if no_score else _best(usable, better, each, method.variant)
        outlier = each.unit in known and not among_peers
        yield EfficiencyScore(
            unit=each, peers=count, method=method, best_practice=best, no_score=no_score, is_outlier=outlier
        )


def _peers(group: Sequence[HomeCosts], rule: OutlierRule | None) -> list[bool]:
    fences = rule.fences([each.total for each in group]) if rule else None
    return [fences is None or fences[0] <= each.total <= fences[1] for each in group]


def _better(group: Sequence[HomeCosts], is_peer: Sequence[bool]) -> list[int]:
    """For each member the set of peers not dearer on any account and cheaper in total: bit n stands for member n.

    An account is gone through from its lowest cost up, so that the members passed are those not dearer on it. A peer
    that somebody is better than is left out: by either variant that other one is the better practice for everybody.
    """
    sets = [0] * len(group)
    for place, each in enumerate(group):  # whoever has the same total is neither before nor cheaper
        tied = place and group[place - 1].total == each.total
        sets[place] = sets[place - 1] if tied else (1 << place) - 1
    for account in group[0].costs if group else ():
        costs = [sort_key(each.costs[account] or 0) for each in group]
        passed = 0
        for _, tied_places in groupby(sorted(range(len(group)), key=costs.__getitem__), key=costs.__getitem__):
            places = list(tied_places)
            passed |= sum(1 << place for place in places if is_peer[place])
            for place in places:
                sets[place] &= passed
    best = sum(1 << place for place, others in enumerate(sets) if is_peer[place] and not others)
    return [others & best for others in sets]


def _best(group: Sequence[HomeCosts], better: int, own: HomeCosts, variant: EfficiencyVariant) -> HomeCosts | None:
    if not better:
        return None
    candidates = (group[place] for place in _places(better))
    if variant is EfficiencyVariant.PUBLISHED:
        return next(candidates)
    return min(candidates, key=lambda peer: _ratio(peer, own))


def _places(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _ratio(peer: HomeCosts, own: HomeCosts) -> Fraction:
    pairs = zip(peer.costs.values(), own.costs.values(), strict=True)
    return max((its / mine for its, mine in pairs if mine and its is not None), default=Fraction(0))


@frozen(kw_only=True)
class EfficiencyLevel:
    """An organisation's level: the mean of its estates' scores, each counting once (da: gennemsnit for organisationen).

    Source: almeneffektivitet.dk, which says a mean and no weights. Estates without a score are counted apart.
    """

    exact: Fraction | None
    estates: int
    without_score: int

    @property
    def score(self) -> Ratio | None:
        """The mean in percent, rounded once; None where no estate has a score."""
        return None if self.exact is None else Ratio.rounded(self.exact)


def efficiency_level(scores: Iterable[EfficiencyScore]) -> EfficiencyLevel:
    """The level of the organisation that the scores are the estates' of."""
    given = [score.exact_score for score in scores]
    found = [score for score in given if score is not None]
    mean = exact_sum(found) / len(found) if found else None
    return EfficiencyLevel(exact=mean, estates=len(found), without_score=len(given) - len(found))
