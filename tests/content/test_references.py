from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from almenstyring.content import load_references, references_from
from almenstyring.domain.calendar import AccountingPeriod
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import ContentError
from almenstyring.domain.figures.chart import AccountsPart, Ledger, LineType, Sign
from almenstyring.domain.figures.references import Region
from almenstyring.domain.values import (
    MUNICIPALITY_CODES,
    Area,
    DkkPerSquareMetre,
    MunicipalityCode,
    Number,
    Ratio,
)

OFFICIAL, DERIVED, OURS = Certainty.OFFICIAL, Certainty.DERIVED, Certainty.PROJECT_AUTHORED
REFERENCES = load_references()
FILES = ("municipalities.toml", "rates.toml", "price_index.toml", "national_benchmarks.toml", "chart_of_accounts.toml")


def year(of: int) -> AccountingPeriod:
    return AccountingPeriod(date(of, 1, 1), date(of, 12, 31))


def test_the_references_are_read_once() -> None:
    assert load_references() is REFERENCES


# Municipalities


def test_there_are_98_municipalities_and_one_place() -> None:
    codes = {row.code.value for row in REFERENCES.municipalities}
    assert len(REFERENCES.municipalities) == 99
    assert codes - MUNICIPALITY_CODES == {"411"}
    assert codes >= MUNICIPALITY_CODES
    assert all(row.certainty is OFFICIAL and row.source for row in REFERENCES.municipalities)


def test_the_regions_have_their_number_of_municipalities() -> None:
    assert Counter(row.region for row in REFERENCES.municipalities if row.code.can_supervise) == {
        Region.HOVEDSTADEN: 29,
        Region.SJAELLAND: 17,
        Region.SYDDANMARK: 22,
        Region.MIDTJYLLAND: 19,
        Region.NORDJYLLAND: 11,
    }


@pytest.mark.parametrize(
    ("code", "name", "rent", "share", "area", "population"),
    [
        ("101", "København", "1077", "18.81", "81.9", 670_389),
        ("240", "Egedal", "1248", "13.73", "123.3", 46_514),
        ("860", "Hjørring", "770", "12.98", "130.9", 62_909),
        ("330", "Slagelse", "901", "23.34", "110.3", 80_856),
    ],
)
def test_a_municipality_has_its_published_figures(
    code: str, name: str, rent: str, share: str, area: str, population: int
) -> None:
    row = REFERENCES.municipality(MunicipalityCode(code))
    assert row is not None
    assert (row.name, row.population) == (name, population)
    assert row.rent == DkkPerSquareMetre.of(rent)
    assert row.social_share == Ratio.of(share)
    assert row.mean_area == Area.of(area)
    assert "Huslejestatistik 2026" in row.source


def test_what_was_not_published_is_absent_and_never_zero() -> None:
    christiansoe = REFERENCES.municipality(MunicipalityCode("411"))
    assert christiansoe is not None
    assert (christiansoe.rent, christiansoe.social_share, christiansoe.mean_area) == (None, None, None)
    assert "Huslejestatistik" not in christiansoe.source


def test_a_municipality_of_the_test_range_has_no_figures() -> None:
    assert REFERENCES.municipality(MunicipalityCode("T01")) is None


# National figures


def test_there_are_73_national_figures_with_names_in_both_languages() -> None:
    benchmarks = REFERENCES.benchmarks
    rows = benchmarks.benchmark.values()
    used = {word for row in rows for word in (row.indicator, row.group, row.unit, row.basis) if word}
    assert len(rows) == 73
    assert used == set(benchmarks.names)
    assert Counter(row.certainty for row in rows) == {OFFICIAL: 64, DERIVED: 9}


@pytest.mark.parametrize(
    ("key", "value", "unit", "source"),
    [
        ("average_rent-2026-01-01-family", "960", "dkk_per_m2_year", "Huslejestatistik 2026"),
        ("vacancy_loss-2021-all", "5.4", "dkk_per_m2_year", "lbf-orienterer/2023/2"),
        ("move_out_rate-2019-youth", "39.9", "percent", "tema-2020-7"),
        ("external_move_outs_change-2011-2015-all", "-1382", "households", "tema-2016-6"),
        ("efficiency_target_2026-2026-sector", "1.5", "billion_dkk", "almeneffektivitet"),
    ],
)
def test_a_national_figure_has_its_value_unit_and_source(key: str, value: str, unit: str, source: str) -> None:
    row = REFERENCES.benchmarks.benchmark[key]
    assert (row.value, row.unit) == (Number.of(value), unit)
    assert source in row.source


def test_a_published_range_keeps_both_ends() -> None:
    (row,) = REFERENCES.benchmarks.of("cost_per_home_range")
    assert (row.value, row.value_to) == (Number.of(8000), Number.of(30000))


def test_accounts_that_this_library_assigned_are_derived() -> None:
    (insurance,) = REFERENCES.benchmarks.of("insurance")
    (sundry,) = REFERENCES.benchmarks.of("sundry_costs")
    assert (insurance.accounts, insurance.certainty) == (("110",), DERIVED)
    assert (sundry.accounts, sundry.certainty) == (("119",), OFFICIAL)


def test_every_account_of_a_national_figure_is_in_the_chart() -> None:
    accounts = {account for row in REFERENCES.benchmarks.benchmark.values() for account in row.accounts}
    assert {account for account in accounts if not REFERENCES.chart.line(Ledger.ESTATE, account)} == set()


# The chart of accounts


def test_the_chart_has_151_lines_and_says_how_sure_each_is() -> None:
    chart = REFERENCES.chart
    lines = [*chart.lines(Ledger.ESTATE), *chart.lines(Ledger.ORGANISATION)]
    assert len(chart) == len(lines) == 151
    assert Counter(line.certainty for line in lines) == {OFFICIAL: 28, DERIVED: 46, OURS: 77}
    assert all(line.name.da and line.name.en and line.source for line in lines)
    assert {line.group for line in lines} == set(chart.groups)


def test_lines_stand_in_the_order_of_the_accounts() -> None:
    numbers = [line.number for line in REFERENCES.chart.lines(Ledger.ESTATE)]
    assert numbers[0] == "101"
    assert numbers.index("112") < numbers.index("112.1") < numbers.index("113") < numbers.index("310")


def test_a_line_is_found_by_its_number_as_text() -> None:
    line = REFERENCES.chart.line(Ledger.ESTATE, "112.1")
    assert line is not None
    assert (line.name.da, line.type, line.certainty) == ("Administrationsbidrag", LineType.SUBPOSTING, OFFICIAL)
    assert REFERENCES.chart.line(Ledger.ESTATE, "112.10") is None
    assert REFERENCES.chart.line(Ledger.ORGANISATION, "112.1") is None


@pytest.mark.parametrize(("number", "sign"), [("102", Sign.DEDUCTED), ("116", Sign.NET_ZERO), ("129", Sign.NET)])
def test_lines_that_count_otherwise_say_so(number: str, sign: Sign) -> None:
    line = REFERENCES.chart.line(Ledger.ESTATE, number)
    assert line is not None
    assert line.sign is sign


def test_totals_are_no_postings() -> None:
    for statement, number in ((Ledger.ESTATE, "310"), (Ledger.ORGANISATION, "830")):
        line = REFERENCES.chart.line(statement, number)
        assert line is not None
        assert line.type in (LineType.SUBTOTAL, LineType.TOTAL)
        assert line.part is AccountsPart.BALANCE


# Faulty copies


def refused(folder: Path) -> list[tuple[str | None, int | None, str]]:
    with pytest.raises(ContentError) as caught:
        references_from(folder)
    return [(fault.file, fault.line, f"{fault.path} {fault.message.en}") for fault in caught.value.faults]


def lines_of(path: Path) -> list[str]:
    return path.read_text("utf-8").split("\n")


def write(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines), "utf-8")


def test_a_copy_of_the_files_reads_the_same(content_copy: Path) -> None:
    assert references_from(content_copy) == REFERENCES


@pytest.mark.parametrize(
    ("file", "row", "old", "new", "fault"),
    [
        pytest.param("municipalities.toml", "101 =", '"København"', "1", "101.name a text is", id="a wrong type"),
        pytest.param("municipalities.toml", "101 =", '"1077"', '"10,77"', "101.rent", id="Danish notation"),
        pytest.param("municipalities.toml", "101 =", "Hovedstaden", "Skåne", "101.region one of", id="no region"),
        pytest.param("municipalities.toml", "860 =", "860", "861", "861.code", id="no municipality"),
        pytest.param("municipalities.toml", "860 =", "860", "851", "not valid TOML", id="a code twice"),
        pytest.param("municipalities.toml", "860 =", "rent =", "leje =", "860.leje unknown key", id="a misspelt key"),
        pytest.param("national_benchmarks.toml", "insurance-2014", '"110"', "110", "accounts[0]", id="no text"),
        pytest.param("national_benchmarks.toml", "insurance-2014", '"all"', '"al"', "group is not in", id="no group"),
        pytest.param("national_benchmarks.toml", "insurance-2014", "theme", "tema", "source is not in", id="no source"),
        pytest.param("chart_of_accounts.toml", "101 =", "posting", "post", "101.type one of", id="no such type"),
        pytest.param("chart_of_accounts.toml", "101 =", "net_capital", "capital", "group is not in", id="no such part"),
        pytest.param("chart_of_accounts.toml", '"105.9" =', ", en =", ", eng =", "name.eng unknown", id="no English"),
    ],
)
def test_a_spoilt_row_is_refused_on_its_own_line(
    content_copy: Path, file: str, row: str, old: str, new: str, fault: str
) -> None:
    lines = lines_of(content_copy / file)
    at = next(number for number, line in enumerate(lines) if line.startswith(row))
    assert old in lines[at]
    lines[at] = lines[at].replace(old, new, 1)
    write(content_copy / file, lines)
    found = refused(content_copy)
    assert {(name, line) for name, line, _ in found} == {(file, at + 1)}
    assert any(fault in words for *_, words in found)


def test_one_copy_with_many_faults_reports_each(content_copy: Path) -> None:
    path = content_copy / "rates.toml"
    lines = lines_of(path)
    starts = [number for number, line in enumerate(lines) if line == "[[rate]]"]
    lines[starts[0] + 3] = 'amount = "177,00"'
    lines[starts[1] + 1] = 'id = "disposition_fund"'
    lines[starts[2] + 2] = "valid_from = 2013"
    lines[starts[4] + 5] = 'law = "§ 42"'
    lines[starts[25] + 2] = "valid_from = 2015-01-01"
    write(path, lines)
    twice = next(n for n, start in enumerate(starts) if lines[start + 2] == lines[starts[25] + 2] and n >= 20)
    assert twice != 25
    assert [(line, words.split(" ")[0]) for _, line, words in refused(content_copy)] == [
        (starts[0] + 4, "rate[0].amount"),
        (starts[1] + 2, "rate[1].id"),
        (starts[2] + 3, "rate[2].valid_from"),
        (starts[4] + 6, "rate[4].law"),
        (starts[25] + 1, "rate[25]"),
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_key_lost_or_misspelt_anywhere_is_told_within_its_entry(content_copy: Path, data: st.DataObject) -> None:
    path = content_copy / "rates.toml"
    lines = lines_of(content_copy / "rates.toml")
    starts = [number for number, line in enumerate(lines) if line == "[[rate]]"]
    entry = data.draw(st.integers(0, len(starts) - 1))
    at = starts[entry] + data.draw(st.integers(1, 7))
    spoilt = data.draw(st.sampled_from(["", f"x_{lines[at]}"]))
    write(path, [*lines[:at], spoilt, *lines[at + 1 :]])
    found = refused(content_copy)
    write(path, lines)
    assert (starts[entry] + 1, True) in {(line, "the key is missing" in words) for _, line, words in found}
    assert ((at + 1, True) in {(line, "unknown key" in words) for _, line, words in found}) is bool(spoilt)
    end = (*starts, len(lines))[entry + 1]
    assert all(starts[entry] < (line or 0) <= end for _, line, _ in found)


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_named(content_copy: Path, file: str) -> None:
    (content_copy / file).unlink()
    assert refused(content_copy) == [(file, None, " the file cannot be read")]
