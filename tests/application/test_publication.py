"""Publishing a year: what the public sees at each step, and how what was published is corrected."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.application.publication_side import sheet_request
from almenstyring.application.records import Records
from almenstyring.builtin.table_report import tables_as_json
from almenstyring.domain.publication import CorrectedRecord

from .conftest import YEAR, StandingClock, refused, sendable

Ready = Callable[[], al.DocumentationPackage]
T001, T01, ESTATE = al.LbfNumber("T001"), al.MunicipalityCode("T01"), al.EstateId.parse("T001-T0101")
RENT, CLEANING = "rent_per_m2", "114"


@pytest.fixture
def stranger(operator: al.Workspace) -> al.Workspace:
    """Somebody who has no business with T001 and sees what the public sees."""
    return operator.acting_as(al.Actor("nabo-1", role="organisation", organisation="T002"))


def meeting(on: date) -> al.DialogueMeeting:
    return al.DialogueMeeting(organisation=T001, report_year=YEAR, municipality=T01, held_on=on)


def statement(*organisations: str, text: str = "SYNTETISK redegørelse") -> al.Statement:
    numbers = tuple(map(al.LbfNumber, organisations or ("T001",)))
    return al.Statement(municipality=T01, report_year=YEAR, organisations=numbers, text=text)


def publish(council: al.Workspace, draft: al.Statement) -> al.Statement:
    published = draft.advanced(council.today).advanced(council.today)
    council.record_statement(published)
    return published


def reported(council: al.Workspace, published: al.Statement) -> al.Statement:
    return published.advanced(council.today, filing=al.StatementFiling(reference="K-1", filed_on=council.today))


def states(sheet: al.DataSheet) -> set[str]:
    return {figure.state.value for figure in sheet.figures}


def everything(sheet: al.DataSheet) -> str:
    return tables_as_json(sheet_request((sheet,), sheet.made_on, "da"))


def send_again(office: al.Workspace, council: al.Workspace, amount: str) -> None:
    """Return the package, change the estate's cleaning costs and send it once more."""
    council.return_package("T001", YEAR, reason="HEMMELIG grund")
    [package] = office.packages(year=YEAR, organisation="T001")
    accounts = package.accounts_of(ESTATE)
    assert accounts is not None
    changed = evolve(accounts, postings={**accounts.postings, CLEANING: al.Dkk.of(amount)}, provenance=None)
    office.submit(office.save(sendable(office, package.with_accounts(changed))))


# The data sheet


def test_before_anything_is_sent_only_the_register_s_master_data_are_public(
    office: al.Workspace, stranger: al.Workspace, ready: Ready
) -> None:
    ready()
    sheet = stranger.public_data_sheet("T001", YEAR)
    assert (sheet.sending, sheet.sent_on, sheet.figures, sheet.accounts) == (None, None, (), ())
    assert {fact.id: fact.value for fact in sheet.master_data}["number"] == "T001"


def test_accounts_are_public_when_sent_and_figures_when_the_meeting_is_marked_held(
    office: al.Workspace, council: al.Workspace, stranger: al.Workspace, ready: Ready, clock: StandingClock
) -> None:
    office.submit(ready())
    sheet = stranger.public_data_sheet("T001", YEAR, estate="T0101")
    assert (sheet.sending, sheet.sent_on) == (1, date(2026, 8, 3))
    assert {account.number for account in sheet.accounts} >= {CLEANING}
    assert states(sheet) == {"not_available"}
    rent = sheet.figure(RENT)
    assert rent is not None and (rent.value, rent.shown.da) == (None, "i/t")

    clock.day = date(2026, 9, 2)
    council.record_meeting(meeting(date(2026, 9, 1)))

    shown = stranger.public_data_sheet("T001", YEAR, estate=ESTATE)
    rent = shown.figure(RENT)
    kept = office.sent_package("T001", YEAR).figures_of(ESTATE)
    assert rent is not None and kept is not None
    assert rent.state is al.FigureState.SHOWN and rent.source
    assert rent.value == kept.figures[0].value
    assert "kr. pr. m²" in rent.shown.da


def test_a_meeting_that_is_to_come_opens_nothing(
    office: al.Workspace, council: al.Workspace, ready: Ready, clock: StandingClock
) -> None:
    office.submit(ready())
    with pytest.raises(al.InvalidValueError):
        council.record_meeting(meeting(date(2026, 10, 7)))
    assert states(council.public_data_sheet("T001", YEAR)) == {"not_available"}
    clock.day = date(2026, 10, 7)
    council.record_meeting(meeting(date(2026, 10, 7)))
    assert "shown" in states(council.public_data_sheet("T001", YEAR))


def test_a_sheet_says_what_it_is_not(office: al.Workspace, council: al.Workspace, ready: Ready) -> None:
    office.submit(ready())
    council.record_meeting(meeting(council.today))
    sheet = council.public_data_sheet("T001", YEAR, estate="T0101")
    said = " ".join(notice.da for notice in sheet.notices)
    for words in (
        "SYNTETISK",
        "ikke den officielle portal",
        "udvalget er projektets eget",
        "aktindsigt",
        "§ 112, stk. 6",
    ):
        assert words in said
    computed = sheet.figure("computed_efficiency_score")
    assert computed is not None and "ikke det officielle" in computed.note.da


def test_a_score_that_a_person_typed_is_not_shown_as_the_official_one(
    office: al.Workspace, council: al.Workspace, ready: Ready
) -> None:
    council.record_meeting(meeting(council.today))
    package = office.save(ready().answer("estate.efficiency_score", 99, comment="Tastet", estate=ESTATE))
    office.submit(office.save(sendable(office, package)))
    typed = council.public_data_sheet("T001", YEAR, estate=ESTATE).figure("efficiency_score")
    delivered = council.public_data_sheet("T001", YEAR, estate="T0201").figure("efficiency_score")
    assert typed is not None and (typed.state, typed.value) == (al.FigureState.MISSING, None)
    assert delivered is not None and delivered.value is not None


def test_a_returned_and_changed_package_stays_as_it_was_sent(
    office: al.Workspace, council: al.Workspace, stranger: al.Workspace, ready: Ready
) -> None:
    office.submit(ready())
    before = stranger.public_data_sheet("T001", YEAR, estate="T0101")
    council.return_package("T001", YEAR, reason="Ret renholdelsen.")
    [package] = office.packages(year=YEAR, organisation="T001")
    accounts = package.accounts_of(ESTATE)
    assert accounts is not None
    draft = evolve(accounts, postings={**accounts.postings, CLEANING: al.Dkk.of("77777777")})
    office.save(package.with_accounts(draft))
    assert stranger.public_data_sheet("T001", YEAR, estate="T0101") == before


def test_an_unknown_estate_is_not_found(council: al.Workspace) -> None:
    for estate in ("T9999", "T002-T0101"):
        with pytest.raises(al.NotFoundError):
            council.public_data_sheet("T001", YEAR, estate=estate)


def test_invented_and_real_are_kept_apart(council: al.Workspace) -> None:
    with pytest.raises(al.NotAllowedError):
        council.public_data_sheet("0045", YEAR)


def test_sheets_are_written_by_every_exporter(
    office: al.Workspace, council: al.Workspace, ready: Ready, tmp_path: Path
) -> None:
    office.submit(ready())
    sheets = [council.public_data_sheet("T001", YEAR), council.public_data_sheet("T001", YEAR, estate="T0101")]
    for suffix in (".txt", ".html", ".json", ".xlsx"):
        path = council.export_data_sheets(sheets, tmp_path / f"ark{suffix}")
        if suffix != ".xlsx":
            text = path.read_text("utf-8")
            assert "SYNTETISK" in text and "i/t" in text and "T001-T0101" in text
    tables = json.loads((tmp_path / "ark.json").read_text("utf-8"))["tables"]
    assert {row["unit"] for row in tables["accounts"]} == {"T001", "T001-T0101"}


# The policy


def test_a_municipality_chooses_its_policy(
    office: al.Workspace, council: al.Workspace, stranger: al.Workspace, ready: Ready
) -> None:
    office.submit(ready())
    council.record_meeting(meeting(council.today))
    assert council.publication_policy("T01").id == "portal_2014"
    assert council.choose_publication_policy("decision_2011").id == "decision_2011"
    assert council.publication_policy(T01).id == "decision_2011"
    assert council.publication_policy("T02").id == "portal_2014"

    hidden = stranger.public_data_sheet("T001", YEAR)
    assert (hidden.policy, hidden.master_data, hidden.accounts) == ("decision_2011", (), ())
    assert states(hidden) == {"not_available"}

    publish(council, statement())
    shown = stranger.public_data_sheet("T001", YEAR)
    assert shown.accounts and shown.master_data and "shown" in states(shown)


def test_another_policy_is_looked_at_by_those_who_may_read_the_report(
    office: al.Workspace, council: al.Workspace, stranger: al.Workspace, ready: Ready
) -> None:
    office.submit(ready())
    assert council.data_sheet("T001", YEAR, policy="decision_2011").accounts == ()
    assert office.data_sheet("T001", YEAR) == office.public_data_sheet("T001", YEAR)
    with pytest.raises(al.NotAllowedError):
        stranger.data_sheet("T001", YEAR, policy="portal_2014")
    with pytest.raises(al.NotFoundError):
        council.data_sheet("T001", YEAR, policy="portal_1999")


def test_only_a_municipality_chooses(office: al.Workspace, operator: al.Workspace) -> None:
    for other in (office, operator):
        with pytest.raises(al.NotAllowedError):
            other.choose_publication_policy("decision_2011")


@pytest.mark.parametrize(
    ("audience", "content", "shown"),
    [
        ("organisation", "drafts", True),
        ("home_municipality", "answers", True),
        ("public", "answers", False),
        ("public", "accounts", True),
        ("organisation", "review_comments", False),
        ("public", "articles", True),
    ],
)
def test_visibility_answers_for_every_audience(
    office: al.Workspace, council: al.Workspace, ready: Ready, audience: str, content: str, shown: bool
) -> None:
    office.submit(ready())
    assert council.visibility("T001", YEAR, content, audience).shown is shown


@pytest.mark.parametrize(
    ("content", "audience", "said"),
    [("statementz", "public", "master_data"), ("statement", "everybody", "home_municipality")],
    ids=["content", "audience"],
)
def test_what_the_policy_does_not_know_is_told_in_a_sentence(
    council: al.Workspace, content: str, audience: str, said: str
) -> None:
    assert said in refused(lambda: council.visibility("T001", YEAR, content, audience), al.InvalidValueError)


# Corrections


def test_a_published_statement_is_corrected_with_a_log_and_nothing_is_overwritten(
    council: al.Workspace, stranger: al.Workspace, clock: StandingClock
) -> None:
    published = publish(council, statement(text="Mødet blev holdt i maj."))
    with pytest.raises(al.NotAllowedError):
        council.record_statement(evolve(published, text="Mødet blev holdt i juni."))

    clock.day = date(2026, 8, 10)
    corrected = council.correct_statement(
        published, text="Mødet blev holdt i juni.", cause="Forkert måned", approved_by="leder-3"
    )

    assert council.statements(YEAR) == (corrected,)
    [logged] = stranger.corrections(YEAR, organisation="T001")
    assert (logged.id, logged.record, str(logged.place)) == (
        "T01/2026/1",
        CorrectedRecord.STATEMENT,
        "T01 statement text",
    )
    assert (logged.old, logged.new) == ("Mødet blev holdt i maj.", "Mødet blev holdt i juni.")
    assert (logged.cause, logged.approved_by, logged.on) == ("Forkert måned", "leder-3", date(2026, 8, 10))
    records = Records(council._store).statements
    [record] = records.records(year=2026)
    kept = [records.entry(each).value.text for each in records.history(record.key)]
    assert kept == ["Mødet blev holdt i maj.", "Mødet blev holdt i juni."]
    assert stranger.public_data_sheet("T001", YEAR).corrections == (logged,)
    council.record_statement(reported(council, corrected))
    assert council.verify().ok


def test_the_organisations_of_a_statement_are_corrected_under_the_same_key(
    council: al.Workspace, stranger: al.Workspace
) -> None:
    published = publish(council, statement("T001"))
    corrected = council.correct_statement(published, organisations=["T003", "T001"], cause="T003 var med")
    assert council.statements(YEAR) == (corrected,)
    for number in ("T001", "T003"):
        sheet = stranger.public_data_sheet(number, YEAR)
        assert [each.text for each in sheet.statements] == [published.text]
        assert [each.new for each in sheet.corrections] == ["T001, T003"]
    council.record_statement(reported(council, corrected))
    assert len(council.statements(YEAR)) == 1


def test_a_new_statement_never_overwrites_one_that_was_corrected_to_be_about_others(council: al.Workspace) -> None:
    published = publish(council, statement("T001", text="Den første"))
    council.correct_statement(published, organisations=["T003"], cause="Forkert organisation")
    publish(council, statement("T001", text="Den anden"))
    assert sorted(each.text for each in council.statements(YEAR)) == ["Den anden", "Den første"]


def test_two_published_statements_never_cover_the_same_organisation(council: al.Workspace) -> None:
    first, other = publish(council, statement("T001")), publish(council, statement("T003"))
    with pytest.raises(al.NotAllowedError):
        council.record_statement(statement("T001", "T003"))
    with pytest.raises(al.NotAllowedError):
        council.correct_statement(first, organisations=["T001", "T003"], cause="Begge")
    assert set(council.statements(YEAR)) == {first, other}
    assert council.corrections(YEAR) == ()


def test_a_draft_is_no_correction_and_a_correction_changes_something(council: al.Workspace) -> None:
    council.record_statement(statement())
    with pytest.raises(al.NotAllowedError):
        council.correct_statement(statement(), text="Ny", cause="Ny")
    with pytest.raises(al.NotFoundError):
        council.correct_statement(statement("T003"), text="Ny", cause="Ny")
    published = publish(council, statement())
    for cause, text in (("", "Ny"), ("Uændret", published.text)):
        with pytest.raises(al.InvalidValueError):
            council.correct_statement(published, text=text, cause=cause)
    assert (council.statements(YEAR), council.corrections(YEAR)) == ((published,), ())


def test_only_the_municipality_itself_corrects(council: al.Workspace, office: al.Workspace) -> None:
    published = publish(council, statement())
    neighbour = office.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))
    for other in (office, neighbour):
        with pytest.raises(al.NotAllowedError):
            other.correct_statement(published, text="Ny", cause="Ny")


def test_a_second_sending_logs_the_figures_that_moved_and_keeps_the_reason_from_the_public(
    office: al.Workspace, council: al.Workspace, stranger: al.Workspace, ready: Ready
) -> None:
    office.submit(ready())
    council.record_meeting(meeting(council.today))
    before = stranger.public_data_sheet("T001", YEAR, estate="T0101")
    send_again(office, council, "1500000")
    after = stranger.public_data_sheet("T001", YEAR, estate="T0101")

    told = {str(each.place): (each.old, each.new) for each in after.corrections}
    assert told["T001-T0101 accounts 114"][1] == "1500000.00"
    old, new = before.figure("cleaning_per_m2"), after.figure("cleaning_per_m2")
    assert old is not None and new is not None
    assert told["T001-T0101 key_figures cleaning_per_m2"] == (str(old.value), str(new.value))
    assert {each.cause for each in after.corrections} == {"Returneret 2026-08-03; sendt igen 2026-08-03 som nr. 2."}
    assert "HEMMELIG" not in everything(after)
    assert {each.detail for each in stranger.corrections(YEAR)} == {""}
    assert {each.detail for each in council.corrections(YEAR, municipality="T01")} == {"HEMMELIG grund"}
    assert {each.detail for each in office.corrections(YEAR, organisation="T001")} == {"HEMMELIG grund"}


def test_before_the_meeting_a_second_sending_tells_the_public_nothing_of_key_figures(
    office: al.Workspace, council: al.Workspace, stranger: al.Workspace, ready: Ready
) -> None:
    office.submit(ready())
    send_again(office, council, "1500000")
    [logged] = stranger.corrections(YEAR)
    assert str(logged.place) == "T001-T0101 accounts 114"


def test_a_correction_is_no_longer_told_where_its_content_is_not_public(
    office: al.Workspace, council: al.Workspace, stranger: al.Workspace, ready: Ready
) -> None:
    office.submit(ready())
    send_again(office, council, "1500000")
    council.choose_publication_policy("decision_2011")
    assert stranger.corrections(YEAR) == ()
    assert stranger.public_data_sheet("T001", YEAR, estate="T0101").corrections == ()
    assert len(council.corrections(YEAR)) == 1
