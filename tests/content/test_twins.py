"""The shipped variables of twins say what is ours and what is not; a faulty file is refused with its line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from almenstyring.content.twins import load_twin_variables, twin_variables_from
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import ContentError
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.twin_variables import TwinBasis, profile_of
from almenstyring.domain.figures.twins import find_twins
from almenstyring.testing.builders import clean_master_data

VARIABLES = load_twin_variables()
Spoilt = Callable[[str, str], tuple[list[str], int]]


@pytest.fixture
def spoilt(content_copy: Path) -> Spoilt:
    """Change a text that the file has once; what it is refused with, and the line where the text stood."""
    file = content_copy / "twins.toml"

    def spoil(old: str, new: str) -> tuple[list[str], int]:
        text = file.read_text("utf-8")
        assert text.count(old) == 1, old
        file.write_text(text.replace(old, new), "utf-8")
        with pytest.raises(ContentError) as caught:
            twin_variables_from(file)
        assert {fault.file for fault in caught.value.faults} == {"twins.toml"}
        told = [f"{fault.line} {fault.path}: {fault.message.en}" for fault in caught.value.faults]
        return told, text[: text.index(old)].count("\n") + 1

    return spoil


def test_the_variables_are_read_once_and_from_the_librarys_own_file(content_copy: Path) -> None:
    assert load_twin_variables() is VARIABLES
    assert twin_variables_from(content_copy / "twins.toml") == VARIABLES


def test_organisations_are_compared_by_the_funds_own_variables_and_estates_by_ours() -> None:
    assert list(VARIABLES.organisation) == [
        "tenancy_units",
        "mean_estate_size",
        "non_western_share",
        "outside_labour_share",
        "without_education_share",
        "income",
    ]
    assert list(VARIABLES.estate) == [
        "homes",
        "mean_home_area",
        "taken_into_use",
        "family_share",
        "youth_share",
        "elderly_share",
    ]
    assert {each.certainty for each in VARIABLES.organisation.values()} == {Certainty.DERIVED}
    assert {each.certainty for each in VARIABLES.estate.values()} == {Certainty.PROJECT_AUTHORED}


@pytest.mark.parametrize("ledger", list(Ledger))
def test_every_variable_has_names_a_source_and_its_own_id(ledger: Ledger) -> None:
    for each in VARIABLES.of(ledger):
        assert each.name.da != each.name.en
        assert each.source.startswith("Landsbyggefonden" if each.certainty is Certainty.DERIVED else "almenstyring")
        assert {"estate": VARIABLES.estate, "organisation": VARIABLES.organisation}[ledger.value][each.id] is each
        assert 0 <= each.decimals <= 1


@pytest.mark.parametrize("ledger", list(Ledger))
def test_socio_economic_variables_rest_on_reported_facts_and_the_others_on_master_data_alone(ledger: Ledger) -> None:
    for each in VARIABLES.of(ledger):
        spaces = {reference.space for reference in each.expression.references}
        assert spaces == ({"reported"} if each.basis is TwinBasis.SOCIO_ECONOMIC else {"master"}), each.id


def test_every_reported_fact_is_used_and_named_in_both_languages() -> None:
    used = {reference.key for each in VARIABLES.of(Ledger.ORGANISATION) for reference in each.expression.references}
    assert used >= VARIABLES.reported.keys()
    assert all(fact.text.da != fact.text.en for fact in VARIABLES.reported.values())


def test_an_estate_and_its_organisation_have_every_variable_of_the_master_data() -> None:
    master, day = clean_master_data(estates=2), date(2025, 12, 31)
    own = profile_of(master.estates[0].id, master, day)
    whole = profile_of(master.number, master, day, {name: Fraction(30) for name in VARIABLES.reported})
    assert {each.id: own.value(each) for each in VARIABLES.of(Ledger.ESTATE)} == {
        "homes": 50,
        "mean_home_area": 76,
        "taken_into_use": 2000,
        "family_share": 100,
        "youth_share": 0,
        "elderly_share": 0,
    }
    assert [whole.value(each) for each in VARIABLES.of(Ledger.ORGANISATION)] == [104, 52, 30, 30, 30, 30]
    assert [whole.value(each) for each in VARIABLES.of(Ledger.ORGANISATION, TwinBasis.MASTER_DATA)] == [104, 52]


def test_two_invented_estates_are_twins_by_the_shipped_variables() -> None:
    master = clean_master_data(estates=2)
    own, other = (profile_of(each.id, master, date(2025, 12, 31)) for each in master.estates)
    found = find_twins(own, [own, other], VARIABLES.of(Ledger.ESTATE))
    assert [twin.unit for twin in found.twins] == [other.unit]
    assert found.unknown == ()


# Faulty copies


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param(
            'formula = "master.homes"', 'formula = "master.roofs"', "estate.homes.formula: The reference", id="no fact"
        ),
        pytest.param(
            'formula = "master.homes"',
            'formula = "master.homes +"',
            "estate.homes.formula: This cannot",
            id="no formula",
        ),
        pytest.param(
            'formula = "master.homes"',
            'formula = "last_year(master.homes)"',
            "estate.homes.formula: The reference",
            id="the year before",
        ),
        pytest.param('unit = "home",', 'unit = "m2",', "estate.homes.unit: the formula gives", id="another unit"),
        pytest.param('unit = "year"', 'unit = "century"', 'estate.taken_into_use.unit: "century" is no', id="no unit"),
        pytest.param(
            'certainty = "project-authored" }\nyouth_share',
            'certainty = "sure" }\nyouth_share',
            "estate.family_share.certainty: one of these",
            id="no such certainty",
        ),
        pytest.param(
            'en = "Homes" }, basis = "master_data"',
            'en = "Homes" }, basis = "hearsay"',
            "estate.homes.basis: one of these is wanted here: master_data, socio_economic",
            id="no such basis",
        ),
        pytest.param(
            'en = "Homes" }, basis = "master_data"',
            'en = "Homes" }, weight = 2, basis = "master_data"',
            "estate.homes.weight: unknown key",
            id="a key that nobody knows",
        ),
        pytest.param(
            'en = "Residents of 18–64 outside the labour market" }, unit = "pct"',
            'en = "Residents of 18–64 outside the labour market" }, unit = "per cent"',
            "reported.outside_labour_share.unit: ",
            id="a reported fact without a measure",
        ),
    ],
)
def test_a_variable_that_cannot_be_is_refused_on_its_line(spoilt: Spoilt, old: str, new: str, fault: str) -> None:
    (words,), line = spoilt(old, new)
    assert words.startswith(f"{line} {fault}")


def test_a_source_that_the_file_does_not_name_is_refused(spoilt: Spoilt) -> None:
    found, _ = spoilt("\nproject = ", "\nourselves = ")
    assert len(found) == len(VARIABLES.estate)
    assert all("source: is not in [sources]" in words for words in found)


def test_a_variable_on_a_fact_that_nobody_reports_is_refused_on_its_own_line(spoilt: Spoilt) -> None:
    (words,), line_of_the_fact = spoilt("outside_labour_share = { text", "outside = { text")
    assert "organisation.outside_labour_share.formula: The reference is not known" in words
    assert int(words.split()[0]) > line_of_the_fact


def test_a_plug_in_may_bring_a_file_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        """
[reported]

[organisation]

[estate]
roofs = { name = { da = "Boliger", en = "Homes" }, basis = "master_data", unit = "home", decimals = 0, \
formula = "master.homes", source = "acme", certainty = "project-authored" }
""",
        "utf-8",
    )
    found = twin_variables_from(file)
    assert (list(found.estate), found.organisation, found.reported) == (["roofs"], {}, {})
    assert found.estate["roofs"].source == "acme"


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"none\.toml"):
        twin_variables_from(tmp_path / "none.toml")
