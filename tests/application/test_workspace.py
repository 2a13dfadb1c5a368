"""The use cases of a report year, the same on every installed store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

import almenstyring as al

YEAR = al.ReportYear(2026)
Ready = Callable[[], al.DocumentationPackage]


def test_opening_a_package_prefills_it_with_provenance_per_value(office: al.Workspace) -> None:
    package = office.open_package("T001", YEAR)

    sourced = [
        answer.provenance
        for sheet in package.sheets()
        for answer in sheet.answers.values()
        if isinstance(answer.provenance, al.Sourced)
    ]
    assert sourced
    assert {provenance.source for provenance in sourced} == {"synthetic"}
    assert all(provenance.key and provenance.retrieved_at.utcoffset() == timedelta(0) for provenance in sourced)
    assert package.status is al.PackageStatus.CREATED
    assert package.accounts


def test_opening_again_gives_the_stored_package_and_not_a_new_one(office: al.Workspace) -> None:
    package = office.save(office.open_package("T001", YEAR).answer("economy.sound_operation", "high_degree"))

    again = office.open_package("T001", YEAR)

    assert again == package
    assert again.revision == package.revision == 2


def test_a_package_cannot_be_opened_before_the_day_after_the_period(
    office: al.Workspace, clock: Callable[[], object]
) -> None:
    clock.day = date(2025, 12, 31)  # type: ignore[attr-defined]
    with pytest.raises(al.NotAllowedError, match="2026-01-01"):
        office.open_package("T001", YEAR)

    clock.day = date(2026, 1, 1)  # type: ignore[attr-defined]
    assert office.open_package("T001", YEAR).revision == 1


def test_saving_an_old_revision_is_a_conflict_and_changes_nothing(office: al.Workspace) -> None:
    first = office.open_package("T001", YEAR)
    mine = office.save(first.answer("economy.sound_operation", "high_degree"))

    with pytest.raises(al.ConflictError) as caught:
        office.save(first.answer("economy.sound_operation", "not_at_all"))

    assert caught.value.retriable
    assert office.open_package("T001", YEAR) == mine


def test_saving_what_is_stored_already_is_no_conflict(office: al.Workspace) -> None:
    changed = office.open_package("T001", YEAR).answer("economy.sound_operation", "high_degree")
    office.save(changed)

    assert office.save(changed).revision == 2


def test_the_municipality_of_location_reads_but_does_not_lead(operator: al.Workspace) -> None:
    neighbour = operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))

    with pytest.raises(al.NotAllowedError):
        neighbour.set_deadline("T002", YEAR, date(2026, 7, 1))
    rows = {str(r.organisation) for r in neighbour.status(year=YEAR) if r.expectation.owed}
    assert "T002" in rows
    assert "T001" not in rows


def test_an_organisation_cannot_touch_another_ones_package(operator: al.Workspace, office: al.Workspace) -> None:
    with pytest.raises(al.NotAllowedError):
        office.open_package("T002", YEAR)
    other = operator.acting_as(al.Actor("kontor-2", role="organisation", organisation="T002"))
    package = other.open_package("T002", YEAR)
    with pytest.raises(al.NotAllowedError):
        office.save(package.answer("economy.sound_operation", "high_degree"))


def test_an_administrator_fills_in_for_the_organisation_it_administers(operator: al.Workspace) -> None:
    administrator = operator.acting_as(al.Actor("kontor-4", role="organisation", organisation="T004"))

    package = administrator.save(
        administrator.open_package("T005", YEAR).answer("economy.sound_operation", "high_degree")
    )

    assert {str(p.organisation) for p in administrator.packages(year=YEAR)} == {"T005"}
    assert package.report["economy.sound_operation"].provenance == al.Typed("kontor-4")


def test_real_units_are_refused_in_test_mode_and_invented_ones_outside_it(operator: al.Workspace) -> None:
    with pytest.raises(al.NotAllowedError):
        operator.master_data("0045")
    with al.connect("memory:", actor=al.Actor("drift", role="operator")) as real:
        with pytest.raises(al.NotAllowedError):
            real.master_data("T001")
        with pytest.raises(al.NotAllowedError):
            real.import_register("synthetic:")
        assert len(real.register()) == 0


def test_an_unknown_organisation_is_named_with_what_to_do(operator: al.Workspace) -> None:
    with pytest.raises(al.NotFoundError) as caught:
        operator.master_data("T999")
    assert "T999" in caught.value.message.da
    assert caught.value.hint.da


def test_a_year_without_an_accounting_period_is_refused(office: al.Workspace) -> None:
    with pytest.raises(al.NotFoundError):
        office.open_package("T001", al.ReportYear(2012))


def test_importing_the_register_again_changes_nothing(operator: al.Workspace) -> None:
    before = operator.verify().records
    assert operator.import_register("synthetic:") == 0
    assert operator.verify().records == before


def test_the_register_needs_a_source_that_is_installed(operator: al.Workspace) -> None:
    with pytest.raises(al.PluginError, match="findes-ikke"):
        operator.import_register("findes-ikke:")


def test_without_any_source_packages_open_empty(clock: Callable[[], object]) -> None:
    actor = al.Actor("drift", role="operator")
    with al.connect("memory:", actor=actor, test_mode=True) as workspace, pytest.raises(al.InvalidValueError):
        workspace.import_register()


def test_attachments_come_back_byte_for_byte(office: al.Workspace) -> None:
    package = office.attach(office.open_package("T001", YEAR), "revisor.pdf", b"%PDF-1.7 \x00\xff")
    stored = office.save(package)

    assert office.attachment(stored, "revisor.pdf") == b"%PDF-1.7 \x00\xff"
    with pytest.raises(al.NotFoundError):
        office.attachment(stored, "findes-ikke.pdf")


def test_a_municipality_cannot_ask_for_another_ones_status(council: al.Workspace) -> None:
    with pytest.raises(al.NotAllowedError):
        council.status(year=YEAR, municipality="T02")


@pytest.mark.parametrize("suffix", [".json", ".html", ".txt", ".xlsx"])
def test_packages_are_exported_to_every_installed_format(office: al.Workspace, tmp_path: Path, suffix: str) -> None:
    office.open_package("T001", YEAR)
    target = office.export(office.packages(year=YEAR), tmp_path / f"ud{suffix}")
    assert target.stat().st_size > 1000


def test_an_unknown_format_is_named(office: al.Workspace, tmp_path: Path) -> None:
    with pytest.raises(al.PluginError, match=r"\.docx"):
        office.export([], tmp_path / "ud.docx")


def test_every_unit_that_owes_a_questionnaire_gets_the_one_meant_for_it(operator: al.Workspace) -> None:
    administrator = operator.acting_as(al.Actor("kontor-4", role="organisation", organisation="T004"))
    own = administrator.open_package("T004", YEAR).questionnaires
    of_another = administrator.open_package("T005", YEAR).questionnaires

    assert [(str(s.unit), s.questionnaire) for s in own] == [("T004", "administration_organisation")]
    assert [(str(s.unit), s.questionnaire) for s in of_another] == [
        ("T005", "organisation"),
        ("T005-T0101", "estate"),
        ("T005-T0201", "estate"),
    ]


def test_a_questionnaire_is_answered_per_unit(office: al.Workspace) -> None:
    estate = al.EstateId.parse("T001-T0101")
    package = (
        office.open_package("T001", YEAR).answer_questionnaire("1", "ja").answer_questionnaire("2", 3, unit=estate)
    )

    stored = {str(s.unit): s.answers for s in office.save(package).questionnaires}

    assert stored["T001"]["1"].value == "ja"
    assert stored["T001-T0101"]["2"].value == al.Number.of(3)
    with pytest.raises(al.NotFoundError, match="T001-T9901"):
        package.answer_questionnaire("1", "ja", unit=al.EstateId.parse("T001-T9901"))


def test_a_store_remembers_that_its_units_are_invented(clock: Callable[[], object], tmp_path: Path) -> None:
    address = f"sqlite:{tmp_path / 'dialog.db'}"
    operator = al.Actor("drift", role="operator")
    with al.connect(address, actor=operator, test_mode=True) as workspace:
        workspace.import_register("synthetic:")

    with al.connect(address, actor=operator) as workspace:
        assert workspace.test_mode
    for actor, wanted in (
        (operator, False),
        (al.Actor("kontor", role="organisation", organisation="0045"), None),
        (al.Actor("kontor", role="organisation", organisation="T001"), False),
    ):
        with pytest.raises(al.NotAllowedError) as caught:
            al.connect(address, actor=actor, test_mode=wanted)
        assert caught.value.hint.da
