"""Why a package is locked: every cause at once, with its parameters and who can lift it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.access import Actor, Role
from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.locks import LockCause, LockCode, acts_for, why_locked
from almenstyring.domain.organisations import Administration, MasterData, Validity
from almenstyring.domain.pilots import Pilot
from almenstyring.domain.reporting import Action, DocumentationPackage, PackageStatus, Sending, possible
from almenstyring.domain.values import LbfNumber
from almenstyring.testing.builders import clean_master_data, clean_package

Refused = Callable[..., InvalidValueError]

OWN, ADMINISTRATOR = LbfNumber("T001"), LbfNumber("T002")
OPENS = date(2026, 1, 1)
DAY = date(2026, 6, 29)
ONE_DAY = timedelta(days=1)
FROM, UNTIL = date(2026, 3, 1), date(2026, 9, 30)
PACKAGE = evolve(clean_package(), status=PackageStatus.IN_PROGRESS)
PILOT = Pilot(year=ReportYear(2026), organisations=(LbfNumber("T009"),), since=FROM, until=UNTIL)
AGREEMENT = Administration(administrator=ADMINISTRATOR, organisation=OWN, valid=Validity(FROM, UNTIL))
MASTER = evolve(clean_master_data(), administrations=(AGREEMENT,))
OFFICE = Actor("kontor-1", role="organisation", organisation=OWN)
MANAGER = Actor("kontor-2", role="organisation", organisation=ADMINISTRATOR)
COUNCIL = Actor("kommune-1", role="municipality", municipality="T01")
OPERATOR = Actor("drift-1", role="operator")


def sent_on(*days: date) -> DocumentationPackage:
    sendings = tuple(
        Sending(
            number=number,
            on=day,
            at=datetime(day.year, day.month, day.day, tzinfo=UTC),
            by="kontor-1",
            standard=PACKAGE.standard,
            standard_hash="",
            rules_version="",
        )
        for number, day in enumerate(days, 1)
    )
    return evolve(PACKAGE, status=PackageStatus.SENT, sendings=sendings)


def codes(causes: tuple[LockCause, ...]) -> list[str]:
    return [cause.code.value for cause in causes]


def only(causes: tuple[LockCause, ...]) -> LockCause:
    [cause] = causes
    assert cause.message.da and cause.message.en and cause.message.da != cause.message.en
    return cause


@pytest.mark.parametrize("action", [Action.EDIT, Action.SEND])
def test_a_package_in_progress_is_open_to_its_own_organisation(action: Action) -> None:
    assert why_locked(PACKAGE, OFFICE, DAY, action=action) == ()


@pytest.mark.parametrize("status", PackageStatus)
@pytest.mark.parametrize("action", [Action.EDIT, Action.SEND])
def test_the_state_locks_exactly_what_the_table_does_not_allow(status: PackageStatus, action: Action) -> None:
    package = evolve(sent_on(DAY), status=status)
    assert (why_locked(package, OFFICE, DAY, action=action) == ()) == (action in possible(status))


@pytest.mark.parametrize("status", [PackageStatus.SENT, PackageStatus.UNDER_REVIEW])
@pytest.mark.parametrize("action", [Action.EDIT, Action.SEND])
def test_a_sent_package_is_locked_until_the_municipality_returns_it(status: PackageStatus, action: Action) -> None:
    package = evolve(sent_on(date(2026, 2, 1), date(2026, 5, 1)), status=status)
    cause = only(why_locked(package, OFFICE, DAY, action=action))
    assert (cause.code, cause.lifted_by) == (LockCode.PACKAGE_SENT, Role.MUNICIPALITY)
    assert dict(cause.parameters) == {"status": status.value, "sent_on": "2026-05-01"}
    assert "2026-05-01" in cause.message.da and "2026-05-01" in cause.message.en


def test_a_package_said_to_be_sent_is_locked_though_no_sending_is_listed() -> None:
    cause = only(why_locked(sent_on(), OFFICE, DAY))
    assert dict(cause.parameters) == {"status": "sent"}
    assert cause.message.da == "Pakken er sendt og ikke returneret."


@pytest.mark.parametrize("status", [PackageStatus.CREATED, PackageStatus.RETURNED])
def test_a_package_nobody_has_written_in_cannot_be_sent_but_edited(status: PackageStatus) -> None:
    package = evolve(PACKAGE, status=status)
    cause = only(why_locked(package, OFFICE, DAY, action=Action.SEND))
    assert (cause.code, cause.lifted_by) == (LockCode.PACKAGE_UNTOUCHED, Role.ORGANISATION)
    assert dict(cause.parameters) == {"status": status.value}
    assert why_locked(package, OFFICE, DAY) == ()


def test_a_package_opens_the_day_after_its_period_and_nobody_can_open_it_before() -> None:
    cause = only(why_locked(PACKAGE, OFFICE, OPENS - ONE_DAY))
    assert (cause.code, cause.lifted_by) == (LockCode.NOT_OPEN_YET, None)
    assert dict(cause.parameters) == {"opens": "2026-01-01"}
    assert why_locked(PACKAGE, OFFICE, OPENS) == ()


def test_a_day_of_opening_that_is_not_known_locks_nothing() -> None:
    old = evolve(PACKAGE, period=AccountingPeriod(date(2011, 1, 1), date(2011, 12, 31)))
    assert old.period.opens.day is None
    assert why_locked(old, OFFICE, date(2011, 6, 1)) == ()


@pytest.mark.parametrize("actor", [COUNCIL, OPERATOR], ids=lambda actor: actor.role.value)
@pytest.mark.parametrize("action", [Action.EDIT, Action.SEND])
def test_only_the_organisations_side_fills_in_and_sends(actor: Actor, action: Action) -> None:
    cause = only(why_locked(PACKAGE, actor, DAY, action=action))
    assert (cause.code, cause.lifted_by) == (LockCode.ROLE_NOT_PERMITTED, None)
    assert dict(cause.parameters) == {"role": actor.role.value}


def test_another_organisation_is_locked_out_until_the_register_says_it_administers() -> None:
    cause = only(why_locked(PACKAGE, MANAGER, DAY))
    assert (cause.code, cause.lifted_by) == (LockCode.OTHER_ORGANISATION, Role.OPERATOR)
    assert dict(cause.parameters) == {"organisation": "T001", "actor": "T002"}
    assert why_locked(PACKAGE, MANAGER, DAY, master=MASTER) == ()


@pytest.mark.parametrize("action", [Action.EDIT, Action.SEND])
def test_every_cause_is_listed_at_once(action: Action) -> None:
    causes = why_locked(sent_on(DAY), MANAGER, OPENS - ONE_DAY, action=action)
    assert codes(causes) == ["package_sent", "not_open_yet", "other_organisation"]
    assert [cause.lifted_by for cause in causes] == [Role.MUNICIPALITY, None, Role.OPERATOR]


def test_every_code_occurs_among_the_causes() -> None:
    untouched = evolve(PACKAGE, status=PackageStatus.CREATED)
    found = [
        *why_locked(sent_on(DAY), MANAGER, OPENS - ONE_DAY),
        *why_locked(untouched, COUNCIL, FROM, action=Action.SEND, pilot=PILOT),
    ]
    assert {cause.code for cause in found} == set(LockCode)


@given(st.dates(OPENS, date(2026, 12, 31)))
def test_a_pilot_without_the_organisation_locks_on_its_days_and_only_the_operator_lifts_it(day: date) -> None:
    causes = why_locked(PACKAGE, OFFICE, day, pilot=PILOT)
    assert codes(causes) == (["pilot_only"] if FROM <= day <= UNTIL else [])
    for cause in causes:
        assert cause.lifted_by is Role.OPERATOR and "2026-09-30" in cause.message.da and "T001" in cause.message.en


@given(st.dates(OPENS, date(2999, 12, 31)))
def test_no_day_is_too_late_to_edit_or_send(day: date) -> None:
    assert why_locked(PACKAGE, OFFICE, day) == why_locked(PACKAGE, OFFICE, day, action=Action.SEND) == ()


@pytest.mark.parametrize("action", [Action.REVIEW, Action.RETURN])
def test_there_are_no_locks_on_what_the_municipality_does(action: Action, refused: Refused) -> None:
    assert refused(why_locked, PACKAGE, COUNCIL, DAY, action=action).context["value"] == action.value


def test_the_package_s_own_master_data_serve_where_no_register_is_given() -> None:
    package = evolve(PACKAGE, master_data=MASTER)
    assert why_locked(package, MANAGER, DAY) == ()
    assert codes(why_locked(package, MANAGER, DAY, master=clean_master_data())) == ["other_organisation"]


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_an_administrator_acts_only_while_the_agreement_is_valid(day: date) -> None:
    assert acts_for(MANAGER, OWN, MASTER, day) == (FROM <= day <= UNTIL)


@pytest.mark.parametrize(
    ("actor", "organisation", "master", "acts"),
    [
        pytest.param(OFFICE, OWN, None, True, id="an organisation acts for itself without a register"),
        pytest.param(OFFICE, OWN, MASTER, True, id="and goes on doing so while it is administered"),
        pytest.param(MANAGER, OWN, None, False, id="nobody administers where nothing is known"),
        pytest.param(OFFICE, ADMINISTRATOR, MASTER, False, id="the administered does not act for the administrator"),
        pytest.param(
            MANAGER, LbfNumber("T003"), MASTER, False, id="one agreement says nothing of a third organisation"
        ),
        pytest.param(COUNCIL, OWN, MASTER, False, id="a municipality administers nobody"),
        pytest.param(OPERATOR, OWN, MASTER, False, id="an operator acts for nobody"),
    ],
)
def test_who_acts_for_whom(actor: Actor, organisation: LbfNumber, master: MasterData | None, acts: bool) -> None:
    assert acts_for(actor, organisation, master, DAY) is acts
