"""Agreements keep all that was ever agreed, take only the steps of the table, and are asked for until closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.content import label
from almenstyring.domain.access import Role
from almenstyring.domain.agreements import (
    AGREEMENT_STEPS,
    Agreement,
    AgreementKind,
    AgreementStatus,
    AgreementStep,
    FollowUp,
    dangling,
    to_answer,
    unanswered,
)
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import InvalidValueError, NotAllowedError
from almenstyring.domain.next_steps import agreement_step
from almenstyring.domain.organisations import Validity
from almenstyring.domain.values import EstateId, LbfNumber, MunicipalityCode
from almenstyring.testing.agreement_strategies import agreements, next_steps

Refused = Callable[..., InvalidValueError]

TOWN, ONE, TWO = MunicipalityCode("T01"), LbfNumber("T001"), LbfNumber("T002")
YEAR, CONCLUDED = ReportYear(2025), date(2025, 9, 1)
OPEN, FULFILLED, CONTINUED, CHANGED, ENDED = AgreementStatus


def agreement(**changes: Any) -> Agreement:
    plain: dict[str, Any] = {
        "id": "A-1",
        "kind": AgreementKind.OTHER,
        "municipality": TOWN,
        "organisations": (ONE,),
        "text": "SYNTETISK: fælles plan mod tomgang.",
        "concluded_on": CONCLUDED,
        "responsible": "driftschef",
        "concluded_at": YEAR,
    }
    return Agreement(**(plain | changes))


def step(status: AgreementStatus, on: date = date(2026, 3, 1), **changes: Any) -> AgreementStep:
    text = "SYNTETISK: ny ordlyd." if status is CHANGED else ""
    plain: dict[str, Any] = {"on": on, "status": status, "note": "SYNTETISK", "by": "tilsyn-1", "text": text}
    return AgreementStep(**(plain | changes))


def asked(one: Agreement, year: int, *follow_ups: FollowUp) -> tuple[Agreement, ...]:
    return unanswered([one], follow_ups, organisation=ONE, report_year=ReportYear(year), on=date(year, 6, 1))


@pytest.mark.parametrize("kind", AgreementKind)
def test_every_kind_rests_on_a_paragraph_of_the_act(kind: AgreementKind) -> None:
    assert str(kind.law).startswith("ABL § ")
    assert kind.text == label(kind)


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        pytest.param({"organisations": ()}, "organisations", id="of nobody"),
        pytest.param({"organisations": (ONE, ONE)}, "organisations", id="of the same one twice"),
        pytest.param({"municipality": MunicipalityCode("411")}, "municipality", id="of a place code"),
        pytest.param({"text": "  "}, "text", id="about nothing"),
        pytest.param({"estates": (EstateId.parse("T002-T0101"),)}, "estates", id="about another one's estate"),
        pytest.param({"areas": ("",)}, "areas", id="about an area without a name"),
        pytest.param({"review_due": CONCLUDED}, "review_due", id="reviewed on the day it was concluded"),
        pytest.param({"follows": "A-1"}, "follows", id="that follows itself"),
        pytest.param({"id": "Hans Hansen"}, "id", id="with a name as its id"),
        pytest.param({"responsible": "hans@boligforening.dk"}, "responsible", id="with an address as the responsible"),
        pytest.param(
            {"history": (step(CONTINUED, date(2025, 8, 31)),)}, "on", id="followed up before it was concluded"
        ),
        pytest.param({"history": (step(ENDED), step(CONTINUED))}, "status", id="continued after its end"),
        pytest.param({"history": (step(OPEN),)}, "status", id="opened by a step"),
        pytest.param(
            {"history": (step(CONTINUED), step(CONTINUED, date(2026, 2, 28)))}, "on", id="with a history that goes back"
        ),
        pytest.param(
            {
                "valid": Validity(date(2027, 1, 1)),
                "history": (step(CONTINUED, until=date(2026, 12, 31)),),
            },
            "until",
            id="ending before it begins",
        ),
    ],
)
def test_there_is_no_agreement(wrong: dict[str, Any], part: str, refused: Refused) -> None:
    assert refused(agreement, **wrong).context["part"] == part


def test_a_refusal_says_which_step_there_is_in_the_words_of_its_language(refused: Refused) -> None:
    error = refused(agreement, history=(step(CHANGED), step(OPEN, date(2026, 4, 1))))
    assert "fra ændret kan den komme til: opfyldt, videreført, ændret, bortfaldet" in error.message.da
    assert "from changed it can come to: fulfilled" in error.message.en
    assert "kan den komme til: ingen." in refused(agreement, history=(step(ENDED), step(ENDED))).message.da


@pytest.mark.parametrize("status", AgreementStatus)
def test_every_status_has_its_word(status: AgreementStatus) -> None:
    assert status.text == label(status)


@pytest.mark.parametrize(
    ("status", "wrong", "part"),
    [
        pytest.param(CONTINUED, {"note": " "}, "note", id="without a note"),
        pytest.param(CHANGED, {"text": ""}, "text", id="changed to nothing"),
        pytest.param(CONTINUED, {"text": "x"}, "text", id="continued with another text"),
        pytest.param(ENDED, {"until": date(2027, 1, 1)}, "until", id="ended with a new last day"),
        pytest.param(FULFILLED, {"review_due": date(2027, 1, 1)}, "review_due", id="fulfilled with a review to come"),
        pytest.param(CONTINUED, {"review_due": date(2026, 3, 1)}, "review_due", id="reviewed on the day of the step"),
        pytest.param(CONTINUED, {"by": "en person"}, "by", id="by somebody with a name"),
    ],
)
def test_there_is_no_step(status: AgreementStatus, wrong: dict[str, Any], part: str, refused: Refused) -> None:
    assert refused(step, status, **wrong).context["part"] == part


def test_a_change_gives_another_wording_and_keeps_the_first() -> None:
    changed = agreement().followed_up(step(CHANGED, until=date(2029, 12, 31)))
    continued = changed.followed_up(step(CONTINUED, date(2027, 3, 1)))
    assert (continued.text, continued.current_text) == (agreement().text, "SYNTETISK: ny ordlyd.")
    assert continued.period == Validity(None, date(2029, 12, 31))
    assert continued.status is CONTINUED


@pytest.mark.parametrize("closed", [FULFILLED, ENDED])
def test_a_closed_agreement_takes_no_step_more(closed: AgreementStatus) -> None:
    with pytest.raises(NotAllowedError) as caught:
        agreement().followed_up(step(closed)).ended(date(2027, 1, 1), note="Igen", by="tilsyn-1")
    assert caught.value.hint.da
    assert caught.value.message.da == f"Aftalen A-1 er afsluttet: {closed.text.da}."


# Reviews

FLEXIBLE = AgreementKind.FLEXIBLE_LETTING


@pytest.mark.parametrize(
    ("changes", "steps", "due"),
    [
        pytest.param({}, (), None, id="nobody asked for one"),
        pytest.param({"kind": FLEXIBLE}, (), date(2029, 9, 1), id="four years by law"),
        pytest.param({"kind": AgreementKind.ADVERTISED_LETTING}, (), date(2029, 9, 1), id="for advertising too"),
        pytest.param({"kind": FLEXIBLE, "review_due": date(2027, 1, 1)}, (), date(2027, 1, 1), id="agreed earlier"),
        pytest.param({"kind": FLEXIBLE, "review_due": date(2035, 1, 1)}, (), date(2029, 9, 1), id="not agreed later"),
        pytest.param({"kind": FLEXIBLE}, (step(CONTINUED),), date(2029, 9, 1), id="going on is no review"),
        pytest.param({"kind": FLEXIBLE}, (step(CHANGED),), date(2030, 3, 1), id="a change is one"),
        pytest.param(
            {"kind": FLEXIBLE},
            (step(CONTINUED, review_due=date(2028, 1, 1)),),
            date(2028, 1, 1),
            id="setting the next one is one",
        ),
        pytest.param({"review_due": date(2027, 1, 1)}, (step(CHANGED),), date(2027, 1, 1), id="agreed day stays"),
        pytest.param({"review_due": date(2026, 2, 1)}, (step(CHANGED),), None, id="a change after the agreed day"),
    ],
)
def test_a_review_is_due(changes: dict[str, Any], steps: tuple[AgreementStep, ...], due: date | None) -> None:
    assert agreement(**changes, history=steps).review_by == due


def test_a_review_is_overdue_the_day_after_and_never_of_a_closed_agreement() -> None:
    one = agreement(review_due=date(2026, 1, 1))
    assert [one.is_overdue_on(day) for day in (date(2026, 1, 1), date(2026, 1, 2))] == [False, True]
    assert not one.followed_up(step(ENDED)).is_overdue_on(date(2026, 4, 1))


# The next step

LATE = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("of", "role", "words"),
    [
        (agreement(), Role.MUNICIPALITY, "next report must follow it up"),
        (agreement(), Role.ORGANISATION, "Follow the agreement up in the next report"),
        (agreement(), Role.OPERATOR, "Nothing; the parties"),
        (agreement(), Role.ADVISER, "Nothing; the parties"),
        (agreement(kind=FLEXIBLE), Role.MUNICIPALITY, "Review by 2029-09-01 (ABL § 60, stk. 2)."),
        (agreement(review_due=date(2027, 1, 1)), Role.MUNICIPALITY, "Review by 2027-01-01."),
        (agreement(review_due=date(2025, 12, 1)), Role.MUNICIPALITY, "that was due by 2025-12-01."),
        (
            agreement(kind="advertised_letting", concluded_on=date(2020, 1, 1)),
            Role.ORGANISATION,
            "that was due by 2024-01-01 (ABL § 60 a, stk. 2).",
        ),
        (agreement(valid=Validity(None, date(2025, 12, 31))), Role.MUNICIPALITY, "Take stock: the period ran out"),
        (agreement(valid=Validity(None, LATE)), Role.MUNICIPALITY, "must follow it up"),
        (agreement(history=(step(FULFILLED, LATE),)), Role.MUNICIPALITY, "closed (fulfilled)"),
        (agreement(concluded_on=date(2026, 1, 2)), Role.MUNICIPALITY, "not made yet"),
    ],
)
def test_each_party_is_told_its_next_step(of: Agreement, role: Role, words: str) -> None:
    assert words in agreement_step(of, role, on=LATE).en


@given(agreements(), st.sampled_from(Role), st.dates())
def test_no_state_is_without_a_next_step(one: Agreement, role: Role, day: date) -> None:
    told = agreement_step(one, role, on=day)
    assert told.da and told.en and "{" not in told.da + told.en
    assert ("afsluttet (" in told.da) is (one.concluded_on <= day and not one.is_open_on(day))


# What a report must answer


def test_a_report_answers_what_was_agreed_at_earlier_meetings_or_at_none() -> None:
    assert asked(agreement(), 2025) == ()
    assert asked(agreement(), 2026) == (agreement(),)
    assert asked(agreement(concluded_at=None), 2026) == (agreement(concluded_at=None),)
    assert asked(agreement(concluded_at=None), 2025) == (), "not concluded yet"


def test_an_agreement_of_others_is_not_asked_for() -> None:
    assert asked(agreement(organisations=(TWO,)), 2026) == ()
    assert asked(agreement(organisations=(TWO, ONE)), 2026)


def test_one_whose_period_has_run_out_is_asked_for_until_somebody_takes_stock() -> None:
    assert asked(agreement(valid=Validity(None, date(2025, 12, 31))), 2027)


def test_an_agreement_of_others_with_the_same_id_hides_none() -> None:
    of_others = agreement(municipality=MunicipalityCode("T02"), organisations=(TWO,))
    for both in ([agreement(), of_others], [of_others, agreement()]):
        assert to_answer(both, organisation=ONE, report_year=ReportYear(2026), on=date(2026, 6, 1)) == (agreement(),)


def test_two_versions_of_an_agreement_are_one_and_the_later_counts() -> None:
    later = agreement().followed_up(step(CONTINUED))
    assert to_answer([agreement(), later], organisation=ONE, report_year=ReportYear(2027), on=date(2027, 6, 1)) == (
        later,
    )


@pytest.mark.parametrize(
    ("status", "text", "answers"),
    [(OPEN, "", False), (OPEN, "  ", False), (OPEN, "I gang.", True), (FULFILLED, "", True)],
    ids=["open and no word", "open and blanks", "open with a word", "fulfilled"],
)
def test_open_alone_is_no_answer(status: AgreementStatus, text: str, answers: bool) -> None:
    said = FollowUp(agreement="A-1", organisation=ONE, report_year=ReportYear(2026), status=status, text=text)
    assert (asked(agreement(), 2026, said) == ()) is answers


def test_an_answer_of_another_year_or_organisation_is_none() -> None:
    said = FollowUp(agreement="A-1", organisation=ONE, report_year=ReportYear(2026), status=FULFILLED)
    assert asked(agreement(), 2027, said)
    assert asked(agreement(), 2026, evolve(said, organisation=TWO))


def test_a_follow_up_to_nothing_dangles() -> None:
    said = FollowUp(agreement="A-1", organisation=ONE, report_year=ReportYear(2026), status=FULFILLED)
    strays = (evolve(said, agreement="A-2"), evolve(said, organisation=TWO))
    assert dangling((said, *strays), [agreement()]) == strays


# Over histories of any kind


@given(agreements())
def test_no_history_loses_anything(one: Agreement) -> None:
    grown = evolve(one, history=())
    for taken in one.history:
        grown = grown.followed_up(taken)
    assert grown == one
    assert (grown.text, grown.valid, grown.review_due) == (one.text, one.valid, one.review_due)
    wordings = [one.text, *(taken.text for taken in one.history if taken.text)]
    assert one.current_text == wordings[-1]


@given(agreements(), st.data())
def test_only_the_steps_of_the_table_can_be_taken(one: Agreement, data: st.DataObject) -> None:
    since = one.history[-1].on if one.history else one.concluded_on
    wanted = data.draw(st.sampled_from(AgreementStatus))
    if wanted in AGREEMENT_STEPS[one.status]:
        assert one.followed_up(step(wanted, since)).status is wanted
    else:
        with pytest.raises((NotAllowedError, InvalidValueError)):
            one.followed_up(step(wanted, since))


@given(agreements(ONE), st.integers(0, 8))
def test_it_is_asked_for_every_later_year_until_closed_and_never_after(one: Agreement, later: int) -> None:
    open_one = evolve(one, concluded_at=ReportYear(max(2010, one.concluded_on.year)))
    assert open_one.concluded_at is not None
    year = ReportYear(int(open_one.concluded_at) + 1 + later)
    report_day = date(int(year), 6, 1)
    closing = [taken.on for taken in one.history if not taken.status.is_open]
    is_closed = any(day <= report_day for day in closing)
    found = unanswered([open_one], (), organisation=ONE, report_year=year, on=report_day)
    assert found == (() if is_closed else (open_one,))
    for earlier in (open_one.concluded_at, ReportYear(2010)):
        assert unanswered([open_one], (), organisation=ONE, report_year=earlier, on=report_day) == ()


@given(st.lists(agreements(ONE), max_size=4, unique_by=lambda each: each.id), st.data())
def test_what_is_unanswered_and_what_is_answered_are_all_that_is_asked_each_once(
    kept: list[Agreement], data: st.DataObject
) -> None:
    day, year = date(2060, 6, 1), ReportYear(2999)
    said = [
        FollowUp(agreement=each.id, organisation=ONE, report_year=year, status=FULFILLED)
        for each in kept
        if data.draw(st.booleans())
    ]
    found = unanswered(kept, said, organisation=ONE, report_year=year, on=day)
    answered = {each.agreement for each in said}
    earlier = [each for each in kept if each.concluded_at is None or each.concluded_at < year]
    assert {each.id for each in found} == {each.id for each in earlier if each.is_open_on(day)} - answered
    assert len({each.id for each in found}) == len(found)


@given(agreements(), st.data())
def test_open_on_a_day_is_what_the_history_until_then_says(one: Agreement, data: st.DataObject) -> None:
    day = one.concluded_on + timedelta(days=data.draw(st.integers(-10, 4000)))
    until_then = evolve(one, history=tuple(taken for taken in one.history if taken.on <= day))
    assert one.is_open_on(day) is (day >= one.concluded_on and until_then.status.is_open)


@given(agreements(), st.data())
def test_a_review_by_law_is_never_later_than_four_years_after_the_last_one(one: Agreement, data: st.DataObject) -> None:
    letting = evolve(one, kind=data.draw(st.sampled_from([FLEXIBLE, AgreementKind.ADVERTISED_LETTING])))
    latest = max([letting.concluded_on, *(taken.on for taken in letting.history)])
    assert letting.review_by is not None
    assert letting.review_by <= latest + timedelta(days=4 * 366)
    if letting.status.is_open:
        followed = letting.followed_up(data.draw(next_steps(letting)))
        assert followed.review_by is not None
