"""Organisations and estates as they are described in the master data (da: stamdata)."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from almenstyring.domain.organisations.kinds import (
    BuildingType,
    EstateKind,
    LegalForm,
    MaintenanceScheme,
    OrganisationKind,
)
from almenstyring.domain.text import Text
from almenstyring.domain.values import Area, Cvr, EstateId, LbfNumber, TenancyUnits
from almenstyring.domain.values.faults import refusal

Unit = LbfNumber | EstateId


@frozen(kw_only=True)
class HousingOrganisation:
    """A social housing organisation or institution (da: boligorganisation).

    ``other_authority`` names the authority that supervises by the articles instead of the municipal
    council (DB §§ 110 and 124); empty in nearly every case.
    """

    number: LbfNumber
    name: str
    kind: OrganisationKind = OrganisationKind.HOUSING_ORGANISATION
    legal_form: LegalForm = LegalForm.WITHOUT_DEPOSITS
    cvr: Cvr | None = None
    other_authority: str = ""


@frozen(kw_only=True)
class Homes:
    """The number of homes by type (da: boliger efter boligtype).

    ``care`` are those of the homes for the elderly that are care homes (da: heraf plejeboliger), ``accessible`` those
    of all that are fit for disabled people (da: handicapvenlige; ABL § 54, stk. 1); None is not known. More of either
    than there are raises ``InvalidValueError``.
    """

    family: int = 0
    youth: int = 0
    elderly: int = 0
    care: int | None = None
    accessible: int | None = None

    def __attrs_post_init__(self) -> None:
        if not (0 <= (self.care or 0) <= self.elderly and 0 <= (self.accessible or 0) <= self.total):
            raise refusal(
                Text("{value} er flere boliger, end der er.", "{value} are more homes than there are."),
                Text(
                    "Plejeboliger er en del af ældreboligerne, handicapvenlige en del af alle.",
                    "Care homes are some of the homes for the elderly, accessible ones some of all.",
                ),
                (self.care, self.accessible),
            )

    @property
    def total(self) -> int:
        """All homes of the estate."""
        return self.family + self.youth + self.elderly


@frozen(kw_only=True)
class Estate:
    """An economically independent estate of an organisation (da: afdeling).

    ``homes_area`` is the gross area of the homes; ``leases`` are the gross areas of the single
    commercial, institution and service-area leases; ``published_units`` is the number of tenancy
    units the register prints. An estate under construction has no ``in_operation_from``; its year is the year in
    which the estate was taken into use (da: ibrugtagelsesår). ``residents`` is how many lived there on the latest
    1 January. What is None is not known.
    """

    id: EstateId
    name: str
    kind: EstateKind = EstateKind.HOUSING
    homes: Homes = Homes()
    homes_area: Area = Area(0)
    leases: tuple[Area, ...] = ()
    garages: int = 0
    published_units: TenancyUnits | None = None
    in_operation_from: date | None = None
    in_operation_until: date | None = None
    building_type: BuildingType | None = None
    maintenance: MaintenanceScheme | None = None
    residents: int | None = None

    def in_operation(self, on: date) -> bool:
        """Whether the estate is taken into use and not closed on that day."""
        began, ended = self.in_operation_from, self.in_operation_until
        return began is not None and began <= on and (ended is None or on <= ended)

    @property
    def tenancy_units(self) -> TenancyUnits:
        """The estate's tenancy units, computed by DB § 32, stk. 4."""
        return TenancyUnits.by_norm(homes=self.homes.total, premises=self.leases, garages=self.garages)
