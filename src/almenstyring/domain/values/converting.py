"""What the fields of a record take: codes and members also as text, everything else only of its own type.

Python does not hold callers to a type. A value of another one would be stored and could never be read again, so it is
refused at once, with the name of the field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from attrs import Attribute

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.text import Text
from almenstyring.domain.values.faults import member, refusal
from almenstyring.domain.values.identifiers import EstateId, LbfNumber, MunicipalityCode

T = TypeVar("T")
_Member = TypeVar("_Member", bound=StrEnum)
_Validator = Callable[[object, "Attribute[T]", object], None]


def member_of(kind: type[_Member], given: _Member | str, what: Text) -> _Member:
    """The member of an enumeration, given as itself or by its value; ``what`` it should be, for the refusal."""
    return member(
        kind,
        given,
        Text("{value} er ikke {what}.", "{value} is not {what}.").fill(what=what, value="{value}"),
        Text("Vælg en af: {known}.", "Choose one of: {known}."),
    )


def one_of(kind: type[_Member], given: _Member | str) -> _Member:
    """The member of a closed list, given as itself or by its value; the refusal lists all there are."""
    return member(
        kind,
        given,
        Text("{value} kan ikke vælges her.", "{value} cannot be chosen here."),
        Text("Vælg mellem: {known}.", "Choose one of: {known}."),
    )


def to_municipality(given: MunicipalityCode | str) -> MunicipalityCode:
    """A municipality's code, given as itself or as text."""
    return given if isinstance(given, MunicipalityCode) else MunicipalityCode(given)


def to_organisation(given: LbfNumber | str) -> LbfNumber:
    """An organisation's number, given as itself or as text."""
    return given if isinstance(given, LbfNumber) else LbfNumber(given)


def to_estate(given: EstateId | str) -> EstateId:
    """An estate's id, given as itself or as text."""
    return given if isinstance(given, EstateId) else EstateId.parse(given)


def maybe_estate(given: EstateId | str | None) -> EstateId | None:
    """The same, or None."""
    return None if given is None else to_estate(given)


def to_municipalities(given: Iterable[MunicipalityCode | str]) -> tuple[MunicipalityCode, ...]:
    """Several municipalities' codes."""
    return tuple(map(to_municipality, _several(given)))


def to_organisations(given: Iterable[LbfNumber | str]) -> tuple[LbfNumber, ...]:
    """Several organisations' numbers."""
    return tuple(map(to_organisation, _several(given)))


def to_estates(given: Iterable[EstateId | str]) -> tuple[EstateId, ...]:
    """Several estates' ids."""
    return tuple(map(to_estate, _several(given)))


def to_texts(given: Iterable[str]) -> tuple[str, ...]:
    """Several texts; one bare text is refused, which Python would take for its letters."""
    return tuple(map(_whole_text, _several(given)))


def to_tuple(given: Iterable[T]) -> tuple[T, ...]:
    """Several records, in order."""
    return tuple(_several(given))


def is_text(_: object, attribute: Attribute[str], value: object) -> None:
    """Refuse what is no text, or holds half a character, which no file can."""
    _whole_text(value, attribute.name)


def is_day(_: object, attribute: Attribute[date], value: object) -> None:
    """Refuse what is no plain date: a text, or a date with a time of day."""
    plain_day(value, attribute.name)


def is_exact_day(_: object, attribute: Attribute[date], value: object) -> None:
    """Refuse what is no ``datetime.date`` itself; a date of another library's own class is none."""
    if type(value) is not date:
        raise _no_day(value, attribute.name)


def plain_day(value: object, part: str) -> date:
    """The value if it is a plain date, else refused; ``part`` names what it was given as."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise _no_day(value, part)


def _no_day(value: object, part: str) -> InvalidValueError:
    return refusal(
        Text("{value} er ikke en dato ({part}).", "{value} is not a date ({part})."),
        Text("Brug datetime.date uden klokkeslæt: date(2026, 6, 29).", "Use datetime.date: date(2026, 6, 29)."),
        value,
        part=part,
    )


def is_a(kind: type[T]) -> _Validator[T]:
    """The check that a field holds a record of the kind."""

    def check(_: object, attribute: Attribute[T], value: object) -> None:
        _require_kind(kind, attribute.name, value)

    return check


def are_all(kind: type[T]) -> _Validator[tuple[T, ...]]:
    """The check that a field holds records of the kind alone, in a row."""

    def check(_: object, attribute: Attribute[tuple[T, ...]], values: Any) -> None:
        if not isinstance(values, tuple | list):
            raise _no_list(values)
        for value in values:
            _require_kind(kind, attribute.name, value)

    return check


def _require_kind(kind: type, part: str, value: object) -> None:
    if not isinstance(value, kind):
        what = _WORDS.get(kind, Text(f"en {kind.__name__}", f"a {kind.__name__}"))
        raise refusal(
            Text("{value} er ikke {what} ({part}).", "{value} is not {what} ({part})."),
            Text("Giv {what}.", "Give {what}.").fill(what=what),
            value,
            what=what,
            part=part,
        )


_WORDS: Mapping[type, Text] = {
    str: Text("en tekst", "a text"),
    Text: Text("en tekst på begge sprog (Text)", "a text in both languages (Text)"),
}


def _several(given: Iterable[T]) -> Iterable[T]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise _no_list(given)
    return given


def _no_list(given: object) -> InvalidValueError:
    return refusal(
        Text("{value} er ikke en liste.", "{value} is not a list."),
        Text('Skriv en tuple, også med kun én i: ("…",).', 'Write a tuple, even of one: ("…",).'),
        given,
    )


def _whole_text(value: object, part: str = "") -> str:
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            pass
        else:
            return value
    where = f" ({part})" if part else ""
    raise refusal(
        Text("{value} er ikke en tekst{where}.", "{value} is not a text{where}."),
        Text("Skriv en tekst af hele tegn.", "Write a text of whole characters."),
        value,
        where=where,
        part=part,
    )
