"""A store that lives as long as the program: for tests, examples and trying things out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from attrs import evolve

from almenstyring.domain.errors import BackendError
from almenstyring.domain.text import Text
from almenstyring.ports import ChainHead, Draft, IndexValue, Record, require_erasable


class MemoryStore:
    """Keeps records in lists (da: lager i hukommelsen). Everything is gone after ``close``.

    >>> from almenstyring.ports import system_clock
    >>> store = MemoryStore()
    >>> draft = Draft(kind="note", key="a", document="{}", expected_revision=0, actor="x", at=system_clock())
    >>> [record.revision for record in store.put([draft])]
    [1]
    """

    def __init__(self) -> None:
        self._records: list[Record] = []
        self._histories: dict[tuple[str, str], list[Record]] = {}
        self._before_erasing: list[Record] = []
        self._depth = 0
        self._closed = False

    def put(self, drafts: Sequence[Draft]) -> tuple[Record, ...]:
        """Append all drafts or none; ConflictError if one was made from an old revision."""
        with self.transaction():
            return tuple([self._append(draft) for draft in drafts])

    def _append(self, draft: Draft) -> Record:
        history = self._histories.setdefault((draft.kind, draft.key), [])
        if draft.expected_revision != len(history):
            raise draft.conflict(len(history))
        head = self.head()
        record = draft.sealed(head.sequence + 1, head.hash)
        history.append(record)
        self._records.append(record)
        return record

    def get(self, kind: str, key: str, revision: int | None = None) -> Record | None:
        """The newest revision, or the one asked for; None if there is none."""
        for record in reversed(self.history(kind, key)):
            if revision in (None, record.revision):
                return record
        return None

    def history(self, kind: str, key: str) -> Sequence[Record]:
        """Every revision, oldest first."""
        self._require_open()
        return tuple(self._histories.get((kind, key), ()))

    def find(self, kind: str, where: Mapping[str, IndexValue] | None = None) -> Iterator[Record]:
        """The newest revision of each key whose indexed fields hold all of ``where``, by key."""
        self._require_open()
        wanted = dict(where or {}).items()
        newest = [history[-1] for (of, _), history in sorted(self._histories.items()) if of == kind and history]
        return iter([record for record in newest if wanted <= record.indexed.items()])

    def erase(self, kind: str, key: str) -> int:
        """Empty the document of every revision of a key; the number of those that were not empty yet."""
        require_erasable(kind)
        with self.transaction():
            filled = [record for record in self.history(kind, key) if record.document]
            self._before_erasing += filled
            for record in filled:
                self._replace(evolve(record, document=""))
        return len(filled)

    def _replace(self, record: Record) -> None:
        self._records[record.sequence - 1] = record
        self._histories[record.kind, record.key][record.revision - 1] = record

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep what is put and erased inside together or not at all; may be nested."""
        self._require_open()
        length, erased = len(self._records), len(self._before_erasing)
        self._depth += 1
        try:
            yield
        except BaseException:
            self._restore(erased)
            self._cut(length)
            raise
        finally:
            self._depth -= 1
            if not self._depth:
                self._before_erasing.clear()

    def _restore(self, erased: int) -> None:
        while len(self._before_erasing) > erased:
            self._replace(self._before_erasing.pop())

    def _cut(self, length: int) -> None:
        while len(self._records) > length:
            record = self._records.pop()
            self._histories[record.kind, record.key].pop()

    def head(self) -> ChainHead:
        """The end of the chain now."""
        self._require_open()
        return ChainHead(self._records[-1].sequence, self._records[-1].hash) if self._records else ChainHead()

    def chain(self) -> Iterator[Record]:
        """Every record in the order of the chain."""
        self._require_open()
        return iter(tuple(self._records))

    def close(self) -> None:
        """Forget everything; the store refuses to be used afterwards."""
        self._closed = True
        self._records.clear()
        self._histories.clear()
        self._before_erasing.clear()

    def _require_open(self) -> None:
        if self._closed:
            raise BackendError(
                Text("Lageret i hukommelsen er lukket.", "The store in memory is closed."),
                Text("Åbn et nyt lager.", "Open a new store."),
            )
