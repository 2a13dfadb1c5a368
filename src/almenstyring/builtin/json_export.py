"""All packages in one JSON file, whole and readable back: for keeping and for moving on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from attrs import evolve

from almenstyring.application.entries import inactive
from almenstyring.application.wording import SYNTHETIC_NOTICE
from almenstyring.builtin.table_report import has_only_tables, tables_as_json
from almenstyring.codec import decode, encode, parse, recognise
from almenstyring.domain.errors import DecodeError, Fault
from almenstyring.domain.reporting import DocumentationPackage, Standard
from almenstyring.domain.text import Text
from almenstyring.files import write_whole
from almenstyring.ports import ExportRequest

FORMAT = "almenstyring/packages"
FORMAT_VERSION = 1


def write_json(request: ExportRequest, target: Path) -> None:
    """Write all packages to one file, whole or not at all; ``read_packages`` reads it back.

    An export without packages is written as its tables.
    """
    write_whole(target, tables_as_json(request) if has_only_tables(request) else as_json(request))


def as_json(request: ExportRequest) -> str:
    """The export as JSON: a head in both languages, and each package as its own versioned document on its own line.

    The answers in a package are all that were given. Those that are kept though their questions are not asked, by the
    package's standard, stand in ``inactive``: one entry per package, in the same order, with the ids of the questions
    by unit. Attachments are listed with size and hash; their content stays in the store. The same request always
    gives the same text.
    """
    synthetic = request.is_synthetic
    why = [SYNTHETIC_NOTICE] if synthetic else []
    head = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "title": _both(request.title),
        "made_on": request.made_on.isoformat(),
        "synthetic": synthetic,
        "notices": [_both(notice) for notice in dict.fromkeys((*why, *request.notices))],
        "inactive": [_inactive(*each) for each in zip(request.packages, request.standards, strict=True)],
    }
    lines = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    packages = ",\n".join(encode(package) for package in request.packages)
    return "{" + ",\n".join([*lines, f'"packages": [\n{packages}\n]']) + "}\n"


def _both(text: Text) -> dict[str, str]:
    return {"da": text.da, "en": text.en}


def _inactive(package: DocumentationPackage, standard: Standard) -> dict[str, object]:
    questions = {str(unit): list(keys) for unit, keys in inactive(package, standard).items()}
    return {"organisation": str(package.organisation), "report_year": int(package.report_year), "questions": questions}


def read_packages(document: str | bytes, *, file: str | None = None) -> tuple[DocumentationPackage, ...]:
    """The packages of an exported file, or of a file with a single package document.

    The head is for people and other programs: what is ``inactive`` follows from answers and standard and is not read.
    ``DecodeError`` with every fault and its path if it is neither.
    """
    tree = parse(document, file=file)
    if recognise(tree) is DocumentationPackage:
        return (decode(document, DocumentationPackage, file=file),)
    found = _packages_in(tree, file)
    packages, faults = [], []
    for index, plain in enumerate(found):
        try:
            packages.append(decode(json.dumps(plain), DocumentationPackage, file=file))
        except DecodeError as error:
            faults += [evolve(fault, path=f"$.packages[{index}]{fault.path[1:]}") for fault in error.faults]
    if faults:
        raise _refusal(faults)
    return tuple(packages)


def _packages_in(tree: object, file: str | None) -> list[Any]:
    known: dict[str, object] = {"format": FORMAT, "format_version": FORMAT_VERSION}
    claimed = tree if isinstance(tree, dict) else {}
    for key, wanted in known.items():
        if claimed.get(key) != wanted or isinstance(claimed.get(key), bool):
            message = Text("her skal stå {wanted}", "{wanted} is wanted here").fill(wanted=wanted)
            raise _refusal([Fault(f"$.{key}", message, file)])
    packages = claimed.get("packages")
    if not isinstance(packages, list):
        raise _refusal([Fault("$.packages", Text("her skal stå en liste", "a list is wanted here"), file)])
    return packages


def _refusal(faults: list[Fault]) -> DecodeError:
    return DecodeError(
        Text("Filen er ikke en brugelig eksport af pakker.", "The file is no usable export of packages."),
        faults,
        Text("Vælg en fil, som eksport har skrevet.", "Choose a file that export has written."),
    )
