"""What the tests of the SQLite store share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from almenstyring import BackendError
from almenstyring.ports import Draft, IndexValue
from almenstyring_sqlite.store import SqliteStore

NewDraft = Callable[..., Draft]
Refused = Callable[..., BackendError]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store file that does not exist yet."""
    return tmp_path / "dialog.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    """An empty store in that file; it does not wait long for others."""
    store = SqliteStore(str(path), timeout=0.01)
    yield store
    store.close()


@pytest.fixture
def new_draft() -> NewDraft:
    """A function that makes a draft of a key, a revision and a document."""

    def make(key: str, revision: int = 0, document: str = "{}", **indexed: IndexValue) -> Draft:
        return Draft(
            kind="note",
            key=key,
            document=document,
            expected_revision=revision,
            actor="actor-1",
            at=datetime(2026, 6, 29, tzinfo=UTC),
            indexed=indexed,
        )

    return make


@pytest.fixture
def refused() -> Refused:
    """Call something that must fail, and return the error after checking that it helps in both languages."""

    def check(call: Callable[..., object], *arguments: object, kind: type[BackendError] = BackendError) -> BackendError:
        with pytest.raises(BackendError) as caught:
            call(*arguments)
        error = caught.value
        assert type(error) is kind
        for text in (error.message, error.hint):
            assert text.da and text.en and text.da != text.en
            assert "{" not in text.da + text.en
        return error

    return check
