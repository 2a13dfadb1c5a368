"""The reference pages say what the code says: complete, and the same every time."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import click
import pytest
from attrs import fields

import almenstyring as al
from almenstyring.cli.app import cli
from almenstyring.content import load_standard, load_terms, standard_years
from almenstyring.content.publication import load_publication
from almenstyring.domain.reporting import WORKFLOW
from almenstyring.plugins import CalendarDescriptor, ChartPack, PictureDescriptor, StandardPack
from almenstyring.rules.builtin import BUILTIN_RULES

PROGRAM = Path(__file__).parents[2] / "docs" / "generate.py"


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages(generate: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("generated")
    generate.write_pages(folder)
    return {path.stem: path.read_text("utf-8") for path in folder.iterdir()}


def test_every_rule_has_a_heading_its_law_and_both_messages(pages: dict[str, str]) -> None:
    text = pages["rules"].replace("\\", "")
    for rule in BUILTIN_RULES:
        assert f"\n## {rule.code}\n" in text
        for said in (str(rule.law), rule.message.da, rule.message.en, rule.hint.da, rule.hint.en):
            assert said in text, rule.code


def test_every_hook_and_every_field_of_a_descriptor_is_there(generate: ModuleType, pages: dict[str, str]) -> None:
    assert len(generate.hook_names()) == 10
    for name in generate.hook_names():
        assert f"\n## {name}\n" in pages["hooks"]
    for kind in (StandardPack, PictureDescriptor, CalendarDescriptor, ChartPack):
        rows = pages["hooks"].split(f"\n### {kind.__name__}\n")[1].split("\n### ")[0]
        for field in fields(kind):
            assert f"| `{field.name}` |" in rows


def test_every_publication_policy_is_there_with_its_gaps(pages: dict[str, str]) -> None:
    text = pages["publication"].replace("\\", "")
    for policy in load_publication().policy.values():
        assert f"## {policy.name.en}" in text
        assert f"`{policy.id}`" in text
        assert all(f"- {gap.en}" in text for gap in policy.gaps)


def test_a_type_with_a_bar_stays_in_its_cell(pages: dict[str, str]) -> None:
    assert r"| `open` | `Callable[[Path \| None], PictureRenderer]` | required |" in pages["hooks"]


def test_every_command_and_each_of_its_options_is_there(pages: dict[str, str]) -> None:
    for name, command in cli.commands.items():
        page = pages["command-line"].split(f"\n## almenstyring {name}\n")[1]
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.opts[-1] in page, (name, option.name)


def test_every_question_of_every_year_is_there(pages: dict[str, str]) -> None:
    for year in standard_years():
        for question in load_standard(year):
            assert f"`{question.id}`" in pages[f"standard-{year}"]


def test_every_word_step_error_and_lock_is_there(pages: dict[str, str]) -> None:
    assert all(term.da in pages["glossary"] and term.en in pages["glossary"] for term in load_terms().term.values())
    assert pages["workflow"].count("\n| ") == len(WORKFLOW) + 1
    for code in (al.ConflictError.code, al.NotSubmittableError.code, al.UnavailableError.code, *al.LockCode):
        assert f"`{code}`" in pages["codes"]


def test_every_kind_of_organisation_is_told_what_it_owes(pages: dict[str, str]) -> None:
    for kind in al.OrganisationKind:
        assert f"(da: {al.label(kind).da})" in pages["expectations"]


def test_pages_are_the_same_again_and_what_is_gone_is_removed(
    generate: ModuleType, pages: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "left-over.md").write_text("old")
    generate.write_pages(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    generate.write_pages(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before
    assert {path.stem: path.read_text("utf-8") for path in before} == pages
