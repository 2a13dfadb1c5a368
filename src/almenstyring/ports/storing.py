"""What a store keeps and must do: drafts, records, one chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Protocol, runtime_checkable

from attrs import field, frozen

from almenstyring.domain.errors import ConflictError, InvalidValueError
from almenstyring.domain.persons import ERASABLE
from almenstyring.domain.reporting.receipts import ChainHead
from almenstyring.domain.text import Text

IndexValue = str | int | None


def digest_of(document: str) -> str:
    """The SHA-256 of a document as stored, in UTF-8."""
    return hashlib.sha256(document.encode()).hexdigest()


def _aware(_instance: object, _attribute: object, at: datetime) -> None:
    if at.utcoffset() is None:
        raise InvalidValueError(
            Text(f"Tidspunktet {at} har ingen tidszone.", f"The time {at} has no time zone."),
            Text("Brug et ur, der giver UTC, som system_clock.", "Use a clock that gives UTC, such as system_clock."),
            value=str(at),
        )


@frozen(kw_only=True)
class Draft:
    """A record to be put into a store (da: kladde til registrering).

    ``expected_revision`` is the revision the writer saw; 0 says that the key must be new. ``indexed``
    holds the few fields a store can be searched by. ``actor`` is an opaque id.
    """

    kind: str
    key: str
    document: str
    expected_revision: int
    actor: str
    at: datetime = field(validator=_aware)
    indexed: Mapping[str, IndexValue] = field(factory=dict, hash=False)

    def conflict(self, actual: int) -> ConflictError:
        """The error a store raises when ``actual`` and not ``expected_revision`` is the key's newest revision."""
        return ConflictError(
            Text(
                f"Registreringen {self.key} ({self.kind}) er ændret i mellemtiden: revision {self.expected_revision} "
                f"var ventet, men revision {actual} er den nyeste.",
                f"{self.kind} {self.key} was changed in the meantime: revision {self.expected_revision} was expected, "
                f"but revision {actual} is the newest.",
            ),
            Text("Hent den igen, og gentag ændringen.", "Load it again and repeat the change."),
            kind=self.kind,
            key=self.key,
            expected=self.expected_revision,
            actual=actual,
        )

    def sealed(self, sequence: int, previous_hash: str) -> Record:
        """The record as it enters the chain after the record with ``previous_hash``; stores call this."""
        record = Record(
            kind=self.kind,
            key=self.key,
            revision=self.expected_revision + 1,
            document=self.document,
            document_hash=digest_of(self.document),
            indexed=dict(self.indexed),
            actor=self.actor,
            at=self.at.astimezone(UTC),
            sequence=sequence,
            previous_hash=previous_hash,
            hash="",
        )
        return record.with_hash()


@frozen(kw_only=True)
class Record:
    """One revision of one document, a link of the store's chain (da: registrering).

    ``sequence`` counts from 1 over the whole store. ``hash`` covers everything else, the document
    through ``document_hash``, so that an erased document leaves the chain whole.
    """

    kind: str
    key: str
    revision: int
    document: str
    document_hash: str
    actor: str
    at: datetime
    sequence: int
    previous_hash: str
    hash: str
    indexed: Mapping[str, IndexValue] = field(factory=dict, hash=False)

    @property
    def is_erased(self) -> bool:
        """The document of an erasable record was emptied; what it held is known by its hash alone."""
        emptied = self.document == "" and self.document_hash != digest_of("")
        return emptied and self.kind.startswith(ERASABLE)

    def seal(self) -> str:
        """The hash this record must have."""
        content = [
            self.previous_hash,
            self.sequence,
            self.kind,
            self.key,
            self.revision,
            self.document_hash,
            self.actor,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            indexed_text(self.indexed),
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()

    def with_hash(self) -> Record:
        """The same record with its hash filled in."""
        return Record(**{name: getattr(self, name) for name in _FIELDS}, hash=self.seal())


_FIELDS = tuple(name for name in Record.__annotations__ if name != "hash")


def indexed_text(indexed: Mapping[str, IndexValue]) -> str:
    """Indexed fields as one canonical text; what is hashed and what a store may keep."""
    return json.dumps(dict(sorted(indexed.items())), ensure_ascii=False)


@runtime_checkable
class Store(Protocol):
    """Keeps records for ever (da: lager). Belongs to one thread; two processes may share one store.

    Contract: ``StoreContract`` in ``almenstyring.testing``.
    """

    def put(self, drafts: Sequence[Draft]) -> tuple[Record, ...]:
        """Append all drafts in order, all or nothing.

        ConflictError, changing nothing, if any draft's ``expected_revision`` is not the key's
        current revision.
        """

    def get(self, kind: str, key: str, revision: int | None = None) -> Record | None:
        """The record's newest revision, or the one asked for; None if there is none."""

    def history(self, kind: str, key: str) -> Sequence[Record]:
        """Every revision, oldest first; empty if the key is unknown."""

    def find(self, kind: str, where: Mapping[str, IndexValue] | None = None) -> Iterator[Record]:
        """The newest revision of each key of a kind whose indexed fields equal ``where``, by key."""

    def erase(self, kind: str, key: str) -> int:
        """Empty the document of every revision of the key, for good; the number of those that were not empty yet.

        Links, hashes and indexed values stay: the records are got and found as before, with an empty document.
        InvalidValueError, changing nothing, unless ``require_erasable`` lets the kind pass.
        """

    def transaction(self) -> AbstractContextManager[None]:
        """Everything put or erased inside is kept together or not at all; the writer lock is taken at the start."""

    def head(self) -> ChainHead:
        """The end of the chain now."""

    def chain(self) -> Iterator[Record]:
        """Every record in the order of the chain, for verification."""

    def close(self) -> None:
        """Give back files and connections; the store is not used afterwards."""
