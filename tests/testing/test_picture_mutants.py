"""The kit's contract of pictures is proven: it passes a sound renderer, and each fault fails the test that names it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from almenstyring.plugins import PictureDescriptor
from almenstyring.testing.mutants_pictures import (
    PICTURE_MUTANTS,
    PictureMutant,
    SoundRenderer,
    describe_renderer,
)
from almenstyring.testing.picture_contract import PictureContract

TESTS = sorted(name for name in vars(PictureContract) if name.startswith("test_"))


class TestASoundRenderer(PictureContract):
    @pytest.fixture
    def descriptor(self) -> PictureDescriptor:
        return describe_renderer(SoundRenderer)


def cases_of(test: str) -> Iterator[dict[str, object]]:
    """The parameters that pytest would give a test of the contract."""
    marks = [m for m in getattr(getattr(PictureContract, test), "pytestmark", []) if m.name == "parametrize"]
    for values in product(*(mark.args[1] for mark in marks)):
        yield dict(zip((mark.args[0] for mark in marks), values, strict=True))


def faults_found(test: str, descriptor: PictureDescriptor, place: Path) -> int:
    """Run one test of the contract by hand, with each of its parameters; in how many cases it fails."""
    contract = TestASoundRenderer()
    check, failed = getattr(contract, test), 0
    for number, case in enumerate(cases_of(test)):
        given = {
            "descriptor": descriptor,
            "draw": inspect.unwrap(PictureContract.draw)(contract, descriptor),
            "draw_png": inspect.unwrap(PictureContract.draw_png)(contract, descriptor),
            "folder": place / str(number),
            **case,
        }
        try:
            check(**{name: given[name] for name in inspect.signature(check).parameters})
        except (Exception, pytest.fail.Exception):  # a test may also fail by what the faulty renderer raises
            failed += 1
    return failed


@pytest.mark.parametrize("mutant", PICTURE_MUTANTS, ids=lambda mutant: mutant.name)
def test_the_fault_is_found_by_the_test_that_names_it(mutant: PictureMutant, tmp_path: Path) -> None:
    assert faults_found(mutant.fails, describe_renderer(mutant.make), tmp_path)


@pytest.mark.parametrize("test", TESTS)
def test_the_sound_renderer_passes_the_same_way_of_running(test: str, tmp_path: Path) -> None:
    assert faults_found(test, describe_renderer(SoundRenderer), tmp_path) == 0


def test_every_test_of_the_contract_has_a_mutant_that_it_finds() -> None:
    assert {mutant.fails for mutant in PICTURE_MUTANTS} == set(TESTS)


def test_a_contract_without_its_fixture_says_what_to_override() -> None:
    with pytest.raises(pytest.fail.Exception, match="descriptor"):
        inspect.unwrap(PictureContract.descriptor)(PictureContract())


def test_the_tests_of_what_a_renderer_does_not_offer_are_left_out() -> None:
    class OnlySvg(PictureContract):
        draws_png = False
        keeps_files = False

    left = {test for test in TESTS if getattr(OnlySvg, test) is not None}
    assert set(TESTS) - left == {test for test in TESTS if {"folder", "draw_png"} & parameters_of(test)}
    assert len(left) > 10
    assert all(getattr(TestASoundRenderer, test) for test in TESTS)


def parameters_of(test: str) -> set[str]:
    return set(inspect.signature(getattr(PictureContract, test)).parameters)
