"""Turns what the driver raises into the library's errors, with a cause and a remedy in both languages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from almenstyring import BackendError, Text, UnavailableError


class _Explanation(NamedTuple):
    message: Text
    hint: Text


_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_IN_USE = _Explanation(
    Text("Lageret {path} er optaget af et andet program.", "The store {path} is in use by another program."),
    Text("Prøv igen om lidt.", "Try again in a moment."),
)
_EXPLANATIONS = {
    sqlite3.SQLITE_FULL: _Explanation(
        Text("Der er ikke plads til mere i lageret {path}.", "There is no room left for the store {path}."),
        Text(
            "Skaf plads på disken, og prøv igen; intet af det gemte er tabt.",
            "Make room on the disk and try again; nothing stored is lost.",
        ),
    ),
    sqlite3.SQLITE_READONLY: _Explanation(
        Text("Lageret {path} kan kun læses.", "The store {path} is read-only."),
        Text("Giv skriveadgang til filen og dens mappe.", "Give write access to the file and its folder."),
    ),
    sqlite3.SQLITE_CANTOPEN: _Explanation(
        Text("Lageret {path} kan ikke åbnes.", "The store {path} cannot be opened."),
        Text(
            "Kontrollér at mappen findes, og at der må skrives i den.",
            "Check that the folder exists and may be written to.",
        ),
    ),
    sqlite3.SQLITE_NOTADB: _Explanation(
        Text("Filen {path} er ikke en SQLite-database.", "The file {path} is not an SQLite database."),
        Text("Angiv en anden fil; denne er ikke rørt.", "Name another file; this one was not touched."),
    ),
    sqlite3.SQLITE_CORRUPT: _Explanation(
        Text("Filen {path} er beskadiget.", "The file {path} is damaged."),
        Text("Hent den fra en sikkerhedskopi.", "Restore it from a backup."),
    ),
}
_MISUSED = _Explanation(
    Text(
        "Lageret {path} er lukket eller bruges fra en anden tråd.",
        "The store {path} is closed or used from another thread.",
    ),
    Text("Åbn et lager i hver tråd, og brug det før close().", "Open one store per thread and use it before close()."),
)
_OTHER = _Explanation(
    Text("Lageret {path} svigtede: {reason}.", "The store {path} failed: {reason}."),
    Text("Se den oprindelige fejl.", "See the original error."),
)


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Let no driver exception out of the block; the original is kept as the cause."""
    try:
        yield
    except sqlite3.Error as error:
        raise _error(path, error) from error


def _error(path: str, error: sqlite3.Error) -> BackendError:
    # The low byte is the primary result code. A few of the driver's own exceptions have none.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY:
        return UnavailableError(*_filled(_IN_USE, path, error), path=path)
    usual = _MISUSED if isinstance(error, sqlite3.ProgrammingError) else _OTHER
    return BackendError(*_filled(_EXPLANATIONS.get(code, usual), path, error), path=path)


def _filled(explanation: _Explanation, path: str, error: sqlite3.Error) -> tuple[Text, Text]:
    return explanation.message.fill(path=path, reason=error), explanation.hint


def not_ours(path: str) -> BackendError:
    """The error for a database that another program made."""
    return BackendError(
        Text(f"Databasen {path} tilhører et andet program.", f"The database {path} belongs to another program."),
        Text("Angiv en anden fil; denne er ikke rørt.", "Name another file; this one was not touched."),
        path=path,
    )


def too_new(path: str, found: int, known: int) -> BackendError:
    """The error for a store written by a newer version of this adapter."""
    return BackendError(
        Text(
            f"Lageret {path} har version {found}; denne udgave kender højst version {known}.",
            f"The store {path} has version {found}; this release knows versions up to {known}.",
        ),
        Text(
            "Opgradér almenstyring-sqlite; filen er ikke rørt.",
            "Upgrade almenstyring-sqlite; the file was not touched.",
        ),
        path=path,
        found=found,
        known=known,
    )


def given_up(path: str) -> BackendError:
    """The error for going on in a transaction that the database has already rolled back."""
    return BackendError(
        Text(
            f"Lageret {path} har opgivet transaktionen; intet i den er gemt.",
            f"The store {path} gave the transaction up; nothing in it was kept.",
        ),
        Text("Forlad transaktionen, og gentag den.", "Leave the transaction and repeat it."),
        path=path,
    )


def damaged(path: str, sequence: int) -> BackendError:
    """The error for a row that cannot be read as a record."""
    return BackendError(
        Text(f"Registrering {sequence} i {path} er beskadiget.", f"Record {sequence} in {path} is damaged."),
        Text("Hent lageret fra en sikkerhedskopi.", "Restore the store from a backup."),
        path=path,
        sequence=sequence,
    )


def no_file() -> BackendError:
    """The error for an address without a file name, for which SQLite would keep nothing."""
    return BackendError(
        Text("Adressen sqlite: mangler et filnavn.", "The address sqlite: lacks a file name."),
        Text("Skriv fx sqlite:dialog.db.", "Write for example sqlite:dialog.db."),
    )
