"""The part of the demonstration's year from the preparation sheet to the next year's follow-up."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Literal

from attrs import evolve, frozen
from dialogue_of_the_year import ESTATE, ORGANISATION
from telling import Story

import almenstyring as al

NUMBER = al.LbfNumber(ORGANISATION)
AGREEMENT = "A-2026-1"
APPROVED, PUBLISHED = date(2026, 10, 6), date(2026, 10, 8)
MEETING = al.MeetingTime(day=date(2026, 9, 24), at=time(14), minutes=120)


@frozen
class Prepared:
    """What the municipality has on its table before the meeting."""

    sheet: al.PreparationSheet
    review: al.ReviewSheet
    files: tuple[Path, ...]


def prepare(council: al.Workspace, year: al.ReportYear, target: Path, story: Story) -> Prepared:
    """The critical review by its checklist, the municipality's own goals, and one sheet for the meeting."""
    council.review(ORGANISATION, year)
    review = council.critical_review(ORGANISATION, year)
    for entry in review.items:
        looked_at = entry.suggestion.pointer is al.Pointer.LOOK
        verdict = al.Verdict.FOLLOW_UP if looked_at else al.Verdict.OK
        note = "Tages op på mødet (syntetisk)" if looked_at else ""
        council.judge(ORGANISATION, year, entry.item.id, verdict, note)
    review = council.conclude_review(ORGANISATION, year)
    council.set_goals({"letting": "Flere unge skal have en bolig (syntetisk)."}, strategy="Blandede byer (syntetisk).")
    sheet = council.preparation(ORGANISATION, year)
    story.chapter("Mødet forberedes", "The meeting is prepared")
    rows = [(each.part, each.title, each.source) for each in sheet.agenda]
    story.table([("Del", "Part"), ("Punkt", "Item"), ("Fra", "From")], rows)
    files = [target / f"forberedelse-{ORGANISATION}{suffix}" for suffix in (".html", ".md")]
    for path, form in zip(files, ("html", "markdown"), strict=True):
        path.write_text(al.render(sheet, form, story.lang), encoding="utf-8")
    files.append(council.export_paper(sheet, target / f"forberedelse-{ORGANISATION}.xlsx", language=story.lang))
    return Prepared(sheet, review, tuple(files))


def invite(council: al.Workspace, year: al.ReportYear, sheet: al.PreparationSheet) -> al.Invitation:
    """A written invitation to a meeting on site, with the agenda that the sheet proposes."""
    agenda = tuple(al.AgendaItem(id=f"p{n}", title=each.title) for n, each in enumerate(sheet.agenda, start=1))
    return council.invite(
        al.Invitation(
            id="dialog-2026-T001",
            municipality=al.MunicipalityCode("T01"),
            organisations=(NUMBER,),
            report_year=year,
            when=evolve(MEETING, day=date(2026, 9, 22)),
            place="Fælleshuset (syntetisk)",
            estate=al.EstateId.parse(ESTATE),
            participants=(
                al.Participant(id="tilsyn-T01", side=al.ParticipantSide.MUNICIPALITY),
                al.Participant(id="formand-T001", side=al.ParticipantSide.ORGANISATION),
            ),
            agenda=agenda,
        )
    )


def write_calendar(council: al.Workspace, year: al.ReportYear, target: Path, story: Story) -> Path:
    """The municipality's calendar of the year as a file to subscribe to: deadlines, the law's dates, the meeting."""
    path = target / "kalender-T01.ics"
    path.write_bytes(council.calendar_file(year=year, language=story.lang))
    meetings = [entry for entry in council.calendar(year=year) if entry.place]
    story.chapter("Kalenderen", "The calendar")
    rows = [(entry.summary, entry.starts, entry.place, entry.sequence) for entry in meetings]
    story.table([("Møde", "Meeting"), ("Begynder", "Starts"), ("Sted", "Place"), ("Ændring", "Change")], rows)
    return path


def meet(council: al.Workspace, year: al.ReportYear, invited: al.Invitation, story: Story) -> al.DialogueMeeting:
    """The meeting is held in the estate; the minutes show both parties' assessments, and an agreement is made."""
    meeting = al.DialogueMeeting(
        organisation=NUMBER,
        report_year=year,
        municipality=invited.municipality,
        held_on=MEETING.day,
        place=invited.place,
        invitation=invited.id,
        estate=invited.estate,
        participants=invited.participants,
        agenda=invited.agenda,
        organisations_assessment="Driften er god, og henlæggelserne følger planen (syntetisk).",
        municipalitys_assessment="Kommunen er enig og ønsker flere ungdomsboliger (syntetisk).",
        areas=tuple(
            al.AreaMinutes(area=area.name, organisations_assessment="Roligt.", municipalitys_assessment="Roligt.")
            for area in council.master_data(ORGANISATION).areas
        ),
        decisions=(al.MeetingDecision(text="Ungdomsboliger prøves i to år (syntetisk).", by=al.DecidedBy.BOTH),),
        tasks=(al.Task(id="t1", text="Plan for ungdomsboliger (syntetisk)", responsible="driftschef"),),
        agreements=(AGREEMENT,),
    )
    council.record_meeting(meeting)
    agreement = council.conclude_agreement(
        al.Agreement(
            id=AGREEMENT,
            kind=al.AgreementKind.YOUTH_ALLOCATION,
            municipality=meeting.municipality,
            organisations=(NUMBER,),
            text="Hver tredje ledige ungdomsbolig stilles til rådighed for kommunen (syntetisk).",
            concluded_on=meeting.held_on,
            concluded_at=year,
            responsible="driftschef",
            valid=al.Validity(date(2026, 10, 1), date(2028, 9, 30)),
            review_due=date(2027, 9, 30),
        )
    )
    story.chapter("Dialogmødet holdes i afdelingen", "The dialogue meeting is held in the estate")
    lacking = council.minutes_gaps(ORGANISATION, year)
    rows = [(meeting.held_on, meeting.estate, agreement.id, agreement.kind, agreement.kind.law, len(lacking))]
    titles = [
        ("Holdt", "Held"),
        ("Afdeling", "Estate"),
        ("Aftale", "Agreement"),
        ("Art", "Kind"),
        ("Hjemmel", "Law"),
        ("Mangler i referatet", "Missing in the minutes"),
    ]
    story.table(titles, rows)
    return meeting


def publish(council: al.Workspace, year: al.ReportYear, target: Path, story: Story) -> tuple[al.Statement, list[Path]]:
    """The statement from the records: draft, approved, published, and reported with the central system's receipt."""
    statement = council.draft_statement(year, [ORGANISATION], language=story.lang)
    lacking = council.check_statement(statement)
    council.record_statement(statement)
    statement = statement.advanced(APPROVED)
    council.record_statement(statement)
    statement = statement.advanced(PUBLISHED, website="https://kommune-t01.example/styringsdialog")
    council.record_statement(statement)
    filing = al.StatementFiling(reference="SYNTETISK-1", filed_on=council.today)
    statement = statement.advanced(council.today, filing=filing)
    council.record_statement(statement)
    files = []
    forms: dict[str, Literal["markdown", "html"]] = {".md": "markdown", ".html": "html"}
    for suffix, form in forms.items():
        path = target / f"redegoerelse-T01-{year}{suffix}"
        text = council.statement_text("T01", year, form, organisations=[ORGANISATION], language=story.lang)
        path.write_text(text, encoding="utf-8")
        files.append(path)
    sheet = council.public_data_sheet(ORGANISATION, year)
    files.append(council.export_data_sheets([sheet], target / f"dataark-{ORGANISATION}.html", language=story.lang))
    story.chapter("Redegørelsen offentliggøres", "The statement is published")
    titles = [("Status", "Status"), ("Dage", "Days"), ("Mangler", "Missing"), ("Nøgletal vises", "Figures are shown")]
    shown = sum(figure.state is al.FigureState.SHOWN for figure in sheet.figures)
    story.table(titles, [(statement.status, ", ".join(map(str, statement.dates)), len(lacking), shown)])
    return statement, files


def follow_up(clerk: al.Workspace, year: al.ReportYear, story: Story) -> tuple[int, int]:
    """The next year's report is opened and asks for the agreement; how often before and after it is answered."""
    package = clerk.open_package(ORGANISATION, year)
    before = _unanswered(clerk, package)
    story.chapter("Næste år følger op på aftalen", "The next year follows up the agreement")
    for finding in before:
        story.line(f"{finding.code}: {finding.message[story.lang]} ({finding.law})")
    package = package.follow_up(
        AGREEMENT, al.AgreementStatus.CONTINUED, "Otte boliger er stillet til rådighed (syntetisk)."
    )
    after = _unanswered(clerk, clerk.save(package))
    said = package.follow_ups[0]
    story.table(
        [("Aftale", "Agreement"), ("Organisationen svarer", "The organisation answers"), ("Tekst", "Text")],
        [(said.agreement, said.status, said.text)],
    )
    return len(before), len(after)


def _unanswered(clerk: al.Workspace, package: al.DocumentationPackage) -> list[al.Finding]:
    return [finding for finding in clerk.check(package) if finding.code == "AGREEMENT-UNANSWERED"]


def adopt_model(neighbour: al.Workspace, story: Story) -> tuple[al.Obligation, ...]:
    """The second municipality adopts Norddjurs' models, and its obligations follow from them."""
    neighbour.adopt_model("norddjurs_2011", since=date(2023, 1, 1))
    neighbour.adopt_model("norddjurs_2022", since=date(2024, 11, 1))
    owed = neighbour.obligations(al.Span.years(2023, 2026))
    story.chapter("Kommune T02 vedtager Norddjurs' model", "Municipality T02 adopts the model of Norddjurs")
    rows = [(o.forum.name, o.organisation or "", o.window, o.state, o.model or "") for o in owed]
    titles = [
        ("Forum", "Forum"),
        ("Organisation", "Organisation"),
        ("Tidsrum", "Span"),
        ("Status", "State"),
        ("Model", "Model"),
    ]
    story.table(titles, rows)
    return owed


def tell_overview(council: al.Workspace, year: al.ReportYear, story: Story) -> al.Overview:
    """The municipality's year at a glance."""
    found = council.overview([year])
    rates = found.rates[year]
    story.chapter("Kommunens oversigt", "The municipality's overview")
    rows = [
        (x.name, x.status, x.meeting_held, x.statement_reported, f"{x.rates.delivered}/{x.rates.owed}")
        for x in found.lines
    ]
    titles = [
        ("Organisation", "Organisation"),
        ("Status", "Status"),
        ("Møde", "Meeting"),
        ("Indberettet", "Reported"),
        ("Leveret", "Delivered"),
    ]
    story.table(titles, rows)
    said = al.Text("{delivered} af {owed} elementer er leveret.", "{delivered} of {owed} elements are delivered.")
    story.line(said.fill(delivered=rates.delivered, owed=rates.owed)[story.lang])
    return found
