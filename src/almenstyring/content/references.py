"""Loading the published reference figures."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from attrs import frozen

from almenstyring.content.reader import read_toml
from almenstyring.content.structure import Checks, structure
from almenstyring.domain.figures.chart import ChartOfAccounts
from almenstyring.domain.figures.references import Benchmarks, MunicipalityFigures, Rate, Rates, References

_RATES = Checks(keys={Rate: ("id", "valid_from")}, refers={"id": "names"})
_BENCHMARKS = Checks(refers=dict.fromkeys(("indicator", "group", "unit", "basis"), "names"))
_CHART = Checks(refers={"group": "groups"})


@frozen(kw_only=True)
class _Municipalities:
    municipalities: Mapping[str, MunicipalityFigures]


@cache
def load_references() -> References:
    """The reference figures that the library ships; read once."""
    return references_from(files("almenstyring.content"))


def references_from(folder: Traversable | Path) -> References:
    """The reference figures in a folder with the same four files as the library's own.

    Raises ContentError with every fault of the first file that has any.
    """
    return References(
        municipalities=tuple(
            structure(read_toml(folder / "municipalities.toml"), _Municipalities).municipalities.values()
        ),
        rates=structure(read_toml(folder / "rates.toml"), Rates, _RATES),
        benchmarks=structure(read_toml(folder / "national_benchmarks.toml"), Benchmarks, _BENCHMARKS),
        chart=structure(read_toml(folder / "chart_of_accounts.toml"), ChartOfAccounts, _CHART),
    )
