"""Explaining a key figure down to its leaves: account lines, master data, reported figures and rates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from xml.etree import ElementTree as ET

from attrs import frozen

from almenstyring.domain.calendar import AccountingPeriod
from almenstyring.domain.errors import NotFoundError
from almenstyring.domain.expressions import KRONER, Measure, Reference
from almenstyring.domain.expressions.printing import printed
from almenstyring.domain.figures.chart import ChartOfAccounts
from almenstyring.domain.figures.facts import MASTER_FACTS
from almenstyring.domain.figures.key_figures import KeyFigure
from almenstyring.domain.figures.provenance import Provenance, Sourced, Typed
from almenstyring.domain.figures.reckoning import KeyFigureValue, Reckoning, rounded
from almenstyring.domain.text import LANGUAGES, Language, Text
from almenstyring.domain.values import Number
from almenstyring.domain.values.counts import round_half_away
from almenstyring.domain.values.notation import write_grouped

UNKNOWN = Text("mangler", "missing")
_LEAF_DECIMALS = 4


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
        certainty = {"da": "kilde", "en": "source"}[language]
        yield f"{self.figure.identity} = {self.formula}"
        yield f"{certainty}: {self.figure.source}"
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


def explain(
    reckoning: Reckoning, figure_id: str, chart: ChartOfAccounts, *, kept_definition: int | None = None
) -> Explanation:
    """Explain one figure of a unit; NotFoundError where the year has no such figure.

    ``kept_definition`` is the definition a value was kept under: if the year's is another one by now, that is said.
    """
    definitions = reckoning.definitions
    if figure_id not in definitions:
        reckoning.catalogue.get(figure_id, reckoning.basis.period.accounting_year)  # says what there is
        raise NotFoundError(
            Text(
                f"Nøgletallet {figure_id} findes ikke for {reckoning.basis.unit}.",
                f"There is no key figure {figure_id} for {reckoning.basis.unit}.",
            ),
            figure=figure_id,
        )
    figure, value = definitions[figure_id], reckoning.value(figure_id)
    leaves, parts = [], []
    lookup = reckoning.lookup(figure)
    for reference in figure.expression.references:
        at = reckoning.back(reference.years_back)
        if reference.space == "figure" and at and reference.key in at.definitions:
            parts.append((reference, explain(at, reference.key, chart)))
        else:
            leaves.append(_leaf(reckoning, reference, lookup(reference), chart))
    return Explanation(
        figure=figure,
        value=value,
        leaves=tuple(leaves),
        parts=tuple(parts),
        warnings=tuple(_warnings(reckoning, figure, kept_definition)),
    )


def _leaf(reckoning: Reckoning, reference: Reference, value: Fraction | None, chart: ChartOfAccounts) -> Leaf:
    name, measure = _named(reckoning, reference, chart)
    return Leaf(
        reference=reference,
        name=name,
        year=reckoning.basis.period.accounting_year - reference.years_back,
        value=value,
        measure=measure,
        origin=_origin(reckoning, reference, value),
    )


_COLUMNS = {
    "account": Text("konto", "account"),
    "budget": Text("budget, konto", "budget, account"),
    "next_budget": Text("næste års budget, konto", "next year's budget, account"),
}


def _named(reckoning: Reckoning, reference: Reference, chart: ChartOfAccounts) -> tuple[Text, Measure]:
    space, key = reference.space, reference.key
    if space in _COLUMNS:
        line = chart.line(reckoning.basis.ledger, key)
        number = f"{key}-{reference.until}" if reference.until else key
        name = line.name if line and not reference.until else Text("", "")
        column = _COLUMNS[space]
        return Text(f"{column.da} {number} {name.da}".rstrip(), f"{column.en} {number} {name.en}".rstrip()), KRONER
    if space == "master":
        fact = MASTER_FACTS[key]
        return fact.text, fact.measure
    if space == "reported":
        reported = reckoning.catalogue.reported[key]
        return reported.text, reported.measure
    if space == "rate":
        return _rate_name(reckoning, key), Measure.parse("kr/unit")
    return Text(key, key), Measure()  # a key figure of a year that is not known


def _rate_name(reckoning: Reckoning, key: str) -> Text:
    found = reckoning.basis.rates.get(key)
    return Text(f"sats: {found.label.da}", f"rate: {found.label.en}") if found else Text(f"sats {key}", f"rate {key}")


def _origin(reckoning: Reckoning, reference: Reference, value: Fraction | None) -> Text:
    at = reckoning.back(reference.years_back)
    if value is None or at is None:
        return Text("", "")
    if reference.space in _COLUMNS:
        return _origin_of_accounts(at, reference)
    if reference.space == "master":
        return Text("stamdata", "master data")
    if reference.space == "rate":
        source = at.basis.rates[reference.key].rate.source
        return Text(source, source)
    return _told(at.basis.reported[reference.key].provenance) if reference.space == "reported" else Text("", "")


def _origin_of_accounts(at: Reckoning, reference: Reference) -> Text:
    period: AccountingPeriod = at.basis.period
    accounts = at.basis.accounts
    books = Text(f"regnskab {period}", f"accounts {period}")
    if accounts is None or at.here(reference) is None:
        return Text(f"{books.da}; ikke bogført, regnet som 0", f"{books.en}; not posted, counted as 0")
    told = _told(accounts.provenance)
    return Text(*(", ".join(filter(None, (books[each], told[each]))) for each in LANGUAGES))


def _told(provenance: Provenance | None) -> Text:
    if isinstance(provenance, Sourced):
        name = f"{provenance.source} {provenance.key}"
        return Text(f"kilde {name}", f"source {name}")
    return Text("indtastet", "typed") if isinstance(provenance, Typed) else Text("", "")


def _warnings(reckoning: Reckoning, figure: KeyFigure, kept_definition: int | None) -> Iterator[Text]:
    if kept_definition is not None and kept_definition != figure.definition:
        yield Text(
            f"Tallet blev gemt efter definition {kept_definition}; årets er nu {figure.definition}.",
            f"The figure was kept under definition {kept_definition}; the year's is now {figure.definition}.",
        )
    for reference in figure.expression.references:
        at = reckoning.back(reference.years_back)
        rate = at.basis.rates.get(reference.key) if at and reference.space == "rate" else None
        if rate and not rate.is_of_the_year:
            yield rate.label
