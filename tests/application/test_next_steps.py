"""What each role does next: every state has words, and they are true of who looks and of where the package is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

import almenstyring as al
from almenstyring.domain.next_steps import package_step
from almenstyring.testing.builders import clean_master_data

from .conftest import YEAR, sendable

Ready = Callable[[], al.DocumentationPackage]
COUNCILS = (al.Role.MUNICIPALITY, al.Role.ADVISER)


@pytest.mark.parametrize(
    ("status", "role", "relation", "was_returned"),
    [
        pytest.param(*each, id="-".join(map(str, each)))
        for each in product(al.PackageStatus, al.Role, al.DialogueRelation, (False, True))
    ],
)
def test_every_state_role_and_relation_has_a_next_step_that_is_true_of_it(
    status: al.PackageStatus, role: al.Role, relation: al.DialogueRelation, was_returned: bool
) -> None:
    step = package_step(status, role, relation, was_returned=was_returned)
    assert step.da.endswith(".") and step.en.endswith(".")
    if relation is not al.DialogueRelation.HOME:
        assert not any(word in step.da for word in ("indkald", "dialogmødet", "hold "))
        assert al.year_step(role, status, meeting_held=True, relation=relation, was_returned=was_returned) == step
    if relation is al.DialogueRelation.NO_DIALOGUE and role is al.Role.MUNICIPALITY and not was_returned:
        assert "regnskabet" in step.da or status is al.PackageStatus.RETURNED
    if role in COUNCILS and not status.is_editable and relation is al.DialogueRelation.LOCATION:
        assert "hjemstedskommunen fører dialogen" in step.da


def test_the_municipality_s_copy_is_told_by_the_real_state_of_the_package(
    office: al.Workspace, council: al.Workspace, ready: Ready
) -> None:
    office.submit(ready())
    [copy] = council.packages(year=YEAR, organisation="T001")
    assert "indkald til dialogmøde" in council.next_step(copy).da
    council.review("T001", YEAR)
    assert council.next_step(copy).da.startswith("Afslut gennemgangen")
    council.return_package("T001", YEAR, reason="Uddyb (syntetisk)")
    assert council.next_step(copy).da == "Afvent, at organisationen sender igen."
    office.save(office.open_package("T001", YEAR).answer("economy.sound_operation", comment="Uddybet."))
    assert council.next_step(copy).da == "Afvent, at organisationen sender igen."
    [line] = [line for line in council.overview([YEAR]).lines if str(line.organisation) == "T001"]
    assert line.next_step(al.Role.MUNICIPALITY) == council.next_step(copy)


def test_an_organisation_that_holds_an_old_draft_hears_that_the_package_is_sent(
    office: al.Workspace, ready: Ready
) -> None:
    draft = ready()
    assert "send pakken" in office.next_step(draft).da
    office.submit(draft)
    assert office.next_step(draft).da == "Afvent kommunens gennemgang."


def test_a_municipality_where_an_estate_lies_reads_and_supervises_its_estate(operator: al.Workspace) -> None:
    """An estate of T002 lies in T02; its home is T01."""
    office = operator.acting_as(al.Actor("kontor-2", role="organisation", organisation="T002"))
    office.submit(office.save(sendable(office, office.open_package("T002", YEAR))))
    neighbour = operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))
    [copy] = neighbour.packages(year=YEAR, organisation="T002")
    step = neighbour.next_step(copy)
    assert "DB § 110, stk. 1" in step.da and "DB § 112, stk. 2" in step.da
    [line] = [line for line in neighbour.overview([YEAR]).lines if str(line.organisation) == "T002"]
    assert (line.relation, line.next_step(al.Role.MUNICIPALITY)) == (al.DialogueRelation.LOCATION, step)


@pytest.mark.parametrize(
    ("kind", "relation", "told"),
    [
        (al.OrganisationKind.SELF_OWNING_YOUTH, al.DialogueRelation.NO_DIALOGUE, "ingen styringsdialog"),
        (al.OrganisationKind.MUNICIPAL_ELDERLY, al.DialogueRelation.NOTHING_OWED, "der skyldes ikke noget"),
    ],
)
def test_an_institution_outside_the_dialogue_is_told_of_no_meeting(
    operator: al.Workspace, kind: al.OrganisationKind, relation: al.DialogueRelation, told: str
) -> None:
    master = clean_master_data(number="T007", kind=kind)
    operator._keep_master(master)
    [line] = [line for line in operator.overview([YEAR]).lines if line.organisation == master.number]
    assert (line.relation, told in line.next_step(al.Role.MUNICIPALITY).da) == (relation, True)
    home = str(master.home_municipality_on(operator.today))
    council = operator.acting_as(al.Actor("tilsyn-3", role="municipality", municipality=home))
    assert told in council.next_step(al.empty_package("T007", YEAR, kind=kind)).da


def test_a_package_of_somebody_unknown_is_told_by_what_it_says_itself(council: al.Workspace) -> None:
    assert council.next_step(al.empty_package("T999", YEAR)).da.startswith("Afvent organisationens pakke")
