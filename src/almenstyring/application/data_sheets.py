"""Making public data sheets: what a policy shows of a sent package's master data, accounts and key figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import evolve, frozen

from almenstyring.application import wording
from almenstyring.application.entries import account_name, by_account
from almenstyring.application.picturing import ledger_of, official_score
from almenstyring.content import label
from almenstyring.content.key_figures import load_key_figures
from almenstyring.content.publication import load_publication
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.figures.chart import Charts
from almenstyring.domain.figures.efficiency_method import COMPUTED_LABEL
from almenstyring.domain.figures.key_figures import KeyFigure
from almenstyring.domain.figures.provenance import FigureStatus, Provenance, Sourced, Typed
from almenstyring.domain.organisations import MasterData, Unit
from almenstyring.domain.publication import (
    Audience,
    ContentKind,
    DataSheet,
    FigureState,
    PolicyPeriod,
    PublicationFacts,
    PublicationPolicy,
    SheetAccount,
    SheetFact,
    SheetFigure,
    ShownWhen,
    Visibility,
    visible_by,
)
from almenstyring.domain.publication.policy import NO_TEXT
from almenstyring.domain.reporting import NOT_THE_FILING, DocumentationPackage, UnitFigures
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, Number

OFFICIAL_SCORE, COMPUTED_SCORE = "efficiency_score", "computed_efficiency_score"

NOT_THE_PORTAL = Text(
    "Dette er ikke den officielle portal (almenstyringsdialog.dk), men et dataark dannet af almenstyring.",
    "This is not the official portal (almenstyringsdialog.dk) but a data sheet made by almenstyring.",
)
NO_SECRECY = Text(
    "Det, der ikke vises, er blot ikke offentliggjort af sig selv; der kan søges aktindsigt efter offentlighedsloven.",
    "What is not shown is merely not published by itself; access can be asked for under the law on public access.",
)
_ON_THE_SHEET = (
    ContentKind.MASTER_DATA,
    ContentKind.KEY_FIGURES,
    ContentKind.ACCOUNTS,
    ContentKind.STATEMENT,
    ContentKind.LETTING_CRITERIA,
    ContentKind.ADVERTISED_LETTING_CRITERIA,
)
NOT_KEPT_HERE = Text(
    "Aftaler om forretningsførelse, vedtægter og kriterier, som kommunen alene har fastsat (almenboligloven § 60, "
    "stk. 4), er også offentlige, men føres ikke her.",
    "Agreements on administration, articles and criteria that the council alone has set (ABL § 60, stk. 4) are public "
    "too, and are not kept here.",
)


def units_of(package: DocumentationPackage | None, master: MasterData, on: date) -> tuple[Unit, ...]:
    """The organisation and every estate that it owns on the day, or that its package speaks of."""
    known = (package.master_data if package else None) or master
    found: list[Unit] = [known.number, *(estate.id for estate in known.estates_on(on))]
    if package:
        found += [sheet.unit for sheet in package.sheets()]
        found += [accounts.unit for accounts in package.accounts]
        found += [figures.unit for figures in package.figures]
    return tuple(dict.fromkeys(found))


@frozen(kw_only=True)
class SheetMaker:
    """Makes data sheets on one day by the policies there have been; ``facts`` tell what has happened by then."""

    periods: tuple[PolicyPeriod, ...]
    facts: PublicationFacts
    on: date
    charts: Charts

    def visibility(self, content: ContentKind) -> Visibility:
        """Whether the public is shown a kind of content, and why or why not."""
        return visible_by(self.periods, content, Audience.PUBLIC, self.facts, self.on)

    def shows(self, content: ContentKind) -> bool:
        """Whether the public is shown a kind of content."""
        return self.visibility(content).shown

    @property
    def policy(self) -> PublicationPolicy:
        """The policy that is in force on the day."""
        return [each for each in self.periods if each.since is None or each.since <= self.on][-1].policy

    @property
    def _keeps_sending(self) -> bool:
        """Whether that a package was sent is told no earlier than something else that has to happen too."""
        rule = self.visibility(ContentKind.ACCOUNTS).rule
        return rule is not None and rule.when not in (ShownWhen.ALWAYS, ShownWhen.SENT)

    def sheet(
        self, package: DocumentationPackage | None, master: MasterData, year: ReportYear, unit: Unit
    ) -> DataSheet:
        """The sheet of one unit, without statements and corrections; ``package`` is what was sent last, if anything.

        Where the accounts are not shown by a policy that waits for more than the sending, nothing tells of one.
        """
        if self._keeps_sending and not self.shows(ContentKind.ACCOUNTS):
            return evolve(self._sheet(None, master, year, unit), figures=tuple(self._figures(None, year, unit)))
        return self._sheet(package, master, year, unit)

    def _sheet(
        self, package: DocumentationPackage | None, master: MasterData, year: ReportYear, unit: Unit
    ) -> DataSheet:
        known = (package.master_data if package else None) or master
        return DataSheet(
            organisation=master.number,
            report_year=year,
            unit=unit,
            name=_name(known, unit),
            made_on=self.on,
            policy=self.policy.id,
            period=package.period if package else None,
            sending=len(package.sendings) if package else None,
            sent_on=package.sendings[-1].on if package else None,
            master_data=tuple(_facts(known, unit, package, self.on)) if self.shows(ContentKind.MASTER_DATA) else (),
            figures=tuple(self._figures(package, year, unit)) if package else (),
            accounts=tuple(self._accounts(package, unit)) if package and self.shows(ContentKind.ACCOUNTS) else (),
            visibility={kind: self.visibility(kind) for kind in _ON_THE_SHEET},
            notices=tuple(_notices(unit)),
        )

    def _figures(self, package: DocumentationPackage | None, year: ReportYear, unit: Unit) -> Iterator[SheetFigure]:
        """The selected key figures in order, then the computed efficiency score of an estate."""
        ledger, of_unit = ledger_of(unit), package.figures_of(unit) if package else None
        accounting_year = package.period.accounting_year if package else year.accounting_year
        definitions = load_key_figures().of(ledger, accounting_year)
        is_shown = package is not None and self.shows(ContentKind.KEY_FIGURES)
        for figure_id in load_publication().selected.of(ledger):
            if figure_id in definitions:
                figure = _figure(definitions[figure_id], of_unit)
                yield figure if is_shown else _withheld(figure)
        if isinstance(unit, EstateId):
            figure = _computed_score(of_unit)
            yield figure if is_shown else _withheld(figure)

    def _accounts(self, package: DocumentationPackage, unit: Unit) -> Iterator[SheetAccount]:
        accounts = package.accounts_of(unit)
        if accounts is None:
            return
        chart, source = self.charts.find(accounts.period.accounting_year), _told(accounts.provenance)
        for number, amount in by_account(accounts):
            name = account_name(chart, unit, number)
            yield SheetAccount(number=number, name=name, amount=amount, status=accounts.status, source=source)


def _notices(unit: Unit) -> Iterator[Text]:
    if unit.is_test:
        yield wording.SYNTHETIC_NOTICE
    yield NOT_THE_PORTAL
    yield NOT_THE_FILING
    yield load_publication().selected.note
    yield NOT_KEPT_HERE
    yield NO_SECRECY


def _name(master: MasterData, unit: Unit) -> str:
    if not isinstance(unit, EstateId):
        return master.organisation.name
    estate = master.estate(unit)
    return estate.name if estate else ""


def _facts(master: MasterData, unit: Unit, package: DocumentationPackage | None, on: date) -> Iterator[SheetFact]:
    """The master data as they were at the end of the accounting period, or are on the day where nothing was sent."""
    day = package.period.end if package else on
    rows = _estate_facts(master, unit, day) if isinstance(unit, EstateId) else _own_facts(master, day)
    for fact_id, da, en, value in rows:
        if value not in (None, ""):
            yield SheetFact(id=fact_id, name=Text(da, en), value=value)


_Rows = Iterator[tuple[str, str, str, Any]]


def _own_facts(master: MasterData, day: date) -> _Rows:
    own, estates = master.organisation, master.estates_on(day)
    homes = sum(estate.homes.total for estate in estates)
    yield "number", "Nummer", "Number", str(own.number)
    yield "name", "Navn", "Name", own.name
    yield "kind", "Art", "Kind", label(own.kind)
    yield "legal_form", "Organisationsform", "Legal form", label(own.legal_form)
    yield "cvr", "CVR-nummer", "CVR number", str(own.cvr) if own.cvr else None
    yield "home_municipality", "Hjemstedskommune", "Home municipality", str(master.home_municipality_on(day) or "")
    yield "administrators", "Administrator", "Administrator", ", ".join(map(str, master.administrators_on(day)))
    yield "estates", "Afdelinger", "Estates", len(estates)
    yield "homes", "Boliger", "Homes", homes


def _estate_facts(master: MasterData, unit: EstateId, day: date) -> _Rows:
    yield "number", "Nummer", "Number", str(unit)
    estate = master.estate(unit)
    if estate is None:
        return
    lies_in = ", ".join(map(str, master.municipalities_of(unit, day)))
    yield "name", "Navn", "Name", estate.name
    yield "kind", "Art", "Kind", label(estate.kind)
    yield "municipality", "Beliggenhedskommune", "Municipality of location", lies_in
    yield "building_type", "Byggeart", "Building type", label(estate.building_type) if estate.building_type else None
    yield "in_operation_from", "I drift fra", "In operation from", estate.in_operation_from
    yield "homes_family", "Familieboliger", "Family homes", estate.homes.family
    yield "homes_youth", "Ungdomsboliger", "Youth homes", estate.homes.youth
    yield "homes_elderly", "Ældreboliger", "Homes for the elderly", estate.homes.elderly
    if estate.homes.care is not None:
        yield "homes_care", "Heraf plejeboliger", "Of these care homes", estate.homes.care
    if estate.homes.accessible is not None:
        yield "homes_accessible", "Handicapvenlige boliger", "Accessible homes", estate.homes.accessible
    yield "homes_area", "Boligareal i m²", "Floor area of homes in m²", Number.of(str(estate.homes_area))
    yield "tenancy_units", "Lejemålsenheder", "Tenancy units", Number.of(str(estate.tenancy_units))


def _figure(definition: KeyFigure, of_unit: UnitFigures | None) -> SheetFigure:
    kept = of_unit.get(definition.id) if of_unit else None
    value = kept.value if kept else None
    if definition.id == OFFICIAL_SCORE:  # one that a person typed in its place is not official
        value = official_score(of_unit) if of_unit else None
    figure = SheetFigure(
        id=definition.id,
        name=definition.name,
        unit=definition.measure.name,
        state=FigureState.MISSING if value is None else FigureState.SHOWN,
        value=value,
        source=definition.source,
        certainty=definition.certainty,
    )
    return evolve(figure, status=kept.status) if kept else figure


def _computed_score(of_unit: UnitFigures | None) -> SheetFigure:
    computed = of_unit.efficiency if of_unit else None
    score = computed.score if computed else None
    return SheetFigure(
        id=COMPUTED_SCORE,
        name=Text("Beregnet effektivitetstal", "Computed efficiency score"),
        unit=NO_TEXT,
        state=FigureState.MISSING if score is None else FigureState.SHOWN,
        value=None if score is None else Number.of(str(score)),
        note=COMPUTED_LABEL,
        source="almenstyring",
        certainty=Certainty.PROJECT_AUTHORED,
    )


def _withheld(figure: SheetFigure) -> SheetFigure:
    """The figure before it may be shown: neither its value, nor how firm it is, nor whether there is one."""
    return evolve(figure, state=FigureState.NOT_AVAILABLE, value=None, status=FigureStatus.FINAL)


def _told(provenance: Provenance | None) -> Text:
    """Where accounts came from; who typed them is not for the public."""
    if isinstance(provenance, Sourced):
        return Text(f"kilde {provenance.source} {provenance.key}", f"source {provenance.source} {provenance.key}")
    return Text("indtastet", "typed") if isinstance(provenance, Typed) else NO_TEXT
