"""A condition is said never to hold exactly if no answers make it hold, as far as they can be tried."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from almenstyring.domain.expressions import Expression
from almenstyring.domain.organisations import Homes, OrganisationKind
from almenstyring.domain.reporting import (
    Answer,
    DocumentationPackage,
    Level,
    Question,
    QuestionType,
    Sheet,
    Standard,
    activity,
)
from almenstyring.domain.reporting.conditions import complaints
from almenstyring.domain.reporting.reachable import MOST_COMBINATIONS, never_met
from almenstyring.domain.values import Number
from almenstyring.testing.builders import clean_package

from .asking import ADMINISTRATION, CONDITIONS, HOUSING, ask, standard_of

CHOICE, NUMBER = ask("choice", QuestionType.YES_NO), ask("number", QuestionType.NUMBER)
ONLY_YES = ask("only_yes", asked_when='answer["choice"] == "yes"')


def refusals(*questions: Question) -> list[tuple[str, str]]:
    assert not list(complaints(questions))
    found = list(never_met(questions))
    assert all("aldrig" in why.da and "never" in why.en for *_, why in found)
    return [(question.id, name) for question, name, _ in found]


# One by one


@pytest.mark.parametrize(
    ("condition", "can_hold"),
    [
        pytest.param('answer["choice"] == "yes"', True, id="an option"),
        pytest.param('answer["choice"] == "yes" and answer["choice"] == "no"', False, id="two options at once"),
        pytest.param('answer["choice"] in ("yes",) and answer["choice"] != "yes"', False, id="in and not in"),
        pytest.param('missing(answer["choice"]) and answer["choice"] == "no"', False, id="missing, yet an option"),
        pytest.param('missing(answer["choice"]) or answer["choice"] == "no"', True, id="missing, or an option"),
        pytest.param('not (answer["choice"] == "yes" or not (answer["choice"] == "yes"))', False, id="a denied truism"),
        pytest.param('answer["number"] > 5', True, id="above a number"),
        pytest.param('answer["number"] < -5', True, id="below any number that is named"),
        pytest.param('answer["number"] > 5 and answer["number"] < 6', True, id="between two neighbours"),
        pytest.param('answer["number"] > 5 and 5 > answer["number"]', False, id="above and below"),
        pytest.param('answer["number"] >= 5 and answer["number"] <= 5', True, id="exactly there"),
        pytest.param('answer["number"] > 5 and answer["number"] <= 5', False, id="neither above nor below"),
        pytest.param('answer["number"] > 5 and missing(answer["number"])', False, id="above, yet missing"),
        pytest.param('answer["number"] + 1 < answer["number"]', True, id="what reckons is believed"),
        pytest.param('answer["number"] != answer["number"]', True, id="what compares answers is believed"),
        pytest.param('answer["text"] == "a" and answer["text"] == "b"', False, id="two texts at once"),
        pytest.param('answer["text"] != "a" and answer["text"] != "b"', True, id="another text"),
        pytest.param('answer["text"] != answer["more"]', True, id="texts that differ"),
        pytest.param(
            'answer["text"] != answer["more"] and answer["text"] != "a" and answer["more"] != "a"',
            True,
            id="two other texts that differ",
        ),
        pytest.param('answer["text"] == answer["choice"]', True, id="a text that is an option"),
        pytest.param('answer["text"] in ("a", "b") and answer["text"] != "a"', True, id="the other of a list"),
        pytest.param('missing(answer["day"])', True, id="no date"),
        pytest.param('missing(answer["day"]) and not missing(answer["day"])', False, id="a date and none"),
        pytest.param('answer["only_yes"] == "x" and answer["choice"] == "yes"', True, id="what is asked on yes"),
        pytest.param('answer["only_yes"] == "x" and answer["choice"] == "no"', False, id="what is not asked on no"),
        pytest.param('not missing(answer["only_yes"]) and answer["choice"] == "no"', False, id="nor there on no"),
        pytest.param('missing(answer["only_yes"]) and answer["choice"] == "no"', True, id="but missing on no"),
        pytest.param('master.homes > quantity(9, "home") and master.homes < quantity(9, "home")', False, id="a fact"),
        pytest.param("master.homes > master.homes", True, id="facts compared with each other are believed"),
        pytest.param("True", True, id="always"),
        pytest.param("False", False, id="never"),
    ],
)
@pytest.mark.parametrize("name", CONDITIONS)
def test_a_condition_that_cannot_hold_is_found(name: str, condition: str, can_hold: bool) -> None:
    others = (CHOICE, NUMBER, ask("text"), ask("more"), ask("day", QuestionType.DATE), ONLY_YES)
    wrong: dict[str, Any] = {name: condition}
    assert refusals(*others, ask("then", **wrong)) == ([] if can_hold else [("then", name)])


def test_what_is_required_of_a_question_that_is_not_asked_then_can_never_be() -> None:
    then = ask("then", asked_when='answer["choice"] == "yes"', required_when='answer["choice"] == "no"')
    assert refusals(CHOICE, then) == [("then", "required_when")]


def test_a_comment_on_an_own_answer_that_is_never_asked_for_can_never_be_wanted() -> None:
    then = ask("then", asked_when='answer["choice"] == "yes"', comment_when='answer["then"] == "x"')
    assert refusals(CHOICE, then) == []
    assert refusals(CHOICE, evolve(then, asked_when=Expression.read("False"))) == [
        ("then", "asked_when"),
        ("then", "comment_when"),
    ]


def test_what_is_never_asked_takes_what_waits_for_it_along() -> None:
    waits = ask("waits", asked_when='not missing(answer["never"])')
    assert refusals(waits, ask("never", asked_when="False")) == [("waits", "asked_when"), ("never", "asked_when")]


def test_a_condition_on_what_only_others_are_asked_can_never_hold_for_those_who_are_not() -> None:
    choice = evolve(CHOICE, applies_to=frozenset({HOUSING}))
    then = ask("then", asked_when='answer["choice"] == "yes"')
    [(question, name, why)] = never_met((choice, then))
    assert (question, name) == (then, "asked_when")
    assert "(administration_organisation)" in why.en
    assert refusals(CHOICE, then) == []
    assert refusals(choice, evolve(then, asked_when=Expression.read('missing(answer["choice"])'))) == []


def test_the_master_data_of_the_organisation_and_of_its_estate_are_two_things() -> None:
    large = ask("large", asked_when='master.homes > quantity(60, "home")')
    small = 'not missing(answer["large"]) and master.homes < quantity(50, "home")'
    assert refusals(large, ask("estate.small", asked_when=small)) == []
    assert refusals(large, ask("small", asked_when=small)) == [("small", "asked_when")]


def test_too_many_combinations_are_not_tried_and_the_condition_is_believed() -> None:
    impossible = 'answer["q0"] == "yes" and answer["q0"] == "no"'
    rest = " and ".join(f'answer["q{n}"] == "yes"' for n in range(1, 15))
    few = [ask(f"q{n}", QuestionType.YES_NO) for n in range(15)]
    assert 3 < MOST_COMBINATIONS < 3**15
    assert refusals(*few, ask("then", asked_when=impossible)) == [("then", "asked_when")]
    assert refusals(*few, ask("then", asked_when=f"{impossible} and {rest}")) == []


# Any small standard, against every combination of answers to it

TYPES = [QuestionType.YES_NO, QuestionType.NUMBER, QuestionType.TEXT, QuestionType.DATE]
HOMES = 'master.homes > quantity(60, "home")', 'master.homes <= quantity(60, "home")'
GRID: dict[QuestionType, tuple[object, ...]] = {
    QuestionType.YES_NO: ("yes", "no", None),
    QuestionType.NUMBER: (*(Number(tenths, 1) for tenths in (-10, 0, 5, 10, 15)), None),
    QuestionType.TEXT: ("x", "y", "z", "w", None),
    QuestionType.DATE: (date(2026, 6, 1), None),
}
"""Every answer that the conditions below can tell apart, and no answer."""


def atoms(question: Question, others: list[Question]) -> list[str]:
    own = f'answer["{question.id}"]'
    texts = [f'answer["{other.id}"]' for other in others if other.type is QuestionType.TEXT]
    return {
        QuestionType.YES_NO: [f'{own} == "yes"', f'{own} != "yes"', f'{own} in ("no",)'],
        QuestionType.NUMBER: [f"{own} > 0", f"1 >= {own}", f"{own} == 1", f"{own} < 0", f"{own} + 1 > 2"],
        QuestionType.TEXT: [f'{own} == "x"', f'{own} != "x"', *(f"{own} {sign} {t}" for t in texts for sign in SIGNS)],
        QuestionType.DATE: [],
    }[question.type] + [f"missing({own})", f"not missing({own})"]


SIGNS = ("==", "!=")


@st.composite
def conditions(draw: st.DrawFn, visible: list[Question]) -> str:
    atom = st.sampled_from([*HOMES, *(text for each in visible for text in atoms(each, visible))])
    pairs = st.tuples(atom, st.sampled_from(["and", "or"]), atom)
    joined = st.one_of(atom, pairs.map(lambda found: f"({' '.join(found)})"))
    first, sign, other, negated = draw(st.tuples(joined, st.sampled_from(["and", "or"]), joined, st.booleans()))
    return f"not ({first} {sign} {other})" if negated else f"{first} {sign} {other}"


@st.composite
def standards(draw: st.DrawFn) -> tuple[Question, ...]:
    """Three questions with conditions that look at those before them; they may stand in any order."""
    made: list[Question] = []
    for number in range(3):
        name = f"{draw(st.sampled_from(['estate.', '']))}q{number}"
        question = ask(name, draw(st.sampled_from(TYPES)))
        visible = [each for each in made if question.level is Level.ESTATE or each.level is question.level]
        fields = draw(st.sets(st.sampled_from(CONDITIONS), max_size=2))
        kinds = draw(st.sampled_from([{HOUSING}, {HOUSING, ADMINISTRATION}]))
        chosen = {f: draw(conditions(visible + [question] * (f != "asked_when"))) for f in sorted(fields)}
        made.append(ask(name, question.type, applies_to=frozenset(kinds), **chosen))
    return tuple(draw(st.permutations(made)))


@cache
def package_of(kind: OrganisationKind, own: int, whole: int) -> DocumentationPackage:
    """Nothing answered; an estate of so many homes that is not in operation yet, and an organisation of so many."""
    clean = clean_package(estates=2)
    master = clean.master_data
    assert master is not None
    first, second = master.estates
    estates = (
        evolve(first, homes=Homes(family=own), in_operation_from=date(2030, 1, 1)),
        evolve(second, homes=Homes(family=whole)),
    )
    changed = evolve(master, estates=estates, organisation=evolve(master.organisation, kind=kind))
    reports = (Sheet(unit=first.id),)
    return evolve(clean, report=Sheet(unit=clean.organisation), estate_reports=reports, master_data=changed)


def every_case(questions: tuple[Question, ...], kind: OrganisationKind) -> Iterator[DocumentationPackage]:
    for own, whole in product((60, 61), repeat=2):
        package = package_of(kind, own, whole)
        for values in product(*(GRID[question.type] for question in questions)):
            answers: dict[Level, dict[str, Answer]] = {level: {} for level in Level}
            for question, value in zip(questions, values, strict=True):
                answers[question.level][question.id] = Answer(value=value)  # type: ignore[arg-type]
            yield evolve(
                package,
                report=evolve(package.report, answers=answers[Level.ORGANISATION]),
                estate_reports=(evolve(package.estate_reports[0], answers=answers[Level.ESTATE]),),
            )


def holds(standard: Standard, package: DocumentationPackage, question: Question, name: str) -> bool:
    found = activity(standard, package)
    sheet = package.report if question.level is Level.ORGANISATION else package.estate_reports[0]
    says = {"asked_when": found.is_asked, "comment_when": found.wants_comment, "required_when": found.is_required}
    return found.is_asked(sheet, question) and says[name](sheet, question)


@settings(max_examples=40)
@given(standards())
def test_a_condition_is_refused_only_if_no_answers_meet_it_and_always_if_none_of_few_do(
    questions: tuple[Question, ...],
) -> None:
    standard = standard_of(*questions)
    refused = {(q.id, name): why.en for q, name, why in never_met(questions)}
    reckons = any("+" in str(condition) for q in questions for _, condition in q.conditions())
    for question in questions:
        for name, _ in question.conditions():
            for kind in question.applies_to:
                can = any(holds(standard, case, question, name) for case in every_case(questions, kind))
                is_refused = kind.value in refused.get((question.id, name), "")
                assert not (can and is_refused)
                assert can or is_refused or reckons
