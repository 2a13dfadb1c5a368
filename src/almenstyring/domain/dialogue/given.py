"""What a caller gave for a field, as what it stands for, or refused: Python itself holds nobody to a field's type.

A record of the dialogue with a wrong value would be stored and could not be read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar

from attrs import Attribute

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, LbfNumber, MunicipalityCode
from almenstyring.domain.values.faults import member, refusal

_Member = TypeVar("_Member", bound=StrEnum)
_Validator: TypeAlias = "Callable[[object, Attribute[Any], object], None]"

_WORDS: dict[type, Text] = {
    str: Text("en tekst", "a text"),
    date: Text("en dag (date)", "a day (date)"),
    Text: Text("en tekst på begge sprog (Text)", "a text in both languages (Text)"),
}


def one_of(kind: type[_Member], given: _Member | str) -> _Member:
    """The member of a closed list, also by its value; InvalidValueError with all there are."""
    return member(
        kind,
        given,
        Text("{value} kan ikke vælges her.", "{value} cannot be chosen here."),
        Text("Vælg mellem: {known}.", "Choose one of: {known}."),
    )


def a(kind: type, *, optional: bool = False) -> _Validator:
    """Refuse what is not of the kind; with ``optional`` None is fine too. An instant is no day."""

    def check(_: object, attribute: Attribute[Any], value: object) -> None:
        if not (_is(kind, value) or (optional and value is None)):
            raise _no(kind, attribute, value)

    return check


def many(kind: type) -> _Validator:
    """Refuse what is not a row of things of the kind."""

    def check(_: object, attribute: Attribute[Any], value: object) -> None:
        if not isinstance(value, tuple | list):
            raise _no(tuple, attribute, value)
        for each in value:
            if not _is(kind, each):
                raise _no(kind, attribute, each)

    return check


def _is(kind: type, value: object) -> bool:
    return type(value) is date if kind is date else isinstance(value, kind)


def _no(kind: type, attribute: Attribute[Any], value: object) -> Exception:
    what = _WORDS.get(kind, Text(f"en {kind.__name__}", f"a {kind.__name__}"))
    return refusal(
        Text("{value} er ikke {what} ({part}).", "{value} is not {what} ({part})."),
        Text("Giv {what}.", "Give {what}.").fill(what=what),
        value,
        what=what,
        part=attribute.name,
    )


def a_municipality(given: MunicipalityCode | str) -> MunicipalityCode:
    """The code, also given as a text."""
    return given if isinstance(given, MunicipalityCode) else MunicipalityCode(given)


def an_organisation(given: LbfNumber | str) -> LbfNumber:
    """The number, also given as a text."""
    return given if isinstance(given, LbfNumber) else LbfNumber(given)


def several(given: Iterable[LbfNumber | str]) -> tuple[LbfNumber, ...]:
    """The numbers, also given as texts; a single text is no row of them."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise refusal(
            Text("{value} er ikke en række numre.", "{value} is not a row of numbers."),
            Text('Giv dem i en parentes: ("T001",).', 'Give them in parentheses: ("T001",).'),
            given,
        )
    return tuple(an_organisation(each) for each in given)


def a_year(given: ReportYear | int) -> ReportYear:
    """The report year, also given as a whole number."""
    return given if isinstance(given, ReportYear) else ReportYear(given)


def maybe_a_year(given: ReportYear | int | None) -> ReportYear | None:
    """The same, or None."""
    return None if given is None else a_year(given)


def maybe_an_estate(given: EstateId | str | None) -> EstateId | None:
    """The estate, also given as a text, or None."""
    return given if given is None or isinstance(given, EstateId) else EstateId.parse(given)
