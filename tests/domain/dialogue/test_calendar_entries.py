"""Entries of a calendar keep their id, say what they rest on, and hold nobody's name or reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings

from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.dialogue import (
    AgendaItem,
    Invitation,
    InvitationStatus,
    MeetingTime,
    Participant,
    ParticipantSide,
)
from almenstyring.domain.dialogue.calendar_entries import (
    CalendarEntry,
    EntryStatus,
    entries_of_periods,
    entry_of_deadline,
    entry_of_meeting,
)
from almenstyring.domain.dialogue.calendar_requests import CalendarMethod, CalendarRequest
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.organisations import HomeMunicipality, HousingOrganisation, MasterData, OrganisationKind
from almenstyring.domain.reporting import Deadline, Extension
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, LbfNumber, MunicipalityCode
from almenstyring.testing import dialogue_strategies

Refused = Callable[..., InvalidValueError]

ONE, TOWN, YEAR = LbfNumber("T001"), MunicipalityCode("T01"), ReportYear(2026)
AT = datetime(2026, 9, 1, 8, tzinfo=UTC)
WHEN = MeetingTime(day=date(2026, 9, 30), at=time(10), minutes=120)
INVITATION = Invitation(
    id="m-1",
    municipality=TOWN,
    organisations=(ONE,),
    report_year=YEAR,
    when=WHEN,
    place="Fælleshuset",
    estate=EstateId.parse("T001-T0101"),
    participants=(Participant(id="direktør-17", side=ParticipantSide.ORGANISATION),),
    agenda=(AgendaItem(id="1", title=Text("Udlejning", "Letting")), AgendaItem(id="2", title=Text("Evt.", "Other"))),
)
DEADLINE = Deadline(
    organisation=ONE, report_year=YEAR, municipality=TOWN, due=date(2026, 7, 1), set_by="tilsyn-1", set_on=AT.date()
)


def entry(invitation: Invitation = INVITATION) -> CalendarEntry:
    return entry_of_meeting(invitation, {ONE: "Den Opdigtede"}, AT)


def test_a_meeting_says_with_whom_when_where_and_about_what() -> None:
    found = entry(INVITATION.issued(date(2026, 8, 1), by="tilsyn-1"))
    assert found.title == Text(
        "SYNTETISK: Dialogmøde 2026: Den Opdigtede", "SYNTETISK: Dialogue meeting 2026: Den Opdigtede"
    )
    assert found.description.da.split("\n") == [
        "Årligt dialogmøde (DB § 112, stk. 1).",
        "Indkaldt 2026-08-01.",
        "Mødet holdes i afdeling T001-T0101.",
        "Dagsorden:",
        "1. Udlejning",
        "2. Evt.",
    ]
    assert (found.starts, found.ends, found.place, found.stamp) == (WHEN.starts, WHEN.ends, "Fælleshuset", AT)
    assert (found.organiser, found.attendees, found.sequence) == ("T01", ("T001",), 1)


def test_other_fora_are_named_as_they_are_given() -> None:
    joint = evolve(INVITATION, forum="joint", report_year=None)
    assert entry(joint).summary.da == "Møde: Den Opdigtede"
    named = entry_of_meeting(joint, {}, AT, Text("fællesmøde", "joint meeting"))
    assert named.summary == Text("Fællesmøde: T001", "Joint meeting: T001")


def test_neither_participants_nor_reasons_get_into_a_calendar() -> None:
    issued = INVITATION.issued(date(2026, 8, 1), by="tilsyn-77").moved(WHEN, date(2026, 8, 2), by="x", note="Barsel")
    cancelled = issued.cancelled("Sygdom", date(2026, 8, 3), by="tilsyn-77")
    for found in (entry(issued), entry(cancelled)):
        assert not any(word in str(found) for word in ("direktør-17", "tilsyn-77", "Barsel", "Sygdom"))
    assert (entry(cancelled).status, entry(cancelled).alarms) == (EntryStatus.CANCELLED, ())


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(dialogue_strategies.invitations())
def test_any_invitation_is_an_entry_of_the_same_id_and_instants(invitation: Invitation) -> None:
    found = entry_of_meeting(invitation, {}, AT)
    assert (found.uid, found.sequence) == (invitation.uid, len(invitation.history))
    assert found.starts is not None and found.ends is not None
    lasts = found.ends.astimezone(UTC) - found.starts.astimezone(UTC)
    assert lasts == timedelta(minutes=invitation.when.minutes)
    assert (found.status is EntryStatus.CANCELLED) is (invitation.status is InvitationStatus.CANCELLED)
    assert (found.status is EntryStatus.TENTATIVE) is (invitation.status is InvitationStatus.PLANNED)


def test_a_deadline_is_the_day_that_counts_now_under_one_id() -> None:
    first = entry_of_deadline(DEADLINE, "Den Opdigtede", AT, 0)
    later = DEADLINE.extended(Extension(until=date(2026, 8, 15), granted_by="x", granted_on=AT.date(), reason="Sygdom"))
    second = entry_of_deadline(later, "Den Opdigtede", AT, 1)
    assert (first.day, second.day, first.uid == second.uid) == (date(2026, 7, 1), date(2026, 8, 15), True)
    assert (first.sequence, second.sequence) == (0, 1)
    assert "DB § 112, stk. 3" in first.description.da and "lukker ikke" in first.description.da
    assert "2026-07-01" in second.description.en and "Sygdom" not in str(second)
    assert timedelta(days=13, hours=15) in first.alarms, "two weeks before, at nine o'clock"


def master(kind: OrganisationKind, **changes: Any) -> MasterData:
    organisation = HousingOrganisation(number=ONE, name="Den Opdigtede", kind=kind, **changes)
    return MasterData(
        organisation=organisation,
        periods=(AccountingPeriod(date(2025, 1, 1), date(2025, 12, 31)),),
        home_municipalities=(HomeMunicipality(organisation=ONE, municipality=TOWN),),
    )


def dates(found: MasterData, *, own: bool) -> dict[str, date | None]:
    return {each.uid.split(".")[0]: each.day for each in entries_of_periods(found, YEAR, AT, own=own)}


OPENS, LBF, LAST, DUE = date(2026, 1, 1), date(2026, 5, 31), date(2026, 6, 30), date(2026, 6, 30)


@pytest.mark.parametrize(
    ("found", "own", "expected"),
    [
        pytest.param(
            master(OrganisationKind.HOUSING_ORGANISATION),
            True,
            {"package-opens": OPENS, "accounts-due-lbf": LBF, "accounts-final-lbf": LAST, "accounts-due": DUE},
            id="an organisation",
        ),
        pytest.param(
            master(OrganisationKind.HOUSING_ORGANISATION),
            False,
            {"package-opens": OPENS, "accounts-due": DUE},
            id="its municipality",
        ),
        pytest.param(
            master(OrganisationKind.SELF_OWNING_YOUTH), False, {"accounts-due": DUE}, id="an institution has no package"
        ),
        pytest.param(
            master(OrganisationKind.HOUSING_ORGANISATION, other_authority="En anden myndighed"),
            False,
            {"package-opens": OPENS},
            id="another authority gets the accounts",
        ),
    ],
)
def test_the_dates_of_the_law_are_those_that_are_owed(found: MasterData, own: bool, expected: dict[str, date]) -> None:
    assert dates(found, own=own) == expected


def test_what_the_law_gives_says_its_paragraph_and_an_unknown_day_gives_no_entry() -> None:
    housing = master(OrganisationKind.HOUSING_ORGANISATION)
    told = {each.uid.split(".")[0]: each.description.da for each in entries_of_periods(housing, YEAR, AT, own=True)}
    assert "DB § 74, stk. 1; kan ikke forlænges" in told["accounts-due"]
    assert "DB § 74, stk. 4; kan ikke forlænges" in told["accounts-due-lbf"]
    assert "LBF orienterer 2014/3" in told["package-opens"]
    early = evolve(housing, periods=(AccountingPeriod(date(2011, 1, 1), date(2011, 12, 31)),))
    found = {each.uid.split(".")[0] for each in entries_of_periods(early, ReportYear(2012), AT, own=True)}
    assert found == {"accounts-due-lbf", "accounts-final-lbf", "accounts-due"}


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"day": date(2026, 9, 30)}, id="a day and a time"),
        pytest.param({"starts": None, "ends": None}, id="neither"),
        pytest.param({"ends": None}, id="no end"),
        pytest.param({"ends": WHEN.starts}, id="no length"),
        pytest.param({"starts": datetime(2026, 9, 30, 10)}, id="no time zone"),  # noqa: DTZ001
        pytest.param({"stamp": datetime(2026, 9, 30, 10)}, id="a stamp without time zone"),  # noqa: DTZ001
        pytest.param({"uid": " "}, id="no id"),
        pytest.param({"alarms": (timedelta(),)}, id="an alarm when it has begun"),
    ],
)
def test_there_is_no_such_entry(wrong: dict[str, Any], refused: Refused) -> None:
    refused(evolve, entry(), **wrong)


@pytest.mark.parametrize(
    ("method", "entries"),
    [
        pytest.param(CalendarMethod.PUBLISH, (entry(), entry()), id="one entry twice"),
        pytest.param(CalendarMethod.REQUEST, (), id="an invitation to nothing"),
        pytest.param(CalendarMethod.REQUEST, (evolve(entry(), attendees=()),), id="an invitation of nobody"),
        pytest.param(CalendarMethod.REQUEST, (entry_of_deadline(DEADLINE, "x", AT, 0),), id="an invitation to a day"),
        pytest.param(CalendarMethod.CANCEL, (entry(),), id="a cancellation of what is not cancelled"),
        pytest.param(
            CalendarMethod.REQUEST,
            (evolve(entry(), status=EntryStatus.CANCELLED),),
            id="an invitation to what is cancelled",
        ),
    ],
)
def test_there_is_no_such_calendar(
    method: CalendarMethod, entries: tuple[CalendarEntry, ...], refused: Refused
) -> None:
    refused(CalendarRequest, name=Text("k", "c"), entries=entries, method=method)
