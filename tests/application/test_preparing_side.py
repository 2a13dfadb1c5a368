"""The preparation sheet, the municipality's goals and the councillors' briefing, in a store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

import almenstyring as al
from almenstyring.testing.builders import clean_master_data

from .conftest import YEAR, StandingClock

Ready = Callable[[], al.DocumentationPackage]
OTHERS = pytest.mark.parametrize(
    "actor",
    [
        al.Actor("kontor", role="organisation", organisation="T001"),
        al.Actor("drift", role="operator"),
        al.Actor("tilsyn-2", role="municipality", municipality="T02"),
    ],
    ids=["the organisation", "the operator", "another municipality"],
)


@pytest.fixture
def got(council: al.Workspace, office: al.Workspace, operator: al.Workspace, ready: Ready) -> al.Workspace:
    """The home municipality, which got T001's report with key figures beside their peers'."""
    operator.compute_figures(YEAR)
    office.submit(ready())
    return council


# the sheet


def test_without_a_report_there_is_a_sheet_that_says_the_meeting_is_owed(council: al.Workspace) -> None:
    sheet = council.preparation("T003", YEAR)
    assert sheet.report.is_missing and sheet.report.status is None
    assert "fixed.missing_report" in [each.id for each in sheet.agenda]
    assert sheet.homes.total == 115 and sheet.review_left is None


def test_a_draft_is_not_shown_only_that_there_is_one(council: al.Workspace, ready: Ready) -> None:
    ready()
    sheet = council.preparation("T001", YEAR)
    assert sheet.report.status is al.PackageStatus.IN_PROGRESS
    assert sheet.report.is_missing and sheet.figures == ()


def test_the_sheet_has_what_was_sent_what_deviates_and_what_is_left_to_review(got: al.Workspace) -> None:
    got.set_deadline("T001", YEAR, date(2026, 7, 1))
    sheet = got.preparation("T001", YEAR)
    assert (sheet.report.first_sent, sheet.report.sendings) == (date(2026, 8, 3), 1)
    assert sheet.report.accounts_due == date(2026, 6, 30)
    assert sheet.figures and all(each.value.da for each in sheet.figures)
    assert {str(each.unit) for each in sheet.figures} >= {"T001-T0101"}
    assert sheet.review_left == len(got.critical_review("T001", YEAR).items)
    assert [area.name for area in sheet.areas] == ["Måneskinskvarteret"]
    assert sheet.is_synthetic and sheet.kind is al.OrganisationKind.HOUSING_ORGANISATION


def test_the_deadline_that_held_at_the_sending_tells_whether_it_was_late(
    council: al.Workspace, office: al.Workspace, ready: Ready
) -> None:
    council.set_deadline("T001", YEAR, date(2026, 7, 1))
    office.submit(ready())
    report = council.preparation("T001", YEAR).report
    assert (report.timing.timeliness, report.timing.days_late) == (al.Timeliness.LATE, 33)


def test_goals_and_follow_ups_come_to_the_agenda_and_legality_is_kept_apart(got: al.Workspace) -> None:
    got.set_goals({"letting": "Flere ungdomsboliger."}, strategy="Tidlig indsats.")
    got.judge("T001", YEAR, "provisions", "follow_up", "Drøft planen.")
    got.judge("T001", YEAR, "measures", "follow_up", "Overvej pålæg.")
    sheet = got.preparation("T001", YEAR)
    agenda = {each.id: each for each in sheet.agenda}
    assert agenda["review.provisions"].why.da == "Drøft planen."
    assert agenda["municipal_goal.letting"].why.da == "Flere ungdomsboliger."
    assert "review.measures" not in agenda
    assert [each.hint.da for each in sheet.legality] == ["Overvej pålæg."]


def test_the_last_meeting_is_that_of_an_earlier_report_year(got: al.Workspace) -> None:
    for year, words in ((2024, "Ældst."), (2025, "Sidst."), (2026, "I år.")):
        got.record_meeting(
            al.DialogueMeeting(
                organisation=al.LbfNumber("T001"),
                report_year=al.ReportYear(year),
                municipality=al.MunicipalityCode("T01"),
                held_on=date(year, 7, 1),
                municipalitys_assessment=words,
            )
        )
    sheet = got.preparation("T001", YEAR)
    assert sheet.last_meeting is not None and sheet.last_meeting.municipalitys_assessment == "Sidst."
    assert "meeting.2025.assessments" in [each.id for each in sheet.agenda]


@OTHERS
def test_the_sheet_and_the_goals_are_the_home_municipalitys_own(got: al.Workspace, actor: al.Actor) -> None:
    other = got.acting_as(actor)
    for organisation in ("T001", "T002", "T003"):  # with a report, with an estate in T02, and without a report
        with pytest.raises(al.NotAllowedError):
            other.preparation(organisation, YEAR)
    if actor.role is not al.Role.MUNICIPALITY:
        with pytest.raises(al.NotAllowedError):
            other.set_goals({})
        with pytest.raises(al.NotAllowedError):
            other.goals()


def test_an_institution_that_has_no_dialogue_has_no_sheet(operator: al.Workspace, council: al.Workspace) -> None:
    operator._keep_master(clean_master_data(kind=al.OrganisationKind.SELF_OWNING_YOUTH, number="T900"))
    with pytest.raises(al.NotAllowedError) as refused:
        council.preparation("T900", YEAR)
    assert "ABL § 169, stk. 1" in refused.value.hint.da


def test_goals_replace_the_ones_before_and_a_goal_that_the_law_lacks_is_refused(
    council: al.Workspace, clock: StandingClock
) -> None:
    assert council.goals() is None
    council.set_goals({"letting": "Før."})
    clock.day = date(2026, 9, 1)
    council.set_goals({"estates": "Nu."})
    kept = council.goals()
    assert kept is not None and (dict(kept.goals), kept.set_on) == ({"estates": "Nu."}, date(2026, 9, 1))
    for wrong in ({"happiness": "Ja."}, ["letting"], "letting"):
        with pytest.raises(al.InvalidValueError):
            council.set_goals(wrong)  # type: ignore[arg-type]


# the briefing


def test_the_briefing_covers_organisations_at_home_and_estates_that_lie_here(operator: al.Workspace) -> None:
    told = operator.briefing("T02", date(2026, 8, 3))
    by_number = {str(each.organisation): each for each in told.organisations}
    assert (by_number["T006"].at_home, by_number["T002"].at_home) == (True, False)
    master = operator.master_data("T002")
    here = [e for e in master.estates if al.MunicipalityCode("T02") in master.municipalities_of(e.id, told.on)]
    assert by_number["T002"].estates == len(here) < len(master.estates)


def test_the_briefing_tells_practice_areas_homes_and_figures_but_ranks_nobody(got: al.Workspace) -> None:
    told = got.briefing()
    by_number = {str(each.organisation): each for each in told.organisations}
    assert [str(each.organisation) for each in told.organisations] == ["T001", "T002", "T003", "T004", "T005"]
    assert by_number["T005"].administrators == ((al.LbfNumber("T004"), "Administrationsselskabet Påhit"),)
    assert by_number["T001"].practice and by_number["T003"].practice == ()
    assert by_number["T004"].homes.total is None
    assert (told.homes.family, told.homes.care, told.homes.accessible) == (595, 20, None)
    assert [area.name for area in told.areas] == ["Måneskinskvarteret"]
    assert told.facts and all(fact.median is None for fact in told.facts if fact.n < 3)


def test_an_adviser_is_briefed_on_what_the_mandate_covers_alone(got: al.Workspace) -> None:
    got.give_mandate("raadgiver-1", valid=al.Validity(), organisations=["T005"])
    adviser = got.acting_as(al.Actor("raadgiver-1", role="adviser", municipality="T01"))
    [only] = adviser.briefing().organisations
    assert (str(only.organisation), only.administrators[0][1]) == ("T005", "Administrationsselskabet Påhit")


def test_a_briefing_of_an_earlier_day_knows_only_what_was_sent_by_then(got: al.Workspace) -> None:
    assert got.briefing(on=date(2026, 8, 2)).organisations[0].report_year is None
    assert got.briefing(on=date(2026, 8, 3)).organisations[0].report_year == YEAR


@pytest.mark.parametrize(
    ("actor", "municipality"),
    [
        (al.Actor("kontor", role="organisation", organisation="T001"), "T01"),
        (al.Actor("tilsyn-2", role="municipality", municipality="T02"), "T01"),
        (al.Actor("drift", role="operator"), None),
    ],
    ids=["an organisation", "another municipality", "an operator who names none"],
)
def test_the_briefing_is_the_municipalitys_own(
    council: al.Workspace, actor: al.Actor, municipality: str | None
) -> None:
    with pytest.raises(al.NotAllowedError):
        council.acting_as(actor).briefing(municipality)


def test_a_real_municipality_has_no_briefing_among_invented_ones(operator: al.Workspace) -> None:
    with pytest.raises(al.NotAllowedError):
        operator.briefing("0101"[1:])


# as tables


def test_a_sheet_is_written_as_a_workbook_that_says_it_is_synthetic(got: al.Workspace, tmp_path: Path) -> None:
    path = got.export_paper(got.preparation("T001", YEAR), tmp_path / "ark.xlsx")
    book = openpyxl.load_workbook(path)
    agenda = [[cell.value for cell in row] for row in book["Forslag til dagsorden"].iter_rows()]
    assert agenda[0][:3] == ["Del", "Punkt", "Hvorfor"] and agenda[1][1] == "Velkomst"
    assert len(agenda) - 1 == len(got.preparation("T001", YEAR).agenda)
    headers = [sheet.oddHeader for sheet in book]
    assert all(header and header.center.text == "SYNTETISK" for header in headers)
    assert "SYNTETISK" in [row[0].value for row in book.worksheets[0].iter_rows(max_col=1)]


@pytest.mark.parametrize("suffix", [".json", ".html", ".txt"])
def test_the_tables_are_written_in_every_format_and_say_that_all_is_invented(
    council: al.Workspace, tmp_path: Path, suffix: str
) -> None:
    written = council.export_paper(council.briefing(), tmp_path / f"x{suffix}").read_text(encoding="utf-8")
    assert "SYNTETISK" in written
    assert "Den Opdigtede Boligforening" in written
