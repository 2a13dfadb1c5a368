"""The workspace: one store, opened by one actor, with every use case as a method."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from attrs import evolve

from almenstyring.application import wording
from almenstyring.application.agreements_side import AgreementsSide
from almenstyring.application.arrivals_side import ArrivalsSide
from almenstyring.application.calendar_side import CalendarSide
from almenstyring.application.chain import ChainReport, contains, verify_chain
from almenstyring.application.deadlines_side import DeadlinesSide
from almenstyring.application.figures_side import FiguresSide
from almenstyring.application.following_side import FollowingSide
from almenstyring.application.mandates_side import MandatesSide
from almenstyring.application.meetings_side import MeetingsSide
from almenstyring.application.notices_side import NoticesSide
from almenstyring.application.organisation_side import OrganisationSide
from almenstyring.application.persons_side import PersonsSide
from almenstyring.application.pilot_side import PilotSide
from almenstyring.application.preparing_side import PreparingSide
from almenstyring.application.publication_side import PublicationSide
from almenstyring.application.records import BY_MUNICIPALITY, TEST_MODE, Records, indexed_master, year_key
from almenstyring.application.reopening_side import ReopeningSide
from almenstyring.application.statements_side import StatementsSide
from almenstyring.application.supervision_side import SupervisionSide
from almenstyring.application.tables import tables
from almenstyring.domain.access import Actor, Permission, Role
from almenstyring.domain.errors import InvalidValueError, NotAllowedError, NotFoundError
from almenstyring.domain.organisations import MasterData
from almenstyring.domain.reporting import NOT_THE_FILING, Deadline, DocumentationPackage, Receipt
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values import LbfNumber
from almenstyring.plugins import Registry
from almenstyring.ports import Clock, ExportRequest, system_clock

_NOT_IN_THE_CHAIN = Text(
    "Kvitteringens fremsendelse findes ikke uændret i kæden.",
    "The receipt's sending is not in the chain unchanged.",
)


class Workspace(
    OrganisationSide,
    ReopeningSide,
    ArrivalsSide,
    CalendarSide,
    MeetingsSide,
    DeadlinesSide,
    NoticesSide,
    FollowingSide,
    AgreementsSide,
    StatementsSide,
    MandatesSide,
    PersonsSide,
    PilotSide,
    PublicationSide,
    PreparingSide,
    SupervisionSide,
    FiguresSide,
):
    """A store opened for an actor (da: arbejdsområde). Belongs to one thread; use it in a ``with`` block."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back the store's files and connections."""
        self._store.close()

    def acting_as(self, actor: Actor) -> Workspace:
        """The same store, plug-ins and clock on behalf of another actor, for hosts that serve several people.

        Both share one store: closing one closes the other. NotAllowedError for a real actor among invented units
        and the other way round.
        """
        _mode(None, actor, self.test_mode)
        return Workspace(
            self._store,
            actor,
            self.registry,
            self._clock,
            source=self._source_address,
            test_mode=self.test_mode,
            picture_folder=self._picture_folder,
        )

    def import_register(self, source: str | None = None, *, progress: Callable[[int, int], None] | None = None) -> int:
        """Read the master data of every organisation from a source; returns how many were new or changed.

        ``source`` is an address such as "synthetic:"; it is remembered as the source that packages are
        prefilled from, so it must hold no secret. ``progress`` hears how many of how many are done. Nothing is
        stored unless all could be read.
        """
        self._require(Permission.IMPORT_REGISTER)
        with self._source(source) as found:
            if found is None:
                raise InvalidValueError(
                    Text("Der er ingen kilde at indlæse fra.", "There is no source to import from."),
                    Text('Angiv en kilde, fx "synthetic:".', 'Name a source, e.g. "synthetic:".'),
                )
            numbers = list(found[1].organisations())
            masters = [_known(found[1].master_data(number), number) for number in numbers]
        for master in masters:
            self._guard_mode(master.number)
        with self._store.transaction():
            changed = 0
            for done, master in enumerate(masters, start=1):
                changed += self._keep_master(master)
                if progress is not None:
                    progress(done, len(masters))
            self._records.keep_setting(BY_MUNICIPALITY, "yes", self.actor.id, self._now())
            self._records.keep_setting(TEST_MODE, "yes" if self.test_mode else "no", self.actor.id, self._now())
            address = source or self._source_address
            if address:
                self._records.keep_setting("source", address, self.actor.id, self._now())
        self._source_address = address
        return changed

    def _keep_master(self, master: MasterData) -> bool:
        before = self._records.register.get(str(master.number))
        indexed = indexed_master(master)
        if before is not None and before.value == master and before.record.indexed == indexed:
            return False
        self._keep(self._records.register, str(master.number), master, indexed)
        return before is None or before.value != master

    def export(
        self,
        packages: Iterable[DocumentationPackage],
        target: str | Path,
        *,
        language: Language = "da",
        pictures: bool = False,
    ) -> Path:
        """Write packages to a file; its suffix chooses the format (.xlsx, .json, .html, .txt or a plug-in's).

        With ``pictures`` the efficiency bars and the critical key figures are drawn too, for formats that can show
        them; a renderer of SVG must be installed then (almenstyring-altair).
        """
        path = Path(target)
        chosen = tuple(packages)
        exporter = self.registry.exporter(path.suffix)
        standards = tuple(self.standard_of(package) for package in chosen)
        deadlines = filter(None, map(self._deadline_of, chosen))
        synthetic = (wording.SYNTHETIC_NOTICE,) if any(p.is_synthetic for p in chosen) else ()
        request = ExportRequest(
            packages=chosen,
            tables=tables(chosen, standards, deadlines=deadlines, on=self.today, charts=self.registry.charts()),
            standards=standards,
            title=Text("Dokumentationspakker", "Documentation packages"),
            notices=(*synthetic, NOT_THE_FILING, wording.OWN_WORDING),
            language=language,
            made_on=self.today,
            pictures=tuple(self.drawn(chosen, language)) if pictures else (),
        )
        exporter.export(request, path)
        return path

    def _deadline_of(self, package: DocumentationPackage) -> Deadline | None:
        """The deadline kept of a package, if there is one that the actor may know."""
        entry = self._records.deadlines.get(year_key(package.organisation, package.report_year))
        return entry.value if entry and self._may_read(package.organisation, package.report_year) else None

    def verify(self, receipt: Receipt | None = None) -> ChainReport:
        """Whether the store's history is whole, and the receipt's sending is in it unchanged."""
        report = verify_chain(self._store)
        if receipt is not None and report.ok and not self._is_kept(receipt):
            return evolve(report, ok=False, message=_NOT_IN_THE_CHAIN)
        return report

    def _is_kept(self, receipt: Receipt) -> bool:
        sending = self._records.sendings.record(year_key(receipt.organisation, receipt.report_year, receipt.number))
        return sending is not None and sending.hash == receipt.record_hash and contains(self._store, receipt.head)


def _known(master: MasterData | None, number: LbfNumber) -> MasterData:
    if master is None:
        raise NotFoundError(
            Text(
                f"Kilden nævner {number}, men har ingen stamdata for den.",
                f"The source names {number} but has no master data for it.",
            ),
            organisation=str(number),
        )
    return master


def connect(  # noqa: PLR0913 - everything but the address and the actor has a default
    url: str,
    *,
    actor: Actor,
    source: str | None = None,
    registry: Registry | None = None,
    clock: Clock = system_clock,
    test_mode: bool | None = None,
    picture_folder: Path | None = None,
) -> Workspace:
    """Open a workspace: ``al.connect("sqlite:dialog.db", actor=…)`` or ``"memory:"``.

    ``source`` is the address packages are prefilled from ("synthetic:"); without it the one the
    register was imported from. Invented units (T…) are refused outside test mode, real ones inside
    it; an actor for an invented unit opens the workspace in test mode, and a store remembers which of the two its
    register holds: NotAllowedError where they do not go together. Drawn pictures are kept by their content in
    ``picture_folder``, or without one as long as the workspace is open. PluginError if the kind of
    store is not installed; BackendError if it cannot be opened.
    """
    name, _, place = url.partition(":")
    plugins = registry or Registry.discover()
    store = plugins.store(name).open(place)
    try:
        mode = _mode(Records(store).setting(TEST_MODE), actor, test_mode)
    except BaseException:
        store.close()
        raise
    return Workspace(store, actor, plugins, clock, source=source, test_mode=mode, picture_folder=picture_folder)


def _mode(kept: str | None, actor: Actor, wanted: bool | None) -> bool:
    """Whether the workspace is in test mode: what the store holds decides once it holds anything."""
    of_actor = None if actor.role is Role.OPERATOR else actor.is_test
    known = [mode for mode in (wanted, of_actor, None if kept is None else kept == "yes") if mode is not None]
    if len(set(known)) > 1:
        raise NotAllowedError(
            Text(
                "Opdigtede og virkelige enheder kan ikke blandes i ét lager eller ét arbejdsområde.",
                "Invented and real units cannot be mixed in one store or one workspace.",
            ),
            Text(
                "Brug et lager til opdigtede enheder (T…) og et andet til virkelige.",
                "Use one store for invented units (T…) and another for real ones.",
            ),
            actor=actor.id,
        )
    return known[0] if known else False
