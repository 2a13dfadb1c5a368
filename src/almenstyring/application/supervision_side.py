"""What a municipality decides as supervising authority, and who may know of it."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from almenstyring.application.reading import Reading
from almenstyring.application.records import own_key
from almenstyring.domain.access import Permission, Role
from almenstyring.domain.errors import InvalidValueError, NotAllowedError, NotFoundError
from almenstyring.domain.next_steps import supervision_step
from almenstyring.domain.organisations import MasterData
from almenstyring.domain.supervision import (
    HomeInformed,
    SupervisoryAction,
    SupervisoryKind,
    SupervisoryStep,
    refuse_unfit_area,
)
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode


class SupervisionSide(Reading):
    """The use cases around supervision (DB §§ 110-126); nothing of it enters reports, minutes or statements.

    An action is read by the municipality that decided it, by the organisation and its administrator, by the operator,
    and by the home municipality once it was informed.
    """

    def record_supervision(self, action: SupervisoryAction) -> SupervisoryAction:
        """Keep a decision of the actor's municipality about an organisation or estate that it supervises (DB § 110).

        One decided earlier can be kept with what became of it, each step as it says by whom. NotAllowedError if the
        municipality does not supervise the unit on the day, or the id is taken; InvalidValueError for a day to come,
        for one that follows nothing decided before it, for word to a municipality that was not the home, and for a unit
        or housing area that the paragraph is not about.
        """
        self._require(Permission.SUPERVISE)
        for day in (action.decided_on, *(step.on for step in action.history)):
            self._event_day(day, None)
        master = self.master_data(action.organisation)
        self._require_competence(action, master)
        refuse_unfit_area(action, master)
        if action.home_informed:
            self._require_home(action.home_informed, master)
        with self._store.transaction():
            self._require_new(action)
            self._keep_supervision(action)
        return action

    def follow_up_supervision(self, action: str, step: SupervisoryStep) -> SupervisoryAction:
        """Note what became of an own action; its whole history stays. The step is the actor's, whatever ``by`` says.

        NotFoundError for an action that the municipality did not decide; NotAllowedError for one that is closed.
        """
        self._event_day(step.on, None)
        with self._store.transaction():
            return self._keep_supervision(self._own_action(action).followed_up(evolve(step, by=self.actor.id)))

    def inform_home_municipality(self, action: str, on: date | None = None) -> SupervisoryAction:
        """Note that the organisation's home municipality was told of an own action; from now on it reads it here too.

        Owed of measures under DB § 118, stk. 1, and possible of any. NotAllowedError where there is nobody else to tell
        or that was done; NotFoundError for an action that the municipality did not decide.
        """
        with self._store.transaction():
            own = self._own_action(action)
            day = self._event_day(on, own.decided_on)
            home = self._home(own)
            if home in (None, own.municipality):
                raise NotAllowedError(
                    Text("Der er ingen anden hjemstedskommune.", "There is no other home municipality."),
                    Text("Hjemstedskommunens egne skridt kender den.", "It knows what it decided itself."),
                    action=action,
                )
            return self._keep_supervision(own.informed(home, day, by=self.actor.id))

    def supervisory_actions(
        self, organisation: LbfNumber | str | None = None, *, open_only: bool = False
    ) -> tuple[SupervisoryAction, ...]:
        """The actions that the actor may read, in the order of their decisions; with ``open_only`` those still open.

        One whose home municipality is still to be informed is open too.
        """
        where = {} if organisation is None else {"organisation": str(self._number(organisation))}
        found = (entry.value for entry in self._records.supervision.find(**where))
        shown = (each for each in found if self._reads(each))
        kept = (each for each in shown if not open_only or each.status.is_open or self._owes_word(each))
        return tuple(sorted(kept, key=lambda each: (each.decided_on, each.municipality, each.id)))

    def supervisory_action(self, action: str, municipality: MunicipalityCode | str | None = None) -> SupervisoryAction:
        """One action with its history; of several with the id the own one, or that of the municipality named.

        NotFoundError where there is none that the actor may read.
        """
        found = self._by_id(self._records.supervision, action, municipality, self._reads)
        if found is None:
            raise _unknown(action)
        return found

    def supervision_step(self, action: SupervisoryAction) -> Text:
        """What the actor does next about an action, in words."""
        following = self._records.supervision.find(municipality=str(action.municipality), follows=action.id)
        return supervision_step(
            action,
            self.actor.role,
            is_own=action.municipality == self.actor.municipality,
            home=self._home(action),
            is_reported=any(each.value.kind is SupervisoryKind.REPORT_TO_AGENCY for each in following),
            on=self.today,
        )

    def _own_action(self, action: str) -> SupervisoryAction:
        self._require(Permission.SUPERVISE)
        entry = self._records.supervision.get(own_key(self._own_municipality(), action))
        if entry is None:
            raise _unknown(action)
        return entry.value

    def _require_competence(self, action: SupervisoryAction, master: MasterData) -> None:
        """NotAllowedError unless the actor's municipality is the action's, and supervises the unit on its day."""
        if action.kind.is_about_the_organisation and action.estate is not None:
            raise InvalidValueError(
                Text(
                    f"{action.kind.law} gælder boligorganisationens administration, ikke en afdelings.",
                    f"{action.kind.law} is about the organisation's administration, not an estate's.",
                ),
                Text(
                    "Udelad afdelingen; ABL § 165, stk. 3, kan gælde en afdeling.",
                    "Leave the estate out; ABL § 165, stk. 3, may be about an estate.",
                ),
                value=str(action.estate),
            )
        supervisors = master.supervisors_on(action.decided_on, action.estate)
        if action.municipality == self.actor.municipality and action.municipality in supervisors:
            return
        who = ", ".join(map(str, supervisors)) or "-"
        raise NotAllowedError(
            Text(
                f"Kommune {action.municipality} kan ikke her træffe afgørelse om {action.unit}.",
                f"Municipality {action.municipality} cannot decide about {action.unit} here.",
            ),
            Text(
                f"Organisationen har tilsyn af hjemstedskommunen og afdelingen af den, den ligger i (DB § 110): {who}.",
                f"The home municipality supervises the organisation, that of location the estate (DB § 110): {who}.",
            ),
            unit=str(action.unit),
        )

    def _require_new(self, action: SupervisoryAction) -> None:
        own = self._records.supervision
        if own.get(own_key(action.municipality, action.id)) is not None:
            raise NotAllowedError(
                Text(f"{action.id} findes allerede.", f"{action.id} exists already."),
                Text("Vælg et andet id, eller følg op på det.", "Choose another id, or follow it up."),
                action=action.id,
            )
        if action.follows is None:
            return
        earlier = own.get(own_key(action.municipality, action.follows))
        if earlier is None or earlier.value.organisation != action.organisation:
            raise InvalidValueError(
                Text(
                    f"{action.id} følger {action.follows}, som ikke findes om {action.organisation}.",
                    f"{action.id} follows {action.follows}, which does not exist about {action.organisation}.",
                ),
                Text("Nævn et af kommunens egne skridt.", "Name one of the municipality's own actions."),
                follows=action.follows,
            )
        if earlier.value.decided_on > action.decided_on:
            day = earlier.value.decided_on
            raise InvalidValueError(
                Text(
                    f"{action.id} kan ikke være afgjort før {action.follows}, som det følger ({day}).",
                    f"{action.id} cannot have been decided before {action.follows}, which it follows ({day}).",
                ),
                Text("Ret dagen, eller nævn et andet skridt.", "Correct the day, or name another action."),
                follows=action.follows,
            )

    def _require_home(self, told: HomeInformed, master: MasterData) -> None:
        """InvalidValueError unless it was the home municipality that was told: whoever was told reads the action."""
        self._event_day(told.on, None)
        home = master.home_municipality_on(told.on)
        if told.municipality != home:
            raise InvalidValueError(
                Text(
                    f"{told.municipality} var ikke hjemstedskommune den {told.on}.",
                    f"{told.municipality} was not the home municipality on {told.on}.",
                ),
                Text(f"Hjemstedskommunen var {home or '-'}.", f"The home municipality was {home or '-'}."),
                value=str(told.municipality),
            )

    def _home(self, action: SupervisoryAction) -> MunicipalityCode | None:
        return self.master_data(action.organisation).home_municipality_on(self.today)

    def _owes_word(self, action: SupervisoryAction) -> bool:
        return action.municipality == self.actor.municipality and action.must_inform(self._home(action))

    def _reads(self, action: SupervisoryAction) -> bool:
        match self.actor.role:
            case Role.ORGANISATION:
                return self._stands_for(self.master_data(action.organisation), self.today)
            case Role.MUNICIPALITY | Role.ADVISER:
                told = action.home_informed
                knows = {action.municipality, told.municipality if told else None}
                return self.actor.municipality in knows and self._is_mandated(action.organisation)
        return True

    def _keep_supervision(self, action: SupervisoryAction) -> SupervisoryAction:
        indexed = {"municipality": str(action.municipality), "organisation": str(action.organisation), "id": action.id}
        if action.follows:
            indexed["follows"] = action.follows
        self._keep(self._records.supervision, own_key(action.municipality, action.id), action, indexed)
        return action


def _unknown(action: str) -> NotFoundError:
    return NotFoundError(
        Text(f"Der er intet tilsynsskridt {action}.", f"There is no supervisory action {action}."),
        Text("Brug id'et, som de er vist med.", "Use the id that they are shown with."),
        action=action,
    )
