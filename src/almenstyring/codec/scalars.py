"""Readers and writers of single values: what cattrs would bend into shape (3.7 to 3, None to "None") is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

from almenstyring.codec.refusing import UnfitError, unfit
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import AlmenstyringError, InvalidValueError
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, LbfNumber

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_INSTANT = re.compile(_DAY.pattern + r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})")
_RATIO = re.compile(r"-?[0-9]{1,40}(/[1-9][0-9]{0,39})?")
_LARGEST = 2**63 - 1


def as_text(raw: object) -> str:
    """The value if it is text, else refused."""
    if not isinstance(raw, str):
        raise unfit(raw, "en tekst", "a text")
    return raw


def read_text(raw: object, _: object) -> str:
    """A text; a number or nothing at all is none."""
    return as_text(raw)


def read_bool(raw: object, _: object) -> bool:
    """Written true or false, not 0 or "false"."""
    if not isinstance(raw, bool):
        raise unfit(raw, "true eller false", "true or false")
    return raw


def read_int(raw: object, _: object) -> int:
    """A whole number that fits in 64 bits; true is none."""
    if type(raw) is not int or not -_LARGEST <= raw <= _LARGEST:
        raise unfit(raw, "et heltal på højst 64 bit", "a whole number of at most 64 bits")
    return raw


def read_ratio(raw: object, _: object) -> Fraction:
    """An exact fraction as "3/4" or "12"."""
    if not (isinstance(raw, str) and _RATIO.fullmatch(raw)):
        raise unfit(raw, "en brøk som 3/4", "a fraction such as 3/4")
    return Fraction(raw)


def write_int(number: int) -> int:
    """What ``read_int`` reads; a larger one is refused now, not when somebody needs it back."""
    if abs(number) > _LARGEST:
        raise InvalidValueError(
            Text("Et tal er for stort til at blive skrevet.", "A number is too large to be written."),
            Text("Hele tal skal kunne ligge i 64 bit.", "Whole numbers must fit in 64 bits."),
        )
    return number


def read_with(read: Callable[[str], T]) -> Callable[[object, object], T]:
    """A hook for a value written as one text, such as "ABL § 6 a"; its own error text is kept."""

    def hook(raw: object, _: object) -> T:
        text = as_text(raw)
        try:
            return read(text)
        except AlmenstyringError as error:
            raise UnfitError(error.message) from None

    return hook


def read_date(raw: object, _: object = None) -> date:
    """A day as "2026-06-29"; no other notation of ISO 8601."""
    text = as_text(raw)
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:  # the thirtieth of February
        pass
    raise unfit(raw, 'en dato som "2026-06-29"', 'a date such as "2026-06-29"')


def read_time(raw: object, _: object) -> time:
    """A time of the clock in whole minutes, as "09:30", without a zone."""
    text = as_text(raw)
    if not _TIME.fullmatch(text):
        raise unfit(raw, 'et klokkeslæt som "09:30"', 'a time such as "09:30"')
    return time.fromisoformat(text)


def write_time(at: time) -> str:
    """The time in whole minutes."""
    return at.isoformat("minutes")


def read_instant(raw: object, _: object) -> datetime:
    """An instant with its offset, kept in UTC; nothing finer than microseconds, which would be lost."""
    text = as_text(raw)
    try:
        if _INSTANT.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):  # a 25th hour, or before the year 1 in UTC
        pass
    raise unfit(raw, "et tidspunkt med tidszone", "an instant with a time zone")


def write_instant(at: datetime) -> str:
    """The instant in UTC; one without a time zone means something else on every machine."""
    if at.tzinfo is None:
        raise InvalidValueError(
            Text(f"{at} mangler en tidszone.", f"{at} has no time zone."),
            Text("Brug et tidspunkt i UTC.", "Use an instant in UTC."),
            at=at,
        )
    return at.astimezone(UTC).isoformat()


def read_year(raw: object, _: object) -> ReportYear:
    """A report year as a whole number."""
    if type(raw) is not int:
        raise unfit(raw, "et årstal", "a year")
    try:
        return ReportYear(raw)
    except AlmenstyringError as error:
        raise UnfitError(error.message) from None


def read_enum(raw: object, kind: type[E]) -> E:
    """A member of a closed list, by its value."""
    known = [member.value for member in kind]
    if not isinstance(raw, str) or raw not in known:
        raise unfit(raw, f"en af {', '.join(known)}", f"one of {', '.join(known)}")
    return kind(raw)


@lru_cache(maxsize=2**14)
def read_estate(raw: str) -> EstateId:
    """An estate's id; a report names each of its estates many times, in every year again."""
    return EstateId.parse(raw)


def read_unit(raw: object, _: object) -> LbfNumber | EstateId:
    """An organisation's number, or an estate's with the organisation's before it."""
    read: Callable[[str], LbfNumber | EstateId] = read_estate if "-" in as_text(raw) else LbfNumber
    return read_with(read)(raw, None)
