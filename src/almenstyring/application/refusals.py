"""Why an actor may not do something, in words: the role, the home municipality, the mandate, or the administration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from attrs import frozen

from almenstyring.content import label
from almenstyring.domain.access import POLICY, Actor, Permission, Role
from almenstyring.domain.errors import NotAllowedError
from almenstyring.domain.locks import acts_for
from almenstyring.domain.mandates import Mandate
from almenstyring.domain.organisations import MasterData
from almenstyring.domain.text import Text, joined

_P = Permission
_LAW: Mapping[Permission, str] = {
    _P.READ_PACKAGE: "DB § 112, stk. 3",
    _P.OPEN_PACKAGE: "DB § 112, stk. 3",
    _P.EDIT_PACKAGE: "DB § 112, stk. 3",
    _P.SEND_PACKAGE: "DB § 112, stk. 3",
    _P.RECORD_CENTRAL_RECEIPT: "DB § 112, stk. 6",
    _P.SET_DEADLINE: "DB § 112, stk. 3",
    _P.RECORD_ARRIVAL: "DB § 112, stk. 3",
    _P.COMMENT_PACKAGE: "DB § 112, stk. 2",
    _P.REVIEW_PACKAGE: "DB § 112, stk. 2",
    _P.RETURN_PACKAGE: "DB § 112, stk. 2",
    _P.RECORD_DIALOGUE: "DB § 112, stk. 2",
    _P.SUPERVISE: "DB § 110",
}
"""The paragraph that gives a task to a role; how an installation is run is in no law."""


class RefusalCause(StrEnum):
    """Why somebody may not do something."""

    ROLE = "role"
    NOT_HOME = "not_home"
    NO_MANDATE = "no_mandate"
    MANDATE_NOT_BEGUN = "mandate_not_begun"
    MANDATE_OVER = "mandate_over"
    MANDATE_ELSEWHERE = "mandate_elsewhere"
    NOT_ADMINISTRATOR = "not_administrator"
    OTHER = "other"


@frozen
class _Why:
    cause: RefusalCause
    told: Text
    hint: Text


_UNKNOWN = Text("registret kender ingen", "the register knows none")
_OWN_MATTERS = Text("Det er en andens.", "It is somebody else's.")
_HOME_LEADS = Text(
    "Hjemstedskommunen fører dialogen (DB § 112, stk. 2); driften retter registret, hvis det er forkert.",
    "The home municipality leads the dialogue (DB § 112, stk. 2); the operator mends the register if it is wrong.",
)
_GIVE_MANDATE = Text(
    "Kommunen fører dialogen (DB § 112, stk. 2) og skal give et mandat, der gælder i dag og omfatter organisationen.",
    "The municipality leads the dialogue (DB § 112, stk. 2) and must give a mandate that holds today and covers the"
    " organisation.",
)
_ADMINISTER = Text(
    "Organisationen eller dens administrator handler for den; driften retter registret, hvis det er forkert.",
    "The organisation or its administrator acts for it; the operator mends the register if it is wrong.",
)


def refused(  # noqa: PLR0913 - all that a refusal rests on
    actor: Actor,
    permission: Permission,
    doing: Text | None,
    *,
    master: MasterData | None,
    mandate: Mandate | None,
    on: date,
) -> NotAllowedError:
    """The error to raise for what an actor may not do on a day, with its cause in the message and in the context."""
    why = _why(actor, permission, master, mandate, on)
    said = Text("{actor} ({role}) må ikke {what}{target}: {why}.", "{actor} ({role}) may not {what}{target}: {why}.")
    return NotAllowedError(
        said.fill(
            actor=actor.id,
            role=label(actor.role),
            what=doing or label(permission),
            target=f" ({master.number})" if master else "",
            why=why.told,
        ),
        why.hint,
        permission=permission.value,
        cause=why.cause.value,
    )


def _why(actor: Actor, permission: Permission, master: MasterData | None, mandate: Mandate | None, on: date) -> _Why:
    if not actor.may(permission):
        return _role(permission)
    if actor.role is Role.ADVISER and (found := _mandate(mandate, master, on)):
        return found
    if master is not None and actor.is_municipal and master.home_municipality_on(on) != actor.municipality:
        return _not_home(actor, master, on)
    if master is not None and actor.role is Role.ORGANISATION and not acts_for(actor, master.number, master, on):
        told = Text(
            "{own} hverken er eller administrerer {number} i dag, {on} (aftaler om administration: DB § 12, stk. 3)",
            "{own} neither is nor administers {number} today, {on} (agreements on administration: DB § 12, stk. 3)",
        )
        return _Why(
            RefusalCause.NOT_ADMINISTRATOR, told.fill(own=actor.organisation, number=master.number, on=on), _ADMINISTER
        )
    return _Why(RefusalCause.OTHER, Text("det er en andens", "it is somebody else's"), _OWN_MATTERS)


def _role(permission: Permission) -> _Why:
    roles = [label(role) for role in Role if permission in POLICY[role]]
    who = joined(roles, ", ")
    law = f" ({_LAW[permission]})" if permission in _LAW else ""
    return _Why(
        RefusalCause.ROLE,
        Text("rollen kan det ikke{law}", "the role may not do it{law}").fill(law=law),
        Text("Det kan: {who}.", "Who may: {who}.").fill(who=who),
    )


def _not_home(actor: Actor, master: MasterData, on: date) -> _Why:
    home = master.home_municipality_on(on)
    told = Text(
        "{own} er ikke hjemstedskommune i dag, {on}; {home} (DB § 110, § 112, stk. 2)",
        "{own} is not the home municipality today, {on}; {home} (DB § 110, § 112, stk. 2)",
    ).fill(own=actor.municipality, on=on, home=Text(f"det er {home}", f"that is {home}") if home else _UNKNOWN)
    return _Why(RefusalCause.NOT_HOME, told, _HOME_LEADS)


def _mandate(mandate: Mandate | None, master: MasterData | None, on: date) -> _Why | None:
    """What is wrong with an adviser's mandate, or None if it holds and covers the organisation."""
    if mandate is None:
        return _Why(
            RefusalCause.NO_MANDATE,
            Text("kommunen har ikke givet mandat", "the municipality gave no mandate"),
            _GIVE_MANDATE,
        )
    start, last = mandate.valid.start, mandate.last_day
    if start is not None and on < start and (last is None or last >= start):
        told = Text(f"mandatet gælder først fra {start}", f"the mandate holds only from {start}")
        return _Why(RefusalCause.MANDATE_NOT_BEGUN, told, _GIVE_MANDATE)
    if not mandate.holds_on(on):
        told = Text(f"mandatet gjaldt til og med {last}", f"the mandate held until {last}, that day included")
        return _Why(RefusalCause.MANDATE_OVER, told, _GIVE_MANDATE)
    if master is not None and not mandate.covers(master.number):
        told = Text(f"mandatet omfatter ikke {master.number}", f"the mandate does not cover {master.number}")
        return _Why(RefusalCause.MANDATE_ELSEWHERE, told, _GIVE_MANDATE)
    return None
