"""The zone is that of Denmark, the lines are those of the format, and a workspace's own calendar can be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from dateutil.tz import tzical  # type: ignore[import-untyped]
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream

import almenstyring as al
from almenstyring.ports import CalendarMethod
from almenstyring.testing.calendar_contract import DAY, MEETING, TIMES, a_calendar, an_invitation
from almenstyring_ical import write_ics

YEAR = al.ReportYear(2026)
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def read(content: bytes) -> Calendar:
    return IcsCalendarStream.calendar_from_ics(content.decode())


def test_the_zone_in_the_file_is_denmark_through_every_change_of_the_clocks() -> None:
    """dateutil reads the zone's own rules; ical would know the name."""
    zone = tzical(StringIO(write_ics(a_calendar(MEETING)).decode())).get("Europe/Copenhagen")
    assert zone is not None
    instants = [
        datetime(year, month, day, hour, 30, tzinfo=UTC)
        for year in range(2010, 2061)
        for month in (3, 10)
        for day in range(25, 32)
        for hour in (0, 1, 2)
    ]
    for at in instants:
        assert at.astimezone(zone).utcoffset() == at.astimezone(COPENHAGEN).utcoffset(), at


@pytest.mark.parametrize("when", [name for name in TIMES if name != "years from now"])
def test_the_times_are_the_same_by_the_rules_in_the_file_alone(when: str) -> None:
    """The same file with a zone of a name that nobody knows: only its own rules can tell."""
    starts, ends = TIMES[when].starts, TIMES[when].ends
    content = write_ics(a_calendar(evolve(MEETING, starts=starts, ends=ends)))
    [event] = read(content.replace(b"Europe/Copenhagen", b"Ingen/Steder")).events
    assert isinstance(event.dtstart, datetime) and isinstance(event.dtend, datetime)
    assert event.dtstart.astimezone(UTC) == starts.astimezone(UTC)
    assert event.dtend.astimezone(UTC) == ends.astimezone(UTC)


def test_there_is_no_zone_where_nothing_has_a_time() -> None:
    assert b"VTIMEZONE" in write_ics(a_calendar(MEETING, DAY))
    assert b"VTIMEZONE" not in write_ics(a_calendar(DAY))


def test_lines_end_as_the_format_says_and_have_at_most_75_bytes() -> None:
    long = evolve(MEETING, description=al.Text("Ærøskøbing 🏘️ " * 40, "x"))
    content = write_ics(a_calendar(long))
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no letter is cut in two


def test_a_deadline_makes_nobody_busy() -> None:
    assert b"TRANSP:TRANSPARENT" in write_ics(a_calendar(DAY))
    assert b"TRANSP" not in write_ics(a_calendar(MEETING))


def test_an_invitation_asks_for_an_answer_and_a_cancellation_does_not() -> None:
    invitation, cancellation = (write_ics(an_invitation(m)) for m in (CalendarMethod.REQUEST, CalendarMethod.CANCEL))
    assert b"RSVP=TRUE" in invitation.replace(b"\r\n ", b"")
    assert b"RSVP" not in cancellation.replace(b"\r\n ", b"")
    assert b"ORGANIZER;CN=T01:mailto:post@t01.invalid" in invitation


# From a workspace

WEDNESDAY = al.MeetingTime(day=date(2026, 10, 7), at=time(10), minutes=120)
LATER = al.MeetingTime(day=date(2026, 10, 28), at=time(13, 30), minutes=90)


@pytest.fixture
def operator() -> Iterator[al.Workspace]:
    minutes = iter(range(10_000))

    def clock() -> datetime:
        return datetime(2026, 6, 1, 9, tzinfo=UTC) + timedelta(minutes=next(minutes))

    with al.connect("memory:", actor=al.Actor("drift", role="operator"), test_mode=True, clock=clock) as workspace:
        workspace.import_register("synthetic:")
        yield workspace


@pytest.fixture
def council(operator: al.Workspace) -> al.Workspace:
    workspace = operator.acting_as(al.Actor("tilsyn-1", role="municipality", municipality="T01"))
    workspace.set_deadline("T001", YEAR, date(2026, 7, 1))
    workspace.invite(
        al.Invitation(
            id="m-1",
            municipality=al.MunicipalityCode("T01"),
            organisations=(al.LbfNumber("T001"),),
            report_year=YEAR,
            when=WEDNESDAY,
            participants=(al.Participant(id="formand-77", side=al.ParticipantSide.ORGANISATION),),
        )
    )
    return workspace


def test_a_moved_meeting_keeps_its_id_in_both_parties_calendars_and_a_cancelled_one_stays(
    operator: al.Workspace, council: al.Workspace
) -> None:
    office = operator.acting_as(al.Actor("kontor-1", role="organisation", organisation="T001"))

    def meeting_in(workspace: al.Workspace) -> tuple[str, object, int | None, str]:
        [found] = [e for e in read(workspace.calendar_file(year=YEAR)).events if e.uid.startswith("meeting.")]
        assert found.status is not None
        return found.uid, found.dtstart, found.sequence, found.status.value

    before = meeting_in(council)
    council.move_meeting("m-1", LATER)
    after = meeting_in(council)
    assert (before[0], before[2]) == (after[0], 1)
    assert (after[1], after[2]) == (LATER.starts, 2)
    assert meeting_in(office) == after
    council.cancel_meeting("m-1", reason="Sygdom")
    assert meeting_in(office) == (before[0], LATER.starts, 3, "CANCELLED")


def test_the_same_records_give_the_same_bytes_whenever_they_are_asked(council: al.Workspace) -> None:
    first = council.calendar_file(year=YEAR)
    assert council.calendar_file(year=YEAR) == first
    council.extend_deadline("T001", YEAR, until=date(2026, 8, 1), reason="Sygdom")
    assert council.calendar_file(year=YEAR) != first


def test_a_feed_of_invented_units_says_so_everywhere_and_names_nobody(council: al.Workspace) -> None:
    content = council.calendar_file(year=YEAR)
    calendar = read(content)
    assert len(calendar.events) > 5
    assert all((event.summary or "").startswith("SYNTETISK: ") for event in calendar.events)
    assert list(calendar.name or ()) == ["SYNTETISK: Styringsdialog, kommune T01"]
    assert [extra.value for extra in calendar.extras] == [r"SYNTETISK: Styringsdialog\, kommune T01"]
    for word in (b"formand-77", b"tilsyn-1", b"Sygdom"):
        assert word not in content


def test_an_invitation_to_send_becomes_a_cancellation_when_the_meeting_is_called_off(council: al.Workspace) -> None:
    [invitation] = council.invitations()
    content = council.invitation_file(invitation, addresses={"T001": "kontor@t001.invalid"})
    assert b"METHOD:REQUEST" in content and b"mailto:kontor@t001.invalid" in content.replace(b"\r\n ", b"")
    council.cancel_meeting("m-1", reason="Sygdom")
    called_off = council.invitation_file(invitation, language="en")
    assert b"METHOD:CANCEL" in called_off and b"STATUS:CANCELLED" in called_off
    assert b"Dialogue meeting" in called_off
