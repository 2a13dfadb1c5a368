"""What the file is: its settings, its versions, its indexes, and what is left when it is closed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from almenstyring import BackendError
from almenstyring.ports import Draft, Store
from almenstyring_sqlite import almenstyring_stores
from almenstyring_sqlite.schema import APPLICATION_ID, MIGRATIONS, migrate
from almenstyring_sqlite.store import SqliteStore

NewDraft = Callable[..., Draft]
Refused = Callable[..., BackendError]


def test_the_plug_in_offers_the_store_by_name(tmp_path: Path) -> None:
    (descriptor,) = almenstyring_stores()
    assert descriptor.name == "sqlite"
    store = descriptor.open(str(tmp_path / "ås og ø?.db"))
    assert isinstance(store, Store)
    store.close()
    assert [file.name for file in tmp_path.iterdir()] == ["ås og ø?.db"]


def test_every_commit_reaches_the_disk_and_every_table_is_strict(store: SqliteStore) -> None:
    settings = ("journal_mode", "synchronous", "foreign_keys", "application_id", "user_version", "secure_delete")
    values = [store._db.execute(f"PRAGMA {name}").fetchone()[0] for name in settings]
    assert values == ["wal", 2, 1, APPLICATION_ID, len(MIGRATIONS), 1]
    assert {
        (name, strict)
        for _, name, kind, _, _, strict in store._db.execute("PRAGMA table_list")
        if kind == "table" and not name.startswith("sqlite_")
    } == {
        ("records", 1),
        ("newest", 1),
        ("fields", 1),
    }


@pytest.mark.parametrize(
    "row",
    ["('note', 'A', 1, 99)", "('note', 'A', 'one', 1)"],
    ids=["points to no record", "holds text for a number"],
)
def test_the_database_itself_refuses_a_row_that(store: SqliteStore, new_draft: NewDraft, row: str) -> None:
    store.put([new_draft("B")])
    with pytest.raises(sqlite3.IntegrityError):
        store._db.execute(f"INSERT INTO newest VALUES {row}")


def test_closing_leaves_one_file(path: Path, new_draft: NewDraft) -> None:
    store, other = SqliteStore(str(path)), SqliteStore(str(path))
    store.put([new_draft(f"{number}") for number in range(100)])
    found = other.find("note")
    next(found)
    store.close()
    other.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_what_is_asked_for_is_looked_up_and_not_searched_for(store: SqliteStore, new_draft: NewDraft) -> None:
    statements: list[str] = []
    store._db.conn.set_trace_callback(statements.append)
    list(store.find("note", {"municipality": "T01", "year": 2026}))
    store.get("note", "A")
    store.history("note", "A")
    store.put([new_draft("A", colour="red")])
    store._db.conn.set_trace_callback(None)
    plan = [row[3] for asked in statements for row in store._db.execute(f"EXPLAIN QUERY PLAN {asked}")]
    # The end of the chain is the first record met when walking the primary key backwards.
    assert [step for step in plan if step.startswith("SCAN")] == ["SCAN records"]
    by_value = [step for step in plan if step.startswith("SEARCH fields USING COVERING INDEX fields_by_value")]
    assert by_value and all("(kind=? AND field=? AND value=?" in step for step in by_value)


SECOND = "CREATE TABLE extra (kind TEXT PRIMARY KEY) STRICT; INSERT INTO extra SELECT DISTINCT kind FROM records"


def test_an_older_file_is_brought_up_to_date_with_all_it_holds(
    store: SqliteStore, path: Path, new_draft: NewDraft
) -> None:
    records = store.put([new_draft("A", n=1)])
    migrate(store._db, str(path), [*MIGRATIONS, SECOND])
    assert list(store.chain()) == list(store.find("note", {"n": 1})) == list(records)
    assert store._db.execute("SELECT kind FROM extra").fetchall() == [("note",)]
    assert store._db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
    migrate(store._db, str(path), [*MIGRATIONS, SECOND])


def test_an_upgrade_that_fails_leaves_the_older_file_as_it_was(
    store: SqliteStore, path: Path, new_draft: NewDraft
) -> None:
    store.put([new_draft("A")])
    with pytest.raises(sqlite3.OperationalError):
        migrate(store._db, str(path), [*MIGRATIONS, SECOND, "INSERT INTO nowhere VALUES (1)"])
    assert "extra" not in Database(store._db.conn).table_names()
    store.put([new_draft("B")])
    store.close()
    with closing(SqliteStore(str(path))) as again:
        assert [record.key for record in again.chain()] == ["A", "B"]


def test_a_newer_file_is_refused_by_both_versions_and_left_alone(
    path: Path, new_draft: NewDraft, refused: Refused
) -> None:
    with closing(SqliteStore(str(path))) as store:
        store.put([new_draft("A")])
        store._db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 7}")
    before = path.read_bytes()
    error = refused(SqliteStore, str(path))
    assert (error.context["found"], error.context["known"]) == (len(MIGRATIONS) + 7, len(MIGRATIONS))
    assert all(f"version {len(MIGRATIONS) + 7}" in error.message[language] for language in ("da", "en"))
    assert path.read_bytes() == before
