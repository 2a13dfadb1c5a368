from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from almenstyring.content import load_questionnaires, load_standard, questionnaire_from, standard_from, standard_years
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import ContentError, NotFoundError
from almenstyring.domain.figures.colours import RED_BELOW
from almenstyring.domain.organisations import OrganisationKind
from almenstyring.domain.reporting import CommentRule, FigureRole, Level, Question, QuestionType, Standard
from almenstyring.domain.reporting.questions import NO_TEXT
from almenstyring.domain.text import Text

Y2025, Y2026 = ReportYear(2025), ReportYear(2026)
YEARS = [load_standard(Y2025), load_standard(Y2026)]
HOUSING, ADMINISTRATION = OrganisationKind.HOUSING_ORGANISATION, OrganisationKind.ADMINISTRATION_ORGANISATION
both_years = pytest.mark.parametrize("standard", YEARS, ids=["2025", "2026"])


def question(standard: Standard, key: str) -> Question:
    found = standard.question(key)
    assert found is not None
    return found


def texts_of(asked: Question) -> list[Text]:
    options, columns = (option.text for option in asked.options), (column.text for column in asked.columns)
    return [
        asked.text,
        *options,
        *columns,
        *(text for text in (asked.help, asked.unit, asked.change) if text != NO_TEXT),
    ]


def test_the_library_has_content_for_2025_and_2026() -> None:
    assert standard_years() == (Y2025, Y2026, ReportYear(2027))
    assert YEARS[1].identity == "Standard=almenstyring:styringsrapport(2026)"
    assert load_standard(Y2026) is YEARS[1]


def test_a_year_without_content_is_not_found_and_the_known_ones_are_named() -> None:
    with pytest.raises(NotFoundError, match=r"2019.*2025, 2026, 2027"):
        load_standard(ReportYear(2019))


@both_years
def test_the_sections_stand_in_the_decided_order(standard: Standard) -> None:
    assert [section.id for section in standard.sections] == [
        "conclusion",
        *("economy", "democracy", "letting", "estates", "construction"),
        *("special_problems", "housing_areas", "agreements", "follow_up", "facts"),
        *("estate_evaluation", "estate_facts", "estate_action_plan"),
    ]


@both_years
def test_the_goals_have_their_paragraphs(standard: Standard) -> None:
    assert {section.goal: str(section.law) for section in standard.sections if section.goal} == {
        "economy": "ABL § 6 a",
        "democracy": "ABL § 6 e",
        "letting": "ABL § 6 d",
        "estates": "ABL § 6 b",
        "construction": "ABL § 6 c",
    }


@both_years
def test_the_whole_catalogue_is_asked(standard: Standard) -> None:
    wanted = {"OD": 8, "LB": 4, "UD": 4, "BA": 5, "NR": 4, "KO": 2, "AF": 1}
    codes = {f"{area}-{number:02d}" for area, most in wanted.items() for number in range(1, most + 1)}
    assert {asked.code for asked in standard if asked.code} == codes


@both_years
def test_everything_is_said_in_both_languages_and_has_law_and_source(standard: Standard) -> None:
    for text in (standard.name, *standard.gaps, *(section.name for section in standard.sections)):
        assert text.da.strip()
        assert text.en.strip()
    for asked in standard:
        assert all(text.da.strip() and text.en.strip() for text in texts_of(asked))
        assert asked.source
        assert str(asked.law)


@both_years
def test_nothing_pretends_to_be_official(standard: Standard) -> None:
    shares = standard.shares()
    assert shares[Certainty.OFFICIAL] == 0
    assert shares[Certainty.PROJECT_AUTHORED] == 43
    assert shares[Certainty.DERIVED] == 5
    assert standard.certainty is Certainty.PROJECT_AUTHORED
    assert len(standard.gaps) >= 4


@both_years
def test_all_types_of_the_catalogue_but_choice_are_used(standard: Standard) -> None:
    assert set(QuestionType) - {asked.type for asked in standard} == {QuestionType.CHOICE}


@both_years
def test_an_administration_organisation_is_asked_its_own_part_and_no_estate_question(standard: Standard) -> None:
    asked = standard.asked_of(ADMINISTRATION, Level.ORGANISATION)
    assert {key.id.split(".")[0] for key in asked} == {
        *("conclusion", "economy", "democracy", "agreements", "follow_up", "facts"),
    }
    assert [key.id for key in asked if key.figure] == ["facts.working_capital_per_unit"]
    assert not standard.asked_of(ADMINISTRATION, Level.ESTATE)


@both_years
def test_a_housing_organisation_is_asked_everything(standard: Standard) -> None:
    asked = (*standard.asked_of(HOUSING, Level.ORGANISATION), *standard.asked_of(HOUSING, Level.ESTATE))
    assert asked == tuple(standard)


@both_years
@pytest.mark.parametrize(
    "key", ["agreements.need", "follow_up.agreements", "special_problems.estates", "housing_areas.development"]
)
def test_conditional_items_are_satisfied_by_an_explicit_none(standard: Standard, key: str) -> None:
    assert question(standard, key).required
    assert question(standard, key).allows_none


@both_years
def test_efficiency_goals_are_asked_after_whether_there_are_areas_for_improvement(standard: Standard) -> None:
    keys = [asked.id for asked in standard]
    first = keys.index("economy.improvement_areas")
    assert keys[first : first + 3] == [
        "economy.improvement_areas",
        "economy.efficiency_goals",
        "economy.efficiency_initiatives",
    ]
    assert str(question(standard, "economy.efficiency_goals").law) == "ABL § 14 b, stk. 4"
    assert not question(standard, "economy.efficiency_goals").required


@both_years
def test_the_figures_that_sending_depends_on_are_marked(standard: Standard) -> None:
    roles = {asked.id: asked.figure for asked in standard if asked.figure}
    assert roles["estate.external_move_outs"] is FigureRole.MOVE_OUTS
    assert {key for key, role in roles.items() if role is FigureRole.ACCOUNTING} == {
        "facts.disposition_fund_per_unit",
        "facts.working_capital_per_unit",
        "facts.administration_contribution_per_unit",
        "estate.provisions_per_home",
    }
    assert all(question(standard, key).prefill for key in roles)
    assert question(standard, "facts.disposition_fund_per_unit").comment is CommentRule.REQUIRED


def test_a_scale_is_declared_once_and_given_to_each_of_its_questions() -> None:
    sound = question(YEARS[1], "economy.sound_operation")
    assert [(option.id, option.low) for option in sound.options] == [
        ("high_degree", False),
        ("some_degree", False),
        ("low_degree", True),
        ("not_at_all", True),
    ]
    assert [option.id for option in question(YEARS[1], "economy.own_control").options] == ["yes", "partly", "no"]
    assert question(YEARS[1], "economy.efficiency_goals").options == ()


def test_letting_counts_the_years_lettings_since_2012() -> None:
    asked = question(YEARS[0], "letting.distribution")
    assert asked.definition == 2
    assert "2012" in asked.change.da
    assert asked.certainty is Certainty.DERIVED


def test_the_need_for_agreements_has_the_other_party_from_2026() -> None:
    before, after = (question(standard, "agreements.need") for standard in YEARS)
    assert (before.definition, after.definition) == (1, 2)
    assert {column.id for column in after.columns} - {column.id for column in before.columns} == {"party"}
    assert before.change == NO_TEXT
    assert after.change != NO_TEXT


def test_only_what_changed_differs_between_the_years() -> None:
    changed = [a.id for a, b in zip(*YEARS, strict=True) if a != b]
    assert changed == [
        *("economy.efficiency_goals", "economy.efficiency_initiatives", "agreements.need"),
        *("estate.homes_vacant", "estate.action_plan"),
    ]


def conditions(standard: Standard) -> dict[tuple[str, str], str]:
    return {(asked.id, name): str(each) for asked in standard for name, each in asked.conditions()}


def test_2025_asks_everything_of_everybody_and_2026_on_conditions() -> None:
    there_are_areas = 'answer["economy.improvement_areas"] == "yes"'
    assert conditions(YEARS[0]) == {}
    assert conditions(YEARS[1]) == {
        ("economy.efficiency_goals", "asked_when"): there_are_areas,
        ("economy.efficiency_goals", "required_when"): there_are_areas,
        ("economy.efficiency_initiatives", "asked_when"): there_are_areas,
        ("economy.efficiency_initiatives", "required_when"): there_are_areas,
        ("estate.action_plan", "asked_when"): 'answer["estate.efficiency_score"] < quantity(70, "pct")',
        ("estate.homes_vacant", "comment_when"): 'answer["estate.homes_vacant"] > 0',
    }


@pytest.mark.parametrize("key", sorted({key for key, _ in conditions(YEARS[1])}))
def test_a_condition_came_with_a_new_definition_that_says_so(key: str) -> None:
    before, after = (question(standard, key) for standard in YEARS)
    assert (before.definition, after.definition) == (1, 2)
    assert before.change == NO_TEXT and "2026" in after.change.da and "2026" in after.change.en
    for same in ("text", "type", "level", "applies_to", "unit", "prefill", "law", "certainty"):
        assert getattr(after, same) == getattr(before, same)


def test_the_red_limit_of_the_standard_is_the_one_the_rules_know() -> None:
    limit = question(YEARS[1], "estate.action_plan").asked_when
    assert limit is not None and f"quantity({RED_BELOW.display('en')}," in str(limit)
    assert not question(YEARS[1], "estate.action_plan").required  # three red years are needed, and one is known


# Questionnaires


def test_the_three_accounts_questionnaires_are_declared_empty() -> None:
    questionnaires = load_questionnaires()
    assert [each.id for each in questionnaires] == ["organisation", "estate", "administration_organisation"]
    for each in questionnaires:
        assert (each.version, each.questions, str(each.law)) == (1, (), "DB § 72, stk. 1")
        assert "not found" in each.note.en
        assert "ikke fundet" in each.note.da
        assert each.certainty is Certainty.PROJECT_AUTHORED


FILLED = """
[scales]
yes_no = [{ id = "yes", text = { da = "Ja", en = "Yes" } }, { id = "no", text = { da = "Nej", en = "No" } }]
[[questions]]
id = "accounts.reservation"
definition = 1
type = "yes_no"
level = "estate"
text = { da = "Er der forbehold?", en = "Is there a reservation?" }
applies_to = ["housing_organisation"]
law = "DB § 72, stk. 1"
source = "project"
certainty = "project-authored"
"""


def test_a_plugin_fills_a_questionnaire_with_its_own_scales(content_copy: Path) -> None:
    path = content_copy / "questionnaires" / "estate.toml"
    path.write_text(path.read_text("utf-8") + FILLED, "utf-8")
    (asked,) = questionnaire_from(path).questions
    assert [option.id for option in asked.options] == ["yes", "no"]


def test_a_questionnaire_without_the_scale_it_uses_is_refused(content_copy: Path) -> None:
    path = content_copy / "questionnaires" / "estate.toml"
    path.write_text(path.read_text("utf-8") + FILLED.replace("yes_no = [", "degree = ["), "utf-8")
    with pytest.raises(ContentError, match=r"questions\[0\].type the scale is missing"):
        questionnaire_from(path)


# Faulty copies


def refused(folder: Path) -> list[tuple[str | None, int | None, str]]:
    with pytest.raises(ContentError) as caught:
        standard_from(folder, Y2026)
    assert all(fault.message.da for fault in caught.value.faults)
    return [(fault.file, fault.line, f"{fault.path} {fault.message.en}") for fault in caught.value.faults]


@pytest.fixture
def folder(content_copy: Path) -> Path:
    return content_copy / "standards" / "styringsrapport"


def test_a_plugins_own_folder_is_read_by_the_same_reader(folder: Path) -> None:
    assert standard_from(folder, Y2026) == YEARS[1]
    assert standard_years(folder) == (Y2025, Y2026, ReportYear(2027))


def spoil(path: Path, entry: str, old: str, new: str) -> int:
    """Replace a text after the line that holds ``entry``; the line where that was."""
    text = path.read_text("utf-8")
    start = text.index(old, text.index(entry))
    path.write_text(text[:start] + new + text[start + len(old) :], "utf-8")
    return text[:start].count("\n") + 1


@pytest.mark.parametrize(
    ("entry", "old", "new", "fault"),
    [
        pytest.param("economy.sound", 'type = "degree"', 'type = "grade"', "type one of", id="no such type"),
        pytest.param("economy.sound", 'law = "ABL § 6 a"', 'law = "6 a"', "law '6 a' lacks the sign", id="no law"),
        pytest.param("economy.sound", 'text.da = "I hvi', 'text.dk = "I hvi', "text.dk unknown key", id="no Danish"),
        pytest.param("economy.sound", 'source = "project"', 'source = "us"', "source is not in", id="no source"),
        pytest.param("economy.sound", "definition = 1", "definition = 0", "cannot be that low", id="definition 0"),
        pytest.param("economy.sound", '"housing_organisation"', '"housing"', "applies_to[0] one of", id="no kind"),
        pytest.param("estate.homes", 'type = "number"', 'type = "text"', "unit and figure belong", id="a text's unit"),
        pytest.param("estate.rent", "decimals = 2", "decimals = -2", "cannot be that low", id="negative decimals"),
        pytest.param("construction.projects", '"list"', '"choice"', "options belong", id="a choice without options"),
        pytest.param("construction.projects", '"list"', '"table"', "columns belong", id="a table without columns"),
        pytest.param("conclusion.goals", 'id = "goal", type = "text"', 'id = "goal", type = "list"', "columns[0].type",
                     id="a list in a cell"),
        pytest.param("conclusion.goals", 'id = "goal"', 'id = "conclusion"', "columns[1] conclusion is here twice",
                     id="a column twice"),
        pytest.param("economy.own_control\"", "definition = 1", "definition = 2", "each new definition says",
                     id="a definition without what is new"),
        pytest.param("[scales]", "degree = [", "grade = [", "the scale is missing", id="a scale that is missing"),
        pytest.param("[scales]", 'id = "low_degree"', 'id = "high_degree"', "high_degree is here twice",
                     id="an option twice"),
        pytest.param("[scales]", 'low = true', 'low = "yes"', "low true or false", id="low in words"),
    ],
)  # fmt: skip
def test_a_spoilt_definition_is_refused_within_its_entry(
    folder: Path, entry: str, old: str, new: str, fault: str
) -> None:
    path = folder / "questions.toml"
    at = spoil(path, entry, old, new)
    found = refused(folder)
    matching = [line for file, line, words in found if fault in words and file == "questions.toml"]
    assert matching
    if entry != "[scales]":
        first, end = entry_around(path, at)
        assert all(first <= (line or 0) < end for line in matching)


def entry_around(path: Path, at: int) -> tuple[int, int]:
    """The first line of the entry that holds a line, and the first line of the next entry."""
    starts = [n for n, line in enumerate(path.read_text("utf-8").split("\n"), 1) if line == "[[question]]"]
    return max(start for start in starts if start <= at), min([start for start in starts if start > at] or [10**6])


NEED = '"agreements.need" = 2'


@pytest.mark.parametrize(
    ("old", "new", "where", "fault"),
    [
        pytest.param(NEED, '"agreements.need" = 3', '"agreements.need"', "no such definition", id="no definition"),
        pytest.param(NEED, '"agreements.wish" = 1', '"agreements.wish"', "no such definition", id="no question"),
        pytest.param(NEED, '"agreements.need" = "2"', '"agreements.need"', "a whole number is", id="not a number"),
        pytest.param(NEED, '"estate.letting" = 1', '"estate.letting"', "another level", id="an estate's question"),
        pytest.param(NEED, '"facts.deviations" = 1', '"facts.deviations"', "in two sections", id="in two sections"),
        pytest.param("= 2026", "= 2025", "report_year", "report_year the name of the file", id="another year"),
        pytest.param('"economy"', '"conclusion"', "[[section]]", "section[1] conclusion is here", id="a section twice"),
    ],
)
def test_a_spoilt_composition_is_refused_on_its_line(folder: Path, old: str, new: str, where: str, fault: str) -> None:
    path = folder / "2026.toml"
    spoil(path, "", old, new)
    lines = path.read_text("utf-8").split("\n")
    told = [line for file, line, words in refused(folder) if file == "2026.toml" and fault in words]
    assert told
    assert all(lines[(line or 0) - 1].startswith(where) for line in told)


def test_the_faults_of_both_files_are_told_together(folder: Path) -> None:
    first = spoil(folder / "questions.toml", "economy.sound", 'level = "organisation"', 'level = "board"')
    second = spoil(folder / "2026.toml", "", "content_version = 2", 'content_version = "2"')
    third = spoil(folder / "2026.toml", "", 'law = "ABL § 6 a"', 'law = "ABL"')
    assert [(file, line) for file, line, _ in refused(folder)] == [
        ("2026.toml", second),
        ("2026.toml", third),
        ("questions.toml", first),
    ]


def test_a_file_that_is_not_toml_is_told_beside_the_other_files_faults(folder: Path) -> None:
    line = spoil(folder / "2026.toml", "", "content_version = 2", "content_version = ")
    (folder / "questions.toml").unlink()
    assert [(file, at) for file, at, _ in refused(folder)] == [("2026.toml", line), ("questions.toml", None)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_misspelt_key_anywhere_in_the_catalogue_is_told_on_its_line(folder: Path, data: st.DataObject) -> None:
    path = folder / "questions.toml"
    text = path.read_text("utf-8")
    lines = text.split("\n")
    start = lines.index("[[question]]")
    keys = [n for n, line in enumerate(lines) if n > start and re.match(r"[a-z_.]+ =", line)]
    at = data.draw(st.sampled_from(keys))
    path.write_text("\n".join([*lines[:at], f"x_{lines[at]}", *lines[at + 1 :]]), "utf-8")
    found = refused(folder)
    first, end = entry_around(path, at + 1)
    path.write_text(text, "utf-8")
    assert (at + 1, True) in {(line, "unknown key" in words) for _, line, words in found}
    assert all(first <= (line or 0) < end for _, line, _ in found)
