"""What is agreed with the organisations: concluding, following up, and who may read of it."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from almenstyring.application.reading import Reading
from almenstyring.application.records import by_parties, own_key
from almenstyring.domain.access import Permission, Role
from almenstyring.domain.agreements import Agreement, AgreementStep
from almenstyring.domain.errors import NotAllowedError, NotFoundError
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode


class AgreementsSide(Reading):
    """The use cases around agreements: the municipality records them, the parties read them."""

    def conclude_agreement(self, agreement: Agreement) -> Agreement:
        """Keep an agreement that the parties have made; whoever keeps it leads the dialogue of each organisation in it.

        NotAllowedError if the id is taken; InvalidValueError for a day to come.
        """
        for number in agreement.organisations:
            self._require(Permission.RECORD_DIALOGUE, self.master_data(number))
        self._require_own(agreement.municipality)
        self._event_day(agreement.concluded_on, None)
        if any(self._records.agreements.records(id=agreement.id)):
            raise NotAllowedError(
                Text(f"Aftale {agreement.id} findes allerede.", f"Agreement {agreement.id} exists already."),
                Text(
                    "Vælg et andet id, eller følg op på den, der er.",
                    "Choose another id, or follow up the one there is.",
                ),
                agreement=agreement.id,
            )
        self._keep_agreement(agreement)
        return agreement

    def follow_up_agreement(self, agreement: str, step: AgreementStep) -> Agreement:
        """Take one step in an agreement; its whole history stays. The step is the actor's, whatever ``by`` says.

        NotFoundError for an agreement that the actor may not read; NotAllowedError for one that is closed.
        """
        self._require(Permission.RECORD_DIALOGUE)
        found = self.agreement(agreement)
        self._require_own(found.municipality)
        self._event_day(step.on, None)
        followed = found.followed_up(evolve(step, by=self.actor.id))
        self._keep_agreement(followed)
        return followed

    def agreements(
        self,
        organisation: LbfNumber | str | None = None,
        municipality: MunicipalityCode | str | None = None,
        *,
        open_on: date | None = None,
    ) -> tuple[Agreement, ...]:
        """The agreements that the actor is a party to, in the order of their conclusion; others are not shown.

        With ``open_on`` only those that were open on the day. The operator sees all.
        """
        town = None if municipality is None else MunicipalityCode(str(municipality))
        if organisation is not None:
            found = self._records.agreements_of(self._number(organisation))
        else:
            where = {} if town is None else {"municipality": str(town)}
            found = tuple(entry.value for entry in self._records.agreements.find(**where))
        shown = (each for each in found if town in (None, each.municipality) and self._is_party(each))
        kept = (each for each in shown if open_on is None or each.is_open_on(open_on))
        return tuple(sorted(kept, key=lambda each: (each.concluded_on, each.municipality, each.id)))

    def agreement(self, agreement: str) -> Agreement:
        """One agreement with its history; NotFoundError where there is none of that id that the actor may read."""
        for entry in self._records.agreements.find(id=agreement):
            if self._is_party(entry.value):
                return entry.value
        raise NotFoundError(
            Text(f"Der er ingen aftale {agreement}.", f"There is no agreement {agreement}."),
            Text("Brug id'et, som aftalerne er vist med.", "Use the id that the agreements are shown with."),
            agreement=agreement,
        )

    def _is_party(self, agreement: Agreement) -> bool:
        match self.actor.role:
            case Role.ORGANISATION:
                known = (self._records.register.get(str(number)) for number in agreement.organisations)
                return any(entry is not None and self._stands_for(entry.value, self.today) for entry in known)
            case Role.MUNICIPALITY | Role.ADVISER:
                covered = any(map(self._is_mandated, agreement.organisations))
                return covered and agreement.municipality == self.actor.municipality
        return True

    def _keep_agreement(self, agreement: Agreement) -> None:
        key = own_key(agreement.municipality, agreement.id)
        self._keep(self._records.agreements, key, agreement, by_parties(agreement))
