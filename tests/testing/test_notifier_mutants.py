"""The kit's contract of notifiers is proven: it passes a sound one, and each fault fails the test that names it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from itertools import product

import pytest

from almenstyring.plugins import NotifierDescriptor
from almenstyring.testing.mutants_notifiers import (
    NOTIFIER_MUTANTS,
    UNREACHABLE,
    Bag,
    NotifierMutant,
    SoundNotifier,
    describe_notifier,
)
from almenstyring.testing.notifier_contract import Arrived, NotifierContract

TESTS = sorted(name for name in vars(NotifierContract) if name.startswith("test_"))


class TestASoundNotifier(NotifierContract):
    @pytest.fixture
    def bag(self) -> Bag:
        return []

    @pytest.fixture
    def descriptor(self, bag: Bag) -> NotifierDescriptor:
        return describe_notifier(SoundNotifier, bag)

    @pytest.fixture
    def place(self) -> str:
        return ""

    @pytest.fixture
    def unreachable(self) -> str:
        return UNREACHABLE

    @pytest.fixture
    def arrived(self, bag: Bag) -> Arrived:
        return lambda: bag


def cases_of(test: str) -> Iterator[dict[str, object]]:
    """The parameters that pytest would give a test of the contract."""
    marks = [m for m in getattr(getattr(NotifierContract, test), "pytestmark", []) if m.name == "parametrize"]
    for values in product(*(mark.args[1] for mark in marks)):
        yield dict(zip((mark.args[0] for mark in marks), values, strict=True))


def faults_found(test: str, make: type[SoundNotifier]) -> int:
    """Run one test of the contract by hand, with each of its parameters; in how many cases it fails."""
    check, failed = getattr(NotifierContract(), test), 0
    for case in cases_of(test):
        bag: Bag = []
        given = {
            "descriptor": describe_notifier(make, bag),
            "place": "",
            "unreachable": UNREACHABLE,
            "arrived": lambda bag=bag: bag,
            **case,
        }
        try:
            check(**{name: given[name] for name in inspect.signature(check).parameters})
        except (Exception, pytest.fail.Exception):  # a test may also fail by what the faulty notifier raises
            failed += 1
    return failed


@pytest.mark.parametrize("mutant", NOTIFIER_MUTANTS, ids=lambda mutant: mutant.name)
def test_the_fault_is_found_by_the_test_that_names_it(mutant: NotifierMutant) -> None:
    assert faults_found(mutant.fails, mutant.make)  # type: ignore[arg-type]


@pytest.mark.parametrize("test", TESTS)
def test_the_sound_notifier_passes_the_same_way_of_running(test: str) -> None:
    assert faults_found(test, SoundNotifier) == 0


def test_every_test_of_the_contract_has_a_mutant_that_it_finds() -> None:
    assert {mutant.fails for mutant in NOTIFIER_MUTANTS} == set(TESTS)


@pytest.mark.parametrize("fixture", ["descriptor", "place", "unreachable", "arrived"])
def test_a_contract_without_its_fixtures_says_what_to_override(fixture: str) -> None:
    with pytest.raises(pytest.fail.Exception, match=fixture):
        inspect.unwrap(getattr(NotifierContract, fixture))(NotifierContract())
