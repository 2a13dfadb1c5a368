"""What moved when a distribution was computed again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import frozen

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.figures.distribution import Distribution
from almenstyring.domain.figures.reckoning import rounded
from almenstyring.domain.text import Text
from almenstyring.domain.values import Number
from almenstyring.domain.values.faults import refusal


@frozen(kw_only=True)
class Movement:
    """One part of a distribution that is not what it was (da: ændring ved genberegning).

    ``part`` is a field of ``Distribution`` or of ``Quantiles``. ``old`` or ``new`` is None where it was not shown then.
    """

    part: str
    old: Number | None
    new: Number | None

    @property
    def change(self) -> Number | None:
        """The new minus the old; None where one of them was not shown."""
        if self.old is None or self.new is None:
            return None
        return rounded(self.new.as_fraction() - self.old.as_fraction(), Number.MOST_DECIMALS)

    @property
    def sentence(self) -> Text:
        """The change in words."""
        words = _CHANGED if self.change is not None else _SHOWN_NOW if self.old is None else _NO_LONGER_SHOWN
        return words.fill(part=_NAMES[self.part], old=_displayed(self.old), new=_displayed(self.new))


def _displayed(number: Number | None) -> Text:
    return Text("", "") if number is None else Text(number.display("da"), number.display("en"))


_CHANGED = Text("{part}: {old} er nu {new}.", "{part}: {old} is now {new}.")
_SHOWN_NOW = Text("{part}: vises nu, {new}.", "{part}: shown now, {new}.")
_NO_LONGER_SHOWN = Text("{part}: vises ikke længere, var {old}.", "{part}: no longer shown, was {old}.")
_NAMES: Mapping[str, Text] = {
    "n": Text("Antal med tal", "Members with a figure"),
    "missing": Text("Antal uden tal", "Members without a figure"),
    "left_out": Text("Antal med for få beboere", "Members with too few residents"),
    "mean": Text("Gennemsnit", "Mean"),
    "p10": Text("10-percentil", "10th percentile"),
    "q1": Text("Nedre kvartil", "Lower quartile"),
    "median": Text("Median", "Median"),
    "q3": Text("Øvre kvartil", "Upper quartile"),
    "p90": Text("90-percentil", "90th percentile"),
}


def moved(old: Distribution, new: Distribution) -> tuple[Movement, ...]:
    """What is another figure in the new distribution than in the old, counts first; () if nothing moved.

    ``InvalidValueError`` unless both are of the same figure, group and year, made by the same method: another method
    moves figures without anything having happened.
    """
    for name, made in _SAME.items():
        if made(old) != made(new):
            raise _not_comparable(name, made(old), made(new))
    before, after = _parts(old), _parts(new)
    return tuple(
        Movement(part=part, old=before[part], new=after[part]) for part in _NAMES if before[part] != after[part]
    )


_SAME: Mapping[str, Callable[[Distribution], object]] = {
    "subject": lambda made: made.subject,
    "method": lambda made: made.method,
    "weighting": lambda made: made.weighting,
    "decimals": lambda made: made.decimals,
    "minimum": lambda made: made.minimum,
}


def _parts(made: Distribution) -> Mapping[str, Number | None]:
    counts = {part: Number(getattr(made, part)) for part in ("n", "missing", "left_out")}
    quantiles = {part: getattr(made.quantiles, part, None) for part in ("p10", "q1", "median", "q3", "p90")}
    return {**counts, "mean": made.mean, **quantiles}


def _not_comparable(name: str, old: object, new: object) -> InvalidValueError:
    return refusal(
        Text("Fordelingerne er ikke lavet ens: {name} er {value}.", "The distributions differ in {name}: {value}."),
        Text(
            "Beregn begge af samme nøgletal, gruppe og år og på samme måde.",
            "Compute both of the same figure, group and year, and in the same way.",
        ),
        (str(old), str(new)),
        name=name,
    )
