"""The closed lists of the organisations' side: what an organisation or an estate can be."""

from __future__ import annotations

from enum import StrEnum


class OrganisationKind(StrEnum):
    """What an organisation is in law (DB § 1, ABL § 9); it decides which duties it has."""

    HOUSING_ORGANISATION = "housing_organisation"
    ADMINISTRATION_ORGANISATION = "administration_organisation"
    SELF_OWNING_YOUTH = "self_owning_youth"
    SELF_OWNING_ELDERLY = "self_owning_elderly"
    MUNICIPAL_ELDERLY = "municipal_elderly"
    REGIONAL_ELDERLY = "regional_elderly"

    @property
    def takes_part_in_dialogue(self) -> bool:
        """Only organisations under ABL § 164, stk. 2, report and meet; ABL § 169, stk. 1, leaves the others out."""
        return self in (OrganisationKind.HOUSING_ORGANISATION, OrganisationKind.ADMINISTRATION_ORGANISATION)

    @property
    def is_public(self) -> bool:
        """Owned by a municipality or a region, whose own accounting rules apply (DB § 78, stk. 1)."""
        return self in (OrganisationKind.MUNICIPAL_ELDERLY, OrganisationKind.REGIONAL_ELDERLY)


class LegalForm(StrEnum):
    """How an organisation is organised (da: organisationsform; ABL § 9, stk. 2-4)."""

    WITH_DEPOSITS = "with_deposits"
    WITHOUT_DEPOSITS = "without_deposits"
    GUARANTEE = "guarantee"
    COOPERATIVE = "cooperative"
    SELF_OWNING = "self_owning"
    PUBLIC = "public"


class EstateKind(StrEnum):
    """What an estate is (da: afdelingens art; DB § 24)."""

    HOUSING = "housing"
    SERVICE_AREA = "service_area"
    SIDE_ACTIVITY = "side_activity"
    NON_SOCIAL = "non_social"

    @property
    def accounts_go_home_only(self) -> bool:
        """DB § 74, stk. 3: the accounts of § 24, stk. 4 and 6 estates go to the home municipality."""
        return self in (EstateKind.SIDE_ACTIVITY, EstateKind.NON_SOCIAL)


class BuildingType(StrEnum):
    """How the homes of an estate are built (da: byggeart), as Landsbyggefonden's statistics tell them apart."""

    MULTI_STOREY = "multi_storey"
    LOW_RISE = "low_rise"
    MIXED = "mixed"


class MaintenanceScheme(StrEnum):
    """Who keeps the homes of an estate (da: vedligeholdelsesordning; lov om leje af almene boliger, §§ 26 and 27).

    A: they are put in order when a tenant moves out. B: provisions are made for the interior of each home.
    """

    A = "a"
    B = "b"


class AreaStatus(StrEnum):
    """What a housing area is on the yearly list (da: områdestatus; ABL §§ 61 a and 61 b)."""

    VULNERABLE = "vulnerable"
    PARALLEL_SOCIETY = "parallel_society"
    TRANSFORMATION = "transformation"
    PREVENTION = "prevention"
