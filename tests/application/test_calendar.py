"""Whose calendar it is decides what stands in it: all that is the municipality's, or all that is the organisation's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.content.fora import load_fora
from almenstyring.ports import CalendarEntry, EntryStatus

from .conftest import StandingClock, sendable

YEAR = al.ReportYear(2026)
WHEN = al.MeetingTime(day=date(2026, 10, 7), at=time(10), minutes=120)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(date(2026, 6, 1))


@pytest.fixture
def operator(clock: StandingClock) -> Iterator[al.Workspace]:
    with al.connect("memory:", actor=al.Actor("drift", role="operator"), test_mode=True, clock=clock) as workspace:
        workspace.import_register("synthetic:")
        yield workspace


@pytest.fixture
def council(operator: al.Workspace) -> al.Workspace:
    workspace = operator.acting_as(al.Actor("tilsyn-1", role="municipality", municipality="T01"))
    workspace.set_deadline("T001", YEAR, date(2026, 7, 1))
    workspace.set_deadline("T002", YEAR, date(2026, 7, 2))
    workspace.invite(invitation("m-1", "T001"))
    workspace.plan_meeting(invitation("m-2", "T002"))
    return workspace


def invitation(own_id: str, *numbers: str) -> al.Invitation:
    return al.Invitation(
        id=own_id,
        municipality=al.MunicipalityCode("T01"),
        organisations=tuple(map(al.LbfNumber, numbers)),
        forum="dialogue_meeting" if len(numbers) == 1 else "joint_meeting",
        report_year=YEAR if len(numbers) == 1 else None,
        when=WHEN,
    )


def office(operator: al.Workspace, number: str) -> al.Workspace:
    return operator.acting_as(al.Actor("kontor-1", role="organisation", organisation=number))


def about(entries: tuple[CalendarEntry, ...]) -> set[str]:
    return {entry.uid.removesuffix("@almenstyring") for entry in entries}


def test_a_municipality_has_all_its_organisations_and_its_own_plans(council: al.Workspace) -> None:
    found = council.calendar(year=YEAR)
    expected = {"meeting.T01.m-1", "meeting.T01.m-2", "deadline.T001.2026", "deadline.T002.2026"}
    assert expected <= about(found)
    here, day = al.MunicipalityCode("T01"), date(2026, 6, 1)
    homes = {str(each.number) for each in council.register() if each.home_municipality_on(day) == here}
    assert {uid.split(".")[1] for uid in about(found) if uid.startswith("accounts-due.")} == homes
    assert not any("lbf" in uid for uid in about(found)), "what is due at Landsbyggefonden is the organisation's"
    assert {e.status for e in found if e.uid.startswith("meeting.T01.m-2")} == {EntryStatus.TENTATIVE}


def test_an_organisation_has_its_own_and_no_plans_of_the_municipality(
    operator: al.Workspace, council: al.Workspace
) -> None:
    assert about(office(operator, "T001").calendar(year=YEAR)) == {
        "package-opens.T001.2025-12-31",
        "accounts-due-lbf.T001.2025-12-31",
        "accounts-final-lbf.T001.2025-12-31",
        "accounts-due.T001.2025-12-31",
        "deadline.T001.2026",
        "meeting.T01.m-1",
    }
    assert not any(uid.startswith("meeting.") for uid in about(office(operator, "T002").calendar(year=YEAR)))


def test_the_operator_names_whose_calendar_and_gets_that(operator: al.Workspace, council: al.Workspace) -> None:
    assert operator.calendar(year=YEAR, municipality="T01") == council.calendar(year=YEAR)
    assert operator.calendar(year=YEAR, organisation="T001") == office(operator, "T001").calendar(year=YEAR)
    assert operator.calendar(year=YEAR, organisation="T002") == office(operator, "T002").calendar(year=YEAR)
    with pytest.raises(al.InvalidValueError, match="Whose calendar"):
        operator.calendar(year=YEAR)


def test_a_municipality_may_look_at_one_of_its_organisations(council: al.Workspace) -> None:
    whole, one = council.calendar(year=YEAR), council.calendar(year=YEAR, organisation="T002")
    assert about(one) == {uid for uid in about(whole) if "T002" in uid} | {"meeting.T01.m-2"}
    assert council.calendar(year=YEAR, organisation="T006") == (), "an organisation of another municipality"


@pytest.mark.parametrize(
    ("role", "own", "asked"),
    [
        pytest.param("municipality", "T01", {"municipality": "T02"}, id="another municipality's"),
        pytest.param("organisation", "T001", {"organisation": "T002"}, id="another organisation's"),
        pytest.param("organisation", "T001", {"municipality": "T01"}, id="the municipality's"),
    ],
)
def test_one_sees_only_ones_own_calendar(operator: al.Workspace, role: str, own: str, asked: dict[str, str]) -> None:
    actor = al.Actor("x", role=al.Role(role), **{role: own})
    with pytest.raises(al.NotAllowedError):
        operator.acting_as(actor).calendar(year=YEAR, **asked)  # type: ignore[arg-type]


def test_an_administrator_has_the_calendar_of_those_it_administers(operator: al.Workspace) -> None:
    administrator = office(operator, "T004")
    assert {uid.split(".")[1] for uid in about(administrator.calendar(year=YEAR))} == {"T004"}
    assert {uid.split(".")[1] for uid in about(administrator.calendar(year=YEAR, organisation="T005"))} == {"T005"}


def test_without_a_year_every_year_is_there_once(council: al.Workspace) -> None:
    every = [entry.uid for entry in council.calendar()]
    assert len(set(every)) == len(every)
    assert set(about(council.calendar(year=YEAR))) < about(council.calendar())


def test_entries_come_in_the_order_of_their_time(council: al.Workspace) -> None:
    days = [entry.place_in_time[0] for entry in council.calendar()]
    assert days == sorted(days)
    assert WHEN.day in days and date(2026, 7, 1) in days


def test_a_deadline_that_was_extended_is_a_later_version_of_the_same_entry(council: al.Workspace) -> None:
    def of_the_deadline() -> tuple[date | None, int]:
        [found] = [entry for entry in council.calendar(year=YEAR) if entry.uid.startswith("deadline.T001")]
        return found.day, found.sequence

    assert of_the_deadline() == (date(2026, 7, 1), 0)
    council.extend_deadline("T001", YEAR, until=date(2026, 8, 1), reason="Nyt it-system")
    assert of_the_deadline() == (date(2026, 8, 1), 1)


def test_a_deadline_met_reminds_of_nothing_and_says_when_the_report_was_sent(
    operator: al.Workspace, council: al.Workspace, clock: StandingClock
) -> None:
    def of_the_deadline(workspace: al.Workspace) -> CalendarEntry:
        [found] = [entry for entry in workspace.calendar(year=YEAR) if entry.uid.startswith("deadline.T001")]
        return found

    before = of_the_deadline(council)
    assert before.alarms and "sendt" not in before.description.da
    clock.day = date(2026, 6, 3)
    own = office(operator, "T001")
    own.submit(own.save(sendable(own, own.open_package("T001", YEAR))))
    for workspace in (council, own):
        after = of_the_deadline(workspace)
        assert (after.alarms, after.uid, after.day) == ((), before.uid, before.day)
        assert after.stamp == clock(), "the day on which the sending was kept"
        assert after.sequence > before.sequence, "calendars take the version of the highest number"
        assert "Rapporten blev sendt 2026-06-03." in after.description.da.split("\n")
        assert "The report was sent on 2026-06-03." in after.description.en


def test_a_meeting_is_titled_by_its_forum_as_the_model_of_its_day_has_it(council: al.Workspace) -> None:
    sent = council.invite(invitation("f-1", "T001", "T002"))

    def title() -> str:
        [found] = [entry for entry in council.calendar() if entry.uid == sent.uid]
        return found.summary.da.split(":")[0]

    assert title() == "Fællesmøde"
    shipped = load_fora()["slagelse_2011"]
    renamed = tuple(
        evolve(each, name=al.Text("storstormøde", "great meeting")) if each.id == "joint_meeting" else each
        for each in shipped.fora
    )
    council.adopt_model(evolve(shipped, fora=renamed), since=WHEN.day)
    assert title() == "Storstormøde"
    assert "SUMMARY:SYNTETISK: Storstormøde" in council.invitation_file(sent).decode()


def test_the_calendar_of_a_year_given_as_a_number(council: al.Workspace) -> None:
    assert council.calendar(year=2026) == council.calendar(year=YEAR)
    assert council.calendar_file(year=2026) == council.calendar_file(year=YEAR)


def test_a_joint_meeting_is_in_the_calendars_of_all_who_are_invited(
    operator: al.Workspace, council: al.Workspace
) -> None:
    council.invite(invitation("f-1", "T001", "T002"))
    for number in ("T001", "T002"):
        assert "meeting.T01.f-1" in about(office(operator, number).calendar(year=YEAR))
    assert "meeting.T01.f-1" in about(council.calendar(year=YEAR))


def test_only_an_invitation_that_was_issued_and_may_be_seen_becomes_a_file(
    operator: al.Workspace, council: al.Workspace
) -> None:
    issued, planned = council.invitations(year=YEAR)
    assert b"METHOD:REQUEST" in office(operator, "T001").invitation_file(issued)
    for workspace, unseen in ((council, planned), (office(operator, "T002"), issued)):
        with pytest.raises(al.NotAllowedError):
            workspace.invitation_file(unseen)
    with pytest.raises(al.NotAllowedError):
        council.invitation_file(invitation("m-9", "T001"))


def test_without_a_writer_the_adapter_to_install_is_named(council: al.Workspace) -> None:
    with pytest.raises(al.PluginError, match=r"almenstyring-ical") as caught:
        council.calendar_file(year=YEAR, suffix=".csv")
    assert ".csv" in caught.value.message.da
