from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import pytest
from attrs import field, frozen

from almenstyring.content.reader import Document
from almenstyring.content.structure import Checks, Complaint, structure
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import ContentError
from almenstyring.domain.text import Text
from almenstyring.domain.values import Dkk, LegalReference, MunicipalityCode, Number


@frozen(kw_only=True)
class Row:
    id: str
    amount: Dkk | None = None
    law: LegalReference | None = None
    count: int = 0
    flag: bool = False
    day: date | None = None
    number: Number | None = None
    year: ReportYear | None = None
    code: MunicipalityCode | None = None
    certainty: Certainty = Certainty.OFFICIAL
    name: Text | None = None
    words: tuple[str, ...] = ()
    kinds: frozenset[Certainty] = frozenset()
    source: str = ""
    hidden: str = field(init=False, default="never in a file")


@frozen(kw_only=True)
class File:
    row: tuple[Row, ...] = ()
    rows: Mapping[str, Row] = field(factory=dict)
    names: Mapping[str, Text] = field(factory=dict)
    numbers: Mapping[str, int] = field(factory=dict)


def document(text: str) -> Document:
    import tomllib

    return Document("file.toml", tuple(text.split("\n")), tomllib.loads(text))


def faults(text: str, checks: Checks | None = None) -> list[str]:
    with pytest.raises(ContentError) as caught:
        structure(document(text), File, checks)
    return [str(fault).removeprefix("file.toml:") for fault in caught.value.faults]


def test_every_kind_of_value_is_read_as_its_type() -> None:
    read = structure(
        document(
            """
            [names]
            one = { da = "en", en = "one" }
            [numbers]
            two = 2
            [rows.a]
            amount = "187.50"
            law = "DB § 38, stk. 1"
            count = 3
            flag = true
            day = 2024-01-01
            number = "5.4"
            year = 2026
            code = "0410"
            certainty = "derived"
            name.da = "en"
            name.en = "one"
            words = ["x", "y"]
            kinds = ["official", "derived"]
            source = "anything where there are no sources"
            """
        ),
        File,
    )
    assert read.names == {"one": Text("en", "one")}
    assert read.numbers == {"two": 2}
    assert read.rows["a"] == Row(
        id="a",
        amount=Dkk.of("187.50"),
        law=LegalReference.parse("DB § 38, stk. 1"),
        count=3,
        flag=True,
        day=date(2024, 1, 1),
        number=Number.of("5.4"),
        year=ReportYear(2026),
        code=MunicipalityCode("410"),
        certainty=Certainty.DERIVED,
        name=Text("en", "one"),
        words=("x", "y"),
        kinds=frozenset({Certainty.OFFICIAL, Certainty.DERIVED}),
        source="anything where there are no sources",
    )


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        pytest.param("amount = 187", "a text is wanted here", id="a number in place of an amount"),
        pytest.param('amount = "1.875,00"', "is not a number", id="an amount in Danish notation"),
        pytest.param('amount = "0.001"', "decimals", id="an amount finer than the øre"),
        pytest.param('law = "DB 38"', "lacks the sign §", id="a law without its sign"),
        pytest.param("count = 3.7", "a whole number is wanted here", id="a decimal number in place of a whole one"),
        pytest.param("count = true", "a whole number is wanted here", id="true in place of a whole number"),
        pytest.param('count = "3"', "a whole number is wanted here", id="a text in place of a whole number"),
        pytest.param('flag = "yes"', "true or false is wanted here", id="yes in place of true"),
        pytest.param("flag = 1", "true or false is wanted here", id="1 in place of true"),
        pytest.param("day = 2024-01-01T00:00:00", "a date is wanted here", id="a time in place of a date"),
        pytest.param('day = "2024-01-01"', "a date is wanted here", id="a text in place of a date"),
        pytest.param("number = 5.4", "a text is wanted here", id="a float"),
        pytest.param("year = 2009", "not a report year", id="a year before the reform"),
        pytest.param('code = "999"', "is not a municipality code", id="no municipality"),
        pytest.param('certainty = "sure"', "official, derived, project-authored", id="a word outside a closed list"),
        pytest.param("certainty = 1", "official, derived, project-authored", id="a number in place of a word"),
        pytest.param('name = "kun dansk"', "a table is wanted here", id="a text in one language"),
        pytest.param('name = { da = "en" }', "the key is missing", id="a text without English"),
        pytest.param('name = { da = "en", en = " " }', "the text is empty", id="a blank English text"),
        pytest.param('words = "x"', "a list is wanted here", id="a text in place of a list"),
        pytest.param('words = ["x", 2]', "a text is wanted here", id="a number among texts"),
        pytest.param('kinds = ["sure"]', "one of these", id="a wrong word in a set"),
        pytest.param('hidden = "x"', "unknown key", id="a field that is never in a file"),
        pytest.param('sauce = "x"', "unknown key", id="a misspelt key"),
        pytest.param('id = "b"', "unknown key", id="a key that the row has by its place"),
    ],
)
def test_anything_else_is_refused_on_its_line(line: str, fault: str) -> None:
    (found,) = faults(f"[rows.a]\n\n{line}\n[rows.b]\ncount = 1")
    assert found.startswith("3 rows.a.")
    assert fault in found


def test_a_missing_key_is_told_at_its_table() -> None:
    assert faults("[[row]]\nid = 'a'\n[[row]]\ncount = 1") == ["3 row[1].id the key is missing"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("row = 1", "1 row a list is wanted here"),
        ("row = [1]", "1 row[0] a table is wanted here"),
        ("rows = 1", "1 rows a table is wanted here"),
        ("rows.a = 1", "1 rows.a a table is wanted here"),
        ("numbers.a = 'x'", "1 numbers.a a whole number is wanted here"),
        ("sources = 1", "1 sources a table is wanted here"),
        ("sources.a = 1", "1 sources.a a text is wanted here"),
    ],
)
def test_a_wrong_shape_is_refused_without_a_crash(text: str, fault: str) -> None:
    assert faults(text) == [fault]


def test_all_faults_are_told_at_once_in_the_order_of_their_lines() -> None:
    text = "[[row]]\nid = 'a'\ncount = 'x'\nflag = 2\n[[row]]\nid = 'a'\nlaw = '§'\n[[row]]\nextra = 1"
    assert [found.split(" ")[:2] for found in faults(text)] == [
        ["3", "row[0].count"],
        ["4", "row[0].flag"],
        ["5", "row[1]"],
        ["7", "row[1].law"],
        ["8", "row[2].id"],
        ["9", "row[2].extra"],
    ]


def test_a_source_is_a_row_of_the_sources() -> None:
    text = "[sources]\nlbf = 'Landsbyggefonden'\n[[row]]\nid = 'a'\nsource = '{source}'"
    assert structure(document(text.format(source="lbf")), File).row[0].source == "Landsbyggefonden"
    assert faults(text.format(source="LBF")) == ["5 row[0].source is not in [sources]"]


def test_entries_are_told_apart_by_the_keys_the_checks_name() -> None:
    twice = "[[row]]\nid = 'a'\ncount = 1\n[[row]]\nid = 'a'\ncount = {count}"
    by_both = Checks(keys={Row: ("id", "count")})
    assert len(structure(document(twice.format(count=2)), File, by_both).row) == 2
    assert faults(twice.format(count=2)) == ["4 row[1] a is here twice"]
    assert faults(twice.format(count=1), by_both) == ["4 row[1] a 1 is here twice"]


def test_a_word_must_be_in_the_table_it_refers_to() -> None:
    checks = Checks(refers={"id": "names"})
    named = "[names]\na = { da = 'en', en = 'one' }\n[[row]]\nid = 'a'"
    assert structure(document(named), File, checks).row[0].id == "a"
    assert faults("[[row]]\nid = 'a'", checks) == ["2 row[0].id is not in [names]"]


def test_what_is_wrong_between_fields_is_told_with_the_rest() -> None:
    def complain(row: Row) -> Iterator[Complaint]:
        if row.flag and not row.count:
            yield ("count",), Text("mangler", "is wanted with flag")

    checks = Checks(complaints={Row: complain})
    text = "[[row]]\nid = 'a'\nflag = true\n[[row]]\nid = 'b'\nflag = true\ncount = 1\n[[row]]\nlaw = 'DB § 1'"
    assert faults(text, checks) == ["1 row[0].count is wanted with flag", "8 row[2].id the key is missing"]


def test_the_error_names_the_file_and_lists_every_fault_in_its_text() -> None:
    with pytest.raises(ContentError) as caught:
        structure(document("x = 1\ny = 2"), File)
    assert str(caught.value).split("\n") == [
        "The content of file.toml cannot be used. Mend what is said of each line.",
        "  file.toml:1 x unknown key",
        "  file.toml:2 y unknown key",
    ]
    assert caught.value.context == {"files": "file.toml"}
