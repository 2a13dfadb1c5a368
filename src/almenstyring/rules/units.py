"""Tenancy units, which every contribution per unit is counted by."""

from __future__ import annotations

from collections.abc import Iterator

from almenstyring.domain.findings import Severity
from almenstyring.domain.text import Text
from almenstyring.domain.values import TenancyUnits
from almenstyring.rules.mechanism import WITH_ESTATES, Case, Need, Problem, at, rule
from almenstyring.rules.reading import unit_name


@rule(
    "TENANCY-UNITS-DIFFER",
    Severity.WARNING,
    "DB § 32, stk. 4",
    kinds=WITH_ESTATES,
    needs=(Need.MASTER_DATA,),
    message=Text(
        "{place} står med {published}, men fordelingsnormen giver {computed}.",
        "{place} is listed with {published}, but the norm gives {computed}.",
    ),
    hint=Text(
        "Kontroller antal boliger, garager og hvert erhvervs- og institutionslejemåls areal i stamdata.",
        "Check the homes, the garages and the area of each commercial and institution lease in the master data.",
    ),
)
def tenancy_units_differ(case: Case) -> Iterator[Problem]:
    """DB § 32, stk. 4: one unit per home, one per begun 60 m² of other leases, one fifth per garage or carport.

    A published average over a period may be fractional, so a difference only warns.
    """
    for estate in case.master.estates_on(case.package.period.end):
        published, computed = estate.published_units, estate.tenancy_units
        if published is not None and published != computed:
            place = unit_name(case, estate.id)
            yield at("master_data", estate.id, place=place, published=_shown(published), computed=_shown(computed))


def _shown(units: TenancyUnits) -> Text:
    return Text(units.display("da"), units.display("en"))
