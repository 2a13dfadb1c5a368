"""What a municipality does about deadlines: set, change and extend them, for all, for some or for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from almenstyring.application.reading import Reading
from almenstyring.application.records import by_year, year_key
from almenstyring.domain.access import Permission
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import InvalidValueError, NotAllowedError, NotFoundError
from almenstyring.domain.organisations import MasterData
from almenstyring.domain.reporting import Deadline, DeadlineChange, Extension, deadline_changes
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber


class DeadlinesSide(Reading):
    """The use cases around the report's deadline (DB § 112, stk. 3). A deadline that has passed blocks nothing."""

    def set_deadline(
        self,
        organisation: LbfNumber | str,
        year: ReportYear,
        due: date,
        *,
        reason: str = "",
        withdraw_extensions: bool = False,
    ) -> Deadline:
        """Set the deadline of one organisation's report, as ``set_deadlines`` does."""
        return self.set_deadlines(year, due, [organisation], reason=reason, withdraw_extensions=withdraw_extensions)[0]

    def set_deadlines(
        self,
        year: ReportYear,
        due: date,
        organisations: Iterable[LbfNumber | str] | None = None,
        *,
        reason: str = "",
        withdraw_extensions: bool = False,
    ) -> tuple[Deadline, ...]:
        """Set the deadline of the organisations given, or of every one the municipality leads the dialogue with today.

        All or none. Setting it again keeps the history, and extensions that lie after the new date stand unless
        ``withdraw_extensions`` takes them back with a reason. What was sent stays judged by the deadline of its day.
        NotAllowedError for an organisation that owes no report, InvalidValueError for a day that is not of the year's.
        """
        self._require(Permission.SET_DEADLINE)
        _require_day(due, year)
        chosen = self._partners() if organisations is None else self._chosen(organisations)
        for master in chosen:
            _refuse_without_dialogue(master)

        def renewed(master: MasterData, before: Deadline | None) -> Deadline:
            new = Deadline(
                organisation=master.number,
                report_year=year,
                municipality=self._own_municipality(),
                due=due,
                set_by=self.actor.id,
                set_on=self.today,
                reason=reason,
            )
            return before.set_anew(new, withdraw=withdraw_extensions) if before else new

        return self._keep_deadlines(chosen, year, renewed)

    def extend_deadline(self, organisation: LbfNumber | str, year: ReportYear, *, until: date, reason: str) -> Deadline:
        """Grant one organisation a later date, with a reason; the dates of DB § 74 cannot be extended by anyone."""
        return self.extend_deadlines([organisation], year, until=until, reason=reason)[0]

    def extend_deadlines(
        self, organisations: Iterable[LbfNumber | str], year: ReportYear, *, until: date, reason: str
    ) -> tuple[Deadline, ...]:
        """Grant several organisations a later date, all or none; NotFoundError if one of them has no deadline."""
        self._require(Permission.SET_DEADLINE)
        _require_day(until, year)
        extension = Extension(until=until, granted_by=self.actor.id, granted_on=self.today, reason=reason)

        def extended(master: MasterData, before: Deadline | None) -> Deadline:
            if before is None:
                raise NotFoundError(
                    Text(
                        f"{master.number} har ingen frist for {year}.",
                        f"{master.number} has no deadline for {year}.",
                    ),
                    Text("Sæt fristen først.", "Set the deadline first."),
                    organisation=str(master.number),
                )
            return before.extended(extension)

        return self._keep_deadlines(self._chosen(organisations), year, extended)

    def deadline_history(self, organisation: LbfNumber | str, year: ReportYear) -> tuple[DeadlineChange, ...]:
        """Every change of a deadline, oldest first: set, changed, extended or withdrawn, when, by whom and why."""
        key = self._readable_key(organisation, year)
        records = self._records.deadlines.history(key)
        return deadline_changes(self._records.deadlines.entry(record).value for record in records)

    def _keep_deadlines(
        self,
        masters: Iterable[MasterData],
        year: ReportYear,
        change: Callable[[MasterData, Deadline | None], Deadline],
    ) -> tuple[Deadline, ...]:
        """Store what ``change`` makes of each deadline, all or none; one that stays as it is gets no revision."""
        kept = []
        with self._store.transaction():
            for master in masters:
                key = year_key(master.number, year)
                entry = self._records.deadlines.get(key)
                deadline = change(master, entry.value if entry else None)
                if entry is None or deadline != entry.value:
                    self._keep(self._records.deadlines, key, deadline, by_year(master.number, year))
                kept.append(deadline)
        return tuple(kept)

    def _partners(self) -> tuple[MasterData, ...]:
        """Those the municipality leads the dialogue with today."""
        return tuple(
            m
            for m in self._records.concerned(self._own_municipality())
            if self._stands_for(m, self.today) and _is_in_dialogue(m)
        )

    def _chosen(self, organisations: Iterable[LbfNumber | str]) -> tuple[MasterData, ...]:
        """The organisations named, each once; NotAllowedError for another municipality's."""
        masters = {master.number: master for master in map(self.master_data, organisations)}
        for master in masters.values():
            self._require(Permission.SET_DEADLINE, master)
        return tuple(masters.values())


def _is_in_dialogue(master: MasterData) -> bool:
    return master.organisation.kind.takes_part_in_dialogue and not master.organisation.other_authority


def _refuse_without_dialogue(master: MasterData) -> None:
    if not _is_in_dialogue(master):
        raise NotAllowedError(
            Text(
                f"{master.number} skylder ikke kommunen en styringsrapport.",
                f"{master.number} does not owe the municipality a report.",
            ),
            Text(
                "Kun almene organisationer under kommunens tilsyn fører styringsdialog med den (ABL §§ 164 og 169).",
                "Only organisations that the municipality supervises are in dialogue with it (ABL §§ 164 and 169).",
            ),
            organisation=str(master.number),
        )


def _require_day(day: date, year: ReportYear) -> None:
    """A year's first packages open in the year before (periods from 30 June); none is awaited for more than a year."""
    first, last = date(int(year) - 1, 7, 1), date(int(year) + 1, 12, 31)
    if type(day) is not date or not first <= day <= last:
        raise InvalidValueError(
            Text(f"{day} er ingen frist for styringsår {year}.", f"{day} is no deadline of report year {year}."),
            Text(
                f"Angiv fristen som date fra {first} til {last}, fx date({year}, 7, 1).",
                f"Give it as a date from {first} to {last}, e.g. date({year}, 7, 1).",
            ),
            value=str(day),
        )
