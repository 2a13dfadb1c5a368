"""Whatever is answered: nothing that is not asked is demanded by any rule, and what is kept changes no finding."""

from __future__ import annotations

from functools import cache, reduce

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from almenstyring.content import load_standard
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.expressions import Expression
from almenstyring.domain.reporting import (
    NONE,
    NOT_APPLICABLE,
    Answer,
    CommentRule,
    DocumentationPackage,
    Question,
    QuestionType,
    Sheet,
    Sourced,
    Standard,
    Typed,
)
from almenstyring.domain.values import Dkk, Number
from almenstyring.testing.builders import clean_package
from almenstyring.testing.case_changes import changed

from .checking import case_of, findings

STANDARD = load_standard(ReportYear(2026))
AREAS, GOALS, INITIATIVES = "economy.improvement_areas", "economy.efficiency_goals", "economy.efficiency_initiatives"
SCORE, PLAN, FUND = "estate.efficiency_score", "estate.action_plan", "facts.disposition_fund_per_unit"
CLEAN = clean_package()


few = settings(max_examples=50)  # each answers a whole package and runs every rule
ODD = st.one_of(
    st.sampled_from([None, "", "x", NONE, NOT_APPLICABLE, ("x",), ({"estate": "x"},)]),
    st.builds(Number, st.integers(-10, 10**4), st.integers(0, 3)),
    st.builds(Dkk, st.integers(-10, 10**4)),
)
ALWAYS, GATE = "economy.sound_operation", "estate.financially_sound"


def gated(question: Question) -> Question:
    if question.id in (ALWAYS, GATE):
        return question
    gate = GATE if question.level == "estate" else ALWAYS
    condition = Expression.read(f'answer["{gate}"] == "high_degree"')
    return evolve(question, asked_when=condition, comment=CommentRule.REQUIRED, comment_when=None)


GATED = evolve(
    STANDARD,
    sections=tuple(evolve(section, questions=tuple(map(gated, section.questions))) for section in STANDARD.sections),
)
"""The standard as it would be if everything but one question of each level depended on that one."""


@st.composite
def packages(draw: st.DrawFn) -> DocumentationPackage:
    """Any answers or none to some questions, often such as conditions look at, with comments or not."""
    sheets = [reduce(lambda sheet, _: _answered(draw, sheet), range(9), sheet) for sheet in CLEAN.sheets()]
    return evolve(CLEAN, report=sheets[0], estate_reports=tuple(sheets[1:]))


def _answered(draw: st.DrawFn, sheet: Sheet) -> Sheet:
    key = draw(_keys(frozenset(sheet.answers)))
    return sheet.with_answer(key, draw(_answers(key)))


@cache
def _keys(known: frozenset[str]) -> st.SearchStrategy[str]:
    looked_at = [key for key in (AREAS, SCORE, ALWAYS, GATE) if key in known]
    return st.sampled_from([*sorted(known), *looked_at * 8])


@cache
def _answers(key: str) -> st.SearchStrategy[Answer]:
    question = STANDARD.question(key)
    assert question is not None
    fitting = st.sampled_from([option.id for option in question.options]) if question.options else st.nothing()
    number = st.builds(Number, st.integers(600, 800), st.just(1)) if question.type is QuestionType.NUMBER else ODD
    origins, comments = st.sampled_from([Typed("x"), _SOURCED]), st.sampled_from(["", "x"])
    return st.builds(Answer, value=fitting | number | ODD, comment=comments, provenance=origins)


_SOURCED = (
    changed(CLEAN, {"do": "answer", "question": FUND, "value": {"dkk": "1"}, "imported": "final"})
    .report[FUND]
    .provenance
)
assert isinstance(_SOURCED, Sourced)


def _demanded(package: DocumentationPackage, standard: Standard) -> set[tuple[str, str]]:
    """The questions that any rule finds fault with, by unit."""
    found = findings(package, standard)
    assert not {finding.code for finding in found} & {"RULE-FAILED", "QUESTION-UNKNOWN"}
    parts = ("governance_report", "estate_report")
    return {(f.location.unit, f.location.item) for f in found if f.location.part in parts and f.location.item}


@few
@given(packages())
def test_nothing_that_is_not_asked_is_ever_demanded(package: DocumentationPackage) -> None:
    demanded = _demanded(package, STANDARD)
    if package.report[AREAS].value != "yes":
        assert not demanded & {("T001", GOALS), ("T001", INITIATIVES)}
    for sheet in package.estate_reports:
        score = sheet[SCORE].value
        if not (isinstance(score, Number) and score < Number(70)):
            assert (str(sheet.unit), PLAN) not in demanded


@few
@given(packages())
def test_nothing_is_demanded_where_everything_waits_for_one_answer_but_that_answer(
    package: DocumentationPackage,
) -> None:
    demanded = _demanded(package, GATED)
    for sheet in package.sheets():
        gate = ALWAYS if sheet is package.report else GATE
        of_sheet = {key for unit, key in demanded if unit == str(sheet.unit)}
        if sheet[gate].value != "high_degree":
            assert of_sheet <= {gate}


@few
@given(packages())
def test_what_is_kept_changes_nothing_of_what_is_found(package: DocumentationPackage) -> None:
    bare = package
    for sheet in package.sheets():
        estate = None if sheet is package.report else str(sheet.unit)
        for key in case_of(package).activity.kept(sheet):
            bare = bare.clear(key, estate=estate)
    assert {f.fingerprint for f in findings(bare)} == {f.fingerprint for f in findings(package)}
