"""What a workspace shows: packages, sendings, deadlines, receipts and attachments, to those who may see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from attrs import evolve

from almenstyring.application.deliveries import progress_of
from almenstyring.application.desk import Desk
from almenstyring.application.records import owner_in, owner_of, year_key
from almenstyring.application.repository import Repository
from almenstyring.domain.access import Permission, Role
from almenstyring.domain.agreements import Agreement
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue import Statement
from almenstyring.domain.errors import NotAllowedError, NotFoundError
from almenstyring.domain.next_steps import DialogueRelation, next_step, with_requests
from almenstyring.domain.organisations import MasterData
from almenstyring.domain.reporting import (
    Attachment,
    CentralReceipt,
    Change,
    Deadline,
    DocumentationPackage,
    OpeningRequest,
    Review,
    changes,
)
from almenstyring.domain.supervision import SupervisoryAction
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.ports import IndexValue, Record

Own = TypeVar("Own", Agreement, SupervisoryAction)
"""What a municipality keeps under ids of its own."""


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
        found = ((kept.entry(record).value, 0 if municipal else record.revision) for record in seen)
        return tuple(
            evolve(self._as_came(package) if municipal else package, revision=revision, editor=self.actor.id)
            for package, revision in found
        )

    def _as_came(self, copy: DocumentationPackage) -> DocumentationPackage:
        """A copy as it was sent, with the note that its report had come before by another way, if there is one."""
        progress = progress_of(self._records, *owner_of(copy))
        if progress is None or not progress.sendings or progress.sendings[0].on == copy.first_sent:
            return copy
        first, *later = copy.sendings
        return evolve(copy, sendings=(evolve(first, arrival=self._load(*owner_of(copy)).sendings[0].arrival), *later))

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
        told = review.told_with(self._stored(key_owner, year))
        return evolve(told, requests=()) if self.actor.is_municipal else told

    def changed_between(
        self, organisation: LbfNumber | str, year: ReportYear, first: int, second: int
    ) -> tuple[Change, ...]:
        """What two sendings of a report differ in; errors as for ``sent_package``."""
        return changes(self.sent_package(organisation, year, first), self.sent_package(organisation, year, second))

    def next_step(self, package: DocumentationPackage) -> Text:
        """What the actor does next with a package as it is now, in words, whatever copy of it is given.

        It is the home municipality that leads the dialogue; one where only an estate lies has words of its own.
        """
        package, role = self._caught_up(package), self.actor.role
        known = self._records.register.get(str(package.organisation))
        if known is None or not self._may_read(*owner_of(package)):  # a document from outside
            return next_step(package, role)
        progress = progress_of(self._records, *owner_of(package))
        status, was_returned = (progress.status, bool(progress.returned)) if progress else (package.status, False)
        if not self.actor.is_municipal and status.is_editable and package.status.is_editable:
            status = package.status  # what is in hand is newer
        relation = self._relation_to(known.value)
        step = next_step(package, role, relation, status=status, was_returned=was_returned)
        if relation is DialogueRelation.HOME and role is Role.MUNICIPALITY:
            return with_requests(step, self._open_requests(*owner_of(package)))
        return step

    def _open_requests(self, organisation: LbfNumber, year: ReportYear) -> tuple[OpeningRequest, ...]:
        review = self._records.review_of(organisation, year)
        stored = self._stored(organisation, year) if review.requests else None
        return review.open_requests(stored) if stored else ()

    def _relation_to(self, master: MasterData) -> DialogueRelation:
        kind = master.organisation.kind
        if kind.is_public:
            return DialogueRelation.NOTHING_OWED
        if not kind.takes_part_in_dialogue:
            return DialogueRelation.NO_DIALOGUE
        leads = master.home_municipality_on(self.today) == self.actor.municipality
        is_other = self.actor.is_municipal and (master.organisation.other_authority or not leads)
        return DialogueRelation.LOCATION if is_other else DialogueRelation.HOME

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

    def _by_id(
        self,
        kept: Repository[Own],
        own_id: str,
        municipality: MunicipalityCode | str | None,
        reads: Callable[[Own], bool],
    ) -> Own | None:
        """What a municipality keeps under an id of its own: of several the actor's, or that of the one named."""
        where = {"id": own_id} if municipality is None else {"id": own_id, "municipality": str(municipality)}
        found = (entry.value for entry in kept.find(**where))
        in_order = sorted(found, key=lambda each: each.municipality != self.actor.municipality)
        return next(filter(reads, in_order), None)

    def _readable_key(self, organisation: LbfNumber | str, year: ReportYear) -> str:
        number = self._number(organisation)
        if not self._may_read(number, year):
            raise self._not_allowed(Permission.READ_PACKAGE, number)
        return year_key(number, year)
