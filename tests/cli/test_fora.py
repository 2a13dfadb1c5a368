"""``fora``: the reference models, and what a municipality adopted."""

from __future__ import annotations

import pytest

from .conftest import Cli


def test_the_reference_models_are_shown_with_decision_sources_and_what_is_not_known(cli: Cli) -> None:
    models = cli("fora", "--format", "json").json
    newest = models["norddjurs_2022"]
    assert (newest["decided_on"], newest["case_number"]) == ("2022-11-15", "22/8287")
    assert [each["on"] for each in newest["endorsements"]] == ["2022-10-10", "2022-11-08"]
    assert [forum["frequency"] for forum in newest["fora"]] == ["yearly", "once_per_term"]
    assert newest["gaps"]
    assert len(models["slagelse_2011"]["fora"]) == 3
    table = cli("fora").out
    assert "slagelse_2011" in table
    assert "to gange om året" in table


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "da",
            [
                "Besluttet 2022-11-15 (sag 22/8287)",
                "Indstillet af vej- og ejendomschefen",
                "Tiltrådt af Økonomiudvalget 2022-11-08",
                "Gældende 2022-11-15 til …",
                "Valgperioder: 2010-01-01 - 2013-12-31;",
                "Vides ikke: Om organisationerne deltager i temamødet, vides ikke.",
            ],
        ),
        (
            "en",
            [
                "Decided on 2022-11-15 (case 22/8287)",
                "Recommended by the head of roads and properties",
                "Endorsed by the finance committee on 2022-11-08",
                "In force 2022-11-15 to …",
                "Electoral terms: 2010-01-01 - 2013-12-31;",
                "Not known: Whether the organisations take part in the theme meeting is not known.",
            ],
        ),
    ],
)
def test_people_read_decision_officer_endorsements_terms_and_gaps(cli: Cli, language: str, words: list[str]) -> None:
    newest = cli("fora", "--lang", language).out.split("norddjurs_2022")[1]
    assert [word for word in words if word not in newest] == []


def test_a_municipality_sees_what_it_adopted_and_since_when(cli: Cli, database: str) -> None:
    place = ("--store", database, "--municipality", "T01")
    for model, since in (("slagelse_2011", "2026-01-01"), ("statutory_minimum", "2026-07-01")):
        ran = cli("fora", *place, "--adopt", model, "--since", since, "--format", "json")
        assert (ran.code, ran.err) == (0, "")
    found = cli("fora", *place, "--format", "json").json
    assert [(each["id"], each["since"], each["until"]) for each in found] == [
        ("slagelse_2011", "2026-01-01", "2026-06-30"),
        ("statutory_minimum", "2026-07-01", None),
    ]
    assert len(found[0]["model"]["fora"]) == 3
    text = cli("fora", *place).out
    assert "vedtaget fra 2026-01-01 til 2026-06-30" in text and "norddjurs" not in text
    assert "adopted from 2026-07-01" in cli("fora", "--store", database, "--organisation", "T001", "--lang", "en").out


def test_an_organisation_adopts_no_model(cli: Cli, database: str) -> None:
    words = ("--adopt", "slagelse_2011", "--since", "2026-01-01")
    ran = cli("fora", "--store", database, "--organisation", "T001", *words)
    assert (ran.code, "må ikke" in ran.err) == (2, True)
