"""Notices: what falls due by a municipality's plan, handed to a notifier, each at most once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from attrs import evolve

from almenstyring.application.notice_facts import NoticeFacts, homes, leads
from almenstyring.application.notice_run import Addresses, NoticeRun, OnFailure, keep
from almenstyring.application.reading import Reading
from almenstyring.domain.access import Permission, Role
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import InvalidValueError, NotAllowedError, NotFoundError
from almenstyring.domain.notices import (
    Notice,
    NoticeDelivery,
    NoticePlan,
    NoticeRole,
    NoticeState,
    YearDay,
    default_plan,
    due_notices,
    nothing_open,
    reminder_id,
)
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values import MunicipalityCode
from almenstyring.domain.values.faults import known_language
from almenstyring.ports import Notifier

_ONE_DAY = timedelta(days=1)


class NoticesSide(Reading):
    """The use cases around notices: the plan is the municipality's, and the operator may run it for all."""

    def notice_plan(self, municipality: MunicipalityCode | str | None = None) -> NoticePlan:
        """The plan in force: the one kept, or the project's own default, which would begin today.

        An operator names the municipality; InvalidValueError otherwise.
        """
        if municipality is None and self.actor.municipality is None:
            raise InvalidValueError(
                Text("En plan hører til én kommune.", "A plan belongs to one municipality."),
                Text("Angiv kommunens kode.", "Name the municipality's code."),
            )
        return self._plan(self._noticed(municipality)[0])

    def set_notice_plan(  # noqa: PLR0913 - what a plan says
        self,
        *,
        before: Iterable[int] | None = None,
        on_the_day: bool | None = None,
        after: Iterable[int] | None = None,
        recipients: Iterable[NoticeRole | str] | None = None,
        open_items: Iterable[YearDay | str] | None = None,
        begins: date | None = None,
    ) -> NoticePlan:
        """Change what is given of the municipality's own plan and keep the rest; earlier plans stay in the history."""
        self._require(Permission.SEND_NOTICES)
        if self.actor.municipality is None:
            raise self._not_allowed(Permission.SEND_NOTICES)
        given = {
            "before": before,
            "on_the_day": on_the_day,
            "after": after,
            "recipients": recipients,
            "open_items": open_items,
            "begins": begins,
        }
        changes = {name: value for name, value in given.items() if value is not None}
        with self._store.transaction():
            return self._keep_plan(evolve(self._plan(self.actor.municipality), **changes))  # type: ignore[arg-type]

    def pending_notices(
        self,
        on: date | None = None,
        *,
        year: ReportYear | None = None,
        municipality: MunicipalityCode | str | None = None,
    ) -> tuple[Notice, ...]:
        """The notices that a run on the day would send: due since the plan began, neither delivered nor uncertain.

        A municipality sees its own; the operator everybody's, or one municipality's. With a year only the deadlines of
        that report year, without the reminder of open items, which is about all years.
        """
        plans = [self._plan(code) for code in self._noticed(municipality)]
        return tuple(notice for plan in plans for notice in self._pending(plan, on or self.today, year))

    def send_notices(  # noqa: PLR0913 - to whom, how, and which
        self,
        notifier: Notifier | str,
        addresses: Addresses,
        *,
        year: ReportYear | None = None,
        municipality: MunicipalityCode | str | None = None,
        language: Language = "da",
        on_failure: OnFailure | None = None,
    ) -> tuple[NoticeDelivery, ...]:
        """Hand today's pending notices to a notifier, or to the one an address names ("smtp:…"); what came of each.

        ``addresses`` gives an address by the receiver's code, or is a function of the notice; none is ever stored. Each
        notice is claimed in the store before it is handed over, so that none is sent twice, not even by two runs at
        once. What surely failed is tried again by the next run, as long as nothing newer is due about the same
        deadline. After three in a row that could not be reached the run stops. Only the code of a failure is kept;
        ``on_failure`` is told the whole error of each, with what to do.
        """
        day, said = self.today, known_language(language)
        plans = [self._begun(code) for code in self._noticed(municipality)]
        if year is None:
            for plan in plans:
                self._pass_over_empty_reminder(plan, day)
        pending = [notice for plan in plans for notice in self._pending(plan, day, year)]
        with self._open_notifier(notifier) as opened:
            run = NoticeRun(
                records=self._records,
                actor=self.actor.id,
                now=self._now,
                on=day,
                notifier=opened,
                addresses=addresses,
                language=said,
                on_failure=on_failure,
            )
            return tuple(run.send(pending))

    def sent_notices(
        self, *, year: ReportYear | None = None, municipality: MunicipalityCode | str | None = None
    ) -> tuple[NoticeDelivery, ...]:
        """What became of the notices so far, in the order they fell due; one that may have been sent is "uncertain"."""
        codes = self._noticed(municipality)
        found = [entry.value for code in codes for entry in self._records.notices.find(municipality=str(code))]
        chosen = [each for each in found if year in (None, each.report_year)]
        return tuple(sorted(chosen, key=lambda each: (each.fell_due, each.id)))

    def settle_notice(self, notice: str, *, delivered: bool) -> NoticeDelivery:
        """Enter what a person found out about an uncertain notice, say in the mail server's log.

        One that never arrived is tried again by the next run, if it is still due. NotFoundError for a notice that is
        not the actor's; NotAllowedError for one whose outcome is known or that a run may be sending now.
        """
        self._require(Permission.SEND_NOTICES)
        with self._store.transaction():
            entry = self._records.notices.get(notice)
            if entry is None or self.actor.municipality not in (None, entry.value.municipality):
                raise NotFoundError(
                    Text(f"Der er intet varsel {notice}.", f"There is no notice {notice}."),
                    Text("Brug id'et, som varslerne er vist med.", "Use the id that the notices are shown with."),
                    notice=notice,
                )
            settled = entry.value.settled(delivered=delivered, on=self.today)
            return keep(self._records, settled, self.actor.id, self._now())

    def _pending(self, plan: NoticePlan, on: date, year: ReportYear | None) -> Iterator[Notice]:
        facts, since = self._facts(plan, on, year), plan.begins - _ONE_DAY
        reminder = plan.latest_reminder(since, on) if year is None else None
        awaits_reminder = reminder is not None and not self._is_done(reminder_id(plan.municipality, reminder))
        open_items = facts.open_items() if awaits_reminder else ()
        for notice in due_notices(plan, since=since, on=on, reports=facts.awaited_reports(), open_items=open_items):
            if not self._is_done(notice.id):
                yield notice

    def _is_done(self, notice_id: str) -> bool:
        entry = self._records.notices.get(notice_id)
        return entry is not None and entry.value.state is not NoticeState.FAILED

    def _pass_over_empty_reminder(self, plan: NoticePlan, on: date) -> None:
        """Where nothing is open when the day of the reminder has come, there is none until the next such day."""
        day = plan.latest_reminder(plan.begins - _ONE_DAY, on)
        if day is None or self._is_done(reminder_id(plan.municipality, day)):
            return
        if next(self._facts(plan, on, None).open_items(), None) is None:
            with self._store.transaction():
                if not self._is_done(reminder_id(plan.municipality, day)):
                    keep(self._records, nothing_open(plan, day, on), self.actor.id, self._now())

    def _facts(self, plan: NoticePlan, on: date, year: ReportYear | None) -> NoticeFacts:
        masters = tuple(
            master for master in self._records.concerned(plan.municipality) if leads(master, plan.municipality, on)
        )
        return NoticeFacts(records=self._records, municipality=plan.municipality, masters=masters, on=on, year=year)

    def _noticed(self, municipality: MunicipalityCode | str | None) -> tuple[MunicipalityCode, ...]:
        """Whose notices are meant: a municipality's own; for the operator the one named or all that lead a dialogue."""
        self._require(Permission.SEND_NOTICES)
        wanted = MunicipalityCode(municipality) if isinstance(municipality, str) else municipality
        own = self.actor.municipality
        if self.actor.role is Role.MUNICIPALITY and own is not None:
            if wanted not in (None, own):
                raise NotAllowedError(
                    Text("En kommune ser og sender kun sine egne varsler.", "A municipality has only its own notices."),
                    municipality=str(wanted),
                )
            return (own,)
        if wanted is None:
            return homes(self.register(), self.today)
        self._guard_mode(wanted)
        return (wanted,)

    def _plan(self, municipality: MunicipalityCode) -> NoticePlan:
        entry = self._records.notice_plans.get(str(municipality))
        return entry.value if entry else default_plan(municipality, self.today)

    def _begun(self, municipality: MunicipalityCode) -> NoticePlan:
        """The municipality's plan; the first run keeps the default, so that it begins on that day."""
        with self._store.transaction():
            entry = self._records.notice_plans.get(str(municipality))
            return entry.value if entry else self._keep_plan(default_plan(municipality, self.today))

    def _keep_plan(self, plan: NoticePlan) -> NoticePlan:
        kept = evolve(plan, set_by=self.actor.id, set_on=self.today)
        key = str(plan.municipality)
        self._keep(self._records.notice_plans, key, kept, {"municipality": key})
        return kept

    @contextmanager
    def _open_notifier(self, notifier: Notifier | str) -> Iterator[Notifier]:
        """The notifier given, which stays the caller's, or one that is opened by its address and closed again."""
        if not isinstance(notifier, str):
            yield notifier
            return
        name, _, place = notifier.partition(":")
        opened = self.registry.notifier(name).open(place)
        try:
            yield opened
        finally:
            opened.close()
