"""Whatever goes wrong below, the caller gets one clear error and nothing stored is lost."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from almenstyring import BackendError, UnavailableError
from almenstyring.ports import Draft
from almenstyring_sqlite.store import SqliteStore

NewDraft = Callable[..., Draft]
Refused = Callable[..., BackendError]


def keys(path: Path) -> list[str]:
    """What is in the file when it is opened anew."""
    store = SqliteStore(str(path))
    with closing(store):
        return [record.key for record in store.chain()]


@contextmanager
def unprivileged() -> Iterator[None]:
    """Without the rights of the superuser, whom no file mode stops."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder everybody may write to, in a place everybody can reach."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)
        Path(name).chmod(0o700)


@pytest.mark.parametrize(
    "content", [b"Brev til boligorganisationen.\n" * 200, b"{}", b"SQLite format 3\x00" + b"?" * 5000]
)
def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path, refused: Refused, content: bytes) -> None:
    path.write_bytes(content)
    error = refused(SqliteStore, str(path))
    assert isinstance(error.__cause__, sqlite3.DatabaseError)
    assert path.read_bytes() == content
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE letters (text)", "PRAGMA application_id = 42", "PRAGMA user_version = 1"]
)
def test_another_programs_database_is_refused_and_left_alone(path: Path, refused: Refused, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
    before = path.read_bytes()
    assert "another program" in refused(SqliteStore, str(path)).message.en
    assert path.read_bytes() == before


@pytest.mark.parametrize("address", ["", "missing/dialog.db", "."], ids=["no name", "no folder", "a folder"])
def test_an_address_that_cannot_be_a_file_is_refused(tmp_path: Path, refused: Refused, address: str) -> None:
    refused(SqliteStore, str(tmp_path / address) if address else "")


def test_a_damaged_file_is_reported_when_it_is_read(path: Path, new_draft: NewDraft, refused: Refused) -> None:
    with closing(SqliteStore(str(path))) as store:
        store.put([new_draft(f"{number}", document="x" * 500) for number in range(200)])
    content = bytearray(path.read_bytes())
    content[4096 * 3 :] = b"\xff" * (len(content) - 4096 * 3)
    path.write_bytes(content)
    with closing(SqliteStore(str(path))) as store:
        assert refused(lambda: list(store.chain())).__cause__ is not None


@pytest.mark.parametrize("column", ["at", "indexed"])
def test_a_row_that_is_no_record_is_named(path: Path, new_draft: NewDraft, refused: Refused, column: str) -> None:
    with closing(SqliteStore(str(path))) as store:
        store.put([new_draft("A"), new_draft("B")])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"UPDATE records SET {column} = 'nonsense' WHERE sequence = 2")
    with closing(SqliteStore(str(path))) as store:
        assert refused(lambda: list(store.chain())).context["sequence"] == 2


def test_in_a_folder_one_may_not_write_to_no_store_is_made(folder: Path, refused: Refused) -> None:
    folder.chmod(0o555)
    with unprivileged():
        assert refused(SqliteStore, str(folder / "dialog.db")).__cause__ is not None
    assert list(folder.iterdir()) == []


def test_a_file_one_may_not_write_to_can_be_read_but_not_added_to(
    folder: Path, new_draft: NewDraft, refused: Refused
) -> None:
    path = folder / "dialog.db"
    with closing(SqliteStore(str(path))) as store:
        store.put([new_draft("A")])
    path.chmod(0o444)
    with unprivileged(), closing(SqliteStore(str(path))) as store:
        assert [record.key for record in store.find("note")] == ["A"]
        assert "read-only" in refused(store.put, [new_draft("B")]).message.en
    assert keys(path) == ["A"]


def test_a_file_in_a_folder_one_may_not_write_to_is_refused_and_kept(
    folder: Path, new_draft: NewDraft, refused: Refused
) -> None:
    path = folder / "dialog.db"
    with closing(SqliteStore(str(path))) as store:
        store.put([new_draft("A")])
    folder.chmod(0o555)
    with unprivileged():
        refused(SqliteStore, str(path))
    folder.chmod(0o777)
    assert keys(path) == ["A"]


def fill_up(store: SqliteStore, pages: int) -> None:
    """Let the file grow by only so many pages, as on a disk that is nearly full."""
    (used,) = store._db.execute("PRAGMA page_count").fetchone()
    store._db.execute(f"PRAGMA max_page_count = {used + pages}")


def test_a_full_disk_loses_nothing_and_the_store_works_on_when_there_is_room(
    store: SqliteStore, path: Path, new_draft: NewDraft, refused: Refused
) -> None:
    store.put([new_draft("A")])
    fill_up(store, 5)
    error = refused(store.put, [new_draft("B"), new_draft("C", document="x" * 100_000)])
    assert "no room" in error.message.en and isinstance(error.__cause__, sqlite3.OperationalError)
    assert [record.key for record in store.chain()] == keys(path) == ["A"]
    fill_up(store, 1000)
    store.put([new_draft("B"), new_draft("C", document="x" * 100_000)])
    assert keys(path) == ["A", "B", "C"]


def test_a_transaction_on_a_full_disk_keeps_nothing_even_if_the_caller_goes_on(
    store: SqliteStore, path: Path, new_draft: NewDraft, refused: Refused
) -> None:
    store.put([new_draft("A")])
    fill_up(store, 5)

    def goes_on() -> None:
        with store.transaction():
            store.put([new_draft("B")])
            refused(store.put, [new_draft("C", document="x" * 100_000)])
            refused(store.put, [new_draft("D")])

    assert "gave the transaction up" in refused(goes_on).message.en
    assert [record.key for record in store.chain()] == keys(path) == ["A"]
    store.put([new_draft("B")])
    assert keys(path) == ["A", "B"]


def test_a_store_another_one_writes_to_is_busy_and_can_be_tried_again(
    store: SqliteStore, path: Path, new_draft: NewDraft, refused: Refused
) -> None:
    with closing(SqliteStore(str(path))) as other:
        with other.transaction():
            error = refused(store.put, [new_draft("B")], kind=UnavailableError)
            assert error.retriable and isinstance(error.__cause__, sqlite3.OperationalError)
            other.put([new_draft("A")])
            assert list(store.find("note")) == []
        store.put([new_draft("B")])
    assert keys(path) == ["A", "B"]


def test_a_new_file_another_program_is_writing_to_is_busy(path: Path, refused: Refused) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused(lambda: SqliteStore(str(path), timeout=0.02), kind=UnavailableError)
        other.execute("ROLLBACK")
    assert keys(path) == []


def test_a_store_belongs_to_its_thread(store: SqliteStore, new_draft: NewDraft, refused: Refused) -> None:
    errors: list[BackendError] = []
    uses: list[Callable[[], object]] = [store.head, lambda: store.put([new_draft("A")]), store.close]

    def elsewhere() -> None:
        errors.extend(refused(use) for use in uses)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert ["thread" in error.message.en for error in errors] == [True] * len(uses)
    store.put([new_draft("A")])


def test_an_unforeseen_fault_of_the_database_is_passed_on_with_its_words(
    store: SqliteStore, path: Path, new_draft: NewDraft, refused: Refused
) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE fields")
    assert "no such table: fields" in refused(store.put, [new_draft("A")]).message.da
    assert [record.key for record in store.chain()] == []


def test_closing_in_a_transaction_keeps_nothing_of_it(path: Path, new_draft: NewDraft, refused: Refused) -> None:
    store = SqliteStore(str(path))

    def closes_too_early() -> None:
        with store.transaction():
            store.put([new_draft("A")])
            store.close()

    refused(closes_too_early)
    assert keys(path) == []
