"""What agreements can be about, each kind with its paragraph, and how they can stand."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from almenstyring.domain.text import Text
from almenstyring.domain.values import LegalReference
from almenstyring.domain.values.converting import member_of


class AgreementKind(StrEnum):
    """What an agreement is about (da: aftalens art), each with the paragraph that it is made under.

    >>> print(AgreementKind.FLEXIBLE_LETTING.law, AgreementKind.FLEXIBLE_LETTING.review_within_years)
    ABL § 60, stk. 1 4
    """

    GOALS = "goals"
    ALLOCATION = "allocation"
    YOUTH_ALLOCATION = "youth_allocation"
    JOINT_YOUTH_ALLOCATION = "joint_youth_allocation"
    ELDERLY_ALLOCATION = "elderly_allocation"
    FLEXIBLE_LETTING = "flexible_letting"
    ADVERTISED_LETTING = "advertised_letting"
    EMPTY_HOMES = "empty_homes"
    REHOUSING = "rehousing"
    SHARED_FAMILY_HOMES = "shared_family_homes"
    SHARED_ELDERLY_HOMES = "shared_elderly_homes"
    INCLUSION_HOMES = "inclusion_homes"
    TRANSITION_HOMES = "transition_homes"
    DEVELOPMENT_PLAN = "development_plan"
    OTHER = "other"

    @property
    def law(self) -> LegalReference:
        """The paragraph that lets the parties agree on it."""
        return LegalReference.parse(_LAW[self])

    @property
    def text(self) -> Text:
        """What it is called, for the findings of rules."""
        return _NAMES[self]

    @property
    def review_within_years(self) -> int | None:
        """Within how many years it must be taken up for review (ABL § 60, stk. 2; § 60 a, stk. 2), if the law says."""
        return 4 if self in (AgreementKind.FLEXIBLE_LETTING, AgreementKind.ADVERTISED_LETTING) else None


_K = AgreementKind
_LAW: Mapping[AgreementKind, str] = {
    _K.GOALS: "ABL § 6 f, 1. pkt.",
    _K.ALLOCATION: "ABL § 59, stk. 2",
    _K.YOUTH_ALLOCATION: "ABL § 59, stk. 3",
    _K.JOINT_YOUTH_ALLOCATION: "ABL § 52, stk. 2",
    _K.ELDERLY_ALLOCATION: "ABL § 55, stk. 1",
    _K.FLEXIBLE_LETTING: "ABL § 60, stk. 1",
    _K.ADVERTISED_LETTING: "ABL § 60 a, stk. 1",
    _K.EMPTY_HOMES: "ABL § 51 b, stk. 8",
    _K.REHOUSING: "ABL § 51, stk. 6",
    _K.SHARED_FAMILY_HOMES: "ABL § 51 a, stk. 1",
    _K.SHARED_ELDERLY_HOMES: "ABL § 55, stk. 2",
    _K.INCLUSION_HOMES: "ABL § 62 a, stk. 1",
    _K.TRANSITION_HOMES: "ABL § 63, stk. 1",
    _K.DEVELOPMENT_PLAN: "ABL § 168 a, stk. 1",
    _K.OTHER: "ABL § 6 f, 1. pkt.",
}


_NAMES: Mapping[AgreementKind, Text] = {
    _K.GOALS: Text("lovens målsætninger", "the goals of the law"),
    _K.ALLOCATION: Text("anvisning ud over hver fjerde bolig", "allocation beyond every fourth home"),
    _K.YOUTH_ALLOCATION: Text("anvisning til ungdomsboliger", "allocation to youth homes"),
    _K.JOINT_YOUTH_ALLOCATION: Text("fælles anvisning til ungdomsboliger", "joint allocation to youth homes"),
    _K.ELDERLY_ALLOCATION: Text("anvisning til ældreboliger", "allocation to homes for the elderly"),
    _K.FLEXIBLE_LETTING: Text("fleksibel udlejning", "flexible letting"),
    _K.ADVERTISED_LETTING: Text("udlejning efter annoncering", "letting after advertising"),
    _K.EMPTY_HOMES: Text("boliger, der står tomme", "homes kept empty"),
    _K.REHOUSING: Text("genhusning", "rehousing"),
    _K.SHARED_FAMILY_HOMES: Text("bofællesskab i familieboliger", "shared housing in family homes"),
    _K.SHARED_ELDERLY_HOMES: Text("bofællesskab i ældreboliger", "shared housing in homes for the elderly"),
    _K.INCLUSION_HOMES: Text("inklusionsboliger", "inclusion homes"),
    _K.TRANSITION_HOMES: Text("udslusningsboliger", "transition homes"),
    _K.DEVELOPMENT_PLAN: Text("fælles udviklingsplan", "joint development plan"),
    _K.OTHER: Text("anden aftale", "other agreement"),
}


def to_agreement_kind(given: AgreementKind | str) -> AgreementKind:
    """The kind, given as itself or by its value."""
    return member_of(AgreementKind, given, Text("en aftaleart", "a kind of agreement"))


class AgreementStatus(StrEnum):
    """How an agreement stands (da: aftalens status); no source prescribes the list, it is the project's own."""

    OPEN = "open"
    FULFILLED = "fulfilled"
    CONTINUED = "continued"
    CHANGED = "changed"
    ENDED = "ended"

    @property
    def text(self) -> Text:
        """What it is called, for what refuses a step."""
        return _STATUS_NAMES[self]

    @property
    def is_open(self) -> bool:
        """Whether the agreement still has a step to take, so that the next report must answer it."""
        return bool(AGREEMENT_STEPS[self])


_S = AgreementStatus
_STATUS_NAMES: Mapping[AgreementStatus, Text] = {
    _S.OPEN: Text("åben", "open"),
    _S.FULFILLED: Text("opfyldt", "fulfilled"),
    _S.CONTINUED: Text("videreført", "continued"),
    _S.CHANGED: Text("ændret", "changed"),
    _S.ENDED: Text("bortfaldet", "ended"),
}
_FROM_AN_OPEN_ONE = (_S.FULFILLED, _S.CONTINUED, _S.CHANGED, _S.ENDED)
AGREEMENT_STEPS: Mapping[AgreementStatus, tuple[AgreementStatus, ...]] = {
    _S.OPEN: _FROM_AN_OPEN_ONE,
    _S.CONTINUED: _FROM_AN_OPEN_ONE,
    _S.CHANGED: _FROM_AN_OPEN_ONE,
    _S.FULFILLED: (),
    _S.ENDED: (),
}
"""From which status an agreement may come to which. Who wants a closed one back makes a new agreement."""


def to_agreement_status(given: AgreementStatus | str) -> AgreementStatus:
    """The status, given as itself or by its value."""
    return member_of(AgreementStatus, given, Text("en aftales status", "a status of an agreement"))
