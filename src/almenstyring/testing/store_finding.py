"""The part of the store contract about finding records and about the chain they form."""

# A test's name is its description.
# ruff: noqa: D102

from __future__ import annotations

from almenstyring.application.chain import contains, verify_chain
from almenstyring.ports import ChainHead, IndexValue, Record, Store
from almenstyring.testing.store_drafts import a_draft, keys_of


class FindContract:
    """What ``find`` gives, and in which order."""

    def test_find_gives_each_keys_newest_revision_in_order_of_the_keys(self, store: Store) -> None:
        keys = ["å", "b", "😀", "Z", "a", "\uffee", "10", "9"]
        store.put([a_draft(key, 0, "old") for key in keys])
        store.put([a_draft(key, 1, "new") for key in reversed(keys)])
        found = list(store.find("note"))
        assert keys_of(found) == sorted(keys)
        assert {record.document for record in found} == {"new"}

    def test_find_by_several_fields_needs_all_of_them(self, store: Store) -> None:
        fields = [("A", "T01", 2026), ("B", "T02", 2026), ("C", "T01", 2025), ("D", "T01", 2026)]
        store.put([a_draft(key, municipality=municipality, year=year) for key, municipality, year in fields])
        assert keys_of(store.find("note", {"municipality": "T01", "year": 2026})) == ["A", "D"]
        assert keys_of(store.find("note", {"year": 2026, "municipality": "T02"})) == ["B"]
        assert keys_of(store.find("note", {"year": 2025, "municipality": "T02"})) == []

    def test_find_tells_numbers_text_none_and_nothing_apart(self, store: Store) -> None:
        values: dict[str, IndexValue] = {"number": 1, "text": "1", "none": None, "null": "null", "large": 2**63}
        store.put([a_draft(key, value=value) for key, value in values.items()])
        store.put([a_draft("nothing"), a_draft("elsewhere", other=1)])
        for key, value in values.items():
            assert keys_of(store.find("note", {"value": value})) == [key]
        assert [record.indexed["value"] for record in store.find("note", {"value": 1})] == [1]

    def test_find_goes_by_what_the_newest_revision_is_indexed_by(self, store: Store) -> None:
        store.put([a_draft("A", 0, status="draft", year=2026), a_draft("B", 0, status="draft")])
        store.put([a_draft("A", 1, status="sent")])
        assert keys_of(store.find("note", {"status": "draft"})) == ["B"]
        assert keys_of(store.find("note", {"status": "sent"})) == ["A"]
        assert keys_of(store.find("note", {"year": 2026})) == []

    def test_find_for_what_is_unknown_gives_nothing(self, store: Store) -> None:
        store.put([a_draft("A", colour="red")])
        assert keys_of(store.find("other")) == keys_of(store.find("other", {"colour": "red"})) == []
        assert keys_of(store.find("note", {"size": "red"})) == keys_of(store.find("note", {"colour": "blue"})) == []

    def test_find_gives_what_was_there_when_it_was_called(self, store: Store) -> None:
        store.put([a_draft(key, 0, "old", n=1) for key in "ABC"])
        seen = []
        for record in store.find("note", {"n": 1}):
            seen.append((record.key, record.document))
            store.put([a_draft("C", len(seen), "new", n=1), a_draft(f"{record.key}+", n=1)])
        assert seen == [("A", "old"), ("B", "old"), ("C", "old")]


class ChainContract:
    """What ``head`` and ``chain`` tell."""

    def test_an_empty_store_has_an_empty_chain(self, store: Store) -> None:
        assert store.head() == ChainHead()
        assert list(store.chain()) == []

    def test_the_chain_holds_every_record_in_order_and_verifies(self, store: Store) -> None:
        records: list[Record] = []
        for number in range(70):
            records += store.put([a_draft("A", number, f"{number}", n=number, t="Å"), a_draft(f"{number}", kind="b")])
        assert list(store.chain()) == records
        report = verify_chain(store)
        assert (report.ok, report.records, report.head) == (True, 140, store.head())

    def test_an_earlier_head_stays_in_the_chain_and_a_foreign_one_is_not_there(self, store: Store) -> None:
        store.put([a_draft("A")])
        head = store.head()
        store.put([a_draft("B")])
        assert contains(store, head) and contains(store, store.head()) and contains(store, ChainHead())
        assert not contains(store, ChainHead(head.sequence, store.head().hash))
        assert not contains(store, ChainHead(3, head.hash))
