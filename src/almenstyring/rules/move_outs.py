"""External move-outs: the one figure whose absence the central system itself refuses."""

from __future__ import annotations

from collections.abc import Iterator

from almenstyring.domain.findings import Severity
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting import FigureRole, Level
from almenstyring.domain.text import Text
from almenstyring.rules.mechanism import WITH_ESTATES, Case, Need, Problem, in_sheet, rule
from almenstyring.rules.reading import figures, number_in, sheet_of, unit_name

_SOURCE = "LBF orienterer 2015/2 og 2018/1"
MOST_TIMES_THE_HOMES = 3
"""More move-outs in a year than this many times the estate's homes are hardly possible (project-authored)."""


@rule(
    "MOVE-OUTS-MISSING",
    Severity.ERROR,
    "DB § 112, stk. 6",
    kinds=WITH_ESTATES,
    needs=(Need.STANDARD, Need.MASTER_DATA),
    source=_SOURCE,
    message=Text(
        "De eksterne fraflytninger mangler for {place} med {homes} boliger. Pakken kan ikke sendes uden.",
        "The external move-outs of {place} with {homes} homes are missing. The package cannot be sent without.",
    ),
    hint=Text(
        "Skriv antallet af husstande, der er flyttet ud af afdelingen i det seneste år; skriv 0, hvis ingen er.",
        "Enter the number of households that moved out of the estate in the latest year; enter 0 if none did.",
    ),
)
def move_outs_missing(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 6: the report is sent through the central system, which takes none without the move-outs.

    Asked for each housing estate in operation with homes. A blank is not 0, and only a number is a number
    (LBF orienterer 2015/2, 2018/1).
    """
    asked = [
        question
        for question in case.standard.asked_of(case.kind, Level.ESTATE)
        if question.figure is FigureRole.MOVE_OUTS
    ]
    for estate in case.estates:
        if not estate.homes.total:
            continue
        sheet = sheet_of(case, estate)
        for question in asked:
            if case.activity.is_asked(sheet, question) and number_in(sheet[question.id]) is None:
                yield in_sheet(sheet, question, place=unit_name(case, estate.id), homes=estate.homes.total)


@rule(
    "MOVE-OUTS-IMPLAUSIBLE",
    Severity.WARNING,
    "DB § 112, stk. 6",
    kinds=WITH_ESTATES,
    needs=(Need.STANDARD, Need.MASTER_DATA),
    source="Grænsen, tre gange antallet af boliger, er projektets egen",
    message=Text(
        "{place} melder {move_outs} eksterne fraflytninger på et år fra {homes} boliger.",
        "{place} reports {move_outs} external move-outs in one year from {homes} homes.",
    ),
    hint=Text(
        "Se efter en tastefejl; tæl husstande, ikke personer, og ikke flytninger inden for afdelingen.",
        "Look for a typing error; count households, not persons, and not moves within the estate.",
    ),
)
def move_outs_implausible(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 6: the move-outs are those of the year; more than three times the homes is hardly so."""
    homes: dict[Unit, int] = {estate.id: estate.homes.total for estate in case.master.estates}
    for sheet, question in figures(case, FigureRole.MOVE_OUTS):
        number = number_in(sheet[question.id])
        known = homes.get(sheet.unit, 0)
        if number and known and number.as_fraction() > MOST_TIMES_THE_HOMES * known:
            shown = Text(number.display("da"), number.display("en"))
            yield in_sheet(sheet, question, place=unit_name(case, sheet.unit), move_outs=shown, homes=known)
