"""An invented country computed once, its peers said by hand, and the walk through a result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any

import attrs

import almenstyring as al
from almenstyring.application.comparing import Comparison, Peers, compared_figure, compared_in
from almenstyring.application.comparing_a_year import Filled, compared
from almenstyring.application.key_figures import figures_of
from almenstyring.application.prefilling import from_source
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.explaining import explain
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting.basis import PackageFigures
from almenstyring.domain.values import EstateId, LbfNumber, MunicipalityCode

YEAR, ON, AT = al.ReportYear(2026), date(2026, 8, 3), datetime(2026, 8, 3, 9, tzinfo=UTC)
COUNTRY = "national?organisations=9&estates=120&seed=4"
SOURCE = al.Registry.discover(only={"synthetic"}).source("synthetic").open(COUNTRY)
PACKAGES: tuple[Filled, ...] = tuple(
    (from_source(master, YEAR, SOURCE, "synthetic", AT), None)
    for master in map(SOURCE.master_data, SOURCE.organisations())
    if master
)
MASTERS = {package.organisation: package.master_data for package, _ in PACKAGES if package.master_data}
SHEETS_OF = {package.organisation: [sheet.unit for sheet in package.sheets()] for package, _ in PACKAGES}
ESTATES = {estate.id: estate for master in MASTERS.values() for estate in master.estates}
SHEETS: dict[Unit, al.DocumentationPackage] = {sheet.unit: each for each, _ in PACKAGES for sheet in each.sheets()}
COMPUTED = compared(PACKAGES, YEAR, ON)
PEERS = Peers.of(
    {unit: package.period.end for unit, package in SHEETS.items()},
    {unit: MASTERS[package.organisation] for unit, package in SHEETS.items()},
)
EVERYBODY = {(column.ledger, column.figure): compared_figure(column, PEERS) for column in COMPUTED.columns}
Same = Callable[[EstateId, EstateId], bool]


def homes(estate: EstateId) -> str:
    counts = ESTATES[estate].homes
    return max(("family", "youth", "elderly"), key=lambda name: int(getattr(counts, name)))


def places(estate: EstateId) -> frozenset[MunicipalityCode]:
    located = MASTERS[estate.organisation].locations
    return frozenset(location.municipality for location in located if location.estate == estate)


BY_HAND: Mapping[str, Same] = {
    "country": lambda one, other: True,
    "municipality": lambda one, other: bool(places(one) & places(other)),
    "organisation": lambda one, other: one.organisation == other.organisation,
    "building_type": lambda one, other: ESTATES[one].building_type == ESTATES[other].building_type,
    "home_type": lambda one, other: homes(one) == homes(other),
}
"""Who the peers of a housing estate are, said once more without any of the library's groups."""
UNITS = sorted((unit for unit in SHEETS if isinstance(unit, EstateId)), key=str)
FIGURES = sorted({name for ledger, name in EVERYBODY if ledger is Ledger.ESTATE})


def compare(unit: Unit, figure: str, group: str, listed: Sequence[Unit] | None = None) -> Comparison:
    ledger = Ledger.ESTATE if isinstance(unit, EstateId) else Ledger.ORGANISATION
    return compared_in(EVERYBODY[ledger, figure], unit, PEERS.query(unit, group, listed))


@cache
def figures_in(organisation: LbfNumber) -> PackageFigures:
    """The figures of a package, to be explained; made once, since they are asked for one by one."""
    return next(figures_of(package) for package, _ in PACKAGES if package.organisation == organisation)


@cache
def explained(unit: Unit, figure: str) -> tuple[Fraction | None, Fraction | None]:
    """The figure and what it is divided by, as its explanation says."""
    found = figures_in(SHEETS[unit].organisation)
    value = explain(found.of(unit), figure, found.references.chart).value
    return value.exact, value.weight


def inexact(value: object, path: str = "", seen: set[int] | None = None) -> Iterator[str]:
    """The way to every number in a result that is not exact."""
    seen = set() if seen is None else seen
    if isinstance(value, float | Decimal | complex):
        yield f"{path} = {value!r}"
        return
    if isinstance(value, str | bytes | int | Enum | Fraction) or value is None or id(value) in seen:
        return
    seen.add(id(value))
    for name, part in parts_of(value):
        yield from inexact(part, f"{path}.{name}", seen)


def parts_of(value: object) -> Iterator[tuple[str, object]]:
    if attrs.has(type(value)):
        kind: Any = type(value)
        yield from ((each.name, getattr(value, each.name)) for each in attrs.fields(kind) if each.repr)
    elif isinstance(value, Mapping):
        yield from (
            (str(side), each) for pair in value.items() for side, each in zip(("key", "value"), pair, strict=True)
        )
    elif isinstance(value, tuple | list | set | frozenset):
        yield from ((str(place), each) for place, each in enumerate(value))
    else:
        assert isinstance(value, date | str), type(value)


def words_in(value: object) -> Iterator[str]:
    """Every text in a result, and every unit as it is printed."""
    if isinstance(value, EstateId | LbfNumber | str):
        yield str(value)
    elif not (value is None or isinstance(value, int | Enum | Fraction | date)):
        for _, part in parts_of(value):
            yield from words_in(part)
