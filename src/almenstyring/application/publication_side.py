"""Publication: what the public sees of a report year, and what of it was corrected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TypeVar

from attrs import evolve

from almenstyring.application.data_sheets import SheetMaker, units_of
from almenstyring.application.policy_choices import chosen_policy, keep_choice, policy_choices, policy_periods
from almenstyring.application.publication_tables import data_sheet_tables
from almenstyring.application.publishing import (
    as_sheet_statement,
    letting_criteria,
    publication_facts,
    published_statements,
)
from almenstyring.application.reading import Reading
from almenstyring.content.publication import load_publication
from almenstyring.domain.access import Permission
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import NotFoundError
from almenstyring.domain.organisations import MasterData, Unit
from almenstyring.domain.publication import (
    Audience,
    ContentKind,
    CorrectedRecord,
    DataSheet,
    LoggedCorrection,
    PolicyChoice,
    PolicyPeriod,
    PublicationPolicy,
    Visibility,
    visible_by,
)
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values import EstateId, EstateNumber, LbfNumber, MunicipalityCode
from almenstyring.domain.values.faults import member, refusal
from almenstyring.ports import ExportRequest

_Listed = TypeVar("_Listed", ContentKind, Audience)


class PublicationSide(Reading):
    """The use cases around what is public."""

    def choose_publication_policy(self, policy: str, *, since: date | None = None) -> PublicationPolicy:
        """Choose by which policy the municipality's organisations are published from today on, or from a later day.

        It decides for what becomes public then: what is public already stays so. Earlier choices are kept. An earlier
        day may be given, but a choice counts no earlier than it is recorded. NotFoundError tells which there are.
        """
        self._require(Permission.RECORD_DIALOGUE)
        own, today, chosen = self._own_municipality(), self.today, load_publication()[policy]
        day = today if since is None else since
        if type(day) is not date:
            raise refusal(
                Text("{value} er ikke en dag.", "{value} is not a day."),
                Text("Angiv dagen som en dato, ikke som tekst.", "Give the day as a date, not as a text."),
                since,
            )
        choice = PolicyChoice(municipality=own, policy=chosen.id, since=day, recorded_on=today, by=self.actor.id)
        keep_choice(self._records, choice, self._now())
        return chosen

    def publication_policy(self, municipality: MunicipalityCode | str, *, on: date | None = None) -> PublicationPolicy:
        """The policy a municipality has chosen for today or another day; the portal's practice where it chose none."""
        return chosen_policy(self._records, self._municipality(municipality), on or self.today)

    def publication_choices(self, municipality: MunicipalityCode | str) -> tuple[PolicyChoice, ...]:
        """Every choice of policy that a municipality has made, in order; anybody may ask."""
        return policy_choices(self._records, self._municipality(municipality))

    def visibility(
        self, organisation: LbfNumber | str, year: ReportYear, content: ContentKind | str, audience: Audience | str
    ) -> Visibility:
        """Whether an audience is shown a kind of content of an organisation's year today, and why or why not."""
        kind, who = _member(ContentKind, content), _member(Audience, audience)
        master = self.master_data(organisation)
        facts = publication_facts(self._records, master.number, year)
        return visible_by(policy_periods(self._records, master), kind, who, facts, self.today)

    def public_data_sheet(
        self, organisation: LbfNumber | str, year: ReportYear, *, estate: EstateId | str | None = None
    ) -> DataSheet:
        """What the public is shown today of an organisation or one estate; anybody may ask.

        It is made of the package sent last, by the policy that the home municipality has chosen. NotFoundError for an
        unknown organisation or estate.
        """
        master = self.master_data(organisation)
        return self._sheet(master, year, estate, policy_periods(self._records, master))

    def data_sheet(
        self,
        organisation: LbfNumber | str,
        year: ReportYear,
        *,
        estate: EstateId | str | None = None,
        policy: str | None = None,
    ) -> DataSheet:
        """The same sheet by any of the policies, for those who may read the report; without one, the chosen one."""
        master = self.master_data(organisation)
        if not self._may_read(master.number, year):
            raise self._not_allowed(Permission.READ_PACKAGE, master.number)
        by_choice = (PolicyPeriod(policy=load_publication()[policy]),) if policy else None
        return self._sheet(master, year, estate, by_choice or policy_periods(self._records, master))

    def export_data_sheets(self, sheets: Iterable[DataSheet], target: str | Path, *, language: Language = "da") -> Path:
        """Write data sheets to a file; its suffix chooses the format, as for packages."""
        path, chosen = Path(target), tuple(sheets)
        self.registry.exporter(path.suffix).export(sheet_request(chosen, self.today, language), path)
        return path

    def corrections(
        self,
        year: ReportYear,
        *,
        organisation: LbfNumber | str | None = None,
        municipality: MunicipalityCode | str | None = None,
    ) -> tuple[LoggedCorrection, ...]:
        """What was corrected after the public could see it, in order; anybody may ask for what is public.

        The detail of a second sending, the reason of the return, is only for those who may read the report.
        """
        code = MunicipalityCode(municipality) if isinstance(municipality, str) else municipality
        where = {"year": int(year)} | ({"municipality": str(code)} if code else {})
        wanted = None if organisation is None else self._number(organisation)
        found = [entry.value for entry in self._records.corrections.find(**where)]
        seen = [shown for each in found if (shown := self._seen(each)) and wanted in (None, *each.organisations)]
        return tuple(sorted(seen, key=lambda each: (each.on, _number_in(each.id))))

    def _seen(self, correction: LoggedCorrection) -> LoggedCorrection | None:
        """The correction as the actor may see it: whole, without its detail, or not at all."""
        if all(self._may_read(number, correction.report_year) for number in correction.organisations):
            return correction
        return self._as_public(correction)

    def _as_public(self, correction: LoggedCorrection) -> LoggedCorrection | None:
        """The correction without its detail where its content is public, else None."""
        if correction.record is CorrectedRecord.STATEMENT:  # only a published one is corrected
            return correction
        year = correction.report_year
        for number in correction.organisations:
            periods = policy_periods(self._records, self.master_data(number))
            facts = publication_facts(self._records, number, year)
            if visible_by(periods, correction.content, Audience.PUBLIC, facts, self.today).shown:
                return evolve(correction, detail="")
        return None

    def _sheet(
        self, master: MasterData, year: ReportYear, estate: EstateId | str | None, periods: tuple[PolicyPeriod, ...]
    ) -> DataSheet:
        sent = self._records.last_sent(master.number, year)
        package = sent.value if sent else None
        facts = publication_facts(self._records, master.number, year)
        maker = SheetMaker(periods=periods, facts=facts, on=self.today, charts=self.registry.charts())
        unit: Unit = master.number if estate is None else _estate(master.number, estate)
        if unit not in units_of(package, master, package.period.end if package else self.today):
            raise NotFoundError(
                Text(f"{master.number} har ingen afdeling {unit}.", f"{master.number} has no estate {unit}."),
                Text("Brug nummeret, som det står i stamdata.", "Use the number as printed in the master data."),
                estate=str(unit),
            )
        sheet = maker.sheet(package, master, year, unit)
        if maker.shows(ContentKind.STATEMENT):
            published = published_statements(self._records, master.number, year)
            sheet = evolve(
                sheet, statements=tuple(as_sheet_statement(s, day) for s, day in published if day <= self.today)
            )
        criteria = letting_criteria(self._records.agreements_of(master.number), master, unit, self.today)
        sheet = evolve(sheet, agreements=tuple(each for each in criteria if maker.shows(each.content)))
        logged = (entry.value for entry in self._records.corrections.find(year=int(year)))
        own = [each for each in logged if master.number in each.organisations and _is_about(each, unit)]
        shown = (each for each in own if each.record is CorrectedRecord.STATEMENT or maker.shows(each.content))
        public = tuple(evolve(each, detail="") for each in shown)
        return evolve(sheet, corrections=tuple(sorted(public, key=lambda each: (each.on, _number_in(each.id)))))

    def _municipality(self, municipality: MunicipalityCode | str) -> MunicipalityCode:
        code = MunicipalityCode(municipality) if isinstance(municipality, str) else municipality
        self._guard_mode(code)
        return code


def _member(kind: type[_Listed], given: _Listed | str) -> _Listed:
    return member(
        kind,
        given,
        Text("{value} står ikke i politikkens tabel.", "{value} is not in the table of the policy."),
        Text("Der står: {known}.", "There are: {known}."),
    )


def sheet_request(sheets: tuple[DataSheet, ...], on: date, language: Language) -> ExportRequest:
    """What an exporter gets of data sheets: neutral tables, and the notices that must stand above them."""
    notices = tuple(dict.fromkeys(notice for sheet in sheets for notice in sheet.notices))
    return ExportRequest(
        packages=(),
        standards=(),
        tables=data_sheet_tables(sheets),
        title=_title(sheets),
        notices=notices,
        language=language,
        made_on=on,
        invented=any(sheet.is_synthetic for sheet in sheets),
    )


def _title(sheets: tuple[DataSheet, ...]) -> Text:
    if len(sheets) != 1:
        return Text("Dataark", "Data sheets")
    of = f"{sheets[0].unit} {sheets[0].name}".strip()
    year = sheets[0].report_year
    return Text(f"Dataark: {of}, styringsår {year}", f"Data sheet: {of}, report year {year}")


def _estate(organisation: LbfNumber, given: EstateId | str) -> EstateId:
    if isinstance(given, EstateId):
        return given
    return EstateId.parse(given) if "-" in given else EstateId(organisation, EstateNumber(given))


def _is_about(correction: LoggedCorrection, unit: Unit) -> bool:
    """A statement's correction stands on every sheet of the organisations, a sheet's on its own."""
    return correction.record is CorrectedRecord.STATEMENT or correction.place.unit == str(unit)


def _number_in(correction_id: str) -> tuple[str, int]:
    base, _, number = correction_id.rpartition("/")
    return base, int(number)
