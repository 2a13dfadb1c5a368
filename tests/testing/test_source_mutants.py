"""The kit's source contract is proven: it passes a sound source, and each fault fails the test that names it."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest

from almenstyring import BackendError, LbfNumber, ReportYear, Text
from almenstyring.ports import Source
from almenstyring.testing.mutants_sources import ORGANISATION, SOURCE_MUTANTS, SoundSource, SourceMutant
from almenstyring.testing.source_contract import SourceContract

TESTS = sorted(name for name in vars(SourceContract) if name.startswith("test_"))


def fault_found(test: str, open_source: Callable[[], Source], broken: Callable[[], Source] = SoundSource) -> bool:
    """Run one test of the contract by hand, with the fixtures it asks for."""
    given = {
        "open_source": open_source,
        "source": open_source(),
        "organisation": ORGANISATION,
        "report_year": ReportYear(2026),
        "broken_source": broken,
    }
    check = getattr(SourceContract(), test)
    try:
        check(**{name: given[name] for name in inspect.signature(check).parameters})
    except Exception:  # a test may also fail by what the faulty source raises
        return True
    return False


@pytest.mark.parametrize("mutant", SOURCE_MUTANTS, ids=lambda mutant: mutant.name)
def test_the_fault_is_found_by_the_test_that_names_it(mutant: SourceMutant) -> None:
    sound = SoundSource if mutant.is_broken else mutant.open
    assert fault_found(mutant.fails, sound, mutant.open)


def test_every_test_of_the_contract_has_a_mutant_that_it_finds() -> None:
    assert {mutant.fails for mutant in SOURCE_MUTANTS} == set(TESTS)


class Unreachable(SoundSource):
    def organisations(self) -> list[LbfNumber]:
        raise BackendError(Text("Kilden svarer ikke.", "The source does not answer."), Text("Prøv igen.", "Try again."))


class Hintless(SoundSource):
    def organisations(self) -> list[LbfNumber]:
        raise BackendError(Text("Kilden svarer ikke.", "The source does not answer."))


def test_an_error_without_a_hint_is_not_enough() -> None:
    test = "test_a_failing_backend_raises_an_error_of_almenstyring_and_nothing_else"
    assert fault_found(test, SoundSource, Hintless)
    assert not fault_found(test, SoundSource, Unreachable)


class TestASoundSource(SourceContract):
    @pytest.fixture
    def open_source(self) -> Callable[[], Source]:
        return SoundSource

    @pytest.fixture
    def organisation(self) -> LbfNumber:
        return ORGANISATION

    @pytest.fixture
    def broken_source(self) -> Callable[[], Source]:
        return Unreachable


def test_a_source_that_cannot_be_broken_is_not_held_against_its_author() -> None:
    class Unbreakable(SourceContract):
        pass

    test = "test_a_failing_backend_raises_an_error_of_almenstyring_and_nothing_else"
    assert [name for name in TESTS if getattr(Unbreakable, name) is None] == [test]
    assert all(getattr(TestASoundSource, name) for name in TESTS)


@pytest.mark.parametrize("fixture", ["open_source", "organisation", "broken_source"])
def test_an_author_who_forgets_a_fixture_is_told_its_name(fixture: str) -> None:
    forgotten = inspect.unwrap(getattr(SourceContract, fixture))
    with pytest.raises(pytest.fail.Exception, match=fixture):
        forgotten(SourceContract())
