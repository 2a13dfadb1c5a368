"""Supervisory actions keep all that was decided, take only the steps of the table, and always have a next step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.content import label
from almenstyring.domain.access import Role
from almenstyring.domain.errors import InvalidValueError, NotAllowedError
from almenstyring.domain.next_steps import supervision_step
from almenstyring.domain.supervision import (
    SUPERVISORY_STEPS,
    HomeInformed,
    SupervisoryAction,
    SupervisoryKind,
    SupervisoryStatus,
    SupervisoryStep,
)
from almenstyring.domain.values import EstateId, LbfNumber, MunicipalityCode
from almenstyring.testing.supervision_strategies import next_supervisory_steps, supervisory_actions

Refused = Callable[..., InvalidValueError]

HOME, THERE, ONE = MunicipalityCode("T01"), MunicipalityCode("T02"), LbfNumber("T001")
ESTATE, DECIDED, DUE = EstateId.parse("T001-T0201"), date(2026, 5, 4), date(2026, 8, 1)
IN_FORCE, IGNORED, CONCLUDED, WITHDRAWN = SupervisoryStatus


def action(**changes: Any) -> SupervisoryAction:
    plain: dict[str, Any] = {
        "id": "P-1",
        "kind": SupervisoryKind.DIRECTIVE,
        "municipality": THERE,
        "organisation": ONE,
        "estate": ESTATE,
        "decided_on": DECIDED,
        "text": "SYNTETISK: lejen skal dække udgifterne.",
        "due": DUE,
    }
    return SupervisoryAction(**(plain | changes))


def step(status: SupervisoryStatus, on: date = date(2026, 8, 3), **changes: Any) -> SupervisoryStep:
    plain: dict[str, Any] = {"on": on, "status": status, "note": "SYNTETISK", "by": "tilsyn-2"}
    return SupervisoryStep(**(plain | changes))


def next_step(of: SupervisoryAction, role: Role = Role.MUNICIPALITY, on: date = DUE, **changes: Any) -> str:
    plain: dict[str, Any] = {"is_own": True, "home": HOME, "is_reported": False, "on": on}
    return supervision_step(of, role, **(plain | changes)).en


@pytest.mark.parametrize("kind", SupervisoryKind)
def test_every_kind_rests_on_a_paragraph_and_only_those_of_118_1_oblige_to_inform(kind: SupervisoryKind) -> None:
    assert str(kind.law).startswith(("DB § ", "ABL § "))
    assert kind.informs_home is str(kind.law).startswith("DB § 118, stk. 1")


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        pytest.param({"municipality": MunicipalityCode("411")}, "municipality", id="of a place code"),
        pytest.param({"text": " "}, "text", id="about nothing"),
        pytest.param({"estate": EstateId.parse("T002-T0101")}, "estate", id="about another one's estate"),
        pytest.param({"due": date(2026, 5, 3)}, "due", id="to comply with before it was decided"),
        pytest.param({"follows": "P-1"}, "follows", id="that follows itself"),
        pytest.param({"follows": "to ord"}, "follows", id="that follows no id"),
        pytest.param(
            {"home_informed": HomeInformed(municipality=HOME, on=date(2026, 5, 3), by="x")},
            "home_informed",
            id="told before it was",
        ),
        pytest.param(
            {"home_informed": HomeInformed(municipality=THERE, on=DECIDED, by="x")},
            "home_informed",
            id="told to whom decided it",
        ),
        pytest.param({"area": "Måneskinskvarteret"}, "area", id="about an area though its kind is about none"),
        pytest.param({"history": (step(IN_FORCE, date(2026, 5, 3)),)}, "on", id="followed up before it was decided"),
        pytest.param({"history": (step(CONCLUDED), step(IN_FORCE))}, "status", id="in force after its end"),
        pytest.param({"history": (step(IN_FORCE), step(IN_FORCE, DECIDED))}, "on", id="with a history that goes back"),
    ],
)
def test_there_is_no_such_action(wrong: dict[str, Any], part: str, refused: Refused) -> None:
    assert refused(action, **wrong).context["part"] == part


def test_a_refusal_says_which_step_there_is_in_the_words_of_its_language(refused: Refused) -> None:
    error = refused(action, history=(step(IGNORED), step(IGNORED)))
    assert "fra ikke efterkommet kan det komme til: i kraft, afsluttet, trukket tilbage" in error.message.da


@pytest.mark.parametrize("status", SupervisoryStatus)
def test_every_status_has_its_word(status: SupervisoryStatus) -> None:
    assert status.text == label(status)


@pytest.mark.parametrize(
    ("status", "wrong", "part"),
    [
        pytest.param(IN_FORCE, {"note": ""}, "note", id="without a note"),
        pytest.param(IGNORED, {"due": date(2026, 9, 1)}, "due", id="ignored with a new last day"),
        pytest.param(IN_FORCE, {"due": date(2026, 8, 2)}, "due", id="with a last day before the step"),
    ],
)
def test_there_is_no_such_step(status: SupervisoryStatus, wrong: dict[str, Any], part: str, refused: Refused) -> None:
    assert refused(step, status, **wrong).context["part"] == part


def test_the_last_day_is_what_was_set_last_and_the_first_one_stays() -> None:
    longer = action().followed_up(step(IN_FORCE, due=date(2026, 10, 1)))
    assert (longer.due, longer.current_due) == (DUE, date(2026, 10, 1))
    assert [longer.is_overdue_on(date(2026, 10, day)) for day in (1, 2)] == [False, True]
    assert not longer.followed_up(step(CONCLUDED)).is_overdue_on(date(2027, 1, 1))
    assert not action(due=None).is_overdue_on(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("changes", "home", "owed"),
    [
        pytest.param({}, HOME, True, id="by a municipality of location"),
        pytest.param({}, THERE, False, id="not where it is the home municipality itself"),
        pytest.param({}, None, False, id="not where no home is known"),
        pytest.param({"kind": SupervisoryKind.ORDER}, HOME, False, id="not of an order"),
        pytest.param({"home_informed": HomeInformed(municipality=HOME, on=DECIDED, by="x")}, HOME, False, id="once"),
    ],
)
def test_the_home_municipality_is_informed_of_measures(
    changes: dict[str, Any], home: MunicipalityCode | None, owed: bool
) -> None:
    assert action(**changes).must_inform(home) is owed


def test_the_home_municipality_is_informed_once() -> None:
    told = action().informed(HOME, DECIDED, by="tilsyn-2")
    with pytest.raises(NotAllowedError, match="2026-05-04"):
        told.informed(HOME, DUE, by="tilsyn-2")


@pytest.mark.parametrize("status", [CONCLUDED, WITHDRAWN])
def test_a_closed_action_takes_no_step(status: SupervisoryStatus) -> None:
    closed = action().followed_up(step(status))
    with pytest.raises(NotAllowedError, match=status.text.en):
        closed.followed_up(step(IN_FORCE))


TOLD = action().informed(HOME, DECIDED, by="tilsyn-2")


@pytest.mark.parametrize(
    ("of", "changes", "words"),
    [
        pytest.param(action(), {}, "Inform home municipality T01", id="inform first"),
        pytest.param(action().followed_up(step(CONCLUDED)), {}, "Inform home", id="inform also of what is closed"),
        pytest.param(TOLD, {}, "Await the outcome by 2026-08-01", id="await"),
        pytest.param(TOLD, {"on": date(2026, 8, 2)}, "The last day 2026-08-01 has passed", id="overdue"),
        pytest.param(TOLD.followed_up(step(IGNORED)), {}, "DB § 118, stk. 2", id="report what is ignored"),
        pytest.param(TOLD.followed_up(step(IGNORED)), {"is_reported": True}, "Await the Agency", id="reported"),
        pytest.param(
            action(kind=SupervisoryKind.ORDER).followed_up(step(IGNORED)), {}, "ABL § 165", id="an ignored order"
        ),
        pytest.param(TOLD.followed_up(step(WITHDRAWN)), {}, "Nothing: it is closed", id="closed"),
        pytest.param(action(kind=SupervisoryKind.REPORT_TO_AGENCY), {}, "Await the Agency", id="a report"),
        pytest.param(TOLD, {"is_own": False}, "for information", id="the home municipality"),
        pytest.param(TOLD, {"role": Role.ORGANISATION}, "Comply with the decision by 2026-08-01", id="organisation"),
        pytest.param(
            action(due=None, kind=SupervisoryKind.REPORT_TO_AGENCY),
            {"role": Role.ORGANISATION},
            "Await the Agency",
            id="organisation reported",
        ),
        pytest.param(
            TOLD.followed_up(step(CONCLUDED)), {"role": Role.ORGANISATION}, "Nothing", id="organisation at the end"
        ),
        pytest.param(TOLD, {"role": Role.ADVISER}, "the municipality decides", id="adviser"),
    ],
)
def test_each_role_is_told_its_next_step(of: SupervisoryAction, changes: dict[str, Any], words: str) -> None:
    assert words in next_step(of, **changes)


@given(supervisory_actions(), st.data())
def test_no_state_is_without_a_next_step_and_no_step_rewrites_what_was_decided(
    one: SupervisoryAction, data: st.DataObject
) -> None:
    for role in Role:
        assert next_step(one, role, data.draw(st.dates()))
    assert one.status.is_open is bool(SUPERVISORY_STEPS[one.status])
    if one.status.is_open:
        followed = one.followed_up(data.draw(next_supervisory_steps(one)))
        assert followed.history[:-1] == one.history
        assert (followed.text, followed.due, followed.home_informed) == (one.text, one.due, one.home_informed)
