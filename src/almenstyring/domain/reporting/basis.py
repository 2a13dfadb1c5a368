"""What the key figures of a package rest on, and reckoning them: from the package alone, with nothing else at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property

from attrs import define, field

from almenstyring.domain.calendar import AccountingPeriod
from almenstyring.domain.figures.facts import Facts, estate_facts, organisation_facts
from almenstyring.domain.figures.key_figures import KeyFigures
from almenstyring.domain.figures.provenance import Computed
from almenstyring.domain.figures.reckoning import Basis, Reckoning, Reported
from almenstyring.domain.figures.references import RateFound, References
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting.answers import Answer, Sheet
from almenstyring.domain.reporting.figures import LastYear
from almenstyring.domain.reporting.logic import Activity, activity
from almenstyring.domain.reporting.package import DocumentationPackage
from almenstyring.domain.reporting.standard import Standard
from almenstyring.domain.values import Dkk, EstateId, Number


def figure_in(answer: Answer) -> Fraction | None:
    """The figure an answer holds; None where it holds none."""
    return answer.value.as_fraction() if isinstance(answer.value, Number | Dkk) else None


@define(slots=False)
class PackageFigures:
    """The key figures of the units of one package, each reckoned when first asked for (da: pakkens nøgletal).

    They rest on the package's accounts, its master data, the reported facts it was prefilled with, and the answers to
    the questions of ``standard`` that hold reported facts: what a person wrote counts before what was prefilled.
    """

    package: DocumentationPackage
    catalogue: KeyFigures
    references: References
    standard: Standard | None = None
    _reckonings: dict[Unit, Reckoning] = field(factory=dict, init=False)
    _rates: dict[AccountingPeriod, Mapping[str, RateFound]] = field(factory=dict, init=False)

    @property
    def units(self) -> tuple[Unit, ...]:
        """The organisation, and every estate with a report in the package."""
        return tuple(sheet.unit for sheet in self.package.sheets())

    def of(self, unit: Unit) -> Reckoning:
        """The reckoning of one unit."""
        if unit not in self._reckonings:
            self._reckonings[unit] = Reckoning(self.catalogue, self._basis(unit))
        return self._reckonings[unit]

    def _basis(self, unit: Unit) -> Basis:
        period, kept = self.package.period, self.package.figures_of(unit)
        reported = {**(kept.reported if kept else {}), **dict(self._answered(unit))}
        return Basis(
            unit=unit,
            period=period,
            accounts=self.package.accounts_of(unit),
            facts=self._facts(unit, period),
            reported=_as_reported(reported),
            rates=self._rates_of(period),
            before=self._basis_before(unit, kept.before) if kept and kept.before else None,
        )

    def _basis_before(self, unit: Unit, before: LastYear) -> Basis:
        return Basis(
            unit=unit,
            period=before.period,
            accounts=before.accounts,
            facts=self._facts(unit, before.period),
            reported=_as_reported(before.reported),
            rates=self._rates_of(before.period),
        )

    @cached_property
    def _asked(self) -> Activity | None:
        return activity(self.standard, self.package) if self.standard else None

    def _answered(self, unit: Unit) -> Iterator[tuple[str, Answer]]:
        """The reported facts among the answers of the unit's sheet, as far as they are asked for.

        An answer that was computed from the figures is no fact for them to rest on.
        """
        sheet = next((sheet for sheet in self.package.sheets() if sheet.unit == unit), Sheet(unit=unit))
        for question in self.standard or ():
            answer = sheet[question.id]
            is_fact = question.prefill in self.catalogue.reported and not answer.is_missing
            is_fact = is_fact and not isinstance(answer.provenance, Computed)
            if is_fact and self._asked and self._asked.is_asked(sheet, question):
                yield question.prefill, answer

    def _facts(self, unit: Unit, period: AccountingPeriod) -> Facts:
        master = self.package.master_data
        if master is None:
            return {}
        if not isinstance(unit, EstateId):
            return organisation_facts(master, period.end)
        estate = master.estate(unit)
        return estate_facts(estate) if estate else {}

    def _rates_of(self, period: AccountingPeriod) -> Mapping[str, RateFound]:
        if period not in self._rates:
            found = ((name, self.references.rate(name, period)) for name in self.references.rates.names)
            self._rates[period] = {name: rate for name, rate in found if rate}
        return self._rates[period]


def _as_reported(answers: Mapping[str, Answer]) -> dict[str, Reported]:
    figures = ((name, figure_in(answer), answer.provenance) for name, answer in answers.items())
    return {name: Reported(value=figure, provenance=origin) for name, figure, origin in figures if figure is not None}
