"""Explaining a key figure down to its leaves: account lines, master data, reported figures and rates."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from almenstyring.domain.expressions import KRONER, Measure, Reference
from almenstyring.domain.figures.chart import ChartOfAccounts
from almenstyring.domain.figures.explanation import Explanation, Leaf
from almenstyring.domain.figures.facts import MASTER_FACTS
from almenstyring.domain.figures.key_figures import RATE, KeyFigure
from almenstyring.domain.figures.provenance import Provenance, Sourced, Typed
from almenstyring.domain.figures.reckoning import Reckoning
from almenstyring.domain.text import LANGUAGES, Text

__all__ = ["Explanation", "Leaf", "explain"]


def explain(
    reckoning: Reckoning, figure_id: str, chart: ChartOfAccounts, *, kept_definition: int | None = None
) -> Explanation:
    """Explain one figure of a unit; NotFoundError where the year has no such figure.

    ``kept_definition`` is the definition a value was kept under: if the year's is another one by now, that is said.
    """
    basis = reckoning.basis
    figure = reckoning.catalogue.get(figure_id, basis.period.accounting_year, basis.ledger)
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
        value=reckoning.value(figure_id),
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
        return _rate_name(reckoning, reference), RATE
    unknown = reckoning.catalogue.latest(key, reckoning.basis.ledger)  # of a year whose basis is not there
    return (unknown.name, unknown.measure) if unknown else (Text(key, key), Measure())


def _rate_name(reckoning: Reckoning, reference: Reference) -> Text:
    name = reckoning.catalogue.rates.get(reference.key, Text(reference.key, reference.key))
    at = reckoning.back(reference.years_back)
    found = at.basis.rates.get(reference.key) if at else None
    return Text(*(f"{name[each]}, {found.label[each]}" for each in LANGUAGES)) if found else name


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
    period, accounts = at.basis.period, at.basis.accounts
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
        if at and reference.space == "rate":
            yield from _stale_rate(at, reference)
        elif at and reference.space == "figure" and reference.years_back:
            yield from _changed_method(reckoning, at, reference.key)


def _stale_rate(at: Reckoning, reference: Reference) -> Iterator[Text]:
    found = at.basis.rates.get(reference.key)
    if found and not (found.is_of_the_year and found.is_published):
        name = at.catalogue.rates.get(reference.key, Text(reference.key, reference.key))
        yield Text(*(f"{name[each]}: {found.label[each]}" for each in LANGUAGES))


def _changed_method(now: Reckoning, at: Reckoning, key: str) -> Iterator[Text]:
    new, old = now.definitions.get(key), at.definitions.get(key)
    if new and old and new.definition != old.definition:
        yield Text(
            f"{new.name.da} er opgjort på en anden måde end i {at.basis.period.accounting_year}: {new.change.da}",
            f"{new.name.en} is found in another way than in {at.basis.period.accounting_year}: {new.change.en}",
        )
