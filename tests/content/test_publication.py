"""The policies as content: complete, sourced, and refused with a line where they are wrong."""

from __future__ import annotations

from importlib.resources import files
from itertools import product
from pathlib import Path

import pytest

from almenstyring.content.publication import DEFAULT_POLICY, load_publication, publication_from
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import ContentError, NotFoundError
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.publication import Audience, ContentKind

SHIPPED = (files("almenstyring.content") / "publication.toml").read_text("utf-8")


def test_the_default_is_the_portal_s_practice() -> None:
    assert DEFAULT_POLICY == "portal_2014"
    assert load_publication()[DEFAULT_POLICY].name.da == "portalens praksis siden april 2014"


@pytest.mark.parametrize("policy", sorted(load_publication().policy))
def test_a_policy_speaks_of_all_content_to_every_audience(policy: str) -> None:
    rules = load_publication()[policy].rules
    spoken = {(rule.content, audience) for rule in rules for audience in rule.audiences}
    assert spoken == set(product(ContentKind, Audience))
    assert all(rule.source for rule in rules)


def test_what_is_official_names_a_law_or_the_publisher() -> None:
    for rule in load_publication()[DEFAULT_POLICY].rules:
        if rule.certainty is Certainty.OFFICIAL:
            assert rule.law or "Landsbyggefonden" in rule.source


def test_the_selection_of_key_figures_is_ours_and_none_is_about_who_the_residents_are() -> None:
    selected = load_publication().selected
    assert selected.certainty is Certainty.PROJECT_AUTHORED
    every = {*selected.of(Ledger.ESTATE), *selected.of(Ledger.ORGANISATION)}
    assert {"rent_per_m2", "disposition_fund_per_unit"} <= every
    about_residents = {
        "non_western_share",
        "outside_labour_share",
        "without_education_share",
        "income_of_national_mean",
    }
    assert not every & about_residents


def test_an_unknown_policy_is_told_which_there_are() -> None:
    with pytest.raises(NotFoundError) as caught:
        load_publication()["portal_1999"]
    assert "portal_2014" in caught.value.hint.da


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('"rent_per_m2"', '"rent_per_mile"', "er intet nøgletal"),
        ('when = "always"', 'when = "sometimes"', "her skal stå et af: always"),
        ('source = "portal"', 'source = "rumour"', "står ikke i [sources]"),
        ('content = "articles"', 'content = "secrets"', "her skal stå et af: master_data"),
    ],
    ids=["figure", "condition", "source", "content"],
)
def test_a_faulty_policy_is_refused_with_its_line(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    path = tmp_path / "politik.toml"
    path.write_text(SHIPPED.replace(right, wrong, 1), encoding="utf-8")
    line = SHIPPED[: SHIPPED.index(right)].count("\n") + 1
    with pytest.raises(ContentError) as caught:
        publication_from(path)
    [fault] = caught.value.faults
    assert said in fault.message.da
    assert fault.line is not None and abs(fault.line - line) <= 1


def test_the_same_rule_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "politik.toml"
    rule = SHIPPED[SHIPPED.index("[[policy.portal_2014.rules]]") :].split("\n\n")[0]
    path.write_text(f"{SHIPPED}\n{rule}\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        publication_from(path)
    assert "to gange" in caught.value.faults[0].message.da
