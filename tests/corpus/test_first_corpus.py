"""What the first version wrote is read for ever, and means what it meant."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from almenstyring.codec import FORMATS, decode, encode, parse, recognise
from almenstyring.domain.agreements import Agreement, AgreementStatus
from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.dialogue import (
    DecidedBy,
    DialogueMeeting,
    ForumMeeting,
    Invitation,
    InvitationStatus,
    ParticipantSide,
    Statement,
    StatementFiling,
    StatementStatus,
    StatutoryGoal,
)
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.mandates import Mandate
from almenstyring.domain.notices import NoticeDelivery, NoticePlan, NoticeRole, NoticeState, YearDay
from almenstyring.domain.organisations import (
    AreaStatus,
    EstateKind,
    Homes,
    LegalForm,
    MasterData,
    OrganisationKind,
    Validity,
)
from almenstyring.domain.persons import Person, Retention
from almenstyring.domain.pilots import Pilot
from almenstyring.domain.publication import ContentKind, CorrectedRecord, LoggedCorrection
from almenstyring.domain.reporting import (
    NONE,
    NOT_APPLICABLE,
    AnnualReport,
    AnnualReportItem,
    AuditorsProtocol,
    CentralReceipt,
    Deadline,
    DocumentationPackage,
    PackageStatus,
    Sourced,
    Standard,
    Typed,
)
from almenstyring.domain.supervision import SupervisoryAction, SupervisoryStatus
from almenstyring.domain.values import Area, Dkk, EstateId, LbfNumber, MunicipalityCode, Number, TenancyUnits

FOLDER = Path(__file__).parent / "v1"
FILES = {
    "adoption": "1a55d52cb22c8150",
    "agreement": "d2b4a96705b6f778",
    "central-receipt": "6b58458c80687922",
    "correction": "973dc44aea3c9795",
    "critical-review": "a4b41e6950370add",
    "deadline": "ec5d5bc911479eff",
    "mandate": "858231300ae89b74",
    "master-data": "b8882cebaaf4ccd7",
    "figure-column": "1811380f884a021a",
    "forum-meeting": "c053492983e0aeeb",
    "invitation": "98da76fc0f6f80f7",
    "meeting": "e51e5ba89c108584",
    "package-agreements": "9368273f17b1a1c1",
    "municipal-goals": "0e1ab9497e8f86a0",
    "meeting-with-minutes": "1582b5c6c61e4f45",
    "notice-delivery": "19c9dc82a6ee6e77",
    "notice-plan": "22472289fd4309b2",
    "package-answered-2026": "08f4b70bdd082cb3",
    "package-complete": "dcd23bc1d9abd781",
    "package-progress": "fa6249183ed5aefa",
    "package-minimal": "86b0143204bd4a5a",
    "person": "f3aa1542986f9176",
    "pilot": "68977de63ade648a",
    "receipt": "6d3959edf10d2ecb",
    "retention": "2d6ec55328728c6a",
    "review": "cc91381187ee8779",
    "standard-2026": "12b96fd0a7dd49c7",
    "statement": "ae4cb72c138743f2",
    "statement-filed": "767444d415c06a2d",
    "supervisory-action": "adf716a2f7ce380a",
    "year-figures": "1112b2894dcaa6e0",
}
ESTATE = EstateId.parse("T001-T0101")


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.json").read_text(encoding="utf-8")


def read(name: str, kind: type[Any]) -> Any:
    return decode(text_of(name), kind, file=name)


def test_the_files_are_as_they_were_laid() -> None:
    laid = {path.stem: hashlib.sha256(text_of(path.stem).encode()).hexdigest()[:16] for path in FOLDER.glob("*.json")}
    assert laid == FILES


def test_every_format_is_there() -> None:
    assert {recognise(parse(text_of(name))) for name in FILES} == set(FORMATS)


@pytest.mark.parametrize("name", FILES)
def test_a_document_is_written_as_it_was_read(name: str) -> None:
    kind = recognise(parse(text_of(name)))
    assert kind is not None
    assert json.loads(encode(read(name, kind))) == json.loads(text_of(name))


def test_the_minimal_package_pins_every_default() -> None:
    package: DocumentationPackage = read("package-minimal", DocumentationPackage)
    assert package.organisation == LbfNumber("T001")
    assert package.report_year == ReportYear(2026)
    assert package.period == AccountingPeriod(date(2025, 1, 1), date(2025, 12, 31))
    assert package.standard == "Standard=almenstyring:styringsrapport(2026)"
    assert package.report.unit == LbfNumber("T001") and package.report.answers == {}
    assert package.status is PackageStatus.CREATED
    assert package.annual_report == AnnualReport(items={}, attachment="")
    assert package.auditors_protocol == AuditorsProtocol(summary="", attachment="")
    assert package.master_data is None
    lists = "estate_reports accounts questionnaires analyses attachments confirmations sendings returns"
    assert {getattr(package, name) for name in lists.split()} == {()}
    assert (package.revision, package.editor) == (0, "")


def test_every_kind_of_answer_is_what_it_was() -> None:
    report = read("package-complete", DocumentationPackage).report
    values = {question: answer.value for question, answer in report.answers.items()}
    assert values == {
        "economy.sound_operation": "high_degree",
        "economy.dispositionsfond": Dkk(1245000050),
        "economy.arbejdskapital": Dkk(-125025),
        "economy.share": Number(855, 1),
        "economy.zero": Number(0),
        "democracy.last_meeting": date(2025, 11, 27),
        "democracy.no_boards": NONE,
        "letting.agreement": NOT_APPLICABLE,
        "letting.only_a_comment": None,
        "agreements.list": ('Fælles indkøb af "grøn" el', "Naboaften d. 3. maj", "100 % genbrug 🌱"),
        "agreements.table": (
            {"estate": "T001-T0101", "moved": Number(7), "cost": Dkk(500000), "on": date(2025, 3, 1)},
            {"estate": "T001-T0201", "moved": Number(125, 3)},
        ),
        "agreements.empty_list": (),
        "agreements.text_none": "none",
    }
    assert report["economy.sound_operation"].provenance == Typed("kontor-1")
    assert report["economy.sound_operation"].comment == "Driften er i balance; henlæggelserne øges i 2027."
    assert report["letting.only_a_comment"].provenance is None
    assert report["economy.arbejdskapital"].provenance == Sourced(
        source="synthetic",
        key="805",
        retrieved_at=datetime(2026, 2, 3, 9, 15, 30, 250000, tzinfo=UTC),
        status=FigureStatus.PROVISIONAL,
    )


def test_every_part_of_the_complete_package_is_what_it_was() -> None:
    package: DocumentationPackage = read("package-complete", DocumentationPackage)
    assert package.status is PackageStatus.SENT
    assert [str(sheet.unit) for sheet in package.estate_reports] == ["T001-T0101", "T001-T0201"]
    assert package.sheet(ESTATE)["estate.efficiency_score"].value == Number(85123456, 6)
    # Every member there was on the day the corpus was laid.
    of_the_day = [FigureStatus.FINAL, FigureStatus.PROVISIONAL, FigureStatus.PROJECTED]
    assert [accounts.status for accounts in package.accounts] == of_the_day
    assert package.accounts[0].postings == {
        "501": Dkk(8000000),
        "803": Dkk(1245000050),
        "805": Dkk(-125025),
        "750": Dkk(0),
    }
    assert package.accounts[2].period == AccountingPeriod(date(2025, 1, 1), date(2025, 6, 30))
    assert [(sheet.questionnaire, sheet.version) for sheet in package.questionnaires] == [
        ("organisation", 1),
        ("estate", 1),
    ]
    assert list(package.annual_report.items) == list(AnnualReportItem)
    assert package.annual_report[AnnualReportItem.AUDITOR_REMARKS].value is NONE
    assert package.annual_report[AnnualReportItem.COST_GOALS].value == "SYNTETISK: redegørelse for cost_goals"
    assert package.auditors_protocol.attachment == "protokol.pdf"
    assert [(analysis.title, analysis.attachment) for analysis in package.analyses] == [
        ("Huslejeanalyse", "analyse.pdf"),
        ("Uden bilag", ""),
    ]
    assert [(document.name, document.size) for document in package.attachments] == [
        ("årsberetning.pdf", 182344),
        ("protokol.pdf", 0),
        ("analyse.pdf", 25000000),
    ]


def test_the_history_of_the_complete_package_is_what_it_was() -> None:
    package: DocumentationPackage = read("package-complete", DocumentationPackage)
    [confirmation] = package.confirmations
    assert (confirmation.by, confirmation.on) == ("kontor-1", date(2026, 6, 20))
    assert confirmation.reason == "Registret er rettet pr. 1. marts."
    first, second = package.sendings
    assert (first.number, first.on, first.due) == (1, date(2026, 6, 29), date(2026, 7, 1))
    assert (second.by, second.due) == ("kontor-2", None)
    assert second.at == datetime(2026, 8, 14, 6, 0, 0, 123456, tzinfo=UTC)
    assert [(given.on, given.by) for given in package.returns] == [(date(2026, 7, 9), "tilsyn-7")]
    assert package.master_data == read("master-data", MasterData)


def test_the_master_data_is_what_it_was() -> None:
    master: MasterData = read("master-data", MasterData)
    organisation = master.organisation
    assert (organisation.name, str(organisation.cvr)) == ("Opdigtet Boligforening Æblehaven", "T0000001")
    assert (organisation.kind, organisation.legal_form) == (
        OrganisationKind.HOUSING_ORGANISATION,
        LegalForm.WITH_DEPOSITS,
    )
    estate, shop, site, side = master.estates
    assert estate.homes == Homes(family=62, youth=8, elderly=12)
    assert (estate.homes_area, estate.leases) == (Area(641250), (Area(12340), Area(6000)))
    assert estate.published_units == TenancyUnits(898)
    assert (shop.kind, shop.in_operation_until) == (EstateKind.SERVICE_AREA, date(2025, 6, 30))
    assert (site.in_operation_from, site.homes_area, site.published_units) == (None, Area(0), None)
    assert side.kind is EstateKind.SIDE_ACTIVITY
    assert [str(home.municipality) for home in master.home_municipalities] == ["T02", "T01"]
    assert master.home_municipalities[0].valid == Validity(None, date(2006, 12, 31))
    assert [str(owned.organisation) for owned in master.ownerships] == ["T001", "T002", "T001", "T001", "T001"]
    assert [str(code) for code in master.municipalities_of(ESTATE, date(2026, 1, 1))] == ["T01", "T02"]
    assert [str(number) for number in master.administrators_on(date(2026, 1, 1))] == ["T900"]
    assert [(area.status, len(area.estates)) for area in master.areas] == [(AreaStatus.PREVENTION, 2), (None, 1)]
    assert len(master.periods) == 2


def test_the_standard_is_what_it_was() -> None:
    standard: Standard = read("standard-2026", Standard)
    assert standard.identity == "Standard=almenstyring:styringsrapport(2026)"
    assert (len(standard.sections), len(list(standard))) == (14, 48)
    sound = standard.question("economy.sound_operation")
    assert sound is not None and [option.id for option in sound.options] == [
        "high_degree",
        "some_degree",
        "low_degree",
        "not_at_all",
    ]


def test_the_answered_package_fits_the_standard_of_its_time() -> None:
    standard: Standard = read("standard-2026", Standard)
    package: DocumentationPackage = read("package-answered-2026", DocumentationPackage)
    assert package.standard == standard.identity
    asked = {question.id for question in standard}
    for sheet in package.sheets():
        assert sheet.answers and set(sheet.answers) <= asked
        assert not any(answer.is_missing for answer in sheet.answers.values())


def test_the_invitation_is_what_it_was() -> None:
    invitation: Invitation = read("invitation", Invitation)
    assert (invitation.status, invitation.sequence, invitation.notice_days) == (InvitationStatus.INVITED, 3, 36)
    assert invitation.uid == "meeting.T01.m-2026-1@almenstyring"
    assert invitation.when.starts.isoformat() == "2026-10-07T13:30:00+02:00"
    assert [(person.id, person.side) for person in invitation.participants] == [
        ("tilsynschef", ParticipantSide.MUNICIPALITY),
        ("direktør", ParticipantSide.ORGANISATION),
        ("revisor-1", ParticipantSide.AUDITOR),
    ]
    assert [(item.title.da, item.goal) for item in invitation.agenda] == [
        ("Opfølgning på sidste års aftaler", None),
        ("Udlejning", StatutoryGoal.LETTING),
    ]
    assert [(str(step.was), step.was_at) for step in invitation.history][-1] == (
        "2026-09-30 10:00",
        "Rådhuset, lokale 2",
    )


def test_the_minutes_of_a_meeting_are_what_they_were() -> None:
    meeting: DialogueMeeting = read("meeting-with-minutes", DialogueMeeting)
    assert (meeting.invitation, str(meeting.estate), meeting.next_meeting) == (
        "m-2026-1",
        "T001-T0101",
        date(2027, 3, 4),
    )
    assert [(area.area, area.municipalitys_assessment) for area in meeting.areas] == [
        ("Opdigtet område Ø", "Naboerne klager.")
    ]
    assert [goal.goal for goal in meeting.goals] == [StatutoryGoal.LETTING]
    assert [decision.by for decision in meeting.decisions] == [DecidedBy.MUNICIPALITY, DecidedBy.ORGANISATION]
    assert [(task.id, task.due, task.done_on) for task in meeting.tasks] == [("t-1", date(2027, 1, 15), None)]
    before = read("meeting", DialogueMeeting)
    assert before.areas == before.tasks == before.participants == (), "what was written before there were minutes"


def test_the_meeting_of_a_forum_is_what_it_was() -> None:
    meeting: ForumMeeting = read("forum-meeting", ForumMeeting)
    assert (meeting.forum, [str(number) for number in meeting.organisations]) == ("joint_meeting", ["T001", "T002"])
    assert meeting.minutes.startswith("SYNTETISK")
    assert [task.done_on for task in meeting.tasks] == [None, date(2026, 11, 20)]


SUMMARIES: dict[str, tuple[type, Callable[[Any], object], object]] = {
    "deadline": (
        Deadline,
        lambda deadline: (deadline.due, deadline.current, [given.granted_by for given in deadline.extensions]),
        (date(2026, 7, 1), date(2026, 8, 15), ["tilsyn-7", "tilsyn-9"]),
    ),
    "meeting": (
        DialogueMeeting,
        lambda meeting: (str(meeting.municipality), meeting.held_on, meeting.place, len(meeting.agreements)),
        ("T01", date(2026, 10, 7), "Rådhuset, lokale 2", 2),
    ),
    "statement": (
        Statement,
        lambda statement: (statement.status, [str(number) for number in statement.organisations], statement.dates),
        (StatementStatus.REPORTED, ["T001", "T002"], (date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16))),
    ),
    "central-receipt": (
        CentralReceipt,
        lambda receipt: (receipt.sending, receipt.reference, receipt.filed_on, receipt.recorded_by),
        (2, "SYN-2026-000123", date(2026, 8, 14), "kontor-1"),
    ),
}


def test_what_is_kept_about_persons_advisers_and_pilots_is_what_it_was() -> None:
    person, mandate, pilot = read("person", Person), read("mandate", Mandate), read("pilot", Pilot)
    assert (person.id, person.name, person.valid.end) == ("p-7f3a", "Opdigtet Person Æble", date(2027, 12, 31))
    assert (str(person.organisation), person.municipality, person.salt) == ("T001", None, "0f" * 16)
    assert read("retention", Retention) == Retention(municipality=MunicipalityCode("T01"), years=5)
    assert [mandate.holds_on(date(2026, 8, day)) for day in (14, 15)] == [True, False]
    assert [mandate.covers(LbfNumber(number)) for number in ("T001", "T002", "T004")] == [True, False, True]
    assert [pilot.is_on(date(2026, 3, day)) for day in (1, 2)] == [True, False]


def test_the_correction_is_what_it_was() -> None:
    correction: LoggedCorrection = read("correction", LoggedCorrection)
    assert (correction.record, correction.content) == (CorrectedRecord.DATA_SHEET, ContentKind.ACCOUNTS)
    assert str(correction.place) == "T001-T0101 accounts 114"
    assert (correction.old, correction.new, correction.on) == ("1387137.30", "1500000.00", date(2026, 9, 3))
    assert correction.detail.startswith("SYNTETISK") and correction.approved_by == "kontor-1"


@pytest.mark.parametrize("name", SUMMARIES)
def test_a_record_of_the_dialogue_is_what_it_was(name: str) -> None:
    kind, summary, expected = SUMMARIES[name]
    record = read(name, kind)
    assert summary(record) == expected
    if name != "statement":
        assert (str(record.organisation), int(record.report_year)) == ("T001", 2026)


def test_an_agreement_and_what_a_report_says_of_it_are_what_they_were() -> None:
    made: Agreement = read("agreement", Agreement)
    assert [step.status.value for step in made.history] == ["continued", "changed", "ended"]
    assert (made.current_text, made.period.end) == ("SYNTETISK: også uddannelse tæller.", date(2029, 9, 30))
    package: DocumentationPackage = read("package-agreements", DocumentationPackage)
    [given], [kept] = package.follow_ups, package.agreements
    assert (given.agreement, given.status) == (kept.id, AgreementStatus.CONTINUED)


def test_a_statement_is_filed_as_it_was() -> None:
    statement: Statement = read("statement-filed", Statement)
    assert statement.filing == StatementFiling(reference="SYN-2026-000124", filed_on=date(2026, 11, 12))
    assert (statement.website, statement.agreements) == ("https://t01.example/styringsdialog", ("A-2024-3",))
    old: Statement = read("statement", Statement)
    assert (old.filing, old.website, old.title, old.agreements) == (None, "", "", ())


def test_a_supervisory_action_is_what_it_was() -> None:
    action: SupervisoryAction = read("supervisory-action", SupervisoryAction)
    assert (str(action.unit), action.status, action.current_due) == (
        "T002-T0301",
        SupervisoryStatus.CONCLUDED,
        date(2026, 10, 1),
    )
    told = action.home_informed
    assert told and (str(told.municipality), told.on, action.follows) == ("T01", date(2026, 5, 6), "P-0")


def test_a_plan_of_notices_is_what_it_was() -> None:
    plan: NoticePlan = read("notice-plan", NoticePlan)
    assert plan.offsets == (-45, -14, 3)
    assert plan.recipients == (NoticeRole.ORGANISATION, NoticeRole.MUNICIPALITY)
    assert plan.open_items == (YearDay(2, 1), YearDay(10, 15))
    assert (plan.begins, plan.set_by, plan.set_on) == (date(2026, 5, 1), "tilsyn-7", date(2026, 4, 20))


def test_what_became_of_a_notice_is_what_it_was() -> None:
    delivery: NoticeDelivery = read("notice-delivery", NoticeDelivery)
    assert (delivery.role, delivery.unit, delivery.state) == (NoticeRole.ADMINISTRATOR, "T900", NoticeState.FAILED)
    assert (delivery.fell_due, delivery.on, delivery.attempts) == (date(2026, 6, 17), date(2026, 6, 18), 2)
