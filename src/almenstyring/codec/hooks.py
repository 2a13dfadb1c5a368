"""Strict cattrs hooks: what cattrs would bend into shape (3.7 to 3, None to "None") is refused here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.gen import AttributeOverride, make_dict_structure_fn, make_dict_unstructure_fn, override

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import AlmenstyringError
from almenstyring.domain.reporting import Answer, Cell, Provenance, Row, Sourced, Special, Typed, Value
from almenstyring.domain.text import Text
from almenstyring.domain.values import Dkk, EstateId, Identifier, LbfNumber, LegalReference, Number, Quantity

T = TypeVar("T")

RUNTIME_FIELDS = frozenset({"revision", "editor"})
"""Fields that belong to a running workspace and are never written."""


class UnfitError(ValueError):
    """A plain value does not fit where it stands; the text says why, the path comes from cattrs."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def unfit(raw: object, da: str, en: str) -> UnfitError:
    """The refusal of a value, shortened so that no document text leaks into a message."""
    shown = repr(str(raw) if isinstance(raw, str) else raw)
    shown = shown if len(shown) <= 40 else f"{shown[:37]}…"
    return UnfitError(Text(f"{shown} er ikke {da}.", f"{shown} is not {en}."))


def exactly(kind: type[T], da: str, en: str) -> Callable[[object, object], T]:
    """A hook that accepts values of exactly this type: no bool for int, no number for text."""

    def hook(raw: object, _: object) -> T:
        if type(raw) is not kind:
            raise unfit(raw, da, en)
        return cast("T", raw)

    return hook


def as_text(raw: object) -> str:
    """The value if it is text, else refused."""
    if type(raw) is not str:
        raise unfit(raw, "en tekst", "a text")
    return raw


def read_with(read: Callable[[str], T]) -> Callable[[object, object], T]:
    """A hook for a value written as one text, such as "ABL § 6 a"; its own error text is kept."""

    def hook(raw: object, _: object) -> T:
        try:
            return read(as_text(raw))
        except AlmenstyringError as error:
            raise UnfitError(error.message) from None

    return hook


def read_date(raw: object, _: object = None) -> date:
    """A day as "2026-06-29"."""
    try:
        return date.fromisoformat(_of_length(raw, 10))
    except ValueError:
        raise unfit(raw, "en dato som \"2026-06-29\"", 'a date such as "2026-06-29"') from None


def _of_length(raw: object, length: int) -> str:
    text = as_text(raw)
    if len(text) != length:
        raise ValueError(text)
    return text


def read_instant(raw: object, _: object) -> datetime:
    """An instant with its offset, kept in UTC."""
    try:
        instant = datetime.fromisoformat(as_text(raw))
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise unfit(raw, "et tidspunkt med tidszone", "an instant with a time zone")
    return instant.astimezone(UTC)


def read_year(raw: object, _: object) -> ReportYear:
    """A report year as a whole number."""
    if type(raw) is not int:
        raise unfit(raw, "et årstal", "a year")
    try:
        return ReportYear(raw)
    except AlmenstyringError as error:
        raise UnfitError(error.message) from None


def read_enum(raw: object, kind: type[StrEnum]) -> StrEnum:
    """A member of a closed list, by its value."""
    known = [member.value for member in kind]
    if raw not in known or type(raw) is not str:
        raise unfit(raw, f"en af {', '.join(known)}", f"one of {', '.join(known)}")
    return kind(raw)


def read_unit(raw: object, _: object) -> LbfNumber | EstateId:
    """An organisation's number, or an estate's with the organisation's before it."""
    text = as_text(raw)
    return read_with(EstateId.parse if "-" in text else LbfNumber)(text, None)


_CELLS: dict[str, Callable[[object], Cell]] = {
    "number": lambda raw: read_with(Number.of)(raw, None),
    "dkk": lambda raw: read_with(Dkk.of)(raw, None),
    "date": read_date,
}


def read_cell(raw: object, _: object = None) -> Cell:
    """One scalar of an answer: a text, or an object with the one key that tells its kind."""
    if type(raw) is str:
        return raw
    if isinstance(raw, dict) and len(raw) == 1:
        [(kind, content)] = raw.items()
        if kind in _CELLS:
            return _CELLS[kind](content)
    raise unfit(
        raw,
        'en tekst eller {"number": …}, {"dkk": …}, {"date": …}',
        'a text or {"number": …}, {"dkk": …}, {"date": …}',
    )


def read_value(raw: object, _: object) -> Value | Special | None:
    """The value of an answer in the self-describing notation of the documents."""
    if raw is None:
        return None
    if isinstance(raw, dict) and set(raw) == {"special"}:
        return cast("Special", read_enum(raw["special"], Special))
    if type(raw) is not list:
        return read_cell(raw)
    if raw and all(isinstance(item, dict) for item in raw):
        return tuple(_read_row(item) for item in raw)
    return tuple(as_text(item) for item in raw)


def _read_row(raw: Mapping[str, object]) -> Row:
    return {column: read_cell(cell) for column, cell in raw.items()}


def write_cell(cell: Cell) -> object:
    """The notation ``read_cell`` reads."""
    match cell:
        case Number():
            return {"number": str(cell)}
        case Dkk():
            return {"dkk": str(cell)}
        case date():
            return {"date": cell.isoformat()}
    return cell


def write_value(value: Value | Special | None) -> object:
    """The notation ``read_value`` reads."""
    match value:
        case Special():
            return {"special": value.value}
        case tuple():
            return [
                item if isinstance(item, str) else {column: write_cell(cell) for column, cell in item.items()}
                for item in value
            ]
        case None:
            return None
    return write_cell(value)


def _read_list(converter: Converter, raw: object, kind: Any) -> tuple[object, ...]:
    if type(raw) is not list:
        raise unfit(raw, "en liste", "a list")
    return cast("tuple[object, ...]", converter.structure(raw, list[get_args(kind)[0]]))  # type: ignore[misc]


def _read_set(converter: Converter, raw: object, kind: Any) -> frozenset[object]:
    return frozenset(_read_list(converter, raw, kind))


def _is_mapping(kind: Any) -> bool:
    return get_origin(kind) is Mapping


def _is_a(parent: type) -> Callable[[Any], bool]:
    return lambda kind: isinstance(kind, type) and issubclass(kind, parent)


def _is_union(*members: object) -> Callable[[Any], bool]:
    return lambda kind: get_origin(kind) in (Union, UnionType) and set(get_args(kind)) == set(members)


def add_hooks(converter: Converter) -> None:
    """Register every hook; the converter then knows all types of the domain."""
    _add_scalars(converter)
    _add_values(converter)
    _add_answers(converter)
    _add_containers(converter)
    _add_classes(converter)


def _add_scalars(converter: Converter) -> None:
    converter.register_structure_hook(str, exactly(str, "en tekst", "a text"))
    converter.register_structure_hook(int, exactly(int, "et heltal", "a whole number"))
    converter.register_structure_hook(bool, exactly(bool, "true eller false", "true or false"))
    converter.register_structure_hook(date, read_date)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(datetime, read_instant)
    converter.register_unstructure_hook(datetime, lambda at: at.astimezone(UTC).isoformat())
    converter.register_structure_hook_func(_is_a(StrEnum), read_enum)
    converter.register_unstructure_hook_func(_is_a(StrEnum), lambda member: member.value)


def _add_values(converter: Converter) -> None:
    converter.register_structure_hook_factory(_is_a(Identifier), read_with)
    converter.register_structure_hook_factory(_is_a(Quantity), lambda kind: read_with(kind.of))
    for kind in (Identifier, EstateId, Quantity, LegalReference):
        converter.register_unstructure_hook_func(_is_a(kind), str)
    converter.register_structure_hook(EstateId, read_with(EstateId.parse))
    converter.register_structure_hook(LegalReference, read_with(LegalReference.parse))
    converter.register_structure_hook(ReportYear, read_year)
    converter.register_unstructure_hook(ReportYear, int)
    converter.register_structure_hook_func(_is_union(LbfNumber, EstateId), read_unit)
    converter.register_unstructure_hook_func(_is_union(LbfNumber, EstateId), str)


def _add_answers(converter: Converter) -> None:
    is_value = _is_union(*get_args(Value | Special | None))
    converter.register_structure_hook_func(is_value, read_value)
    converter.register_unstructure_hook_func(is_value, write_value)
    is_provenance = _is_union(Typed, Sourced)
    converter.register_structure_hook_func(
        is_provenance,
        lambda raw, _: converter.structure(raw, Typed if isinstance(raw, dict) and "by" in raw else Sourced),
    )


def _add_containers(converter: Converter) -> None:
    converter.register_structure_hook_func(
        lambda kind: get_origin(kind) is tuple and get_args(kind)[-1] is ...,
        lambda raw, kind: tuple(_read_list(converter, raw, kind)),
    )
    converter.register_structure_hook_func(
        lambda kind: get_origin(kind) is frozenset, partial(_read_set, converter)
    )
    converter.register_unstructure_hook_func(
        lambda kind: get_origin(kind) is frozenset,
        lambda members: sorted(converter.unstructure(member) for member in members),
    )
    mapping = converter.get_structure_hook

    def factory(kind: Any) -> Callable[[object, object], object]:
        plain_dict = mapping(dict[get_args(kind)])  # type: ignore[misc]

        def hook(raw: object, _: object) -> object:
            if not isinstance(raw, dict):
                raise unfit(raw, "et objekt", "an object")
            return plain_dict(raw, dict[get_args(kind)])  # type: ignore[misc]

        return hook

    converter.register_structure_hook_factory(_is_mapping, factory)


def _add_classes(converter: Converter) -> None:
    def omitted(kind: type) -> dict[str, AttributeOverride]:
        names = {attribute.name for attribute in attrs.fields(kind)}
        return {name: override(omit=True) for name in RUNTIME_FIELDS & names}

    def reader(kind: Any) -> Callable[[object, object], object]:
        build = make_dict_structure_fn(
            kind, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True, **omitted(kind)
        )

        def hook(raw: object, _: object) -> object:
            if not isinstance(raw, dict):
                raise unfit(raw, "et objekt", "an object")
            try:
                return build(raw, kind)
            except AlmenstyringError as error:
                raise UnfitError(error.message) from None

        return hook

    def is_record(kind: Any) -> bool:
        return attrs.has(kind) and not issubclass(kind, Identifier | Quantity | EstateId | LegalReference | ReportYear)

    converter.register_structure_hook_factory(is_record, reader)
    converter.register_unstructure_hook_factory(
        is_record,
        lambda kind: make_dict_unstructure_fn(kind, converter, _cattrs_omit_if_default=True, **omitted(kind)),
    )


__all__ = ["Answer", "Provenance", "UnfitError", "add_hooks"]
