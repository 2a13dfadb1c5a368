"""Conditions in the catalogue: read with the standard, and refused on their own line where they cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from almenstyring.content import standard_from
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import ContentError
from almenstyring.domain.reporting import Standard

Y2025, Y2026 = ReportYear(2025), ReportYear(2026)
AREAS = 'answer["areas"]'
OPTION = '{{ id = "{0}", text = {{ da = "{0}", en = "{0}" }} }}'
KINDS = {"distribution": '"housing_organisation"'}
TYPES = {"areas": "yes_no"}
LEVELS = {"letting": "estate"}
NAMES = ("areas", "goals", "initiatives", "funds", "distribution", "need", "letting")


def _entry(name: str) -> str:
    kinds = KINDS.get(name, '"housing_organisation", "administration_organisation"')
    return f"""
[[question]]
id = "{name}"
definition = 1
type = "{TYPES.get(name, "text")}"
level = "{LEVELS.get(name, "organisation")}"
text = {{ da = "Hvad?", en = "What?" }}
applies_to = [{kinds}]
law = "ABL § 6 a"
required = {"true" if name == "areas" else "false"}
source = "ours"
certainty = "project-authored"
"""


def _year(year: int, *names: str) -> str:
    sections = "".join(
        f"""
[[section]]
id = "{level}"
name = {{ da = "Alt", en = "All" }}
level = "{level}"
law = "ABL § 6"
[section.questions]
"""
        + "".join(f"{name} = 1\n" for name in names if LEVELS.get(name, "organisation") == level)
        for level in ("organisation", "estate")
    )
    return f"""
id = "T:standard"
report_year = {year}
content_version = 1
name = {{ da = "Prøve", en = "Trial" }}
source = "prøve"
certainty = "project-authored"
{sections}"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plug-in's own standard: all questions in 2026, and all but the need in 2025."""
    head = f"""
[sources]
ours = "opdigtet"

[scales]
yes_no = [{OPTION.format("yes")}, {OPTION.format("no")}]
"""
    (tmp_path / "questions.toml").write_text(head + "".join(map(_entry, NAMES)), "utf-8")
    (tmp_path / "2026.toml").write_text(_year(2026, *NAMES), "utf-8")
    (tmp_path / "2025.toml").write_text(_year(2025, *(name for name in NAMES if name != "need")), "utf-8")
    return tmp_path


def add(folder: Path, question: str, *lines: str) -> int:
    """Put lines into the definition of a question; the number of the first of them."""
    path = folder / "questions.toml"
    text = path.read_text("utf-8")
    start = text.index("\n", text.index(f'id = "{question}"\ndefinition')) + 1
    path.write_text(text[:start] + "".join(f"{line}\n" for line in lines) + text[start:], "utf-8")
    return text[:start].count("\n") + 1


def refused(folder: Path, year: ReportYear = Y2026) -> list[tuple[str | None, int | None, str, str]]:
    with pytest.raises(ContentError) as caught:
        standard_from(folder, year)
    assert all(fault.message.da for fault in caught.value.faults)
    return [(fault.file, fault.line, fault.path.partition(".")[2], fault.message.en) for fault in caught.value.faults]


def conditions(standard: Standard) -> dict[tuple[str, str], str]:
    return {(question.id, name): str(each) for question in standard for name, each in question.conditions()}


def test_a_plugins_conditions_are_part_of_its_standard(folder: Path) -> None:
    assert conditions(standard_from(folder, Y2026)) == {}
    asked, wanted = f'{AREAS} == "yes"', f'{AREAS} == "no"'
    add(folder, "goals", f"asked_when = '{asked}'", f"required_when = '{asked}'")
    add(folder, "funds", f"comment_when = '{wanted}'")
    assert conditions(standard_from(folder, Y2026)) == {
        ("goals", "asked_when"): asked,
        ("goals", "required_when"): asked,
        ("funds", "comment_when"): wanted,
    }


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        pytest.param(f"{AREAS} ==", "This cannot be read", id="no expression"),
        pytest.param(AREAS, "a text, not a statement", id="no statement"),
        pytest.param(f'{AREAS} == "maybe"', "none of the options", id="an option that is none"),
        pytest.param('answer["wishes"] == "x"', "not known", id="an unknown question"),
        pytest.param('missing(answer["letting"])', "cannot depend on an estate's answer", id="an estate's"),
        pytest.param(f'{AREAS} == "yes" and {AREAS} == "no"', "can never hold", id="never true"),
        pytest.param('missing(answer["funds"])', "funds → funds", id="of itself"),
    ],
)
def test_a_condition_that_cannot_be_used_is_refused_on_its_line(folder: Path, condition: str, why: str) -> None:
    line = add(folder, "funds", f"asked_when = '{condition}'")
    [(file, at, field, words)] = refused(folder)
    assert (file, at, field) == ("questions.toml", line, "asked_when")
    assert why in words


def test_questions_that_wait_for_each_other_are_refused_with_the_way_round(folder: Path) -> None:
    names = ("funds", "goals", "initiatives")
    for name, other in zip(names, (*names[1:], names[0]), strict=True):
        add(folder, name, f"asked_when = 'missing(answer[\"{other}\"])'")
    [(file, line, field, words)] = refused(folder)
    lines = (folder / "questions.toml").read_text("utf-8").split("\n")
    assert file == "questions.toml" and field == "asked_when"
    assert line and lines[line - 1].startswith("asked_when") and words.count("→") == 3
    assert f'id = "{words.partition(": ")[2].partition(" → ")[0]}"' == lines[line - 2]


def test_a_question_that_can_never_be_asked_is_told_with_every_other_that_waits_for_it(folder: Path) -> None:
    never = add(folder, "goals", f"asked_when = '{AREAS} == \"yes\" and missing({AREAS})'")
    waits = add(folder, "funds", "required_when = 'not missing(answer[\"goals\"])'")
    assert [(line, field) for _, line, field, _ in refused(folder)] == [
        (never, "asked_when"),
        (waits, "required_when"),
    ]


def test_for_whom_a_condition_can_never_hold_is_told(folder: Path) -> None:
    line = add(folder, "funds", "asked_when = 'not missing(answer[\"distribution\"])'")
    [(_, at, _, words)] = refused(folder)
    assert at == line
    assert words == "the condition can never hold (administration_organisation)"


def test_conditions_that_cannot_be_reckoned_are_told_before_it_is_tried_whether_they_can_hold(folder: Path) -> None:
    add(folder, "goals", f'asked_when = \'{AREAS} == "yes" and {AREAS} == "no"\'')
    line = add(folder, "funds", "asked_when = 'master.roofs > 1'")
    assert [at for _, at, _, _ in refused(folder)] == [line]


@pytest.mark.parametrize(
    ("question", "lines", "field", "why"),
    [
        pytest.param(
            "areas",
            ["required_when = 'master.homes > quantity(1, \"home\")'"],
            "required_when",
            "required = false",
            id="required always and on a condition",
        ),
        pytest.param(
            "funds",
            ['comment = "required"', "comment_when = 'master.homes > quantity(1, \"home\")'"],
            "comment_when",
            "always required",
            id="a comment always and on a condition",
        ),
    ],
)
def test_what_is_always_so_is_not_so_on_a_condition(
    folder: Path, question: str, lines: list[str], field: str, why: str
) -> None:
    line = add(folder, question, *lines) + len(lines) - 1
    [(file, at, path, words)] = refused(folder)
    assert (file, at, path) == ("questions.toml", line, field)
    assert why in words


def test_a_condition_is_judged_among_the_questions_of_its_own_year(folder: Path) -> None:
    line = add(folder, "funds", "asked_when = 'missing(answer[\"need\"])'")
    assert conditions(standard_from(folder, Y2026)) == {("funds", "asked_when"): 'missing(answer["need"])'}
    [(file, at, _, words)] = refused(folder, Y2025)
    assert (file, at) == ("questions.toml", line)
    assert "not known" in words
