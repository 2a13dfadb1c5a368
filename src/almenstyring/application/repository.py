"""Typed access to a store: objects in and out, revisions kept, nothing overwritten, nothing kept that cannot be read.

An object whose record was erased is absent here; the record itself still tells that there was one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Generic, TypeVar

from attrs import frozen

from almenstyring import codec
from almenstyring.domain.errors import AlmenstyringError, DecodeError, InvalidValueError
from almenstyring.domain.text import LANGUAGES, Text
from almenstyring.ports import Draft, IndexValue, Record, Store

T = TypeVar("T")

_MOST_TOLD = 3
_NO_VALUE = Text("En værdi har en forkert type.", "A value is of a wrong type.")


@frozen
class Entry(Generic[T]):
    """An object with the record it came from."""

    value: T
    record: Record


@frozen
class Repository(Generic[T]):
    """All objects of one kind in a store, by key; what the library ``reckoned`` itself is kept without a trial."""

    store: Store
    kind: str
    type: type[T]
    reckoned: bool = False

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
        """Store the next revision; ConflictError if somebody else stored one first.

        InvalidValueError, with the place of every fault, for an object that could not be read back: an attribute may
        hold what its type does not allow, and one such record would spoil every list it is in.
        """
        draft = Draft(
            kind=self.kind,
            key=key,
            document=self._readable(key, value),
            expected_revision=expected_revision,
            actor=actor,
            at=at,
            indexed=indexed,
        )
        return self.store.put([draft])[0]

    def _readable(self, key: str, value: T) -> str:
        """The document of an object, after it was read once."""
        try:
            document = codec.encode(value)
            if not self.reckoned:
                codec.decode(document, self.type)
        except DecodeError as error:
            raise self._unreadable(key, [(fault.path, fault.message) for fault in error.faults]) from error
        except (AttributeError, TypeError, ValueError) as error:  # what encoding stumbles over has no path
            if isinstance(error, AlmenstyringError):
                raise
            raise self._unreadable(key, [("$", _NO_VALUE)]) from error
        return document

    def _unreadable(self, key: str, faults: Sequence[tuple[str, Text]]) -> InvalidValueError:
        told = faults[:_MOST_TOLD]
        places = Text(*("; ".join(f"{path}: {message[language]}" for path, message in told) for language in LANGUAGES))
        return InvalidValueError(
            Text(
                f"{self.kind}/{key} kan ikke gemmes, for det kunne ikke læses igen: {places.da}",
                f"{self.kind}/{key} cannot be kept, since it could not be read back: {places.en}",
            ),
            Text("Ret det, der står på stedet; intet er gemt.", "Mend what stands in that place; nothing was kept."),
            value=key,
            places=tuple(path for path, _ in faults),
        )

    def entry(self, record: Record) -> Entry[T]:
        """The object that a record's document holds."""
        return Entry(codec.decode(record.document, self.type, file=f"{record.kind}/{record.key}"), record)
