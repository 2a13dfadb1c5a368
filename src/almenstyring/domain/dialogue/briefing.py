"""A briefing for councillors on the housing sector in their municipality, for a theme meeting once per electoral term.

Norddjurs decided such meetings in 2022, because councillors wanted to know how the organisations work and how the
municipality can use the sector (case 22/8287). Nothing in it ranks anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from attrs import frozen

from almenstyring.domain.agreements import Agreement
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue.homes_offered import HomesOffered
from almenstyring.domain.figures.distribution import Quantiles
from almenstyring.domain.figures.quantiles import quantile
from almenstyring.domain.figures.reckoning import rounded
from almenstyring.domain.organisations import HousingArea, OrganisationKind
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode, Number

FEWEST = 3
"""Estates of a municipality whose median is told; of fewer it would be the figure of one of them (project-authored)."""


@frozen(kw_only=True)
class BriefedOrganisation:
    """One organisation as councillors are told about it (da: organisation i orienteringen).

    ``at_home`` says whether the municipality leads its dialogue; if not, only its estates here are told of.
    ``practice`` are questions on management and tenant democracy with the board's own answers, of the report of
    ``report_year``; None where it sent none.
    """

    organisation: LbfNumber
    name: str
    kind: OrganisationKind
    at_home: bool
    administrators: tuple[tuple[LbfNumber, str], ...] = ()
    estates: int = 0
    homes: HomesOffered = HomesOffered()
    report_year: ReportYear | None = None
    practice: tuple[tuple[Text, Text], ...] = ()


@frozen(kw_only=True)
class BriefFact:
    """A key figure of the estates here beside all that are compared (da: nøgletal i orienteringen).

    ``median`` is that of the ``n`` estates here, None where they are fewer than ``FEWEST``. ``spread`` is that of
    ``peers``, ``peers_n`` in all.
    """

    figure: str
    name: Text
    measure: Text
    n: int
    median: Number | None
    peers: Text
    peers_n: int
    spread: Quantiles


@frozen(kw_only=True)
class Briefing:
    """What a theme meeting of councillors begins from (da: orientering til temamøde), on a day."""

    municipality: MunicipalityCode
    on: date
    organisations: tuple[BriefedOrganisation, ...] = ()
    homes: HomesOffered = HomesOffered()
    areas: tuple[HousingArea, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    facts: tuple[BriefFact, ...] = ()

    @property
    def is_synthetic(self) -> bool:
        """The municipality is an invented one; every output says SYNTETISK."""
        return self.municipality.is_test


def median_of(values: Sequence[Number], decimals: int) -> Number | None:
    """The median of the estates here; None where they are too few to tell it.

    >>> str(median_of([Number(1), Number(5), Number(3)], 0)), median_of([Number(1)], 0)
    ('3', None)
    """
    found = quantile((each.as_fraction() for each in values), Fraction(1, 2)) if len(values) >= FEWEST else None
    return None if found is None else rounded(found, decimals)


def in_force(agreements: Iterable[Agreement], on: date) -> tuple[Agreement, ...]:
    """The agreements that are open on the day and whose period holds then."""
    found = (each for each in agreements if each.is_open_on(on) and on in each.period)
    return tuple(sorted(found, key=lambda each: (each.concluded_on, each.id)))
