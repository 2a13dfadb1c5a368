"""What every store must do, as tests an adapter's author runs by subclassing one class."""

# A test's name is its description; a transaction that fails is a block of several statements.
# ruff: noqa: ARG002, D102, PT012

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta, timezone
from typing import ClassVar

import pytest

from almenstyring.application.chain import verify_chain
from almenstyring.domain.errors import BackendError, ConflictError
from almenstyring.ports import ChainHead, Draft, IndexValue, Store
from almenstyring.testing.applicable import is_overridden, leave_out_unoffered
from almenstyring.testing.store_drafts import AT, TEXTS, a_draft, explains_itself, keys_of
from almenstyring.testing.store_erasing import EraseContract
from almenstyring.testing.store_finding import ChainContract, FindContract
from almenstyring.testing.store_model import check_against_model

OpenStore = Callable[[], Store]


class _OnPurposeError(Exception):
    """What the tests leave a transaction with."""


class StoreContract(FindContract, ChainContract, EraseContract):
    """Subclass it, give the fixture ``open_store``, and run pytest.

    ``open_store`` returns a function that opens the same store each time; within a test it is empty
    at first. Set ``persistent`` to False for a store that is gone when closed, and ``shared`` to
    False for one that two handles cannot use at once. Give ``broken_store`` to show that a backend
    that cannot work is reported in the library's words. Tests of what a store does not offer are
    not collected.
    """

    persistent: ClassVar[bool] = True
    shared: ClassVar[bool] = True

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        broken = is_overridden(cls, StoreContract, "broken_store")
        leave_out_unoffered(cls, {"reopen": cls.persistent, "other": cls.shared, "broken_store": broken})

    @pytest.fixture
    def open_store(self) -> OpenStore:
        """A function that opens the store under test; the author's only duty."""
        pytest.fail("Override the fixture open_store.", pytrace=False)

    @pytest.fixture
    def broken_store(self) -> OpenStore:
        """A function that tries to open a store whose backend cannot work; optional."""
        pytest.fail("Override the fixture broken_store.", pytrace=False)

    @pytest.fixture
    def store(self, open_store: OpenStore) -> Iterator[Store]:
        """The store under test, closed at the end."""
        store = open_store()
        yield store
        store.close()

    @pytest.fixture
    def reopen(self, open_store: OpenStore) -> OpenStore:
        """Opens the store again, where it persists."""
        return open_store

    @pytest.fixture
    def other(self, store: Store, open_store: OpenStore) -> Iterator[Store]:
        """A second handle on the store, where it can be shared."""
        other = open_store()
        yield other
        other.close()

    # --- putting and getting ------------------------------------------------------------------------------------------

    def test_it_has_every_method_of_a_store(self, store: Store) -> None:
        assert isinstance(store, Store)

    def test_a_record_comes_back_as_it_was_put(self, store: Store) -> None:
        (record,) = store.put([a_draft("A", 0, '{"n": 1}', colour="red", size=None)])
        assert (record.kind, record.key, record.revision, record.document) == ("note", "A", 1, '{"n": 1}')
        assert (record.actor, record.at, dict(record.indexed)) == ("actor-1", AT, {"colour": "red", "size": None})
        assert store.get("note", "A") == record

    def test_each_revision_counts_up_and_the_older_ones_stay(self, store: Store) -> None:
        records = [store.put([a_draft("A", revision, f"{revision}")])[0] for revision in range(3)]
        assert [record.revision for record in records] == [1, 2, 3]
        assert list(store.history("note", "A")) == records
        assert [store.get("note", "A", revision) for revision in (1, 2, 3)] == records

    def test_get_without_a_revision_gives_the_newest(self, store: Store) -> None:
        store.put([a_draft("A", 0, "old"), a_draft("A", 1, "new")])
        newest = store.get("note", "A")
        assert newest is not None and (newest.revision, newest.document) == (2, "new")

    def test_what_is_unknown_is_none_and_has_no_history(self, store: Store) -> None:
        store.put([a_draft("A")])
        unknown = [("note", "B", None), ("other", "A", None), ("note", "A", 2), ("note", "A", 0), ("note", "A", -1)]
        assert [store.get(*place) for place in unknown] == [None] * len(unknown)
        assert list(store.history("note", "B")) == []

    def test_the_same_key_of_another_kind_is_another_record(self, store: Store) -> None:
        store.put([a_draft("A", kind="one"), a_draft("A", kind="two")])
        assert keys_of(store.find("one")) == keys_of(store.find("two")) == ["A"]

    def test_keys_that_only_look_alike_are_different(self, store: Store) -> None:
        keys = ["a", "A", "a ", "å", "a\u030a", "01", "1", "a\x00", ""]
        store.put([a_draft(key, document=repr(key)) for key in keys])
        assert [record and record.document for record in map(store.get, ["note"] * 9, keys)] == [repr(k) for k in keys]

    @pytest.mark.parametrize("document", TEXTS.values(), ids=TEXTS.keys())
    def test_a_document_is_kept_to_the_letter(self, store: Store, document: str) -> None:
        (record,) = store.put([a_draft(document=document)])
        assert store.get("note", "A") == record
        assert record.document == document

    def test_a_time_is_kept_to_the_microsecond_and_comes_back_in_utc(self, store: Store) -> None:
        in_denmark = AT.astimezone(timezone(timedelta(hours=2)))
        store.put([a_draft("A", at=in_denmark), a_draft("B", at=AT.replace(microsecond=0))])
        found = [record.at for record in store.find("note")]
        assert [at.isoformat(timespec="microseconds") for at in found] == [
            "2026-06-29T09:30:15.123456+00:00",
            "2026-06-29T09:30:15.000000+00:00",
        ]

    def test_what_happens_to_the_drafts_mapping_later_is_not_stored(self, store: Store) -> None:
        indexed: dict[str, IndexValue] = {"colour": "red"}
        store.put([Draft(kind="note", key="A", document="", expected_revision=0, actor="x", at=AT, indexed=indexed)])
        indexed["colour"] = "blue"
        assert [dict(record.indexed) for record in store.chain()] == [{"colour": "red"}]

    # --- batches and conflicts ----------------------------------------------------------------------------------------

    def test_a_batch_is_kept_to_its_last_record(self, store: Store) -> None:
        records = store.put([a_draft(f"{number:04}", document=f"{number}", number=number) for number in range(1200)])
        assert [record.sequence for record in records] == list(range(1, 1201))
        assert list(store.find("note")) == list(records)
        assert store.head() == ChainHead(records[-1].sequence, records[-1].hash)

    def test_an_empty_batch_changes_nothing(self, store: Store) -> None:
        assert store.put([]) == ()
        assert store.head() == ChainHead()

    def test_a_batch_may_hold_several_revisions_of_a_key(self, store: Store) -> None:
        store.put([a_draft("A", 0, "old", n=1), a_draft("B"), a_draft("A", 1, "new", n=2)])
        assert [record.document for record in store.history("note", "A")] == ["old", "new"]
        assert keys_of(store.find("note", {"n": 2})) == ["A"]

    @pytest.mark.parametrize("revision", [-1, 0, 1, 3], ids=["impossible", "new", "old", "not yet there"])
    def test_a_draft_made_from_another_revision_than_the_newest_is_a_conflict(
        self, store: Store, revision: int
    ) -> None:
        store.put([a_draft("A", 0), a_draft("A", 1)])
        with pytest.raises(ConflictError) as caught:
            store.put([a_draft("A", revision)])
        assert explains_itself(caught.value)
        assert caught.value.context == {"kind": "note", "key": "A", "expected": revision, "actual": 2}

    def test_a_conflict_anywhere_in_a_batch_changes_nothing(self, store: Store) -> None:
        store.put([a_draft("A", 0, "old", n=1)])
        before = list(store.chain())
        for late in (a_draft("C", 1), a_draft("A", 0), a_draft("B", 0)):
            with pytest.raises(ConflictError):
                store.put([a_draft("A", 1, "new", n=2), a_draft("B", 0), late, a_draft("D", 0)])
        assert list(store.chain()) == list(store.find("note", {"n": 1})) == before

    # --- transactions -------------------------------------------------------------------------------------------------

    def test_a_transaction_keeps_all_and_shows_it_inside(self, store: Store) -> None:
        with store.transaction():
            store.put([a_draft("A")])
            assert keys_of(store.find("note")) == ["A"]
            store.put([a_draft("B")])
        assert keys_of(store.chain()) == ["A", "B"]

    def test_a_transaction_that_fails_leaves_nothing(self, store: Store) -> None:
        store.put([a_draft("A", 0, "old", n=1)])
        before = list(store.chain())
        with pytest.raises(_OnPurposeError), store.transaction():
            store.put([a_draft("A", 1, "new", n=2), a_draft("B", 0)])
            raise _OnPurposeError
        assert list(store.chain()) == list(store.find("note", {"n": 1})) == before
        store.put([a_draft("A", 1, "newer"), a_draft("B", 0)])
        assert verify_chain(store).records == 3

    def test_an_inner_transaction_is_kept_only_with_the_outer(self, store: Store) -> None:
        with pytest.raises(_OnPurposeError), store.transaction():
            with store.transaction():
                store.put([a_draft("A")])
            raise _OnPurposeError
        assert store.head() == ChainHead()

    def test_an_inner_transaction_that_fails_takes_back_only_its_own(self, store: Store) -> None:
        with store.transaction():
            store.put([a_draft("A")])
            with pytest.raises(_OnPurposeError), store.transaction():
                store.put([a_draft("B")])
                raise _OnPurposeError
            with pytest.raises(ConflictError):
                store.put([a_draft("C"), a_draft("A", 0)])
            store.put([a_draft("D")])
        assert keys_of(store.chain()) == keys_of(store.find("note")) == ["A", "D"]
        assert verify_chain(store).ok

    # --- keeping and sharing ------------------------------------------------------------------------------------------

    def test_what_was_put_is_there_after_reopening(self, reopen: OpenStore) -> None:
        store = reopen()
        records = store.put([a_draft("A", 0, TEXTS["emoji"], n=1, t=None), a_draft("A", 1, n=2), a_draft("Å", 0)])
        store.close()
        again = reopen()
        assert list(again.chain()) == list(records)
        assert keys_of(again.find("note", {"n": 2})) == ["A"]
        again.put([a_draft("A", 2)])
        assert verify_chain(again).records == 4
        again.close()

    def test_what_was_erased_stays_erased_after_reopening(self, reopen: OpenStore) -> None:
        store = reopen()
        store.put([a_draft("A", 0, "old", kind="person", n=1), a_draft("A", 1, "new", kind="person", n=1)])
        store.erase("person", "A")
        store.close()
        again = reopen()
        assert [record.document for record in again.find("person", {"n": 1})] == [""]
        assert (verify_chain(again).ok, verify_chain(again).erased) == (True, 2)
        again.close()

    def test_a_second_handle_sees_what_the_first_one_put(self, store: Store, other: Store) -> None:
        assert other.head() == ChainHead()
        records = store.put([a_draft("A", n=1)])
        assert list(other.find("note", {"n": 1})) == list(other.chain()) == list(records)

    def test_a_second_handle_does_not_see_an_unfinished_transaction(self, store: Store, other: Store) -> None:
        with store.transaction():
            store.put([a_draft("A")])
            assert other.get("note", "A") is None
        assert other.get("note", "A") is not None

    def test_a_second_handle_sees_what_the_first_one_erased(self, store: Store, other: Store) -> None:
        store.put([a_draft("A", document="x", kind="person")])
        assert store.erase("person", "A") == 1
        assert [record.document for record in other.chain()] == [""] and other.erase("person", "A") == 0

    def test_of_two_handles_the_later_save_is_the_conflict(self, store: Store, other: Store) -> None:
        store.put([a_draft("A", 0, "common")])
        other.put([a_draft("A", 1, "first")])
        with pytest.raises(ConflictError):
            store.put([a_draft("A", 1, "second")])
        assert [record.document for record in store.history("note", "A")] == ["common", "first"]

    def test_two_handles_build_one_chain(self, store: Store, other: Store) -> None:
        for number in range(6):
            (store, other)[number % 2].put([a_draft(f"{number}")])
        assert keys_of(store.chain()) == list("012345")
        assert verify_chain(store).ok and store.head() == other.head()

    # --- errors -------------------------------------------------------------------------------------------------------

    @pytest.mark.parametrize(
        "use",
        [
            lambda store: store.put([a_draft()]),
            lambda store: store.get("note", "A"),
            lambda store: store.history("note", "A"),
            lambda store: list(store.find("note")),
            lambda store: store.erase("person", "A"),
            lambda store: store.transaction().__enter__(),
            lambda store: store.head(),
            lambda store: list(store.chain()),
        ],
        ids=["put", "get", "history", "find", "erase", "transaction", "head", "chain"],
    )
    def test_a_closed_store_says_so(self, open_store: OpenStore, use: Callable[[Store], object]) -> None:
        store = open_store()
        store.close()
        with pytest.raises(BackendError) as caught:
            use(store)
        assert explains_itself(caught.value)

    def test_closing_twice_does_no_harm(self, open_store: OpenStore) -> None:
        store = open_store()
        store.close()
        store.close()

    def test_a_backend_that_cannot_work_is_explained(self, broken_store: OpenStore) -> None:
        with pytest.raises(BackendError) as caught:
            broken_store().put([a_draft()])
        assert explains_itself(caught.value)
        assert caught.value.__cause__ is not None

    # --- anything in any order ----------------------------------------------------------------------------------------

    def test_it_agrees_with_a_plain_dictionary_whatever_is_done(self, open_store: OpenStore) -> None:
        check_against_model(open_store)
