"""Whether a supervisory action names a housing area that the organisation had, with the status that the act asks for.

An area that was a transformation area stays under ABL § 165 a while its development plan is carried out, at the latest
until 1 January 2030 (ABL § 168 a, stk. 5, and § 168 b, stk. 9); this project reads § 168 b, stk. 2-3, the same way.
Whether there is such a plan is not in the register: it is presumed.
"""

from __future__ import annotations

from datetime import date

from almenstyring.domain.organisations import AreaStatus, MasterData, valid_on
from almenstyring.domain.supervision.actions import SupervisoryAction
from almenstyring.domain.text import Text
from almenstyring.domain.values.faults import refusal, refuse_first

_PLANS_END = date(2030, 1, 1)


def refuse_unfit_area(action: SupervisoryAction, master: MasterData) -> None:
    """InvalidValueError where the kind is about a housing area, and the one named does not fit on the day."""
    wanted = action.kind.area_statuses
    if not wanted:
        return
    here = [area for area in valid_on(master.areas, action.decided_on) if area.name == action.area]
    if not here:
        raise refusal(
            Text(
                "{organisation} har intet boligområde {value} den {day}, og {law} gælder et.",
                "{organisation} has no housing area {value} on {day}, and {law} is about one.",
            ),
            Text("Sæt area til et af: {known}.", "Set area to one of: {known}.").fill(
                known=", ".join(dict.fromkeys(area.name for area in valid_on(master.areas, action.decided_on))) or "-"
            ),
            action.area,
            organisation=str(action.organisation),
            day=str(action.decided_on),
            law=str(action.kind.law),
            part="area",
        )
    inside = action.estate is None or any(action.estate in area.estates for area in here)
    faults = (
        (not wanted & _statuses(action, master), "area", _UNFIT.fill(law=action.kind.law)),
        (not inside, "estate", _OUTSIDE.fill(estate=action.estate)),
    )
    refuse_first(
        Text("Boligområdet {value} kan ikke bruges:", "Housing area {value} cannot be used:"), faults, action.area
    )


_UNFIT = Text(
    "det har ikke den status, som {law} kræver, på listen for dagen.",
    "on the list of the day it has not the status that {law} asks for.",
)
_OUTSIDE = Text("{estate} ligger ikke i det.", "{estate} does not lie in it.")


def _statuses(action: SupervisoryAction, master: MasterData) -> set[AreaStatus]:
    """What the area is on the day, and what it was as a transformation area while its plan may still run."""
    day = action.decided_on
    named = [area for area in master.areas if area.name == action.area and area.status is not None]
    found = {area.status for area in valid_on(named, day) if area.status}
    was = (area.status is AreaStatus.TRANSFORMATION and (area.valid.start or day) <= day for area in named)
    if day < _PLANS_END and any(was):
        found.add(AreaStatus.TRANSFORMATION)
    return found
