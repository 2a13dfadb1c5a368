"""Units of measure with their algebra, so that kroner are never added to square metres."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import frozen

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.text import Text

BASES: Mapping[str, Text] = {
    "kr": Text("kr.", "DKK"),
    "m2": Text("m²", "m²"),
    "home": Text("bolig", "home"),
    "unit": Text("lejemålsenhed", "tenancy unit"),
    "household": Text("husstand", "household"),
    "resident": Text("beboer", "resident"),
    "estate": Text("afdeling", "estate"),
    "pct": Text("pct.", "per cent"),
    "year": Text("år", "year"),
}
"""What can be measured, and what one of it is called. There is one base per thing: no conversion exists."""

_PLURALS: Mapping[str, Text] = {
    "home": Text("boliger", "homes"),
    "unit": Text("lejemålsenheder", "tenancy units"),
    "household": Text("husstande", "households"),
    "resident": Text("beboere", "residents"),
    "estate": Text("afdelinger", "estates"),
    "year": Text("år", "years"),
}
_PART = re.compile(r"([a-z][a-z0-9]*)(?:\^([1-9][0-9]?))?")


@frozen
class Measure:
    """A unit of measure (da: måleenhed) as exponents of the bases; empty for a bare number.

    >>> str(Measure.parse("kr") / Measure.parse("m2")), Measure.parse("kr/m2").name["en"]
    ('kr/m2', 'DKK per m²')
    """

    exponents: tuple[tuple[str, int], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Measure:
        """Read "kr", "kr/m2", "kr*year/m2" or "" (a bare number); InvalidValueError for anything else."""
        over, slash, under = text.partition("/")
        found: dict[str, int] = {}
        for side, sign in ((over, 1), (under, -1)):
            for part in side.split("*") if side else ():
                if part == "1" and slash:
                    continue
                match = _PART.fullmatch(part)
                if match is None or match[1] not in BASES:
                    raise _unknown(text)
                found[match[1]] = found.get(match[1], 0) + sign * int(match[2] or 1)
        if slash and not (under and over):
            raise _unknown(text)
        return cls._of(found)

    @classmethod
    def _of(cls, exponents: Mapping[str, int]) -> Measure:
        order = list(BASES)
        kept = ((base, power) for base, power in exponents.items() if power)
        return cls(tuple(sorted(kept, key=lambda item: order.index(item[0]))))

    def __mul__(self, other: Measure) -> Measure:
        return self._with(other, 1)

    def __truediv__(self, other: Measure) -> Measure:
        return self._with(other, -1)

    def _with(self, other: Measure, sign: int) -> Measure:
        found = dict(self.exponents)
        for base, power in other.exponents:
            found[base] = found.get(base, 0) + sign * power
        return self._of(found)

    def _sides(self) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
        over = [(base, power) for base, power in self.exponents if power > 0]
        under = [(base, -power) for base, power in self.exponents if power < 0]
        return over, under

    def __str__(self) -> str:
        over, under = ("*".join(base if n == 1 else f"{base}^{n}" for base, n in side) for side in self._sides())
        return f"{over or '1'}/{under}" if under else over

    @property
    def counted(self) -> Measure:
        """What is counted, without what it is divided by.

        >>> str(Measure.parse("kr/m2").counted)
        'kr'
        """
        return Measure(tuple(self._sides()[0]))

    @property
    def name(self) -> Text:
        """What the measure is called after a figure: "kr. pr. m²", "boliger"; empty for a bare number."""
        over, under = self._sides()
        many = [_PLURALS.get(base, BASES[base]) if n == 1 else _power(BASES[base], n) for base, n in over]
        each = [BASES[base] if n == 1 else _power(BASES[base], n) for base, n in under]
        da = " ".join([*(text.da for text in many), *(f"pr. {text.da}" for text in each)])
        en = " ".join([*(text.en for text in many), *(f"per {text.en}" for text in each)])
        return Text(da, en)


BARE = Measure()
PERCENT = Measure.parse("pct")
KRONER = Measure.parse("kr")


def _power(text: Text, exponent: int) -> Text:
    return Text(f"{text.da}^{exponent}", f"{text.en}^{exponent}")


def _unknown(text: str) -> InvalidValueError:
    known = ", ".join(BASES)
    return InvalidValueError(
        Text(f'"{text}" er ingen måleenhed.', f'"{text}" is no unit of measure.'),
        Text(f'Skriv fx "kr/m2"; kendte dele: {known}.', f'Write e.g. "kr/m2"; known parts: {known}.'),
        value=text,
    )
