"""What units are compared by: a closed list of traits, and what each unit is in each of them on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction

from attrs import field, frozen

from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import NotFoundError
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.efficiency_costs import HomeType, primary_home_type
from almenstyring.domain.figures.exact import Exact
from almenstyring.domain.figures.references import References
from almenstyring.domain.organisations import (
    BuildingType,
    Estate,
    EstateKind,
    MaintenanceScheme,
    MasterData,
    OrganisationKind,
    Register,
    Unit,
)
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, MunicipalityCode, Number


class Trait(StrEnum):
    """What units can be alike in (da: træk). Those of ``MEASURED`` are numbers and fall in declared classes.

    HOME_TYPE is the type most homes are of; AGE rests on the year taken into use, HOME_SIZE on the mean area of a home,
    SIZE on the homes of an estate or the tenancy units of an organisation.
    """

    KIND = "kind"
    ORGANISATION = "organisation"
    MUNICIPALITY = "municipality"
    REGION = "region"
    HOME_TYPE = "home_type"
    BUILDING_TYPE = "building_type"
    MAINTENANCE = "maintenance"
    AGE = "age"
    HOME_SIZE = "home_size"
    ESTATE_SIZE = "estate_size"
    ORGANISATION_SIZE = "organisation_size"


MEASURED = (Trait.AGE, Trait.HOME_SIZE, Trait.ESTATE_SIZE, Trait.ORGANISATION_SIZE)
_ANY = frozenset(Ledger)
_ESTATES, _ORGANISATIONS = frozenset({Ledger.ESTATE}), frozenset({Ledger.ORGANISATION})
BORNE_BY: Mapping[Trait, frozenset[Ledger]] = {
    **dict.fromkeys(Trait, _ESTATES),
    **dict.fromkeys((Trait.KIND, Trait.ORGANISATION, Trait.MUNICIPALITY, Trait.REGION), _ANY),
    Trait.ORGANISATION_SIZE: _ORGANISATIONS,
}
"""Which units have a trait."""
_CLOSED: tuple[type[StrEnum], ...] = (EstateKind, OrganisationKind, HomeType, BuildingType, MaintenanceScheme)
_NAMED = frozenset(trait.value for trait in Trait) | {member.value for closed in _CLOSED for member in closed}
"""What a scheme must have names for: the traits, and the members of closed lists that are values of traits."""


@frozen
class TraitValue:
    """What a unit is in one trait (da: værdi): an id to compare by, and its name."""

    id: str
    name: Text


@frozen(kw_only=True)
class TraitClass:
    """One class of a measured trait (da: klasse); it begins where the one before it ends.

    ``below`` is the first number above the class, ``up_to`` the last number in it; the last class has neither.
    """

    id: str
    name: Text
    below: Number | None = None
    up_to: Number | None = None
    source: str
    certainty: Certainty

    @property
    def end(self) -> tuple[Fraction, bool] | None:
        """Where the class ends, and whether the end belongs to it; ends sort as the classes follow each other."""
        if self.up_to is not None:
            return self.up_to.as_fraction(), True
        return (self.below.as_fraction(), False) if self.below is not None else None

    def reaches(self, value: Exact) -> bool:
        """Whether the value is not beyond the class."""
        return self.end is None or (value, False) < self.end


@frozen(kw_only=True)
class TraitScheme:
    """How traits are told in words and classes (da: inddeling); ``names`` are of traits and of their values."""

    names: Mapping[str, Text] = field(hash=False)
    classes: Mapping[str, tuple[TraitClass, ...]] = field(hash=False)

    def named(self, member: StrEnum) -> TraitValue:
        """A member of a closed list as a value of a trait."""
        return TraitValue(member.value, self.names[member.value])

    def classified(self, trait: Trait, value: Exact) -> TraitValue:
        """The class that a number falls in."""
        found = next(one for one in self.classes[trait.value] if one.reaches(value))
        return TraitValue(found.id, found.name)


def complaints_of_scheme(scheme: TraitScheme) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    """What is wrong in a scheme: where, and why."""
    for name in sorted(scheme.names.keys() ^ _NAMED):
        yield ("names", name), Text("et navn mangler, eller er for meget", "a name is missing, or too many")
    for name in sorted(scheme.classes.keys() ^ {trait.value for trait in MEASURED}):
        yield ("classes", name), Text("klasserne mangler, eller er for meget", "classes are missing, or too many")
    for name, classes in scheme.classes.items():
        yield from ((("classes", name, index), why) for index, why in _complaints_of_classes(classes))


def _complaints_of_classes(classes: tuple[TraitClass, ...]) -> Iterator[tuple[int, Text]]:
    last = len(classes) - 1
    for index, one in enumerate(classes):
        before = classes[index - 1].end if index else None
        if one.below is not None and one.up_to is not None:
            yield index, Text("skriv below eller up_to, ikke begge", "write below or up_to, not both")
        elif (one.end is None) is not (index == last):
            yield index, Text("kun den sidste klasse er uden ende", "only the last class has no end")
        elif one.end and before and one.end <= before:
            yield index, Text("overlapper klassen før", "overlaps the class before")


@frozen(kw_only=True)
class UnitTraits:
    """What one unit is on a day (da: kendetegn); a trait that is not known has no value.

    An estate across a border has two municipalities, and may have two regions.
    """

    unit: Unit
    day: date
    values: Mapping[Trait, tuple[TraitValue, ...]] = field(hash=False)

    @property
    def ledger(self) -> Ledger:
        """Whether the unit is an estate or an organisation."""
        return Ledger.ESTATE if isinstance(self.unit, EstateId) else Ledger.ORGANISATION

    def of(self, trait: Trait) -> tuple[TraitValue, ...]:
        """The unit's values of a trait; () where none is known."""
        return self.values.get(trait, ())


def traits_of(unit: Unit, master: MasterData, references: References, scheme: TraitScheme, day: date) -> UnitTraits:
    """The traits of an estate or of the organisation itself on a day; NotFoundError for an estate of another one.

    An invented municipality (T01) lies in no region: it is a municipality among others, and its units have no region.
    """
    if not isinstance(unit, EstateId):
        home = master.home_municipality_on(day)
        own = _of_organisation(master, scheme, day)
        places = _places((home,) if home else (), references)
    else:
        estate = master.estate(unit)
        if estate is None:
            raise _unknown_estate(unit, master)
        own = _of_estate(estate, master, scheme)
        places = _places(master.municipalities_of(unit, day), references)
    values = {trait: found for trait, found in {**own, **places}.items() if found}
    return UnitTraits(unit=unit, day=day, values=values)


def all_traits(register: Register, references: References, scheme: TraitScheme, day: date) -> tuple[UnitTraits, ...]:
    """The traits of every organisation in the register, and of every estate that is in operation on the day."""

    def units() -> Iterator[tuple[Unit, MasterData]]:
        for master in register:
            yield master.number, master
            yield from ((estate.id, master) for estate in master.estates_on(day) if estate.in_operation(day))

    return tuple(traits_of(unit, master, references, scheme, day) for unit, master in units())


_Values = Mapping[Trait, tuple[TraitValue, ...]]


def _of_estate(estate: Estate, master: MasterData, scheme: TraitScheme) -> _Values:
    homes, began = estate.homes.total, estate.in_operation_from
    closed: Mapping[Trait, StrEnum | None] = {
        Trait.KIND: estate.kind,
        Trait.HOME_TYPE: primary_home_type(estate.homes),
        Trait.BUILDING_TYPE: estate.building_type,
        Trait.MAINTENANCE: estate.maintenance,
    }
    measured: Mapping[Trait, Exact | None] = {
        Trait.AGE: began.year if began else None,
        Trait.HOME_SIZE: estate.homes_area.as_fraction() / homes if homes and estate.homes_area.count else None,
        Trait.ESTATE_SIZE: homes or None,
    }
    return {
        Trait.ORGANISATION: (_organisation(master),),
        **{trait: (scheme.named(member),) for trait, member in closed.items() if member is not None},
        **{trait: (scheme.classified(trait, value),) for trait, value in measured.items() if value is not None},
    }


def _of_organisation(master: MasterData, scheme: TraitScheme, day: date) -> _Values:
    estates = [estate for estate in master.estates_on(day) if estate.in_operation(day)]
    units = sum((estate.tenancy_units.as_fraction() for estate in estates), Fraction(0))
    return {
        Trait.ORGANISATION: (_organisation(master),),
        Trait.KIND: (scheme.named(master.organisation.kind),),
        Trait.ORGANISATION_SIZE: (scheme.classified(Trait.ORGANISATION_SIZE, units),) if units else (),
    }


def _organisation(master: MasterData) -> TraitValue:
    name = master.organisation.name
    return TraitValue(str(master.number), Text(name, name))


def _places(codes: tuple[MunicipalityCode, ...], references: References) -> _Values:
    known = {code: references.municipality(code) for code in codes}
    municipalities = [(code.value, row.name if row else code.value) for code, row in known.items()]
    regions = sorted({row.region.value for row in known.values() if row})
    return {
        Trait.MUNICIPALITY: tuple(TraitValue(code, Text(name, name)) for code, name in municipalities),
        Trait.REGION: tuple(TraitValue(region, Text(region, region)) for region in regions),
    }


def _unknown_estate(unit: EstateId, master: MasterData) -> NotFoundError:
    return NotFoundError(
        Text(
            f"Afdelingen {unit} står ikke i stamdata for {master.number}.",
            f"Estate {unit} is not in the master data of {master.number}.",
        ),
        Text("Giv stamdata for afdelingens egen organisation.", "Give the master data of its own organisation."),
        estate=str(unit),
    )
