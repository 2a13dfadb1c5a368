"""Supervision in a store: who decides about what, and who may know of it; kept out of the dialogue."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import almenstyring as al

from .conftest import OPERATOR, REGISTRY, YEAR, StandingClock, refused

HOME, THERE = al.MunicipalityCode("T01"), al.MunicipalityCode("T02")
OWNER, ESTATE = al.LbfNumber("T002"), al.EstateId.parse("T002-T0301")
CONCLUDED = al.SupervisoryStatus.CONCLUDED


def action(action_id: str = "P-1", **changes: Any) -> al.SupervisoryAction:
    """A directive of the municipality of location about an estate that lies with it."""
    plain: dict[str, Any] = {
        "id": action_id,
        "kind": al.SupervisoryKind.DIRECTIVE,
        "municipality": THERE,
        "organisation": OWNER,
        "estate": ESTATE,
        "decided_on": date(2026, 7, 1),
        "text": "SYNTETISK: lejen skal dække udgifterne.",
        "due": date(2026, 9, 1),
    }
    return al.SupervisoryAction(**(plain | changes))


def step(status: al.SupervisoryStatus = CONCLUDED, on: date = date(2026, 8, 1)) -> al.SupervisoryStep:
    return al.SupervisoryStep(on=on, status=status, note="SYNTETISK", by="en-anden")


@pytest.fixture
def there(operator: al.Workspace) -> al.Workspace:
    return operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))


def readers(workspace: al.Workspace) -> dict[str, al.Workspace]:
    """Everybody who could want to read about T002."""
    return {
        "there": workspace.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02")),
        "home": workspace.acting_as(al.Actor("tilsyn-1", role="municipality", municipality="T01")),
        "owner": workspace.acting_as(al.Actor("kontor-2", role="organisation", organisation="T002")),
        "other": workspace.acting_as(al.Actor("kontor-1", role="organisation", organisation="T001")),
        "operator": workspace.acting_as(OPERATOR),
    }


def who_reads(workspace: al.Workspace, action_id: str = "P-1") -> set[str]:
    found = {
        name for name, each in readers(workspace).items() if any(a.id == action_id for a in each.supervisory_actions())
    }
    for name, each in readers(workspace).items():
        if name in found:
            assert each.supervisory_action(action_id) in each.supervisory_actions("T002")
        else:
            with pytest.raises(al.NotFoundError):
                each.supervisory_action(action_id)
    return found


def test_the_home_municipality_reads_of_a_measure_elsewhere_from_the_day_it_is_informed(
    there: al.Workspace, council: al.Workspace
) -> None:
    kept = there.record_supervision(action())
    assert who_reads(there) == {"there", "owner", "operator"}
    assert there.supervision_step(kept).da == "Orientér hjemstedskommunen T01 (DB § 118, stk. 1)."
    told = there.inform_home_municipality("P-1")
    assert told.home_informed == al.HomeInformed(municipality=HOME, on=there.today, by="tilsyn-2")
    assert who_reads(there) == {"there", "home", "owner", "operator"}
    assert "orienteret" in council.supervision_step(told).da
    assert council.supervisory_action("P-1", "T02") == told
    with pytest.raises(al.NotFoundError):
        council.supervisory_action("P-1", "T01")
    with pytest.raises(al.NotAllowedError, match="informed"):
        there.inform_home_municipality("P-1")


def test_the_home_municipality_has_nobody_to_inform(council: al.Workspace) -> None:
    council.record_supervision(action(municipality=HOME, estate=None))
    with pytest.raises(al.NotAllowedError, match="no other home"):
        council.inform_home_municipality("P-1")
    assert who_reads(council) == {"home", "owner", "operator"}


@pytest.mark.parametrize(
    ("who", "changes"),
    [
        pytest.param("there", {"estate": None}, id="a municipality of location about the organisation"),
        pytest.param("home", {"municipality": HOME}, id="the home municipality about an estate elsewhere"),
        pytest.param("home", {}, id="a municipality in another one's name"),
        pytest.param("owner", {}, id="the organisation itself"),
        pytest.param("operator", {}, id="the operator"),
    ],
)
def test_who_does_not_supervise_decides_nothing(operator: al.Workspace, who: str, changes: dict[str, Any]) -> None:
    with pytest.raises(al.NotAllowedError):
        readers(operator)[who].record_supervision(action(**changes))
    assert operator.supervisory_actions() == ()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        pytest.param({"decided_on": date(2026, 8, 4)}, al.InvalidValueError, id="decided tomorrow"),
        pytest.param({"history": (step(on=date(2026, 8, 4)),)}, al.InvalidValueError, id="followed up tomorrow"),
        pytest.param({"follows": "P-9"}, al.InvalidValueError, id="following nothing"),
        pytest.param(
            {"follows": "P-0", "decided_on": date(2026, 6, 30)}, al.InvalidValueError, id="before what it follows"
        ),
        pytest.param(
            {"home_informed": al.HomeInformed(municipality="T03", on=date(2026, 7, 2), by="x")},
            al.InvalidValueError,
            id="told to a municipality that is not the home",
        ),
        pytest.param(
            {"home_informed": al.HomeInformed(municipality="T01", on=date(2026, 8, 4), by="x")},
            al.InvalidValueError,
            id="told tomorrow",
        ),
        pytest.param({"kind": "temporary_administration"}, al.InvalidValueError, id="administration of an estate"),
        pytest.param({"id": "P-0"}, al.NotAllowedError, id="with an id that is taken"),
    ],
)
def test_a_decision_that_cannot_be_kept(
    there: al.Workspace, changes: dict[str, Any], error: type[al.AlmenstyringError]
) -> None:
    before = there.record_supervision(action("P-0"))
    with pytest.raises(error):
        there.record_supervision(action(**changes))
    assert there.supervisory_actions() == (before,)


def test_one_decided_earlier_is_kept_with_what_became_of_it(there: al.Workspace) -> None:
    told = al.HomeInformed(municipality="T01", on=date(2026, 7, 2), by="tilsyn-0")
    kept = there.record_supervision(action(history=(step(),), home_informed=told))
    assert there.supervisory_action("P-1") == kept and kept.history[0].by == "en-anden"
    assert who_reads(there) == {"there", "home", "owner", "operator"}


@pytest.mark.parametrize("kind", ["temporary_management", "information", "financial_information"])
def test_other_kinds_may_be_about_an_estate(there: al.Workspace, kind: str) -> None:
    assert there.record_supervision(action(kind=kind)).estate == ESTATE


# Housing areas

AREA = "Kvarteret"


def area_order(kind: str = "area_order", **changes: Any) -> al.SupervisoryAction:
    plain: dict[str, Any] = {"municipality": HOME, "estate": None, "kind": kind, "area": AREA, "due": None}
    return action(**(plain | changes))


def with_area(operator: al.Workspace, *areas: tuple[str | None, date | None, date | None]) -> None:
    """Let T002 have an area of the dated statuses."""
    master = operator.master_data("T002")
    made = tuple(
        al.HousingArea(
            name=AREA,
            estates=(al.EstateId.parse("T002-T0101"),),
            status=None if status is None else al.AreaStatus(status),
            valid=al.Validity(first, last),
        )
        for status, first, last in areas
    )
    operator._keep_master(evolve(master, areas=made))


@pytest.mark.parametrize(
    ("kind", "status", "fits"),
    [
        ("area_order", "vulnerable", True),
        ("area_order", "prevention", True),
        ("area_order", "transformation", True),
        ("area_order", None, False),
        ("plan_order", "transformation", True),
        ("plan_order", "parallel_society", False),
        ("plan_management", "transformation", True),
        ("plan_management", "vulnerable", False),
    ],
)
def test_an_area_has_the_status_that_the_paragraph_asks_for(
    operator: al.Workspace, council: al.Workspace, kind: str, status: str | None, fits: bool
) -> None:
    with_area(operator, (status, None, None))
    if fits:
        assert council.record_supervision(area_order(kind)).area == AREA
    else:
        assert "status" in refused(lambda: council.record_supervision(area_order(kind)), al.InvalidValueError)


@pytest.mark.parametrize("kind", ["area_order", "plan_order"])
def test_a_transformation_area_stays_one_while_its_plan_may_run_and_no_longer(
    operator: al.Workspace, council: al.Workspace, clock: StandingClock, kind: str
) -> None:
    with_area(operator, ("transformation", date(2018, 12, 1), date(2023, 11, 30)), (None, date(2023, 12, 1), None))
    kept = council.record_supervision(area_order(kind))
    assert council.supervisory_action("P-1") == kept
    clock.day = date(2030, 1, 1)
    with pytest.raises(al.InvalidValueError):
        council.record_supervision(area_order(kind, id="P-2", decided_on=clock.day))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"area": ""}, "no housing area ''"),
        ({"area": "Måneskinskvarteret"}, "Set area to one of: Kvarteret"),
        ({"decided_on": date(2017, 1, 1)}, "no housing area"),
        ({"estate": ESTATE, "municipality": THERE}, "does not lie in it"),
    ],
    ids=["none named", "another one's", "not an area then", "of an estate outside"],
)
def test_an_area_is_one_of_the_organisation_s_on_the_day(
    operator: al.Workspace, council: al.Workspace, there: al.Workspace, changes: dict[str, Any], said: str
) -> None:
    with_area(operator, ("vulnerable", date(2018, 12, 1), None))
    by = there if "estate" in changes else council
    assert said in refused(lambda: by.record_supervision(area_order(**changes)), al.InvalidValueError)


def test_what_is_ignored_is_reported_and_then_awaited(there: al.Workspace) -> None:
    there.record_supervision(action())
    there.inform_home_municipality("P-1", date(2026, 7, 2))
    ignored = there.follow_up_supervision("P-1", step(al.SupervisoryStatus.IGNORED))
    assert ignored.history[0].by == "tilsyn-2", "the step is the actor's"
    assert "DB § 118, stk. 2" in there.supervision_step(ignored).da
    report = there.record_supervision(
        action("P-2", kind=al.SupervisoryKind.REPORT_TO_AGENCY, follows="P-1", decided_on=there.today, due=None)
    )
    assert there.supervision_step(ignored).da == "Afvent Social- og Boligstyrelsen."
    assert "det afslutter indberetningen" in there.supervision_step(report).da
    assert there.supervisory_actions(open_only=True) == (ignored, report)


def test_what_is_closed_is_open_until_the_home_municipality_knows(there: al.Workspace, operator: al.Workspace) -> None:
    there.record_supervision(action())
    closed = there.follow_up_supervision("P-1", step())
    assert there.supervisory_actions(open_only=True) == (closed,)
    assert readers(operator)["owner"].supervisory_actions(open_only=True) == ()
    there.inform_home_municipality("P-1")
    assert there.supervisory_actions(open_only=True) == ()


def test_only_who_decided_follows_up_and_no_day_is_to_come(there: al.Workspace, council: al.Workspace) -> None:
    there.record_supervision(action())
    there.inform_home_municipality("P-1")
    with pytest.raises(al.NotFoundError):
        council.follow_up_supervision("P-1", step())
    with pytest.raises(al.NotFoundError):
        there.follow_up_supervision("P-7", step())
    with pytest.raises(al.InvalidValueError):
        there.follow_up_supervision("P-1", step(on=there.today + timedelta(days=1)))
    with pytest.raises(al.InvalidValueError):
        there.inform_home_municipality("P-1", date(2026, 6, 30))


def test_two_municipalities_may_use_the_same_id(there: al.Workspace, council: al.Workspace) -> None:
    there.record_supervision(action())
    there.inform_home_municipality("P-1")
    council.record_supervision(action(municipality=HOME, estate=None))
    assert [str(each.municipality) for each in council.supervisory_actions()] == ["T01", "T02"]
    assert council.supervisory_action("P-1").municipality == HOME
    assert council.supervisory_action("P-1", THERE).municipality == THERE


def test_an_adviser_reads_within_the_mandate_and_decides_nothing(there: al.Workspace) -> None:
    kept = there.record_supervision(action())
    adviser = there.acting_as(al.Actor("raadgiver-1", role="adviser", municipality="T02"))
    assert adviser.supervisory_actions() == ()
    there.give_mandate("raadgiver-1", valid=al.Validity())
    assert adviser.supervisory_actions() == (kept,)
    with pytest.raises(al.NotAllowedError):
        adviser.follow_up_supervision("P-1", step())


def test_the_preparation_sheet_shows_it_apart_from_the_agenda(there: al.Workspace, council: al.Workspace) -> None:
    there.record_supervision(action())
    assert council.preparation("T002", YEAR).supervision == ()
    told = there.inform_home_municipality("P-1")
    sheet = council.preparation("T002", YEAR)
    assert sheet.supervision == (told,)
    assert all("P-1" not in str(each) for each in sheet.agenda)
    page = al.render(sheet, form="markdown")
    assert "Tilsynsskridt" in page and "SYNTETISK: lejen skal dække udgifterne." in page
    there.follow_up_supervision("P-1", step())
    assert council.preparation("T002", YEAR).supervision == ()


STEPS = st.lists(st.sampled_from(["record", "inform", "ignore", "conclude", "tomorrow"]), max_size=8)


@settings(max_examples=20)
@given(STEPS)
def test_whatever_happens_the_home_municipality_reads_nothing_before_it_is_informed(steps: list[str]) -> None:
    clock = StandingClock()
    with al.connect("memory:", actor=OPERATOR, registry=REGISTRY, clock=clock, test_mode=True) as operator:
        operator.import_register("synthetic:")
        there, home = readers(operator)["there"], readers(operator)["home"]
        told = False
        for each in steps:
            try:
                match each:
                    case "record":
                        there.record_supervision(action())
                    case "inform":
                        there.inform_home_municipality("P-1")
                        told = True
                    case "tomorrow":
                        clock.day += timedelta(days=1)
                    case _:
                        status = al.SupervisoryStatus.IGNORED if each == "ignore" else CONCLUDED
                        there.follow_up_supervision("P-1", step(status, on=there.today))
            except (al.NotAllowedError, al.NotFoundError, al.InvalidValueError):
                pass
            assert home.supervisory_actions() == (there.supervisory_actions() if told else ())
        assert operator.verify().ok
