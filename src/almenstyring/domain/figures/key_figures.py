"""What a key figure is: a dated definition with a formula, and the catalogue they are kept in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property

from attrs import field, frozen

from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import NotFoundError
from almenstyring.domain.expressions import (
    KRONER,
    Expression,
    ExpressionError,
    Kind,
    Measure,
    NumberKind,
    Operation,
    Reference,
    in_order,
)
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.facts import MASTER_FACTS
from almenstyring.domain.text import Text
from almenstyring.domain.values import LegalReference

NO_TEXT = Text("", "")


class Direction(StrEnum):
    """Which way is the better one (da: retning); NEUTRAL where neither is."""

    HIGHER = "higher_is_better"
    LOWER = "lower_is_better"
    NEUTRAL = "neutral"


class Weighting(StrEnum):
    """How a mean over several units is made (da: vægtning).

    RATIO_OF_SUMS weighs each unit by the denominator of its formula, so that the mean is all numerators over all
    denominators: what Landsbyggefonden's means per m² are. EQUAL counts every unit once.
    """

    RATIO_OF_SUMS = "ratio_of_sums"
    EQUAL = "equal"


class MissingRule(StrEnum):
    """When a figure is missing because accounts are (da: regel for manglende konti).

    ANY: as soon as one account of the formula was not posted. ALL: only if none was; the others count as zero.
    NEVER: an account that was not posted is zero, as long as there are accounts at all.
    """

    ANY = "any"
    ALL = "all"
    NEVER = "never"


@frozen(kw_only=True)
class ReportedFact:
    """A plain figure that sources deliver by name, and formulas refer to (da: indberettet oplysning)."""

    name: str
    text: Text
    unit: str

    @cached_property
    def measure(self) -> Measure:
        """The unit of measure."""
        return Measure.parse(self.unit)


@frozen(kw_only=True)
class KeyFigure:
    """One definition of one key figure (da: nøgletal) for estates or for organisations.

    A changed method gets a new ``definition`` of the same id, valid in other accounting years (``since`` and
    ``until``, both included; 0 is open), and ``change`` says what is new: a break in every series.
    ``minimum_peers`` is the smallest group whose distribution is shown.
    """

    id: str
    definition: int = 1
    name: Text
    of: Ledger
    group: str
    unit: str
    decimals: int
    formula: str
    weighting: Weighting = Weighting.RATIO_OF_SUMS
    direction: Direction = Direction.NEUTRAL
    missing: MissingRule = MissingRule.ANY
    since: int = 0
    until: int = 0
    minimum_peers: int = 5
    change: Text = NO_TEXT
    note: Text = NO_TEXT
    law: LegalReference | None = None
    source: str
    certainty: Certainty

    @cached_property
    def measure(self) -> Measure:
        """The unit of measure."""
        return Measure.parse(self.unit)

    @cached_property
    def expression(self) -> Expression:
        """The parsed formula."""
        return Expression.read(self.formula)

    @cached_property
    def denominator(self) -> Expression | None:
        """What the formula divides by, or None where it is no ratio."""
        tree = self.expression.tree
        if isinstance(tree, Operation) and tree.name == "percent":
            tree = tree.operands[0]
        return Expression(tree.operands[1]) if isinstance(tree, Operation) and tree.name == "/" else None

    @property
    def identity(self) -> str:
        """Printable and versioned: ``rent_per_m2/2``."""
        return f"{self.id}/{self.definition}"

    def is_valid_in(self, accounting_year: int) -> bool:
        """Whether this is the definition of an accounting year."""
        return self.since <= accounting_year and (not self.until or accounting_year <= self.until)


@frozen(kw_only=True)
class KeyFigures:
    """All definitions of all key figures (da: nøgletalskatalog), and what formulas may refer to."""

    groups: Mapping[str, Text] = field(hash=False)
    reported: Mapping[str, ReportedFact] = field(hash=False)
    figure: tuple[KeyFigure, ...]
    _years: dict[tuple[Ledger, int], Mapping[str, KeyFigure]] = field(factory=dict, init=False, eq=False, repr=False)

    def __iter__(self) -> Iterator[KeyFigure]:
        return iter(self.figure)

    def of(self, ledger: Ledger, accounting_year: int) -> Mapping[str, KeyFigure]:
        """The year's definitions by id, in the order of the content."""
        if (ledger, accounting_year) not in self._years:
            self._years[ledger, accounting_year] = {
                figure.id: figure
                for figure in self.figure
                if figure.of is ledger and figure.is_valid_in(accounting_year)
            }
        return self._years[ledger, accounting_year]

    def get(self, figure_id: str, accounting_year: int) -> KeyFigure:
        """The year's definition of a figure; NotFoundError lists those there are."""
        found = next((f for f in self.figure if f.id == figure_id and f.is_valid_in(accounting_year)), None)
        if found is None:
            known = ", ".join(sorted({f.id for f in self.figure if f.is_valid_in(accounting_year)}))
            raise NotFoundError(
                Text(
                    f"Nøgletallet {figure_id} findes ikke for regnskabsår {accounting_year}.",
                    f"There is no key figure {figure_id} for accounting year {accounting_year}.",
                ),
                Text(f"Kendte nøgletal: {known}.", f"Known key figures: {known}."),
                figure=figure_id,
            )
        return found

    def find(self, figure_id: str, definition: int) -> KeyFigure | None:
        """One definition of a figure, or None."""
        return next((f for f in self.figure if f.id == figure_id and f.definition == definition), None)


KnownAccount = Callable[[Ledger, str], bool]


def scope_of(
    catalogue: KeyFigures, of: Ledger, rates: frozenset[str], knows: KnownAccount
) -> Callable[[Reference], Kind | None]:
    """What a formula for this kind of unit may refer to: accounts of the chart, facts, rates, other figures."""
    figures = {figure.id: figure.measure for figure in catalogue if figure.of is of}
    facts = {name: fact.measure for name, fact in MASTER_FACTS.items()}
    reported = {name: fact.measure for name, fact in catalogue.reported.items()}
    rate = dict.fromkeys(rates, Measure.parse("kr/unit"))
    named: Mapping[str, Mapping[str, Measure]] = {
        "figure": figures,
        "master": facts,
        "reported": reported,
        "rate": rate,
    }

    def kind(reference: Reference) -> Kind | None:
        if reference.space in named:
            measure = named[reference.space].get(reference.key)
            return None if measure is None else NumberKind(measure=measure)
        ends = filter(None, (reference.key, reference.until))
        is_account = reference.space != "answer" and (reference.until or all(knows(of, end) for end in ends))
        return NumberKind(measure=KRONER) if is_account else None

    return kind


def complaints_of(figure: KeyFigure, scope: Callable[[Reference], Kind | None]) -> Iterator[tuple[str, Text]]:
    """What is wrong with one definition: the key of the content to blame, and why."""
    try:
        kind = figure.expression.check(scope)
    except ExpressionError as error:
        yield "formula", error.message
        return
    if not isinstance(kind, NumberKind) or kind.measure not in (None, figure.measure):
        yield (
            "unit",
            Text(
                f"formlen giver {kind.name.da}, ikke {figure.measure.name.da or 'et rent tal'}",
                f"the formula gives {kind.name.en}, not {figure.measure.name.en or 'a bare number'}",
            ),
        )
    if figure.weighting is Weighting.RATIO_OF_SUMS and figure.denominator is None:
        yield "weighting", Text("formlen er intet forhold; skriv equal", "the formula is no ratio; write equal")


def check_order(catalogue: KeyFigures) -> None:
    """Refuse figures that need each other in a circle: CycleError names the way round."""
    needs: dict[str, set[str]] = {figure.id: set() for figure in catalogue}
    for figure in catalogue:
        same_year = (r.key for r in figure.expression.references if r.space == "figure" and not r.years_back)
        needs[figure.id] |= {key for key in same_year if key in needs}
    in_order(needs)
