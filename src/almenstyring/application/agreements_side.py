"""What is agreed with the organisations: concluding, following up, and who may read of it."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from almenstyring.application.reading import Reading
from almenstyring.application.records import by_parties, own_key, owner_in
from almenstyring.domain.access import Permission, Role
from almenstyring.domain.agreements import Agreement, AgreementStep, refuse_unknown_units
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import InvalidValueError, NotAllowedError, NotFoundError
from almenstyring.domain.next_steps import agreement_step
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.domain.values.converting import plain_day


class AgreementsSide(Reading):
    """The use cases around agreements: the municipality records them, the parties read them."""

    def conclude_agreement(self, agreement: Agreement) -> Agreement:
        """Keep an agreement that the parties have made; whoever keeps it leads the dialogue of each organisation in it.

        What was agreed earlier can be kept with the steps taken since, each as it says by whom. NotAllowedError if the
        id is taken; InvalidValueError for a day to come, for an estate or housing area that no party had on the day of
        conclusion, for one that follows none, and for a meeting that was not recorded though the store keeps a report
        or a meeting of a party from that year or before.
        """
        masters = [self.master_data(number) for number in agreement.organisations]
        for master in masters:
            self._require(Permission.RECORD_DIALOGUE, master)
        self._require_own(agreement.municipality)
        for day in (agreement.concluded_on, *(step.on for step in agreement.history)):
            self._event_day(day, None)
        refuse_unknown_units(agreement, masters)
        with self._store.transaction():
            self._require_new_agreement(agreement)
            self._require_meeting(agreement)
            self._keep_agreement(agreement)
        return agreement

    def follow_up_agreement(self, agreement: str, step: AgreementStep) -> Agreement:
        """Take one step in an agreement of the actor's municipality; its whole history stays.

        The step is the actor's, whatever ``by`` says. NotFoundError for an agreement that the municipality does not
        have; NotAllowedError for one that is closed.
        """
        self._require(Permission.RECORD_DIALOGUE)
        self._event_day(step.on, None)
        with self._store.transaction():
            found = self.agreement(agreement, self._own_municipality())
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
        if open_on is not None:
            plain_day(open_on, "open_on")
        town = None if municipality is None else MunicipalityCode(str(municipality))
        if organisation is not None:
            found = self._records.agreements_of(self._number(organisation))
        else:
            where = {} if town is None else {"municipality": str(town)}
            found = tuple(entry.value for entry in self._records.agreements.find(**where))
        shown = (each for each in found if town in (None, each.municipality) and self._is_party(each))
        kept = (each for each in shown if open_on is None or each.is_open_on(open_on))
        return tuple(sorted(kept, key=lambda each: (each.concluded_on, each.municipality, each.id)))

    def agreement(self, agreement: str, municipality: MunicipalityCode | str | None = None) -> Agreement:
        """One agreement with its history; of several with the id the own one, or that of the municipality named.

        NotFoundError where there is none that the actor may read.
        """
        found = self._by_id(self._records.agreements, agreement, municipality, self._is_party)
        if found is None:
            raise NotFoundError(
                Text(f"Der er ingen aftale {agreement}.", f"There is no agreement {agreement}."),
                Text("Brug id'et, som aftalerne er vist med.", "Use the id that the agreements are shown with."),
                agreement=agreement,
            )
        return found

    def agreement_step(self, agreement: Agreement) -> Text:
        """What the actor does next about an agreement, in words."""
        return agreement_step(agreement, self.actor.role, on=self.today)

    def _require_new_agreement(self, agreement: Agreement) -> None:
        """NotAllowedError for an id that is taken, InvalidValueError for an agreement that carries on none.

        An id is the municipality's. One that a party has of another municipality is refused too: the party's report
        answers agreements by their ids.
        """
        taken = self._records.agreements.get(own_key(agreement.municipality, agreement.id)) is not None
        for number in agreement.organisations:
            taken = taken or any(each.id == agreement.id for each in self._records.agreements_of(number))
        if taken:
            raise NotAllowedError(
                Text(
                    f"Aftale {agreement.id} findes allerede, hos kommunen eller hos en af parterne fra før.",
                    f"Agreement {agreement.id} exists already, of the municipality or of a party from earlier.",
                ),
                Text(
                    "Vælg et andet id, eller følg op på den, der er.",
                    "Choose another id, or follow up the one there is.",
                ),
                agreement=agreement.id,
            )
        if agreement.follows is None:
            return
        earlier = self._records.agreements.get(own_key(agreement.municipality, agreement.follows))
        if earlier is None or earlier.value.concluded_on > agreement.concluded_on:
            raise InvalidValueError(
                Text(
                    f"{agreement.id} viderefører {agreement.follows}, som kommunen ikke havde indgået den dag.",
                    f"{agreement.id} follows {agreement.follows}, which the municipality had not made by that day.",
                ),
                Text(
                    "Nævn en af kommunens egne tidligere aftaler.", "Name one of the municipality's earlier agreements."
                ),
                follows=agreement.follows,
            )

    def _require_meeting(self, agreement: Agreement) -> None:
        """InvalidValueError for a meeting that should be in the store and is not.

        A year before the first report or meeting kept of the parties is older than the store: nothing is known of it.
        """
        year = agreement.concluded_at
        if year is None:
            return
        met: set[ReportYear] = set()
        known: set[ReportYear] = set()
        for number in agreement.organisations:
            meetings = self._records.meetings_of(number)
            met |= {each.report_year for each in meetings if each.municipality == agreement.municipality}
            known |= {owner_in(each.key)[1] for each in self._records.sendings.records(organisation=str(number))}
        if year not in met and year >= min(met | known, default=year.next):
            raise InvalidValueError(
                Text(
                    f"Der er ikke registreret et dialogmøde for styringsår {year} med nogen af parterne.",
                    f"No dialogue meeting of report year {year} with any of the parties is recorded.",
                ),
                Text(
                    "Registrér mødet først, eller udelad concluded_at, hvis den ikke er indgået på et møde.",
                    "Record the meeting first, or leave concluded_at out if it was made at none.",
                ),
                value=int(year),
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
