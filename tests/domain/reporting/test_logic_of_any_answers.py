"""Whatever is answered: nothing is lost, a change back asks what was asked, and what is not asked counts as missing."""

from __future__ import annotations

from functools import cache

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.organisations import OrganisationKind
from almenstyring.domain.reporting import (
    NONE,
    NOT_APPLICABLE,
    DocumentationPackage,
    QuestionType,
    Sheet,
    activity,
    as_value,
)
from almenstyring.domain.values import Dkk
from almenstyring.testing.builders import clean_package

from .asking import ADMINISTRATION, HOUSING, ask, standard_of

KINDS = [HOUSING, ADMINISTRATION]
ASKED_WHEN = {
    "late": 'not missing(answer["plan"]) and not (answer["areas"] == "no")',
    "plan": 'answer["areas"] == "yes" or answer["cost"] > quantity(99, "kr")',
    "deep": 'missing(answer["late"]) or answer["others"] == "no"',
    "areas": "",
    "cost": "",
    "others": "",
    "estate.red": "",
    "estate.goal": 'answer["estate.red"] == "yes" and not missing(answer["plan"])',
    "estate.note": 'missing(answer["estate.goal"]) or missing(answer["deep"])',
}
TYPES = {
    "cost": QuestionType.MONEY,
    **dict.fromkeys(("areas", "others", "estate.red"), QuestionType.YES_NO),
}


QUESTIONS = tuple(
    ask(
        name,
        TYPES.get(name, QuestionType.TEXT),
        asked_when=condition,
        applies_to=frozenset({HOUSING} if name == "others" else KINDS),
    )
    for name, condition in ASKED_WHEN.items()
)
STANDARD = standard_of(*QUESTIONS)


@cache
def empty(kind: OrganisationKind) -> DocumentationPackage:
    clean = clean_package(standard=STANDARD, estates=1)
    assert clean.master_data is not None
    master = evolve(clean.master_data, organisation=evolve(clean.master_data.organisation, kind=kind))
    reports = tuple(Sheet(unit=sheet.unit) for sheet in clean.estate_reports)
    return evolve(clean, report=Sheet(unit=clean.organisation), estate_reports=reports, master_data=master)


VALUES: dict[str, list[object]] = {
    "late": ["Også."],
    "plan": ["Ja.", " "],
    "deep": ["Dybt."],
    "areas": ["yes", "no", NONE, "odd"],
    "cost": [Dkk.of(99), Dkk.of(100), 500],
    "others": ["yes", "no"],
    "estate.red": ["yes", "no", NOT_APPLICABLE],
    "estate.goal": ["Grøn."],
    "estate.note": ["Set."],
}
SOME = st.fixed_dictionaries({}, optional={key: st.sampled_from(values) for key, values in VALUES.items()})
CHANGES = st.sampled_from([(key, value) for key, values in VALUES.items() for value in values])
PACKAGES = st.builds(lambda kind, answers: filled(empty(kind), answers), st.sampled_from(KINDS), SOME)


def place(key: str) -> str | None:
    return "T001-T0101" if key.startswith("estate") else None


def filled(package: DocumentationPackage, answers: dict[str, object]) -> DocumentationPackage:
    for key, value in answers.items():
        package = package.answer(key, value, estate=place(key))
    return package


def not_asked(package: DocumentationPackage) -> list[frozenset[str]]:
    found = activity(STANDARD, package)
    return [found.not_asked(sheet) for sheet in package.sheets()]


def values(package: DocumentationPackage) -> dict[str, object]:
    return {key: answer.value for sheet in package.sheets() for key, answer in sheet.answers.items()}


@given(PACKAGES, CHANGES)
def test_an_answer_changed_and_changed_back_asks_exactly_what_was_asked(
    package: DocumentationPackage, change: tuple[str, object]
) -> None:
    (key, value), before = change, values(package)
    changed = package.answer(key, value, estate=place(key))
    if key in before:
        back = changed.answer(key, before[key], estate=place(key))
    else:
        back = changed.clear(key, estate=place(key))
    assert not_asked(back) == not_asked(package)
    assert values(back) == before


@given(PACKAGES, CHANGES)
def test_no_answer_is_lost_when_its_question_is_no_longer_asked(
    package: DocumentationPackage, change: tuple[str, object]
) -> None:
    key, value = change
    changed = package.answer(key, value, estate=place(key))
    assert values(changed) == values(package) | {key: as_value(value)}
    found = activity(STANDARD, changed)
    for sheet in changed.sheets():
        given_there = {key for key, answer in sheet.answers.items() if not answer.is_missing}
        assert set(found.kept(sheet)) == given_there & found.not_asked(sheet)


@given(PACKAGES)
def test_to_take_away_the_answers_to_what_is_not_asked_changes_nothing_of_what_is_asked(
    package: DocumentationPackage,
) -> None:
    cleared, silent = package, not_asked(package)
    for key in frozenset().union(*silent):
        cleared = cleared.clear(key, estate=place(key))
    assert not_asked(cleared) == silent
    assert not any(activity(STANDARD, cleared).kept(sheet) for sheet in cleared.sheets())


@given(PACKAGES)
def test_the_order_of_the_questions_changes_nothing_of_what_is_asked(package: DocumentationPackage) -> None:
    turned = evolve(STANDARD, sections=(evolve(STANDARD.sections[0], questions=QUESTIONS[::-1]),))
    found = activity(turned, package)
    assert [found.not_asked(sheet) for sheet in package.sheets()] == not_asked(package)


@given(PACKAGES)
def test_what_is_asked_is_what_a_plain_recursion_finds(package: DocumentationPackage) -> None:
    known = values(package)
    is_housing = package.master_data is not None and package.master_data.organisation.kind is KINDS[0]

    def says(key: str, *wanted: object) -> bool:
        return is_asked(key) and known.get(key) in wanted

    def is_there(key: str) -> bool:
        return is_asked(key) and str(known.get(key, "")).strip() != ""

    def is_asked(key: str) -> bool:
        match key:
            case "plan":  # either side alone is enough, whatever the other is missing
                return says("areas", "yes") or says("cost", Dkk.of(100))
            case "late":  # true only if the areas are answered with another option
                return is_there("plan") and says("areas", "yes")
            case "deep":
                return not is_there("late") or (is_housing and says("others", "no"))
            case "estate.goal":
                return says("estate.red", "yes") and is_there("plan")
            case "estate.note":
                return not is_there("estate.goal") or not is_there("deep")
        return True

    of_estate = frozenset(key for key in ASKED_WHEN if key.startswith("estate"))
    silent = frozenset(key for key in ASKED_WHEN if not is_asked(key))
    assert not_asked(package) == [silent - of_estate, silent & of_estate]
