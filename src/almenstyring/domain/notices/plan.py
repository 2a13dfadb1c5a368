"""When a municipality wants notices sent: days around a deadline, and days of the year for its own open items.

No law says when to remind. The default is this project's own; that a municipality is reminded twice a year of what is
outstanding is practice (LBF orienterer 2014/3).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from attrs import Attribute, field, frozen

from almenstyring.domain.text import Text
from almenstyring.domain.values import MunicipalityCode
from almenstyring.domain.values.faults import as_text, member, refusal

_MOST_DAYS = 366
T = TypeVar("T")


class NoticeKind(StrEnum):
    """What a notice is about (da: varslets art)."""

    BEFORE = "before"
    ON_THE_DAY = "on_the_day"
    AFTER = "after"
    OPEN_ITEMS = "open_items"


class NoticeRole(StrEnum):
    """As what somebody gets a notice (da: modtagerrolle)."""

    ORGANISATION = "organisation"
    ADMINISTRATOR = "administrator"
    MUNICIPALITY = "municipality"


@frozen(order=True)
class YearDay:
    """A day that every year has (da: dag på året): InvalidValueError for 29 February and for what is no day.

    >>> str(YearDay(9, 1)), YearDay(9, 1).in_year(2026)
    ('09-01', datetime.date(2026, 9, 1))
    """

    month: int
    day: int

    def __attrs_post_init__(self) -> None:
        try:
            self.in_year(2025)
        except (TypeError, ValueError, OverflowError) as error:
            raise refusal(
                Text("{value} er ingen dag, som hvert år har.", "{value} is no day that every year has."),
                Text("Giv måned og dag, fx 9 og 1.", "Give a month and a day, e.g. 9 and 1."),
                (self.month, self.day),
            ) from error

    @classmethod
    def parse(cls, given: YearDay | str) -> YearDay:
        """The day as it is written, "09-01", or as it is."""
        if isinstance(given, YearDay):
            return given
        month, _, day = (as_text(given) or "").partition("-")
        return cls(int(month), int(day)) if month.isdecimal() and day.isdecimal() else cls(0, 0)

    def in_year(self, year: int) -> date:
        """The day in one year."""
        return date(year, self.month, self.day)

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"


def _days(given: Iterable[int]) -> tuple[int, ...]:
    days = _listed(given)
    if len(set(days)) < len(days) or not all(type(day) is int and 0 < day <= _MOST_DAYS for day in days):
        raise refusal(
            Text("{value} er ikke et varsels dage.", "{value} are not the days of notices."),
            Text(
                f"Giv hele tal fra 1 til {_MOST_DAYS}, hvert én gang.", f"Give whole numbers 1 to {_MOST_DAYS}, once."
            ),
            days,
        )
    return tuple(sorted(days))


def _listed(given: Iterable[T]) -> tuple[T, ...]:
    """What is given as a list; a single text or number is not one, and would be taken apart or fall over."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise refusal(
            Text("{value} er ikke en liste.", "{value} is no list."),
            Text("Giv en liste, også med én i: [14].", "Give a list, also of one: [14]."),
            given,
        )
    return tuple(given)


def _once(given: Iterable[NoticeRole | str]) -> tuple[NoticeRole, ...]:
    unknown = Text("{value} får ingen varsler.", "{value} gets no notices.")
    chosen = {
        member(NoticeRole, role, unknown, Text("Modtagerne er {known}.", "Receivers are {known}."))
        for role in _listed(given)
    }
    return tuple(role for role in NoticeRole if role in chosen)


def _sorted(given: Iterable[YearDay | str]) -> tuple[YearDay, ...]:
    return tuple(sorted({YearDay.parse(day) for day in _listed(given)}))


def _a_day(_: object, __: Attribute[date], given: date) -> None:
    if type(given) is not date:
        raise refusal(
            Text("{value} er ikke en dag.", "{value} is not a day."),
            Text("Angiv den som date, fx date(2026, 3, 1).", "Give it as a date, e.g. date(2026, 3, 1)."),
            given,
        )


@frozen(kw_only=True)
class NoticePlan:
    """A municipality's plan of notices (da: varslingsplan).

    ``before`` and ``after`` are days from a deadline, ``recipients`` who is told about it, ``open_items`` the days of
    the year on which the municipality itself is told what it has not concluded. Nothing that fell due before the day
    ``begins`` is ever sent, so that a plan does not wake old years.
    """

    municipality: MunicipalityCode
    begins: date = field(validator=_a_day)
    before: tuple[int, ...] = field(default=(7, 30), converter=_days)
    on_the_day: bool = True
    after: tuple[int, ...] = field(default=(1, 14), converter=_days)
    recipients: tuple[NoticeRole, ...] = field(
        default=(NoticeRole.ORGANISATION, NoticeRole.ADMINISTRATOR), converter=_once
    )
    open_items: tuple[YearDay, ...] = field(default=(YearDay(3, 1), YearDay(9, 1)), converter=_sorted)
    set_by: str = ""
    set_on: date | None = None

    @property
    def offsets(self) -> tuple[int, ...]:
        """The days of notices counted from the deadline, rising: negative before it, 0 on it."""
        on_the_day = (0,) if self.on_the_day else ()
        return (*sorted(-days for days in self.before), *on_the_day, *self.after)

    def latest_offset(self, due: date, since: date, on: date) -> int | None:
        """The last offset whose day lies after ``since`` and not after ``on``; None if there is none."""
        first, last = (since - due).days, (on - due).days
        return max((offset for offset in self.offsets if first < offset <= last), default=None)

    def latest_reminder(self, since: date, on: date) -> date | None:
        """The last day for open items that lies after ``since`` and not after ``on``; None if there is none."""
        years = range(max(since.year, on.year - 1), on.year + 1)
        days = (each.in_year(year) for each in self.open_items for year in years)
        return max((day for day in days if since < day <= on), default=None)


def default_plan(municipality: MunicipalityCode, begins: date) -> NoticePlan:
    """The plan of a municipality that has set none; written by this project."""
    return NoticePlan(municipality=municipality, begins=begins)
