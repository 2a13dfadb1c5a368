"""Whatever is kept and erased in whatever order: the chain verifies, who is erased stays so, the rest is untouched."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from attrs import evolve
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

import almenstyring as al
from almenstyring.ports import Record

YEAR = al.ReportYear(2026)
IDS = st.sampled_from(["p-1", "p-2", "p-3", "å.4"])
NAMES = st.text("ABC", min_size=1, max_size=3)
DAY = datetime(2026, 8, 3, 9, tzinfo=UTC)


class Histories(RuleBasedStateMachine):
    """A municipality that keeps and erases persons, beside an office that works on its package."""

    address = "memory:"

    def __init__(self) -> None:
        super().__init__()
        operator = al.connect(self.address, actor=al.Actor("drift", role="operator"), test_mode=True, clock=lambda: DAY)
        operator.import_register("synthetic:")
        self.operator = operator
        self.is_led = True
        self.council = operator.acting_as(al.Actor("tilsyn-1", role="municipality", municipality="T01"))
        self.office = operator.acting_as(al.Actor("kontor-1", role="organisation", organisation="T001"))
        self.package = self.office.open_package("T001", YEAR)
        self.kept: dict[str, al.Person] = {}
        self.erased: set[str] = set()
        self.written: dict[int, Record] = {}
        self.council.set_retention(days=0)

    @rule(who=IDS, name=NAMES, left=st.booleans(), own=st.booleans())
    def keeps(self, who: str, name: str, left: bool, own: bool) -> None:
        unit = {"municipality": al.MunicipalityCode("T01")} if own else {"organisation": al.LbfNumber("T001")}
        valid = al.Validity(None, DAY.date().replace(month=7)) if left else al.Validity()
        person = al.Person(id=who, name=name, valid=valid, **unit)
        keeper = self.council if own or self.is_led else self.office
        taken = who in self.kept and not self.keeps_now(keeper, self.kept[who])
        if who in self.erased or taken:
            with pytest.raises(al.NotAllowedError):
                keeper.keep_person(person)
        else:
            self.kept[who] = keeper.keep_person(person)

    def keeps_now(self, keeper: al.Workspace, person: al.Person) -> bool:
        if keeper is self.office:
            return person.municipality is None
        return person.organisation is None or self.is_led

    @rule()
    def the_home_relation_ends(self) -> None:
        master = self.operator.master_data("T001")
        [*_, home] = master.home_municipalities
        ended = evolve(home, valid=al.Validity(home.valid.start, DAY.date().replace(month=7)))
        self.operator._keep_master(evolve(master, home_municipalities=(ended,)))
        self.is_led = False

    @rule(who=IDS, operates=st.booleans())
    def erases(self, who: str, operates: bool) -> None:
        with suppress(al.NotFoundError):
            count = (self.operator if operates else self.council).erase_person(who)
            assert (count > 0) == (who in self.kept)
            self.kept.pop(who, None)
            self.erased.add(who)

    @rule(operates=st.booleans())
    def erases_who_has_left(self, operates: bool) -> None:
        left = sorted(who for who, person in self.kept.items() if person.valid.end)
        assert list((self.operator if operates else self.council).erase_expired()) == left
        for who in left:
            del self.kept[who]
            self.erased.add(who)

    @rule(text=NAMES)
    def works_on_the_package(self, text: str) -> None:
        self.package = self.office.save(self.package.answer("conclusion.challenges", comment=text))

    @invariant()
    def the_chain_verifies_and_counts_what_was_erased(self) -> None:
        report = self.council.verify()
        empty = [record for record in self.council._store.chain() if not record.document]
        assert report.ok and report.erased == len(empty)
        assert {record.key for record in empty} == self.erased
        assert all(record.kind == "person" for record in empty)

    @invariant()
    def who_is_kept_is_there_and_nobody_else(self) -> None:
        kept = [self.kept[who] for who in sorted(self.kept)]
        for keeper in (self.council, self.office):
            assert list(keeper.persons()) == [person for person in kept if self.keeps_now(keeper, person)]
        assert all(self.council.name_of(who) == who for who in self.erased)

    @invariant()
    def nothing_else_ever_changes(self) -> None:
        for record in self.council._store.chain():
            before = self.written.setdefault(record.sequence, record)
            assert record in (before, evolve(before, document="") if record.key in self.erased else before)
        assert self.office.open_package("T001", YEAR).report == self.package.report

    def teardown(self) -> None:
        self.council.close()


@pytest.mark.parametrize("address", ["memory:", "sqlite::memory:"])
def test_every_history_of_persons_keeps_its_promises(address: str) -> None:
    class Played(Histories):
        pass

    Played.address = address
    run_state_machine_as_test(
        Played,
        settings=settings(
            max_examples=8, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
