"""How people and programs read an explanation: as lines, as HTML that obeys nobody, as plain data."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from html.parser import HTMLParser
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.expressions import KRONER, Measure
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.explaining import Explanation, explain
from almenstyring.domain.figures.explanation import shown
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.figures.reckoning import Basis, Reckoning
from almenstyring.domain.text import LANGUAGES, Language, Text
from almenstyring.domain.values import LegalReference, Number

from .a_figure import CHART, explained, figure

Make = Callable[..., Basis]
CATALOGUE = load_key_figures()
per_home = partial(figure, unit="kr/home")
NASTY = '<script>alert("&amp;")</script>'


INNER = per_home("master.homes", id="inner", name=Text("Inderst", "Inmost"), unit="home", decimals=0)


@pytest.fixture(scope="module")
def whole(basis_of: Make) -> Explanation:
    """A figure with a law, a note, a warning, leaves of two kinds and a part."""
    basis = basis_of(2019, account={"114": "7777.50"}, master={"homes": 8}, status=FigureStatus.PROVISIONAL)
    outer = per_home(
        'account["114"] / figure.inner',
        definition=3,
        law=LegalReference.parse("DB § 42"),
        note=Text("En note.", "A note."),
    )
    return explained(basis, outer, INNER, kept_definition=2)


# As lines


def test_an_explanation_is_read_from_the_figure_down_to_its_leaves(whole: Explanation) -> None:
    assert whole.text("en").split("\n") == [
        "Trial 2019: 972.19 DKK per home",
        '  trial/3 = account["114"] / figure.inner',
        "  source: DB § 42; prøve",
        "  A note.",
        "  ! The figure was kept under definition 2; the year's is now 3.",
        "  - account 114 Cleaning 2019: 7,777.50 DKK (accounts 2019-01-01/2019-12-31)",
        "  Inmost 2019: 8 homes",
        "    inner/1 = master.homes",
        "    source: prøve",
        "    - Homes 2019: 8 homes (master data)",
    ]


def test_the_language_is_danish_unless_it_is_asked_for(whole: Explanation) -> None:
    assert str(whole) == whole.text() == whole.text("da") != whole.text("en")
    assert whole.text().startswith("Prøve 2019: 972,19 kr. pr. bolig\n")
    assert "konto 114 Renholdelse 2019: 7.777,50 kr. (regnskab" in str(whole)
    assert "kilde: DB § 42" in str(whole)


@pytest.mark.parametrize(("language", "word"), [("da", "mangler"), ("en", "missing")])
def test_what_is_missing_is_said_to_be_and_is_never_zero(basis_of: Make, language: Language, word: str) -> None:
    lines = explained(basis_of(2019), per_home("master.homes / reported.moved")).text(language).split("\n")
    assert [line.rpartition(": ")[2] for line in (lines[0], *lines[-2:])] == [word] * 3


@pytest.mark.parametrize(
    ("formula", "value", "said"),
    [
        pytest.param("reported.moved", "214", "214 homes", id="a whole number"),
        pytest.param("reported.moved", "214.25", "214.25 homes", id="no idle zeros"),
        pytest.param("reported.moved", "214.50", "214.5 homes", id="none at all"),
        pytest.param("reported.moved", "1/3", "0.333333 homes", id="not for ever"),
        pytest.param('account["114"]', "7777.50", "7,777.50 DKK", id="kroner have both decimals"),
        pytest.param('account["114"]', "7777", "7,777 DKK", id="or none"),
        pytest.param('account["114"]', "-0.05", "-0.05 DKK", id="øre"),
        pytest.param("reported.moved", "0", "0 homes", id="zero is no word"),
    ],
)
def test_a_leaf_is_shown_without_idle_zeros(basis_of: Make, formula: str, value: str, said: str) -> None:
    kind = "account" if "account" in formula else "reported"
    basis = basis_of(2019, **{kind: {"114" if kind == "account" else "moved": value}})
    [found] = explained(basis, per_home(formula)).leaves
    assert found.lines("en").partition(" (")[0].endswith(f"2019: {said}")


@pytest.mark.parametrize(
    ("exact", "decimals", "unit", "da", "en"),
    [
        (Fraction(12345), 2, "kr/m2", "12.345,00 kr. pr. m²", "12,345.00 DKK per m²"),
        (Fraction(5, 2), 0, "pct", "3 pct.", "3 per cent"),
        (Fraction(-5, 2), 0, "", "-3", "-3"),
        (None, 2, "kr", "mangler", "missing"),
    ],
)
def test_a_figure_is_shown_with_all_its_decimals_and_its_unit(
    exact: Fraction | None, decimals: int, unit: str, da: str, en: str
) -> None:
    measure = Measure.parse(unit)
    assert [shown(exact, decimals, measure, language) for language in LANGUAGES] == [da, en]


# As HTML


class Read(HTMLParser):
    """The tags, attributes and texts that a browser sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.ends: list[str] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_the_lines_say(whole: Explanation, language: Language) -> None:
    lines = [line.strip().removeprefix("- ") for line in whole.text(language).split("\n")]
    assert Read(whole.as_html(language)).texts == lines
    assert f'lang="{language}"' in whole.as_html(language)
    assert whole._repr_html_() == whole.as_html("da")


def test_a_part_stands_in_an_item_of_its_own(whole: Explanation) -> None:
    assert "<li><p>Inmost 2019: 8 homes</p><ul><li>inner/1" in whole.as_html("en")


def test_no_text_becomes_a_tag(basis_of: Make) -> None:
    nasty = Text(NASTY, NASTY)
    evil = per_home("master.homes", name=nasty, note=nasty, source=NASTY, change=nasty)
    found = explained(basis_of(2019, master={"homes": 8}), evil)
    leaves = tuple(evolve(each, name=nasty, origin=nasty) for each in found.leaves)
    html = evolve(found, leaves=leaves, warnings=(nasty,)).as_html()
    assert Read(html).tags == {"div", "p", "ul", "li"}
    assert sum(text.count(NASTY) for text in Read(html).texts) == 6


@given(st.text())
def test_any_text_is_read_back_as_it_was(basis_of: Make, text: str) -> None:
    plain = "".join(each for each in text if each.isprintable())
    found = explained(basis_of(2019), per_home("master.homes", note=Text(f"x{plain}", "-")))
    assert f"x{plain}" in "\n".join(Read(found.as_html()).texts)


# As plain data


def test_plain_data_tell_everything_in_both_languages(whole: Explanation) -> None:
    plain: Any = json.loads(json.dumps(whole.plain()))
    [leaf], [part] = plain.pop("leaves"), plain.pop("parts")
    assert plain == {
        "figure": "trial",
        "definition": 3,
        "unit": "T001-T0101",
        "period": "2019-01-01/2019-12-31",
        "value": "972.19",
        "measure": "kr/home",
        "status": "provisional",
        "formula": 'account["114"] / figure.inner',
        "source": "prøve",
        "certainty": "project-authored",
        "warnings": [
            {
                "da": "Tallet blev gemt efter definition 2; årets er nu 3.",
                "en": "The figure was kept under definition 2; the year's is now 3.",
            }
        ],
    }
    assert leaf == {
        "reference": 'account["114"]',
        "name": {"da": "konto 114 Renholdelse", "en": "account 114 Cleaning"},
        "year": 2019,
        "value": "7777.5",
        "measure": "kr",
        "origin": {"da": "regnskab 2019-01-01/2019-12-31", "en": "accounts 2019-01-01/2019-12-31"},
    }
    assert (part["figure"], part["value"], part["leaves"][0]["reference"]) == ("inner", "8", "master.homes")


def test_plain_data_of_what_is_missing_are_null(basis_of: Make) -> None:
    plain: Any = explained(basis_of(2019), per_home("master.homes")).plain()
    assert (plain["value"], plain["leaves"][0]["value"], plain["parts"]) == (None, None, [])


def numbers_in(plain: Any) -> list[object]:
    """Every number in plain data that is neither a year nor the number of a definition."""
    if isinstance(plain, dict):
        inside = [each for key, each in plain.items() if key not in ("year", "definition")]
        return [number for each in inside for number in numbers_in(each)]
    if isinstance(plain, list):
        return [number for each in plain for number in numbers_in(each)]
    return [plain] if isinstance(plain, int | float) else []


@settings(max_examples=40)  # each explains the whole catalogue
@given(seed=st.integers(0, 10**6), of=st.sampled_from(Ledger), year=st.sampled_from([2016, 2025]))
def test_plain_data_of_any_explanation_are_json_without_numbers_that_could_be_rounded(
    random_basis: Make, **named: Any
) -> None:
    made = Reckoning(CATALOGUE, random_basis(missing=20, **named))
    for figure_id in made.definitions:
        plain = explain(made, figure_id, CHART).plain()
        assert json.loads(json.dumps(plain)) == plain
        assert numbers_in(plain) == []


# As a proof


@given(st.integers(-(10**6), 10**6), st.integers(1, 100))
def test_the_figure_is_recomputed_from_the_leaves_and_from_nothing_else(
    whole: Explanation, amount: int, homes: int
) -> None:
    [leaf], [(reference, inner)] = whole.leaves, whole.parts
    changed = evolve(
        whole,
        leaves=(evolve(leaf, value=Fraction(amount)),),
        parts=((reference, evolve(inner, leaves=(evolve(inner.leaves[0], value=Fraction(homes)),))),),
    )
    found = changed.recomputed()
    assert found is not None
    assert abs(found.as_fraction() - Fraction(amount, homes)) <= Fraction(1, 200)
    assert changed.value == whole.value


@pytest.mark.parametrize("formula", ["master.homes", "reported.moved > 1"])
def test_what_is_missing_or_no_number_is_not_recomputed(basis_of: Make, formula: str) -> None:
    assert explained(basis_of(2019, reported={"moved": 2}), per_home(formula)).recomputed() is None


def test_a_recomputed_figure_is_rounded_once(basis_of: Make) -> None:
    third = per_home("master.homes / 3", id="third", decimals=0)
    made = explained(basis_of(2019, master={"homes": 1}), per_home("3 * figure.third"), third)
    assert made.recomputed() == Number(1)


def test_a_warning_of_several_parts_is_told_once_and_the_figures_own_first(basis_of: Make) -> None:
    stale = per_home("rate.disposition_fund_yearly", id="stale")
    twice = per_home("figure.stale + figure.other", definition=2)
    other = per_home("2 * figure.stale", id="other")
    made = explained(basis_of(2025), twice, stale, other, kept_definition=1)
    own, rate = made.all_warnings()
    assert made.warnings == (own,)
    assert "definition 1" in own.en and "2024" in rate.en


def test_the_unit_of_kroner_is_the_one_that_leaves_are_shown_by() -> None:
    assert shown(Fraction(1, 2), 2, KRONER, "da") == "0,50 kr."
