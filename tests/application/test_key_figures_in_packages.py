"""A package holds its key figures and all that they rest on: they follow what is written, and explain themselves."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring import codec
from almenstyring.application.key_figures import unit_in, with_key_figures
from almenstyring.content import load_standard
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.figures.critical import CriticalBy
from almenstyring.domain.figures.distribution import Band
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting import (
    DocumentationPackage,
)
from almenstyring.domain.values import EstateId, LbfNumber

from .conftest import NUMBERS, YEAR
from .kept_figures import ESTATE, kept, own

MOVE_OUTS = "estate.external_move_outs"


def places(package: DocumentationPackage) -> dict[tuple[Unit, str], object]:
    return {(of_unit.unit, each.figure): each.places for of_unit in package.figures for each in of_unit.figures}


# Explained


@pytest.mark.parametrize("number", NUMBERS)
def test_every_figure_of_a_package_is_explained_to_the_same_value_wherever_it_is_read(
    filled_year: al.Workspace, number: str
) -> None:
    package = filled_year.open_package(number, YEAR)
    read = codec.decode(codec.encode(package), DocumentationPackage)
    assert read == package
    assert {of_unit.unit for of_unit in read.figures} == {sheet.unit for sheet in read.sheets()}
    for of_unit in read.figures:
        for each in of_unit.figures:
            found = filled_year.explain(read, each.figure, of_unit.unit)
            assert (found.value.value, found.value.status) == (each.value, each.status)
            assert found.recomputed() == each.value
            assert f"{found.value.figure.id}/{found.value.figure.definition}" == each.identity
            assert not [w for w in found.all_warnings() if f"definition {each.definition} " in w.en]


def test_every_definition_of_the_year_is_there_also_where_its_value_is_missing(filled_year: al.Workspace) -> None:
    for number in NUMBERS:
        for of_unit in filled_year.open_package(number, YEAR).figures:
            wanted = [
                f.identity for f in load_key_figures() if f.of.value == ledger(of_unit.unit) and f.is_valid_in(2025)
            ]
            assert [each.identity for each in of_unit.figures] == wanted


def ledger(unit: Unit) -> str:
    return "estate" if isinstance(unit, EstateId) else "organisation"


def test_another_definition_than_the_package_was_filled_by_is_said(filled_year: al.Workspace) -> None:
    package = filled_year.open_package("T001", YEAR)
    figures = tuple(
        evolve(of_unit, figures=tuple(evolve(each, definition=each.definition - 1) for each in of_unit.figures))
        for of_unit in package.figures
    )
    found = al.explain_figure(evolve(package, figures=figures), "rent_per_m2", "T0101")
    assert any("definition 2" in warning.en and "now 3" in warning.en for warning in found.all_warnings())
    assert al.explain_figure(evolve(package, figures=()), "cleaning_per_m2", ESTATE).value.exact is not None


@pytest.mark.parametrize("named", ["T0101", "T001-T0101", EstateId.parse("T001-T0101")], ids=repr)
def test_a_unit_is_named_by_its_number_or_its_id(filled_year: al.Workspace, named: str | EstateId) -> None:
    package = filled_year.open_package("T001", YEAR)
    assert unit_in(package, named) == EstateId.parse(ESTATE)


@pytest.mark.parametrize("named", [None, "T001", LbfNumber("T001")], ids=repr)
def test_the_organisation_is_named_by_its_number_or_not_at_all(
    filled_year: al.Workspace, named: str | LbfNumber | None
) -> None:
    assert unit_in(filled_year.open_package("T001", YEAR), named) == LbfNumber("T001")


@pytest.mark.parametrize(
    ("figure", "unit", "wanted"),
    [
        ("rent", "T0101", "rent_per_m2"),
        ("rent_per_m2", None, "board_fees_per_unit"),
        ("rent_per_m2", "T0301", "T001-T0301"),
        ("rent_per_m2", "T002-T0101", "T002-T0101"),
    ],
)
def test_what_a_package_cannot_explain_is_named(
    filled_year: al.Workspace, figure: str, unit: str | None, wanted: str
) -> None:
    with pytest.raises(al.NotFoundError) as caught:
        al.explain_figure(filled_year.open_package("T001", YEAR), figure, unit)
    assert wanted in f"{caught.value.message.da} {caught.value.hint.da}"


# Saving


def test_an_answer_a_person_types_changes_the_figure_and_the_stale_place_is_dropped(writer: al.Workspace) -> None:
    before = writer.open_package("T001", YEAR)
    assert kept(before, "move_out_rate").places
    saved = writer.save(before.answer(MOVE_OUTS, 77, estate=ESTATE))

    assert kept(saved, "move_out_rate").value == al.Number(360, 1)
    assert kept(saved, "move_out_rate").status is FigureStatus.FINAL
    changed = {key for key, each in places(saved).items() if each != places(before)[key]}
    assert changed == {(EstateId.parse(ESTATE), "move_out_rate")}
    assert kept(saved, "move_out_rate").places == {}
    assert CriticalBy.PEERS not in kept(saved, "move_out_rate").critical
    assert saved.benchmarks == before.benchmarks
    assert writer.open_package("T001", YEAR) == saved
    assert writer.explain(saved, "move_out_rate", ESTATE).recomputed() == al.Number(360, 1)

    again = writer.save(saved.answer("policy.objectives", "Mål.", comment="x"))
    assert places(again) == places(saved)


def test_prefilling_again_finds_the_place_once_more_when_the_figure_is_what_was_compared(writer: al.Workspace) -> None:
    before = writer.open_package("T001", YEAR)
    own = before.sheet(ESTATE)[MOVE_OUTS].value
    saved = writer.save(before.answer(MOVE_OUTS, 77, estate=ESTATE))
    assert kept(writer.prefill(saved), "move_out_rate").places == {}
    back = writer.save(writer.prefill(saved.answer(MOVE_OUTS, own, estate=ESTATE)))
    assert kept(back, "move_out_rate").places == kept(before, "move_out_rate").places


def test_a_figure_among_the_worst_is_critical_as_long_as_it_lies_there(writer: al.Workspace) -> None:
    package = writer.open_package("T001", YEAR)
    worst = [
        (of_unit.unit, each)
        for of_unit in package.figures
        for each in of_unit.figures
        if CriticalBy.PEERS in each.critical
    ]
    assert worst
    for _, each in worst:
        assert {place.band for place in each.places.values()} <= {Band.BELOW_P10, Band.ABOVE_P90}


def test_a_package_that_was_never_given_figures_gets_none_by_saving(writer: al.Workspace) -> None:
    bare = writer.save(evolve(writer.open_package("T001", YEAR), figures=(), benchmarks=()))
    assert writer.save(bare.answer(MOVE_OUTS, 77, estate=ESTATE)).figures == ()


def test_what_is_sent_holds_the_figures_of_that_moment(writer: al.Workspace) -> None:
    before = writer.open_package("T001", YEAR)
    saved = writer.save(before.answer(MOVE_OUTS, 77, estate=ESTATE))
    stale = evolve(saved, figures=before.figures)
    assert stale.figures != saved.figures
    assert writer._prepared(stale, writer.today)[0].figures == saved.figures


# The comparisons that a package has


def test_without_new_comparisons_those_there_are_stay_as_long_as_the_figure_does(filled_year: al.Workspace) -> None:
    package, standard = filled_year.open_package("T001", YEAR), load_standard(YEAR)
    again = with_key_figures(package, standard)
    assert again == package == with_key_figures(package, standard, {})
    bare = evolve(package, accounts=tuple(each for each in package.accounts if str(each.unit) != ESTATE))
    changed = with_key_figures(bare, standard)
    assert kept(changed, "cleaning_per_m2").places == {} and kept(changed, "vacancy_rate").places
    assert changed.benchmarks == package.benchmarks


def test_comparisons_of_other_years_alone_leave_this_year_s_as_they_are(filled_year: al.Workspace) -> None:
    package = filled_year.open_package("T001", YEAR)
    [entry] = filled_year._records.figures.find(year=2026, organisation="T001")
    older = {al.ReportYear(2025): evolve(entry.value, report_year=al.ReportYear(2025))}
    found = with_key_figures(package, load_standard(YEAR), older)
    assert places(found) == places(package) and found.benchmarks == package.benchmarks
    medians = {year.period.accounting_year: year.medians for year in own(found).earlier}
    assert medians[2024] and not medians[2023]


def test_a_place_is_not_taken_over_by_a_figure_that_was_not_the_one_compared(filled_year: al.Workspace) -> None:
    package = filled_year.open_package("T001", YEAR)
    [entry] = filled_year._records.figures.find(year=2026, organisation="T001")
    other = tuple(
        evolve(unit, values=tuple(evolve(m, exact=(m.exact or 0) + Fraction(1, 10**9)) for m in unit.values))
        for unit in entry.value.units
    )
    found = with_key_figures(package, load_standard(YEAR), {YEAR: evolve(entry.value, units=other)})
    assert set(map(bool, places(found).values())) == {False}
    assert own(found).efficiency == own(package).efficiency


def test_a_unit_that_was_not_computed_has_figures_without_places(filled_year: al.Workspace) -> None:
    package = evolve(filled_year.open_package("T001", YEAR), figures=())
    [entry] = filled_year._records.figures.find(year=2026, organisation="T001")
    found = with_key_figures(package, load_standard(YEAR), {YEAR: evolve(entry.value, units=())})
    assert kept(found, "cleaning_per_m2").value is not None
    assert set(map(bool, places(found).values())) == {False}
