"""The store contract fails on every broken store, at the test that is about the fault."""

from __future__ import annotations

import inspect
from collections import defaultdict

import pytest

from almenstyring.builtin.memory import MemoryStore
from almenstyring.testing import StoreContract
from almenstyring.testing.mutants import STORE_MUTANTS, ForgetsWhenClosed

pytest_plugins = ["pytester"]

CONTRACT = {name for name, _ in inspect.getmembers(StoreContract, inspect.isfunction) if name.startswith("test_")}

SUITE = """
import pytest
from almenstyring.builtin.memory import MemoryStore
from almenstyring.testing import StoreContract
from almenstyring.testing.mutants import STORE_MUTANTS

def contract_of(store):
    class Contract(StoreContract):
        persistent = store.__name__ == "{persistent}"
        shared = False

        @pytest.fixture
        def open_store(self):
            return store
    return Contract

for store in [MemoryStore, *(store for store, _ in STORE_MUTANTS)]:
    globals()["Test" + store.__name__] = contract_of(store)
"""

Failures = dict[str, set[str]]


class Verdicts:
    """Listens to a run: which tests failed on which store."""

    def __init__(self) -> None:
        self.failed: Failures = defaultdict(set)
        self.passed: Failures = defaultdict(set)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        _, store, test = report.nodeid.split("::")
        if report.failed:
            self.failed[store.removeprefix("Test")].add(test.partition("[")[0])
        elif report.when == "call":
            self.passed[store.removeprefix("Test")].add(test.partition("[")[0])


@pytest.fixture
def verdicts(pytester: pytest.Pytester) -> Verdicts:
    pytester.makepyfile(test_stores=SUITE.format(persistent=ForgetsWhenClosed.__name__))
    verdicts = Verdicts()
    # Playing random games on a broken store ends in a long search for the shortest game that shows it.
    quickly = ("-k", "not plain_dictionary", "-p", "no:cacheprovider", "-p", "no:randomly")
    pytester.inline_run(*quickly, plugins=[verdicts])
    return verdicts


def test_the_contract_passes_on_the_memory_store_and_fails_on_each_mutant_where_it_should(verdicts: Verdicts) -> None:
    assert verdicts.failed[MemoryStore.__name__] == set()
    assert len(verdicts.passed[MemoryStore.__name__]) > 20
    missed = [
        f"{store.__name__} got past {test}; failed: {sorted(verdicts.failed[store.__name__])}"
        for store, test in STORE_MUTANTS
        if test not in verdicts.failed[store.__name__]
    ]
    assert missed == []
    # A fault is caught as itself, not because it breaks everything.
    assert all(len(verdicts.passed[store.__name__]) > 10 for store, _ in STORE_MUTANTS)


def test_every_mutant_names_a_test_of_the_contract() -> None:
    assert {test for _, test in STORE_MUTANTS} <= CONTRACT
    assert len({store for store, _ in STORE_MUTANTS}) == len(STORE_MUTANTS)
