"""The template itself: what it reads, how it names a fault, and its rule."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from almenstyring import (
    AccountingPeriod,
    BackendError,
    Dkk,
    DocumentationPackage,
    EstateId,
    LbfNumber,
    Number,
    Registry,
    ReportYear,
    Sheet,
)
from almenstyring.plugins import Case, CheckContext
from almenstyring.ports import SourceAnswer, SourceRequest
from almenstyring_example.rules import homes_without_area
from almenstyring_example.source import CsvFolder

FOLDER = Path(__file__).parent / "folder"
NUMBER = LbfNumber("T007")
FIRST = EstateId.parse("T007-T0101")
SECOND = EstateId.parse("T007-T0201")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "folder"))


def asked(year: int = 2026, estates: tuple[EstateId, ...] = ()) -> SourceAnswer:
    request = SourceRequest(organisation=NUMBER, report_year=ReportYear(year), estates=estates)
    return CsvFolder(str(FOLDER)).figures(request)


def test_the_plugin_offers_a_source_and_a_rule_pack() -> None:
    registry = Registry.discover(only={"example"})
    assert not registry.faults
    assert list(registry.source("example").open(str(FOLDER)).organisations()) == [NUMBER, LbfNumber("T008")]
    assert [pack.rules for pack in registry.rule_packs()] == [(homes_without_area,)]


def test_danish_amounts_and_numbers_are_read() -> None:
    accounts = {found.unit: found.postings for found in asked().accounts}
    assert accounts[FIRST] == {
        "112.1": Dkk.of("176400.50"),
        "150": Dkk.of("3112000.25"),
        "220": Dkk.of("3112000.25"),
    }
    values = {(figure.unit, figure.name): figure.value for figure in asked().figures}
    assert values == {
        (NUMBER, "disposition_fund_per_unit"): Dkk.of("4310.75"),
        (FIRST, "external_move_outs"): Number.of(5),
        (FIRST, "rent_per_m2"): Number.of("948.35"),
    }


def test_a_figure_says_which_line_it_is_from() -> None:
    assert {figure.key for figure in asked().figures} == {"figures.csv:2", "figures.csv:3", "figures.csv:4"}


def test_each_report_year_has_its_own_period() -> None:
    assert [figure.unit for figure in asked(2025).figures] == [SECOND]
    assert asked(2019) == SourceAnswer()


def test_only_the_estates_named_are_answered() -> None:
    assert {found.unit for found in asked(estates=(SECOND,)).accounts} == {NUMBER}


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("organisations.csv", "T008;", "X8;", "organisations.csv:4, nummer"),
        ("organisations.csv", "T02;", "999;", "organisations.csv:4, kommune"),
        ("organisations.csv", "2025-06-30", "2023-06-30", "organisations.csv:4, til"),
        ("organisations.csv", "2024-07-01", "1/7 2024", "organisations.csv:4, fra"),
        ("estates.csv", ";18;", ";atten;", "estates.csv:3, boliger"),
        ("estates.csv", "T007-T0201", "T009-T0201", "estates.csv:3, afdeling"),
        ("estates.csv", "3.276,50", "3276.50", "estates.csv:2, areal"),
        ("estates.csv", "areal", "m2", "estates.csv:1"),
        ("accounts.csv", "176.400,50", "176.400,505", "accounts.csv:4, beløb"),
        ("accounts.csv", "560;", "560;;", "accounts.csv:2"),
        ("accounts.csv", ";560;", ";560 ", "accounts.csv:2"),
        ("accounts.csv", ";560;", ';"560;', "accounts.csv"),
        ("figures.csv", ";beløb;", ";kroner;", "figures.csv:2, type"),
    ],
    ids=lambda text: text,
)
def test_a_fault_is_told_with_file_line_column_and_remedy(
    folder: Path, file: str, old: str, new: str, place: str
) -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
    with pytest.raises(BackendError) as fault:
        CsvFolder(str(folder))
    assert fault.value.context["place"] == place
    assert fault.value.message.da.startswith(place)
    assert fault.value.hint.da and fault.value.hint.en


def test_a_file_that_is_not_utf8_or_missing_is_told_by_its_name(folder: Path) -> None:
    (folder / "figures.csv").write_bytes("enhed;til;navn;type;værdi\n".encode("latin-1"))
    with pytest.raises(BackendError, match=r"figures\.csv") as fault:
        CsvFolder(str(folder))
    assert isinstance(fault.value.__cause__, UnicodeError)
    (folder / "figures.csv").unlink()
    with pytest.raises(BackendError, match=r"figures\.csv"):
        CsvFolder(str(folder))


def test_a_spreadsheets_byte_order_mark_and_line_ends_are_no_fault(folder: Path) -> None:
    for file in folder.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    source = CsvFolder(str(folder))
    assert source.figures(SourceRequest(organisation=NUMBER, report_year=ReportYear(2026))) == asked()


def test_the_rule_finds_the_estate_with_homes_and_no_area() -> None:
    package = DocumentationPackage(
        organisation=NUMBER,
        report_year=ReportYear(2026),
        period=AccountingPeriod(date(2025, 1, 1), date(2025, 12, 31)),
        standard="Standard=almenstyring:styringsrapport(2026)",
        report=Sheet(unit=NUMBER),
        master_data=CsvFolder(str(FOLDER)).master_data(NUMBER),
    )
    case = Case(package=package, context=CheckContext())
    (problem,) = homes_without_area.check(case)
    assert problem.location.unit == "T007-T0201"
    assert homes_without_area.finding(problem).message.en == "Kolonnerne has 18 homes but no area."
