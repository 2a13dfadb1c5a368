"""The municipality's statement: its record from meetings and agreements, what it lacks, and its text."""

from __future__ import annotations

from collections.abc import Iterable

from almenstyring.application.held_meetings import held_in, municipalitys
from almenstyring.application.statement_keeping import StatementKeeping
from almenstyring.application.statement_text import Form, proposed_text, statement_text
from almenstyring.domain.access import Permission
from almenstyring.domain.agreements import FollowUp
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue import Statement
from almenstyring.domain.errors import NotFoundError
from almenstyring.domain.findings import CheckReport
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.rules.statements import StatementRecord, check_statement


class StatementsSide(StatementKeeping):
    """The use cases around the municipality's own statement (DB § 112, stk. 7)."""

    def draft_statement(
        self,
        year: ReportYear,
        organisations: Iterable[LbfNumber | str] | None = None,
        *,
        language: Language = "da",
    ) -> Statement:
        """A draft about the organisations, or about all that were met in the year, with its text and agreements.

        It is not kept yet: edit it, and keep it with ``record_statement``. NotFoundError where nobody was met.
        """
        self._require(Permission.RECORD_DIALOGUE)
        own = self._own_municipality()
        numbers = self._met(year) if organisations is None else [self._number(each) for each in organisations]
        if not numbers:
            raise NotFoundError(
                Text(f"Der er ingen møder at redegøre for i {year}.", f"There are no meetings to tell of in {year}."),
                Text("Registrér dialogmøderne først.", "Record the dialogue meetings first."),
                year=int(year),
            )
        bare = Statement(municipality=own, report_year=year, organisations=tuple(sorted(set(numbers))), text="")
        record = self._statement_record(bare)
        made = (agreement.id for number in bare.organisations for agreement in record.concluded_with(number))
        text = proposed_text(record, language=language, follow_ups=self._follow_ups(record))
        return Statement(
            municipality=own,
            report_year=year,
            organisations=bare.organisations,
            text=text,
            agreements=tuple(dict.fromkeys(made)),
        )

    def check_statement(self, statement: Statement) -> CheckReport:
        """What the statement still lacks by DB § 112, stk. 1, 2 and 7; nothing of it blocks."""
        record = self._statement_record(statement)
        return check_statement(statement, record.meetings, record.agreements, record.masters)

    def statement_text(  # noqa: PLR0913 - which statement, and in which dress
        self,
        municipality: MunicipalityCode | str,
        year: ReportYear,
        form: Form = "markdown",
        template: str | None = None,
        *,
        organisations: Iterable[LbfNumber | str] | None = None,
        language: Language = "da",
        proposal: bool = False,
    ) -> str:
        """The year's statement on a page, for the municipality itself: the text it has kept, with its heading facts.

        Where none is kept, or with ``proposal``, it is a proposal made from the records as they are now, and says so.
        Of several, ``organisations`` must say which: NotFoundError. What others read is the ``text`` of a published
        statement.
        """
        self._require(Permission.RECORD_DIALOGUE)
        own = MunicipalityCode(str(municipality))
        self._require_own(own)
        wanted = None if organisations is None else {self._number(each) for each in organisations}
        kept = [each for each in self.statements(year) if each.municipality == own]
        found = [each for each in kept if wanted in (None, set(each.organisations))]
        if len(found) > 1 and not proposal:
            raise _several(found)
        statement = found[0] if len(found) == 1 else None
        if statement is None:
            statement, proposal = self.draft_statement(year, wanted, language=language), True
        record = self._statement_record(statement)
        follow_ups = self._follow_ups(record)
        return statement_text(
            record, form, language=language, follow_ups=follow_ups, template=template, proposal=proposal
        )

    def _met(self, year: ReportYear) -> list[LbfNumber]:
        found = (entry.value for entry in self._records.meetings.find(year=int(year)))
        return [meeting.organisation for meeting in found if meeting.municipality == self.actor.municipality]

    def _statement_record(self, statement: Statement) -> StatementRecord:
        self._require(Permission.RECORD_DIALOGUE)
        self._require_own(statement.municipality)
        own, year = statement.municipality, statement.report_year
        found = (municipalitys(held_in(self._records, number, year), own) for number in statement.organisations)
        meetings = tuple(meeting for of_one in found for meeting in of_one)
        agreements = tuple(entry.value for entry in self._records.agreements.find(municipality=str(own)))
        return StatementRecord(
            statement=statement,
            meetings=meetings,
            agreements=agreements,
            masters=tuple(self.master_data(number) for number in statement.organisations),
        )

    def _follow_ups(self, record: StatementRecord) -> tuple[FollowUp, ...]:
        """What the reports of the year say, as they were last sent, of organisations that were met."""
        year = record.statement.report_year
        sent = (self._records.last_sent(number, year) for number in record.held)
        return tuple(given for entry in sent if entry for given in entry.value.follow_ups)


def _several(found: list[Statement]) -> NotFoundError:
    covered, year = "; ".join(", ".join(map(str, each.organisations)) for each in found), found[0].report_year
    return NotFoundError(
        Text(f"Der er flere redegørelser for {year}.", f"There are several statements for {year}."),
        Text(f"Vælg organisationerne i en af dem: {covered}.", f"Choose the organisations of one: {covered}."),
        year=int(year),
    )
