"""What the core asks of the outside: stores, sources, exporters, notifiers and a clock. The core owns these contracts.

Adapters raise only ``almenstyring`` errors; the kit in ``almenstyring.testing`` proves an adapter right.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol, runtime_checkable

from attrs import field, frozen

from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.errors import ConflictError, InvalidValueError
from almenstyring.domain.figures.accounts import Accounts
from almenstyring.domain.figures.picture_parts import Measure, Spread
from almenstyring.domain.figures.pictures import (
    DistributionPicture,
    EfficiencyPicture,
    Picture,
    TrendBreak,
    TrendPicture,
    TrendPoint,
    canonical_picture,
)
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.notices import NoticeMessage
from almenstyring.domain.organisations import MasterData, Unit
from almenstyring.domain.reporting import Cell, DocumentationPackage, Standard, Value
from almenstyring.domain.reporting.receipts import GENESIS, ChainHead
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values import LbfNumber

__all__ = [
    "GENESIS",
    "ChainHead",
    "Clock",
    "DistributionPicture",
    "Draft",
    "DrawnPicture",
    "EfficiencyPicture",
    "ExportRequest",
    "Exporter",
    "Figure",
    "IndexValue",
    "Measure",
    "NoticeMessage",
    "Notifier",
    "Picture",
    "PictureRenderer",
    "Record",
    "Source",
    "SourceAnswer",
    "SourceRequest",
    "Spread",
    "Store",
    "Table",
    "TableColumn",
    "TrendBreak",
    "TrendPicture",
    "TrendPoint",
    "canonical_picture",
    "digest_of",
    "indexed_text",
    "system_clock",
]

IndexValue = str | int | None


class Clock(Protocol):
    """Tells the time, aware and in UTC; only audit timestamps come from it."""

    def __call__(self) -> datetime:
        """The time now."""


def system_clock() -> datetime:
    """The machine's clock in UTC."""
    return datetime.now(UTC)


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

    def transaction(self) -> AbstractContextManager[None]:
        """Everything put inside is kept together or not at all; the writer lock is taken at the start."""

    def head(self) -> ChainHead:
        """The end of the chain now."""

    def chain(self) -> Iterator[Record]:
        """Every record in the order of the chain, for verification."""

    def close(self) -> None:
        """Give back files and connections; the store is not used afterwards."""


@frozen(kw_only=True)
class SourceRequest:
    """What is asked of a source: one organisation and, for figures, one accounting period.

    ``estates`` are the estates whose accounts and figures are wanted; none means all that the source knows.
    """

    organisation: LbfNumber
    report_year: ReportYear
    period: AccountingPeriod | None = None
    estates: tuple[Unit, ...] = ()


@frozen(kw_only=True)
class Figure:
    """One prefilled value from a source: the name a question's ``prefill`` asks for, and where it came from."""

    name: str
    unit: Unit
    value: Value
    key: str
    status: FigureStatus = FigureStatus.FINAL
    period: AccountingPeriod | None = None


@frozen(kw_only=True)
class SourceAnswer:
    """What a source knows about an accounting period: accounts per unit and single figures."""

    accounts: tuple[Accounts, ...] = ()
    figures: tuple[Figure, ...] = ()


@runtime_checkable
class Source(Protocol):
    """Delivers master data and figures (da: kilde). Contract: ``SourceContract``."""

    def organisations(self) -> Iterable[LbfNumber]:
        """The organisations the source has master data for."""

    def master_data(self, organisation: LbfNumber) -> MasterData | None:
        """Everything known about one organisation, with dated relations; None if unknown."""

    def figures(self, request: SourceRequest) -> SourceAnswer:
        """Accounts and figures for one organisation and its estates in one period; empty if unknown."""

    def close(self) -> None:
        """Give back files and connections."""


@frozen(kw_only=True)
class TableColumn:
    """One column of an export table; ``decimals`` tells how a number is shown."""

    id: str
    title: Text
    decimals: int | None = None
    width: int = 14


@frozen(kw_only=True)
class Table:
    """A neutral table (da: tabel): every export is made from these, never from strings.

    A cell is text, a Number, a Dkk, a date, an int, or None where the value is missing.
    """

    id: str
    title: Text
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell | int | Text | None, ...], ...]


@frozen(kw_only=True)
class DrawnPicture:
    """A picture of a package's unit, drawn as SVG in the language of the export (da: tegnet billede)."""

    organisation: LbfNumber
    report_year: ReportYear
    unit: Unit
    picture: Picture
    svg: bytes = field(repr=False)


@frozen(kw_only=True)
class ExportRequest:
    """What an exporter gets: the packages, the same as neutral tables, notices to print on top, a language.

    ``standards`` holds the standard of each package, in the same order, so that each is shown in its own words:
    two packages of one year may have been sent under different corrections of it. Another number of standards
    than of packages raises InvalidValueError. ``pictures`` are those drawn beforehand, for formats that can show them.
    """

    packages: tuple[DocumentationPackage, ...]
    tables: tuple[Table, ...]
    title: Text
    standards: tuple[Standard, ...]
    notices: tuple[Text, ...] = ()
    language: Language = "da"
    made_on: date
    pictures: tuple[DrawnPicture, ...] = ()

    def pictures_of(self, package: DocumentationPackage) -> tuple[DrawnPicture, ...]:
        """The pictures that were drawn for one of the packages."""
        owner = (package.organisation, package.report_year)
        return tuple(each for each in self.pictures if (each.organisation, each.report_year) == owner)

    def __attrs_post_init__(self) -> None:
        if len(self.packages) != len(self.standards):
            raise InvalidValueError(
                Text("Hver pakke skal have sin standard.", "Each package needs its standard."),
                Text("Giv dem i samme rækkefølge som pakkerne.", "Give them in the order of the packages."),
                packages=len(self.packages),
                standards=len(self.standards),
            )


@runtime_checkable
class Exporter(Protocol):
    """Writes an export to a file (da: eksport). Contract: ``ExporterContract``."""

    def __call__(self, request: ExportRequest, target: Path) -> None:
        """Write the whole file or raise BackendError and leave no half file behind."""


@runtime_checkable
class PictureRenderer(Protocol):
    """Draws pictures (da: tegner). Belongs to one thread. Contract: ``PictureContract``."""

    def draw(self, picture: Picture, suffix: str, language: Language = "da", *, scale: int = 2) -> bytes:
        """The picture as the content of a file with the suffix, in any case, such as ".svg".

        ``scale`` is the pixels per unit of length, 1-8, where the format has pixels. The same call gives the same
        bytes. An SVG has the picture's title and description as ``<title>`` and ``<desc>``. InvalidValueError for
        another suffix or scale, BackendError if the drawing fails.
        """


@runtime_checkable
class Notifier(Protocol):
    """Hands over notices (da: budbringer), one at a time and without trying again. Contract: ``NotifierContract``."""

    def deliver(self, message: NoticeMessage) -> None:
        """Hand over the message once.

        UnavailableError if it was not delivered and may be later, BackendError if it was refused, UnknownOutcomeError
        if nobody can know. No error tells the address or a secret.
        """

    def close(self) -> None:
        """Give back files and connections."""
