"""What a municipality does: set deadlines, follow status, review, return, and keep the dialogue's records."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from almenstyring.application.deliveries import deliveries
from almenstyring.application.reading import Reading
from almenstyring.application.records import by_year, year_key
from almenstyring.application.status import StatusRow, concerns, status_rows
from almenstyring.domain.access import Permission, Role
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue import DialogueMeeting, Statement
from almenstyring.domain.errors import NotAllowedError, NotFoundError
from almenstyring.domain.organisations import MasterData
from almenstyring.domain.reporting import Deadline, DocumentationPackage, Extension, PackageReturn
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode


class MunicipalitySide(Reading):
    """The use cases of the supervising municipality."""

    def set_deadline(self, organisation: LbfNumber | str, year: ReportYear, due: date) -> Deadline:
        """Set the deadline of one organisation's report (DB § 112, stk. 3); setting it again keeps the history."""
        master = self.master_data(organisation)
        self._require(Permission.SET_DEADLINE, master)
        deadline = Deadline(
            organisation=master.number,
            report_year=year,
            municipality=self._own_municipality(),
            due=due,
            set_by=self.actor.id,
            set_on=self.today,
        )
        return self._keep_deadline(deadline)

    def extend_deadline(self, organisation: LbfNumber | str, year: ReportYear, *, until: date, reason: str) -> Deadline:
        """Grant one organisation a later date, with a reason; the dates of DB § 74 cannot be extended by anyone."""
        master = self.master_data(organisation)
        self._require(Permission.SET_DEADLINE, master)
        entry = self._records.deadlines.get(year_key(master.number, year))
        if entry is None:
            raise NotFoundError(
                Text(f"{master.number} har ingen frist for {year}.", f"{master.number} has no deadline for {year}."),
                Text("Sæt fristen først.", "Set the deadline first."),
            )
        extension = Extension(until=until, granted_by=self.actor.id, granted_on=self.today, reason=reason)
        return self._keep_deadline(entry.value.extended(extension))

    def review(self, organisation: LbfNumber | str, year: ReportYear) -> DocumentationPackage:
        """Begin the review of a sent package."""
        package = self._municipal(organisation, year, Permission.REVIEW_PACKAGE)
        return self._moved(package.under_review())

    def return_package(
        self, organisation: LbfNumber | str, year: ReportYear, *, reason: str, on: date | None = None
    ) -> DocumentationPackage:
        """Return a sent package to the organisation with a reason; it can then be edited and sent again."""
        package = self._municipal(organisation, year, Permission.RETURN_PACKAGE)
        day = self._event_day(on, package.sendings[-1].on if package.sendings else None)
        return self._moved(package.returned(PackageReturn(on=day, by=self.actor.id, reason=reason)))

    def record_meeting(self, meeting: DialogueMeeting) -> None:
        """Keep the record of a dialogue meeting held; it is owed even when no report came (DB § 112, stk. 1)."""
        self._require(Permission.RECORD_DIALOGUE, self.master_data(meeting.organisation))
        self._require_own(meeting.municipality)
        key = year_key(meeting.organisation, meeting.report_year)
        self._keep(self._records.meetings, key, meeting, by_year(meeting.organisation, meeting.report_year))

    def record_statement(self, statement: Statement) -> None:
        """Keep a statement in its present state; it may cover one or several organisations (DB § 112, stk. 7)."""
        for number in statement.organisations:
            self._require(Permission.RECORD_DIALOGUE, self.master_data(number))
        self._require_own(statement.municipality)
        covered = sorted(map(str, statement.organisations))
        key = "/".join([str(statement.municipality), str(statement.report_year), *covered])
        self._keep(
            self._records.statements,
            key,
            statement,
            {"municipality": str(statement.municipality), "year": int(statement.report_year)},
        )

    def status(
        self, *, year: ReportYear, municipality: MunicipalityCode | str | None = None, on: date | None = None
    ) -> tuple[StatusRow, ...]:
        """Per owed element: opened, sent, on time or late by days, returned, under review; or why not owed.

        A municipality sees what is owed to it; an organisation its own and administered ones; the
        operator everything.
        """
        day = on or self.today
        wanted = MunicipalityCode(municipality) if isinstance(municipality, str) else municipality
        if self.actor.role is Role.MUNICIPALITY and wanted not in (None, self.actor.municipality):
            raise NotAllowedError(
                Text("En kommune ser kun sin egen status.", "A municipality sees only its own status."),
                municipality=str(wanted),
            )
        wanted = wanted or self.actor.municipality
        masters = [m for m in self.register() if self._follows(m, year, wanted)]
        found = deliveries(self._records, [m.number for m in masters], year)
        return tuple(status_rows(masters, found, year, day, wanted))

    def _follows(self, master: MasterData, year: ReportYear, municipality: MunicipalityCode | None) -> bool:
        if self.actor.role is Role.ORGANISATION and not self._stands_for(master, self.today):
            return False
        return municipality is None or concerns(master, year, municipality)

    def _keep_deadline(self, deadline: Deadline) -> Deadline:
        key = year_key(deadline.organisation, deadline.report_year)
        self._keep(self._records.deadlines, key, deadline, by_year(deadline.organisation, deadline.report_year))
        return deadline

    def _require_own(self, municipality: MunicipalityCode) -> None:
        """A record of the dialogue is kept by the municipality whose it is."""
        if municipality != self.actor.municipality:
            raise NotAllowedError(
                Text(
                    f"{self.actor.municipality} kan ikke registrere for kommune {municipality}.",
                    f"{self.actor.municipality} cannot keep records for municipality {municipality}.",
                ),
                Text("Brug kommunens egen kode.", "Use the municipality's own code."),
                municipality=str(municipality),
            )

    def _own_municipality(self) -> MunicipalityCode:
        assert self.actor.municipality is not None  # the role was checked
        return self.actor.municipality

    def _municipal(
        self, organisation: LbfNumber | str, year: ReportYear, permission: Permission
    ) -> DocumentationPackage:
        master = self.master_data(organisation)
        self._require(permission, master)
        return self._load(master.number, year)

    def _moved(self, package: DocumentationPackage) -> DocumentationPackage:
        stored = self._store_package(package, package.revision)
        self._tell(stored, self.today)
        return evolve(stored, editor="")
