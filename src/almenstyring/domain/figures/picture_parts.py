"""What pictures are made of: exact values, texts that any page can hold, a measure, a spread."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar

from attrs import field, frozen

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values.counts import round_half_away
from almenstyring.domain.values.faults import refusal
from almenstyring.domain.values.notation import write_grouped
from almenstyring.domain.values.number import Number
from almenstyring.domain.values.quantities import Quantity

_NO_VALUE = Text("intet tal", "no figure")
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def exact(value: object) -> Fraction:
    """A value as a fraction; a float is refused."""
    if isinstance(value, Number | Quantity):
        return value.as_fraction()
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    raise refusal(
        Text("{value} er ikke et eksakt tal.", "{value} is not an exact number."),
        Text(
            "Giv int, Fraction, Number eller en størrelse; aldrig float.",
            "Give an int, Fraction, Number or quantity; never a float.",
        ),
        value,
    )


def exact_or_none(value: object) -> Fraction | None:
    """A value as a fraction, where there is one."""
    return None if value is None else exact(value)


def exact_all(values: object) -> tuple[Fraction, ...]:
    """Values as fractions."""
    return tuple(map(exact, values)) if isinstance(values, tuple | list) else (exact(values),)


def line(text: str) -> str:
    """The text on one line, without the characters no web page can hold."""
    return " ".join(_UNFIT.sub("\ufffd", text).split())


def lines(text: Text) -> Text:
    """Both languages, each on one line."""
    return Text(line(text.da), line(text.en))


@frozen(kw_only=True)
class Measure:
    """What is measured and how its values are written (da: målestok).

    ``pattern`` says where the number stands; a ``Quantity`` class has a fitting one.

    >>> rent = Measure(name=Text("Husleje", "Rent"), unit=Text("kr. pr. m²", "DKK per m²"), decimals=0)
    >>> rent.display(Fraction(2_071, 2)).da
    '1.036 kr. pr. m²'
    """

    name: Text = field(converter=lines)
    unit: Text = field(converter=lines)
    decimals: int = 2
    pattern: Text = field(default=Text("{figure} {unit}", "{figure} {unit}"), converter=lines)

    def number(self, value: Fraction, language: Language) -> str:
        """The value as people write it, without its unit; rounded once, half away from zero."""
        return write_grouped(round_half_away(value * 10**self.decimals), self.decimals, language)

    def display(self, value: Fraction | None) -> Text:
        """The value with its unit; words where there is none."""
        if value is None:
            return _NO_VALUE
        figure = Text(self.number(value, "da"), self.number(value, "en"))
        return self.pattern.fill(figure=figure, unit=self.unit)


@frozen(kw_only=True)
class Spread:
    """How the values of a peer group lie (da: spredning): ``n`` values, 10th and 90th percentile and quartiles.

    ``method`` names the kind of quantile. Quantiles out of order raise InvalidValueError.
    """

    n: int
    p10: Fraction = field(converter=exact)
    q1: Fraction = field(converter=exact)
    median: Fraction = field(converter=exact)
    q3: Fraction = field(converter=exact)
    p90: Fraction = field(converter=exact)
    method: Text = field(converter=lines)

    NAMES: ClassVar[tuple[Text, ...]] = (
        Text("10-pct.-fraktil", "10th percentile"),
        Text("nedre kvartil", "lower quartile"),
        Text("median", "median"),
        Text("øvre kvartil", "upper quartile"),
        Text("90-pct.-fraktil", "90th percentile"),
    )

    def __attrs_post_init__(self) -> None:
        if self.n < 1 or any(low > high for low, high in pairwise(self.quantiles)):
            raise InvalidValueError(
                Text("En spredning har mindst én værdi og stigende fraktiler.", "A spread rises and has a value."),
                Text("Giv dem i rækkefølgen p10, q1, median, q3, p90.", "Give p10, q1, median, q3, p90 in order."),
                n=self.n,
            )

    @property
    def quantiles(self) -> tuple[Fraction, ...]:
        """The five numbers, in the order of ``NAMES``."""
        return self.p10, self.q1, self.median, self.q3, self.p90

    def position(self, value: Fraction) -> Text:
        """Where a value lies, in words and without judging it."""
        for quantile, name in zip(self.quantiles, self.NAMES, strict=True):
            if value == quantile:
                return Text("lig med {name}", "equal to the {name}").fill(name=name)
        below = sum(quantile < value for quantile in self.quantiles)
        if below == 0:
            return Text("under {name}", "below the {name}").fill(name=self.NAMES[0])
        if below == len(self.NAMES):
            return Text("over {name}", "above the {name}").fill(name=self.NAMES[-1])
        between = Text("mellem {low} og {high}", "between the {low} and the {high}")
        return between.fill(low=self.NAMES[below - 1], high=self.NAMES[below])
