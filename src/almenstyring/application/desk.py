"""What every use case shares: the store, the actor, the clock, the plug-ins, and who may do what."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from attrs import evolve

from almenstyring.application.checking import installed_rules, installed_standard
from almenstyring.application.deliveries import progress_of
from almenstyring.application.records import Records, by_year, danish_day, own_key, owner_of, year_key
from almenstyring.application.refusals import refused
from almenstyring.application.repository import Repository
from almenstyring.content import load_references
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.access import Actor, Permission, Role
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import InvalidValueError, NotAllowedError, NotFoundError
from almenstyring.domain.events import PackageMoved
from almenstyring.domain.figures.references import References
from almenstyring.domain.locks import acts_for
from almenstyring.domain.mandates import Mandate
from almenstyring.domain.organisations import MasterData, Register
from almenstyring.domain.reporting import DocumentationPackage, PackageProgress, Questionnaire, Standard
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, LbfNumber, MunicipalityCode
from almenstyring.plugins import Registry
from almenstyring.ports import Clock, IndexValue, Source, Store
from almenstyring.rules import CheckContext, Need, Rule

T = TypeVar("T")

_log = logging.getLogger("almenstyring")


class Desk:
    """The common ground of a workspace; use ``almenstyring.connect``."""

    def __init__(  # noqa: PLR0913 - what a workspace is made of
        self,
        store: Store,
        actor: Actor,
        registry: Registry,
        clock: Clock,
        *,
        source: str | None,
        test_mode: bool,
        picture_folder: Path | None = None,
    ) -> None:
        self.actor = actor
        self.registry = registry
        self.test_mode = test_mode
        self._store = store
        self._clock = clock
        self._source_address = source
        self._picture_folder = picture_folder
        self._records = Records(store)
        self._references: dict[ReportYear, References] = {}
        self._standards: dict[str, Standard] = {}

    @property
    def today(self) -> date:
        """The day it is in Denmark by the workspace's clock."""
        return danish_day(self._clock())

    def _now(self) -> datetime:
        return self._clock()

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of every installed rule pack, in the order of the packs' names."""
        return installed_rules(self.registry)

    @property
    def rules_version(self) -> str:
        """The names and versions of the rule packs in use."""
        return ", ".join(f"{pack.name} {pack.version}" for pack in self.registry.rule_packs())

    def register(self) -> Register:
        """The master data of all organisations in the store."""
        return self._records.whole_register()

    def master_data(self, organisation: LbfNumber | str) -> MasterData:
        """One organisation's master data; NotFoundError if it was never imported."""
        number = self._number(organisation)
        entry = self._records.register.get(str(number))
        if entry is None:
            return Register(())[number]  # says what is missing and what to do
        return entry.value

    def standard(self, year: ReportYear) -> Standard:
        """The standard of a year from the installed packs."""
        return self.registry.standard_pack(year).load(year)

    def references(self, year: ReportYear) -> References:
        """The published rows, with the chart of accounts that holds for the year: a plug-in's, or the library's own."""
        if year not in self._references:
            chart = self.registry.charts().on(year.accounting_year)
            self._references[year] = evolve(load_references(), chart=chart)
        return self._references[year]

    def questionnaires(self) -> dict[str, Questionnaire]:
        """The accounts questionnaires by id; of several with the same id the one of the highest version."""
        every = [q for pack in self.registry.standard_packs() for q in pack.questionnaires()]
        return {q.id: q for q in sorted(every, key=lambda q: q.version)}

    def standard_of(self, package: DocumentationPackage) -> Standard:
        """The very standard a package was sent under, as kept with it; the year's installed one for a draft."""
        kept = self._kept_standard(package.sendings[-1].standard_hash) if package.sendings else None
        return kept or self.standard(package.report_year)

    def _kept_standard(self, digest: str) -> Standard | None:
        """A standard by its own hash; what was read once is remembered, for it cannot change."""
        if digest not in self._standards:
            entry = self._records.standards.get(digest)
            if entry is None:
                return None
            self._standards[digest] = entry.value
        return self._standards[digest]

    def _context(self, package: DocumentationPackage) -> CheckContext:
        """Everything the rules in use ask for; the whole register is read only if one of them does."""
        needed = {need for rule in self.rules for need in rule.needs}
        return CheckContext(
            standard=installed_standard(self.registry, package.report_year),
            references=self.references(package.report_year),
            key_figures=load_key_figures(),
            register=self.register() if Need.REGISTER in needed else None,
            history=self._history_before(package) if Need.HISTORY in needed else None,
            on=self.today,
        )

    def _history_before(self, package: DocumentationPackage) -> tuple[DocumentationPackage, ...]:
        sent = (entry.value for entry in self._records.sendings.find(organisation=str(package.organisation)))
        earlier = [p for p in sent if p.report_year < package.report_year and self._may_read(*owner_of(p))]
        return tuple(sorted(earlier, key=lambda p: (p.report_year, p.sendings[-1].number), reverse=True))

    def _event_day(self, on: date | None, since: date | None) -> date:
        """The day something happened: today, or an earlier one that is entered later, but not before ``since``."""
        day = self.today if on is None else on
        if type(day) is not date or day > self.today or (since is not None and day < since):
            raise InvalidValueError(
                Text(
                    f"Dagen {day} kan ikke bruges: den skal ligge fra {since or 'åbningen'} til i dag, {self.today}.",
                    f"The day {day} cannot be used: it must lie from {since or 'the opening'} to today, {self.today}.",
                ),
                Text("Angiv dagen som date, fx date(2026, 6, 29).", "Give the day as a date, e.g. date(2026, 6, 29)."),
                value=str(day),
            )
        return day

    @contextmanager
    def _source(self, given: str | None = None) -> Iterator[tuple[str, Source] | None]:
        """The source packages are prefilled from: the one given, or the one the register was imported from."""
        address = given or self._source_address or self._records.setting("source")
        if address is None:
            yield None
            return
        name, _, place = address.partition(":")
        source = self.registry.source(name).open(place)
        try:
            yield name, source
        finally:
            source.close()

    def _number(self, organisation: LbfNumber | str) -> LbfNumber:
        number = organisation if isinstance(organisation, LbfNumber) else LbfNumber(organisation)
        self._guard_mode(number)
        return number

    def _guard_mode(self, unit: LbfNumber | EstateId | MunicipalityCode) -> None:
        if unit.is_test == self.test_mode:
            return
        wrong = Text("opdigtet", "invented") if unit.is_test else Text("virkelig", "real")
        raise NotAllowedError(
            Text(
                f"{unit} er {wrong.da}, og arbejdsområdet er {'i' if self.test_mode else 'ikke i'} testtilstand.",
                f"{unit} is {wrong.en}, and the workspace is {'in' if self.test_mode else 'not in'} test mode.",
            ),
            Text(
                "Opdigtede enheder (T…) og virkelige holdes i hver sit lager.",
                "Invented units (T…) and real ones are kept in stores of their own.",
            ),
            unit=str(unit),
        )

    def _require(self, permission: Permission, master: MasterData | None = None, doing: Text | None = None) -> None:
        """NotAllowedError unless the actor's role has the permission and the actor stands for the organisation.

        ``doing`` says what is refused where the permission's own words do not.
        """
        if not self.actor.may(permission) or not (master is None or self._stands_for(master, self.today)):
            raise self._not_allowed(permission, master.number if master else None, doing)

    def _not_allowed(
        self, permission: Permission, organisation: LbfNumber | None = None, doing: Text | None = None
    ) -> NotAllowedError:
        """The error to raise, which says whether it is the role, the home municipality, the mandate or the register."""
        known = self._records.register.get(str(organisation)) if organisation else None
        master = known.value if known else None
        mandate = self._mandate() if self.actor.role is Role.ADVISER else None
        return refused(self.actor, permission, doing, master=master, mandate=mandate, on=self.today)

    def _mandate(self) -> Mandate | None:
        """An adviser's own mandate, whether it holds or not."""
        entry = self._records.mandates.get(own_key(self._own_municipality(), self.actor.id))
        return entry.value if entry else None

    def _stands_for(self, master: MasterData, on: date) -> bool:
        match self.actor.role:
            case Role.ORGANISATION:
                return acts_for(self.actor, master.number, master, on)
            case Role.MUNICIPALITY | Role.ADVISER:
                return master.home_municipality_on(on) == self.actor.municipality and self._is_mandated(master.number)
        return True

    def _is_mandated(self, *organisations: LbfNumber) -> bool:
        """An adviser sees only what a mandate that holds today covers, whatever day is asked about."""
        if self.actor.role is not Role.ADVISER:
            return True
        mandate = self._mandate()
        return mandate is not None and mandate.holds_on(self.today) and all(map(mandate.covers, organisations))

    def _require_own(self, municipality: MunicipalityCode) -> None:
        """A record of the dialogue is kept by the municipality whose it is."""
        if municipality != self.actor.municipality:
            raise NotAllowedError(
                Text(
                    f"{self.actor.municipality} kan ikke registrere for kommune {municipality}.",
                    f"{self.actor.municipality} cannot keep records for municipality {municipality}.",
                ),
                Text("Brug kommunens egen kode.", "Use the municipality's own code."),
                municipality=str(municipality),
            )

    def _own_municipality(self) -> MunicipalityCode:
        assert self.actor.municipality is not None  # the role was checked
        return self.actor.municipality

    def _may_read(self, organisation: LbfNumber, year: ReportYear) -> bool:
        """Whether the actor may know what belongs to the organisation's report year; the dated register decides."""
        if self.actor.role is Role.OPERATOR:
            return True
        master = self.master_data(organisation)
        ends = [period.end for period in master.periods_of(year)]
        return self._stands_for(master, self.today) or any(self._was_concerned(master, day) for day in ends)

    def _was_concerned(self, master: MasterData, day: date) -> bool:
        """A municipality reads what it led the dialogue on, and where an estate lay with it (DB § 112, stk. 3)."""
        if not self.actor.is_municipal or not self._is_mandated(master.number):
            return False
        return self._stands_for(master, day) or self.actor.municipality in master.located_in(day)

    def _stored(self, organisation: LbfNumber, year: ReportYear) -> DocumentationPackage | None:
        entry = self._records.packages.get(year_key(organisation, year))
        if entry is None:
            return None
        return evolve(entry.value, revision=entry.record.revision, editor=self.actor.id)

    def _caught_up(self, package: DocumentationPackage) -> DocumentationPackage:
        """A package in hand with what others noted in it since: more was opened, a comment withdrawn, an arrival noted.

        Where anything else was stored since, it stays as it is, and saving it is a conflict.
        """
        key = year_key(*owner_of(package))
        record = self._records.packages.record(key) if package.revision else None
        if record is None or record.revision == package.revision:
            return package
        base, stored = self._records.packages.get(key, package.revision), self._records.packages.entry(record).value
        if base is None or (package.returns, package.sendings) != (base.value.returns, base.value.sendings):
            return package
        if evolve(base.value, returns=stored.returns, sendings=stored.sendings) != stored:
            return package
        return evolve(package, returns=stored.returns, sendings=stored.sendings, revision=record.revision)

    def _load(self, organisation: LbfNumber, year: ReportYear) -> DocumentationPackage:
        stored = self._stored(organisation, year)
        if stored is None:
            raise NotFoundError(
                Text(f"{organisation} har ingen pakke for {year}.", f"{organisation} has no package for {year}."),
                Text("Åbn pakken først.", "Open the package first."),
                organisation=str(organisation),
                year=int(year),
            )
        return stored

    def _store_package(self, package: DocumentationPackage, expected_revision: int) -> DocumentationPackage:
        """Store the package's next revision, and with it how far it has come."""
        key, fields = year_key(*owner_of(package)), by_year(*owner_of(package))
        with self._store.transaction():
            before = progress_of(self._records, *owner_of(package)) if expected_revision else None
            record = self._records.packages.put(
                key,
                package,
                expected_revision=expected_revision,
                actor=self.actor.id,
                at=self._now(),
                indexed={**fields, "status": package.status.value},
            )
            after = (before or PackageProgress.of(package, (), opened=danish_day(record.at))).after(package)
            if after != before or self._records.progress.record(key) is None:
                self._keep(self._records.progress, key, after, fields)
        return evolve(package, revision=record.revision, editor=self.actor.id)

    def _keep(self, repository: Repository[T], key: str, value: T, indexed: Mapping[str, IndexValue]) -> None:
        """Store the next revision of something that only its author changes."""
        before = repository.record(key)
        repository.put(
            key,
            value,
            expected_revision=before.revision if before else 0,
            actor=self.actor.id,
            at=self._now(),
            indexed=indexed,
        )

    def _tell(self, package: DocumentationPackage, on: date) -> None:
        _log.info("package %s/%s is %s", package.organisation, package.report_year, package.status.value)
        self.registry.tell(
            PackageMoved(
                organisation=package.organisation,
                report_year=package.report_year,
                status=package.status,
                on=on,
                by=self.actor.id,
            )
        )
