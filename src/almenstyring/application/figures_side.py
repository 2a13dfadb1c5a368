"""Key figures of a store: computing everybody's for a year, comparing one with its peers, and finding its twins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from almenstyring.application.comparing import Comparison, Peers, compared_figure, compared_in
from almenstyring.application.comparing_a_year import Recomputed, compared, movements
from almenstyring.application.key_figures import explain_figure
from almenstyring.application.picturing import ledger_of, pictures_of
from almenstyring.application.prefilling import from_source
from almenstyring.application.reading import Reading
from almenstyring.application.records import by_year, column_key, year_key
from almenstyring.content.key_figures import load_key_figures
from almenstyring.content.twins import load_twin_variables
from almenstyring.domain.access import Permission
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import NotFoundError
from almenstyring.domain.figures.distribution import Minimum
from almenstyring.domain.figures.efficiency_method import EfficiencyMethod
from almenstyring.domain.figures.explanation import Explanation
from almenstyring.domain.figures.pictures import Picture
from almenstyring.domain.figures.twin_variables import TwinBasis, profile_of
from almenstyring.domain.figures.twins import Twins, find_twins
from almenstyring.domain.organisations import MasterData, Unit
from almenstyring.domain.reporting import DocumentationPackage, FigureColumn, Standard
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values import EstateId, LbfNumber
from almenstyring.domain.values.faults import known_language, member
from almenstyring.files import whole_file
from almenstyring.ports import DrawnPicture


class FiguresSide(Reading):
    """The use cases around key figures, benchmarks and twins."""

    def compute_figures(
        self,
        year: ReportYear,
        *,
        minimum: Minimum | None = None,
        method: EfficiencyMethod | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Recomputed:
        """Compute the year's key figures of every organisation in the register, and compare them all.

        What an organisation has sent counts; of the others, what the source knows. Packages that are opened or
        prefilled from then on show their figures beside their peers'. Only the operator can; nothing is kept unless
        all could be computed. ``minimum`` is the least group whose distribution is shown, in place of what each
        figure's definition says; ``method`` is how efficiency scores are computed. ``progress`` hears how many of how
        many organisations are read.
        """
        self._require(Permission.IMPORT_REGISTER)
        masters = [master for master in self.register() if _has_year(master, year)]
        packages = []
        for done, master in enumerate(masters, start=1):
            packages.append(self._material(master, year))
            if progress is not None:
                progress(done, len(masters))
        new = compared(packages, year, self.today, minimum=minimum, method=method)
        old = [entry.value for entry in self._records.figures.find(year=int(year))]
        with self._store.transaction():
            for each in new.organisations:
                own = each.organisation
                self._keep(self._records.figures, year_key(own, year), each, by_year(own, year))
            for column in new.columns:
                key = column_key(column.ledger, column.figure, year)
                self._keep(self._records.columns, key, column, {"year": int(year)})
        return Recomputed(
            year=year,
            organisations=len(new.organisations),
            units=sum(len(each.units) for each in new.organisations),
            distributions=len({b.distribution.subject for each in new.organisations for b in each.benchmarks}),
            movements=movements(old, new.organisations),
        )

    def _material(self, master: MasterData, year: ReportYear) -> tuple[DocumentationPackage, Standard | None]:
        """The organisation's year as it was sent last, or as the source knows it."""
        sent = self._records.last_sent(master.number, year)
        if sent is not None:
            return sent.value, self.standard_of(sent.value)
        with self._source() as found:
            name, source = found or ("", None)
            return from_source(master, year, source, name, self._now()), None

    def compare(  # noqa: PLR0913 - what a comparison asks
        self,
        unit: Unit | str,
        figure: str,
        year: ReportYear,
        *,
        group: str = "country",
        listed: Iterable[Unit | str] | None = None,
        minimum: Minimum | None = None,
    ) -> Comparison:
        """One figure of a unit beside a declared group of peers, of the year's computed figures.

        ``listed`` are the units of an own list (group "own_list"); ``minimum`` the least group that is shown, in place
        of the definition's. NotFoundError where the year was not computed, for
        a unit without figures, and for a figure or a group that is not there: those there are, are listed.
        """
        wanted = self._known_unit(unit)
        masters = self._masters(year)
        self._readable_key(_owner(wanted, masters), year)
        definition = load_key_figures().get(figure, year.accounting_year, ledger_of(wanted))
        column = self._column(definition.id, year, wanted)
        peers = Peers.of(dict(zip(column.units, column.days, strict=True)), masters)
        chosen = None if listed is None else [self._known_unit(each) for each in listed]
        return compared_in(compared_figure(column, peers, minimum), wanted, peers.query(wanted, group, chosen))

    def twins(
        self, unit: Unit | str, year: ReportYear, *, count: int = 5, basis: TwinBasis | str | None = None
    ) -> Twins:
        """The 1 to 20 units most like one: by master data, by its residents' conditions, or by both (``basis`` None).

        Estates are compared with estates, organisations with organisations, on the last day of their accounting
        periods. Errors as for ``compare``.
        """
        wanted = self._known_unit(unit)
        masters = self._masters(year)
        self._readable_key(_owner(wanted, masters), year)
        variables = load_twin_variables()
        known: dict[Unit, dict[str, Fraction | None]] = {}
        days: dict[Unit, date] = {}
        for fact in variables.reported:
            column = self._column(fact, year, wanted)
            days |= dict(zip(column.units, column.days, strict=True))
            for each, exact in zip(column.units, column.exact, strict=True):
                known.setdefault(each, {})[fact] = exact
        profiles = {each: profile_of(each, masters[each], days[each], known[each]) for each in known}
        used = variables.of(ledger_of(wanted), _basis(basis) if basis else None)
        return find_twins(profiles[wanted], profiles.values(), used, count)

    def explain(self, package: DocumentationPackage, figure: str, unit: Unit | str | None = None) -> Explanation:
        """How a key figure of one of the package's units came about; see ``almenstyring.explain_figure``.

        Accounts have the names of the chart that holds for the year, and answers count as the package's standard says.
        """
        references = self.references(package.report_year)
        return explain_figure(package, figure, unit, standard=self.standard_of(package), references=references)

    def draw(self, picture: Picture, target: str | Path, *, language: Language = "da", scale: int = 2) -> Path:
        """Write a picture to a file; its suffix (.svg, .png) chooses the renderer, which a plug-in brings."""
        path = Path(target)
        drawn = (
            self.registry.picture(path.suffix)
            .open(self._picture_folder)
            .draw(picture, path.suffix, known_language(language), scale=scale)
        )
        with whole_file(path) as draft:
            draft.write_bytes(drawn)
        return path

    def drawn(self, packages: Iterable[DocumentationPackage], language: Language = "da") -> Iterator[DrawnPicture]:
        """The pictures a readable report shows: each estate's efficiency bar, and each critical figure.

        A critical figure is shown among its peers, or through the years where there are too few of them.
        """
        renderer = self.registry.picture(".svg").open(self._picture_folder)
        for package in packages:
            for unit, picture in pictures_of(package):
                yield DrawnPicture(
                    organisation=package.organisation,
                    report_year=package.report_year,
                    unit=unit,
                    picture=picture,
                    svg=renderer.draw(picture, ".svg", language),
                )

    def _known_unit(self, unit: Unit | str) -> Unit:
        if isinstance(unit, str):
            unit = EstateId.parse(unit) if "-" in unit else LbfNumber(unit)
        self._guard_mode(unit)
        return unit

    def _masters(self, year: ReportYear) -> Mapping[Unit, MasterData]:
        """The master data of every unit: of an estate those of its owner at the end of the owner's accounting year."""
        register = self.register()
        found: dict[Unit, MasterData] = {estate.id: master for master in register for estate in master.estates}
        for master in register:
            found[master.number] = master
            for period in master.periods_of(year)[-1:]:
                found |= {estate.id: master for estate in master.estates_on(period.end)}
        return found

    def _column(self, figure: str, year: ReportYear, wanted: Unit) -> FigureColumn:
        """One key figure of everybody; NotFoundError where the year was not computed, or the unit is not in it."""
        column = self._records.column(ledger_of(wanted), figure, year)
        if column is None or wanted not in column.units:
            raise NotFoundError(
                Text(
                    f"Der er ikke beregnet nøgletal for {wanted} i styringsår {year}.",
                    f"No key figures were computed for {wanted} in report year {year}.",
                ),
                Text(
                    "Bed driften beregne årets nøgletal (almenstyring figures compute).",
                    "Ask the operator to compute the year's key figures (almenstyring figures compute).",
                ),
                unit=str(wanted),
                year=int(year),
            )
        return column


def _owner(unit: Unit, masters: Mapping[Unit, MasterData]) -> LbfNumber:
    """The organisation that answers for a unit; of an unknown estate the one in its id."""
    if unit in masters:
        return masters[unit].number
    return unit.organisation if isinstance(unit, EstateId) else unit


def _basis(given: TwinBasis | str) -> TwinBasis:
    return member(
        TwinBasis,
        given,
        Text("{value} er intet grundlag for tvillinger.", "{value} is no basis of twins."),
        Text("Grundlagene er {known}.", "The bases are {known}."),
    )


def _has_year(master: MasterData, year: ReportYear) -> bool:
    return master.organisation.kind.takes_part_in_dialogue and bool(master.periods_of(year))
