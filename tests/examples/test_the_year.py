"""The demonstration's program, on both stores: facts, not text."""

from __future__ import annotations

import importlib.util
import io
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pytest
from rich.console import Console

import almenstyring as al
from almenstyring.plugins import RulePack, hookimpl

PROGRAM = Path(__file__).parents[2] / "examples" / "the_year.py"
YEAR = al.ReportYear(2026)


@pytest.fixture(scope="module")
def the_year(monkeypatch_module: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    monkeypatch_module.syspath_prepend(PROGRAM.parent)  # the program's own parts lie beside it
    spec = importlib.util.spec_from_file_location("the_year", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["the_year"] = module  # attrs looks annotations up there
    spec.loader.exec_module(module)
    vars(module)["PICTURES"] = tmp_path_factory.mktemp("billeder")  # so that each picture is drawn once
    return module


@pytest.fixture(scope="module")
def monkeypatch_module() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patched:
        yield patched


def played(the_year: ModuleType, address: str, target: Path, registry: al.Registry | None = None) -> Any:
    target.mkdir(exist_ok=True)
    clock = the_year.StoryClock()
    story = the_year.Story(Console(file=io.StringIO(), width=140))
    actor = al.Actor("drift-1", role="operator")
    with al.connect(
        address, actor=actor, clock=clock, test_mode=True, registry=registry, picture_folder=the_year.PICTURES
    ) as operator:
        return the_year.play(operator, clock, target, story)


@pytest.fixture(scope="module")
def outcome(the_year: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The whole story, in Danish and in memory."""
    registry = al.Registry.discover(only=the_year.PLUGINS)
    return played(the_year, "memory:", tmp_path_factory.mktemp("memory"), registry)


def test_all_six_organisations_sent_their_package_and_every_receipt_verifies(outcome: Any) -> None:
    assert sorted(outcome.receipts) == ["T001", "T002", "T003", "T004", "T005", "T006"]
    assert outcome.chain_ok


def test_only_the_latecomer_was_late_and_was_not_stopped_by_it(outcome: Any) -> None:
    late = {number: r.timing.days_late for number, r in outcome.receipts.items() if r.timing.timeliness == "late"}
    assert late == {"T006": 14}
    assert "T006" not in outcome.stopped


def test_the_forgetful_one_was_stopped_by_the_missing_move_outs_and_by_nothing_else(outcome: Any) -> None:
    assert set(outcome.stopped) == {"T005"}
    assert {(f.code, f.severity) for f in outcome.stopped["T005"]} == {("MOVE-OUTS-MISSING", al.Severity.ERROR)}
    assert [f.location.unit for f in outcome.stopped["T005"]] == ["T005-T0101", "T005-T0201"]


def test_every_package_was_prefilled_by_the_source(outcome: Any) -> None:
    assert all(count > 0 for count in outcome.prefilled.values())


def test_the_neighbour_municipality_fetches_the_report_with_an_estate_there(outcome: Any) -> None:
    assert outcome.fetched == {
        "T01": ("T001", "T002", "T003", "T004", "T005"),
        "T02": ("T002", "T006"),
    }


def test_the_broken_accounting_year_has_its_own_calendar(outcome: Any) -> None:
    accounts = [
        row
        for row in outcome.status["T01"]
        if str(row.expectation.unit) == "T003" and row.expectation.element == "accounts"
    ]
    assert [row.due for row in accounts] == [date(2025, 12, 31)]


def test_the_administration_organisation_owes_no_estate_reports_and_a_paragraph_says_so(outcome: Any) -> None:
    [row] = [
        r
        for r in outcome.status["T01"]
        if str(r.organisation) == "T004" and r.expectation.element == al.Element.ESTATE_REPORT
    ]
    assert (row.expectation.owed, str(row.expectation.law)) == (False, "DB § 25")


def test_the_files_say_that_all_is_invented(outcome: Any) -> None:
    by_name = {path.name: path for path in outcome.files}
    assert {path.suffix for path in outcome.files} == {".xlsx", ".json", ".html", ".md", ".ics", ".svg", ".png"}
    assert len([name for name in by_name if name.startswith("rapport-")]) == 6
    for path in outcome.files:
        if path.suffix == ".xlsx":
            first = openpyxl.load_workbook(path).worksheets[0]
            text = " ".join(str(cell.value) for row in first.iter_rows() for cell in row)
        elif path.suffix == ".png":
            continue  # the same words are in pixels there
        else:
            text = path.read_text(encoding="utf-8")
        assert "SYNTETISK" in text, path.name


def test_one_answer_was_maintained_with_a_reply_and_the_other_mended_before_it_was_sent_again(outcome: Any) -> None:
    assert (outcome.second.number, outcome.second.timing.timeliness) == (2, "on_time")
    assert [(c.location.item, str(c.after.value)) for c in outcome.changed] == [("estate.external_move_outs", "21")]


def test_the_meeting_was_prepared_from_findings_figures_areas_goals_and_the_critical_review(outcome: Any) -> None:
    sources = {proposal.source.value for proposal in outcome.prepared.sheet.agenda}
    assert {"fixed", "finding", "figure", "area", "municipal_goal", "question", "review"} <= sources
    assert outcome.prepared.review.left == ()


def test_the_statement_is_reported_with_the_receipt_and_lists_the_agreement(outcome: Any) -> None:
    statement = outcome.statement
    assert (statement.status, statement.agreements) == ("reported", ("A-2026-1",))
    assert statement.dates == (date(2026, 10, 6), date(2026, 10, 8), date(2026, 10, 12))
    [page] = [path for path in outcome.files if path.name == "redegoerelse-T01-2026.md"]
    text = page.read_text(encoding="utf-8")
    assert text.count("A-2026-1") == 1
    assert "SYNTETISK-1" in text


def test_the_next_year_asks_for_the_agreement_once_until_it_is_answered(outcome: Any) -> None:
    assert outcome.unanswered == (1, 0)


def test_the_second_municipality_owes_the_fora_of_the_model_that_held_and_the_statutory_meeting(outcome: Any) -> None:
    owed = {(each.forum.id, each.window.end.year): each.state for each in outcome.owed}
    assert owed["coordination_group", 2023] == owed["theme_meeting", 2025] == "missing"
    assert owed["theme_meeting", 2029] == "owed_not_yet_due"
    assert {year for forum, year in owed if forum == "dialogue_meeting"} == {2023, 2024, 2025, 2026}


def test_the_overview_shows_the_meeting_and_the_reported_statement(outcome: Any) -> None:
    [first] = [line for line in outcome.overview.lines if str(line.organisation) == "T001"]
    assert (first.meeting_held, first.statement_reported) == (date(2026, 9, 24), date(2026, 10, 12))
    assert first.missing == ()


def test_every_figure_of_the_reports_is_explained_down_to_leaves_that_give_it_again(outcome: Any) -> None:
    assert outcome.explained > 700
    assert outcome.unexplained == ()


def test_what_was_sent_moves_the_distributions_it_belongs_to(outcome: Any) -> None:
    assert outcome.moved > 0


def test_without_the_rule_on_move_outs_the_forgetful_one_is_not_stopped(the_year: ModuleType) -> None:
    whole = al.Registry.discover()
    packs = [
        RulePack(
            name=pack.name,
            version=pack.version,
            rules=tuple(rule for rule in pack.rules if rule.code != "MOVE-OUTS-MISSING"),
            description=pack.description,
        )
        for pack in whole.rule_packs()
    ]

    class Fewer:
        @hookimpl
        def almenstyring_rules(self) -> list[RulePack]:
            return packs

    registry = al.Registry.discover(only={"altair", "excel", "ical", "synthetic"})
    registry.register(_without_rules(), "builtin")
    registry.register(Fewer(), "fewer")

    outcome, operator = the_year.Outcome(), al.Actor("drift-1", role="operator")
    with al.connect("memory:", actor=operator, clock=the_year.StoryClock(), test_mode=True, registry=registry) as desk:
        desk.import_register("synthetic:")
        the_year._send_one(desk, desk.master_data("T005"), outcome)
    assert (set(outcome.receipts), outcome.stopped) == ({"T005"}, {})


def _without_rules() -> object:
    import almenstyring.builtin as builtin

    class Rest:
        almenstyring_stores = staticmethod(builtin.almenstyring_stores)
        almenstyring_standards = staticmethod(builtin.almenstyring_standards)
        almenstyring_exporters = staticmethod(builtin.almenstyring_exporters)
        almenstyring_charts = staticmethod(builtin.almenstyring_charts)

    return Rest()


def test_without_the_source_the_story_says_what_is_missing(the_year: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(al.PluginError, match="synthetic"):
        played(the_year, "memory:", tmp_path, al.Registry.discover(only={"builtin", "excel"}))


def test_the_program_runs_from_the_command_line_in_english_and_its_store_holds_the_same_receipts(
    the_year: ModuleType, outcome: Any, tmp_path: Path, capsys: Any
) -> None:
    assert the_year.main(["--target", str(tmp_path), "--lang", "en"]) == 0
    printed = capsys.readouterr().out
    assert "\x1b" not in printed
    assert "The meeting is prepared" in printed
    operator = al.Actor("drift-1", role="operator")
    with al.connect(f"sqlite:{tmp_path / 'dialog.db'}", actor=operator, test_mode=True) as workspace:
        assert all(workspace.verify(receipt).ok for receipt in outcome.receipts.values())
