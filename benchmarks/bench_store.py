"""The SQLite store against the driver alone: saving and loading a national year of packages.

Writing is measured against ``executemany`` of the same rows, already serialised and hashed, into an equal table with
the same durability; loading against fetching the documents. Both sides then read the JSON. A ratio of 1 means as
fast as the driver. Run with ``--check`` to fail below the bars.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from attrs import frozen

from almenstyring.ports import Draft, Record, indexed_text
from almenstyring_sqlite.schema import MIGRATIONS
from almenstyring_sqlite.store import SqliteStore

BARS = {"write": 0.5, "load": 0.5}
COMMENT = "Organisationen har en tilfredsstillende økonomi, og afdelingerne følger den langsigtede plan. "
INSERT = f"INSERT INTO records VALUES ({', '.join('?' * 11)})"


@frozen
class Seconds:
    """How long something took, by the clock and by the processor."""

    wall: float
    cpu: float


CLOCKS: dict[str, Callable[[Seconds], float]] = {"wall": lambda s: s.wall, "cpu": lambda s: s.cpu}


def package(chance: random.Random) -> str:
    """A document of 20 to 40 kB in the shape of a package's: many answers, some with a comment."""
    answers = {
        f"economy.question_{number}": {
            "value": {"dkk": f"{chance.randrange(10**9)}.00"},
            "comment": COMMENT * chance.randrange(3),
            "provenance": {"typed_by": f"actor-{chance.randrange(50)}", "at": "2026-06-29T09:30:15.123456+00:00"},
        }
        for number in range(chance.randrange(90, 170))
    }
    return json.dumps({"version": 1, "answers": answers}, ensure_ascii=False)


def drafts(count: int) -> list[Draft]:
    """The packages of one report year, indexed as a workspace would."""
    chance = random.Random(2026)
    return [
        Draft(
            kind="package",
            key=f"T{number:05}-2026",
            document=package(chance),
            expected_revision=0,
            actor="actor-1",
            at=datetime(2026, 6, 29, 9, 30, 15, number, tzinfo=UTC),
            indexed={"organisation": f"T{number:05}", "report_year": 2026, "status": "sent"},
        )
        for number in range(count)
    ]


def row(record: Record) -> tuple[Any, ...]:
    """A record as the driver's side gets it: finished."""
    chain = (record.document_hash, record.actor, record.at.isoformat(), record.previous_hash, record.hash)
    place = (record.sequence, record.kind, record.key, record.revision)
    return (*place, *chain, indexed_text(record.indexed), record.document)


def driver(path: Path) -> sqlite3.Connection:
    """A connection with the store's durability and its main table."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(MIGRATIONS[0].split(";")[0])
    return connection


def timed(work: Callable[[], object]) -> Seconds:
    """Do the work once, on a disk that is at rest."""
    os.sync()
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Seconds(time.perf_counter() - wall, time.process_time() - cpu)


def by_driver(folder: Path, rows: Sequence[tuple[Any, ...]]) -> dict[str, Seconds]:
    """Write and load with the driver alone."""
    with closing(driver(folder / "driver.db")) as connection:

        def write() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(INSERT, rows)
            connection.execute("COMMIT")

        def load() -> None:
            for (document,) in connection.execute("SELECT document FROM records WHERE kind = 'package' ORDER BY key"):
                json.loads(document)

        return {"write": timed(write), "load": timed(load)}


def by_store(folder: Path, batch: Sequence[Draft]) -> dict[str, Seconds]:
    """Write and load through the store."""
    with closing(SqliteStore(str(folder / "store.db"))) as store:

        def load() -> None:
            for record in store.find("package", {"report_year": 2026}):
                json.loads(record.document)

        return {"write": timed(lambda: store.put(batch)), "load": timed(load)}


def measure(count: int, runs: int) -> dict[str, float]:
    """Print medians and ratios, and return for each task the lower of the two ratios."""
    batch = drafts(count)
    with tempfile.TemporaryDirectory() as folder, closing(SqliteStore(str(Path(folder, "all.db")))) as store:
        rows = [row(record) for record in store.put(batch)]
    size = sum(len(draft.document) for draft in batch)
    print(f"{count} packages, {size / 1e6:.0f} MB, median of {runs} runs")
    measured: dict[str, list[dict[str, Seconds]]] = {"driver": [], "store": []}
    sides: list[tuple[str, Callable[[Path], dict[str, Seconds]]]] = [
        ("driver", lambda folder: by_driver(folder, rows)),
        ("store", lambda folder: by_store(folder, batch)),
    ]
    for run in range(runs):
        # In turns, since whoever comes second may have to wait for the first one's pages to reach the disk.
        for name, side in sides if run % 2 else reversed(sides):
            with tempfile.TemporaryDirectory() as folder:
                measured[name].append(side(Path(folder)))
    return {task: report(task, measured) for task in BARS}


def report(task: str, measured: dict[str, list[dict[str, Seconds]]]) -> float:
    """Print one task's lines; the ratio of a run is taken within that run."""
    ratios = []
    for clock, seconds_of in CLOCKS.items():
        driver, store = ([seconds_of(run[task]) for run in measured[who]] for who in ("driver", "store"))
        ratios.append(statistics.median(d / s for d, s in zip(driver, store, strict=True)))
        seconds = f"driver {statistics.median(driver):6.3f} s, store {statistics.median(store):6.3f} s"
        print(f"{task:5} {clock:4}  {seconds}, ratio {ratios[-1]:.2f} (bar {BARS[task]})")
    return min(ratios)


def main() -> int:
    """Measure, and with --check compare with the bars."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=7000, help="how many packages")
    parser.add_argument("--runs", type=int, default=5, help="how often")
    parser.add_argument("--check", action="store_true", help="exit with 1 below the bars")
    arguments = parser.parse_args()
    ratios = measure(arguments.count, arguments.runs)
    low = [f"{task} {ratio:.2f} < {BARS[task]}" for task, ratio in ratios.items() if ratio < BARS[task]]
    if arguments.check and low:
        print("Below the bar: " + ", ".join(low))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
