"""Packages as neutral tables: what every exporter of cells is given (da: eksporttabeller)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from almenstyring.application import wording
from almenstyring.application.agreement_rows import AGREEMENTS, agreement_rows
from almenstyring.application.answer_tables import (
    ANSWER_ROWS,
    ANSWERS,
    QUESTIONNAIRES,
    answer_rows,
    estate_answers,
    organisation_answers,
    questionnaires,
)
from almenstyring.application.entries import account_name, by_account
from almenstyring.application.figure_rows import EFFICIENCY, KEY_FIGURES, efficiency, key_figures
from almenstyring.application.table_columns import (
    ATTACHMENT,
    BY,
    DAY,
    FIRMNESS,
    KEY,
    PERIOD,
    STATE,
    UNIT,
    UNIT_KEY,
    Rows,
    TableCell,
    column,
    key,
    table,
    unit_key,
)
from almenstyring.content import label
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.figures.chart import Charts
from almenstyring.domain.reporting import AnnualReportItem, Deadline, DocumentationPackage, Standard, reply_to, timing
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber
from almenstyring.ports import Table


def tables(
    packages: Sequence[DocumentationPackage],
    standards: Sequence[Standard],
    *,
    deadlines: Iterable[Deadline] = (),
    on: date | None = None,
    charts: Charts | None = None,
) -> tuple[Table, ...]:
    """The packages as typed tables, always the same ones in the same order, empty or not.

    ``standards`` holds the standard of each package, in the same order. ``deadlines`` and the day ``on`` tell what is
    late; without a deadline the one written at the first sending counts. ``charts`` give accounts their names.
    A missing answer is None beside the state "mangler"; zero is a number; "ingen" is a text of its own.
    """
    pairs = list(zip(packages, standards, strict=True))
    due = {(d.organisation, d.report_year): d.current for d in deadlines}
    return (
        table("overview", Text("Oversigt", "Overview"), _OVERVIEW, (_overview(p, due, on) for p in packages)),
        table("answers", Text("Organisationens svar", "Organisation answers"), ANSWERS, organisation_answers(pairs)),
        table("estate_answers", Text("Afdelingernes svar", "Estate answers"), ANSWERS, estate_answers(pairs)),
        table("answer_rows", Text("Svar i tabeller", "Answers in tables"), ANSWER_ROWS, answer_rows(pairs)),
        table(
            "questionnaires", Text("Regnskabsspørgeskemaer", "Questionnaires"), QUESTIONNAIRES, questionnaires(packages)
        ),
        table("accounts", Text("Regnskab", "Accounts"), _ACCOUNTS, _accounts(packages, charts)),
        table("key_figures", Text("Nøgletal", "Key figures"), KEY_FIGURES, key_figures(packages)),
        table("efficiency", Text("Effektivitetstal", "Efficiency scores"), EFFICIENCY, efficiency(packages)),
        table("annual_report", Text("Årsberetning", "Annual report"), _ANNUAL_REPORT, _annual_report(packages)),
        table("documents", Text("Protokol og analyser", "Protocol and analyses"), _DOCUMENTS, _documents(packages)),
        table("attachments", Text("Bilag", "Attachments"), _ATTACHMENTS, _attachments(packages)),
        table("confirmations", Text("Bekræftelser", "Confirmations"), _CONFIRMATIONS, _confirmations(packages)),
        table("agreements", Text("Aftaler", "Agreements"), AGREEMENTS, agreement_rows(packages)),
        table("comments", Text("Kommentarer", "Comments"), _COMMENTS, _comments(packages)),
        table("sendings", Text("Fremsendelser", "Sendings"), _SENDINGS, _sendings(packages)),
    )


_OVERVIEW = (
    *KEY,
    column("accounting_year", "Regnskabsår", "Accounting year", 12, 0),
    *PERIOD,
    column("status", "Status", "Status", 20),
    column("first_sent", "Først sendt", "First sent", 12),
    column("last_sent", "Senest sendt", "Last sent", 13),
    column("due", "Frist", "Due", 12),
    column("timeliness", "Rettidighed", "Timeliness", 18),
    column("days_late", "Dage for sent", "Days late", 13, 0),
    column("sendings", "Fremsendelser", "Sendings", 14, 0),
    column("returns", "Returneringer", "Returns", 13, 0),
    column("estates", "Afdelinger", "Estates", 11, 0),
    column("standard", "Standard", "Standard", 44),
)


def _overview(
    package: DocumentationPackage, deadlines: Mapping[tuple[LbfNumber, ReportYear], date], on: date | None
) -> tuple[TableCell, ...]:
    due = package.due(deadlines.get((package.organisation, package.report_year)))
    judged_on = package.first_sent or on
    judged = timing(due, package.first_sent, judged_on) if due and judged_on else None
    return (
        *key(package),
        package.period.accounting_year,
        package.period.start,
        package.period.end,
        label(package.status),
        package.first_sent,
        package.sendings[-1].on if package.sendings else None,
        due,
        label(judged.timeliness) if judged else None,
        judged.days_late if judged else None,
        len(package.sendings),
        len(package.returns),
        len(package.estate_reports),
        package.standard,
    )


_ACCOUNTS = (
    *UNIT_KEY,
    *PERIOD,
    column("account", "Konto", "Account", 10),
    column("account_name", "Kontonavn", "Account name", 40),
    column("amount", "Beløb i kr.", "Amount in DKK", 18, 2),
    FIRMNESS,
)


def _accounts(packages: Iterable[DocumentationPackage], charts: Charts | None) -> Rows:
    for package in packages:
        for accounts in package.accounts:
            chart = charts.find(accounts.period.accounting_year) if charts else None
            for number, amount in by_account(accounts):
                yield (
                    *unit_key(package, accounts.unit),
                    accounts.period.start,
                    accounts.period.end,
                    number,
                    account_name(chart, accounts.unit, number),
                    amount,
                    label(accounts.status),
                )


_ANNUAL_REPORT = (
    *KEY,
    column("law", "Hjemmel", "Law", 14),
    column("item", "Punkt", "Item", 28),
    STATE,
    column("text", "Tekst", "Text", 70),
    ATTACHMENT,
)


def _annual_report(packages: Iterable[DocumentationPackage]) -> Rows:
    for package in packages:
        report = package.annual_report
        for item in AnnualReportItem:
            yield (
                *key(package),
                wording.annual_report_law(item),
                wording.ANNUAL_REPORT[item],
                wording.state(report[item]),
                wording.cell_of(report[item], None),
                report.attachment or None,
            )


_DOCUMENTS = (
    *KEY,
    column("kind", "Art", "Kind", 20),
    column("title", "Titel", "Title", 36),
    column("text", "Tekst", "Text", 70),
    ATTACHMENT,
)


def _documents(packages: Iterable[DocumentationPackage]) -> Rows:
    protocol_kind, analysis_kind = Text("Revisionsprotokol", "Auditor's protocol"), Text("Analyse", "Analysis")
    for package in packages:
        protocol = package.auditors_protocol
        if not protocol.is_missing:
            yield (*key(package), protocol_kind, None, protocol.summary or None, protocol.attachment or None)
        for analysis in package.analyses:
            text, attachment = analysis.summary or None, analysis.attachment or None
            yield (*key(package), analysis_kind, analysis.title, text, attachment)


_ATTACHMENTS = (
    *KEY,
    column("attachment", "Navn", "Name", 36),
    column("media_type", "Type", "Type", 20),
    column("size", "Byte", "Bytes", 12, 0),
    column("sha256", "SHA-256", "SHA-256", 66),
)


def _attachments(packages: Iterable[DocumentationPackage]) -> Rows:
    for package in packages:
        for attachment in package.attachments:
            yield (*key(package), attachment.name, attachment.media_type, attachment.size, attachment.sha256)


_CONFIRMATIONS = (
    *KEY,
    column("code", "Regel", "Rule", 34),
    UNIT,
    column("what", "Hvad", "What", 60),
    column("reason", "Begrundelse", "Reason", 60),
    BY,
    DAY,
    column("fingerprint", "Fingeraftryk", "Fingerprint", 30),
)


def _confirmations(packages: Iterable[DocumentationPackage]) -> Rows:
    for package in packages:
        for given in package.confirmations:
            unit, what = given.location.unit or None, given.message if given.message.da else None
            told = (given.code, unit, what, given.reason)
            yield (*key(package), *told, given.by or None, given.on, given.fingerprint)


_COMMENTS = (
    *KEY,
    column("returned", "Returneret", "Returned", 12),
    column("number", "Nr.", "No.", 7),
    UNIT,
    column("id", "Spørgsmålets id", "Question id", 34),
    column("text", "Kommentar", "Comment", 60),
    BY,
    column("reply", "Organisationens svar", "The organisation's reply", 60),
    column("replied", "Besvaret", "Replied", 12),
    column("withdrawn", "Trukket tilbage", "Withdrawn", 14),
)


def _comments(packages: Iterable[DocumentationPackage]) -> Rows:
    for package in packages:
        for number, back in enumerate(package.returns, start=1):
            for asked in back.comments:
                where, reply = asked.location, reply_to(package, asked.id, number)
                told = (asked.id, where.unit, where.item, asked.text, asked.by or None)
                said = (reply.text, reply.on) if reply else (None, None)
                yield (*key(package), back.on, *told, *said, asked.withdrawn_on)


_SENDINGS = (
    *KEY,
    column("event", "Hændelse", "Event", 14),
    column("number", "Nr.", "No.", 7, 0),
    DAY,
    BY,
    column("due", "Frist ved fremsendelsen", "Due when sent", 14),
    column("reason", "Begrundelse", "Reason", 50),
    column("rules_version", "Regelversion", "Rules version", 20),
    column("standard", "Standard", "Standard", 44),
    column("standard_hash", "Standardens SHA-256", "SHA-256 of the standard", 66),
)


def _sendings(packages: Iterable[DocumentationPackage]) -> Rows:
    sent, returned, opened = Text("sendt", "sent"), Text("returneret", "returned"), Text("åbnet mere", "opened more")
    for package in packages:
        for s in package.sendings:
            by, made_by = s.by or None, (s.rules_version, s.standard, s.standard_hash)
            yield (*key(package), sent, s.number, s.on, by, s.due, None, *made_by)
        for r in package.returns:
            yield (*key(package), returned, None, r.on, r.by or None, None, r.reason, None, None, None)
            for o in r.openings:
                yield (*key(package), opened, None, o.on, o.by or None, None, wording.opening_text(o), None, None, None)
