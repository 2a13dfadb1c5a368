"""The checklist that the library ships: known rules, figures and questions, and a paragraph for every item."""

from __future__ import annotations

import pytest

from almenstyring.application.preparation import OWN_CODES
from almenstyring.content import load_standard, load_terms
from almenstyring.content.critical_review import load_checklist
from almenstyring.content.key_figures import load_key_figures
from almenstyring.content.supervision_themes import load_themes
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.dialogue.critical_review import ChecklistItem, ReviewGroup
from almenstyring.domain.figures.chart import Ledger

every_item = pytest.mark.parametrize("item", load_checklist(), ids=lambda item: item.id)


@every_item
def test_an_item_looks_only_at_what_there_is(item: ChecklistItem) -> None:
    standard, figures = load_standard(ReportYear(2026)), load_key_figures()
    known = {*figures.of(Ledger.ESTATE, 2025), *figures.of(Ledger.ORGANISATION, 2025)}
    assert set(item.rules) <= OWN_CODES
    assert set(item.figures) <= known
    assert all(standard.question(question) for question in item.questions)


@every_item
def test_the_wording_of_an_item_is_ours_and_says_so(item: ChecklistItem) -> None:
    assert item.certainty is Certainty.PROJECT_AUTHORED
    assert item.text.da.endswith("?") and item.text.en.endswith("?")
    assert item.valid.start is not None


def test_every_group_has_items_and_no_id_comes_twice() -> None:
    items = load_checklist()
    assert {item.group for item in items} == set(ReviewGroup)
    assert len({item.id for item in items}) == len(items)


def test_there_is_one_known_theme_and_it_has_a_source() -> None:
    [theme] = load_themes()
    assert "Effektiviseringsenheden" in theme.source and theme.certainty is Certainty.DERIVED


def test_the_terms_know_the_review() -> None:
    assert load_terms().find("kritisk gennemgang")[0].class_name == "CriticalReview"
