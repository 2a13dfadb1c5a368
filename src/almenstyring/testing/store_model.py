"""A plain dictionary of revisions that any store must agree with, whatever is done to it in any order."""

# A step's name is its description.
# ruff: noqa: D102

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from almenstyring.domain.errors import ConflictError
from almenstyring.ports import Draft, IndexValue, Store

Entry = tuple[str, IndexValue]
"""A document and the colour it is indexed by."""

KEYS = st.sampled_from(["a", "B", "å", "😀"])
COLOURS = st.sampled_from([None, 1, "1", "red"])
BATCHES = st.lists(st.tuples(KEYS, st.text(max_size=8), COLOURS), max_size=4)
_AT = datetime(2026, 6, 29, 9, 30, tzinfo=UTC)


class _FailedOnPurposeError(Exception):
    """Leaves a transaction."""


class StoreModel(RuleBasedStateMachine):
    """Does the same to a store and to a dictionary, and compares what they answer."""

    def __init__(self, store: Store, kind: str) -> None:
        super().__init__()
        self.store = store
        self.kind = kind
        self.model: dict[str, list[Entry]] = {}

    def put(self, batch: list[tuple[str, str, IndexValue]], model: dict[str, list[Entry]], late: int = 0) -> None:
        drafts = []
        for key, document, colour in batch:
            entries = model.setdefault(key, [])
            drafts.append(self._draft(key, len(entries) - late, document, colour))
            entries.append((document, colour))
        self.store.put(drafts)

    def _draft(self, key: str, revision: int, document: str, colour: IndexValue) -> Draft:
        return Draft(
            kind=self.kind,
            key=key,
            document=document,
            expected_revision=revision,
            actor="model",
            at=_AT,
            indexed={"colour": colour},
        )

    @rule(batch=BATCHES)
    def puts_a_batch(self, batch: list[tuple[str, str, IndexValue]]) -> None:
        self.put(batch, self.model)

    @rule(batch=BATCHES.filter(bool))
    def puts_a_batch_that_comes_too_late(self, batch: list[tuple[str, str, IndexValue]]) -> None:
        with pytest.raises(ConflictError):
            self.put(batch, self._copy(), late=1)

    @rule(first=BATCHES, second=BATCHES)
    def leaves_a_transaction_with_an_error(
        self, first: list[tuple[str, str, IndexValue]], second: list[tuple[str, str, IndexValue]]
    ) -> None:
        model = self._copy()
        with suppress(_FailedOnPurposeError), self.store.transaction():
            self.put(first, model)
            with self.store.transaction():
                self.put(second, model)
            self.store.erase(self.kind, second[0][0] if second else "a")
            raise _FailedOnPurposeError

    @rule(key=KEYS)
    def erases_a_key(self, key: str) -> None:
        entries = self.model.get(key, [])
        assert self.store.erase(self.kind, key) == sum(document != "" for document, _ in entries)
        self.model[key] = [("", colour) for _, colour in entries]

    def _copy(self) -> dict[str, list[Entry]]:
        return {key: list(entries) for key, entries in self.model.items()}

    @rule(key=KEYS, revision=st.integers(1, 4))
    def gets_a_revision(self, key: str, revision: int) -> None:
        entries = self.model.get(key, [])
        record = self.store.get(self.kind, key, revision)
        assert (record and record.document) == (entries[revision - 1][0] if revision <= len(entries) else None)

    @rule(colour=COLOURS)
    def finds_a_colour(self, colour: IndexValue) -> None:
        found = [(record.key, record.document) for record in self.store.find(self.kind, {"colour": colour})]
        assert found == [(key, document) for key, (document, other) in self._newest() if other == colour]

    def _newest(self) -> Iterator[tuple[str, Entry]]:
        return ((key, entries[-1]) for key, entries in sorted(self.model.items()) if entries)

    def teardown(self) -> None:
        """At the end every history is as the dictionary has it, and nothing else is there."""
        for key, entries in self.model.items():
            history = self.store.history(self.kind, key)
            assert [(record.document, record.indexed["colour"]) for record in history] == entries
            assert [record.revision for record in history] == list(range(1, len(entries) + 1))
        assert [record.key for record in self.store.find(self.kind)] == [key for key, _ in self._newest()]


def check_against_model(open_store: Callable[[], Store]) -> None:
    """Play random games on one store; each has a kind of its own, so none sees another's records."""
    store, games = open_store(), count()

    class Game(StoreModel):
        def __init__(self) -> None:
            super().__init__(store, f"person in game {next(games)}")

    run_state_machine_as_test(
        Game,
        settings=settings(
            max_examples=25,
            stateful_step_count=12,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    store.close()
