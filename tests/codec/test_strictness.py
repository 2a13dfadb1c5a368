"""Every place of a package refuses what does not belong there, and says where.

The walk spoils one place at a time. ``fits`` is the whole list of what is accepted in spite of being another type.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.codec import MOST_FAULTS, decode, encode, structure
from almenstyring.domain.errors import DecodeError
from almenstyring.domain.organisations import HousingArea
from almenstyring.domain.reporting import DocumentationPackage, Option, Question, Standard
from almenstyring.domain.text import Text

Place = tuple[str | int, ...]

LONG = "x" * 5000
NOT_LEAVES: tuple[Any, ...] = (None, True, 3, "3", [], {}, LONG, -(2**70))

FREE_TEXTS = set(
    """
    attachment by code comment fingerprint key media_type name other_authority questionnaire reason rules_version
    sha256 source standard standard_hash summary title
    """.split()
)
WHOLE_NUMBERS = {"elderly", "family", "garages", "number", "size", "version", "youth"}
DECIMALS = {"dkk", "homes_area", "leases", "number", "postings", "published_units"}
SHORT_NUMBERS = {"administrator", "organisation", "unit"}
MAY_BE_NULL = {
    "cvr", "due", "end", "in_operation_from", "in_operation_until", "master_data", "provenance", "published_units",
    "start", "value",
}  # fmt: skip
MAPPINGS = {"answers", "items", "postings"}


def places(node: Any, at: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every place of the tree below the root, containers too."""
    for key, child in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield (*at, key), child
        yield from places(child, (*at, key))


def at_place(tree: Any, place: Place) -> Any:
    for key in place:
        tree = tree[key]
    return tree


def spoiled(tree: dict[str, Any], place: Place, content: object) -> dict[str, Any]:
    """A copy with something else at the place."""
    changed = copy.deepcopy(tree)
    at_place(changed, place[:-1])[place[-1]] = content
    return changed


def written(place: Place) -> str:
    """The place as a fault writes it."""
    names = (
        f"[{k}]" if isinstance(k, int) else f".{k}" if re.fullmatch("[a-z_][a-z_0-9]*", k) else f"[{k!r}]"
        for k in place
    )
    return "$" + "".join(names)


def faults(tree: object, kind: type[object] = DocumentationPackage) -> dict[str, Text]:
    """What is said, by path."""
    with pytest.raises(DecodeError) as refused:
        structure(tree, kind, file="pakke.json")
    assert all(fault.file == "pakke.json" and fault.message.da and fault.message.en for fault in refused.value.faults)
    return {fault.path: fault.message for fault in refused.value.faults}


def field_of(place: Place) -> str:
    """The field a place belongs to: the one that holds the list or the mapping, if it is in one."""
    if len(place) > 1 and (isinstance(place[-1], int) or place[-2] in MAPPINGS):
        return field_of(place[:-1])
    return str(place[-1])


def is_cell(tree: dict[str, Any], place: Place) -> bool:
    """A text or an object within a row of a table."""
    return len(place) > 3 and place[-3] == "value" and isinstance(at_place(tree, place[:-1]), dict)


def fits(tree: dict[str, Any], place: Place, content: object) -> bool:
    """Whether the content may stand at the place."""
    original, field = at_place(tree, place), field_of(place)
    is_text = isinstance(content, str)
    in_list = isinstance(place[-1], int)
    if content == original and type(content) is type(original):
        return True
    if field == "value" and in_list:
        return is_text and isinstance(original, str)
    if field == "value":
        return content is None or content == [] or is_text
    if is_cell(tree, place) or (field in FREE_TEXTS and not (field == "key" and in_list)):
        return is_text
    if content is None:
        is_period = field in {"start", "end"} and place[-2] != "valid"
        return (field in MAY_BE_NULL and not in_list and not is_period) or place[-3::2] == ("areas", "status")
    if type(content) is int:
        return content == 3 and field in WHOLE_NUMBERS and isinstance(original, int)
    return content == "3" and (field in DECIMALS | SHORT_NUMBERS) and isinstance(original, str)


@pytest.mark.parametrize("content", NOT_LEAVES, ids=lambda content: repr(content)[:12])
def test_every_leaf_refuses_other_types_at_its_exact_path(complete: dict[str, Any], content: object) -> None:
    leaves = [place for place, child in places(complete) if not isinstance(child, dict | list) or not child]
    assert len(leaves) > 200
    for place in leaves:
        tree = spoiled(complete, place, content)
        if fits(complete, place, content):
            assert isinstance(structure(tree, DocumentationPackage), DocumentationPackage)
            continue
        said = faults(tree)
        assert list(said) == [written(place)], place
        assert LONG[:61] not in said[written(place)].da


@pytest.mark.parametrize("content", [None, False, 3, "3"], ids=repr)
def test_every_object_and_list_refuses_scalars_at_its_exact_path(complete: dict[str, Any], content: object) -> None:
    for place in [place for place, child in places(complete) if child and isinstance(child, dict | list)]:
        tree = spoiled(complete, place, content)
        if fits(complete, place, content) and field_of(place) != "items":
            structure(tree, DocumentationPackage)
        else:
            assert list(faults(tree)) == [written(place)], place


def test_an_unknown_key_is_refused_in_every_object(complete: dict[str, Any]) -> None:
    objects: list[Place] = [(), *(place for place, child in places(complete) if isinstance(child, dict))]
    for place in objects:
        said = faults(spoiled(complete, (*place, "hemmelig"), 1))
        content = at_place(complete, place)
        is_one_value = set(content) in ({"number"}, {"dkk"}, {"date"}, {"special"})
        is_mapping = bool(place) and (place[-1] in MAPPINGS or (len(place) > 1 and place[-2] == "value"))
        assert list(said) == [written((*place, "hemmelig") if is_mapping else place)], place
        if not is_one_value and not is_mapping:
            [message] = said.values()
            assert "'hemmelig'" in message.da and "'hemmelig'" in message.en


@pytest.mark.parametrize("field", ["revision", "editor"])
def test_what_belongs_to_a_running_workspace_is_an_unknown_key(complete: dict[str, Any], field: str) -> None:
    assert list(faults({**complete, field: complete.get(field)})) == ["$"]


def test_every_required_field_is_missed_by_name(complete: dict[str, Any]) -> None:
    missed = set()
    for place, _ in list(places(complete)):
        if not isinstance(place[-1], str) or place[-1] in {"number", "dkk", "date", "special", "by"}:
            continue  # the last four make a cell, and who typed a value makes its provenance
        tree = copy.deepcopy(complete)
        del at_place(tree, place[:-1])[place[-1]]
        try:
            structure(tree, DocumentationPackage)
        except DecodeError as error:
            missed.add(place[-1])
            said = {fault.path: fault.message for fault in error.faults}
            assert list(said) == [written(place)]
            assert said[written(place)] == Text(f"Feltet {place[-1]} mangler.", f"The field {place[-1]} is missing.")
    assert missed == set(
        """
        administrator at code estate estates fingerprint id key media_type municipality name on organisation
        period postings questionnaire reason report report_year retrieved_at rules_version sha256 size source standard
        standard_hash start end title unit version
        """.split()
    )


def test_all_faults_are_told_at_once_in_the_order_of_the_fields(complete: dict[str, Any]) -> None:
    tree = spoiled(complete, ("organisation",), "T000")
    tree = spoiled(tree, ("report", "answers", "economy.share", "value"), {"number": 85.5})
    tree = spoiled(tree, ("report", "answers", "agreements.table", "value", 0, "moved"), {"number": "syv"})
    tree = spoiled(tree, ("report", "answers", "agreements.table", "value", 1, "cost"), None)
    tree = spoiled(tree, ("accounts", 0, "postings", "501"), "1.000,50")
    tree = spoiled(tree, ("annual_report", "items", "weather"), {})
    tree = spoiled(tree, ("sendings", 1, "at"), "2026-08-14T06:00:00")
    tree = spoiled(tree, ("master_data", "estates", 0, "homes", "shops"), 3)
    assert list(faults(tree)) == [
        "$.organisation",
        "$.report.answers['economy.share'].value.number",
        "$.report.answers['agreements.table'].value[0].moved.number",
        "$.report.answers['agreements.table'].value[1].cost",
        "$.accounts[0].postings['501']",
        "$.annual_report.items.weather",
        "$.sendings[1].at",
        "$.master_data.estates[0].homes",
    ]


def test_several_unknown_keys_are_each_named(complete: dict[str, Any]) -> None:
    with pytest.raises(DecodeError) as refused:
        structure({**complete, "b" * 500: 1, "a": 2}, DocumentationPackage)
    assert [fault.message.en for fault in refused.value.faults] == [
        "The key 'a' is unknown.",
        f"The key '{'b' * 40}… is unknown.",
    ]


def test_a_flood_of_faults_is_cut(complete: dict[str, Any]) -> None:
    with pytest.raises(DecodeError) as refused:
        structure({**complete, "analyses": [None] * 5000}, DocumentationPackage)
    assert len(refused.value.faults) == MOST_FAULTS


def test_a_value_that_breaks_a_rule_of_its_record_is_told_at_the_record(complete: dict[str, Any]) -> None:
    tree = spoiled(complete, ("period", "end"), "2024-12-31")
    tree = spoiled(tree, ("attachments", 0, "size"), 25_000_001)
    said = faults(tree)
    assert list(said) == ["$.period", "$.attachments[0]"]
    assert "25000001" in said["$.attachments[0]"].da


@pytest.mark.parametrize("kind", ["text", 3, None, []], ids=repr)
def test_provenance_is_typed_or_sourced(complete: dict[str, Any], kind: object) -> None:
    place = ("report", "answers", "economy.share", "provenance")
    if kind is None:
        package = structure(spoiled(complete, place, kind), DocumentationPackage)
        assert package.report["economy.share"].provenance is None
    else:
        assert list(faults(spoiled(complete, place, kind))) == [written(place)]
    assert list(faults(spoiled(complete, place, {"by": "x", "source": "y"}))) == [written(place)]


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("dato", "2026-W01-1"), ("dato", "20260629"), ("dato", "2026-02-30"), ("dato", "2026-06-29T00:00"),
        ("dato", "２０２６-06-29"), ("tidspunkt", "2026-06-29T12:00:00"), ("tidspunkt", "2026-06-29T12:00:00.1234567Z"),
        ("tidspunkt", "2026-06-29T25:00:00Z"), ("tidspunkt", "0001-01-01T00:00:00+23:00"), ("tidspunkt", "2026-06-29"),
        ("tidspunkt", "9999-12-31T23:59:59-23:00"), ("tidspunkt", "2026-06-29T12:00:00+24:00"),
    ],
)  # fmt: skip
def test_a_date_and_an_instant_have_one_notation(complete: dict[str, Any], kind: str, wrong: str) -> None:
    place: Place = ("sendings", 0, "on" if kind == "dato" else "at")
    said = faults(spoiled(complete, place, wrong))
    assert kind in said[written(place)].da


@pytest.mark.parametrize("right", ["2026-06-29T12:00Z", "2026-06-29T14:00:00+02:00", "2026-06-29T12:00:00.000+00:00"])
def test_an_instant_with_another_offset_is_kept_in_utc(complete: dict[str, Any], right: str) -> None:
    package = structure(spoiled(complete, ("sendings", 0, "at"), right), DocumentationPackage)
    assert package.sendings[0].at.isoformat() == "2026-06-29T12:00:00+00:00"


@pytest.mark.parametrize("value", [{"euro": "1"}, {"number": "1", "dkk": "1"}, {}, 1, True], ids=repr)
def test_a_value_of_no_known_kind_is_refused_with_those_there_are(complete: dict[str, Any], value: object) -> None:
    place = ("report", "answers", "economy.share", "value")
    message = faults(spoiled(complete, place, value))[written(place)]
    for kind in ("number", "dkk", "date", "special"):
        assert f'{{"{kind}": …}}' in message.da and f'{{"{kind}": …}}' in message.en


@pytest.mark.parametrize("low", [0, 1, "false", None], ids=repr)
def test_yes_or_no_is_true_or_false_and_nothing_like_it(low: object) -> None:
    option = {"id": "a", "text": {"da": "a", "en": "b"}}
    assert structure({**option, "low": True}, Option).low
    assert list(faults({**option, "low": low}, Option)) == ["$.low"]


def test_a_set_refuses_repetitions() -> None:
    question = {
        "id": "a.b", "definition": 1, "type": "text", "level": "estate", "text": {"da": "a", "en": "b"},
        "applies_to": ["housing_organisation"], "law": "ABL § 1", "certainty": "official", "source": "ABL",
    }  # fmt: skip
    assert structure(question, Question).id == "a.b"
    said = faults({**question, "applies_to": ["housing_organisation"] * 2}, Question)
    assert "gentagelser" in said["$.applies_to"].da


def test_a_value_of_a_closed_list_names_the_list() -> None:
    said = faults({"name": "a", "estates": [], "status": "nice"}, HousingArea)
    assert "vulnerable, parallel_society, transformation, prevention" in said["$.status"].en


def test_a_number_too_long_for_python_to_print_is_refused_too() -> None:
    said = faults({"name": "a", "estates": 10**5000}, HousingArea)
    assert said["$.estates"].en == "<int> is not a list."


def test_what_the_converter_itself_cannot_say_is_still_a_decode_error() -> None:
    assert list(faults(3, type("Unheard", (), {"__init__": lambda self, a: None}))) == ["$"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["none", "number", "T001", "3"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["number", "dkk", "special", "by", "da", "start", "T"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.data())
def test_a_package_spoilt_anywhere_is_read_or_refused_and_nothing_else(
    complete_tree: dict[str, Any], data: st.DataObject
) -> None:
    tree = complete_tree
    for _ in range(data.draw(st.integers(1, 4))):
        place, _child = data.draw(st.sampled_from(list(places(tree))))
        tree = spoiled(tree, place, data.draw(JSON))
    try:
        package = structure(tree, DocumentationPackage)
    except DecodeError:
        assert faults(tree)
    else:
        assert decode(encode(package), DocumentationPackage) == package


@given(JSON, st.sampled_from([DocumentationPackage, Standard]))
def test_any_tree_is_refused_as_a_document_of_another_shape(tree: object, kind: type[object]) -> None:
    assert faults(tree, kind)
