"""Key figures in a package: reckoned from its own accounts, beside the years before and beside its peers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from attrs import evolve, frozen

from almenstyring.content import load_references
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.figures.accounts import Accounts
from almenstyring.domain.figures.critical import critical_by
from almenstyring.domain.figures.distribution import Place
from almenstyring.domain.figures.explaining import Explanation, explain
from almenstyring.domain.figures.reckoning import KeyFigureValue, Reckoning
from almenstyring.domain.figures.references import References
from almenstyring.domain.figures.series import YEARS
from almenstyring.domain.organisations import MasterData, Unit
from almenstyring.domain.reporting import (
    Answer,
    Computed,
    DocumentationPackage,
    EarlierFigures,
    KeptFigure,
    LastYear,
    PackageFigures,
    Question,
    QuestionType,
    Sheet,
    Sourced,
    Standard,
    UnitFigures,
    UnitMeasures,
    YearFigures,
)
from almenstyring.domain.values import Dkk, EstateId, Number
from almenstyring.domain.values.counts import round_half_away
from almenstyring.ports import Source, SourceAnswer, SourceRequest

NO_ANSWERS: Mapping[str, Answer] = {}
ComparedYears = Mapping[ReportYear, YearFigures]


@frozen(kw_only=True)
class Books:
    """What a source told of one accounting period: accounts, and reported facts by name, for each unit."""

    period: AccountingPeriod
    accounts: Mapping[Unit, Accounts]
    reported: Mapping[Unit, Mapping[str, Answer]]

    def last_year_of(self, unit: Unit) -> LastYear:
        """The books of one unit as the year before another one."""
        return LastYear(
            period=self.period, accounts=self.accounts.get(unit), reported=self.reported.get(unit, NO_ANSWERS)
        )


def ask(source: Source, package: DocumentationPackage) -> SourceAnswer:
    """What a source knows of a package's own period, and of the estates there were then."""
    master, period = package.master_data, package.period
    estates = tuple(estate.id for estate in master.estates_on(period.end)) if master else ()
    owner, year = package.organisation, package.report_year
    return source.figures(SourceRequest(organisation=owner, report_year=year, period=period, estates=estates))


def ask_of(source: Source, master: MasterData, period: AccountingPeriod) -> SourceAnswer:
    """The same of any of the organisation's periods."""
    assert period.report_year is not None, "packages and periods_before know no older ones"
    estates = tuple(estate.id for estate in master.estates_on(period.end))
    return source.figures(
        SourceRequest(organisation=master.number, report_year=period.report_year, period=period, estates=estates)
    )


def books_of(answer: SourceAnswer, period: AccountingPeriod, source_name: str, at: datetime) -> Books:
    """The answer of a source as books: its accounts with their origin, and the facts that formulas may refer to."""
    known = load_key_figures().reported
    reported: dict[Unit, dict[str, Answer]] = {}
    for figure in answer.figures:
        if figure.name in known:
            origin = Sourced(source=source_name, key=figure.key, retrieved_at=at, status=figure.status)
            reported.setdefault(figure.unit, {})[figure.name] = Answer(value=figure.value, provenance=origin)
    accounts = {accounts.unit: marked(accounts, source_name, at) for accounts in answer.accounts}
    return Books(period=period, accounts=accounts, reported=reported)


def marked(accounts: Accounts, source_name: str, at: datetime) -> Accounts:
    """The accounts with the source they came from."""
    came_from = Sourced(source=source_name, key=str(accounts.unit), retrieved_at=at, status=accounts.status)
    return evolve(accounts, provenance=came_from)


def periods_before(master: MasterData, period: AccountingPeriod, years: int = YEARS) -> tuple[AccountingPeriod, ...]:
    """The organisation's accounting periods before one, the latest first; none before there were report years."""
    earlier = (each for each in master.periods if each.end < period.start and each.report_year is not None)
    return tuple(sorted(earlier, reverse=True)[:years])


def with_books(package: DocumentationPackage, books: Books, before: Sequence[Books]) -> DocumentationPackage:
    """The package with what its key figures rest on beside its accounts; ``before`` is the latest year first."""
    units = [sheet.unit for sheet in package.sheets()]
    earlier = {unit: tuple(_earlier_years(package, unit, before)) for unit in units}
    return evolve(
        package,
        figures=tuple(
            UnitFigures(
                unit=unit,
                period=package.period,
                reported=books.reported.get(unit, NO_ANSWERS),
                before=before[0].last_year_of(unit) if before else None,
                earlier=earlier[unit],
            )
            for unit in units
        ),
    )


def _earlier_years(package: DocumentationPackage, unit: Unit, before: Sequence[Books]) -> Iterator[EarlierFigures]:
    """The figures of the years before, the oldest first; the oldest of all only tells the development of the next."""
    for books, following in reversed(list(pairwise(before))):
        stand_in = evolve(
            package,
            period=books.period,
            accounts=tuple(filter(None, (books.accounts.get(unit),))),
            report=Sheet(unit=package.organisation),
            estate_reports=(),
            figures=(
                UnitFigures(
                    unit=unit,
                    period=books.period,
                    reported=books.reported.get(unit, NO_ANSWERS),
                    before=following.last_year_of(unit),
                ),
            ),
        )
        reckoned = PackageFigures(stand_in, load_key_figures(), load_references()).of(unit).all()
        values = {value.figure.identity: value.value for value in reckoned if value.value is not None}
        yield EarlierFigures(period=books.period, values=values)


def with_key_figures(
    package: DocumentationPackage, standard: Standard | None, compared: ComparedYears | None = None
) -> DocumentationPackage:
    """The package with every key figure reckoned anew from what it holds, each where it lies among its peers.

    ``compared`` are the comparisons that were computed for the organisation, by report year; without them those that
    the package has stay.
    """
    figures = PackageFigures(package, load_key_figures(), load_references(), standard)
    kept = {each.unit: each for each in package.figures}
    beside = (compared or {}).get(package.report_year)
    changed = []
    for unit in figures.units:
        before = kept.get(unit, UnitFigures(unit=unit, period=package.period))
        measures = beside.of(unit) if beside else None
        now = evolve(
            before,
            figures=tuple(_kept(figures.of(unit), before, measures)),
            efficiency=measures.efficiency if measures else before.efficiency,
        )
        changed.append(_with_medians(now, compared) if compared else now)
    return evolve(package, figures=tuple(changed), benchmarks=beside.benchmarks if beside else package.benchmarks)


def _with_medians(figures: UnitFigures, compared: ComparedYears) -> UnitFigures:
    """The years before with the medians of the very groups that the figures are shown beside this year."""
    groups = {kept.figure: group for kept in figures.figures for group in kept.places}
    earlier = []
    for year in figures.earlier:
        beside = compared.get(year.period.report_year) if year.period.report_year else None
        spread = (
            {(b.distribution.subject.figure, b.distribution.subject.group): b for b in beside.benchmarks}
            if beside
            else {}
        )
        found = ((figure, spread.get((figure, group))) for figure, group in groups.items())
        medians = {name: b.distribution.quantiles.median for name, b in found if b and b.distribution.quantiles}
        earlier.append(evolve(year, medians=medians))
    return evolve(figures, earlier=tuple(earlier))


def _kept(reckoning: Reckoning, before: UnitFigures, measures: UnitMeasures | None) -> Iterator[KeptFigure]:
    for value in reckoning.all():
        places = _places(value, before, measures)
        band = next((place.band for place in places.values()), None)
        yield KeptFigure(
            figure=value.figure.id,
            definition=value.figure.definition,
            value=value.value,
            status=value.status,
            places=places,
            critical=critical_by(reckoning, value.figure.id, band),
        )


def _places(value: KeyFigureValue, before: UnitFigures, measures: UnitMeasures | None) -> Mapping[str, Place]:
    """Where the figure lies, as long as it is the very figure that was compared."""
    measured = measures.get(value.figure.id) if measures else None
    if measured:
        return measured.places if measured.exact == value.exact else {}
    old = before.get(value.figure.id)
    return old.places if old and measures is None and old.value == value.value else {}


def prefilled_by_figures(sheet: Sheet, asked: Iterable[Question], figures: UnitFigures | None) -> Sheet:
    """The sheet with computed key figures where a question asks for one and no source or person has answered.

    An answer that was computed from what is no longer there is taken away; its comment stays.
    """
    for question in asked:
        kept, before = figures.get(question.prefill) if figures else None, sheet[question.id]
        was_computed = isinstance(before.provenance, Computed)
        if kept is None or not (before.is_missing or was_computed):
            continue
        if kept.value is not None:
            given = Answer(
                value=_as_asked(kept.value, question),
                comment=before.comment,
                provenance=Computed(definition=kept.identity, status=kept.status),
            )
            sheet = sheet.with_answer(question.id, given)
        elif was_computed:
            sheet = sheet.with_answer(question.id, Answer(comment=before.comment))
    return sheet


def _as_asked(value: Number, question: Question) -> Number | Dkk:
    """A key figure in the form of the answer, rounded as the question asks."""
    exact = value.as_fraction()
    if question.type is QuestionType.MONEY:
        return Dkk.rounded(exact)
    decimals = min(value.decimals, question.decimals)
    return Number(round_half_away(exact * 10**decimals), decimals)


def figures_of(
    package: DocumentationPackage, standard: Standard | None = None, references: References | None = None
) -> PackageFigures:
    """The key figures of a package, to be reckoned and explained from what it holds."""
    return PackageFigures(package, load_key_figures(), references or load_references(), standard)


def explain_figure(
    package: DocumentationPackage,
    figure: str,
    unit: Unit | str | None = None,
    *,
    standard: Standard | None = None,
    references: References | None = None,
) -> Explanation:
    """How a key figure of the organisation or of one of its estates came about, down to accounts, facts and rates.

    ``unit`` is an estate's number or id; without it the organisation itself. A package can be explained wherever it is
    read: it holds all that its figures rest on. A definition that is not the one the package was filled by is said.
    NotFoundError for a unit or a figure that the package does not have; the figures there are, are listed.
    """
    found = figures_of(package, standard, references)
    wanted = unit_in(package, unit)
    kept = package.figures_of(wanted)
    was = kept.get(figure) if kept else None
    reckoning = found.of(wanted)
    return explain(reckoning, figure, found.references.chart, kept_definition=was.definition if was else None)


def unit_in(package: DocumentationPackage, unit: Unit | str | None) -> Unit:
    """The unit of a package that a number names: "T0101", "T001-T0101", or the organisation's own."""
    if unit is None or str(unit) == str(package.organisation):
        return package.organisation
    given = str(unit)
    wanted = given if "-" in given else f"{package.organisation}-{given}"
    sheet = package.sheet(EstateId.parse(wanted))
    return sheet.unit
