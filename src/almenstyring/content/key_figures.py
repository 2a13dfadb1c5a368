"""The definitions of the key figures, read and checked as a whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from almenstyring.content.reader import Document, read_toml, refusal
from almenstyring.content.references import load_references
from almenstyring.content.structure import Checks, structure
from almenstyring.domain.errors import Fault, InvalidValueError
from almenstyring.domain.expressions import CycleError, Measure
from almenstyring.domain.figures.key_figures import (
    KeyFigure,
    KeyFigures,
    check_order,
    complaints_of,
    scope_of,
)
from almenstyring.domain.figures.references import References
from almenstyring.domain.text import Text

_CHECKS = Checks(keys={KeyFigure: ("id", "definition")}, refers={"group": "groups"})


@cache
def load_key_figures() -> KeyFigures:
    """The library's key figures (da: nøgletal), against its own chart of accounts and rates."""
    return key_figures_from(files("almenstyring.content") / "key_figures.toml", load_references())


def key_figures_from(source: Traversable | Path, references: References) -> KeyFigures:
    """A catalogue of key figures from a file, so that a plug-in can bring its own.

    ContentError names file and line of every formula that cannot be read, refers to what is not there, mixes units
    of measure or gives another than declared, of definitions of one figure whose years overlap, and of circles.
    """
    document = read_toml(source)
    catalogue = structure(document, KeyFigures, _CHECKS)
    faults = [*_faulty_facts(document, catalogue), *_faulty_formulas(document, catalogue, references)]
    faults += _overlaps(document, catalogue)
    if not faults:
        faults += _circles(document, catalogue)
    if faults:
        raise refusal(faults)
    return catalogue


def _faulty_facts(document: Document, catalogue: KeyFigures) -> list[Fault]:
    return [
        document.fault(("reported", name, "unit"), why)
        for name, fact in catalogue.reported.items()
        if (why := _why(partial(Measure.parse, fact.unit)))
    ]


def _why(attempt: Callable[[], object]) -> Text | None:
    try:
        attempt()
    except InvalidValueError as error:
        return error.message
    return None


def _faulty_formulas(document: Document, catalogue: KeyFigures, references: References) -> list[Fault]:
    rates = frozenset(references.rates.names)
    faults = []
    for index, figure in enumerate(catalogue):
        wrong_unit = _why(partial(Measure.parse, figure.unit))
        if wrong_unit:
            faults.append(document.fault(("figure", index, "unit"), wrong_unit))
            continue
        scope = scope_of(catalogue, figure.of, rates, lambda of, number: references.chart.line(of, number) is not None)
        faults += [document.fault(("figure", index, key), why) for key, why in complaints_of(figure, scope)]
    return faults


def _overlaps(document: Document, catalogue: KeyFigures) -> list[Fault]:
    faults = []
    figures = list(catalogue)
    for index, figure in enumerate(figures):
        for earlier in figures[:index]:
            if earlier.id == figure.id and _overlap(earlier, figure):
                message = Text(
                    f"definition {earlier.definition} gælder også i de år",
                    f"definition {earlier.definition} is valid in those years too",
                )
                faults.append(document.fault(("figure", index, "since"), message))
            if earlier.id == figure.id and (earlier.of, earlier.unit) != (figure.of, figure.unit):
                message = Text("en ny definition har samme enhed og art", "a new definition keeps unit and kind")
                faults.append(document.fault(("figure", index), message))
    return faults


def _overlap(one: KeyFigure, other: KeyFigure) -> bool:
    return (not one.until or other.since <= one.until) and (not other.until or one.since <= other.until)


def _circles(document: Document, catalogue: KeyFigures) -> list[Fault]:
    try:
        check_order(catalogue)
    except CycleError as error:
        first = next(index for index, figure in enumerate(catalogue) if figure.id == error.path[0])
        return [document.fault(("figure", first, "formula"), error.message)]
    return []
