"""What twins are alike in: declared variables, and what is known of each unit to compute them from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from attrs import field, frozen

from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import InvalidValueError, NotFoundError
from almenstyring.domain.expressions import Expression, ExpressionError, Kind, Measure, NumberKind, Reference
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.exact import Exact, check_exact
from almenstyring.domain.figures.facts import MASTER_FACTS, estate_facts, organisation_facts
from almenstyring.domain.figures.key_figures import ReportedFact
from almenstyring.domain.organisations import Estate, MasterData, Unit
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, Number

_YEAR_FACT = "taken_into_use"
_MASTER_MEASURES: Mapping[str, Measure] = {
    **{name: fact.measure for name, fact in MASTER_FACTS.items()},
    _YEAR_FACT: Measure.parse("year"),
}


class TwinBasis(StrEnum):
    """What a variable tells of a unit (da: grundlag): its master data, or the conditions of its residents."""

    MASTER_DATA = "master_data"
    SOCIO_ECONOMIC = "socio_economic"


@frozen(kw_only=True)
class TwinVariable:
    """One thing in which twins are alike (da: tvillingevariabel).

    ``formula`` computes it from the master data and from reported facts; limits on its values are part of the formula.
    ``decimals`` are those it is shown with. No direction is better than the other.
    """

    id: str
    name: Text
    basis: TwinBasis
    unit: str
    decimals: int
    formula: str
    source: str
    certainty: Certainty

    @cached_property
    def expression(self) -> Expression:
        """The parsed formula."""
        return Expression.read(self.formula)

    def shown(self, value: Number) -> Text:
        """A value as people write it; a year is written without a mark between its digits."""
        if self.unit == "year":
            return Text(str(value), str(value))
        return Text(value.display("da"), value.display("en"))


@frozen(kw_only=True)
class TwinVariables:
    """The variables for estates and for organisations, and the reported facts they rest on (da: tvillingevariable)."""

    reported: Mapping[str, ReportedFact] = field(hash=False)
    estate: Mapping[str, TwinVariable] = field(hash=False)
    organisation: Mapping[str, TwinVariable] = field(hash=False)

    def of(self, ledger: Ledger, basis: TwinBasis | None = None) -> tuple[TwinVariable, ...]:
        """The variables of estates or of organisations: all, or those on one basis."""
        declared = self.estate if ledger is Ledger.ESTATE else self.organisation
        return tuple(variable for variable in declared.values() if basis in (None, variable.basis))


@frozen(kw_only=True)
class Profile:
    """What is known of a unit (da: profil): facts of the master data on a day, and reported facts by name."""

    unit: Unit
    facts: Mapping[str, Fraction] = field(hash=False)
    reported: Mapping[str, Fraction] = field(factory=dict, hash=False)

    def value(self, variable: TwinVariable) -> Fraction | None:
        """The exact value of a variable; None where something it rests on is not known."""
        found = variable.expression.value(self._look_up)
        return found if isinstance(found, Fraction) else None

    def _look_up(self, reference: Reference) -> Fraction | None:
        if reference.years_back:
            return None
        return (self.facts if reference.space == "master" else self.reported).get(reference.key)


def profile_of(
    unit: Unit, master: MasterData, day: date, reported: Mapping[str, Exact | None] | None = None
) -> Profile:
    """What is known of an estate, or of the organisation itself, on a day; a reported None is not known.

    ``NotFoundError`` for another organisation or an estate of one, ``InvalidValueError`` for a reported float.
    """
    known = {name: Fraction(check_exact(value)) for name, value in (reported or {}).items() if value is not None}
    if unit == master.number:
        return Profile(unit=unit, facts=_known(organisation_facts(master, day)), reported=known)
    estate = master.estate(unit) if isinstance(unit, EstateId) else None
    if estate is None:
        raise NotFoundError(
            Text(f"{unit} står ikke i stamdata for {master.number}.", f"{unit} is not in the data of {master.number}."),
            Text("Giv stamdata for enhedens egen organisation.", "Give the master data of its own organisation."),
            unit=str(unit),
        )
    return Profile(unit=unit, facts=_known({**estate_facts(estate), **_year(estate)}), reported=known)


def _year(estate: Estate) -> Mapping[str, Fraction]:
    return {_YEAR_FACT: Fraction(estate.in_operation_from.year)} if estate.in_operation_from else {}


def _known(facts: Mapping[str, Fraction]) -> Mapping[str, Fraction]:
    """The facts without an area of zero, which stands for one that was not registered."""
    return {name: value for name, value in facts.items() if value or name != "homes_area"}


def complaints_of_variables(variables: TwinVariables) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    """What is wrong in the declared variables: where, and why."""
    broken = False
    for name, fact in variables.reported.items():
        if why := _why_no_measure(fact.unit):
            broken = True
            yield ("reported", name, "unit"), why
    if broken:
        return
    for ledger, declared in ((Ledger.ESTATE, variables.estate), (Ledger.ORGANISATION, variables.organisation)):
        for name, variable in declared.items():
            yield from (((ledger.value, name, key), why) for key, why in _complaints(variable, variables.reported))


def _complaints(variable: TwinVariable, reported: Mapping[str, ReportedFact]) -> Iterator[tuple[str, Text]]:
    if why := _why_no_measure(variable.unit):
        yield "unit", why
        return

    def scope(reference: Reference) -> Kind | None:
        known = {"master": _MASTER_MEASURES, "reported": {name: fact.measure for name, fact in reported.items()}}
        measure = known.get(reference.space, {}).get(reference.key)
        return None if measure is None or reference.years_back else NumberKind(measure=measure)

    try:
        kind = variable.expression.check(scope)
    except ExpressionError as error:
        yield "formula", error.message
        return
    if not isinstance(kind, NumberKind) or kind.measure not in (None, Measure.parse(variable.unit)):
        yield "unit", Text("formlen giver en anden enhed", "the formula gives another unit")


def _why_no_measure(unit: str) -> Text | None:
    try:
        Measure.parse(unit)
    except InvalidValueError as error:
        return error.message
    return None
