"""Errors carry a permanent code, both languages, a hint and plain values."""

from __future__ import annotations

import builtins
from collections.abc import Iterator

import pytest

from almenstyring.domain import errors
from almenstyring.domain.errors import (
    AlmenstyringError,
    BackendError,
    ConflictError,
    ContentError,
    DecodeError,
    Fault,
    FaultyInputError,
    InvalidValueError,
    NotFoundError,
    UnavailableError,
    UnknownOutcomeError,
)
from almenstyring.domain.text import Text

MESSAGE = Text("Det gik galt.", "It went wrong.")
HINT = Text("Prøv igen.", "Try again.")


def _classes(root: type[AlmenstyringError] = AlmenstyringError) -> Iterator[type[AlmenstyringError]]:
    yield root
    for child in root.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from _classes(child)


def test_an_error_carries_everything_a_host_needs() -> None:
    error = AlmenstyringError(MESSAGE, HINT, number=7)
    assert (error.message, error.hint, dict(error.context)) == (MESSAGE, HINT, {"number": 7})
    assert error.args == ("It went wrong.",)


def test_an_error_is_printed_in_english_with_its_hint() -> None:
    assert str(AlmenstyringError(MESSAGE, HINT)) == "It went wrong. Try again."
    assert str(AlmenstyringError(MESSAGE)) == "It went wrong."


def test_every_kind_of_error_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in _classes()]
    assert len(codes) == len(set(codes)) > 10
    assert all(code == code.upper() and " " not in code for code in codes)


def test_only_conflicts_and_unavailable_backends_are_worth_the_same_call_again() -> None:
    assert {kind for kind in _classes() if kind.retriable} == {ConflictError, UnavailableError}


@pytest.mark.parametrize(
    ("kind", "parents"),
    [
        (InvalidValueError, {AlmenstyringError, builtins.ValueError}),
        (NotFoundError, {AlmenstyringError, builtins.LookupError}),
        (UnavailableError, {BackendError}),
        (UnknownOutcomeError, {BackendError}),
        (DecodeError, {FaultyInputError}),
        (ContentError, {FaultyInputError}),
    ],
)
def test_errors_can_be_caught_as_what_they_are(kind: type[AlmenstyringError], parents: set[type[Exception]]) -> None:
    assert all(issubclass(kind, parent) for parent in parents)


@pytest.mark.parametrize(
    ("fault", "printed"),
    [
        pytest.param(Fault("$.cvr", MESSAGE), "$.cvr It went wrong.", id="a fault in a document has a path"),
        pytest.param(Fault("$.cvr", MESSAGE, "a.json"), "a.json $.cvr It went wrong.", id="a fault may know its file"),
        pytest.param(
            Fault("year", MESSAGE, "2026.toml", 12), "2026.toml:12 year It went wrong.", id="and its line as well"
        ),
        pytest.param(Fault("", MESSAGE, "2026.toml", 1), "2026.toml:1 It went wrong.", id="a fault may lack a path"),
    ],
)
def test_a_fault_says_where_it_is(fault: Fault, printed: str) -> None:
    assert str(fault) == printed


@pytest.mark.parametrize("kind", [DecodeError, ContentError])
def test_faulty_input_shows_every_fault(kind: type[FaultyInputError]) -> None:
    faults = [Fault("$.a", MESSAGE), Fault("$.b", MESSAGE)]
    error = kind(MESSAGE, iter(faults), HINT, file="a.json")
    assert error.faults == tuple(faults)
    assert error.context == {"file": "a.json"}
    assert str(error).splitlines() == [
        "It went wrong. Try again.",
        "  $.a It went wrong.",
        "  $.b It went wrong.",
    ]
