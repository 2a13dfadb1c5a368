"""Following the dialogue: who has delivered what, over years, and which meetings are owed by which model of fora."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from attrs import evolve

from almenstyring.application.deliveries import deliveries
from almenstyring.application.known_fora import models_of
from almenstyring.application.overview import Overview, YearLine, year_line
from almenstyring.application.reading import Reading
from almenstyring.application.records import own_key
from almenstyring.application.status import StatusRow, concerns, status_rows
from almenstyring.content.fora import load_fora
from almenstyring.domain.access import Permission, Role
from almenstyring.domain.calendar import ReportYear, as_year
from almenstyring.domain.dialogue import (
    Adoption,
    Decision,
    DialogueMeeting,
    DialogueModel,
    DialogueModels,
    ForumMeeting,
    Obligation,
    Span,
    obligations,
)
from almenstyring.domain.errors import InvalidValueError, NotAllowedError, NotFoundError
from almenstyring.domain.locks import pilot_lock
from almenstyring.domain.organisations import Element, MasterData
from almenstyring.domain.text import Text
from almenstyring.domain.values import MunicipalityCode
from almenstyring.domain.values.faults import refusal

_DIALOGUE = (Element.DIALOGUE_MEETING, Element.STATEMENT)


class FollowingSide(Reading):
    """The use cases of whoever follows the dialogue: status, overview, fora and obligations."""

    def status(
        self, *, year: ReportYear | int, municipality: MunicipalityCode | str | None = None, on: date | None = None
    ) -> tuple[StatusRow, ...]:
        """Per owed element: opened, sent, on time or late by days, returned, under review; or why not owed.

        A municipality sees what is owed to it; an organisation its own and administered ones; the
        operator everything.
        """
        wanted = self._followed(municipality)
        of, day = as_year(year), on or self.today
        masters = [m for m in self._masters_of(wanted) if self._follows(m, of, wanted, day)]
        return tuple(self._status_rows(masters, of, day, wanted))

    def overview(
        self,
        years: Iterable[ReportYear | int],
        *,
        municipality: MunicipalityCode | str | None = None,
        on: date | None = None,
    ) -> Overview:
        """One line per organisation and year, with completeness and timeliness; who sees what is as for ``status``."""
        wanted, day = self._followed(municipality), on or self.today
        asked = _years(years)
        every = list(self._masters_of(wanted))
        lines = [line for year in asked for line in self._year_lines(every, year, day, wanted)]
        return Overview(municipality=wanted, on=day, lines=tuple(lines))

    def _year_lines(
        self, every: Iterable[MasterData], year: ReportYear, day: date, wanted: MunicipalityCode | None
    ) -> Iterator[YearLine]:
        masters = [master for master in every if self._follows(master, year, wanted, day)]
        for _, rows in groupby(self._status_rows(masters, year, day, wanted), key=lambda row: row.organisation):
            yield year_line(list(rows), year)

    def _status_rows(
        self, masters: list[MasterData], year: ReportYear, day: date, wanted: MunicipalityCode | None
    ) -> Iterator[StatusRow]:
        found = deliveries(self._records, [master.number for master in masters], year)
        pilot = self._records.pilot_of(year)
        unopened = (m for m in masters if m.number not in found or found[m.number].progress is None)
        closed = {m.number: cause.message for m in unopened for cause in pilot_lock(pilot, m.number, m, day)}
        for row in status_rows(masters, found, year, day, wanted):
            is_part = row.expectation.owed and row.expectation.element not in _DIALOGUE
            yield evolve(row, not_open=closed[row.organisation]) if is_part and row.organisation in closed else row

    def adopt_model(
        self, model: DialogueModel | str, *, since: date, decision: Decision | None = None
    ) -> DialogueModels:
        """Adopt a model of fora for the actor's municipality, from a day on; it holds until the next one.

        A text is the id of a reference model, such as "norddjurs_2022"; NotFoundError lists them. Adopting again from
        the same day replaces what was adopted by mistake, with its history kept; no other adoption is touched.
        """
        self._require(Permission.RECORD_DIALOGUE)
        own = self._own_municipality()
        _require_day(since)
        chosen = load_fora()[model] if isinstance(model, str) else model
        adopted = self.dialogue_models(own).adopted(own, chosen, since, decision)
        adoption = next(each for each in adopted.adoptions if each.since == since)
        self._keep_adoption(adoption)
        return adopted

    def _keep_adoption(self, adoption: Adoption) -> None:
        own = adoption.municipality
        self._keep(self._records.adoptions, own_key(own, adoption.since), adoption, {"municipality": str(own)})

    def withdraw_adoption(self, model: DialogueModel | str, since: date, *, reason: str = "") -> DialogueModels:
        """Take the adoption of a model from a day on back; the one before it holds again, and the history is kept.

        NotFoundError if there is none; NotAllowedError without a ``reason`` for one that has begun.
        """
        self._require(Permission.RECORD_DIALOGUE)
        own = self._own_municipality()
        wanted = model if isinstance(model, str) else model.id
        standing = self.dialogue_models(own).adoptions
        found = next((each for each in standing if (each.model.id, each.since) == (wanted, since)), None)
        if found is None:
            known = ", ".join(f"{each.model.id} ({each.since})" for each in standing) or "-"
            raise NotFoundError(
                Text(
                    f"{own} har ikke vedtaget {wanted} fra {since}.", f"{own} has not adopted {wanted} from {since} on."
                ),
                Text(f"Vedtaget er: {known}.", f"Adopted are: {known}."),
                model=wanted,
            )
        self._keep_adoption(found.withdrawn(self.today, reason))
        return self.dialogue_models(own)

    def dialogue_models(self, municipality: MunicipalityCode | str | None = None) -> DialogueModels:
        """What a municipality adopted, the actor's own if none is named; a council's decisions are public."""
        wanted = self._municipality_asked(municipality)
        return models_of(self._records, wanted)

    def obligations(
        self, period: Span, *, municipality: MunicipalityCode | str | None = None
    ) -> tuple[Obligation, ...]:
        """The meetings that a municipality owes in a period: held or missing today, or when the period ended.

        The statutory yearly meeting is owed whatever was adopted, and without a report (DB § 112, stk. 1). A
        municipality and the operator see all of them, an organisation its own and the joint ones.
        """
        _require_span(period)
        wanted = self._municipality_asked(municipality)
        if self.actor.is_municipal and wanted != self.actor.municipality:
            raise self._only_own()
        masters = list(self._records.concerned(wanted))
        found = obligations(
            wanted,
            period,
            self.dialogue_models(wanted),
            masters,
            self._meetings_of(wanted, masters),
            load_fora().terms,
            self.today,
        )
        if self.actor.role in (Role.MUNICIPALITY, Role.OPERATOR):
            return found
        own = {master.number for master in masters if self._stands_for(master, self.today)}
        return tuple(each for each in found if own and (each.organisation is None or each.organisation in own))

    def _meetings_of(
        self, municipality: MunicipalityCode, masters: Iterable[MasterData]
    ) -> Iterator[DialogueMeeting | ForumMeeting]:
        """The dialogue meetings of the organisations, and the municipality's meetings of other fora."""
        for master in masters:
            yield from self._records.meetings_of(master.number)
        yield from (entry.value for entry in self._records.forum_meetings.find(municipality=str(municipality)))

    def _municipality_asked(self, municipality: MunicipalityCode | str | None) -> MunicipalityCode:
        """The municipality named, or the actor's own; an organisation's is its home."""
        given = MunicipalityCode(municipality) if isinstance(municipality, str) else municipality
        own = self.actor.municipality
        if given is None and own is None and self.actor.organisation is not None:
            own = self.master_data(self.actor.organisation).home_municipality_on(self.today)
        wanted = given or own
        if wanted is None:
            raise NotAllowedError(
                Text("Sig, hvilken kommune det gælder.", "Say which municipality it is about."),
                Text('Angiv den, fx municipality="T01".', 'Name it, e.g. municipality="T01".'),
            )
        self._guard_mode(wanted)
        return wanted

    def _followed(self, municipality: MunicipalityCode | str | None) -> MunicipalityCode | None:
        wanted = MunicipalityCode(municipality) if isinstance(municipality, str) else municipality
        if self.actor.is_municipal and wanted not in (None, self.actor.municipality):
            raise self._only_own()
        return wanted or self.actor.municipality

    def _only_own(self) -> NotAllowedError:
        return NotAllowedError(
            Text("En kommune ser kun sin egen status.", "A municipality sees only its own status."),
            municipality=str(self.actor.municipality),
        )

    def _masters_of(self, municipality: MunicipalityCode | None) -> Iterable[MasterData]:
        return self.register() if municipality is None else self._records.concerned(municipality)

    def _follows(self, master: MasterData, year: ReportYear, municipality: MunicipalityCode | None, day: date) -> bool:
        if self.actor.role is Role.ORGANISATION and not self._stands_for(master, self.today):
            return False
        if not self._is_mandated(master.number):
            return False
        return municipality is None or concerns(master, year, municipality, day)


def _years(years: object) -> tuple[ReportYear, ...]:
    if not isinstance(years, Iterable) or isinstance(years, str):
        raise _wrong(years, Text("en række styringsår, fx [2025, 2026]", "a row of report years, e.g. [2025, 2026]"))
    return tuple(map(as_year, years))


def _require_span(period: object) -> None:
    if not isinstance(period, Span):
        raise _wrong(period, Text("et tidsrum, fx Span.years(2026, 2027)", "a span, e.g. Span.years(2026, 2027)"))


def _require_day(day: object) -> None:
    if type(day) is not date:
        raise _wrong(day, Text("en dag, fx date(2027, 1, 1)", "a day, e.g. date(2027, 1, 1)"))


def _wrong(value: object, what: Text) -> InvalidValueError:
    return refusal(
        Text("{value} er ikke {what}.", "{value} is not {what}."),
        Text("Giv {what}.", "Give {what}.").fill(what=what),
        value,
        what=what,
    )
