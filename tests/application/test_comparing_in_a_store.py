"""Comparing, twins, explaining and drawing in a store: each sees what is theirs, and nobody else is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.twin_variables import TwinBasis
from almenstyring.domain.organisations import Unit
from almenstyring.domain.values import EstateId, LbfNumber

from .a_country import inexact, words_in
from .conftest import OFFICE, OPERATOR, REGISTRY, YEAR, StandingClock, refused

ESTATE, SECOND = "T001-T0101", "T001-T0201"
Ready = Callable[[], al.DocumentationPackage]


@pytest.fixture(scope="module", params=REGISTRY.stores(), ids=lambda store: store.name)
def computed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[al.Workspace]:
    """The operator's workspace after the year was computed; these tests only read it, but for packages opened."""
    address = f"{request.param.name}:{tmp_path_factory.mktemp('lager') / 'dialog.db'}"
    with al.connect(address, actor=OPERATOR, registry=REGISTRY, clock=StandingClock(), test_mode=True) as workspace:
        workspace.import_register("synthetic:")
        workspace.compute_figures(YEAR)
        yield workspace


@pytest.fixture
def office(computed: al.Workspace) -> al.Workspace:
    return computed.acting_as(OFFICE)


# Comparing


def test_a_place_in_a_package_is_the_one_found_by_comparing(computed: al.Workspace) -> None:
    seen = 0
    for number in ("T001", "T003"):
        package = computed.open_package(number, YEAR)
        for of_unit in package.figures:
            for kept in of_unit.figures:
                for key, place in kept.places.items():
                    found = computed.compare(of_unit.unit, kept.figure, YEAR, group=key.partition(":")[0])
                    assert (found.place, found.value) == (place, kept.value)
                    assert package.benchmark(kept.figure, key) == found.benchmark
                    seen += 1
    assert seen > 200


@pytest.mark.parametrize("unit", [ESTATE, "T001"])
def test_an_organisation_compares_its_own_units_only(computed: al.Workspace, office: al.Workspace, unit: str) -> None:
    figure = "cleaning_per_m2" if "-" in unit else "board_fees_per_unit"
    assert office.compare(unit, figure, YEAR) == computed.compare(unit, figure, YEAR)
    assert office.twins(unit, YEAR) == computed.twins(unit, YEAR)
    for other in ("T002", "T002-T0101"):
        refused(lambda other=other: office.compare(other, figure, YEAR), al.NotAllowedError)  # type: ignore[misc]
        refused(lambda other=other: office.twins(other, YEAR), al.NotAllowedError)  # type: ignore[misc]


def test_a_municipality_compares_those_it_supervises_or_has_estates_of(computed: al.Workspace) -> None:
    first, second = (
        computed.acting_as(al.Actor("tilsyn", role="municipality", municipality=code)) for code in ("T01", "T02")
    )
    assert first.compare("T001", "board_fees_per_unit", YEAR).place
    assert second.compare("T002", "board_fees_per_unit", YEAR).place  # an estate of T002 lies in T02
    assert second.compare("T006-T0101", "cleaning_per_m2", YEAR).value is not None
    refused(lambda: first.compare("T006-T0101", "cleaning_per_m2", YEAR), al.NotAllowedError)
    refused(lambda: second.twins("T001", YEAR), al.NotAllowedError)


def test_an_administrator_compares_those_it_administers(computed: al.Workspace) -> None:
    administrator = computed.acting_as(al.Actor("adm", role="organisation", organisation="T004"))
    assert administrator.compare("T005-T0101", "cleaning_per_m2", YEAR).value is not None
    refused(lambda: administrator.compare("T003-T0101", "cleaning_per_m2", YEAR), al.NotAllowedError)


def test_nobody_else_is_named(computed: al.Workspace) -> None:
    others = [str(m.number) for m in computed.register() if str(m.number) != "T001"]
    for figure in load_key_figures().of(Ledger.ESTATE, 2025):
        found = computed.compare(ESTATE, figure, YEAR, group="own_list", listed=[SECOND, "T002-T0101", "T005-T0101"])
        words = list(words_in(found))
        assert not [word for word in words if SECOND in word or any(other in word for other in others)]
        assert list(inexact(found)) == []


def test_an_own_list_takes_numbers_and_units(computed: al.Workspace) -> None:
    listed = [SECOND, "T002-T0101", "T005-T0101", "T006-T0101"]
    found = computed.compare(ESTATE, "cleaning_per_m2", YEAR, group="own_list", listed=listed)
    assert found.benchmark.distribution.n == 5 and found.place
    units: list[Unit] = [EstateId.parse(each) for each in listed]
    assert computed.compare(EstateId.parse(ESTATE), "cleaning_per_m2", YEAR, group="own_list", listed=units) == found
    fewer = computed.compare(ESTATE, "cleaning_per_m2", YEAR, group="own_list", listed=listed[:3])
    assert fewer.place is None and fewer.benchmark.distribution.suppressed


@pytest.mark.parametrize(
    ("unit", "figure", "year", "named", "wanted"),
    [
        pytest.param(ESTATE, "rent", 2026, {}, "rent_per_m2", id="an unknown figure"),
        pytest.param("T001", "rent_per_m2", 2026, {}, "board_fees_per_unit", id="a figure of estates only"),
        pytest.param(ESTATE, "rent_per_m2", 2026, {"group": "town"}, "home_type", id="an unknown group"),
        pytest.param(ESTATE, "rent_per_m2", 2025, {}, "figures compute", id="a year that was not computed"),
        pytest.param("T001-T0301", "rent_per_m2", 2026, {}, "T001-T0301", id="an estate that is being built"),
        pytest.param("T001-T0901", "rent_per_m2", 2026, {}, "T001-T0901", id="an estate nobody has"),
        pytest.param("T009", "board_fees_per_unit", 2026, {}, "T009", id="an organisation nobody knows"),
    ],
)
def test_what_is_not_there_is_named_with_what_is(
    computed: al.Workspace, unit: str, figure: str, year: int, named: dict[str, str], wanted: str
) -> None:
    def call() -> object:
        return computed.compare(unit, figure, al.ReportYear(year), **named)  # type: ignore[arg-type]

    assert wanted in refused(call)
    if not named and figure != "rent" and wanted != "board_fees_per_unit":
        assert unit in refused(lambda: computed.twins(unit, al.ReportYear(year)))


@pytest.mark.parametrize(
    "named",
    [{"group": "organisation_size"}, {"group": "own_list"}, {"listed": [SECOND]}],
    ids=["a group of organisations", "no list", "a list too many"],
)
def test_a_group_that_does_not_fit_is_refused(computed: al.Workspace, named: dict[str, object]) -> None:
    refused(lambda: computed.compare(ESTATE, "rent_per_m2", YEAR, **named), al.InvalidValueError)  # type: ignore[arg-type]


def test_real_units_are_not_compared_with_invented_ones(computed: al.Workspace) -> None:
    refused(
        lambda: computed.compare("T001-T0101", "rent_per_m2", YEAR, group="own_list", listed=["45"]), al.NotAllowedError
    )
    refused(lambda: computed.twins("45", YEAR), al.NotAllowedError)


# Twins


@pytest.mark.parametrize("unit", [ESTATE, "T003"], ids=["an estate", "an organisation"])
@pytest.mark.parametrize("count", [1, 3, 20])
def test_twins_are_of_the_same_sort_and_come_with_their_reasons(computed: al.Workspace, unit: str, count: int) -> None:
    found = computed.twins(unit, YEAR, count=count)
    sort = EstateId if "-" in unit else LbfNumber
    assert 0 < len(found.twins) <= count
    assert len(found.twins) == count or count == 20
    assert all(isinstance(twin.unit, sort) and str(twin.unit) != unit and twin.reasons for twin in found.twins)
    assert [twin.squared for twin in found.twins] == sorted(twin.squared for twin in found.twins)
    assert list(inexact(found)) == []


def test_twins_can_rest_on_master_data_alone(computed: al.Workspace) -> None:
    found = computed.twins("T003", YEAR, basis="master_data")
    assert found == computed.twins("T003", YEAR, basis=TwinBasis.MASTER_DATA)
    assert {variable.basis for variable in found.variables} == {TwinBasis.MASTER_DATA}
    assert computed.twins("T003", YEAR, basis="socio_economic").why_nobody
    assert "master_data" in refused(lambda: computed.twins("T003", YEAR, basis="size"), al.InvalidValueError)


@pytest.mark.parametrize("count", [0, 21, -1])
def test_an_impossible_number_of_twins_is_refused(computed: al.Workspace, count: int) -> None:
    assert "20" in refused(lambda: computed.twins(ESTATE, YEAR, count=count), al.InvalidValueError)


# Explaining and drawing


def test_what_the_workspace_explains_is_what_the_package_says(computed: al.Workspace, office: al.Workspace) -> None:
    package = office.open_package("T001", YEAR)
    for unit in (None, "T0101", ESTATE):
        figure = "board_fees_per_unit" if unit is None else "cleaning_growth"
        found = office.explain(package, figure, unit)
        assert found == al.explain_figure(package, figure, unit, standard=office.standard(YEAR))
        assert list(found.all_leaves())
    assert "rent_per_m2" in refused(lambda: office.explain(package, "rent", "T0101"))
    assert "T001-T0901" in refused(lambda: office.explain(package, "rent_per_m2", "T0901"))


@pytest.mark.parametrize(("suffix", "start"), [(".svg", b"<svg"), (".png", b"\x89PNG")])
def test_a_picture_is_drawn_by_the_suffix(computed: al.Workspace, tmp_path: Path, suffix: str, start: bytes) -> None:
    picture = al.picture_of(computed.open_package("T006", YEAR), "cleaning_per_m2", "T0101", kind="trend")
    path = computed.draw(picture, tmp_path / f"billede{suffix}", language="en", scale=1)
    assert path == tmp_path / f"billede{suffix}"
    assert path.read_bytes().startswith(start)
    assert [each.name for each in tmp_path.glob("billede*")] == [path.name]


def test_a_suffix_nobody_draws_is_refused_and_leaves_no_file(computed: al.Workspace, tmp_path: Path) -> None:
    picture = al.picture_of(computed.open_package("T006", YEAR), "cleaning_per_m2", "T0101")
    with pytest.raises(al.PluginError, match="gif"):
        computed.draw(picture, tmp_path / "billede.gif")
    assert list(tmp_path.glob("billede*")) == []


def test_the_pictures_of_a_report_are_drawn_with_whose_they_are(computed: al.Workspace) -> None:
    package = computed.open_package("T006", YEAR)
    [own, *_] = (each for each in package.figures if isinstance(each.unit, EstateId))
    some = [kept for kept in own.figures if kept.critical][:2]
    drawn = list(computed.drawn([evolve(package, figures=(evolve(own, figures=tuple(some)),))], "en"))
    assert len(drawn) == 2 and {(each.organisation, each.report_year) for each in drawn} == {
        (package.organisation, YEAR)
    }
    assert {each.unit for each in drawn} <= {sheet.unit for sheet in package.sheets()}
    for each in drawn:
        assert each.svg.startswith(b"<svg")
        assert re.search(rb"<title[^>]*>([^<]+)", each.svg)
        assert each.picture.title.en in each.svg.decode()
