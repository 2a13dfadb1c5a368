"""The colours of efficiency scores, and what official scores say of an estate over the years."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction

from attrs import field, frozen

from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.organisations import Unit
from almenstyring.domain.text import Text
from almenstyring.domain.values import Number
from almenstyring.domain.values.faults import refusal

RED_BELOW = Number(70)
"""Percent: an estate below it is red (Effektiviseringsenheden, tilsynstema 2017/2018); official."""
RED_ACCOUNTS = 3
"""Red in as many of the latest accounts, an estate owes an action plan (LBF orienterer 2022/4); official."""


class EfficiencyColour(StrEnum):
    """The colour of a score (da: farve). Never shown by colour alone: the word goes with it."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


@frozen(kw_only=True)
class ColourLimits:
    """Where the colours change, in percent (da: farvegrænser).

    Only the red limit is published. ``green_from`` is project-authored, and so is any other ``red_below``.

    >>> str(ColourLimits().colour(Fraction("69.99"))), str(ColourLimits().colour(70))
    ('red', 'yellow')
    """

    red_below: Number = RED_BELOW
    green_from: Number = field(default=Number(85))

    @green_from.validator
    def _check(self, _: object, green_from: Number) -> None:
        if green_from < self.red_below:
            raise refusal(
                Text("Grøn fra {value} ligger under den røde grænse.", "Green from {value} lies below the red limit."),
                Text("Sæt den grønne grænse mindst så højt som den røde.", "Set it no lower than the red limit."),
                str(green_from),
            )

    def colour(self, score: Fraction | int) -> EfficiencyColour:
        """The colour of an exact score in percent."""
        if score < self.red_below.as_fraction():
            return EfficiencyColour.RED
        return EfficiencyColour.GREEN if score >= self.green_from.as_fraction() else EfficiencyColour.YELLOW

    def certainty(self, colour: EfficiencyColour) -> Certainty:
        """How sure it is that a score has this colour and no other."""
        official = colour is EfficiencyColour.RED and self.red_below == RED_BELOW
        return Certainty.OFFICIAL if official else Certainty.PROJECT_AUTHORED


@frozen(kw_only=True)
class OfficialScore:
    """An official efficiency score that a source delivered (da: officielt effektivitetstal), in percent.

    ``accounting_year`` is that of the accounts it rests on. It is a series of its own: nothing computed here is
    ever put in it, for only official scores can bring about a duty.
    """

    unit: Unit
    accounting_year: int
    score: Number

    @property
    def is_red(self) -> bool:
        """Whether the score lies below the official limit."""
        return self.score < RED_BELOW


def red_in_latest(scores: Iterable[OfficialScore], latest: int, *, accounts: int = RED_ACCOUNTS) -> bool | None:
    """Whether a unit was red in the accounts of the year ``latest`` and in those before it, three in all.

    False as soon as one of them was not red; None where none of those known says so, but a score is missing: a gap
    is no redness. Scores of several units, or two of one year, raise ``InvalidValueError``.

    >>> from almenstyring.domain.values import EstateId
    >>> unit = EstateId.parse("T001-T0101")
    >>> series = [OfficialScore(unit=unit, accounting_year=year, score=Number(65)) for year in (2023, 2024, 2025)]
    >>> red_in_latest(series, 2025), red_in_latest(series, 2026)
    (True, None)
    """
    given = tuple(scores)
    by_year = {each.accounting_year: each for each in given}
    if len(by_year) < len(given) or len({str(each.unit) for each in given}) > 1:
        raise InvalidValueError(
            Text(
                "Rækken har to tal for et år eller flere enheder.", "The series has two scores of a year, or two units."
            ),
            Text("Giv én enheds tal, ét pr. regnskabsår.", "Give one unit's scores, one per accounting year."),
        )
    wanted = [by_year.get(latest - back) for back in range(accounts)]
    if any(each is not None and not each.is_red for each in wanted):
        return False
    return None if None in wanted else True
