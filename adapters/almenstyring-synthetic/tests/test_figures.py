"""The figures a report is prefilled with: named as the standard asks, and around the published rates."""

from __future__ import annotations

from datetime import date

import pytest

from almenstyring import AccountingPeriod, FigureStatus, LbfNumber, Number, ReportYear
from almenstyring.content import load_standard
from almenstyring.ports import Figure, SourceAnswer, SourceRequest
from almenstyring_synthetic import FORGETFUL, national, open_source
from almenstyring_synthetic.key_figures import SCORE_KEY

YEAR = ReportYear(2026)


def figures(organisation: str) -> dict[tuple[str, str], Figure]:
    answer = open_source("").figures(SourceRequest(organisation=LbfNumber(organisation), report_year=YEAR))
    return {(str(figure.unit), figure.name): figure for figure in answer.figures}


def names(organisation: str) -> set[str]:
    return {name for _, name in figures(organisation)}


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_question_with_a_prefill_gets_a_figure_of_its_name(year: int) -> None:
    asked = {question.prefill for question in load_standard(ReportYear(year)) if question.prefill}
    assert asked
    assert asked == names("T001")


def test_the_forgetful_organisation_gives_no_move_outs_and_all_the_rest() -> None:
    assert names("T001") - names(str(FORGETFUL)) == {"external_move_outs", "move_out_rate"}


def test_an_administration_organisation_gives_figures_of_its_own_only() -> None:
    assert set(figures("T004")) == {("T004", "working_capital_per_unit")}


def test_a_side_activity_and_a_building_site_give_no_figures() -> None:
    assert {unit for unit, _ in figures("T001")} == {"T001", "T001-T0101", "T001-T0201"}


def test_scores_are_projected_and_say_that_they_are_synthetic() -> None:
    scores = [figure for (_, name), figure in figures("T001").items() if name == "efficiency_score"]
    assert scores
    for score in scores:
        assert (score.key, score.status) == (SCORE_KEY, FigureStatus.PROJECTED)
        assert "SYNTETISK" in score.key


def test_move_outs_vacancy_and_rent_lie_around_the_published_figures() -> None:
    """10.4 % of family, 39.9 % of youth homes moved out of; 0.31 % vacant; 960 kr. per m² for family homes."""
    country = national(60, 1000, seed=5)
    moved = {"family": 0, "youth": 0}
    homes = {"family": 0, "youth": 0}
    vacant, rents = 0, []
    for number in country.organisations():
        master = country.master_data(number)
        assert master is not None
        found = {
            (f.unit, f.name): f.value
            for f in country.figures(SourceRequest(organisation=number, report_year=YEAR)).figures
        }
        for estate in master.estates:
            value = found.get((estate.id, "external_move_outs"))
            if not isinstance(value, Number) or estate.homes.elderly:
                continue
            kind = "youth" if estate.homes.youth else "family"
            moved[kind] += value.count
            homes[kind] += estate.homes.total
            rent = found[estate.id, "rent_per_m2"]
            assert isinstance(rent, Number)
            rents += [rent.as_fraction()] if kind == "family" else []
            empty = found[estate.id, "homes_vacant"]
            assert isinstance(empty, Number)
            vacant += empty.count
    assert 9.4 < 100 * moved["family"] / homes["family"] < 11.4
    assert 36 < 100 * moved["youth"] / homes["youth"] < 44
    assert 0.2 < 100 * vacant / sum(homes.values()) < 0.45
    assert 860 < sum(rents) / len(rents) < 1060


def test_only_the_estates_named_are_answered_and_the_organisation_stays_the_same() -> None:
    source = open_source("")
    everything = source.figures(SourceRequest(organisation=LbfNumber("T002"), report_year=YEAR))
    one = everything.accounts[2].unit
    some = source.figures(SourceRequest(organisation=LbfNumber("T002"), report_year=YEAR, estates=(one,)))
    assert [accounts.unit for accounts in some.accounts] == [LbfNumber("T002"), one]
    assert some.accounts[0] == everything.accounts[0]
    assert [f for f in some.figures if f.unit == one] == [f for f in everything.figures if f.unit == one]


def test_a_period_the_organisation_does_not_have_gives_nothing() -> None:
    source = open_source("")
    broken = AccountingPeriod(date(2024, 7, 1), date(2025, 6, 30))
    asked = {
        number: SourceRequest(organisation=LbfNumber(number), report_year=YEAR, period=broken)
        for number in ("T001", "T003")
    }
    assert source.figures(asked["T001"]) == SourceAnswer()
    assert source.figures(asked["T003"]).accounts[0].period == broken
    assert source.figures(SourceRequest(organisation=LbfNumber("T001"), report_year=ReportYear(2012))) == SourceAnswer()
