"""A register year to work in, on every store that is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from attrs import define

import almenstyring as al
from almenstyring.plugins import StoreDescriptor
from almenstyring.testing.builders import clean_package

REGISTRY = al.Registry.discover()
YEAR = al.ReportYear(2026)
NOTICED = date(2026, 9, 15)
"""The deadline that the tests of notices set."""
NUMBERS = ("T001", "T002", "T003", "T004", "T005", "T006")

OPERATOR = al.Actor("drift", role="operator")
OFFICE = al.Actor("kontor-1", role="organisation", organisation="T001")
COUNCIL = al.Actor("tilsyn-1", role="municipality", municipality="T01")


@define
class StandingClock:
    """A clock that stands until a test moves it."""

    day: date = date(2026, 8, 3)

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 9, tzinfo=UTC)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture(params=REGISTRY.stores(), ids=lambda store: store.name)
def store(request: pytest.FixtureRequest) -> StoreDescriptor:
    """Each kind of store in turn: the same use cases must hold on all."""
    descriptor = request.param
    assert isinstance(descriptor, StoreDescriptor)
    return descriptor


@pytest.fixture
def operator(store: StoreDescriptor, clock: StandingClock, tmp_path: Path) -> Iterator[al.Workspace]:
    """The operator's workspace with the demonstration's register in it."""
    address = f"{store.name}:{tmp_path / 'dialog.db'}"
    with al.connect(address, actor=OPERATOR, registry=REGISTRY, clock=clock, test_mode=True) as workspace:
        workspace.import_register("synthetic:")
        yield workspace


def refused(call: Callable[[], object], kind: type[al.AlmenstyringError] = al.NotFoundError) -> str:
    """What is said, in English, of a call that must raise this kind of error; it helps in both languages."""
    with pytest.raises(kind) as caught:
        call()
    message, hint = caught.value.message, caught.value.hint
    assert message.da and message.en and hint.da and hint.en
    return f"{message.en} {hint.en}"


@contextmanager
def computed_years(many: int = 1) -> Iterator[al.Workspace]:
    """The operator's workspace in memory with the demonstration's register in it, after so many years were computed."""
    with al.connect("memory:", actor=OPERATOR, registry=REGISTRY, clock=StandingClock(), test_mode=True) as workspace:
        workspace.import_register("synthetic:")
        for year in YEAR.back_to(many):
            workspace.compute_figures(year)
        yield workspace


@pytest.fixture(scope="session")
def filled_year() -> Iterator[al.Workspace]:
    """A computed year and every demonstration package opened on it; no test may change what is stored."""
    with computed_years() as workspace:
        for number in NUMBERS:
            workspace.open_package(number, YEAR)
        yield workspace


@pytest.fixture
def writer() -> Iterator[al.Workspace]:
    """T001's own workspace on a store of its own where the year was computed."""
    with computed_years() as workspace:
        yield workspace.acting_as(OFFICE)


@pytest.fixture
def office(operator: al.Workspace) -> al.Workspace:
    """The workspace of the organisation T001."""
    return operator.acting_as(OFFICE)


@pytest.fixture
def council(operator: al.Workspace) -> al.Workspace:
    """The workspace of the municipality T01."""
    return operator.acting_as(COUNCIL)


@pytest.fixture
def ready(office: al.Workspace) -> Callable[[], al.DocumentationPackage]:
    """Makes a stored package of T001 that can be sent: opened, answered, confirmed."""

    def make() -> al.DocumentationPackage:
        return office.save(sendable(office, office.open_package("T001", YEAR)))

    return make


def sendable(workspace: al.Workspace, package: al.DocumentationPackage) -> al.DocumentationPackage:
    """The package with every open question answered as in the clean package, the rest confirmed."""
    clean = clean_package()
    for sheet in package.sheets():
        estate = None if sheet.unit == package.organisation else str(sheet.unit)
        model = clean.report if estate is None else clean.estate_reports[0]
        for question, answer in model.answers.items():
            value = answer.value if sheet[question].is_missing else None
            package = package.answer(question, value, comment=answer.comment, estate=estate)
    for item, answer in clean.annual_report.items.items():
        package = package.tell(item, answer.value)
    package = package.with_protocol("Ingen bemærkninger.")
    for finding in workspace.check(package).in_the_way:
        if finding.severity is al.Severity.CONFIRM:
            package = package.confirm(finding, reason="Gennemgået.", on=workspace.today)
    return package


@pytest.fixture
def only_t001(council: al.Workspace) -> al.Workspace:
    """T01 with one deadline, and a plan that began before all this."""
    council.set_deadline("T001", YEAR, NOTICED)
    council.set_notice_plan(begins=date(2026, 1, 1), open_items=())
    return council
