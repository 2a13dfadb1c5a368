"""What a workspace keeps in its store: one repository per kind of record, and how keys are written."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from attrs import field, frozen

from almenstyring import codec
from almenstyring.application.repository import Entry, Repository
from almenstyring.domain.agreements import Agreement
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue import Adoption, DialogueMeeting, ForumMeeting, Invitation, Statement
from almenstyring.domain.dialogue.critical_review import CriticalReview
from almenstyring.domain.dialogue.preparing import MunicipalGoals
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.series import YEARS
from almenstyring.domain.mandates import Mandate
from almenstyring.domain.notices import NoticeDelivery, NoticePlan
from almenstyring.domain.organisations import MasterData, Register
from almenstyring.domain.persons import Person, Retention
from almenstyring.domain.pilots import Pilot
from almenstyring.domain.publication import LoggedCorrection
from almenstyring.domain.reporting import (
    CentralReceipt,
    Deadline,
    DocumentationPackage,
    FigureColumn,
    PackageProgress,
    Review,
    Standard,
    YearFigures,
)
from almenstyring.domain.supervision import SupervisoryAction
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.ports import Draft, IndexValue, Record, Store, digest_of

_RECKONED = frozenset({"figures", "columns"})
"""The kinds that hold nothing but what was computed: thousands at once, and from nobody's hand."""

_COPENHAGEN = ZoneInfo("Europe/Copenhagen")

TEST_MODE = "test_mode"
"""The setting that tells whether a store holds invented units ("yes") or real ones ("no")."""

BY_MUNICIPALITY = "register_by_municipality"
"""The setting that tells that the whole register can be found by municipality ("yes")."""


def danish_day(at: datetime) -> date:
    """The day it is in Denmark at an instant."""
    return at.astimezone(_COPENHAGEN).date()


def year_key(organisation: LbfNumber, year: ReportYear, *more: object) -> str:
    """The key of what belongs to one organisation's report year: "0045/2026", "0045/2026/1"."""
    return "/".join(str(part) for part in (organisation, year, *more))


def own_key(municipality: MunicipalityCode, own_id: object) -> str:
    """The key of what is a municipality's own: an agreement, an invitation, an adviser's mandate: "T01/A-1"."""
    return f"{municipality}/{own_id}"


def party_field(organisation: LbfNumber) -> str:
    """The indexed field that the agreements of an organisation have: each has one per organisation in it."""
    return f"party_{organisation}"


def by_parties(agreement: Agreement) -> dict[str, IndexValue]:
    """The indexed fields of an agreement."""
    parties: dict[str, IndexValue] = {party_field(number): 1 for number in agreement.organisations}
    return {"municipality": str(agreement.municipality), "id": agreement.id, **parties}


def column_key(ledger: Ledger, figure: str, year: ReportYear) -> str:
    """The key of one key figure of everybody in a year: "estate/rent_per_m2/2026"."""
    return f"{ledger}/{figure}/{year}"


def owner_of(package: DocumentationPackage) -> tuple[LbfNumber, ReportYear]:
    """Whose package it is, and of which year."""
    return package.organisation, package.report_year


def owner_in(key: str) -> tuple[LbfNumber, ReportYear]:
    """The same, read from the key of a record."""
    organisation, year, *_ = key.split("/")
    return LbfNumber(organisation), ReportYear(int(year))


def by_year(organisation: LbfNumber, year: ReportYear) -> dict[str, IndexValue]:
    """The indexed fields of what belongs to one organisation's report year."""
    return {"organisation": str(organisation), "year": int(year)}


def indexed_master(master: MasterData) -> dict[str, IndexValue]:
    """The indexed fields of master data: the number, and a mark for each municipality it ever concerned."""
    homes = (home.municipality for home in master.home_municipalities)
    places = (location.municipality for location in master.locations)
    return {"organisation": str(master.number), **{_concerns(code): 1 for code in sorted({*homes, *places})}}


def _concerns(municipality: MunicipalityCode) -> str:
    return f"concerns {municipality}"


@frozen
class Records:
    """The repositories of one store."""

    store: Store
    register: Repository[MasterData] = field(init=False)
    packages: Repository[DocumentationPackage] = field(init=False)
    sendings: Repository[DocumentationPackage] = field(init=False)
    standards: Repository[Standard] = field(init=False)
    deadlines: Repository[Deadline] = field(init=False)
    meetings: Repository[DialogueMeeting] = field(init=False)
    statements: Repository[Statement] = field(init=False)
    agreements: Repository[Agreement] = field(init=False)
    central_receipts: Repository[CentralReceipt] = field(init=False)
    figures: Repository[YearFigures] = field(init=False)
    columns: Repository[FigureColumn] = field(init=False)
    reviews: Repository[Review] = field(init=False)
    progress: Repository[PackageProgress] = field(init=False)
    adoptions: Repository[Adoption] = field(init=False)
    person: Repository[Person] = field(init=False)
    retentions: Repository[Retention] = field(init=False)
    mandates: Repository[Mandate] = field(init=False)
    pilots: Repository[Pilot] = field(init=False)
    corrections: Repository[LoggedCorrection] = field(init=False)
    critical_reviews: Repository[CriticalReview] = field(init=False)
    municipal_goals: Repository[MunicipalGoals] = field(init=False)
    invitations: Repository[Invitation] = field(init=False)
    forum_meetings: Repository[ForumMeeting] = field(init=False)
    notice_plans: Repository[NoticePlan] = field(init=False)
    notices: Repository[NoticeDelivery] = field(init=False)
    supervision: Repository[SupervisoryAction] = field(init=False)

    def __attrs_post_init__(self) -> None:
        kinds: Mapping[str, type] = {
            "register": MasterData,
            "packages": DocumentationPackage,
            "sendings": DocumentationPackage,
            "standards": Standard,
            "deadlines": Deadline,
            "meetings": DialogueMeeting,
            "statements": Statement,
            "agreements": Agreement,
            "central_receipts": CentralReceipt,
            "figures": YearFigures,
            "columns": FigureColumn,
            "reviews": Review,
            "progress": PackageProgress,
            "adoptions": Adoption,
            "person": Person,
            "retentions": Retention,
            "mandates": Mandate,
            "pilots": Pilot,
            "corrections": LoggedCorrection,
            "critical_reviews": CriticalReview,
            "municipal_goals": MunicipalGoals,
            "invitations": Invitation,
            "forum_meetings": ForumMeeting,
            "notice_plans": NoticePlan,
            "notices": NoticeDelivery,
            "supervision": SupervisoryAction,
        }
        for kind, held in kinds.items():
            object.__setattr__(self, kind, Repository(self.store, kind, held, reckoned=kind in _RECKONED))

    def whole_register(self) -> Register:
        """The master data of every organisation in the store."""
        return Register(tuple(entry.value for entry in self.register.find()))

    def meetings_of(self, organisation: LbfNumber) -> Iterator[DialogueMeeting]:
        """The dialogue meetings held with an organisation, by report year."""
        return (entry.value for entry in self.meetings.find(organisation=str(organisation)))

    def concerned(self, municipality: MunicipalityCode) -> Iterator[MasterData]:
        """The organisations that have or had their home, or an estate, in the municipality, by number."""
        if self.setting(BY_MUNICIPALITY) == "yes":
            yield from (entry.value for entry in self.register.find(**{_concerns(municipality): 1}))
        else:  # a store made before they could be found so
            mark = _concerns(municipality)
            yield from (master for master in self.whole_register() if mark in indexed_master(master))

    def figures_until(self, organisation: LbfNumber, year: ReportYear) -> dict[ReportYear, YearFigures]:
        """The comparisons computed for an organisation, of the year and of those before that a report shows."""
        found = ((each, self.figures.get(year_key(organisation, each))) for each in year.back_to(YEARS))
        return {each: entry.value for each, entry in found if entry}

    def review_of(self, organisation: LbfNumber, year: ReportYear) -> Review:
        """The municipality's comments on an organisation's year; none where nothing was commented yet."""
        entry = self.reviews.get(year_key(organisation, year))
        return entry.value if entry else Review(organisation=organisation, report_year=year)

    def agreements_of(self, organisation: LbfNumber) -> tuple[Agreement, ...]:
        """Every agreement that an organisation is a party to, in order of the keys."""
        return tuple(entry.value for entry in self.agreements.find(**{party_field(organisation): 1}))

    def pilot_of(self, year: ReportYear) -> Pilot | None:
        """The pilot that a year was opened with, over or not."""
        entry = self.pilots.get(str(year))
        return entry.value if entry else None

    def column(self, ledger: Ledger, figure: str, year: ReportYear) -> FigureColumn | None:
        """One key figure of everybody in a year, if the year was computed."""
        entry = self.columns.get(column_key(ledger, figure, year))
        return entry.value if entry else None

    def sent(self, organisation: LbfNumber, year: ReportYear) -> tuple[Entry[DocumentationPackage], ...]:
        """Every sending of an organisation's year, in order."""
        return tuple(map(self.sendings.entry, self._sent(organisation, year)))

    def last_sent(self, organisation: LbfNumber, year: ReportYear) -> Entry[DocumentationPackage] | None:
        """The latest sending of an organisation's year; the earlier ones are not decoded."""
        records = self._sent(organisation, year)
        return self.sendings.entry(records[-1]) if records else None

    def _sent(self, organisation: LbfNumber, year: ReportYear) -> list[Record]:
        """Sendings are numbered from 1 without a gap."""
        found: list[Record] = []
        while record := self.sendings.record(year_key(organisation, year, len(found) + 1)):
            found.append(record)
        return found

    def keep_standard(self, standard: Standard, actor: str, at: datetime) -> str:
        """Keep the standard under its own hash, once, so that a report is rendered as sent for ever."""
        document = codec.encode(standard)
        key = digest_of(document)
        if self.standards.record(key) is None:
            self.standards.put(
                key,
                standard,
                expected_revision=0,
                actor=actor,
                at=at,
                indexed={"year": int(standard.report_year), "id": standard.id},
            )
        return key

    def keep_attachment(self, organisation: LbfNumber, content: bytes, actor: str, at: datetime) -> None:
        """Keep an organisation's document under its own hash, once."""
        key = _attachment_key(organisation, hashlib.sha256(content).hexdigest())
        if self.store.get("attachments", key) is None:
            document = json.dumps({"base64": base64.b64encode(content).decode()})
            self.store.put(
                [Draft(kind="attachments", key=key, document=document, expected_revision=0, actor=actor, at=at)]
            )

    def has_attachment(self, organisation: LbfNumber, sha256: str) -> bool:
        """Whether the content of one of the organisation's attachments is kept."""
        return self.store.get("attachments", _attachment_key(organisation, sha256)) is not None

    def attachment(self, organisation: LbfNumber, sha256: str) -> bytes | None:
        """The content of one of the organisation's attachments, or None."""
        record = self.store.get("attachments", _attachment_key(organisation, sha256))
        return None if record is None else base64.b64decode(json.loads(record.document)["base64"])

    def setting(self, name: str) -> str | None:
        """A setting of the store, such as the source packages are prefilled from."""
        record = self.store.get("settings", name)
        return None if record is None else json.loads(record.document)["value"]

    def keep_setting(self, name: str, value: str, actor: str, at: datetime) -> None:
        """Keep a setting; nothing is written when it is the same already."""
        record = self.store.get("settings", name)
        if record is None or json.loads(record.document)["value"] != value:
            revision = record.revision if record else 0
            document = json.dumps({"value": value}, ensure_ascii=False)
            self.store.put(
                [Draft(kind="settings", key=name, document=document, expected_revision=revision, actor=actor, at=at)]
            )


def _attachment_key(organisation: LbfNumber, sha256: str) -> str:
    """Kept per organisation, so that knowing the hash of another one's document opens nothing."""
    return f"{organisation}/{sha256}"
