"""What a municipality reviews and prepares from: the package as it was sent, what came in, and what deviates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from almenstyring.application.figure_rows import FigureRow, critical_rows
from almenstyring.application.status import StatusRow
from almenstyring.application.wording import name_of
from almenstyring.domain.dialogue.material import DeviatingFigure, Received
from almenstyring.domain.organisations import Element, Receiver
from almenstyring.domain.reporting import DocumentationPackage
from almenstyring.domain.reporting.explanations import explanation_of
from almenstyring.domain.text import LANGUAGES, Text

_COMES_IN = frozenset(Element) - {Element.DIALOGUE_MEETING, Element.STATEMENT}


def deviating_figures(package: DocumentationPackage) -> tuple[DeviatingFigure, ...]:
    """The critical key figures of all units, each beside its peers' median and the organisation's explanation."""
    return tuple(_deviating(package, row) for row in critical_rows(package))


def _deviating(package: DocumentationPackage, row: FigureRow) -> DeviatingFigure:
    spread = row.benchmark.distribution if row.benchmark else None
    found = spread.quantiles if spread else None
    median = Text(*(found.median.display(each) for each in LANGUAGES)) if found else Text("", "")
    return DeviatingFigure(
        unit=row.unit,
        unit_name=name_of(package, row.unit),
        figure=row.definition.id,
        name=row.definition.name,
        value=row.brief,
        why=row.critical,
        peers=row.benchmark.group if row.benchmark and found else Text("", ""),
        n=spread.n if spread and found else 0,
        median=median,
        explanation=explanation_of(package, row.unit),
    )


def received(rows: Iterable[StatusRow]) -> Iterator[Received]:
    """What is owed to the municipality from here: whether it came, and in time."""
    for row in rows:
        owed = row.expectation
        if owed.owed and owed.element in _COMES_IN and owed.receiver is not Receiver.LANDSBYGGEFONDEN:
            yield Received(element=owed.element, unit=owed.unit, on=row.sent_on, timing=row.timing)
