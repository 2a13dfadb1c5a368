"""Who may do what is one table, and nobody may do everything."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from almenstyring.domain.access import POLICY, Actor, Permission, Role
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.values import LbfNumber, MunicipalityCode

Refused = Callable[..., InvalidValueError]

DECIDED = """
                        organisation  municipality  adviser  operator
read_package            yes           yes           yes      yes
open_package            yes           no            no       yes
edit_package            yes           no            no       no
send_package            yes           no            no       no
comment_package         no            yes           yes      no
review_package          no            yes           no       no
return_package          no            yes           no       no
set_deadline            no            yes           no       no
record_arrival          no            yes           no       yes
send_notices            no            yes           no       yes
record_dialogue         no            yes           no       no
supervise               no            yes           no       no
record_central_receipt  yes           no            no       no
keep_persons            yes           yes           no       no
erase_persons           yes           yes           no       yes
set_retention           no            yes           no       no
give_mandate            no            yes           no       no
run_pilot               no            no            no       yes
import_register         no            no            no       yes
"""
_HEADER, *_ROWS = (line.split() for line in DECIDED.strip().splitlines())
TABLE = {(role, row[0]): word == "yes" for row in _ROWS for role, word in zip(_HEADER, row[1:], strict=True)}
ACTORS = {
    Role.ORGANISATION: Actor("kontor-1", role=Role.ORGANISATION, organisation=LbfNumber("T001")),
    Role.MUNICIPALITY: Actor("kommune-1", role=Role.MUNICIPALITY, municipality=MunicipalityCode("T01")),
    Role.ADVISER: Actor("raadgiver-1", role=Role.ADVISER, municipality=MunicipalityCode("T01")),
    Role.OPERATOR: Actor("drift-1", role=Role.OPERATOR),
}


def test_the_table_decides_every_role_and_every_permission() -> None:
    assert set(TABLE) == {(role.value, permission.value) for role, permission in product(Role, Permission)}


@pytest.mark.parametrize(("role", "permission"), list(product(Role, Permission)))
def test_an_actor_may_what_the_table_says(role: Role, permission: Permission) -> None:
    assert ACTORS[role].may(permission) is TABLE[role.value, permission.value]


@pytest.mark.parametrize("role", Role)
def test_no_role_may_do_everything_and_none_may_do_nothing(role: Role) -> None:
    assert set() < POLICY[role] < set(Permission)


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_somebodys(permission: Permission) -> None:
    assert any(permission in allowed for allowed in POLICY.values())


def test_nobody_both_sends_a_package_and_reviews_it() -> None:
    assert not any({Permission.SEND_PACKAGE, Permission.REVIEW_PACKAGE} <= allowed for allowed in POLICY.values())


def test_an_actor_can_be_written_in_plain_words() -> None:
    assert Actor("kontor-1", role="organisation", organisation="T001") == ACTORS[Role.ORGANISATION]
    assert Actor("kommune-1", role="municipality", municipality="T01") == ACTORS[Role.MUNICIPALITY]
    assert Actor("drift-1", role="operator") == ACTORS[Role.OPERATOR]


def test_numbers_written_as_text_are_brought_into_their_form() -> None:
    actor = Actor("kontor-1", role="organisation", organisation=" 45 ")
    assert actor.organisation == LbfNumber("0045")


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"id": "", "role": "operator"}, id="without an id"),
        pytest.param({"id": " \t", "role": "operator"}, id="with a blank id"),
        pytest.param({"id": 7, "role": "operator"}, id="with an id that is no text"),
        pytest.param({"id": "a", "role": "organisation"}, id="of an organisation, without one"),
        pytest.param({"id": "a", "role": "organisation", "municipality": "T01"}, id="of an organisation, for a town"),
        pytest.param({"id": "a", "role": "municipality"}, id="of a municipality, without one"),
        pytest.param({"id": "a", "role": "municipality", "organisation": "T001"}, id="of a town, for an organisation"),
        pytest.param({"id": "a", "role": "adviser"}, id="who advises nobody"),
        pytest.param({"id": "a b", "role": "operator"}, id="with an id of two words, as names are"),
        pytest.param({"id": "a@kommune.example", "role": "operator"}, id="with an address for an id"),
        pytest.param({"id": "a", "role": "mayor"}, id="in a role that does not exist"),
        pytest.param({"id": "a", "role": None}, id="without a role"),
        pytest.param({"id": "a", "role": "organisation", "organisation": "T0000"}, id="with an impossible number"),
        pytest.param({"id": "a", "role": "organisation", "organisation": 45}, id="with a number that is no text"),
        pytest.param({"id": "a", "role": "municipality", "municipality": "999"}, id="with a code of no municipality"),
        pytest.param({"id": "a", "role": "municipality", "municipality": 410}, id="with a code that is no text"),
    ],
)
def test_there_is_no_actor(wrong: dict[str, Any], refused: Refused) -> None:
    refused(Actor, **wrong)


def test_an_unknown_role_is_answered_with_the_list_of_roles(refused: Refused) -> None:
    hint = refused(Actor, "a", role="mayor").hint
    assert all(role.value in hint.da and role.value in hint.en for role in Role)


@pytest.mark.parametrize(
    ("actor", "is_test"),
    [
        (ACTORS[Role.ORGANISATION], True),
        (ACTORS[Role.MUNICIPALITY], True),
        (ACTORS[Role.OPERATOR], False),
        (Actor("a", role="organisation", organisation="45"), False),
        (Actor("a", role="municipality", municipality="410"), False),
    ],
)
def test_an_actor_of_an_invented_unit_is_a_test_actor(actor: Actor, is_test: bool) -> None:
    assert actor.is_test is is_test
