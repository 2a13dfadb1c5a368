"""The figures a report is prefilled with: named as the standard asks, and around the published rates."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from almenstyring import AccountingPeriod, Dkk, FigureStatus, LbfNumber, Number, ReportYear
from almenstyring.content import load_standard
from almenstyring.content.key_figures import load_key_figures
from almenstyring.ports import Figure, SourceAnswer, SourceRequest
from almenstyring_synthetic import FORGETFUL, national, open_source
from almenstyring_synthetic.key_figures import SCORE_KEY

YEAR = ReportYear(2026)
HOME_TYPES = ("family", "youth", "elderly")


def figures(organisation: str) -> dict[tuple[str, str], Figure]:
    answer = open_source("").figures(SourceRequest(organisation=LbfNumber(organisation), report_year=YEAR))
    return {(str(figure.unit), figure.name): figure for figure in answer.figures}


def exact(value: object) -> Fraction:
    assert isinstance(value, Number | Dkk)
    return value.as_fraction()


def names(organisation: str) -> set[str]:
    return {name for _, name in figures(organisation)}


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_question_with_a_prefill_gets_a_figure_or_one_can_be_computed(year: int) -> None:
    asked = {question.prefill for question in load_standard(ReportYear(year)) if question.prefill}
    computed = {figure.id for figure in load_key_figures() if figure.is_valid_in(year - 1)}
    assert asked
    assert asked <= names("T001") | computed


def test_every_figure_is_a_reported_fact_that_formulas_can_refer_to() -> None:
    assert names("T001") | names("T002") | names("T003") == set(load_key_figures().reported)


def test_the_forgetful_organisation_gives_no_move_outs_and_all_the_rest() -> None:
    forgotten = {name for name in names("T001") if name.startswith("external_move_outs")}
    assert forgotten
    assert not {name for name in names(str(FORGETFUL)) if name.startswith("external_move_outs")}


def test_parts_by_type_of_home_add_up_to_the_whole() -> None:
    found = figures("T001")
    for unit in ("T001-T0101", "T001-T0201"):
        own = {name: figure.value for (whose, name), figure in found.items() if whose == unit}
        moved = [own[f"external_move_outs_{kind}"] for kind in HOME_TYPES if f"external_move_outs_{kind}" in own]
        assert sum(exact(value) for value in moved) == exact(own["external_move_outs"])


def test_few_live_alone_with_their_data() -> None:
    """Estates with residents tell of them as projected facts; a building site tells nothing."""
    found = figures("T001")
    assert found["T001-T0101", "residents_non_western"].status is FigureStatus.PROJECTED
    assert ("T001-T0301", "residents_non_western") not in found


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
            if kind == "family":
                rent, area = found[estate.id, "register_rent_family"], found[estate.id, "register_area_family"]
                rents.append(exact(rent) / exact(area))
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
