"""What a municipality can do as supervising authority, each kind with its paragraph, and how that can stand."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from almenstyring.domain.organisations import AreaStatus
from almenstyring.domain.text import Text
from almenstyring.domain.values import LegalReference
from almenstyring.domain.values.converting import member_of


class SupervisoryKind(StrEnum):
    """What a municipality can do as supervising authority (da: tilsynsskridtets art), each with its paragraph.

    >>> print(SupervisoryKind.DIRECTIVE.law, SupervisoryKind.DIRECTIVE.informs_home)
    DB § 118, stk. 1, 1. pkt. True
    """

    AUDITORS_DECLARATION = "auditors_declaration"
    DIRECTIVE = "directive"
    OWN_AUDITOR = "own_auditor"
    REPORT_TO_AGENCY = "report_to_agency"
    MAINTENANCE = "maintenance"
    ORDER = "order"
    TEMPORARY_ADMINISTRATION = "temporary_administration"
    TEMPORARY_MANAGEMENT = "temporary_management"
    AREA_ORDER = "area_order"
    PLAN_ORDER = "plan_order"
    PLAN_MANAGEMENT = "plan_management"
    INFORMATION = "information"
    FINANCIAL_INFORMATION = "financial_information"
    BORROWER_MAINTENANCE = "borrower_maintenance"

    @property
    def law(self) -> LegalReference:
        """The paragraph that gives the power."""
        return LegalReference.parse(_LAW[self])

    @property
    def informs_home(self) -> bool:
        """Whether a municipality of location must inform the home municipality of it (DB § 118, stk. 1, 3. pkt.).

        The sentence speaks of measures ordered; this project reads it as both measures of the subsection.
        """
        return self in (SupervisoryKind.DIRECTIVE, SupervisoryKind.OWN_AUDITOR)

    @property
    def is_reported_when_ignored(self) -> bool:
        """Whether not complying with it is reported to the agency (DB § 118, stk. 2)."""
        return self in (
            SupervisoryKind.DIRECTIVE,
            SupervisoryKind.MAINTENANCE,
            SupervisoryKind.BORROWER_MAINTENANCE,
        )

    @property
    def is_about_the_organisation(self) -> bool:
        """Whether it is never about one estate alone: the organisation's administration (ABL § 165, stk. 2)."""
        return self is SupervisoryKind.TEMPORARY_ADMINISTRATION

    @property
    def area_statuses(self) -> frozenset[AreaStatus]:
        """What the housing area that it is about must be (ABL §§ 165 a and 168 b); none where it is about no area."""
        if self is SupervisoryKind.AREA_ORDER:
            return frozenset(AreaStatus)
        plan = self in (SupervisoryKind.PLAN_ORDER, SupervisoryKind.PLAN_MANAGEMENT)
        return frozenset({AreaStatus.TRANSFORMATION}) if plan else frozenset()


_K = SupervisoryKind
_LAW: Mapping[SupervisoryKind, str] = {
    _K.AUDITORS_DECLARATION: "DB § 117",
    _K.DIRECTIVE: "DB § 118, stk. 1, 1. pkt.",
    _K.OWN_AUDITOR: "DB § 118, stk. 1, 2. pkt.",
    _K.REPORT_TO_AGENCY: "DB § 118, stk. 2",
    _K.MAINTENANCE: "DB § 120, stk. 1",
    _K.ORDER: "ABL § 165, stk. 1",
    _K.TEMPORARY_ADMINISTRATION: "ABL § 165, stk. 2",
    _K.TEMPORARY_MANAGEMENT: "ABL § 165, stk. 3",
    _K.AREA_ORDER: "ABL § 165 a",
    _K.PLAN_ORDER: "ABL § 168 b, stk. 2",
    _K.PLAN_MANAGEMENT: "ABL § 168 b, stk. 3",
    _K.INFORMATION: "DB § 123",
    _K.FINANCIAL_INFORMATION: "ABL § 167",
    _K.BORROWER_MAINTENANCE: "ABL § 166, 2. pkt.",
}


def to_supervisory_kind(given: SupervisoryKind | str) -> SupervisoryKind:
    """The kind, given as itself or by its value."""
    return member_of(SupervisoryKind, given, Text("et tilsynsskridts art", "a kind of supervisory action"))


class SupervisoryStatus(StrEnum):
    """How a supervisory action stands (da: tilsynsskridtets status); the list is this project's own."""

    IN_FORCE = "in_force"
    IGNORED = "ignored"
    CONCLUDED = "concluded"
    WITHDRAWN = "withdrawn"

    @property
    def text(self) -> Text:
        """What it is called, for what refuses a step."""
        return _STATUS_NAMES[self]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return bool(SUPERVISORY_STEPS[self])


_S = SupervisoryStatus
_STATUS_NAMES: Mapping[SupervisoryStatus, Text] = {
    _S.IN_FORCE: Text("i kraft", "in force"),
    _S.IGNORED: Text("ikke efterkommet", "not complied with"),
    _S.CONCLUDED: Text("afsluttet", "concluded"),
    _S.WITHDRAWN: Text("trukket tilbage", "withdrawn"),
}
SUPERVISORY_STEPS: Mapping[SupervisoryStatus, tuple[SupervisoryStatus, ...]] = {
    _S.IN_FORCE: (_S.IN_FORCE, _S.IGNORED, _S.CONCLUDED, _S.WITHDRAWN),
    _S.IGNORED: (_S.IN_FORCE, _S.CONCLUDED, _S.WITHDRAWN),
    _S.CONCLUDED: (),
    _S.WITHDRAWN: (),
}
"""From which status an action may come to which. From in force to in force a later day is set."""


def to_supervisory_status(given: SupervisoryStatus | str) -> SupervisoryStatus:
    """The status, given as itself or by its value."""
    return member_of(SupervisoryStatus, given, Text("et tilsynsskridts status", "a status of a supervisory action"))
