"""What conditions may look at, and what is said of those that cannot be used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.expressions import (
    BARE,
    KRONER,
    CycleError,
    Expression,
    ExpressionError,
    Kind,
    Measure,
    NumberKind,
    PresenceKind,
    Reference,
    TextKind,
)
from almenstyring.domain.reporting import Level, Question, QuestionType, Standard
from almenstyring.domain.reporting.conditions import (
    MEASURES,
    answers_in,
    asked_in_order,
    complaints,
    kind_of_answer,
    kind_of_reference,
    measure_of,
)
from almenstyring.domain.text import Text

from .asking import CONDITIONS, ask, standard_of

KNOWN = {
    each.id: each
    for each in (
        ask("choice", QuestionType.CHOICE),
        ask("text"),
        ask("money", QuestionType.MONEY),
        ask("number", QuestionType.NUMBER, unit=Text("boliger", "homes")),
        ask("day", QuestionType.DATE),
        ask("estate.choice", QuestionType.YES_NO),
    )
}


# Kinds and measures


@pytest.mark.parametrize(
    ("kind", "unit", "measure"),
    [
        pytest.param(QuestionType.NUMBER, "boliger", Measure.parse("home"), id="a count"),
        pytest.param(QuestionType.NUMBER, "kr. pr. m²", Measure.parse("kr/m2"), id="a ratio"),
        pytest.param(QuestionType.NUMBER, "", BARE, id="a number without a unit"),
        pytest.param(QuestionType.NUMBER, "æbler", BARE, id="a number with a unit nobody knows"),
        pytest.param(QuestionType.MONEY, "", KRONER, id="money without a unit"),
        pytest.param(QuestionType.MONEY, "kr.", KRONER, id="kroner"),
        pytest.param(QuestionType.MONEY, "kr. pr. lejemålsenhed", Measure.parse("kr/unit"), id="money per unit"),
    ],
)
def test_a_figure_has_the_measure_that_its_unit_names(kind: QuestionType, unit: str, measure: Measure) -> None:
    assert measure_of(ask("q", kind, unit=Text(unit, "?"))) == measure


def test_every_unit_of_the_built_in_standard_is_a_known_measure(standard: Standard) -> None:
    assert {question.unit.da for question in standard} - set(MEASURES) <= {""}


@pytest.mark.parametrize(
    ("question_id", "kind"),
    [
        ("choice", TextKind(frozenset({"yes", "no"}))),
        ("text", TextKind()),
        ("money", NumberKind(measure=KRONER)),
        ("number", NumberKind(measure=Measure.parse("home"))),
        ("day", PresenceKind()),
    ],
)
def test_an_answer_is_of_the_kind_that_its_question_says(question_id: str, kind: Kind) -> None:
    assert kind_of_answer(KNOWN[question_id]) == kind


@pytest.mark.parametrize("kind", QuestionType)
def test_every_type_of_question_can_be_asked_whether_it_is_missing(kind: QuestionType) -> None:
    assert list(complaints([ask("first", kind), ask("then", asked_when='missing(answer["first"])')])) == []


@pytest.mark.parametrize(
    ("reference", "kind"),
    [
        pytest.param(Reference(space="answer", key="money"), NumberKind(measure=KRONER), id="an answer"),
        pytest.param(
            Reference(space="master", key="homes"), NumberKind(measure=Measure.parse("home")), id="master data"
        ),
        pytest.param(Reference(space="answer", key="unheard_of"), None, id="no such question"),
        pytest.param(Reference(space="master", key="roofs"), None, id="no such fact"),
        pytest.param(Reference(space="account", key="114"), None, id="an account"),
        pytest.param(Reference(space="figure", key="money"), None, id="a key figure"),
        pytest.param(Reference(space="answer", key="money", years_back=1), None, id="last year's answer"),
        pytest.param(Reference(space="master", key="homes", years_back=1), None, id="last year's master data"),
    ],
)
def test_a_condition_looks_at_this_years_answers_and_master_data_only(reference: Reference, kind: Kind | None) -> None:
    assert kind_of_reference(reference, KNOWN, Level.ESTATE) == kind


def test_an_estate_looks_at_the_organisations_answers_but_never_the_other_way() -> None:
    own = Reference(space="answer", key="estate.choice")
    assert isinstance(kind_of_reference(own, KNOWN, Level.ESTATE), TextKind)
    assert isinstance(kind_of_reference(Reference(space="answer", key="choice"), KNOWN, Level.ESTATE), TextKind)
    with pytest.raises(ExpressionError, match="estate's answer"):
        kind_of_reference(own, KNOWN, Level.ORGANISATION)


def test_the_answers_of_a_condition_are_named_once_and_its_facts_are_not() -> None:
    condition = Expression.read('answer["a"] == "x" or (answer["a"] == answer["b"] and master.homes > 1)')
    assert answers_in(condition) == {"a", "b"}
    assert answers_in(None) == frozenset()


# What cannot be used


def said(questions: Iterable[Question]) -> list[tuple[str, str, str]]:
    found = list(complaints(tuple(questions)))
    assert all(why.da and why.en and why.da != why.en for _, _, why in found)
    return [(question.id, name, why.en) for question, name, why in found]


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        pytest.param('answer["unheard_of"] == "x"', "not known", id="an unknown question"),
        pytest.param("master.roofs > 1", "not known", id="an unknown fact"),
        pytest.param('account["114"] > 1', "not known", id="an account"),
        pytest.param('last_year(answer["text"]) == "x"', "not known", id="last year"),
        pytest.param('answer["money"]', "a number of DKK, not a statement", id="a number"),
        pytest.param('answer["choice"]', "a text, not a statement", id="an option"),
        pytest.param("0", "zero, not a statement", id="nothing"),
        pytest.param('answer["choice"] == "maybe"', "none of the options", id="an option that is none"),
        pytest.param('answer["money"] > master.homes', "is wanted", id="kroner beside homes"),
        pytest.param('answer["number"] > 5', "is wanted", id="homes beside a bare number"),
        pytest.param('answer["day"] == "2026-01-01"', "missing(...)", id="a date's value"),
        pytest.param('answer["estate.choice"] == "yes"', "cannot depend on an estate's", id="an estate's answer"),
    ],
)
@pytest.mark.parametrize("name", CONDITIONS)
def test_a_condition_that_cannot_be_reckoned_is_complained_of_where_it_stands(
    name: str, condition: str, why: str
) -> None:
    wrong: dict[str, Any] = {name: condition}
    [(question_id, field, words)] = said([*KNOWN.values(), ask("then", **wrong)])
    assert (question_id, field) == ("then", name)
    assert why in words


@pytest.mark.parametrize(
    "condition",
    [
        'answer["choice"] in ("yes", "no")',
        'answer["money"] >= quantity(100, "kr") and not missing(answer["day"])',
        'answer["number"] < master.homes',
        'answer["number"] > 0',
        'answer["choice"] == "yes" if master.homes > 0 else missing(answer["text"])',
    ],
)
def test_a_sound_condition_is_not_complained_of(condition: str) -> None:
    assert said([*KNOWN.values(), ask("then", asked_when=condition), ask("estate.then", comment_when=condition)]) == []


def test_every_condition_is_complained_of_by_itself() -> None:
    broken = ask("broken", asked_when="master.a > 1", comment_when="master.b > 1", required_when="master.c > 1")
    assert [(key, name) for key, name, _ in said([broken, ask("other", asked_when="0")])] == [
        ("broken", "asked_when"),
        ("broken", "comment_when"),
        ("broken", "required_when"),
        ("other", "asked_when"),
    ]


@pytest.mark.parametrize("length", [1, 2, 5])
def test_questions_that_wait_for_each_other_are_named_with_the_way_round(length: int) -> None:
    ring = [ask(f"q{n}", asked_when=f'missing(answer["q{(n + 1) % length}"])') for n in range(length)]
    [(first, name, words)] = said([ask("outside"), *ring])
    assert name == "asked_when"
    way = words.partition(": ")[2].rstrip(".").split(" → ")
    assert way[0] == way[-1] == first
    assert sorted(way[1:]) == [question.id for question in ring]


def test_a_comment_or_a_requirement_on_ones_own_answer_is_no_circle() -> None:
    own = 'answer["own"] == "x"'
    assert said([ask("own", comment_when=own, required_when=own)]) == []


# The order they are reckoned in


@given(st.permutations(range(6)), st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5))))
def test_a_question_comes_after_every_question_that_decides_whether_it_is_asked(
    order: list[int], pairs: set[tuple[int, int]]
) -> None:
    looks_at = {n: {low for low, high in pairs if high == n and low < n} for n in range(6)}
    conditions: dict[int, str] = {
        n: " and ".join(f'missing(answer["q{low}"])' for low in sorted(looks_at[n])) for n in range(6)
    }
    plain = {n: ask(f"q{n}") for n in order}
    questions = [ask(f"q{n}", asked_when=text) if (text := conditions[n]) else plain[n] for n in order]
    found = [int(question.id[1:]) for question in asked_in_order(questions)]
    assert sorted(found) == [n for n in range(6) if looks_at[n]]
    for place, n in enumerate(found):
        assert not looks_at[n] & set(found[place:])


def test_questions_in_a_circle_have_no_order() -> None:
    with pytest.raises(CycleError):
        asked_in_order([ask("own", asked_when='missing(answer["own"])')])


# A standard


def test_a_standard_with_a_condition_that_cannot_be_used_is_none() -> None:
    questions = (ask("first"), ask("then", asked_when='answer["first"]'))
    with pytest.raises(InvalidValueError, match=r"then, asked_when.*not a statement") as caught:
        standard_of(*questions)
    assert caught.value.context["question"] == "then"
