"""References to the law print and parse, and an unreadable one says which part is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.values import Act, LegalReference

Refused = Callable[..., InvalidValueError]
numbers = st.none() | st.integers(1, 999)
references = st.builds(
    LegalReference,
    st.sampled_from(Act),
    st.from_regex(r"[1-9][0-9]{0,2}( [a-zæøå])?", fullmatch=True),
    numbers,
    numbers,
    numbers,
)


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("ABL § 14 b, stk. 4", LegalReference("ABL", "14 b", stk=4)),
        ("DB § 112, stk. 5, nr. 2", LegalReference(Act.DB, "112", stk=5, nr=2)),
        ("ABL § 6 a", LegalReference("ABL", "6 a")),
        ("ABL § 43, stk. 1, 2. pkt.", LegalReference("ABL", "43", stk=1, sentence=2)),
        ("DB § 73, nr. 3", LegalReference("DB", "73", nr=3)),
        ("ABL § 24 a, stk. 1, nr. 1, 2. pkt.", LegalReference("ABL", "24 a", 1, 1, 2)),
        ("UB § 36", LegalReference("UB", "36")),
    ],
)
def test_a_reference_prints_and_parses(text: str, reference: LegalReference) -> None:
    assert str(reference) == text
    assert LegalReference.parse(text) == reference


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("ABL §14b, stk.4", "ABL § 14 b, stk. 4"),
        ("  DB   § 112  stk. 5   nr 2 ", "DB § 112, stk. 5, nr. 2"),
        ("abl § 6a", "ABL § 6 a"),
        ("DB§112,stk.5,nr.2,1.pkt", "DB § 112, stk. 5, nr. 2, 1. pkt."),
        ("DB § 112 ,stk. 5", "DB § 112, stk. 5"),
        ("ABL §\N{NO-BREAK SPACE}14\N{NO-BREAK SPACE}b", "ABL § 14 b"),
        ("DB § 73 nr. 1", "DB § 73, nr. 1"),
    ],
)
def test_untidy_references_are_read_and_printed_tidily(text: str, canonical: str) -> None:
    assert str(LegalReference.parse(text)) == canonical


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("XYZ § 14", "'XYZ' is not one of ABL, DB, UB", id="an unknown act is named"),
        pytest.param("§ 14", "'' is not one of ABL, DB, UB", id="a missing act is named"),
        pytest.param("ABL 14", "lacks the sign §", id="a missing sign is named"),
        pytest.param("", "lacks the sign §", id="an empty text lacks the sign"),
        pytest.param("ABL §", "lacks a section", id="a missing section is named"),
        pytest.param("ABL § b", "lacks a section", id="a letter alone is no section"),
        pytest.param("ABL § 014", "lacks a section", id="a section does not begin with 0"),
        pytest.param("ABL §§ 60 og 60 a", "lacks a section", id="two sections are two references"),
        pytest.param("ABL § 14 bc", "'bc' in", id="two letters are no section"),
        pytest.param("ABL § 14, stk. 0", "stk cannot be 0", id="subsections begin at 1"),
        pytest.param("ABL § 14, nr. 2, stk. 4", "', stk. 4' in", id="the order cannot be changed"),
        pytest.param("DB § 112, stk. 5-6", "'-6' in", id="a range is several references"),
        pytest.param("DB § 112, stk. 1234", "', stk. 1234' in", id="no section has 1,234 subsections"),
        pytest.param("DB § 112, stk. x", "', stk. x' in", id="what follows a section is read or named"),
        pytest.param("DB § 112,", "',' in", id="a comma announces more"),
    ],
)
def test_an_unreadable_reference_says_what_is_wrong(text: str, named: str, refused: Refused) -> None:
    assert named in refused(LegalReference.parse, text).message.en


@pytest.mark.parametrize("text", [None, 14, b"ABL"], ids=repr)
def test_only_a_text_is_read(text: str, refused: Refused) -> None:
    refused(LegalReference.parse, text)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("LBL", "14"), {}),
        ((None, "14"), {}),
        ((Act.ABL, "§ 14"), {}),
        ((Act.ABL, 14), {}),
        ((Act.ABL, ""), {}),
        ((Act.ABL, "14"), {"stk": 0}),
        ((Act.ABL, "14"), {"nr": True}),
        ((Act.ABL, "14"), {"sentence": 1.0}),
        ((Act.ABL, "14"), {"stk": 1000}),
        ((Act.ABL, "14"), {"stk": "4"}),
    ],
    ids=repr,
)
def test_the_parts_of_a_reference_are_checked(
    arguments: tuple[object, ...], named: dict[str, object], refused: Refused
) -> None:
    refused(LegalReference, *arguments, **named)


@given(references)
def test_parsing_gives_back_what_was_printed(reference: LegalReference) -> None:
    assert LegalReference.parse(str(reference)) == reference
    assert LegalReference.parse(str(reference).replace(",", "")) == reference


@given(st.text("ABLDU§ 0123456789abstknrp.,", max_size=40))
def test_whatever_is_read_has_one_canonical_form(text: str) -> None:
    try:
        reference = LegalReference.parse(text)
    except InvalidValueError:
        return
    assert LegalReference.parse(str(reference)) == reference


@pytest.mark.parametrize("act", Act)
def test_every_act_has_a_full_name_and_an_edition_in_both_languages(act: Act) -> None:
    for text in (act.title, act.edition):
        assert text.da and text.en and text.da != text.en
    assert str(act) == act.value


def test_references_can_be_kept_in_sets() -> None:
    assert len({LegalReference.parse("ABL §14b"), LegalReference("ABL", "14 b")}) == 1
