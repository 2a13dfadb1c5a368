"""The life of a package is one table, and the table is all there is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from almenstyring.domain.errors import AlmenstyringError, NotAllowedError
from almenstyring.domain.reporting import WORKFLOW, Action, PackageStatus, after, possible

Raised = Callable[..., AlmenstyringError]

DECIDED = """\
created -edit-> in_progress
in_progress -edit-> in_progress
returned -edit-> in_progress
in_progress -send-> sent
sent -review-> under_review
sent -return-> returned
under_review -return-> returned"""
"""As decided: no acceptance, no way around the return, and a returned package must be edited before it is sent."""

ALLOWED = {
    (source, action): target
    for source, action, target in (row.replace("->", "-").replace(" ", "").split("-") for row in DECIDED.splitlines())
}
EVERY_PAIR = list(product(PackageStatus, Action))


def test_the_printed_table_is_what_was_decided() -> None:
    assert "\n".join(f"{row.source} -{row.action}-> {row.target}" for row in WORKFLOW) == DECIDED


@pytest.mark.parametrize(("status", "action"), [pair for pair in EVERY_PAIR if pair in ALLOWED])
def test_an_action_of_the_table_leads_where_the_table_says(status: PackageStatus, action: Action) -> None:
    assert after(status, action).value == ALLOWED[status, action]


@pytest.mark.parametrize(("status", "action"), [pair for pair in EVERY_PAIR if pair not in ALLOWED])
def test_an_action_outside_the_table_is_refused_in_words_with_a_way_out(
    status: PackageStatus, action: Action, raised: Raised
) -> None:
    error = raised(NotAllowedError, after, status, action)
    assert dict(error.context) == {"status": status.value, "action": action.value}
    assert error.message.da.startswith("Pakken kan ikke") and error.message.da != error.message.en
    assert error.hint.da and error.hint.da != error.hint.en
    assert not {status.value, action.value} & set(error.message.da.split())


@pytest.mark.parametrize("status", PackageStatus)
def test_what_is_possible_is_what_the_table_allows(status: PackageStatus) -> None:
    assert set(possible(status)) == {action for source, action in ALLOWED if source == status}
    assert possible(status), "no status is a dead end"


@pytest.mark.parametrize("status", PackageStatus)
def test_a_package_is_editable_exactly_where_the_table_allows_editing(status: PackageStatus) -> None:
    assert status.is_editable == (Action.EDIT in possible(status))


def test_only_a_package_in_progress_can_be_sent() -> None:
    assert [status for status in PackageStatus if Action.SEND in possible(status)] == [PackageStatus.IN_PROGRESS]


def test_every_status_can_be_reached_from_a_new_package() -> None:
    reached = {PackageStatus.CREATED}
    for _ in PackageStatus:
        reached |= {row.target for row in WORKFLOW if row.source in reached}
    assert reached == set(PackageStatus)
