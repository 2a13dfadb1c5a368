"""What a readable report says, before it is HTML or text: chapters of answers, tables and paragraphs in one language.

The order is that of a governance report: the report's sections with the conclusion first, the organisation's papers,
an annex for each estate, and last what was sent when, and by which standard and rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import field, frozen

from almenstyring.application import wording
from almenstyring.application.entries import Entry, account_name, by_account, entries
from almenstyring.builtin.readable_agreements import agreement_chapter
from almenstyring.builtin.readable_figures import figure_chapters, unit_chapters
from almenstyring.builtin.readable_parts import Chapter, Grid, Reply, Report
from almenstyring.content import label, load_references
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting import (
    NOT_THE_FILING,
    AnnualReportItem,
    Answer,
    DocumentationPackage,
    Question,
    ReviewComment,
    Row,
    Sheet,
    Special,
    Standard,
    reply_to,
    timing,
)
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values import Dkk, Number
from almenstyring.ports import DrawnPicture


def report_of(
    package: DocumentationPackage,
    standard: Standard,
    language: Language,
    on: date,
    pictures: tuple[DrawnPicture, ...] = (),
) -> Report:
    """The package in the words of its own year's standard, with the pictures drawn of its key figures."""
    return _View(package=package, standard=standard, language=language, on=on, pictures=pictures).report()


_STATES = {
    wording.ANSWERED_TEXT: "answered",
    wording.NONE_TEXT: "none",
    wording.NOT_APPLICABLE_TEXT: "not_applicable",
    wording.ONLY_COMMENT_TEXT: "comment",
    wording.UNANSWERED_TEXT: "unanswered",
    wording.MISSING_TEXT: "missing",
}


@frozen(kw_only=True)
class _View:
    package: DocumentationPackage
    standard: Standard
    language: Language
    on: date
    pictures: tuple[DrawnPicture, ...] = ()
    _id: str = field(init=False)

    @_id.default
    def _default_id(self) -> str:
        return f"p{self.package.organisation}-{self.package.report_year}"

    def _say(self, da: str, en: str) -> str:
        return Text(da, en)[self.language]

    def _said(self, value: date | Text | Number | Dkk | str | int | None) -> str:
        return wording.said(value, self.language)

    def report(self) -> Report:
        package = self.package
        year = self._said(package.period.accounting_year)
        return Report(
            id=self._id,
            title=wording.name_of(package, package.organisation) or str(package.organisation),
            subtitle=self._say(
                f"Styringsrapport for styringsår {package.report_year} · Regnskabstal for {year}",
                f"Governance report for report year {package.report_year} · Figures of accounting year {year}",
            ),
            facts=tuple(self._facts()),
            is_synthetic=package.is_synthetic,
            notes=tuple(note[self.language] for note in (NOT_THE_FILING, wording.OWN_WORDING)),
            chapters=tuple(self._chapters()),
        )

    def _facts(self) -> Iterator[tuple[str, str]]:
        package, say = self.package, self._say
        yield say("Organisation", "Organisation"), str(package.organisation)
        master = package.master_data
        home = master.home_municipality_on(package.period.end) if master else None
        if home:
            yield say("Hjemstedskommune", "Home municipality"), str(home)
        period = f"{self._said(package.period.start)} – {self._said(package.period.end)}"
        yield say("Regnskabsperiode", "Accounting period"), period
        yield say("Status", "Status"), self._said(label(package.status))
        if package.first_sent:
            yield say("Først sendt", "First sent"), self._timing(package.first_sent)
        yield say("Standard", "Standard"), self._said(self.standard.name)
        yield say("Standardens id", "Id of the standard"), package.standard
        yield say("Vist den", "Shown on"), self._said(self.on)

    def _timing(self, sent: date) -> str:
        due = self.package.sendings[0].due
        judged = timing(due, sent, sent)
        words = self._said(wording.timing_text(judged))
        deadline = self._say(f"frist {self._said(due)}, ", f"due {self._said(due)}, ") if due else ""
        return f"{self._said(sent)} ({deadline}{words})"

    def _chapters(self) -> Iterator[Chapter]:
        yield from self._sections(self.package.report, level=2)
        yield from agreement_chapter(self.package, f"{self._id}-agreements", self.language)
        yield from figure_chapters(self.package, self.language, self.pictures)
        yield self._annual_report()
        yield from self._documents()
        yield from self._accounts(self.package.organisation, level=2)
        yield from self._questionnaires()
        for sheet in self.package.estate_reports:
            yield from self._annex(sheet)
        yield from self._attachments()
        yield from self._confirmations()
        yield from self._sendings()
        if self.standard.gaps:
            gaps = tuple(self._said(gap) for gap in self.standard.gaps)
            title = self._say("Hvad der ikke vides om standarden", "What is not known of the standard")
            yield self._chapter("gaps", title, paragraphs=gaps)

    def _chapter(  # noqa: PLR0913 - the optional parts of a chapter
        self,
        name: str,
        title: str,
        *,
        law: str = "",
        level: int = 2,
        replies: Sequence[Reply] = (),
        grids: Sequence[Grid] = (),
        paragraphs: Sequence[str] = (),
    ) -> Chapter:
        return Chapter(
            id=f"{self._id}-{name}",
            title=title,
            law=law,
            level=level,
            replies=tuple(replies),
            grids=tuple(grids),
            paragraphs=tuple(paragraphs),
        )

    def _sections(self, sheet: Sheet, level: int) -> Iterator[Chapter]:
        found = list(entries(self.package, self.standard, sheet))
        for section in self.standard.sections:
            replies = [self._reply(entry) for entry in found if entry.section is section]
            if replies:
                name = f"{sheet.unit}-{section.id}"
                yield self._chapter(name, self._said(section.name), law=str(section.law), level=level, replies=replies)
        strays = [self._reply(entry) for entry in found if entry.section is None]
        if strays:
            title = self._say("Svar uden for standarden", "Answers outside the standard")
            yield self._chapter(f"{sheet.unit}-strays", title, level=level, replies=strays)

    def _reply(self, entry: Entry) -> Reply:
        question = entry.question
        text = self._said(question.text) if question else entry.id
        return self._shown(question.code if question else "", text, entry.answer, question)

    def _shown(self, label: str, text: str, answer: Answer, question: Question | None = None) -> Reply:
        state = wording.state(answer, question)
        items = answer.value if isinstance(answer.value, tuple) else ()
        return Reply(
            label=label,
            text=text,
            state=_STATES[state],
            answer="" if items else self._value(answer, question) or self._said(state),
            items=tuple(item for item in items if isinstance(item, str)),
            grid=self._answer_grid([item for item in items if not isinstance(item, str)], question),
            comment=answer.comment,
            source=self._said(wording.source_of(answer.provenance)),
        )

    def _value(self, answer: Answer, question: Question | None) -> str:
        if answer.is_missing or isinstance(answer.value, Special):
            return ""
        unit = self._said(question.unit) if question and isinstance(answer.value, Number) else ""
        return f"{self._said(wording.cell_of(answer, question))} {unit}".strip()

    def _answer_grid(self, rows: Sequence[Row], question: Question | None) -> Grid | None:
        if not rows:
            return None
        columns = [c.id for c in question.columns] if question else []
        columns += [key for key in dict.fromkeys(key for row in rows for key in row) if key not in columns]
        return Grid(
            heads=tuple(self._said(wording.column_name(question, column)) for column in columns),
            figures=tuple(i for i, key in enumerate(columns) if isinstance(rows[0].get(key), Number | Dkk)),
            rows=tuple(tuple(self._said(row.get(column)) for column in columns) for row in rows),
        )

    def _annual_report(self) -> Chapter:
        report = self.package.annual_report
        replies = [
            self._shown(f"nr. {number}", self._said(wording.ANNUAL_REPORT[item]), report[item])
            for number, item in enumerate(AnnualReportItem, 1)
        ]
        paragraphs = [self._attached(report.attachment)] if report.attachment else []
        title = self._say("Årsberetning", "Annual report")
        return self._chapter("annual-report", title, law="DB § 73", replies=replies, paragraphs=paragraphs)

    def _attached(self, name: str) -> str:
        return self._say(f"Se bilaget {name}.", f"See the attachment {name}.")

    def _documents(self) -> Iterator[Chapter]:
        protocol = self.package.auditors_protocol
        title = self._say("Udskrift af revisionsprotokollen", "Extract of the auditor's protocol")
        texts = [protocol.summary] if protocol.summary.strip() else []
        texts += [self._attached(protocol.attachment)] if protocol.attachment else []
        missing = [self._said(wording.MISSING_TEXT)]
        yield self._chapter("protocol", title, law="DB § 74, stk. 1", paragraphs=texts or missing)
        for number, analysis in enumerate(self.package.analyses, 1):
            texts = [analysis.summary] if analysis.summary else []
            texts += [self._attached(analysis.attachment)] if analysis.attachment else []
            heading = self._say(f"Analyse: {analysis.title}", f"Analysis: {analysis.title}")
            yield self._chapter(f"analysis-{number}", heading, paragraphs=texts)

    def _accounts(self, unit: Unit, level: int) -> Iterator[Chapter]:
        accounts = self.package.accounts_of(unit)
        if accounts is None:
            return
        chart = load_references().chart
        firm, period = self._said(label(accounts.status)), accounts.period
        grid = Grid(
            caption=f"{self._said(period.start)} – {self._said(period.end)}, {firm}",
            heads=(self._say("Konto", "Account"), self._say("Navn", "Name"), self._say("Beløb", "Amount")),
            figures=(2,),
            rows=tuple(
                (number, self._said(account_name(chart, unit, number)), self._said(amount))
                for number, amount in by_account(accounts)
            ),
        )
        yield self._chapter(f"accounts-{unit}", self._say("Regnskab", "Accounts"), level=level, grids=[grid])

    def _questionnaires(self) -> Iterator[Chapter]:
        filled = (sheet for sheet in self.package.questionnaires if sheet.answers)
        for number, sheet in enumerate(filled, 1):
            replies = [self._shown("", question, answer) for question, answer in sheet.answers.items()]
            title = self._say("Regnskabsspørgeskema", "Accounts questionnaire")
            heading = f"{title}: {sheet.questionnaire} {sheet.version}, {sheet.unit}"
            yield self._chapter(f"questionnaire-{number}", heading, law="DB § 72", replies=replies)

    def _annex(self, sheet: Sheet) -> Iterator[Chapter]:
        name = " ".join(part for part in (str(sheet.unit), wording.name_of(self.package, sheet.unit)) if part)
        yield self._chapter(f"annex-{sheet.unit}", self._say(f"Bilag om afdeling {name}", f"Annex on estate {name}"))
        yield from self._sections(sheet, level=3)
        yield from unit_chapters(self.package, sheet.unit, self.language, level=3, pictures=self.pictures)
        yield from self._accounts(sheet.unit, level=3)

    def _attachments(self) -> Iterator[Chapter]:
        rows = tuple((a.name, a.media_type, self._said(Number(a.size)), a.sha256) for a in self.package.attachments)
        if rows:
            heads = (self._say("Navn", "Name"), "Type", self._say("Byte", "Bytes"), "SHA-256")
            grid = Grid(heads=heads, figures=(2,), rows=rows)
            yield self._chapter("attachments", self._say("Bilag", "Attachments"), grids=[grid])

    def _confirmations(self) -> Iterator[Chapter]:
        rows = tuple(
            (c.location.unit, self._said(c.message) or c.code, c.reason, c.by, self._said(c.on))
            for c in self.package.confirmations
        )
        if rows:
            say = self._say
            heads = (
                say("Enhed", "Unit"),
                say("Hvad", "What"),
                say("Begrundelse", "Reason"),
                say("Af", "By"),
                say("Dato", "Date"),
            )
            title = say("Bekræftede fund", "Confirmed findings")
            yield self._chapter("confirmations", title, grids=[Grid(heads=heads, rows=rows)])

    def _sendings(self) -> Iterator[Chapter]:
        grids = [grid for grid in (self._sent(), self._returned(), self._comments()) if grid.rows]
        if grids:
            title = self._say("Fremsendelse til kommunen", "Sent to the municipality")
            yield self._chapter("sendings", title, paragraphs=[self._said(NOT_THE_FILING)], grids=grids)

    def _sent(self) -> Grid:
        say = self._say
        return Grid(
            caption=say("Fremsendelser", "Sendings"),
            heads=(
                say("Nr.", "No."),
                say("Dato", "Date"),
                say("Af", "By"),
                say("Frist da", "Due then"),
                say("Regler", "Rules"),
                say("Standard", "Standard"),
            ),
            rows=tuple(
                (
                    str(sending.number),
                    self._said(sending.on),
                    sending.by,
                    self._said(sending.due),
                    sending.rules_version,
                    f"{sending.standard}, SHA-256 {sending.standard_hash}",
                )
                for sending in self.package.sendings
            ),
        )

    def _returned(self) -> Grid:
        say = self._say
        return Grid(
            caption=say("Returneringer", "Returns"),
            heads=(say("Dato", "Date"), say("Af", "By"), say("Begrundelse", "Reason")),
            rows=tuple(
                row
                for back in self.package.returns
                for row in (
                    (self._said(back.on), back.by, back.reason),
                    *((self._said(each.on), each.by, self._said(wording.opening_text(each))) for each in back.openings),
                )
            ),
        )

    def _comments(self) -> Grid:
        """What the municipality asked with its returns, and what the organisation replied."""
        say = self._say
        return Grid(
            caption=say("Kommunens kommentarer", "The municipality's comments"),
            heads=(
                say("Nr.", "No."),
                say("Enhed", "Unit"),
                say("Spørgsmål", "Question"),
                say("Kommentar", "Comment"),
                say("Organisationens svar", "The organisation's reply"),
            ),
            rows=tuple(
                (
                    comment.id,
                    comment.location.unit,
                    self._asked(comment.location.item),
                    comment.text,
                    self._replied(number, comment),
                )
                for number, back in enumerate(self.package.returns, start=1)
                for comment in back.comments
            ),
        )

    def _replied(self, number: int, comment: ReviewComment) -> str:
        """The reply to the return with that number; or that the comment was withdrawn."""
        reply = reply_to(self.package, comment.id, number)
        withdrawn = [self._say("Trukket tilbage", "Withdrawn")] if comment.withdrawn_on else []
        return ". ".join([*withdrawn, *([reply.text] if reply else [])])

    def _asked(self, item: str) -> str:
        question = self.standard.question(item)
        return self._said(question.text) if question else item
