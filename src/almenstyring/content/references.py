"""Loading the published reference figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from attrs import frozen

from almenstyring.content.chart import chart_from
from almenstyring.content.reader import read_toml
from almenstyring.content.structure import Checks, Complaint, structure
from almenstyring.domain.figures.references import Benchmarks, MunicipalityFigures, Rate, Rates, References
from almenstyring.domain.figures.regulation import IndexValue, PriceIndex, Regulation
from almenstyring.domain.text import Text


def _rules_at_once(rates: Rates) -> Iterable[Complaint]:
    """A period has one rule at most: a rule that begins while an earlier one still holds is a fault."""
    for place, rule in enumerate(rates.regulation):
        if any(
            rule.valid_from in other.valid and other.valid_from < rule.valid_from
            for other in rates.regulation
            if other.id == rule.id
        ):
            yield ("regulation", place), Text("en anden regel gælder endnu", "another rule still holds")


_RATES = Checks(
    keys={Rate: ("id", "valid_from"), Regulation: ("id", "valid_from")},
    refers={"id": "names"},
    complaints={Rates: _rules_at_once},
)
_INDEX = Checks(keys={IndexValue: ("month",)})
_BENCHMARKS = Checks(refers=dict.fromkeys(("indicator", "group", "unit", "basis"), "names"))


@frozen(kw_only=True)
class _Municipalities:
    municipalities: Mapping[str, MunicipalityFigures]


@cache
def load_references() -> References:
    """The reference figures that the library ships; read once."""
    return references_from(files("almenstyring.content"))


def references_from(folder: Traversable | Path) -> References:
    """The reference figures in a folder with the same five files as the library's own.

    Raises ContentError with every fault of the first file that has any.
    """
    return References(
        municipalities=tuple(
            structure(read_toml(folder / "municipalities.toml"), _Municipalities).municipalities.values()
        ),
        rates=structure(read_toml(folder / "rates.toml"), Rates, _RATES),
        price_index=structure(read_toml(folder / "price_index.toml"), PriceIndex, _INDEX),
        benchmarks=structure(read_toml(folder / "national_benchmarks.toml"), Benchmarks, _BENCHMARKS),
        chart=chart_from(folder / "chart_of_accounts.toml"),
    )
