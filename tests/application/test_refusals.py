"""What is refused says why: the role, the home municipality, the mandate or the administration, with its paragraph."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.application.refusals import refused
from almenstyring.domain.access import POLICY, Permission
from almenstyring.testing.builders import clean_master_data

from .conftest import OFFICE, YEAR, StandingClock

TODAY = date(2026, 8, 3)
ADVISER = al.Actor("raadgiver-1", role="adviser", municipality="T01")
NEIGHBOUR = al.Actor("tilsyn-2", role="municipality", municipality="T02")
STRANGER = al.Actor("kontor-2", role="organisation", organisation="T002")
Ready = Callable[[], al.DocumentationPackage]
Call = Callable[[al.Workspace], Any]


def told(call: Callable[[], object]) -> tuple[al.Text, str]:
    """The message of a refusal, and its cause as a program reads it; it helps in both languages."""
    with pytest.raises(al.NotAllowedError) as caught:
        call()
    error = caught.value
    assert error.hint.da and error.hint.en
    return error.message, str(error.context["cause"])


ASKED: dict[str, Call] = {
    "preparing": lambda w: w.preparation("T001", YEAR),
    "reviewing the accounts": lambda w: w.critical_review("T003", YEAR),
    "commenting": lambda w: w.comment("T001", YEAR, "economy.sound_operation", "Hvorfor?"),
    "returning": lambda w: w.return_package("T001", YEAR, reason="Uddyb"),
    "a deadline": lambda w: w.set_deadline("T001", YEAR, TODAY),
    "meeting": lambda w: w.record_meeting(
        al.DialogueMeeting(
            organisation=al.LbfNumber("T001"),
            report_year=YEAR,
            municipality=al.MunicipalityCode("T02"),
            held_on=TODAY,
        )
    ),
}


@pytest.mark.parametrize("call", [pytest.param(call, id=name) for name, call in ASKED.items()])
def test_a_municipality_that_is_not_the_home_hears_which_is(operator: al.Workspace, call: Call) -> None:
    message, cause = told(lambda: call(operator.acting_as(NEIGHBOUR)))
    assert cause == "not_home"
    assert "T02 er ikke hjemstedskommune i dag, 2026-08-03; det er T01 (DB § 110, § 112, stk. 2)." in message.da
    assert "T02 is not the home municipality today, 2026-08-03; that is T01 (DB § 110, § 112, stk. 2)." in message.en


@pytest.mark.parametrize("name", ["commenting", "returning", "a deadline"])
def test_a_role_that_may_not_at_all_hears_who_may(operator: al.Workspace, name: str) -> None:
    message, cause = told(lambda: ASKED[name](operator.acting_as(OFFICE)))
    assert cause == "role"
    assert "rollen kan det ikke (DB § 112, stk. " in message.da
    assert "the role may not do it (DB § 112, stk. " in message.en


def test_the_preparing_and_the_review_are_called_by_their_names(operator: al.Workspace) -> None:
    neighbour = operator.acting_as(NEIGHBOUR)
    message, _ = told(lambda: ASKED["preparing"](neighbour))
    assert "må ikke forberede dialogmødet (T001)" in message.da and "prepare the dialogue meeting" in message.en
    message, _ = told(lambda: ASKED["reviewing the accounts"](neighbour))
    assert "må ikke se den kritiske gennemgang (T003)" in message.da and "see the critical review" in message.en


def test_an_organisation_that_does_not_administer_another_hears_so(operator: al.Workspace) -> None:
    message, cause = told(lambda: operator.acting_as(STRANGER).open_package("T001", YEAR))
    assert cause == "not_administrator"
    assert (
        "T002 hverken er eller administrerer T001 i dag, 2026-08-03" in message.da and "DB § 12, stk. 3" in message.da
    )
    assert "T002 neither is nor administers T001 today, 2026-08-03" in message.en


@pytest.mark.parametrize(
    ("valid", "organisations", "ended", "cause", "da", "en"),
    [
        (None, (), None, "no_mandate", "kommunen har ikke givet mandat", "the municipality gave no mandate"),
        (
            al.Validity(date(2026, 9, 1), None),
            (),
            None,
            "mandate_not_begun",
            "mandatet gælder først fra 2026-09-01",
            "the mandate holds only from 2026-09-01",
        ),
        (
            al.Validity(None, date(2026, 7, 31)),
            (),
            None,
            "mandate_over",
            "mandatet gjaldt til og med 2026-07-31",
            "the mandate held until 2026-07-31, that day included",
        ),
        (
            al.Validity(),
            (),
            TODAY,
            "mandate_over",
            "mandatet gjaldt til og med 2026-08-02",
            "the mandate held until 2026-08-02, that day included",
        ),
        (
            al.Validity(),
            ("T002",),
            None,
            "mandate_elsewhere",
            "mandatet omfatter ikke T001",
            "the mandate does not cover T001",
        ),
    ],
    ids=["none", "not begun", "run out", "ended", "of another organisation"],
)
def test_an_adviser_hears_what_is_wrong_with_the_mandate(
    council: al.Workspace,
    valid: al.Validity | None,
    organisations: tuple[str, ...],
    ended: date | None,
    cause: str,
    da: str,
    en: str,
) -> None:
    if valid is not None:
        council.give_mandate(ADVISER.id, valid=valid, organisations=organisations)
    if ended is not None:
        council.end_mandate(ADVISER.id, ended)
    adviser = council.acting_as(ADVISER)
    for name in ("preparing", "commenting"):
        message, found = told(lambda name=name: ASKED[name](adviser))  # type: ignore[misc]
        assert (found, da in message.da, en in message.en) == (cause, True, True)


def test_an_adviser_with_a_mandate_hears_that_the_municipality_is_not_the_home(operator: al.Workspace) -> None:
    neighbour = operator.acting_as(NEIGHBOUR)
    neighbour.give_mandate("raadgiver-2", valid=al.Validity())
    adviser = operator.acting_as(al.Actor("raadgiver-2", role="adviser", municipality="T02"))
    assert told(lambda: ASKED["preparing"](adviser))[1] == "not_home"


@pytest.mark.parametrize(
    ("permission", "role"),
    [pytest.param(*pair, id="-".join(pair)) for pair in product(Permission, al.Role) if pair[0] not in POLICY[pair[1]]],
)
def test_every_permission_that_a_role_lacks_is_refused_for_the_role(permission: Permission, role: al.Role) -> None:
    actor = al.Actor("x-1", role=role, organisation="T001", municipality="T01")
    error = refused(actor, permission, None, master=clean_master_data(), mandate=None, on=TODAY)
    assert (error.context["cause"], error.context["permission"]) == ("role", permission.value)
    assert permission.value not in error.message.da + error.hint.da and role.value not in error.message.da.split(":")[1]


@pytest.mark.parametrize(
    ("permission", "role"),
    [
        pytest.param(permission, role, id=f"{permission}-{role}")
        for role in al.Role
        for permission in Permission
        if role is not al.Role.OPERATOR and permission in POLICY[role]
    ],
)
def test_every_permission_that_a_role_has_is_refused_for_what_the_register_says(
    permission: Permission, role: al.Role
) -> None:
    actor = al.Actor("x-1", role=role, organisation="T999", municipality="T02")
    mandate = al.Mandate(adviser="x-1", municipality=al.MunicipalityCode("T02"), given_by="tilsyn-2")
    error = refused(actor, permission, None, master=clean_master_data(), mandate=mandate, on=TODAY)
    assert error.context["cause"] == ("not_administrator" if role is al.Role.ORGANISATION else "not_home")


def test_an_organisation_without_a_known_home_municipality_is_told_so(operator: al.Workspace) -> None:
    master = operator.master_data("T001")
    ended = [evolve(home, valid=al.Validity(None, TODAY - timedelta(days=1))) for home in master.home_municipalities]
    operator._keep_master(evolve(master, home_municipalities=tuple(ended)))
    message, _ = told(lambda: ASKED["preparing"](operator.acting_as(NEIGHBOUR)))
    assert "registret kender ingen" in message.da and "the register knows none" in message.en


def test_a_mandate_tells_its_last_day(clock: StandingClock) -> None:
    mandate = al.Mandate(adviser="x-1", municipality=al.MunicipalityCode("T01"), given_by="tilsyn-1")
    assert mandate.last_day is None
    ended = evolve(mandate, valid=al.Validity(None, date(2026, 8, 31))).ended(clock.day)
    assert ended.last_day == date(2026, 8, 2)
    assert ended.holds_on(date(2026, 8, 2)) and not ended.holds_on(date(2026, 8, 3))


def test_a_package_that_cannot_be_sent_says_why_in_the_message_itself(office: al.Workspace, ready: Ready) -> None:
    package = ready()
    office.submit(package)
    sent = office.open_package("T001", YEAR)
    assert office.check_submit(sent).findings.ok
    with pytest.raises(al.NotSubmittableError) as caught:
        office.submit(sent)
    assert caught.value.message.da == "Pakken kan ikke sendes: Pakken er sendt 2026-08-03 og ikke returneret."
    assert "has not been returned." in caught.value.message.en
    assert (caught.value.hint.da, caught.value.hint.en) == (
        "Det kan hæves af: kommune.",
        "Who can lift it: municipality.",
    )
