"""The register: every organisation's master data, asked about on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import pairwise

from attrs import field, frozen

from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.errors import InvalidValueError, NotFoundError
from almenstyring.domain.organisations.kinds import EstateKind
from almenstyring.domain.organisations.relations import (
    Administration,
    EstateLocation,
    HomeMunicipality,
    HousingArea,
    Ownership,
    valid_on,
)
from almenstyring.domain.organisations.units import Estate, HousingOrganisation
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, LbfNumber, MunicipalityCode


@frozen(kw_only=True)
class MasterData:
    """All that the register knows of one organisation (da: stamdata), with every dated relation.

    A sent package keeps this object as it was on the day of sending.
    """

    organisation: HousingOrganisation
    periods: tuple[AccountingPeriod, ...] = ()
    home_municipalities: tuple[HomeMunicipality, ...] = ()
    estates: tuple[Estate, ...] = ()
    ownerships: tuple[Ownership, ...] = ()
    locations: tuple[EstateLocation, ...] = ()
    administrations: tuple[Administration, ...] = ()
    areas: tuple[HousingArea, ...] = ()

    @property
    def number(self) -> LbfNumber:
        """The organisation's number."""
        return self.organisation.number

    def periods_of(self, year: ReportYear) -> tuple[AccountingPeriod, ...]:
        """The accounting periods the report year rests on: one as a rule, two when a short period is inserted."""
        return tuple(sorted((p for p in self.periods if p.report_year == year), key=lambda p: p.end))

    def estate(self, estate: EstateId) -> Estate | None:
        """The estate with that number, or None."""
        return next((e for e in self.estates if e.id == estate), None)

    def estates_on(self, day: date) -> tuple[Estate, ...]:
        """The estates the organisation owns on the day, under construction or in operation, by number."""
        owned = {o.estate for o in valid_on(self.ownerships, day) if o.organisation == self.number}
        return tuple(e for e in self._by_number if e.id in owned)

    @cached_property
    def _by_number(self) -> tuple[Estate, ...]:
        return tuple(sorted(self.estates, key=lambda estate: estate.id))

    def home_municipality_on(self, day: date) -> MunicipalityCode | None:
        """The organisation's home municipality on the day, if known."""
        found = valid_on(self.home_municipalities, day)
        return found[-1].municipality if found else None

    def last_home_municipality_on(self, day: date) -> MunicipalityCode | None:
        """The home municipality on the day, or the one that was the home last before it, as after a merger."""
        begun = [home for home in self.home_municipalities if home.valid.start is None or home.valid.start <= day]
        last = max(begun, key=lambda home: home.valid.end or date.max, default=None)
        return self.home_municipality_on(day) or (last.municipality if last else None)

    def municipalities_of(self, estate: EstateId, day: date) -> tuple[MunicipalityCode, ...]:
        """The municipalities in which the estate lies on the day: one, or two across a border."""
        return tuple(sorted(loc.municipality for loc in valid_on(self.locations, day) if loc.estate == estate))

    def located_in(self, day: date) -> frozenset[MunicipalityCode]:
        """The municipalities that get a copy of the report and papers because estates lie with them (DB § 74, stk. 1).

        The estates of § 74, stk. 3, bring none there. Only organisations in the dialogue owe copies: DB § 78, stk. 2,
        takes over only the first sentence of § 74, stk. 1.
        """
        if not self.organisation.kind.takes_part_in_dialogue:
            return frozenset()
        estates = {e.id for e in self.estates_on(day) if not e.kind.accounts_go_home_only}
        return frozenset(loc.municipality for loc in valid_on(self.locations, day) if loc.estate in estates)

    def supervisors_on(self, day: date, estate: EstateId | None = None) -> tuple[MunicipalityCode, ...]:
        """The municipalities whose councils supervise the organisation, or one of its estates, on the day (DB § 110).

        The organisation and the estates of § 24, stk. 4, are the home municipality's, any other estate that of the
        municipality it lies in; across a border each of them, by their agreement. None where that is not known, or
        where the articles give the supervision of the organisation to another authority (§ 124).
        """
        found = None if estate is None else self.estate(estate)
        if estate is not None and (found is None or found.kind is not EstateKind.SIDE_ACTIVITY):
            return tuple(code for code in self.municipalities_of(estate, day) if code.can_supervise)
        home = self.home_municipality_on(day)
        return () if home is None or self.organisation.other_authority else (home,)

    def administrators_on(self, day: date) -> tuple[LbfNumber, ...]:
        """The organisations that administer this one on the day."""
        return tuple(a.administrator for a in valid_on(self.administrations, day) if a.organisation == self.number)


def _by_number(entries: Iterable[MasterData]) -> tuple[MasterData, ...]:
    found = tuple(sorted(entries, key=lambda entry: entry.number))
    for one, other in pairwise(found):
        if one.number == other.number:
            raise InvalidValueError(
                Text(f"{one.number} står to gange i registret.", f"{one.number} is in the register twice."),
                Text("Saml organisationens stamdata ét sted.", "Keep the organisation's master data in one place."),
                organisation=str(one.number),
            )
    return found


@frozen
class Register:
    """The master data of all organisations (da: register)."""

    entries: tuple[MasterData, ...] = field(converter=_by_number)

    @cached_property
    def _index(self) -> Mapping[LbfNumber, MasterData]:
        return {entry.number: entry for entry in self.entries}

    def __iter__(self) -> Iterator[MasterData]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, number: LbfNumber) -> MasterData:
        """The organisation's master data; NotFoundError names the number."""
        try:
            return self._index[number]
        except KeyError:
            raise NotFoundError(
                Text(
                    f"Boligorganisation {number} er ikke i registret.",
                    f"Organisation {number} is not in the register.",
                ),
                Text(
                    "Indlæs organisationens stamdata først.",
                    "Import the organisation's master data first.",
                ),
                organisation=str(number),
            ) from None

    def __contains__(self, number: object) -> bool:
        return number in self._index

    def as_of(self, day: date) -> RegisterOn:
        """The register as it stood on one day."""
        return RegisterOn(self, day)

    def with_entry(self, entry: MasterData) -> Register:
        """The register with this organisation's master data added or replaced."""
        others: Iterable[MasterData] = (e for e in self.entries if e.number != entry.number)
        return Register((*others, entry))


@frozen
class RegisterOn:
    """The register on one day: who supervises, owns and administers whom then."""

    register: Register
    day: date

    def supervised_by(self, municipality: MunicipalityCode) -> tuple[MasterData, ...]:
        """The organisations whose home municipality it is."""
        return tuple(m for m in self.register if m.home_municipality_on(self.day) == municipality)

    def estates_in(self, municipality: MunicipalityCode) -> tuple[Estate, ...]:
        """The estates that lie in the municipality, whoever owns them."""
        return tuple(
            estate
            for entry in self.register
            for estate in entry.estates_on(self.day)
            if municipality in entry.municipalities_of(estate.id, self.day)
        )

    def administered_by(self, administrator: LbfNumber) -> tuple[MasterData, ...]:
        """The organisations that the given one administers."""
        return tuple(m for m in self.register if administrator in m.administrators_on(self.day))
