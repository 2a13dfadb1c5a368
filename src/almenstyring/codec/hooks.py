"""One converter that knows every type of the domain, strictly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from fractions import Fraction
from types import UnionType
from typing import Any, Union, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from almenstyring.codec.answers import read_cell, value_reader, write_value
from almenstyring.codec.refusing import unfit
from almenstyring.codec.scalars import (
    read_bool,
    read_date,
    read_enum,
    read_estate,
    read_instant,
    read_int,
    read_ratio,
    read_text,
    read_time,
    read_unit,
    read_with,
    read_year,
    write_instant,
    write_int,
    write_time,
)
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.expressions import Expression
from almenstyring.domain.reporting import Cell, Computed, Provenance, Sourced, Special, Typed, Value
from almenstyring.domain.values import EstateId, Identifier, LbfNumber, LegalReference, Number, Quantity

RUNTIME_FIELDS = frozenset({"revision", "editor"})
"""Fields that belong to a running workspace and are never written."""

Hook = Callable[[Any, Any], Any]


def add_hooks(converter: Converter) -> None:
    """Register every hook; the converter then knows all types of the domain."""
    _add_scalars(converter)
    _add_values(converter)
    _add_answers(converter)
    _add_containers(converter)
    _add_records(converter)


def _add_scalars(converter: Converter) -> None:
    # By class, since cattrs asks its own hook for str before any predicate; it is also asked for every StrEnum,
    # until that has one of its own.
    converter.register_structure_hook(str, read_text)
    converter.register_structure_hook(StrEnum, read_enum)
    converter.register_structure_hook(int, read_int)
    converter.register_unstructure_hook(int, write_int)
    converter.register_structure_hook(bool, read_bool)
    converter.register_structure_hook(date, read_date)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(time, read_time)
    converter.register_unstructure_hook(time, write_time)
    converter.register_structure_hook(datetime, read_instant)
    converter.register_unstructure_hook(datetime, write_instant)
    converter.register_unstructure_hook_func(_is_a(StrEnum), lambda member: member.value)


def _add_values(converter: Converter) -> None:
    converter.register_structure_hook_factory(_is_a(Identifier), read_with)
    converter.register_structure_hook_factory(_is_a(Quantity), lambda kind: read_with(kind.of))
    for kind in (Identifier, EstateId, Quantity, LegalReference):
        converter.register_unstructure_hook_func(_is_a(kind), str)
    converter.register_structure_hook(EstateId, read_with(read_estate))
    converter.register_structure_hook(LegalReference, read_with(LegalReference.parse))
    converter.register_structure_hook(Number, read_with(Number.of))
    converter.register_unstructure_hook(Number, str)
    converter.register_structure_hook(Expression, read_with(Expression.read))
    converter.register_unstructure_hook(Expression, str)
    converter.register_structure_hook(Fraction, read_ratio)
    converter.register_unstructure_hook(Fraction, str)
    converter.register_structure_hook(ReportYear, read_year)
    converter.register_unstructure_hook(ReportYear, int)
    converter.register_structure_hook_func(_is_union(LbfNumber | EstateId), read_unit)
    converter.register_unstructure_hook_func(_is_union(LbfNumber | EstateId), str)


def _add_answers(converter: Converter) -> None:
    is_value = _is_union(Value | Special | None)
    converter.register_structure_hook_func(is_value, value_reader(converter))
    converter.register_unstructure_hook_func(is_value, write_value)
    converter.register_structure_hook_func(_is_union(Cell), read_cell)

    def read_provenance(raw: object, _: object) -> Provenance | None:
        if raw is None:
            return None
        told = raw if isinstance(raw, dict) else {}
        kind: type[Provenance] = Typed if "by" in told else Computed if "definition" in told else Sourced
        return converter.structure(raw, kind)

    converter.register_structure_hook_func(_is_union(Provenance | None), read_provenance)


def _add_containers(converter: Converter) -> None:
    def list_reader(kind: Any) -> Hook:
        plain_list: Any = list[get_args(kind)[0]]  # type: ignore[misc]
        structure = converter.get_structure_hook(plain_list)
        return lambda raw, _: tuple(structure(_as_list(raw), plain_list))

    def set_reader(kind: Any) -> Hook:
        structure = list_reader(kind)
        return lambda raw, _: _without_repeats(structure(raw, None))

    def mapping_reader(kind: Any) -> Hook:
        plain_dict: Any = dict[get_args(kind)]  # type: ignore[misc]
        structure = converter.get_structure_hook(plain_dict)
        return lambda raw, _: structure(_as_object(raw), plain_dict)

    converter.register_structure_hook_factory(_is_container(tuple), list_reader)
    converter.register_structure_hook_factory(_is_container(frozenset), set_reader)
    converter.register_structure_hook_factory(_is_container(Mapping), mapping_reader)
    converter.register_unstructure_hook_func(
        _is_container(frozenset), lambda members: sorted(converter.unstructure(member) for member in members)
    )


def _as_list(raw: object) -> list[object]:
    if not isinstance(raw, list):
        raise unfit(raw, "en liste", "a list")
    return raw


def _without_repeats(items: tuple[object, ...]) -> frozenset[object]:
    if len(set(items)) != len(items):
        raise unfit(list(items), "en liste uden gentagelser", "a list without repetitions")
    return frozenset(items)


def _as_object(raw: object) -> dict[str, object]:
    if not isinstance(raw, dict):
        raise unfit(raw, "et objekt", "an object")
    return raw


def _add_records(converter: Converter) -> None:
    def reader(kind: type) -> Hook:
        build: Hook = make_dict_structure_fn(
            kind, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True, **_omitted(kind)
        )
        return lambda raw, _: build(_as_object(raw), kind)

    def writer(kind: type) -> Callable[[Any], dict[str, Any]]:
        return make_dict_unstructure_fn(kind, converter, _cattrs_omit_if_default=True, **_omitted(kind))

    converter.register_structure_hook_factory(_is_record, reader)
    converter.register_unstructure_hook_factory(_is_record, writer)


def _omitted(kind: type) -> dict[str, Any]:
    return {name: override(omit=True) for name in RUNTIME_FIELDS & set(attrs.fields_dict(kind))}


_WRITTEN_AS_ONE_VALUE = (Identifier, Quantity, Number, EstateId, LegalReference, ReportYear, Expression)


def _is_record(kind: Any) -> bool:
    return attrs.has(kind) and not issubclass(kind, _WRITTEN_AS_ONE_VALUE)


def _is_a(parent: type) -> Callable[[Any], bool]:
    return lambda kind: isinstance(kind, type) and issubclass(kind, parent)


def _is_container(origin: object) -> Callable[[Any], bool]:
    return lambda kind: get_origin(kind) is origin


def _is_union(union: Any) -> Callable[[Any], bool]:
    members = set(get_args(union))
    return lambda kind: get_origin(kind) in (Union, UnionType) and set(get_args(kind)) == members
