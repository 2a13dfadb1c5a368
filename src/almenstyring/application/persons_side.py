"""Persons: kept apart, seen by few, and erased for good."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from datetime import date

from attrs import evolve

from almenstyring.application.reading import Reading
from almenstyring.domain.access import Permission, Role
from almenstyring.domain.errors import NotAllowedError, NotFoundError
from almenstyring.domain.persons import Person, Retention
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.ports import Record

_log = logging.getLogger("almenstyring")

_SALT_BYTES = 16


class PersonsSide(Reading):
    """The use cases about persons.

    A municipality keeps its own and those of the organisations whose dialogue it leads today, an organisation its own.
    Nobody else learns even whether there is a person behind an id.
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
        return self._records.person.entry(self._record_of(person_id, erased=False)).value

    def persons(self) -> tuple[Person, ...]:
        """Every person the actor keeps and has not erased, by id."""
        self._require(Permission.KEEP_PERSONS)
        return tuple(self._records.person.entry(record).value for record in self._kept())

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
        record = self._record_of(person_id, erased=True)
        erased = self._store.erase(record.kind, record.key)
        _log.info("person %s erased: %s revisions", person_id, erased)
        return erased

    def set_retention(self, *, days: int | None = None, years: int | None = None) -> Retention:
        """Set how long the municipality keeps persons after their last day; for its organisations' persons too."""
        self._require(Permission.SET_RETENTION)
        own = self._own_municipality()
        retention = Retention(municipality=own, days=days, years=years)
        self._keep(self._records.retentions, str(own), retention, {"municipality": str(own)})
        return retention

    def retention(self, municipality: MunicipalityCode | str | None = None) -> Retention | None:
        """What a municipality has set, or None; without one named, the actor's own or its home municipality."""
        wanted = MunicipalityCode(municipality) if isinstance(municipality, str) else municipality
        if wanted is None:
            wanted = self.actor.municipality
        if wanted is None and self.actor.organisation is not None:
            wanted = self.master_data(self.actor.organisation).home_municipality_on(self.today)
        entry = self._records.retentions.get(str(wanted))
        return entry.value if entry else None

    def erase_expired(self, on: date | None = None) -> tuple[str, ...]:
        """Erase those of the actor's persons whose retention has run out by a day, today or an earlier one; their ids.

        Persons without a last day stay. NotFoundError as long as the municipality has set no retention.
        """
        self._require(Permission.KEEP_PERSONS)
        day = self._event_day(on, None)
        retention = self.retention()
        if retention is None:
            raise NotFoundError(
                Text("Kommunen har ikke fastsat en opbevaringsfrist.", "The municipality has set no retention."),
                Text("Kommunen fastsætter den med set_retention.", "The municipality sets it with set_retention."),
            )
        with self._store.transaction():
            expired = [person.id for person in self.persons() if retention.has_run_out(person, day)]
            for each in expired:
                self.erase_person(each)
        return tuple(expired)

    def _record_of(self, person_id: str, *, erased: bool) -> Record:
        self._require(Permission.KEEP_PERSONS)
        record = self._records.person.record(person_id)
        if record is None or (record.is_erased and not erased) or not self._keeps(record):
            raise NotFoundError(
                Text(f"Der er ingen person {person_id} for dig.", f"There is no person {person_id} for you."),
                Text("Personen kan være slettet eller en andens.", "The person may be erased or somebody else's."),
                id=person_id,
            )
        return record

    def _kept(self) -> Iterator[Record]:
        judged: dict[tuple[object, object], bool] = {}
        for record in self._records.person.records():
            owner = (record.indexed["organisation"], record.indexed["municipality"])
            if owner not in judged:
                judged[owner] = self._keeps(record)
            if judged[owner] and not record.is_erased:
                yield record

    def _keeps(self, record: Record) -> bool:
        """Whether the actor keeps the person of a record, told by what it is indexed by: that outlives an erasure."""
        organisation, municipality = record.indexed["organisation"], record.indexed["municipality"]
        return self._keeps_for(
            None if organisation is None else LbfNumber(str(organisation)),
            None if municipality is None else MunicipalityCode(str(municipality)),
        )

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


def _indexed(person: Person) -> dict[str, str | int | None]:
    """Whom the person acts for: nothing personal, for it stays when the person is erased."""
    return {
        "organisation": str(person.organisation) if person.organisation else None,
        "municipality": str(person.municipality) if person.municipality else None,
    }
