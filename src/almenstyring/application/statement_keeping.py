"""Keeping the municipality's statement: each step on its day, and corrections that are logged once it is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from attrs import evolve

from almenstyring.application.held_meetings import held_in, municipalitys
from almenstyring.application.publishing import Log, published_overlap, statement_entry, statement_key
from almenstyring.application.reading import Reading
from almenstyring.domain.access import Permission
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue import DialogueMeeting, Statement, StatementFiling, StatementStatus
from almenstyring.domain.dialogue.records import require_text, wrong_part
from almenstyring.domain.errors import ConflictError, InvalidValueError, NotAllowedError, NotFoundError
from almenstyring.domain.publication import CorrectedRecord, refuse_silent_correction, statement_differences
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber
from almenstyring.domain.values.faults import refusal
from almenstyring.domain.values.opaque import NEVER_A_NAME, is_opaque


class StatementKeeping(Reading):
    """How a statement is kept and corrected (DB § 112, stk. 7-8)."""

    def record_statement(self, statement: Statement) -> None:
        """Keep a statement in its present state; it may cover one or several organisations (DB § 112, stk. 7).

        The municipality keeps it that leads the dialogue with each of them, or led it on the day of a meeting of the
        report year. NotAllowedError if that would change what is published (use ``correct_statement``), and for one
        that is newly reported without the central system's receipt. InvalidValueError for a day after today, an
        approval before the meeting, a receipt from before the publication, and for an id that is no agreement with
        one of the organisations.
        """
        self._require(Permission.RECORD_DIALOGUE)
        self._require_own(statement.municipality)
        with self._store.transaction():
            entry = statement_entry(self._records, statement)
            before = entry.value if entry else None
            self._require_led(statement, before)
            for published in published_overlap(self._records, statement):
                refuse_silent_correction(published, statement)
            self._require_sound(statement, before)
            _take_last_step(statement, before)
            key = statement_key(self._records, statement)
            self._keep(self._records.statements, key, statement, _indexed(statement))

    def correct_statement(  # noqa: PLR0913 - what the public reads of a statement
        self,
        published: Statement,
        *,
        cause: str,
        text: str | None = None,
        organisations: Iterable[LbfNumber | str] | None = None,
        title: str | None = None,
        agreements: Iterable[str] | None = None,
        website: str | None = None,
        filing: StatementFiling | None = None,
        approved_by: str = "",
    ) -> Statement:
        """Correct a published statement: the new revision and the log of what was another are kept together.

        ``published`` is the statement as it is kept: ConflictError if somebody has changed it since it was read.
        ``cause`` is public; ``approved_by`` is an opaque id, the actor's own if left out. NotFoundError if there is
        no such statement; NotAllowedError if it is not published yet, or another published one covers an organisation
        already; InvalidValueError without a cause or where nothing differs, and as for ``record_statement``.
        """
        self._require(Permission.RECORD_DIALOGUE)
        self._require_own(published.municipality)
        if not is_opaque(approved_by or self.actor.id):
            raise wrong_part("approved_by", approved_by, NEVER_A_NAME)
        given: dict[str, Any] = {
            "text": text,
            "organisations": organisations,
            "title": title,
            "agreements": agreements,
            "website": website,
            "filing": filing,
        }
        with self._store.transaction():
            key, before = self._kept_statement(published)
            after = evolve(before, **{name: value for name, value in given.items() if value is not None})
            self._require_correctable(before, after)
            self._keep(self._records.statements, key, after, _indexed(after))
            Log(records=self._records, actor=self.actor.id, at=self._now()).add(
                statement_differences(before, after),
                record=CorrectedRecord.STATEMENT,
                municipality=after.municipality,
                organisations=tuple(dict.fromkeys((*before.organisations, *after.organisations))),
                report_year=after.report_year,
                cause=require_text("cause", cause),
                approved_by=approved_by or self.actor.id,
                on=self.today,
            )
        return after

    def _kept_statement(self, given: Statement) -> tuple[str, Statement]:
        """The statement with its key, if it is kept just as given."""
        entry = statement_entry(self._records, given)
        if entry is not None and entry.value == given:
            return entry.record.key, entry.value
        if entry is None and given not in self._once_kept(given):
            raise _no_such(given)
        raise ConflictError(
            Text("Redegørelsen er ændret, siden den blev hentet.", "The statement has changed since it was read."),
            Text("Hent den igen, og gentag rettelsen.", "Read it again and repeat the correction."),
            municipality=str(given.municipality),
            year=int(given.report_year),
        )

    def _once_kept(self, given: Statement) -> Iterator[Statement]:
        """Every revision of the municipality's statements of the year: a correction may have moved it to others."""
        kept = self._records.statements
        for record in kept.records(municipality=str(given.municipality), year=int(given.report_year)):
            yield from (kept.entry(each).value for each in kept.history(record.key))

    def _own_meetings(self, organisation: LbfNumber, year: ReportYear) -> tuple[DialogueMeeting, ...]:
        return municipalitys(held_in(self._records, organisation, year), self._own_municipality())

    def _require_led(self, statement: Statement, before: Statement | None) -> None:
        """The dialogue with each is the municipality's now, or was on the day of a meeting, or it has published it."""
        covered = before.organisations if before and before.published_on else ()
        for number in statement.organisations:
            master = self.master_data(number)
            days = [self.today, *(each.held_on for each in self._own_meetings(number, statement.report_year))]
            if number not in covered and not any(self._stands_for(master, day) for day in days):
                raise self._not_allowed(Permission.RECORD_DIALOGUE, number)

    def _require_sound(self, statement: Statement, before: Statement | None) -> None:
        """What is new in the statement can be: each named once, agreements that there are, days that were."""
        published = before if before and before.published_on else None
        same = published is not None and set(published.organisations) == set(statement.organisations)
        known = published.agreements if published and same else ()
        if not same and len(set(statement.organisations)) < len(statement.organisations):
            raise _twice(statement)
        theirs = (each for number in statement.organisations for each in self._records.agreements_of(number))
        made = {each.id for each in theirs if each.municipality == statement.municipality}
        for agreement in statement.agreements:
            if agreement not in known and agreement not in made:
                raise _no_agreement(agreement)
        self._require_days(statement, before)
        if statement.filing and not (before and before.filing == statement.filing):
            since = statement.published_on
            what = Text(f"offentliggørelsen {since}", f"the publication on {since}")
            self._require_between("filed_on", statement.filing.filed_on, since, what)

    def _require_days(self, statement: Statement, before: Statement | None) -> None:
        settled = before.dates if before else ()
        for step, day in enumerate(statement.dates):
            if settled[step : step + 1] != (day,):
                self._require_between("dates", day, None, Text("", ""))
        if not statement.dates:
            return
        has_approved = before is not None and settled[:1] == statement.dates[:1]
        new = set(statement.organisations) - set(before.organisations if before and has_approved else ())
        for number in sorted(new):
            held = [each.held_on for each in self._own_meetings(number, statement.report_year)]
            first = min(held, default=None)
            what = Text(f"mødet med {number} {first}", f"the meeting with {number} on {first}")
            self._require_between("dates", statement.dates[0], first, what)

    def _require_between(self, part: str, day: date, since: date | None, what: Text) -> None:
        if day > self.today:
            why = Text(f"den ligger efter i dag, {self.today}", f"it lies after today, {self.today}")
        elif since is not None and day < since:
            why = Text(f"den ligger før {what.da}", f"it lies before {what.en}")
        else:
            return
        raise InvalidValueError(
            Text(f"Dagen {day} kan ikke bruges: {why.da}.", f"The day {day} cannot be used: {why.en}."),
            Text(
                "Notér skridtet, når det er taget, med den rigtige dag.", "Record a step when it is taken, on its day."
            ),
            value=str(day),
            part=part,
        )

    def _require_correctable(self, before: Statement, after: Statement) -> None:
        self._require_led(after, before)
        if before.published_on is None:
            raise NotAllowedError(
                Text("Redegørelsen er ikke offentliggjort.", "The statement has not been published."),
                Text("Gem den rettede kladde i stedet.", "Change it with record_statement."),
                status=before.status.value,
            )
        if any(
            set(other.organisations) != set(before.organisations) for other in published_overlap(self._records, after)
        ):
            raise NotAllowedError(
                Text(
                    "En anden offentliggjort redegørelse dækker allerede en af organisationerne.",
                    "Another published statement covers one of the organisations already.",
                ),
                Text("Ret den anden redegørelse først.", "Correct the other statement first."),
            )
        self._require_sound(after, before)
        if not statement_differences(before, after):
            raise InvalidValueError(
                Text("Rettelsen ændrer ikke noget.", "The correction changes nothing."),
                Text("Angiv det, der skal være anderledes.", "Give what shall be different."),
                value=None,
            )


def _take_last_step(statement: Statement, before: Statement | None) -> None:
    """A statement that is newly reported takes the last step again, with its demands."""
    was_reported = before is not None and before.status is StatementStatus.REPORTED
    if statement.status is StatementStatus.REPORTED and not was_reported:
        published = evolve(statement, status=StatementStatus.PUBLISHED, dates=statement.dates[:2], filing=None)
        published.advanced(statement.dates[2], filing=statement.filing)


def _indexed(statement: Statement) -> dict[str, str | int]:
    return {"municipality": str(statement.municipality), "year": int(statement.report_year)}


def _twice(statement: Statement) -> InvalidValueError:
    numbers = ", ".join(map(str, statement.organisations))
    return refusal(
        Text("En boligorganisation er nævnt to gange: {value}.", "An organisation is named twice: {value}."),
        Text("Nævn hver organisation én gang.", "Name each organisation once."),
        numbers,
        part="organisations",
    )


def _no_agreement(agreement: str) -> InvalidValueError:
    return refusal(
        Text(
            "{value} er ingen aftale mellem kommunen og en af redegørelsens organisationer.",
            "{value} is no agreement of the municipality with one of the statement's organisations.",
        ),
        Text("Brug id'et, som aftalen er indgået med.", "Use the id that the agreement was concluded with."),
        agreement,
        part="agreements",
    )


def _no_such(statement: Statement) -> NotFoundError:
    return NotFoundError(
        Text(
            f"Kommune {statement.municipality} har ingen redegørelse om de organisationer for {statement.report_year}.",
            f"Municipality {statement.municipality} has no statement about them for {statement.report_year}.",
        ),
        Text("Hent redegørelsen først.", "Fetch the statement first."),
    )
