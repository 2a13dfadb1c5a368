"""Computing the figures of a year in a store: by the operator, all or nothing, and the same on every store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring import codec
from almenstyring.application.records import Records, year_key
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.reckoning import rounded
from almenstyring.domain.organisations import Ownership, Validity
from almenstyring.domain.reporting import Computed
from almenstyring.domain.values import LbfNumber
from almenstyring.plugins import SourceDescriptor, StoreDescriptor, hookimpl
from almenstyring.ports import SourceAnswer, SourceRequest

from .a_country import inexact
from .conftest import COUNCIL, OFFICE, OPERATOR, REGISTRY, YEAR, StandingClock, computed_years, refused, sendable

ESTATE = "T001-T0101"
MOVE_OUTS = "estate.external_move_outs"
Ready = Callable[[], al.DocumentationPackage]


@pytest.fixture
def computed(operator: al.Workspace) -> al.Workspace:
    """The operator's workspace after the year was computed."""
    operator.compute_figures(YEAR)
    return operator


@pytest.fixture
def memory() -> Iterator[al.Workspace]:
    """The same on the store in memory alone, for what is no matter of stores."""
    with computed_years() as workspace:
        yield workspace


def documents(workspace: al.Workspace) -> dict[str, str]:
    """Every document of figures that the store holds, by kind and key."""
    records = Records(workspace._store)
    return {
        f"{kept.kind}/{record.key}": record.document
        for kept in (records.figures, records.columns)
        for record in kept.records()
    }


# Computing


def test_only_the_operator_computes(operator: al.Workspace, office: al.Workspace, council: al.Workspace) -> None:
    for workspace in (office, council):
        refused(lambda workspace=workspace: workspace.compute_figures(YEAR), al.NotAllowedError)  # type: ignore[misc]
    assert documents(operator) == {}


def test_computing_tells_how_much_it_brought_and_how_far_it_is(operator: al.Workspace) -> None:
    heard: list[tuple[int, int]] = []
    found = operator.compute_figures(YEAR, progress=lambda done, of: heard.append((done, of)))
    assert heard == [(done, 6) for done in range(1, 7)]
    kept = [entry.value for entry in operator._records.figures.find(year=2026)]
    assert (found.year, found.organisations, found.units) == (YEAR, 6, 16)
    assert found.units == sum(len(each.units) for each in kept)
    subjects = {b.distribution.subject for each in kept for b in each.benchmarks}
    assert found.distributions == len(subjects) > 0
    assert {each.computed_on for each in kept} == {operator.today}
    assert list(inexact(found)) == []


def test_computing_again_moves_nothing(computed: al.Workspace) -> None:
    before = documents(computed)
    assert computed.compute_figures(YEAR).movements == ()
    assert documents(computed) == before


def test_every_kind_of_store_holds_the_same_documents(store: StoreDescriptor, computed: al.Workspace) -> None:
    with al.connect("memory:", actor=OPERATOR, registry=REGISTRY, clock=StandingClock(), test_mode=True) as other:
        other.import_register("synthetic:")
        other.compute_figures(YEAR)
        assert documents(computed) == documents(other)
        package = other.acting_as(OFFICE).open_package("T001", YEAR)
    assert codec.encode(computed.acting_as(OFFICE).open_package("T001", YEAR)) == codec.encode(package)


def test_the_same_distributions_move_as_rest_on_what_was_sent(memory: al.Workspace) -> None:
    office = memory.acting_as(OFFICE)
    before = office.open_package("T001", YEAR)
    office.submit(office.save(sendable(office, before)))
    unchanged = memory.compute_figures(YEAR)
    assert unchanged.movements == ()

    memory.acting_as(COUNCIL).return_package("T001", YEAR, reason="Tallet er forkert.")
    own = before.sheet(ESTATE)[MOVE_OUTS].value
    assert isinstance(own, al.Number)
    office.save(sendable(office, office.open_package("T001", YEAR).answer(MOVE_OUTS, own.count + 40, estate=ESTATE)))
    assert memory.compute_figures(YEAR).movements == ()  # a draft is nobody's business
    draft = office.open_package("T001", YEAR)
    for finding in office.check(draft).in_the_way:
        draft = draft.confirm(finding, reason="Talt op igen.", on=office.today)
    office.submit(office.save(draft))

    moved = {benchmark.distribution.subject.figure for benchmark, _ in memory.compute_figures(YEAR).movements}
    assert moved == {"move_out_rate"}
    changed = memory.compare(ESTATE, "move_out_rate", YEAR)
    homes = next(e for e in memory.master_data("T001").estates if str(e.id) == ESTATE).homes.total
    assert changed.value == rounded(Fraction(100 * (own.count + 40), homes), 1)
    assert memory.compute_figures(YEAR).movements == ()


class Stopping:
    """The demonstration's source, until it is asked of the last organisation."""

    def __init__(self) -> None:
        self.inner = REGISTRY.source("synthetic").open("")

    def organisations(self) -> Iterator[LbfNumber]:
        yield from self.inner.organisations()

    def master_data(self, organisation: LbfNumber) -> al.MasterData | None:
        return self.inner.master_data(organisation)

    def figures(self, request: SourceRequest) -> SourceAnswer:
        if str(request.organisation) == "T006":
            raise al.BackendError(al.Text("Linjen er afbrudt.", "The line is down."))
        return self.inner.figures(request)

    def close(self) -> None:
        self.inner.close()


class Plugin:
    @hookimpl
    def almenstyring_sources(self) -> Iterator[SourceDescriptor]:
        yield SourceDescriptor(name="stopping", open=lambda _: Stopping(), description=al.Text("Stopper", "Stops"))


@pytest.mark.parametrize("before", [False, True], ids=["the first time", "with figures from before"])
def test_nothing_is_kept_when_the_last_organisation_cannot_be_computed(
    store: StoreDescriptor, tmp_path: Path, clock: StandingClock, before: bool
) -> None:
    registry = al.Registry.discover()
    registry.register(Plugin(), "stopping")
    address = f"{store.name}:{tmp_path / 'afbrudt.db'}"
    with al.connect(address, actor=OPERATOR, registry=registry, clock=clock, test_mode=True) as workspace:
        workspace.import_register("synthetic:")
        if before:
            workspace.compute_figures(YEAR)
        kept, head = documents(workspace), None
        workspace.import_register("stopping:")
        head = workspace._store.head()
        with pytest.raises(al.AlmenstyringError, match="The line is down"):
            workspace.compute_figures(YEAR)
        assert documents(workspace) == kept
        assert workspace._store.head() == head
        assert workspace.verify().ok


def test_without_a_source_there_are_units_but_no_figures_of_accounts(operator: al.Workspace) -> None:
    """Who is in the register is known; nobody's accounts are."""
    with al.connect("memory:", actor=OPERATOR, registry=REGISTRY, clock=StandingClock(), test_mode=True) as workspace:
        for master in operator.register():
            workspace._keep(workspace._records.register, str(master.number), master, {})
        found = workspace.compute_figures(YEAR)
        assert (found.organisations, found.units) == (6, 16)
        assert workspace.compare(ESTATE, "cleaning_per_m2", YEAR).value is None
        assert workspace.compare(ESTATE, "residents_per_home", YEAR).value == al.Number(2)


def test_a_year_in_which_nobody_had_accounts_has_no_figures(operator: al.Workspace) -> None:
    found = operator.compute_figures(al.ReportYear(2015))
    assert (found.organisations, found.units, found.distributions, found.movements) == (0, 0, 0, ())
    assert documents(operator) == {}


def test_an_organisation_outside_the_dialogue_is_not_computed(operator: al.Workspace) -> None:
    master = operator.master_data("T006")
    elderly = evolve(master.organisation, kind=al.OrganisationKind.MUNICIPAL_ELDERLY)
    operator._keep_master(evolve(master, organisation=elderly))
    assert operator.compute_figures(YEAR).organisations == 5


def test_figures_are_kept_under_their_own_keys(computed: al.Workspace) -> None:
    kept = computed._records.figures.get(year_key(LbfNumber("T001"), YEAR))
    assert kept is not None and kept.value.organisation == LbfNumber("T001")
    assert "columns/estate/cleaning_per_m2/2026" in documents(computed)
    assert computed.verify().ok


def test_a_package_opened_before_anything_was_computed_has_figures_and_no_peers(operator: al.Workspace) -> None:
    package = operator.open_package("T001", YEAR)
    assert all(kept.places == {} for of_unit in package.figures for kept in of_unit.figures)
    assert package.benchmarks == ()
    assert any(isinstance(a.provenance, Computed) for sheet in package.sheets() for a in sheet.answers.values())


def test_what_residents_are_like_makes_twins_where_it_is_known(computed: al.Workspace) -> None:
    """No source of the demonstration tells it of organisations, so it is put into the columns here."""
    for fact in ("non_western_share", "outside_labour_share", "without_education_share", "income_of_national_mean"):
        column = computed._records.column(Ledger.ORGANISATION, fact, YEAR)
        assert column is not None
        exact = tuple(al.Ratio.of(str(30 + 7 * place)).as_fraction() for place in range(len(column.units)))
        key = f"organisation/{fact}/2026"
        computed._keep(computed._records.columns, key, evolve(column, exact=exact), {"year": 2026})
    found = computed.twins("T003", YEAR, basis="socio_economic", count=2)
    assert {str(twin.unit) for twin in found.twins} == {"T002", "T004"}
    assert len(found.variables) == 4 and found.unknown == ()


# An estate with another owner


@pytest.mark.parametrize(("giver", "taken_by"), [("T001", "T002"), ("T002", "T001")])
def test_an_estate_is_compared_by_the_one_who_owns_it_now(operator: al.Workspace, giver: str, taken_by: str) -> None:
    """It keeps its id; its figures, traits and who may see them follow the owner."""
    given, taker, unit = operator.master_data(giver), operator.master_data(taken_by), f"{giver}-T0201"
    estate = next(each for each in given.estates if str(each.id) == unit)
    keep, sold = (
        tuple(each for each in given.ownerships if (each.estate == estate.id) is gone) for gone in (False, True)
    )
    ended = evolve(sold[0], valid=Validity(sold[0].valid.start, date(2023, 12, 31)))
    owned = Ownership(organisation=taker.number, estate=estate.id, valid=Validity(date(2024, 1, 1)))
    without = tuple(each for each in given.estates if each != estate)
    before = operator.acting_as(al.Actor("x", role="organisation", organisation=giver))
    for estates in (given.estates, without):
        operator._keep_master(evolve(given, estates=estates, ownerships=(*keep, ended)))
        operator._keep_master(
            evolve(
                taker,
                estates=(*taker.estates, estate),
                ownerships=(*taker.ownerships, ended, owned),
                locations=(*taker.locations, *(each for each in given.locations if each.estate == estate.id)),
            )
        )
        assert operator.compute_figures(YEAR).units == 16
        found = operator.compare(unit, "residents_per_home", YEAR, group="organisation")
        assert found.value is not None
        assert found.benchmark.group.en == f"the organisation's own estates: {taker.organisation.name}"
        assert operator.acting_as(al.Actor("x", role="organisation", organisation=taken_by)).twins(unit, YEAR).twins
        refused(lambda: before.compare(unit, "cleaning_per_m2", YEAR), al.NotAllowedError)
