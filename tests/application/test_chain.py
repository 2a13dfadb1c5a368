"""A chain that was tampered with is seen, and where; an erased person's record is not tampering."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.application.chain import contains, verify_chain
from almenstyring.builtin.memory import MemoryStore
from almenstyring.ports import GENESIS, ChainHead, Draft, Record

AT = datetime(2026, 6, 29, 9, 30, tzinfo=UTC)

CHANGES: dict[str, Any] = {
    "kind": "other",
    "key": "Z",
    "revision": 7,
    "document": "{} ",
    "document_hash": GENESIS,
    "actor": "actor-2",
    "at": AT + timedelta(microseconds=1),
    "sequence": 9,
    "previous_hash": GENESIS,
    "hash": GENESIS,
    "indexed": {"year": "2026"},
}


class TamperedStore(MemoryStore):
    """A store somebody got at behind the library's back."""

    def change(self, place: int, **changes: Any) -> None:
        self._records[place - 1] = evolve(self._records[place - 1], **changes)

    def remove(self, place: int) -> None:
        del self._records[place - 1]

    def swap(self, place: int) -> None:
        self._records[place - 1 : place + 1] = reversed(self._records[place - 1 : place + 1])

    def reseal(self) -> None:
        """Forge every link anew, as one can who knows how the chain is made."""
        forged: list[Record] = []
        for place, record in enumerate(self._records, start=1):
            previous = forged[-1].hash if forged else GENESIS
            forged.append(evolve(record, sequence=place, previous_hash=previous, hash="").with_hash())
        self._records[:] = forged


@pytest.fixture
def store() -> Iterator[TamperedStore]:
    store = TamperedStore()
    store.put([draft("note", key) for key in "ABCDE"])
    yield store
    store.close()


def draft(kind: str, key: str, document: str = "{}") -> Draft:
    return Draft(
        kind=kind, key=key, document=document, expected_revision=0, actor="actor-1", at=AT, indexed={"year": 2026}
    )


def test_an_untouched_chain_is_whole(store: TamperedStore) -> None:
    report = verify_chain(store)
    assert (report.ok, report.records, report.erased, report.broken_at) == (True, 5, 0, None)
    assert report.head == store.head()
    assert report.message.da == "Kæden er hel: 5 led."


def test_every_field_of_a_record_is_known_to_the_test() -> None:
    assert {field.name for field in fields(Record)} == set(CHANGES)


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_any_field_breaks_the_chain_there(store: TamperedStore, name: str) -> None:
    store.change(3, **{name: CHANGES[name]})
    report = verify_chain(store)
    assert (report.ok, report.records, report.broken_at) == (False, 2, 3)
    assert "3" in report.message.da and "3" in report.message.en


def test_a_removed_record_breaks_the_chain(store: TamperedStore) -> None:
    store.remove(2)
    assert verify_chain(store).broken_at == 2


def test_two_swapped_records_break_the_chain(store: TamperedStore) -> None:
    store.swap(4)
    assert verify_chain(store).broken_at == 4


@given(place=st.integers(1, 5), forged=st.booleans())
def test_a_receipts_head_shows_what_a_whole_chain_hides(place: int, forged: bool) -> None:
    store = TamperedStore()
    store.put([draft("note", key) for key in "ABCDE"])
    receipt = store.head()
    if forged:
        store.change(place, actor="actor-2")
    else:
        store.remove(place)
    store.reseal()
    assert verify_chain(store).ok
    assert not contains(store, receipt)


def test_a_receipts_head_stays_valid_while_the_chain_grows(store: TamperedStore) -> None:
    receipts = [store.head()]
    for key in "FGH":
        store.put([draft("note", key)])
        receipts.append(store.head())
    assert all(contains(store, receipt) for receipt in receipts)
    assert contains(store, ChainHead())
    assert not contains(store, ChainHead(0, receipts[0].hash))
    assert not contains(store, ChainHead(99, receipts[0].hash))


def test_a_person_may_be_erased_and_nothing_else(store: TamperedStore) -> None:
    store.put([draft("person", "P1", '{"name": "…"}'), draft("person_contact", "P2", ""), draft("note", "F", "text")])
    store.change(6, document="")
    report = verify_chain(store)
    assert (report.ok, report.records, report.erased) == (True, 8, 1)
    store.change(6, document="{}")
    assert verify_chain(store).broken_at == 6
    store.change(6, document="")
    store.change(8, document="")
    assert verify_chain(store).broken_at == 8
