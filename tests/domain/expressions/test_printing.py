"""What is printed is the same expression, with the parentheses it needs and no others."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.expressions import Expression, Literal, Measure, Node, Operation, Reference
from almenstyring.domain.expressions.measures import BASES
from almenstyring.domain.expressions.operations import OPERATIONS
from almenstyring.domain.expressions.parsing import parse
from almenstyring.domain.expressions.printing import printed


def _merged(pairs: list[tuple[str, int]]) -> Measure:
    measure = Measure()
    for base, power in pairs:
        one = Measure.parse(base)
        for _ in range(abs(power)):
            measure = measure * one if power > 0 else measure / one
    return measure


measures = st.lists(st.tuples(st.sampled_from(sorted(BASES)), st.integers(-4, 4)), max_size=4).map(_merged)
numbers = st.builds(
    lambda count, decimals: Fraction(count, 10**decimals), st.integers(0, 10**15 - 1), st.integers(0, 9)
)
texts = st.text(st.characters(), max_size=12)
keys = texts.filter(str.strip)
names = st.from_regex(r"[a-z][a-z0-9]{0,3}(_[a-z0-9]{1,3}){0,2}", fullmatch=True)
accounts = st.from_regex(r"[1-8][0-9]{2}(\.[0-9]{1,3})?", fullmatch=True)
years = st.integers(0, 3)


def _range(pair: list[int], space: str, back: int) -> Reference:
    first, until = sorted(pair)
    return Reference(space=space, key=str(first), until=str(until), years_back=back)


references: st.SearchStrategy[Reference] = st.one_of(
    st.builds(Reference, space=st.sampled_from(["account", "budget", "next_budget"]), key=accounts, years_back=years),
    st.builds(Reference, space=st.just("answer"), key=keys, years_back=years),
    st.builds(Reference, space=st.sampled_from(["master", "rate", "reported", "figure"]), key=names, years_back=years),
    st.builds(
        _range,
        st.lists(st.integers(101, 899), min_size=2, max_size=2, unique=True),
        st.sampled_from(["account", "budget", "next_budget"]),
        years,
    ),
)
literals: st.SearchStrategy[Literal] = st.one_of(
    st.builds(Literal, value=numbers, measure=measures), st.builds(Literal, value=st.booleans() | texts)
)


def _operations(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    def of(name: str) -> st.SearchStrategy[Node]:
        fewest, most = OPERATIONS[name].takes
        operands: st.SearchStrategy[tuple[Node, ...]]
        operands = st.lists(nodes, min_size=fewest, max_size=min(most, fewest + 2)).map(tuple)
        if name == "in":
            listed = st.lists(texts, min_size=1, max_size=3).map(lambda items: Literal(value=tuple(items)))
            operands = st.tuples(nodes, listed)
        return st.builds(Operation, name=st.just(name), operands=operands)

    return st.sampled_from(sorted(OPERATIONS)).flatmap(of)


trees: st.SearchStrategy[Node] = st.recursive(literals | references, _operations, max_leaves=12)
"""Trees as they can be parsed: right in form, and mostly nonsense in kind."""


@given(trees)
def test_what_is_printed_parses_to_the_same_tree(tree: Node) -> None:
    text = printed(tree)
    assert parse(text) == tree
    assert printed(parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        '(answer["a"] + 1) * 2',
        'answer["a"] + 1 * 2',
        'answer["a"] - (1 - 2)',
        'answer["a"] - 1 - 2',
        'answer["a"] / (1 / 2)',
        "-master.homes * 2",
        "-(master.homes * 2)",
        "2 * -master.homes",
        "--master.homes",
        'not answer["a"] == "x"',
        '(not answer["a"]) == True',
        "(1 < 2) == (2 < 3)",
        "(True and False) and True",
        "True and (False or True)",
        "True and False or True",
        "1 if True else 2 if False else 3",
        "(1 if True else 2) if False else 3",
        "min(1 if True else 2, 3)",
        'answer["a"] in ("x",)',
        'last_year(account["101":"105"]) / last_year(last_year(master.homes))',
        'coalesce(answer["a"], quantity(0.5, "kr/m2"))',
        'quantity(1, "1/m2")',
        'answer["it\'s \\"so\\" \\\\\' \\n 😀"] == "\\ud800"',
    ],
)
def test_only_the_parentheses_that_are_needed_are_written(text: str) -> None:
    assert str(Expression.read(text)) == text


def test_quotes_are_always_double_and_spaces_always_single() -> None:
    assert str(Expression.read("(answer['a']   ==  (\n'x'))")) == 'answer["a"] == "x"'
