"""Deliberately broken stores: the proof that the contract catches what it promises to catch.

Each is the memory store with one fault an author might make, next to the test that must find it.
"""

# A mutant's docstring says what is wrong with its one method.
# ruff: noqa: D102

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from attrs import evolve

from almenstyring.builtin.memory import MemoryStore
from almenstyring.ports import GENESIS, ChainHead, Draft, IndexValue, Record, digest_of, require_erasable


class LosesTheLastOfABatch(MemoryStore):
    """Reports a whole batch but keeps one record less."""

    def put(self, drafts: Sequence[Draft]) -> tuple[Record, ...]:
        records = super().put(drafts)
        if len(drafts) > 1:
            self._cut(len(self._records) - 1)
        return records


class IgnoresTheExpectedRevision(MemoryStore):
    """The last writer wins."""

    def _append(self, draft: Draft) -> Record:
        return super()._append(evolve(draft, expected_revision=len(self.history(draft.kind, draft.key))))


class PutsDraftByDraft(MemoryStore):
    """A batch that fails has already kept its beginning."""

    def put(self, drafts: Sequence[Draft]) -> tuple[Record, ...]:
        return tuple(self._append(draft) for draft in drafts)


class ForgetsToRollBack(MemoryStore):
    """Leaves what a failed transaction had put."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        yield


class CommitsTheInnerTransaction(MemoryStore):
    """What an inner transaction put stays, though the outer one fails."""

    _kept = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with super().transaction():
            yield
        self._kept = len(self._records)

    def _cut(self, length: int) -> None:
        super()._cut(max(length, self._kept))


class RollsBackTooMuch(MemoryStore):
    """An inner transaction that fails takes the outer one's records with it."""

    _outermost: int | None = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        outermost = self._outermost
        self._outermost = len(self._records) if outermost is None else outermost
        try:
            with super().transaction():
                yield
        finally:
            self._outermost = outermost

    def _cut(self, length: int) -> None:
        super()._cut(length if self._outermost is None else self._outermost)


class GivesAnOldRevision(MemoryStore):
    """Answers with the first revision it finds."""

    def get(self, kind: str, key: str, revision: int | None = None) -> Record | None:
        return super().get(kind, key, revision or 1)


class ComposesLetters(MemoryStore):
    """Changes documents to the normal form of Unicode."""

    def _append(self, draft: Draft) -> Record:
        return super()._append(evolve(draft, document=unicodedata.normalize("NFC", draft.document)))


class FoldsTheCaseOfKeys(MemoryStore):
    """Takes two keys for one, as some databases' text comparison does."""

    def _append(self, draft: Draft) -> Record:
        known = {key.lower(): key for kind, key in self._histories if kind == draft.kind}
        return super()._append(evolve(draft, key=known.get(draft.key.lower(), draft.key)))


class DropsMicroseconds(MemoryStore):
    """Keeps whole seconds."""

    def _append(self, draft: Draft) -> Record:
        return super()._append(evolve(draft, at=draft.at.replace(microsecond=0)))


class FindsInOrderOfPutting(MemoryStore):
    """Gives what was put first, first."""

    def find(self, kind: str, where: Mapping[str, IndexValue] | None = None) -> Iterator[Record]:
        return iter(sorted(super().find(kind, where), key=lambda record: record.sequence))


class FindsByAnyField(MemoryStore):
    """Is content when one of several fields fits."""

    def find(self, kind: str, where: Mapping[str, IndexValue] | None = None) -> Iterator[Record]:
        wanted = (where or {}).items()
        return (r for r in super().find(kind) if not wanted or wanted & r.indexed.items())


class TakesNumbersForText(MemoryStore):
    """Swallows the types of the indexed fields."""

    def find(self, kind: str, where: Mapping[str, IndexValue] | None = None) -> Iterator[Record]:
        wanted = {(name, str(value)) for name, value in (where or {}).items()}
        return (r for r in super().find(kind) if wanted <= {(name, str(value)) for name, value in r.indexed.items()})


class TakesAbsentForNone(MemoryStore):
    """Finds a record by None in a field it does not have."""

    def find(self, kind: str, where: Mapping[str, IndexValue] | None = None) -> Iterator[Record]:
        wanted = (where or {}).items()
        return (r for r in super().find(kind) if all(r.indexed.get(name) == value for name, value in wanted))


class FindsByOldFields(MemoryStore):
    """Never forgets what a key was once indexed by."""

    def find(self, kind: str, where: Mapping[str, IndexValue] | None = None) -> Iterator[Record]:
        wanted = (where or {}).items()
        for record in super().find(kind):
            if any(wanted <= old.indexed.items() for old in self.history(kind, record.key)):
                yield record


class FindsWhileOthersPut(MemoryStore):
    """Settles what it gives only when it is asked for the next record."""

    def find(self, kind: str, where: Mapping[str, IndexValue] | None = None) -> Iterator[Record]:
        for record in super().find(kind, where):
            yield self.history(kind, record.key)[-1]


class BreaksTheChain(MemoryStore):
    """Every record says it is the first."""

    def head(self) -> ChainHead:
        return ChainHead(super().head().sequence, GENESIS)


class HidesARecordFromTheChain(MemoryStore):
    """Leaves out the second record when the chain is walked."""

    def chain(self) -> Iterator[Record]:
        return (record for record in super().chain() if record.sequence != 2)


class ForgetsWhenClosed(MemoryStore):
    """Says that it persists, but each opening gives an empty store."""


class ErasesTheNewestOnly(MemoryStore):
    """Leaves what the older revisions held."""

    def erase(self, kind: str, key: str) -> int:
        require_erasable(kind)
        newest = self.get(kind, key)
        if newest is None or not newest.document:
            return 0
        self._replace(evolve(newest, document=""))
        return len(self.history(kind, key))


class ErasesTheHashToo(MemoryStore):
    """Makes the record as if it had been put empty."""

    def _replace(self, record: Record) -> None:
        super()._replace(record if record.document else evolve(record, document_hash=digest_of("")))


class ErasesWhatItIsIndexedBy(MemoryStore):
    """Empties more than the document."""

    def _replace(self, record: Record) -> None:
        super()._replace(record if record.document else evolve(record, indexed={}))


class ErasesAnyKind(MemoryStore):
    """Lets history be emptied."""

    def erase(self, kind: str, key: str) -> int:
        for record in self.history(kind, key):
            self._replace(evolve(record, document=""))
        return super().erase(kind, key)


class ErasesEverybody(MemoryStore):
    """Takes each key that begins alike."""

    def erase(self, kind: str, key: str) -> int:
        keys = {other for of, other in self._histories if of == kind and other.startswith(key)}
        with self.transaction():
            return sum(super(ErasesEverybody, self).erase(kind, other) for other in keys or {key})


class CountsWhatWasErasedBefore(MemoryStore):
    """Tells how many revisions there are, emptied before or not."""

    def erase(self, kind: str, key: str) -> int:
        super().erase(kind, key)
        return len(self.history(kind, key))


class ErasesAtOnce(MemoryStore):
    """Does not take an erasure back with its transaction."""

    def _restore(self, erased: int) -> None:
        """Leave it."""


class AnswersWhenClosed(MemoryStore):
    """Goes on after close as if it were empty."""

    def _require_open(self) -> None:
        """Let everything through."""


STORE_MUTANTS: tuple[tuple[type[MemoryStore], str], ...] = (
    (LosesTheLastOfABatch, "test_a_batch_is_kept_to_its_last_record"),
    (IgnoresTheExpectedRevision, "test_a_draft_made_from_another_revision_than_the_newest_is_a_conflict"),
    (PutsDraftByDraft, "test_a_conflict_anywhere_in_a_batch_changes_nothing"),
    (ForgetsToRollBack, "test_a_transaction_that_fails_leaves_nothing"),
    (CommitsTheInnerTransaction, "test_an_inner_transaction_is_kept_only_with_the_outer"),
    (RollsBackTooMuch, "test_an_inner_transaction_that_fails_takes_back_only_its_own"),
    (GivesAnOldRevision, "test_get_without_a_revision_gives_the_newest"),
    (ComposesLetters, "test_a_document_is_kept_to_the_letter"),
    (FoldsTheCaseOfKeys, "test_keys_that_only_look_alike_are_different"),
    (DropsMicroseconds, "test_a_time_is_kept_to_the_microsecond_and_comes_back_in_utc"),
    (FindsInOrderOfPutting, "test_find_gives_each_keys_newest_revision_in_order_of_the_keys"),
    (FindsByAnyField, "test_find_by_several_fields_needs_all_of_them"),
    (TakesNumbersForText, "test_find_tells_numbers_text_none_and_nothing_apart"),
    (TakesAbsentForNone, "test_find_tells_numbers_text_none_and_nothing_apart"),
    (FindsByOldFields, "test_find_goes_by_what_the_newest_revision_is_indexed_by"),
    (FindsWhileOthersPut, "test_find_gives_what_was_there_when_it_was_called"),
    (BreaksTheChain, "test_the_chain_holds_every_record_in_order_and_verifies"),
    (HidesARecordFromTheChain, "test_the_chain_holds_every_record_in_order_and_verifies"),
    (ForgetsWhenClosed, "test_what_was_put_is_there_after_reopening"),
    (ErasesTheNewestOnly, "test_erasing_empties_every_revision_and_keeps_links_hashes_and_indexed_values"),
    (ErasesTheHashToo, "test_the_chain_still_verifies_after_erasing_and_heads_kept_elsewhere_are_in_it"),
    (ErasesWhatItIsIndexedBy, "test_erasing_empties_every_revision_and_keeps_links_hashes_and_indexed_values"),
    (ErasesAnyKind, "test_a_kind_that_is_kept_for_ever_is_not_erased"),
    (ErasesEverybody, "test_erasing_touches_no_other_key_and_no_other_kind"),
    (CountsWhatWasErasedBefore, "test_erasing_again_or_what_is_not_there_erases_nothing"),
    (ErasesAtOnce, "test_an_erasure_in_a_transaction_that_fails_is_taken_back"),
    (AnswersWhenClosed, "test_a_closed_store_says_so"),
)
"""Each broken store and the test of ``StoreContract`` that must fail on it."""
