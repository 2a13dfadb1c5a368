"""The tables of the store and the steps that bring an older file up to date."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence

from sqlite_utils import Database

from almenstyring_sqlite.errors import not_ours, too_new

APPLICATION_ID = 0x414C4D53
"""Marks the file as ours ("ALMS")."""

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE records (
        sequence      INTEGER PRIMARY KEY,
        kind          TEXT NOT NULL,
        key           TEXT NOT NULL,
        revision      INTEGER NOT NULL,
        document_hash TEXT NOT NULL,
        actor         TEXT NOT NULL,
        at            TEXT NOT NULL,
        previous_hash TEXT NOT NULL,
        hash          TEXT NOT NULL,
        indexed       TEXT NOT NULL,
        document      TEXT NOT NULL,
        UNIQUE (kind, key, revision)
    ) STRICT;

    CREATE TABLE newest (
        kind     TEXT NOT NULL,
        key      TEXT NOT NULL,
        revision INTEGER NOT NULL,
        sequence INTEGER NOT NULL REFERENCES records (sequence),
        PRIMARY KEY (kind, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE fields (
        kind  TEXT NOT NULL,
        key   TEXT NOT NULL,
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (kind, key, field),
        FOREIGN KEY (kind, key) REFERENCES newest (kind, key)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX fields_by_value ON fields (kind, field, value, key);
    """,
)
"""One script per store version, in order; a script that was released is never changed.

Semicolons separate the statements of a script and stand nowhere else in it.

``records`` is the chain and only grows. ``newest`` and ``fields`` say which revision of a key is the
newest and what it can be found by; a value is kept as JSON, so that 1, "1" and null stay apart.
"""


def connect(path: str, timeout: float) -> Database:
    """Open the file, refuse what is not ours, and bring it up to date.

    ``synchronous=FULL``: in WAL mode NORMAL survives a killed process but may lose the last commits
    in a power failure, and a receipt must never be for something that is then gone. ``secure_delete``: what is
    removed from a page is overwritten with zeros, so that an erased document is gone from the file too.
    """
    # isolation_level=None: transactions begin and end where the store says, not where the driver guesses.
    connection = sqlite3.connect(path, timeout=timeout, isolation_level=None)
    try:
        db = Database(connection, execute_plugins=False)
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA secure_delete = ON")
        _checked_version(db, path, len(MIGRATIONS))
        _enable_wal(db, timeout)
        migrate(db, path, MIGRATIONS)
    except BaseException:
        connection.close()
        raise
    return db


def _enable_wal(db: Database, timeout: float) -> None:
    """Switch to the write-ahead log; two processes may open a new file at once, and SQLite does not wait here."""
    last_attempt = time.monotonic() + timeout
    while True:
        try:
            return db.enable_wal()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > last_attempt:
                raise
        time.sleep(0.005)


def migrate(db: Database, path: str, migrations: Sequence[str]) -> None:
    """Run the scripts the file has not seen, all in one transaction."""
    version = _checked_version(db, path, len(migrations))
    if version == len(migrations):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        # Asked again: another process may have done the work while this one waited for its turn.
        version = _checked_version(db, path, len(migrations))
        for script in migrations[version:]:
            for statement in script.split(";"):
                db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {len(migrations)}")
        db.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")
        raise


def _checked_version(db: Database, path: str, known: int) -> int:
    # One statement, so that no other process can make the tables between two of the three answers.
    application, version, tables = db.execute(
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema) "
        "FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if application != APPLICATION_ID and (application or version or tables):
        raise not_ours(path)
    if version > known:
        raise too_new(path, version, known)
    return int(version)
