"""Values that cannot be wrong: identifiers, figures with a unit, references to the law."""

from almenstyring.domain.values.identifiers import Cvr, EstateId, EstateNumber, Identifier, LbfNumber, MunicipalityCode
from almenstyring.domain.values.law import Act, LegalReference
from almenstyring.domain.values.municipality_codes import MUNICIPALITY_CODES, PLACE_CODES
from almenstyring.domain.values.number import Number
from almenstyring.domain.values.quantities import (
    Area,
    Dkk,
    DkkPerHome,
    DkkPerSquareMetre,
    DkkPerUnit,
    Quantity,
    Ratio,
    TenancyUnits,
)

__all__ = [
    "MUNICIPALITY_CODES",
    "PLACE_CODES",
    "Act",
    "Area",
    "Cvr",
    "Dkk",
    "DkkPerHome",
    "DkkPerSquareMetre",
    "DkkPerUnit",
    "EstateId",
    "EstateNumber",
    "Identifier",
    "LbfNumber",
    "LegalReference",
    "MunicipalityCode",
    "Number",
    "Quantity",
    "Ratio",
    "TenancyUnits",
]
