"""Computing the key figures of one unit for one accounting year, exactly; rounding comes last and once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property

from attrs import define, field, frozen

from almenstyring.domain.calendar import AccountingPeriod
from almenstyring.domain.expressions import Expression, Reference
from almenstyring.domain.figures.accounts import Accounts
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.facts import Facts
from almenstyring.domain.figures.key_figures import KeyFigure, KeyFigures, MissingRule, Weighting
from almenstyring.domain.figures.provenance import FigureStatus, Provenance, Sourced
from almenstyring.domain.figures.references import RateFound
from almenstyring.domain.organisations import Unit
from almenstyring.domain.values import Dkk, EstateId, Number
from almenstyring.domain.values.counts import round_half_away


@frozen(kw_only=True)
class Reported:
    """One reported figure of a unit with where it came from."""

    value: Fraction
    provenance: Provenance | None = None


@frozen(kw_only=True)
class Basis:
    """All that one unit's key figures of one accounting year rest on (da: beregningsgrundlag).

    ``rates`` are the levels found for the period. ``before`` is the basis of the accounting year before, if known.
    """

    unit: Unit
    period: AccountingPeriod
    accounts: Accounts | None = None
    facts: Facts = field(factory=dict, hash=False)
    reported: Mapping[str, Reported] = field(factory=dict, hash=False)
    rates: Mapping[str, RateFound] = field(factory=dict, hash=False)
    before: Basis | None = None

    @property
    def ledger(self) -> Ledger:
        """Whether the unit is an estate or an organisation."""
        return Ledger.ESTATE if isinstance(self.unit, EstateId) else Ledger.ORGANISATION


@frozen(kw_only=True)
class KeyFigureValue:
    """What a key figure came to for one unit and year (da: nøgletalsværdi).

    ``exact`` is the unrounded value and ``value`` the same, rounded once, half away from zero, to the definition's
    decimals; both None where it is missing. ``weight`` is what the unit counts by in a mean. ``status`` is that of the
    least firm thing it rests on.
    """

    figure: KeyFigure
    unit: Unit
    period: AccountingPeriod
    exact: Fraction | None
    weight: Fraction | None
    status: FigureStatus

    @cached_property
    def value(self) -> Number | None:
        """The figure as it is shown and kept."""
        return None if self.exact is None else rounded(self.exact, self.figure.decimals)


def rounded(exact: Fraction, decimals: int) -> Number:
    """The nearest number with so many decimals; a half goes away from zero.

    >>> str(rounded(Fraction(273, 80), 2))
    '3.41'
    """
    return Number(round_half_away(exact * 10**decimals), decimals)


@define
class Reckoning:
    """The figures of one unit and year, each computed when first asked for and then kept."""

    catalogue: KeyFigures
    basis: Basis
    _values: dict[str, KeyFigureValue] = field(factory=dict, init=False)
    _before: Reckoning | None = field(default=None, init=False)

    @property
    def definitions(self) -> Mapping[str, KeyFigure]:
        """The definitions of the unit's kind and year."""
        return self.catalogue.of(self.basis.ledger, self.basis.period.accounting_year)

    @property
    def before(self) -> Reckoning | None:
        """The same for the accounting year before."""
        if self._before is None and self.basis.before is not None:
            self._before = Reckoning(self.catalogue, self.basis.before)
        return self._before

    def all(self) -> tuple[KeyFigureValue, ...]:
        """Every figure of the year, missing ones too, in the order of the catalogue."""
        return tuple(self.value(figure_id) for figure_id in self.definitions)

    def value(self, figure_id: str) -> KeyFigureValue:
        """One figure; KeyError for one that the year does not have."""
        if figure_id not in self._values:
            self._values[figure_id] = self._computed(self.definitions[figure_id])
        return self._values[figure_id]

    def _computed(self, figure: KeyFigure) -> KeyFigureValue:
        lookup = self.lookup(figure)
        divided = figure.denominator if figure.weighting is Weighting.RATIO_OF_SUMS else None
        exact = _number(figure.expression, lookup)
        weight = _number(divided, lookup) if divided else Fraction(1)
        return KeyFigureValue(
            figure=figure,
            unit=self.basis.unit,
            period=self.basis.period,
            exact=exact,
            weight=weight,
            status=self._status(figure),
        )

    def is_critical(self, figure_id: str) -> bool | None:
        """Whether a figure is beyond the limit of its definition; None where there is no limit or no figure."""
        limit = self.definitions[figure_id].limit
        stated = limit.value(self.look_up) if limit else None
        return stated if isinstance(stated, bool) else None

    def _status(self, figure: KeyFigure) -> FigureStatus:
        found = (self._firmness(reference) for reference in figure.expression.references)
        return min(found, key=_FIRMNESS.__getitem__, default=FigureStatus.FINAL)

    def _firmness(self, reference: Reference) -> FigureStatus:
        at = self.back(reference.years_back)
        if at is None:
            return FigureStatus.FINAL
        if reference.space == "figure":
            return at.value(reference.key).status if reference.key in at.definitions else FigureStatus.FINAL
        if reference.space == "reported":
            reported = at.basis.reported.get(reference.key)
            origin = reported.provenance if reported else None
            return origin.status if isinstance(origin, Sourced) else FigureStatus.FINAL
        accounts = at.basis.accounts if reference.space in _BOOKS else None
        return accounts.status if accounts else FigureStatus.FINAL

    def lookup(self, figure: KeyFigure) -> Callable[[Reference], Fraction | None]:
        """What the references of a figure come to, under its rule for missing accounts."""
        if figure.missing is MissingRule.ANY:
            return self.look_up
        accounts = [r for r in figure.expression.references if r.space in _BOOKS]
        if figure.missing is MissingRule.ALL and all(self.look_up(r) is None for r in accounts):
            return self.look_up

        def zero_where_not_posted(reference: Reference) -> Fraction | None:
            found = self.look_up(reference)
            if found is None and reference.space in _BOOKS and self._has_books(reference):
                return Fraction(0)
            return found

        return zero_where_not_posted

    def _has_books(self, reference: Reference) -> bool:
        at = self.back(reference.years_back)
        return at is not None and at.basis.accounts is not None and bool(_BOOKS[reference.space](at.basis.accounts))

    def back(self, years: int) -> Reckoning | None:
        """The reckoning of an earlier accounting year."""
        at: Reckoning | None = self
        for _ in range(years):
            at = at.before if at else None
        return at

    def look_up(self, reference: Reference) -> Fraction | None:
        """What a reference comes to; None where it is missing."""
        at = self.back(reference.years_back)
        return at.here(reference) if at else None

    def here(self, reference: Reference) -> Fraction | None:
        """What a reference comes to in this very year, however far back it was meant."""
        space, key = reference.space, reference.key
        if space in _BOOKS:
            return _booked(_BOOKS[space](self.basis.accounts) if self.basis.accounts else {}, reference)
        if space == "master":
            return self.basis.facts.get(key)
        if space == "reported":
            found = self.basis.reported.get(key)
            return found.value if found else None
        if space == "rate":
            rate = self.basis.rates.get(key)
            return rate.rate.amount.as_fraction() if rate else None
        return self.value(key).exact if key in self.definitions else None


_FIRMNESS = {
    status: place
    for place, status in enumerate(
        (FigureStatus.PROJECTED, FigureStatus.PROVISIONAL, FigureStatus.CORRECTED, FigureStatus.FINAL)
    )
}
"""The least firm first; corrected accounts are final, and say that they are corrected."""

_BOOKS: Mapping[str, Callable[[Accounts], Mapping[str, Dkk]]] = {
    "account": lambda accounts: accounts.postings,
    "budget": lambda accounts: accounts.budget,
    "next_budget": lambda accounts: accounts.next_budget,
}


def _booked(books: Mapping[str, Dkk], reference: Reference) -> Fraction | None:
    if not reference.until:
        amount = books.get(reference.key)
        return None if amount is None else amount.as_fraction()
    numbers = (str(number) for number in range(int(reference.key), int(reference.until) + 1))
    amounts = [books[number].count for number in numbers if number in books]
    return Fraction(sum(amounts), 100) if amounts else None


def _number(expression: Expression, lookup: Callable[[Reference], Fraction | None]) -> Fraction | None:
    value = expression.value(lookup)
    return value if isinstance(value, Fraction) else None
