"""The year's main job, played through with invented organisations (SYNTETISK).

Report year 2026 (accounting year 2025) for two invented municipalities and six invented organisations:
the register is read, deadlines are set, packages open and are prefilled, answered, checked and sent,
the municipalities follow status and fetch, everything is exported and read back. Every step is a call
that any user of the library has. Dates, rates, rents and benchmarks are the real published ones.

    python the_year.py --target demo [--store memory] [--lang en]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import dialogue_of_the_year as dialogue
import figures_of_the_year as figures
import meetings_of_the_year as meetings
from attrs import define, field
from rich.console import Console
from telling import Story, StoryClock

import almenstyring as al

YEAR = al.ReportYear(2026)
HOME, NEIGHBOUR = "T01", "T02"
FORGETFUL, LATECOMER, BROKEN_YEAR, TWO_MUNICIPALITIES, ADMINISTRATOR = "T005", "T006", "T003", "T002", "T004"
DRAWN_REPORT = "rapport-T001.html"
DEADLINE = date(2026, 7, 1)
PLUGINS = ("builtin", "sqlite", "excel", "synthetic", "altair", "ical")
SENT_ON = {"T001": date(2026, 6, 29), "T002": date(2026, 7, 8), "T003": date(2026, 1, 12), LATECOMER: date(2026, 7, 15)}


@define
class Outcome:
    """The facts of the story, for whoever wants to check them."""

    receipts: dict[str, al.Receipt] = field(factory=dict)
    stopped: dict[str, tuple[al.Finding, ...]] = field(factory=dict)
    confirmed: dict[str, int] = field(factory=dict)
    prefilled: dict[str, int] = field(factory=dict)
    status: dict[str, tuple[al.StatusRow, ...]] = field(factory=dict)
    fetched: dict[str, tuple[str, ...]] = field(factory=dict)
    files: list[Path] = field(factory=list)
    chain_ok: bool = False
    second: al.Receipt | None = None
    changed: tuple[al.Change, ...] = ()
    moved: int = 0
    unexplained: tuple[str, ...] = ()
    explained: int = 0
    prepared: meetings.Prepared | None = None
    statement: al.Statement | None = None
    unanswered: tuple[int, int] = (0, 0)
    owed: tuple[al.Obligation, ...] = ()
    overview: al.Overview | None = None


def play(operator: al.Workspace, clock: StoryClock, target: Path, story: Story) -> Outcome:
    """Play the whole year in an opened workspace and leave the exports in the target folder."""
    outcome = Outcome()
    operator.import_register("synthetic:")
    organisations = [m for m in operator.register() if m.organisation.kind.takes_part_in_dialogue]
    _tell_register(operator, story)
    _set_deadlines(operator, organisations, story)
    figures.tell_references(story)
    figures.compute(operator, story)
    story.chapter("Pakkerne udfyldes, kontrolleres og sendes", "The packages are filled in, checked and sent")
    for master in sorted(story.steps(organisations, "Sender", "Sending"), key=_sending_day):
        clock.day = _sending_day(master)
        _send_one(operator, master, outcome)
    _tell_sendings(organisations, outcome, story)
    clock.day = date(2026, 8, 3)
    _municipalities_follow(operator, outcome, story)
    _review(operator, clock, outcome, story)
    _tell_figures(operator, target, outcome, story)
    _export(operator, organisations, target, outcome, story)
    _hold_dialogue(operator, clock, target, outcome, story)
    receipts = [*outcome.receipts.values(), *filter(None, [outcome.second])]
    outcome.chain_ok = all(operator.verify(receipt).ok for receipt in receipts)
    _tell_ending(operator, outcome, story)
    return outcome


def _review(operator: al.Workspace, clock: StoryClock, outcome: Outcome, story: Story) -> None:
    council = operator.acting_as(_council(HOME))
    dialogue.return_with_comments(council, YEAR, story)
    clock.day = date(2026, 8, 10)
    outcome.second = dialogue.answer_and_send_again(operator.acting_as(_clerk_of("T001")), YEAR, clock.day, story)
    outcome.changed = dialogue.tell_what_changed(council, YEAR, story)


def _hold_dialogue(operator: al.Workspace, clock: StoryClock, target: Path, outcome: Outcome, story: Story) -> None:
    """From the preparation sheet to the next year's follow-up."""
    council = operator.acting_as(_council(HOME))
    clock.day = date(2026, 8, 24)
    outcome.prepared = meetings.prepare(council, YEAR, target, story)
    invited = meetings.invite(council, YEAR, outcome.prepared.sheet)
    clock.day = date(2026, 9, 10)
    moved = council.move_meeting(invited.id, meetings.MEETING, note="Efter ønske (syntetisk)")
    outcome.files.append(meetings.write_calendar(council, YEAR, target, story))
    clock.day = meetings.MEETING.day
    meetings.meet(council, YEAR, moved, story)
    clock.day = date(2026, 10, 12)
    outcome.statement, written = meetings.publish(council, YEAR, target, story)
    outcome.files += [*outcome.prepared.files, *written]
    clock.day = date(2027, 1, 4)
    next_year = al.ReportYear(int(YEAR) + 1)
    outcome.unanswered = meetings.follow_up(operator.acting_as(_clerk_of("T001")), next_year, story)
    outcome.owed = meetings.adopt_model(operator.acting_as(_council(NEIGHBOUR)), story)
    outcome.overview = meetings.tell_overview(council, YEAR, story)


def _tell_figures(operator: al.Workspace, target: Path, outcome: Outcome, story: Story) -> None:
    packages = operator.packages(year=YEAR)
    outcome.moved = len(figures.recompute(operator, story).movements)
    figures.tell(operator, packages[0], story)
    outcome.unexplained = tuple(figures.unexplained(operator, packages))
    outcome.explained = sum(len(of_unit.figures) for package in packages for of_unit in package.figures)
    said = al.Text("{n} nøgletal er forklaret ned til grunddata.", "{n} key figures are explained down to facts.")
    story.line(said.fill(n=outcome.explained - len(outcome.unexplained))[story.lang])
    outcome.files += figures.draw(operator, packages[0], target, story.lang)


def _sending_day(master: al.MasterData) -> date:
    return SENT_ON.get(str(master.number), date(2026, 6, 22))


def _clerk(master: al.MasterData) -> al.Actor:
    """Who fills in: the organisation itself, or the organisation that administers it."""
    administrators = master.administrators_on(_sending_day(master))
    return _clerk_of(str(administrators[0] if administrators else master.number))


def _clerk_of(number: str) -> al.Actor:
    return al.Actor(f"kontor-{number}", role="organisation", organisation=number)


def _council(code: str) -> al.Actor:
    return al.Actor(f"tilsyn-{code}", role="municipality", municipality=code)


def _set_deadlines(operator: al.Workspace, organisations: Sequence[al.MasterData], story: Story) -> None:
    for master in organisations:
        home = str(master.home_municipality_on(operator.today))
        council = operator.acting_as(_council(home))
        council.set_deadline(master.number, YEAR, DEADLINE)
    council = operator.acting_as(_council(HOME))
    council.extend_deadline(
        TWO_MUNICIPALITIES, YEAR, until=date(2026, 7, 10), reason="Ny revisor er tiltrådt (syntetisk)"
    )
    story.chapter("Frister og kalender", "Deadlines and calendar")
    rows = []
    for master in organisations:
        period = master.periods_of(YEAR)[-1]
        deadline = operator.deadline(master.number, YEAR)
        due = deadline.current if deadline else None
        rows.append((master.organisation.name, period, period.opens.day, period.accounts_due_municipality, due))
    titles = [
        ("Organisation", "Organisation"),
        ("Regnskabsår", "Accounting period"),
        ("Pakken åbner", "Package opens"),
        ("Regnskab til kommunen (DB § 74)", "Accounts to municipality (DB § 74)"),
        ("Frist for rapporten (DB § 112, stk. 3)", "Deadline of the report (DB § 112, stk. 3)"),
    ]
    story.table(titles, rows)


def _send_one(operator: al.Workspace, master: al.MasterData, outcome: Outcome) -> None:
    """One organisation's way through the year: open, answer, check, settle, send."""
    number = str(master.number)
    workspace = operator.acting_as(_clerk(master))
    package = workspace.open_package(number, YEAR)
    outcome.prefilled[number] = sum(
        isinstance(answer.provenance, al.Sourced | al.Computed)
        for sheet in package.sheets()
        for answer in sheet.answers.values()
    )
    package = fill_in(package, workspace.standard(YEAR), master)
    package = workspace.save(figures.explained_deviations(package))
    package = workspace.save(settle(workspace, package, outcome))
    try:
        outcome.receipts[number] = workspace.submit(package)
    except al.NotSubmittableError as error:
        outcome.stopped[number] = error.check.findings.in_the_way
        package = workspace.save(report_move_outs(package))
        package = workspace.save(settle(workspace, package, outcome))
        outcome.receipts[number] = workspace.submit(package)


def fill_in(package: al.DocumentationPackage, standard: al.Standard, master: al.MasterData) -> al.DocumentationPackage:
    """Answer what the source did not fill in: an invented answer of the right kind to every question."""
    for sheet in package.sheets():
        estate = None if sheet.unit == package.organisation else str(sheet.unit)
        level = "organisation" if estate is None else "estate"
        for question in standard:
            if question.level != level or master.organisation.kind not in question.applies_to:
                continue
            if sheet[question.id].is_missing and not question.prefill and question.required:
                package = package.answer(question.id, _invented(question), estate=estate, comment=_comment(question))
            elif _comment(question):
                package = package.answer(question.id, comment=_comment(question), estate=estate)
    for item in al.AnnualReportItem:
        nothing = item in (al.AnnualReportItem.FINANCIAL_PROBLEMS, al.AnnualReportItem.AUDITOR_REMARKS)
        package = package.tell(item, al.NONE if nothing else "Bestyrelsen har gennemgået forholdet (syntetisk).")
    return package.with_protocol("Revisor har ingen bemærkninger (syntetisk).")


def _comment(question: al.Question) -> str:
    return "Bestyrelsens forklaring (syntetisk)." if question.comment == "required" else ""


def _invented(question: al.Question) -> object:
    """An answer of the right kind; "ingen" wherever that is an answer."""
    if question.allows_none:
        return al.NONE
    kinds: dict[al.QuestionType, Callable[[], object]] = {
        al.QuestionType.NUMBER: lambda: 1,
        al.QuestionType.MONEY: lambda: al.Dkk.of(1000),
        al.QuestionType.TEXT: lambda: "Det går som planlagt (syntetisk).",
        al.QuestionType.DATE: lambda: date(2025, 9, 1),
        al.QuestionType.LIST: lambda: ["Drift (syntetisk)"],
        al.QuestionType.TABLE: lambda: [{c.id: _cell(c.type) for c in question.columns}],
    }
    chosen = kinds.get(question.type)
    if chosen is not None:
        return chosen()
    return "no" if question.type is al.QuestionType.YES_NO else question.options[0].id


def _cell(kind: al.QuestionType) -> object:
    if kind is al.QuestionType.NUMBER:
        return 1
    if kind is al.QuestionType.MONEY:
        return al.Dkk.of(1000)
    return date(2025, 9, 1) if kind is al.QuestionType.DATE else "Som planlagt (syntetisk)"


def settle(workspace: al.Workspace, package: al.DocumentationPackage, outcome: Outcome) -> al.DocumentationPackage:
    """Confirm, each with a reason, the findings that a person must look at."""
    found = [f for f in workspace.check_submit(package).findings.in_the_way if f.severity is al.Severity.CONFIRM]
    for finding in found:
        package = package.confirm(finding, reason="Gennemgået af bestyrelsen (syntetisk)", on=workspace.today)
    number = str(package.organisation)
    outcome.confirmed[number] = outcome.confirmed.get(number, 0) + len(found)
    return package


def report_move_outs(package: al.DocumentationPackage) -> al.DocumentationPackage:
    """What the organisation had forgotten: the external move-outs of each estate; zero is an answer."""
    for moved_out, sheet in enumerate(package.estate_reports):
        package = package.answer("estate.external_move_outs", moved_out, estate=str(sheet.unit))
    return package


def _municipalities_follow(operator: al.Workspace, outcome: Outcome, story: Story) -> None:
    for code in (HOME, NEIGHBOUR):
        council = operator.acting_as(_council(code))
        rows = outcome.status[code] = council.status(municipality=code, year=YEAR)
        packages = council.packages(year=YEAR)
        outcome.fetched[code] = tuple(str(p.organisation) for p in packages)
        story.chapter(f"Status i kommune {code}", f"Status in municipality {code}")
        reports = [r for r in rows if r.expectation.element == "governance_report"]
        titles = [
            ("Organisation", "Organisation"),
            ("Skyldes", "Owed"),
            ("Status", "Status"),
            ("Sendt", "Sent"),
            ("Frist", "Due"),
            ("Rettidighed", "Timeliness"),
        ]
        story.table(
            titles,
            [(r.name, r.expectation.reason, r.status, r.sent_on, r.due, _timing(r.timing)) for r in reports],
        )


def _timing(timing: al.Timing) -> al.Text:
    words = al.label(timing.timeliness)
    if not timing.days_late:
        return words
    return al.Text(f"{words.da}, {timing.days_late} dage", f"{words.en}, {timing.days_late} days")


def _export(
    operator: al.Workspace, organisations: Sequence[al.MasterData], target: Path, outcome: Outcome, story: Story
) -> None:
    packages = operator.packages(year=YEAR)
    outcome.files.append(operator.export(packages, target / "2026.xlsx", language=story.lang))
    outcome.files.append(operator.export(packages, target / "2026.json", language=story.lang))
    for master in story.steps(organisations, "Eksporterer", "Exporting"):
        sent = operator.sent_package(master.number, YEAR)
        for name in (f"pakke-{master.number}.json", f"rapport-{master.number}.html"):
            pictures = name == DRAWN_REPORT
            outcome.files.append(operator.export([sent], target / name, language=story.lang, pictures=pictures))


def _tell_register(operator: al.Workspace, story: Story) -> None:
    story.chapter("Registret (SYNTETISK)", "The register (SYNTETISK)")
    titles = [
        ("Nr.", "No."),
        ("Organisation", "Organisation"),
        ("Art", "Kind"),
        ("Hjemsted", "Home"),
        ("Afdelinger", "Estates"),
        ("Administrator", "Administrator"),
    ]
    rows = []
    for m in operator.register():
        home, estates = m.home_municipality_on(operator.today), m.estates_on(operator.today)
        administrators = ", ".join(map(str, m.administrators_on(operator.today)))
        rows.append((m.number, m.organisation.name, m.organisation.kind, home, len(estates), administrators))
    story.table(titles, rows)


def _tell_sendings(organisations: Sequence[al.MasterData], outcome: Outcome, story: Story) -> None:
    titles = [
        ("Organisation", "Organisation"),
        ("Forudfyldt", "Prefilled"),
        ("Standset af", "Stopped by"),
        ("Bekræftet", "Confirmed"),
        ("Sendt", "Sent"),
        ("Rettidighed", "Timeliness"),
        ("Kvittering", "Receipt"),
    ]
    rows = []
    for master in organisations:
        number = str(master.number)
        receipt = outcome.receipts[number]
        timing = _timing(receipt.timing)
        stopped = ", ".join(sorted({finding.code for finding in outcome.stopped.get(number, ())}))
        counts = (outcome.prefilled[number], stopped, outcome.confirmed[number])
        rows.append((master.organisation.name, *counts, receipt.sent_on, timing, receipt.record_hash[:12]))
    story.table(titles, rows)
    for number, findings in outcome.stopped.items():
        for finding in findings:
            story.console.print(f"{number}: {finding.message[story.lang]} ({finding.law}) {finding.hint[story.lang]}")


def _tell_ending(operator: al.Workspace, outcome: Outcome, story: Story) -> None:
    story.chapter("Filer", "Files")
    story.table([("Fil", "File"), ("Byte", "Bytes")], [(f.name, f.stat().st_size) for f in outcome.files])
    report = operator.verify()
    story.console.print(report.message[story.lang])
    story.console.print(next(iter(outcome.receipts.values())).note[story.lang])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the story from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", type=Path, default=Path("demo"), help="where the files are left")
    parser.add_argument("--store", choices=["sqlite", "memory"], default="sqlite")
    parser.add_argument("--lang", choices=["da", "en"], default="da")
    options = parser.parse_args(arguments)
    target: Path = options.target
    target.mkdir(parents=True, exist_ok=True)
    database = target / "dialog.db"
    for old in target.glob("dialog.db*"):
        old.unlink()
    address = f"sqlite:{database}" if options.store == "sqlite" else "memory:"
    clock = StoryClock()
    console = Console(width=None if sys.stdout.isatty() else 140, highlight=False)
    actor = al.Actor("drift-1", role="operator")
    plugins = al.Registry.discover(only=PLUGINS)
    folder = target / ".billeder"  # pictures are kept by their content, so that the second run is quick
    with al.connect(
        address, actor=actor, clock=clock, test_mode=True, registry=plugins, picture_folder=folder
    ) as operator:
        outcome = play(operator, clock, target, Story(console, options.lang))
    return 0 if outcome.chain_ok else 1


if __name__ == "__main__":
    sys.exit(main())
