"""A store for almenstyring in one SQLite file: ``sqlite:dialog.db``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from almenstyring import Text
from almenstyring.plugins import StoreDescriptor, hookimpl
from almenstyring.ports import Store


def open_store(path: str) -> Store:
    """Open the store in the file ``path``, made if it is missing; ``:memory:`` is a store without a file."""
    # The driver is loaded when a store is opened, not when the plug-in is found.
    from almenstyring_sqlite.store import SqliteStore

    return SqliteStore(path)


def store_exists(path: str) -> bool:
    """Whether there is a file that holds something; an empty file is no store yet."""
    file = Path(path)
    return file.is_file() and file.stat().st_size > 0


@hookimpl
def almenstyring_stores() -> Iterable[StoreDescriptor]:
    """Yield the store of this adapter."""
    yield StoreDescriptor(
        name="sqlite",
        open=open_store,
        exists=store_exists,
        description=Text("Lager i én SQLite-fil", "A store in one SQLite file"),
    )
