"""The definitions of the key figures, read and checked as a whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from attrs import evolve

from almenstyring.content.reader import Document, Steps, read_toml, refusal
from almenstyring.content.references import load_references
from almenstyring.content.structure import Checks, structure
from almenstyring.domain.errors import Fault, InvalidValueError
from almenstyring.domain.expressions import CycleError, Measure
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.key_figures import (
    KeyFigure,
    KeyFigures,
    check_order,
    complaints_of,
    scope_of,
)
from almenstyring.domain.figures.references import References
from almenstyring.domain.text import Text

_CHECKS = Checks(keys={KeyFigure: ("of", "id", "definition")}, refers={"group": "groups"})


@cache
def load_key_figures() -> KeyFigures:
    """The library's key figures (da: nøgletal), against its own chart of accounts and rates."""
    return key_figures_from(files("almenstyring.content") / "key_figures.toml", load_references())


def key_figures_from(source: Traversable | Path, references: References) -> KeyFigures:
    """A catalogue of key figures from a file, so that a plug-in can bring its own.

    ContentError names file and line of every formula that cannot be read, refers to what is not there, mixes units
    of measure or gives another than declared, of definitions of one figure whose years overlap, of links to national
    figures that were not published, and of circles.
    """
    document = read_toml(source)
    catalogue = evolve(structure(document, KeyFigures, _CHECKS), rates=references.rates.names)
    faults = _faulty_units(document, catalogue)
    if not faults:  # what a formula gives depends on the units of all that it refers to
        faults += _faulty_formulas(document, catalogue, references)
    faults += [*_unpublished(document, catalogue, references), *_overlaps(document, catalogue)]
    if not faults:
        faults += _circles(document, catalogue)
    if faults:
        raise refusal(faults)
    return catalogue


def _faulty_units(document: Document, catalogue: KeyFigures) -> list[Fault]:
    units: list[tuple[Steps, str]] = [(("reported", name), fact.unit) for name, fact in catalogue.reported.items()]
    units += [(("figure", index), figure.unit) for index, figure in enumerate(catalogue)]
    return [
        document.fault((*steps, "unit"), why) for steps, unit in units if (why := _why(partial(Measure.parse, unit)))
    ]


def _why(attempt: Callable[[], object]) -> Text | None:
    try:
        attempt()
    except InvalidValueError as error:
        return error.message
    return None


def _faulty_formulas(document: Document, catalogue: KeyFigures, references: References) -> list[Fault]:
    faults = []
    for index, figure in enumerate(catalogue):
        scope = scope_of(catalogue, figure.of, lambda of, number: references.chart.line(of, number) is not None)
        faults += [document.fault(("figure", index, key), why) for key, why in complaints_of(figure, scope)]
    return faults


def _unpublished(document: Document, catalogue: KeyFigures, references: References) -> list[Fault]:
    message = Text("der er intet landstal med den indikator", "no national figure has that indicator")
    return [
        document.fault(("figure", index, "national"), message)
        for index, figure in enumerate(catalogue)
        if figure.national and not references.benchmarks.of(figure.national)
    ]


def _overlaps(document: Document, catalogue: KeyFigures) -> list[Fault]:
    faults = []
    for index, figure in enumerate(catalogue):
        for earlier in catalogue.figure[:index]:
            if (earlier.of, earlier.id) != (figure.of, figure.id):
                continue
            if earlier.definition == figure.definition:
                message = Text("nummeret er brugt før", "the number was used before")
                faults.append(document.fault(("figure", index, "definition"), message))
            if _overlap(earlier, figure):
                message = Text(
                    f"definition {earlier.definition} gælder også i de år",
                    f"definition {earlier.definition} is valid in those years too",
                )
                faults.append(document.fault(("figure", index, "since"), message))
            if earlier.unit != figure.unit:
                message = Text("en ny definition beholder enheden", "a new definition keeps the unit of measure")
                faults.append(document.fault(("figure", index, "unit"), message))
    return faults


def _overlap(one: KeyFigure, other: KeyFigure) -> bool:
    return (not one.until or other.since <= one.until) and (not other.until or one.since <= other.until)


def _circles(document: Document, catalogue: KeyFigures) -> list[Fault]:
    faults = []
    for ledger in Ledger:
        own = {index: figure for index, figure in enumerate(catalogue) if figure.of is ledger}
        try:
            check_order(evolve(catalogue, figure=tuple(own.values())))
        except CycleError as error:
            needed = error.path[1]
            first = next(
                index for index, each in own.items() if each.id == error.path[0] and needed in each.needs_of_the_year
            )
            faults.append(document.fault(("figure", first, "formula"), error.message))
    return faults
