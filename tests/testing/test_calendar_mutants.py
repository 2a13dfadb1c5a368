"""The kit's contract of calendars is proven: it passes a sound writer, and each fault fails the test that names it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from itertools import product

import pytest

from almenstyring.plugins import CalendarDescriptor
from almenstyring.testing.calendar_contract import CalendarContract, ReadCalendar
from almenstyring.testing.mutants_calendars import (
    CALENDAR_MUTANTS,
    CalendarMutant,
    SoundWriter,
    describe_writer,
    read_json,
)

TESTS = sorted(name for name in vars(CalendarContract) if name.startswith("test_"))


class TestASoundWriter(CalendarContract):
    @pytest.fixture
    def descriptor(self) -> CalendarDescriptor:
        return describe_writer(SoundWriter)

    def read(self, content: bytes) -> ReadCalendar:
        return read_json(content)


def cases_of(test: str) -> Iterator[dict[str, object]]:
    """The parameters that pytest would give a test of the contract."""
    marks = [m for m in getattr(getattr(CalendarContract, test), "pytestmark", []) if m.name == "parametrize"]
    for values in product(*(mark.args[1] for mark in marks)):
        yield dict(zip((mark.args[0] for mark in marks), values, strict=True))


def faults_found(test: str, descriptor: CalendarDescriptor) -> int:
    """Run one test of the contract by hand, with each of its parameters; in how many cases it fails."""
    check, failed = getattr(TestASoundWriter(), test), 0
    for case in cases_of(test):
        try:
            check(descriptor=descriptor, **case)
        except (Exception, pytest.fail.Exception):  # a test may also fail by what the faulty writer raises
            failed += 1
    return failed


@pytest.mark.parametrize("mutant", CALENDAR_MUTANTS, ids=lambda mutant: mutant.name)
def test_the_fault_is_found_by_the_test_that_names_it(mutant: CalendarMutant) -> None:
    assert faults_found(mutant.fails, describe_writer(mutant.make))


@pytest.mark.parametrize("test", TESTS)
def test_the_sound_writer_passes_the_same_way_of_running(test: str) -> None:
    assert faults_found(test, describe_writer(SoundWriter)) == 0


def test_every_test_of_the_contract_has_a_mutant_that_it_finds() -> None:
    assert {mutant.fails for mutant in CALENDAR_MUTANTS} == set(TESTS)


def test_a_contract_without_its_fixture_or_reader_says_what_to_override() -> None:
    with pytest.raises(pytest.fail.Exception, match="descriptor"):
        inspect.unwrap(CalendarContract.descriptor)(CalendarContract())
    with pytest.raises(pytest.fail.Exception, match="read"):
        CalendarContract().read(b"")
