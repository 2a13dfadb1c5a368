"""A value, "ingen", not applicable and missing are four different things, and zero is a value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.reporting import (
    MISSING,
    NONE,
    NOT_APPLICABLE,
    Answer,
    Sheet,
    Special,
    Typed,
    Value,
    as_value,
)
from almenstyring.domain.values import Dkk, LbfNumber, Number

Refused = Callable[..., InvalidValueError]

words = st.text(max_size=8)
numbers = st.integers(-(10**6), 10**6)
cells = words | numbers | st.dates() | st.builds(Dkk, numbers) | st.builds(Number, numbers, st.integers(0, 6))
rows = st.dictionaries(words, cells, max_size=3)
written = st.none() | st.sampled_from(Special) | cells | st.lists(words, max_size=3) | st.lists(rows, max_size=3)


def kinds(value: Value | Special | None) -> list[bool]:
    answer = Answer(value=value)
    return [answer.is_missing, answer.is_value, answer.value is NONE, answer.value is NOT_APPLICABLE]


@given(written)
def test_an_answer_is_exactly_one_of_missing_value_ingen_and_not_applicable(raw: object) -> None:
    assert sum(kinds(as_value(raw))) == 1


FOUR_KINDS_AND_ZERO = {
    "missing": None,
    "ingen": NONE,
    "not applicable": NOT_APPLICABLE,
    "zero": Number(0),
    "nought kroner": Dkk(0),
    "the text 0": "0",
    "the text none": "none",
    "the text not_applicable": "not_applicable",
    "the list of the text none": ("none",),
}


@pytest.mark.parametrize("first", FOUR_KINDS_AND_ZERO)
@pytest.mark.parametrize("second", FOUR_KINDS_AND_ZERO)
def test_no_two_kinds_of_answer_are_equal(first: str, second: str) -> None:
    one, other = Answer(value=FOUR_KINDS_AND_ZERO[first]), Answer(value=FOUR_KINDS_AND_ZERO[second])
    assert (one == other) is (first == second)


@given(words)
def test_no_text_is_ever_ingen_or_not_applicable(word: str) -> None:
    assert as_value(word) not in (NONE, NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        pytest.param(None, [True, False, False, False], id="nothing is missing"),
        pytest.param("", [True, False, False, False], id="an empty text is missing"),
        pytest.param(" \n", [True, False, False, False], id="a blank text is missing"),
        pytest.param((), [True, False, False, False], id="an empty list is missing"),
        pytest.param(("", " "), [True, False, False, False], id="a list of blank texts is missing"),
        pytest.param(({},), [True, False, False, False], id="a table of empty rows is missing"),
        pytest.param(Number(0), [False, True, False, False], id="zero is a value"),
        pytest.param(Dkk(0), [False, True, False, False], id="nought kroner is a value"),
        pytest.param("0", [False, True, False, False], id="a text is a value"),
        pytest.param(date(2026, 6, 29), [False, True, False, False], id="a date is a value"),
        pytest.param(("", "Vaskeri"), [False, True, False, False], id="a list with one text is a value"),
        pytest.param(({"antal": Number(0)},), [False, True, False, False], id="a row with a zero is a value"),
        pytest.param(NONE, [False, False, True, False], id="ingen is said openly"),
        pytest.param(NOT_APPLICABLE, [False, False, False, True], id="not applicable is said openly"),
    ],
)
def test_what_an_answer_counts_as(value: Value | Special | None, kind: list[bool]) -> None:
    assert kinds(value) == kind


@given(written, words)
def test_every_answer_can_be_a_member_of_a_set(raw: object, comment: str) -> None:
    assert len({Answer(value=as_value(raw), comment=comment), Answer(value=as_value(raw), comment=comment)}) == 1


def test_a_comment_alone_is_no_answer() -> None:
    assert Answer(comment="Se bilaget.").is_missing


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (None, None),
        ("high_degree", "high_degree"),
        (7, Number(7)),
        (0, Number(0)),
        (-3, Number(-3)),
        (Decimal("85.50"), Number(855, 1)),
        (Number(1), Number(1)),
        (Dkk.of("1234.50"), Dkk(123450)),
        (date(2026, 6, 29), date(2026, 6, 29)),
        (NONE, NONE),
        (NOT_APPLICABLE, NOT_APPLICABLE),
        ([], ()),
        (["a", "b"], ("a", "b")),
        (("a",), ("a",)),
        ([{"navn": "Vaskeri", "antal": 2}], ({"navn": "Vaskeri", "antal": Number(2)},)),
    ],
    ids=repr,
)
def test_what_a_person_writes_becomes_a_value(raw: object, value: object) -> None:
    made = as_value(raw)
    assert made == value and type(made) is type(value)


@given(written)
def test_a_value_is_its_own_value(raw: object) -> None:
    assert as_value(as_value(raw)) == as_value(raw)


def test_a_value_does_not_change_with_the_list_it_was_made_of() -> None:
    row: dict[str, object] = {"antal": 1}
    raw = [row]
    made = as_value(raw)
    row["antal"] = 2
    raw.clear()
    assert made == ({"antal": Number(1)},)


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        (1.5, "float"),
        (float("nan"), "float"),
        (True, "bool"),
        (False, "bool"),
        (datetime(2026, 6, 29, tzinfo=UTC), "datetime"),
        (b"x", "bytes"),
        ({"a": 1}, "dict"),
        ({"a"}, "set"),
        (Typed("a"), "Typed"),
        ([1, 2], "int"),
        (["a", 1], "int"),
        (["a", None], "NoneType"),
        (["a", {"x": 1}], "dict"),
        ([NONE], "Special"),
        ([["a"]], "list"),
        ([{"x": None}], "NoneType"),
        ([{"x": NONE}], "Special"),
        ([{"x": ["a"]}], "list"),
        ([{"x": {"y": 1}}], "dict"),
        ([{"x": True}], "bool"),
        ([{1: "x"}], "int"),
        ([10**5000], "int"),
    ],
    ids=lambda raw: repr(raw)[:40] if not isinstance(raw, list) or raw != [10**5000] else "a list of a huge number",
)
def test_what_can_be_no_answer_is_refused_by_the_name_of_its_type(raw: object, named: str, refused: Refused) -> None:
    error = refused(as_value, raw)
    assert f" {named}." in error.message.da and f" {named}." in error.message.en


@pytest.mark.parametrize(
    "raw",
    [Decimal("NaN"), Decimal("Infinity"), Decimal("0.1234567"), 10**5000],
    ids=["NaN", "infinity", "seven decimals", "a huge number"],
)
def test_a_number_that_cannot_be_held_exactly_is_refused(raw: object, refused: Refused) -> None:
    refused(as_value, raw)


SHEET = Sheet(unit=LbfNumber("T001"), answers={"a": Answer(value="x")})


def test_a_question_never_answered_is_missing_and_no_error() -> None:
    assert SHEET["never.asked"] is MISSING


def test_an_answer_is_added_or_replaced_on_a_new_sheet() -> None:
    more = SHEET.with_answer("b", Answer(value=NONE)).with_answer("a", Answer(value="y"))
    assert dict(more.answers) == {"a": Answer(value="y"), "b": Answer(value=NONE)}
    assert dict(SHEET.answers) == {"a": Answer(value="x")}


@given(st.dictionaries(words, cells, max_size=5), words, cells)
def test_one_answer_never_touches_another(answers: dict[str, object], question: str, raw: object) -> None:
    sheet = Sheet(unit=LbfNumber("T001"), answers={key: Answer(value=as_value(cell)) for key, cell in answers.items()})
    changed = sheet.with_answer(question, Answer(value=as_value(raw)))
    assert changed[question].value == as_value(raw)
    assert all(changed[key] == sheet[key] for key in answers if key != question)
