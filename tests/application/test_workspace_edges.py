"""The rarer turns of the use cases: short periods, missing pieces, rules that need the whole register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.application.entries import by_account
from almenstyring.plugins import (
    Case,
    Need,
    Problem,
    RulePack,
    SourceDescriptor,
    at,
    hookimpl,
    rule,
)
from almenstyring.ports import SourceAnswer, SourceRequest

YEAR = al.ReportYear(2018)
NUMBER = al.LbfNumber("T010")
SHORT = al.AccountingPeriod(date(2017, 7, 1), date(2017, 12, 31))
WHOLE = al.AccountingPeriod(date(2025, 1, 1), date(2025, 12, 31))
BROKEN = al.AccountingPeriod(date(2016, 7, 1), date(2017, 6, 30))


class OneOrganisation:
    """A source of one organisation that moves from a broken accounting year to the calendar year."""

    def organisations(self) -> Iterable[al.LbfNumber]:
        return (NUMBER,)

    def master_data(self, organisation: al.LbfNumber) -> al.MasterData | None:
        if organisation != NUMBER:
            return None
        return al.MasterData(
            organisation=al.HousingOrganisation(number=NUMBER, name="Den Omlagte"),
            periods=(BROKEN, SHORT, WHOLE),
            home_municipalities=(al.HomeMunicipality(organisation=NUMBER, municipality=al.MunicipalityCode("T01")),),
        )

    def figures(self, request: SourceRequest) -> SourceAnswer:
        return SourceAnswer()

    def close(self) -> None:
        return


class LaterMoved(OneOrganisation):
    """The same move in a year that has a standard."""

    periods = (
        al.AccountingPeriod(date(2024, 7, 1), date(2025, 6, 30)),
        al.AccountingPeriod(date(2025, 7, 1), date(2025, 12, 31)),
    )

    def master_data(self, organisation: al.LbfNumber) -> al.MasterData | None:
        master = super().master_data(organisation)
        return master and evolve(master, periods=self.periods)


class Forgetful(OneOrganisation):
    """A source that names an organisation it knows nothing of."""

    def organisations(self) -> Iterable[al.LbfNumber]:
        return (NUMBER, al.LbfNumber("T011"))


@rule(
    "TEST-REGISTER-AND-HISTORY",
    al.Severity.NOTE,
    "DB § 112, stk. 4",
    message=al.Text("{known} i registret, {sent} tidligere", "{known} in the register, {sent} before"),
    hint=al.Text("Intet.", "Nothing."),
    needs=(Need.REGISTER, Need.HISTORY),
)
def register_and_history(case: Case) -> Iterator[Problem]:
    """A rule that needs everything a workspace has."""
    assert case.context.register is not None
    assert case.context.history is not None
    yield at(known=len(case.context.register), sent=len(case.context.history))


class Plugin:
    def __init__(self, source: type[OneOrganisation]) -> None:
        self.source = source

    @hookimpl
    def almenstyring_sources(self) -> Iterator[SourceDescriptor]:
        yield SourceDescriptor(name="one", open=lambda _: self.source(), description=al.Text("En", "One"))

    @hookimpl
    def almenstyring_rules(self) -> Iterator[RulePack]:
        yield RulePack(
            name="needy", version="7", rules=(register_and_history,), description=al.Text("Krævende", "Needy")
        )


def workspace_with(source: type[OneOrganisation] = OneOrganisation) -> al.Workspace:
    registry = al.Registry.discover(only={"builtin"})
    registry.register(Plugin(source), "one")
    actor = al.Actor("drift", role="operator")
    return al.connect(
        "memory:", actor=actor, registry=registry, test_mode=True, clock=lambda: datetime(2026, 6, 1, tzinfo=UTC)
    )


def test_two_periods_in_one_year_are_shown_and_one_must_be_chosen() -> None:
    with workspace_with() as workspace:
        workspace.import_register("one:")
        with pytest.raises(al.InvalidValueError) as caught:
            workspace.open_package("T010", YEAR)
    assert str(BROKEN) in caught.value.message.da
    assert str(SHORT) in caught.value.message.en
    assert "period=" in caught.value.hint.da


def test_a_package_rests_on_a_period_of_its_own_year_and_stays_on_it() -> None:
    year, (first, second) = al.ReportYear(2026), LaterMoved.periods
    with workspace_with(LaterMoved) as workspace:
        workspace.import_register("one:")
        with pytest.raises(al.InvalidValueError, match="2025-06-30"):
            workspace.open_package("T010", year, period=BROKEN)
        package = workspace.open_package("T010", year, period=first)
        assert package.period == first
        assert workspace.open_package("T010", year) == workspace.open_package("T010", year, period=first) == package
        with pytest.raises(al.InvalidValueError, match="2025-06-30"):
            workspace.open_package("T010", year, period=second)


def test_rules_that_need_register_and_history_get_them_from_the_workspace() -> None:
    with workspace_with() as workspace:
        workspace.import_register("one:")
        package = al.empty_package("T010", al.ReportYear(2026))
        [finding] = workspace.check(package).with_code("TEST-REGISTER-AND-HISTORY")
    assert finding.message.da == "1 i registret, 0 tidligere"
    [alone] = al.check(package, rules=[register_and_history])
    assert (alone.code, alone.values["missing"]) == ("RULE-NOT-RUN", "history, register")


def test_a_register_is_imported_whole_or_not_at_all() -> None:
    with workspace_with(Forgetful) as workspace:
        with pytest.raises(al.NotFoundError, match="T011"):
            workspace.import_register("one:")
        assert len(workspace.register()) == 0
        assert workspace.verify().records == 0


def test_progress_hears_every_organisation() -> None:
    heard: list[tuple[int, int]] = []
    with workspace_with() as workspace:
        assert workspace.import_register("one:", progress=lambda done, total: heard.append((done, total))) == 1
    assert heard == [(1, 1)]


def test_the_register_is_imported_again_from_the_source_that_the_store_remembers(tmp_path: Path) -> None:
    address, actor = f"sqlite:{tmp_path / 'dialog.db'}", al.Actor("drift", role="operator")
    with al.connect(address, actor=actor, test_mode=True) as first:
        assert first.import_register("synthetic:") == 6
    with al.connect(address, actor=actor) as later:
        assert later.import_register() == 0
        assert later.open_package("T001", al.ReportYear(2026)).accounts


def test_what_was_never_opened_cannot_be_reviewed() -> None:
    with workspace_with() as workspace:
        workspace.import_register("one:")
        council = workspace.acting_as(al.Actor("tilsyn", role="municipality", municipality="T01"))
        with pytest.raises(al.NotFoundError) as caught:
            council.review("T010", YEAR)
    assert "2018" in caught.value.message.da
    assert caught.value.hint.da


def test_an_unknown_kind_of_store_is_named() -> None:
    with pytest.raises(al.PluginError, match="postgres"):
        al.connect("postgres://localhost/x", actor=al.Actor("drift", role="operator"))


@pytest.mark.parametrize(
    "day",
    [date(2026, 6, 2), date(2099, 1, 1), datetime(2026, 6, 1, tzinfo=UTC), "2026-06-01"],
    ids=["tomorrow", "far ahead", "an instant", "a text"],
)
def test_nothing_is_sent_on_a_day_that_has_not_come(day: date) -> None:
    with workspace_with() as workspace:
        workspace.import_register("one:")
        office = workspace.acting_as(al.Actor("kontor", role="organisation", organisation="T010"))
        package = office.open_package("T010", al.ReportYear(2026))
        with pytest.raises(al.InvalidValueError, match="2026-06-01"):
            office.submit(package, on=day)


def test_a_source_that_cannot_be_opened_leaves_the_workspace_as_it_was() -> None:
    with workspace_with() as workspace:
        workspace.import_register("one:")
        with pytest.raises(al.PluginError):
            workspace.import_register("nix:")
        office = workspace.acting_as(al.Actor("kontor", role="organisation", organisation="T010"))
        assert office.open_package("T010", al.ReportYear(2026)).revision == 1


def test_accounts_are_shown_in_the_charts_order() -> None:
    postings = {number: al.Dkk(0) for number in ("150", "112.10", "113", "112", "105.9", "112.9", "201.4-", "105")}
    shown = by_account(al.Accounts(unit=NUMBER, period=WHOLE, postings=postings))
    assert [number for number, _ in shown] == ["105", "105.9", "112", "112.9", "112.10", "113", "150", "201.4-"]


def test_a_confirmation_keeps_what_was_confirmed_and_where() -> None:
    package = al.empty_package("T010", al.ReportYear(2026))
    finding = al.check(package).with_code("AGREEMENT-NEED-MISSING")[0]
    [given] = package.confirm(finding, reason="Drøftet.", on=date(2026, 6, 1)).confirmations
    assert (given.location, given.message) == (finding.location, finding.message)
