"""Who may do what: actors, roles and the policy as one readable table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from attrs import field, frozen

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.domain.values.faults import member
from almenstyring.domain.values.opaque import opaque_id


class Role(StrEnum):
    """On whose behalf an actor acts (da: rolle)."""

    ORGANISATION = "organisation"
    MUNICIPALITY = "municipality"
    ADVISER = "adviser"
    OPERATOR = "operator"


class Permission(StrEnum):
    """What the policy speaks about (da: rettighed)."""

    READ_PACKAGE = "read_package"
    OPEN_PACKAGE = "open_package"
    EDIT_PACKAGE = "edit_package"
    SEND_PACKAGE = "send_package"
    COMMENT_PACKAGE = "comment_package"
    REVIEW_PACKAGE = "review_package"
    RETURN_PACKAGE = "return_package"
    SET_DEADLINE = "set_deadline"
    RECORD_ARRIVAL = "record_arrival"
    SEND_NOTICES = "send_notices"
    RECORD_DIALOGUE = "record_dialogue"
    SUPERVISE = "supervise"
    RECORD_CENTRAL_RECEIPT = "record_central_receipt"
    KEEP_PERSONS = "keep_persons"
    ERASE_PERSONS = "erase_persons"
    SET_RETENTION = "set_retention"
    GIVE_MANDATE = "give_mandate"
    RUN_PILOT = "run_pilot"
    IMPORT_REGISTER = "import_register"


POLICY: Mapping[Role, frozenset[Permission]] = {
    # The organisation, and whoever administers it, fills in and sends.
    Role.ORGANISATION: frozenset(
        {
            Permission.READ_PACKAGE,
            Permission.OPEN_PACKAGE,
            Permission.EDIT_PACKAGE,
            Permission.SEND_PACKAGE,
            Permission.RECORD_CENTRAL_RECEIPT,
            Permission.KEEP_PERSONS,
            Permission.ERASE_PERSONS,
        }
    ),
    # The home municipality leads the dialogue (DB § 112, stk. 2); a municipality of location reads.
    Role.MUNICIPALITY: frozenset(
        {
            Permission.READ_PACKAGE,
            Permission.COMMENT_PACKAGE,
            Permission.REVIEW_PACKAGE,
            Permission.RETURN_PACKAGE,
            Permission.SET_DEADLINE,
            Permission.RECORD_ARRIVAL,
            Permission.SEND_NOTICES,
            Permission.RECORD_DIALOGUE,
            Permission.SUPERVISE,
            Permission.KEEP_PERSONS,
            Permission.ERASE_PERSONS,
            Permission.SET_RETENTION,
            Permission.GIVE_MANDATE,
        }
    ),
    # An adviser reads for the municipality and drafts comments, within a mandate; it decides nothing.
    Role.ADVISER: frozenset({Permission.READ_PACKAGE, Permission.COMMENT_PACKAGE}),
    # The operator runs the installation; it fills in and decides nothing, and erases persons without seeing them.
    Role.OPERATOR: frozenset(
        {
            Permission.READ_PACKAGE,
            Permission.OPEN_PACKAGE,
            Permission.ERASE_PERSONS,
            Permission.RUN_PILOT,
            Permission.IMPORT_REGISTER,
            Permission.RECORD_ARRIVAL,
            Permission.SEND_NOTICES,
        }
    ),
}


def _role(given: Role | str) -> Role:
    return member(
        Role,
        given,
        Text("{value} er ikke en rolle.", "{value} is not a role."),
        Text("Rollerne er {known}.", "The roles are {known}."),
    )


def _organisation(given: LbfNumber | str | None) -> LbfNumber | None:
    return given if given is None or isinstance(given, LbfNumber) else LbfNumber(given)


def _municipality(given: MunicipalityCode | str | None) -> MunicipalityCode | None:
    return given if given is None or isinstance(given, MunicipalityCode) else MunicipalityCode(given)


@frozen
class Actor:
    """Who acts (da: aktør): an opaque id, a role, and the organisation or municipality acted for.

    The id is stored with every record; it must be no name, so that history never holds personal
    data (a host keeps the list of who is who).

    >>> Actor("kontor-1", role="organisation", organisation="T001").is_test
    True
    """

    id: str = field(validator=opaque_id)
    role: Role = field(converter=_role, kw_only=True)
    organisation: LbfNumber | None = field(default=None, converter=_organisation, kw_only=True)
    municipality: MunicipalityCode | None = field(default=None, converter=_municipality, kw_only=True)

    def __attrs_post_init__(self) -> None:
        lacks = {
            Role.ORGANISATION: self.organisation is None,
            Role.MUNICIPALITY: self.municipality is None,
            Role.ADVISER: self.municipality is None,
            Role.OPERATOR: False,
        }[self.role]
        if lacks:
            raise InvalidValueError(
                Text(
                    "En aktør skal have den boligorganisation eller kommune, den handler for.",
                    "An actor needs the organisation or municipality it acts for.",
                ),
                Text(
                    'Skriv for eksempel Actor("kontor-1", role="organisation", organisation="T001").',
                    'Write for instance Actor("office-1", role="organisation", organisation="T001").',
                ),
                value=self.id,
                role=self.role.value,
            )

    @property
    def is_test(self) -> bool:
        """The actor acts for an invented organisation or municipality."""
        return any(unit is not None and unit.is_test for unit in (self.organisation, self.municipality))

    @property
    def is_municipal(self) -> bool:
        """The actor sees what a municipality sees: it is one, or advises one."""
        return self.role in (Role.MUNICIPALITY, Role.ADVISER)

    def may(self, permission: Permission) -> bool:
        """Whether the role has the permission at all; for whom is a matter of the register."""
        return permission in POLICY[self.role]
