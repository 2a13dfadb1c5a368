"""The part of the store contract about erasing: the document goes, for good, and nothing else changes."""

# A test's name is its description; a transaction that fails is a block of several statements.
# ruff: noqa: D102, PT012

from __future__ import annotations

import pytest
from attrs import evolve

from almenstyring.application.chain import contains, verify_chain
from almenstyring.domain.errors import InvalidValueError
from almenstyring.ports import Record, Store
from almenstyring.testing.store_drafts import a_draft, explains_itself, keys_of


class _OnPurposeError(Exception):
    """What the tests leave a transaction with."""


def _emptied(record: Record) -> Record:
    return evolve(record, document="")


class EraseContract:
    """What ``erase`` takes away, and what it leaves."""

    def test_erasing_empties_every_revision_and_keeps_links_hashes_and_indexed_values(self, store: Store) -> None:
        older, newer = store.put(
            [a_draft("A", 0, "old", kind="person", n=1), a_draft("A", 1, "new", kind="person", n=2)]
        )
        assert store.erase("person", "A") == 2
        assert list(store.history("person", "A")) == [_emptied(older), _emptied(newer)]
        assert store.get("person", "A") == _emptied(newer) and store.get("person", "A", 1) == _emptied(older)
        assert list(store.find("person", {"n": 2})) == [_emptied(newer)]
        assert all(record.is_erased for record in store.history("person", "A"))

    def test_the_chain_still_verifies_after_erasing_and_heads_kept_elsewhere_are_in_it(self, store: Store) -> None:
        store.put([a_draft("A", document="x", kind="person")])
        head = store.head()
        store.put([a_draft("B")])
        store.erase("person", "A")
        report = verify_chain(store)
        assert (report.ok, report.records, report.erased) == (True, 2, 1)
        assert contains(store, head) and store.head() == report.head

    def test_erasing_touches_no_other_key_and_no_other_kind(self, store: Store) -> None:
        kinds = ["person", "persons", "note"]
        store.put([a_draft(key, document=f"{kind} {key}", kind=kind) for kind in kinds for key in ("A", "a", "AB")])
        store.erase("person", "A")
        kept = [record.document for record in store.chain() if record.document]
        assert kept == [f"{kind} {key}" for kind in kinds for key in ("A", "a", "AB")][1:]

    def test_erasing_again_or_what_is_not_there_erases_nothing(self, store: Store) -> None:
        store.put([a_draft("A", document="x", kind="person")])
        assert [store.erase("person", key) for key in "AAB"] == [1, 0, 0]
        assert keys_of(store.chain()) == ["A"]

    def test_a_revision_put_after_erasing_stands_and_can_be_erased_too(self, store: Store) -> None:
        store.put([a_draft("A", 0, "old", kind="person")])
        store.erase("person", "A")
        store.put([a_draft("A", 1, "new", kind="person")])
        assert [record.document for record in store.history("person", "A")] == ["", "new"]
        assert store.erase("person", "A") == 1
        assert verify_chain(store).erased == 2

    @pytest.mark.parametrize("kind", ["note", "Person", " person", "", "packages"])
    def test_a_kind_that_is_kept_for_ever_is_not_erased(self, store: Store, kind: str) -> None:
        store.put([a_draft("A", document="x", kind=kind)])
        with pytest.raises(InvalidValueError) as caught:
            store.erase(kind, "A")
        assert explains_itself(caught.value)
        assert [record.document for record in store.chain()] == ["x"]

    def test_an_erasure_in_a_transaction_that_fails_is_taken_back(self, store: Store) -> None:
        store.put([a_draft("A", 0, "old", kind="person"), a_draft("B", 0, "b", kind="person")])
        before = list(store.chain())
        with pytest.raises(_OnPurposeError), store.transaction():
            store.put([a_draft("A", 1, "new", kind="person")])
            store.erase("person", "A")
            assert [record.document for record in store.history("person", "A")] == ["", ""]
            raise _OnPurposeError
        assert list(store.chain()) == before
        with store.transaction():
            store.erase("person", "B")
            with pytest.raises(_OnPurposeError), store.transaction():
                store.erase("person", "A")
                raise _OnPurposeError
        assert [record.document for record in store.chain()] == ["old", ""]
