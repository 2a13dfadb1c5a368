"""The tables of key figures and efficiency scores: every figure of every package, and blanks for what is not there."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.content import label
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.figures.efficiency_costs import NoScore
from almenstyring.domain.figures.efficiency_method import COMPUTED_LABEL
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting import DocumentationPackage, KeptScore
from almenstyring.domain.values import LbfNumber

from .conftest import YEAR
from .kept_figures import UNIT, Row, cells, changed, row, rows, table


@pytest.fixture(scope="module")
def package(filled_year: al.Workspace) -> DocumentationPackage:
    return filled_year.open_package("T001", YEAR)


# The table of key figures


def test_the_table_has_every_figure_of_every_package_missing_ones_too(
    filled_year: al.Workspace, package: DocumentationPackage
) -> None:
    other = filled_year.open_package("T006", YEAR)
    found = rows("key_figures", package, other)
    wanted = [
        (str(p.organisation), str(of.unit), k.identity, k.value)
        for p in (package, other)
        for of in p.figures
        for k in of.figures
    ]
    assert [(r["organisation"], r["unit"], r["definition"], r["value"]) for r in found] == wanted
    assert any(value is None for *_, value in wanted)
    firm = [label(kept.status) for p in (package, other) for of in p.figures for kept in of.figures]
    assert [r["firmness"] for r in found] == firm and len({text.da for text in firm}) > 1
    assert rows("key_figures", evolve(package, figures=())) == []


def test_a_row_says_what_the_figure_is_who_it_is_compared_with_and_where_it_is_from(
    package: DocumentationPackage,
) -> None:
    found, own = cells(package, "cleaning_per_m2"), row(package, "cleaning_per_m2")
    assert own.benchmark is not None and own.place is not None and own.benchmark.distribution.quantiles is not None
    spread, definition = own.benchmark.distribution, load_key_figures().get("cleaning_per_m2", 2025)
    assert found == {
        "organisation": "T001",
        "name": "Den Opdigtede Boligforening",
        "report_year": 2026,
        "unit": "T001-T0101",
        "unit_name": "Månekrateret",
        "group": load_key_figures().groups["costs"],
        "figure": definition.name,
        "value": own.kept.value,
        "measure": definition.measure.name,
        "firmness": label(own.kept.status),
        "critical": None,
        "peers": own.benchmark.group,
        "n": spread.n,
        "peers_firmness": label(spread.status),
        **{part: getattr(spread.quantiles, part) for part in ("p10", "q1", "median", "q3", "p90")},
        "mean": spread.mean,
        "weighting": label(spread.weighting),
        "percentile": al.Number(own.place.percentile.count, 2),
        "place": own.place.band.sentence,
        "definition": "cleaning_per_m2/1",
        "formula": 'account["114"] / master.homes_area',
        "source": definition.source,
        "certainty": label(definition.certainty),
    }


def test_what_is_not_there_leaves_blanks(package: DocumentationPackage) -> None:
    peers = (
        "peers",
        "n",
        "peers_firmness",
        "p10",
        "q1",
        "median",
        "q3",
        "p90",
        "mean",
        "weighting",
        "percentile",
        "place",
    )
    assert {cells(package, "operating_costs")[name] for name in peers} == {None}
    bare = evolve(
        package,
        benchmarks=tuple(
            evolve(b, distribution=evolve(b.distribution, quantiles=None, mean=None)) for b in package.benchmarks
        ),
    )
    found = cells(bare, "cleaning_per_m2")
    assert [found[name] for name in ("p10", "q1", "median", "q3", "p90", "mean")] == [None] * 6
    assert found["n"] and found["place"]
    lost = evolve(package, benchmarks=())
    assert {cells(lost, "cleaning_per_m2")[name] for name in peers} == {None}


def test_a_figure_without_a_measure_has_a_blank_there(package: DocumentationPackage) -> None:
    bare = [figure for figure in load_key_figures() if not figure.unit and figure.is_valid_in(2025)]
    for figure in bare:
        unit: Unit = UNIT if figure.of.value == "estate" else LbfNumber("T001")
        assert cells(package, figure.id, unit)["measure"] is None
    assert all(r["measure"] is None or r["measure"].da for r in rows("key_figures", package))


# The table of efficiency scores


def scored(package: DocumentationPackage, official: al.Number | None, computed: KeptScore | None) -> list[Row]:
    given = changed(package, "efficiency_score", value=official)
    own = next(of for of in given.figures if of.unit == UNIT)
    reported = {"efficiency_score": al.Answer(value=official)} if official is not None else {}
    return rows("efficiency", evolve(given, figures=(evolve(own, efficiency=computed, reported=reported),)))


BLANK = {
    "official": None,
    "score": None,
    "potential": None,
    "peers": None,
    "group": None,
    "best_practice": None,
    "why": None,
    "label": None,
}


def test_an_official_score_and_a_computed_one_stand_beside_each_other(package: DocumentationPackage) -> None:
    computed = KeptScore(
        score=al.Ratio.of("64.3"),
        potential=al.Ratio.of("35.7"),
        peers=34,
        group="family 1-50",
        best_practice="T002-T0101",
    )
    [found] = scored(package, al.Number(71), computed)
    assert {name: found[name] for name in BLANK} == {
        "official": al.Number(71),
        "score": al.Number.of("64.30"),
        "potential": al.Number.of("35.70"),
        "peers": 34,
        "group": "family 1-50",
        "best_practice": "T002-T0101",
        "why": None,
        "label": COMPUTED_LABEL,
    }
    assert (found["unit"], found["unit_name"], found["report_year"]) == ("T001-T0101", "Månekrateret", 2026)


def test_an_official_score_alone_leaves_the_rest_blank(package: DocumentationPackage) -> None:
    for official in (al.Number(71), al.Number(0)):
        [found] = scored(package, official, None)
        assert {name: found[name] for name in BLANK} == BLANK | {"official": official}


def test_where_no_score_could_be_computed_the_row_says_why(package: DocumentationPackage) -> None:
    [found] = scored(package, None, KeptScore(peers=3, no_score=NoScore.TOO_FEW_PEERS))
    assert {name: found[name] for name in BLANK} == BLANK | {
        "peers": 3,
        "why": label(NoScore.TOO_FEW_PEERS),
        "label": COMPUTED_LABEL,
    }


def test_a_unit_without_a_score_of_either_kind_is_no_row(package: DocumentationPackage) -> None:
    assert scored(package, None, None) == []
    assert [r["unit"] for r in rows("efficiency", package)] == ["T001-T0101", "T001-T0201"]


# In files


def test_the_figures_are_in_the_spreadsheet_and_in_the_json(
    filled_year: al.Workspace, package: DocumentationPackage, tmp_path: Path
) -> None:
    sheet = openpyxl.load_workbook(filled_year.export([package], tmp_path / "tal.xlsx"), read_only=True)
    for name, title in (("key_figures", "Nøgletal"), ("efficiency", "Effektivitetstal")):
        shown = list(sheet[title].iter_rows(values_only=True))
        heads = [column.title.da for column in table(name, package).columns]
        at = next(place for place, cells in enumerate(shown) if list(cells[: len(heads)]) == heads)
        assert len([cells for cells in shown[at + 1 :] if any(cells)]) == len(table(name, package).rows)
    read = json.loads(filled_year.export([package], tmp_path / "tal.json").read_text(encoding="utf-8"))
    text = json.dumps(read)
    assert '"cleaning_per_m2"' in text and '"places"' in text and '"benchmarks"' in text
