"""The kit's exporter contract is proven: it passes a sound exporter, and each fault fails the test that names it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from almenstyring.plugins import ExporterDescriptor
from almenstyring.testing.exporter_contract import ExporterContract, ReadTables
from almenstyring.testing.mutants_exporters import (
    EXPORTER_MUTANTS,
    ExporterMutant,
    SoundExporter,
    describe,
    read_lines,
)

TESTS = sorted(name for name in vars(ExporterContract) if name.startswith("test_"))


class TestASoundExporter(ExporterContract):
    @pytest.fixture
    def descriptor(self) -> ExporterDescriptor:
        return describe(SoundExporter())

    def read_tables(self, path: Path) -> ReadTables:
        return read_lines(path)


def cases_of(test: str) -> Iterator[dict[str, object]]:
    """The parameters that pytest would give a test of the contract."""
    marks = [m for m in getattr(getattr(ExporterContract, test), "pytestmark", []) if m.name == "parametrize"]
    for values in product(*(mark.args[1] for mark in marks)):
        yield dict(zip((mark.args[0] for mark in marks), values, strict=True))


def faults_found(test: str, descriptor: ExporterDescriptor, folder: Path) -> int:
    """Run one test of the contract by hand, with each of its parameters; in how many cases it fails."""
    contract = TestASoundExporter()
    check, failed = getattr(contract, test), 0
    for number, case in enumerate(cases_of(test)):
        place = folder / str(number)
        place.mkdir()
        target = place / "eksport.lines"
        read_back = inspect.unwrap(ExporterContract.read_back)(contract, descriptor, target)
        given = {"descriptor": descriptor, "target": target, "read_back": read_back, **case}
        try:
            check(**{name: given[name] for name in inspect.signature(check).parameters})
        except (Exception, pytest.fail.Exception):  # a test may also fail by what the faulty exporter raises
            failed += 1
    return failed


@pytest.mark.parametrize("mutant", EXPORTER_MUTANTS, ids=lambda mutant: mutant.name)
def test_the_fault_is_found_by_the_test_that_names_it(mutant: ExporterMutant, tmp_path: Path) -> None:
    assert faults_found(mutant.fails, mutant.descriptor(), tmp_path)


@pytest.mark.parametrize("test", TESTS)
def test_the_sound_exporter_passes_the_same_way_of_running(test: str, tmp_path: Path) -> None:
    assert faults_found(test, describe(SoundExporter()), tmp_path) == 0


def test_every_test_of_the_contract_has_a_mutant_that_it_finds() -> None:
    assert {mutant.fails for mutant in EXPORTER_MUTANTS} == set(TESTS)


def test_a_contract_without_its_fixtures_says_what_to_override(tmp_path: Path) -> None:
    unfinished = ExporterContract()
    with pytest.raises(pytest.fail.Exception, match="descriptor"):
        inspect.unwrap(ExporterContract.descriptor)(unfinished)
    with pytest.raises(pytest.fail.Exception, match="read_tables"):
        unfinished.read_tables(tmp_path)
    assert unfinished.shown("tekst") == "tekst"


def test_the_tests_of_tables_are_left_out_where_the_format_has_none() -> None:
    class OfPackages(ExporterContract):
        writes_tables = False

    left = {test for test in TESTS if getattr(OfPackages, test) is not None}
    assert set(TESTS) - left == {test for test in TESTS if "read_back" in parameters_of(ExporterContract, test)}
    assert len(left) > 10
    assert all(getattr(TestASoundExporter, test) for test in TESTS)


def parameters_of(contract: type, test: str) -> set[str]:
    return set(inspect.signature(getattr(contract, test)).parameters)
