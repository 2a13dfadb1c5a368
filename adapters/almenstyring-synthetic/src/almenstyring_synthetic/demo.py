"""The demonstration's six organisations in two municipalities: all of them invented, and named so that it shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from almenstyring import (
    AccountingPeriod,
    Administration,
    Area,
    AreaStatus,
    BuildingType,
    Estate,
    EstateId,
    EstateKind,
    EstateLocation,
    HomeMunicipality,
    Homes,
    HousingArea,
    HousingOrganisation,
    LbfNumber,
    LegalForm,
    MasterData,
    MunicipalityCode,
    OrganisationKind,
    Ownership,
    TenancyUnits,
    Validity,
)

MUNICIPALITIES = {"T01": "Prøvekøbing Kommune", "T02": "Eksempelstrup Kommune"}
"""What the two invented municipalities are called; master data hold only their codes."""

FORGETFUL = LbfNumber("T005")
"""The organisation whose external move-outs are not reported."""

YEARS = range(2020, 2027)
"""The accounting years there are figures for."""

_HERE, _THERE = MunicipalityCode("T01"), MunicipalityCode("T02")
_SINCE = date(2012, 1, 1)
_NO_HOMES = Homes()


def calendar_years() -> tuple[AccountingPeriod, ...]:
    """One accounting period per calendar year."""
    return tuple(AccountingPeriod(date(year, 1, 1), date(year, 12, 31)) for year in YEARS)


def broken_years(month: int) -> tuple[AccountingPeriod, ...]:
    """Accounting periods that begin in another month than January."""
    last = date(2001, month, 1).toordinal() - 1
    end = date.fromordinal(last)
    return tuple(AccountingPeriod(date(year - 1, month, 1), date(year, end.month, end.day)) for year in YEARS)


def demo() -> tuple[MasterData, ...]:
    """The six organisations, by number."""
    return (_ordinary(), _across_the_border(), _broken_year(), _administration(), _administered(), _small())


def _organisation(  # noqa: PLR0913 - one line of a register
    number: str,
    name: str,
    estates: tuple[Estate, ...] = (),
    *,
    home: MunicipalityCode = _HERE,
    kind: OrganisationKind = OrganisationKind.HOUSING_ORGANISATION,
    legal_form: LegalForm = LegalForm.WITHOUT_DEPOSITS,
    elsewhere: tuple[EstateId, ...] = (),
    periods: Callable[[], tuple[AccountingPeriod, ...]] = calendar_years,
    administrator: str = "",
    areas: tuple[HousingArea, ...] = (),
) -> MasterData:
    own = LbfNumber(number)
    return MasterData(
        organisation=HousingOrganisation(number=own, name=name, kind=kind, legal_form=legal_form),
        periods=periods(),
        home_municipalities=(HomeMunicipality(organisation=own, municipality=home),),
        estates=estates,
        ownerships=tuple(Ownership(organisation=own, estate=e.id, valid=Validity(_SINCE)) for e in estates),
        locations=tuple(
            EstateLocation(estate=e.id, municipality=_THERE if e.id in elsewhere else home) for e in estates
        ),
        administrations=(
            (
                Administration(
                    administrator=LbfNumber(administrator), organisation=own, valid=Validity(date(2018, 1, 1))
                ),
            )
            if administrator
            else ()
        ),
        areas=areas,
    )


def _estate(  # noqa: PLR0913 - one line of a register
    number: str,
    name: str,
    homes: Homes = _NO_HOMES,
    area: int = 0,
    *,
    kind: EstateKind = EstateKind.HOUSING,
    leases: tuple[str, ...] = (),
    garages: int = 0,
    since: date | None = _SINCE,
    published: str | None = None,
    building_type: BuildingType | None = BuildingType.MULTI_STOREY,
) -> Estate:
    return Estate(
        id=EstateId.parse(number),
        name=name,
        kind=kind,
        homes=homes,
        homes_area=Area.of(area),
        leases=tuple(Area.of(lease) for lease in leases),
        garages=garages,
        published_units=None if published is None else TenancyUnits.of(published),
        in_operation_from=since,
        building_type=building_type if homes.total else None,
        residents=2 * homes.family + homes.youth + homes.elderly if homes.total and since else None,
    )


def _ordinary() -> MasterData:
    first = _estate("T001-T0101", "Månekrateret", Homes(family=214, accessible=12), 16_906, published="214.0")
    second = _estate(
        "T001-T0201",
        "Skyslottet",
        Homes(family=96, youth=24, accessible=0),
        8_448,
        leases=("312.50", "74"),
        garages=36,
        published="135.2",
    )
    building = _estate("T001-T0301", "Regnbueenden", Homes(family=40), 3_400, since=None)
    side = _estate("T001-T0401", "Fælleshuset Luftsyn", kind=EstateKind.SIDE_ACTIVITY, leases=("640",))
    area = HousingArea(
        name="Måneskinskvarteret",
        estates=(first.id, second.id),
        status=AreaStatus.PREVENTION,
        valid=Validity(date(2024, 12, 1)),
    )
    return _organisation("T001", "Den Opdigtede Boligforening", (first, second, building, side), areas=(area,))


def _across_the_border() -> MasterData:
    home = _estate("T002-T0101", "Tankebyen", Homes(family=132, accessible=8), 10_296)
    youth = _estate("T002-T0201", "Kollegiet Fantasia", Homes(youth=88, accessible=4), 3_080)
    across = _estate("T002-T0301", "Grænselinjen", Homes(family=58, elderly=12, care=0), 5_320)
    return _organisation("T002", "Boligselskabet Fantasien", (home, youth, across), elsewhere=(across.id,))


def _broken_year() -> MasterData:
    elderly = _estate("T003-T0101", "Aftenhvile", Homes(elderly=44, care=20, accessible=44), 2_904, published="46.0")
    family = _estate(
        "T003-T0201",
        "Drømmehaven",
        Homes(family=71, accessible=6),
        5_751,
        garages=10,
        building_type=BuildingType.LOW_RISE,
    )
    return _organisation(
        "T003",
        "Andelsboligforeningen Dagdrømmen",
        (elderly, family),
        legal_form=LegalForm.COOPERATIVE,
        periods=lambda: broken_years(7),
    )


def _administration() -> MasterData:
    return _organisation("T004", "Administrationsselskabet Påhit", kind=OrganisationKind.ADMINISTRATION_ORGANISATION)


def _administered() -> MasterData:
    first = _estate("T005-T0101", "Glemmebogen", Homes(family=64), 4_992)
    second = _estate(
        "T005-T0201", "Tomrummet", Homes(family=18, elderly=16, care=0), 2_550, building_type=BuildingType.MIXED
    )
    return _organisation("T005", "Boligforeningen Glemsom", (first, second), administrator="T004")


def _small() -> MasterData:
    only = _estate("T006-T0101", "Lilleverden", Homes(family=12), 1_020, garages=4, building_type=BuildingType.LOW_RISE)
    return _organisation("T006", "Lille Luftkastel Boligforening", (only,), home=_THERE)
