"""Who reports to whom: organisations, estates, their dated relations and what each owes."""

from almenstyring.domain.organisations.expectations import (
    Element,
    Expectation,
    Reason,
    Receiver,
    expectations,
    judged_on,
    leader_of,
)
from almenstyring.domain.organisations.kinds import (
    AreaStatus,
    BuildingType,
    EstateKind,
    LegalForm,
    MaintenanceScheme,
    OrganisationKind,
)
from almenstyring.domain.organisations.register import MasterData, Register, RegisterOn
from almenstyring.domain.organisations.relations import (
    Administration,
    EstateLocation,
    HomeMunicipality,
    HousingArea,
    Ownership,
    Validity,
    valid_on,
)
from almenstyring.domain.organisations.units import Estate, Homes, HousingOrganisation, Unit

__all__ = [
    "Administration",
    "AreaStatus",
    "BuildingType",
    "Element",
    "Estate",
    "EstateKind",
    "EstateLocation",
    "Expectation",
    "HomeMunicipality",
    "Homes",
    "HousingArea",
    "HousingOrganisation",
    "LegalForm",
    "MaintenanceScheme",
    "MasterData",
    "OrganisationKind",
    "Ownership",
    "Reason",
    "Receiver",
    "Register",
    "RegisterOn",
    "Unit",
    "Validity",
    "expectations",
    "judged_on",
    "leader_of",
    "valid_on",
]
