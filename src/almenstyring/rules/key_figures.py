"""Computed key figures: true to the package they stand in, and explained where they are critical."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from almenstyring.domain.figures.key_figures import KeyFigure
from almenstyring.domain.findings import Severity
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting import KeptFigure, UnitFigures
from almenstyring.domain.text import LANGUAGES, Text
from almenstyring.rules.deviations import is_told
from almenstyring.rules.mechanism import Case, Need, Problem, at, rule
from almenstyring.rules.reading import unit_name

_OWN = "projektets egen regel; hvad der gør et nøgletal kritisk, er ikke fundet i nogen kilde"


def _figures(case: Case, of_unit: UnitFigures) -> Iterator[tuple[KeyFigure, KeptFigure]]:
    """A unit's figures in the package, each with the definition of its year; one the year does not have is left out."""
    definitions = case.key_figures.of(of_unit.unit).definitions
    return ((definitions[kept.figure], kept) for kept in of_unit.figures if kept.figure in definitions)


@rule(
    "KEY-FIGURE-STALE",
    Severity.WARNING,
    "DB § 112, stk. 5, nr. 2",
    needs=(Need.REFERENCES, Need.KEY_FIGURES),
    source=_OWN,
    message=Text(
        "{place}: nøgletal stemmer ikke længere med pakkens egne tal: {figures}.",
        "{place}: key figures no longer agree with the package's own figures: {figures}.",
    ),
    hint=Text(
        "Forudfyld pakken igen, så nøgletallene beregnes af de rettede tal.",
        "Prefill the package again, so that the key figures are computed from the mended figures.",
    ),
)
def key_figure_stale(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 5, nr. 2: the figures that are explained are those of the accounts in the package.

    Computing once more from the package's accounts, facts and rates must give the figures it shows.
    """
    for of_unit in case.package.figures:
        stale = [
            definition.name
            for definition, kept in _figures(case, of_unit)
            if _now(case, of_unit.unit, definition) != (kept.definition, kept.value)
        ]
        if stale:
            yield at("key_figures", of_unit.unit, place=unit_name(case, of_unit.unit), figures=_listed(stale))


def _now(case: Case, unit: Unit, definition: KeyFigure) -> tuple[int, object]:
    return definition.definition, case.key_figures.of(unit).value(definition.id).value


@rule(
    "KEY-FIGURE-CRITICAL",
    Severity.CONFIRM,
    "DB § 112, stk. 5, nr. 2",
    needs=(Need.REFERENCES, Need.KEY_FIGURES),
    source=_OWN,
    message=Text(
        "{place} har kritiske nøgletal, der ikke er forklaret: {figures}.",
        "{place} has critical key figures that are not explained: {figures}.",
    ),
    hint=Text(
        "Forklar dem i redegørelsen for afvigelser, eller bekræft med bestyrelsens begrundelse. "
        "Grænserne er projektets egne, hvor ingen lov eller kilde giver dem.",
        "Explain them in the account of deviations, or confirm with the board's reason. "
        "The limits are the project's own where no law or source gives them.",
    ),
)
def key_figure_critical(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 5, nr. 2: figures that deviate substantially from the normal level are explained.

    Critical is a figure beyond a limit of law or source, or among the worst tenth of its peers. A row on the unit among
    the report's explanations of deviations explains its figures.
    """
    for of_unit in case.package.figures:
        critical = [_shown(definition, kept) for definition, kept in _figures(case, of_unit) if kept.critical]
        if critical and not is_told(case, of_unit.unit):
            yield at("key_figures", of_unit.unit, place=unit_name(case, of_unit.unit), figures=_listed(critical))


def _shown(definition: KeyFigure, kept: KeptFigure) -> Text:
    unit, name = definition.measure.name, definition.name
    if kept.value is None:
        return name
    return Text(*(f"{name[each]} {kept.value.display(each)} {unit[each]}".strip() for each in LANGUAGES))


def _listed(texts: Iterable[Text]) -> Text:
    given = tuple(texts)
    return Text(*("; ".join(text[each] for text in given) for each in LANGUAGES))
