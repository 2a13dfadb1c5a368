"""The documentation package: everything one organisation sends for one report year."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date

from attrs import evolve, field, frozen

from almenstyring.domain.agreements import Agreement, AgreementStatus, FollowUp
from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.errors import InvalidValueError, NotFoundError
from almenstyring.domain.figures.accounts import Accounts
from almenstyring.domain.figures.provenance import Provenance, Typed
from almenstyring.domain.findings import Finding, Severity
from almenstyring.domain.organisations import MasterData, Unit
from almenstyring.domain.reporting.answers import MISSING, Answer, Sheet, as_value
from almenstyring.domain.reporting.figures import GroupBenchmark, UnitFigures
from almenstyring.domain.reporting.following_up import check_follow_ups, followed_up
from almenstyring.domain.reporting.parts import (
    Analysis,
    AnnualReport,
    AnnualReportItem,
    Arrival,
    Attachment,
    AuditorsProtocol,
    CommentReply,
    Confirmation,
    PackageReturn,
    QuestionnaireSheet,
    Sending,
)
from almenstyring.domain.reporting.workflow import Action, PackageStatus, after
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, LbfNumber


@frozen(kw_only=True)
class DocumentationPackage:
    """An organisation's documentation package for one report year (da: dokumentationspakke).

    Frozen: every verb returns a new package. ``standard`` is the printed identity of the year's
    standard. ``revision`` and ``editor`` belong to the workspace that handed the package out (the
    stored revision it rests on, the opaque id of who edits) and are not part of the document.
    ``agreements`` are those that the report must answer (DB § 112, stk. 5, nr. 4), as they stand; a
    follow-up to one that is not among them raises InvalidValueError.
    """

    organisation: LbfNumber
    report_year: ReportYear
    period: AccountingPeriod
    standard: str
    report: Sheet
    status: PackageStatus = PackageStatus.CREATED
    estate_reports: tuple[Sheet, ...] = ()
    accounts: tuple[Accounts, ...] = ()
    questionnaires: tuple[QuestionnaireSheet, ...] = ()
    annual_report: AnnualReport = AnnualReport()
    auditors_protocol: AuditorsProtocol = AuditorsProtocol()
    analyses: tuple[Analysis, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    sendings: tuple[Sending, ...] = ()
    returns: tuple[PackageReturn, ...] = ()
    replies: tuple[CommentReply, ...] = ()
    master_data: MasterData | None = None
    figures: tuple[UnitFigures, ...] = ()
    benchmarks: tuple[GroupBenchmark, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    revision: int = field(default=0, eq=False)
    editor: str = field(default="", eq=False)

    def __attrs_post_init__(self) -> None:
        check_follow_ups(self.agreements, self.follow_ups, self.organisation, self.report_year)

    @property
    def is_synthetic(self) -> bool:
        """The package belongs to an invented organisation; every export of it says SYNTETISK."""
        return self.organisation.is_test

    def sheets(self) -> Iterator[Sheet]:
        """The governance report and every estate report."""
        yield self.report
        yield from self.estate_reports

    def sheet(self, estate: EstateId | str | None = None) -> Sheet:
        """The governance report, or the report of one estate; NotFoundError names an unknown estate."""
        if estate is None:
            return self.report
        wanted = str(EstateId.parse(estate) if isinstance(estate, str) else estate)
        for sheet in self.estate_reports:
            if str(sheet.unit) == wanted:
                return sheet
        raise NotFoundError(
            Text(f"Pakken har ingen rapport for afdeling {wanted}.", f"The package has no report for estate {wanted}."),
            Text("Brug nummeret, som det står i stamdata.", "Use the number as printed in the master data."),
            estate=wanted,
        )

    def accounts_of(self, unit: Unit) -> Accounts | None:
        """The accounts of the organisation or of one estate, if the package has them."""
        return next((accounts for accounts in self.accounts if accounts.unit == unit), None)

    def figures_of(self, unit: Unit) -> UnitFigures | None:
        """The key figures of the organisation or of one estate, if the package has them."""
        return next((figures for figures in self.figures if figures.unit == unit), None)

    def benchmark(self, figure: str, group: str) -> GroupBenchmark | None:
        """How a figure is spread over the group of peers with that key, if the package has it."""
        wanted = (figure, group)
        subjects = ((b.distribution.subject, b) for b in self.benchmarks)
        return next((b for subject, b in subjects if (subject.figure, subject.group) == wanted), None)

    def answer(
        self,
        question: str,
        value: object = None,
        *,
        comment: str = "",
        estate: EstateId | str | None = None,
        provenance: Provenance | None = None,
    ) -> DocumentationPackage:
        """Answer a question, or comment an answer that is already there (``value`` omitted).

        The value is what a person would write: an option's id, a text, an int, Decimal or Dkk, a
        date, a list of texts, a list of rows, ``almenstyring.NONE`` for "ingen", or
        ``almenstyring.NOT_APPLICABLE``. Whether the question exists and the value fits is for the
        check to say; only a value that can be no answer at all raises InvalidValueError.
        """
        sheet = self.sheet(estate)
        given = self._given(sheet[question], value, comment, provenance)
        return self._edited(self._with_sheet(sheet.with_answer(question, given)))

    def clear(self, question: str, *, estate: EstateId | str | None = None) -> DocumentationPackage:
        """Remove an answer and its comment, so that the question is missing again."""
        sheet = self.sheet(estate)
        kept = {key: answer for key, answer in sheet.answers.items() if key != question}
        return self._edited(self._with_sheet(evolve(sheet, answers=kept)))

    def answer_questionnaire(
        self, question: str, value: object, *, unit: Unit | None = None, comment: str = ""
    ) -> DocumentationPackage:
        """Answer a question of a unit's accounts questionnaire (DB § 72); the organisation's own without ``unit``.

        As with ``answer``, None keeps the value that is there, and no comment keeps the comment.
        NotFoundError if the package has no questionnaire for the unit.
        """
        wanted = unit or self.organisation
        sheet = next((sheet for sheet in self.questionnaires if sheet.unit == wanted), None)
        if sheet is None:
            raise NotFoundError(
                Text(f"Pakken har intet spørgeskema for {wanted}.", f"The package has no questionnaire for {wanted}."),
                Text("Brug nummeret, som det står i stamdata.", "Use the number as printed in the master data."),
                unit=str(wanted),
            )
        given = self._given(sheet.answers.get(question, MISSING), value, comment)
        filled = evolve(sheet, answers={**sheet.answers, question: given})
        sheets = tuple(filled if old is sheet else old for old in self.questionnaires)
        return self._edited(evolve(self, questionnaires=sheets))

    def tell(self, item: AnnualReportItem | str, text: object) -> DocumentationPackage:
        """Fill in one item of the annual report (DB § 73): a text, or ``almenstyring.NONE`` for "ingen".

        NotFoundError lists the items where there is none of that name.
        """
        given = Answer(value=as_value(text), provenance=Typed(self.editor))
        items = {**self.annual_report.items, _item(item): given}
        return self._edited(evolve(self, annual_report=evolve(self.annual_report, items=items)))

    def with_protocol(self, summary: str = "", *, attachment: str = "") -> DocumentationPackage:
        """Put in the extract of the auditor's protocol, as text or as the name of an attachment."""
        return self._edited(evolve(self, auditors_protocol=AuditorsProtocol(summary=summary, attachment=attachment)))

    def with_accounts(self, *accounts: Accounts) -> DocumentationPackage:
        """Put in accounts, replacing the unit's own; prefilling leaves them alone unless they name a source."""
        given = (evolve(one, provenance=one.provenance or Typed(self.editor)) for one in accounts)
        by_unit = {one.unit: one for one in (*self.accounts, *given)}
        return self._edited(evolve(self, accounts=tuple(by_unit.values())))

    def with_analysis(self, analysis: Analysis) -> DocumentationPackage:
        """Send the result of an analysis along."""
        return self._edited(evolve(self, analyses=(*self.analyses, analysis)))

    def attach(self, name: str, content: bytes, media_type: str = "application/pdf") -> DocumentationPackage:
        """List a document by name, size and hash; ``Workspace.attach`` stores the content as well."""
        attachment = Attachment(
            name=name, media_type=media_type, size=len(content), sha256=hashlib.sha256(content).hexdigest()
        )
        kept = (old for old in self.attachments if old.name != name)
        return self._edited(evolve(self, attachments=(*kept, attachment)))

    def confirm(self, finding: Finding, *, reason: str, on: date, by: str = "") -> DocumentationPackage:
        """Confirm a CONFIRM finding with a reason; it holds until a value the finding looked at changes."""
        if finding.severity is not Severity.CONFIRM or not reason.strip():
            raise InvalidValueError(
                Text(
                    f"{finding.code} kan kun bekræftes, hvis den kræver bekræftelse, og med en begrundelse.",
                    f"{finding.code} can be confirmed only if it asks for it, and with a reason.",
                ),
                Text(
                    "En fejl skal rettes; en bekræftelse skal sige hvorfor.",
                    "An error must be mended; a confirmation must say why.",
                ),
                value=reason,
                code=finding.code,
                severity=finding.severity.value,
            )
        given = Confirmation(
            code=finding.code,
            fingerprint=finding.fingerprint,
            reason=reason,
            by=by or self.editor,
            on=on,
            location=finding.location,
            message=finding.message,
        )
        kept = (old for old in self.confirmations if old.fingerprint != given.fingerprint)
        return self._edited(evolve(self, confirmations=(*kept, given)))

    def reply(self, comment: str, text: str, *, on: date) -> DocumentationPackage:
        """Reply to a comment of the last return, to maintain the answer or to tell what was changed.

        NotFoundError lists the comments there are; InvalidValueError for an empty text.
        """
        known = [asked.id for asked in self.returns[-1].comments] if self.returns else []
        if comment not in known:
            raise NotFoundError(
                Text(f"Der er ingen kommentar {comment}.", f"There is no comment {comment}."),
                Text(f"Kommentarerne er {', '.join(known) or '-'}.", f"The comments are {', '.join(known) or '-'}."),
                comment=comment,
            )
        if not text.strip():
            raise InvalidValueError(
                Text("Et svar skal have en tekst.", "A reply must have a text."),
                Text("Skriv, hvorfor svaret står ved magt.", "Say why the answer stands."),
                value=text,
            )
        return self._edited(self.replied(CommentReply(comment=comment, text=text, by=self.editor, on=on)))

    def replied(self, given: CommentReply) -> DocumentationPackage:
        """The package with a reply to its last return, in place of one to the same; replies to earlier ones stay."""
        now = evolve(given, to_return=len(self.returns))
        kept = (o for o in self.replies if (o.comment, o.number(self.returns)) != (now.comment, now.to_return))
        return evolve(self, replies=(*kept, now))

    def follow_up(self, agreement: str, status: AgreementStatus | str, text: str = "") -> DocumentationPackage:
        """Say how an agreement made before stands, in place of what was said of it (DB § 112, stk. 5, nr. 4).

        NotFoundError lists the agreements or the statuses there are. "open" without a text says nothing.
        """
        given = followed_up(self.agreements, agreement, status, text, self.organisation, self.report_year)
        kept = (old for old in self.follow_ups if old.agreement != agreement)
        return self._edited(evolve(self, follow_ups=(*kept, given)))

    @property
    def settled(self) -> frozenset[str]:
        """The fingerprints of the findings that a person has confirmed."""
        return frozenset(confirmation.fingerprint for confirmation in self.confirmations)

    @property
    def first_sent(self) -> date | None:
        """The day the first sending came, which alone decides whether the report was in time."""
        return self.sendings[0].came_on if self.sendings else None

    def due(self, current: date | None) -> date | None:
        """The day the report is judged by: the deadline at the first sending, until then the current one."""
        written = self.sendings[0].due if self.sendings else None
        return written or current

    def sent(self, sending: Sending) -> DocumentationPackage:
        """The package after a sending."""
        return self._moved(Action.SEND, lambda p: evolve(p, sendings=(*p.sendings, sending)))

    def arrived(self, arrival: Arrival) -> DocumentationPackage:
        """The package with a note that its report had come before it was first sent here, by another way.

        InvalidValueError without a reason, for a day before the period's end, and for one that is not earlier.
        """
        first, *later = self.sendings or (None,)
        if first is None or not arrival.reason.strip() or not self.period.end < arrival.on < first.on:
            raise InvalidValueError(
                Text(
                    f"Det kan ikke noteres, at rapporten kom {arrival.on}.",
                    f"It cannot be noted that the report came on {arrival.on}.",
                ),
                Text(
                    f"Dagen skal ligge efter {self.period.end} og før den første fremsendelse, og det kræver en grund.",
                    f"The day must lie after {self.period.end} and before the first sending, and needs a reason.",
                ),
                value=str(arrival.on),
            )
        return evolve(self, sendings=(evolve(first, arrival=arrival), *later))

    def under_review(self) -> DocumentationPackage:
        """The package after the municipality began its review."""
        return self._moved(Action.REVIEW)

    def returned(self, given: PackageReturn) -> DocumentationPackage:
        """The package after the municipality returned it with a reason."""
        if not given.reason.strip():
            raise InvalidValueError(
                Text("En returnering skal have en begrundelse.", "A return must give a reason."),
                Text("Skriv, hvad organisationen skal rette.", "Say what the organisation must mend."),
                value=given.reason,
            )
        return self._moved(Action.RETURN, lambda p: evolve(p, returns=(*p.returns, given)))

    def _given(self, before: Answer, value: object, comment: str, provenance: Provenance | None = None) -> Answer:
        return Answer(
            value=before.value if value is None else as_value(value),
            comment=comment or before.comment,
            provenance=(before.provenance if value is None else None) or provenance or Typed(self.editor),
        )

    def _with_sheet(self, sheet: Sheet) -> DocumentationPackage:
        if sheet.unit == self.report.unit:
            return evolve(self, report=sheet)
        reports = tuple(sheet if old.unit == sheet.unit else old for old in self.estate_reports)
        return evolve(self, estate_reports=reports)

    def _edited(self, changed: DocumentationPackage) -> DocumentationPackage:
        return evolve(changed, status=after(self.status, Action.EDIT))

    def _moved(
        self,
        action: Action,
        change: Callable[[DocumentationPackage], DocumentationPackage] = lambda package: package,
    ) -> DocumentationPackage:
        return evolve(change(self), status=after(self.status, action))


def _item(given: AnnualReportItem | str) -> AnnualReportItem:
    try:
        return AnnualReportItem(given)
    except ValueError:
        raise NotFoundError(
            Text(f"Årsberetningen har intet punkt {given}.", f"The annual report has no item {given}."),
            Text(f"Punkterne er {', '.join(AnnualReportItem)}.", f"The items are {', '.join(AnnualReportItem)}."),
            item=given,
        ) from None
