"""A plug-in's chart of accounts takes the place of the library's own; two plug-ins' charts for one year are refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attrs import evolve

from almenstyring.content import load_references
from almenstyring.domain.errors import NotFoundError, PluginError
from almenstyring.domain.figures.chart import ChartOfAccounts
from almenstyring.domain.text import Text
from almenstyring.plugins import ChartPack, Registry, hookimpl

OWN = load_references().chart
WORDS = Text("En kontoplan", "A chart")


def chart(of: str, since: int, until: int | None = None) -> ChartOfAccounts:
    return evolve(OWN, id=f"{of}:kontoplan", since=since, until=until)


class Plugin:
    """A plug-in that brings one pack."""

    def __init__(self, load: Callable[[], tuple[ChartOfAccounts, ...]], *, is_fallback: bool = False) -> None:
        self.pack = ChartPack(name="charts", load=load, description=WORDS, is_fallback=is_fallback)

    @hookimpl
    def almenstyring_charts(self) -> tuple[ChartPack, ...]:
        return (self.pack,)


def registry(**plugins: Plugin) -> Registry:
    made = Registry.discover(only={"builtin"})
    for name, plugin in plugins.items():
        made.register(plugin, name, origin="1.0")
    assert made.faults == []
    return made


def test_without_a_plug_in_every_year_has_the_library_s_chart() -> None:
    charts = registry().charts()
    assert charts.on(2009) is charts.on(2040) is OWN
    with pytest.raises(NotFoundError):
        charts.on(2008)


def test_a_plug_in_s_chart_wins_in_its_years_and_the_library_s_holds_in_the_others() -> None:
    charts = registry(acme=Plugin(lambda: (chart("acme", 2024, 2025),))).charts()
    assert [charts.on(year).id.partition(":")[0] for year in (2023, 2024, 2025, 2026)] == [
        "almenstyring",
        "acme",
        "acme",
        "almenstyring",
    ]


def test_two_plug_ins_may_share_the_years() -> None:
    made = registry(acme=Plugin(lambda: (chart("acme", 2020, 2023),)), zeta=Plugin(lambda: (chart("zeta", 2024),)))
    assert [made.charts().on(year).id for year in (2023, 2024)] == ["acme:kontoplan", "zeta:kontoplan"]


@pytest.mark.parametrize("is_fallback", [False, True])
def test_two_plug_ins_that_claim_the_same_year_are_both_named(is_fallback: bool) -> None:
    made = registry(
        acme=Plugin(lambda: (chart("acme", 2000, 2003), chart("acme", 2004, 2008)), is_fallback=is_fallback),
        zeta=Plugin(lambda: (chart("zeta", 2006, 2007),), is_fallback=is_fallback),
    )
    with pytest.raises(PluginError, match=r"accounting year 2006: acme \(1\.0\), zeta \(1\.0\)\."):
        made.charts()


def test_two_fallbacks_for_one_year_are_refused_with_the_library_s_own_among_them() -> None:
    with pytest.raises(PluginError, match=r"2020: acme .*, builtin"):
        registry(acme=Plugin(lambda: (chart("acme", 2020),), is_fallback=True)).charts()


def test_what_is_no_chart_is_refused_with_the_name_of_who_brought_it() -> None:
    with pytest.raises(PluginError, match=r"acme \(1\.0\) gave str instead of charts"):
        registry(acme=Plugin(lambda: ("kontoplan",))).charts()  # type: ignore[arg-type,return-value]
