"""Units of measure: written, read back, and their algebra."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.expressions import BARE, Measure
from almenstyring.domain.expressions.measures import BASES
from almenstyring.domain.text import LANGUAGES

measures = st.builds(
    lambda over, under: _product(over) / _product(under),
    st.lists(st.sampled_from(sorted(BASES)), max_size=5),
    st.lists(st.sampled_from(sorted(BASES)), max_size=5),
)


def _product(bases: list[str]) -> Measure:
    found = BARE
    for base in bases:
        found = found * Measure.parse(base)
    return found


@given(measures)
def test_a_measure_is_read_back_as_it_was_written(measure: Measure) -> None:
    assert Measure.parse(str(measure)) == measure
    assert all(measure.name[language] for language in LANGUAGES) or measure == BARE


@given(measures, measures, measures)
def test_measures_multiply_as_they_should(one: Measure, other: Measure, third: Measure) -> None:
    assert one * other == other * one
    assert (one * other) * third == one * (other * third)
    assert one * BARE == one == one / BARE
    assert one / one == BARE
    assert (one * other) / other == one
    assert one / other == BARE / (other / one)
    assert hash(one * other) == hash(other * one)


@pytest.mark.parametrize(
    ("text", "da", "en"),
    [
        ("", "", ""),
        ("kr", "kr.", "DKK"),
        ("kr/m2", "kr. pr. m²", "DKK per m²"),
        ("home", "boliger", "homes"),
        ("kr/home", "kr. pr. bolig", "DKK per home"),
        ("kr/unit", "kr. pr. lejemålsenhed", "DKK per tenancy unit"),
        ("pct", "pct.", "per cent"),
        ("m2^2", "m²^2", "m²^2"),
        ("kr*year/home*m2", "kr. år pr. m² pr. bolig", "DKK years per m² per home"),
        ("1/home", "pr. bolig", "per home"),
    ],
)
def test_a_measure_has_a_name(text: str, da: str, en: str) -> None:
    measure = Measure.parse(text)
    assert (measure.name.da, measure.name.en) == (da, en)


@pytest.mark.parametrize("text", ["kr/kr", "1/1", "m2*home/home*m2"])
def test_what_cancels_out_is_a_bare_number(text: str) -> None:
    assert Measure.parse(text) == BARE


@pytest.mark.parametrize(
    "text",
    [
        "ton",
        "KR",
        "kr /m2",
        "kr/",
        "/m2",
        "/",
        "kr/m2/home",
        "kr**m2",
        "*kr",
        "kr*",
        "m2^0",
        "m2^-1",
        "m2^100",
        "1",
        "2",
    ],
)
def test_what_is_no_measure_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Measure.parse(text)
    assert caught.value.context["value"] == text
    assert "kr/m2" in caught.value.hint.da


@pytest.mark.parametrize(
    ("text", "counted"),
    [("kr/m2", "kr"), ("kr/home", "kr"), ("pct", "pct"), ("", ""), ("1/home", ""), ("m2^2/home", "m2^2")],
)
def test_what_is_counted_is_told_without_what_it_is_divided_by(text: str, counted: str) -> None:
    assert str(Measure.parse(text).counted) == counted


@given(measures)
def test_a_measure_is_what_is_counted_divided_by_something(measure: Measure) -> None:
    assert measure.counted.counted == measure.counted
    assert (measure.counted / measure).counted == measure.counted / measure
    assert "/" not in str(measure.counted)
