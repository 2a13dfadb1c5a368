from __future__ import annotations

import pytest

from almenstyring.content import load_references
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import NotFoundError
from almenstyring.domain.expressions import CycleError, Measure
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.key_figures import (
    KeyFigure,
    KeyFigures,
    ReportedFact,
    check_order,
    complaints_of,
    scope_of,
)
from almenstyring.domain.text import Text

CATALOGUE = load_key_figures()
NAME = Text("Prøve", "Trial")


def figure(formula: str = "master.homes_area / master.homes", **changes: object) -> KeyFigure:
    made: dict[str, object] = {
        "id": "trial",
        "name": NAME,
        "of": Ledger.ESTATE,
        "group": "size",
        "unit": "m2/home",
        "decimals": 1,
        "formula": formula,
        "source": "prøve",
        "certainty": Certainty.PROJECT_AUTHORED,
    }
    return KeyFigure(**(made | changes))  # type: ignore[arg-type]


def catalogue(*figures: KeyFigure) -> KeyFigures:
    facts = {"moved": ReportedFact(name="moved", text=NAME, unit="home")}
    return KeyFigures(groups={"size": NAME}, reported=facts, figure=figures, rates={"limit": NAME})


# Definitions and their years


@pytest.mark.parametrize(
    ("year", "definition"),
    [
        pytest.param(2009, 1, id="the coming year's budget, as in the rent statistics of 2009"),
        pytest.param(2014, 1, id="the last year of the first method"),
        pytest.param(2015, 2, id="the first year of the transition"),
        pytest.param(2017, 2, id="the last year of the transition"),
        pytest.param(2018, 3, id="the register's rents on 1 January 2019"),
        pytest.param(2030, 3, id="an open end goes on"),
    ],
)
def test_the_accounting_year_chooses_the_definition(year: int, definition: int) -> None:
    assert CATALOGUE.get("rent_per_m2", year).definition == definition
    assert CATALOGUE.of(Ledger.ESTATE, year)["rent_per_m2"].identity == f"rent_per_m2/{definition}"


def test_a_figure_of_a_kind_of_unit_or_year_that_has_it_not_is_not_found_and_the_known_ones_are_named() -> None:
    with pytest.raises(NotFoundError, match=r"rent_family_per_m2.*2012.*rent_per_m2"):
        CATALOGUE.get("rent_family_per_m2", 2012)
    with pytest.raises(NotFoundError, match=r"rent_per_m2.*disposition_fund_per_unit"):
        CATALOGUE.get("rent_per_m2", 2025, Ledger.ORGANISATION)


def test_estates_and_organisations_may_have_a_figure_of_the_same_name() -> None:
    own, whole = CATALOGUE.get("move_out_rate", 2025), CATALOGUE.get("move_out_rate", 2025, Ledger.ORGANISATION)
    assert (own.of, whole.of) == (Ledger.ESTATE, Ledger.ORGANISATION)


def test_one_definition_can_be_found_and_the_newest_one_too() -> None:
    second = CATALOGUE.find("rent_per_m2", 2)
    assert second is not None
    assert (second.since, second.until) == (2015, 2017)
    assert CATALOGUE.find("rent_per_m2", 9) is None
    newest = CATALOGUE.latest("rent_per_m2")
    assert newest is not None
    assert newest.definition == 3
    assert CATALOGUE.latest("rent_per_m2", Ledger.ORGANISATION) is None


# What a formula is divided by


@pytest.mark.parametrize(
    ("formula", "denominator"),
    [
        pytest.param("master.homes_area / master.homes", "master.homes", id="a ratio"),
        pytest.param("percent(reported.moved / master.homes)", "master.homes", id="a share in per cent"),
        pytest.param(
            "when(master.homes > 0, percent(reported.moved / master.homes))", "master.homes", id="only sometimes"
        ),
        pytest.param("reported.moved", None, id="no ratio"),
        pytest.param("percent(reported.moved)", None, id="per cent of no ratio"),
        pytest.param("max(reported.moved / master.homes, 1)", None, id="a ratio inside something else"),
    ],
)
def test_the_denominator_is_what_a_mean_is_weighted_by(formula: str, denominator: str | None) -> None:
    found = figure(formula).denominator
    assert (found and str(found)) == denominator


def test_measures_are_parsed_from_the_unit() -> None:
    assert figure().measure == Measure.parse("m2/home")
    assert ReportedFact(name="moved", text=NAME, unit="home").measure == Measure.parse("home")


# What is refused


def complaints(made: KeyFigure) -> dict[str, str]:
    chart = load_references().chart
    scope = scope_of(catalogue(made), made.of, lambda of, number: chart.line(of, number) is not None)
    return {key: why.en for key, why in complaints_of(made, scope)}


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(figure(), id="a ratio of master data"),
        pytest.param(figure('account["114"] / master.homes_area', unit="kr/m2"), id="an account over the area"),
        pytest.param(figure('account["101":"105"] / master.homes', unit="kr/home"), id="a range of accounts"),
        pytest.param(figure("percent(rate.limit / rate.limit)", unit="pct"), id="a rate"),
        pytest.param(figure(critical='figure.trial > quantity(200, "m2/home")'), id="a limit on itself"),
        pytest.param(
            figure('account["803"] / master.homes', unit="kr/home", of=Ledger.ORGANISATION), id="an organisation's"
        ),
    ],
)
def test_a_sound_definition_is_not_complained_of(made: KeyFigure) -> None:
    assert complaints(made) == {}


@pytest.mark.parametrize(
    ("made", "key", "why"),
    [
        pytest.param(figure("master.homes_area +"), "formula", "cannot be read", id="no formula"),
        pytest.param(figure('account["999"] / master.homes'), "formula", "not known", id="an unknown account"),
        pytest.param(figure('account["803"] / master.homes'), "formula", "not known", id="another ledger's account"),
        pytest.param(figure("master.roofs / master.homes"), "formula", "not known", id="an unknown fact"),
        pytest.param(figure("reported.roofs / master.homes"), "formula", "not known", id="an unknown reported fact"),
        pytest.param(figure("rate.roofs / master.homes"), "formula", "not known", id="an unknown rate"),
        pytest.param(figure("figure.roofs / master.homes"), "formula", "not known", id="an unknown figure"),
        pytest.param(figure('answer["x"] / master.homes'), "formula", "not known", id="an answer"),
        pytest.param(
            figure('(account["114"] + master.homes_area) / master.homes'),
            "formula",
            "m²",
            id="kroner plus square metres",
        ),
        pytest.param(figure(unit="m2"), "unit", "m² per home", id="another unit than declared"),
        pytest.param(figure("master.homes > master.homes"), "unit", "a statement", id="a statement for a number"),
        pytest.param(
            figure("max(master.homes_area / master.homes, 0)"), "weighting", "equal", id="no ratio to weigh by"
        ),
        pytest.param(figure(critical="figure.trial"), "critical", "not a statement", id="a limit that is a number"),
        pytest.param(
            figure(critical="figure.trial > "), "critical", "cannot be read", id="a limit that cannot be read"
        ),
        pytest.param(figure(since=2020, until=2019), "until", "before it begins", id="an end before the beginning"),
    ],
)
def test_a_definition_that_cannot_be_right_is_refused_and_says_why(made: KeyFigure, key: str, why: str) -> None:
    found = complaints(made)
    assert found.keys() == {key}
    assert why in found[key]


def test_figures_that_need_each_other_in_a_circle_are_refused_with_the_way_round() -> None:
    one = figure("figure.two / master.homes", id="one")
    two = figure("figure.one / master.homes", id="two")
    with pytest.raises(CycleError) as caught:
        check_order(catalogue(one, two))
    assert caught.value.path in {("one", "two", "one"), ("two", "one", "two")}


def test_last_years_value_of_a_figure_is_no_circle() -> None:
    check_order(catalogue(figure("last_year(figure.trial) + master.homes_area / master.homes")))


def test_the_same_name_in_another_ledger_is_no_circle() -> None:
    own = figure("figure.other / master.homes")
    check_order(
        catalogue(
            own,
            figure(id="other"),
            figure("figure.trial / master.homes", id="other", of=Ledger.ORGANISATION),
            figure(of=Ledger.ORGANISATION),
        )
    )
