"""Agreements from the meeting to the reports that follow them up, each seen by its parties alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import almenstyring as al
from almenstyring.application.prefilling import with_agreements
from almenstyring.testing.agreement_strategies import agreements
from almenstyring.testing.builders import clean_package

from .conftest import COUNCIL, OFFICE, REGISTRY, YEAR, StandingClock, refused

ONE, TWO, HOME = al.LbfNumber("T001"), al.LbfNumber("T002"), al.MunicipalityCode("T01")
Ready = Callable[[], al.DocumentationPackage]


def agreement(agreement_id: str = "A-1", **changes: Any) -> al.Agreement:
    plain: dict[str, Any] = {
        "id": agreement_id,
        "kind": al.AgreementKind.OTHER,
        "municipality": HOME,
        "organisations": (ONE,),
        "text": "SYNTETISK: fælles plan mod tomgang.",
        "concluded_on": date(2025, 9, 1),
        "concluded_at": al.ReportYear(2025),
        "responsible": "driftschef",
    }
    return al.Agreement(**(plain | changes))


def step(status: str, on: date = date(2026, 7, 1), **changes: Any) -> al.AgreementStep:
    plain: dict[str, Any] = {"on": on, "status": al.AgreementStatus(status), "note": "SYNTETISK", "by": "x"}
    return al.AgreementStep(**(plain | changes))


def test_what_is_concluded_is_read_by_the_parties_and_nobody_else(
    operator: al.Workspace, office: al.Workspace, council: al.Workspace
) -> None:
    first = council.conclude_agreement(agreement())
    both = council.conclude_agreement(agreement("A-2", organisations=(TWO, ONE), concluded_on=date(2025, 10, 1)))
    second = operator.acting_as(al.Actor("kontor-2", role="organisation", organisation="T002"))
    neighbour = operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))

    assert council.agreements() == office.agreements() == operator.agreements() == (first, both)
    assert second.agreements() == second.agreements("T001") == (both,)
    assert neighbour.agreements() == neighbour.agreements(municipality="T01") == ()
    assert council.agreements("T002") == (both,)
    assert council.agreement("A-1") == first
    for stranger in (second, neighbour):
        with pytest.raises(al.NotFoundError):
            stranger.agreement("A-1")


def test_only_the_municipality_that_leads_the_dialogue_of_everybody_in_it_concludes(
    operator: al.Workspace, office: al.Workspace, council: al.Workspace
) -> None:
    neighbour = operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))
    elsewhere = agreement(organisations=(ONE, al.LbfNumber("T006")))
    for workspace, made in ((office, agreement()), (neighbour, agreement()), (council, elsewhere)):
        with pytest.raises(al.NotAllowedError):
            workspace.conclude_agreement(made)
    with pytest.raises(al.NotAllowedError):
        council.conclude_agreement(agreement(municipality=al.MunicipalityCode("T02")))
    with pytest.raises(al.InvalidValueError):
        council.conclude_agreement(agreement(concluded_on=date(2026, 8, 4)))
    assert operator.agreements() == ()


def test_an_id_is_given_once(council: al.Workspace) -> None:
    council.conclude_agreement(agreement())
    with pytest.raises(al.NotAllowedError, match="A-1"):
        council.conclude_agreement(agreement(text="SYNTETISK: en anden."))


def test_an_id_is_the_municipality_s_own(operator: al.Workspace, council: al.Workspace) -> None:
    neighbour = operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))
    council.conclude_agreement(agreement("A-3"))
    theirs = neighbour.conclude_agreement(agreement("A-3", municipality="T02", organisations=("T006",)))
    followed = neighbour.follow_up_agreement("A-3", step("ended"))
    assert followed.organisations == theirs.organisations
    assert council.agreement("A-3").status.value == "open"
    assert operator.agreement("A-3", "T01").organisations == (ONE,)
    assert operator.agreement("A-3", "T02") == followed
    with pytest.raises(al.NotFoundError):
        council.agreement("A-3", "T02")
    stranger = operator.acting_as(al.Actor("tilsyn-3", role="municipality", municipality="T03"))
    for workspace, missing in ((neighbour, "A-9"), (stranger, "A-3")):
        with pytest.raises(al.NotFoundError):
            workspace.follow_up_agreement(missing, step("ended"))


def moved(operator: al.Workspace) -> al.Workspace:
    """T001's home is T02 from 2026 on; the workspace of T02."""
    master = operator.master_data("T001")
    homes = (
        al.HomeMunicipality(organisation=ONE, municipality=HOME, valid=al.Validity(None, date(2025, 12, 31))),
        al.HomeMunicipality(
            organisation=ONE, municipality=al.MunicipalityCode("T02"), valid=al.Validity(date(2026, 1, 1))
        ),
    )
    operator._keep_master(evolve(master, home_municipalities=homes))
    return operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))


def test_an_id_that_a_party_has_from_another_municipality_is_refused_since_its_report_answers_by_id(
    operator: al.Workspace, council: al.Workspace, office: al.Workspace
) -> None:
    council.conclude_agreement(agreement())
    now_leads = moved(operator)
    mine = agreement(municipality="T02", concluded_on=date(2026, 2, 1), concluded_at=None)
    assert "A-1" in refused(lambda: now_leads.conclude_agreement(mine), al.NotAllowedError)
    now_leads.conclude_agreement(evolve(mine, id="A-2"))
    assert [each.id for each in office.open_package("T001", YEAR).agreements] == ["A-1", "A-2"]


def test_one_made_earlier_is_kept_with_the_steps_since_and_none_of_them_is_to_come(council: al.Workspace) -> None:
    taken = step("continued", date(2026, 3, 1), by="tilsyn-0")
    made = council.conclude_agreement(agreement(history=(taken,)))
    assert council.agreement("A-1") == made and made.history[0].by == "tilsyn-0"
    with pytest.raises(al.InvalidValueError):
        council.conclude_agreement(agreement("A-2", history=(step("ended", date(2026, 8, 4)),)))


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"estates": ("T001-T0999",)}, "estates"),
        ({"areas": ("Måneskinskvarteret",)}, "areas"),
        ({"areas": ("Kvarteret", "Ukendt")}, "areas"),
    ],
    ids=["no such estate", "no such area", "one area of two"],
)
def test_it_is_about_what_the_parties_had_on_the_day(
    operator: al.Workspace, council: al.Workspace, changes: dict[str, Any], part: str
) -> None:
    with_area(operator)
    with pytest.raises(al.InvalidValueError) as caught:
        council.conclude_agreement(agreement(**changes))
    assert caught.value.context["part"] == part
    assert "T001-T0101" in caught.value.hint.da or "Kvarteret" in caught.value.hint.da
    known = agreement(estates=("T001-T0101",), areas=("Kvarteret",))
    assert council.conclude_agreement(known).areas == ("Kvarteret",)
    with pytest.raises(al.InvalidValueError, match="Kvarteret"):
        council.conclude_agreement(evolve(known, id="A-2", concluded_on=date(2019, 12, 31)))


def with_area(operator: al.Workspace) -> None:
    """Let T001 have one housing area from 2020 on."""
    area = al.HousingArea(
        name="Kvarteret", estates=(al.EstateId.parse("T001-T0101"),), valid=al.Validity(date(2020, 1, 1))
    )
    operator._keep_master(evolve(operator.master_data("T001"), areas=(area,)))


def meeting(year: int, **changes: Any) -> al.DialogueMeeting:
    plain: dict[str, Any] = {"organisation": ONE, "municipality": HOME, "held_on": date(year, 6, 15)}
    return al.DialogueMeeting(**(plain | {"report_year": al.ReportYear(year)} | changes))


@pytest.mark.parametrize(
    ("year", "kept"),
    [(2023, True), (2024, True), (2025, False), (2026, True), (None, True)],
    ids=["older than the store", "with a meeting", "without", "with another", "at none"],
)
def test_the_meeting_it_was_made_at_is_recorded_unless_it_is_older_than_the_store(
    council: al.Workspace, year: int | None, kept: bool
) -> None:
    council.record_meeting(meeting(2024))
    council.record_meeting(meeting(2026))
    made = agreement(concluded_on=date(2023, 9, 1), concluded_at=None if year is None else al.ReportYear(year))
    if kept:
        assert council.conclude_agreement(made) == council.agreement("A-1")
    else:
        assert "Record the meeting first" in refused(lambda: council.conclude_agreement(made), al.InvalidValueError)


def test_a_store_that_has_the_year_s_report_asks_for_its_meeting(
    council: al.Workspace, office: al.Workspace, ready: Ready
) -> None:
    made = agreement(concluded_on=date(2026, 8, 3), concluded_at=YEAR)
    office.submit(ready())
    with pytest.raises(al.InvalidValueError, match="2026"):
        council.conclude_agreement(made)
    council.conclude_agreement(agreement("A-0"))
    council.record_meeting(meeting(2026))
    assert council.conclude_agreement(made) == council.agreement("A-1")


def test_one_carries_on_an_earlier_one_of_the_municipality_whoever_its_parties_were(
    operator: al.Workspace, council: al.Workspace
) -> None:
    council.conclude_agreement(agreement(organisations=(TWO,)))
    council.follow_up_agreement("A-1", step("ended"))
    new = council.conclude_agreement(agreement("A-2", concluded_on=date(2026, 7, 1), concluded_at=None, follows="A-1"))
    assert operator.agreement("A-2") == new and new.follows == "A-1"
    for wrong in ({"follows": "A-9"}, {"follows": "A-2", "concluded_on": date(2026, 6, 30)}):
        with pytest.raises(al.InvalidValueError, match="A-3 follows"):
            council.conclude_agreement(agreement("A-3", concluded_at=None, **wrong))


def test_following_up_keeps_the_whole_history_and_says_who_did_it(council: al.Workspace, office: al.Workspace) -> None:
    council.conclude_agreement(agreement())
    council.follow_up_agreement("A-1", step("changed", date(2026, 3, 1), text="SYNTETISK: ny ordlyd."))
    council.follow_up_agreement("A-1", step("fulfilled"))
    found = office.agreement("A-1")
    assert [(taken.status.value, taken.by) for taken in found.history] == [
        ("changed", "tilsyn-1"),
        ("fulfilled", "tilsyn-1"),
    ]
    assert (found.text, found.current_text) == (agreement().text, "SYNTETISK: ny ordlyd.")
    assert council.agreements(open_on=date(2026, 6, 30)) == (found,)
    assert council.agreements(open_on=date(2026, 7, 1)) == ()
    with pytest.raises(al.NotAllowedError):
        council.follow_up_agreement("A-1", step("continued", date(2026, 8, 1)))
    with pytest.raises(al.NotAllowedError):
        office.follow_up_agreement("A-1", step("continued"))


# In the package


def test_a_new_package_holds_what_it_must_answer_and_an_open_one_is_kept_up(
    council: al.Workspace, office: al.Workspace
) -> None:
    council.conclude_agreement(agreement())
    council.conclude_agreement(agreement("A-2", organisations=(TWO,)))
    council.conclude_agreement(agreement("A-3", concluded_at=YEAR))
    package = office.open_package("T001", YEAR)
    assert [each.id for each in package.agreements] == ["A-1"]

    council.conclude_agreement(agreement("A-4"))
    assert [each.id for each in office.open_package("T001", YEAR).agreements] == ["A-1", "A-4"]
    saved = office.save(package.follow_up("A-1", "continued", "I gang."))
    assert [each.id for each in saved.agreements] == ["A-1", "A-4"]
    [unanswered] = office.check(saved).with_code("AGREEMENT-UNANSWERED")
    assert unanswered.location.item == "A-4"


def test_one_that_was_answered_stays_and_one_that_was_not_goes_when_the_parties_end_it(
    council: al.Workspace, office: al.Workspace
) -> None:
    council.conclude_agreement(agreement())
    council.conclude_agreement(agreement("A-2"))
    package = office.save(office.open_package("T001", YEAR).follow_up("A-1", "continued"))
    for name in ("A-1", "A-2"):
        council.follow_up_agreement(name, step("ended"))
    saved = office.save(package.answer("economy.own_control", "high_degree"))
    [kept] = saved.agreements
    assert (kept.id, kept.status.value) == ("A-1", "ended")
    assert [given.status.value for given in saved.follow_ups] == ["continued"]


def test_nothing_new_is_asked_of_a_report_that_was_sent_and_returned(
    council: al.Workspace, office: al.Workspace, ready: Ready, clock: StandingClock
) -> None:
    council.conclude_agreement(agreement())
    package = ready().follow_up("A-1", "fulfilled", "Færdig.")
    office.submit(office.save(package))
    sent = council.sent_package("T001", YEAR)
    assert [(each.agreement, each.status.value) for each in sent.follow_ups] == [("A-1", "fulfilled")]

    council.follow_up_agreement("A-1", step("fulfilled", date(2026, 8, 3)))
    council.conclude_agreement(agreement("A-2", concluded_on=date(2026, 8, 3)))
    council.return_package("T001", YEAR, reason="Uddyb")
    clock.day = date(2026, 8, 20)
    council.conclude_agreement(agreement("A-3", concluded_on=date(2026, 8, 20)))
    again = office.open_package("T001", YEAR)
    assert [each.id for each in again.agreements] == ["A-1", "A-2"]
    office.submit(office.save(again.follow_up("A-2", "open", "Begyndt.").follow_up("A-1", "ended", "Se ovenfor.")))
    changed = {each.location.item: each for each in council.changed_between("T001", YEAR, 1, 2)}
    assert (changed["A-1"].before.value, changed["A-1"].after.value) == ("fulfilled", "ended")
    assert set(changed) == {"A-1", "A-2"}


def test_after_comments_only_what_was_opened_of_the_follow_ups_can_be_changed(
    council: al.Workspace, office: al.Workspace, ready: Ready
) -> None:
    council.conclude_agreement(agreement())
    office.submit(office.save(ready().follow_up("A-1", "fulfilled", "Færdig.")))
    council.comment("T001", YEAR, "economy.sound_operation", "Hvad ligger bag?")
    council.return_package("T001", YEAR, reason="Uddyb")
    [package] = office.packages(year=YEAR, organisation="T001")
    with pytest.raises(al.NotAllowedError, match="follow_ups A-1"):
        office.save(package.follow_up("A-1", "ended"))


def test_a_comment_on_a_follow_up_opens_it_and_is_met_by_another_one(
    council: al.Workspace, office: al.Workspace, ready: Ready
) -> None:
    council.conclude_agreement(agreement())
    office.submit(office.save(ready().follow_up("A-1", "open", "I gang.")))
    council.comment("T001", YEAR, "A-1", "Hvornår er den færdig?")
    council.return_package("T001", YEAR, reason="Uddyb")
    [package] = office.packages(year=YEAR, organisation="T001")
    assert office.check(package).with_code("COMMENT-UNANSWERED")
    saved = office.save(package.follow_up("A-1", "open", "Færdig i marts."))
    assert not office.check(saved).with_code("COMMENT-UNANSWERED")


def test_an_agreement_made_before_sending_is_asked_for_at_sending_though_the_draft_never_saw_it(
    council: al.Workspace, office: al.Workspace, ready: Ready
) -> None:
    package = ready()
    assert office.check_submit(package).ok
    council.conclude_agreement(agreement())
    verdict = office.check_submit(package)
    assert [finding.code for finding in verdict.findings.in_the_way] == ["AGREEMENT-UNANSWERED"]
    with pytest.raises(al.NotSubmittableError):
        office.submit(package)


def test_an_agreement_is_asked_for_year_after_year_until_it_is_closed(clock: StandingClock) -> None:
    with al.connect(
        "memory:", actor=al.Actor("drift", role="operator"), registry=REGISTRY, clock=clock, test_mode=True
    ) as operator:
        operator.import_register("synthetic:")
        council, office = operator.acting_as(COUNCIL), operator.acting_as(OFFICE)
        council.conclude_agreement(agreement(concluded_on=date(2024, 9, 1), concluded_at=al.ReportYear(2024)))
        asked = {}
        for year in (2025, 2026):
            asked[year] = [each.id for each in office.open_package("T001", al.ReportYear(year)).agreements]
        council.follow_up_agreement("A-1", step("ended"))
        next_year = evolve(clean_package(), report_year=al.ReportYear(2027))
        asked[2027] = [each.id for each in with_agreements(next_year, office.agreements(), clock.day).agreements]
    assert asked == {2025: ["A-1"], 2026: ["A-1"], 2027: []}


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(agreements(ONE), max_size=4, unique_by=lambda each: each.id), st.data())
def test_a_look_at_the_store_takes_no_answer_away_and_asks_for_every_open_one(
    kept: list[al.Agreement], data: st.DataObject
) -> None:
    stored = [evolve(each, concluded_at=None) for each in kept]
    package = with_agreements(clean_package(), stored, date(2070, 1, 1))
    assert {each.id for each in package.agreements} == {each.id for each in stored if each.status.is_open}
    answered = [each.id for each in package.agreements if data.draw(st.booleans())]
    for name in answered:
        package = package.follow_up(name, "ended")
    closed = [
        each.ended(date(2065, 1, 1), note="SYNTETISK", by="x") if each.status.is_open else each for each in stored
    ]
    again = with_agreements(package, closed, date(2070, 1, 1))
    assert [each.id for each in again.agreements] == sorted(answered)
    assert again.follow_ups == package.follow_ups
