"""What the municipality prepares: its goals, one sheet per dialogue meeting, and the councillors' briefing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from almenstyring.application import briefing as briefings
from almenstyring.application.checking import check, installed_standard
from almenstyring.application.critical_review_side import CriticalReviewSide
from almenstyring.application.deliveries import deliveries
from almenstyring.application.material import deviating_figures
from almenstyring.application.papers import Readable, as_paper
from almenstyring.application.preparation import Prepared, preparation_sheet
from almenstyring.application.records import owner_in
from almenstyring.application.supervision_side import SupervisionSide
from almenstyring.domain.access import Permission, Role
from almenstyring.domain.agreements import Agreement
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue.briefing import Briefing
from almenstyring.domain.dialogue.meetings import DialogueMeeting
from almenstyring.domain.dialogue.preparation_sheet import PreparationSheet
from almenstyring.domain.dialogue.preparing import MunicipalGoals
from almenstyring.domain.errors import NotAllowedError
from almenstyring.domain.organisations import MasterData
from almenstyring.domain.reporting import DocumentationPackage
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.ports import ExportRequest, Record


class PreparingSide(CriticalReviewSide, SupervisionSide):
    """The use cases of preparing; all are the municipality's own, and no organisation sees what comes of them."""

    def set_goals(self, goals: Mapping[str, str], *, strategy: str = "") -> MunicipalGoals:
        """Set the municipality's own goals by those of the law, and its strategy for the co-operation (ABL § 6 f).

        They hold from today and replace the ones before, which stay in the history. ``goals`` has a text by "economy",
        "democracy", "letting", "estates" or "construction"; InvalidValueError for another.
        """
        self._require(Permission.RECORD_DIALOGUE)
        given = MunicipalGoals(
            municipality=self._own_municipality(),
            set_on=self.today,
            set_by=self.actor.id,
            goals=dict(goals),
            strategy=strategy,
        )
        key = str(given.municipality)
        self._keep(self._records.municipal_goals, key, given, {"municipality": key})
        return given

    def goals(self) -> MunicipalGoals | None:
        """The municipality's goals as they are now, or None where it set none."""
        self._require(Permission.COMMENT_PACKAGE, doing=Text("se kommunens mål", "see the municipality's goals"))
        entry = self._records.municipal_goals.get(str(self._own_municipality()))
        return entry.value if entry else None

    def preparation(self, organisation: LbfNumber | str, year: ReportYear) -> PreparationSheet:
        """What the home municipality prepares the year's dialogue meeting with, from what was last sent.

        Where no report came there is a sheet too, for the meeting is owed all the same (DB § 112, stk. 1).
        NotAllowedError for everybody but the home municipality and its adviser, and for an institution that has no
        dialogue (ABL § 169, stk. 1).
        """
        master = self.master_data(organisation)
        doing = Text("forberede dialogmødet", "prepare the dialogue meeting")
        self._require(Permission.COMMENT_PACKAGE, master, doing)
        if not master.organisation.kind.takes_part_in_dialogue:
            raise NotAllowedError(
                Text(
                    f"{master.number} indgår ikke i styringsdialogen.", f"{master.number} has no governance dialogue."
                ),
                Text("Se ABL § 169, stk. 1.", "See ABL § 169, stk. 1."),
                organisation=str(master.number),
            )
        return preparation_sheet(self._prepared_with(master, year))

    def _prepared_with(self, master: MasterData, year: ReportYear) -> Prepared:
        last = self._records.last_sent(master.number, year)
        package = last.value if last else None
        return Prepared(
            municipality=self._own_municipality(),
            master=master,
            year=year,
            on=self.today,
            delivery=deliveries(self._records, [master.number], year)[master.number],
            package=package,
            standard=self.standard_of(package) if package else installed_standard(self.registry, year),
            findings=check(package, self._context(package), rules=self.rules).findings if package else (),
            figures=deviating_figures(package) if package else (),
            review=self.critical_review(master.number, year) if package else None,
            agreements=self._agreements_to_discuss([master.number], self._own_municipality()),
            last_meeting=self._meeting_before(master.number, year),
            goals=self.goals(),
            supervision=self.supervisory_actions(master.number, open_only=True),
        )

    def _agreements_to_discuss(self, organisations: Iterable[LbfNumber], by: MunicipalityCode) -> tuple[Agreement, ...]:
        """The municipality's agreements with any of the organisations, each once."""
        found = (each for number in organisations for each in self._records.agreements_of(number))
        return tuple(each for each in dict.fromkeys(found) if each.municipality == by)

    def _meeting_before(self, organisation: LbfNumber, year: ReportYear) -> DialogueMeeting | None:
        """The record of the latest meeting of an earlier report year."""
        found = self._records.meetings_of(organisation)
        return max((each for each in found if each.report_year < year), key=lambda each: each.report_year, default=None)

    def briefing(self, municipality: MunicipalityCode | str | None = None, on: date | None = None) -> Briefing:
        """What councillors are told of the sector on a day: organisations at home here, and estates that lie here.

        It rests on what was last sent by the day. A municipality gets its own, the operator must name one;
        NotAllowedError for everybody else.
        """
        code = MunicipalityCode(municipality) if isinstance(municipality, str) else municipality
        wanted, day = code or self.actor.municipality, on or self.today
        is_own = self.actor.is_municipal and wanted == self.actor.municipality
        if wanted is None or not (is_own or self.actor.role is Role.OPERATOR):
            raise NotAllowedError(
                Text("Orienteringen er kommunens egen.", "The briefing is the municipality's own."),
                Text("Nævn kommunen, eller handl for den.", "Name the municipality, or act for it."),
                municipality=str(wanted),
            )
        self._guard_mode(wanted)
        seen = (master for master in self._records.concerned(wanted) if self._is_mandated(master.number))
        concerned = briefings.concerned_on(seen, wanted, day)
        sent = {m.number: package for m in concerned if (package := self._last_sent_by(m.number, day)) is not None}
        return briefings.briefing(
            concerned,
            wanted,
            day,
            sent={number: (package, self.standard_of(package)) for number, package in sent.items()},
            names=self._administrators(concerned, day),
            agreements=self._agreements_to_discuss([m.number for m in concerned], wanted),
        )

    def _administrators(self, masters: Iterable[MasterData], day: date) -> dict[LbfNumber, str]:
        """The names of those who administer any of the organisations, as far as the register knows them."""
        numbers = {number for master in masters for number in master.administrators_on(day)}
        found = (self._records.register.get(str(number)) for number in numbers)
        return {entry.value.number: entry.value.organisation.name for entry in found if entry}

    def _last_sent_by(self, organisation: LbfNumber, day: date) -> DocumentationPackage | None:
        """The latest sending of the latest report year that the actor may read and that was sent by the day."""
        kept = self._records.sendings
        records = kept.records(organisation=str(organisation))
        for record in sorted(records, key=_year_and_number, reverse=True):
            if self._may_read(*owner_in(record.key)):
                package = kept.entry(record).value
                if package.sendings[-1].on <= day:
                    return package
        return None

    def export_paper(self, paper: Readable, target: str | Path, *, language: Language = "da") -> Path:
        """Write a preparation sheet, a briefing or a critical review as tables; the suffix chooses, such as .xlsx.

        For a page to read use ``almenstyring.render``.
        """
        path = Path(target)
        made = as_paper(paper)
        request = ExportRequest(
            packages=(),
            tables=made.tables(),
            standards=(),
            title=made.title,
            notices=made.notices,
            language=language,
            made_on=self.today,
            invented=made.is_synthetic,
        )
        self.registry.exporter(path.suffix).export(request, path)
        return path


def _year_and_number(record: Record) -> tuple[int, int]:
    """The report year and the number of a sending, by its key."""
    _, year, number = record.key.split("/")
    return int(year), int(number)
