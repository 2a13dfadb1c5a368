"""What is erased is gone from the file: the bytes of the database and of its log are read to see it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from almenstyring import UnavailableError
from almenstyring.ports import Draft
from almenstyring_sqlite.store import SqliteStore

NewDraft = Callable[..., Draft]
NAME = "Opdigtet Person Nummer"


def person(new_draft: NewDraft, key: str, revision: int = 0, *, padding: int = 0) -> Draft:
    """A person whose document says the name first, in the middle and last, wherever SQLite puts the pages."""
    name, half = f"{NAME} {key} /", "x" * (padding // 2)
    return evolve(new_draft(key, revision, f"{name}{half}{name}{half}{name}"), kind="person")


def bytes_of(path: Path) -> bytes:
    """Everything on the disk: the database, the write-ahead log and its index."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()) if file.name.startswith(path.name))


@pytest.mark.parametrize("padding", [0, 900, 3000, 60_000], ids="small page-filling overflowing large".split())
def test_an_erased_document_is_in_no_byte_of_the_file_neither_before_nor_after_closing(
    path: Path, new_draft: NewDraft, padding: int
) -> None:
    with closing(SqliteStore(str(path))) as store:
        store.put([person(new_draft, "A", 0, padding=padding), person(new_draft, "A", 1, padding=padding)])
        store.put([person(new_draft, "B", 0, padding=padding)])
        assert bytes_of(path).count(b"Nummer A") >= 6
        store.erase("person", "A")
        assert b"Nummer A" not in bytes_of(path)
    assert b"Nummer A" not in bytes_of(path) and b"Nummer B" in bytes_of(path)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_one_log_is_emptied_for_all_that_a_transaction_erased(path: Path, new_draft: NewDraft) -> None:
    with closing(SqliteStore(str(path))) as store:
        store.put([person(new_draft, key) for key in "ABC"])
        with store.transaction():
            store.put([new_draft("N", document="bliver")])
            assert [store.erase("person", key) for key in "AB"] == [1, 1]
        found = bytes_of(path)
    assert b"Nummer A" not in found and b"Nummer B" not in found
    assert b"Nummer C" in found and b"bliver" in found


def test_an_erasure_taken_back_leaves_the_text(path: Path, new_draft: NewDraft) -> None:
    with closing(SqliteStore(str(path))) as store:
        store.put([person(new_draft, "A")])
        with pytest.raises(ZeroDivisionError), store.transaction():
            assert store.erase("person", "A") // 0
        assert f"{NAME} A" in next(store.chain()).document
    assert b"Nummer A" in bytes_of(path)


def test_while_another_one_reads_the_rest_of_the_log_waits_until_all_have_closed(
    path: Path, store: SqliteStore, new_draft: NewDraft
) -> None:
    store.put([person(new_draft, "A")])
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM records").fetchone() == (1,)
        assert store.erase("person", "A") == 1
        assert next(store.chain()).is_erased
        assert b"Nummer A" in bytes_of(path), "the reader still sees the state it began with"
    store.close()
    assert b"Nummer A" not in bytes_of(path)


def test_a_log_that_could_not_be_emptied_is_emptied_with_the_next_transaction(
    path: Path, store: SqliteStore, new_draft: NewDraft
) -> None:
    store.put([person(new_draft, "A")])
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM records").fetchone()
        store.erase("person", "A")
        reader.execute("COMMIT")
        store.put([new_draft("N")])
        assert b"Nummer A" not in bytes_of(path)


def test_a_store_another_one_writes_to_is_not_erased_from(path: Path, store: SqliteStore, new_draft: NewDraft) -> None:
    store.put([person(new_draft, "A")])
    with closing(SqliteStore(str(path))) as other, other.transaction(), pytest.raises(UnavailableError):
        store.erase("person", "A")
    assert not next(store.chain()).is_erased


Step = tuple[bool, str, int]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.tuples(st.booleans(), st.sampled_from("ABCDEFGH"), st.integers(0, 9000)), max_size=40))
def test_whatever_was_put_and_erased_before_only_what_is_not_erased_can_be_found_in_the_file(
    tmp_path_factory: pytest.TempPathFactory, new_draft: NewDraft, steps: list[Step]
) -> None:
    path = tmp_path_factory.mktemp("erasing") / "dialog.db"
    with closing(SqliteStore(str(path))) as store:
        revisions = dict.fromkeys("ABCDEFGH", 0)
        there = set()
        for erases, key, padding in steps:
            if erases:
                store.erase("person", key)
                there.discard(key)
            else:
                store.put([person(new_draft, key, revisions[key], padding=padding)])
                revisions[key] += 1
                there.add(key)
        found = bytes_of(path) if steps and steps[-1][0] else b""
        assert not [key for key in set(revisions) - there if f"Nummer {key} ".encode() in found]
    assert {key for key in revisions if f"Nummer {key} ".encode() in bytes_of(path)} == there
