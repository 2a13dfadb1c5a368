"""Commands that follow the dialogue over years: the overview of deliveries, and the meetings that are owed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import click

import almenstyring as al
from almenstyring.application.overview import DeliveryRates, YearLine
from almenstyring.application.wording import timing_text
from almenstyring.cli.common import (
    Place,
    Settings,
    both,
    in_format,
    in_language,
    on_store,
    print_json,
    print_table,
)
from almenstyring.content import label
from almenstyring.domain.access import Role
from almenstyring.domain.next_steps import year_step
from almenstyring.domain.text import Text

_FIRST = click.option("--from", "first", required=True, type=int, help="Første år. / First year.")
_LAST = click.option("--to", "last", type=int, help="Sidste år; det første, hvis intet er valgt. / Last year.")


@click.command()
@_FIRST
@_LAST
@on_store
@in_format("text", "json")
@in_language
@click.pass_obj
def overview(settings: Settings, first: int, last: int | None, place: Place, form: str) -> None:
    """Dialogen over styringsår: en linje pr. organisation og år, med opfyldelse, rettidighed og næste skridt.

    The dialogue over report years: a line per organisation and year, with completeness, timeliness and next step.
    """
    period = al.Span.years(first, last)  # refuses what is no period, as for the obligations
    years = [al.ReportYear(year) for year in range(period.start.year, period.end.year + 1)]
    with place.open(settings) as workspace:
        found, role = workspace.overview(years), workspace.actor.role
    if form == "json":
        print_json(
            {
                "lines": [_as_json(line, role) for line in found.lines],
                "rates": {str(year): _rates_as_json(rates) for year, rates in found.rates.items()},
            }
        )
        return
    nobody = Text("Ingen organisation i de år.", "No organisation in those years.")
    lines = [_as_cells(line, role) for line in found.lines]
    print_table(_TITLES, lines, title=Text("Oversigt", "Overview"), nothing=nobody)
    if not lines:
        return
    rows = [(year, *_rate_cells(rates)) for year, rates in found.rates.items()]
    print_table(_RATE_TITLES, rows, title=Text("Opfyldelse og rettidighed", "Completeness and timeliness"))


_TITLES = (
    Text("Organisation", "Organisation"),
    Text("År", "Year"),
    Text("Status", "Status"),
    Text("Sendt", "Sent"),
    Text("Frist", "Due"),
    Text("Rettidighed", "Timeliness"),
    Text("Leveret", "Delivered"),
    Text("Møde", "Meeting"),
    Text("Redegørelse", "Statement"),
    Text("Indberettet", "Reported"),
    Text("Næste skridt", "Next step"),
)
_RATE_TITLES = (
    Text("År", "Year"),
    Text("Skyldes", "Owed"),
    Text("Leveret", "Delivered"),
    Text("Opfyldt", "Complete"),
    Text("Bedømt", "Judged"),
    Text("Til tiden", "On time"),
    Text("Rettidighed", "Timeliness"),
)


def _as_cells(line: YearLine, role: Role) -> Sequence[object]:
    return (
        line.name,
        line.report_year,
        label(line.status) if line.status else None,
        line.sent_on,
        line.due,
        timing_text(line.timing),
        f"{line.rates.delivered}/{line.rates.owed}",
        line.meeting_held,
        line.statement_published,
        line.statement_reported,
        step_of(line, role),
    )


def step_of(line: YearLine, role: Role) -> Text | None:
    """What the role does next in an organisation's year; the municipality of location only reads."""
    if not line.leads or not line.rates.owed:
        return None
    return year_step(
        role,
        line.status,
        meeting_held=line.meeting_held is not None,
        published=line.statement_published is not None,
        reported=line.statement_reported is not None,
    )


def _rate_cells(rates: DeliveryRates) -> Sequence[object]:
    return (
        rates.owed,
        rates.delivered,
        _percent(rates.completeness),
        rates.judged,
        rates.on_time,
        _percent(rates.timeliness),
    )


def _percent(share: Fraction | None) -> Text | None:
    """A share in percent with one decimal, rounded half up."""
    if share is None:
        return None
    tenths = (2000 * share.numerator + share.denominator) // (2 * share.denominator)
    whole, tenth = divmod(tenths, 10)
    return Text(f"{whole},{tenth} %", f"{whole}.{tenth} %")


def _as_json(line: YearLine, role: Role) -> dict[str, object]:
    step = step_of(line, role)
    return {
        "organisation": str(line.organisation),
        "name": line.name,
        "year": int(line.report_year),
        "leads": line.leads,
        "status": line.status and line.status.value,
        "opened": _day(line.opened),
        "sent_on": _day(line.sent_on),
        "due": _day(line.due),
        "timeliness": line.timing.timeliness.value,
        "days_late": line.timing.days_late,
        "times_returned": line.times_returned,
        "meeting_held": _day(line.meeting_held),
        "statement_published": _day(line.statement_published),
        "statement_reported": _day(line.statement_reported),
        "rates": _rates_as_json(line.rates),
        "missing": sorted({row.expectation.element.value for row in line.missing}),
        "next_step": step and both(step),
    }


def _rates_as_json(rates: DeliveryRates) -> dict[str, int]:
    return {"owed": rates.owed, "delivered": rates.delivered, "judged": rates.judged, "on_time": rates.on_time}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


@click.command()
@_FIRST
@_LAST
@on_store
@in_format("text", "json")
@in_language
@click.pass_obj
def obligations(settings: Settings, first: int, last: int | None, place: Place, form: str) -> None:
    """Hvilke møder kommunen skylder i kalenderårene, holdt eller manglende, efter loven og den vedtagne dialogmodel.

    Which meetings the municipality owes in the calendar years, held or missing, by law and the adopted model.
    """
    period = al.Span.years(first, last)
    with place.open(settings, "party") as workspace:
        owed = workspace.obligations(period)
    if form == "json":
        print_json([_owed_as_json(each) for each in owed])
    else:
        nothing = Text("Der skyldes ingen møder i de år.", "No meetings are owed in those years.")
        cells = [_owed_as_cells(each) for each in owed]
        print_table(_OWED_TITLES, cells, title=Text("Møder", "Meetings"), nothing=nothing)


_OWED_TITLES = (
    Text("Forum", "Forum"),
    Text("Organisation", "Organisation"),
    Text("Senest", "No later than"),
    Text("Status", "State"),
    Text("Holdt", "Held"),
    Text("Model", "Model"),
    Text("Hjemmel", "Law"),
)


def _owed_as_cells(owed: al.Obligation) -> Sequence[object]:
    return (
        owed.forum.name,
        owed.organisation or Text("alle", "all"),
        owed.due,
        label(owed.state),
        owed.met_by.on if owed.met_by else None,
        owed.model,
        "; ".join(map(str, owed.law)),
    )


def _owed_as_json(owed: al.Obligation) -> dict[str, object]:
    return {
        "municipality": str(owed.municipality),
        "forum": owed.forum.id,
        "name": both(owed.forum.name),
        "organisation": owed.organisation and str(owed.organisation),
        "from": owed.window.start.isoformat(),
        "due": owed.due.isoformat(),
        "state": owed.state.value,
        "held_on": _day(owed.met_by.on if owed.met_by else None),
        "model": owed.model,
        "law": [str(law) for law in owed.law],
    }


COMMANDS = (overview, obligations)
