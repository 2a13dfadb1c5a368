"""A text holds both languages, and templates are filled in both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.text import LANGUAGES, Text


def test_a_text_is_read_by_language() -> None:
    text = Text("afdeling", "estate")
    assert [text[language] for language in LANGUAGES] == ["afdeling", "estate"]


def test_the_danish_text_stands_for_both() -> None:
    assert str(Text("afdeling", "estate")) == "afdeling"


def test_a_template_is_filled_in_both_languages() -> None:
    assert Text("{homes} boliger", "{homes} homes").fill(homes=12) == Text("12 boliger", "12 homes")


def test_a_bilingual_value_is_filled_in_each_languages_own_words() -> None:
    filled = Text("{what} mangler", "{what} is missing").fill(what=Text("Årsberetning", "Annual report"))
    assert filled == Text("Årsberetning mangler", "Annual report is missing")


def test_a_template_field_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        Text("{homes}", "{homes}").fill(units=12)


@given(st.text())
def test_a_value_with_braces_is_put_in_as_it_is(value: str) -> None:
    assert Text("<{value}>", "[{value}]").fill(value=value) == Text(f"<{value}>", f"[{value}]")


def test_texts_are_values() -> None:
    assert len({Text("a", "b"), Text("a", "b"), Text("b", "a")}) == 2
    with pytest.raises(AttributeError):
        Text("a", "b").da = "c"  # type: ignore[misc]
