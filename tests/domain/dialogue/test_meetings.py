"""Minutes tell what they lack, tasks are done once, and meetings of other fora count where they were owed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.dialogue import (
    AreaMinutes,
    DialogueMeeting,
    ForumMeeting,
    OpenTask,
    StatutoryGoal,
    Task,
)
from almenstyring.domain.dialogue.fora import (
    STATUTORY,
    STATUTORY_MEETING,
    DialogueModel,
    DialogueModels,
    Forum,
    Frequency,
    Gathering,
)
from almenstyring.domain.dialogue.meetings import tasks_open
from almenstyring.domain.dialogue.obligations import ObligationState, Span, obligations
from almenstyring.domain.errors import InvalidValueError, NotAllowedError, NotFoundError
from almenstyring.domain.organisations import HomeMunicipality, HousingArea, HousingOrganisation, MasterData, Validity
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode

Refused = Callable[..., InvalidValueError]

ONE, TWO = LbfNumber("T001"), LbfNumber("T002")
TOWN, HELD = MunicipalityCode("T01"), date(2026, 9, 30)
WEST, EAST = (HousingArea(name=name, estates=()) for name in ("Vesterparken", "Østerparken"))
CLOSED = HousingArea(name="Nordparken", estates=(), valid=Validity(None, date(2025, 12, 31)))


def meeting(**changes: Any) -> DialogueMeeting:
    plain: dict[str, Any] = {"organisation": ONE, "report_year": ReportYear(2026), "municipality": TOWN}
    return DialogueMeeting(**(plain | {"held_on": HELD} | changes))


def test_minutes_without_a_word_lack_both_parties_assessment_of_everything() -> None:
    gaps = meeting().gaps((WEST, CLOSED))
    assert [gap.da for gap in gaps] == [
        "Boligorganisationens vurdering af virksomheden og dens udfordringer",
        "Kommunens vurdering af virksomheden og dens udfordringer",
        "Boligorganisationens vurdering af boligområdet Vesterparken",
        "Kommunens vurdering af boligområdet Vesterparken",
    ]
    assert not meeting().is_complete()


def test_minutes_are_complete_when_both_parties_are_heard_on_the_whole_and_on_each_area() -> None:
    sections = tuple(
        AreaMinutes(area=area.name, organisations_assessment="God.", municipalitys_assessment="Sårbar.")
        for area in (EAST, WEST)
    )
    whole = meeting(organisations_assessment="Sund.", municipalitys_assessment="Høj husleje.", areas=sections)
    assert whole.is_complete((WEST, EAST))
    assert not evolve(whole, areas=sections[:1]).is_complete((WEST, EAST))
    assert not evolve(whole, municipalitys_assessment="  ").is_complete((WEST, EAST))


def test_a_section_of_one_party_only_is_a_gap_though_the_register_has_no_such_area() -> None:
    told = meeting(
        organisations_assessment="Sund.",
        municipalitys_assessment="Sund.",
        areas=(AreaMinutes(area="Kvarteret", organisations_assessment="God."),),
    )
    assert [gap.en for gap in told.gaps()] == ["The municipality's assessment of the housing area Kvarteret"]


def task(name: str = "t-1", due: date | None = None, done_on: date | None = None) -> Task:
    return Task(id=name, text="Opgørelse af tomgang", responsible="driftschef", due=due, done_on=done_on)


def test_a_task_is_done_once() -> None:
    done = meeting(tasks=(task(), task("t-2"))).with_task_done("t-2", date(2026, 11, 1))
    assert [each.done_on for each in done.tasks] == [None, date(2026, 11, 1)]
    with pytest.raises(NotAllowedError):
        done.with_task_done("t-2", date(2026, 11, 2))
    with pytest.raises(NotFoundError, match="t-9"):
        done.with_task_done("t-9", date(2026, 11, 2))


@pytest.mark.parametrize(
    ("due", "done_on", "days"),
    [
        pytest.param(None, None, 0, id="no day"),
        pytest.param(date(2026, 12, 1), None, 0, id="on the day"),
        pytest.param(date(2026, 11, 28), None, 3, id="three days over"),
        pytest.param(date(2026, 11, 28), date(2026, 11, 29), 1, id="done a day late"),
        pytest.param(date(2026, 11, 28), date(2026, 11, 1), 0, id="done early"),
    ],
)
def test_how_late_a_task_is(due: date | None, done_on: date | None, days: int) -> None:
    assert task(due=due, done_on=done_on).days_late(date(2026, 12, 1)) == days


def names(found: tuple[OpenTask, ...]) -> list[str]:
    return [each.task.id for each in found]


def test_open_tasks_are_those_of_the_day_the_earliest_due_first() -> None:
    joint = ForumMeeting(id="f", forum="joint", municipality=TOWN, held_on=date(2026, 3, 1), organisations=(ONE, TWO))
    joint = evolve(joint, tasks=(task("without-a-day"), task("late", due=date(2026, 12, 1))))
    alone = meeting(tasks=(task("early", due=date(2026, 10, 1)), task("done", done_on=date(2026, 10, 5))))
    found = tasks_open([joint, alone], date(2026, 10, 4))
    assert names(found) == ["early", "late", "without-a-day", "done"]
    assert names(tasks_open([joint, alone], date(2026, 10, 5))) == ["early", "late", "without-a-day"]
    assert names(tasks_open([joint, alone], date(2026, 9, 29))) == ["late", "without-a-day"]
    assert found[0].organisations == (ONE,)
    assert found[1].organisations == (ONE, TWO)


def test_two_tasks_need_two_ids(refused: Refused) -> None:
    refused(meeting, tasks=(task(), task()))


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"forum": STATUTORY}, id="the statutory one"),
        pytest.param({"forum": ""}, id="no forum"),
        pytest.param({"organisations": (ONE, ONE)}, id="somebody twice"),
        pytest.param({"gathering": Gathering.EACH_ALONE}, id="each alone with nobody"),
        pytest.param({"gathering": Gathering.EACH_ALONE, "organisations": (ONE, TWO)}, id="each alone with two"),
    ],
)
def test_there_is_no_such_meeting_of_a_forum(wrong: dict[str, Any], refused: Refused) -> None:
    plain: dict[str, Any] = {"id": "f-1", "forum": "joint", "municipality": TOWN, "held_on": HELD}
    refused(ForumMeeting, **(plain | wrong))


def test_each_goal_has_its_paragraph() -> None:
    assert [str(goal.law) for goal in StatutoryGoal] == [f"ABL § 6 {letter}" for letter in "aedbc"]


def forum(name: str, gathering: Gathering) -> Forum:
    return Forum(
        id=name,
        name=Text(name, name),
        gathering=gathering,
        frequency=Frequency.YEARLY,
        source="opdigtet",
        certainty=Certainty.PROJECT_AUTHORED,
    )


def test_a_meeting_of_a_forum_satisfies_what_is_owed_there_and_never_the_statutory_one() -> None:
    fora = (STATUTORY_MEETING, forum("joint", Gathering.JOINT), forum("on_site", Gathering.EACH_ALONE))
    model = DialogueModel(
        id="m", name=Text("m", "m"), fora=fora, source="opdigtet", certainty=Certainty.PROJECT_AUTHORED
    )
    models = DialogueModels().adopted(TOWN, model, date(2026, 1, 1))
    homes = (HomeMunicipality(organisation=ONE, municipality=TOWN),)
    master = MasterData(organisation=HousingOrganisation(number=ONE, name="Den Opdigtede"), home_municipalities=homes)
    joint = ForumMeeting(id="f-1", forum="joint", municipality=TOWN, held_on=HELD, organisations=(ONE,))
    on_site = evolve(joint, id="f-2", forum="on_site", gathering=Gathering.EACH_ALONE)

    def states(*meetings: ForumMeeting) -> dict[str, ObligationState]:
        found = obligations(TOWN, Span.years(2026), models, [master], meetings)
        return {each.forum.id: each.state for each in found}

    missing, held = ObligationState.MISSING, ObligationState.HELD
    assert states(joint, on_site) == {STATUTORY: missing, "joint": held, "on_site": held}
    assert states(evolve(joint, municipality=MunicipalityCode("T02"))) == dict.fromkeys(
        (STATUTORY, "joint", "on_site"), missing
    )
    assert states(evolve(on_site, gathering=Gathering.JOINT))["on_site"] is missing
