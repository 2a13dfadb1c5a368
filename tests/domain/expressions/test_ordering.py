"""Declared things in an order in which each comes after what it needs; circles are refused with their path."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.expressions import CycleError, in_order

names = st.sampled_from("abcdefg")
graphs = st.dictionaries(names, st.lists(names, max_size=4), max_size=7)


@given(graphs)
def test_each_comes_after_what_it_needs_or_the_circle_is_named(needs: dict[str, list[str]]) -> None:
    found = _circle_or_order(needs)
    if isinstance(found, CycleError):
        assert found.path[0] == found.path[-1]
        assert all(other in needs[one] for one, other in pairwise(found.path))
    else:
        assert len(set(found)) == len(found)
        assert set(needs) <= set(found)
        assert all(found.index(need) < found.index(name) for name, needed in needs.items() for need in needed)


def _circle_or_order(needs: dict[str, list[str]]) -> CycleError | tuple[str, ...]:
    try:
        return in_order(needs)
    except CycleError as error:
        return error


@pytest.mark.parametrize(
    ("needs", "path"),
    [
        ({"a": ["a"]}, ("a", "a")),
        ({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]}, None),
    ],
)
def test_a_circle_is_told_with_its_way_round(needs: dict[str, list[str]], path: tuple[str, ...] | None) -> None:
    with pytest.raises(CycleError) as caught:
        in_order(needs)
    error = caught.value
    assert error.code == "CYCLE"
    assert error.path == (path or error.path)
    assert " → ".join(error.path) in error.message.da
    assert set(error.path) <= {"a", "b", "c"}
