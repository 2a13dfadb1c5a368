"""A municipality's overview and obligations from SQLite: 40 organisations, 10 report years, and the whole country.

The store is filled with what a workspace keeps of every organisation and year: master data, progress of the package,
deadline, meeting held, and a statement per municipality and year. One municipality has 40 of the sector's 561
organisations with their share of its 7,085 estates (1 January 2018, Landsbyggefonden); the others share the rest.
Measured are ``overview`` and ``obligations`` of that municipality over ten years in a store of one, ten and 98
municipalities, and the operator's overview of all of them. The physical limit in the same run is fetching the same
records with the driver alone and reading their JSON. Run with ``--check`` to fail above the bar of 0.5 s.
"""

from __future__ import annotations

import argparse
import gc
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from attrs import evolve

import almenstyring as al
from almenstyring.application.records import BY_MUNICIPALITY, TEST_MODE, Records, by_year, indexed_master, year_key
from almenstyring.application.repository import Repository
from almenstyring.domain.dialogue import Span
from almenstyring.domain.organisations import Element
from almenstyring.domain.reporting import PackageProgress, SentElements
from almenstyring.ports import IndexValue
from almenstyring_sqlite.store import SqliteStore
from almenstyring_synthetic.nation import Nation

T = TypeVar("T")
BAR = 0.5
HERE = al.MunicipalityCode("T01")
YEARS = [al.ReportYear(year) for year in range(2017, 2027)]
SPAN = Span.years(2017, 2026)
ON = date(2026, 12, 1)


def country() -> dict[al.MunicipalityCode, list[al.MasterData]]:
    """Every fourteenth organisation in the municipality that is measured, the others in turn in the 97 others."""
    nation = Nation(organisations=561, estates=7085, seed=1)
    found: dict[al.MunicipalityCode, list[al.MasterData]] = {}
    for rank, (number, size) in enumerate(nation.sizes().items()):
        home = HERE if rank % 14 == 0 and rank < 560 else al.MunicipalityCode(f"T{rank % 97 + 2:02}")
        found.setdefault(home, []).append(_at_home(nation.build(number, size), home))
    assert len(found[HERE]) == 40
    return found


def _at_home(master: al.MasterData, home: al.MunicipalityCode) -> al.MasterData:
    """The organisation and its estates in that municipality, with a calendar year of accounts for each report year."""
    years = [year.accounting_year for year in YEARS]
    return evolve(
        master,
        periods=tuple(al.AccountingPeriod(date(year, 1, 1), date(year, 12, 31)) for year in years),
        home_municipalities=tuple(evolve(each, municipality=home) for each in master.home_municipalities),
        locations=tuple(evolve(each, municipality=home) for each in master.locations),
    )


def progress(master: al.MasterData, year: al.ReportYear) -> PackageProgress:
    """A package that was sent whole, in good time, and is under review."""
    estates, own = tuple(estate.id for estate in master.estates), (master.number,)
    held: dict[Element, tuple[al.LbfNumber | al.EstateId, ...]] = {
        Element.GOVERNANCE_REPORT: own,
        Element.ESTATE_REPORT: estates,
        Element.ACCOUNTS: (*own, *estates),
        Element.ACCOUNTS_QUESTIONNAIRE: (*own, *estates),
        Element.ANNUAL_REPORT: own,
        Element.AUDITORS_PROTOCOL: own,
    }
    sent = SentElements(on=date(int(year), 6, 20), held=held, due=date(int(year), 6, 30))
    return PackageProgress(
        organisation=master.number,
        report_year=year,
        status=al.PackageStatus.UNDER_REVIEW,
        opened=date(int(year), 1, 1),
        sendings=(sent,),
    )


def fill(path: Path, places: dict[al.MunicipalityCode, list[al.MasterData]]) -> None:
    """Keep ten years of every organisation, each record as a workspace keeps it."""
    with closing(SqliteStore(str(path))) as store, store.transaction():
        records, at = Records(store), datetime(2026, 11, 1, tzinfo=UTC)

        def keep(repository: Repository[T], key: str, value: T, indexed: Mapping[str, IndexValue]) -> None:
            repository.put(key, value, expected_revision=0, actor="drift", at=at, indexed=indexed)

        for home, masters in places.items():
            for master in masters:
                keep(records.register, str(master.number), master, indexed_master(master))
                for year in YEARS:
                    owner = (master.number, year)
                    key, fields = year_key(*owner), by_year(*owner)
                    keep(records.progress, key, progress(master, year), fields)
                    keep(records.deadlines, key, deadline(master, home, year), fields)
                    keep(records.meetings, key, meeting(master, home, year), fields)
            for year in YEARS:
                numbers = tuple(master.number for master in masters)
                statement = al.Statement(municipality=home, report_year=year, organisations=numbers, text="SYNTETISK")
                fields = {"municipality": str(home), "year": int(year)}
                keep(records.statements, f"{home}/{year}", statement, fields)
        records.keep_setting(BY_MUNICIPALITY, "yes", "drift", at)
        records.keep_setting(TEST_MODE, "yes", "drift", at)


def deadline(master: al.MasterData, home: al.MunicipalityCode, year: al.ReportYear) -> al.Deadline:
    """The municipality's deadline of 30 June."""
    return al.Deadline(
        organisation=master.number,
        report_year=year,
        municipality=home,
        due=date(int(year), 6, 30),
        set_by="tilsyn",
        set_on=date(int(year), 1, 15),
    )


def meeting(master: al.MasterData, home: al.MunicipalityCode, year: al.ReportYear) -> al.DialogueMeeting:
    """The meeting of the year, with minutes of ordinary length."""
    return al.DialogueMeeting(
        organisation=master.number,
        report_year=year,
        municipality=home,
        held_on=date(int(year), 10, 1),
        organisations_assessment="Driften er god (syntetisk). " * 20,
        municipalitys_assessment="Kommunen er enig (syntetisk). " * 20,
    )


def by_driver(path: Path) -> int:
    """Fetch what the municipality's overview rests on with the driver alone and read its JSON."""
    kinds = "('register', 'progress', 'deadlines', 'meetings')"
    with closing(sqlite3.connect(path)) as connection:
        of_ours = "SELECT value FROM fields WHERE kind = 'register' AND field = 'organisation' AND key IN ({})"
        ours = "SELECT key FROM fields WHERE kind = 'register' AND field = 'concerns T01' AND value = '1'"
        documents = connection.execute(
            "SELECT document FROM records JOIN newest USING (sequence) JOIN fields "
            "ON fields.kind = records.kind AND fields.key = records.key AND fields.field = 'organisation' "
            f"WHERE records.kind IN {kinds} AND fields.value IN ({of_ours.format(ours)})"
        )
        return sum(len(json.loads(document)) for (document,) in documents)


def timed(work: Callable[[], object], runs: int) -> float:
    """The median of several runs, in seconds."""
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)


def measure(places: dict[al.MunicipalityCode, list[al.MasterData]], runs: int) -> dict[str, float]:
    """Fill a store, print what each question takes, and return the seconds of the two with a bar."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "dialog.db")
        fill(path, places)
        gc.freeze()  # the country that the store was filled from is no part of what is measured
        council = al.Actor("tilsyn", role="municipality", municipality=HERE)
        clock = lambda: datetime.combine(ON, datetime.min.time(), UTC)  # noqa: E731 - a clock is any callable
        with al.connect(f"sqlite:{path}", actor=council, clock=clock, test_mode=True) as workspace:
            lines = workspace.overview(YEARS).lines
            owed = workspace.obligations(SPAN)
            assert len(lines) == len(places[HERE]) * len(YEARS)
            assert owed, "somebody takes part in the dialogue"
            seconds = {
                "overview": timed(lambda: workspace.overview(YEARS), runs),
                "obligations": timed(lambda: workspace.obligations(SPAN), runs),
            }
            operator = workspace.acting_as(al.Actor("drift", role="operator"))
            everything = timed(lambda: operator.overview(YEARS[-1:]), 1)
        limit = timed(lambda: by_driver(path), runs)
    size = f"{len(places):2} municipalities, {sum(map(len, places.values())):3} organisations"
    for what, took in seconds.items():
        print(f"{size}: {what:11} of 10 years {took:.3f} s, {took / limit:4.1f} times the driver and JSON alone")
    print(f"{size}: overview of everybody in one year {everything:.3f} s")
    return seconds


def main() -> int:
    """Measure, and with --check compare with the bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="how often")
    parser.add_argument("--check", action="store_true", help="exit with 1 above the bar")
    options = parser.parse_args()
    every = country()
    slow = []
    for count in (1, 10, 98):
        some = dict(sorted(every.items(), key=lambda place: place[0])[:count])
        measured = measure(some, options.runs)
        slow += [f"{what} {took:.3f} s" for what, took in measured.items() if took > BAR]
    if options.check and slow:
        print(f"Above the bar of {BAR} s: " + ", ".join(slow))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
