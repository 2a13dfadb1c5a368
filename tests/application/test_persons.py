"""Persons in a workspace: who keeps and sees them, how they are erased, and where they never turn up."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.ports import Draft
from almenstyring.testing.builders import clean_package

YEAR = al.ReportYear(2026)
NAME = "Opdigtet Person Nordvind"
T01, T02 = al.MunicipalityCode("T01"), al.MunicipalityCode("T02")
CLERK = al.Person(id="p-tilsyn", name=NAME, title="sagsbehandler", municipality=T01, email="a@t01.example")
CHAIR = al.Person(id="p-formand", name=NAME + " den Anden", title="formand", organisation=al.LbfNumber("T001"))
NEIGHBOUR = al.Person(id="p-nabo", name=NAME + " den Tredje", organisation=al.LbfNumber("T006"))


@pytest.fixture
def others(operator: al.Workspace) -> dict[str, al.Workspace]:
    """Everybody who has no business with the persons of T01 and T001."""
    return {
        "another organisation": operator.acting_as(al.Actor("kontor-2", role="organisation", organisation="T002")),
        "another municipality": operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02")),
        "the operator": operator,
        "an adviser": operator.acting_as(al.Actor("raadgiver-1", role="adviser", municipality="T01")),
    }


def test_a_municipality_keeps_its_own_and_those_of_the_organisations_it_leads(
    council: al.Workspace, office: al.Workspace
) -> None:
    council.keep_person(CLERK)
    office.keep_person(CHAIR)
    assert council.persons() == (CHAIR, CLERK) and office.persons() == (CHAIR,)
    assert council.person("p-formand") == CHAIR and council.name_of("p-formand") == CHAIR.name
    council.keep_person(evolve(CHAIR, title="næstformand"))
    assert office.person("p-formand").title == "næstformand"
    assert office.name_of("p-tilsyn") == "p-tilsyn"


def test_nobody_else_learns_anything(
    council: al.Workspace, office: al.Workspace, others: dict[str, al.Workspace]
) -> None:
    council.keep_person(CLERK)
    office.keep_person(CHAIR)
    council.give_mandate("raadgiver-1", valid=al.Validity())
    attempts: list[Callable[[al.Workspace], object]] = [
        lambda stranger: stranger.person("p-formand"),
        lambda stranger: stranger.erase_person("p-tilsyn" if stranger.actor.role is not al.Role.OPERATOR else "p-x"),
        lambda stranger: stranger.keep_person(CHAIR),
        lambda stranger: stranger.keep_person(CLERK),
    ]
    for who, stranger in others.items():
        assert stranger.name_of("p-formand") == "p-formand", who
        for attempt in attempts:
            with pytest.raises((al.NotAllowedError, al.NotFoundError)) as caught:
                attempt(stranger)
            assert NAME not in str(caught.value)
    assert others["another organisation"].persons() == others["another municipality"].persons() == ()
    for who in ("the operator", "an adviser"):
        with pytest.raises(al.NotAllowedError):
            others[who].persons()
    assert council.persons() == (CHAIR, CLERK)


def test_an_id_that_is_taken_by_somebody_else_is_refused_without_a_word_of_whom(
    office: al.Workspace, others: dict[str, al.Workspace]
) -> None:
    office.keep_person(CHAIR)
    with pytest.raises(al.NotAllowedError, match="is taken") as caught:
        others["another municipality"].keep_person(evolve(CHAIR, organisation=None, municipality=T02))
    assert NAME not in str(caught.value) and office.person("p-formand") == CHAIR


def test_a_municipality_sees_the_persons_of_an_organisation_as_long_as_it_leads_the_dialogue(
    operator: al.Workspace, council: al.Workspace, office: al.Workspace
) -> None:
    office.keep_person(CHAIR)
    master = operator.master_data("T001")
    moved = al.HomeMunicipality(organisation=master.number, municipality=T02, valid=al.Validity(date(2026, 1, 1)))
    operator._keep_master(evolve(master, home_municipalities=(moved,)))
    assert council.persons() == () and council.name_of("p-formand") == "p-formand"
    now_leads = operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))
    assert now_leads.persons() == (CHAIR,)


def without_home(operator: al.Workspace, number: str, last_day: date = date(2026, 6, 30)) -> None:
    """End the organisation's home relation, as a merger does."""
    master = operator.master_data(number)
    ended = [evolve(each, valid=al.Validity(each.valid.start, last_day)) for each in master.home_municipalities]
    operator._keep_master(evolve(master, home_municipalities=tuple(ended)))


@pytest.mark.parametrize("who", ["last home", "organisation", "operator"])
def test_after_a_merger_somebody_can_still_erase_and_sees_no_more_than_before(
    operator: al.Workspace, council: al.Workspace, office: al.Workspace, who: str
) -> None:
    by = {"last home": council, "organisation": office, "operator": operator}[who]
    office.keep_person(evolve(CHAIR, valid=al.Validity(None, date(2026, 6, 30))))
    office.keep_person(evolve(CHAIR, id="p-kasserer"))
    neighbour = operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))
    council.set_retention(days=0)
    neighbour.set_retention(days=36_000)
    without_home(operator, "T001")
    assert council.persons() == () and council.name_of("p-formand") == "p-formand"
    with pytest.raises(al.NotFoundError):
        neighbour.erase_person("p-formand")
    assert by.erase_expired() == ("p-formand",), "the retention of the last home municipality holds"
    assert by.erase_person("p-kasserer") == 1
    assert office.persons() == () and operator.verify().erased == 2


def test_the_operator_s_run_takes_everybody_by_the_retention_of_each_and_leaves_those_without_one(
    operator: al.Workspace, council: al.Workspace, office: al.Workspace
) -> None:
    left = al.Validity(None, date(2026, 6, 30))
    neighbour = operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))
    for workspace, person in ((council, CLERK), (office, CHAIR), (neighbour, NEIGHBOUR)):
        workspace.keep_person(evolve(person, valid=left))
    neighbour.keep_person(evolve(CLERK, id="p-t02", municipality=T02))
    assert operator.erase_expired() == ()
    council.set_retention(days=0)
    assert operator.erase_expired() == ("p-formand", "p-tilsyn")
    neighbour.set_retention(years=1)
    assert operator.erase_expired() == () and len(neighbour.persons()) == 2


def test_one_that_cannot_be_read_blocks_nobody_s_erasure(
    council: al.Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    for person_id in ("p-1", "p-2", "p-3"):
        council.keep_person(evolve(CLERK, id=person_id, valid=al.Validity(None, date(2026, 6, 30))))
    [damaged] = council._store.history("person", "p-2")
    draft = Draft(
        kind="person", key="p-2", document="{}", expected_revision=1, actor="x", at=damaged.at, indexed=damaged.indexed
    )
    council._store.put([draft])
    council.set_retention(days=0)
    assert council.erase_expired() == ("p-1", "p-3")
    assert "p-2 cannot be read" in caplog.text
    assert council.erase_person("p-2") == 2


def test_what_is_kept_again_unchanged_is_not_written_and_every_revision_has_a_salt_of_its_own(
    council: al.Workspace,
) -> None:
    council.keep_person(CLERK)
    council.keep_person(CLERK)
    council.keep_person(evolve(CLERK, title="afdelingsleder"))
    documents = [json.loads(record.document) for record in council._store.history("person", "p-tilsyn")]
    salts = {document["salt"] for document in documents}
    assert len(documents) == len(salts) == 2 and min(map(len, salts)) == 32


def test_nothing_that_stays_after_erasing_is_personal(council: al.Workspace, office: al.Workspace) -> None:
    council.keep_person(CLERK)
    office.keep_person(CHAIR)
    for who in ("p-tilsyn", "p-formand"):
        council.erase_person(who)
    left = "".join(map(repr, council._store.chain()))
    assert NAME not in left and "a@t01" not in left and "formand'" in left
    assert [dict(record.indexed) for record in council._store.find("person")] == [
        {"organisation": "T001", "municipality": None},
        {"organisation": None, "municipality": "T01"},
    ]


def test_an_erased_person_is_absent_stays_erased_and_leaves_everything_else_as_it_was(
    operator: al.Workspace, council: al.Workspace, ready: Callable[[], al.DocumentationPackage], office: al.Workspace
) -> None:
    council.keep_person(CLERK)
    council.keep_person(evolve(CLERK, title="afdelingsleder"))
    receipt = office.submit(ready())
    council.keep_person(CHAIR)
    before = operator.verify(receipt)

    assert council.erase_person("p-tilsyn") == 2
    assert council.erase_person("p-tilsyn") == 0

    assert council.persons() == (CHAIR,) and council.name_of("p-tilsyn") == "p-tilsyn"
    with pytest.raises(al.NotFoundError):
        council.person("p-tilsyn")
    for again in (CLERK, evolve(CLERK, name="En helt anden")):
        with pytest.raises(al.NotAllowedError, match="stays erased"):
            council.keep_person(again)
    after = operator.verify(receipt)
    assert (after.ok, after.erased, before.erased) == (True, 2, 0)
    assert (after.head, after.records) == (before.head, before.records)
    with pytest.raises(al.NotFoundError):
        council.erase_person("p-ukendt")


@pytest.mark.parametrize("days_after", [0, 30, 31], ids=["last day", "last day of retention", "the day after"])
def test_whoever_is_past_retention_is_erased_and_named_by_id(
    council: al.Workspace, office: al.Workspace, operator: al.Workspace, days_after: int
) -> None:
    left = council.today - timedelta(days=days_after)
    council.keep_person(evolve(CLERK, valid=al.Validity(None, left)))
    office.keep_person(CHAIR)  # has not left
    neighbour = operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))
    neighbour.keep_person(evolve(NEIGHBOUR, valid=al.Validity(None, date(2010, 1, 1))))
    council.set_retention(days=30)
    assert council.erase_expired() == (("p-tilsyn",) if days_after > 30 else ())
    assert council.erase_expired() == () and office.persons() == (CHAIR,) and len(neighbour.persons()) == 1


def test_an_organisation_erases_its_own_by_its_municipality_s_retention(
    council: al.Workspace, office: al.Workspace
) -> None:
    office.keep_person(evolve(CHAIR, valid=al.Validity(None, date(2020, 1, 1))))
    council.keep_person(evolve(CLERK, valid=al.Validity(None, date(2020, 1, 1))))
    for workspace in (office, council):
        with pytest.raises(al.NotFoundError, match="no retention"):
            workspace.erase_expired()
    assert council.set_retention(years=5) == council.retention() == office.retention() == office.retention("T01")
    assert office.retention("T02") is None
    with pytest.raises(al.NotAllowedError):
        office.set_retention(years=1)
    assert office.erase_expired() == ("p-formand",)
    assert council.persons() != () and council.erase_expired(on=date(2025, 1, 1)) == ()
    assert council.erase_expired(on=date(2025, 1, 2)) == ("p-tilsyn",)


def test_nobody_is_erased_ahead_of_time(council: al.Workspace) -> None:
    council.set_retention(days=0)
    with pytest.raises(al.InvalidValueError):
        council.erase_expired(on=council.today + timedelta(days=1))


def test_real_persons_do_not_come_among_invented_units(council: al.Workspace) -> None:
    with pytest.raises(al.NotAllowedError):
        council.keep_person(evolve(CHAIR, organisation=al.LbfNumber("45")))


def test_persons_are_in_no_package_no_export_and_no_log(
    operator: al.Workspace,
    council: al.Workspace,
    office: al.Workspace,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    council.keep_person(CLERK)
    office.keep_person(evolve(CHAIR, id=office.actor.id))  # even of the one who acts
    package = office.open_package("T001", YEAR)
    office.check(package)
    for suffix in (".json", ".html", ".txt", ".xlsx"):
        path = office.export([package, evolve(clean_package(), revision=0)], tmp_path / f"ud{suffix}")
        assert b"Nordvind" not in path.read_bytes()
    kept = [record for record in office._store.chain() if "Nordvind" in record.document]
    assert {record.kind for record in kept} == {"person"}
    council.erase_person("p-tilsyn")
    assert "p-tilsyn" in caplog.text and "Nordvind" not in caplog.text
