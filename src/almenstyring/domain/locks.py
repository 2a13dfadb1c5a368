"""Why a package cannot be edited or sent now: every cause, and who can lift it.

A passed deadline is not among them: it never blocks (DB § 112, stk. 3; the duty does not lapse).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from attrs import field, frozen

from almenstyring.domain.access import Actor, Permission, Role
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.organisations import MasterData
from almenstyring.domain.pilots import Pilot
from almenstyring.domain.reporting import Action, DocumentationPackage, PackageStatus, possible
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber


class LockCode(StrEnum):
    """The causes of a lock (da: spærreårsag)."""

    PACKAGE_SENT = "package_sent"
    PACKAGE_UNTOUCHED = "package_untouched"
    NOT_OPEN_YET = "not_open_yet"
    PILOT_ONLY = "pilot_only"
    ROLE_NOT_PERMITTED = "role_not_permitted"
    OTHER_ORGANISATION = "other_organisation"


_PERMISSION = {Action.EDIT: Permission.EDIT_PACKAGE, Action.SEND: Permission.SEND_PACKAGE}


@frozen(kw_only=True)
class LockCause:
    """One cause of a lock (da: spærring): a code with parameters, and who can lift it; None means nobody can."""

    code: LockCode
    message: Text
    lifted_by: Role | None
    parameters: Mapping[str, str] = field(factory=dict, hash=False)


def why_locked(  # noqa: PLR0913 - all that can lock a package
    package: DocumentationPackage,
    actor: Actor,
    on: date,
    *,
    action: Action = Action.EDIT,
    master: MasterData | None = None,
    pilot: Pilot | None = None,
) -> tuple[LockCause, ...]:
    """Every cause for which the actor cannot edit (or send) the package on that day; empty when open.

    Locks are about editing and sending; for any other action InvalidValueError. ``pilot`` is the pilot of the year
    where the package is not stored yet: what is stored is never taken away.
    """
    if action not in _PERMISSION:
        raise InvalidValueError(
            Text(
                "Spærringer gælder kun for at udfylde og sende pakken.",
                "Locks are only about filling in and sending the package.",
            ),
            Text("Brug Action.EDIT eller Action.SEND.", "Use Action.EDIT or Action.SEND."),
            value=action.value,
        )
    known = master or package.master_data
    return (
        *_state(package, action),
        *_calendar(package, on),
        *pilot_lock(pilot, package.organisation, known, on),
        *_access(package.organisation, actor, action, known, on),
    )


def _state(package: DocumentationPackage, action: Action) -> Iterator[LockCause]:
    if action in possible(package.status):
        return
    if package.status in (PackageStatus.SENT, PackageStatus.UNDER_REVIEW):
        days = [str(sending.on) for sending in package.sendings[-1:]]  # a document from outside may list none
        yield LockCause(
            code=LockCode.PACKAGE_SENT,
            message=Text(
                " ".join(["Pakken er sendt", *days, "og ikke returneret."]),
                " ".join(["The package was sent", *(f"on {day}" for day in days), "and has not been returned."]),
            ),
            lifted_by=Role.MUNICIPALITY,
            parameters=dict(zip(("status", "sent_on"), (package.status.value, *days), strict=False)),
        )
    else:
        yield LockCause(
            code=LockCode.PACKAGE_UNTOUCHED,
            message=Text(
                "Der er ikke skrevet i pakken, siden den blev oprettet eller returneret.",
                "Nothing has been written in the package since it was created or returned.",
            ),
            lifted_by=Role.ORGANISATION,
            parameters={"status": package.status.value},
        )


def _calendar(package: DocumentationPackage, on: date) -> Iterator[LockCause]:
    opens = package.period.opens.day
    if opens is not None and on < opens:
        yield LockCause(
            code=LockCode.NOT_OPEN_YET,
            message=Text(f"Pakken åbner først {opens}.", f"The package opens on {opens}."),
            lifted_by=None,
            parameters={"opens": str(opens)},
        )


def pilot_lock(
    pilot: Pilot | None, organisation: LbfNumber, master: MasterData | None, on: date
) -> Iterator[LockCause]:
    """The lock of a year that is open to a pilot without the organisation on the day, if it is."""
    home = master.home_municipality_on(on) if master else None
    if pilot is not None and pilot.is_on(on) and not pilot.takes_in(organisation, home):
        yield LockCause(
            code=LockCode.PILOT_ONLY,
            message=Text(
                "Styringsår {year} er åbnet som pilot uden {organisation}, {end}; driften kan ophæve det.",
                "Report year {year} is open as a pilot without {organisation}, {end}; the operator can lift that.",
            ).fill(year=pilot.year, organisation=organisation, end=pilot.end),
            lifted_by=Role.OPERATOR,
            parameters={"year": str(pilot.year), "organisation": str(organisation), "until": str(pilot.until or "")},
        )


def _access(
    organisation: LbfNumber, actor: Actor, action: Action, master: MasterData | None, on: date
) -> Iterator[LockCause]:
    if not actor.may(_PERMISSION[action]):
        yield LockCause(
            code=LockCode.ROLE_NOT_PERMITTED,
            message=Text(
                "Kun boligorganisationen og dens administrator kan udfylde og sende pakken.",
                "Only the organisation and its administrator can fill in and send the package.",
            ),
            lifted_by=None,
            parameters={"role": actor.role.value},
        )
    elif not acts_for(actor, organisation, master, on):
        yield LockCause(
            code=LockCode.OTHER_ORGANISATION,
            message=Text(
                f"{actor.organisation} hverken er eller administrerer {organisation} den {on}.",
                f"{actor.organisation} neither is nor administers {organisation} on {on}.",
            ),
            lifted_by=Role.OPERATOR,
            parameters={"organisation": str(organisation), "actor": str(actor.organisation)},
        )


def acts_for(actor: Actor, organisation: LbfNumber, master: MasterData | None, on: date) -> bool:
    """Whether the actor's organisation is the given one or administers it on the day."""
    if actor.organisation == organisation:
        return True
    return master is not None and master.number == organisation and actor.organisation in master.administrators_on(on)
