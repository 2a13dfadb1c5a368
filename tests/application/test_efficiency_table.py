"""A table of costs is read as spreadsheets write it; whatever is wrong is told with its place and what to do."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from almenstyring.application.efficiency_table import read_cost_table
from almenstyring.codec import LARGEST_DOCUMENT
from almenstyring.domain.errors import DecodeError
from almenstyring.domain.figures.efficiency_costs import HomeCosts

FILE = "omkostninger.csv"


def read(text: str | bytes) -> tuple[HomeCosts, ...]:
    return read_cost_table(text if isinstance(text, bytes) else text.encode(), file=FILE)


def refused(text: str | bytes) -> list[str]:
    """Every fault as file:line column and what to do; in both languages, in the same places."""
    with pytest.raises(DecodeError) as caught:
        read(text)
    error = caught.value
    for words in (error.message, error.hint, *(fault.message for fault in error.faults)):
        assert words.da and words.en and words.da != words.en
        assert "{" not in words.da + words.en
    assert {fault.file for fault in error.faults} == {FILE}
    return [str(fault).removeprefix(FILE) for fault in error.faults]


def costs(text: str) -> list[Fraction | None]:
    """The costs of all units, one after the other."""
    return [cost for unit in read(text) for cost in unit.costs.values()]


# What is read


TABLE = (
    HomeCosts(unit="T1", group="a b", costs={"109": Fraction("1234.5"), "117.h": Fraction(7)}),
    HomeCosts(unit="T2", group="b", costs={"109": None, "117.h": Fraction(-2)}),
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("unit,group,109,117.h\nT1,a b,1234.50,7\nT2,b,,-2\n", id="commas and plain numbers"),
        pytest.param("unit;group;109;117.h\nT1;a b;1234,50;7\nT2;b;;-2\n", id="semicolons and Danish numbers"),
        pytest.param("unit;group;109;117.h\nT1;a b;1.234,50;7\nT2;b;;-2\n", id="Danish thousands"),
        pytest.param("unit;group;109;117.h\nT1;a b;1234.50;7\nT2;b;;-2\n", id="semicolons and plain numbers"),
        pytest.param("\ufeffunit;group;109;117.h\nT1;a b;1234,5;7\nT2;b;;-2\n", id="a byte order mark"),
        pytest.param("unit,group,109,117.h\r\nT1,a b,1234.5,7\r\nT2,b,,-2", id="lines of Windows, no last line end"),
        pytest.param("unit,group,109,117.h\rT1,a b,1234.5,7\rT2,b,,-2\r", id="lines of the old Mac"),
        pytest.param("Unit , GROUP, 109,117.h \n T1,a b , 1234.5 ,7\nT2,b, ,-2\n", id="blanks and capitals"),
        pytest.param('"unit","group","109","117.h"\n"T1","a b","1234.5","7"\n"T2","b","","-2"\n', id="quotation marks"),
        pytest.param("\nunit;group;109;117.h\n;;;\nT1;a b;1234,5;7\n\nT2;b;;-2\n;;;\n", id="empty lines"),
    ],
)
def test_a_table_is_read_as_spreadsheets_write_it(text: str) -> None:
    assert read(text) == TABLE


def test_a_cell_may_hold_the_delimiter_or_a_line_end_in_quotation_marks() -> None:
    (found,) = read('unit,group,109\n"T1, øst\nfor åen",a,5\n')
    assert found.unit == "T1, øst\nfor åen"
    assert found.costs["109"] == 5


@pytest.mark.parametrize(
    ("row", "found"),
    [
        pytest.param("1.234;7", [1234, 7], id="what may be either is Danish"),
        pytest.param("1.234;12.5", [Fraction("1.234"), Fraction("12.5")], id="plain by another number"),
        pytest.param("1.234;12,5", [1234, Fraction("12.5")], id="Danish by another number"),
        pytest.param("−7;", [-7, None], id="a typographic minus"),
        pytest.param(";", [None, None], id="no numbers at all"),
    ],
)
def test_with_semicolons_the_whole_table_tells_how_its_numbers_are_written(
    row: str, found: list[Fraction | int | None]
) -> None:
    assert costs(f"unit;group;109;110\nT1;a;{row}\n") == found


def test_with_commas_a_point_is_always_a_decimal_point() -> None:
    assert costs("unit,group,109\nT1,a,1.234\n") == [Fraction("1.234")]


amounts = st.none() | st.integers(-(10**9), 10**9)
names = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=8).map(str.strip)
tables = st.lists(
    st.tuples(names.filter(bool), names.filter(bool), amounts, amounts),
    min_size=1,
    max_size=8,
    unique_by=lambda row: row[0],
)


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize(("delimiter", "decimal"), [(",", "."), (";", ","), (";", ".")], ids=str)
@settings(max_examples=40)
@given(rows=tables)
def test_what_a_spreadsheet_wrote_is_what_is_read(mark: str, delimiter: str, decimal: str, rows: list[Any]) -> None:
    def written(ore: int | None) -> str:
        return "" if ore is None else f"{'-' if ore < 0 else ''}{abs(ore) // 100}{decimal}{abs(ore) % 100:02}"

    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["unit", "group", "109", "110"])
    writer.writerows([unit, group, written(one), written(other)] for unit, group, one, other in rows)
    assert [(each.unit, each.group, *each.costs.values()) for each in read(mark + out.getvalue())] == [
        (unit, group, *(None if ore is None else Fraction(ore, 100) for ore in ores)) for unit, group, *ores in rows
    ]


# What is refused


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("", ":1 The first line must begin with the columns unit and group", id="an empty file"),
        pytest.param("\n;;\n", ":1 The first line must begin", id="nothing but delimiters"),
        pytest.param("T1,a,5\n", ":1 The first line must begin", id="no names of columns"),
        pytest.param("group,unit,109\na,T1,5\n", ":1 The first line must begin", id="columns the wrong way round"),
        pytest.param("unit\tgroup\t109\nT1\ta\t5\n", ":1 The first line must begin", id="tabulators"),
        pytest.param("\n\nunit,109\nT1,5\n", ":3 The first line must begin", id="empty lines are counted"),
        pytest.param("unit,group\nT1,a\n", ":1 There are no cost accounts. Add", id="no accounts"),
        pytest.param("unit,group,109,\nT1,a,5,\n", ":1 Column 4 has no name. Name it", id="a column without a name"),
        pytest.param("unit,group,109,109\nT1,a,5,5\n", ":1 109 The column is there more than once. Keep", id="twice"),
        pytest.param("unit,group,unit\nT1,a,5\n", ":1 unit The column is there more", id="a key twice"),
        pytest.param("unit,group,109\n", " No units follow the first line. Add", id="no units"),
        pytest.param("unit,group,109\nT1,a,1,234.50\n", ":2 The line has 4 fields, but there are 3", id="thousands"),
        pytest.param("unit,group,109\nT1,a\n", ":2 The line has 2 fields, but there are 3", id="too few fields"),
        pytest.param("unit,group,109\n,a,5\n", ":2 unit The field is empty. Fill", id="no unit"),
        pytest.param("unit,group,109\nT1, ,5\n", ":2 group The field is empty. Fill", id="no group"),
        pytest.param("unit,group,109\nT1,a,5\n\nT1,b,5\n", ":4 unit 'T1' is also in line 2.", id="a unit twice"),
        pytest.param("unit,group,109\nT1,a,kr. 5\n", ":2 109 'kr. 5' is not a number. Write", id="no number"),
        pytest.param('unit,group,109\nT1,a,"1.234,50"\n', ":2 109 '1.234,50' is not a number. W", id="a Danish one"),
        pytest.param("unit;group;109\nT1;a;1.23,50\n", ":2 109 '1.23,50' is not a number. W", id="a wrong Danish one"),
        pytest.param("unit,group,109\nT1,a,1e5\n", ":2 109 '1e5' is not a number.", id="an exponent"),
        pytest.param("unit,group,109\nT1,a,nan\n", ":2 109 'nan' is not a number.", id="not a number at all"),
        pytest.param('unit,group,109\nT1,a,"5\nT2,a,5\n', ":3 The line is no valid CSV", id="an open quotation mark"),
        pytest.param('unit,group,109\nT1,a,"5"6\n', ":2 The line is no valid CSV", id="text after a quotation"),
        pytest.param("unit,group,109\nT1,på,5\n".encode("cp1252"), ":2 This is not UTF-8. Save", id="not UTF-8"),
        pytest.param("unit,group,109\nT1,a,5\n".encode("utf-16"), ":1 This is not UTF-8. Save", id="two bytes each"),
    ],
)
def test_a_fault_is_told_with_its_line_its_column_and_what_to_do(text: str | bytes, fault: str) -> None:
    (found,) = refused(text)
    assert found.startswith(fault)


def test_one_way_of_writing_numbers_is_wanted_in_the_whole_table() -> None:
    found = refused("unit;group;109;110\nT1;a;1234,50;5\nT2;a;12.5;5\n")
    assert len(found) == 1
    assert found[0].startswith(":3 109 '12.5' is not a number. Write kroner per home as 1234,50 or 1.234,50, one way")
    (plain,) = refused("unit;group;109;110\nT1;a;12.5;x\n")
    assert plain.startswith(":2 110 'x' is not a number. Write kroner per home as 1234.50; Danish")


def test_columns_without_a_name_are_told_one_by_one_and_not_as_one_that_is_there_twice() -> None:
    found = refused("unit,group,,109,\nT1,a,5,5,5\n")
    assert [words.partition(".")[0] for words in found] == [":1 Column 3 has no name", ":1 Column 5 has no name"]


def test_every_fault_of_the_lines_is_told_at_once() -> None:
    assert [fault.split(" ")[0] for fault in refused("unit,group,109\nT1,,5\nT1,a\nT1,a,5\nT1,b,5\n")] == [
        ":2",
        ":3",
        ":4",
        ":5",
    ]


def test_only_the_first_twenty_faults_are_told_and_the_rest_counted() -> None:
    def table(faults: int) -> str:
        return "unit,group,109\n" + "".join(f"T{n},a,x\n" for n in range(faults))

    assert len(refused(table(20))) == 20
    found = refused(table(25))
    assert len(found) == 21
    assert found[19].startswith(":21 109")
    assert found[20] == " There are 5 more faults."


def test_a_table_too_large_is_refused_before_anything_is_read() -> None:
    (found,) = refused(b"unit,group,109\n".ljust(LARGEST_DOCUMENT + 1, b"\n"))
    assert str(LARGEST_DOCUMENT) in found
    assert "Split it" in found


def test_a_cell_of_a_hostile_length_floods_no_message() -> None:
    (digits,) = refused(f"unit,group,109\nT1,a,{'9' * 5000}\n")
    assert digits.startswith(":2 109 ")
    assert len(digits) < 250
    (letters,) = refused(f"unit,group,109\nT1,a,{'x' * 200_000}\n")
    assert letters.startswith(":2 The line is no valid CSV")


def outcome(content: bytes) -> tuple[HomeCosts, ...] | DecodeError:
    try:
        return read(content)
    except DecodeError as error:
        return error


@given(st.binary(max_size=60) | st.text("unitgroup,;\n\"'109. -", max_size=60).map(str.encode))
def test_any_bytes_are_a_table_or_refused_with_places(content: bytes) -> None:
    head = b"unit,group,109\n"
    for tried in (content, head + content, head.replace(b",", b";") + content):
        found = outcome(tried)
        if isinstance(found, DecodeError):
            assert found.faults
            assert all(fault.file == FILE and fault.message.da for fault in found.faults)
        else:
            assert all(unit.unit and unit.group and unit.costs for unit in found)
