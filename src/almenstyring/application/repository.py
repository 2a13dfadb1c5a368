"""Typed access to a store: objects in and out, revisions kept, nothing overwritten.

An object whose record was erased is absent here; the record itself still tells that there was one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Generic, TypeVar

from attrs import frozen

from almenstyring import codec
from almenstyring.ports import Draft, IndexValue, Record, Store

T = TypeVar("T")


@frozen
class Entry(Generic[T]):
    """An object with the record it came from."""

    value: T
    record: Record


@frozen
class Repository(Generic[T]):
    """All objects of one kind in a store, by key."""

    store: Store
    kind: str
    type: type[T]

    def get(self, key: str, revision: int | None = None) -> Entry[T] | None:
        """The newest revision, or the one asked for; None if there is none, or it was erased."""
        record = self.record(key, revision)
        return None if record is None or record.is_erased else self.entry(record)

    def record(self, key: str, revision: int | None = None) -> Record | None:
        """The record alone, its document unread."""
        return self.store.get(self.kind, key, revision)

    def find(self, **where: IndexValue) -> Iterator[Entry[T]]:
        """The newest revision of every object whose indexed fields are as given."""
        return (self.entry(record) for record in self.records(**where) if not record.is_erased)

    def records(self, **where: IndexValue) -> Iterator[Record]:
        """The same, with their documents unread, and those that were erased."""
        return self.store.find(self.kind, where)

    def history(self, key: str) -> tuple[Record, ...]:
        """The records of every revision, oldest first."""
        return tuple(self.store.history(self.kind, key))

    def put(  # noqa: PLR0913 - the fields of a record
        self,
        key: str,
        value: T,
        *,
        expected_revision: int,
        actor: str,
        at: datetime,
        indexed: Mapping[str, IndexValue],
    ) -> Record:
        """Store the next revision; ConflictError if somebody else stored one first."""
        draft = Draft(
            kind=self.kind,
            key=key,
            document=codec.encode(value),
            expected_revision=expected_revision,
            actor=actor,
            at=at,
            indexed=indexed,
        )
        return self.store.put([draft])[0]

    def entry(self, record: Record) -> Entry[T]:
        """The object that a record's document holds."""
        return Entry(codec.decode(record.document, self.type, file=f"{record.kind}/{record.key}"), record)
