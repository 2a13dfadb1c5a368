"""What the core owns of a store's records: the seal that makes history tamper-evident."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.errors import InvalidValueError
from almenstyring.ports import (
    GENESIS,
    ChainHead,
    Draft,
    DrawnPicture,
    IndexValue,
    Record,
    digest_of,
    indexed_text,
    system_clock,
)
from almenstyring.testing.builders import clean_package
from almenstyring.testing.exporter_contract import an_export
from almenstyring.testing.picture_contract import EFFICIENCY

texts = st.text(st.characters(codec="utf-8"), max_size=12)
moments = st.datetimes(
    min_value=datetime(1971, 1, 1),  # noqa: DTZ001 - hypothesis wants them naive
    max_value=datetime(2900, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))]),
)
indexes: st.SearchStrategy[dict[str, IndexValue]] = st.dictionaries(
    texts, st.none() | st.integers() | texts, max_size=4
)
drafts = st.builds(
    Draft,
    kind=texts,
    key=texts,
    document=texts,
    expected_revision=st.integers(0, 99),
    actor=texts,
    at=moments,
    indexed=indexes,
)
records = st.builds(Draft.sealed, drafts, st.integers(1, 99), texts.map(digest_of))
OTHERS: dict[str, st.SearchStrategy[Any]] = {
    "kind": texts,
    "key": texts,
    "revision": st.integers(1, 99),
    "document_hash": texts.map(digest_of),
    "actor": texts,
    "at": moments,
    "sequence": st.integers(1, 99),
    "previous_hash": texts.map(digest_of),
    "indexed": indexes,
}


def test_every_field_of_a_record_is_under_the_seal() -> None:
    """The document is so through its hash, and can therefore be erased; the hash is the seal itself."""
    assert {field.name for field in attrs.fields(Record)} == {*OTHERS, "document", "hash"}


@pytest.mark.parametrize("name", OTHERS)
@given(data=st.data(), record=records)
def test_another_value_in_any_field_is_another_seal(name: str, data: st.DataObject, record: Record) -> None:
    other = data.draw(OTHERS[name].filter(lambda value: value != getattr(record, name)))
    changed: dict[str, Any] = {name: other}
    assert evolve(record, **changed).seal() != record.seal() == record.hash


@given(draft=drafts, other=texts)
def test_another_document_is_another_seal(draft: Draft, other: str) -> None:
    before, after = draft.sealed(1, GENESIS), evolve(draft, document=other).sealed(1, GENESIS)
    assert (before.hash == after.hash) is (draft.document == other)


@given(record=records)
def test_an_erased_document_leaves_the_seal_whole(record: Record) -> None:
    assert evolve(record, document="").seal() == record.hash


@given(draft=drafts, sequence=st.integers(1, 99))
def test_a_sealed_draft_is_the_next_revision_with_all_it_said(draft: Draft, sequence: int) -> None:
    record = draft.sealed(sequence, GENESIS)
    for field in ("kind", "key", "document", "actor", "at", "indexed"):
        assert getattr(record, field) == getattr(draft, field)
    assert record.revision == draft.expected_revision + 1
    assert (record.sequence, record.previous_hash) == (sequence, GENESIS)
    assert record.document_hash == digest_of(draft.document)
    assert record.at.utcoffset() == timedelta(0)


def test_a_moment_is_the_same_seal_in_every_time_zone() -> None:
    moment = datetime(2026, 6, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    draft = Draft(kind="a", key="b", document="{}", expected_revision=0, actor="x", at=moment)
    elsewhere = evolve(draft, at=moment.astimezone(UTC))
    assert draft.sealed(1, GENESIS).hash == elsewhere.sealed(1, GENESIS).hash


def test_the_seal_never_changes_between_builds() -> None:
    """Receipts that were given out must verify in every later build."""
    draft = Draft(
        kind="packages",
        key="T001/2026",
        document='{"tekst":"æøå"}',
        expected_revision=1,
        actor="kontor-1",
        at=datetime(2026, 6, 1, 12, 30, 15, 123456, tzinfo=UTC),
        indexed={"year": 2026, "organisation": "T001", "note": None},
    )
    record = draft.sealed(7, "ab" * 32)
    assert record.document_hash == "c55a414bc259d552d0238cec46569019b344c205a55999709165597904859e89"
    assert record.hash == "de2f21f7bd16dfbafbc025df73179aa74508a67ceaa8155c083da3e4c522e7fd"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(InvalidValueError) as caught:
        Draft(kind="a", key="b", document="{}", expected_revision=0, actor="x", at=datetime(2026, 6, 1))  # noqa: DTZ001
    assert "2026-06-01" in caught.value.message.da and "2026-06-01" in caught.value.message.en
    assert "UTC" in caught.value.hint.da and caught.value.hint.da != caught.value.hint.en


def test_a_conflict_says_what_was_expected_and_what_is_there() -> None:
    draft = Draft(kind="packages", key="T001/2026", document="{}", expected_revision=3, actor="x", at=system_clock())
    error = draft.conflict(5)
    assert error.retriable
    assert error.context == {"kind": "packages", "key": "T001/2026", "expected": 3, "actual": 5}
    for text in (error.message.da, error.message.en):
        assert "T001/2026" in text and "revision 3" in text and "revision 5" in text
    assert error.hint.da and error.hint.en


@given(indexed=indexes)
def test_indexed_fields_are_one_text_whatever_their_order(indexed: dict[str, IndexValue]) -> None:
    backwards = dict(reversed(indexed.items()))
    assert indexed_text(backwards) == indexed_text(indexed)
    assert json.loads(indexed_text(indexed)) == indexed


def test_a_number_and_its_digits_are_indexed_apart() -> None:
    assert indexed_text({"year": 2026}) != indexed_text({"year": "2026"})
    assert indexed_text({"å": "ø"}) == '{"å": "ø"}'


def test_a_digest_is_of_the_bytes_in_utf_8() -> None:
    assert digest_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digest_of("å") != digest_of("a\u030a")


def test_an_empty_chain_ends_at_the_genesis() -> None:
    assert ChainHead() == ChainHead(0, "0" * 64)


def test_the_system_clock_tells_utc() -> None:
    assert system_clock().utcoffset() == timedelta(0)


@pytest.mark.parametrize("times", [0, 2])
def test_an_export_needs_a_standard_for_each_package(times: int) -> None:
    export = an_export()
    with pytest.raises(InvalidValueError) as caught:
        evolve(export, standards=export.standards * times)
    assert (caught.value.context["packages"], caught.value.context["standards"]) == (1, times)


def test_an_export_gives_the_pictures_of_one_package_at_a_time() -> None:
    owners = [(number, year) for number in ("T001", "T002") for year in (2025, 2026)]
    packages = tuple(clean_package(year, number=number, estates=0) for number, year in owners)
    pictures = tuple(
        DrawnPicture(
            organisation=package.organisation,
            report_year=package.report_year,
            unit=package.organisation,
            picture=EFFICIENCY,
            svg=str(place).encode(),
        )
        for place, package in enumerate((*packages, packages[0]))
    )
    export = evolve(an_export(), packages=packages[:2], standards=an_export().standards * 2, pictures=pictures)
    assert [[each.svg for each in export.pictures_of(package)] for package in packages] == [
        [b"0", b"4"],
        [b"1"],
        [b"2"],
        [b"3"],
    ]
    assert evolve(export, pictures=()).pictures_of(packages[0]) == ()
