"""What homes an organisation or a municipality's sector has, by group; what is not known is unknown and never 0."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from almenstyring.domain.organisations import Estate, EstateKind


@frozen(kw_only=True)
class HomesOffered:
    """Homes by whom they are for (da: boliger efter målgruppe); None is unknown.

    Care homes are among the homes for the elderly, accessible ones among all. Both are counted where the register tells
    them of every estate that could have some; where it does not, they are unknown.
    ``unknown_estates`` counts the estates in operation of which the register knows no homes at all.
    """

    family: int | None = None
    elderly: int | None = None
    care: int | None = None
    accessible: int | None = None
    youth: int | None = None
    under_construction: int | None = None
    unknown_estates: int = 0

    @property
    def total(self) -> int | None:
        """All homes that are known; None where nothing is."""
        known = [each for each in (self.family, self.elderly, self.youth) if each is not None]
        return sum(known) if known else None


def homes_offered(estates: Iterable[Estate], on: date) -> HomesOffered:
    """The homes of the housing estates in operation on the day, and those under construction.

    >>> homes_offered([], date(2026, 1, 1)).family is None
    True
    """
    housing = [each for each in estates if each.kind is EstateKind.HOUSING]
    open_now = [each for each in housing if each.in_operation(on)]
    known = [each.homes for each in open_now if each.homes.total]
    building = [each.homes for each in housing if each.in_operation_from is None and each.homes.total]
    return HomesOffered(
        family=sum(each.family for each in known) if known else None,
        elderly=sum(each.elderly for each in known) if known else None,
        care=_all_of([each.care for each in known if each.elderly]),
        accessible=_all_of([each.accessible for each in known]),
        youth=sum(each.youth for each in known) if known else None,
        under_construction=sum(each.total for each in building) if building else None,
        unknown_estates=len(open_now) - len(known),
    )


def _all_of(counts: list[int | None]) -> int | None:
    """The sum where every estate tells its number; None where one does not, or there is none."""
    return None if not counts or None in counts else sum(count for count in counts if count is not None)
