"""The public API is what ``public_api.txt`` says it is, every word of it is in the terms, and it is light to import.

A change that is meant is written into the file by running this test file as a program.
"""

from __future__ import annotations

import difflib
import importlib
import inspect
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

from almenstyring.content import find_term, label

THIS = Path(__file__)
SNAPSHOT = THIS.with_name("public_api.txt")
MODULES = ("almenstyring", "almenstyring.plugins", "almenstyring.ports", "almenstyring.testing", "almenstyring.files")
HEAVY = ("pendulum", "openpyxl", "sqlite_utils", "click", "rich", "jinja2", "hypothesis", "pytest", "_pytest")
HINT = f"""
The public API is not what {SNAPSHOT.name} says. Every line with - is a promise to users that is broken: deprecate for
one minor version instead, or raise the major version. If the change is meant, say so in CHANGELOG.md and run
    python {THIS.parent.parent.name}/{THIS.parent.name}/{THIS.name}
"""


def public(module: ModuleType) -> Iterator[tuple[str, object]]:
    """The names of a public module: those it lists, or the functions and classes it defines."""
    listed = getattr(module, "__all__", None)
    for name, value in sorted(vars(module).items()):
        own = getattr(value, "__module__", "") == module.__name__ and not name.startswith("_")
        if name in listed if listed is not None else own:
            yield name, value


class Bare(str):
    """Text that prints without quotes, so that every Python prints a signature alike."""

    __slots__ = ()
    __repr__ = str.__str__


def shown(default: object) -> object:
    """A default as it is printed: plain values as they are, everything else as three dots."""
    if isinstance(default, Enum) and type(default).__module__.startswith("almenstyring"):
        return Bare(f"{type(default).__name__}.{default.name}")
    plain = default is None or (isinstance(default, bool | int | str | tuple) and len(repr(default)) < 40)
    return default if plain else Bare("...")


def annotated(annotation: object) -> object:
    """An annotation as it is written in the source."""
    return Bare(annotation) if isinstance(annotation, str) else annotation


def signature(function: Callable[..., object]) -> str:
    """The signature of a callable as text that is the same on every machine."""
    found = inspect.signature(function)
    parameters = [
        each.replace(
            annotation=annotated(each.annotation),
            default=each.default if each.default is each.empty else shown(each.default),
        )
        for each in found.parameters.values()
    ]
    return str(found.replace(parameters=parameters, return_annotation=annotated(found.return_annotation)))


def members(kind: type) -> Iterator[str]:
    """The public methods and properties a class has of itself and of the library's classes it builds on."""
    own = [base for base in reversed(kind.__mro__) if base.__module__.startswith("almenstyring")]
    found = {name: value for base in own for name, value in vars(base).items() if name == "__call__" or name[0] != "_"}
    for name, value in sorted(found.items()):
        if isinstance(value, property) or type(value).__name__ == "cached_property":
            yield f"    {name}: property"
        elif isinstance(value, classmethod | staticmethod):
            yield f"    {name}{signature(value.__func__)} [{type(value).__name__}]"
        elif inspect.isfunction(value):
            yield f"    {name}{signature(value)}"


def described(name: str, value: object) -> Iterator[str]:
    """The lines of one public name."""
    if isinstance(value, type) and issubclass(value, Enum):
        yield f"enum {name}"
        yield from (f"    {member.name} = {member.value!r}" for member in value)
        yield from (line for line in members(value) if line.endswith((": property", ")")))
    elif isinstance(value, type):
        yield f"class {name}{signature(value)}"
        yield from members(value)
    elif callable(value) and inspect.isfunction(inspect.unwrap(value)):
        yield f"def {name}{signature(value)}"
    elif get_args(value):
        yield f"{name} = {' | '.join(str(getattr(each, '__name__', each)) for each in get_args(value))}"
    else:
        yield f"{name} = {shown(value)!r}"


def api() -> str:
    """The whole public API as text."""
    blocks = []
    for path in MODULES:
        module = importlib.import_module(path)
        lines = [line for name, value in public(module) for line in described(name, value)]
        blocks.append("\n".join([f"# {path}", *lines]))
    return "\n\n".join(blocks) + "\n"


def test_the_public_api_is_what_was_promised() -> None:
    promised, found = SNAPSHOT.read_text(encoding="utf-8").splitlines(), api().splitlines()
    changes = list(difflib.unified_diff(promised, found, SNAPSHOT.name, "the code", lineterm="", n=1))
    assert not changes, "\n".join([HINT, *changes])


@pytest.mark.parametrize("path", MODULES)
def test_everything_a_module_lists_is_there_and_documented(path: str) -> None:
    module = importlib.import_module(path)
    listed = getattr(module, "__all__", None)
    assert module.__doc__
    assert listed is None or (set(listed) <= set(vars(module)) and len(set(listed)) == len(listed))
    undocumented = [
        name
        for name, value in public(module)
        if (isinstance(value, type) or inspect.isfunction(value)) and not (value.__doc__ or "").strip()
    ]
    assert undocumented == []


CLASSES = sorted(
    {value for path in MODULES for _, value in public(importlib.import_module(path)) if isinstance(value, type)},
    key=lambda kind: kind.__name__,
)


def test_every_public_class_has_a_word_in_danish_and_english() -> None:
    without = [
        kind.__name__ for kind in CLASSES if kind.__name__ not in {t.class_name for t in find_term(kind.__name__)}
    ]
    assert without == [], "add them to content/terms.toml under [term]"


def test_every_member_of_a_public_enum_has_a_label_in_danish_and_english() -> None:
    members = [member for kind in CLASSES if issubclass(kind, Enum) for member in kind]
    assert members
    assert [member for member in members if not (label(member).da and label(member).en)] == []


def test_importing_the_library_loads_nothing_heavy() -> None:
    code = "import almenstyring, json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in json.loads(done.stdout)}
    assert "almenstyring" in loaded
    assert loaded & set(HEAVY) == set()


if __name__ == "__main__":
    SNAPSHOT.write_text(api(), encoding="utf-8")
