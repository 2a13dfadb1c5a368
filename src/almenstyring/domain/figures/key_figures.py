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
    Scope,
    TruthKind,
    in_order,
)
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.facts import MASTER_FACTS
from almenstyring.domain.text import Text
from almenstyring.domain.values import LegalReference

NO_TEXT = Text("", "")
RATE = Measure.parse("kr/unit")
"""What every regulated rate is measured in."""
_AROUND_A_RATIO = ("percent", "when")
"""Functions whose last operand keeps being what is divided."""


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
    ``minimum_peers`` is the smallest group whose distribution is shown. ``national`` is the published indicator that
    the figure can be shown beside. ``critical`` states when it is critical by itself, whatever its peers' are.
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
    national: str = ""
    critical: str = ""
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
    def limit(self) -> Expression | None:
        """The parsed statement of when the figure is critical, or None where there is none."""
        return Expression.read(self.critical) if self.critical else None

    @cached_property
    def denominator(self) -> Expression | None:
        """What the formula divides by, or None where it is no ratio."""
        tree = self.expression.tree
        while isinstance(tree, Operation) and tree.name in _AROUND_A_RATIO:
            tree = tree.operands[-1]
        return Expression(tree.operands[1]) if isinstance(tree, Operation) and tree.name == "/" else None

    @property
    def needs_of_the_year(self) -> frozenset[str]:
        """The other figures of the same year that the formula refers to."""
        return frozenset(r.key for r in self.expression.references if r.space == "figure" and not r.years_back)

    @property
    def identity(self) -> str:
        """Printable and versioned: ``rent_per_m2/2``."""
        return f"{self.id}/{self.definition}"

    def is_valid_in(self, accounting_year: int) -> bool:
        """Whether this is the definition of an accounting year."""
        return self.since <= accounting_year and (not self.until or accounting_year <= self.until)


@frozen(kw_only=True)
class KeyFigures:
    """All definitions of all key figures (da: nøgletalskatalog), and what formulas may refer to.

    ``rates`` are the names of the regulated rates; whoever loads the catalogue takes them from the references.
    """

    groups: Mapping[str, Text] = field(hash=False)
    reported: Mapping[str, ReportedFact] = field(hash=False)
    figure: tuple[KeyFigure, ...]
    rates: Mapping[str, Text] = field(factory=dict, hash=False)
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

    def get(self, figure_id: str, accounting_year: int, of: Ledger = Ledger.ESTATE) -> KeyFigure:
        """The year's definition of a figure; NotFoundError lists those there are."""
        found = self.of(of, accounting_year).get(figure_id)
        if found is None:
            known = ", ".join(sorted(self.of(of, accounting_year)))
            raise NotFoundError(
                Text(
                    f"Nøgletallet {figure_id} findes ikke for regnskabsår {accounting_year}.",
                    f"There is no key figure {figure_id} for accounting year {accounting_year}.",
                ),
                Text(f"Kendte nøgletal: {known}.", f"Known key figures: {known}."),
                figure=figure_id,
            )
        return found

    def find(self, figure_id: str, definition: int, of: Ledger = Ledger.ESTATE) -> KeyFigure | None:
        """One definition of a figure, or None."""
        wanted = (of, figure_id, definition)
        return next((f for f in self.figure if (f.of, f.id, f.definition) == wanted), None)

    def latest(self, figure_id: str, of: Ledger = Ledger.ESTATE) -> KeyFigure | None:
        """The newest definition of a figure whatever the year, or None: what to call it where it is not known."""
        found = (f for f in self.figure if (f.of, f.id) == (of, figure_id))
        return max(found, key=lambda figure: figure.definition, default=None)


KnownAccount = Callable[[Ledger, str], bool]


def scope_of(catalogue: KeyFigures, of: Ledger, knows: KnownAccount) -> Scope:
    """What a formula for this kind of unit may refer to: accounts of the chart, facts, rates, other figures."""
    figures = {figure.id: figure.measure for figure in catalogue if figure.of is of}
    facts = {name: fact.measure for name, fact in MASTER_FACTS.items()}
    reported = {name: fact.measure for name, fact in catalogue.reported.items()}
    rate = dict.fromkeys(catalogue.rates, RATE)
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


def complaints_of(figure: KeyFigure, scope: Scope) -> Iterator[tuple[str, Text]]:
    """What is wrong with one definition: the key of the content to blame, and why."""
    yield from _of_formula(figure, scope)
    yield from _of_limit(figure, scope)
    if figure.until and figure.until < figure.since:
        yield "until", Text("slutter, før den begynder", "ends before it begins")


def _of_formula(figure: KeyFigure, scope: Scope) -> Iterator[tuple[str, Text]]:
    try:
        kind = figure.expression.check(scope)
    except ExpressionError as error:
        yield "formula", error.message
        return
    is_number = isinstance(kind, NumberKind)
    if not isinstance(kind, NumberKind) or kind.measure not in (None, figure.measure):
        yield (
            "unit",
            Text(
                f"formlen giver {kind.name.da}, ikke {figure.measure.name.da or 'et rent tal'}",
                f"the formula gives {kind.name.en}, not {figure.measure.name.en or 'a bare number'}",
            ),
        )
    if is_number and figure.weighting is Weighting.RATIO_OF_SUMS and figure.denominator is None:
        yield "weighting", Text("formlen er intet forhold; skriv equal", "the formula is no ratio; write equal")


def _of_limit(figure: KeyFigure, scope: Scope) -> Iterator[tuple[str, Text]]:
    try:
        kind = figure.limit.check(scope) if figure.limit else TruthKind()
    except ExpressionError as error:
        yield "critical", error.message
        return
    if not isinstance(kind, TruthKind):
        yield "critical", Text(f"her er {kind.name.da}, ikke et udsagn", f"this is {kind.name.en}, not a statement")


def check_order(catalogue: KeyFigures) -> None:
    """Refuse figures that need each other in a circle: CycleError names the way round.

    Last year's value of a figure is no circle: it was computed from last year's facts.
    """
    for ledger in Ledger:
        needs: dict[str, set[str]] = {figure.id: set() for figure in catalogue if figure.of is ledger}
        for figure in catalogue:
            if figure.of is ledger:
                needs[figure.id] |= figure.needs_of_the_year
        in_order(needs)
