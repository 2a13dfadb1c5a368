"""The figures of a group of peers, from which its distribution and the place of each unit are found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property

from attrs import field, frozen

from almenstyring.domain.figures.distribution import (
    SMALL_GROUPS,
    Band,
    Distribution,
    Minimum,
    Place,
    Quantiles,
    Subject,
)
from almenstyring.domain.figures.exact import Exact, check_exact, in_order, weighted_mean
from almenstyring.domain.figures.key_figures import Weighting
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.figures.quantiles import QuantileMethod, quantile_of_ordered
from almenstyring.domain.figures.reckoning import rounded
from almenstyring.domain.organisations import Unit
from almenstyring.domain.text import Text
from almenstyring.domain.values import Number, Ratio
from almenstyring.domain.values.faults import refusal


@frozen(kw_only=True)
class Observation:
    """The figure of one unit (da: observation); None is missing.

    ``weight`` is what the unit counts by in a weighted mean: what its figure is divided by. ``residents`` on 1 January
    is asked for only by a minimum of residents.
    """

    unit: Unit
    value: Exact | None
    weight: Exact | None = None
    status: FigureStatus = FigureStatus.FINAL
    residents: int | None = None

    def __attrs_post_init__(self) -> None:
        for number in (self.value, self.weight):
            if number is not None:
                check_exact(number)
        if self.weight is not None and self.weight < 0:
            raise refusal(
                Text("{value} er ikke en vægt.", "{value} is not a weight."),
                Text("En vægt er aldrig negativ.", "A weight is never negative."),
                self.weight,
            )


def _each_once(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    found = tuple(observations)
    for unit, times in Counter(each.unit for each in found).items():
        if times > 1:
            raise refusal(
                Text("{value} er i gruppen to gange.", "{value} is in the group twice."),
                Text("Giv hver enhed ét tal.", "Give each unit one figure."),
                str(unit),
            )
    return found


@frozen(kw_only=True)
class Sample:
    """The figures of one group of peers (da: stikprøve), ordered once and asked many times.

    >>> from almenstyring.domain.calendar import ReportYear
    >>> from almenstyring.domain.values import LbfNumber
    >>> subject = Subject(figure="rent_per_m2", group="country", year=ReportYear(2026))
    >>> sample = Sample(subject=subject, observations=[
    ...     Observation(unit=LbfNumber(f"T00{n}"), value=n * 100, weight=n) for n in range(1, 6)])
    >>> found = sample.distribution(decimals=1)
    >>> str(found.mean), str(found.quantiles.p10), found.suppressed
    ('366.7', '140', None)
    >>> place = sample.place_of(LbfNumber("T005"))
    >>> str(place.percentile), place.band.sentence.en
    ('90.00', 'Above the 90th percentile.')
    """

    subject: Subject
    observations: tuple[Observation, ...] = field(converter=_each_once, repr=False)
    minimum: Minimum = SMALL_GROUPS
    method: QuantileMethod = QuantileMethod.LINEAR

    @cached_property
    def _large_enough(self) -> tuple[Observation, ...]:
        """Those with as many residents as the minimum asks for, if it asks."""
        least = self.minimum.residents
        return tuple(each for each in self.observations if not least or (each.residents or 0) >= least)

    @cached_property
    def _values(self) -> Mapping[Unit, Exact]:
        return {each.unit: each.value for each in self._large_enough if each.value is not None}

    @cached_property
    def _ordered(self) -> tuple[Exact, ...]:
        return in_order(self._values.values())

    @cached_property
    def _quantiles(self) -> tuple[Fraction, ...]:
        return tuple(quantile_of_ordered(self._ordered, at, self.method) for at in _SHARES)

    @property
    def _suppressed(self) -> bool:
        return len(self._values) < self.minimum.members

    def distribution(self, *, decimals: int, weighting: Weighting = Weighting.RATIO_OF_SUMS) -> Distribution:
        """The distribution of the group, rounded half away from zero to at most six decimals.

        ``InvalidValueError`` if the mean is to be a ratio of sums and a unit with a figure has no weight.
        """
        if type(decimals) is not int or not 0 <= decimals <= Number.MOST_DECIMALS:
            raise refusal(
                Text("{value} er ikke et antal decimaler.", "{value} is no number of decimals."),
                Text("Skriv et helt tal fra 0 til {most}.", "Write a whole number from 0 to {most}.").fill(
                    most=Number.MOST_DECIMALS
                ),
                decimals,
            )
        return Distribution(
            subject=self.subject,
            n=len(self._values),
            missing=len(self._large_enough) - len(self._values),
            left_out=len(self.observations) - len(self._large_enough),
            mean=self._mean(weighting, decimals),
            weighting=weighting,
            quantiles=self._rounded(decimals),
            method=self.method,
            minimum=self.minimum,
            decimals=decimals,
            status=self._status,
        )

    def place_of(self, unit: Unit) -> Place | None:
        """Where the figure of a member lies; None without a figure, and where the group is too small to be shown."""
        value = self._values.get(unit)
        if value is None or self._suppressed:
            return None
        less, not_more = bisect_left(self._ordered, value), bisect_right(self._ordered, value)
        percentile = Ratio.rounded(Fraction(100 * (less + not_more), 2 * len(self._ordered)))
        return Place(percentile=percentile, band=self._band(value))

    def _band(self, value: Exact) -> Band:
        p10, q1, _, q3, p90 = self._quantiles
        if value < p10:
            return Band.BELOW_P10
        if value < q1:
            return Band.P10_TO_Q1
        if value <= q3:
            return Band.MIDDLE_HALF
        return Band.Q3_TO_P90 if value <= p90 else Band.ABOVE_P90

    def _rounded(self, decimals: int) -> Quantiles | None:
        if self._suppressed:
            return None
        return Quantiles(*(rounded(value, decimals) for value in self._quantiles))

    def _mean(self, weighting: Weighting, decimals: int) -> Number | None:
        if self._suppressed:
            return None
        if weighting is Weighting.EQUAL:
            mean = weighted_mean((value, 1) for value in self._ordered)
        else:
            mean = weighted_mean((each.value, _weight(each)) for each in self._large_enough if each.value is not None)
        return None if mean is None else rounded(mean, decimals)

    @property
    def _status(self) -> FigureStatus:
        counted = {each.status for each in self._large_enough if each.unit in self._values}
        return next((status for status in _LEAST_FIRM if status in counted), FigureStatus.FINAL)


_SHARES = (Fraction(1, 10), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(9, 10))
"""Where the quantiles that are shown lie, in the order of its fields."""
_LEAST_FIRM = (FigureStatus.PROJECTED, FigureStatus.PROVISIONAL)


def _weight(observation: Observation) -> Exact:
    if observation.weight is None:
        raise refusal(
            Text("{value} har ingen vægt.", "{value} has no weight."),
            Text("Giv hver enhed en vægt, eller brug Weighting.EQUAL.", "Weigh every unit, or use Weighting.EQUAL."),
            str(observation.unit),
        )
    return observation.weight
