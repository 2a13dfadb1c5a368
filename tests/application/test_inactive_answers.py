"""An answer whose question is no longer asked: kept, told apart in JSON, and left out of what people read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import almenstyring as al
from almenstyring.application.entries import entries, inactive
from almenstyring.application.tables import tables
from almenstyring.builtin.json_export import read_packages
from almenstyring.builtin.readable import render_html, render_text
from almenstyring.content import load_standard
from almenstyring.domain.reporting import NONE, NOT_APPLICABLE, Answer, DocumentationPackage, Sheet
from almenstyring.domain.values import Number
from almenstyring.testing.builders import clean_package

YEAR = al.ReportYear(2026)
STANDARD = load_standard(YEAR)
AREAS, GOALS, INITIATIVES = "economy.improvement_areas", "economy.efficiency_goals", "economy.efficiency_initiatives"
SCORE, PLAN = "estate.efficiency_score", "estate.action_plan"
FIRST, SECOND = "T001-T0101", "T001-T0201"
ON = date(2026, 6, 22)

EARLIER = "Driften skal koste to procent mindre."
WHY = "Besluttet i maj."
PLANNED = "Ny varmecentral i det nye år."
WITH_GOALS = (
    clean_package()
    .answer(AREAS, "yes")
    .answer(GOALS, EARLIER, comment=WHY)
    .answer(SCORE, Number.of("64.5"), estate=FIRST)
    .answer(PLAN, PLANNED, estate=FIRST)
    .clear(PLAN, estate=SECOND)
)
"""The organisation has areas for improvement and goals for them, and its first estate is red and has a plan."""
WITHOUT = WITH_GOALS.answer(AREAS, "no").answer(SCORE, 70, estate=FIRST)
"""The same when neither is so any more."""
AGAIN = WITHOUT.answer(AREAS, "yes").answer(SCORE, Number.of("64.5"), estate=FIRST)


def ids(package: DocumentationPackage, sheet: Sheet) -> list[str]:
    return [entry.id for entry in entries(package, STANDARD, sheet)]


def in_tables(package: DocumentationPackage) -> str:
    """All that stands in any table."""
    return "\n".join(str(cell) for table in tables((package,), (STANDARD,)) for row in table.rows for cell in row)


def in_html(package: DocumentationPackage) -> str:
    return render_html(package, STANDARD, "da", ON)


def in_text(package: DocumentationPackage) -> str:
    return " ".join(render_text(package, STANDARD, "da", ON).split())


def question_text(key: str) -> str:
    question = STANDARD.question(key)
    assert question is not None
    return question.text.da


# What is kept


def test_an_answer_is_kept_as_it_was_when_its_question_is_no_longer_asked() -> None:
    assert WITHOUT.report[GOALS] == WITH_GOALS.report[GOALS]
    assert (WITHOUT.report[GOALS].value, WITHOUT.report[GOALS].comment) == (EARLIER, WHY)
    assert WITHOUT.sheet(FIRST)[PLAN] == WITH_GOALS.sheet(FIRST)[PLAN]


def test_the_answers_that_are_kept_though_nothing_asks_for_them_are_told_by_unit_in_the_standards_order() -> None:
    assert inactive(WITH_GOALS, STANDARD) == {}
    found = {str(unit): keys for unit, keys in inactive(WITHOUT, STANDARD).items()}
    assert found == {"T001": (GOALS, INITIATIVES), FIRST: (PLAN,)}
    assert inactive(AGAIN, STANDARD) == {}


def test_a_comment_alone_is_kept_too_and_nothing_at_all_is_not() -> None:
    bare = WITHOUT.clear(GOALS).clear(INITIATIVES).clear(PLAN, estate=FIRST)
    assert inactive(bare, STANDARD) == {}
    commented = bare.answer(GOALS, comment="Senere.")
    assert {str(unit): keys for unit, keys in inactive(commented, STANDARD).items()} == {"T001": (GOALS,)}


def test_without_master_data_the_same_is_kept() -> None:
    assert inactive(evolve(WITHOUT, master_data=None), STANDARD) == inactive(WITHOUT, STANDARD)


# What people read

Rendering = Callable[[DocumentationPackage], str]
SHOWN = pytest.mark.parametrize("shown", [in_tables, in_html, in_text])


@SHOWN
def test_what_is_not_asked_is_not_shown_with_neither_question_answer_nor_comment(
    shown: Callable[[DocumentationPackage], str],
) -> None:
    for words in (EARLIER, WHY, PLANNED, question_text(GOALS), question_text(INITIATIVES), question_text(PLAN)):
        assert words in shown(WITH_GOALS)
        assert words not in shown(WITHOUT)


@SHOWN
def test_it_is_shown_unchanged_when_it_is_asked_for_again(shown: Rendering) -> None:
    assert shown(AGAIN) == shown(WITH_GOALS)


def test_a_chapter_in_which_nothing_is_asked_is_left_out() -> None:
    assert "Røde afdelinger" in in_html(WITH_GOALS)
    assert "Røde afdelinger" not in in_html(WITHOUT)


def test_what_is_asked_of_one_estate_is_not_shown_for_another() -> None:
    first, second = WITH_GOALS.estate_reports
    assert PLAN in ids(WITH_GOALS, first)
    assert PLAN not in ids(WITH_GOALS, second)


def test_a_question_that_is_asked_and_not_answered_is_missing_and_one_that_is_not_asked_is_not_there() -> None:
    open_goals = WITH_GOALS.clear(GOALS)
    [row] = [entry for entry in entries(open_goals, STANDARD, open_goals.report) if entry.id == GOALS]
    assert row.answer.is_missing
    assert GOALS not in ids(open_goals.clear(AREAS), open_goals.clear(AREAS).report)


def test_an_answer_of_another_level_or_kind_or_to_nothing_at_all_is_shown_as_ever() -> None:
    stray = WITHOUT.answer(PLAN, "Her?").answer("economy.invented", "x").answer(GOALS, "Og her?", estate=SECOND)
    assert {PLAN, "economy.invented"} <= set(ids(stray, stray.report))
    assert GOALS in ids(stray, stray.sheet(SECOND))
    assert {str(unit): keys for unit, keys in inactive(stray, STANDARD).items()} == {
        "T001": (GOALS, INITIATIVES),
        FIRST: (PLAN,),
    }


def test_an_answer_to_what_another_kind_is_asked_on_a_condition_is_shown_and_not_called_inactive() -> None:
    master = WITHOUT.master_data
    assert master is not None
    kind = al.OrganisationKind.ADMINISTRATION_ORGANISATION
    administration = evolve(WITHOUT, master_data=evolve(master, organisation=evolve(master.organisation, kind=kind)))
    assert PLAN in ids(administration, administration.sheet(FIRST))
    assert {str(unit): keys for unit, keys in inactive(administration, STANDARD).items()} == {
        "T001": (GOALS, INITIATIVES)
    }


def test_the_same_answers_are_all_shown_by_the_standard_of_a_year_without_conditions() -> None:
    before = load_standard(al.ReportYear(2025))
    assert inactive(WITHOUT, before) == {}
    assert {GOALS, INITIATIVES} <= {entry.id for entry in entries(WITHOUT, before, WITHOUT.report)}
    assert PLAN in {entry.id for entry in entries(WITHOUT, before, WITHOUT.sheet(FIRST))}


VALUES = st.sampled_from(["yes", "no", "", "x", NONE, NOT_APPLICABLE, Number(69), Number(70), None])
KEYS = st.sampled_from([AREAS, GOALS, INITIATIVES, SCORE, PLAN, "estate.homes_vacant", "economy.invented"])


@given(st.lists(st.tuples(KEYS, VALUES, st.sampled_from(["", "x"]), st.booleans()), max_size=12))
def test_every_answer_is_either_shown_or_inactive_and_never_both(
    given_: list[tuple[str, object, str, bool]],
) -> None:
    package = clean_package()
    for key, value, comment, is_of_estate in given_:
        sheet = package.estate_reports[0] if is_of_estate else package.report
        answered = sheet.with_answer(key, Answer(value=value, comment=comment))  # type: ignore[arg-type]
        if is_of_estate:
            package = evolve(package, estate_reports=(answered, *package.estate_reports[1:]))
        else:
            package = evolve(package, report=answered)
    silent = inactive(package, STANDARD)
    for sheet in package.sheets():
        shown, kept = ids(package, sheet), silent.get(sheet.unit, ())
        assert len(shown) == len(set(shown))
        assert not set(shown) & set(kept)
        answers = {key for key, answer in sheet.answers.items() if not answer.is_missing or answer.comment}
        assert answers <= set(shown) | set(kept)
        assert set(kept) <= answers


# From the store to the file


@pytest.fixture
def package(office: al.Workspace) -> DocumentationPackage:
    """A stored package in which goals were set that are no longer asked for."""
    opened = office.open_package("T001", YEAR)
    given_ = opened.answer(AREAS, "yes").answer(GOALS, EARLIER, comment=WHY)
    return office.save(given_.answer(AREAS, "no"))


def read(path: Path) -> str:
    """All that a reader of the file can see."""
    if path.suffix != ".xlsx":
        return path.read_text("utf-8")
    book = openpyxl.load_workbook(path)
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def exported(office: al.Workspace, package: DocumentationPackage, path: Path) -> str:
    return read(office.export([package], path))


@pytest.mark.parametrize("suffix", [".xlsx", ".html", ".txt"])
def test_workbook_and_report_leave_out_what_the_stored_package_keeps(
    office: al.Workspace, package: DocumentationPackage, tmp_path: Path, suffix: str
) -> None:
    kept = office.open_package("T001", YEAR)
    assert kept.report[GOALS] == package.report[GOALS]
    path = tmp_path / f"pakker{suffix}"
    text = exported(office, kept, path)
    assert EARLIER not in text and WHY not in text
    again = exported(office, office.open_package("T001", YEAR).answer(AREAS, "yes"), path)
    assert EARLIER in again and WHY in again


def test_json_has_the_kept_answer_and_says_that_it_is_inactive(
    office: al.Workspace, package: DocumentationPackage, tmp_path: Path
) -> None:
    text = exported(office, package, tmp_path / "pakker.json")
    [entry] = json.loads(text)["inactive"]
    assert entry == {"organisation": "T001", "report_year": 2026, "questions": {"T001": [GOALS]}}
    assert read_packages(text) == (package,)
    assert read_packages(text)[0].report[GOALS].value == EARLIER


def test_goals_that_were_kept_are_never_in_the_way(office: al.Workspace, package: DocumentationPackage) -> None:
    found = office.check(package.answer(GOALS, NONE))
    assert not [finding for finding in found if finding.location.item in (GOALS, INITIATIVES)]
