"""What twins are alike in is declared, computed from what is known of a unit, and refused where it cannot be right."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.content.twins import load_twin_variables
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import NotFoundError
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.key_figures import ReportedFact
from almenstyring.domain.figures.twin_variables import (
    Profile,
    TwinBasis,
    TwinVariable,
    TwinVariables,
    complaints_of_variables,
    profile_of,
)
from almenstyring.domain.organisations import Estate, Homes
from almenstyring.domain.text import Text
from almenstyring.domain.values import Area, EstateId, LbfNumber, Number
from almenstyring.testing.builders import clean_master_data

from .conftest import FloatsIn

DAY = date(2025, 12, 31)
NAME = Text("Prøve", "Trial")
UNIT = EstateId.parse("T001-T0101")
SHARE = ReportedFact(name="share", text=NAME, unit="pct")
MASTER = clean_master_data(estates=2)


def variable(formula: str = "master.homes", **changes: Any) -> TwinVariable:
    made = TwinVariable(
        id="trial",
        name=NAME,
        basis=TwinBasis.MASTER_DATA,
        unit="home",
        decimals=0,
        formula=formula,
        source="prøve",
        certainty=Certainty.PROJECT_AUTHORED,
    )
    return evolve(made, **changes)


def declared(
    *estate: TwinVariable, organisation: tuple[TwinVariable, ...] = (), reported: ReportedFact = SHARE
) -> TwinVariables:
    return TwinVariables(
        reported={reported.name: reported},
        estate={each.id: each for each in estate},
        organisation={each.id: each for each in organisation},
    )


def profile(**reported: Fraction | int) -> Profile:
    facts = {"homes": Fraction(8), "homes_family": Fraction(6), "estates": Fraction(0)}
    return Profile(unit=UNIT, facts=facts, reported={name: Fraction(value) for name, value in reported.items()})


# Values


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        pytest.param("master.homes", Fraction(8), id="a fact of the master data"),
        pytest.param("percent(master.homes_family / master.homes)", Fraction(75), id="a share"),
        pytest.param("reported.share", Fraction(130), id="a reported fact"),
        pytest.param('min(quantity(100, "pct"), reported.share)', Fraction(100), id="limited by the formula"),
        pytest.param("master.residents", None, id="a fact that is not known"),
        pytest.param("reported.homes", None, id="the master data are not reported"),
        pytest.param("master.share", None, id="what is reported is not in the master data"),
        pytest.param("master.homes / master.estates", None, id="divided by nothing"),
        pytest.param("last_year(master.homes)", None, id="the year before is not known"),
        pytest.param("master.homes > master.homes_family", None, id="a statement is no value"),
    ],
)
def test_a_value_is_exact_or_not_known(formula: str, value: Fraction | None) -> None:
    assert profile(share=130).value(variable(formula)) == value


@given(st.fractions(-500, 500, max_denominator=100))
def test_the_income_of_organisations_is_limited_to_25_to_100_per_cent(income: Fraction) -> None:
    made = profile(income_of_national_mean=income)
    found = made.value(load_twin_variables().organisation["income"])
    assert found == min(max(income, Fraction(25)), Fraction(100))


def test_a_year_is_shown_without_a_mark_and_other_numbers_as_people_write_them() -> None:
    year = variable(unit="year").shown(Number(1987))
    assert (year.da, year.en) == ("1987", "1987")
    number = variable().shown(Number.of("1987.5"))
    assert (number.da, number.en) == ("1.987,5", "1,987.5")


def test_variables_are_those_of_the_ledger_and_of_a_basis_if_one_is_named() -> None:
    own, social = variable(), variable("reported.share", id="social", basis=TwinBasis.SOCIO_ECONOMIC, unit="pct")
    made = declared(own, social, organisation=(social,))
    assert made.of(Ledger.ESTATE) == (own, social)
    assert made.of(Ledger.ESTATE, TwinBasis.MASTER_DATA) == (own,)
    assert made.of(Ledger.ESTATE, TwinBasis.SOCIO_ECONOMIC) == (social,)
    assert made.of(Ledger.ORGANISATION) == (social,)
    assert made.of(Ledger.ORGANISATION, TwinBasis.MASTER_DATA) == ()


# Profiles


def test_the_profile_of_an_estate_is_its_facts_the_year_of_completion_and_what_is_reported() -> None:
    made = profile_of(UNIT, MASTER, DAY, {"share": 40, "other": None})
    assert made.unit == UNIT
    assert made.reported == {"share": 40}
    assert made.facts["taken_into_use"] == 2000
    assert made.facts["homes"] == 50
    assert made.facts["estates"] == 1


def test_the_profile_of_an_organisation_is_that_of_its_estates_on_the_day() -> None:
    made = profile_of(MASTER.number, MASTER, DAY)
    assert made.facts["homes"] == 100
    assert made.facts["estates"] == 2
    assert made.reported == {}
    assert "taken_into_use" not in made.facts
    assert profile_of(MASTER.number, MASTER, date(1999, 1, 1)).facts["estates"] == 0


def test_an_area_of_nothing_is_one_that_was_not_registered_while_no_homes_are_none() -> None:
    first, second = MASTER.estates
    bare = evolve(first, homes_area=Area(0), homes=Homes(), in_operation_from=None)
    master = evolve(MASTER, estates=(bare, second))
    made = profile_of(bare.id, master, DAY)
    assert "homes_area" not in made.facts
    assert "taken_into_use" not in made.facts
    assert made.facts["homes"] == 0
    assert made.value(variable("master.homes_area / master.homes")) is None
    assert "homes_area" in profile_of(second.id, master, DAY).facts


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param(EstateId.parse("T001-T0999"), id="an unknown estate"),
        pytest.param(EstateId.parse("T002-T0101"), id="another organisation's estate"),
        pytest.param(LbfNumber("T002"), id="another organisation"),
    ],
)
def test_master_data_tell_nothing_of_another_unit(unit: EstateId | LbfNumber) -> None:
    with pytest.raises(NotFoundError) as caught:
        profile_of(unit, MASTER, DAY)
    for words in (caught.value.message.da, caught.value.message.en):
        assert str(unit) in words
        assert "T001" in words
    assert caught.value.hint.da != caught.value.hint.en


@pytest.mark.parametrize("wrong", [1.5, True, "40"])
def test_what_is_reported_is_exact(wrong: Any, refused: Any) -> None:
    refused(profile_of, UNIT, MASTER, DAY, {"share": wrong})


counts = st.integers(0, 500)


@given(st.builds(Homes, family=counts, youth=counts, elderly=counts), st.integers(0, 10**7), st.none() | st.dates())
def test_no_profile_and_no_value_holds_a_float(floats_in: FloatsIn, homes: Homes, area: int, day: date | None) -> None:
    estate = Estate(id=UNIT, name="", homes=homes, homes_area=Area(area), in_operation_from=day)
    made = profile_of(UNIT, evolve(MASTER, estates=(estate,)), DAY, {"share": Fraction(1, 3)})
    shipped = load_twin_variables().of(Ledger.ESTATE)
    found = {each.id: made.value(each) for each in shipped}
    assert floats_in([made, found]) == []
    if homes.total:
        shares = [found[name] for name in ("family_share", "youth_share", "elderly_share")]
        assert sum(share for share in shares if share is not None) == 100
    assert (found["taken_into_use"] is None) is (day is None)


# What is refused


def complaints(made: TwinVariables) -> dict[str, str]:
    return {".".join(map(str, where)): why.en for where, why in complaints_of_variables(made)}


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(variable(), id="a fact"),
        pytest.param(variable("percent(master.homes_youth / master.homes)", unit="pct"), id="a share"),
        pytest.param(variable("master.taken_into_use", unit="year"), id="the year of completion"),
        pytest.param(variable("reported.share", unit="pct"), id="a reported fact"),
        pytest.param(variable("0"), id="nothing is nothing in any measure"),
    ],
)
def test_a_sound_variable_is_not_complained_of(made: TwinVariable) -> None:
    assert complaints(declared(made, organisation=(made,))) == {}


@pytest.mark.parametrize(
    ("made", "key", "why"),
    [
        pytest.param(variable("master.homes +"), "formula", "cannot be read", id="no formula"),
        pytest.param(variable("master.roofs"), "formula", "not known", id="an unknown fact"),
        pytest.param(variable("reported.roofs"), "formula", "not known", id="an unknown reported fact"),
        pytest.param(variable('account["114"]'), "formula", "not known", id="an account"),
        pytest.param(variable("last_year(master.homes)"), "formula", "not known", id="the year before"),
        pytest.param(variable("master.homes + master.homes_area"), "formula", "m²", id="homes plus square metres"),
        pytest.param(variable("master.homes_area"), "unit", "gives another unit", id="another unit than declared"),
        pytest.param(variable("master.homes > 0"), "unit", "gives another unit", id="a statement"),
        pytest.param(variable(unit="roof"), "unit", "no unit of measure", id="no unit of measure"),
    ],
)
def test_a_variable_that_cannot_be_right_is_told_with_its_place(made: TwinVariable, key: str, why: str) -> None:
    for place, found in (
        ("estate", complaints(declared(made))),
        ("organisation", complaints(declared(variable(), organisation=(made,)))),
    ):
        assert found.keys() == {f"{place}.trial.{key}"}
        assert why in found[f"{place}.trial.{key}"]


def test_every_faulty_variable_is_told() -> None:
    wrong = variable("master.roofs", id="other")
    assert complaints(declared(variable("x"), wrong, organisation=(wrong,))).keys() == {
        "estate.trial.formula",
        "estate.other.formula",
        "organisation.other.formula",
    }


def test_a_reported_fact_without_a_measure_is_told_before_any_formula_that_may_need_it() -> None:
    made = declared(variable("master.roofs"), reported=evolve(SHARE, unit="roof"))
    assert complaints(made).keys() == {"reported.share.unit"}
