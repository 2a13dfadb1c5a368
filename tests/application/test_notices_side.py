"""A run of notices: the right ones to the right receivers, each at most once, whatever fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.testing import clean_master_data

from .a_postman import Postman, everybody
from .conftest import NOTICED, YEAR, StandingClock, sendable

DUE, ONE_DAY = NOTICED, timedelta(days=1)
Ready = Callable[[], al.DocumentationPackage]
WORDS = al.Text("Nej", "No")


def test_a_year_of_daily_runs_sends_what_the_plan_says_and_each_once(
    only_t001: al.Workspace, clock: StandingClock
) -> None:
    postman, clock.day = Postman(), DUE - timedelta(days=60)
    while clock.day < DUE + timedelta(days=60):
        only_t001.send_notices(postman, everybody)
        only_t001.send_notices(postman, everybody)
        clock.day += ONE_DAY
    assert postman.ids == [f"deadline/T001/2026/2026-09-15/{day}/T001" for day in ("-30", "-7", "+0", "+1", "+14")]
    assert [(m.to, m.language) for m in postman.bag] == [("T001@example.org", "da")] * 5
    assert not postman.closed, "a notifier that was given stays the caller's"


def test_what_is_pending_changes_nothing_and_is_what_the_run_sends(
    only_t001: al.Workspace, clock: StandingClock
) -> None:
    clock.day = DUE - timedelta(days=7)
    head = only_t001.verify().head
    pending = only_t001.pending_notices()
    assert only_t001.verify().head == head
    outcome = only_t001.send_notices(postman := Postman(), everybody, language="en")
    assert [each.id for each in outcome] == [each.id for each in pending] == postman.ids
    assert postman.bag[0].subject == pending[0].subject.en
    assert only_t001.pending_notices() == ()
    assert [n.id[-7:] for n in only_t001.pending_notices(DUE)] == ["+0/T001"], "what a later day will bring"


@pytest.mark.parametrize("back", [0, 1], ids=["on the day", "the day before"])
def test_what_is_sent_by_the_day_is_not_reminded_of(
    only_t001: al.Workspace, office: al.Workspace, ready: Ready, clock: StandingClock, back: int
) -> None:
    clock.day = DUE - back * ONE_DAY
    office.submit(ready())
    clock.day = DUE
    assert only_t001.pending_notices() == ()
    postman = Postman()
    assert only_t001.send_notices(postman, everybody) == ()
    only_t001.return_package("T001", YEAR, reason="Mangler")
    clock.day = DUE + ONE_DAY
    only_t001.send_notices(postman, everybody)
    assert postman.bag == [], "the first sending decides, a return asks in its own way"


def test_a_report_that_comes_while_the_run_goes_on_is_not_reminded_of(
    only_t001: al.Workspace, office: al.Workspace, ready: Ready, clock: StandingClock
) -> None:
    clock.day = DUE
    package = ready()

    def address(notice: al.Notice) -> str:
        office.submit(package)
        return everybody(notice)

    postman = Postman()
    assert only_t001.send_notices(postman, address) == ()
    assert (postman.bag, only_t001.sent_notices()) == ([], ())


def test_an_extension_brings_notices_of_the_new_day(only_t001: al.Workspace, clock: StandingClock) -> None:
    clock.day = DUE - ONE_DAY
    only_t001.send_notices(postman := Postman(), everybody)
    only_t001.extend_deadline("T001", YEAR, until=DUE + timedelta(days=7), reason="Ferie")
    clock.day = DUE
    only_t001.send_notices(postman, everybody)
    assert [each.split("/", 3)[3] for each in postman.ids] == ["2026-09-15/-7/T001", "2026-09-22/-7/T001"]


def test_the_administrator_is_told_too_and_who_owes_nothing_is_not(
    council: al.Workspace, operator: al.Workspace, clock: StandingClock
) -> None:
    institution = clean_master_data(number="T007", kind=al.OrganisationKind.SELF_OWNING_YOUTH)
    elsewhere = clean_master_data(number="T008")
    elsewhere = evolve(elsewhere, organisation=evolve(elsewhere.organisation, other_authority="En anden"))
    without_period = evolve(clean_master_data(number="T009"), periods=())
    council.set_notice_plan(begins=date(2026, 1, 1))
    council.set_deadlines(YEAR, DUE)
    deadline = council.deadline("T001", YEAR)
    assert deadline is not None
    for master in (institution, elsewhere, without_period):
        operator._keep_master(master)
        council._keep_deadlines([master], YEAR, lambda m, _: evolve(deadline, organisation=m.number))
    clock.day = DUE
    told = [(str(n.organisation), n.role.value, str(n.unit)) for n in council.pending_notices() if n.organisation]
    assert ("T005", "administrator", "T004") in told
    assert {organisation for organisation, _, _ in told} == {"T001", "T002", "T003", "T004", "T005"}


def test_a_municipality_of_location_reminds_nobody(operator: al.Workspace, clock: StandingClock) -> None:
    neighbour = operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))
    council = operator.acting_as(al.Actor("tilsyn-1", role="municipality", municipality="T01"))
    for workspace in (council, neighbour):
        workspace.set_notice_plan(begins=date(2026, 1, 1))
        workspace.set_deadlines(YEAR, DUE)
    assert "T02" in map(str, operator.master_data("T002").located_in(clock.day))
    clock.day = DUE
    assert {str(n.organisation) for n in neighbour.pending_notices() if n.organisation} == {"T006"}
    items = [n.body.da for n in neighbour.pending_notices() if n.kind is al.NoticeKind.OPEN_ITEMS]
    assert ["T002" in body for body in items] == [False]


def test_the_operator_runs_it_for_all_or_for_one(operator: al.Workspace, clock: StandingClock) -> None:
    for code in ("T01", "T02"):
        council = operator.acting_as(al.Actor("tilsyn", role="municipality", municipality=code))
        council.set_deadlines(YEAR, DUE)
        council.set_notice_plan(begins=date(2026, 1, 1), open_items=())
    clock.day = DUE
    operator.send_notices(one := Postman(), everybody, municipality="T02")
    assert one.ids == ["deadline/T006/2026/2026-09-15/+0/T006"]
    operator.send_notices(rest := Postman(), everybody)
    assert len(rest.ids) == 6
    assert {str(each.municipality) for each in operator.sent_notices()} == {"T01", "T02"}
    assert [str(each.municipality) for each in operator.sent_notices(municipality="T02")] == ["T02"]


def test_who_may(operator: al.Workspace, office: al.Workspace, council: al.Workspace) -> None:
    def uses(workspace: al.Workspace, code: str | None) -> list[Callable[[], object]]:
        return [
            lambda: workspace.notice_plan(code),
            lambda: workspace.pending_notices(municipality=code),
            lambda: workspace.sent_notices(municipality=code),
            lambda: workspace.send_notices(Postman(), {}, municipality=code),
        ]

    for call in (*uses(office, "T01"), *uses(council, "T02"), *uses(operator, "101")):
        with pytest.raises(al.NotAllowedError):
            call()
    for workspace in (operator, office):
        with pytest.raises(al.NotAllowedError):
            workspace.set_notice_plan(before=[1])
    with pytest.raises(al.InvalidValueError, match="one municipality"):
        operator.notice_plan()
    assert council.notice_plan() == operator.notice_plan("T01")


def test_a_plan_changes_what_is_given_and_keeps_the_rest(council: al.Workspace, clock: StandingClock) -> None:
    assert council.notice_plan().begins == clock.day
    first = council.set_notice_plan(before=[10], begins=date(2026, 5, 1))
    second = council.set_notice_plan(after=[], recipients=["municipality"], on_the_day=False)
    assert (
        second
        == council.notice_plan()
        == evolve(first, after=(), recipients=("municipality",), on_the_day=False, set_by="tilsyn-1", set_on=clock.day)
    )
    assert len(council._records.notice_plans.history("T01")) == 2


def test_the_first_run_begins_the_plan_so_that_old_years_stay_asleep(
    council: al.Workspace, clock: StandingClock
) -> None:
    council.set_deadline("T001", al.ReportYear(2025), date(2025, 7, 1))
    council.set_deadline("T001", YEAR, clock.day + 8 * ONE_DAY)
    postman = Postman()
    assert council.send_notices(postman, everybody) == ()
    assert council.notice_plan().begins == clock.day
    clock.day += 5 * ONE_DAY
    council.send_notices(postman, everybody)
    assert postman.ids == ["deadline/T001/2026/2026-08-11/-7/T001"]


@pytest.mark.parametrize(("days", "told"), [(0, True), (1, False)], ids=["on that day", "the day before"])
def test_what_fell_due_on_the_day_the_plan_begins_is_sent_and_what_fell_due_before_is_not(
    only_t001: al.Workspace, clock: StandingClock, days: int, told: bool
) -> None:
    only_t001.set_notice_plan(begins=DUE + ONE_DAY * days, after=())
    clock.day = DUE + ONE_DAY * days
    assert bool(only_t001.pending_notices()) is told


def test_a_municipality_that_leads_no_dialogue_gets_no_plan(operator: al.Workspace) -> None:
    institution = clean_master_data(number="T007", kind=al.OrganisationKind.SELF_OWNING_YOUTH)
    [home] = institution.home_municipalities
    elsewhere = evolve(home, municipality=al.MunicipalityCode("T09"))
    operator._keep_master(evolve(institution, home_municipalities=(elsewhere,)))
    operator.send_notices(Postman(), everybody)
    assert [entry.record.key for entry in operator._records.notice_plans.find()] == ["T01", "T02"]


def test_a_year_alone_can_be_run(council: al.Workspace, clock: StandingClock) -> None:
    council.set_notice_plan(begins=date(2025, 1, 1))
    council.set_deadline("T001", YEAR, DUE)
    council.set_deadline("T002", YEAR.previous, DUE)
    clock.day = DUE
    assert [n.organisation for n in council.pending_notices(year=YEAR)] == [al.LbfNumber("T001")]
    council.send_notices(postman := Postman(), everybody, year=YEAR.previous)
    assert postman.ids == ["deadline/T002/2025/2026-09-15/+0/T002"]
    assert [each.unit for each in council.sent_notices(year=YEAR.previous)] == ["T002"]
    assert council.sent_notices(year=YEAR) == ()


def reminder(workspace: al.Workspace) -> str:
    """The text of the pending reminder of open items, or nothing."""
    return "".join(n.body.en for n in workspace.pending_notices() if n.kind is al.NoticeKind.OPEN_ITEMS)


def test_the_municipality_is_reminded_of_what_it_has_not_concluded_until_it_has(
    council: al.Workspace, office: al.Workspace, ready: Ready, clock: StandingClock
) -> None:
    council.set_notice_plan(begins=date(2026, 1, 1), before=(), after=(), on_the_day=False)
    office.submit(ready())
    clock.day = date(2026, 9, 1)
    assert "(T001), report year 2026: the report was sent" in reminder(council)
    council.comment("T001", YEAR, "economy.sound_operation", "Hvorfor?")
    council.return_package("T001", YEAR, reason="Et spørgsmål")
    assert "(T001), report year 2026: the report" not in reminder(council)
    [package] = office.packages(organisation="T001", year=YEAR)
    office.submit(sendable(office, office.save(package.reply("K1", "Fordi.", on=clock.day))))
    assert "comment K1 is answered" in reminder(council)
    council.settle_comment("T001", YEAR, "K1")
    assert "comment K1" not in reminder(council)
    meeting = al.DialogueMeeting(
        organisation=al.LbfNumber("T001"),
        report_year=YEAR,
        municipality=al.MunicipalityCode("T01"),
        held_on=date(2026, 8, 30),
    )
    assert "(T001), report year 2026: the dialogue meeting" in reminder(council)
    council.record_meeting(meeting)
    assert "(T001), report year 2026: the statement is not published" in reminder(council)
    assert "(T001), report year 2026: the report" not in reminder(council)
    statement = al.Statement(
        municipality=meeting.municipality, report_year=YEAR, organisations=(meeting.organisation,), text="Tekst"
    )
    published = statement.advanced(clock.day).advanced(clock.day)
    council.record_statement(published)
    assert "(T001), report year 2026: the statement is not reported" in reminder(council)
    receipt = al.StatementFiling(reference="SYN-1", filed_on=clock.day)
    council.record_statement(published.advanced(clock.day, filing=receipt))
    assert "T001" not in reminder(council)


def test_the_municipality_is_reminded_of_overdue_tasks_and_agreements_and_of_a_review_it_began(
    council: al.Workspace, office: al.Workspace, ready: Ready, clock: StandingClock
) -> None:
    number, town = al.LbfNumber("T001"), al.MunicipalityCode("T01")
    council.set_notice_plan(begins=date(2026, 1, 1), before=(), after=(), on_the_day=False)
    office.submit(ready())
    due = date(2026, 8, 31)
    task = al.Task(id="O1", text="SYNTETISK", responsible="driftschef", due=due)
    meeting = al.DialogueMeeting(
        organisation=number, report_year=YEAR, municipality=town, held_on=clock.day, tasks=(task,)
    )
    council.record_meeting(meeting)
    council.conclude_agreement(
        al.Agreement(
            id="A-1",
            kind=al.AgreementKind.OTHER,
            municipality=town,
            organisations=(number,),
            text="SYNTETISK",
            concluded_on=date(2025, 1, 1),
            responsible="driftschef",
            review_due=due,
        )
    )
    council.judge("T001", YEAR, council.critical_review("T001", YEAR).left[0].id, "ok")
    clock.day = date(2026, 9, 1)
    told = reminder(council)
    for words in ("task O1", "agreement A-1", "the critical review is not concluded"):
        assert f"(T001), report year 2026: {words}" in told
    council.task_done(meeting, "O1")
    ended = al.AgreementStep(on=clock.day, status=al.AgreementStatus.ENDED, note="SYNTETISK", by="x")
    council.follow_up_agreement("A-1", ended)
    assert "task O1" not in reminder(council) and "agreement A-1" not in reminder(council)


def test_a_reminder_is_sent_once_and_where_nothing_was_open_it_is_over(
    council: al.Workspace, operator: al.Workspace, clock: StandingClock
) -> None:
    council.set_notice_plan(begins=date(2026, 1, 1))
    clock.day = date(2026, 9, 3)
    council.send_notices(postman := Postman(), everybody)
    council.send_notices(postman, everybody)
    assert postman.ids == ["open-items/T01/2026-09-01"]
    neighbour = operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))
    neighbour.set_notice_plan(begins=date(2026, 1, 1))
    meeting = al.DialogueMeeting(
        organisation=al.LbfNumber("T006"),
        report_year=YEAR,
        municipality=al.MunicipalityCode("T02"),
        held_on=date(2026, 8, 30),
    )
    statement = al.Statement(
        municipality=meeting.municipality, report_year=YEAR, organisations=(meeting.organisation,), text="Tekst"
    )
    neighbour.record_meeting(meeting)
    receipt = al.StatementFiling(reference="SYN-1", filed_on=clock.day)
    neighbour.record_statement(statement.advanced(clock.day).advanced(clock.day).advanced(clock.day, filing=receipt))
    assert neighbour.send_notices(postman, everybody) == ()
    neighbour.set_deadlines(YEAR.previous, date(2026, 12, 31))
    assert reminder(neighbour) == "", "what opens later waits for the next day of the plan"
    assert [each.state.value for each in neighbour.sent_notices()] == ["empty"]
    clock.day = date(2027, 3, 1)
    assert "report year 2025" in reminder(neighbour)


@pytest.mark.parametrize(("day", "opened"), [(date(2025, 6, 30), False), (date(2025, 7, 1), True)], ids=str)
def test_a_year_counts_from_the_day_its_package_opens(
    council: al.Workspace, clock: StandingClock, day: date, opened: bool
) -> None:
    council.set_notice_plan(begins=date(2025, 1, 1), open_items=[al.YearDay(day.month, day.day)])
    council.set_deadlines(YEAR, DUE)
    clock.day = day
    told = reminder(council)
    assert ("(T003), report year 2026" in told) is opened, "its period ended on 30 June 2025"
    assert "(T001), report year 2026" not in told, "its period ends on 31 December 2025"
