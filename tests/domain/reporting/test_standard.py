"""The standard: what a year asks, of whom, at which level."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from attrs import evolve

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.organisations import OrganisationKind
from almenstyring.domain.reporting import NONE, Level, Option, Question, QuestionType, Section, Standard
from almenstyring.domain.text import Text
from almenstyring.domain.values import LegalReference, Number

LAW = LegalReference.parse("DB § 112, stk. 5")
WITH_ESTATES = OrganisationKind.HOUSING_ORGANISATION
ADMINISTRATION = OrganisationKind.ADMINISTRATION_ORGANISATION
YES = Option(id="yes", text=Text("Ja", "Yes"))
SILENT = Option(id="none", text=Text("Ingen", "None"), low=True)


def asked(question_id: str, *kinds: OrganisationKind, **changes: Any) -> Question:
    plain = Question(
        id=question_id,
        definition=1,
        type=QuestionType.TEXT,
        level=Level.ORGANISATION,
        text=Text("Hvad?", "What?"),
        applies_to=frozenset(kinds),
        law=LAW,
        certainty=Certainty.PROJECT_AUTHORED,
        source="",
    )
    return evolve(plain, **changes)


BOTH = asked("a.both", WITH_ESTATES, ADMINISTRATION)
OFFICIAL = asked("a.one", WITH_ESTATES, certainty=Certainty.OFFICIAL)
ESTATE = asked("b.estate", WITH_ESTATES, level=Level.ESTATE, type=QuestionType.YES_NO, options=(YES, SILENT))


def section(name: str, *questions: Question) -> Section:
    return Section(id=name, name=Text(name, name), level=Level.ORGANISATION, law=LAW, questions=questions)


STANDARD = Standard(
    id="almenstyring:styringsrapport",
    report_year=ReportYear(2026),
    content_version=3,
    name=Text("Styringsrapport", "Governance report"),
    sections=(section("b", ESTATE), section("a", BOTH, OFFICIAL)),
    certainty=Certainty.PROJECT_AUTHORED,
    source="",
)


def test_the_identity_is_printed_with_the_year_and_without_corrections_of_content() -> None:
    assert STANDARD.identity == "Standard=almenstyring:styringsrapport(2026)"
    assert evolve(STANDARD, content_version=4).identity == STANDARD.identity
    assert evolve(STANDARD, report_year=ReportYear(2027)).identity == "Standard=almenstyring:styringsrapport(2027)"


def test_the_questions_come_in_the_order_of_the_sections() -> None:
    assert list(STANDARD) == [ESTATE, BOTH, OFFICIAL]


@pytest.mark.parametrize("question", [BOTH, OFFICIAL, ESTATE], ids=lambda question: question.id)
def test_a_question_is_found_by_its_id(question: Question) -> None:
    assert STANDARD.question(question.id) is question


def test_a_question_the_year_does_not_ask_is_none() -> None:
    assert STANDARD.question("economy.unheard_of") is None


@pytest.mark.parametrize(
    ("kind", "level", "wanted"),
    [
        (WITH_ESTATES, Level.ORGANISATION, (BOTH, OFFICIAL)),
        (WITH_ESTATES, Level.ESTATE, (ESTATE,)),
        (ADMINISTRATION, Level.ORGANISATION, (BOTH,)),
        (ADMINISTRATION, Level.ESTATE, ()),
        (OrganisationKind.SELF_OWNING_YOUTH, Level.ORGANISATION, ()),
    ],
)
def test_questions_are_asked_by_kind_and_level(
    kind: OrganisationKind, level: Level, wanted: tuple[Question, ...]
) -> None:
    assert STANDARD.asked_of(kind, level) == wanted


def test_the_shares_count_every_question_once() -> None:
    shares = {Certainty.OFFICIAL: 1, Certainty.DERIVED: 0, Certainty.PROJECT_AUTHORED: 2}
    assert dict(STANDARD.shares()) == shares


@pytest.mark.parametrize(
    ("value", "option"),
    [
        pytest.param("yes", YES, id="by its id"),
        pytest.param("Yes", None, id="never by its wording"),
        pytest.param("none", SILENT, id="even when its id is none"),
        pytest.param(NONE, None, id="ingen is no option"),
        pytest.param(Number(1), None, id="a number is no option"),
        pytest.param(None, None, id="nothing is no option"),
        pytest.param(["yes"], None, id="a list is no option"),
    ],
)
def test_an_option_is_found_by_its_id(value: object, option: Option | None) -> None:
    assert ESTATE.option(value) is option


def test_a_question_without_options_knows_none() -> None:
    assert BOTH.option("yes") is None


def test_exactly_four_types_of_question_have_a_closed_list() -> None:
    assert [kind.value for kind in QuestionType if kind.has_options] == ["degree", "yes_partly_no", "yes_no", "choice"]


def test_the_built_in_standard_asks_every_question_of_somebody_once(standard: Standard) -> None:
    asked_of: Mapping[str, list[OrganisationKind]] = {
        question.id: [kind for kind in OrganisationKind if question in standard.asked_of(kind, question.level)]
        for question in standard
    }
    assert all(asked_of.values())
    assert len(asked_of) == len(list(standard)) == sum(standard.shares().values())
    assert all(question.type.has_options == bool(question.options) for question in standard)


def test_only_those_who_take_part_in_the_dialogue_are_asked_anything(standard: Standard) -> None:
    for kind in OrganisationKind:
        questions = [q for level in Level for q in standard.asked_of(kind, level)]
        assert bool(questions) == kind.takes_part_in_dialogue
    assert not standard.asked_of(ADMINISTRATION, Level.ESTATE)
