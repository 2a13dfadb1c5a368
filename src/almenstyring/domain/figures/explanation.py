"""The explanation of a key figure: a tree of its parts with the facts at the leaves, and how people read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from xml.etree import ElementTree as ET  # nosec B405 - writes only

from attrs import frozen

from almenstyring.domain.expressions import KRONER, Measure, Reference
from almenstyring.domain.expressions.printing import printed
from almenstyring.domain.figures.key_figures import KeyFigure
from almenstyring.domain.figures.reckoning import KeyFigureValue, rounded
from almenstyring.domain.text import LANGUAGES, Language, Text
from almenstyring.domain.values import Number
from almenstyring.domain.values.counts import round_half_away
from almenstyring.domain.values.notation import write_grouped

UNKNOWN = Text("mangler", "missing")
_SOURCE = Text("kilde", "source")
_LEAF_DECIMALS = Number.MOST_DECIMALS


@frozen(kw_only=True)
class Leaf:
    """Something a figure rests on that is not computed (da: grunddata): what, of which year, how much, from where."""

    reference: Reference
    name: Text
    year: int
    value: Fraction | None
    measure: Measure
    origin: Text

    def lines(self, language: Language) -> str:
        """The leaf as one line."""
        where = f" ({self.origin[language]})" if self.origin[language] else ""
        return f"{self.name[language]} {self.year}: {_shown_leaf(self.value, self.measure, language)}{where}"


@frozen(kw_only=True)
class Explanation:
    """How one figure came about (da: forklaring).

    ``formula`` is the definition's own, ``leaves`` and ``parts`` are what its references came to: plain facts, and
    other key figures with their own explanations. ``warnings`` tell of definitions and rates that are not the year's.
    """

    figure: KeyFigure
    value: KeyFigureValue
    leaves: tuple[Leaf, ...]
    parts: tuple[tuple[Reference, Explanation], ...]
    warnings: tuple[Text, ...] = ()

    @property
    def formula(self) -> str:
        """The formula as it is declared."""
        return str(self.figure.expression)

    def all_leaves(self) -> Iterator[Leaf]:
        """Every leaf, those of the parts too."""
        yield from self.leaves
        for _, part in self.parts:
            yield from part.all_leaves()

    def all_warnings(self) -> tuple[Text, ...]:
        """Every warning, those of the parts too, each once."""
        found = dict.fromkeys(self.warnings)
        for _, part in self.parts:
            found |= dict.fromkeys(part.all_warnings())
        return tuple(found)

    def recomputed(self) -> Number | None:
        """The figure once more, from the leaves alone: the same value, or the explanation would not be true."""
        exact = self._exact()
        return None if exact is None else rounded(exact, self.figure.decimals)

    def _exact(self) -> Fraction | None:
        known: Mapping[Reference, Fraction | None] = {leaf.reference: leaf.value for leaf in self.leaves} | {
            reference: part._exact() for reference, part in self.parts
        }
        value = self.figure.expression.value(known.__getitem__)
        return value if isinstance(value, Fraction) else None

    def text(self, language: Language = "da") -> str:
        """The whole explanation as indented lines."""
        return "\n".join(f"{'  ' * depth}{line}" for depth, line in self._lines(language, 0))

    def _heading(self, language: Language) -> str:
        value = shown(self.value.exact, self.figure.decimals, self.figure.measure, language)
        return f"{self.figure.name[language]} {self.value.period.accounting_year}: {value}"

    def _notes(self, language: Language) -> Iterator[str]:
        yield f"{self.figure.identity} = {self.formula}"
        law = f"{self.figure.law}; " if self.figure.law else ""
        yield f"{_SOURCE[language]}: {law}{self.figure.source}"
        if self.figure.note[language]:
            yield self.figure.note[language]
        for warning in self.warnings:
            yield f"! {warning[language]}"

    def _lines(self, language: Language, depth: int) -> Iterator[tuple[int, str]]:
        yield depth, self._heading(language)
        for note in self._notes(language):
            yield depth + 1, note
        for leaf in self.leaves:
            yield depth + 1, f"- {leaf.lines(language)}"
        for _, part in self.parts:
            yield from part._lines(language, depth + 1)

    def __str__(self) -> str:
        return self.text()

    def as_html(self, language: Language = "da") -> str:
        """The explanation as nested HTML lists."""
        root = ET.Element("div", {"class": "almenstyring-explanation", "lang": language})
        self._into(root, language)
        return ET.tostring(root, encoding="unicode", method="html")

    def _into(self, parent: ET.Element, language: Language) -> None:
        ET.SubElement(parent, "p").text = self._heading(language)
        items = ET.SubElement(parent, "ul")
        for line in (*self._notes(language), *(leaf.lines(language) for leaf in self.leaves)):
            ET.SubElement(items, "li").text = line
        for _, part in self.parts:
            part._into(ET.SubElement(items, "li"), language)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return self.as_html()

    def plain(self) -> dict[str, object]:
        """The explanation as plain data for JSON; numbers as text, so that none is rounded on the way."""
        return {
            "figure": self.figure.id,
            "definition": self.figure.definition,
            "unit": str(self.value.unit),
            "period": str(self.value.period),
            "value": None if self.value.value is None else str(self.value.value),
            "measure": self.figure.unit,
            "status": self.value.status.value,
            "formula": self.formula,
            "source": self.figure.source,
            "certainty": self.figure.certainty.value,
            "warnings": [_both(warning) for warning in self.warnings],
            "leaves": [
                {
                    "reference": printed(leaf.reference),
                    "name": _both(leaf.name),
                    "year": leaf.year,
                    "value": None if leaf.value is None else str(rounded(leaf.value, _LEAF_DECIMALS)),
                    "measure": str(leaf.measure),
                    "origin": _both(leaf.origin),
                }
                for leaf in self.leaves
            ],
            "parts": [part.plain() for _, part in self.parts],
        }


def _both(text: Text) -> dict[str, str]:
    return {language: text[language] for language in LANGUAGES}


def shown(exact: Fraction | None, decimals: int, measure: Measure, language: Language) -> str:
    """A figure with all its decimals and its unit of measure as people write it, or that it is missing."""
    if exact is None:
        return UNKNOWN[language]
    number = write_grouped(round_half_away(exact * 10**decimals), decimals, language)
    return f"{number} {measure.name[language]}".strip()


def _shown_leaf(exact: Fraction | None, measure: Measure, language: Language) -> str:
    """A fact without idle zeros: 214 homes, 7,777.50 kr."""
    decimals = rounded(exact, _LEAF_DECIMALS).decimals if exact is not None else 0
    return shown(exact, 2 if decimals == 1 and measure == KRONER else decimals, measure, language)
