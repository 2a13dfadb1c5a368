"""Persons: kept apart, seen by few, and erased for good."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from datetime import date

from attrs import evolve

from almenstyring.application.reading import Reading
from almenstyring.domain.access import Permission, Role
from almenstyring.domain.errors import DecodeError, NotAllowedError, NotFoundError
from almenstyring.domain.persons import Person, Retention
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.ports import Record

_log = logging.getLogger("almenstyring")

_SALT_BYTES = 16


class PersonsSide(Reading):
    """The use cases about persons.

    A municipality keeps its own and those of the organisations whose dialogue it leads today, an organisation its own.
    Nobody else learns even whether there is a person behind an id. Erasing is wider, so that somebody always can: where
    an organisation has no home municipality any more, the one that was the last erases, and the operator erases
    anybody; neither sees whom.
    """

    def keep_person(self, person: Person) -> Person:
        """Keep a person, or what is new about one; nothing is written when it is the same already.

        NotAllowedError for persons who are somebody else's to keep, and for an id that was erased: it stays empty.
        """
        for unit in (person.organisation, person.municipality):
            if unit is not None:
                self._guard_mode(unit)
        self._require(Permission.KEEP_PERSONS)
        if not self._keeps_for(person.organisation, person.municipality):
            raise self._not_allowed(Permission.KEEP_PERSONS, person.organisation)
        with self._store.transaction():
            self._refuse_taken(person.id)
            entry = self._records.person.get(person.id)
            if entry is not None and entry.value == person:
                return entry.value
            kept = evolve(person, salt=secrets.token_hex(_SALT_BYTES))
            self._keep(self._records.person, person.id, kept, _indexed(kept))
        return kept

    def person(self, person_id: str) -> Person:
        """A person by the opaque id; NotFoundError for one who is not there, was erased, or is not yours to see."""
        return self._records.person.entry(self._record_of(person_id)).value

    def persons(self) -> tuple[Person, ...]:
        """Every person the actor keeps and has not erased, by id."""
        self._require(Permission.KEEP_PERSONS)
        return tuple(self._records.person.entry(record).value for record in self._persons_that(self._keeps))

    def name_of(self, person_id: str) -> str:
        """The name behind an opaque id where the actor may know it; otherwise, and once it is erased, the id itself."""
        record = self._records.person.record(person_id)
        if record is None or record.is_erased or not self._keeps(record):
            return person_id
        return self._records.person.entry(record).value.name

    def erase_person(self, person_id: str) -> int:
        """Erase everything kept about a person, for good; how many revisions that were, 0 when it was done already.

        NotFoundError for one who is not there or not yours to erase. The id can never be filled again; records that
        name it go on to name it. The chain still verifies.
        """
        self._require(Permission.ERASE_PERSONS)
        record = self._records.person.record(person_id)
        if record is None or not self._erases(record):
            raise _nobody(person_id)
        return self._erase(record)

    def _erase(self, record: Record) -> int:
        erased = self._store.erase(record.kind, record.key)
        _log.info("person %s erased: %s revisions", record.key, erased)
        return erased

    def set_retention(self, *, days: int | None = None, years: int | None = None) -> Retention:
        """Set how long the municipality keeps persons after their last day; for its organisations' persons too."""
        self._require(Permission.SET_RETENTION)
        own = self._own_municipality()
        retention = Retention(municipality=own, days=days, years=years)
        self._keep(self._records.retentions, str(own), retention, {"municipality": str(own)})
        return retention

    def retention(self, municipality: MunicipalityCode | str | None = None) -> Retention | None:
        """What a municipality has set, or None; without one named, the actor's own or that of its last home."""
        wanted = MunicipalityCode(municipality) if isinstance(municipality, str) else municipality
        if wanted is None:
            wanted = self.actor.municipality
        if wanted is None and self.actor.organisation is not None:
            wanted = self.master_data(self.actor.organisation).last_home_municipality_on(self.today)
        entry = self._records.retentions.get(str(wanted))
        return entry.value if entry else None

    def erase_expired(self, on: date | None = None) -> tuple[str, ...]:
        """Erase those of the actor's persons whose retention has run out by a day, today or an earlier one; their ids.

        What holds for an organisation's person is the retention of the municipality that is, or last was, its home; the
        operator's run takes everybody whose municipality has set one. Persons without a last day stay, and one whose
        record cannot be read stays and is logged. NotFoundError for others as long as there is no retention for them.
        """
        self._require(Permission.ERASE_PERSONS)
        day = self._event_day(on, None)
        if self.actor.role is not Role.OPERATOR and self.retention() is None:
            raise NotFoundError(
                Text("Kommunen har ikke fastsat en opbevaringsfrist.", "The municipality has set no retention."),
                Text("Kommunen fastsætter den med set_retention.", "The municipality sets it with set_retention."),
            )
        with self._store.transaction():
            expired = [record for record in self._persons_that(self._erases) if self._has_run_out(record, day)]
            for each in expired:
                self._erase(each)
        return tuple(record.key for record in expired)

    def _has_run_out(self, record: Record, day: date) -> bool:
        organisation, municipality = _owner(record)
        if organisation is not None:
            municipality = self._last_home(organisation)
        retention = None if municipality is None else self.retention(municipality)
        if retention is None:
            return False
        try:
            return retention.has_run_out(self._records.person.entry(record).value, day)
        except DecodeError as error:
            _log.warning("person %s cannot be read and was not erased: %s", record.key, error.code)
            return False

    def _record_of(self, person_id: str) -> Record:
        self._require(Permission.KEEP_PERSONS)
        record = self._records.person.record(person_id)
        if record is None or record.is_erased or not self._keeps(record):
            raise _nobody(person_id)
        return record

    def _persons_that(self, chooses: Callable[[Record], bool]) -> Iterator[Record]:
        """The records of persons that are chosen by whose they are, without those that were erased."""
        judged: dict[tuple[object, object], bool] = {}
        for record in self._records.person.records():
            owner = (record.indexed["organisation"], record.indexed["municipality"])
            if owner not in judged:
                judged[owner] = chooses(record)
            if judged[owner] and not record.is_erased:
                yield record

    def _keeps(self, record: Record) -> bool:
        """Whether the actor keeps the person of a record."""
        return self._keeps_for(*_owner(record))

    def _erases(self, record: Record) -> bool:
        """Whether the actor may erase the person of a record: who keeps it, the last home and the operator may."""
        organisation, _ = _owner(record)
        if self.actor.role is Role.OPERATOR or self._keeps(record):
            return True
        if self.actor.role is not Role.MUNICIPALITY or organisation is None:
            return False
        return self._last_home(organisation) == self.actor.municipality

    def _last_home(self, organisation: LbfNumber) -> MunicipalityCode | None:
        entry = self._records.register.get(str(organisation))
        return None if entry is None else entry.value.last_home_municipality_on(self.today)

    def _keeps_for(self, organisation: LbfNumber | None, municipality: MunicipalityCode | None) -> bool:
        if self.actor.role is Role.ORGANISATION:
            return organisation is not None and organisation == self.actor.organisation
        if self.actor.role is not Role.MUNICIPALITY:
            return False
        if organisation is None:
            return municipality == self.actor.municipality
        entry = self._records.register.get(str(organisation))
        return entry is not None and self._stands_for(entry.value, self.today)

    def _refuse_taken(self, person_id: str) -> None:
        history = self._records.person.history(person_id)
        if any(record.is_erased for record in history):
            raise NotAllowedError(
                Text(
                    f"{person_id} er slettet og bliver ved med at være det.",
                    f"{person_id} was erased and stays erased.",
                ),
                Text("Giv personen et nyt id.", "Give the person a new id."),
                id=person_id,
            )
        if history and not self._keeps(history[-1]):
            raise NotAllowedError(
                Text(f"{person_id} er optaget.", f"{person_id} is taken."),
                Text("Giv personen et andet id.", "Give the person another id."),
                id=person_id,
            )


def _nobody(person_id: str) -> NotFoundError:
    return NotFoundError(
        Text(f"Der er ingen person {person_id} for dig.", f"There is no person {person_id} for you."),
        Text("Personen kan være slettet eller en andens.", "The person may be erased or somebody else's."),
        id=person_id,
    )


def _owner(record: Record) -> tuple[LbfNumber | None, MunicipalityCode | None]:
    """Whose the person of a record is, told by what it is indexed by: that outlives an erasure."""
    organisation, municipality = record.indexed["organisation"], record.indexed["municipality"]
    return (
        None if organisation is None else LbfNumber(str(organisation)),
        None if municipality is None else MunicipalityCode(str(municipality)),
    )


def _indexed(person: Person) -> dict[str, str | int | None]:
    """Whom the person acts for: nothing personal, for it stays when the person is erased."""
    return {
        "organisation": str(person.organisation) if person.organisation else None,
        "municipality": str(person.municipality) if person.municipality else None,
    }
