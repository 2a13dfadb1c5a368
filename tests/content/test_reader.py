from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.content.reader import Document, printed, read_toml
from almenstyring.domain.errors import ContentError, Fault
from almenstyring.domain.text import Text

WRONG = Text("forkert", "wrong")


def read(tmp_path: Path, content: bytes) -> Document:
    (tmp_path / "some.toml").write_bytes(content)
    return read_toml(tmp_path / "some.toml")


def refused(tmp_path: Path, content: bytes) -> Fault:
    with pytest.raises(ContentError) as caught:
        read(tmp_path, content)
    (fault,) = caught.value.faults
    assert fault.file == "some.toml"
    return fault


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(b"a = 1\nb = \nc = 2\n", 2, id="a value is missing"),
        pytest.param(b"a = 1\na = 2\n", 2, id="a key stands twice"),
        pytest.param(b"[a]\n[b]\n[a]\n", 3, id="a table stands twice"),
        pytest.param(b'a = 1\nb = "', 2, id="a text is not closed"),
        pytest.param(b"a = 1\nb = [\n1,\n", 4, id="a list is not closed"),
        pytest.param(b"a = 1\r\nb = ]\r\n", 2, id="lines end as on Windows"),
        pytest.param(b"a = 1\nb = " + b"[" * 100_000, 2, id="lists in lists without end"),
    ],
)
def test_what_is_not_toml_is_refused_with_its_line(tmp_path: Path, content: bytes, line: int) -> None:
    fault = refused(tmp_path, content)
    assert fault.line == line
    assert "not valid TOML" in fault.message.en


def test_what_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    fault = refused(tmp_path, "a = 1\nb = 'afdeling på øen'\n".encode("latin-1"))
    assert (fault.line, fault.message.en) == (2, "the text is not UTF-8")


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        read_toml(tmp_path / "none.toml", "satser")
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.message.da) == ("satser", None, "filen kan ikke læses")


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        read_toml(tmp_path)


SPREAD = b"""\
# a comment
top = 1

[[row]]
id = "a"
text.da = "en"
text.en = "one"
options = [
  { id = "x" },
  # in between
  { id = "y" },
]
[row.asked]
"a.b" = 1

[[row]]
id = "b"
note = \"\"\"
first
second\"\"\"
"""


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        pytest.param((), 1, id="the document"),
        pytest.param(("top",), 2, id="a key"),
        pytest.param(("row",), 4, id="an array of tables, at its first"),
        pytest.param(("row", 0, "text", "en"), 7, id="a dotted key"),
        pytest.param(("row", 0, "options"), 8, id="a statement over many lines, at its first"),
        pytest.param(("row", 0, "options", 1, "id"), 8, id="inside such a statement, at its first line too"),
        pytest.param(("row", 0, "asked", "a.b"), 14, id="a quoted key"),
        pytest.param(("row", 1), 16, id="the second table of an array"),
        pytest.param(("row", 1, "note"), 18, id="a text over many lines"),
        pytest.param(("row", 1, "missing"), 16, id="a key that is missing, at its table"),
        pytest.param(("missing", "deeper"), 1, id="a table that is missing, at the document"),
        pytest.param(("top", "deeper"), 2, id="deeper than a plain value, at the value"),
    ],
)
def test_the_line_of_a_path_is_the_first_of_its_statement(
    tmp_path: Path, steps: tuple[str | int, ...], line: int
) -> None:
    assert read(tmp_path, SPREAD).line_of(steps) == line


def test_lines_that_end_as_on_windows_are_counted_the_same(tmp_path: Path) -> None:
    document = read(tmp_path, SPREAD.replace(b"\n", b"\r\n"))
    assert document.data == read(tmp_path, SPREAD).data
    assert document.line_of(("row", 1, "note")) == 18


def test_a_long_statement_has_a_line_too(tmp_path: Path) -> None:
    content = "a = 1\nlong = [\n" + "  1,\n" * 200 + "]\nb = 2\n"
    document = read(tmp_path, content.encode())
    assert document.line_of(("long", 199)) == 2
    assert document.line_of(("b",)) == 204


@given(st.lists(st.sampled_from(["one", "two\nlines", "three\n\nlines"]), min_size=1, max_size=12), st.data())
def test_every_key_is_found_on_the_line_it_was_written_on(values: list[str], data: st.DataObject) -> None:
    text, lines = "", []
    for number, value in enumerate(values):
        lines.append(text.count("\n") + 1)
        text += f'key-{number} = """{value}"""\n'
    wanted = data.draw(st.integers(0, len(values) - 1))
    document = Document("x", tuple(text.split("\n")), {f"key-{n}": value for n, value in enumerate(values)})
    assert document.line_of((f"key-{wanted}",)) == lines[wanted]


def test_a_fault_reads_like_a_compilers() -> None:
    document = Document("rates.toml", ("[[rate]]", "amount = 3"), {"rate": [{"amount": 3}]})
    assert str(document.fault(("rate", 0, "amount"), WRONG)) == "rates.toml:2 rate[0].amount wrong"


def test_paths_are_printed_with_positions_in_brackets() -> None:
    assert printed(("a", 0, "b.c", 1)) == "a[0].b.c[1]"
    assert not printed(())
