"""The store itself: one connection to one SQLite file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from almenstyring.ports import ChainHead, Draft, IndexValue, Record, indexed_text, require_erasable
from almenstyring_sqlite.errors import damaged, given_up, no_file, translated
from almenstyring_sqlite.schema import connect

_SELECT = (
    "SELECT sequence, kind, key, revision, document_hash, actor, at, previous_hash, hash, indexed, document "
    "FROM records"
)
_INSERT = (
    "INSERT INTO records "
    "(sequence, kind, key, revision, document_hash, actor, at, previous_hash, hash, indexed, document) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_LINKS_AT_ONCE = 64

Row = tuple[int, str, str, int, str, str, str, str, str, str, str]
Key = tuple[str, str]


class SqliteStore:
    """Keeps records in one SQLite file (da: lager i en SQLite-fil); other processes may use it too.

    ``timeout`` is how many seconds to wait for another process's transaction before UnavailableError.
    """

    def __init__(self, path: str, *, timeout: float = 10.0) -> None:
        if not path:
            raise no_file()
        self._path = path
        self._depth = 0
        self._erased_in_log = False
        with translated(path):
            self._db = connect(path, timeout)

    # --- writing ------------------------------------------------------------------------------------------------------

    def put(self, drafts: Sequence[Draft]) -> tuple[Record, ...]:
        """Append all drafts or none; ConflictError if one was made from an old revision."""
        with self.transaction(), translated(self._path):
            records = self._sealed(drafts)
            self._insert(records)
        return records

    def _sealed(self, drafts: Sequence[Draft]) -> tuple[Record, ...]:
        """The drafts as the next links of the chain, if each was made from its key's newest revision."""
        head = self.head()
        newest = {key: self._revision(key) for key in {(draft.kind, draft.key) for draft in drafts}}
        records = []
        for draft in drafts:
            key = draft.kind, draft.key
            if draft.expected_revision != newest[key]:
                raise draft.conflict(newest[key])
            record = draft.sealed(head.sequence + 1, head.hash)
            newest[key] = record.revision
            head = ChainHead(record.sequence, record.hash)
            records.append(record)
        return tuple(records)

    def _revision(self, key: Key) -> int:
        # One look-up by primary key per draft: two hundredths of the time of a put.
        found = self._rows("SELECT revision FROM newest WHERE kind = ? AND key = ?", *key)
        return int(found[0][0]) if found else 0

    def _insert(self, records: Sequence[Record]) -> None:
        newest = {(record.kind, record.key): record for record in records}
        many = self._db.conn.executemany
        many(_INSERT, map(_row, records))
        many(
            "INSERT INTO newest VALUES (?, ?, ?, ?) ON CONFLICT (kind, key) "
            "DO UPDATE SET revision = excluded.revision, sequence = excluded.sequence",
            [(record.kind, record.key, record.revision, record.sequence) for record in newest.values()],
        )
        many("DELETE FROM fields WHERE kind = ? AND key = ?", newest)
        many(
            "INSERT INTO fields VALUES (?, ?, ?, ?)",
            [(*key, name, _value(value)) for key, record in newest.items() for name, value in record.indexed.items()],
        )

    def erase(self, kind: str, key: str) -> int:
        """Empty the document of every revision of a key; the number of those that were not empty yet.

        The text is overwritten in the file, and the write-ahead log is emptied with the outermost transaction. While
        another program is reading, the log is emptied when the last one that has the file open closes it.
        """
        require_erasable(kind)
        emptying = "UPDATE records SET document = '' WHERE kind = ? AND key = ? AND document <> ''"
        with self.transaction(), translated(self._path):
            erased = self._db.execute(emptying, (kind, key)).rowcount
            self._erased_in_log = self._erased_in_log or erased > 0
        return int(erased)

    def _empty_log(self) -> None:
        """Leave no older version of an erased page in the write-ahead log."""
        if self._erased_in_log and not self._depth:
            with translated(self._path):
                (busy, *_) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            self._erased_in_log = bool(busy)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep what is put and erased inside together or not at all; the outermost one takes the writer lock."""
        with translated(self._path):
            self._begin()
        self._depth += 1
        try:
            yield
            with translated(self._path):
                self._keep()
        except BaseException:
            with translated(self._path):
                self._undo()
            raise
        finally:
            self._depth -= 1
        self._empty_log()

    def _begin(self) -> None:
        if not self._depth:
            self._db.execute("BEGIN IMMEDIATE")
        elif self._db.conn.in_transaction:
            self._db.execute(f"SAVEPOINT level_{self._depth + 1}")
        else:
            raise given_up(self._path)

    def _keep(self) -> None:
        if not self._db.conn.in_transaction:
            raise given_up(self._path)
        self._db.execute("COMMIT" if self._depth == 1 else f"RELEASE level_{self._depth}")

    def _undo(self) -> None:
        # After some errors, a full disk for one, SQLite has already rolled everything back.
        if not self._db.conn.in_transaction:
            return
        if self._depth == 1:
            self._db.execute("ROLLBACK")
        else:
            self._db.execute(f"ROLLBACK TO level_{self._depth}")
            self._db.execute(f"RELEASE level_{self._depth}")

    # --- reading ------------------------------------------------------------------------------------------------------

    def get(self, kind: str, key: str, revision: int | None = None) -> Record | None:
        """The newest revision, or the one asked for; None if there is none."""
        if revision is None:
            newest = "sequence = (SELECT sequence FROM newest WHERE kind = ? AND key = ?)"
            found = self._records(newest, kind, key)
        else:
            found = self._records("kind = ? AND key = ? AND revision = ?", kind, key, revision)
        return found[0] if found else None

    def history(self, kind: str, key: str) -> Sequence[Record]:
        """Every revision, oldest first."""
        return self._records("kind = ? AND key = ? ORDER BY revision", kind, key)

    def find(self, kind: str, where: Mapping[str, IndexValue] | None = None) -> Iterator[Record]:
        """The newest revision of each key whose indexed fields hold all of ``where``, by key.

        What is found is settled by the call; the records are then read one by one.
        """
        statement = "SELECT sequence FROM newest WHERE kind = ?"
        values = [kind]
        for field, value in (where or {}).items():
            statement += " AND key IN (SELECT key FROM fields WHERE kind = ? AND field = ? AND value = ?)"
            values += [kind, field, _value(value)]
        places = self._rows(f"{statement} ORDER BY key", *values)
        return (record for (place,) in places for record in self._records("sequence = ?", place))

    def head(self) -> ChainHead:
        """The end of the chain now."""
        found = self._rows("SELECT sequence, hash FROM records ORDER BY sequence DESC LIMIT 1")
        return ChainHead(*found[0]) if found else ChainHead()

    def chain(self) -> Iterator[Record]:
        """Every record in the order of the chain, read a few at a time."""
        links = self._records("sequence > ? ORDER BY sequence LIMIT ?", 0, _LINKS_AT_ONCE)
        return self._links_from(links)

    def _links_from(self, links: Sequence[Record]) -> Iterator[Record]:
        while links:
            yield from links
            links = self._records("sequence > ? ORDER BY sequence LIMIT ?", links[-1].sequence, _LINKS_AT_ONCE)

    def _records(self, condition: str, *values: object) -> tuple[Record, ...]:
        return tuple([self._record(row) for row in self._rows(f"{_SELECT} WHERE {condition}", *values)])

    def _record(self, row: Row) -> Record:
        sequence, kind, key, revision, document_hash, actor, at, previous_hash, own_hash, indexed, document = row
        try:
            return Record(
                kind=kind,
                key=key,
                revision=revision,
                document=document,
                document_hash=document_hash,
                actor=actor,
                at=datetime.fromisoformat(at),
                sequence=sequence,
                previous_hash=previous_hash,
                hash=own_hash,
                indexed=json.loads(indexed),
            )
        except ValueError as error:
            raise damaged(self._path, sequence) from error

    def _rows(self, statement: str, *values: object) -> list[Any]:
        with translated(self._path):
            return self._db.execute(statement, values).fetchall()

    # --- the end ------------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Close the file; an unfinished transaction is undone, and the last one out leaves one file only."""
        with translated(self._path):
            self._db.conn.close()


def _row(record: Record) -> Row:
    """The record as its row, in the order of the columns."""
    return (
        record.sequence,
        record.kind,
        record.key,
        record.revision,
        record.document_hash,
        record.actor,
        record.at.isoformat(timespec="microseconds"),
        record.previous_hash,
        record.hash,
        indexed_text(record.indexed),
        record.document,
    )


def _value(value: IndexValue) -> str:
    return json.dumps(value, ensure_ascii=False)
