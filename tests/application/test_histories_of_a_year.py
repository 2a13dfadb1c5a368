"""Whatever happens in whatever order: nothing is visible too early or lost, and the log tells every change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import define, evolve, field
from hypothesis import given, settings
from hypothesis import strategies as st

import almenstyring as al
from almenstyring.application.publication_side import sheet_request
from almenstyring.application.records import Records
from almenstyring.builtin.table_report import tables_as_json
from almenstyring.domain.publication import CorrectedRecord, sheet_differences, statement_differences

from .conftest import COUNCIL, OFFICE, OPERATOR, REGISTRY, YEAR, StandingClock, sendable

T001, T01, ESTATE = al.LbfNumber("T001"), al.MunicipalityCode("T01"), al.EstateId.parse("T001-T0101")
SECRET = "HEMMELIG"
SHEETS = (None, ESTATE)


@define
class History:
    """One organisation's year, taken step by step; each step is only taken where it is possible."""

    clock: StandingClock = field(factory=StandingClock)
    office: al.Workspace = field(init=False)
    count: int = 0
    sent: int = 0
    meeting: bool = False
    statement: al.Statement | None = None
    receipts: list[al.Receipt] = field(factory=list)
    sendings: list[str] = field(factory=list)
    persons: list[str] = field(factory=list)
    erased: list[str] = field(factory=list)
    agreements: list[str] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        operator = al.connect("memory:", actor=OPERATOR, registry=REGISTRY, clock=self.clock, test_mode=True)
        operator.import_register("synthetic:")
        self.office = operator.acting_as(OFFICE)
        self.office.save(sendable(self.office, self.package))

    @property
    def council(self) -> al.Workspace:
        return self.office.acting_as(COUNCIL)

    @property
    def public(self) -> al.Workspace:
        return self.office.acting_as(al.Actor("nabo", role="organisation", organisation="T002"))

    @property
    def package(self) -> al.DocumentationPackage:
        return self.office.open_package("T001", YEAR)

    def edit(self) -> None:
        """A secret answer and comment, and accounts with an amount of its own."""
        if not self.package.status.is_editable:
            return
        package = self.package.answer("economy.sound_operation", comment=f"{SECRET} {self.count}")
        accounts = package.accounts_of(ESTATE)
        assert accounts is not None
        changed = {**accounts.postings, "114": al.Dkk(88_000_000 + self.count)}
        self.office.save(package.with_accounts(evolve(accounts, postings=changed, provenance=None)))

    def send(self) -> None:
        if self.package.status is al.PackageStatus.IN_PROGRESS:
            package = self.package
            for finding in self.office.check(package).in_the_way:
                package = package.confirm(finding, reason=SECRET, on=self.clock.day)
            self.receipts.append(self.office.submit(self.office.save(package)))
            self.sent += 1
            self.sendings.append(al.encode(self.office.sent_package("T001", YEAR, self.sent)))

    def give_back(self) -> None:
        if self.package.status is al.PackageStatus.SENT:
            self.council.comment("T001", YEAR, "economy.sound_operation", SECRET)
            places = (al.Location(part=part) for part in ("accounts", "estate_report", "governance_report"))
            self.council.return_package("T001", YEAR, reason=SECRET, opened=places)

    def meet(self) -> None:
        held = al.DialogueMeeting(
            organisation=T001,
            report_year=YEAR,
            municipality=T01,
            held_on=self.clock.day,
            organisations_assessment=SECRET,
            municipalitys_assessment=SECRET,
        )
        self.council.record_meeting(held)
        self.meeting = True

    def draft(self) -> None:
        if self.statement is None or self.statement.published_on is None:
            text = f"{SECRET} udkast {self.count}"
            self.statement = al.Statement(municipality=T01, report_year=YEAR, organisations=(T001,), text=text)
            self.council.record_statement(self.statement)

    def publish(self) -> None:
        if self.statement is not None and self.statement.published_on is None:
            public = evolve(self.statement, text=f"Redegørelse {self.count}")
            self.statement = public.advanced(self.clock.day).advanced(self.clock.day)
            self.council.record_statement(self.statement)

    def correct(self) -> None:
        if self.statement is not None and self.statement.published_on is not None:
            text = f"Redegørelse {self.count}"
            self.statement = self.council.correct_statement(self.statement, text=text, cause="Skrivefejl")

    def know(self) -> None:
        """Keep a person under a new id."""
        person = al.Person(id=f"p-{self.count}", name=SECRET, title="sagsbehandler", municipality=T01)
        self.persons.append(self.council.keep_person(person).id)

    def forget(self) -> None:
        """Erase the person that was kept first."""
        if self.persons:
            self.erased.append(self.persons.pop(0))
            self.council.erase_person(self.erased[-1])

    def agree(self) -> None:
        """Conclude an agreement that later reports must answer."""
        self.agreements.append(f"A-{self.count}")
        self.council.conclude_agreement(
            al.Agreement(
                id=self.agreements[-1],
                kind=al.AgreementKind.OTHER,
                municipality=T01,
                organisations=(T001,),
                text="Syntetisk",
                concluded_on=self.clock.day,
                responsible="driftschef",
            )
        )

    def sheets(self) -> tuple[al.DataSheet, ...]:
        return tuple(self.public.public_data_sheet("T001", YEAR, estate=unit) for unit in SHEETS)

    def take(self, step: str, days: int) -> None:
        self.count += 1
        self.clock.day += timedelta(days=days)
        act: Callable[[], None] = getattr(self, step)
        act()


ROUNDS = st.sampled_from(
    [
        "send",
        "edit",
        "send give_back edit",
        "send",
        "give_back edit send",
        "meet",
        "draft",
        "publish",
        "correct",
        "edit",
        "know know forget",
        "agree",
    ]
)
HISTORIES = st.lists(st.tuples(ROUNDS, st.integers(0, 3)), max_size=7).map(
    lambda rounds: [(step, days) for steps, days in rounds for step in steps.split()]
)
"""Steps in any order, with enough returns and second sendings among them."""


def sent_amount(history: History) -> str | None:
    if not history.sent:
        return None
    accounts = history.office.sent_package("T001", YEAR).accounts_of(ESTATE)
    assert accounts is not None
    return str(accounts.postings["114"])


def check_nothing_early(history: History) -> None:
    for sheet in history.sheets():
        text = tables_as_json(sheet_request((sheet,), history.clock.day, "da"))
        assert SECRET not in text and SECRET not in repr(sheet)
        assert sheet.sending == (history.sent or None)
        assert bool(sheet.accounts) is bool(history.sent)
        shown = [figure for figure in sheet.figures if figure.state is not al.FigureState.NOT_AVAILABLE]
        assert not shown or (history.meeting and history.sent)
        assert all(figure.value is None for figure in sheet.figures if figure not in shown)
        published = history.statement is not None and history.statement.published_on is not None
        assert [each.text for each in sheet.statements] == ([history.statement.text] if published else [])  # type: ignore[union-attr]
    amounts = {account.number: str(account.amount) for account in history.sheets()[1].accounts}
    assert amounts.get("114") == sent_amount(history)


def changed(before: tuple[al.DataSheet, ...], after: tuple[al.DataSheet, ...]) -> Iterator[tuple[object, str, str]]:
    """What the public could see before and sees another way now."""
    for old, new in zip(before, after, strict=True):
        public_before = {str(place) for place, _ in old.places()}
        for place, was, now in sheet_differences(old, new):
            if str(place) in public_before:
                yield place, was, now


def statement_revisions(history: History) -> list[al.Statement]:
    kept = Records(history.office._store).statements
    entries = [kept.entry(each) for record in kept.records() for each in kept.history(record.key)]
    return [entry.value for entry in entries if entry.value.published_on is not None]


@settings(max_examples=6)
@given(HISTORIES)
def test_nothing_is_visible_too_early_and_every_later_change_is_logged(steps: list[tuple[str, int]]) -> None:
    history = History()
    expected: list[tuple[object, str, str]] = []
    check_nothing_early(history)
    for step, days in steps:
        before, sent = history.sheets(), history.sent
        history.take(step, days)
        check_nothing_early(history)
        if step == "send" and sent:
            expected += changed(before, history.sheets())
    for old, new in zip(revisions := statement_revisions(history), revisions[1:], strict=False):
        expected += statement_differences(old, new)
    logged = [(each.place, each.old, each.new) for each in history.public.corrections(YEAR)]
    assert [each for each in expected if each not in logged] == []
    assert not any(SECRET in each.cause + each.detail for each in history.public.corrections(YEAR))
    own = [each for each in logged if each[0].unit in ("T001", "T001-T0101", "T01")]
    assert len(own) == len(expected)
    assert history.office.verify().ok


def test_the_log_of_statements_alone_rebuilds_the_first_published_text() -> None:
    history = History()
    for step in ("draft", "publish", "correct", "correct", "correct"):
        history.take(step, 1)
    assert history.statement is not None
    text = history.statement.text
    log = [c for c in history.public.corrections(YEAR) if c.record is CorrectedRecord.STATEMENT]
    for correction in reversed(log):
        assert correction.new == text
        text = correction.old
    assert text == statement_revisions(history)[0].text


def test_a_day_is_never_before_the_record_of_it() -> None:
    history = History()
    history.take("send", 0)
    later = datetime(2026, 9, 20, 9, tzinfo=UTC).date()
    history.clock.day = later
    held = al.DialogueMeeting(organisation=T001, report_year=YEAR, municipality=T01, held_on=date(2026, 9, 1))
    history.council.record_meeting(held)
    reason = history.council.visibility("T001", YEAR, "key_figures", "public").reason
    assert reason.en == "Shown since 2026-09-20: the dialogue meeting is marked as held."


@settings(max_examples=8)
@given(HISTORIES)
def test_nothing_is_lost_every_receipt_verifies_and_who_was_erased_stays_erased(steps: list[tuple[str, int]]) -> None:
    history = History()
    for step, days in steps:
        history.take(step, days)
    assert all(history.office.verify(receipt).ok for receipt in history.receipts)
    again = [history.office.sent_package("T001", YEAR, number) for number in range(1, history.sent + 1)]
    assert [al.encode(package) for package in again] == history.sendings
    assert sorted(each.id for each in history.council.agreements()) == sorted(history.agreements)
    assert sorted(each.id for each in history.council.persons()) == sorted(history.persons)
    chain = history.office.verify()
    assert (chain.ok, chain.erased) == (True, len(history.erased))
    for person in history.erased:
        with pytest.raises(al.NotAllowedError):
            history.council.keep_person(al.Person(id=person, name="En anden", title="", municipality=T01))
