"""What is an expression and what is not; every refusal points at the part that is to blame."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.expressions import (
    Expression,
    ExpressionError,
    Literal,
    Measure,
    Operation,
    Reference,
    literals,
    references,
)
from almenstyring.domain.expressions.parsing import DEEPEST, LONGEST, MOST_NODES, parse, spaces
from almenstyring.domain.expressions.tree import Node

A = Reference(space="answer", key="a")
ONE = Literal(value=Fraction(1))


def operation(name: str, *operands: Node) -> Operation:
    return Operation(name=name, operands=operands)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("1", ONE),
        ("0.25", Literal(value=Fraction(1, 4))),
        ("True", Literal(value=True)),
        ('"ja"', Literal(value="ja")),
        ("'ja'", Literal(value="ja")),
        ('quantity(70, "pct")', Literal(value=Fraction(70), measure=Measure.parse("pct"))),
        ('account["112.1"]', Reference(space="account", key="112.1")),
        ('account["101":"105"]', Reference(space="account", key="101", until="105")),
        ("master.homes", Reference(space="master", key="homes")),
        ('last_year(answer["a"])', Reference(space="answer", key="a", years_back=1)),
        ('last_year(last_year(answer["a"]) + 1)',
         operation("+", Reference(space="answer", key="a", years_back=2), ONE)),
        ('answer["a"] + 1 * 1', operation("+", A, operation("*", ONE, ONE))),
        ('(answer["a"] + 1) * 1', operation("*", operation("+", A, ONE), ONE)),
        ('not answer["a"] == 1', operation("not", operation("==", A, ONE))),
        ('answer["a"] and 1 or 1', operation("or", operation("and", A, ONE), ONE)),
        ('1 if answer["a"] else 1', operation("if", A, ONE, ONE)),
        ('answer["a"] in ("x", "y")', operation("in", A, Literal(value=("x", "y")))),
        ("-1", operation("negative", ONE)),
        ("min(1, 1)", operation("min", ONE, ONE)),
    ],
)  # fmt: skip
def test_a_text_becomes_the_tree_it_says(text: str, tree: Node) -> None:
    assert parse(text) == tree
    assert parse(f"  {text}\n") == tree


@pytest.mark.parametrize(
    ("text", "blamed", "why"),
    [
        ('answer["a"] + x', "x", "not part of the language"),
        ("1 + [2]", "[2]", "not part of the language"),
        ("1 < 2 < 3", "1 < 2 < 3", "not part of the language"),
        ("1 is 1", "1 is 1", "not part of the language"),
        ('"a" not in ("a",)', '"a" not in ("a",)', "not part of the language"),
        ("2 ** 9", "2 ** 9", "not part of the language"),
        ("~1", "~1", "not part of the language"),
        ("master.homes.real", "master.homes.real", "not part of the language"),
        ("1 + 0x10", "0x10", "Numbers are written as"),
        ("1 + 1e5", "1e5", "Numbers are written as"),
        ("1 + 1_000", "1_000", "Numbers are written as"),
        ("1 + .5", ".5", "Numbers are written as"),
        ("1 + None", "None", "Numbers are written as"),
        ("1 + 1234567890123456", "1234567890123456", "Numbers are written as"),
        ("1 + 0.1234567891", "0.1234567891", "Numbers are written as"),
        ("1 + sqrt(4)", "sqrt(4)", "The functions are"),
        ("1 + min(1)", "min(1)", "min takes 2 to 30 operands"),
        ("min(1, 2, *x)", "min(1, 2, *x)", "not part of the language"),
        ("min(a=1, b=2)", "min(a=1, b=2)", "not part of the language"),
        ("last_year(1, 2)", "last_year(1, 2)", "The functions are"),
        ('1 + quantity(1, "ton")', 'quantity(1, "ton")', '"ton" is no unit'),
        ('1 + quantity("1", "kr")', 'quantity("1", "kr")', "Write for example quantity"),
        ("1 + quantity(1)", "quantity(1)", "Write for example quantity"),
        ("1 + world.homes", "world.homes", "One of these is referred to"),
        ('1 + master["homes"]', 'master["homes"]', "One of these is referred to"),
        ("1 + answer.a", "answer.a", "One of these is referred to"),
        ("1 + master.__class__", "master.__class__", "One of these is referred to"),
        ("1 + master.Homes", "master.Homes", "One of these is referred to"),
        ("1 + answer[1]", "1", "Write for example"),
        ('1 + answer[" "]', '" "', "Write for example"),
        ('1 + account["105":"101"]', '"105":"101"', "Write for example"),
        ('1 + account["101.1":"105"]', '"101.1":"105"', "Write for example"),
        ('1 + account["101":"105":1]', '"101":"105":1', "Write for example"),
        ('answer["a":"b"]', '"a":"b"', "Write for example"),
        ('"a" in ()', "()", "a list of texts"),
        ('"a" in ["a"]', '["a"]', "a list of texts"),
        ('"a" in ("a", 1)', '("a", 1)', "a list of texts"),
        ('"æøå" in ("æ", x)', '("æ", x)', "a list of texts"),
    ],
)
def test_a_refusal_points_at_what_is_to_blame(text: str, blamed: str, why: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    error = caught.value
    assert error.code == "EXPRESSION-INVALID"
    assert error.place.fragment == blamed
    assert text[error.place.start : error.place.end] == blamed
    assert why in error.message.en and blamed in error.message.da
    assert str(error.context["pointer"]).endswith("^" * len(blamed))
    assert error.context["value"] == text


def test_a_place_is_found_behind_letters_of_many_bytes_and_after_line_ends() -> None:
    for line_end in ("\n", "\r", "\r\n"):
        text = f'(answer["æøå😀"] +{line_end}  nope(2))'
        with pytest.raises(ExpressionError) as caught:
            parse(text)
        assert caught.value.place.fragment == "nope(2)"


@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n", "\x0c"])
def test_a_number_after_a_line_end_is_the_number_that_stands_there(line_end: str) -> None:
    assert parse(f"(10 +{line_end}(22))") == operation("+", Literal(value=Fraction(10)), Literal(value=Fraction(22)))


HOSTILE = {
    "nothing": "",
    "blanks": " \n\t ",
    "a comment": "# 1",
    "an import": "__import__('os').system('true')",
    "a dunder": "().__class__.__bases__[0].__subclasses__()",
    "a dunder of a reference": "master.__class__",
    "a lambda": "(lambda: 1)()",
    "a comprehension": "[x for x in answer]",
    "a generator": "sum(x for x in answer)",
    "a walrus": "(x := 1)",
    "an f-string": 'f"{__import__}"',
    "bytes": "b'1'",
    "a complex number": "1j",
    "the ellipsis": "...",
    "an await": "await master.homes",
    "a yield": "(yield)",
    "a star": "*answer",
    "a dict": '{"a": 1}',
    "a set": "{1}",
    "a tuple": "1, 2",
    "a slice of nothing": "account[:]",
    "a statement": "x = 1",
    "two statements": "1; 2",
    "two lines": "1\n2",
    "a huge number": "9" * 1_900,
    "a number beyond int parsing": "9" * 5_000,
    "an infinite number": "1e999",
    "many minus signs": "-" * 1_900 + "1",
    "many brackets": "(" * 900 + "1" + ")" * 900,
    "many nots": "not " * 400 + "True",
    "many terms": "1" + "+1" * 900,
    "deep subscripts": "answer" + '["a"]' * 300,
    "deep calls": "abs(" * 150 + "1" + ")" * 150,
    "a null byte": "1 + \0 1",
    "a null byte in a text": '"\0"',
    "half a character": '"\ud800"',
    "a byte order mark": "\ufeff1",
    "a paragraph separator": "1\u2029+ 2",
    "an unfinished text": '"abc',
    "an unfinished bracket": "(1",
    "an indented line": "1 +\n   2",
    "a bad escape": '"\\x1"',
    "an unknown escape": '"\\d"',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_text_is_refused_as_an_expression_and_nothing_else(text: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        Expression.read(text)
    assert caught.value.message.da != caught.value.message.en


WORDS = ("answer", "master", ".", "[", "]", "(", ")", '"a"', ":", ",", "+", "-", "if", "else", "not", "and", "in",
         "lambda", ":=", "for", "x", "1", "0.5", "==", "<", "\n", " ", "\\", "'", "f\"{1}\"", "*", "=", "#",
         "last_year", "quantity", "min", "æ", "\0", "\r", "None", "...")  # fmt: skip


@given(st.text(max_size=40) | st.lists(st.sampled_from(WORDS), max_size=14).map("".join))
def test_any_text_is_an_expression_or_refused_as_one(text: str) -> None:
    try:
        expression = Expression.read(text)
    except ExpressionError:
        return
    assert Expression.read(str(expression)) == expression


def test_the_bounds_are_where_they_are_said_to_be() -> None:
    assert parse("1" + " " * (LONGEST - 1)) == ONE
    with pytest.raises(ExpressionError, match=f"longer than {LONGEST}"):
        parse(" " * LONGEST + "1")
    nested = DEEPEST - 1
    parse("not " * ((DEEPEST - 1) // 2) + "True")
    with pytest.raises(ExpressionError, match="too large"):
        parse("abs(" * nested + "1" + ")" * nested)
    most = MOST_NODES - 2  # beside the operands stand the "or" and what joins them
    parse(" or ".join(["1"] * most))
    with pytest.raises(ExpressionError, match="too large"):
        parse(" or ".join(["1"] * (most + 1)))


def test_references_and_literals_come_from_left_to_right() -> None:
    expression = Expression.read('min(answer["b"], 1) + answer["a"] * account["101"] - answer["b"] + 2')
    assert [r.key for r in references(expression.tree)] == ["b", "a", "101", "b"]
    assert [r.key for r in expression.references] == ["b", "a", "101"]
    assert [one.value for one in literals(expression.tree)] == [1, 2]
    assert spaces(references(expression.tree)) == {"answer", "account"}
