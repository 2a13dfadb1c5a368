"""Twins: the estates or organisations that are most like one, on declared variables, with the reasons.

Landsbyggefonden's own measure of likeness is not public. Ours is project-authored: every variable is scaled by its
range among the units compared, so that its unit of measure does not matter, and the squared differences are added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from heapq import nsmallest
from math import isqrt

from attrs import frozen

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.figures.exact import sort_key
from almenstyring.domain.figures.reckoning import rounded
from almenstyring.domain.figures.twin_variables import Profile, TwinVariable
from almenstyring.domain.organisations import Unit
from almenstyring.domain.text import Text
from almenstyring.domain.values import Number, Ratio
from almenstyring.domain.values.faults import refusal

MOST_TWINS = 20
DISTANCE_DECIMALS = 3
MEASURE = Text(
    "Afstand efter projektets eget mål: forskellen i hver variabel delt med dens spændvidde blandt de sammenlignede,"
    " kvadreret, lagt sammen, og kvadratroden af summen.",
    "Distance by the project's own measure: the difference in each variable divided by its range among those compared,"
    " squared, added up, and the square root of the sum.",
)


@frozen(kw_only=True)
class TwinReason:
    """What one variable adds to a distance (da: bidrag): both values, the exact squared part, its share."""

    variable: TwinVariable
    own: Number
    other: Number
    squared: Fraction
    share: Ratio

    @property
    def sentence(self) -> Text:
        """The reason in words."""
        words = Text(
            "{name}: {own} mod {other} ({share} af afstanden)",
            "{name}: {own} against {other} ({share} of the distance)",
        )
        return words.fill(
            name=self.variable.name,
            own=self.variable.shown(self.own),
            other=self.variable.shown(self.other),
            share=Text(self.share.display("da"), self.share.display("en")),
        )


@frozen(kw_only=True)
class Twin:
    """One unit that is like another (da: tvilling), with the exact squared distance to it."""

    unit: Unit
    squared: Fraction
    reasons: tuple[TwinReason, ...]

    @property
    def distance(self) -> Number:
        """The distance, rounded: 0 for an exact likeness, at most the square root of the number of variables."""
        return square_root(self.squared, DISTANCE_DECIMALS)


@frozen(kw_only=True)
class LeftOut:
    """A unit that could not be compared (da: udeladt), and the variables that it lacks."""

    unit: Unit
    lacks: tuple[TwinVariable, ...]


@frozen(kw_only=True)
class Twins:
    """The nearest of all units compared, nearest first (da: tvillinger); equal distances by the unit's number.

    ``variables`` are those used; ``unknown`` are not known of the unit itself and used for nobody.
    """

    own: Unit
    variables: tuple[TwinVariable, ...]
    unknown: tuple[TwinVariable, ...]
    twins: tuple[Twin, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def why_nobody(self) -> Text | None:
        """Why there are no twins; None where there are."""
        if self.twins:
            return None
        if not self.variables:
            return Text("Ingen af variablene kendes for {unit}.", "None of the variables is known of {unit}.").fill(
                unit=self.own
            )
        return Text("Ingen andre har alle variable.", "Nobody else has all variables.")


def find_twins(own: Profile, everybody: Iterable[Profile], variables: Sequence[TwinVariable], count: int = 5) -> Twins:
    """The ``count`` units most like ``own``, which may itself be in ``everybody``.

    A variable that is not known of the unit is used for nobody; a unit that lacks one of the others is left out.
    ``InvalidValueError`` for a count outside 1 to 20, a unit that is there twice, and estates among organisations.
    """
    _check_count(count)
    others = _others(own, everybody)
    mine = {variable: value for variable in variables if (value := own.value(variable)) is not None}
    used = tuple(mine)
    compared, left_out = _complete(others, used)
    ranges = [_range(values) for values in zip(mine.values(), *compared.values(), strict=True)]
    parts = {unit: _parts(tuple(mine.values()), values, ranges) for unit, values in compared.items()}
    nearest = nsmallest(count, parts, key=lambda unit: (sort_key(sum(parts[unit], Fraction(0))), str(unit)))
    return Twins(
        own=own.unit,
        variables=used,
        unknown=tuple(variable for variable in variables if variable not in mine),
        twins=tuple(_twin(unit, parts[unit], mine, compared[unit]) for unit in nearest if used),
        left_out=left_out,
    )


def square_root(value: Fraction, decimals: int) -> Number:
    """The square root of an exact number, rounded half away from zero without any float on the way.

    >>> str(square_root(Fraction(2), 3)), str(square_root(Fraction(1, 4), 3))
    ('1.414', '0.5')
    """
    # Twice the root, cut to a whole number, is enough to round by; cutting before the root does not change it.
    twice = isqrt(4 * value.numerator * 100**decimals // value.denominator)
    return Number((twice + 1) // 2, decimals)


_Compared = Mapping[Unit, tuple[Fraction, ...]]


def _check_count(count: object) -> None:
    if type(count) is not int or not 1 <= count <= MOST_TWINS:
        raise refusal(
            Text("{value} er ikke et antal tvillinger.", "{value} is no number of twins."),
            Text("Vælg fra 1 til {most}.", "Choose from 1 to {most}.").fill(most=MOST_TWINS),
            count,
        )


def _others(own: Profile, everybody: Iterable[Profile]) -> tuple[Profile, ...]:
    others: dict[Unit, Profile] = {}
    for each in everybody:
        if each.unit in others:
            raise _refused(Text("{value} er der to gange.", "{value} is there twice."), each.unit)
        if type(each.unit) is not type(own.unit):
            raise _refused(Text("{value} er en anden slags enhed.", "{value} is another kind of unit."), each.unit)
        others[each.unit] = each
    others.pop(own.unit, None)
    return tuple(others.values())


def _refused(message: Text, unit: Unit) -> InvalidValueError:
    return refusal(
        message,
        Text(
            "Giv hver enhed én gang, og enten afdelinger eller organisationer.",
            "Give each unit once, and either estates or organisations.",
        ),
        str(unit),
    )


def _complete(others: Iterable[Profile], used: tuple[TwinVariable, ...]) -> tuple[_Compared, tuple[LeftOut, ...]]:
    compared: dict[Unit, tuple[Fraction, ...]] = {}
    left_out = []
    for other in others:
        values = [other.value(variable) for variable in used]
        known = tuple(value for value in values if value is not None)
        if len(known) == len(used):
            compared[other.unit] = known
            continue
        lacks = tuple(variable for variable, value in zip(used, values, strict=True) if value is None)
        left_out.append(LeftOut(unit=other.unit, lacks=lacks))
    return compared, tuple(sorted(left_out, key=lambda each: str(each.unit)))


def _range(values: Sequence[Fraction]) -> Fraction:
    return max(values, key=sort_key) - min(values, key=sort_key)


def _parts(mine: Sequence[Fraction], theirs: Sequence[Fraction], ranges: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """What each variable adds to the squared distance: from 0 to 1, and 0 where all units compared are alike."""
    return tuple(
        ((one - other) / across) ** 2 if across else Fraction(0)
        for one, other, across in zip(mine, theirs, ranges, strict=True)
    )


def _twin(
    unit: Unit, parts: Sequence[Fraction], mine: Mapping[TwinVariable, Fraction], theirs: Sequence[Fraction]
) -> Twin:
    whole = sum(parts, Fraction(0))
    return Twin(
        unit=unit,
        squared=whole,
        reasons=tuple(
            TwinReason(
                variable=variable,
                own=rounded(own, variable.decimals),
                other=rounded(other, variable.decimals),
                squared=part,
                share=Ratio.rounded(100 * part / whole) if whole else Ratio(0),
            )
            for part, (variable, own), other in zip(parts, mine.items(), theirs, strict=True)
        ),
    )
