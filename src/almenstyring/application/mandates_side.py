"""Mandates: what a municipality lets its advisers see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from almenstyring.application.reading import Reading
from almenstyring.application.records import own_key
from almenstyring.domain.access import Permission, Role
from almenstyring.domain.errors import InvalidValueError, NotAllowedError, NotFoundError
from almenstyring.domain.mandates import Mandate
from almenstyring.domain.organisations import Validity
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber
from almenstyring.domain.values.converting import plain_day


class MandatesSide(Reading):
    """The use cases about a municipality's advisers."""

    def give_mandate(self, adviser: str, *, valid: Validity, organisations: Iterable[LbfNumber | str] = ()) -> Mandate:
        """Let an adviser, named by an opaque id, see what the municipality sees and draft comments while it is valid.

        Without ``organisations`` it covers all that the municipality sees, otherwise only those, which the municipality
        must lead the dialogue with. Giving it again replaces it; the earlier one stays in the store's history.
        """
        self._require(Permission.GIVE_MANDATE)
        masters = [self.master_data(number) for number in organisations]
        for master in masters:
            self._require(Permission.GIVE_MANDATE, master)
        mandate = Mandate(
            adviser=adviser,
            municipality=self._own_municipality(),
            organisations=tuple(master.number for master in masters),
            valid=valid,
            given_by=self.actor.id,
        )
        return self._keep_mandate(mandate)

    def end_mandate(self, adviser: str, on: date | None = None) -> Mandate:
        """End an adviser's mandate: from today, or a day to come, nothing is seen any more.

        InvalidValueError for a day that has passed; NotFoundError where there is no mandate; NotAllowedError for one
        that was ended by then, for an end is never put off.
        """
        self._require(Permission.GIVE_MANDATE)
        day = self.today if on is None else plain_day(on, "on")
        if day < self.today:
            raise InvalidValueError(
                Text(f"Et mandat kan ikke afsluttes bagud ({day}).", f"A mandate cannot be ended backwards ({day})."),
                Text("Afslut det i dag eller en senere dag.", "End it today or on a later day."),
                value=str(day),
            )
        entry = self._records.mandates.get(own_key(self._own_municipality(), adviser))
        if entry is None:
            raise NotFoundError(
                Text(f"{adviser} har intet mandat.", f"{adviser} has no mandate."),
                Text("Se kommunens mandater med mandates().", "See the municipality's mandates with mandates()."),
                adviser=adviser,
            )
        ended = entry.value.ended_on
        if ended is not None and ended <= day:
            raise NotAllowedError(
                Text(
                    f"Mandatet til {adviser} er afsluttet {ended}.", f"The mandate of {adviser} was ended on {ended}."
                ),
                Text("Giv et nyt mandat med give_mandate.", "Give a new mandate with give_mandate."),
                adviser=adviser,
            )
        return self._keep_mandate(entry.value.ended(day))

    def mandates(self) -> tuple[Mandate, ...]:
        """The mandates a municipality has given, run out or not, by adviser; to an adviser its own."""
        if self.actor.role is not Role.ADVISER:
            self._require(Permission.GIVE_MANDATE)
        found = [entry.value for entry in self._records.mandates.find(municipality=str(self._own_municipality()))]
        return tuple(m for m in found if self.actor.role is not Role.ADVISER or m.adviser == self.actor.id)

    def _keep_mandate(self, mandate: Mandate) -> Mandate:
        key = own_key(mandate.municipality, mandate.adviser)
        self._keep(self._records.mandates, key, mandate, {"municipality": str(mandate.municipality)})
        return mandate
