"""A whole country of invented organisations, as many as asked for, sized like the real sector."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from almenstyring import (
    Area,
    BuildingType,
    Estate,
    EstateId,
    EstateKind,
    EstateLocation,
    EstateNumber,
    HomeMunicipality,
    Homes,
    HousingOrganisation,
    InvalidValueError,
    LbfNumber,
    LegalForm,
    MasterData,
    MunicipalityCode,
    OrganisationKind,
    Ownership,
    Text,
)
from almenstyring_synthetic.demo import broken_years, calendar_years
from almenstyring_synthetic.dice import Dice

MOST_ORGANISATIONS = 999
MOST_ESTATES_OF_ONE = 99 * 99
_MUNICIPALITIES = 98
_MEAN_HOMES = 81  # 573,066 homes in 7,085 estates on 1 January 2018 (Landsbyggefonden)
_SQUARE_METRES = {"family": 79, "youth": 36, "elderly": 66}
_KINDS = {  # of 100 organisations in a row, these are no ordinary housing organisations: our own assumption
    40: OrganisationKind.ADMINISTRATION_ORGANISATION,
    70: OrganisationKind.SELF_OWNING_ELDERLY,
    80: OrganisationKind.SELF_OWNING_YOUTH,
    90: OrganisationKind.SELF_OWNING_ELDERLY,
    99: OrganisationKind.SELF_OWNING_YOUTH,
}


@frozen(kw_only=True)
class Nation:
    """So many organisations with so many estates between them, drawn with a seed; each is made when asked for."""

    organisations: int
    estates: int
    seed: int

    def __attrs_post_init__(self) -> None:
        can_be = 0 < self.organisations <= min(self.estates, MOST_ORGANISATIONS)
        if not can_be or max(self.sizes().values()) > MOST_ESTATES_OF_ONE:
            raise InvalidValueError(
                Text(
                    f"{self.organisations} boligorganisationer med {self.estates} afdelinger kan ikke laves.",
                    f"{self.organisations} organisations with {self.estates} estates cannot be made.",
                ),
                Text(
                    f"Testnumrene rækker til 1-{MOST_ORGANISATIONS} organisationer og {MOST_ESTATES_OF_ONE} afdelinger "
                    "i den største; giv mindst en afdeling til hver.",
                    f"The test range holds 1-{MOST_ORGANISATIONS} organisations and {MOST_ESTATES_OF_ONE} estates of "
                    "the largest; give at least one estate to each.",
                ),
            )

    def sizes(self) -> dict[LbfNumber, int]:
        """The number of estates of each organisation: few large, many small, and just so many in all."""
        ranks = range(1, self.organisations + 1)
        numbers = [LbfNumber(f"T{rank:03}") for rank in ranks]
        takes = [rank for rank in ranks if _kind(rank) is OrganisationKind.HOUSING_ORGANISATION]
        sizes = {rank: _fixed_size(_kind(rank)) for rank in ranks}
        left = self.estates - sum(sizes.values())
        weights = {rank: 10**6 // (rank + 6) for rank in takes}
        for rank in takes:
            sizes[rank] = max(1, left * weights[rank] // sum(weights.values()))
        _even_out(sizes, takes, self.estates)
        return {number: sizes[rank] for number, rank in zip(numbers, ranks, strict=True)}

    def build(self, number: LbfNumber, size: int) -> MasterData:
        """The master data of one organisation with so many estates."""
        dice = Dice(self.seed, number, "master data")
        kind = _kind(int(number.value[1:]))
        home = _municipality(dice)
        estates = tuple(_estate(number, kind, index, dice) for index in range(size))
        periods = broken_years(dice.between(2, 12)) if dice.chance(150) else calendar_years()
        is_housing = kind is OrganisationKind.HOUSING_ORGANISATION
        return MasterData(
            organisation=HousingOrganisation(
                number=number,
                name=f"Opdigtet Boligforening {number}",
                kind=kind,
                legal_form=LegalForm.WITHOUT_DEPOSITS if is_housing else LegalForm.SELF_OWNING,
            ),
            periods=periods,
            home_municipalities=(HomeMunicipality(organisation=number, municipality=home),),
            estates=estates,
            ownerships=tuple(Ownership(organisation=number, estate=estate.id) for estate in estates),
            locations=tuple(_locations(estates, home, dice)),
        )


def _kind(rank: int) -> OrganisationKind:
    return _KINDS.get(rank % 100, OrganisationKind.HOUSING_ORGANISATION)


def _fixed_size(kind: OrganisationKind) -> int:
    """A self-owning institution is one estate, an administration organisation has none (DB § 25)."""
    return 0 if kind is OrganisationKind.ADMINISTRATION_ORGANISATION else 1


def _even_out(sizes: dict[int, int], takes: list[int], wanted: int) -> None:
    """Hand out, or take back, what rounding left, one estate at a time from the largest on."""
    difference = wanted - sum(sizes.values())
    step = 1 if difference > 0 else -1
    while difference:
        for rank in takes:
            if difference and sizes[rank] + step >= 1:
                sizes[rank] += step
                difference -= step


def _municipality(dice: Dice) -> MunicipalityCode:
    return MunicipalityCode(f"T{dice.between(1, _MUNICIPALITIES):02}")


def _locations(estates: tuple[Estate, ...], home: MunicipalityCode, dice: Dice) -> Iterator[EstateLocation]:
    for estate in estates:
        yield EstateLocation(estate=estate.id, municipality=_municipality(dice) if dice.chance(60) else home)


def _estate(organisation: LbfNumber, owner: OrganisationKind, index: int, dice: Dice) -> Estate:
    number = EstateNumber(f"T{index % 99 + 1:02}{index // 99 + 1:02}")
    since = calendar_years()[0].start.replace(year=1950 + dice.between(0, 69))
    identity = EstateId(organisation, number)
    if index and dice.chance(25):
        kind = EstateKind.SIDE_ACTIVITY if dice.chance(500) else EstateKind.SERVICE_AREA
        return Estate(
            id=identity,
            name=f"Opdigtet anlæg {number}",
            kind=kind,
            leases=(Area.of(dice.between(80, 900)),),
            in_operation_from=since,
        )
    homes = _homes(owner, dice)
    area = sum(getattr(homes, kind) * dice.around(100 * metres, 60) for kind, metres in _SQUARE_METRES.items())
    return Estate(
        id=identity,
        name=f"Opdigtet afdeling {number}",
        homes=homes,
        homes_area=Area(area),
        leases=tuple(Area.of(dice.between(40, 400)) for _ in range(dice.between(1, 4))) if dice.chance(200) else (),
        garages=dice.between(0, homes.total // 2) if dice.chance(300) else 0,
        in_operation_from=None if index and dice.chance(10) else since,
        building_type=_building(identity),
        residents=2 * homes.family + homes.youth + homes.elderly,
    )


def _building(estate: EstateId) -> BuildingType:
    """Mostly multi-storey: our own assumption."""
    thrown = Dice(estate, "building").between(1, 100)
    return BuildingType.MULTI_STOREY if thrown <= 60 else BuildingType.LOW_RISE if thrown <= 92 else BuildingType.MIXED


def _homes(owner: OrganisationKind, dice: Dice) -> Homes:
    """Mostly family homes: 86 % of the homes in 2019 (Landsbyggefonden)."""
    many = max(3, dice.around(_MEAN_HOMES, 650))
    if owner is OrganisationKind.SELF_OWNING_YOUTH or (owner.takes_part_in_dialogue and dice.chance(70)):
        return Homes(youth=many)
    if owner is OrganisationKind.SELF_OWNING_ELDERLY or dice.chance(90):
        return Homes(elderly=many)
    return Homes(family=many)
