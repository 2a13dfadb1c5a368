"""What formulas may know of a unit from its master data: counts and areas on one day (da: stamdata)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from attrs import frozen

from almenstyring.domain.expressions import Measure
from almenstyring.domain.organisations import Estate, EstateKind, MasterData
from almenstyring.domain.text import Text


@frozen(kw_only=True)
class MasterFact:
    """One fact of the master data: what it is called, and its unit of measure."""

    text: Text
    measure: Measure


def _fact(unit: str, da: str, en: str) -> MasterFact:
    return MasterFact(text=Text(da, en), measure=Measure.parse(unit))


MASTER_FACTS: Mapping[str, MasterFact] = {
    "homes": _fact("home", "Boliger", "Homes"),
    "homes_family": _fact("home", "Familieboliger", "Family homes"),
    "homes_youth": _fact("home", "Ungdomsboliger", "Youth homes"),
    "homes_elderly": _fact("home", "Ældreboliger", "Elderly homes"),
    "homes_area": _fact("m2", "Boligernes bruttoetageareal", "Gross floor area of the homes"),
    "tenancy_units": _fact("unit", "Lejemålsenheder", "Tenancy units"),
    "residents": _fact("resident", "Beboere", "Residents"),
    "estates": _fact("estate", "Afdelinger i drift", "Estates in operation"),
}
"""A fact that is not registered is missing; a count of homes is always there, and may be zero."""

Facts = Mapping[str, Fraction]


def estate_facts(estate: Estate) -> Facts:
    """The facts of one estate.

    An estate's tenancy units are computed by the norm (DB § 32, stk. 4), whatever number is printed in the register.
    """
    homes = estate.homes
    found = {
        "homes": Fraction(homes.total),
        "homes_family": Fraction(homes.family),
        "homes_youth": Fraction(homes.youth),
        "homes_elderly": Fraction(homes.elderly),
        "homes_area": estate.homes_area.as_fraction(),
        "tenancy_units": estate.tenancy_units.as_fraction(),
        "estates": Fraction(1),
    }
    if estate.residents is not None:
        found["residents"] = Fraction(estate.residents)
    return found


def organisation_facts(master: MasterData, day: date) -> Facts:
    """The facts of an organisation: those of its estates in operation on the day, added up.

    A fact that one housing estate lacks is missing for the whole: a partial sum would look like the whole.
    """
    return _added(
        [
            (estate.kind is EstateKind.HOUSING, estate_facts(estate))
            for estate in master.estates_on(day)
            if estate.in_operation(day)
        ]
    )


def _added(facts: Iterable[tuple[bool, Facts]]) -> Facts:
    total: dict[str, Fraction] = {name: Fraction(0) for name in MASTER_FACTS}
    for is_housing, found in facts:
        for name in tuple(total):
            if name in found:
                total[name] += found[name]
            elif is_housing:
                del total[name]
    return total
