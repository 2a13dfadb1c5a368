"""An invitation is issued, moved, given an agenda, cancelled or held, and forgets nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings

from almenstyring.content import label
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue import (
    AgendaItem,
    Invitation,
    InvitationStatus,
    MeetingTime,
    Participant,
    ParticipantSide,
)
from almenstyring.domain.dialogue.invitations import INVITATION_ACTS, InvitationAct, InvitationStep
from almenstyring.domain.errors import InvalidValueError, NotAllowedError
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, LbfNumber, MunicipalityCode
from almenstyring.testing import dialogue_strategies

Refused = Callable[..., InvalidValueError]

ONE, TWO = LbfNumber("T001"), LbfNumber("T002")
MAY, JUNE, AUTUMN = date(2026, 5, 4), date(2026, 6, 1), date(2026, 9, 30)
TEN = MeetingTime(day=AUTUMN, at=time(10), minutes=120)
LATER = MeetingTime(day=date(2026, 10, 7), at=time(13, 30), minutes=90)
ITEM = AgendaItem(id="1", title=Text("Aftaler", "Agreements"), source="agreement A-1")


def invitation(**changes: Any) -> Invitation:
    plain: dict[str, Any] = {
        "id": "m-1",
        "municipality": MunicipalityCode("T01"),
        "organisations": (ONE,),
        "report_year": ReportYear(2026),
        "when": TEN,
        "place": "Rådhuset",
    }
    return Invitation(**(plain | changes))


def in_status(status: InvitationStatus) -> Invitation:
    planned = invitation()
    reached = {
        InvitationStatus.PLANNED: planned,
        InvitationStatus.INVITED: planned.issued(MAY, by="tilsyn-1"),
        InvitationStatus.CANCELLED: planned.cancelled("Sygdom", MAY, by="tilsyn-1"),
        InvitationStatus.HELD: planned.held(AUTUMN, by="tilsyn-1"),
    }
    return reached[status]


def after(found: Invitation, act: InvitationAct) -> Invitation:
    match act:
        case InvitationAct.ISSUED:
            return found.issued(AUTUMN, by="tilsyn-1")
        case InvitationAct.MOVED:
            return found.moved(LATER, AUTUMN, by="tilsyn-1")
        case InvitationAct.AGENDA_SET:
            return found.with_agenda((ITEM,), AUTUMN, by="tilsyn-1")
        case InvitationAct.CHANGED:
            return found.changed(AUTUMN, by="tilsyn-1", place="Boligkontoret")
        case InvitationAct.CANCELLED:
            return found.cancelled("Sygdom", AUTUMN, by="tilsyn-1")
        case InvitationAct.HELD:
            return found.held(AUTUMN, by="tilsyn-1")
        case InvitationAct.DAY_CORRECTED:
            return found.held_instead(MAY, AUTUMN, by="tilsyn-1")


@pytest.mark.parametrize("act", InvitationAct)
@pytest.mark.parametrize("status", InvitationStatus)
def test_what_can_happen_is_what_the_table_says(status: InvitationStatus, act: InvitationAct) -> None:
    found = in_status(status)
    assert found.status is status
    if act in INVITATION_ACTS[status]:
        changed = after(found, act)
        assert changed.sequence == found.sequence + 1
        assert changed.history[-1].act is act
    else:
        with pytest.raises(NotAllowedError) as caught:
            after(found, act)
        assert caught.value.hint.en
        assert not any(code in caught.value.message.da.split() for code in [*InvitationStatus, *InvitationAct])
        assert status.text.da in caught.value.message.da and act.text.da in caught.value.message.da


def test_a_move_keeps_what_it_changed_and_the_uid() -> None:
    issued = invitation().issued(MAY, by="tilsyn-1")
    moved = issued.moved(LATER, JUNE, by="tilsyn-2", place="Boligkontoret", note="Efter ønske")
    assert (moved.when, moved.place, moved.uid) == (LATER, "Boligkontoret", issued.uid)
    assert (moved.history[-1].was, moved.history[-1].was_at, moved.history[-1].by) == (TEN, "Rådhuset", "tilsyn-2")
    assert moved.moved(TEN, JUNE, by="tilsyn-1").place == "Boligkontoret", "the place stays where none is given"


def test_notice_is_counted_from_when_the_time_was_last_told() -> None:
    planned = invitation().moved(TEN, MAY, by="tilsyn-1")
    assert planned.notice_days is None, "nobody was told"
    issued = planned.issued(date(2026, 9, 1), by="tilsyn-1")
    assert (issued.notice_days, issued.issued_on) == (29, date(2026, 9, 1))
    assert issued.with_agenda((ITEM,), date(2026, 9, 20), by="tilsyn-1").notice_days == 29
    assert issued.moved(LATER, date(2026, 9, 29), by="tilsyn-1").notice_days == 8


def test_a_meeting_is_held_on_its_day_or_recorded_later(refused: Refused) -> None:
    issued = invitation().issued(MAY, by="tilsyn-1")
    refused(issued.held, date(2026, 9, 29), by="tilsyn-1")
    assert issued.held(date(2026, 12, 1), by="tilsyn-1").status is InvitationStatus.HELD


def test_a_theme_meeting_for_councillors_is_without_organisations() -> None:
    theme = invitation(forum="theme_meeting", organisations=(), report_year=None)
    assert theme.issued(MAY, by="tilsyn-1").status is InvitationStatus.INVITED


SITE, OTHER_SITE = EstateId.parse("T001-T0101"), EstateId.parse("T001-T0102")


def test_everything_but_the_time_can_be_changed_and_the_step_keeps_the_old_place(refused: Refused) -> None:
    issued = invitation().issued(MAY, by="tilsyn-1")
    who = (Participant(id="formand", side=ParticipantSide.ORGANISATION),)
    changed = issued.changed(JUNE, by="tilsyn-2", participants=who, agenda=[ITEM], place="Laden", note="Efter ønske")
    assert (changed.participants, changed.agenda, changed.place, changed.when) == (who, (ITEM,), "Laden", TEN)
    assert (changed.sequence, changed.uid, changed.notice_days) == (2, issued.uid, issued.notice_days)
    last = changed.history[-1]
    assert (last.act, last.note, last.was_at, last.by) == (InvitationAct.CHANGED, "Efter ønske", "Rådhuset", "tilsyn-2")
    again = changed.changed(JUNE, by="tilsyn-1", participants=())
    assert (again.participants, again.agenda, again.place) == ((), (ITEM,), "Laden"), "what is not given stays"
    refused(issued.changed, JUNE, by="tilsyn-1")


@pytest.mark.parametrize("verb", ["moved", "changed"])
def test_a_meeting_elsewhere_is_not_on_the_old_site(verb: str) -> None:
    on_site = invitation(estate=SITE, place="Fælleshuset").issued(MAY, by="tilsyn-1")

    def after_it(**where: Any) -> EstateId | None:
        if verb == "moved":
            return on_site.moved(LATER, JUNE, by="tilsyn-1", **where).estate
        return on_site.changed(JUNE, by="tilsyn-1", participants=(), **where).estate

    assert after_it(place="Rådhuset") is None
    assert after_it(place="Rådhuset", estate=OTHER_SITE) == after_it(estate=OTHER_SITE) == OTHER_SITE
    assert after_it() == after_it(place="Fælleshuset") == SITE


@pytest.mark.parametrize("day", [date(2026, 9, 29), date(2026, 10, 1)], ids=["earlier", "later"])
def test_the_day_of_a_meeting_held_can_be_corrected_and_what_stood_there_is_kept(day: date, refused: Refused) -> None:
    held = invitation().held(AUTUMN, by="tilsyn-1")
    corrected = held.held_instead(day, LATER.day, by="tilsyn-2")
    assert (corrected.when, corrected.status) == (evolve(TEN, day=day), InvitationStatus.HELD)
    assert (corrected.history[-1].was, corrected.sequence) == (TEN, 2)
    refused(held.held_instead, LATER.day, AUTUMN, by="tilsyn-2")


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"organisations": ()}, id="to the statutory meeting with nobody"),
        pytest.param({"organisations": (ONE, ONE), "forum": "joint"}, id="of somebody twice"),
        pytest.param({"organisations": (ONE, TWO)}, id="to the statutory meeting with two"),
        pytest.param({"report_year": None}, id="to the statutory meeting of no year"),
        pytest.param({"forum": " "}, id="to no forum"),
        pytest.param({"estate": EstateId.parse("T002-T0101")}, id="to somebody else's estate"),
        pytest.param({"municipality": MunicipalityCode("411")}, id="by a place code"),
        pytest.param({"id": "møde med nogen"}, id="with an id that could be a name"),
        pytest.param({"agenda": (ITEM, ITEM)}, id="with an agenda item twice"),
    ],
)
def test_there_is_no_invitation(wrong: dict[str, Any], refused: Refused) -> None:
    refused(invitation, **wrong)


def test_a_step_out_of_turn_is_told_in_words(refused: Refused) -> None:
    error = refused(invitation, history=(step(InvitationAct.CANCELLED, note="Sygdom"), step(InvitationAct.AGENDA_SET)))
    assert error.message.da == "Skridtet »dagsorden sat« er ikke muligt for indkaldelsen m-1."
    assert error.hint.da.startswith("Den er aflyst. Mulige skridt: -, tidligst 2026-05-04")


@pytest.mark.parametrize("each", [*InvitationStatus, *InvitationAct], ids=repr)
def test_the_words_of_the_domain_are_those_of_the_terms(each: InvitationStatus | InvitationAct) -> None:
    assert each.text == label(each)


def step(act: InvitationAct, on: date = MAY, **more: Any) -> InvitationStep:
    return InvitationStep(on=on, act=act, by="tilsyn-1", **more)


@pytest.mark.parametrize(
    "history",
    [
        pytest.param((step(InvitationAct.ISSUED), step(InvitationAct.ISSUED)), id="issued twice"),
        pytest.param((step(InvitationAct.ISSUED, JUNE), step(InvitationAct.MOVED, was=LATER)), id="back in time"),
        pytest.param((step(InvitationAct.HELD),), id="held before its day"),
    ],
)
def test_a_history_that_cannot_be_is_refused(history: tuple[InvitationStep, ...], refused: Refused) -> None:
    refused(invitation, history=history)


@pytest.mark.parametrize(
    ("act", "more"),
    [
        pytest.param(InvitationAct.CANCELLED, {"note": " "}, id="cancelled without a reason"),
        pytest.param(InvitationAct.MOVED, {}, id="moved from nowhere"),
        pytest.param(InvitationAct.ISSUED, {"was": TEN}, id="issued from another time"),
        pytest.param(InvitationAct.HELD, {"was_at": "Rådhuset"}, id="held from another place"),
        pytest.param(InvitationAct.CHANGED, {"was": TEN}, id="changed from another time"),
    ],
)
def test_a_step_that_makes_no_sense_is_refused(act: InvitationAct, more: dict[str, Any], refused: Refused) -> None:
    refused(step, act, **more)


def test_a_name_is_no_participant(refused: Refused) -> None:
    assert Participant(id="driftschef", side=ParticipantSide.ORGANISATION).id == "driftschef"
    refused(Participant, id="Navn Navnesen", side=ParticipantSide.ORGANISATION)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(dialogue_strategies.invitations())
def test_whatever_happens_the_uid_stays_the_sequence_grows_and_every_time_is_kept(last: Invitation) -> None:
    played = [Invitation(**{**_fields(last), "history": (), "when": _first_time(last)})]
    for each in last.history:
        before = played[-1]
        if each.act is InvitationAct.MOVED:
            assert each.was is not None
            played.append(before.moved(_next_time(last, len(played)), each.on, by=each.by, note=each.note))
        elif each.act is InvitationAct.CANCELLED:
            played.append(before.cancelled(each.note, each.on, by=each.by))
        elif each.act is InvitationAct.CHANGED:
            played.append(before.changed(each.on, by=each.by, place=last.place, note=each.note))
        elif each.act is InvitationAct.AGENDA_SET:
            played.append(before.with_agenda(last.agenda, each.on, by=each.by))
        else:
            verb = before.issued if each.act is InvitationAct.ISSUED else before.held
            played.append(verb(each.on, by=each.by))
    assert {each.uid for each in played} == {last.uid}
    assert all(one.sequence < other.sequence for one, other in pairwise(played))
    assert played[-1].when == last.when
    assert [each.act for each in played[-1].history] == [each.act for each in last.history]
    times = [each.was for each in last.history if each.was is not None]
    assert [each.was for each in played[-1].history if each.was is not None] == times, "no time is lost"


def _fields(found: Invitation) -> dict[str, Any]:
    names = "id municipality organisations forum report_year place estate participants"
    return {name: getattr(found, name) for name in names.split()}


def _first_time(found: Invitation) -> MeetingTime:
    return next((each.was for each in found.history if each.was), found.when)


def _next_time(found: Invitation, place: int) -> MeetingTime:
    """The time after the step at the place: what the next move moved from."""
    return next((each.was for each in found.history[place:] if each.was), found.when)


@pytest.mark.parametrize(
    ("day", "at", "starts", "ends"),
    [
        pytest.param(date(2026, 1, 5), time(10), "2026-01-05T09:00", "2026-01-05T11:00", id="winter"),
        pytest.param(date(2026, 7, 6), time(10), "2026-07-06T08:00", "2026-07-06T10:00", id="summer"),
        pytest.param(date(2026, 3, 29), time(1), "2026-03-29T00:00", "2026-03-29T02:00", id="over the spring change"),
        pytest.param(date(2026, 3, 29), time(3), "2026-03-29T01:00", "2026-03-29T03:00", id="after the spring change"),
        pytest.param(date(2026, 10, 25), time(1), "2026-10-24T23:00", "2026-10-25T01:00", id="over the autumn change"),
        pytest.param(date(2026, 10, 25), time(2, 30), "2026-10-25T00:30", "2026-10-25T02:30", id="the first of two"),
        pytest.param(date(2026, 10, 25), time(3), "2026-10-25T02:00", "2026-10-25T04:00", id="after the autumn change"),
    ],
)
def test_a_time_of_the_clock_is_an_instant(day: date, at: time, starts: str, ends: str) -> None:
    when = MeetingTime(day=day, at=at, minutes=120)
    # In UTC, since Python finds two instants unequal as soon as one stands on a clock that shows it twice.
    assert when.starts.astimezone(UTC) == datetime.fromisoformat(f"{starts}+00:00")
    assert when.ends.astimezone(UTC) == datetime.fromisoformat(f"{ends}+00:00")


@pytest.mark.parametrize("at", [time(2), time(2, 30), time(2, 59)], ids=str)
def test_a_time_that_the_clock_skips_is_refused(at: time, refused: Refused) -> None:
    refused(MeetingTime, day=date(2026, 3, 29), at=at, minutes=60)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"at": time(10, 0, 30)}, id="seconds"),
        pytest.param({"at": time(10, tzinfo=UTC)}, id="a zone of its own"),
        pytest.param({"day": datetime(2026, 9, 30, 10, tzinfo=UTC)}, id="an instant for a day"),
        pytest.param({"day": date(2009, 12, 31)}, id="before the dialogue began"),
        pytest.param({"minutes": 0}, id="no length"),
        pytest.param({"minutes": 1441}, id="more than a day"),
    ],
)
def test_there_is_no_time(wrong: dict[str, Any], refused: Refused) -> None:
    refused(MeetingTime, **({"day": AUTUMN, "at": time(10), "minutes": 60} | wrong))
