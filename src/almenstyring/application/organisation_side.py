"""What an organisation does: open the year's package, fill it in, check it, send it."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from almenstyring import codec
from almenstyring.application.checking import attachments_not_stored, check
from almenstyring.application.key_figures import with_key_figures
from almenstyring.application.opening import chosen_period, refuse_other_period
from almenstyring.application.prefilling import new_package, prefilled, with_agreements, with_computed, with_units_of
from almenstyring.application.publishing import Log, log_sending
from almenstyring.application.reading import Reading
from almenstyring.application.records import by_year, year_key
from almenstyring.application.submitting import NotSubmittableError, SubmitCheck, answered_by_confirmation
from almenstyring.domain.access import Permission, Role
from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.errors import NotAllowedError, NotFoundError
from almenstyring.domain.findings import CheckReport
from almenstyring.domain.locks import LockCause, pilot_lock, why_locked
from almenstyring.domain.organisations import MasterData
from almenstyring.domain.pilots import Pilot
from almenstyring.domain.reporting import (
    Action,
    CentralReceipt,
    DocumentationPackage,
    PackageStatus,
    Receipt,
    Sending,
    after,
    changes,
    timing,
)
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber


class OrganisationSide(Reading):
    """The use cases of an organisation and whoever administers it."""

    def open_package(
        self, organisation: LbfNumber | str, year: ReportYear, *, period: AccountingPeriod | None = None
    ) -> DocumentationPackage:
        """The organisation's package for the year: the stored one, or a new one, created and prefilled.

        A report year rests on one accounting period. Where two end in the same year (a short period
        was inserted) ``period`` must say which; InvalidValueError lists them. A package opens the
        day after the period's end; before that NotAllowedError, and for those outside a pilot of the year too. While
        it can be edited it holds the open agreements that its report must answer, as they are now.
        """
        master = self.master_data(organisation)
        self._require(Permission.OPEN_PACKAGE, master)
        stored = self._stored(master.number, year)
        if stored is not None:
            refuse_other_period(stored, period)
            return self._with_agreements(stored)
        self._refuse_outside_pilot(master, year)
        chosen = chosen_period(master, year, period)
        opens = chosen.opens.day
        if opens is not None and self.today < opens:
            raise NotAllowedError(
                Text(f"Pakken for {year} åbner først {opens}.", f"The package for {year} opens on {opens}."),
                chosen.opens.note,
                opens=str(opens),
            )
        package = new_package(master, year, chosen, self.standard(year), self.questionnaires())
        return self._store_package(self._filled(self._with_agreements(package)), 0)

    def _with_agreements(self, package: DocumentationPackage) -> DocumentationPackage:
        if not package.status.is_editable:
            return package
        return with_agreements(package, self._records.agreements_of(package.organisation), self.today)

    def _refuse_outside_pilot(self, master: MasterData, year: ReportYear) -> None:
        for cause in pilot_lock(self._records.pilot_of(year), master.number, master, self.today):
            raise NotAllowedError(
                cause.message,
                Text(
                    "Vent, til året er åbent for alle, eller bed driften om at tage organisationen med.",
                    "Wait until the year is open to all, or ask the operator to take the organisation in.",
                ),
                causes=(cause.code.value,),
                lifted_by=Role.OPERATOR.value,
                **cause.parameters,
            )

    def _pilot_before(self, package: DocumentationPackage) -> Pilot | None:
        """The year's pilot, if the package is not opened yet: what is open is never taken away."""
        key = year_key(package.organisation, package.report_year)
        return None if self._records.packages.record(key) else self._records.pilot_of(package.report_year)

    def prefill(self, package: DocumentationPackage) -> DocumentationPackage:
        """Bring the package up to date: sheets for units that are new in the register, and what the source knows now.

        Values and accounts that a person put in stay, and nothing is taken away; save the package afterwards.
        """
        master, year = self.master_data(package.organisation), package.report_year
        self._require(Permission.OPEN_PACKAGE, master)
        fresh = new_package(master, year, package.period, self.standard(year), self.questionnaires())
        return self._filled(self._with_agreements(with_units_of(fresh, package)))

    def _filled(self, package: DocumentationPackage) -> DocumentationPackage:
        with self._source() as found:
            if found is None:
                return package
            name, source = found
            standard = self.standard(package.report_year)
            compared = self._records.figures_until(package.organisation, package.report_year)
            return prefilled(package, standard, source, name, self._now(), compared=compared)

    def check(self, package: DocumentationPackage) -> CheckReport:
        """Every finding of every installed rule, with register, reference rows and history at hand.

        A document that is listed but was never stored with ``attach`` is found too.
        """
        package = self._caught_up(package)
        report = check(package, self._context(package), rules=self.rules)
        kept, owner = self._records.has_attachment, package.organisation
        lacking = [listed.name for listed in package.attachments if not kept(owner, listed.sha256)]
        return CheckReport((*report.findings, *attachments_not_stored(package, lacking)), report.settled)

    def why_locked(
        self, package: DocumentationPackage, *, action: Action = Action.EDIT, on: date | None = None
    ) -> tuple[LockCause, ...]:
        """Every cause for which this actor cannot edit or send the package; empty when open."""
        master = self.master_data(package.organisation)
        pilot = self._pilot_before(package)
        return why_locked(package, self.actor, on or self.today, action=action, master=master, pilot=pilot)

    def save(self, package: DocumentationPackage) -> DocumentationPackage:
        """Store the package as a draft and return it with its new revision; go on with that one.

        After a return with comments NotAllowedError names the places that were changed without having been opened.
        What the municipality opened or withdrew meanwhile is taken over, and is no conflict.

        Key figures that it was filled with are reckoned anew from what it holds now, and the agreements to answer
        are those that are open now, beside the ones that were answered.
        ConflictError if somebody else stored a newer revision (nothing is changed; load it and
        repeat); NotAllowedError with every cause if the stored package is locked, and where sendings, returns
        or the status were changed by hand.
        """
        stored = self._load(self._number(package.organisation), package.report_year)
        package = self._with_agreements(self._caught_up(package))
        if _same_document(stored, package):
            return stored
        self._refuse_locked(self.why_locked(stored))
        _refuse_rewritten(stored, package)
        _refuse_closed(stored, package)
        return self._store_package(self._reckoned(package), package.revision)

    def _reckoned(self, package: DocumentationPackage) -> DocumentationPackage:
        """The package with its key figures as they follow from it; one that was never given any gets none."""
        if not package.figures:
            return package
        standard = self.standard(package.report_year)
        return with_computed(with_key_figures(package, standard), standard)

    def attach(
        self, package: DocumentationPackage, name: str, content: bytes, media_type: str = "application/pdf"
    ) -> DocumentationPackage:
        """List a document in the package and keep its content under its hash; save the package afterwards."""
        self._require(Permission.EDIT_PACKAGE, self.master_data(package.organisation))
        changed = package.attach(name, content, media_type)
        self._records.keep_attachment(package.organisation, content, self.actor.id, self._now())
        return changed

    def check_submit(self, package: DocumentationPackage, *, on: date | None = None) -> SubmitCheck:
        """All that stands in the way of sending now; ``submit`` takes exactly this path."""
        return self._prepared(package, self._sending_day(package, on))[1]

    def submit(self, package: DocumentationPackage, *, on: date | None = None) -> Receipt:
        """Send the package to the municipality; a passed deadline never blocks it.

        It is sent on the day it is received here, which is what timeliness rests on. Any other day in ``on`` is
        refused with NotAllowedError: that the report came earlier by another way is noted with ``record_arrival``.

        A comment that is sent without an answer, but with a confirmation, has its reason as the reply. The sent
        package is kept for ever as it is, with the standard, the rules' versions and the organisation's master data of
        that moment. NotSubmittableError carries what
        ``check_submit`` says; ConflictError if a newer revision is stored; nothing is changed then.
        """
        day = self._sending_day(package, on)
        ready, verdict = self._prepared(package, day)
        if not verdict.ok:
            raise NotSubmittableError(verdict)
        with self._store.transaction():
            sent, record_hash = self._send(ready, day, verdict.findings)
            head = self._store.head()
        self._tell(sent, day)
        due = sent.due(sent.sendings[-1].due)
        return Receipt(
            organisation=sent.organisation,
            report_year=sent.report_year,
            number=len(sent.sendings),
            sent_on=day,
            timing=timing(due, sent.first_sent, day),
            record_hash=record_hash,
            head=head,
        )

    def record_central_receipt(self, receipt: CentralReceipt) -> None:
        """Keep the central system's receipt of the statutory filing beside a sending (DB § 112, stk. 6)."""
        master = self.master_data(receipt.organisation)
        self._require(Permission.RECORD_CENTRAL_RECEIPT, master)
        key = year_key(receipt.organisation, receipt.report_year, receipt.sending)
        if self._records.sendings.record(key) is None:
            raise NotFoundError(
                Text(f"Der er ingen fremsendelse {key}.", f"There is no sending {key}."),
                key=key,
            )
        recorded = evolve(receipt, recorded_by=self.actor.id)
        self._keep(self._records.central_receipts, key, recorded, by_year(receipt.organisation, receipt.report_year))

    def _sending_day(self, package: DocumentationPackage, on: date | None) -> date:
        day = self._event_day(on, package.returns[-1].on if package.returns else None)
        if day != self.today:
            raise NotAllowedError(
                Text(
                    f"Pakken sendes den dag, den modtages her, {self.today}; ikke {day}.",
                    f"The package is sent on the day it is received here, {self.today}; not {day}.",
                ),
                Text(
                    "Kommunen eller driften kan notere, at rapporten kom tidligere ad anden vej.",
                    "The municipality or the operator can note that the report came earlier by another way.",
                ),
                value=str(day),
            )
        return day

    def _prepared(self, package: DocumentationPackage, day: date) -> tuple[DocumentationPackage, SubmitCheck]:
        """The package as it would be sent, with today's master data and agreements, and the verdict on it."""
        master = self.master_data(package.organisation)
        ready = self._reckoned(evolve(self._with_agreements(self._caught_up(package)), master_data=master))
        pilot = self._pilot_before(package)
        locks = why_locked(ready, self.actor, day, action=Action.SEND, master=master, pilot=pilot)
        return ready, SubmitCheck(self.check(ready), locks)

    def _send(self, package: DocumentationPackage, day: date, report: CheckReport) -> tuple[DocumentationPackage, str]:
        stored = self._load(package.organisation, package.report_year)
        self._refuse_locked(self.why_locked(stored))
        _refuse_rewritten(stored, package)
        _refuse_closed(stored, package)
        sent = answered_by_confirmation(package, report).sent(self._sending(package, day))
        earlier = self._records.last_sent(sent.organisation, sent.report_year)
        base = stored.revision if _same_but_renewed(stored, package) else package.revision
        sent = self._store_package(sent, base)
        record = self._records.sendings.put(
            year_key(sent.organisation, sent.report_year, len(sent.sendings)),
            sent,
            expected_revision=0,
            actor=self.actor.id,
            at=self._now(),
            indexed=by_year(sent.organisation, sent.report_year),
        )
        review = self._records.review_of(sent.organisation, sent.report_year)
        if review.entries:
            owner = (sent.organisation, sent.report_year)
            self._keep(self._records.reviews, year_key(*owner), review.after_sending(sent), by_year(*owner))
        log = Log(records=self._records, actor=self.actor.id, at=self._now())
        master = self.master_data(sent.organisation)
        log_sending(log, earlier.value if earlier else None, sent, master, self.registry.charts())
        return sent, record.hash

    def _sending(self, package: DocumentationPackage, day: date) -> Sending:
        standard = self.standard(package.report_year)
        deadline = self._records.deadlines.get(year_key(package.organisation, package.report_year))
        return Sending(
            number=len(package.sendings) + 1,
            on=day,
            at=self._now(),
            by=self.actor.id,
            standard=standard.identity,
            standard_hash=self._records.keep_standard(standard, self.actor.id, self._now()),
            rules_version=self.rules_version,
            due=deadline.value.current if deadline else None,
        )

    def _refuse_locked(self, causes: tuple[LockCause, ...]) -> None:
        if causes:
            raise NotAllowedError(
                Text(
                    " ".join(cause.message.da for cause in causes),
                    " ".join(cause.message.en for cause in causes),
                ),
                causes=tuple(cause.code.value for cause in causes),
            )


def _refuse_rewritten(stored: DocumentationPackage, package: DocumentationPackage) -> None:
    """Sendings, returns and the status they give are the workspace's to write; an old revision is a conflict anyway."""
    as_stored = (package.sendings, package.returns) == (stored.sendings, stored.returns)
    if package.revision == stored.revision and not (as_stored and package.status in _editing(stored)):
        raise NotAllowedError(
            Text(
                "Pakkens status, fremsendelser og returneringer kan ikke ændres ved at gemme.",
                "The package's status, sendings and returns cannot be changed by saving.",
            ),
            Text("Hent pakken igen, og ret kun svar og bilag.", "Load it again and change only answers and documents."),
            organisation=str(stored.organisation),
            year=int(stored.report_year),
        )


def _refuse_closed(stored: DocumentationPackage, package: DocumentationPackage) -> None:
    """After a return with comments only the commented answers, and what was opened besides, can be changed."""
    if not stored.returns:
        return
    closed = [each.location for each in changes(stored, package) if not stored.returns[-1].opens(each.location)]
    if closed:
        places = ", ".join(map(str, closed))
        raise NotAllowedError(
            Text(
                f"Pakken er returneret med kommentarer, og her er ikke åbnet: {places}.",
                f"The package was returned with comments, and this was not opened: {places}.",
            ),
            Text(
                "Ret kun det, der er kommenteret, eller bed kommunen åbne mere.",
                "Change only what was commented, or ask the municipality to open more.",
            ),
            places=tuple(map(str, closed)),
        )


def _editing(stored: DocumentationPackage) -> tuple[PackageStatus, PackageStatus]:
    return stored.status, after(stored.status, Action.EDIT)


def _same_document(stored: DocumentationPackage, given: DocumentationPackage) -> bool:
    return bool(codec.plain(stored) == codec.plain(given))


def _same_but_renewed(stored: DocumentationPackage, given: DocumentationPackage) -> bool:
    """Whether the given package is what is stored, so that an older base revision is no conflict.

    Master data and the agreements to answer are today's, whatever was stored.
    """
    one, other = ({**codec.plain(each), "master_data": None, "agreements": None} for each in (stored, given))
    return bool(one == other)
