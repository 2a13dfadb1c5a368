"""Which plug-in's chart of accounts holds for which years."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from attrs import frozen

from almenstyring.domain.errors import PluginError
from almenstyring.domain.figures.chart import ChartOfAccounts, Charts
from almenstyring.domain.text import Text
from almenstyring.plugins.descriptors import ChartPack


@frozen
class _Offer:
    """A chart, and the plug-in that brings it."""

    plugin: str
    chart: ChartOfAccounts


def one_per_year(packs: Iterable[tuple[str, ChartPack]]) -> Charts:
    """The charts of all packs, the fallbacks behind the others; PluginError where two hold for the same year."""
    chosen: list[_Offer] = []
    fallback: list[_Offer] = []
    for plugin, pack in packs:
        (fallback if pack.is_fallback else chosen).extend(_Offer(plugin, chart) for chart in _loaded(plugin, pack))
    for offers in (chosen, fallback):
        for one, other in combinations(offers, 2):
            _refuse_both(one, other)
    return Charts(charts=tuple(offer.chart for offer in chosen), fallback=tuple(offer.chart for offer in fallback))


def _loaded(plugin: str, pack: ChartPack) -> tuple[ChartOfAccounts, ...]:
    charts = tuple(pack.load())
    delivered: Iterable[object] = charts  # a plug-in may give anything
    strangers = sorted({type(chart).__name__ for chart in delivered if not isinstance(chart, ChartOfAccounts)})
    if strangers:
        given = ", ".join(strangers)
        raise PluginError(
            Text(f"{plugin} gav {given} i stedet for kontoplaner.", f"{plugin} gave {given} instead of charts.")
        )
    return charts


def _refuse_both(one: _Offer, other: _Offer) -> None:
    year = max(one.chart.since, other.chart.since)
    if one.chart.holds_in(year) and other.chart.holds_in(year):
        raise PluginError(
            Text(
                f"Kontoplanen for regnskabsår {year} tilbydes af flere: {one.plugin}, {other.plugin}.",
                f"Several claim the chart of accounts for accounting year {year}: {one.plugin}, {other.plugin}.",
            ),
            Text(
                "Afinstaller den ene, eller indlæs kun den anden med only=.",
                "Uninstall one, or load only the other with only=.",
            ),
            accounting_year=year,
        )
