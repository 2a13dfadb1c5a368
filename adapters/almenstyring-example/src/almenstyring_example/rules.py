"""One rule: a generator that yields a problem per place; the decorator holds all that is told to people."""

from __future__ import annotations

from collections.abc import Iterator

from almenstyring import Severity, Text
from almenstyring.plugins import WITH_ESTATES, Case, Need, Problem, at, rule


@rule(
    "EXAMPLE-HOMES-WITHOUT-AREA",  # permanent; begins with your own name
    Severity.WARNING,
    "DB § 112, stk. 5, nr. 1",
    message=Text("{estate} har {homes} boliger, men intet boligareal.", "{estate} has {homes} homes but no area."),
    hint=Text("Ret stamdata, så beløb pr. m² kan beregnes.", "Mend the master data, so that amounts per m² exist."),
    needs=[Need.MASTER_DATA],
    kinds=WITH_ESTATES,
)
def homes_without_area(case: Case) -> Iterator[Problem]:
    """An estate with homes has a gross area of homes in the master data."""
    for estate in case.estates:
        if not estate.homes_area.count:
            yield at("master_data", estate.id, estate=estate.name, homes=estate.homes.total)
