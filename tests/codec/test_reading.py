"""Whatever bytes come in, there is a value or one DecodeError with path, file name and both languages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from almenstyring.codec import DEEPEST_NESTING, FORMATS, LARGEST_DOCUMENT, MOST_FAULTS, decode, parse, recognise
from almenstyring.domain.errors import DecodeError, Fault
from almenstyring.domain.reporting import CentralReceipt, DocumentationPackage

RECEIPT = {
    "format": "almenstyring/central-receipt", "format_version": 1, "organisation": "T001", "report_year": 2026,
    "sending": 1, "reference": "SYN-1", "filed_on": "2026-08-14", "recorded_by": "kontor-1",
}  # fmt: skip


def receipt(**changed: object) -> str:
    return json.dumps({**RECEIPT, **changed})


def faults(document: str | bytes, kind: type[object] = CentralReceipt) -> tuple[Fault, ...]:
    """The faults of a refused document; every one says where and in both languages, and no message is a flood."""
    with pytest.raises(DecodeError) as refused:
        decode(document, kind, file="kvittering.json")
    error = refused.value
    assert error.faults
    assert all(text.da and text.en for text in (error.message, error.hint))
    for fault in error.faults:
        assert fault.file == "kvittering.json"
        assert fault.path.startswith("$")
        assert 0 < len(fault.message.da) < 200
        assert 0 < len(fault.message.en) < 200
    return error.faults


def test_the_document_that_the_others_spoil_is_good() -> None:
    assert decode(receipt(), CentralReceipt).reference == "SYN-1"


def test_a_document_cut_anywhere_is_refused_with_the_line(complete_document: str) -> None:
    whole = complete_document.encode()
    for end in range(0, len(whole.rstrip()), 50):
        [fault] = faults(whole[:end], DocumentationPackage)
        assert fault.path == "$"
        assert fault.line or "UTF-8" in fault.message.en


BAD = {
    "nothing": (b"", "$"),
    "blanks": (b" \n ", "$"),
    "null": (b"null", "$.format"),
    "a list": (b"[]", "$.format"),
    "a text": (b'"almenstyring/central-receipt"', "$.format"),
    "an object without format": (b"{}", "$.format"),
    "another format": (receipt(format="almenstyring/package").encode(), "$.format"),
    "a format that is an object": (receipt(format={"a": 1}).encode(), "$.format"),
    "version 0": (receipt(format_version=0).encode(), "$.format_version"),
    "version 2": (receipt(format_version=2).encode(), "$.format_version"),
    "version as text": (receipt(format_version="1").encode(), "$.format_version"),
    "version true": (receipt(format_version=True).encode(), "$.format_version"),
    "version null": (receipt(format_version=None).encode(), "$.format_version"),
    "a version beyond all bounds": (receipt(format_version=10**39).encode(), "$.format_version"),
    "report year 1999": (receipt(report_year=1999).encode(), "$.report_year"),
    "report year as text": (receipt(report_year="2026").encode(), "$.report_year"),
    "NaN": (receipt(sending=float("nan")).encode(), "$.sending"),
    "Infinity": (receipt(sending=float("inf")).encode(), "$.sending"),
    "minus Infinity": (receipt(sending=float("-inf")).encode(), "$.sending"),
    "1e400": (receipt().replace('"sending": 1', '"sending": 1e400').encode(), "$.sending"),
    "3.7": (receipt(sending=3.7).encode(), "$.sending"),
    "1.0": (receipt(sending=1.0).encode(), "$.sending"),
    "5,000 digits": (receipt().replace('"sending": 1', f'"sending": {"7" * 5000}').encode(), "$.sending"),
    "20 digits": (receipt(sending=10**20).encode(), "$.sending"),
    "a key twice": (receipt().replace('"sending": 1', '"sending": 1, "sending": 2').encode(), "$.sending"),
    "half a character": (receipt(reference="\ud800").encode(), "$.reference"),
    "Latin-1": (receipt().replace("SYN-1", "æ").encode("latin-1"), "$"),
    "UTF-16": (receipt().encode("utf-16"), "$"),
    "a NUL byte": (receipt().encode() + b"\x00", "$"),
    "a raw line break in a text": (receipt().replace("SYN-1", "a\nb").encode(), "$"),
    "a comma too many": (receipt().replace("}", ",}").encode(), "$"),
    "two documents": ((receipt() * 2).encode(), "$"),
    "single quotes": (receipt().replace('"', "'").encode(), "$"),
}


@pytest.mark.parametrize(("document", "path"), BAD.values(), ids=BAD.keys())
def test_one_clear_fault(document: bytes, path: str) -> None:
    assert [fault.path for fault in faults(document)] == [path]


@pytest.mark.parametrize("half", ["\ud800", "æ\udfff"])
def test_half_a_character_is_refused_in_a_text_given_as_str(half: str) -> None:
    assert [fault.path for fault in faults(json.dumps({**RECEIPT, "reference": half}, ensure_ascii=False))] == [
        "$.reference"
    ]


def test_half_a_character_is_refused_in_a_key_too() -> None:
    with pytest.raises(DecodeError) as refused:
        parse('{"postings": {"a\\udfff": 1}}')
    [fault] = refused.value.faults
    assert fault.path == "$.postings"
    assert "half a character" in fault.message.en


def test_a_whole_character_beyond_the_basic_plane_is_fine() -> None:
    assert decode(receipt(reference="🌱"), CentralReceipt).reference == "🌱"


@pytest.mark.parametrize("document", ["\ufeff" + receipt(), b"\xef\xbb\xbf" + receipt().encode()], ids=["str", "bytes"])
def test_a_utf8_byte_order_mark_is_skipped(document: str | bytes) -> None:
    assert decode(document, CentralReceipt).sending == 1


def nested(levels: int, opening: str = "[", closing: str = "]") -> str:
    return opening * levels + closing * levels


def test_nesting_is_bounded_exactly() -> None:
    assert parse(nested(DEEPEST_NESTING)) is not None
    with pytest.raises(DecodeError) as refused:
        parse(nested(DEEPEST_NESTING + 1))
    [fault] = refused.value.faults
    assert fault.path == "$" + "[0]" * DEEPEST_NESTING
    assert str(DEEPEST_NESTING) in fault.message.da


@pytest.mark.parametrize("levels", [41, 900, 100_000])
@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_deep_nesting_never_breaks_the_reader(levels: int, opening: str) -> None:
    closing = "]" if opening == "[" else "}"
    document = receipt().replace('"sending": 1', f'"sending": {opening * levels}1{closing * levels}')
    [fault] = faults(document)
    assert str(DEEPEST_NESTING) in fault.message.en


def test_a_document_beyond_the_size_is_refused_unread() -> None:
    [fault] = faults(b" " * 65_000_000)
    assert str(LARGEST_DOCUMENT) in fault.message.da
    with pytest.raises(DecodeError):
        parse(" " * (LARGEST_DOCUMENT + 1))


def test_every_bad_number_is_told_with_its_path_in_order() -> None:
    document = '{"a": 1.5, "b": [1, NaN, {"c d": 1e3}], "e": {"f": -0.0, "f": 2}}'
    with pytest.raises(DecodeError) as refused:
        parse(document)
    assert [fault.path for fault in refused.value.faults] == ["$.a", "$.b[1]", "$.b[2]['c d']", "$.e.f"]


def test_a_flood_of_faults_is_cut() -> None:
    with pytest.raises(DecodeError) as refused:
        parse("[" + "1.5," * 100_000 + "1.5]")
    assert len(refused.value.faults) == MOST_FAULTS


def test_a_flood_of_repeated_keys_is_counted_once() -> None:
    with pytest.raises(DecodeError) as refused:
        parse("{" + ",".join(['"a":1'] * 200_000) + "}")
    assert [fault.path for fault in refused.value.faults] == ["$.a"]


def test_long_keys_and_texts_are_cut_in_paths_and_messages() -> None:
    secret = "hemmelig" * 1000
    for spoiled in (
        receipt(**{secret: 1}),
        receipt(organisation=secret),
        receipt(filed_on=secret),
        receipt(format=secret),
        receipt(format_version=secret),
        receipt(sending={secret: [secret]}),
        json.dumps({secret: 1.5}),
        receipt().replace('"sending": 1', f'"sending": 1.{"7" * 5000}'),
    ):
        for fault in faults(spoiled):
            for text in (fault.path, fault.message.da, fault.message.en):
                assert len(text) < 200
                assert "hemmelig" * 8 not in text


@pytest.mark.parametrize(("kind", "named"), FORMATS.items(), ids=lambda value: getattr(value, "__name__", None))
def test_a_document_is_recognised_by_its_format(kind: type, named: tuple[str, int]) -> None:
    assert recognise({"format": named[0]}) is kind


@pytest.mark.parametrize("tree", [None, [], "almenstyring/package", {}, {"format": []}, {"format": "other"}], ids=repr)
def test_what_claims_nothing_known_is_not_recognised(tree: object) -> None:
    assert recognise(tree) is None


SCALARS: st.SearchStrategy[Any] = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
)


@given(TREES, st.sampled_from(list(FORMATS)), st.booleans())
def test_any_json_is_refused_or_read(tree: object, kind: type[object], in_a_document: bool) -> None:
    name, version = FORMATS[kind]
    document = {**tree, "format": name, "format_version": version} if in_a_document and isinstance(tree, dict) else tree
    faults(json.dumps(document), kind)


@given(st.binary(max_size=60) | st.text(st.sampled_from('{}[]",:0123456789eE.-tfnul\\ud8 \n'), max_size=60))
@example(b"\xef\xbb\xbf\xef\xbb\xbf{}")
@example('"\\')
@example("-")
def test_any_bytes_are_refused(document: str | bytes) -> None:
    faults(document)
