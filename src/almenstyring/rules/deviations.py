"""Key figures far from the normal level must be explained; the normal level here is the published national one.

No official limit for "deviates substantially" was found. The limits are the project's own, stated below and
in every finding, and never block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from attrs import frozen

from almenstyring.domain.figures.references import Benchmark
from almenstyring.domain.findings import Severity
from almenstyring.domain.organisations import Estate, Unit
from almenstyring.domain.reporting import Question, Sheet
from almenstyring.domain.reporting.explanations import EXPLANATIONS, is_about, rows_of
from almenstyring.domain.text import Text
from almenstyring.domain.values import Number, Ratio
from almenstyring.rules.mechanism import WITH_ESTATES, Case, Need, Problem, in_sheet, rule
from almenstyring.rules.reading import number_in, unit_name

LOWEST, HIGHEST = Fraction(1, 2), Fraction(2)
"""The band around the national figure, as factors of it: half to double (project-authored)."""
FEWEST_HOMES = 20
"""The move-outs of a smaller estate say nothing about a rate (project-authored)."""


def _as_given(number: Number, _: Estate | None) -> Fraction:
    return number.as_fraction()


def _move_out_rate(number: Number, estate: Estate | None) -> Fraction | None:
    if estate is None or estate.homes.total < FEWEST_HOMES:
        return None
    return 100 * number.as_fraction() / estate.homes.total


@frozen(kw_only=True)
class KeyFigure:
    """A question whose answer can be seen beside a published national figure (da: nøgletal).

    ``measure`` makes the answer comparable with the indicator, or says None where it cannot be; ``mixed`` is the
    indicator's group for estates with more than one type of home, and for organisations.
    """

    question: str
    indicator: str
    mixed: str
    measure: Callable[[Number, Estate | None], Fraction | None]


KEY_FIGURES = {
    figure.question: figure
    for figure in (
        KeyFigure(question="estate.rent_per_m2", indicator="average_rent", mixed="all_homes", measure=_as_given),
        KeyFigure(question="letting.move_out_rate", indicator="move_out_rate", mixed="all", measure=_as_given),
        KeyFigure(question="estate.external_move_outs", indicator="move_out_rate", mixed="all", measure=_move_out_rate),
    )
}


def _normal_level(case: Case, figure: KeyFigure, estate: Estate | None) -> Benchmark | None:
    """The latest national figure for the estate's type of home, or for all homes where there is none."""
    rows = case.references.benchmarks.of(figure.indicator)
    for group in (_home_type(estate), figure.mixed):
        latest = max((row for row in rows if row.group == group), key=lambda row: row.period, default=None)
        if latest:
            return latest
    return None


def _home_type(estate: Estate | None) -> str:
    homes = estate.homes if estate else None
    counts = {"family": homes.family, "youth": homes.youth, "elderly": homes.elderly} if homes else {}
    present = [name for name, count in counts.items() if count]
    return present[0] if len(present) == 1 else ""


def is_told(case: Case, unit: Unit) -> bool:
    """Whether there is a row on the unit among the report's explanations of deviations."""
    rows = rows_of(case.package.report, EXPLANATIONS)
    return any(is_about(unit, str(row.get("unit"))) for row in rows)


def _is_explained(case: Case, sheet: Sheet, question: Question) -> bool:
    """By a comment on the figure, or by a row on the unit among the report's explanations."""
    return is_told(case, sheet.unit) or bool(sheet[question.id].comment.strip())


def _shown(value: Fraction, unit: Text) -> Text:
    rounded = Ratio.rounded(value)
    number = Number(rounded.count, rounded.decimals)
    return Text(f"{number.display('da')} {unit.da}", f"{number.display('en')} {unit.en}")


@rule(
    "DEVIATION-UNEXPLAINED",
    Severity.CONFIRM,
    "DB § 112, stk. 5, nr. 2",
    kinds=WITH_ESTATES,
    needs=(Need.STANDARD, Need.MASTER_DATA, Need.REFERENCES),
    source="Landsbyggefondens offentliggjorte landstal; grænserne ½ og 2 gange landstallet er projektets egne",
    message=Text(
        "{place}: {indicator} er {value} mod {normal} på landsplan ({period}, {group}) og er ikke forklaret.",
        "{place}: {indicator} is {value} against {normal} nationally ({period}, {group}) and is not explained.",
    ),
    hint=Text(
        "Forklar afvigelsen i kommentaren til tallet eller i redegørelsen for afvigelser. "
        "Grænsen, halvt til dobbelt landstal, er projektets egen.",
        "Explain the deviation in the comment on the figure or in the account of deviations. "
        "The limit, half to double the national figure, is the project's own.",
    ),
)
def deviation_unexplained(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 5, nr. 2: figures that deviate substantially from the normal level are explained.

    Nothing is asked unless a figure deviates: outside half to double the latest published national figure
    of the same indicator.
    """
    estates = {str(estate.id): estate for estate in case.master.estates}
    for sheet, question in case.asked():
        figure = KEY_FIGURES.get(question.id)
        number = number_in(sheet[question.id]) if figure else None
        if figure and number is not None and not _is_explained(case, sheet, question):
            yield from _deviation(case, sheet, question, figure, number, estates.get(str(sheet.unit)))


def _deviation(  # noqa: PLR0913 - what was found, handed on
    case: Case, sheet: Sheet, question: Question, figure: KeyFigure, number: Number, estate: Estate | None
) -> Iterator[Problem]:
    value, normal = figure.measure(number, estate), _normal_level(case, figure, estate)
    if value is None or normal is None:
        return
    level = normal.value.as_fraction()
    if not LOWEST * level <= value <= HIGHEST * level:
        names = case.references.benchmarks.names
        yield in_sheet(
            sheet,
            question,
            place=unit_name(case, sheet.unit),
            indicator=names[figure.indicator],
            value=_shown(value, names[normal.unit]),
            normal=_shown(level, names[normal.unit]),
            period=normal.period,
            group=names[normal.group],
        )
