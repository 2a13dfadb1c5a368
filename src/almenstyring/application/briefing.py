"""Putting the councillors' briefing together: the organisations at home in a municipality, and the estates there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from almenstyring.application.entries import entries
from almenstyring.application.figure_rows import FigureRow, figure_rows
from almenstyring.domain.agreements import Agreement
from almenstyring.domain.dialogue.briefing import (
    BriefedOrganisation,
    BriefFact,
    Briefing,
    in_force,
    median_of,
)
from almenstyring.domain.dialogue.homes_offered import homes_offered
from almenstyring.domain.dialogue.material import worded
from almenstyring.domain.organisations import Estate, HousingArea, MasterData, valid_on
from almenstyring.domain.reporting import DocumentationPackage, Standard
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, LbfNumber, MunicipalityCode

PRACTICE = "democracy"
"""The section of the report that tells how the board and the tenants govern."""
KEY_FACTS = (
    "rent_per_m2",
    "operating_costs_per_m2",
    "provisions_yearly_per_m2",
    "move_out_rate",
    "vacancy_rate",
)
"""The figures that councillors are told (project-authored choice)."""

Sent = tuple[DocumentationPackage, Standard]


def concerned_on(masters: Iterable[MasterData], municipality: MunicipalityCode, on: date) -> tuple[MasterData, ...]:
    """Those of the organisations that are at home in the municipality on the day or have an estate there."""
    return tuple(m for m in masters if _at_home(m, municipality, on) or _estates_here(m, municipality, on))


def briefing(  # noqa: PLR0913 - what it is made of
    concerned: Sequence[MasterData],
    municipality: MunicipalityCode,
    on: date,
    *,
    sent: Mapping[LbfNumber, Sent],
    names: Mapping[LbfNumber, str],
    agreements: Iterable[Agreement] = (),
) -> Briefing:
    """The briefing on a day about the organisations concerned.

    ``sent`` holds what each of them last sent, with its standard, ``names`` the names of their administrators.
    """
    here = {master.number: _estates_here(master, municipality, on) for master in concerned}
    every = [estate for master in concerned for estate in here[master.number]]
    ids = {estate.id for estate in every}
    return Briefing(
        municipality=municipality,
        on=on,
        organisations=tuple(
            _organisation(master, here[master.number], municipality, on, sent=sent.get(master.number), names=names)
            for master in concerned
        ),
        homes=homes_offered(every, on),
        areas=tuple(_areas(concerned, ids, on)),
        agreements=in_force((each for each in agreements if each.municipality == municipality), on),
        facts=tuple(_facts([package for package, _ in sent.values()], ids)),
    )


def _at_home(master: MasterData, municipality: MunicipalityCode, on: date) -> bool:
    return master.home_municipality_on(on) == municipality


def _estates_here(master: MasterData, municipality: MunicipalityCode, on: date) -> tuple[Estate, ...]:
    estates = master.estates_on(on)
    return tuple(estate for estate in estates if municipality in master.municipalities_of(estate.id, on))


def _organisation(  # noqa: PLR0913 - what one organisation is told by
    master: MasterData,
    estates: tuple[Estate, ...],
    municipality: MunicipalityCode,
    on: date,
    *,
    sent: Sent | None,
    names: Mapping[LbfNumber, str],
) -> BriefedOrganisation:
    return BriefedOrganisation(
        organisation=master.number,
        name=master.organisation.name,
        kind=master.organisation.kind,
        at_home=_at_home(master, municipality, on),
        administrators=tuple((each, names.get(each, "")) for each in master.administrators_on(on)),
        estates=len(estates),
        homes=homes_offered(estates, on),
        report_year=sent[0].report_year if sent else None,
        practice=tuple(_practice(*sent)) if sent else (),
    )


def _practice(package: DocumentationPackage, standard: Standard) -> Iterator[tuple[Text, Text]]:
    for entry in entries(package, standard, package.report):
        if entry.section and entry.section.goal == PRACTICE and entry.question and not entry.answer.is_missing:
            yield entry.question.text, worded(entry.answer, entry.question)


def _areas(masters: Iterable[MasterData], estates: set[EstateId], on: date) -> Iterator[HousingArea]:
    """The areas with an estate here, by name; two organisations may name the same one."""
    found = (area for master in masters for area in valid_on(master.areas, on) if estates.intersection(area.estates))
    seen: dict[tuple[str, object], HousingArea] = {}
    for area in found:
        seen.setdefault((area.name, area.status), area)
    yield from (seen[key] for key in sorted(seen, key=str))


def _facts(packages: Iterable[DocumentationPackage], estates: set[EstateId]) -> Iterator[BriefFact]:
    """Each figure's median over the estates here, beside the widest group that any of them was compared with.

    Only packages of the latest year count, so that no two years are mixed.
    """
    given = tuple(packages)
    latest = max((package.report_year for package in given), default=None)
    of_year = [package for package in given if package.report_year == latest]
    rows = [
        row
        for package in of_year
        for kept in package.figures
        if kept.unit in estates
        for row in figure_rows(package, kept.unit)
    ]
    for figure in KEY_FACTS:
        fact = _fact(figure, [row for row in rows if row.definition.id == figure])
        if fact is not None:
            yield fact


def _fact(figure: str, rows: list[FigureRow]) -> BriefFact | None:
    shown = [row.benchmark for row in rows if row.benchmark and row.benchmark.distribution.quantiles]
    if not shown:
        return None
    widest = max(shown, key=lambda each: (each.distribution.n, each.distribution.subject.group))
    values = [row.kept.value for row in rows if row.kept.value is not None]
    definition, spread = rows[0].definition, widest.distribution.quantiles
    assert spread is not None  # those without were left out
    return BriefFact(
        figure=figure,
        name=definition.name,
        measure=definition.measure.name,
        n=len(values),
        median=median_of(values, definition.decimals),
        peers=widest.group,
        peers_n=widest.distribution.n,
        spread=spread,
    )
