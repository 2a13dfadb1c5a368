"""A model of the dialogue keeps the statutory meeting, and holds until the next one is adopted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from almenstyring.domain.certainty import Certainty
from almenstyring.domain.dialogue.fora import (
    STATUTORY,
    STATUTORY_LAW,
    STATUTORY_MEETING,
    Adoption,
    Decision,
    DialogueModel,
    DialogueModels,
    Endorsement,
    Forum,
    Frequency,
    Gathering,
)
from almenstyring.domain.errors import InvalidValueError, NotAllowedError
from almenstyring.domain.organisations import Validity
from almenstyring.domain.text import Text
from almenstyring.domain.values import MunicipalityCode

Refused = Callable[..., InvalidValueError]
T01, T02 = MunicipalityCode("T01"), MunicipalityCode("T02")


def forum(forum_id: str, **changes: Any) -> Forum:
    plain: dict[str, Any] = {"gathering": Gathering.JOINT, "frequency": Frequency.YEARLY, "source": "test"}
    plain |= {"name": Text("forum", "a forum"), "certainty": Certainty.PROJECT_AUTHORED}
    return Forum(id=forum_id, **(plain | changes))


def model(model_id: str, *fora: Forum) -> DialogueModel:
    name = Text("model", "a model")
    return DialogueModel(id=model_id, name=name, fora=fora, source="test", certainty=Certainty.PROJECT_AUTHORED)


ONE, TWO = model("one", STATUTORY_MEETING), model("two", STATUTORY_MEETING, forum("joint"))


def test_the_statutory_meeting_cannot_be_modelled_away(refused: Refused) -> None:
    error = refused(model, "bare", forum("joint"))
    assert "The statutory yearly meeting cannot be modelled away" in error.message.en
    assert "ABL § 164, stk. 2; DB § 112, stk. 1" in error.message.en


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"gathering": Gathering.JOINT}, id="with all at once"),
        pytest.param({"frequency": Frequency.EVERY_SECOND_YEAR}, id="every second year"),
        pytest.param({"law": STATUTORY_LAW[:1]}, id="by half the law"),
    ],
)
def test_the_statutory_meeting_cannot_be_weakened(wrong: dict[str, Any], refused: Refused) -> None:
    right: dict[str, Any] = {"gathering": Gathering.EACH_ALONE, "law": STATUTORY_LAW}
    assert forum(STATUTORY, **right).statutory
    refused(forum, STATUTORY, **(right | wrong))


def test_another_forum_may_be_anything_and_rests_on_no_provision() -> None:
    other = forum("joint", frequency=Frequency.EVERY_SECOND_YEAR)
    assert not other.statutory
    assert other.law == ()


def test_a_forum_is_in_a_model_once(refused: Refused) -> None:
    refused(model, "double", STATUTORY_MEETING, STATUTORY_MEETING)


def test_a_forum_is_found_by_its_id() -> None:
    assert TWO.forum("joint") == TWO.fora[1]
    assert ONE.forum("joint") is None


def test_committees_endorse_before_the_council_decides(refused: Refused) -> None:
    decided = date(2022, 11, 15)
    same_day = Endorsement(committee=Text("Udvalget", "the committee"), on=decided)
    assert Decision(decided_on=decided, endorsements=(same_day,)).endorsements == (same_day,)
    refused(Decision, decided_on=date(2022, 11, 14), endorsements=(same_day,))


def test_a_model_holds_until_the_next_one_is_adopted() -> None:
    models = DialogueModels().adopted(T01, TWO, date(2022, 11, 15)).adopted(T01, ONE, date(2011, 12, 13))
    assert [models.on(T01, date(*day)) for day in ((2011, 12, 12), (2011, 12, 13), (2022, 11, 14), (2022, 11, 15))] == [
        None,
        ONE,
        ONE,
        TWO,
    ]
    assert [valid for _, valid in models.of(T01)] == [
        Validity(date(2011, 12, 13), date(2022, 11, 14)),
        Validity(date(2022, 11, 15)),
    ]


def test_what_one_municipality_adopts_is_nothing_to_another() -> None:
    models = DialogueModels().adopted(T01, ONE, date(2020, 1, 1)).adopted(T02, TWO, date(2020, 1, 1))
    assert models.on(T02, date(2025, 1, 1)) is TWO
    assert models.of(MunicipalityCode("T03")) == ()


def test_an_adoption_adds_and_changes_nothing() -> None:
    before = DialogueModels().adopted(T01, ONE, date(2020, 1, 1))
    decision = Decision(decided_on=date(2021, 1, 1), case_number="T-1")
    after = before.adopted(T01, TWO, date(2021, 1, 1), decision)
    assert before.on(T01, date(2022, 1, 1)) is ONE
    assert after.adoptions[1].decision == decision


def test_two_models_do_not_hold_from_one_day(refused: Refused) -> None:
    day = date(2020, 1, 1)
    one, two = (Adoption(municipality=T01, model=model, since=day) for model in (ONE, TWO))
    refused(DialogueModels, (one, two))
    models = DialogueModels((one,)).adopted(T02, ONE, day).adopted(T01, TWO, day)
    assert (models.on(T01, day), models.on(T02, day)) == (TWO, ONE), "the later word from the same day counts"


def test_what_was_taken_back_counts_for_nothing() -> None:
    day = date(2020, 1, 1)
    adoption = Adoption(municipality=T01, model=ONE, since=day)
    before = adoption.withdrawn(date(2019, 12, 31))
    assert DialogueModels((before,)).adoptions == ()
    with pytest.raises(NotAllowedError):
        adoption.withdrawn(day)
    assert adoption.withdrawn(day, "Forkert model").withdrawn_because == "Forkert model"
