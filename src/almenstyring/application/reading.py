"""What a workspace shows: packages, sendings, deadlines, receipts and attachments, to those who may see them."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from almenstyring.application.desk import Desk
from almenstyring.application.records import owner_in, owner_of, year_key
from almenstyring.domain.access import Permission
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue import Statement
from almenstyring.domain.errors import NotAllowedError, NotFoundError
from almenstyring.domain.next_steps import next_step
from almenstyring.domain.reporting import (
    Attachment,
    CentralReceipt,
    Change,
    CommentState,
    Deadline,
    DocumentationPackage,
    Review,
    changes,
)
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber
from almenstyring.ports import IndexValue, Record


class Reading(Desk):
    """The use cases that change nothing."""

    def packages(
        self, *, year: ReportYear | None = None, organisation: LbfNumber | str | None = None
    ) -> tuple[DocumentationPackage, ...]:
        """The packages the actor may see, by year and organisation.

        An organisation sees its own and those it administers as they are now; a municipality, and its adviser, sees
        what was last sent to it, never a draft; the operator sees everything as it is now.
        """
        where: dict[str, IndexValue] = {}
        if year is not None:
            where["year"] = int(year)
        if organisation is not None:
            where["organisation"] = str(self._number(organisation))
        municipal = self.actor.is_municipal
        kept = self._records.sendings if municipal else self._records.packages
        newest: dict[tuple[LbfNumber, ReportYear], Record] = {}
        for record in sorted(kept.records(**where), key=lambda record: record.sequence):
            newest[owner_in(record.key)] = record
        owners = sorted(newest, key=lambda owner: (owner[1], owner[0]))
        seen = [newest[owner] for owner in owners if self._may_read(*owner)]  # only these are worth decoding
        return tuple(
            evolve(kept.entry(record).value, revision=0 if municipal else record.revision, editor=self.actor.id)
            for record in seen
        )

    def sent_package(
        self, organisation: LbfNumber | str, year: ReportYear, number: int | None = None
    ) -> DocumentationPackage:
        """A package exactly as it was sent: the last sending, or the one asked for."""
        wanted = self.master_data(organisation).number
        if number is None:
            entry = self._records.last_sent(wanted, year)
            what = Text("pakken", "the package")
        else:
            entry = self._records.sendings.get(year_key(wanted, year, number))
            what = Text(f"fremsendelse {number}", f"sending {number}")
        if entry is None or not self._may_read(wanted, year):
            raise NotFoundError(
                Text(
                    f"{wanted} har ikke sendt dig {what.da} for {year}.",
                    f"{wanted} has not sent you {what.en} for {year}.",
                ),
                organisation=str(wanted),
                year=int(year),
            )
        return entry.value

    def review_of(self, organisation: LbfNumber | str, year: ReportYear) -> Review:
        """The home municipality's comments on a report with their states; to all others only those that were sent."""
        key_owner = self._number(organisation)
        self._readable_key(key_owner, year)
        review = self._records.review_of(key_owner, year)
        if self.actor.is_municipal and self._stands_for(self.master_data(key_owner), self.today):
            return review
        sent = tuple(entry for entry in review.entries if entry.state is not CommentState.DRAFT)
        return evolve(review, entries=sent)

    def changed_between(
        self, organisation: LbfNumber | str, year: ReportYear, first: int, second: int
    ) -> tuple[Change, ...]:
        """What two sendings of a report differ in; errors as for ``sent_package``."""
        return changes(self.sent_package(organisation, year, first), self.sent_package(organisation, year, second))

    def next_step(self, package: DocumentationPackage) -> Text:
        """What the actor's role does next with a package, in words."""
        return next_step(package, self.actor.role)

    def history(self, organisation: LbfNumber | str, year: ReportYear) -> tuple[Record, ...]:
        """Every stored revision of a package's draft: who, when, which state; oldest first."""
        master = self.master_data(organisation)
        if self.actor.is_municipal or not self._stands_for(master, self.today):
            raise NotAllowedError(
                Text("Kladder er organisationens egne.", "Drafts are the organisation's own."),
                organisation=str(master.number),
            )
        return self._records.packages.history(year_key(master.number, year))

    def statements(self, year: ReportYear) -> tuple[Statement, ...]:
        """The year's statements: a municipality's own, and to others those that are published by today.

        An adviser sees those about organisations that the mandate covers.
        """
        found = (entry.value for entry in self._records.statements.find(year=int(year)))
        own, today = self.actor.municipality, self.today
        seen = (s for s in found if s.municipality == own or (s.published_on or date.max) <= today)
        return tuple(s for s in seen if self._is_mandated(*s.organisations))

    def deadline(self, organisation: LbfNumber | str, year: ReportYear) -> Deadline | None:
        """The deadline of one organisation's report with its extensions, or None."""
        entry = self._records.deadlines.get(self._readable_key(organisation, year))
        return entry.value if entry else None

    def central_receipt(
        self, organisation: LbfNumber | str, year: ReportYear, sending: int = 1
    ) -> CentralReceipt | None:
        """The central system's receipt kept beside a sending, or None."""
        entry = self._records.central_receipts.get(f"{self._readable_key(organisation, year)}/{sending}")
        return entry.value if entry else None

    def attachment(self, package: DocumentationPackage, name: str) -> bytes:
        """The content of one of the package's attachments; a municipality gets what was sent to it."""
        listed = next((a for a in package.attachments if a.name == name), None)
        content = None
        if listed and self._may_open(package, listed):
            content = self._records.attachment(package.organisation, listed.sha256)
        if content is None:
            raise NotFoundError(
                Text(f"Bilaget {name} findes ikke.", f"There is no attachment {name}."),
                name=name,
            )
        return content

    def _may_open(self, package: DocumentationPackage, listed: Attachment) -> bool:
        if not self.actor.is_municipal:
            return self._stands_for(self.master_data(package.organisation), self.today)
        if not self._may_read(*owner_of(package)):
            return False
        sent = self._records.sent(*owner_of(package))
        return any(listed.sha256 == each.sha256 for entry in sent for each in entry.value.attachments)

    def _readable_key(self, organisation: LbfNumber | str, year: ReportYear) -> str:
        number = self._number(organisation)
        if not self._may_read(number, year):
            raise self._not_allowed(Permission.READ_PACKAGE, number)
        return year_key(number, year)
