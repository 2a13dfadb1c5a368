"""Two processes on one file: they wait for each other, see each other's work, and lose nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from almenstyring import ConflictError
from almenstyring.application.chain import verify_chain
from almenstyring.ports import Draft, Store
from almenstyring_sqlite import open_store

Say = Callable[[str], None]
Together = Callable[..., list[list[str]]]


def draft(key: str, revision: int, document: str) -> Draft:
    return Draft(
        kind="note",
        key=key,
        document=document,
        expected_revision=revision,
        actor="actor-1",
        at=datetime(2026, 6, 29, tzinfo=UTC),
    )


def documents(store: Store, key: str) -> list[str]:
    return [record.document for record in store.history("note", key)]


def test_of_two_conflicting_saves_exactly_one_is_kept(tmp_path: Path, together: Together) -> None:
    path = str(tmp_path / "dialog.db")

    def saving(name: str, revision: int) -> Callable[[Say], None]:
        def work(say: Say) -> None:
            with closing(open_store(path)) as store:
                say("ready")
                try:
                    store.put([draft("A", revision, name), draft(f"{name}{revision}", 0, name)])
                except ConflictError:
                    say("conflict")
                else:
                    say("kept")

        return work

    winners = []
    for revision in range(25):
        answers = together(saving("first", revision), saving("second", revision))
        assert sorted(answers) == [["conflict"], ["kept"]]
        winners.append("first" if answers[0] == ["kept"] else "second")
    with closing(open_store(path)) as store:
        assert documents(store, "A") == winners
        assert [documents(store, f"{winner}{revision}") for revision, winner in enumerate(winners)] == [
            [winner] for winner in winners
        ]
        report = verify_chain(store)
        assert (report.ok, report.records) == (True, 50)


def test_two_processes_that_go_on_saving_lose_nothing(tmp_path: Path, together: Together) -> None:
    path = str(tmp_path / "dialog.db")

    def add_one(store: Store) -> None:
        while True:
            newest = store.get("note", "sum")
            revision, total = (newest.revision, int(newest.document)) if newest else (0, 0)
            try:
                store.put([draft("sum", revision, f"{total + 1}")])
            except ConflictError:
                continue
            return

    def saving(name: str) -> Callable[[Say], None]:
        def work(say: Say) -> None:
            with closing(open_store(path)) as store:
                say("ready")
                for number in range(40):
                    store.put([draft(f"{name} {number}", 0, name)])
                    add_one(store)

        return work

    together(saving("first"), saving("second"))
    with closing(open_store(path)) as store:
        assert documents(store, "sum") == [f"{number}" for number in range(1, 81)]
        assert {len(documents(store, f"{name} {n}")) for name in ("first", "second") for n in range(40)} == {1}
        report = verify_chain(store)
        assert (report.ok, report.records) == (True, 160)


def test_two_processes_may_make_the_same_file_at_once(tmp_path: Path, together: Together) -> None:
    for number in range(25):
        path = str(tmp_path / f"{number}.db")

        def work(say: Say, path: str = path) -> None:
            say("ready")
            with closing(open_store(path)) as store, store.transaction():
                store.put([draft(f"{store.head().sequence}", 0, "")])

        together(work, work)
        with closing(open_store(path)) as store:
            assert [record.key for record in store.chain()] == ["0", "1"]
            assert verify_chain(store).ok
