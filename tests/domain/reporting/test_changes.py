"""What differs between two states of a package is told answer by answer, and of other parts only that they differ."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from almenstyring.domain.findings import Location
from almenstyring.domain.reporting import MISSING, AnnualReportItem, Computed, DocumentationPackage, Typed
from almenstyring.domain.reporting.changes import ANNUAL_REPORT, ESTATE_REPORT, REPORT, answer_at, changes
from almenstyring.domain.values import Number

SOUND, MOVE_OUTS, ESTATE = "economy.sound_operation", "estate.external_move_outs", "T001-T0101"
ITEM = next(iter(AnnualReportItem))
Change = Callable[[DocumentationPackage], DocumentationPackage]


def places(before: DocumentationPackage, after: DocumentationPackage) -> list[tuple[str, str, str]]:
    return [(each.location.part, each.location.unit, each.location.item) for each in changes(before, after)]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        pytest.param(lambda p: p.answer(SOUND, "low_degree"), (REPORT, "T001", SOUND), id="an answer"),
        pytest.param(lambda p: p.answer(SOUND, comment="Nyt."), (REPORT, "T001", SOUND), id="a comment"),
        pytest.param(lambda p: p.clear(SOUND), (REPORT, "T001", SOUND), id="an answer taken away"),
        pytest.param(lambda p: p.answer(MOVE_OUTS, 77, estate=ESTATE), (ESTATE_REPORT, ESTATE, MOVE_OUTS), id="estate"),
        pytest.param(lambda p: p.tell(ITEM, "Nyt."), (ANNUAL_REPORT, "T001", ITEM.value), id="the annual report"),
        pytest.param(lambda p: p.with_protocol("Nyt."), ("auditors_protocol", "T001", ""), id="the protocol"),
        pytest.param(lambda p: evolve(p, accounts=p.accounts[1:]), ("accounts", "T001", ""), id="accounts"),
    ],
)
def test_a_change_is_told_with_its_place(
    package: DocumentationPackage, change: Change, place: tuple[str, str, str]
) -> None:
    assert places(package, package) == []
    assert places(package, change(package)) == [place] == places(change(package), package)


def test_a_change_has_both_answers_but_of_a_whole_part_none(package: DocumentationPackage) -> None:
    after = package.tell(ITEM, "Nyt.").with_protocol("Nyt.")
    told, whole = changes(package, after)
    assert (told.before, told.after) == (package.annual_report[ITEM], after.annual_report[ITEM])
    assert told.before != told.after
    assert (whole.before, whole.after) == (MISSING, MISSING)


def test_an_estate_that_is_only_in_one_of_them_has_changed_answers(package: DocumentationPackage) -> None:
    fewer = evolve(package, estate_reports=package.estate_reports[1:])
    found = changes(fewer, package)
    assert {each.location.unit for each in found} == {ESTATE}
    assert all(each.before == MISSING != each.after for each in found)


@pytest.mark.parametrize(
    ("provenance", "is_told"),
    [
        pytest.param(Typed("kontor-2"), True, id="typed"),
        pytest.param(Computed(definition="x/1"), False, id="computed as before"),
    ],
)
def test_what_is_computed_anew_is_no_change_and_what_is_typed_over_it_is(
    package: DocumentationPackage, provenance: Any, is_told: bool
) -> None:
    def with_answer(value: int, origin: Any) -> DocumentationPackage:
        sheet = package.report
        answer = evolve(sheet[SOUND], value=Number(value), provenance=origin)
        return evolve(package, report=sheet.with_answer(SOUND, answer))

    before = with_answer(1, Computed(definition="x/1"))
    assert bool(changes(before, with_answer(2, provenance))) is is_told
    assert changes(before, with_answer(1, Typed("kontor-2"))) == ()


@pytest.mark.parametrize(
    ("location", "is_there"),
    [
        pytest.param(Location(part=REPORT, unit="T001", item=SOUND), True, id="the organisation's"),
        pytest.param(Location(part=ESTATE_REPORT, unit=ESTATE, item=MOVE_OUTS), True, id="an estate's"),
        pytest.param(Location(part=ANNUAL_REPORT, unit="T001", item=ITEM.value), True, id="the annual report's"),
        pytest.param(Location(part=ESTATE_REPORT, unit="T001-T0999", item=MOVE_OUTS), False, id="no such estate"),
        pytest.param(Location(part=REPORT, unit="T001", item="unheard.of"), False, id="no such question"),
        pytest.param(Location(part=ANNUAL_REPORT, unit="T001", item="unheard_of"), False, id="no such item"),
    ],
)
def test_the_answer_at_a_place_is_found_or_missing(
    package: DocumentationPackage, location: Location, is_there: bool
) -> None:
    assert (answer_at(package, location) != MISSING) is is_there
